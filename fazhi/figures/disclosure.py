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

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from fazhi.figures import former
from fazhi.figures.former import by_universe
from fazhi.figures.linear import Region, Vector, cells
from fazhi.figures.measure import Row
from fazhi.figures.sums import Sums
from fazhi.figures.value import Extent, Value, Values
from fazhi.records.lock import Lock, digest
from fazhi.records.record import Record
from fazhi.schema.township import Settings


def decided(
    years: Mapping[int, Values],
    settings: Settings,
    locks: Mapping[int, Lock],
    records: Iterable[Record] = (),
) -> dict[int, Values]:
    """The values of all years, each sensitive one with its `extent`, alike wherever it is shown.

    What the locks keep was published before, also of records that no figure counts any more. The
    rest is decided in order of time, the printed ones of a year first. Those that only serve others
    count as published, too: a narrative may print any figure.
    """
    every = [value for values in years.values() for value in values.values()]
    sensitive = [value for value in every if value.sensitive]
    sensitive.sort(key=lambda value: (value.year, not value.definition.printed))
    if not sensitive:
        return dict(years)
    sums = Sums(settings)
    kept = sums.columns.sensitive(records) if locks else ()
    today = {digest(r.source.text.encode()): r.path for r in kept}
    before = former.read(locks, years, sums, today, sensitive)
    within = _Within(every)
    before.left += _rests(sums, within)
    for value in every:
        if not value.sensitive and value.number is not None:
            before.told += (row for other in within.same(value) for row in sums.own(other))
    audit = _Audit(sums, sensitive, before, within.same)
    extents = {(v.year, v.name): extent for v, extent in audit.extents()}

    def marked(value: Value) -> Value:
        extent = extents.get((value.year, value.name), Extent.NOTHING)
        return replace(value, extent=extent, beside=tuple(map(marked, value.beside)))

    return {year: {name: marked(v) for name, v in held.items()} for year, held in years.items()}


def published(
    shown: Iterable[Value],
    every: Iterable[Value],
    settings: Settings,
    lock: Lock | None,
    today: Mapping[str, str],
) -> former.Kept:
    """What the shown ones of all figures give away, as far as it was decided, and what was given away
    before: for a lock. `today` are the paths of the sensitive records by their hashes.
    """
    sums, sensitive = Sums(settings), [value for value in shown if value.sensitive]
    before = former.read({lock.year: lock} if lock else {}, {}, sums, today, sensitive)
    for value in sensitive:
        before.told += dict(sums.offered(value)).get(value.extent, [])
        before.hidden += sums.small(value)
    before.left += [rest for rest in _rests(sums, _Within(every)) if rest not in before.left]
    return former.kept(before, sums.columns.weights)


def _rests(sums: Sums, within: "_Within") -> Iterator[list[Row]]:
    """What figures leave over that is small: the sides of a ratio, one less the other, and each beside
    those that are within it, as 属于 and 等于 say."""
    for value in within.known.values():
        for taken in within.taken(value):
            yield from sums.rests(value, taken)
        if value.sensitive and value.numerator is not None:
            yield from sums.rests(value.sides[1], [value.sides[0]])


class _Within:
    """Which figures of a year are within others, and which are the same."""

    def __init__(self, values: Iterable[Value]) -> None:
        self.known = known = {(value.year, value.name): value for value in values}
        self._parts = defaultdict[tuple[int, str], list[Value]](list)
        self._same = defaultdict[tuple[int, str], list[Value]](list)
        for (year, _), value in known.items():
            definition = value.definition
            self._parts[year, definition.whole or ""].append(value)
            if other := known.get((year, definition.equal or "")):
                both = [*self.same(value), value, *self.same(other), other]
                for one in both:  # all of them are the same
                    others = {each.name: each for each in both if each is not one}
                    self._same[year, one.name] = [*others.values()]

    def same(self, value: Value) -> list[Value]:
        """Those that 等于 says a figure is as great as."""
        return self._same[value.year, value.name]

    def taken(self, whole: Value, around: tuple[str, ...] = ()) -> Iterator[list[Value]]:
        """What is taken from a figure together: each within it, and those that may be all of it."""
        one = [whole, *self.same(whole)]
        around = (*around, *(each.name for each in one))
        found = [part for each in one for part in self._parts[each.year, each.name]]
        parts = [part for part in found if part.name not in around]
        ways = [
            [
                [part],
                *([other] for other in self.same(part)),
                *self.taken(part, around),
            ]
            for part in parts
        ]
        yield from (way for each in ways for way in each)
        if len(ways) < 2:
            return
        for place, each in enumerate(ways):
            beside = [part for part in parts if part is not parts[place]]
            yield from ([*way, *beside] for way in each)
        yield [part for each in ways for part in each[-1]]
        if len(parts) <= _FEW:  # some may be parts of one another
            for many in range(2, len(parts)):
                yield from map(list, combinations(parts, many))


