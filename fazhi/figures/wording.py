"""Values in words: number and unit, the change on last year, and what a wording of a narrative is."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar

from fazhi.figures.measures import comparable
from fazhi.figures.value import Value
from fazhi.schema.definition import SO_MUCH
from fazhi.schema.numerals import chinese_numeral, exact, half_up, percent, stripped
from fazhi.schema.units import places, power

MOST_OFF = Fraction(1, 20)  # of a number, that it may be rounded by
SMALL_BASE = 30  # below this, a percentage makes more of the numbers than they are
DIFFERENT = "口径不同"
UNCOMPARED = "—"  # there is nothing to compare with, or no words for the change


class Untrue(Exception):
    """The words would not be true, or cannot be made. `hint` is what would do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def plain(value: Value) -> str:
    """Number and unit, exact, a rate rounded; 暂无 or 不公布 where none is shown."""
    if value.withheld or value.number is None:
        return "不公布" if value.withheld else "暂无"
    return value.said(value.digits)


def _difference(value: Value, last: Value | None) -> Fraction:
    if value.number is None or last is None or last.number is None:
        raise Untrue(f"“{value.name}”上年没有数或不公布，不能同比", "删去同比，或者补记录")
    if not comparable(value, last):
        raise Untrue(f"“{value.name}”上年的口径不同，不能同比", "删去同比")
    return value.more_than(last)


def change(value: Value, last: Value | None, decimals: int | None = None, word: str = "") -> str:
    """The change on last year: 增长12.5%, 下降3个百分点, 持平. Raises Untrue where there is none to state.

    Without `decimals` a percentage has one, and points have those of the rate. `word` is another one for
    the direction: 上升, 减少.
    """
    direction, amount, unit = changed(value, last, word)
    if unit == "%" and amount:
        return f"{direction}{stripped(percent(amount, 1 if decimals is None else decimals))}%"
    return f"{direction}{value.apart_from(last, decimals)}{unit}" if last and amount else direction


def changed(
    value: Value, last: Value | None, word: str = "", *, in_number: bool = False
) -> tuple[str, Fraction, str]:
    """The word for the direction of a change, how much it is, and of what unit: %, or the figure's own.

    Nothing has changed where it is 0. Raises Untrue where there is none to state.
    """
    difference = _difference(value, last)
    amount, unit = abs(difference), "个百分点"
    ways = value.ways[difference < 0] if difference else ("持平",)
    direction = ways[0]
    if value.unit == "%":
        direction = "提高" if difference > 0 else direction
    elif value.is_rank and not in_number:
        raise Untrue(f"“{value.name}”是名次，不说百分之几", "用 同比数，印成“上升3位”")
    elif value.is_rank:
        unit = "位"
    elif in_number:
        direction = {"增长": "增加", "下降": "减少"}.get(direction, direction)
        amount, unit = amount / power(value.unit), value.unit
    elif difference and last is not None:
        if not last.number:
            raise Untrue(f"“{value.name}”上年是 0，不能同比", "用 同比数，印成“增加3件”")
        amount, unit = amount / last.base * 100, "%"
    if word == SO_MUCH:
        if not difference:
            raise Untrue(f"“{value.name}”同上年持平，没有幅度", f"去掉“{word}”")
        return "", amount, unit
    if word and re.sub("[达为了]$", "", word) not in ways:
        raise Untrue(f"“{value.name}”比上年{direction}，不能说{word}", f"去掉“{word}”")
    return word or direction, amount, unit


def compared(value: Value, last: Value | None, decimals: int | None = None) -> str:
    """The change as tables print it, or 口径不同, or a dash. A small number changes by so many, not by %."""
    if value.number is None or last is None or last.number is None:
        return UNCOMPARED
    if not comparable(value, last):
        return DIFFERENT
    if value.is_rank:
        return by(value, last)
    try:
        words = change(value, last, decimals)
    except Untrue:
        return UNCOMPARED
    return words if last.base >= SMALL_BASE else by(value, last)


def by(value: Value, last: Value | None, word: str = "") -> str:
    """By how much there is more or less than last year: 增加12份, 提高3个百分点. Raises Untrue as above."""
    direction, amount, unit = changed(value, last, word, in_number=True)
    return f"{direction}{value.apart_from(last)}{unit}" if last and amount else direction


