"""The wordings of a narrative, behind a figure's name: what each prints, and when it is true.

A wording that would be untrue raises `Untrue`; the narrative's line and column are added where it
is printed. The docstring of a wording is its section of docs/guide/narrative.md; when officials
hold it to be true is in docs/guide/counting.md.
"""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import Any, ClassVar

from fazhi.figures.comparisons import COMPARISONS
from fazhi.figures.said_units import Bare, Unit
from fazhi.figures.value import AHEAD, BEHIND, DOWN, UP
from fazhi.figures.wording import Phrase, Untrue, Wording, by, change, changed, plain
from fazhi.schema.definition import SO_MUCH


class Decimals(Wording):
    """比率、金额固定印几位小数；整数要同万、亿一起用。四舍五入会成 100% 或者 0% 而其实不是的，多印几位。写了的，这一年的报告、附表和网页都照它印；一个指标整篇写一样的位数。每年都这样印的，在指标的定义里写 `小数`。

    ```text
    {{ 法治理论知识考试合格率 | 小数(1) }}       （60/62）    →  96.8%
    ```

    数量以万为单位的，四舍五入到写出的位数，准确的数印在依据里；至少一位，差出二十分之一的要多印几位：

    ```text
    {{ 实有经营主体 | 万 | 小数(2) }}            （112634）  →  11.26万户
    {{ 罚没金额 | 万 | 小数(2) }}                （17537912.30元）  →  1753.79万元
    ```
    """

    names = ("小数",)
    group = "多少"
    takes = (1, 1)
    takes_digits = True

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, decimals=numbers[0])


class Numerals(Wording):
    """整数印成汉字，2 在单位前面印成“两”。可以接在“余”“逾”等后面；一百余、一千余、一万余印成百余、千余、万余。

    ```text
    {{ 综合行政执法队伍 | 汉字 }}      （1）      →  一支
    {{ 发放宣传资料 | 余 | 汉字 }}     （2360）   →  两千余份
    {{ 参加执法培训 | 余 | 汉字 }}     （131）    →  百余人次
    {{ 流转办件 | 余 | 汉字 }}         （12089）  →  万余件
    ```
    """

    names = ("汉字",)
    group = "写法"

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, numerals=True)


class Scale(Wording):
    """以万、亿为单位。不写 `小数` 的不四舍五入：印几位用 `小数` 写明，要说整的前面加“余”“逾”等。不同“汉字”一起用。

    ```text
    {{ 发放宣传资料 | 余(2) | 万 }}    （2360）   →  0.23万余份
    {{ 流转办件 | 逾(12000) | 万 }}    （12089）  →  逾1.2万件
    {{ 实有经营主体 | 万 | 小数(2) }}  （112634） →  11.26万户
    ```
    """

    names = ("万", "亿")
    group = "写法"

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, scale=self.name)


class Share(Wording):
    """比率、同比说成几成、几分之几；增长一倍以上的说成几倍。正好的、说到几成几的直接印，别的前面加“超”“近”“约”“多”“以上”等，里面写百分数；一半、三分之二一类的，括号里直接写分数，不用写“分之”。

    ```text
    {{ 矛盾纠纷调解成功率 | 超(90) | 成 }}     （228/238）  →  超九成
    {{ 矛盾纠纷调解成功率 | 成 }}              （228/238）  →  九成六
    {{ 法院回流案件调处成功率 | 分之 }}        （9/15）     →  五分之三
    {{ 法院回流案件调处成功率 | 超(1/2) }}     （9/15）     →  超半数
    比上年{{ 发放宣传资料 | 同比 | 多 | 成 }}  （2360、1880）  →  比上年增长两成多
    ```
    """

    names = ("成", "分之", "倍")
    group = "写法"

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, share=self.name)


