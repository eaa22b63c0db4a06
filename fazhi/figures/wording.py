"""Values in the words that officials use, each knowing when it is true.

A wording that would be untrue raises `Untrue`; the narrative's line and column are added where it
is printed. The conditions are those of section 2 of the domain notes: `N余` is true when
N < n < N + one unit of N's last non-zero place, `近N` when 0.9·N ≤ n < N, `以上` when n ≥ N,
`逾` when n > N, and 100 % only when numerator equals denominator.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from fazhi.figures.value import Value
from fazhi.schema.numerals import chinese_numeral, half_up


class Untrue(Exception):
    """The words would not be true, or cannot be made. `hint` says what would do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class Phrase:
    """A value on its way to words: each filter adds to it, `text` checks and prints it."""

    value: Value
    last: Value | None
    relation: str = ""
    bound: Fraction | None = None
    digits: int = 1
    decimals: int | None = None
    scale: str = ""
    numerals: bool = False
    whole: Callable[[Phrase], str] | None = None
    applied: tuple[str, ...] = ()

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
        bound = _RELATIONS[self.relation](self)
        written = self.numerals and chinese_numeral(_whole(bound, self))
        digits = written or _decimal(bound, self)
        if bound and digits.strip("0.") in ("", self.scale):
            raise Untrue(f"“{self.value.name}”会印成 {digits}", "换一个单位")
        unit = self.value.unit
        match self.relation:
            case "余" | "多":
                return f"{digits}{self.relation}{unit}"
            case "近" | "逾":
                return f"{self.relation}{digits}{unit}"
            case "以上":
                return f"{digits}{unit}以上"
        return f"{digits}{unit}"


def plain(value: Value) -> str:
    """Number and unit, exact, a rate half-up to two decimals; 暂无 or 不公布 where none is shown."""
    if value.withheld:
        return "不公布"
    if value.number is None:
        return "暂无"
    if value.numerator == value.denominator and value.numerator:
        return "100%"
    return f"{_stripped(half_up(value.number, 2))}{value.unit}"


def change(value: Value, last: Value | None, decimals: int = 1) -> str:
    """The change on last year: 增长12.5%, 下降3个百分点, 持平. Raises Untrue where none can be told."""
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
    return f"{direction}{_stripped(printed)}{unit}"


def _exact(phrase: Phrase) -> Fraction:
    value, number = phrase.value, phrase.number
    if value.unit == "%":
        decimals = 2 if phrase.decimals is None else phrase.decimals
        printed = Fraction(half_up(number, decimals))
        for whole in (Fraction(100), Fraction(0)):
            if printed == whole != number:
                fraction = f"{value.numerator}/{value.denominator}"
                message = f"“{value.name}”是 {fraction}，四舍五入才是 {whole}%，不能这样印"
                raise Untrue(message, "多写一位小数，或者用 以上(…)")
        return printed
    return number


def _more_than(phrase: Phrase) -> Fraction:
    value, number = phrase.value, phrase.number
    if value.unit == "%" or number.denominator != 1:
        raise Untrue(f"“{value.name}”是比率，不能用“{phrase.relation}”", "比率用 以上(95)")
    count = int(number)
    if phrase.digits < 1:
        raise Untrue(f"“{phrase.relation}”保留的位数至少是 1", "写成 余 或者 余(2)")
    place = max(len(str(count)) - phrase.digits, 0)
    bound = count // 10**place * 10**place
    last_place = 10 ** (len(str(bound)) - len(str(bound).rstrip("0"))) if bound else 1
    if count <= 10 or not bound < count < bound + last_place:
        message = f"“{value.name}”是 {plain(value)}，不能说{bound}{phrase.relation}"
        hint = "印准确的数，即 {{ " + value.name + " }}"
        raise Untrue(message, hint)
    return Fraction(bound)


def _near(phrase: Phrase) -> Fraction:
    bound = _bound(phrase)
    if not bound * Fraction(9, 10) <= phrase.number < bound:
        raise _beyond(
            phrase, f"近{_stripped(_digits(bound))}", "不到这个数、又不少于它的九成，才能说近"
        )
    return bound


def _at_least(phrase: Phrase) -> Fraction:
    bound = _bound(phrase)
    if phrase.number < bound:
        raise _beyond(phrase, f"{_stripped(_digits(bound))}{phrase.value.unit}以上", "改小这个数")
    return bound


def _above(phrase: Phrase) -> Fraction:
    bound = _bound(phrase)
    if phrase.number <= bound:
        raise _beyond(phrase, f"逾{_stripped(_digits(bound))}", "改小这个数；正好相等的不能说逾")
    return bound


_RELATIONS: dict[str, Callable[[Phrase], Fraction]] = {
    "": _exact,
    "余": _more_than,
    "多": _more_than,
    "近": _near,
    "以上": _at_least,
    "逾": _above,
}


