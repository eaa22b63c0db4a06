"""The narrative: a year's report as it is typed, its headings and its blocks."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from fazhi.pattern import Pattern
from fazhi.problems.problem import Fault, Problem
from fazhi.schema.faults import not_of_the_list
from fazhi.schema.fields import Day, Model, Text, as_text, field, public
from fazhi.schema.spelling import YEAR
from fazhi.schema.township import Settings
from fazhi.schema.validation import parse
from fazhi.schema.words import ANNUAL, ANNUAL_REPORT, TextType
from fazhi.sources import faults
from fazhi.sources.left_behind import looks_copied
from fazhi.sources.source import Place, Source, read_record
from fazhi.sources.text import apart
from fazhi.sources.tree import Tree

NONE = "无"  # what a catalogue says of an index or a number that a text does not have
DRAFT: Final = "草稿"
PUBLISHED: Final = "已发布"
PUBLIC: Final = "主动公开"  # the one opinion with which a report may be published
State = Literal["草稿", "已审核", "已发布"]  # how far a report has come, in this order
Addressee = Annotated[Text, AfterValidator(lambda text: text.rstrip("：: ") or text)]
"""主送机关, without the colon that is printed behind it."""
_FOLDER = "docs/report"
_OF_A_YEAR = re.compile(rf"({YEAR})\.md", re.ASCII)
EXPRESSION = Pattern(r"\{\{(?P<inner>(?:[^{}\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*)\}\}")
"""A well-formed `{{ … }}`."""
STATEMENT = Pattern(r"\{%[^\n]{0,200}?%\}|\{#[^\n]{0,200}?#\}")
"""A statement or comment of a template, which a narrative may not have."""


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

    day: Day = public("日期", "更正的日期", required=True)
    figures: tuple[Text, ...] = public("指标", "更正的是哪些指标", many=True, note="只改文字的不写")
    what: Text = public("说明", "更正了什么", required=True)
    why: Text = public("原因", "为什么更正", required=True)
    approved_by: Text = public("批准", "批准的岗位", required=True, note="不写人名")


def _issuers(value: object) -> object:
    """A name, or the names of those who issue together: as typed, since a lock knows it so."""
    typed = value if isinstance(value, list) else [value]
    if {*map(type, typed)} - {str, int, type(None)} or not 0 < len(typed) == len({*typed}):
        hint = "一个单位只写名称，几个单位写成 [甲, 乙]，一个写一次"
        raise PydanticCustomError("form", "应当是一个名称，或者几个不同的", {"hint": hint})
    names = tuple(map(as_text, typed))
    return names if isinstance(value, list) else names[0]


class ReportMeta(Model):
    """The report's front matter: what its head, its foot and its catalogue entry show."""

    elsewhere: ClassVar[Mapping[str, str]] = {
        "发布日期": "写在“流程”里“状态: 已发布”的那一步；还没有发布的，整行删去",
        "正文": "写在第二行 --- 的下面",
    }
    title: Text = public("标题", "报告的全称", required=True)
    text_type: Text = public("文种", "年度报告，或者词表里的", otherwise=ANNUAL)
    addressee: Addressee | None = public("主送", "主送机关")
    issuer: Annotated[str | tuple[str, ...], BeforeValidator(_issuers)] = public(
        "署名", "发布机构的标准全称", required=True, note="联合发文的写成 [甲, 乙]"
    )
    published_by: Text | None = public("发布机构", "目录里的发布机构，不是署名的才写")
    number: Text | None = public("文号", "发文字号")
    index: Text | None = public("索引号", "信息公开索引号")
    subject: Text | None = public("主题分类", "目录的主题分类")
    genre: Text | None = public("体裁分类", "目录的体裁分类")
    written: Day = public("成文日期", "落款的日期", required=True)
    validity: Text | None = public("有效性", "有效、失效等")
    annex: Literal["全部指标", "无"] = public("附件", "稿子后面附不附全部指标的表", otherwise="无")
    listed: dict[Text, Text | None] = public("目录", "township.yml 的目录里另加的项", otherwise={})
    steps: tuple[Step, ...] = field("流程", "起草、审核、发布的经过", many=True)
    corrections: tuple[Correction, ...] = public("更正", "发布以后的更正", many=True)
    reused: Text | None = field(
        "沿用", "许多句子同上一年、别处的一样的理由", note="检查提醒了，确实没有变的才写"
    )

    @property
    def issuers(self) -> tuple[str, ...]:
        """Who signs, in order."""
        return (self.issuer,) if isinstance(self.issuer, str) else self.issuer

    @property
    def publishers(self) -> tuple[str, ...]:
        """发布机构 of the catalogue: who signs, unless another is named."""
        return (self.published_by,) if self.published_by else self.issuers

    @property
    def document_number(self) -> str:
        """发文字号 as the document has it: nothing where the catalogue says 无."""
        return "" if self.number in (None, NONE) else self.number

    @property
    def state(self) -> State:
        """How far it has come: its last step; without one it is a draft."""
        return self.steps[-1].state if self.steps else DRAFT

    @property
    def opinion(self) -> str | None:
        """What 公开审查 says of it: the opinion of its last step."""
        return self.steps[-1].opinion if self.steps else None

    @property
    def is_draft(self) -> bool:
        """Whether it is printed as a draft: nobody approved of it, or not of making it public."""
        return self.state == DRAFT or self.opinion not in (None, PUBLIC)

    @property
    def published(self) -> date | None:
        """发布日期: the day it was first published."""
        return next((step.day for step in self.steps if step.state == PUBLISHED), None)


