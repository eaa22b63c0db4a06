"""What was published of sensitive figures before, as locks keep it: sums over the same columns as now.

A record is the same unknown in what was published then and what is now, whatever a correction made of
it. Of one that is gone, and of an amount that has changed, the size is known.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fazhi.figures.linear import cells
from fazhi.figures.measure import Row
from fazhi.figures.sums import Sums
from fazhi.figures.value import Values
from fazhi.records.lock import Cell, Lock

Kept = dict[str, list[Cell]]


@dataclass
class Before:
    """All sums that were published, those that were kept back as small, and the paths of records
    that are as they were."""

    told: list[Row] = field(default_factory=list)
    hidden: list[Row] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)

    def has(self, universe: str, column: str) -> bool:
        """Whether a column is of a record that is as it was."""
        return not self.unchanged.isdisjoint((universe, column, column.rpartition(" ")[0]))


def read(
    locks: Mapping[int, Lock], years: Mapping[int, Values], sums: Sums, today: Mapping[str, str]
) -> Before:
    """What the locks keep; `today` are the paths of the records by their hashes: one that was
    renamed is the same."""
    before = Before()
    for year, lock in locks.items():
        if lock.sensitive is None:
            before.told += _alike(lock, years.get(year, {}), sums)
        paths = {path: today[key] for path, key in lock.records.items() if key in today}
        before.unchanged.update(paths.values())
        for universe, held in (lock.sensitive or {}).items():
            found = paths.get(universe, universe)
            rows: dict[tuple[bool, int], Counter[str]] = defaultdict(Counter)
            for cell in held:
                for column, weight in cell.columns.items():
                    path, blank, amount = (column, "", "")
                    if path not in paths:
                        path, blank, amount = column.rpartition(" ")
                    name = f"{paths.get(path, path)}{blank}{amount}"
                    sums.columns.weights[found][name] = weight
                    for is_told, numbers in ((True, cell.told), (False, cell.hidden)):
                        for number in numbers:
                            rows[is_told, number][name] += 1
            for (is_told, _), row in rows.items():
                (before.told if is_told else before.hidden).append((found, row))
    return before


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
    for universe in sorted({*rows, *small}):
        both = [*rows[universe], *small[universe]]
        columns = sorted({column for row in both for column in row})
        found[universe] = [
            Cell(
                columns={column: weights[universe][column] for column in cell},
                told=_numbers(rows[universe], cell[0]),
                hidden=_numbers(small[universe], cell[0]),
            )
            for cell in cells(columns, both)
        ]
    return found


def _numbers(rows: list[Mapping[str, int]], column: str) -> list[int]:
    """The sums that take a column, as often as they take it."""
    return [n for n, row in enumerate(rows) for _ in range(row.get(column, 0))]


def by_universe(rows: Iterable[Row]) -> dict[str, list[Mapping[str, int]]]:
    """The sums of each universe, each once."""
    found: dict[str, list[Mapping[str, int]]] = defaultdict(list)
    for universe, row in rows:
        if row not in found[universe]:
            found[universe].append(row)
    return found
