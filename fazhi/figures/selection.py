"""Which records a figure takes, and what each of them holds: a field, a date, an amount, its parts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from fazhi.records.record import Record
from fazhi.schema.definition import NOT_SAID, Definition, named
from fazhi.schema.every_kind import Fields
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, AgendaItem, Case, Kind
from fazhi.schema.periods import Span
from fazhi.schema.township import Settings


class Index:
    """All records by what figures first ask for, so that no figure walks over all of them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._kinds: dict[str, list[Record]] = defaultdict(list)
        self._folders: set[tuple[str, int]] = set()
        for record in records:
            self._kinds[record.kind.name].append(record)
            self._folders.add((record.kind.name, record.year))
        # By kind and date: the records by year, and by year and 类别 (else None).
        self._dated: dict[tuple[str, str | None], dict[tuple[int, object], list[Record]]] = {}
        self._stood: dict[tuple[Record, date], Record] = {}

    def holds(self, year: int) -> bool:
        """Whether a record lies in the folder of a year."""
        return any(held == year for _, held in self._folders)

    def falling(
        self, kind: Kind, by_date: str | None, year: int, categories: object
    ) -> Sequence[Record]:
        """Those of which a date falls in a year, as they stood at its end; of some 类别, where a
        condition names them."""
        key = kind.name, by_date
        if key not in self._dated:
            self._dated[key] = defaultdict(list)
            day_in = day_of(kind, by_date)
            for record in self._kinds[kind.name]:
                if day := day_in(record):
                    stood = self.as_of(record, date(day.year, 12, 31))
                    self._dated[key][day.year, None].append(stood)
                    self._dated[key][day.year, record.fields.category].append(stood)
        dated, words = self._dated[key], named(categories)
        if words and len(words) == 1:
            return dated.get((year, words[0]), ())
        falling = dated.get((year, None), ())
        return falling if words is None else [r for r in falling if r.fields.category in words]

    def as_of(self, record: Record, day: date) -> Record:
        """A record as it stood at the end of a day: the same one to every figure that asks."""
        stood = record.as_of(day)
        return stood if stood is record else self._stood.setdefault((record, day), stood)

    def has_any(self, kind: str, year: int) -> bool:
        """Whether any record of a kind is in a year's folder."""
        return (kind, year) in self._folders


# What a record holds


def _reader(spec: FieldSpec, settings: Settings) -> Callable[[Record], Any]:
    """What a record holds in a field: the 板块 that its 类别 settles, the first of its days."""
    if spec.key == "板块":
        return lambda record: record.section(settings)
    if spec.is_mark:
        return lambda record: (record.fields.marks or {}).get(spec.key, ())
    return attrgetter("fields.day" if spec.key == "日期" else f"fields.{spec.attribute}")


def day_of(kind: Kind, key: str | None) -> Callable[[Record], date | None]:
    """The date of a record by which a figure takes it into a year."""
    if key == "结束日期":
        return lambda record: _first(record.fields, "end", "on")
    return attrgetter(
        "fields.day" if key in (None, "日期") else f"fields.{kind.fields[key].attribute}"
    )


def amount_of(kind: Kind, name: str) -> Callable[[Record], int | Decimal | None]:
    """What a record adds to a sum over a field or a 计数; None where it does not say."""
    if name == "参加人次":  # of an exam it is 参考, which need not be written twice
        return lambda record: _first(record.fields, "attendance", "examined")
    if name in kind.fields:
        return attrgetter(f"fields.{kind.fields[name].attribute}")
    return lambda record: (record.fields.counters or {}).get(name)


def days_of(record: Record, *, is_decided: bool = False) -> int | None:
    """The days from when a case was accepted to when it was closed, or decided; None of one that is not."""
    case = record.fields
    if not isinstance(case, Case):
        return None
    done = case.decided if is_decided else case.closed
    return (done - case.accepted).days if done else None


