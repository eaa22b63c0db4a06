"""Each 统计: how it counts, how that is explained, what makes two figures the same, what is published.

Which keys it needs is in `schema.definition`, as the rules ask for them before anything is counted.
The docstring of a measure is its section of docs/guide/figures.md; how officials count is in
docs/guide/counting.md.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi.figures import faults
from fazhi.figures.measure import Columns, Counting, Definitions, Measure, Places, Row
from fazhi.figures.selection import amount_of, grouping
from fazhi.figures.value import Value
from fazhi.personal import masked
from fazhi.records.record import Record
from fazhi.schema import units
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import KINDS, Standing


class Count(Measure):
    """一条记录计一。会议计一次，活动计一场，案件计一件。

    ```yaml
    - {名称: 领导小组会议, 板块: 组织领导, 单位: 次, 统计: 件数, 记录: 会议, 条件: {类别: 领导小组会议}}
    ```
    """

    def value(self, definition: Definition, counting: Counting) -> Value:
        records = counting.records(definition)
        if not (records or counting.index.has_any(definition.kind or "", counting.year)):
            return Value(definition, counting.year, None)  # nothing is known
        sensitive = counting.is_sensitive(definition, records)
        value = Value(definition, counting.year, None, records, sensitive=sensitive)
        return self.counted(value, counting)

    def counted(self, value: Value, counting: Counting) -> Value:
        """A figure of some records, with its number."""
        times = units.scale(value.definition, counting.settings.vocabulary, value.year)
        return replace(value, number=len(value.records) * times)

    def how(self, definition: Definition) -> str:
        return "一条记录计一" + (definition.unit or "")


class Sum(Count):
    """把各条记录里的一项加起来。`字段` 是记录里的数量（如 `发放资料份数`），或者词表“计数”里的名称（如 `悬挂横幅`）。没有写这一项的记录不计入依据。现状的数不要求和。

    ```yaml
    - {名称: 发放宣传资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数}
    - {名称: 悬挂宣传横幅, 板块: 法治宣传, 单位: 条, 统计: 求和, 记录: 活动, 字段: 悬挂横幅}
    ```
    """

    def counted(self, value: Value, counting: Counting) -> Value:
        kind, name = KINDS[value.definition.kind or ""], value.definition.field_name or ""
        amount = amount_of(kind, name)
        given = {r: added for r in value.records if (added := amount(r)) is not None}
        vocabulary = counting.settings.vocabulary
        # A 计数 may have another unit in the year of a record's folder.
        sums = Counter[int]()
        for record, added in given.items():
            sums[record.year] += added
        scaled = (n * units.scale(value.definition, vocabulary, y) for y, n in sums.items())
        number = sum(scaled, Fraction(0))
        return replace(value, number=number, records=tuple(given))

    def how(self, definition: Definition) -> str:
        return f"各条的“{definition.field_name}”相加"

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        return [columns.amounts(value), columns.count(value.records)]


class Ratio(Measure):
    """两个指标相除，乘 100。分子、分母是件数、求和或者最新值的指标。分子大于分母是错误；分母是 0 的，比率是“暂无”。程序按分数计算，只在印的时候四舍五入。

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

    is_of_figures = True

    def value(self, definition: Definition, counting: Counting) -> Value:
        above = counting.values.get(definition.numerator or "")
        below = counting.values.get(definition.denominator or "")
        if above is None or below is None:  # not defined for this year
            return Value(definition, counting.year, None)
        records = tuple(dict.fromkeys((*below.records, *above.records)))
        sensitive = above.sensitive or below.sensitive
        value = Value(
            definition, counting.year, None, records, sides=(above, below), sensitive=sensitive
        )
        if above.number is None or not below.number:
            return value
        numerator, denominator = int(above.base), int(below.base)
        if numerator > denominator:
            settings = counting.settings
            place, _ = settings.definitions_in(counting.year)[definition.name]
            fault = faults.above_one(counting.year, definition.name, numerator, denominator)
            counting.problems.append(settings.figures_source.problem([place, "分子"], fault))
        return replace(
            value,
            number=Fraction(numerator * 100, denominator),
            numerator=numerator,
            denominator=denominator,
        )

    def how(self, definition: Definition) -> str:
        return f"{definition.numerator} ÷ {definition.denominator}"

    def explain(self, definition: Definition) -> str:
        return self.how(definition)

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        sides = {"分子": definition.numerator or "", "分母": definition.denominator or ""}
        meant = {side: others[name] for side, name in sides.items() if name in others}
        return {"统计": definition.measure} | {
            side: measure_of(figure).identity(figure, others) for side, figure in meant.items()
        }

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        found: list[Row] = []
        together: dict[Record, None] = {}
        for side in value.sides:
            measure = measure_of(side.definition)
            found += measure.rows(side, columns)
            if measure.counts_records:
                together |= dict.fromkeys(side.records)
        return [*found, columns.count(together)]


