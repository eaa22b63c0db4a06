"""A figure of one year: how much it is, and the records behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from fractions import Fraction

from fazhi.records.record import Record
from fazhi.schema.definition import Definition, part_of
from fazhi.schema.fields import FieldSpec
from fazhi.schema.kinds import Case, Total
from fazhi.schema.numerals import exact, percent, stated
from fazhi.schema.units import RANK, power

_YEAR = 366  # days: a statistical year is one, whenever it begins
OTHER = "其他"  # the part that small parts are merged into
UP = (
    *("增长", "增加", "上升", "提高", "提升", "上涨", "攀升", "延长", "扩大", "增", "升", "多"),
    *("增幅", "增速", "涨幅", "增量"),
)
DOWN = (
    *("下降", "减少", "降低", "回落", "下滑", "压减", "压缩", "缩减", "缩短", "减", "降", "少"),
    *("降幅", "减量"),
)
AHEAD = ("上升", "前移", "提升", "升")
BEHIND = ("下降", "后移", "下滑", "降")
"""The words for a change, of a number and of a place: the first ones stand for themselves, before or behind
them 达 or 为."""


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
    `among`: which sensitive records are among others, and which figures tell of it, where it or a part
    is withheld for them; `unknown`: words
    of its conditions that were not in use; `as_of`: the day up to which it counts, where it does not
    count the whole year; `possible`: parts that it could have, those of 0 too;
    `unheard`: it is 0, and of its 类别 nothing is in the year's records, though others of the kind are.
    """

    definition: Definition
    year: int
    number: Fraction | None
    records: tuple[Record, ...] = field(default=(), repr=False)
    numerator: int | None = None
    denominator: int | None = None
    parts: Mapping[str, int] | None = None
    parts_of: FieldSpec | None = None
    sides: "tuple[Value, ...]" = field(default=(), repr=False)
    beside: "tuple[Value, ...]" = ()
    sensitive: bool = False
    extent: Extent = Extent.NOTHING
    withheld: bool = False
    among: str = ""
    unknown: frozenset[str] = field(default=frozenset(), repr=False)
    as_of: date | None = None
    possible: frozenset[str] = field(default=frozenset(), repr=False)
    unheard: bool = False

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def of(self) -> str:
        """The name of the figure that has a row of its own: of a part it is the whole."""
        return self.name.partition(".")[0]

    @property
    def cases(self) -> list[Case]:
        """The cases that it counts, as they stood."""
        return [record.fields for record in self.records if isinstance(record.fields, Case)]

    @property
    def part_name(self) -> str:
        """The name of the part that it is; "" of a whole figure."""
        return self.name.partition(".")[2]

    @property
    def counted(self) -> "Value":
        """The figure by whose records it is of a part of the year: of a ratio what it divides by."""
        return next(one for one in (*self.sides[::-1], self) if one.year == self.year)

    @property
    def lacking(self) -> "Value":
        """Of a figure without a number the one that it lacks: itself, or one that it is made of."""
        sides = (one for one in self.sides if one.number is None)
        return next((one.lacking for one in sides), self)

    @property
    def begins(self) -> int:
        """The first year of what it counts: an earlier one of a sum over years, or of a longer total."""
        held = self.definition
        if not held.kind:
            sides = (one for one in self.sides if one.name not in held.subtracted)
            added = [one for one in sides if held.added or one.year == self.year]
            is_of_this = any(one.year == self.year for one in added)
            return min(one.begins for one in added) if is_of_this else self.year
        fields = (record.fields for record in self.records if held.kind == "汇总")
        spans = (one.period for one in fields if isinstance(one, Total))
        longer = (one.first.year for one in spans if (one.last - one.first).days > _YEAR)
        return min(longer, default=self.year)

    @property
    def is_share(self) -> bool:
        """Whether it is a ratio of what is counted to a whole that it is counted among."""
        if self.numerator is None or len(self.sides) != len(("分子", "分母")):
            return False
        part, whole = self.sides
        return part.year == whole.year and {*part.records} <= {*whole.records}

    @property
    def heading(self) -> str:
        """Its name as the head of a row, with the day up to which it counts, or the year from which, where
        that is not this year's."""
        day = next((one.as_of for one in (self, *self.sides) if one.definition.as_of), None)
        until = f"（截至{day.month}月{day.day}日）" if day and f"{day:%m-%d}" != "12-31" else ""
        since = f"（{self.begins}年以来）" if self.begins < self.year else ""
        return self.name + since + until

    @property
    def unit(self) -> str:
        return self.definition.label

    @property
    def is_rank(self) -> bool:
        return self.unit == RANK

    @property
    def ways(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words for being more than last year, and for being less."""
        return (AHEAD, BEHIND) if self.is_rank else (UP, DOWN)

    def said(self, digits: str) -> str:
        """Its number, written so, with its unit: 12件; 第5位 of a place in an order."""
        return f"第{digits}位" if self.is_rank else f"{digits}{self.unit}"

    def more_than(self, last: "Value") -> Fraction:
        """How much more it is than another one, without the scale; of a place in an order, how much
        further ahead. Both must have a number."""
        return (last.base - self.base) if self.is_rank else (self.base - last.base)

    def apart_from(self, last: "Value", decimals: int | None = None) -> str:
        """By how much two years differ: as a reader finds it from the two that are printed, 2.1 of 96.8
        and 94.7, or from the exact ones where those are alike. Both must have a number."""
        own, scale = self.definition.decimals, power(self.unit)
        printed = [Fraction(self.rounded(one.base / scale, own)) for one in (self, last)]
        amount = abs(printed[0] - printed[1]) or abs(self.more_than(last)) / scale
        return self.rounded(amount, own if decimals is None else decimals)

    @property
    def base(self) -> Fraction:
        """The number without the scale of its unit: in 元 for one in 万元. There must be one."""
        assert self.number is not None
        return self.number * power(self.unit)

    @property
    def digits(self) -> str:
        """The number as it is printed: whole, or with all its decimals or those that are stated."""
        assert self.number is not None
        return self.rounded(self.number, self.definition.decimals)

    def rounded(self, number: Fraction, decimals: int | None) -> str:
        """A number of this figure's unit, with so many decimals; a rate never with all of them."""
        if self.unit == "%":
            return percent(number, decimals)
        is_mean = self.definition.measure in ("比值", "平均天数")
        if decimals is None and is_mean and number.denominator > 1:
            decimals = 2
        return exact(number) if decimals is None else stated(number, decimals)

    def part(self, name: str) -> "Value | None":
        """A part of a breakdown as a figure of its own, counted among the same records; None of none.

        Of a sensitive figure it is as it is shown: what is merged or 0 is no part.
        """
        count = (self.parts or {}).get(name)
        if count is None and name in self.possible and self.parts is not None:
            count = None if self.sensitive else 0
        if count is None or (self.sensitive and name == OTHER):
            return None
        definition, number = part_of(self.definition, name), Fraction(count)
        return replace(
            self, definition=definition, number=number, parts=None, parts_of=None, beside=()
        )


Values = dict[str, Value]


def with_decimals(values: Values, others: Values, typed: Mapping[str, int | None]) -> Values:
    """The values, with the decimals that a narrative gives a rate, or else its definition in `others`."""

    def printed(value: Value) -> Value:
        beside = tuple(map(printed, value.beside))
        decimals = value.definition.decimals
        if other := others.get(value.name):
            decimals = typed.get(value.name, other.definition.decimals)
        if decimals == value.definition.decimals and beside == value.beside:
            return value
        definition = value.definition.model_copy(update={"decimals": decimals})
        return replace(value, definition=definition, beside=beside)

    return {name: printed(value) for name, value in values.items()}
