"""Rules that need all records at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from fazhi.ledger import Record
from fazhi.problems import Problem


def no_duplicates(records: Sequence[Record]) -> Iterator[Problem]:
    """FZ411: 同一种记录里，日期、类别和标题都相同的只有一条。"""
    seen: dict[tuple[str, date, str, str], Record] = {}
    for record in records:
        fields = record.fields
        key = (record.kind.name, fields.day, fields.category, fields.title)
        if key in seen:
            message = f"和 {seen[key].path} 的日期、类别、标题都一样"
            yield record.problem("FZ411", ["标题"], message, "重复的删去；不是一件事的，标题写清楚")
        else:
            seen[key] = record


Rule = Callable[[Sequence[Record]], Iterator[Problem]]
RULES: tuple[Rule, ...] = (no_duplicates,)
