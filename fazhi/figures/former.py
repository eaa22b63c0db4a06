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

Found = Iterator[tuple[Row, bool, bool]]
"""A sum, whether it was kept back as small, and whether it is known of all that were in it."""


def formers(locks: Mapping[int, Lock], years: Mapping[int, Values], columns: Columns) -> Found:
    """All sums that the locks tell of, before and since each correction."""
    for year, lock in locks.items():
        values, last, records = years.get(year, {}), years.get(year - 1, {}), lock.records
        of_last = locks[year - 1].records if year - 1 in locks else {}
        before = _Reader(year - 1, of_last, columns)
        yield from _Reader(year, records, columns).figures(lock.figures, values)
        for name, figure in lock.figures.items():
            yield from before.text(last.get(name), figure.outside.last if figure.outside else "")
        for one in reversed(lock.corrections):
            records = {p: old for p, old in (records | one.records).items() if old}
            reader = _Reader(year, records, columns)
            was = {name: change.was for name, change in one.figures.items() if change.was}
            yield from reader.figures(was, values)
            for name, change in one.figures.items():
                if change.was is None:  # this is all that an older lock has of it
                    yield from reader.text(values.get(name), change.public[0])


class _Reader:
    """What was published at one time, over the records of today; those of then, by their hashes."""

    def __init__(self, year: int, records: Mapping[str, str], columns: Columns) -> None:
        self._records, self._columns = records, columns
        self._counting = Counting(Index(()), columns.settings, year)
        self._limit = columns.settings.township.small_cell

    def figures(self, figures: Mapping[str, Figure], values: Values) -> Found:
        for name, figure in figures.items():
            yield from self.figure(values.get(name), figure)
            if figure.outside:
                for other, text in figure.outside.beside.items():
                    yield from self.text(values.get(other), text)

    def text(self, value: Value | None, text: str) -> Found:
        """A number that was printed by itself."""
        if value and value.sensitive and not value.sides and (n := re.match(r"[\d.]+", text)):
            for row, is_hidden, _ in self._total(value, Fraction(n[0]), None, is_hidden=False):
                yield row, is_hidden, False

    def figure(self, value: Value | None, figure: Figure) -> Found:
        """All that was published of a figure, and what of it was small."""
        if value is None or not value.sensitive or figure.number is None:
            return
        is_hidden, number = not figure.public[:1].isdigit(), Fraction(figure.number)
        if not value.sides:
            yield from self._total(value, number, figure, is_hidden=is_hidden)
            shown = (figure.outside and figure.outside.parts) or {}
            yield from ((row, False, exact) for _, row, exact in self._parts(value, figure, shown))
            every = figure.parts or {}
            small = (name for name, n in every.items() if 0 < n < self._limit)
            rows = {
                name: (row, True, exact) for name, row, exact in self._parts(value, figure, every)
            }
            yield from (rows[name] for name in small if name in rows)
        elif not is_hidden and figure.numerator is not None and figure.denominator:
            count = sum(one.is_sensitive(self._columns.settings) for one in value.records)
            is_same = figure.sensitive in (None, count)
            numbers = figure.numerator, figure.denominator
            for side, n in zip(value.sides, numbers, strict=True):
                number = Fraction(n) / power(side.unit)
                for row, _, exact in self._total(side, number, None, is_hidden=False):
                    yield row, False, exact and is_same

    def _total(
        self, value: Value, number: Fraction, figure: Figure | None, *, is_hidden: bool
    ) -> Found:
        measure = measure_of(value.definition)
        if is_hidden and not 0 < number * power(value.unit) < self._limit:
            return
        if isinstance(measure, Count):
            count = figure.sensitive if figure else None
            then, exact = self._then(value, number, count)
            yield measure.rows(then, self._columns)[0], is_hidden, exact
        elif figure and figure.parts and value.records:
            yield self._standing(value, figure.parts), is_hidden, True
        elif number == value.number:
            yield measure.rows(value, self._columns)[0], is_hidden, True

    def _parts(
        self, value: Value, figure: Figure, kept: Mapping[str, int]
    ) -> Iterator[tuple[str, Row, bool]]:
        """The sum of each part, those that are not kept in 其他."""
        measure = measure_of(value.definition)
        if not kept or not figure.parts or not value.records:
            return
        places: Mapping[Hashable, tuple[str, ...]]
        exact = True
        if isinstance(measure, Count):
            number = Fraction(figure.number or 0)
            then, exact = self._then(value, number, figure.sensitive, figure.parts)
            universe, places = measure.columns_of_parts(then, self._columns)
        else:
            universe, whole = self._standing(value, figure.parts)
            names = (name for name, n in figure.parts.items() if n)
            places = {column: (name,) for column, name in zip(whole, names, strict=True)}
        rows: dict[str, Counter[Hashable]] = {name: Counter() for name in (*kept, OTHER)}
        for column, words in places.items():
            for word in words:
                rows[word if word in kept else OTHER][column] += 1
        yield from ((name, (universe, rows[name]), exact) for name in kept)

    def _then(
        self,
        value: Value,
        number: Fraction,
        sensitive: int | None,
        parts: Mapping[str, int] | None = None,
    ) -> tuple[Value, bool]:
        """A figure of the records that were counted in it then.

        While it comes out as then, they are taken to be the same; else they are those that have not
        changed since, as if the attacker knew all the others.
        """
        measure, paths, settings = (
            measure_of(value.definition),
            self._records,
            self._columns.settings,
        )
        assert isinstance(measure, Count)
        known = tuple(record for record in value.records if record.path in paths)
        alike = tuple(r for r in known if paths[r.path] == digest(r.source.text.encode()))
        for records in (value.records, known):
            then = measure.counted(replace(value, records=records), self._counting)
            count = sum(record.is_sensitive(settings) for record in then.records)
            if then.number == number and sensitive in (None, count) and parts in (None, then.parts):
                return then, True
        return measure.counted(replace(value, records=alike), self._counting), False

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
