"""The wordings that print another number than the exact one: each holds of some numbers only."""

import operator
from dataclasses import replace
from fractions import Fraction
from typing import Any, ClassVar

from fazhi.figures.wording import MOST_OFF, Comparison, Phrase, Untrue, plain
from fazhi.schema.numerals import half_up


class MoreThan(Comparison):
    """N 余：比 N 多，而不到 N 的末位再加一。默认只留第一位数，`余(2)` 留两位。10 和 10 以下不能说。比率只能说几成多，见下面的“成”。

    ```text
    {{ 专题宣传活动 | 余 }}            （14）     →  10余场
    {{ 发放宣传资料 | 余 }}            （2360）   →  2000余份
    {{ 发放宣传资料 | 余(2) }}         （2360）   →  2300余份
    {{ 矛盾纠纷排查调处 | 多 }}        （238）    →  200多起
    ```

    属实的范围：10余是 11 至 19，200余是 201 至 299，2300余是 2301 至 2399。正好是 200 的，不能说“200余”，直接印准确的数。
    """

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
    """近 N：不到 N，而不少于 N 的九成；比率是不到 N，差不到一个百分点，说成几成、几分之几的差不到五个百分点。要写明 N。

    ```text
    {{ 发放宣传资料 | 近(2500) }}      （2360）   →  近2500份
    {{ 参与率 | 近(2/3) }}             （65.2%）  →  近三分之二
    ```
    """

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
    """约 N：四舍五入到几位小数，`约` 是整数；同万、亿一起用的，是多少万、多少亿的小数。比率可以写明几分之几。正好的不说约，差出二十分之一的多印几位。

    ```text
    {{ 参与率 | 约(1/3) }}        （33.8%）             →  约三分之一
    {{ 合同金额 | 亿 | 约(1) }}        （3562000000元）  →  约35.6亿元
    {{ 流转办件 | 约(1) | 万 }}        （12089）         →  约1.2万件
    ```
    """

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
    """N 以上：等于或者大于 N。数量、比率都能用，用准确的分数比较。

    ```text
    {{ 矛盾纠纷调解成功率 | 以上(95) }}  （228/238）  →  95%以上
    {{ 发放宣传资料 | 以上(2000) }}      （2360）     →  2000份以上
    ```
    """

    names: ClassVar[tuple[str, ...]] = ("以上",)
    hint = "改小这个数"
    quotes_unit = True
    holds = staticmethod(operator.ge)
    said = "{digits}{unit}{name}"


class Above(Comparison):
    """逾 N：大于 N，正好相等的不能说。比率可以写几分之几：1/2 印成“半数”。

    ```text
    {{ 发放宣传资料 | 逾(2200) }}      （2360）   →  逾2200份
    {{ 发放宣传资料 | 突破(2000) }}    （2360）   →  突破2000份
    {{ 矛盾纠纷调解成功率 | 超(90) }}  （228/238）  →  超90%
    {{ 矛盾纠纷调解成功率 | 超过(2/3) }}  （228/238）  →  超过三分之二
    ```
    """

    names = ("逾", "超", "超过", "突破")
    hint = "改小这个数；正好相等的不能说逾、超、突破"
    holds = staticmethod(operator.gt)


class NoLess(AtLeast):
    """同“以上”一样，等于或者大于 N。

    ```text
    {{ 人均培训学时 | 不少于(40) }}  （60）  →  不少于40学时
    ```
    """

    names = ("不少于", "不低于")
    said = "{name}{digits}{unit}"


class AtMost(Comparison):
    """等于或者小于 N。

    ```text
    {{ 超限率 | 以内(0.5) }}   （0.35%）  →  0.5%以内
    ```
    """

    names = ("以内", "以下")
    hint = "改大这个数"
    quotes_unit = True
    holds = staticmethod(operator.le)
    said = "{digits}{unit}{name}"


class Below(Comparison):
    """小于 N，正好相等的不能说。

    ```text
    {{ 败诉率 | 低于(5) }}   （2.4%）  →  低于5%
    ```
    """

    names = ("低于", "不足", "不到")
    hint = "改大这个数；正好相等的不能说低于、不足"
    holds = staticmethod(operator.lt)


COMPARISONS = (MoreThan, Near, About, AtLeast, NoLess, AtMost, Above, Below)
