"""A year's 一图读懂: its key figures, a panel of pictures for each section, what it is made from."""

from collections.abc import Iterator

from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT, UNCOMPARED
from fazhi.output import portal
from fazhi.output.numbers import figure
from fazhi.output.pictures import changes, charts
from fazhi.output.pictures.model import Changes, Infographic, KeyFigure, Panel
from fazhi.output.view import View, chinese_date


def of(view: View) -> Infographic:
    """What is shown of a year that has a narrative; ValueError for one without."""
    narrative = view.source.narrative
    if narrative is None:
        raise ValueError(f"{view.year} has no narrative")
    meta, township = narrative.meta, view.settings.township
    made_up = "（示例，为演示编写）" if township.is_sample else ""
    inside = "内部资料" if view.gate.is_internal else ""
    marks = (township.sample_notice("本图"), view.watermark, inside)
    return Infographic(
        title=f"一图读懂{township.short_name}{view.year}年{portal.SUBJECT}",
        issuers=tuple(meta.issuers),
        written=chinese_date(meta.written),
        keys=tuple(_key(view, value) for value in view.numbered if value.definition.on_home),
        changes=tuple(
            Changes(name, tuple(_key(view, value) for value in values))
            for name, values in changes.told(view)
        ),
        panels=tuple(_panels(view)),
        sources=(
            f"《{meta.title}》{meta.document_number}",
            f"图中的数由各年的工作记录{made_up}算出，怎样算的，见报告的“依据”。",
            f"发布：{'、'.join(meta.issuers)}，{chinese_date(meta.written)}。",
        ),
        marks=tuple(filter(None, marks)),
        notices=tuple(view.notices),
    )


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
    )


def _panels(view: View) -> Iterator[Panel]:
    for section in view.sections:
        drawn = (
            charts.chart(view, value, kind)
            for value in view.numbered
            if value.definition.section == section.name
            for kind in dict.fromkeys(value.definition.pictures)
        )
        if found := tuple(filter(None, drawn)):
            yield Panel(section.name, found)
