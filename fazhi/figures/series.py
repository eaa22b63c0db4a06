"""A figure over the years: each year's value beside the newest, a year without one a gap."""

from collections.abc import Mapping
from dataclasses import dataclass

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
    """A figure over the years without a year left out, the oldest first; the newest is `now`."""

    points: tuple[Point, ...]

    @property
    def now(self) -> Value:
        value = self.points[-1].value
        assert value is not None
        return value


def over(now: Value, earlier: Mapping[int, Values]) -> Series:
    """A figure and what it was in all earlier years: from the first year that has a number."""

    def point(year: int) -> Point:
        value = earlier.get(year, {}).get(now.name)
        return Point(year, value, value is not None and comparable(now, value))

    before = [point(year) for year in range(min(earlier, default=now.year), now.year)]
    while before and (before[0].value is None or before[0].value.number is None):
        del before[0]
    return Series((*before, Point(now.year, now, True)))
