"""What was published of sensitive figures before, as locks keep it: sums over the same columns as now.

A record is the same unknown in what was published then and what is now, whatever a correction made of
it. Of one that is gone, and of an amount that has changed, the size is known. A correction has changed
those that a figure told then counts otherwise now: whatever else was written into a record, a figure
that is defined anew parts it from the others, and not the correction.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from itertools import product

from fazhi.figures.linear import cells
from fazhi.figures.measure import KNOWN, STANDING, Columns, Row
from fazhi.figures.measures import fingerprint
from fazhi.figures.selection import amount_of, grouping
from fazhi.figures.sums import Sums
from fazhi.figures.value import Value, Values
from fazhi.records.lock import Cell, Lock, digest
from fazhi.records.record import Record
from fazhi.schema.kinds import KINDS, Standing
from fazhi.schema.township import Settings

Kept = dict[str, list[Cell]]


@dataclass
class Before:
    """All sums that were published, those that were kept back as small, what figures left over, what
    is within others, as what is left of these, and the paths of records that count as they did."""

    told: list[Row] = field(default_factory=list)
    hidden: list[Row] = field(default_factory=list)
    left: list[list[Row]] = field(default_factory=list)
    within: list[list[Row]] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)

    def has(self, universe: str, column: str) -> bool:
        """Whether a column is of a record that counts as it did, or a part of a fact."""
        joined, _, column = column.rpartition("\n")
        is_standing = (joined or universe).startswith(STANDING)
        return is_standing or not self.unchanged.isdisjoint((column, column.rpartition(" ")[0]))


def read(
    locks: Mapping[int, Lock],
    years: Mapping[int, Values],
    sums: Sums,
    records: Collection[Record],
    values: Collection[Value],
) -> Before:
    """What the locks keep; `records` are the sensitive ones of now: one that was renamed is the same.
    `values` are the figures of now, whose parts tell what was named anew, and which records count as
    they did."""
    before, columns = Before(), sums.columns
    now = counted(values, columns.settings) if locks else {}
    today = {digest(record.source.text.encode()): record.path for record in records}
    for value in values:
        if value.sensitive:
            sums.offered(value)
    offered = {universe: {*weights} for universe, weights in columns.weights.items()}
    for year, lock in locks.items():
        if lock.sensitive is None:
            before.told += _alike(lock, years.get(year, {}), sums)
        paths = {path: today[key] for path, key in lock.records.items() if key in today}
        sensitive = lock.sensitive or {}
        known = {column.partition(" ")[0] for column in _columns(*sensitive.values())}
        new = {*today.values()}.difference(*(each.records for each in locks.values()))
        gone = known.difference(paths, today.values())
        # A lock names all sensitive records of its own year: one of another is not new for its lack.
        own = {path for path in gone if path.startswith(f"records/{year}/")}
        paths = _renamed(own, new) | paths
        of_then = {paths.get(path, path): path for path in (*known, *lock.records)}
        both = _figures(now) & _figures(lock.counted)
        before.unchanged |= {
            path
            for path in of_then.keys() & {*today.values()}
            if _of(both, now.get(path)) == _of(both, lock.counted.get(of_then[path]))
        }
        plain = () if lock.sensitive is None else lock.records.keys() - lock.counted
        told_as_plain = (record for record in records if of_then.get(record.path) in plain)
        before.told += _told_as_plain(told_as_plain, values, sums)
        left, within = (defaultdict[int, list[list[Row]]](list) for _ in range(2))
        for universe, held in sensitive.items():
            named = columns.standings.get(
                universe, universe
            )  # a lock of before has its file's path
            could_be = _universes(named, _columns(held), sensitive, offered)
            read_as = [(found, _sums(held, found, columns, paths)) for found in could_be]
            for found, (told, hidden, *_) in read_as:
                before.told += ((found, row) for row in told.values())
                before.hidden += ((found, row) for row in hidden.values())
            for place, groups in ((2, left), (3, within)):
                for number in read_as[0][1][place]:
                    groups[number].append([(found, rows[place][number]) for found, rows in read_as])
        before.left += (list(each) for group in left.values() for each in product(*group))
        before.within += (list(each) for group in within.values() for each in product(*group))
    held_now = defaultdict[str, dict[str, str]](dict)
    for universe, held_row in (row for value in values for row in sums.whole(value)):
        held_now[universe] |= {c.rpartition(" ")[0] or c: c for c in held_row}
    for kept_groups in (before.left, before.within):
        for group in [*kept_groups]:
            of_now: list[Row] = [(u, _of_now(u, row, held_now[u])) for u, row in group]
            if of_now not in kept_groups:
                kept_groups.append(of_now)
    return before


def _sums(
    held: Iterable[Cell], universe: str, columns: Columns, paths: Mapping[str, str]
) -> list[defaultdict[int, Counter[str]]]:
    """The sums of a lock over columns of now: told, too small, left, within others."""
    is_standing = universe.startswith(STANDING)
    named = _renamed_parts(_columns(held), columns.weights[universe]) if is_standing else {}
    found = [defaultdict[int, Counter[str]](Counter) for _ in range(4)]
    for cell in held:
        for column, weight in cell.columns.items():
            path, blank, amount = (column, "", "")
            if path not in paths:
                path, blank, amount = column.rpartition(" ")
            name = named.get(column, f"{paths.get(path, path)}{blank}{amount}")
            columns.weights[universe][name] = weight
            every = (cell.told, cell.hidden, cell.left, cell.within)
            for rows, numbers in zip(found, every, strict=True):
                for number in numbers:
                    rows[abs(number)][name] += -1 if number < 0 else 1
    return found


def counted(values: Iterable[Value], settings: Settings) -> dict[str, dict[str, str]]:
    """How much each sensitive record adds to figures and their parts, by its path and by hashes of what
    these mean. A part that is called otherwise is another."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for value in (value for value in values if value.sensitive and not value.sides):
        definition, by = value.definition, value.definition.by and value.parts_of
        meaning = f"{value.year} {fingerprint(definition, {})}"
        parts = grouping(by, settings) if by else lambda _: ("",)
        kind, name = KINDS[definition.kind or ""], definition.field_name or ""
        amount = amount_of(kind, name) if definition.measure == "求和" else lambda _: None
        for record in Columns(settings).sensitive(value.records):
            for part in parts(record):
                hashed = digest(f"{meaning} {part}".encode())[:16]
                found[record.path][hashed] = str(amount(record))
    return found


