"""The narrative as it is typed: what may stand in it, before any number is put in.

Rules: FZ703 template, FZ706 typed number, FZ707 Chinese numeral, FZ708 block of article 24 missing
or empty, FZ709 heading, FZ710 shortcomings without causes, FZ711 HTML or code, FZ712 link, FZ713
issuer, FZ714 words beside a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from fazhi.forms import parse
from fazhi.problems import Problem, Severity, did_you_mean, shown
from fazhi.schema import Day, Model, Text, field
from fazhi.settings import Settings
from fazhi.source import Source, read_record

BLOCKS = {"成效": True, "不足": True, "第一责任人": True, "安排": True, "其他": False}
"""The blocks of article 24 of 督察工作规定, and whether each must be there."""


class ReportMeta(Model):
    """The report's front matter: what its head, its foot and its catalogue entry show."""

    title: Text = field("标题", "报告的全称", public=True, required=True)
    addressee: Text | None = field("主送", "主送机关", public=True)
    issuer: Text = field("署名", "发布机构的标准全称", public=True, required=True)
    number: Text | None = field("文号", "发文字号", public=True)
    index: Text | None = field("索引号", "信息公开索引号", public=True)
    subject: Text | None = field("主题分类", "目录的主题分类", public=True)
    genre: Text | None = field("体裁分类", "目录的体裁分类", public=True)
    written: Day = field("成文日期", "落款的日期", public=True, required=True)
    published: Day | None = field("发布日期", "在网站发布的日期", public=True)
    validity: Text | None = field("有效性", "有效、失效等", public=True)


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


