"""A year's 一图读懂: its key figures, a panel of pictures for each section, what it is made from."""

import re
from collections.abc import Iterator
from dataclasses import replace

from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT, SMALL_BASE, UNCOMPARED
from fazhi.output import portal
from fazhi.output.numbers import figure
from fazhi.output.official import DRAFTED
from fazhi.output.pictures import changes, charts
from fazhi.output.pictures.model import Block, Changes, Chart, Infographic, KeyFigure, Panel
from fazhi.output.view import View, chinese_date
from fazhi.records.headings import points
from fazhi.records.narrative import DRAFT, Narrative
from fazhi.report import rendering
from fazhi.rules.text.passage import plain

FEW = 3  # parts that a card has room for
_BY_HOW_MANY = f"上年不到{SMALL_BASE}的，百分比显得太大，只说多少。"
_FIRST = re.compile(r"(?!\|)[^。\n]+。?|")  # the first sentence of a text, if it is no table


def of(view: View) -> Infographic:
    """What is shown of a year that has a narrative; ValueError for one without."""
    narrative = view.source.narrative
    if narrative is None:
        raise ValueError(f"{view.year} has no narrative")
    meta, township = narrative.meta, view.settings.township
    asked, made_up = township.contact, "（示例）" if township.is_sample else ""
    changed = tuple(
        Changes(name, tuple(made(view, value) for value in values), why)
        for name, values in changes.told(view)
        for made in (_new if name == changes.NEW else _key,)
        for why in (_BY_HOW_MANY if name.endswith(changes.FEW) else "",)
    )
    # What is told here is explained here, where a reader asks why, and not on its card, too.
    told = {key.figure for kind in changed for key in kind.figures if key.note}
    at_home = (_key(view, value) for value in view.numbered if value.definition.on_home)
    return Infographic(
        title=f"一图读懂{township.short_name}{view.year}年{portal.SUBJECT}",
        issuers=tuple(meta.issuers),
        written=chinese_date(meta.written),
        keys=tuple(replace(key, note="") if key.figure in told else key for key in at_home),
        changes=changed,
        panels=tuple(_panels(view)),
        blocks=tuple(_blocks(view, narrative)),
        contact=f"有问题请问{asked.office}，电话 {asked.phone}{made_up}。" if asked else "",
        sources=tuple(_sources(view, narrative)),
        marks=(
            *filter(None, [township.sample_notice("本图")]),
            *(_said(mark) for mark in view.marks),
        ),
        notices=tuple(view.notices),
    )


def _note(value: Value) -> str:
    """What figures.yml explains of a figure, as a sentence."""
    return f"{value.definition.note.rstrip('。')}。" if value.definition.note else ""


def _said(mark: str) -> str:
    """A mark as the head of the picture has it: a draft is sent on without its name."""
    return f"{mark}：{DRAFTED}" if mark == DRAFT else mark


def _key(view: View, value: Value) -> KeyFigure:
    last, change = view.last.get(value.name), view.change(value)
    is_told = last is not None and (last.number is not None or last.withheld)
    direction = None
    if last and change not in (UNCOMPARED, DIFFERENT):
        more = value.more_than(last)
        direction = (more > 0) - (more < 0)
    return KeyFigure(
        value.name,
        value.heading,
        figure(value),
        view.last_of(value) if is_told else "",
        change if change != UNCOMPARED else "",
        direction,
        _note(value),
        "" if value.sensitive or len(value.parts or {}) > FEW else _said_parts(value),
    )


def _said_parts(value: Value) -> str:
    held = sorted((value.parts or {}).items(), key=lambda part: -part[1])
    return "、".join(f"{name}{n}{value.unit}" for name, n in held)


def _new(_: View, value: Value) -> KeyFigure:
    """What last year had none of: a figure, or parts of one."""
    if parts := _said_parts(value):
        return KeyFigure(value.name, value.heading, parts)
    return KeyFigure(value.name, value.heading, figure(value), note=_note(value))


def _panels(view: View) -> Iterator[Panel]:
    for section in view.sections:
        held = (v for v in view.numbered if v.definition.section == section.name)
        if found := tuple(chart for value in held for chart in _charts(view, value)):
            yield Panel(section.name, found)


def _charts(view: View, value: Value) -> Iterator[Chart]:
    """The pictures of a figure, the first one explained: far below, where it would not be remembered."""
    drawn = (charts.chart(view, value, kind) for kind in dict.fromkeys(value.definition.pictures))
    for place, chart in enumerate(filter(None, drawn)):
        yield chart if place else replace(chart, note=_note(value))


def _blocks(view: View, narrative: Narrative) -> Iterator[Block]:
    """What the report says is not good yet, and what comes next: its headings and first sentences."""
    for name, block in (("还有哪些不足", "不足"), (f"{view.year + 1}年打算做什么", "安排")):

        def said(typed: str) -> str:
            return plain(rendering.words(narrative, typed, view.values, view.last)).text

        found = ((title, _FIRST.findall(text)[0]) for title, text in points(narrative, block))
        if told := tuple((said(title), said(first)) for title, first in found if title or first):
            yield Block(name, told)


def _sources(view: View, narrative: Narrative) -> Iterator[str]:
    """What it is made from, where the report is read and whom to ask: a picture has no links."""
    meta, township = narrative.meta, view.settings.township
    made_up = "（示例，为演示编写）" if township.is_sample else ""
    yield f"《{meta.title}》{meta.document_number}"
    if site := township.website:
        address = portal.address(site, f"report/{view.year}.html")
        yield f"报告全文：{address or f'{site.name}（{site.domain}）'}"
    yield f"图中的数由各年的工作记录{made_up}算出，怎样算的，见报告的“依据”。"
    yield f"发布：{'、'.join(meta.issuers)}，{chinese_date(meta.written)}。"
