"""Rules about a narrative as it is typed, before its numbers are filled in."""

from collections.abc import Iterator

from fazhi.problems.problem import Problem
from fazhi.records.narrative import Narrative
from fazhi.rules import text
from fazhi.rules.narrative import beside, form, front_matter, naming, years
from fazhi.rules.text.passage import of_narrative
from fazhi.schema.township import Settings


def check(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """Every rule about the text as typed."""
    for checks in (front_matter.RULES, form.RULES, years.RULES):
        yield from checks(narrative, settings)
    yield from front_matter.number_and_index(narrative, settings)
    yield from of_sentences(narrative, settings)


def of_sentences(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """The rules about its sentences alone, which hold for a single one that is no report."""
    for checks in (beside.RULES, naming.RULES):
        yield from checks(narrative, settings)
    yield from text.check([of_narrative(narrative)], settings)
