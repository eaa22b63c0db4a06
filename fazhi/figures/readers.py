"""What a record holds, as functions of a record: a field, a date, an amount, the parts it counts in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fazhi.records.record import Record
from fazhi.schema.fields import FieldSpec
from fazhi.schema.kinds import Fields, Kind
from fazhi.schema.township import Settings


def reader(spec: FieldSpec, settings: Settings) -> Callable[[Record], Any]:
    """What a record holds in a field: the 板块 that its 类别 settles, the first of its days."""
    if spec.key == "板块":
        return lambda record: record.section(settings)
    if spec.key == "日期":
        return lambda record: record.fields.day
    return lambda record: getattr(record.fields, spec.attribute)


def day_of(kind: Kind, key: str | None) -> Callable[[Record], date | None]:
    """The date of a record by which a figure takes it into a year."""
    if key in (None, "日期"):
        return lambda record: record.fields.day
    if key == "结束日期":
        return lambda record: _first(record.fields, "end", "on")
    attribute = kind.fields[key].attribute
    return lambda record: getattr(record.fields, attribute)


def amount_of(kind: Kind, name: str) -> Callable[[Record], int | None]:
    """What a record adds to a sum over a field or a 计数; None where it does not say."""
    if name == "参加人次":  # of an exam it is 参考, which need not be written twice
        return lambda record: _first(record.fields, "attendance", "examined")
    if name in kind.fields:
        attribute = kind.fields[name].attribute
        return lambda record: getattr(record.fields, attribute)
    return lambda record: (record.fields.counters or {}).get(name)


def grouping(spec: FieldSpec, settings: Settings) -> Callable[[Record], tuple[str, ...]]:
    """The parts that a record counts in when records are broken down by a field."""
    held_by = reader(spec, settings)

    def parts_of(record: Record) -> tuple[str, ...]:
        held = held_by(record)
        return (held,) if isinstance(held, str) else tuple(held or ("未填",))

    return parts_of


def _first(fields: Fields, *attributes: str) -> Any:
    """The first of the attributes that holds something."""
    held = (getattr(fields, attribute, None) for attribute in attributes)
    return next((value for value in held if value is not None), None)