def grouping(spec: FieldSpec, settings: Settings) -> Callable[[Record], tuple[str, ...]]:
    """The parts that a record counts in when records are broken down by a field."""
    held_by = _reader(spec, settings)

    def parts_of(record: Record) -> tuple[str, ...]:
        held = held_by(record)
        return (held,) if isinstance(held, str) else tuple(held or NOT_SAID)

    return parts_of


def _first(fields: Fields, *attributes: str) -> Any:
    held = (getattr(fields, attribute, None) for attribute in attributes)
    return next((value for value in held if value is not None), None)


# The 条件 of a definition


def unknown_words(definition: Definition, settings: Settings, year: int) -> frozenset[str]:
    """The words of its conditions, and the 计数 it sums, that no record of a year may have."""
    kind, name = KINDS.get(definition.kind or ""), definition.field_name
    if kind is None:
        return frozenset()
    conditions = dict(definition.conditions or {})
    categories, fields = named(conditions.get("类别")), settings.fields(kind)
    items = [(fields[key], wanted) for key, wanted in conditions.items()]
    if agenda := conditions.get("议题"):
        items += [(specs(AgendaItem)[key], wanted) for key, wanted in agenda.items()]
    found = {
        word
        for spec, wanted in items
        if (known := settings.words(kind, spec, year, categories)) is not None
        for word in named(wanted) or ()
        if word not in known
    }
    summed = [name] if name and name not in fields else []
    counters = (*summed, *definition.items)
    found.update(n for n in counters if not settings.vocabulary.counter(n, year))
    return frozenset(found)


def only_year(definition: Definition) -> int | None:
    """The year of which a figure's conditions leave some days, and of no other; None of no such one."""
    leading = KINDS[definition.kind or ""].model.leading
    limits = (definition.conditions or {}).get(definition.by_date or leading)
    whole = str(limits.get("自", ""))[:-6] if isinstance(limits, dict) else ""
    return int(whole) if whole else None


def predicate(
    kind: Kind, conditions: Mapping[str, Any], settings: Settings
) -> Callable[[Record], bool]:
    """Whether a record meets every condition."""
    tests = [
        (
            _reader(settings.fields(kind)[key], settings),
            _some_item(wanted) if key == "议题" else _test(wanted),
        )
        for key, wanted in conditions.items()
        if key != "类别" or named(wanted) is None  # the index gives no others
    ]
    if len(tests) == 1:  # as most are
        ((only_held_by, only_test),) = tests
        return lambda record: only_test(only_held_by(record))
    return lambda record: all(test(held_by(record)) for held_by, test in tests)


def _some_item(conditions: Mapping[str, Any]) -> Callable[[Any], bool]:
    """Whether one item of an agenda meets every condition."""
    meets = item_test(conditions)
    return lambda items: any(map(meets, items))


def item_test(conditions: Mapping[str, Any]) -> Callable[[AgendaItem], bool]:
    """Whether an item of an agenda meets every condition."""
    fields = specs(AgendaItem)
    tests = [(fields[key].attribute, _test(wanted)) for key, wanted in conditions.items()]
    return lambda item: all(test(getattr(item, attribute)) for attribute, test in tests)


def _test(wanted: Any) -> Callable[[Any], bool]:
    if wanted == "有":
        return lambda held: held not in (None, ())
    if wanted == "无":
        return lambda held: held in (None, ())
    if isinstance(wanted, dict):
        return _within(wanted.get("自", "01-01"), wanted.get("至", "12-31"))
    words = {*(named(wanted) or ())}
    return lambda held: (
        not words.isdisjoint(held) if isinstance(held, tuple) else str(held) in words
    )


def _within(first: str, last: str) -> Callable[[date | Span | None], bool]:
    """A date, or a whole period, between two; each is a whole date, or a month and day of any year."""

    def holds(held: date | Span | None) -> bool:
        ends = (held.first, held.last) if isinstance(held, Span) else (held, held)
        begins, ended = (day.isoformat() if day else "" for day in ends)
        is_one_year = len(first) == len(begins) or begins[:4] == ended[:4]
        return is_one_year and begins[-len(first) :] >= first and ended[-len(last) :] <= last

    return holds


