"""What figures that are added up have in common: a record, or a matter, that would count twice; and a
total of several years, which stands for each of them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from fazhi.figures.measure import Counting
from fazhi.figures.value import Value
from fazhi.personal import masked
from fazhi.records.record import Record
from fazhi.schema.definition import OF_LAST, Definition
from fazhi.schema.kinds import Total

_ONE_A_RECORD = {"件数", "分类"}


def found(added: Sequence[Value]) -> tuple[str, str, str] | None:
    """Two of the figures and what both count: a record, or the period of a total and a record in it."""
    for one, other in combinations(_leaves(added), 2):
        common = _common(one, other)
        if common:
            return one.name, other.name, common
    return None


def told_of_year(definition: Definition, counting: Counting, first: int) -> Definition:
    """What is added up of a year: without what is not known where a total of several years stands for it,
    and without totals of earlier years alone."""

    def known(name: str, of_year: Counting) -> Value | None:
        value = of_year.value_of(name)
        return value if value and value.number is not None else None

    def is_of_before(name: str) -> bool:
        earlier = map(counting.of, range(counting.year - 1, first - 1, -1))
        newest = next(filter(None, (known(name, year) for year in earlier)), None)
        return bool(newest and newest.begins < newest.year)

    told = {name: known(name, counting) for name in definition.added}
    is_for_all = any(one.begins < one.year for one in told.values() if one)
    own = tuple(name for name, one in told.items() if one or not (is_for_all or is_of_before(name)))
    return definition.model_copy(update={"added": own or definition.added})


def _leaves(values: Iterable[Value]) -> Iterator[Value]:
    """The figures that sums are made of in the end."""
    for value in values:
        added = value.definition.added
        if added:
            is_over_years = value.definition.first_year is not None
            yield from _leaves(s for s in value.sides if is_over_years or s.name in added)
        else:
            yield value


def _figure(value: Value) -> str:
    return value.name.removesuffix(OF_LAST)


def _whole(value: Value) -> str:
    return _figure(value).partition(".")[0]


def _common(one: Value, other: Value) -> str:
    ours, theirs = one.definition, other.definition
    if one.year == other.year and _figure(one) == _figure(other):
        return "同一个指标"
    if ours.kind == "现状" and one.year == other.year and _whole(one) == _whole(other):
        return ""  # two parts of one: nobody is in both
    if ours.kind == theirs.kind:
        if ours.measure in _ONE_A_RECORD and theirs.measure in _ONE_A_RECORD:
            is_alike = not (ours.items or theirs.items)
        else:
            is_alike = ours.measure == theirs.measure and ours.field_name == theirs.field_name
        held = [{record.path for record in value.records} for value in (one, other)]
        both = held[0] & held[1] if is_alike else ()
        return masked(min(both)) if both else ""
    totals, single = (one, other) if ours.kind == "汇总" else (other, one)
    return _within(totals.records, single.records) if totals.definition.kind == "汇总" else ""


def _within(totals: Iterable[Record], singles: Iterable[Record]) -> str:
    """A single record that falls in the period of a total of the same 类别."""
    spans = [(t.fields.category, t.fields.period) for t in totals if isinstance(t.fields, Total)]
    for record in singles:
        for category, span in spans:
            if record.fields.category == category and span.first <= record.fields.day <= span.last:
                return masked(record.path)
    return ""