def then(value: Value, lock: Lock | None, before: Before, sums: Sums) -> Iterator[list[Row]]:
    """What a figure was when it was published: what its records add up that are the same, or what it told."""
    if lock is None or value.number is None:
        return
    same = {*lock.records.values()}
    if all(digest(record.source.text.encode()) in same for record in value.records):
        yield sums.whole(value)
    figure, universes = lock.figures.get(value.name), {universe for universe, _ in sums.own(value)}
    for row in before.told:
        if figure and row[0] in universes and figure.number == str(sums.columns.size([row])):
            yield [row]


def _told_as_plain(records: Iterable[Record], values: Iterable[Value], sums: Sums) -> Iterator[Row]:
    """How much there is, of each year and 类别, of records that were not sensitive when they were told."""
    groups: dict[tuple[type, int, str], list[Record]] = defaultdict(list)
    for record in records:
        groups[type(record.fields), record.year, record.fields.category].append(record)
    for value in (value for value in values if value.sensitive and not value.sides):
        model = KINDS[value.definition.kind or ""].model
        for (of, *_), group in groups.items():
            if of is model and of is not Standing:
                yield from sums.own(replace(value, records=tuple(group)))


def _of_now(universe: str, row: Mapping[str, int], held: Mapping[str, str]) -> Mapping[str, int]:
    """A sum with the amounts that its records have now, or all parts that its fact has."""
    of_fact = held if universe.startswith((STANDING, KNOWN)) else {}
    columns = [held.get(column.rpartition(" ")[0], column) for column in row]
    return {column: n for n in row.values() for column in of_fact.values() or columns}


def _figures(counted: Mapping[str, Mapping[str, str]]) -> set[str]:
    return {figure for by in counted.values() for figure in by}


def _of(figures: Collection[str], how: Mapping[str, str] | None) -> dict[str, str]:
    """How a record counts in some figures."""
    return {figure: said for figure, said in (how or {}).items() if figure in figures}


def _columns(*universes: Iterable[Cell]) -> set[str]:
    return {column for held in universes for cell in held for column in cell.columns}


def _renamed(gone: Iterable[str], new: Iterable[str]) -> dict[str, str]:
    """Where records lie that were renamed and changed: of the new files of a folder, that whose name
    is most like the old one."""
    found: dict[str, str] = {}
    left: dict[str, list[str]] = defaultdict(list)
    for path in sorted(new):
        left[path.rpartition("/")[0]].append(path)
    for path in sorted(gone):
        names = left[path.rpartition("/")[0]]
        for like in get_close_matches(path, names, 1):
            found[path] = like
            names.remove(like)
    return found


