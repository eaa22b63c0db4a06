"""Small cells: how much of each sensitive figure may be published beside all the others.

来源：个人信息保护法第二十八条; docs/guide/counting.md says what statistics offices do. They suppress
counts below a threshold, and whatever else would give them back by subtraction.

The audit is decided once for all years together: first stands what was published already, by the locks
and with each correction, then the rest in order of time. A figure is published as far as every group
of 1 to threshold - 1 people or records could, by all that is published, still be of sizes that are
as far apart as the threshold. The attacker is taken to know every record that is not sensitive, every
definition, which groups are empty and what a correction left alone; so a figure gives him the sum
over the sensitive records behind it. A correction's own size is no group: the notice tells it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi.figures.former import formers
from fazhi.figures.linear import Region, Vector, cells
from fazhi.figures.measure import Columns, Row
from fazhi.figures.measures import measure_of
from fazhi.figures.value import OTHER, Extent, Value, Values
from fazhi.records.lock import Lock
from fazhi.schema.township import Settings


def decided(
    years: Mapping[int, Values], settings: Settings, locks: Mapping[int, Lock]
) -> dict[int, Values]:
    """The values of all years, each sensitive one with its `extent`, alike wherever it is shown.

    What the locks keep was published before. The rest is decided in order of time, the printed ones
    of a year first. Those that only serve others
    count as published, too: a narrative may print any figure.
    """
    every = (value for values in years.values() for value in values.values())
    sensitive = [value for value in every if value.sensitive]
    sensitive.sort(key=lambda value: (value.year, not value.definition.printed))
    if not sensitive:
        return dict(years)
    columns = Columns(settings)
    former = [*formers(locks, years, columns)]
    # What is known of a part only is held to be known, and not to be: the attacker may know the rest.
    exact = [one for one in former if one[1] or one[2]]
    audits = [exact] if len(exact) == len(former) else [exact, former]
    decisions = [_Audit(settings, sensitive, known, columns).extents() for known in audits]
    extents = {
        (each[0][0].year, each[0][0].name): min(extent for _, extent in each)
        for each in zip(*decisions, strict=True)
    }

    def marked(value: Value) -> Value:
        extent = extents.get((value.year, value.name), Extent.NOTHING)
        return replace(value, extent=extent, beside=tuple(map(marked, value.beside)))

    return {year: {name: marked(v) for name, v in held.items()} for year, held in years.items()}


class _Audit:
    """The figures in question, and what is published of them so far."""

    def __init__(
        self,
        settings: Settings,
        values: list[Value],
        former: list[tuple[Row, bool, bool]],
        columns: Columns,
    ) -> None:
        self._limit = settings.township.small_cell
        self._values = values
        self._columns = columns
        self._offers = [self._offered(value) for value in values]
        offered = _by_universe(row for offer in self._offers for _, rows in offer for row in rows)
        groups = [group for value in values for group in self._rests(value)]
        groups += [[row] for value in values for row in self._small(value)]
        for universe, rows in offered.items():
            now = dict.fromkeys(column for row in rows for column in row)
            for cell in cells(now, rows):
                if sum(columns.weights[universe][column] for column in cell) < self._limit:
                    groups.append([(universe, dict.fromkeys(cell, 1))])
        groups += [[row] for row, is_hidden, _ in former if is_hidden]
        every = _by_universe(
            [*(row for group in groups for row in group), *(row for row, _, _ in former)]
        )
        for universe, rows in offered.items():
            every[universe] += rows
        self._cells = {u: cells(columns.weights[u], rows) for u, rows in every.items()}
        self._published = {
            u: Region([tuple(Fraction(sum(columns.weights[u][c] for c in cell)) for cell in found)])
            for u, found in self._cells.items()
        }
        for (universe, row), is_hidden, _ in former:
            if not is_hidden:
                region = self._published[universe]
                self._published[universe] = region.with_sum(self._vector(universe, row))
        # A group that an older program let out is held to what it can be: not told to one.
        aims = [[(u, self._vector(u, row)) for u, row in group if row] for group in groups]
        self._aims = [
            (aim, width)
            for aim in dict.fromkeys(map(tuple, aims))
            for width in [
                next((w for w in (self._limit, 1) if _varies(self._published, aim, w)), 0)
            ]
            if aim and width
        ]

    def _vector(self, universe: Hashable, row: Mapping[Hashable, int]) -> Vector:
        """How often a sum takes each cell."""
        return tuple(Fraction(row.get(cell[0], 0)) for cell in self._cells[universe])

    def extents(self) -> Iterator[tuple[Value, Extent]]:
        """Each figure with what is published of it."""
        for value, offers in zip(self._values, self._offers, strict=True):
            wanted = [] if _is_small(value, self._limit) else offers
            yield value, next((e for e, rows in wanted if self._takes(rows)), Extent.NOTHING)

    def _takes(self, rows: Iterable[Row]) -> bool:
        """Publish the rows, if no small group comes to light with them."""
        regions = dict(self._published)
        for universe, row in rows:
            regions[universe] = regions[universe].with_sum(self._vector(universe, row))
        changed = {u for u, region in regions.items() if region is not self._published[u]}
        for aim, width in self._aims:
            if any(u in changed for u, _ in aim) and not _varies(regions, aim, width):
                return False
        self._published = regions
        return True

    # Figures as the rows that they publish

    def _offered(self, value: Value) -> list[tuple[Extent, list[Row]]]:
        """What can be published of a figure, most first."""
        if value.number is None:
            return [(Extent.ALL, [])]
        total = measure_of(value.definition).rows(value, self._columns)
        if value.parts is None or not (value.parts_of and value.parts_of.public):
            return [(Extent.ALL, total)]
        return [
            (Extent.ALL, [*total, *self._parts(value, merged(value.parts, self._limit))]),
            (Extent.TOTAL, total),
        ]

    def _rests(self, value: Value) -> Iterator[list[Row]]:
        """What a ratio leaves over, its one side less the other, where that is a small group."""
        if value.numerator is None or value.denominator is None:
            return
        if 0 < value.denominator - value.numerator < self._limit:
            (above, taken), (below, whole) = (
                measure_of(side.definition).rows(side, self._columns)[0] for side in value.sides
            )
            forms: dict[Hashable, Counter[Hashable]] = {above: Counter(), below: Counter(whole)}
            forms[above].subtract(taken)
            rows = [(u, {c: n for c, n in form.items() if n}) for u, form in forms.items()]
            if any(row for _, row in rows):  # else none of them is sensitive
                yield [*rows]

    def _small(self, value: Value) -> Iterator[Row]:
        """The figure, if it is small, and the parts that are."""
        if value.number and not value.sides and value.base < self._limit:
            yield measure_of(value.definition).rows(value, self._columns)[0]
        if value.parts and value.parts_of and value.parts_of.public:
            small = {name for name, n in value.parts.items() if 0 < n < self._limit}
            rows = zip(value.parts, self._parts(value, value.parts), strict=False)
            yield from (row for name, row in rows if name in small)

    def _parts(self, value: Value, kept: Mapping[str, int]) -> Iterator[Row]:
        """A row for each part that is kept, the others put together in 其他."""
        universe, columns = measure_of(value.definition).columns_of_parts(value, self._columns)
        rows: dict[str, Counter[Hashable]] = {name: Counter() for name in kept}
        for column, words in columns.items():
            for word in words:
                rows[word if word in kept else OTHER][column] += 1
        yield from ((universe, row) for row in rows.values())


def _by_universe(rows: Iterable[Row]) -> dict[Hashable, list[Mapping[Hashable, int]]]:
    found: dict[Hashable, list[Mapping[Hashable, int]]] = defaultdict(list)
    for universe, row in rows:
        found[universe].append(row)
    return found


def _varies(
    regions: Mapping[Hashable, Region], aim: Iterable[tuple[Hashable, Vector]], width: int
) -> bool:
    """Whether a group could be of sizes so far apart."""
    return any(regions[universe].varies(vector, width) for universe, vector in aim)


def _is_small(value: Value, limit: int) -> bool:
    """Whether a total, or one side of a ratio, is by itself a group that is not published.

    Nobody is a small group, too: printed, it would show which of the withheld ones is somebody.
    """
    if value.numerator is not None and value.denominator is not None:
        rest = value.denominator - value.numerator
        return value.numerator < limit or 0 < rest < limit
    return any(one.number is not None and one.base < limit for one in value.sides or (value,))


def merged(parts: Mapping[str, int], limit: int) -> dict[str, int]:
    """Parts without zeros, the smallest merged into 其他 until no part is below the limit.

    They are merged, never left out, so that subtraction from the total gives nothing back.
    Largest first, 其他 last.
    """
    rest = sorted(((n, name) for name, n in parts.items() if n and name != OTHER), reverse=True)
    other = parts.get(OTHER, 0)
    while rest and (rest[-1][0] < limit or 0 < other < limit):
        other += rest.pop()[0]
    result = {name: n for n, name in rest}
    if other:
        result[OTHER] = other
    return result
