"""The clocks of a year: until when its report is due, and which cases are near their limit."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from fazhi.records.record import Record
from fazhi.report.basis import Basis
from fazhi.rules.deadlines import Deadline, deadlines, of_year
from fazhi.schema.kinds import Case
from fazhi.schema.township import Settings

NEAR = 15  # how many days before its limit a case is shown
SHOWN = 10  # how many cases are listed


def of_report(basis: Basis) -> list[Deadline]:
    """上报, 公布 and the 20 working days, next first; of a year long past only what was done."""
    year, narrative, settings, today = basis.year, basis.narrative, basis.settings, basis.day
    found = deadlines(narrative, settings) if narrative else of_year(year, settings)
    undone = "公布" if basis.was_sample else ""
    return sorted(
        replace(one, done=one.done if is_done else None)
        for one in found
        if one.since <= today
        if (is_done := bool(one.done and one.done <= today and one.what != undone))
        or one.last_day.year >= today.year
    )


def of_cases(
    records: Iterable[Record], year: int, settings: Settings, today: date
) -> list[Deadline]:
    """The open cases of a year and the one before that are late or near their 办理天数, next first."""
    found = []
    for record in (r for r in records if max(year - 1, today.year - 1) <= r.year <= year):
        case = record.fields
        if not isinstance(case, Case) or not case.is_open:
            continue
        category = settings.vocabulary.category("案件", case.category, record.year)
        if category and category.days and case.accepted <= today:
            last_day = case.accepted + timedelta(days=category.days)
            if (last_day - today).days <= NEAR:
                why = f"办理天数 {category.days} 天"
                found.append(Deadline(last_day, f"{case.category}结案", why, None, record))
    return sorted(found)


def some(cases: Sequence[Deadline], day: date) -> list[Deadline]:
    """As many of them as are listed: of those late and of those to come the first, about as many."""
    late = [clock for clock in cases if clock.left(day) < 0]
    coming = cases[len(late) :]
    half = SHOWN // 2
    shown = late[: max(half, SHOWN - len(coming))]
    return [*shown, *coming[: SHOWN - len(shown)]]