def _universes(
    name: str, then: set[str], held: Mapping[str, list[Cell]], now: Mapping[str, set[str]]
) -> list[str]:
    """The universes of now that one of a lock may be: itself, or another one that is new. A field that is
    called otherwise has most of the same amounts. A standing fact may have another 类别 or another day:
    it may be each one of its year, or of its 类别 while there is one of its day, of which most parts are
    called alike, or are as great."""
    is_gone, is_fact = name not in now, name.startswith((STANDING, "records/"))
    new = [universe for universe in sorted(now) if universe not in held]
    within = of_same = f"{name.rpartition(' ')[0]} "  # the field of a kind, the day of a fact
    if is_fact and is_gone:
        within = " ".join([STANDING, re.findall(r"\d{4}", name)[0], ""])
        known = (u for u in sorted(held.keys() & now) if u.startswith(of_same))
        new += (u for u in known if now[u] - _columns(held[u]))  # it came in the place of another
    ways = (_names, _sizes) if is_fact else (set[str],) * is_gone
    found = {name: None}
    for way in ways:
        alike = {u: len(way(then) & way(now[u])) for u in new if u.startswith(within)}
        if most := max(alike.values(), default=0):
            found |= {u: None for u, parts in alike.items() if parts == most}
    return [*found]


def _renamed_parts(then: Iterable[str], now: Iterable[str]) -> dict[str, str]:
    """The columns of parts that are called otherwise now, and as great: by those of then."""
    before, after = _names(then), _names(now)
    new = {n: c for c in sorted(now) for part, _, n in [c.rpartition(" ")] if part not in before}
    gone = (c for c in then if c.rpartition(" ")[0] not in after)
    return {c: new[n] for c in gone if (n := c.rpartition(" ")[2]) in new}


def _names(columns: Iterable[str]) -> set[str]:
    return {column.rpartition(" ")[0] for column in columns}


def _sizes(columns: Iterable[str]) -> set[str]:
    return {column.rpartition(" ")[2] for column in columns}


def _alike(lock: Lock, values: Values, sums: Sums) -> Iterable[Row]:
    """The sums of a lock that 1.0 wrote, as far as its figures are as they were."""
    for name, figure in lock.figures.items():
        value = values.get(name)
        if value is None or not value.sensitive or not figure.public[:1].isdigit():
            continue
        if (figure.number, figure.parts) == (str(value.number), value.parts):
            yield from sums.offered(value)[0][1]


def kept(before: Before, weights: Mapping[str, Mapping[str, int]]) -> Kept:
    """Sums as a lock keeps them, by universe: the cells that they are made of."""
    found: Kept = {}
    rows, small = by_universe(before.told), by_universe(before.hidden)
    left, within = (defaultdict[str, list[tuple[int, Mapping[str, int]]]](list) for _ in range(2))
    for groups, by in ((before.left, left), (before.within, within)):
        for number, group in enumerate(groups, 1):
            for universe, row in group:
                by[universe].append((number, row))
    for universe in sorted({*rows, *small, *left, *within}):
        numbered = [*left[universe], *within[universe]]
        all_rows = [*rows[universe], *small[universe], *(row for _, row in numbered)]
        columns = sorted({column for row in all_rows for column in row})
        found[universe] = [
            Cell(
                columns={column: weights[universe][column] for column in cell},
                told=_numbers(enumerate(rows[universe]), cell[0]),
                hidden=_numbers(enumerate(small[universe]), cell[0]),
                left=_numbers(left[universe], cell[0]),
                within=_numbers(within[universe], cell[0]),
            )
            for cell in cells(columns, all_rows)
        ]
    return found


def _numbers(rows: Iterable[tuple[int, Mapping[str, int]]], column: str) -> list[int]:
    """The numbers of the sums that take a column, as often as they take it; below 0 where they take
    it away."""
    taken = ((n, row.get(column, 0)) for n, row in rows)
    return [n if times > 0 else -n for n, times in taken for _ in range(abs(times))]


def by_universe(rows: Iterable[Row]) -> dict[str, list[Mapping[str, int]]]:
    """The sums of each universe, each once."""
    found: dict[str, list[Mapping[str, int]]] = defaultdict(list)
    for universe, row in rows:
        if row not in found[universe]:
            found[universe].append(row)
    return found
