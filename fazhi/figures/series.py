"""A figure over the years: each year's value beside the newest, a year without one a gap."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile

from fazhi.figures.measures import comparable
from fazhi.figures.value import Value, Values


@dataclass(frozen=True)
class Point:
    """One year of a series.

    `value` is None where the figure was not defined, and its number is None where nothing was
    recorded or it is withheld: a gap either way. `is_alike`: it counts the same as the newest does.
    """

    year: int
    value: Value | None
    is_alike: bool

    @property
    def is_comparable(self) -> bool:
        """Whether its number may stand beside the newest as the same thing."""
        return self.is_alike and self.value is not None and self.value.number is not None


@dataclass(frozen=True)
class Series:
    """A figure over the years without a year left out, the oldest first; the last is the `newest`."""

    points: tuple[Point, ...]

    @property
    def newest(self) -> Value:
        value = self.points[-1].value
        assert value is not None
        return value

    @property
    def run(self) -> list[Value]:
        """The values that may stand beside the newest, itself the first: back to a gap."""
        alike = takewhile(lambda point: point.is_comparable, reversed(self.points))
        return [point.value for point in alike if point.value]


def over(now: Value, earlier: Mapping[int, Values]) -> Series:
    """A figure and what it was in all earlier years: from the first year that has a number."""

    def point(year: int) -> Point:
        value = earlier.get(year, {}).get(now.name)
        return Point(year, value, value is not None and comparable(now, value))

    before = [point(year) for year in range(min(earlier, default=now.year), now.year)]
    while before and (before[0].value is None or before[0].value.number is None):
        del before[0]
    return Series((*before, Point(now.year, now, True)))


def numbered(values: Iterable[Value]) -> list[int]:
    """By which definition a figure is counted in each of its years, oldest first: 1, 2 …

    Years that have the same number can all be compared with each other. A figure is its name: one
    that is called otherwise is another, as it is wherever years are compared.
    """
    alike: dict[int, list[Value]] = defaultdict(list)
    numbers = []
    for value in values:
        known = (n for n, those in alike.items() if all(comparable(value, v) for v in those))
        numbers.append(next(known, len(alike) + 1))
        alike[numbers[-1]].append(value)
    return numbers
