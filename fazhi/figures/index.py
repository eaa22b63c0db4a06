"""All records, indexed by what figures ask for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from fazhi.figures.readers import day_of
from fazhi.records.record import Record
from fazhi.schema.kinds import Kind


class Index:
    """All records by what figures first ask for, so that no figure walks over all of them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._kinds: dict[str, list[Record]] = defaultdict(list)
        self._held: set[tuple[str, int]] = set()
        for record in records:
            self._kinds[record.kind.name].append(record)
            self._held.add((record.kind.name, record.year))
        self._dated: dict[tuple[str, str | None], _Dated] = {}

    def falling(
        self, kind: Kind, by_date: str | None, year: int, categories: object
    ) -> Sequence[Record]:
        """Those of which a date falls in a year; of some 类别, where a condition names them."""
        key = kind.name, by_date
        if key not in self._dated:
            self._dated[key] = _dated(self._kinds[kind.name], day_of(kind, by_date))
        dated = self._dated[key]
        if isinstance(categories, str) and categories not in ("有", "无"):
            return dated.get((year, categories), ())
        falling = dated.get((year, None), ())
        if isinstance(categories, list):
            words = set(map(str, categories))
            return [record for record in falling if record.fields.category in words]
        return falling

    def has_any(self, kind: str, year: int) -> bool:
        return (kind, year) in self._held


_Dated = dict[tuple[int, object], list[Record]]
"""Records by year, and by year and 类别 (else None)."""


def _dated(records: Iterable[Record], day_of: Callable[[Record], date | None]) -> _Dated:
    found: _Dated = defaultdict(list)
    for record in records:
        if day := day_of(record):
            found[day.year, None].append(record)
            found[day.year, record.fields.category].append(record)
    return found
