"""What can be computed from published sums, by linear algebra over exact fractions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

Vector = tuple[Fraction, ...]

MOST_COMBINATIONS = 20_000
"""Past that many a published sum is refused rather than examined: no real office comes near."""


class Space:
    """The columns of a universe, those that every sum takes alike put together into cells.

    `weights` holds how much there is in each cell, the heaviest first: so that what is found small
    is found early. Column weights are whole and positive.
    """

    def __init__(
        self, weights: Mapping[Hashable, int], rows: Iterable[Mapping[Hashable, int]]
    ) -> None:
        signatures: dict[Hashable, list[tuple[int, int]]] = {column: [] for column in weights}
        for number, row in enumerate(rows):
            for column, times in row.items():
                signatures[column].append((number, times))
        cells: dict[tuple[tuple[int, int], ...], list[Hashable]] = defaultdict(list)
        for column, signature in signatures.items():
            cells[tuple(signature)].append(column)
        held = [(sum(weights[column] for column in cell), cell) for cell in cells.values()]
        held.sort(key=lambda one: -one[0])
        self.weights = [weight for weight, _ in held]
        self._first = [cell[0] for _, cell in held]

    def vector(self, row: Mapping[Hashable, int]) -> Vector:
        """How often a sum takes each cell."""
        return tuple(Fraction(row.get(column, 0)) for column in self._first)


@dataclass(frozen=True)
class Span:
    """All that published sums give by adding and subtracting them: a basis, fully reduced.

    A base vector is 1 at its pivot, where all the others are 0.
    """

    limit: int
    basis: tuple[tuple[int, Vector], ...] = ()

    def with_row(self, vector: Vector) -> Span:
        """This, and what one more sum gives; the same object when it gives nothing new."""
        rest = self._reduced(vector)
        pivot = next((place for place, number in enumerate(rest) if number), None)
        if pivot is None:
            return self
        scaled = tuple(number / rest[pivot] for number in rest)
        others = [(p, _minus(base, base[pivot], scaled)) for p, base in self.basis]
        return Span(self.limit, (*others, (pivot, scaled)))

    def has(self, vector: Vector) -> bool:
        """Whether a sum can be computed from the published ones."""
        return not any(self._reduced(vector))

    def _reduced(self, vector: Vector) -> Vector:
        for pivot, base in self.basis:
            vector = _minus(vector, vector[pivot], base)
        return vector

    def gives_back_a_group(self, weights: list[int]) -> bool:
        """Whether some group of cells that together weigh less than the limit can be computed.

        Such a group is a vector of zeros and ones. At the pivots, too: so it is the sum of those
        base vectors whose pivots are in it, and these weigh less than the limit together.
        """
        light = [(weights[p], base) for p, base in self.basis if weights[p] < self.limit]
        for number, vector in enumerate(_sums(light, self.limit)):
            if number > MOST_COMBINATIONS:
                return True
            weight = (w for w, n in zip(weights, vector, strict=True) if n)
            if all(n in (0, 1) for n in vector) and sum(weight) < self.limit:
                return True
        return False


def _sums(light: list[tuple[int, Vector]], limit: int) -> Iterator[Vector]:
    """The sum of every choice of base vectors whose pivots weigh less than the limit together."""
    chosen = [(place, weight, base) for place, (weight, base) in enumerate(light)]
    while chosen:
        place, weight, total = chosen.pop()
        yield total
        for later in range(place + 1, len(light)):
            more, base = light[later]
            if weight + more < limit:
                added = tuple(a + b for a, b in zip(total, base, strict=True))
                chosen.append((later, weight + more, added))


def _minus(vector: Vector, times: Fraction, base: Vector) -> Vector:
    if not times:
        return vector
    return tuple(a - times * b for a, b in zip(vector, base, strict=True))
