"""Definitions and records as values: what is counted, how much it is, the records behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from fazhi.figures import faults
from fazhi.figures.conditions import predicate, reader
from fazhi.figures.value import Value, Values
from fazhi.personal import masked
from fazhi.problems.problem import Problem
from fazhi.records.record import Record
from fazhi.schema.fields import FieldSpec
from fazhi.schema.kinds import KINDS, Fields, Kind, Standing
from fazhi.schema.township import Definition, Settings


def compute(
    records: Iterable[Record], settings: Settings, year: int
) -> tuple[Values, list[Problem]]:
    """Every figure that holds in a year, in the order of figures.yml.

    The definitions must have passed `check`.
    """
    return computed(records, settings, [year])[year]


def computed(
    records: Iterable[Record], settings: Settings, years: Iterable[int]
) -> dict[int, tuple[Values, list[Problem]]]:
    """What `compute` gives of each year; the records are sorted once for all."""
    index = _Index(records)
    return {year: _of_year(index, settings, year) for year in years}


def _of_year(index: _Index, settings: Settings, year: int) -> tuple[Values, list[Problem]]:
    problems: list[Problem] = []
    values: Values = {}
    definitions = settings.definitions_in(year)
    for name, (_, definition) in definitions.items():
        if definition.measure != "比率":
            values[name] = _counted(definition, index, settings, year, problems)
    for name, (place, definition) in definitions.items():
        if definition.measure == "比率":
            values[name] = _ratio(definition, values, settings, year, place, problems)
    for name, (_, definition) in definitions.items():
        if definition.beside:
            beside = tuple(values[other] for other in definition.beside if other in values)
            values[name] = replace(values[name], beside=beside)
    return {name: values[name] for name in definitions}, problems


class _Index:
    """All records by what figures first ask for, so that no figure walks over all of them."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._kinds: dict[str, list[Record]] = defaultdict(list)
        self._held: set[tuple[str, int]] = set()
        for record in records:
            self._kinds[record.kind.name].append(record)
            self._held.add((record.kind.name, record.year))
        self._dated: dict[tuple[str, str | None], _Dated] = {}

    def falling(
        self, kind: Kind, by_date: str | None, year: int, categories: object
    ) -> Sequence[Record]:
        """Those of which a date falls in a year; of some 类别, where a condition names them."""
        key = kind.name, by_date
        if key not in self._dated:
            self._dated[key] = _dated(self._kinds[kind.name], _day_of(kind, by_date))
        dated = self._dated[key]
        if isinstance(categories, str) and categories not in ("有", "无"):
            return dated.get((year, categories), ())
        falling = dated.get((year, None), ())
        if isinstance(categories, list):
            words = set(map(str, categories))
            return [record for record in falling if record.fields.category in words]
        return falling

    def has_any(self, kind: str, year: int) -> bool:
        return (kind, year) in self._held


_Dated = dict[tuple[int, object], list[Record]]
"""Records by year, and by year and 类别 (else None)."""


def _dated(records: Iterable[Record], day_of: Callable[[Record], date | None]) -> _Dated:
    found: _Dated = defaultdict(list)
    for record in records:
        if day := day_of(record):
            found[day.year, None].append(record)
            found[day.year, record.fields.category].append(record)
    return found


def _counted(
    definition: Definition, index: _Index, settings: Settings, year: int, problems: list[Problem]
) -> Value:
    assert definition.kind
    kind = KINDS[definition.kind]
    conditions = definition.conditions or {}
    holds = predicate(kind, conditions, settings)
    falling = index.falling(kind, definition.by_date, year, conditions.get("类别"))
    matched = tuple(filter(holds, falling))
    if definition.measure == "最新值" or (definition.measure == "分类" and not definition.by):
        return _latest(definition, matched, settings, year, problems)
    if not matched and not index.has_any(kind.name, year):
        return Value(definition, year, None)
    may_be = matched if kind.name in settings.vocabulary.sensitive_kinds else ()
    sensitive = any(record.is_sensitive(settings) for record in may_be)
    sensitive = sensitive or _is_about_the_sensitive(kind, conditions, settings, year)
    if definition.measure == "求和":
        amount = amount_of(kind, definition.field_name or "")
        given = [(record, added) for record in matched if (added := amount(record)) is not None]
        used = tuple(record for record, _ in given)
        number = Fraction(sum(added for _, added in given))
        private = _is_private(kind, definition.field_name or "", settings, year)
        return Value(definition, year, number, used, sensitive=sensitive, private=private)
    value = Value(definition, year, Fraction(len(matched)), matched, sensitive=sensitive)
    if definition.by:
        spec = kind.fields[definition.by]
        value = replace(value, parts=_grouped(matched, spec, settings), parts_of=spec)
    return value


