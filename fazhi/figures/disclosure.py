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

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from fazhi.figures import faults, former
from fazhi.figures.former import by_universe
from fazhi.figures.joined import Joined, fields
from fazhi.figures.linear import Region, Vector, cells
from fazhi.figures.measure import KNOWN, Row
from fazhi.figures.measures import fingerprint
from fazhi.figures.sums import Sums, added, is_plain
from fazhi.figures.value import Extent, Value, Values
from fazhi.figures.within import Within
from fazhi.problems.problem import Problem
from fazhi.records.lock import Lock
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
    sensitive.sort(key=lambda v: (v.year, not is_plain(v, settings), not v.definition.printed))
    if not sensitive:
        return dict(years)
    within = Within(every, settings)
    sums = Sums(settings, within)
    kept = [*sums.columns.sensitive(records)] if locks else []
    before = former.read(locks, years, sums, kept, every)
    before.left += (rest for taken in within.taken() for rest in sums.rests(*taken))
    _add_bounds(before, sums, within, locks)
    own = [row for value in sensitive for row in sums.own(value)]
    before.within += fields(by_universe([*before.told, *own]))
    asked = {universe for universe, _ in own}
    known = [u for u in sums.columns.weights if u.startswith(KNOWN) and u not in asked]
    before.told += ((u, {column: 1}) for u in known for column in sums.columns.weights[u])
    worlds = [before, replace(before, told=[*before.told, *before.plain])]
    audits = [
        _Audit(sums, sensitive, world, lambda v: _is_again(v, years, locks))
        for world in worlds[: 1 + bool(before.plain)]
    ]
    extents = {}
    for value, *found in zip(sensitive, *(audit.extents() for audit in audits), strict=True):
        offered = [extent for extent, _ in sums.offered(value)]
        extents[value.year, value.name] = max(found, key=[*offered, Extent.NOTHING].index)

    def marked(value: Value) -> Value:
        extent = extents.get((value.year, value.name), Extent.NOTHING)
        return replace(value, extent=extent, beside=tuple(map(marked, value.beside)))

    return {year: {name: marked(v) for name, v in held.items()} for year, held in years.items()}


def published(
    shown: Iterable[Value],
    every: Iterable[Value],
    settings: Settings,
    lock: Lock | None,
    records: Collection[Record],
) -> former.Kept:
    """What the shown ones of all figures give away, as far as it was decided, and what was given away
    before: for a lock. `records` are the sensitive ones.
    """
    shown, every = [*shown], [*every]
    within = Within(every, settings)
    sums = Sums(settings, within)
    before = former.read({lock.year: lock} if lock else {}, {}, sums, records, every)
    for value in (value for value in shown if value.sensitive):
        before.told += dict(sums.offered(value)).get(value.extent, [])
        before.hidden += sums.small(value)
    offered = by_universe(
        row for v in every if v.sensitive for _, rows in sums.offered(v) for row in rows
    )
    for universe, rows in offered.items():
        before.hidden += sums.columns.small(universe, {c for row in rows for c in row}, rows)
    for taken in within.taken():
        before.left += [rest for rest in sums.rests(*taken) if rest not in before.left]
    _add_bounds(before, sums, within, {lock.year: lock} if lock else {})
    return former.kept(before, sums.columns.weights)


def _add_bounds(
    before: former.Before, sums: Sums, within: Within, locks: Mapping[int, Lock]
) -> None:
    """What figures leave of others that they are within, now and as both were then; only what is left
    is known where it takes nothing away of what the others are over."""
    for whole, part in within.pairs():
        sides = [[*within.terms(whole)], [*within.terms(part)]]
        own = [{universe for term, _ in side for universe, _ in sums.own(term)} for side in sides]
        terms = [term for side in sides for term, _ in side]
        times = [n * sign for side, sign in zip(sides, (1, -1), strict=True) for _, n in side]
        then = [[*former.then(term, locks.get(term.year), before, sums)] for term in terms]
        if len(terms) > len(sides):  # of a sum one way of what each was
            then = [ways[:1] for ways in then]
        for held in [[sums.whole(term) for term in terms], *product(*then)]:
            group = added(zip(times, held, strict=True))
            known = sums.columns.size(row for row in group if row[0] not in own[0])
            least = min((n for u, row in group if u in own[0] for n in row.values()), default=0)
            is_left = own[0] == own[1] and known >= 0 and least >= 0
            groups = before.left if is_left else before.within
            if all(held) and group and group not in groups:
                groups.append(group)


def _is_again(value: Value, years: Mapping[int, Values], locks: Mapping[int, Lock]) -> bool:
    """Whether a figure was published before, as it is defined now: with its year's report, or another."""
    held = [locks[value.year]] if value.year in locks else locks.values()
    others = {name: other.definition for name, other in years[value.year].items()}
    meaning = fingerprint(value.definition, others)
    return any(meaning == f.meaning for lock in held if (f := lock.figures.get(value.name)))


def given_away(values: Values, settings: Settings) -> Iterator[Problem]:
    """Figures that are as great as one that is not published, though everybody may see their records."""
    for name, value in values.items():
        is_hidden = value.sensitive and value.number is not None and value.extent is Extent.NOTHING
        if is_hidden and is_plain(value, settings):
            message = f"{value.year}年“{name}”同不公布的数一样，它数的记录却是公开的"
            hint = "在词表里给这些记录的类别写 敏感: 是"
            place = settings.definitions_in(value.year)[name][0]
            fault = faults.above_one(message, hint)
            yield settings.figures_source.problem([place, "名称"], fault)