def in_order(wanted: Any) -> Any:
    """Conditions written one way: the order of words, any of which will do, changes nothing."""
    if isinstance(wanted, dict):
        return {key: in_order(value) for key, value in wanted.items()}
    if isinstance(wanted, list):
        words = sorted({*map(str, wanted)})
        return words[0] if len(words) == 1 else words
    return str(wanted)


# In the language of people

_DONE = {"受理日期": "受理", "办结日期": "办结", "决定日期": "作出决定"}
_FALLS = _DONE | {"截止日期": "统计", "起始日期": "开始、跨几天", "结束日期": "结束"}
_NAMES = {"会议": ("会", "会议"), "案件": ("案", "案件"), "活动": ("活动", "行动")}
_CALLED = {"承办": "承办单位"} | {
    name: f"{name}人数" for name in ("应考", "参考", "合格", "应到", "实到")
}
_ENDS = {"自": "起", "至": "止"}
_INSIDE = ("标题", "依据", "结论", "沿用")  # free text that may tell of a single case


def taken(definition: Definition, *unsaid: str) -> str:
    """The records that a figure takes: 全年办结、结果为调解成功的矛盾纠纷案件."""
    kind, given = KINDS[definition.kind or ""], definition.conditions or {}
    wanted = {key: given[key] for key in given if key not in unsaid}
    standing, by = definition.spec.standing, definition.by_date or kind.model.leading
    when, falls = ("年内", "最后一次统计") if standing else ("全年", _FALLS.get(by, ""))
    span = None if by == "结束日期" else wanted.get(by)  # which one that has but a day lacks
    if definition.limit != "12-31":
        when = f"年初至{_day(definition.limit)}"
    elif isinstance(span, dict) and len(span) == 2:
        when, span = f"{_day(span['自'])}至{_day(span['至'])}", "有"
    if span == "有":
        del wanted[by]  # it goes without saying now
    if words := named(wanted.get("类别")):
        del wanted["类别"]
    name = "、".join(map(_word, words or ()))
    said = "、".join(filter(None, [falls, *met(kind.fields, wanted)]))
    is_whole = name.endswith(_NAMES.get(kind.name, kind.name)) or (words and standing)
    return f"{when}{said}{said and '的'}{name}{'' if is_whole else kind.name}"


def met(fields: Mapping[str, FieldSpec], conditions: Mapping[str, Any]) -> list[str]:
    """What is so of all that meets some conditions, one by one."""
    found = []
    for key, wanted in conditions.items():
        name = called(key)
        if key == "议题":
            items = met(specs(AgendaItem), wanted)
            is_topic = [*wanted] == ["主题"] and named(wanted["主题"])
            found.append(f"议题含{items[0][3:]}" if is_topic else f"有议题{'且'.join(items)}")
        elif wanted in ("有", "无"):
            done = _DONE.get(key)
            found.append(f"{'已' if wanted == '有' else '未'}{done}" if done else wanted + name)
        elif isinstance(wanted, dict):
            ends = [f"{end}{_day(wanted[end])}{_ENDS[end]}" for end in _ENDS if end in wanted]
            found.append(name + "".join(ends))
        elif key in _INSIDE:
            found.append(f"{name}为指定内容")
        else:
            holds = "含" if key in fields and fields[key].is_list else "为"
            found.append(f"{name}{holds}{'或'.join(map(_word, named(wanted) or ()))}")
    return found


def called(name: str) -> str:
    """A field or a 计数 as it is called where it does not stand beside its number."""
    return _CALLED.get(name, name)


def _word(word: str) -> str:
    """A word of a condition, in quotation marks where it could be taken for words around it."""
    return f"“{word}”" if word in ("是", "否", "有", "无") or {*word} & {*"、或且"} else word


def _day(written: object) -> str:
    """06-30 as 6月30日; a whole date with its year."""
    *years, month, day = map(int, str(written).split("-"))
    return "".join(f"{year}年" for year in years) + f"{month}月{day}日"