_FEW = 6


class _Audit:
    """The figures in question, and what is published of them so far."""

    def __init__(
        self,
        sums: Sums,
        values: list[Value],
        before: former.Before,
        same: Callable[[Value], Sequence[Value]],
    ) -> None:
        self._limit, self._values = sums.limit, values
        columns = sums.columns
        twins = [[row for other in same(value) for row in sums.own(other)] for value in values]
        self._offers = [
            [(extent, [*rows, *alike]) for extent, rows in sums.offered(value)]
            for value, alike in zip(values, twins, strict=True)
        ]
        offered = by_universe(row for offer in self._offers for _, rows in offer for row in rows)
        groups = [*before.left]
        groups += [[row] for value in values for row in sums.small(value)]
        groups += [[row] for row in before.hidden]
        self._told, self._weights = by_universe(before.told), columns.weights
        self._still: dict[str, set[str]] = {}
        for universe in {**offered, **self._told}:
            now, both = offered[universe], [*self._told[universe], *offered[universe]]
            still = {column for row in both for column in row if before.has(universe, column)}
            self._still[universe] = still
            for known, rows in (({c for row in now for c in row}, now), (still, both)):
                groups += [[row] for row in self._small(universe, known, rows)]
        every = by_universe([*(row for group in groups for row in group), *before.told])
        for universe, rows in offered.items():
            every[universe] += rows
        self._cells = {u: cells(columns.weights[u], rows) for u, rows in every.items()}
        self._published = {
            u: Region([tuple(Fraction(sum(columns.weights[u][c] for c in cell)) for cell in found)])
            for u, found in self._cells.items()
        }
        for universe, row in before.told:
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

    def _small(
        self, universe: str, known: Iterable[str], rows: Iterable[Mapping[str, int]]
    ) -> Iterator[Row]:
        """The columns that all of these sums take alike, where they are a small group."""
        for cell in cells(sorted(known), rows):
            if sum(self._weights[universe][column] for column in cell) < self._limit:
                yield universe, dict.fromkeys(cell, 1)

    def _vector(self, universe: str, row: Mapping[str, int]) -> Vector:
        """How often a sum takes each cell."""
        return tuple(Fraction(row.get(cell[0], 0)) for cell in self._cells[universe])

    def extents(self) -> Iterator[tuple[Value, Extent]]:
        """Each figure with what is published of it."""
        for value, offers in zip(self._values, self._offers, strict=True):
            wanted = [] if _is_small(value, self._limit) else offers
            yield value, next((e for e, rows in wanted if self._takes(rows)), Extent.NOTHING)

    def _takes(self, rows: Sequence[Row]) -> bool:
        """Publish the rows, if no small group comes to light with them."""
        regions = dict(self._published)
        for universe, row in rows:
            regions[universe] = regions[universe].with_sum(self._vector(universe, row))
        changed = {u for u, region in regions.items() if region is not self._published[u]}
        for aim, width in self._aims:
            if any(u in changed for u, _ in aim) and not _varies(regions, aim, width):
                return False
        told = {u: [*self._told[u], *(row for of, row in rows if of == u)] for u in changed}
        for universe, taken in told.items():  # alike in what is published, if not in what could be
            for _, row in self._small(universe, self._still[universe], taken):
                group = [(universe, self._vector(universe, row))]
                if not _varies(regions, group, self._limit) and _varies(
                    self._published, group, self._limit
                ):
                    return False
        self._published = regions
        self._told |= told
        return True


def _varies(regions: Mapping[str, Region], aim: Iterable[tuple[str, Vector]], width: int) -> bool:
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
