"""The narrative as it is typed: what may stand in it, before any number is put in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from fazhi.faults import MOST_TOLD
from fazhi.narrative import Narrative
from fazhi.problems import Problem
from fazhi.rules import text
from fazhi.settings import Settings
from fazhi.typed import form, head, numbers, steps, years
from fazhi.typed.reading import as_passage


def check(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """Every rule about the text as typed."""
    for rule in (*head.RULES, *form.RULES, *steps.RULES, *numbers.RULES, *years.RULES):
        yield from islice(rule(narrative, settings), MOST_TOLD)
    yield from text.check([as_passage(narrative)], settings)
