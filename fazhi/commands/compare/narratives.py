"""Finds the reports whose text changed, or whose numbers print other words than before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from fazhi.commands.compare.changes import key_changes, text
from fazhi.commands.compare.model import NarrativeChange, Wording
from fazhi.problems.problem import Severity
from fazhi.project import Project, Year
from fazhi.records.narrative import expressions
from fazhi.report import rendering
from fazhi.report.editions import Edition, Gate


def narrative_changes(old: Project, new: Project) -> list[NarrativeChange]:
    """Every narrative of either side that is, or prints, something else; by year."""
    before, after = ({year.year: year for year in project.years} for project in (old, new))
    unreadable = {p.path for p in new.problems if p.severity is Severity.ERROR}
    pairs = ((before.get(year), after.get(year)) for year in sorted({*before, *after}))
    return [found for was, now in pairs if (found := _change(was, now, unreadable))]


def _change(was: Year | None, now: Year | None, unreadable: set[str]) -> NarrativeChange | None:
    old, new = (year.narrative if year else None for year in (was, now))
    present = new or old
    if present is None:
        return None
    path = present.source.path
    wordings = list(_wordings(_printed(was), _printed(now)))
    if old and new and old.source.text == new.source.text and not wordings:
        return None
    if not new:
        how, wordings = ("读不出" if path in unreadable else "删去"), []
    elif not old:
        how = "新增"
    else:
        how = "没有动" if old.source.text == new.source.text else "改动"
    keys = key_changes(old.source.data, new.source.data) if old and new else []
    found = {"keys": keys, "prose": bool(old and new and old.body != new.body)}
    place = {"year": present.year, "path": text(path, 200)}
    return NarrativeChange.model_validate({"change": how, **place, **found, "wordings": wordings})


@dataclass(frozen=True)
class _Printed:
    """One `{{ … }}`, and the words that it prints, or why it prints none."""

    line: int
    expression: str
    words: str | None
    fault: str | None


def _printed(year: Year | None) -> list[_Printed]:
    """All that a year's narrative prints in public, each expression taken by itself."""
    if year is None or year.narrative is None:
        return []
    gate = Gate(Edition.PUBLIC, year.settings)
    values, last = gate.values(year.values), gate.values(year.last)
    source, printed = year.narrative.source, []
    for match in expressions(year.narrative):
        line, _ = source.at(match.start())
        alone = replace(year.narrative, source=replace(source, body=match[0]))
        rendered = rendering.render(alone, values, last)
        fault = next((f"{p.message}。{p.hint}" for p in rendered.problems), None)
        words = text(rendered.markdown) if fault is None else None
        expression = text(match["inner"].strip())
        printed.append(_Printed(line, expression, words, fault and text(fault, 200)))
    return printed


def _wordings(old: list[_Printed], new: list[_Printed]) -> Iterator[Wording]:
    """What prints something else. Expressions are paired in their order."""
    one, other = ([printed.expression for printed in every] for every in (old, new))
    for _, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        pairs = zip_longest(old[i:j], new[k:m])
        yield from (found for was, now in pairs if (found := _wording(was, now)))


def _wording(was: _Printed | None, now: _Printed | None) -> Wording | None:
    present = now or was
    old, new = (printed.words if printed else None for printed in (was, now))
    if present is None or (was and now and old == new):
        return None
    if now is None:
        how = "删去"
    elif was is None:
        how = "新写"
    elif new is None:
        how = "不再属实"
    else:
        how = "变动" if old is not None else "重新属实"
    place = {"line": present.line, "expression": present.expression}
    words = {"old": old, "new": new, "fault": now and now.fault}
    return Wording.model_validate({"change": how, **place, **words})