def _is_about_the_sensitive(
    kind: Kind, conditions: Mapping[str, Any], settings: Settings, year: int
) -> bool:
    """Whether a figure can count none but sensitive records: then its 0 tells of people, too."""
    wanted = conditions.get("类别")
    if wanted in (None, "有", "无"):
        return False
    words = wanted if isinstance(wanted, list) else [wanted]
    found = (settings.vocabulary.category(kind.name, str(word), year) for word in words)
    return all(category is not None and category.sensitive for category in found)


def _grouped(records: Iterable[Record], spec: FieldSpec, settings: Settings) -> dict[str, int]:
    parts_of = grouping(spec, settings)
    parts = Counter(word for record in records for word in parts_of(record))
    return dict(sorted(parts.items(), key=lambda part: (-part[1], part[0])))


def grouping(spec: FieldSpec, settings: Settings) -> Callable[[Record], tuple[str, ...]]:
    """The parts that a record counts in when records are broken down by a field."""
    held_by = reader(spec, settings)

    def parts_of(record: Record) -> tuple[str, ...]:
        held = held_by(record)
        return (held,) if isinstance(held, str) else tuple(held or ("未填",))

    return parts_of


def _latest(
    definition: Definition,
    matched: tuple[Record, ...],
    settings: Settings,
    year: int,
    problems: list[Problem],
) -> Value:
    limit = f"{year}-{definition.as_of or '12-31'}"
    dated = [record for record in matched if record.fields.day.isoformat() <= limit]
    if not dated:
        return Value(definition, year, None)
    latest = max(record.fields.day for record in dated)
    records = tuple(record for record in dated if record.fields.day == latest)
    if len(records) > 1:
        others = "、".join(masked(record.path) for record in records[:-1])
        fault = faults.two_latest(definition.name, str(latest), others)
        problems.append(records[-1].problem(["截止日期"], fault))
    standing = records[-1].fields
    assert isinstance(standing, Standing)
    number = Fraction(standing.total) if standing.total is not None else None
    parts = standing.parts if definition.measure == "分类" else None
    spec = KINDS["现状"].fields["分类"] if parts else None
    sensitive = records[-1].is_sensitive(settings)
    return Value(
        definition, year, number, records[-1:], parts=parts, parts_of=spec, sensitive=sensitive
    )


def _ratio(
    definition: Definition,
    values: Values,
    settings: Settings,
    year: int,
    place: int,
    problems: list[Problem],
) -> Value:
    above = values.get(definition.numerator or "")
    below = values.get(definition.denominator or "")
    if above is None or below is None:  # not defined for this year
        return Value(definition, year, None)
    records = tuple(dict.fromkeys((*below.records, *above.records)))
    sensitive = above.sensitive or below.sensitive
    value = Value(definition, year, None, records, sides=(above, below), sensitive=sensitive)
    if above.number is None or not below.number:
        return value
    numerator, denominator = int(above.number), int(below.number)
    if numerator > denominator:
        fault = faults.above_one(year, definition.name, numerator, denominator)
        problems.append(settings.figures_source.problem([place, "分子"], fault))
    number = Fraction(numerator * 100, denominator)
    return replace(
        value,
        number=number,
        numerator=numerator,
        denominator=denominator,
        private=above.private or below.private,
    )


def _is_private(kind: Kind, name: str, settings: Settings, year: int) -> bool:
    """Whether what is added up is a field or a 计数 that stays inside."""
    if name in kind.fields:
        return not kind.fields[name].public
    counter = settings.vocabulary.counter(name, year)
    return counter is None or not counter.public


def amount_of(kind: Kind, name: str) -> Callable[[Record], int | None]:
    """What a record adds to a sum over a field or a 计数; None where it does not say."""
    if name == "参加人次":  # of an exam it is 参考, which need not be written twice
        return lambda record: _first(record.fields, "attendance", "examined")
    if name in kind.fields:
        attribute = kind.fields[name].attribute
        return lambda record: getattr(record.fields, attribute)
    return lambda record: (record.fields.counters or {}).get(name)


def _first(fields: Fields, *attributes: str) -> Any:
    """The first of the attributes that holds something."""
    held = (getattr(fields, attribute, None) for attribute in attributes)
    return next((value for value in held if value is not None), None)


def _day_of(kind: Kind, key: str | None) -> Callable[[Record], date | None]:
    if key in (None, "日期"):
        return lambda record: record.fields.day
    if key == "结束日期":
        return lambda record: _first(record.fields, "end", "on")
    attribute = kind.fields[key].attribute
    return lambda record: getattr(record.fields, attribute)
