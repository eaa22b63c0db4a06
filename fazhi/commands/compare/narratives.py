"""Reports whose text changed, or whose numbers print other words than before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest

from fazhi.commands.compare.changes import key_changes, text
from fazhi.commands.compare.model import NarrativeChange, Wording
from fazhi.problems.problem import Severity
from fazhi.project import Project, Year
from fazhi.records.narrative import Narrative, expressions
from fazhi.report import rendering
from fazhi.report.editions import Edition, Gate


def narrative_changes(old: Project, new: Project) -> list[NarrativeChange]:
    """Every narrative of either side that is, or prints, something else; by year."""
    before, after = ({year.year: year for year in project.years} for project in (old, new))
    unreadable = {p.path for p in new.problems if p.severity is Severity.ERROR}
    found = (
        _change(before.get(number), after.get(number), unreadable)
        for number in sorted({*before, *after})
    )
    return [change for change in found if change is not None]


def _change(was: Year | None, now: Year | None, unreadable: set[str]) -> NarrativeChange | None:
    old, new = (year.narrative if year else None for year in (was, now))
    present = new or old
    if present is None:
        return None
    path = present.source.path
    wordings = list(_wordings(_said(was), _said(now)))
    if old and new and old.source.text == new.source.text and not wordings:
        return None
    if not new:
        how, wordings = ("读不出" if path in unreadable else "删去"), []
    elif not old:
        how = "新增"
    else:
        how = "没有动" if old.source.text == new.source.text else "改动"
    return NarrativeChange.model_validate(
        {
            "change": how,
            "year": present.year,
            "path": text(path, 200),
            "keys": key_changes(old.source.data, new.source.data) if old and new else [],
            "prose": bool(old and new and old.body != new.body),
            "wordings": wordings,
        }
    )


@dataclass(frozen=True)
class _Said:
    """One `{{ … }}`, and the words that it prints, or why it prints none."""

    line: int
    expression: str
    words: str | None
    fault: str | None


def _said(year: Year | None) -> list[_Said]:
    """All that a year's narrative prints in public, each expression taken by itself."""
    if year is None or year.narrative is None:
        return []
    gate = Gate(Edition.PUBLIC, year.settings)
    values, last = gate.values(year.values), gate.values(year.last)
    said = []
    for match in expressions(year.narrative):
        line, _ = year.narrative.source.body_at(match.start())
        rendered = rendering.render(_only(year.narrative, match[0]), values, last, lambda _, w: w)
        fault = next((f"{p.message}。{p.hint}" for p in rendered.problems), None)
        words = text(rendered.markdown) if fault is None else None
        said.append(_Said(line, text(match["inner"].strip()), words, fault and text(fault, 200)))
    return said


def _only(narrative: Narrative, body: str) -> Narrative:
    return replace(narrative, source=replace(narrative.source, body=body))


def _wordings(old: list[_Said], new: list[_Said]) -> Iterator[Wording]:
    """What prints something else. Expressions are paired in the order in which they stand."""
    one, other = ([said.expression for said in every] for every in (old, new))
    for _, i, j, k, m in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        for was, now in zip_longest(old[i:j], new[k:m]):
            wording = _wording(was, now)
            if wording is not None:
                yield wording


def _wording(was: _Said | None, now: _Said | None) -> Wording | None:
    present = now or was
    old, new = (said.words if said else None for said in (was, now))
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
    return Wording.model_validate(
        {
            "change": how,
            "line": present.line,
            "expression": present.expression,
            "old": old,
            "new": new,
            "fault": now and now.fault,
        }
    )
