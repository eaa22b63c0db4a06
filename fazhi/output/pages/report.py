"""The report of a year: narrative, all figures, and the evidence of each."""

from __future__ import annotations

from markupsafe import Markup

from fazhi.figures.measures import explain
from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT
from fazhi.output import numbers, portal
from fazhi.output.pages.markup import document, href
from fazhi.output.view import View, chinese_date, evidence_anchor, typed_anchor
from fazhi.records.narrative import Narrative, ReportMeta
from fazhi.rules.deadlines import deadlines
from fazhi.schema.fields import specs


def pages(view: View) -> dict[str, str | bytes]:
    """`report/<year>.md`, or nothing where the year has no narrative."""
    narrative, rendered = view.source.narrative, view.rendered
    if narrative is None or rendered is None:
        return {}
    path = f"report/{view.year}.md"
    meta, names = narrative.meta, (section.name for section in view.sections)
    page = document(
        view.meta(meta.title, "report", narrative.source.path)
        | {"search": {"boost": 2}}
        | view.article(portal.report(narrative, view.settings, names)),
        "report.md",
        path=path,
        catalogue=catalogue(meta),
        addressee=meta.addressee,
        prose=Markup(rendered.markdown),  # checked: no HTML of its own, words escaped
        issuer=meta.issuer,
        written=chinese_date(meta.written),
        notices=view.notices,
        figures=view.figure_table,
        figure_rows=_figure_rows(view),
        progress=_progress(view, narrative) if view.gate.is_internal else [],
        evidence_rows=[_evidence_row(view, value, path) for value in view.evidenced],
        anchors=[evidence_anchor(value.name) for value in view.evidenced],
        typed_rows=rendered.typed,
        typed_anchors=[typed_anchor(place) for place, _ in enumerate(rendered.typed)],
        data=f"data/{view.year}/index.md",
    )
    return {path: page.text}


def _progress(view: View, narrative: Narrative) -> list[tuple[str, str, str]]:
    """What only the office sees: how far the report has come, and by when it is due."""
    rows = [
        (step.state, chinese_date(step.day), "，".join(filter(None, (step.post, step.opinion))))
        for step in narrative.meta.steps
    ]
    due = deadlines(narrative, view.settings)
    return rows + [(f"{one.what}的期限", chinese_date(one.last_day), one.source) for one in due]


def catalogue(meta: ReportMeta) -> list[tuple[str, object]]:
    """The catalogue fields, in the order of the disclosure catalogue."""
    keys = ["索引号", "主题分类", "体裁分类", "署名", "文号", "成文日期", "发布日期", "有效性"]
    names = {"署名": "发布机构", "文号": "发文字号"}
    held = {key: getattr(meta, spec.attribute) for key, spec in specs(ReportMeta).items()}
    held["发布日期"] = meta.published
    return [(names.get(key, key), held[key]) for key in keys if held[key] is not None]


def _figure_rows(view: View) -> list[list[object]]:
    """The rows of the table of figures, each name linked to its evidence.

    What was published before a correction is on a line of its own: the column stays narrow.
    """
    link = Markup('<a href="#{}">{}</a>')
    corrected = Markup('{}<span class="fz-words">{}</span>')
    rows = []
    for value, row in zip(view.printed, view.figure_table.rows, strict=True):
        name, section, shown, *rest = row
        if before := view.before_correction(value.name):
            shown = corrected.format(numbers.figure(value), before)
        rows.append([link.format(evidence_anchor(value.name), name), section, shown, *rest])
    return rows


def _evidence_row(view: View, value: Value, path: str) -> list[object]:
    wordings = view.wordings(value)
    words = "、".join(f"“{text}”" for text in wordings)
    printed = Markup('{}<span class="fz-words">{}</span>')
    name = printed.format(value.name, f"正文印作{words}" if words else "正文没有印")
    number = numbers.in_full(value)
    if any(text != view.words(value) for text in wordings):  # last year's, or compared with it
        number += Markup("；上年 {}").format(view.last_of(value))
        number += f"（{DIFFERENT}）" if view.change(value) == DIFFERENT else ""
    where: object = f"{view.count(value)} 条"
    if target := view.section_path(value.definition.section):
        anchor = value.name if value.definition.printed else ""
        link = Markup('<span>{} 条，列在<a href="{}">{}</a></span>')
        to = href(path, target, anchor)
        where = link.format(view.count(value), to, value.definition.section)
    return [name, number, explain(value.definition), where]