class Latest(Measure):
    """取当年截止日期最晚的一条现状的数量。有两条同样晚的是错误。

    ```yaml
    - {名称: 综合行政执法持证人数, 板块: 行政执法, 单位: 人, 统计: 最新值, 记录: 现状, 条件: {类别: 执法持证人员}}
    - {名称: 年中执法持证人数, 板块: 行政执法, 单位: 人, 统计: 最新值, 记录: 现状, 条件: {类别: 执法持证人员}, 截至: 06-30}
    ```
    """

    counts_records = False

    def value(self, definition: Definition, counting: Counting) -> Value:
        limit = f"{counting.year}-{_until(definition)}"
        dated = [r for r in counting.records(definition) if r.fields.day.isoformat() <= limit]
        if not dated:
            return Value(definition, counting.year, None)
        day = max(record.fields.day for record in dated)
        *others, record = (record for record in dated if record.fields.day == day)
        if others:
            named = "、".join(masked(other.path) for other in others)
            fault = faults.two_latest(definition.name, str(day), named)
            counting.problems.append(record.problem(["截止日期"], fault))
        standing = record.fields
        assert isinstance(standing, Standing)
        number = None
        if standing.total is not None:
            category = counting.settings.vocabulary.category("现状", standing.category, record.year)
            unit = (category and category.unit) or definition.unit or ""
            number = standing.total * (units.factor(definition.unit or "", [unit]) or Fraction(1))
        sensitive = record.is_sensitive(counting.settings)
        return Value(definition, counting.year, number, (record,), sensitive=sensitive)

    def how(self, definition: Definition) -> str:
        return f"取截止日期最晚（不晚于 {_until(definition)}）的一条"

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        return super().identity(definition, others) | {"截至": _until(definition)}

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        return [columns.standing(value)]


class Parts(Latest):
    """不写 `按` 的，取最新一条现状的分类：

    ```yaml
    - {名称: 在册重点管理人员, 板块: 矛盾化解, 单位: 名, 统计: 分类, 记录: 现状, 条件: {类别: 重点人群}}
    ```
    """

    def value(self, definition: Definition, counting: Counting) -> Value:
        value = super().value(definition, counting)
        parts = getattr(value.records[0].fields, "parts", None) if value.records else None
        spec = KINDS["现状"].fields["分类"] if parts else None
        return replace(value, parts=parts, parts_of=spec)

    def how(self, definition: Definition) -> str:
        return "取截止日期最晚的一条，分项列出"

    def columns_of_parts(self, value: Value, columns: Columns) -> Places:
        universe, whole = columns.standing(value)
        return universe, {column: (column.rpartition(" ")[0],) for column in whole}


class Groups(Count):
    """写 `按` 的，把记录按一项分开数。可以按的是取自词表的项：`类别`、`主题`、`普法节点`（活动），`类别`、`结果`、`纠纷类型`、`村`、`来源`、`处罚种类`（案件）等。一条记录有几个词的，各计一次，所以分项加起来可以大于总数；没有填的归入“未填”。

    ```yaml
    - {名称: 矛盾纠纷办理结果, 板块: 矛盾化解, 单位: 起, 统计: 分类, 记录: 案件, 条件: {类别: 矛盾纠纷}, 按: 结果}
    ```

    按不公开的项（`纠纷类型`、`村`、`来源`、`处罚种类`）分的，公开版只有总数，没有分项；叙述稿里也就不能印它的分项。
    """

    def counted(self, value: Value, counting: Counting) -> Value:
        spec = KINDS[value.definition.kind or ""].fields[value.definition.by or ""]
        parts_of = grouping(spec, counting.settings)
        parts = Counter(word for record in value.records for word in parts_of(record))
        ordered = dict(sorted(parts.items(), key=lambda part: (-part[1], part[0])))
        return replace(super().counted(value, counting), parts=ordered, parts_of=spec)

    def how(self, definition: Definition) -> str:
        return f"按“{definition.by}”分项"

    def columns_of_parts(self, value: Value, columns: Columns) -> Places:
        assert value.parts_of
        parts_of = grouping(value.parts_of, columns.settings)
        universe, _ = columns.count(value.records)
        return universe, {r.path: parts_of(r) for r in columns.sensitive(value.records)}


MEASURES: Mapping[str, Measure] = {  # by the names in `schema.definition`
    "件数": Count(),
    "求和": Sum(),
    "比率": Ratio(),
    "最新值": Latest(),
    "分类": Parts(),
    "分类（按）": Groups(),
}


def measure_of(definition: Definition) -> Measure:
    """The 统计 of a definition."""
    return MEASURES[definition.spec.name]


def explain(definition: Definition) -> str:
    """How a figure is counted, in words that a citizen can follow."""
    text = measure_of(definition).explain(definition)
    return text + (f"。{definition.note}" if definition.note else "")


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
    has lost a word and got another is taken to name it anew.
    """
    if value.unknown < other.unknown or other.unknown < value.unknown:
        return False
    now, then = value.definition, other.definition
    means_the_same = now == then or _meaning(now) == _meaning(then)
    return means_the_same and all(map(comparable, value.sides, other.sides))


def _meaning(definition: Definition) -> object:
    """Its identity, whichever word its unit is; a ratio's two sides are compared by themselves."""
    counts_one_a_record = definition.spec.name in ("件数", "分类（按）")
    unit = None if counts_one_a_record else units.base(definition.unit or "")
    alike = definition.model_copy(update={"unit": unit})
    return measure_of(alike).identity(alike, {})


def _until(definition: Definition) -> str:
    return definition.as_of or "12-31"
