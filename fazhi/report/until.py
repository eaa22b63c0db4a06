"""Up to which day a number is counted, and up to which its sentence says that it is."""

from datetime import date
from functools import lru_cache

from fazhi import regex as re
from fazhi.figures.selection import day_of
from fazhi.figures.value import Value, Values
from fazhi.report import faults, periods
from fazhi.report.faults import Found
from fazhi.report.periods import UNTIL, WHOLE_YEAR
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.kinds import KINDS


def check(number: Number, value: Value, before: Value | None, values: Values) -> Found:
    """截至12月30日 of a count up to another day, or of a whole year that goes on; 全年 of a part of it."""
    counted = value.counted
    if counted.number is None:
        return
    limit = counted.definition.as_of
    is_part = limit and limit != "12-31" and counted.definition.kind != "现状"
    if is_part and (whole := WHOLE_YEAR.search(number.said)):
        fault = faults.another_day(value.name, whole[0], _in_words(counted.as_of))
        yield number.start(number.said) + whole.start(), fault
        return
    said = next(reversed([*UNTIL.finditer(number.sentence)]), None)
    at = number.start(number.sentence)
    if said is None and (said := UNTIL.match(number.after.lstrip("（(，,"))):
        at = number.at + 1 + len(number.after) - len(number.after.lstrip("（(，,"))
    if said is None:
        said = next(filter(None, map(UNTIL.search, (*number.heads, number.title))), None)
        at = number.at - said.start() if said else at
    if said is None:
        if is_part and not periods.said_of(number, value.year)[1]:
            yield from _unsaid(number, value, values)
        return
    meant = _day(said, number, value, values)
    if meant is None:
        return
    as_of = counted.as_of or date(counted.year, 12, 31)
    if counted.definition.kind == "现状":
        others = {(as_of.month, as_of.day), tuple(map(int, counted.definition.limit.split("-")))}
        is_true = (meant.month, meant.day) in others
    elif limit:
        is_true = meant == as_of
    else:
        held = [] if number.is_last else [value]
        if before and (number.is_last or "同比" in number.wordings):
            held.append(before)
        is_true = meant >= as_of or all(_none_later(one, meant) for one in held)
    if not is_true:
        words = said[0].replace(HIDDEN, "…")
        yield at + said.start(), faults.another_day(value.name, words, _in_words(as_of))


def _in_words(day: date | None) -> str:
    return f"{day.month}月{day.day}日" if day else ""


def _unsaid(number: Number, value: Value, values: Values) -> Found:
    """A count of a part of the year, of which the sentence does not say it."""
    day = value.as_of or value.counted.as_of
    if day is None:
        return
    words = _in_words(day)
    if whole := WHOLE_YEAR.search(number.sentence):
        fault = faults.another_day(value.name, whole[0], words)
        yield number.start(number.sentence) + whole.start(), fault
        return
    if not any(_day(said, number, value, values) == day for said in _all_said(number.text.text)):
        yield number.at, faults.no_day(value.name, words)


@lru_cache(maxsize=2)  # every number of a text asks again
def _all_said(text: str) -> tuple[re.Match[str], ...]:
    """Every day that a text says; one that is said anywhere is not asked for again."""
    return tuple(UNTIL.finditer(text))


def _day(said: re.Match[str], number: Number, value: Value, values: Values) -> date | None:
    """The day that is said, in the value's year where no other is; None of one that there is not."""
    if said["said"]:
        of = values.get(number.day_of)
        return of.as_of if of else None
    span = periods.span(said, int(said["year"] or value.year))
    return span.last if span else None


def _none_later(value: Value, day: date) -> bool:
    """Whether nothing that is counted came after a day: then it was as many on that day of its year."""
    counted = value.counted
    day = date(value.year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    if counted.definition.kind is None:
        return True
    day_in = day_of(KINDS[counted.definition.kind], counted.definition.by_date)
    return all((found := day_in(record)) and found <= day for record in counted.records)
