"""A year's 一图读懂: its key figures, a panel of pictures for each section, what it is made from."""

import re
from collections.abc import Iterator
from dataclasses import replace

from fazhi.figures.filters import listed
from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT, UNCOMPARED
from fazhi.figures.wording import plain as said_plainly
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
_UNLIKE = "不能直接比"  # behind last year's number
_FIRST = re.compile(r"(?!\|)[^。\n]+。?|")  # the first sentence of a text, if it is no table


def of(view: View) -> Infographic:
    """What is shown of a year that has a narrative; ValueError for one without."""
    narrative, township = view.narrative, view.settings.township
    meta = narrative.meta
    changed = tuple(
        Changes(name, tuple(_told(view, value, name) for value in values))
        for name, values in changes.told(view)
    )
    return Infographic(
        title=f"一图读懂{township.short_name}{view.year}年{portal.SUBJECT}",
        issuers=tuple(meta.issuers),
        written=chinese_date(meta.written),
        keys=tuple(_key(view, value) for value in view.numbered if value.definition.on_home),
        changes=changed,
        scope=_scope(view, changed),
        panels=tuple(_panels(view)),
        blocks=tuple(_blocks(view, narrative)),
        contact=township.contact_notice,
        sources=tuple(_sources(view, narrative)),
        marks=(
            *filter(None, [township.sample_notice("本图")]),
            *(_said(mark) for mark in view.marks),
        ),
        notices=tuple(view.notices),
    )


def _scope(view: View, changed: tuple[Changes, ...]) -> str:
    """By which rule the changes are chosen."""
    figures = {key.figure for kind in changed for key in kind.figures}
    is_any = any(changes.is_shown(view.values[name]) for name in figures)
    told = [
        "主要的数、画了图的数，同上年比变了多少都在下面，变得多的在前，分类里的每一项不另写"
    ] * is_any
    if told_by := changes.within(view):
        told.append(f"{'、'.join(told_by)}算在{'、'.join(dict.fromkeys(told_by.values()))}里")
    told.append("上年没有的，从全部公布的数里找")
    return "；".join(told) + "。" if changed else ""


def _note(view: View, value: Value, why: str = "") -> str:
    """What the figure is a part of, `why` it is not compared, and what figures.yml explains of it, as a
    sentence."""
    whole = view.values.get(value.definition.whole or "")
    note = re.sub("今年|本年", f"{view.year}年", value.definition.note or "").rstrip("。")
    is_in = f"算在{whole.heading}{said_plainly(whole)}里" if whole and whole.number else ""
    told = "；".join(filter(None, (is_in, why, note)))
    return f"{told}。" if told else ""


def _why_unlike(value: Value, last: Value) -> str:
    """Why a number is not compared with last year's, where its own 说明 does not say it."""
    if value.definition.alike_since and value.definition.note:
        return ""
    since = max(one.definition.alike_since or 0 for one in (value, *value.sides))
    return f"{since}年起，登记办法变了" if since > last.year else f"{last.year}年的数法不同"


def _said(mark: str) -> str:
    """A mark as the head of the picture has it: a draft is sent on without its name."""
    return f"{mark}：{DRAFTED}" if mark == DRAFT else mark


def _key(view: View, value: Value) -> KeyFigure:
    last, change = view.last.get(value.name), view.change(value)
    is_told = last is not None and (last.number is not None or last.withheld)
    why = _why_unlike(value, last) if last and change == DIFFERENT else ""
    direction = None
    if last and change not in (UNCOMPARED, DIFFERENT):
        more = value.more_than(last)
        direction = (more > 0) - (more < 0)
    return KeyFigure(
        value.name,
        value.heading,
        figure(value),
        view.last_of(value) if is_told else "",
        {UNCOMPARED: "", DIFFERENT: _UNLIKE}.get(change, change),
        direction,
        _note(view, value, why),
        "" if value.sensitive or len(value.parts or {}) > FEW else _said_parts(value),
    )


def _said_parts(value: Value) -> str:
    held = sorted((value.parts or {}).items(), key=lambda part: -part[1])
    return listed(held, value.unit)


def _told(view: View, value: Value, kind: str) -> KeyFigure:
    """A figure in a kind of change: a rate with what it is of; explained where it is nowhere else, or
    where that is why it is not compared."""
    key = _key(view, value)
    note = "" if changes.is_shown(value) and kind != changes.UNLIKE else key.note
    if kind in changes.NEW:
        if parts := _said_parts(value):
            return KeyFigure(value.name, value.heading, parts)
        return KeyFigure(value.name, value.heading, key.words, note=note)
    last = view.last[value.name]
    of_it = figure(value, tail=_made_of(value)), figure(last, tail=_made_of(last))
    change = "" if kind in (changes.UNLIKE, changes.SAME) else key.change
    return replace(key, words=of_it[0], last=of_it[1], change=change, note=note)


def _made_of(value: Value) -> str:
    """A share by its two numbers, as a reader finds them: （238起中228起）."""
    if not value.is_share:
        return ""
    part, whole = map(said_plainly, value.sides)
    return f"（{whole}中{part}）"


def _panels(view: View) -> Iterator[Panel]:
    for section in view.sections:
        held = (v for v in view.numbered if v.definition.section == section.name)
        if found := tuple(chart for value in held for chart in _charts(view, value)):
            yield Panel(section.name, found)


def _charts(view: View, value: Value) -> Iterator[Chart]:
    """The pictures of a figure, the first one explained: far below, where it would not be remembered."""
    drawn = (charts.chart(view, value, kind) for kind in dict.fromkeys(value.definition.pictures))
    for place, chart in enumerate(filter(None, drawn)):
        yield chart if place else replace(chart, note=_note(view, value))


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
        if address:
            yield f"网上的图解：{portal.address(site, f'report/{view.year}-pictures.html')}"
    yield f"图中的数由各年的工作记录{made_up}算出，怎样算的，见报告的“依据”。"
    yield f"发布：{'、'.join(meta.issuers)}，{chinese_date(meta.written)}。"
