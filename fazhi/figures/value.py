"""A figure of one year: how much it is, and the records behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction

from fazhi.records.record import Record
from fazhi.schema.definition import Definition
from fazhi.schema.fields import FieldSpec
from fazhi.schema.numerals import exact, percent
from fazhi.schema.units import power

OTHER = "其他"  # the part that small parts are merged into


class Extent(IntEnum):
    """How much of a sensitive figure the public may see, as `disclosure` decides."""

    NOTHING = 0
    TOTAL = 1
    ALL = 2


@dataclass(frozen=True)
class Value:
    """A figure of one year.

    `number` is exact and in the figure's unit (60 for 60 %); None is 暂无: nothing was recorded
    that it could be counted from, or it is withheld from this edition. A ratio has numerator and
    denominator and two `sides`, a breakdown has parts. `sensitive`: it counts people who must not be
    recognised; `extent`: how much of it is for the public, nothing until that is decided;
    `unknown`: words of its conditions that were not in use.
    """

    definition: Definition
    year: int
    number: Fraction | None
    records: tuple[Record, ...] = field(default=(), repr=False)
    numerator: int | None = None
    denominator: int | None = None
    parts: Mapping[str, int] | None = None
    parts_of: FieldSpec | None = None
    sides: tuple[Value, ...] = field(default=(), repr=False)
    beside: tuple[Value, ...] = ()
    sensitive: bool = False
    extent: Extent = Extent.NOTHING
    withheld: bool = False
    unknown: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def unit(self) -> str:
        return self.definition.label

    @property
    def base(self) -> Fraction:
        """The number without the scale of its unit: in 元 for one in 万元. There must be one."""
        assert self.number is not None
        return self.number * power(self.unit)

    @property
    def digits(self) -> str:
        """The number as it is printed: whole or with all its decimals, a rate rounded."""
        assert self.number is not None
        if self.unit == "%":
            return percent(self.number, self.definition.decimals)
        return exact(self.number)


Values = dict[str, Value]
