"""What was published of sensitive figures before, as locks keep it: sums over the same columns as now.

A record is the same unknown in what was published then and what is now, whatever a correction made of
it. Of one that is gone, and of an amount that has changed, the size is known. A correction has changed
those that a figure told then counts otherwise now: whatever else was written into a record, a figure
that is defined anew parts it from the others, and not the correction.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from fazhi.figures import renamed
from fazhi.figures.linear import cells
from fazhi.figures.measure import KNOWN, STANDING, Columns, Row
from fazhi.figures.measures import fingerprint
from fazhi.figures.selection import amount_of, grouping
from fazhi.figures.sums import Sums
from fazhi.figures.value import Value, Values
from fazhi.records.lock import Cell, Lock, digest, digest_of
from fazhi.records.record import Record
from fazhi.schema.kinds import KINDS, Standing
from fazhi.schema.township import Settings

Kept = dict[str, list[Cell]]


@dataclass
class Before:
    """All sums that were published, those that were kept back as small, what figures left over, what
    is within others, as what is left of these, and the paths of records that count as they did. Who
    takes some for those that were told when they were `plain`, not sensitive, may know these sums."""

    told: list[Row] = field(default_factory=list)
    plain: list[Row] = field(default_factory=list)
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
    today = {digest_of(record): record.path for record in records}
    for value in values:
        if value.sensitive:
            sums.offered(value)
    offered = {universe: {*weights} for universe, weights in columns.weights.items()}
    for year, lock in locks.items():
        if lock.sensitive is None:
            before.told += _alike(lock, years.get(year, {}), sums)
        paths = {path: today[key] for path, key in lock.records.items() if key in today}
        sensitive = lock.sensitive or {}
        known = {column.partition(" ")[0] for column in renamed.columns_of(*sensitive.values())}
        new = {*today.values()}.difference(*(each.records for each in locks.values()))
        gone = known.difference(paths, today.values())
        # A lock names all sensitive records of its own year: one of another is not new for its lack.
        own = {path for path in gone if path.startswith(f"records/{year}/")}
        both = _figures(now) & _figures(lock.counted)
        how_then, how_now = (
            {p: _of(both, how) for p, how in h.items()} for h in (lock.counted, now)
        )
        paths = renamed.records(own, new, how_then, how_now) | paths
        then_at = {paths.get(path, path): path for path in (*known, *lock.records)}
        before.unchanged |= {
            path
            for path in then_at.keys() & {*today.values()}
            if how_now.get(path, {}) == how_then.get(then_at[path], {})
        }
        then_plain = () if lock.sensitive is None else lock.records.keys() - lock.counted
        told_as_plain = (record for record in records if then_at.get(record.path) in then_plain)
        before.plain += _told_as_plain(told_as_plain, values, sums)
        left, within = (defaultdict[int, list[list[Row]]](list) for _ in range(2))
        for universe, held in sensitive.items():
            named = columns.standings.get(
                universe, universe
            )  # a lock of before has its file's path
            could_be = renamed.universes(named, renamed.columns_of(held), sensitive, offered)
            read_as = [(found, _sums(held, found, columns, paths)) for found in could_be]
            for found, (told, hidden, _, _, plain) in read_as:
                before.plain += ((found, row) for row in plain.values())
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
    """The sums of a lock over columns of now: told, too small, left, within others, told as plain."""
    is_standing = universe.startswith(STANDING)
    named = (
        renamed.parts(renamed.columns_of(held), columns.weights[universe]) if is_standing else {}
    )
    found = [defaultdict[int, Counter[str]](Counter) for _ in range(5)]
    for cell in held:
        for column, weight in cell.columns.items():
            path, blank, amount = (column, "", "")
            if path not in paths:
                path, blank, amount = column.rpartition(" ")
            name = named.get(column, f"{paths.get(path, path)}{blank}{amount}")
            columns.weights[universe][name] = weight
            every = (cell.told, cell.hidden, cell.left, cell.within, cell.plain)
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
    if all(digest_of(record) in same for record in value.records):
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


def _of(figures: Collection[str], how: Mapping[str, str]) -> dict[str, str]:
    return {figure: said for figure, said in how.items() if figure in figures}


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
    rows, small, plain = map(by_universe, (before.told, before.hidden, before.plain))
    left, within = (defaultdict[str, list[tuple[int, Mapping[str, int]]]](list) for _ in range(2))
    for groups, by in ((before.left, left), (before.within, within)):
        for number, group in enumerate(groups, 1):
            for universe, row in group:
                by[universe].append((number, row))
    for universe in sorted({*rows, *small, *plain, *left, *within}):
        numbered = [*left[universe], *within[universe]]
        unnumbered = [*rows[universe], *small[universe], *plain[universe]]
        all_rows = [*unnumbered, *(row for _, row in numbered)]
        columns = sorted({column for row in all_rows for column in row})
        found[universe] = [
            Cell(
                columns={column: weights[universe][column] for column in cell},
                told=_numbers(enumerate(rows[universe]), cell[0]),
                hidden=_numbers(enumerate(small[universe]), cell[0]),
                left=_numbers(left[universe], cell[0]),
                within=_numbers(within[universe], cell[0]),
                plain=_numbers(enumerate(plain[universe]), cell[0]),
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
