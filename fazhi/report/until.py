"""Up to which day a number is counted, and up to which its sentence says that it is."""

from __future__ import annotations

import re
from datetime import date

from fazhi.figures.selection import day_of
from fazhi.figures.value import Value, Values
from fazhi.report import faults
from fazhi.report.changes import Found, part_said
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.kinds import KINDS
from fazhi.schema.periods import last_of_month

_UNTIL = re.compile(
    r"截[至止][于到]?(?:(?P<year>\d{4})年|[今本]年|当年)?"
    rf"(?:(?P<month>\d{{1,2}})月(?:份?[底末]|(?P<day>\d{{1,2}})[日号])?|(?P<end>年?[底末])|(?P<said>{HIDDEN}))"
)
_WHOLE_YEAR = re.compile("全年|一年来|年内|本年度")


def check(number: Number, value: Value, values: Values) -> Found:
    """截至12月30日 of a count up to another day, or of a whole year that goes on; 全年 of a part of it."""
    counted = (value, *value.sides)[-1]
    if counted.number is None:
        return
    said = next(reversed([*_UNTIL.finditer(number.sentence)]), None)
    at = number.sentence_at
    if said is None and (said := _UNTIL.match(number.after.lstrip("（(，,"))):
        at = number.at + 1 + len(number.after) - len(number.after.lstrip("（(，,"))
    limit = counted.definition.as_of
    if said is None:
        is_part = limit and limit != "12-31" and counted.definition.kind != "现状"
        if is_part and not part_said(number)[1]:
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
        is_true = meant >= as_of or _none_later(counted, meant)
    if not is_true:
        day = f"{as_of.month}月{as_of.day}日"
        yield at + said.start(), faults.another_day(value.name, said[0].replace(HIDDEN, "…"), day)


def _unsaid(number: Number, value: Value, values: Values) -> Found:
    """A count of a part of the year, of which the sentence does not say it."""
    day = value.as_of or (value.sides[-1].as_of if value.sides else None)
    if day is None:
        return
    words = f"{day.month}月{day.day}日"
    if whole := _WHOLE_YEAR.search(number.sentence):
        fault = faults.another_day(value.name, whole[0], words)
        yield number.sentence_at + whole.start(), fault
        return
    around = [*_UNTIL.finditer(number.before), *_UNTIL.finditer(number.after)]
    if not any(_day(said, number, value, values) == day for said in around):
        yield number.at, faults.no_day(value.name, words)


def _day(said: re.Match[str], number: Number, value: Value, values: Values) -> date | None:
    """The day that is said, in the value's year where no other is; None of one that there is not."""
    if said["said"]:
        of = values.get(number.day_of)
        return of.as_of if of else None
    year = int(said["year"] or value.year)
    month = int(said["month"] or 12)
    try:
        day = said["day"]
        return date(year, month, int(day)) if day else last_of_month(year, month)
    except ValueError:
        return None


def _none_later(counted: Value, day: date) -> bool:
    """Whether nothing that is counted came after a day: then it was as many on that day."""
    if counted.definition.kind is None:
        return True
    day_in = day_of(KINDS[counted.definition.kind], counted.definition.by_date)
    return all((found := day_in(record)) and found <= day for record in counted.records)
