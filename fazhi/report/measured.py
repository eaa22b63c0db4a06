"""What words make of a figure: its share or rate, how much there is of it in each record, how long they took."""

from collections.abc import Callable
from fractions import Fraction

from fazhi.figures.selection import amount_of, days_of
from fazhi.figures.value import Value, Values
from fazhi.pattern import Pattern
from fazhi.records.record import Record
from fazhi.report.among import weight
from fazhi.report.parts import breakdowns, stem
from fazhi.rules.narrative.names import shared
from fazhi.schema.kinds import KINDS

_SHARE = Pattern("占[^，,]*(?:比例|比重)|占比|(?<![成同环对])比[例重]$")
_RATE = Pattern(r"(?P<what>[^，,]{2,12})率$")
_EACH = Pattern("[场次件起]均|平均每?[场次件起]|每[场次件起](?P<of>[^，,]{1,12})?平均|^平均")
_DAYS = Pattern(
    "平均[^，,]*(?:天数|时间|时长|用时|耗时|周期)|(?:办[理结]|审[查结]|调[解处]|处理)(?:天数|时间|时长|用时|周期)$|用时$"
)


def is_measured(subject: str) -> bool:
    """Whether words tell of another measure than a number itself."""
    return any(one.search(subject) for one in (_SHARE, _RATE, _EACH, _DAYS))


def as_said(subject: str, value: Value, values: Values) -> Value | None:
    """A figure as the subject of a change measures it: itself where that says no other measure; None
    where the records do not tell."""
    if value.unit == "%" or not is_measured(subject):
        return value
    if value.number is None or value.definition.measure in ("比值", "平均天数"):
        return value
    if _SHARE.search(subject):
        return _share(subject, value, values)
    if rate := _RATE.search(subject):
        return _rate(rate["what"], value)
    return _days(subject, value) if _DAYS.search(subject) else _mean(subject, value)


def _made(value: Value, what: str, unit: str, number: Fraction) -> Value:
    definition = value.definition.model_copy(
        update={
            "name": f"{value.name}的{what}".replace(f".{what[:-1]}的", "的"),
            "unit": unit,
            "decimals": 2 - (unit == "%"),
        }
    )
    return Value(definition, value.year, number, value.records, sensitive=value.sensitive)


def _share(subject: str, value: Value, values: Values) -> Value | None:
    """The share of a part in its whole, or that which is a figure of its own."""
    shares = [one for one in values.values() if one.is_share and one.sides[0].name == value.name]
    if len(shares) == 1:
        return shares[0]
    for whole in breakdowns(value, values):
        named = [part for part in whole.parts or () if stem(part) in subject]
        if not named and value.part_name in (whole.parts or ()):
            named = [value.part_name]
        part = whole.part(named[0]) if len(named) == 1 else None
        if part and part.number is not None and whole.number:
            return _made(part, "占比", "%", part.number * 100 / whole.number)
    return None


def _rate(what: str, value: Value) -> Value | None:
    """The share of the cases that have come to something, where all of them have come to an end."""
    cases, asked = value.cases, value.definition.conditions or {}
    outcomes = {case.outcome for case in cases if what.endswith(case.outcome)}
    if not outcomes or "结果" in asked or any(case.is_open for case in cases):
        return None
    met = sum(case.outcome in outcomes for case in cases)
    return _made(value, f"{min(outcomes)}率", "%", Fraction(met * 100, len(cases)))


def _mean(subject: str, value: Value) -> Value | None:
    """So much of what the subject names in each record, or of what a sum adds up."""
    held = value.definition
    kind = KINDS.get(held.kind or "")
    own = held.field_name if held.measure == "求和" else None
    of = _EACH.search(subject)
    if kind is None or not value.records or value.part_name or (own and of and of["of"]):
        return None
    named = amounts_named(subject[of.start() if of else 0 :], value.records[0])
    key, unit = named[0] if named else (own or "", value.unit)
    if not key or own not in (None, key):
        return None
    amounts = [amount_of(kind, key)(record) for record in value.records]
    if all(amount is None for amount in amounts):
        return None
    number = sum((Fraction(amount or 0) for amount in amounts), Fraction(0)) / len(amounts)
    return _made(value, "平均数" if own else f"平均{key}", unit, number)


def amounts_named(said: str, record: Record) -> list[tuple[str, str]]:
    """The amounts of a record that words name, with their units, those that they name best first."""
    counters = getattr(record.fields, "counters", None) or {}
    units = {key: spec.units[0] for key, spec in record.kind.fields.items() if spec.units}
    found = sorted((-shared(key, said), key) for key in (*units, *counters))
    return [(key, units.get(key, "")) for share, key in found if share <= -_TOLD]


_TOLD = 2  # pairs of a field's name that tell which it is


def _days(subject: str, value: Value) -> Value | None:
    """The mean of the days that cases took."""
    taken = days_taken(value, is_decided="决定" in subject)
    if not taken or "平均" not in subject or "工作日" in subject:
        return None
    return _made(value, "平均天数", "天", Fraction(sum(taken), len(taken)))


def days_taken(value: Value, *, is_decided: bool = False) -> list[int]:
    """The days that each of its cases took to be done, or decided."""
    every = (days_of(record, is_decided=is_decided) for record in value.records)
    return [taken for taken in every if taken is not None]


def counts_in(ratio: Value, is_of_it: Callable[[Record], bool]) -> list[Fraction] | None:
    """The two counts of a ratio over some of its records."""
    counts = list[Fraction]()
    for side in ratio.sides:
        if side.definition.measure not in ("件数", "求和"):
            return None
        chosen = filter(is_of_it, side.records)
        counts.append(sum(map(weight(side), chosen), Fraction(0)))
    return counts if len(counts) > 1 and counts[1] else None
