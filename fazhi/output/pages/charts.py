"""What a section's chart by month shows; `templates/chart.html` draws it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from fazhi.records.record import Record


def by_month(records: Sequence[Record]) -> dict[str, list[int]]:
    """What happened in each month, by kind. Standing facts hold at a date and are left out."""
    counts = {name: [0] * 12 for name in ("活动", "会议", "案件")}
    for record in records:
        if record.kind.name in counts:
            counts[record.kind.name][record.fields.day.month - 1] += 1
    return {name: months for name, months in counts.items() if any(months)}


def ceiling(months: Mapping[str, Sequence[int]]) -> int:
    """Where the axis ends: it halves evenly and is 1, 2, 4, 6 or 8 times a power of ten, 4 at least."""
    highest = max(map(sum, zip(*months.values(), strict=True)), default=0)
    tops = (factor * 10**power for power in count() for factor in (4, 6, 8, 10, 20))
    return int(next(top for top in tops if highest <= top))
