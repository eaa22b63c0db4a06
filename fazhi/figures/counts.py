"""The 统计 that count records, or what is in them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from fazhi.figures.measure import Columns, Counting, Measure, Places, Row
from fazhi.figures.selection import (
    amount_of,
    called,
    days_of,
    grouping,
    item_test,
    met,
    only_year,
    taken,
)
from fazhi.figures.standings import Latest, Parts
from fazhi.figures.value import Value
from fazhi.schema import units
from fazhi.schema.definition import NOT_SAID, Definition, named
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, AgendaItem, Meeting, Total
from fazhi.schema.words import day_in


class Count(Measure):
    """件数: one for each record, up to the day of 截至 where it says one."""

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
    """求和: what the records hold in a field or a 计数, added up; those that do not say it are left out."""

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
        scaled = [
            Fraction(together(held)) * units.scale(value.definition, vocabulary, year)
            for year, held in amounts.items()
        ]
        return replace(value, number=Fraction(together(scaled)), records=tuple(given))

    def how(self, definition: Definition) -> str:
        which = {"求和": "之和"}.get(definition.measure, definition.measure)
        return f"{taken(definition)}的{called(definition.field_name or '')}{which}"

    def is_audited(self, value: Value) -> bool:
        return self.audited and units.places(units.base(value.unit)) == 0

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        return [columns.amounts(value), columns.count(value.records)]


class Greatest(Sum):
    """最大值, 最小值: of totals only where all are of periods of one length."""

    counts_records = audited = False

    def counted(self, value: Value, counting: Counting) -> Value:
        value = super().counted(value, counting)
        return value if len(self.lengths(value)) < 2 else replace(value, number=None, records=())

    def lengths(self, value: Value) -> frozenset[str]:
        fields = (record.fields for record in value.records)
        return frozenset(one.period.length for one in fields if isinstance(one, Total))


class Days(Count):
    """平均天数, 最长天数, 最短天数: from 受理日期 to 办结日期; a case that is open does not count."""

    counts_records = audited = False

    def counted(self, value: Value, counting: Counting) -> Value:
        held = ((record, days_of(record)) for record in value.records)
        days = {record: taken for record, taken in held if taken is not None}
        together = _TOGETHER[value.definition.measure]
        number = Fraction(together(days.values())) if days else None
        return replace(value, number=number, records=tuple(days))

    def how(self, definition: Definition) -> str:
        return f"{taken(definition)}从受理到办结的天数，{definition.measure.removesuffix('天数')}"


class Groups(Count):
    """分类 with 按: a record of several words counts once for each."""

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
    """分类 with 各项: several 计数 side by side; all unknown where nothing tells of one."""

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
    """不重复: a word counts once, in however many records it is."""

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
    """议题数: one for each item of the agendas, with 按 also by what it holds."""

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


_TOGETHER: Mapping[str, Callable[[Collection[Any]], Any]] = {
    "最大值": max,
    "最小值": min,
    "平均天数": lambda days: Fraction(sum(days), len(days)),
    "最长天数": max,
    "最短天数": min,
}


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
    "最小值": Greatest(),
    "平均天数": Days(),
    "最长天数": Days(),
    "最短天数": Days(),
    "最新值": Latest(),
    "分类": Parts(),
    "分类（按）": Groups(),
    "分类（各项）": Itemized(),
    "不重复": Distinct(),
    "议题数": AgendaItems(),
    "议题数（按）": AgendaItems(),
}
