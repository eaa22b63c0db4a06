"""The wordings of a narrative, behind a figure's name: what each prints, and when it is true.

A wording that would be untrue raises `Untrue`; the narrative's line and column are added where it
is printed. Each has a section in docs/guide/narrative.md; when officials hold it to be true is in
docs/guide/counting.md.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar

from fazhi.figures.comparisons import COMPARISONS
from fazhi.figures.value import AHEAD, BEHIND, DOWN, UP, Value
from fazhi.figures.wording import Phrase, Untrue, Wording, by, change, changed, plain
from fazhi.schema import units
from fazhi.schema.definition import SO_MUCH


class Decimals(Wording):
    """小数: so many decimals, of rates and money, and of whole numbers in 万 and 亿."""

    names = ("小数",)
    group = "多少"
    takes = (1, 1)
    takes_digits = True

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, decimals=numbers[0])


class Written(Wording):
    """汉字; 万、亿; 成、分之、倍; 不带单位: how a number is written, as one thing in a phrase says."""

    def __init__(self, name: str, group: str, **how: Any) -> None:
        super().__init__(name)
        self.group, self.how = group, how

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, **self.how)


class Unit(Wording):
    """单位: another name of the same unit."""

    names = ("单位",)
    group = "单位"
    words = ("人", "名", "位", "件", "起", "宗", "场", "场次", "次")

    @property
    def form(self) -> str:
        return "写成 单位(名)，括号里一个单位"

    def added(self, phrase: Phrase, *numbers: Any, word: str = "") -> Phrase:
        value, own = phrase.value, units.one(phrase.value.unit)
        if not word or units.matter(word) != units.matter(own):
            alike = "、".join(
                w for w in self.words if units.matter(w) == units.matter(own) and w != own
            )
            message = f"“{value.name}”的单位是{value.unit}，不能说成{word or '别的'}"
            raise Untrue(message, f"可以是 {alike}" if alike else "去掉 单位")
        unit = value.unit.removesuffix(own) + word
        return replace(phrase, value=_in(unit, value), last=phrase.last and _in(unit, phrase.last))


def _in(unit: str, value: Value) -> Value:
    """A value with another name of its unit."""
    return replace(value, definition=value.definition.model_copy(update={"unit": unit}))


class All(Wording):
    """全部: of a rate whose two sides are equal."""

    names = ("全部", "均")
    group = "独用"
    only_rates = True

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, whole=partial(_all, self.name))


def _all(name: str, phrase: Phrase) -> str:
    if phrase.number != 100:
        value = phrase.value
        counts = f"{value.numerator}/{value.denominator}" if value.denominator else plain(value)
        message = f"“{value.name}”是 {counts}，不能说{name}"
        raise Untrue(message, "印准确的数，即 {{ " + value.name + " }}")
    return name


def _said_of_change(*not_said: str) -> tuple[str, ...]:
    """The words for a change, but for some, and with what may stand behind one."""
    words = dict.fromkeys(w for w in (*UP, *DOWN, *AHEAD, *BEHIND) if w not in not_said)
    return (SO_MUCH, *(word + end for word in words for end in ("", "达", "为", "了")))


class Change(Wording):
    """同比: on last year, in percent, of rates in points; a word for its direction must be true."""

    names = ("同比",)
    group = "同比"
    takes = (0, 1)
    takes_digits = True
    not_said: ClassVar[tuple[str, ...]] = ("增量", "减量")
    words = _said_of_change(*not_said)

    def added(self, phrase: Phrase, *numbers: Any, word: str = "") -> Phrase:
        decimals = numbers[0] if numbers else None

        def whole(phrase: Phrase) -> str:
            if phrase.decimals is not None or phrase.bare:
                message = f"“{self.name}”不同“小数”“不带单位”一起用"
                raise Untrue(message, "位数写在括号里，如 同比(2)")
            if phrase.comparison or phrase.numerals or phrase.scale or phrase.share:
                return self.so_much(phrase, word)
            return self.exact(phrase, decimals, word)

        return replace(phrase, whole=whole)

    def exact(self, phrase: Phrase, decimals: int | None, word: str) -> str:
        """The change, exact or with decimals. Raises Untrue."""
        return change(phrase.value, phrase.last, decimals, word)

    def so_much(self, phrase: Phrase, word: str) -> str:
        """The change, as the other wordings say how much it is. Raises Untrue."""
        value, in_number = phrase.value, isinstance(self, ChangeInNumber)
        direction, amount, unit = changed(value, phrase.last, word, in_number=in_number)
        if not amount:
            raise Untrue(f"“{value.name}”同上年持平，不能说增减多少", f"只写 {self.name}")
        own = {"name": f"{value.name}”的“{self.name}", "measure": "合计", "unit": unit}
        definition = value.definition.model_copy(update=own)
        changes = replace(value, definition=definition, number=amount, numerator=None)
        return direction + replace(phrase, value=changes, whole=None).text


class ChangeInNumber(Change):
    """同比数: the same in the figure's own unit."""

    names = ("同比数",)
    takes = (0, 0)
    not_said = ("增幅", "增速", "涨幅", "降幅")
    words = _said_of_change(*not_said)

    def exact(self, phrase: Phrase, decimals: int | None, word: str) -> str:
        return by(phrase.value, phrase.last, word)


