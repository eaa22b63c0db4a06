"""The 条件 of a figure definition: fields that the records have, and words that these may hold."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fazhi.pattern import Pattern
from fazhi.problems.problem import Fault
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import Stated
from fazhi.schema.definition import Definition, named
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import AgendaItem, Kind
from fazhi.schema.periods import last_of_month
from fazhi.schema.township import Settings
from fazhi.schema.words import day_in
from fazhi.sources.source import Key

OF_A_VILLAGE = "各村的数不公开：一个村里的一件事，容易认出是谁"
Found = Iterator[tuple[list[Key], Fault]]
"""What is wrong, and where in the definition."""


def faults(definition: Definition, kind: Kind, settings: Settings) -> Found:
    """Every condition that nothing could meet."""
    fields, held = settings.fields(kind), definition.conditions or {}
    yield from _conditions(settings, kind, fields, held, ["条件"], definition.by_date)
    if "村" in held and "村" in fields and not fields["村"].public:
        yield from _of_a_village(definition, settings)
        if definition.field_name == "村":  # as many villages as there are cases: one in each
            yield ["字段"], unfit_field(OF_A_VILLAGE, "删去条件里的“村”")


def meeting_one(definition: Definition, kind: Kind, settings: Settings) -> str:
    """What of a definition often one record alone meets: its greatest or least, a free text, or days that
    are no whole months, of which one may subtract others; "" of others."""
    if definition.measure in ("最大值", "最小值"):
        return definition.measure
    held = {**(definition.conditions or {}), "截至": {"至": definition.limit}}
    narrow = next(_narrow(settings, kind, settings.fields(kind), held), "")
    return f"{narrow}的{definition.measure}常常" if narrow else ""


def _narrow(
    settings: Settings, kind: Kind, fields: Mapping[str, FieldSpec], held: dict[str, Any]
) -> Iterator[str]:
    for key, wanted in held.items():
        spec, is_span = fields.get(key), isinstance(wanted, dict)
        if wanted in ("有", "无"):
            continue
        if key == "议题" and is_span:
            yield from _narrow(settings, kind, specs(AgendaItem), wanted)
        elif key == "截至" or (spec and spec.is_day):
            if not is_span or not all(_is_of_months(*end) for end in wanted.items()):
                yield f"{key}不是整月"
        elif spec and _allowed(settings, kind, spec, held.get("类别")) is None:
            yield f"指定了{key}"


def _is_of_months(end: str, said: object) -> bool:
    """Whether a day begins a month, or ends it: where no year is said, February ends with its 29th."""
    day = str(said)
    if not _DAY.fullmatch(day):
        return False
    at = day_in(int(day[:-6] or _LEAP), day[-5:])
    return at.day == 1 if end == "自" else at == last_of_month(at.year, at.month)


def _conditions(
    settings: Settings,
    kind: Kind,
    fields: Mapping[str, FieldSpec],
    conditions: object,
    at: list[Key],
    by_date: str | None = None,
) -> Found:
    if not isinstance(conditions, dict):
        yield at, out_of_form("条件应当是几组“字段: 内容”", "写成 {类别: 宣传活动}")
        return
    for key, wanted in conditions.items():
        here = [*at, key]
        if any(counter.name == key for counter in settings.vocabulary.counters):
            message = f"{shown(key)}是计数里的一项，不能当条件"
            yield here, unfit_field(message, "写 计数: 有；要它的数的，用“求和”加起来")
        elif key not in fields:
            message = f"{kind.name}里没有{shown(key)}这个字段"
            yield here, unfit_field(message, did_you_mean(str(key), fields))
        elif key == "议题":
            yield from _conditions(settings, kind, specs(AgendaItem), wanted, here)
        elif fields[key].is_period and not isinstance(wanted, dict):
            message = f"“{key}”是一段时间，条件里写起止"
            yield here, unfit_field(message, "写成 {自: 04-01, 至: 06-30}，整段都在里面的才数")
        elif wanted in ("有", "无"):
            continue
        elif fields[key].is_mapping or fields[key].model:
            yield here, unfit_field(f"“{key}”里有几项，不能拿来比较", "只能写“有”或者“无”")
        elif fields[key].is_number and not fields[key].public:  # an amount would be given away
            message = f"“{key}”不公开，条件里写了数，就说出了是多少"
            yield here, unfit_field(message, "只能写“有”或者“无”")
        elif isinstance(wanted, dict):
            yield from _range(fields[key], wanted, here)
            if key == (by_date or kind.model.leading):
                yield from _within_a_year(wanted, here)
        else:
            allowed = _allowed(settings, kind, fields[key], conditions.get("类别"))
            yield from _words(key, wanted, allowed, here)


def _of_a_village(definition: Definition, settings: Settings) -> Found:
    """A village that the conditions of figures tell from all others: by itself, or by what they have
    apart and in common. The figures before it are looked at, too: who reads one can subtract another."""
    lists: list[set[str]] = []
    for one in settings.definitions:
        if one.kind == definition.kind:
            lists.append({*(named((one.conditions or {}).get("村")) or ())})
        if one is definition:
            break
    before, now = (_told_apart(settings.township.villages, some) for some in (lists[:-1], lists))
    if village := min(now - before, default=""):
        hint = "写几个村，别的指标也写过村的，同它一样，或者一个村也不重；不然删去这个条件"
        message = f"同前面的指标相减，就是{shown(village)}的数。{OF_A_VILLAGE}"
        yield ["条件", "村"], unfit_field(OF_A_VILLAGE if lists[-1] == {village} else message, hint)


def _told_apart(villages: Sequence[str], lists: Sequence[set[str]]) -> set[str]:
    """The villages that are in other lists than any other village is."""
    found = {village: tuple(village in one for one in lists if one) for village in villages}
    alike = Counter(found.values())
    return {village for village, taken in found.items() if alike[taken] == 1 and any(lists)}


def _range(spec: FieldSpec, wanted: dict[str, Any], at: list[Key]) -> Found:
    good = wanted and set(wanted) <= {"自", "至"}
    if not good or not all(_DAY.fullmatch(str(day)) for day in wanted.values()):
        yield at, out_of_form("日期的起止写法不对", "写成 {自: 03-01, 至: 06-30} 或者整个日期")
    elif not (spec.is_day or spec.is_period):
        yield at, unfit_field(f"“{spec.key}”不是日期，不能写起止", "写成词或者词的列表")


def _within_a_year(wanted: dict[str, Any], at: list[Key]) -> Found:
    """Of the date by which a figure takes records into a year, whole dates are of one and the same."""
    years = {str(wanted.get(end, ""))[:-6] for end in ("自", "至")}
    if years != {""} and ("" in years or len(years) > 1):
        message = "指标只数报告的那一年，这一年以外的日期数不到"
        hint = "每年数一段的，写月日，如 03-01；几年加起来的，用“合计”，写“累计自”，如 累计自: 2021"
        yield at, out_of_form(message, hint)


def _words(key: str, wanted: object, allowed: tuple[str, ...] | None, at: list[Key]) -> Found:
    words = wanted if isinstance(wanted, list) else [wanted]
    for index, word in enumerate(words):
        here = [*at, index] if isinstance(wanted, list) else at
        if not isinstance(word, str | int):
            yield here, out_of_form("这里应当是一个词", "写成词或者词的列表")
        elif allowed is not None and str(word) not in allowed:
            hint = did_you_mean(str(word), allowed) or "先把这个词写进 vocabulary.yml"
            yield here, unknown_word(f"“{key}”里没有{shown(word)}这个词", hint)


def _allowed(
    settings: Settings, kind: Kind, spec: FieldSpec, categories: object
) -> tuple[str, ...] | None:
    """The words a field may hold where it is of these 类别; None where it is free text."""
    if spec.fixed:
        return spec.fixed
    named = categories if isinstance(categories, list) else [categories]
    of = None if categories is None else tuple(map(str, named))
    known = settings.words(kind, kind.fields["类别"]) or ()
    if (spec.words in {"结果", "分项"} or spec.is_mark) and not set(of or ()) <= set(known):
        return None  # what an unknown 类别 may hold, nobody knows; it is reported itself
    return settings.words(kind, spec, of=of)


_LEAP = 2024
_DAY = Pattern(r"(?:[12]\d{3}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
out_of_form = Stated("""FZ602: 指标定义写全了，没有用不着的项，条件写得对。

每种统计要用的项不同：件数要“记录”“单位”，求和还要“字段”，比率要“分子”“分母”。
改法：照提示补上或者删去；条件写成 `{类别: 宣传活动}` 这样。
""")

unfit_field = Stated("""FZ612: 指标用到的字段，这种记录里有，而且可以这样用。

能相加的只有数量，而且要是公开的；分项、一个村的、条件里的数也一样，案件、会议的最大值、最小值，条件里写了自由文字、写的日子不是整月的求和，常常是一条的数，指标一印就说出去了；写了 `公开: 仅统计` 的活动、汇总也是。`公开: 否` 扣不下由公开的项算出来的指标，那要写 `印发: 否`。能当日期的只有日期；条件里写错字段名，就一条也数不到。
改法：照提示改字段名；几项的内容（计数、分类、佐证材料）在条件里只写“有”或者“无”。
""")

unknown_word = Stated("""FZ613: 条件里的词，词表里有。

词写错了，指标不会出错，只会一条也数不到，报告里就是 0。
改法：照提示改成词表里的词。
""")
