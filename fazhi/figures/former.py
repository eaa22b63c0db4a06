"""What locks say was published of sensitive figures: sums over the records as they are now.

A correction changes some records. Those that it left alone are the same unknown before and after it;
what else was counted then is a column by itself, of which only the size is known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi.figures.measure import Columns, Counting, Row
from fazhi.figures.measures import Count, measure_of
from fazhi.figures.selection import Index
from fazhi.figures.value import OTHER, Value, Values
from fazhi.records.lock import Figure, Lock, digest
from fazhi.schema.units import power

Found = Iterator[tuple[Row, bool]]
"""A sum, and whether it was kept back as small."""


def formers(locks: Mapping[int, Lock], years: Mapping[int, Values], columns: Columns) -> Found:
    """All sums that the locks tell of, before and since each correction."""
    for year, lock in locks.items():
        values, last, records = years.get(year, {}), years.get(year - 1, {}), lock.records
        yield from _Reader(year, records, columns).figures(lock.figures, values, last)
        for one in reversed(lock.corrections):
            records = {p: old for p, old in (records | one.records).items() if old}
            reader = _Reader(year, records, columns)
            was = {name: change.was for name, change in one.figures.items() if change.was}
            yield from reader.figures(was, values, last)
            for name, change in one.figures.items():  # all that an older lock has of it
                yield from reader.text(values.get(name), change.public[0])


class _Reader:
    """What was published at one time, over the records of today; those of then, by their hashes."""

    def __init__(self, year: int, records: Mapping[str, str], columns: Columns) -> None:
        self._records, self._columns = records, columns
        self._counting = Counting(Index(()), columns.settings, year)
        self._limit = columns.settings.township.small_cell

    def figures(self, figures: Mapping[str, Figure], values: Values, last: Values) -> Found:
        for name, figure in figures.items():
            yield from self.figure(values.get(name), figure)
            if figure.outside:
                yield from self.text(last.get(name), figure.outside.last)
                for other, text in figure.outside.beside.items():
                    yield from self.text(values.get(other), text)

    def text(self, value: Value | None, text: str) -> Found:
        """A number that was printed by itself."""
        if value and value.sensitive and not value.sides and (n := re.match(r"[\d.]+", text)):
            yield from self._total(value, Fraction(n[0]), None, is_hidden=False)

    def figure(self, value: Value | None, figure: Figure) -> Found:
        """All that was published of a figure, and what of it was small."""
        if value is None or not value.sensitive or figure.number is None:
            return
        is_hidden, number = not figure.public[:1].isdigit(), Fraction(figure.number)
        if not value.sides:
            yield from self._total(value, number, figure, is_hidden=is_hidden)
            shown = (figure.outside and figure.outside.parts) or {}
            yield from ((row, False) for _, row in self._parts(value, figure, shown))
            every = figure.parts or {}
            small = (name for name, n in every.items() if 0 < n < self._limit)
            rows = dict(self._parts(value, figure, every))
            yield from ((rows[name], True) for name in small if name in rows)
        elif not is_hidden and figure.numerator is not None and figure.denominator:
            numbers = figure.numerator, figure.denominator
            for side, n in zip(value.sides, numbers, strict=True):
                yield from self._total(side, Fraction(n) / power(side.unit), None, is_hidden=False)

    def _total(
        self, value: Value, number: Fraction, figure: Figure | None, *, is_hidden: bool
    ) -> Found:
        if is_hidden and not 0 < number * power(value.unit) < self._limit:
            return
        measure = measure_of(value.definition)
        if number == value.number:
            row = measure.rows(value, self._columns)[0]
        elif isinstance(measure, Count):
            if (same := self._same(value, number)) is None or same.number is None:
                return
            universe, held = measure.rows(same, self._columns)[0]
            left = int((number - same.number) * power(value.unit))
            row = self._with_the_rest((universe, held), (value.year, value.name, number), left)
        elif figure and figure.parts and value.records:
            row = self._standing(value, figure.parts)
        else:
            return
        yield row, is_hidden

    def _parts(
        self, value: Value, figure: Figure, kept: Mapping[str, int]
    ) -> Iterator[tuple[str, Row]]:
        """The sum of each part, those that are not kept in 其他."""
        number, measure = Fraction(figure.number or 0), measure_of(value.definition)
        if not kept or not figure.parts or not value.records:
            return
        if not isinstance(measure, Count):
            universe, whole = self._standing(value, figure.parts)
            names = dict(zip(whole, (name for name, n in figure.parts.items() if n), strict=True))
            places: Mapping[Hashable, tuple[str, ...]] = {c: (n,) for c, n in names.items()}
            counted = Counter[str]()
        elif same := self._same(value, number):
            universe, places = measure.columns_of_parts(same, self._columns)
            counted = Counter()
            for name, n in (same.parts or {}).items():
                counted[name if name in kept else OTHER] += n
        else:
            return
        rows: dict[str, Counter[Hashable]] = {name: Counter() for name in kept}
        for column, words in places.items():
            for word in words:
                rows.setdefault(word if word in kept else OTHER, Counter())[column] += 1
        for name, row in rows.items():
            left = kept.get(name, 0) - counted[name] if counted or isinstance(measure, Count) else 0
            if left >= 0:
                key = value.year, value.name, number, name
                yield name, self._with_the_rest((universe, row), key, left)

    def _same(self, value: Value, number: Fraction) -> Value | None:
        """A figure of those records that were counted in it then: at best they make up the number."""
        measure, paths = measure_of(value.definition), self._records
        assert isinstance(measure, Count)
        known = [record for record in value.records if record.path in paths]
        alike = [r for r in known if paths[r.path] == digest(r.source.text.encode())]
        same = None
        for records in (value.records, tuple(known), tuple(alike)):
            same = measure.counted(replace(value, records=records), self._counting)
            if same.number == number:
                return same
        return same if same and (same.number or 0) < number else None

    def _standing(self, value: Value, parts: Mapping[str, int]) -> Row:
        """A head-count as it was: a part that is as great as then is the same people."""
        (record,) = value.records
        now = getattr(record.fields, "parts", None) or {}
        row: dict[Hashable, int] = {
            name if now.get(name) == n else (value.year, name, n): n
            for name, n in parts.items()
            if n
        }
        self._columns.weights.setdefault(record, {}).update(row)
        return record, dict.fromkeys(row, 1)

    def _with_the_rest(self, row: Row, key: Hashable, left: int) -> Row:
        universe, held = row
        if not left:
            return row
        self._columns.weights.setdefault(universe, {})[key] = left
        return universe, {**held, key: 1}
