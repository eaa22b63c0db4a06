"""All figures of each year: the measures applied to the definitions, and what goes beside a figure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache

from fazhi.figures import faults
from fazhi.figures.counts import COUNTS, Count
from fazhi.figures.measure import Counting
from fazhi.figures.measures import comparable, measure_of
from fazhi.figures.selection import Index, day_of, unknown_words
from fazhi.figures.value import Value, Values
from fazhi.figures.within import twins
from fazhi.figures.wording import plain
from fazhi.personal import masked
from fazhi.problems.problem import Problem
from fazhi.records.record import Record
from fazhi.rules.conditions import meeting_one, unfit_field
from fazhi.schema.definition import OF_LAST, Definition
from fazhi.schema.every_kind import Publicity
from fazhi.schema.kinds import KINDS, Total
from fazhi.schema.periods import last_of_month
from fazhi.schema.township import Settings
from fazhi.schema.words import day_in


def computed(
    records: Iterable[Record], settings: Settings, years: Iterable[int]
) -> dict[int, tuple[Values, list[Problem]]]:
    """Every figure that holds in each year, in the order of figures.yml, and what is wrong with it.

    The definitions must have passed `check`.
    """
    index = Index(records)
    return {year: _of_year(index, settings, year) for year in years}


def _of_year(index: Index, settings: Settings, year: int) -> tuple[Values, list[Problem]]:
    counting, definitions = _counting(index, settings, year)
    for definition in definitions:
        counting.value_of(definition.name)
    values = {definition.name: counting.values[definition.name] for definition in definitions}
    for definition in definitions:
        _not_of_one(values[definition.name], counting)
        if definition.beside:
            beside = tuple(values[other] for other in definition.beside if other in values)
            values[definition.name] = replace(values[definition.name], beside=beside)
        part, whole = values[definition.name], values.get(definition.whole or "")
        if whole and None not in (part.number, whole.number) and part.base > whole.base:
            message = f"{year}年“{part.name}”是 {plain(part)}，属于“{whole.name}”，却比它的 {plain(whole)} 多"
            hint = "核对两个指标的条件和记录；不是它的一部分的，删去“属于”"
            counting.problem(definition, "属于", faults.above_one(message, hint))
        other = values.get(definition.equal or "")
        if other and None not in (part.number, other.number) and part.base != other.base:
            message = (
                f"{year}年“{part.name}”是 {plain(part)}，同“{other.name}”的 {plain(other)} 不一样"
            )
            hint = "核对两个指标的记录；数的不是同一批事的，删去“等于”"
            counting.problem(definition, "等于", faults.above_one(message, hint))
    return values, counting.problems


def _not_of_one(value: Value, counting: Counting) -> None:
    """Report a number that often is one record's, where it counts a record that is not told by itself."""
    definition, settings = value.definition, counting.settings
    key = "字段" if definition.field_name else "各项"
    if definition.opened or not (definition.field_name or definition.items):
        return
    can_be_opened = "公开" in definition.spec.may
    of_one = can_be_opened and meeting_one(definition, KINDS[definition.kind or ""], settings)
    for record in value.records if of_one else ():
        is_told = record.publicity(settings) is Publicity.FULL or record.is_sensitive(settings)
        if not is_told and record.fields.publicity_limit is Publicity.FULL:
            message = f"{of_one}是一条{definition.kind}的数，{masked(record.path)} 写了 公开: {record.fields.publish}"
            hint = "能公开的，在这个指标里写 公开: 是；不能的，删去这个指标"
            return counting.problem(definition, key, unfit_field(message, hint))


def _counting(index: Index, settings: Settings, year: int) -> tuple[Counting, Sequence[Definition]]:
    """What counts the figures of a year, each when it is first asked for; and their definitions."""
    counting = Counting(index, settings, year)
    definitions = [definition for _, definition in settings.definitions_in(year).values()]
    by_name = {definition.name: definition for definition in definitions}
    same = twins(settings.definitions)

    def count(name: str) -> Value | None:
        if name not in by_name:
            return None
        value = measure_of(by_name[name]).value(by_name[name], counting)
        unknown = unknown_words(by_name[name], settings, year)
        counting.values[name] = replace(value, unknown=unknown) if unknown else value
        # A year without records ends what is equal to a sum with last year's: 年末 = 上年末 + 新增.
        same_as = same[name] if index.holds(year) else ()
        own, others = counting.values[name], [other for other in same_as if other != name]
        alike = (one for one in map(counting.value_of, others) if one and one.number == own.number)
        if others and any(one.sensitive for one in alike):
            counting.values[name] = replace(own, sensitive=True)
        return counting.values[name]

    def last(name: str) -> Value | None:
        now, before = counting.value_of(name), counting.of(year - 1).value_of(name)
        if before is None:
            return None
        definition = before.definition.model_copy(update={"name": f"{name}{OF_LAST}"})
        is_alike = now is not None and comparable(now, before)
        number = before.number if is_alike else None
        return replace(before, definition=definition, number=number)

    counting.count, counting.last = count, last
    counting.of = cache(lambda other: _counting(index, settings, other)[0])
    return counting, definitions


def monthly(value: Value, settings: Settings, written: date) -> Sequence[Fraction | None]:
    """What a year's figure is in each of its months, None for one that was not over when the text was
    written, that is not counted to its end, or of which no total tells; nothing where records are
    of longer than a month."""
    definition, year = value.definition, value.year
    measure, kind = COUNTS[definition.spec.name], KINDS[definition.kind or ""]
    day, of_month = day_of(kind, definition.by_date), defaultdict[int, list[Record]](list)
    for record in value.records:
        fields, at = record.fields, day(record)
        assert at
        if isinstance(fields, Total) and fields.period.first.month != at.month:
            return ()  # how much of a quarter was in which month, nobody knows
        of_month[at.month].append(record)
    last, unknown = min(written, day_in(year, definition.limit)), kind.model is Total
    counting, found = Counting(Index(()), settings, year), list[Fraction | None]()
    for month in range(1, 13):
        within = replace(value, number=None, records=tuple(of_month[month]))
        is_told = last_of_month(year, month) <= last and (within.records or not unknown)
        assert isinstance(measure, Count)
        number = measure.counted(within, counting).number if within.records else Fraction(0)
        found.append(number if is_told else None)
    return found
