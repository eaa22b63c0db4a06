"""The wordings that print another number than the exact one: each holds of some numbers only."""

import operator
from dataclasses import replace
from fractions import Fraction
from typing import Any, ClassVar

from fazhi.figures.wording import MOST_OFF, Comparison, Phrase, Untrue, plain
from fazhi.schema.numerals import half_up


class MoreThan(Comparison):
    """余: more than N, and less than N with one more at its last place."""

    names = ("余", "多")
    takes = (0, 1)
    takes_digits = True
    takes_shares = False
    said = "{digits}{name}{unit}"

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, comparison=self, digits=numbers[0] if numbers else 1)

    def true_bound(self, phrase: Phrase) -> Fraction:
        value, number = phrase.value, phrase.number
        if value.unit == "%" and phrase.share not in ("成", "倍"):
            raise Untrue(f"“{value.name}”是百分数，不能用“{self.name}”", "用 以上(95)，或者几成多")
        if phrase.digits < 1:
            raise Untrue(f"“{self.name}”保留的位数至少是 1", "写成 余 或者 余(2)")
        place = 10 ** max(len(str(int(number))) - phrase.digits, 0)
        place = phrase.step if phrase.share else place
        bound = int(number // place) * place
        last_place = 10 ** (len(str(bound)) - len(str(bound).rstrip("0"))) if bound else 1
        last_place = phrase.step if phrase.share else last_place
        if number <= 10 or not 0 < bound < number < bound + last_place:
            message = f"“{value.name}”是 {plain(value)}，不能说{bound}{self.name}"
            raise Untrue(message, "印准确的数，即 {{ " + value.name + " }}")
        return Fraction(bound)


class Near(Comparison):
    """近: less than N, and at least nine tenths of it; of a rate, less than a point off, of a share five."""

    names = ("近",)
    hint = "不到这个数、又不少于它的九成（比率：差不到一个百分点），才能说近"

    @staticmethod
    def holds(number: Fraction, bound: Fraction, /) -> bool:
        return bound * Fraction(9, 10) <= number < bound

    def true_bound(self, phrase: Phrase) -> Fraction:
        bound = super().true_bound(phrase)
        most = 5 if phrase.share else 1
        if phrase.value.unit == "%" and bound - phrase.number >= most:
            raise self.untrue(phrase, bound)
        return bound


class About(Comparison):
    """约: rounded half-up, and no more than a twentieth off; not of what is exact."""

    names = ("约",)
    takes = (0, 1)
    takes_digits = True

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        if numbers and isinstance(numbers[0], Fraction):
            return super().added(phrase, *numbers)
        return replace(phrase, comparison=self, digits=numbers[0] if numbers else 0)

    def true_bound(self, phrase: Phrase) -> Fraction:
        number, step = phrase.number, phrase.step
        bound = phrase.bound or Fraction(half_up(number / step, phrase.digits)) * step
        if bound == number:
            raise Untrue(f"“{phrase.value.name}”正好是 {plain(phrase.value)}，不用约", "去掉 约")
        is_all = phrase.value.unit == "%" and bound in (0, 100)
        if is_all or abs(bound - number) > number * MOST_OFF:
            message = f"“{phrase.value.name}”是 {plain(phrase.value)}，约得太多"
            raise Untrue(message, f"多印几位，如 约({phrase.digits + 1})")
        return bound


class AtLeast(Comparison):
    """以上: N or more."""

    names: ClassVar[tuple[str, ...]] = ("以上",)
    hint = "改小这个数"
    quotes_unit = True
    holds = staticmethod(operator.ge)
    said = "{digits}{unit}{name}"


class Above(Comparison):
    """逾: more than N."""

    names = ("逾", "超", "超过", "突破")
    hint = "改小这个数；正好相等的不能说逾、超、突破"
    holds = staticmethod(operator.gt)


class NoLess(AtLeast):
    """不少于: N or more."""

    names = ("不少于", "不低于")
    said = "{name}{digits}{unit}"


class AtMost(Comparison):
    """以内: N or less."""

    names = ("以内", "以下")
    hint = "改大这个数"
    quotes_unit = True
    holds = staticmethod(operator.le)
    said = "{digits}{unit}{name}"


class Below(Comparison):
    """低于: less than N."""

    names = ("低于", "不足", "不到")
    hint = "改大这个数；正好相等的不能说低于、不足"
    holds = staticmethod(operator.lt)


COMPARISONS = (MoreThan, Near, About, AtLeast, NoLess, AtMost, Above, Below)
