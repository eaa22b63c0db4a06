"""The 统计 that count records, or what is in them. Their docstrings are sections of the guide."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fazhi.figures.measure import Columns, Counting, Measure, Places, Row
from fazhi.figures.selection import amount_of, called, grouping, item_test, met, only_year, taken
from fazhi.figures.standings import Latest, Parts
from fazhi.figures.value import Value
from fazhi.schema import units
from fazhi.schema.definition import NOT_SAID, Definition, named
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, AgendaItem, Meeting, Total
from fazhi.schema.words import day_in


class Count(Measure):
    """一条记录计一。会议计一次，活动计一场，案件计一件。

    ```yaml
    - {名称: 领导小组会议, 板块: 组织领导, 单位: 次, 统计: 件数, 记录: 会议, 条件: {类别: 领导小组会议}}
    - {名称: 年内受理信访, 板块: 矛盾化解, 单位: 件, 统计: 件数, 记录: 案件, 条件: {类别: 信访}, 截至: 12-03}
    ```

    写了 `截至` 的，只数到那一天，依据里写明；叙述稿里的“截至……”要同它一样，`{{ 年内受理信访.截至 }}` 印出 12月3日。求和、不重复、议题数也能写。
    """

    def value(self, definition: Definition, counting: Counting) -> Value:
        records = counting.records(definition)
        has_any = counting.index.has_any(definition.kind or "", counting.year)
        if not (records or (has_any and only_year(definition) in (None, counting.year))):
            return Value(definition, counting.year, None)  # nothing is known
        kind, of = KINDS[definition.kind or ""], (definition.conditions or {}).get("类别")
        unheard = bool(of) and not counting.index.falling(kind, None, counting.year, of)
        sensitive = counting.is_sensitive(definition, records)
        as_of = day_in(counting.year, definition.as_of) if definition.as_of else None
        value = Value(definition, counting.year, None, records, sensitive=sensitive, as_of=as_of)
        value = replace(value, unheard=unheard)
        return self.counted(value, counting)

    def counted(self, value: Value, counting: Counting) -> Value:
        """A figure of some records, with its number."""
        times = units.scale(value.definition, counting.settings.vocabulary, value.year)
        return replace(value, number=len(value.records) * times)

    def how(self, definition: Definition) -> str:
        unit = units.one(definition.unit or "")
        counted = "条" if definition.kind == "现状" else unit
        return f"{taken(definition)}，一{counted}{definition.kind}计一{unit}"


class Sum(Count):
    """把各条记录里的一项加起来。`字段` 是记录里的数量（如 `发放资料份数`、`罚没金额`），或者词表“计数”里的名称（如 `悬挂横幅`）。没有写这一项的记录不计入依据。现状的数不要求和；“汇总”的记录也这样加。钱照角分加，没有误差；`小数` 是印几位。

    ```yaml
    - {名称: 发放宣传资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数}
    - {名称: 悬挂宣传横幅, 板块: 法治宣传, 单位: 条, 统计: 求和, 记录: 活动, 字段: 悬挂横幅}
    - {名称: 罚没金额, 板块: 行政执法, 单位: 万元, 统计: 求和, 记录: 案件, 条件: {类别: 行政处罚}, 按日期: 决定日期, 字段: 罚没金额, 小数: 2, 公开: 是}
    ```

    记录里不公开的项（`罚没金额`、`涉及人数`、会议的 `应到` `实到`），合计能不能公开在这里说：写 `公开: 是`，不写的是错误。
    """

    def counted(self, value: Value, counting: Counting) -> Value:
        kind, name = KINDS[value.definition.kind or ""], value.definition.field_name or ""
        amount, together = amount_of(kind, name), _TOGETHER.get(value.definition.measure, sum)
        given = {r: added for r in value.records if (added := amount(r)) is not None}
        if not given and (kind.model is Total or together is not sum):
            return replace(value, records=())  # of what no total tells, there may be any number
        vocabulary = counting.settings.vocabulary
        # A 计数 may have another unit in the year of a record's folder.
        amounts: dict[int, list[int | Decimal]] = defaultdict(list)
        for record, added in given.items():
            amounts[record.year].append(added)
        scaled = (
            Fraction(together(held)) * units.scale(value.definition, vocabulary, year)
            for year, held in amounts.items()
        )
        return replace(value, number=Fraction(together(scaled)), records=tuple(given))

    def how(self, definition: Definition) -> str:
        which = {"求和": "之和"}.get(definition.measure, definition.measure)
        return f"{taken(definition)}的{called(definition.field_name or '')}{which}"

    def is_audited(self, value: Value) -> bool:
        return self.audited and units.places(units.base(value.unit)) == 0

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        return [columns.amounts(value), columns.count(value.records)]


class Greatest(Sum):
    """各条记录里的一项，取最大的：单件最高多少钱，单场最多多少人次。同“求和”一样写；一条也没有写这一项的，是“暂无”。取汇总的，各条的期间要一样长（都是一个月、都是一季度），长短不一的是“暂无”；两年的期间不一样长的，口径不同。敏感记录的不公布。

    ```yaml
    - {名称: 单件最高罚没款, 板块: 行政执法, 单位: 万元, 统计: 最大值, 记录: 案件, 条件: {类别: 行政处罚}, 按日期: 决定日期, 字段: 罚没金额, 小数: 2, 公开: 是}
    ```
    """

    counts_records = audited = False

    def counted(self, value: Value, counting: Counting) -> Value:
        value = super().counted(value, counting)
        return value if len(self.lengths(value)) < 2 else replace(value, number=None, records=())

    def lengths(self, value: Value) -> frozenset[str]:
        fields = (record.fields for record in value.records)
        return frozenset(one.period.length for one in fields if isinstance(one, Total))


class Least(Greatest):
    """同“最大值”，取最小的。

    ```yaml
    - {名称: 单场最少参加, 板块: 法治宣传, 单位: 人次, 统计: 最小值, 记录: 活动, 条件: {类别: 宣传活动}, 字段: 参加人次}
    ```
    """


class Groups(Count):
    """写 `按` 的，把记录按一项分开数。可以按的是取自词表的项：`类别`、`主题`、`普法节点`（活动），`类别`、`结果`、`纠纷类型`、`村`、`来源`、`处罚种类`（案件）等。一条记录有几个词的，各计一次，所以分项加起来可以大于总数；没有填的归入“未填”。

    ```yaml
    - {名称: 矛盾纠纷办理结果, 板块: 矛盾化解, 单位: 起, 统计: 分类, 记录: 案件, 条件: {类别: 矛盾纠纷}, 按: 结果}
    ```

    按不公开的项（`纠纷类型`、`来源`、`处罚种类`、标记等）分的，公开版只有总数，没有分项，叙述稿里也就不能印；要公开的，写 `公开: 是`。`村` 不能这样公开。

    ```yaml
    - {名称: 行政处罚决定, 板块: 行政执法, 单位: 件, 统计: 分类, 记录: 案件, 条件: {类别: 行政处罚}, 按: 处罚种类, 按日期: 决定日期, 公开: 是}
    ```

    一个分项也是一个数：叙述稿写 `{{ 行政处罚决定.罚款 }}`，比率和合计也这样用它。
    """

    def counted(self, value: Value, counting: Counting) -> Value:
        definition, settings = value.definition, counting.settings
        kind = KINDS[definition.kind or ""]
        spec = settings.fields(kind)[definition.by or ""]
        parts_of = grouping(spec, settings)
        parts = Counter(word for record in value.records for word in parts_of(record))
        words = settings.words(
            kind, spec, value.year, named((definition.conditions or {}).get("类别"))
        )
        return _in_parts(super().counted(value, counting), parts, spec, words)

    def how(self, definition: Definition) -> str:
        by = definition.by or ""
        held = KINDS[definition.kind or ""].fields.get(by)
        twice = "，属于几项的各计一次" if held and held.is_list else ""
        return f"{taken(definition)}，按{called(by)}分项{twice}"

    def columns_of_parts(self, value: Value, columns: Columns) -> Places:
        assert value.parts_of
        parts_of = grouping(value.parts_of, columns.settings)
        universe, _ = columns.count(value.records)
        return universe, {r.path: parts_of(r) for r in columns.sensitive(value.records)}


class Itemized(Count):
    """写 `各项` 的，把计数里的几项并列，总数是它们的和。平台月报里的十种处罚，就这样印成一个指标。有一项全年没有写过的，不知道是不是 0，整个指标是“暂无”；确实没有的，记一个 0：

    ```yaml
    - {名称: 行政处罚, 板块: 行政执法, 单位: 件, 统计: 分类, 记录: 汇总, 条件: {类别: 处罚月报}, 各项: [警告件数, 罚款件数, 没收件数]}
    ```
    """

    counts_records = audited = False

    def counted(self, value: Value, counting: Counting) -> Value:
        held = [record.fields.counters or {} for record in value.records]
        items = value.definition.items
        if not all(any(name in each for each in held) for name in items):
            return replace(value, records=())  # an item that nothing tells of is not 0
        parts = {n: sum(int(each.get(n, 0)) for each in held) for n in items}
        number = Fraction(sum(parts.values()))
        spec = KINDS[value.definition.kind or ""].fields["计数"]
        return replace(value, number=number, parts=parts, parts_of=replace(spec, public=True))

    def how(self, definition: Definition) -> str:
        return f"{taken(definition)}的{'、'.join(definition.items)}之和及分项"


class Distinct(Count):
    """一个词不管在几条记录里，只计一次：覆盖多少个村，涉及多少个领域。`字段` 是记录里的词（`村`、`主题`、`普法节点`、标记等）、`承办` 或者 `地点`；条件里写了这一项的词，只数这些词。汇总也可以数：各乡镇各报一条的，`字段: 承办` 数出有几个乡镇；报的数全是 0 的不计。

    ```yaml
    - {名称: 普法覆盖村, 板块: 法治宣传, 单位: 个, 统计: 不重复, 记录: 活动, 条件: {类别: 宣传活动}, 字段: 村}
    - {名称: 办件的乡镇, 板块: 矛盾化解, 单位: 个, 统计: 不重复, 记录: 汇总, 条件: {类别: 平台办件}, 字段: 承办}
    ```
    """

    counts_records = audited = False

    def counted(self, value: Value, counting: Counting) -> Value:
        settings, definition = counting.settings, value.definition
        spec = settings.fields(KINDS[definition.kind or ""])[definition.field_name or ""]
        parts_of = grouping(spec, settings)
        is_total = definition.kind == "汇总"  # one that is all 0 tells that there was nothing
        held = [r for r in value.records if not is_total or any((r.fields.counters or {}).values())]
        said = [record for record in held if parts_of(record) != NOT_SAID]
        found = {word for record in said for word in parts_of(record)}
        if wanted := named((definition.conditions or {}).get(definition.field_name or "")):
            found.intersection_update(wanted)  # of several words of a record, those that are meant
        is_known = said or (not held and (value.records or not is_total))
        number = Fraction(len(found)) if is_known else None
        return replace(value, number=number, records=tuple(said))

    def how(self, definition: Definition) -> str:
        name = definition.field_name or ""
        only = named((definition.conditions or {}).get(name))
        which = f"（只计{'、'.join(only)}）" if only else ""
        records = taken(definition, name) if only else taken(definition)
        return f"{records}涉及的{called(name)}{which}，不重复计"


class AgendaItems(Count):
    """会议的议题一项计一。条件里的 `议题` 说数哪些议题，别的条件说数哪些会议的；`按` 可以写 `主题` 或者 `合法性审查`。

    ```yaml
    - {名称: 研究解决问题, 板块: 组织领导, 单位: 项, 统计: 议题数, 记录: 会议, 条件: {类别: 领导小组会议}}
    - {名称: 审查通过的议题, 板块: 依法决策, 单位: 项, 统计: 议题数, 记录: 会议, 条件: {议题: {合法性审查: 通过}}}
    - {名称: 各主题议题, 板块: 依法决策, 单位: 项, 统计: 议题数, 记录: 会议, 按: 主题}
    ```
    """

    counts_records = audited = False

    def counted(self, value: Value, counting: Counting) -> Value:
        definition = value.definition
        meets = item_test((definition.conditions or {}).get("议题", {}))
        meetings = (record.fields for record in value.records)
        items = [i for m in meetings if isinstance(m, Meeting) for i in m.agenda if meets(i)]
        value = replace(value, number=Fraction(len(items)))
        if not definition.by:
            return value
        spec = specs(AgendaItem)[definition.by]
        parts = Counter(getattr(item, spec.attribute) or "未填" for item in items)
        words = counting.settings.words(KINDS["会议"], spec, value.year)
        return _in_parts(value, parts, spec, words)

    def how(self, definition: Definition) -> str:
        items = met(specs(AgendaItem), (definition.conditions or {}).get("议题", {}))
        which = f"中{'、'.join(items)}的" if items else "的"
        by = f"，按{definition.by}分项" if definition.by else ""
        return f"{taken(definition, '议题')}{which}议题，一项议题计一{definition.unit}{by}"


_TOGETHER: Mapping[str, Callable[[Iterable[Any]], Any]] = {"最大值": max, "最小值": min}


def _in_parts(
    value: Value, parts: Counter[str], spec: FieldSpec, words: Iterable[str] | None
) -> Value:
    """A figure with its parts, the largest first, of the words that there may be."""
    return replace(
        value,
        parts=dict(sorted(parts.items(), key=lambda part: (-part[1], part[0]))),
        parts_of=replace(spec, public=spec.public or value.definition.opened),
        possible=frozenset(words or ()),
    )


COUNTS: Mapping[str, Measure] = {  # by the names in `schema.definition`
    "件数": Count(),
    "求和": Sum(),
    "最大值": Greatest(),
    "最小值": Least(),
    "最新值": Latest(),
    "分类": Parts(),
    "分类（按）": Groups(),
    "分类（各项）": Itemized(),
    "不重复": Distinct(),
    "议题数": AgendaItems(),
    "议题数（按）": AgendaItems(),
}
