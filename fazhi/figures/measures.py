"""Each 统计: how it counts, how that is explained, what makes two figures the same, what is published.

Which keys it needs is in `schema.definition`, as the rules ask for them before anything is counted.
The docstring of a measure is its section of docs/guide/figures.md; how officials count is in
docs/guide/counting.md.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi.figures import faults, overlapping
from fazhi.figures.counts import COUNTS
from fazhi.figures.days import DAYS
from fazhi.figures.measure import Columns, Counting, Definitions, Measure, Row
from fazhi.figures.value import Value
from fazhi.records.record import Record
from fazhi.schema import units
from fazhi.schema.definition import OF_LAST, Definition


class Ratio(Measure):
    """两个指标相除，乘 100。分子、分母是别的指标，或者分类的一个分项，写成 `行政处罚.罚款`。分子大于分母是错误；分母是 0 的，比率是“暂无”。程序按分数计算，只在印的时候四舍五入。

    ```yaml
    - {名称: 矛盾纠纷受理, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷}, 印发: 否}
    - {名称: 矛盾纠纷调解成功, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷, 结果: 调解成功}, 印发: 否}
    - {名称: 矛盾纠纷在办, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷, 结果: 在办}, 印发: 否}
    - 名称: 矛盾纠纷调解成功率
      板块: 矛盾化解
      统计: 比率
      分子: 矛盾纠纷调解成功
      分母: 矛盾纠纷受理
      附列: [矛盾纠纷在办]
    ```

    `附列` 使依据表里写成“228 ÷ 238 ≈ 95.8%；另有矛盾纠纷在办 3起”这样。`印发: 否` 的指标仍然可以在叙述稿里用；用了的，依据表里会有它。
    """

    def value(self, definition: Definition, counting: Counting) -> Value:
        above = counting.value_of(definition.numerator or "")
        below = counting.value_of(definition.denominator or "")
        if above is None or below is None:  # not defined for this year
            return Value(definition, counting.year, None)
        made = _made_of(definition, counting, below, above)
        value = replace(made, sides=(above, below))
        if above.number is None or not below.number:
            return value
        # Of money, in the smallest unit: both are whole numbers then.
        parted = 10 ** max(units.places(units.base(one.unit)) for one in (above, below))
        numerator, denominator = int(above.base * parted), int(below.base * parted)
        if numerator > denominator:
            sides = f"{counting.year}年“{definition.name}”的分子 {numerator} 大于分母 {denominator}"
            hint = "核对分子、分母两个指标的条件和“按日期”"
            counting.problem(definition, "分子", faults.above_one(f"{sides}，不成其为比率", hint))
        return replace(
            value,
            number=Fraction(numerator * 100, denominator),
            numerator=numerator,
            denominator=denominator,
        )

    def how(self, definition: Definition) -> str:
        return f"{_said(definition.numerator)}占{_said(definition.denominator)}的比例"

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        sides = {"分子": definition.numerator or "", "分母": definition.denominator or ""}
        return {"统计": definition.measure} | _meant(sides, others)

    def is_audited(self, value: Value) -> bool:
        return self.audited and all(
            "." not in side.name and measure_of(side.definition).is_audited(side)
            for side in value.sides
        )

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        found: list[Row] = []
        together: dict[Record, None] = {}
        for side in value.sides:
            measure = measure_of(side.definition)
            found += measure.rows(side, columns)
            if measure.counts_records:
                together |= dict.fromkeys(side.records)
        return [*found, columns.count(together)]


class Quotient(Ratio):
    """两个指标相除，不乘 100，可以大于 1：几倍、每万人几名、户均几次。两个指标的单位可以不同，`分母` 也可以写一个整数（一年十二个月），或者上一年的数 `受理.上年`（分子、比率、合计里也可以；两年口径不同的，是“暂无”）。名称以“每万”“每千”“每十万”开头的，印的就是每一万、一千、十万个有多少，分母的单位写人还是万人都一样。不写 `小数` 的，整数印整数，别的印两位。单位写 `"%"` 的乘 100，可以超过 100%：完成任务的104%。

    ```yaml
    - {名称: 受理, 单位: 件, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷}, 印发: 否}
    - {名称: 月均受理, 板块: 矛盾化解, 单位: 件, 统计: 比值, 分子: 受理, 分母: 12, 小数: 1}
    - {名称: 受理是上年的, 板块: 矛盾化解, 单位: 倍, 统计: 比值, 分子: 受理, 分母: 受理.上年, 小数: 1}
    ```
    """

    audited = False

    def value(self, definition: Definition, counting: Counting) -> Value:
        name = definition.denominator or ""
        sides = [counting.value_of(definition.numerator or "")]
        sides += [] if name.isdigit() else [counting.value_of(name)]
        value = _made_of(definition, counting, *sides)
        bases = [side.base for side in value.sides if side.number is not None]
        bases += [Fraction(name)] if name.isdigit() else []
        if len(bases) < 2 or not bases[1]:
            return value
        scale = Fraction(1, 100) if definition.unit == "%" else units.power(definition.unit or "")
        return replace(value, number=bases[0] / bases[1] * definition.per / scale)

    def how(self, definition: Definition) -> str:
        return f"{_said(definition.numerator)}除以{_said(definition.denominator)}"

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        own: dict[str, object] = {"单位": definition.unit, "除以": definition.denominator}
        own |= {"每": definition.per} if definition.per > 1 else {}
        return super().identity(definition, others) | own


class Combined(Measure):
    """几个指标相加、相减；也可以是分类的分项。单位要相同，万元和元自己换算。用到的指标有一个暂无的，合计也是暂无。同一条记录、同一批事的汇总和单条记录，不能加两次。只供别的指标用的，写 `印发: 否`，不用写板块。几年累计的，写 `累计自`。

    ```yaml
    - {名称: 流转办件, 统计: 求和, 单位: 件, 记录: 汇总, 条件: {类别: 平台办件}, 字段: 流转件, 印发: 否}
    - {名称: 自办件, 统计: 件数, 单位: 件, 记录: 案件, 条件: {类别: 信访}, 印发: 否}
    - {名称: 办件合计, 板块: 矛盾化解, 单位: 件, 统计: 合计, 加: [流转办件, 自办件]}
    - {名称: 累计流转办件, 板块: 矛盾化解, 单位: 件, 统计: 合计, 加: [流转办件], 累计自: 2021}
    ```

    写了 `累计自: 2021` 的，从 2021 年起一年一年算到本年，加起来，就是“2021年以来累计”；叙述稿里要这样说。件数、求和、合计都可以累计，存量和不重复的不可以。往年的只有一个总数的，记一条汇总（期间写 `2021-01-01至2023-12-31`），代替那几年的；往年是汇总、这一年是单条记录的，写成两个指标，一起加，见[只有汇总数的](totals.md#往年的)。中间缺一年的、口径不同的，是“暂无”。
    """

    counts_records = audited = False

    def value(self, definition: Definition, counting: Counting) -> Value:
        if definition.first_year:
            return self._over_years(definition, counting, definition.first_year)
        names = [(name, 1) for name in definition.added]
        names += [(name, -1) for name in definition.subtracted]
        sides = [(counting.value_of(name), sign) for name, sign in names]
        value = _made_of(definition, counting, *(side for side, _ in sides))
        known = [(side, sign) for side, sign in sides if side and side.number is not None]
        if len(known) < len(sides):
            return value
        if twice := overlapping.found([side for side, sign in known if sign > 0]):
            one, other, common = twice
            message = f"“{definition.name}”加的“{one}”和“{other}”里有同一件事（{common}），加了两次"
            fault = faults.counted_twice(message, "改两个指标的条件，使一件事只算一次")
            counting.problem(definition, "加", fault)
        number = sum((side.base * sign for side, sign in known), Fraction(0)) / units.power(
            definition.unit or ""
        )
        if number < 0:
            fault = faults.below_zero(f"“{definition.name}”减下来小于 0", "核对“加”“减”两项")
            counting.problem(definition, "减", fault)
            return value
        return replace(value, number=number)

    def _over_years(self, definition: Definition, counting: Counting, first: int) -> Value:
        """What it is in each year from the first on, added up; a total of several years is all of them."""
        each = definition.model_copy(update={"first_year": None})
        year, found, newest = counting.year, list[Value](), dict[str, Value]()
        while year >= first:
            of_year = counting.of(year) if found else counting
            one = self.value(overlapping.told_of_year(each, of_year, first), of_year)
            own = each.model_copy(update={"name": f"{definition.name}.{year}年"})
            is_alike = all(alike(newest.setdefault(s.name, s), s) for s in one.sides)
            found.append(replace(one, definition=own, number=one.number if is_alike else None))
            year = one.begins - 1
        value = _made_of(definition, counting, *found)
        numbers = [one.number for one in found if one.number is not None]
        is_whole = found and len(numbers) == len(found)
        return replace(value, number=sum(numbers, Fraction(0))) if is_whole else value

    def how(self, definition: Definition) -> str:
        added = "加上".join(map(_said, definition.added))
        of_year = "减去".join([added, *map(_said, definition.subtracted)])
        then = "，" if len(definition.sides) > 1 else ""
        years = f"{definition.first_year}年以来各年的"
        return f"{years}{of_year}{then}相加" if definition.first_year else of_year

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        held = {"加": definition.added, "减": definition.subtracted}
        sides = {f"{key}{place}": n for key, ns in held.items() for place, n in enumerate(ns)}
        own = {"累计自": definition.first_year} if definition.first_year else {}
        same = {"统计": definition.measure, "单位": definition.unit} | own
        return same | _meant(sides, others)


def _made_of(definition: Definition, counting: Counting, *sides: Value | None) -> Value:
    """A figure that is made of others, as far as there are these, without its number."""
    known = tuple(side for side in sides if side is not None)
    records = tuple({record.path: record for side in known for record in side.records}.values())
    sensitive = any(side.sensitive for side in known)
    return Value(definition, counting.year, None, records, sides=known, sensitive=sensitive)


def _said(name: str | None) -> str:
    """A figure, a part of one, or last year's, as a citizen may read it."""
    whole = (name or "").removesuffix(OF_LAST)
    return "上年的" * (whole != (name or "")) + whole.replace(".", "中的")


def _meant(sides: Mapping[str, str], others: Definitions) -> dict[str, object]:
    """What the figures that a figure is made of count, by what they are to it."""
    found: dict[str, object] = {}
    for side, name in sides.items():
        whole, _, part = name.partition(".")
        if figure := others.get(whole):
            found[side] = measure_of(figure).identity(figure, others)
            if part:
                found[f"{side}的分项"] = part
    return found


MEASURES: Mapping[str, Measure] = {
    **COUNTS,
    **DAYS,
    "比率": Ratio(),
    "比值": Quotient(),
    "合计": Combined(),
}


def measure_of(definition: Definition) -> Measure:
    """The 统计 of a definition."""
    return MEASURES[definition.spec.name]


def explain(definition: Definition) -> str:
    """How a figure is counted, in words that a citizen can follow."""
    since = definition.alike_since
    told = (
        measure_of(definition).how(definition),
        f"{since}年以前的不能直接比" if since else "",
        definition.note,
    )
    return "。".join(filter(None, told))


def fingerprint(definition: Definition, others: Definitions) -> str:
    """A hash of what is counted: alike for two townships whose figures mean the same.

    A ratio's two figures are found in `others`. Name, section, years and notes are left out, as they
    change nothing of the number.
    """
    identity = measure_of(definition).identity(definition, others)
    text = json.dumps(identity, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def comparable(value: Value, other: Value) -> bool:
    """Whether two years count the same: by definitions that mean the same, in words of both years.

    A definition that names a word which only one of the years has counts more in that year. One that
    has lost a word and got another is taken to name it anew. A number of several years is compared
    with one of as many.
    """
    spans = {one.year - one.begins for one in (value, other) if one.records}
    return len(spans) < 2 and alike(value, other)


def alike(value: Value, other: Value) -> bool:
    """Whether two years count the same, however many years a total is of."""
    if value.unknown < other.unknown or other.unknown < value.unknown:
        return False
    since = (one.definition.alike_since or 0 for one in (value, other))
    if any(min(value.year, other.year) < year <= max(value.year, other.year) for year in since):
        return False
    now, then = value.definition, other.definition
    means_the_same = now == then or _meaning(now) == _meaning(then)
    lengths = {measure_of(one.definition).lengths(one) for one in (value, other) if one.records}
    return means_the_same and len(lengths) < 2 and all(map(alike, value.sides, other.sides))


def _meaning(definition: Definition) -> object:
    """Its identity, whichever word its unit is; a ratio's two sides are compared by themselves."""
    counts_one_a_record = definition.spec.name in ("件数", "分类（按）", "议题数", "议题数（按）")
    unit = None if counts_one_a_record else units.base(definition.unit or "")
    alike = definition.model_copy(update={"unit": unit})
    return measure_of(alike).identity(alike, {})