def _bound(phrase: Phrase) -> Fraction:
    if phrase.bound is None or phrase.bound <= 0:
        raise Untrue(f"“{phrase.relation}”要写明一个数", f"写成 {phrase.relation}(95)")
    if (phrase.bound * 100).denominator != 1:
        raise Untrue(f"“{phrase.relation}”的数最多两位小数", f"写成 {phrase.relation}(95)")
    return phrase.bound


def _beyond(phrase: Phrase, words: str, hint: str) -> Untrue:
    value = phrase.value
    exact = plain(value)
    if value.numerator is not None:
        exact += f"（{value.numerator}/{value.denominator}）"
    return Untrue(f"“{value.name}”是 {exact}，不能说{words}", hint)


_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}


def _whole(number: Fraction, phrase: Phrase) -> int:
    if phrase.value.unit == "%" or number.denominator != 1 or number >= 10**12:
        raise Untrue(f"“{phrase.value.name}”不是整数个，不能写成汉字", "去掉 汉字")
    return int(number)


def _decimal(number: Fraction, phrase: Phrase) -> str:
    scaled = number / _SCALES[phrase.scale]
    if phrase.decimals is not None and phrase.relation == "":
        return half_up(scaled, phrase.decimals) + phrase.scale
    return _stripped(_digits(scaled)) + phrase.scale


def _digits(number: Fraction) -> str:
    return half_up(number, 8)


def _stripped(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _parts(phrase: Phrase) -> str:
    value = phrase.value
    if not value.parts:
        if value.definition.spec.has_parts and phrase.number:
            raise Untrue(f"“{value.name}”的分项在公开版不能印", "从叙述稿里删去分项")
        raise Untrue(f"“{value.name}”没有分项", "分项只用于“分类”的指标")
    return "、".join(f"{name}{count}{value.unit}" for name, count in value.parts.items())


def _changed(phrase: Phrase) -> str:
    return change(phrase.value, phrase.last, phrase.digits)


Filter = Callable[..., Phrase]


def _related(relation: str) -> Filter:
    def apply(phrase: Phrase, bound: int | float) -> Phrase:
        return replace(phrase, relation=relation, bound=Fraction(str(bound)))

    return apply


def _leading(relation: str) -> Filter:
    def apply(phrase: Phrase, digits: int = 1) -> Phrase:
        return replace(phrase, relation=relation, digits=digits)

    return apply


FILTERS: dict[str, Filter] = {
    "余": _leading("余"),
    "多": _leading("多"),
    "近": _related("近"),
    "以上": _related("以上"),
    "逾": _related("逾"),
    "小数": lambda phrase, decimals: replace(phrase, decimals=decimals),
    "汉字": lambda phrase: replace(phrase, numerals=True),
    "万": lambda phrase: replace(phrase, scale="万"),
    "亿": lambda phrase: replace(phrase, scale="亿"),
    "同比": lambda phrase, decimals=1: replace(phrase, whole=_changed, digits=decimals),
    "分项": lambda phrase: replace(phrase, whole=_parts),
}


_GROUPS = dict.fromkeys(("余", "多", "近", "以上", "逾", "小数"), "多少")
_GROUPS |= dict.fromkeys(("汉字", "万", "亿"), "写法")
_GROUPS |= dict.fromkeys(("同比", "分项"), "独用")
"""Of one group only one may stand in an expression; what stands alone takes no other."""


def apply(phrase: Phrase, name: str, arguments: list[Any]) -> Phrase:
    """One filter of the narrative. Raises Untrue for arguments it cannot take."""
    numbers = all(isinstance(a, int | float) and not isinstance(a, bool) for a in arguments)
    if not numbers or any(abs(a) > 10**12 for a in arguments):
        raise Untrue(f"“{name}”括号里只能写数", f"写成 {name}(2)")
    if name in {"余", "多", "小数", "同比"} and not all(
        isinstance(a, int) and 0 <= a <= 8 for a in arguments
    ):
        raise Untrue(f"“{name}”括号里写 0 到 8 的位数", f"写成 {name}(2)")
    if name == "小数" and phrase.value.unit != "%":
        raise Untrue("“小数”只用于比率", "去掉 小数")
    for earlier in phrase.applied:
        if "独用" in (_GROUPS[name], _GROUPS[earlier]) or _GROUPS[name] == _GROUPS[earlier]:
            raise Untrue(f"“{earlier}”和“{name}”不能一起用", "只留一个")
    try:
        phrase = FILTERS[name](phrase, *arguments)
        return replace(phrase, applied=(*phrase.applied, name))
    except TypeError:
        needs = "要写明一个数" if not arguments else "括号里的数太多"
        hint = f"写成 {name}(95)" if not arguments else "只写一个数，或者删去括号"
        raise Untrue(f"“{name}”{needs}", hint) from None
