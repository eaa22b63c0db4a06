"""Values in words: number and unit, the change on last year, and what a wording of a narrative is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar

from fazhi.figures.value import Value
from fazhi.schema.numerals import chinese_numeral, half_up


class Untrue(Exception):
    """The words would not be true, or cannot be made. `hint` is what would do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def plain(value: Value) -> str:
    """Number and unit, exact, a rate half-up to two decimals; 暂无 or 不公布 where none is shown."""
    if value.withheld:
        return "不公布"
    if value.number is None:
        return "暂无"
    if value.numerator == value.denominator and value.numerator:
        return "100%"
    return f"{stripped(half_up(value.number, 2))}{value.unit}"


def change(value: Value, last: Value | None, decimals: int = 1) -> str:
    """The change on last year: 增长12.5%, 下降3个百分点, 持平. Raises Untrue where there is none to state."""
    if value.number is None or last is None or last.number is None:
        raise Untrue(f"“{value.name}”没有上年的数，不能同比", "删去同比，或者补上上年的记录")
    if value.unit != last.unit or value.definition.measure != last.definition.measure:
        raise Untrue(f"“{value.name}”上年的口径不同，不能同比", "删去同比")
    difference = value.number - last.number
    if not difference:
        return "持平"
    if value.unit == "%":
        direction, amount, unit = ("提高", "下降")[difference < 0], abs(difference), "个百分点"
    elif not last.number:
        raise Untrue(f"“{value.name}”上年是 0，不能同比", "改写成“由零增至”一类的话")
    else:
        direction = ("增长", "下降")[difference < 0]
        amount, unit = abs(difference) / last.number * 100, "%"
    printed = half_up(amount, decimals)
    if printed == half_up(Fraction(100), decimals) and difference < 0 and value.number:
        raise Untrue(f"“{value.name}”没有降到 0，会印成下降100%", f"写 同比({decimals + 1})")
    if not float(printed):
        raise Untrue(f"“{value.name}”的变化不足末位，会印成 0", f"写 同比({decimals + 1})")
    return f"{direction}{stripped(printed)}{unit}"


def stripped(text: str) -> str:
    """Decimals without the zeros at their end."""
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Phrase:
    """A value on its way to words: each wording adds to it, `text` checks and prints it."""

    value: Value
    last: Value | None
    comparison: Comparison | None = None
    bound: Fraction | None = None
    digits: int = 1
    decimals: int | None = None
    scale: str = ""
    numerals: bool = False
    whole: Callable[[Phrase], str] | None = None
    applied: tuple[Wording, ...] = ()

    @property
    def number(self) -> Fraction:
        """The exact number; a figure without one cannot be printed."""
        if self.value.withheld:
            message = f"“{self.value.name}”在公开版不能印：人数太少，或者数自不公开的内容"
            raise Untrue(message, "从叙述稿里删去这个指标")
        if self.value.number is None:
            message = f"“{self.value.name}”{self.value.year}年暂无数据，不能印出"
            raise Untrue(message, "补上记录，或者从叙述稿里删去这个指标")
        return self.value.number

    @property
    def text(self) -> str:
        """The words, when they are true. Raises Untrue."""
        if self.whole:
            return self.whole(self)
        bound = self.comparison.true_bound(self) if self.comparison else _exact(self)
        written = self.numerals and chinese_numeral(_whole(bound, self))
        digits = written or _decimal(bound, self)
        if bound and digits.strip("0.") in ("", self.scale):
            raise Untrue(f"“{self.value.name}”会印成 {digits}", "换一个单位")
        unit = self.value.unit
        return self.comparison.printed(digits, unit) if self.comparison else f"{digits}{unit}"


class Wording(ABC):
    """A wording, under one of its names."""

    names: ClassVar[tuple[str, ...]]
    group: ClassVar[str]  # of which an expression has only one; what is 独用 stands alone
    takes: ClassVar[tuple[int, int]] = (0, 0)  # how many numbers in brackets, at least and at most
    takes_digits: ClassVar[bool] = False  # whether they are numbers of digits
    only_rates: ClassVar[bool] = False

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def form(self) -> str:
        """How it is to be written: without brackets, where it may be."""
        if self.takes[0] == 0:
            return f"写成 {self.name}"
        return f"写成 {self.name}(2)" if self.takes_digits else f"写成 {self.name}(…)，括号里一个数"

    @abstractmethod
    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        """The phrase with this wording."""


class Comparison(Wording):
    """A wording that compares the number with another, which is printed in its stead."""

    group = "多少"
    takes = (1, 1)
    hint: ClassVar[str]  # what to do where it is untrue
    quotes_unit: ClassVar[bool] = False  # in the message that it is untrue

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, comparison=self, bound=Fraction(str(numbers[0])))

    def holds(self, number: Fraction, bound: Fraction) -> bool:
        """Whether it is true of a number and the one in the brackets."""
        raise NotImplementedError

    def true_bound(self, phrase: Phrase) -> Fraction:
        """The number that is printed. Raises Untrue where the comparison with it does not hold."""
        bound, value = phrase.bound, phrase.value
        if bound is None or bound <= 0:
            raise Untrue(f"“{self.name}”要写明一个数", f"写成 {self.name}(95)")
        if (bound * 100).denominator != 1:
            raise Untrue(f"“{self.name}”的数最多两位小数", f"写成 {self.name}(95)")
        if not self.holds(phrase.number, bound):
            exact = plain(value)
            if value.numerator is not None:
                exact += f"（{value.numerator}/{value.denominator}）"
            unit = value.unit if self.quotes_unit else ""
            words = self.printed(stripped(half_up(bound, 8)), unit)
            raise Untrue(f"“{value.name}”是 {exact}，不能说{words}", self.hint)
        return bound

    def printed(self, digits: str, unit: str) -> str:
        return f"{self.name}{digits}{unit}"


def _exact(phrase: Phrase) -> Fraction:
    """The number as it is printed where it is compared with no other."""
    value, number = phrase.value, phrase.number
    if value.unit != "%":
        return number
    printed = Fraction(half_up(number, 2 if phrase.decimals is None else phrase.decimals))
    if printed in (0, 100) and printed != number:
        fraction = f"{value.numerator}/{value.denominator}"
        message = f"“{value.name}”是 {fraction}，四舍五入才是 {printed}%，不能这样印"
        raise Untrue(message, "多写一位小数，或者用 以上(…)")
    return printed


def _whole(number: Fraction, phrase: Phrase) -> int:
    if phrase.value.unit == "%" or number.denominator != 1 or number >= 10**12:
        raise Untrue(f"“{phrase.value.name}”不是整数个，不能写成汉字", "去掉 汉字")
    return int(number)


def _decimal(number: Fraction, phrase: Phrase) -> str:
    scaled = number / {"": 1, "万": 10_000, "亿": 100_000_000}[phrase.scale]
    if phrase.decimals is not None and phrase.comparison is None:
        return half_up(scaled, phrase.decimals) + phrase.scale
    return stripped(half_up(scaled, 8)) + phrase.scale
