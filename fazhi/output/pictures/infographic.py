"""A year's 一图读懂: its key figures, a panel of pictures for each section, what it is made from."""

from collections.abc import Iterator
from dataclasses import replace

from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT, UNCOMPARED
from fazhi.output import portal
from fazhi.output.numbers import figure
from fazhi.output.official import DRAFTED
from fazhi.output.pictures import changes, charts
from fazhi.output.pictures.model import Changes, Chart, Infographic, KeyFigure, Panel
from fazhi.output.view import View, chinese_date
from fazhi.records.narrative import DRAFT, Narrative


def of(view: View) -> Infographic:
    """What is shown of a year that has a narrative; ValueError for one without."""
    narrative = view.source.narrative
    if narrative is None:
        raise ValueError(f"{view.year} has no narrative")
    meta, township = narrative.meta, view.settings.township
    sample = township.sample_notice("本图")
    return Infographic(
        title=f"一图读懂{township.short_name}{view.year}年{portal.SUBJECT}",
        issuers=tuple(meta.issuers),
        written=chinese_date(meta.written),
        keys=tuple(_key(view, value) for value in view.numbered if value.definition.on_home),
        changes=tuple(
            Changes(name, note, tuple(_key(view, value) for value in values))
            for name, note, values in changes.told(view)
        ),
        panels=tuple(_panels(view)),
        sources=tuple(_sources(view, narrative)),
        marks=(*filter(None, [sample]), *(_said(mark) for mark in view.marks)),
        notices=tuple(view.notices),
    )


def _said(mark: str) -> str:
    """A mark as the head of the picture has it: a draft is sent on without its name."""
    return f"{mark}：{DRAFTED}" if mark == DRAFT else mark


def _key(view: View, value: Value) -> KeyFigure:
    last, change = view.last.get(value.name), view.change(value)
    is_told = last is not None and (last.number is not None or last.withheld)
    direction = None
    if last and change not in (UNCOMPARED, DIFFERENT):
        direction = (value.base > last.base) - (value.base < last.base)
    return KeyFigure(
        value.name,
        value.heading,
        figure(value),
        view.last_of(value) if is_told else "",
        change if change != UNCOMPARED else "",
        direction,
        _note(value),
    )


def _note(value: Value) -> str:
    """What figures.yml explains of a figure, as a sentence: it stands beside every number it explains."""
    note = value.definition.note or ""
    return f"{note.rstrip('。')}。" if note else ""


def _panels(view: View) -> Iterator[Panel]:
    for section in view.sections:
        held = (v for v in view.numbered if v.definition.section == section.name)
        if found := tuple(chart for value in held for chart in _charts(view, value)):
            yield Panel(section.name, found)


def _charts(view: View, value: Value) -> Iterator[Chart]:
    """Its pictures, at the first of them what the figure is, where figures.yml explains it."""
    kinds = dict.fromkeys(value.definition.pictures)
    drawn = filter(None, (charts.chart(view, value, kind) for kind in kinds))
    for place, chart in enumerate(drawn):
        yield chart if place else replace(chart, note=_note(value))


def _sources(view: View, narrative: Narrative) -> Iterator[str]:
    """What it is made from, where the report is read and whom to ask: a picture has no links."""
    meta, township = narrative.meta, view.settings.township
    made_up = "（示例，为演示编写）" if township.is_sample else ""
    yield f"《{meta.title}》{meta.document_number}"
    if site := township.website:
        address = portal.address(site, f"report/{view.year}.html")
        yield f"报告全文：{address or f'{site.name}（{site.domain}）'}"
    yield f"图中的数由各年的工作记录{made_up}算出，怎样算的，见报告的“依据”。"
    if any(view.change(value).endswith("百分点") for value in view.numbered):
        yield "比率四舍五入后印出；差几个百分点，按四舍五入以前的数算，同印出的两个数相减，有时差一点。"
    if contact := township.contact:
        yield f"有问题请问{contact.office}，电话 {contact.phone}{'（示例）' if township.is_sample else ''}。"
    yield f"发布：{'、'.join(meta.issuers)}，{chinese_date(meta.written)}。"
