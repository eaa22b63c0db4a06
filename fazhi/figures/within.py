"""Which figures are within others, as 属于, 等于 and ratios say, and what that tells of what they count."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations

from fazhi.figures.measure import Columns, Row
from fazhi.figures.value import Value


class Within:
    """Which figures of a year are within others, and which are the same."""

    def __init__(self, values: Iterable[Value]) -> None:
        self._known = known = {(value.year, value.name): value for value in values}
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

    def taken(self) -> Iterator[tuple[Value, Sequence[Value]]]:
        """Each figure with what is taken from it together: what is within it, one side of a ratio."""
        for value in self._known.values():
            yield from ((value, taken) for taken in self._taken(value))
            if value.sensitive and value.numerator is not None:
                yield value.sides[1], [value.sides[0]]

    def pairs(self) -> Iterator[tuple[Value, Value]]:
        """Each figure that says that it is within another, or is so in a ratio, after that other."""
        for value in self._known.values():
            if whole := self._known.get((value.year, value.definition.whole or "")):
                yield whole, value
            if value.sensitive and value.numerator is not None:
                part, whole = value.sides
                yield whole, part

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


def fields(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """What the fields of records leave of one another, of the records that the first sum is of."""
    of_field = [(u.partition(" "), u, row) for u, row in rows if " " in u]
    known = [each for each in of_field if any(each[0][2] in pair for pair in _FIELDS)]
    for ((kind, _, own), universe, whole), ((other, _, name), of, part) in permutations(known, 2):
        if kind == other and (name, own) in _FIELDS:
            paths = {column.rpartition(" ")[0] for column in whole}
            both = {column: n for column, n in part.items() if column.rpartition(" ")[0] in paths}
            if both:
                yield bound((universe, whole), (of, both))


def bound(whole: Row, part: Row) -> list[Row]:
    """What a sum leaves of another."""
    universe, taken = part
    return [whole, (universe, {column: -n for column, n in taken.items()})]


class Joined:
    """Universes of which sums are within sums of others, put together.

    No part is more than what it is within: what is left beside it is one unknown more. Of two facts
    in the same parts each part is within its like, of two sums each record's amount. `nobody` are
    the sums that say so, `left` what all of a figure leaves of another.
    """

    def __init__(self, columns: Columns, bounds: Iterable[Sequence[Row]]) -> None:
        self._weights, self._of = columns.weights, dict[str, str]()
        self.nobody: list[Row] = []
        self.left: list[Row] = []
        groups = [group for group in bounds if columns.size(group) >= 0]
        for group in groups:
            found = {universe for universe, _ in group}
            together = {self._of.get(universe) for universe in found} - {None}
            found |= {universe for universe, of in self._of.items() if of in together}
            self._of |= dict.fromkeys(found, "\n".join(sorted(found)))
        for group in groups:
            rests: dict[str, int] = {}
            for each in _in_parts(group, columns):
                ((universe, row),) = self.group(each)
                rest = "余" + "".join(sorted(row))
                rests[rest] = 1
                self._weights[universe][rest] = columns.size(each)
                self.nobody.append((universe, {**row, rest: -1}))
            self.left.append((universe, rests))

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


def _in_parts(group: Sequence[Row], columns: Columns) -> list[list[Row]]:
    """What a sum leaves of another by the parts of their facts, or by record; else as a whole."""
    parts: dict[str, list[Row]] = defaultdict(list)
    for universe, row in group:
        for column, times in row.items():
            parts[column.rpartition(" ")[0]].append((universe, {column: times}))
    is_alike = all(columns.size(each) >= 0 for each in parts.values())
    return [*parts.values()] if is_alike else [[*group]]
