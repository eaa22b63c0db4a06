"""The period of a total: a year, a half, a quarter, a month, or from one day to another."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from fazhi.schema.spelling import YEAR, plain, several_days

_PERIOD = (
    rf"(?P<year>{YEAR})(?:年度?)?(?:[-第]?(?P<quarter>[一二三四1-4])季度?|-?Q(?P<q>[1-4])"
    r"|(?P<half>[上下])半年|[-/.]?(?P<month>[01]?\d)月?份?(?:(?:[至到~]|-+)"
    rf"(?:(?P<until>{YEAR})[-/.年])?(?P<to>[01]?\d)月?份?)?)?"
)


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`; as text, in the plainest words."""

    first: date
    last: date

    def __str__(self) -> str:
        year, start, end = self.first.year, self.first.month, self.last.month
        if self.last.year == year and (self.first, self.last) == _days(year, start, end):
            match end - start, start:
                case 11, _:
                    return f"{year}年"
                case 5, 1 | 7:
                    return f"{year}年{'上下'[start > 1]}半年"
                case 2, 1 | 4 | 7 | 10:
                    return f"{year}年{'一二三四'[start // 3]}季度"
                case 0, _:
                    return f"{year}年{start}月"
        until = "" if self.last.year == year else f"{self.last.year}年"
        return f"{year}年{start}月{self.first.day}日至{until}{end}月{self.last.day}日"

    @property
    def length(self) -> str:
        """How long it is: in months, or in days where it is no whole months."""
        first, last = self.first, self.last
        months = (last.year - first.year) * 12 + last.month - first.month + 1
        is_whole = first.day == 1 and last == last_of_month(last.year, last.month)
        return f"{months}个月" if is_whole else f"{(last - first).days + 1}天"


def _days(year: int, start: int, end: int) -> tuple[date, date]:
    return date(year, start, 1), last_of_month(year, end)


def last_of_month(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=500)  # most totals share their periods with others
def span_of(text: str) -> Span | None:
    """What a period says, however it is spelt; None where it is none."""
    found = re.fullmatch(_PERIOD, re.sub(r"\s", "", plain(text)))
    if not found:
        first, last = several_days(text) or ("", "")
        return Span(date.fromisoformat(first), date.fromisoformat(last)) if first else None
    year, start, end = int(found["year"]), 1, 12
    if quarter := found["quarter"] or found["q"]:
        start = "一二三四1234".index(quarter) % 4 * 3 + 1
        end = start + 2
    elif half := found["half"]:
        start, end = (1, 6) if half == "上" else (7, 12)
    elif month := found["month"]:
        start = int(month)
        end = int(found["to"] or month)
    until = int(found["until"] or year)
    if not (1 <= start <= 12 and 1 <= end <= 12 and (year, start) <= (until, end)):
        return None
    return Span(_days(year, start, start)[0], _days(until, end, end)[1])


def _period(value: object) -> object:
    span = span_of(str(value)) if isinstance(value, str | int) else None
    if span is None:
        hint = "写成 2024-03、2024年一季度、2024年，或者 2024-01-01至2024-11-30"
        raise PydanticCustomError("form", "应当是一段时间", {"hint": hint})
    return span


Period = Annotated[Span, PlainValidator(_period), PlainSerializer(str)]
