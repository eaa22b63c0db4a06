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
from fazhi.schema.items import AgendaItem
from fazhi.schema.kinds import KINDS, Kind
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

    def falling(
        self, kind: Kind, by_date: str | None, year: int, categories: object
    ) -> Sequence[Record]:
        """Those of which a date falls in a year; of some 类别, where a condition names them."""
        key = kind.name, by_date
        if key not in self._dated:
            self._dated[key] = defaultdict(list)
            day_in = day_of(kind, by_date)
            for record in self._kinds[kind.name]:
                if day := day_in(record):
                    self._dated[key][day.year, None].append(record)
                    self._dated[key][day.year, record.fields.category].append(record)
        dated, words = self._dated[key], named(categories)
        if words and len(words) == 1:
            return dated.get((year, words[0]), ())
        falling = dated.get((year, None), ())
        return falling if words is None else [r for r in falling if r.fields.category in words]

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


def grouping(spec: FieldSpec, settings: Settings) -> Callable[[Record], tuple[str, ...]]:
    """The parts that a record counts in when records are broken down by a field."""
    held_by = _reader(spec, settings)

    def parts_of(record: Record) -> tuple[str, ...]:
        held = held_by(record)
        return (held,) if isinstance(held, str) else tuple(held or NOT_SAID)

    return parts_of


def _first(fields: Fields, *attributes: str) -> Any:
    """The first of the attributes that holds something."""
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


def in_words(conditions: Mapping[str, Any]) -> str:
    """Conditions as a citizen may read them."""
    parts = []
    for key, wanted in conditions.items():
        if key == "议题":
            parts.append(f"有一项议题{in_words(wanted)}")
        elif wanted in ("有", "无"):
            parts.append(f"{'已填' if wanted == '有' else '未填'}“{key}”")
        elif isinstance(wanted, dict):
            parts.append(f"“{key}”自 {wanted.get('自', '年初')} 至 {wanted.get('至', '年末')}")
        else:
            parts.append(f"“{key}”为" + "或".join(f"“{word}”" for word in named(wanted) or ()))
    return "、".join(parts)


def in_order(wanted: Any) -> Any:
    """Conditions written one way: the order of words, any of which will do, changes nothing."""
    if isinstance(wanted, dict):
        return {key: in_order(value) for key, value in wanted.items()}
    if isinstance(wanted, list):
        words = sorted({*map(str, wanted)})
        return words[0] if len(words) == 1 else words
    return str(wanted)