class _Audit:
    """The figures in question, and what is published of them so far."""

    def __init__(
        self,
        sums: Sums,
        values: list[Value],
        before: former.Before,
        is_again: Callable[[Value], bool],
    ) -> None:
        self._limit, self._values = sums.limit, values
        columns = sums.columns
        joined = Joined(columns, before.within)
        self._offers = [
            [(extent, [*map(joined.row, rows)]) for extent, rows in sums.offered(value)]
            for value in values
        ]
        offers = zip(values, self._offers, strict=True)
        corrected = [offer[-1][1] for value, offer in offers if offer and is_again(value)]
        offered = by_universe(row for offer in self._offers for _, rows in offer for row in rows)
        groups = [joined.group(left) for left in before.left if sums.is_small(left)]
        groups += [[row] for row in joined.small]
        groups += [[joined.row(row)] for value in values for row in sums.small(value)]
        groups += [[joined.row(row)] for row in before.hidden]
        before_now = [*map(joined.row, before.told)]
        self._told, self._columns = by_universe(before_now), columns
        self._still: dict[str, set[str]] = {}
        lost: list[list[Row]] = []
        for universe in {**offered, **self._told}:
            now, both = offered[universe], [*self._told[universe], *offered[universe]]
            still = {column for row in both for column in row if before.has(universe, column)}
            self._still[universe] = still
            known = {column for row in now for column in row}
            for held, rows in ((known, now), (still, both)):
                groups += [[row] for row in columns.small(universe, held, rows)]
            gone = {column for row in both for column in row} - known - still
            lost += [[row] for row in columns.small(universe, gone, both)]
        for universe, rows in by_universe(joined.left).items():
            rests = {rest for row in rows for rest in row}
            groups += [[row] for row in columns.small(universe, rests, rows)]
        before_now += joined.nobody
        every = by_universe([*(row for group in groups + lost for row in group), *before_now])
        for universe, rows in offered.items():
            every[universe] += rows
        self._cells = {u: cells(columns.weights[u], rows) for u, rows in every.items()}
        self._published = {
            u: Region([tuple(sum(columns.weights[u][c] for c in cell) for cell in found)])
            for u, found in self._cells.items()
        }
        self._published = self._with(before_now)
        # What is gone is told as far as the figures of then, as they are now, tell it by themselves.
        once_more = self._with(row for rows in corrected for row in rows)
        groups += [one for one in lost if _varies(once_more, self._aim(one), self._limit)]
        # A group that an older program let out is held to what it can be: not told to one.
        self._aims = [
            (aim, width)
            for aim in dict.fromkeys(map(self._aim, groups))
            for width in [
                next((w for w in (self._limit, 1) if _varies(self._published, aim, w)), 0)
            ]
            if aim and width
        ]

    def _aim(self, group: Iterable[Row]) -> tuple[tuple[str, Vector], ...]:
        return tuple((universe, self._vector(universe, row)) for universe, row in group if row)

    def _with(self, rows: Iterable[Row]) -> dict[str, Region]:
        regions = dict(self._published)
        for universe, row in rows:
            regions[universe] = regions[universe].with_sum(self._vector(universe, row))
        return regions

    def _vector(self, universe: str, row: Mapping[str, int]) -> Vector:
        """How often a sum takes each cell."""
        return tuple(row.get(cell[0], 0) for cell in self._cells[universe])

    def extents(self) -> Iterator[Extent]:
        """What is published of each figure."""
        for value, offers in zip(self._values, self._offers, strict=True):
            wanted = [] if _is_small(value, self._limit) else offers
            yield next((e for e, rows in wanted if self._takes(rows)), Extent.NOTHING)

    def _takes(self, rows: Sequence[Row]) -> bool:
        """Publish the rows, if no small group comes to light with them."""
        regions = self._with(rows)
        changed = {u for u, region in regions.items() if region is not self._published[u]}
        for aim, width in self._aims:
            if any(u in changed for u, _ in aim) and not _varies(regions, aim, width):
                return False
        told = {u: [*self._told[u], *(row for of, row in rows if of == u)] for u in changed}
        for universe, taken in told.items():  # alike in what is published, if not in what could be
            for _, row in self._columns.small(universe, self._still[universe], taken):
                group = [(universe, self._vector(universe, row))]
                if not _varies(regions, group, self._limit) and _varies(
                    self._published, group, self._limit
                ):
                    return False
        self._published = regions
        self._told |= told
        return True


def _varies(regions: Mapping[str, Region], aim: Iterable[tuple[str, Vector]], width: int) -> bool:
    return any(regions[universe].varies(vector, width) for universe, vector in aim)


def _is_small(value: Value, limit: int) -> bool:
    """Whether a total, or one side of a ratio, is by itself a group that is not published.

    Nobody is a small group, too: printed, it would show which of the withheld ones is somebody.
    """
    if value.numerator is not None and value.denominator is not None:
        rest = value.denominator - value.numerator
        return value.numerator < limit or 0 < rest < limit
    return any(one.number is not None and one.base < limit for one in value.sides or (value,))