@dataclass(frozen=True)
class Narrative:
    """A year's report as typed."""

    year: int
    meta: ReportMeta
    source: Source

    @property
    def body(self) -> str:
        return self.source.body

    def problem(
        self,
        rule: str,
        offset: int,
        message: str,
        hint: str,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at a character of the body."""
        line, column = self.source.body_at(offset)
        return Problem(self.source.path, line, column, rule, message, hint, severity)


def load(root: Path, year: int) -> tuple[Narrative | None, list[Problem]]:
    """`docs/report/<year>.md`; None without a problem where there is no such file."""
    path = f"docs/report/{year}.md"
    if not (root / path).exists() and not (root / path).is_symlink():
        return None, []
    source, problems = read_record(root / path, path)
    if source is None:
        return None, problems
    meta, faults = parse(ReportMeta, source, source.data)
    if meta is None:
        return None, problems + faults
    return Narrative(year, meta, source), problems


def years(root: Path) -> list[int]:
    """The years that have a narrative."""
    files = (root / "docs" / "report").glob("[12][0-9][0-9][0-9].md")
    return sorted(int(file.stem) for file in files)


def misplaced(root: Path) -> Iterator[Problem]:
    """FZ116: docs/report/ 里只放 <年>.md。"""
    folder = root / "docs" / "report"
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not re.fullmatch(r"[12]\d{3}\.md|\.\w+", file.name, re.ASCII):
            path = file.relative_to(root).as_posix()
            hint = "叙述稿一年一个文件，如 docs/report/2024.md"
            yield Problem(path, 1, 1, "FZ116", "这里只放叙述稿", hint)


_EXPRESSION = re.compile(r"\{\{(?P<inner>(?:[^{}\"'\n]|\"[^\"\n]*\"|'[^'\n]*')*)\}\}")
_STATEMENT = re.compile(r"\{%[^\n]*?%\}|\{#[^\n]*?#\}")
_BRACES = re.compile(
    rf"{_STATEMENT.pattern}|\{{[%#]|%\}}|#\}}|[{{｛]+[^{{}}｛｝\n]*[}}｝]+|[{{}}｛｝]+"
)
_HEADING = re.compile(r"^(#{1,6})[ \t]*(.*?)[ \t]*(?:\{块=([^}\n]*)\})?[ \t]*$", re.MULTILINE)


def expressions(narrative: Narrative) -> list[re.Match[str]]:
    """Every well-formed `{{ … }}` of the body, in order."""
    return list(_EXPRESSION.finditer(narrative.body))


def headings(narrative: Narrative) -> list[Heading]:
    """The headings in order: `##` is level 1."""
    return [
        Heading(
            m.start(), m.start(2), m.end(2), m.end(), len(m[1]) - 1, m[2], m[3] or "", m.start(3)
        )
        for m in _HEADING.finditer(narrative.body)
    ]


def blocks(narrative: Narrative) -> dict[str, tuple[int, int]]:
    """Where each named block's text begins and ends: up to the next heading of its level."""
    found = {}
    every = headings(narrative)
    for place, heading in enumerate(every):
        if heading.block and heading.block not in found:
            later = (h.start for h in every[place + 1 :] if h.level <= heading.level)
            found[heading.block] = (heading.end, next(later, len(narrative.body)))
    return found


def check(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """Every rule about the text as typed."""
    yield from issued_by_the_office(narrative, settings)
    yield from templates(narrative)
    yield from no_html(narrative)
    yield from safe_links(narrative)
    yield from heading_levels(narrative)
    yield from article_24(narrative)
    yield from causes(narrative)
    yield from typed_beside(narrative)
    yield from typed_numbers(narrative, settings)


def issued_by_the_office(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """FZ713: 署名就是 township.yml 里的名称，用标准全称。"""
    name = settings.township.name
    if narrative.meta.issuer != name:
        message = f"署名是{shown(narrative.meta.issuer)}，township.yml 的名称是{shown(name)}"
        yield narrative.source.problem("FZ713", ["署名"], message, "写成一样的标准全称")


def templates(narrative: Narrative) -> Iterator[Problem]:
    """FZ703: 叙述稿里只有 {{ 指标名 }} 和 {{ 指标名 | 措辞 }}，没有别的模板写法。"""
    rest = _blank(narrative.body, _EXPRESSION)
    for heading in headings(narrative):
        if heading.block:
            rest = rest[: heading.title_end].ljust(heading.end, "\x00") + rest[heading.end :]
    for match in _BRACES.finditer(rest):
        message = "{{ 没有写完，或者里面有不许用的写法"
        if set(match[0]) & {"%", "#"}:
            message = f"这里不能写 {match[0][:2]}"
        elif set(match[0]) & {"｛", "｝"}:
            message = "花括号是全角的"
        elif not match[0].startswith("{{"):
            message = "这里有单个的花括号"
        yield narrative.problem(
            "FZ703", match.start(), message, "写成 {{ 指标名 }} 或者 {{ 指标名 | 余 }}"
        )


def no_html(narrative: Narrative) -> Iterator[Problem]:
    """FZ711: 叙述稿是 Markdown 文字，不写 HTML 标签、注释和代码格式。"""
    text = _blank(narrative.body, _EXPRESSION)
    for match in re.finditer(r"<[A-Za-z/!?\x00]", text):
        hint = "删去；小于号写成“小于”"
        yield narrative.problem("FZ711", match.start(), "叙述稿里不写 HTML 标签", hint)
    for match in re.finditer(r"`|^(?: {4}|\t)[ \t]*\S", text, re.MULTILINE):
        hint = "删去反引号，行首不空四格"
        yield narrative.problem("FZ711", match.start(), "叙述稿里不写代码格式", hint)


def safe_links(narrative: Narrative) -> Iterator[Problem]:
    """FZ712: 链接只到 http、https 地址或者本站的网页；不引用图片。"""
    body = narrative.body
    for match in _LINK.finditer(body):
        start = max(body.rfind("[", 0, match.start()), 0)
        is_image = body[start - 1 : start] == "!"
        if is_image or not _SAFE_TARGET.match(match[1] or ""):
            hint = "写成 [文字](https://…)"
            place = start - is_image
            yield narrative.problem("FZ712", place, "这样的链接或图片不能用", hint)


# From the end of a link's text: the text may hold brackets and line ends of its own.
_LINK = re.compile(r"\](?:\([\s<]*([^)\s>]*)|\[|:)")
_SAFE_TARGET = re.compile(r"https?://|(?!/)[\w./-]+\.html?(#|$)|#")


_TYPED_ORDER = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+(?:、|[.．](?!\d))|（\d+）"
)


def heading_levels(narrative: Narrative) -> Iterator[Problem]:
    """FZ709: 标题从 ## 起，不跳级，不自己写序号；{块=…} 写得对，只写一次。"""
    before = 0
    seen: set[str] = set()
    for heading in headings(narrative):
        if not 1 <= heading.level <= 4:
            hint = "一级标题写 ##，二级写 ###，三级 ####，四级 #####；总标题由系统写"
            yield narrative.problem("FZ709", heading.start, "标题的级别不对", hint)
        elif heading.level > before + 1:
            hint = f"这里最多用 {'#' * (before + 2)}"
            yield narrative.problem("FZ709", heading.start, "标题跳了级", hint)
        if not heading.title:
            yield narrative.problem("FZ709", heading.start, "标题是空的", "写上标题")
        if _TYPED_ORDER.match(heading.title):
            message = "标题的序号由系统来编"
            yield narrative.problem("FZ709", heading.title_start, message, "删去手写的序号")
        if heading.block and heading.block not in BLOCKS:
            message = f"没有{shown(heading.block)}这个块"
            hint = did_you_mean(heading.block, BLOCKS)
            yield narrative.problem("FZ709", heading.block_start, message, hint)
        elif heading.block in seen:
            message = f"块{shown(heading.block)}写了两次"
            yield narrative.problem("FZ709", heading.block_start, message, "并到一处")
        if heading.block:
            seen.add(heading.block)
        before = heading.level
    for match in _UNDERLINED.finditer(narrative.body):
        hint = "标题写成“## 标题”；分隔线前面空一行"
        yield narrative.problem("FZ709", match.start(), "这样写标题，系统编不了序号", hint)


_UNDERLINED = re.compile(r"(?<=\S\n)(?:=+|-+)[ \t]*$", re.MULTILINE)


def article_24(narrative: Narrative) -> Iterator[Problem]:
    """FZ708: 报告写明成效、不足、第一责任人、安排四块，都不是空的。

    来源：《法治政府建设与责任落实督察工作规定》第二十四条。
    """
    found = blocks(narrative)
    # A block that is there under a name that heading_levels refuses is not missing as well.
    is_misnamed = any(block not in BLOCKS for block in found)
    for block, required in BLOCKS.items():
        if block not in found:
            if required and not is_misnamed:
                message = f"报告缺少“{block}”这一块"
                hint = f"在写这一块的标题后面加上 {{块={block}}}"
                yield narrative.problem("FZ708", 0, message, hint)
            continue
        start, end = found[block]
        if not _HEADING.sub("", narrative.body[start:end]).strip():
            place = _heading_of(narrative, block)
            yield narrative.problem("FZ708", place, f"“{block}”这一块是空的", "写上内容")


def _heading_of(narrative: Narrative, block: str) -> int:
    return next(heading.start for heading in headings(narrative) if heading.block == block)


def causes(narrative: Narrative) -> Iterator[Problem]:
    """FZ710: 每个不足都写明原因。来源：督察工作规定第二十四条“存在的不足和原因”。"""
    block = blocks(narrative).get("不足")
    if block is None or not narrative.body[block[0] : block[1]].strip():
        return
    start, end = block
    inner = [h for h in headings(narrative) if start <= h.start < end]
    lowest = min((h.level for h in inner), default=0)
    starts = [h for h in inner if h.level == lowest]
    spans = [(start, end)]
    if starts:
        edges = [h.start for h in starts] + [end]
        spans = list(pairwise(edges))
    for first, last in spans:
        if "原因" not in narrative.body[first:last]:
            place = first if starts else _heading_of(narrative, "不足")
            hint = "补上“主要原因是……”"
            yield narrative.problem("FZ710", place, "只写了不足，没有写原因", hint)


_EXEMPT = re.compile(
    r"第\s*\d+\s*[个期批次届名位]|\d+\s*个(?:工作日|月|星期|小时)|"
    r"《[^》\n]*》|“[^”\n]*”|〔\d{4}〕\s*\d+号|第[零一二三四五六七八九十百千\d]+[条章节款项届次]"
    r"|\d{4}\s*[-—–~～至到]\s*\d{4}\s*年(?:度)?|\d{4}\s*年(?:度|\d{1,2}月(?:\d{1,2}日)?)?"
    r"|\d{1,2}月(?:\d{1,2}日)?|\d{4}-\d{2}-\d{2}|https?://[^\s)]+"
)
_HALF_WIDTH = {code + 0xFEE0: code for code in range(0x21, 0x7F) if chr(code) not in "(),:;"}


def typed_numbers(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """FZ706、FZ707: 数字带着量词的，由指标算出，不用手写；汉字的数，提醒核对。

    日期、文号、条款、书名号和引号里的、“安排”一块、固定说法除外；确要照写的用原文。
    """
    text = _blank(narrative.body.translate(_HALF_WIDTH), _EXPRESSION)
    text = _blank(_blank(text, _STATEMENT), _EXEMPT)
    phrases = [word.name for word in settings.vocabulary.phrases]
    if phrases:
        text = _blank(text, re.compile("|".join(map(re.escape, sorted(phrases, key=_longest)))))
    plan = blocks(narrative).get("安排", (len(text), len(text)))
    own = {d.unit for d in settings.definitions if d.unit}
    every = own | {word.name for word in settings.vocabulary.measures} | {"%", "‰"}
    hint = '写成 {{ 指标名 }}；确实要照写的，写 {{ 原文("…", 理由="…") }}'
    for match in _typed(every, r"百分之[零一二三四五六七八九十百点]+|\d[\d,，.]{0,30}", text):
        if not plan[0] <= match.start() < plan[1]:
            message = f"手写了数字{shown(narrative.body[match.start() : match.end()])}"
            yield narrative.problem("FZ706", match.start(), message, hint)
    for match in _typed(
        own, r"(?<![一二三四五六七八九十])[一二两三四五六七八九十百千万亿]{1,20}", text
    ):
        if not plan[0] <= match.start() < plan[1]:
            message = f"手写了数字{shown(narrative.body[match.start() : match.end()])}"
            severity = Severity.WARNING
            yield narrative.problem("FZ707", match.start(), message, hint, severity)


_BEFORE = re.compile(r"(?:[0-9０-９]|超过|不足|将近|约)$")
_AFTER = re.compile(r"余|以上|左右|上下")


def typed_beside(narrative: Narrative) -> Iterator[Problem]:
    """FZ714: 花括号前后不手写数字和“超过”“以上”一类的话，它们会改变数的意思。"""
    for match in expressions(narrative):
        if "原文" in match["inner"]:
            continue
        before = _BEFORE.search(narrative.body[max(match.start() - 4, 0) : match.start()])
        after = _AFTER.match(narrative.body, match.end())
        words = before or after
        if words:
            at = match.start() - len(words[0]) if before else match.end()
            message = f"花括号旁边的{shown(words[0])}会改变这个数的意思"
            hint = "删去，用措辞来说，如 {{ 指标名 | 以上(200) }}"
            yield narrative.problem("FZ714", at, message, hint)


def _typed(units: Iterable[str], number: str, text: str) -> Iterator[re.Match[str]]:
    listed = "|".join(map(re.escape, sorted(units, key=_longest)))
    pattern = rf"(?:百分之[零一二三四五六七八九十百点]+|(?:{number})\s{{0,3}}[余多几]?[十百千万亿]{{0,9}}[余多几]?\s{{0,3}}(?:{listed}))"
    return re.finditer(pattern, text)


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """The text with every match replaced by as many null characters, so that places stay."""
    return pattern.sub(lambda match: "\x00" * len(match[0]), text)
