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
    """案件从受理到办结平均几天，照两个日期算：当天办结的是 0 天，没有办结的不算。工作日程序不知道，只说天；不写 `小数` 的，不是整数就印两位。`办结日期` 不公开，写 `公开: 是` 才可以。敏感记录的不公布。

    ```yaml
    - {名称: 平均办理天数, 板块: 矛盾化解, 单位: 天, 统计: 平均天数, 记录: 案件, 条件: {类别: 信访}, 按日期: 办结日期, 公开: 是, 小数: 1}
    ```
    """

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
    """办得最久的那件，从受理到办结几天：同“平均天数”一样数，是整数，不写 `小数`。

    ```yaml
    - {名称: 最长办理天数, 板块: 矛盾化解, 单位: 天, 统计: 最长天数, 记录: 案件, 条件: {类别: 信访}, 按日期: 办结日期, 公开: 是}
    ```
    """

    def together(self, days: Collection[int]) -> Fraction:
        return Fraction(max(days))


class ShortestDays(MeanDays):
    """同“最长天数”，数办得最快的那件。

    ```yaml
    - {名称: 最短办理天数, 板块: 矛盾化解, 单位: 天, 统计: 最短天数, 记录: 案件, 条件: {类别: 信访}, 按日期: 办结日期, 公开: 是}
    ```
    """

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
