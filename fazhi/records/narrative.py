"""The narrative: a year's report as it is typed, its headings and its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator

from fazhi.problems.problem import Fault, Problem
from fazhi.schema.fields import Day, Model, Text, field
from fazhi.schema.numerals import NUMERALS, chinese_value
from fazhi.schema.spelling import YEAR
from fazhi.schema.validation import parse
from fazhi.sources import faults
from fazhi.sources.left_behind import looks_copied
from fazhi.sources.source import Source, read_record
from fazhi.sources.text import apart
from fazhi.sources.tree import Tree

BLOCKS = {"成效": True, "不足": True, "第一责任人": True, "安排": True, "其他": False}
"""The blocks of article 24 of 督察工作规定, and whether each must be there."""
DRAFT: Final = "草稿"
PUBLISHED: Final = "已发布"
State = Literal["草稿", "已审核", "已发布"]
"""How far a report has come, in this order."""


Addressee = Annotated[Text, AfterValidator(lambda text: text.rstrip("：: ") or text)]
"""主送机关, without the colon that is printed behind it."""


class Step(Model):
    """流程: who brought the report how far, on which day. It stays in the office."""

    state: State = field("状态", "到了哪一步", required=True)
    day: Day = field("日期", "哪一天", required=True)
    post: Text = field("岗位", "经办或者审核的岗位", required=True, note="不写人名")
    opinion: Literal["主动公开", "依申请公开", "不予公开"] | None = field(
        "意见", "公开审查的意见", note="审核、发布要写"
    )


class Correction(Model):
    """更正: why figures differ from what was published. The values are computed, not typed."""

    day: Day = field("日期", "更正的日期", public=True, required=True)
    figures: tuple[Text, ...] = field(
        "指标", "更正的是哪些指标", public=True, many=True, note="只改文字的不写"
    )
    what: Text = field("说明", "更正了什么", public=True, required=True)
    why: Text = field("原因", "为什么更正", public=True, required=True)
    approved_by: Text = field("批准", "批准的岗位", public=True, required=True, note="不写人名")


class ReportMeta(Model):
    """The report's front matter: what its head, its foot and its catalogue entry show."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        "发布日期": "写在“流程”里“状态: 已发布”的那一步；还没有发布的，整行删去",
        "正文": "写在第二行 --- 的下面",
    }
    title: Text = field("标题", "报告的全称", public=True, required=True)
    addressee: Addressee | None = field("主送", "主送机关", public=True)
    issuer: Text = field("署名", "发布机构的标准全称", public=True, required=True)
    number: Text | None = field("文号", "发文字号", public=True)
    index: Text | None = field("索引号", "信息公开索引号", public=True)
    subject: Text | None = field("主题分类", "目录的主题分类", public=True)
    genre: Text | None = field("体裁分类", "目录的体裁分类", public=True)
    written: Day = field("成文日期", "落款的日期", public=True, required=True)
    validity: Text | None = field("有效性", "有效、失效等", public=True)
    annex: Literal["全部指标", "无"] = field(
        "附件", "稿子后面附不附全部指标的表", public=True, otherwise="无"
    )
    steps: tuple[Step, ...] = field("流程", "起草、审核、发布的经过", many=True)
    corrections: tuple[Correction, ...] = field("更正", "发布以后的更正", public=True, many=True)
    reused: Text | None = field(
        "沿用", "许多句子同上一年、别处的一样的理由", note="检查提醒了，确实没有变的才写"
    )

    @property
    def state(self) -> State:
        """How far it has come: its last step; without one it is a draft."""
        return self.steps[-1].state if self.steps else DRAFT

    @property
    def published(self) -> date | None:
        """发布日期: the day it was first published."""
        return next((step.day for step in self.steps if step.state == PUBLISHED), None)


@dataclass(frozen=True)
class Heading:
    """A heading of the narrative: where it stands, its level (1 for 一、), its block."""

    start: int
    title_start: int
    title_end: int
    end: int
    level: int
    title: str
    block: str
    block_start: int


@dataclass(frozen=True, eq=False)
class Narrative:
    """A year's report as typed."""

    year: int
    meta: ReportMeta
    source: Source

    @property
    def body(self) -> str:
        return self.source.body

    def problem(self, offset: int, fault: Fault) -> Problem:
        """A fault at a character of the body."""
        line, column = self.source.body_at(offset)
        return Problem(self.source.path, line, column, *fault)


def load(tree: Tree, year: int) -> tuple[Narrative | None, list[Problem]]:
    """`docs/report/<year>.md`; None without a problem where there is no such file."""
    path = path_of(year)
    if tree.type_of(path) is None:
        return None, []
    source, problems = read_record(tree, path)
    if source is None:
        return None, problems
    problems += apart(path, source.body, source.text, source.body_at(0))
    meta, found = parse(ReportMeta, source, source.data)
    if meta is None:
        return None, problems + found
    return Narrative(year, meta, source), problems


def path_of(year: int) -> str:
    """Where a year's narrative is."""
    return f"{_FOLDER}/{year}.md"


def years(tree: Tree) -> list[int]:
    """The years that have a narrative."""
    files = (_OF_A_YEAR.fullmatch(entry.name) for entry in tree.entries(_FOLDER))
    return [int(file[1]) for file in files if file]


