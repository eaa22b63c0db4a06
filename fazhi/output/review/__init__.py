"""审核单: what the office above looks at in a report that is not out yet, on one page.

It leaves the office with the draft: it shows what the public edition shows, and of 流程 nothing but
how far the report has come.
"""

import re
from collections.abc import Iterator

from fazhi.output import numbers
from fazhi.output.official import DRAFTED, content_policy
from fazhi.output.pages.report import catalogue
from fazhi.output.templates import beside
from fazhi.output.view import View, chinese_date
from fazhi.records.headings import HEADING, blocks, headings
from fazhi.records.narrative import DRAFT, Narrative
from fazhi.report.readiness.tables import Cell, Part, lines
from fazhi.report.rendering import Rendered
from fazhi.rules.deadlines import deadlines
from fazhi.rules.narrative import form
from fazhi.schema.township import CATALOGUE, Settings

NAME = "审核单.html"
MET, UNMET, OPEN = "✓ 有", "✗ 缺", "○ 待办"
BOX = "□"  # to be ticked on paper
_ARTICLE_24 = "督察工作规定第二十四条"
_ASKED = {
    "成效": "上一年的主要举措和成效",
    "不足": "存在的不足",
    "第一责任人": "党政主要负责人履行第一责任人职责的情况",
    "安排": "下一年的主要安排",
    "其他": "其他需要说明的",
}
"""What article 24 asks for, by the block that holds it."""

Row = tuple[Cell, ...]


def page(view: View) -> str:
    """The sheet as a file that needs no other, and no script. Raises NotRendered, as `parts`."""
    templates = beside(__file__)
    style = templates.get_template("review.css").render()
    title, *notes = head(view)
    return templates.get_template("review.html").render(
        policy=content_policy(style, scripts=False),
        style=style,
        title=title,
        tail=view.tail,
        notes=notes,
        parts=parts(view),
    )


def text(view: View) -> Iterator[str]:
    """The same for a terminal."""
    yield from head(view)
    for part in parts(view):
        yield from lines(part)


def head(view: View) -> list[str]:
    """Which report it is, of whom, and what it must not be taken for."""
    meta = view.narrative.meta
    issued = f"{'、'.join(meta.issuers)}，{chinese_date(meta.written)}"
    draft = f"{DRAFT}：{DRAFTED}" if view.watermark else ""
    sample = view.settings.township.sample_notice("本报告")
    return [f"审核单：{meta.title}", issued, *filter(None, (draft, sample))]


def parts(view: View) -> list[Part]:
    """All that is to be looked at. Raises NotRendered for a narrative with problems."""
    narrative, table, rendered = view.narrative, view.figure_table, view.rendered
    assert rendered
    asked = [*_blocks(narrative, view.settings), *_of_county(view, narrative)]
    figures = [(*map(str, row), BOX) for row in table.rows]
    typed = [(*one, BOX) for one in rendered.typed]
    due = ("事项", "最后一天", "结果", "依据")
    return [
        Part("要求", "法规和县里要求的", ("要求", "结果", "在哪里", "依据"), asked, ""),
        Part("期限", "各在哪一天以前", due, [*_due(view, narrative)], ""),
        Part("数", table.caption, (*table.head, "核对"), figures, "没有。", "", table.numeric),
        Part(
            "约数",
            "正文不印准确的数的，准确是多少",
            ("正文印作", "准确的数", "指标", "核对"),
            [*_rounded(view, rendered)],
            "没有：正文印的都是准确的数。",
        ),
        Part(
            "手写的数",
            "不是由记录算出的，为什么",
            ("正文", "理由", "核对"),
            typed,
            "没有：正文的数都由记录算出。",
        ),
    ]


def _blocks(narrative: Narrative, settings: Settings) -> Iterator[Row]:
    """The blocks of the text, each with the heading below which it stands."""
    found, typed, kind = blocks(narrative), headings(narrative), narrative.text_type
    tops = [heading for heading in typed if heading.level == 1]
    for block, required in kind.wanted.items():
        where = [
            kind.ordinal(1, tops.index(one) + 1) + one.title if one in tops else one.title
            for one in typed
            if one.block == block
        ]
        texts = [HEADING.sub("", narrative.body[a:b]).strip() for a, b in found.get(block, ())]
        is_written = any(texts) and not any("待写" in text for text in texts)
        result = MET if is_written else UNMET if required else "可以没有"
        source = _ARTICLE_24 if kind.is_annual else f"{kind.name}要写的"
        yield _ASKED.get(block, block), result, "；".join(where), source
    if kind.is_annual:
        is_met = not any(form.causes(narrative, settings))
        yield "每个不足的原因", MET if is_met else UNMET, "“不足”一块", _ARTICLE_24


def _of_county(view: View, narrative: Narrative) -> Iterator[Row]:
    """What the catalogue of the county's website asks for, and that the report was reviewed."""
    township, source = view.settings.township, "信息公开目录"
    held = catalogue(narrative.meta, township)
    for row in township.catalogue or CATALOGUE:
        value = "、".join(held.get(row, ()))
        missing = OPEN if row == "发布日期" else UNMET
        yield row, MET if value else missing, value, source
    reviewed = UNMET if view.watermark else MET
    yield "公开审查", reviewed, view.watermark or narrative.meta.state, "政府信息公开条例第十七条"
    sample = UNMET if township.is_sample else MET
    yield "真实的记录", sample, "示例数据" if township.is_sample else "", "县里要求的"


def _due(view: View, narrative: Narrative) -> Iterator[Row]:
    """Each deadline, and whether it was kept; of 流程 the day of publication alone is public."""
    for one in deadlines(narrative, view.settings):
        is_done, day = one.done is not None, narrative.meta.published
        late = day and one.done == day and day > one.last_day
        result = "✗ 晚了" if late else "✓ 办了" if is_done else OPEN
        yield one.what, chinese_date(one.last_day), result, one.source


def _rounded(view: View, rendered: Rendered) -> Iterator[Row]:
    """What the text prints that is not the exact number, with that."""
    for value in view.evidenced:
        exact = str(numbers.in_full(value).striptags())
        exact += f"；上年 {view.last_of(value)}" if value.name in rendered.compared else ""
        for words in view.wordings(value):
            is_exact = exact.startswith(words)
            if "、" not in words and not is_exact and _ROUNDED.search(words):
                yield words, exact, value.name, BOX


_ROUNDED = re.compile(
    r"余|多|近|约|逾|超|突破|以[上内下]|不[少低足到]|低于|成|分之|倍|半|^[全均]|\.\d+[万亿]"
)