@dataclass(frozen=True)
class Phrase:
    """A value on its way to words: each wording adds to it, `text` checks and prints it."""

    value: Value
    last: Value | None
    comparison: "Comparison | None" = None
    bound: Fraction | None = None
    digits: int = 1
    decimals: int | None = None
    scale: str = ""
    numerals: bool = False
    bare: bool = False
    share: str = ""
    whole: "Callable[[Phrase], str] | None" = None
    applied: "tuple[Wording, ...]" = ()

    @property
    def number(self) -> Fraction:
        """The exact number; a figure without one cannot be printed."""
        if self.value.withheld:
            few = f"{self.value.among}人数、记录太少，或者相减会得出太小的数；敏感的合计、比值、金额一类都不公布"
            raise Untrue(f"“{self.value.name}”在公开版不能印：{few}", "删去；几条汇总的，按月登记")
        if self.value.number is None:
            own, lacking, hint = self.value, self.value.lacking, "或者从叙述稿里删去这个指标"
            part = f"要用的“{lacking.of}”" * (lacking.of != own.of)
            if own.definition.first_year or (part and lacking.definition.kind == "汇总"):
                hint = "往年只有一个总数的，照《只有汇总数的》里“往年的”写"
            said = f"“{own.name}”{part}{lacking.year}年暂无数据，不能印出"
            raise Untrue(said, f"补上记录，{hint}")
        return self.value.number

    @property
    def step(self) -> int:
        """How many it is told in: 10,000 in 万, 10 % in 成."""
        return _SHARES.get(self.share) or power(f"{self.scale}个")

    @property
    def text(self) -> str:
        """The words, when they are true. Raises Untrue."""
        if self.whole:
            return self.whole(self)
        bound = self.comparison.true_bound(self) if self.comparison else self.number
        if self.share:
            said = _share(bound, self)
            return self.comparison.printed(said, "") if self.comparison else said
        written = self.numerals and chinese_numeral(_whole(bound, self))
        if written and self.comparison and re.fullmatch("一[十百千万亿]", written):
            written = written[1:]  # 百余, as it is said
        digits = written or _decimal(bound, self)
        if self.comparison is None:
            return digits if self.bare else self.value.said(digits)
        if self.value.is_rank:
            raise Untrue(f"“{self.value.name}”是名次，不说{self.comparison.name}", "印准确的名次")
        return self.comparison.printed(digits, "" if self.bare else self.value.unit)


class Wording(ABC):
    """A wording, under one of its names."""

    names: ClassVar[tuple[str, ...]]
    group: str  # of which an expression has only one; what is 独用 stands alone
    takes: ClassVar[tuple[int, int]] = (0, 0)  # how many numbers in brackets, at least and at most
    takes_digits: ClassVar[bool] = False  # whether they are numbers of digits
    words: ClassVar[tuple[str, ...]] = ()  # of which one may be in the brackets, too
    takes_shares: ClassVar[bool] = False  # whether one may be 2/3
    only_rates: ClassVar[bool] = False

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def form(self) -> str:
        """How it is to be written: without brackets, where it may be."""
        if self.takes[0] == 0:
            return f"写成 {self.name}" + (f" 或者 {self.name}(上升)" if self.words else "")
        return f"写成 {self.name}(2)" if self.takes_digits else f"写成 {self.name}(…)，括号里一个数"

    @abstractmethod
    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        """The phrase with this wording."""


class Comparison(Wording):
    """A wording that compares the number with another, which is printed in its stead."""

    group = "多少"
    takes = (1, 1)
    takes_shares = True
    hint: ClassVar[str]  # what to do where it is untrue
    said: ClassVar[str] = "{name}{digits}{unit}"  # as it is printed
    quotes_unit: ClassVar[bool] = False  # in the message that it is untrue

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        bound = Fraction(str(numbers[0]))
        if not isinstance(numbers[0], Fraction):
            return replace(phrase, comparison=self, bound=bound)
        return replace(phrase, comparison=self, bound=bound * 100, share="分之")

    @staticmethod
    def holds(number: Fraction, bound: Fraction, /) -> bool:
        """Whether it is true of a number and the one in the brackets."""
        raise NotImplementedError

    def true_bound(self, phrase: Phrase) -> Fraction:
        """The number that is printed. Raises Untrue where the comparison with it does not hold."""
        bound = phrase.bound
        if bound is None or bound <= 0:
            raise Untrue(f"“{self.name}”要写明一个数", f"写成 {self.name}(95)")
        if (bound * 100).denominator != 1 and not phrase.share:
            raise Untrue(f"“{self.name}”的数最多两位小数", f"写成 {self.name}(95)")
        if not self.holds(phrase.number, bound):
            raise self.untrue(phrase, bound)
        return bound

    def untrue(self, phrase: Phrase, bound: Fraction) -> Untrue:
        """What is wrong with comparing a value with this number."""
        value = phrase.value
        held = plain(value)
        if value.numerator is not None:
            held += f"（{value.numerator}/{value.denominator}）"
        unit = value.unit if self.quotes_unit and not phrase.share else ""
        words = self.printed(_share(bound, phrase) if phrase.share else exact(bound), unit)
        return Untrue(f"“{value.name}”是 {held}，不能说{words}", self.hint)

    def printed(self, digits: str, unit: str) -> str:
        return self.said.format(name=self.name, digits=digits, unit=unit)