def year_of(path: str) -> int | None:
    """The year of which a path is the narrative."""
    folder, _, name = path.rpartition("/")
    found = _OF_A_YEAR.fullmatch(name)
    return int(found[1]) if found and folder == _FOLDER else None


def misplaced(tree: Tree) -> Iterator[Problem]:
    """What is in docs/report/ and is no narrative of a year."""
    for name, _ in tree.entries(_FOLDER):
        if not _OF_A_YEAR.fullmatch(name):
            hint = "叙述稿一年一个文件，如 docs/report/2024.md"
            if looks_copied(name):
                hint = "多余的副本，删去；要留的，移到别处"
            fault = faults.misplaced("这里只放叙述稿", hint)
            yield Problem(f"{_FOLDER}/{name}", 1, 1, *fault)


_FOLDER = "docs/report"
_OF_A_YEAR = re.compile(rf"({YEAR})\.md", re.ASCII)
EXPRESSION = re.compile(r"\{\{(?P<inner>(?:[^{}\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*)\}\}")
"""A well-formed `{{ … }}`."""
STATEMENT = re.compile(r"\{%[^\n]{0,200}?%\}|\{#[^\n]{0,200}?#\}")
"""A statement or comment of a template, which a narrative may not have."""
HEADING = re.compile(
    r"^(#{1,6})[ \t]*(|.*?[^ \t\n])[ \t]*(?:\{块=([^{}\n]*)\}[ \t]*)?$", re.MULTILINE
)
"""A heading: its signs, its title, its block."""


def expressions(narrative: Narrative) -> list[re.Match[str]]:
    """Every well-formed `{{ … }}` of the body, in order."""
    return list(EXPRESSION.finditer(narrative.body))


def typed_decimals(narrative: Narrative) -> Iterator[tuple[re.Match[str], str, str, int]]:
    """Each expression that says with how many decimals a figure, or its 同比, is printed."""
    form = r"(\w+)[^|]*\|\s*(小数|同比)\s*(?:\(\s*(\d)\s*\))?"
    for match in expressions(narrative):
        if found := re.fullmatch(form, match["inner"].strip()):
            yield match, found[1], found[2], int(found[3] or 1)


def decimals(narrative: Narrative, wording: str) -> dict[str, int]:
    """By the figure's name what its first 小数(…) or 同比(…) says."""
    typed = reversed([*typed_decimals(narrative)])
    return {name: number for _, name, given, number in typed if given == wording}


def headings(narrative: Narrative) -> list[Heading]:
    """The headings in order: `##` is level 1."""
    return headings_of(narrative.body)


def headings_of(body: str) -> list[Heading]:
    """Those of a body."""
    return [
        Heading(
            m.start(), m.start(2), m.end(2), m.end(), len(m[1]) - 1, m[2], m[3] or "", m.start(3)
        )
        for m in HEADING.finditer(body)
    ]


_ORDER = re.compile(
    r"[（(](?:(?:[一二三四五六七八九]?十)?[一二三四五六七八九十]|\d{1,2})[)）]、?\s*|[①-⑳]\s*"
    r"|(?P<number>(?:[一二三四五六七八九]?十)?[一二三四五六七八九]|[一二三四五六七八九]?十)\s*[、．.]\s*"
    r"|(?P<digits>\d{1,2})\s*[、．.)）]\s*"
)
_YEAR = re.compile(r"(?:19|20)\d\d年")


def typed_orders(found: list[Heading]) -> Iterator[tuple[Heading, str]]:
    """The headings that are typed with their numbers, each with what is typed: 一、 or （一）.

    Where another number follows, it may be 一、二级干部: a heading's own number only where that is its
    place, and another heading beside it is numbered.
    """
    beside: dict[int, list[tuple[Heading, re.Match[str] | None]]] = {}
    groups = []
    for heading in found:
        for level in [level for level in beside if level > heading.level]:
            del beside[level]
        if heading.level not in beside:
            groups.append(beside.setdefault(heading.level, []))
        beside[heading.level].append((heading, _ORDER.match(heading.title)))
    for group in groups:
        sure = [order for heading, order in group if order and not _goes_on(order)]
        for place, (heading, order) in enumerate(group, 1):
            if order and (order in sure or (sure and _value(order) == place)):
                yield heading, order[0]


def _goes_on(order: re.Match[str]) -> bool:
    """Whether what looks like an order goes on as a number does."""
    rest = order.string[order.end() :]
    if order["digits"]:
        return not order[0][-1].isspace() and rest[:1].isdigit() and not _YEAR.match(rest)
    return bool(order["number"] and rest[:1] in NUMERALS)


def _value(order: re.Match[str]) -> int | None:
    is_date = order["digits"] and order[0][-1] in ".．"  # or 1.5倍
    return None if is_date else int(order["digits"] or chinese_value(order["number"]) or 0)


def blocks(narrative: Narrative) -> dict[str, tuple[int, int]]:
    """Where each named block's text begins and ends: up to the next heading of its level."""
    found, still_open = {}, list[Heading]()
    for heading in headings(narrative):
        while still_open and heading.level <= still_open[-1].level:
            ended = still_open.pop()
            found[ended.block] = (ended.end, heading.start)
        if heading.block and heading.block not in found:
            found[heading.block] = (heading.end, len(narrative.body))
            still_open.append(heading)
    return found
