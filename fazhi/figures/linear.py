"""What published sums tell of their parts: linear programming over exact fractions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

Vector = tuple[int | Fraction, ...]  # whole numbers as long as they are, as these are fast


def cells(columns: Iterable[str], rows: Iterable[Mapping[str, int]]) -> list[list[str]]:
    """Columns of a universe, those that every sum takes alike put together."""
    signatures: dict[str, list[tuple[int, int]]] = {column: [] for column in columns}
    for number, row in enumerate(rows):
        for column in row.keys() & signatures.keys():
            signatures[column].append((number, row[column]))
    found: dict[tuple[tuple[int, int], ...], list[str]] = defaultdict(list)
    for column, signature in signatures.items():
        found[tuple(signature)].append(column)
    return [*found.values()]


class Region:
    """Every way in which all published sums come out right: how much may be in each cell, none below 0.

    The sums are kept as a basis, fully reduced: a base vector is 1 at its pivot, where all the others
    are 0. `points` are ways that were met; the first is the truth.
    """

    def __init__(self, points: Sequence[Vector], basis: Mapping[int, Vector] | None = None) -> None:
        self._points = [*points]
        self._basis = dict(basis or {})

    def with_sum(self, vector: Vector) -> "Region":
        """This, with one more sum published; the same object where it tells nothing new."""
        rest = vector
        for pivot, base in self._basis.items():
            rest = _minus(rest, rest[pivot], base)
        if not any(rest):
            return self
        basis = _pivoted(self._basis, next(p for p, n in enumerate(rest) if n), rest)
        total = _dot(vector, self._points[0])
        return Region([p for p in self._points if _dot(vector, p) == total], basis)

    def varies(self, aim: Vector, width: int) -> bool:
        """Whether a sum may be greater in one way than in another by as much as that, or more."""
        met = [_dot(aim, point) for point in self._points]
        low, high = min(met), max(met)
        for up in () if high - low >= width else (aim, tuple(-n for n in aim)):
            for point in self._climb(up, width):
                self._points.append(point)
                low, high = min(low, _dot(aim, point)), max(high, _dot(aim, point))
                if high - low >= width:
                    return True
        return high - low >= width

    def _climb(self, aim: Vector, enough: int) -> Iterator[Vector]:
        """Ways in which a sum is greater and greater: the simplex method, by Bland's rule."""
        basis, point = dict(self._basis), self._points[0]
        for place in range(len(point)):  # to a corner: what is in no basis is 0
            if place not in basis and point[place]:
                basis, point = _slid(basis, point, place, -1, point[place])
        yield point
        while True:
            gains = aim
            for pivot, base in basis.items():
                gains = _minus(gains, aim[pivot], base)
            place = next((place for place, gain in enumerate(gains) if gain > 0), -1)
            if place < 0:
                return
            basis, point = _slid(basis, point, place, 1, Fraction(enough) / gains[place])
            yield point


def _slid(
    basis: dict[int, Vector], point: Vector, place: int, sign: int, most: int | Fraction
) -> tuple[dict[int, Vector], Vector]:
    """More in a cell or less, the others giving way, until one that must is empty: it leaves the basis."""
    slopes = {pivot: base[place] * sign for pivot, base in basis.items() if base[place]}
    bounds = [(_parted(point[p], slope), p) for p, slope in slopes.items() if slope > 0]
    by, emptied = min(bounds, default=(most, -1))
    moved = list(point)
    moved[place] += sign * min(by, most)
    for pivot, slope in slopes.items():
        moved[pivot] -= slope * min(by, most)
    if by < most:
        others = {pivot: base for pivot, base in basis.items() if pivot != emptied}
        basis = _pivoted(others, place, basis[emptied])
    return basis, tuple(moved)


def _pivoted(basis: Mapping[int, Vector], place: int, row: Vector) -> dict[int, Vector]:
    """A basis with one more row, whose pivot is at that place."""
    scaled = tuple(_parted(number, row[place]) for number in row)
    return {p: _minus(base, base[place], scaled) for p, base in basis.items()} | {place: scaled}


def _minus(vector: Vector, times: int | Fraction, base: Vector) -> Vector:
    if not times:
        return vector
    return tuple(a - times * b if b else a for a, b in zip(vector, base, strict=True))


def _parted(number: int | Fraction, by: int | Fraction) -> int | Fraction:
    parted = Fraction(number) / by if number and by != 1 else number
    return parted.numerator if parted.denominator == 1 else parted


def _dot(one: Vector, other: Vector) -> int | Fraction:
    return sum(a * b for a, b in zip(one, other, strict=True) if a and b)