class PartByPart(Wording):
    """分项: all parts of a breakdown."""

    names = ("分项",)
    group = "独用"

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, whole=_parts)


def _parts(phrase: Phrase) -> str:
    value = phrase.value
    if not value.parts:
        if value.definition.spec.has_parts and phrase.number:
            raise parts_withheld(value, "从叙述稿里删去分项")
        raise Untrue(f"“{value.name}”没有分项", "分项只用于“分类”的指标")
    return listed(value.parts.items(), value.unit)


def parts_withheld(value: Value, hint: str) -> Untrue:
    """That the parts of a breakdown are not published, and with which others they are reckoned."""
    small = f"{value.among}有的太小，或者没有公开"
    return Untrue(f"“{value.name}”的分项在公开版不能印：{small}", hint)


def listed(parts: Iterable[tuple[str, int]], unit: str) -> str:
    """The parts of a breakdown with their numbers. A name that ends in a digit stands in quotation marks."""
    named = ((f"“{name}”" if name[-1].isdigit() else name, count) for name, count in parts)
    return "、".join(f"{name}{count}{unit}" for name, count in named)


def _named(*kinds: type[Wording]) -> dict[str, Wording]:
    return {name: kind(name) for kind in kinds for name in kind.names}


WORDINGS: dict[str, Wording] = {
    **_named(*COMPARISONS, Decimals),
    "汉字": Written("汉字", "写法", numerals=True),
    **{sign: Written(sign, "写法", scale=sign) for sign in ("万", "亿")},
    **{sign: Written(sign, "写法", share=sign) for sign in ("成", "分之", "倍")},
    "不带单位": Written("不带单位", "单位", bare=True),
    **_named(Unit, All, Change, ChangeInNumber, PartByPart),
}


def apply(phrase: Phrase, name: str, numbers: list[Any]) -> Phrase:
    """A phrase with one more wording of the narrative. Raises Untrue for numbers it cannot take."""
    wording = WORDINGS[name]
    least, most = wording.takes
    words = {"word": numbers.pop()} if numbers and numbers[-1] in wording.words else {}
    if most == 0 and numbers:
        raise Untrue(f"“{name}”后面不写括号", wording.form)
    if wording.takes_shares and any(isinstance(n, Fraction) for n in numbers):
        if phrase.value.unit != "%" and not phrase.whole:
            raise Untrue(f"“{phrase.value.name}”不是比率，不能说几分之几", wording.form)
    elif any(isinstance(n, Fraction) for n in numbers):
        raise Untrue(f"“{name}”括号里不写分数", wording.form)
    are_numbers = all(
        isinstance(n, int | float | Fraction) and not isinstance(n, bool) for n in numbers
    )
    if not are_numbers or any(abs(number) > 10**12 for number in numbers):
        raise Untrue(f"“{name}”括号里只能写数", wording.form)
    digits = [n for n in numbers if not isinstance(n, Fraction)]
    if wording.takes_digits and not all(isinstance(n, int) and 0 <= n <= 8 for n in digits):
        raise Untrue(f"“{name}”括号里写 0 到 8 的位数", wording.form)
    if wording.only_rates and phrase.value.unit != "%":
        raise Untrue(f"“{name}”只用于比率", f"去掉 {name}")
    for earlier in phrase.applied:
        if "独用" in (wording.group, earlier.group) or wording.group == earlier.group:
            raise Untrue(f"“{earlier.name}”和“{name}”不能一起用", "只留一个")
    if len(numbers) < least:
        raise Untrue(f"“{name}”要写明一个数", wording.form)
    if len(numbers) > most:
        raise Untrue(f"“{name}”括号里的数太多", "只写一个数")
    return replace(wording.added(phrase, *numbers, **words), applied=(*phrase.applied, wording))