class All(Wording):
    """比率是百分之百的，印“全部”或者“均”：分子等于分母才能说。

    ```text
    受理的纠纷{{ 矛盾纠纷调解成功率 | 全部 }}调解成功   （36/36）  →  全部
    受理的信访{{ 信访办结率 | 均 }}已办结               （12/12）  →  均
    ```
    """

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
    """同上一年比。数量印成增长或者下降百分之几，比率印成提高或者下降几个百分点，一样的印“持平”。`同比(2)` 印两位小数，不写是一位；几个百分点由印出来的两个率相减，不写位数的，率印几位就几位：96.8% 同 94.7%，差 2.1 个百分点，同 94.8% 差 2.0 个。上一年没有数、上一年的数量是 0、上一年的口径不同的，都不能印；变化小到印出来会是 0 的，多印几位。另有说法的写在括号里，位数在前：`同比(上升)`、`同比(2, 回落)`、`同比(增幅达)`；可以说增长、增加、上升、提高、提升、上涨、攀升、延长、扩大、增、升、多、增幅、增速、涨幅，下降、减少、降低、回落、下滑、压减、压缩、缩减、缩短、减、降、少、降幅，后面可以带“达”“为”“了”；同实际的增减不符的是错误。几个变化一起说的，前面写明是增是减，写 `同比(幅度)`，只印多少；前面写的也照实际核对。后面可以接别的措辞，说的是增减了多少，不同“小数”“不带单位”一起用。

    ```text
    比上年{{ 发放宣传资料 | 同比 }}              →  比上年增长25.5%
    比上年{{ 矛盾纠纷调解成功率 | 同比 }}        →  比上年提高2个百分点
    比上年{{ 法院回流案件调处成功率 | 同比 }}    →  比上年下降2.5个百分点
    比上年{{ 发放宣传资料 | 同比(上升) }}        →  比上年上升25.5%
    同比{{ 发放宣传资料 | 同比(增幅达) }}        →  同比增幅达25.5%
    比上年{{ 发放宣传资料 | 同比 | 超(25) }}     →  比上年增长超25%
    比上年增长{{ 发放宣传资料 | 同比(幅度) }}    →  比上年增长25.5%
    ```
    """

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
    """同上一年比多了多少、少了多少。比率同“同比”一样印百分点，说法也一样写：`同比数(提高)`；还可以说增量、减量。

    ```text
    比上年{{ 发放宣传资料 | 同比数 }}            →  比上年增加480份
    比上年{{ 矛盾纠纷排查调处 | 同比数 }}        →  比上年减少12起
    比上年{{ 发放宣传资料 | 同比数(多) | 余 }}   →  比上年多400余份
    ```
    """

    names = ("同比数",)
    takes = (0, 0)
    not_said = ("增幅", "增速", "涨幅", "降幅")
    words = _said_of_change(*not_said)

    def exact(self, phrase: Phrase, decimals: int | None, word: str) -> str:
        return by(phrase.value, phrase.last, word)


class PartByPart(Wording):
    """只用于“分类”的指标：把分项都列出来。公开版里是并过小数的分项，内部版里是全部分项。

    ```text
    {{ 在册重点管理人员 | 分项 }}      →  精神障碍患者17名、重点未成年学生14名、刑满释放13名、其他7名
    ```

    按不公开的项（村、来源等）分类的指标，公开版没有分项，不能这样印。
    """

    names = ("分项",)
    group = "独用"

    def added(self, phrase: Phrase, *numbers: Any) -> Phrase:
        return replace(phrase, whole=_parts)


def _parts(phrase: Phrase) -> str:
    value = phrase.value
    if not value.parts:
        if value.definition.spec.has_parts and phrase.number:
            raise Untrue(f"“{value.name}”的分项在公开版不能印", "从叙述稿里删去分项")
        raise Untrue(f"“{value.name}”没有分项", "分项只用于“分类”的指标")
    return listed(value.parts.items(), value.unit)


def listed(parts: Iterable[tuple[str, int]], unit: str) -> str:
    """The parts of a breakdown with their numbers. A name that ends in a digit stands in quotation marks."""
    named = ((f"“{name}”" if name[-1].isdigit() else name, count) for name, count in parts)
    return "、".join(f"{name}{count}{unit}" for name, count in named)


_OTHERS = (Decimals, Numerals, Scale, Share, Bare, Unit, All, Change, ChangeInNumber, PartByPart)
WORDINGS: dict[str, Wording] = {
    name: kind(name) for kind in (*COMPARISONS, *_OTHERS) for name in kind.names
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
