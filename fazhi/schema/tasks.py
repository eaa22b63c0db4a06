"""The tasks of a year: `records/<year>/tasks.yml`, which a township may keep or not.

A record names the tasks that it furthers by their 编号; what is still missing is in
`report.readiness`.
"""

import re
from dataclasses import dataclass
from dataclasses import field as attribute

from fazhi.schema.fields import Day, Model, Text, field
from fazhi.schema.numerals import chinese_value
from fazhi.schema.spelling import YEAR
from fazhi.schema.words import Name
from fazhi.sources.source import Source

FILE = "tasks.yml"
PATH = re.compile(rf"records/({YEAR})/tasks\.yml", re.ASCII)


class Task(Model):
    """任务: something to be done in a year, and who wants it."""

    number: Name = field("编号", "记录里用的编号，如 25-1", required=True)
    what: Text = field("任务", "要做什么", required=True)
    source: Text | None = field(
        "来源", "哪里来的", note="上年报告里说了的，写成 上年安排第2条、上年不足第1条"
    )
    basis: Text | None = field("文号", "下达它的文件的发文字号")
    post: Text | None = field("责任", "负责的岗位或者单位", note="不写人名")
    due: Day | None = field("期限", "哪一天以前做完")

    @property
    def answers(self) -> tuple[tuple[str, int], ...]:
        """Which items of last year's report its 来源 names: the block, and the place from 1."""
        return tuple(
            (found["block"], int(number) if number.isdecimal() else chinese_value(number) or 0)
            for found in re.finditer(_ANSWERS, self.source or "")
            for number in re.findall(_NUMBER, found["places"])
        )


_NUMBER = r"\d{1,3}|[一二三四五六七八九十]{1,3}"
_ANSWERS = (
    r"上一?年度?(?:报告)?的?(?P<block>安排|不足)"
    rf"(?P<places>第?(?:{_NUMBER})[条项]?(?:[、，,和及](?:第?(?:{_NUMBER})[条项]|第(?:{_NUMBER})))*)"
)
"""上年安排第1条, 上年不足第一条、第二条."""


@dataclass(frozen=True)
class Tasks:
    """The tasks of one year, and the file that says them."""

    listed: tuple[Task, ...]
    source: Source = attribute(repr=False)
