"""What figures that are within others tell of what they count: universes of sums put together."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations, product

from fazhi.figures.linear import cells
from fazhi.figures.measure import KNOWN, STANDING, Columns, Row
from fazhi.figures.sums import less, merged
from fazhi.figures.value import OTHER

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
                rests[name] = rest = "余" + "".join(f"{n:+}{c}" for c, n in sorted(row.items()))
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
    without = [u for u, row in group if {c.rpartition(" ")[0] for c in row} == {OTHER}]
    is_mixed = len(group) > 2 and 0 < len(without) < len(group)
    is_alike = all(columns.size(each) >= 0 for each in parts.values())
    return parts if is_alike and not is_mixed else {"": [*group]}


def _told_of_facts(
    group: Sequence[Row], parts: Iterable[str], columns: Columns
) -> Iterator[list[str]]:
    """The parts of facts as they may be told: each, and those that are merged."""
    if all(universe.startswith((STANDING, KNOWN)) for universe, _ in group):
        yield from ([part] for part in parts)
        for universe, row in group:
            sizes = {c.rpartition(" ")[0]: columns.weights[universe][c] for c in row}
            yield [*sizes.keys() - merged(sizes, columns.limit)]