_SHARES = {"成": 10, "倍": 100}
_NUMERALS = "零一二三四五六七八九十"


def _share(number: Fraction, phrase: Phrase) -> str:
    """So many percent as 八成, 三分之二, 1.2倍. Raises Untrue where that would not be near enough."""
    value, said = phrase.value, number / _SHARES.get(phrase.share, 100)
    if value.unit != "%" or (phrase.share == "倍" and value.definition.spec.unit):
        raise Untrue(f"“{value.name}”不能说几{phrase.share}", f"去掉 {phrase.share}")
    if phrase.share == "分之":
        if said == Fraction(1, 2):
            return "一半" if phrase.comparison is None or phrase.comparison.name == "约" else "半数"
        if said.denominator > 1 and max(said.as_integer_ratio()) < len(_NUMERALS):
            return f"{_NUMERALS[said.denominator]}分之{_NUMERALS[said.numerator]}"
        message = f"“{value.name}”是 {plain(value)}，不是几分之几"
        raise Untrue(message, "写成 约(1/3)、超(2/3) 这样，不用 分之")
    digits = half_up(said, 1)
    whole, tenth = map(int, digits.split("."))
    is_near = abs(Fraction(digits) - said) <= said * MOST_OFF and (tenth or phrase.share == "倍")
    is_all = phrase.share == "成" and whole >= 10
    if not whole or is_all or (said != Fraction(digits) and (phrase.comparison or not is_near)):
        message = f"“{value.name}”是 {plain(value)}，不能说几{phrase.share}"
        raise Untrue(message, f"加上 约、近(80)、超(80)，如 近(80) | {phrase.share}")
    if phrase.share == "倍":
        return f"{stripped(digits)}倍"
    return f"{chinese_numeral(whole)}成{_NUMERALS[tenth] if tenth else ''}"


def _whole(number: Fraction, phrase: Phrase) -> int:
    if phrase.value.unit == "%" or number.denominator != 1 or number >= 10**12:
        raise Untrue(f"“{phrase.value.name}”不是整数个，不能写成汉字", "去掉 汉字")
    return int(number)


def _decimal(number: Fraction, phrase: Phrase) -> str:
    if phrase.scale and (phrase.value.unit == "%" or power(phrase.value.unit) >= 10_000):
        message = f"“{phrase.value.name}”的单位是 {phrase.value.unit}，不能再用“{phrase.scale}”"
        raise Untrue(message, f"去掉 {phrase.scale}")
    scaled = number / power(f"{phrase.scale}个")
    scale = "" if phrase.bare else phrase.scale
    if phrase.comparison is not None:
        return exact(scaled) + scale
    known = None if phrase.scale else phrase.value.definition.decimals
    decimals = known if phrase.decimals is None else phrase.decimals
    digits = phrase.value.rounded(scaled, decimals)
    if phrase.decimals is not None and phrase.value.unit != "%":
        _check_decimals(phrase, scaled, digits)
    return digits + scale


def _check_decimals(phrase: Phrase, scaled: Fraction, digits: str) -> None:
    """A whole number has decimals only of 万 or 亿, and is not far from what they say. Raises Untrue."""
    value = phrase.value
    if not places(phrase.scale + value.unit):
        message = f"“{value.name}”是整数，不用“小数”"
        raise Untrue(message, "去掉 小数；以万为单位的，写 万 | 小数(2)")
    error = abs(Fraction(digits) - scaled)
    if not places(value.unit) and error and ("." not in digits or error > scaled * MOST_OFF):
        message = f"“{value.name}”是 {plain(value)}，印成{digits}{phrase.scale}差得太多"
        raise Untrue(message, f"多印几位，如 {phrase.scale} | 小数({(phrase.decimals or 0) + 1})")
