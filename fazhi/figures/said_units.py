"""The wordings of a number's unit: none, or another name of it."""

from dataclasses import replace
from typing import Any

from fazhi.figures.value import Value
from fazhi.figures.wording import Phrase, Untrue, Wording
from fazhi.schema.units import matter, one


class Bare(Wording):
    """不带单位: its unit stands in a head, or behind it."""

    names = ("不带单位",)
    group = "单位"

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, bare=True)


class Unit(Wording):
    """单位: another name of the same unit."""

    names = ("单位",)
    group = "单位"
    words = ("人", "名", "位", "件", "起", "宗", "场", "场次", "次")

    @property
    def form(self) -> str:
        return "写成 单位(名)，括号里一个单位"

    def added(self, phrase: Phrase, *numbers: Any, word: str = "") -> Phrase:
        value, own = phrase.value, one(phrase.value.unit)
        if not word or matter(word) != matter(own):
            alike = "、".join(w for w in self.words if matter(w) == matter(own) and w != own)
            message = f"“{value.name}”的单位是{value.unit}，不能说成{word or '别的'}"
            raise Untrue(message, f"可以是 {alike}" if alike else "去掉 单位")
        unit = value.unit.removesuffix(own) + word
        return replace(phrase, value=_in(unit, value), last=phrase.last and _in(unit, phrase.last))


def _in(unit: str, value: Value) -> Value:
    """A value with another name of its unit."""
    return replace(value, definition=value.definition.model_copy(update={"unit": unit}))