@dataclass(frozen=True, eq=False)
class Narrative:
    """A year's report as typed."""

    year: int
    meta: ReportMeta
    source: Source
    text_type: TextType = ANNUAL_REPORT

    @property
    def body(self) -> str:
        return self.source.body

    def problem(self, place: Place, fault: Fault) -> Problem:
        """A fault of this narrative."""
        return self.source.problem(place, fault)


def load(
    tree: Tree, year: int, settings: Settings | None
) -> tuple[Narrative | None, list[Problem]]:
    """`docs/report/<year>.md`; None without a problem where there is no such file."""
    path = path_of(year)
    if tree.type_of(path) is None:
        return None, []
    source, problems = read_record(tree, path)
    if source is None:
        return None, problems
    problems += apart(path, source.body, source.text, source.at(0))
    meta, found = parse(ReportMeta, source, source.data)
    if meta is None:
        return None, problems + found
    text_type = settings.vocabulary.text_type(meta.text_type, year) if settings else ANNUAL_REPORT
    if settings and text_type is None:
        known = (ANNUAL, *(t.name for t in settings.vocabulary.text_types if t.holds_in(year)))
        fault = not_of_the_list("文种", meta.text_type, known, may_be_left_out=True)
        return None, [*problems, source.problem(["文种"], fault)]
    return Narrative(year, meta, source, text_type or ANNUAL_REPORT), problems


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
            yield Problem(f"{_FOLDER}/{name}", 1, 1, *faults.misplaced("这里只放叙述稿", hint))


def expressions(narrative: Narrative) -> list[re.Match[str]]:
    """Every well-formed `{{ … }}` of the body, in order."""
    return list(EXPRESSION.finditer(narrative.body))


def typed_decimals(narrative: Narrative) -> Iterator[tuple[re.Match[str], str, str, int | None]]:
    """Each expression that says with how many decimals a figure, or its 同比, is printed; None of a 同比
    that leaves it to the figure."""
    form = r"(\w+)[^|]*\|\s*(小数|同比)\s*(?:\(\s*(\d)?[^()]*\))?"
    for match in expressions(narrative):
        if found := re.fullmatch(form, match["inner"].strip()):
            yield match, found[1], found[2], int(found[3]) if found[3] else None


def decimals(narrative: Narrative, wording: str) -> dict[str, int | None]:
    """By the figure's name what its first 小数(…) or 同比(…) says."""
    typed = reversed([*typed_decimals(narrative)])
    return {name: number for _, name, given, number in typed if given == wording}
