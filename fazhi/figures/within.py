"""Which figures are within others, as 属于, 等于 and ratios say, and what that tells of what they count."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations, product

from fazhi.figures.linear import cells
from fazhi.figures.measure import KNOWN, STANDING, Columns, Row
from fazhi.figures.sums import less, merged
from fazhi.figures.value import Value
from fazhi.schema.definition import Definition


def twins(definitions: Collection[Definition]) -> dict[str, dict[str, None]]:
    """By the name of each figure those that are the same as 等于 says, over all steps, and itself."""
    found = {definition.name: {definition.name: None} for definition in definitions}
    for definition in definitions:
        if definition.equal in found:
            both = found[definition.name] | found[definition.equal]
            found |= dict.fromkeys(both, both)
    return found


class Within:
    """Which figures of a year are within others, and which are the same."""

    def __init__(self, values: Iterable[Value]) -> None:
        self._known = known = {(value.year, value.name): value for value in values}
        self._parts = defaultdict[tuple[int, str], list[Value]](list)
        self._wholes = defaultdict[tuple[int, str], list[Value]](list)
        of_year = defaultdict[int, list[Definition]](list)
        for value in known.values():
            of_year[value.year].append(value.definition)
        self._same = {year: twins(held) for year, held in of_year.items()}
        for (year, name), value in known.items():
            definition = value.definition
            self._parts[year, definition.whole or ""].append(value)
            if whole := known.get((year, definition.whole or "")):
                self._wholes[year, name].append(whole)
            if value.sensitive and value.numerator is not None:
                part, whole = value.sides
                self._wholes[part.year, part.name].append(whole)

    def same(self, value: Value) -> list[Value]:
        """Those that 等于 says a figure is as great as."""
        names = self._same.get(value.year, {}).get(value.name, {})
        return [self._known[value.year, name] for name in names if name != value.name]

    def taken(self) -> Iterator[tuple[Value, Sequence[Value]]]:
        """Each figure with what is taken from it together: what is within it, one side of a ratio."""
        for value in self._known.values():
            yield from ((value, taken) for taken in self._taken(value))
            if value.sensitive and value.numerator is not None:
                yield value.sides[1], [value.sides[0]]

    def pairs(self) -> Iterator[tuple[Value, Value]]:
        """Each figure after each that it is within, as 属于 or a ratio says of it, of one that it is within
        or of one that is the same: the figure between them may be gone one day. Those that are the same
        are within each other."""
        for value in self._known.values():
            above = (*self._above(value), *self.same(value))
            wholes = {(whole.year, whole.name): whole for whole in above}
            yield from ((whole, value) for whole in wholes.values())

    def _above(self, part: Value, around: tuple[str, ...] = ()) -> Iterator[Value]:
        """What a figure is within, over all steps."""
        one = [part, *self.same(part)]
        around = (*around, *(each.name for each in one))
        for whole in (whole for each in one for whole in self._wholes[each.year, each.name]):
            if whole.name not in around:
                yield from (whole, *self.same(whole), *self._above(whole, around))

    def _taken(self, whole: Value, around: tuple[str, ...] = ()) -> Iterator[list[Value]]:
        """What is taken from a figure together: each within it, and those that may be all of it."""
        one = [whole, *self.same(whole)]
        around = (*around, *(each.name for each in one))
        found = [part for each in one for part in self._parts[each.year, each.name]]
        parts = [part for part in found if part.name not in around]
        ways = [
            [
                [part],
                *([other] for other in self.same(part)),
                *self._taken(part, around),
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
_FIELDS = {
    ("合格", "参加人次"),
    ("合格", "应考"),
    ("参加人次", "应考"),
    ("实到", "应到"),
}
"""Fields of which the first is some of the second, of every record."""


def fields(rows: Mapping[str, Sequence[Mapping[str, int]]]) -> Iterator[list[Row]]:
    """What the fields of records leave of one another, of all records that the sums take alike."""
    known = [(u.partition(" "), u) for u in rows if any(u.partition(" ")[2] in p for p in _FIELDS)]
    for ((kind, _, own), universe), ((other, _, name), of) in permutations(known, 2):
        if kind == other and (name, own) in _FIELDS:
            wholes, parts = _by_path(rows[universe]), _by_path(rows[of])
            known_parts = {path for part in parts for path in part}
            nothing = {p: "" for whole in wholes for p in whole if p not in known_parts}
            for whole, part in product(wholes, [*parts, nothing]):
                if both := [path for path in whole if path in part]:
                    taken = {part[path]: 1 for path in both if part[path]}
                    yield less([[(universe, {whole[path]: 1 for path in both})], [(of, taken)]])


def _by_path(rows: Sequence[Mapping[str, int]]) -> list[dict[str, str]]:
    """The amounts that all sums take alike, by the paths of their records."""
    held = cells({column: None for row in rows for column in row}, rows)
    return [{column.rpartition(" ")[0]: column for column in cell} for cell in held]


class Joined:
    """Universes of which sums are within sums of others, put together.

    No part is more than what it is within: what is left beside it is one unknown more. Of two facts
    in the same parts each part is within its like, of two sums each record's amount. `nobody` are
    the sums that say so, `left` what all of a figure leaves of another, `small` what is too small of
    it or of its parts.
    """

    def __init__(self, columns: Columns, bounds: Iterable[Sequence[Row]]) -> None:
        self._weights, self._of = columns.weights, dict[str, str]()
        self.nobody: list[Row] = []
        self.left: list[Row] = []
        self.small: list[Row] = []
        given = ([(universe, row) for universe, row in group if row] for group in bounds)
        groups = [group for group in given if group and columns.size(group) >= 0]
        for group in groups:
            found = {universe for universe, _ in group}
            together = {self._of.get(universe) for universe in found} - {None}
            found |= {universe for universe, of in self._of.items() if of in together}
            self._of |= dict.fromkeys(found, "\n".join(sorted(found)))
        for group in groups:
            rests: dict[str, str] = {}
            parts = _in_parts(group, columns)
            for name, each in parts.items():
                ((universe, row),) = self.group(each)
                rests[name] = rest = "余" + "".join(sorted(row))
                self._weights[universe][rest] = columns.size(each)
                self.nobody.append((universe, {**row, rest: -1}))
            self.left.append((universe, dict.fromkeys(rests.values(), 1)))
            for some in ([*parts], *_told_of_facts(group, parts, columns)):
                row = {rests[name]: 1 for name in some if name in rests}
                if 0 < sum(self._weights[universe][rest] for rest in row) < columns.limit:
                    self.small.append((universe, row))

    def group(self, rows: Iterable[Row]) -> list[Row]:
        """A sum over several universes, each that was put together once."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for universe, row in map(self.row, rows):
            found[universe].update(row)
        return [*found.items()]

    def row(self, row: Row) -> Row:
        """A sum over the columns of the universes that were put together."""
        universe, taken = row
        if (together := self._of.get(universe)) is None:
            return row
        named = {f"{universe}\n{column}": times for column, times in taken.items()}
        weights = self._weights[universe]
        self._weights[together].update({f"{universe}\n{c}": weights[c] for c in taken})
        return together, named


def _in_parts(group: Sequence[Row], columns: Columns) -> dict[str, list[Row]]:
    """What a sum leaves of another by the parts of their facts, or by record; else as a whole."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for universe, row in group:
        for column, times in row.items():
            parts[column.rpartition(" ")[0]].append((universe, {column: times}))
    is_alike = all(columns.size(each) >= 0 for each in parts.values())
    return parts if is_alike else {"": [*group]}


def _told_of_facts(
    group: Sequence[Row], parts: Iterable[str], columns: Columns
) -> Iterator[list[str]]:
    """The parts of facts as they may be told: each, and those that are merged."""
    if all(universe.startswith((STANDING, KNOWN)) for universe, _ in group):
        yield from ([part] for part in parts)
        for universe, row in group:
            sizes = {c.rpartition(" ")[0]: columns.weights[universe][c] for c in row}
            yield [*sizes.keys() - merged(sizes, columns.limit)]
