"""How many days cases took: the measures made of the two dates of each."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi.figures.counts import Count
from fazhi.figures.measure import Counting, Measure
from fazhi.figures.selection import taken
from fazhi.figures.value import Value
from fazhi.records.record import Record
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import Case


class MeanDays(Count):
    """平均天数: from 受理日期 to 办结日期; a case that is open does not count."""

    counts_records = audited = False

    def counted(self, value: Value, counting: Counting) -> Value:
        held = ((record, days_of(record)) for record in value.records)
        days = {record: taken for record, taken in held if taken is not None}
        number = self.together(days.values()) if days else None
        return replace(value, number=number, records=tuple(days))

    def together(self, days: Collection[int]) -> Fraction:
        """One number of the days that each case took."""
        return Fraction(sum(days), len(days))

    def how(self, definition: Definition) -> str:
        return f"{taken(definition)}从受理到办结的天数，{definition.measure.removesuffix('天数')}"


class LongestDays(MeanDays):
    """最长天数."""

    def together(self, days: Collection[int]) -> Fraction:
        return Fraction(max(days))


class ShortestDays(MeanDays):
    """最短天数."""

    def together(self, days: Collection[int]) -> Fraction:
        return Fraction(min(days))


def days_of(record: Record, *, is_decided: bool = False) -> int | None:
    """The days from when a case was accepted to when it was closed, or decided; None of one that is not."""
    case = record.fields
    if not isinstance(case, Case):
        return None
    done = case.decided if is_decided else case.closed
    return (done - case.accepted).days if done else None


DAYS: Mapping[str, Measure] = {  # by the names in `schema.definition`
    "平均天数": MeanDays(),
    "最长天数": LongestDays(),
    "最短天数": ShortestDays(),
}
