"""The report of a year: narrative, all figures, and the evidence of each."""

from markupsafe import Markup

from fazhi.figures.measures import explain
from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT, plain
from fazhi.output import names, numbers, portal
from fazhi.output.data import series
from fazhi.output.pages import pictures
from fazhi.output.pages.markup import document, href
from fazhi.output.view import View, chinese_date, evidence_anchor, typed_anchor
from fazhi.records.narrative import Narrative, ReportMeta
from fazhi.rules.deadlines import deadlines
from fazhi.schema.fields import specs
from fazhi.schema.township import CATALOGUE, Township


def pages(view: View) -> dict[str, str | bytes]:
    """`report/<year>.md`, or nothing where the year has no narrative."""
    narrative, rendered = view.source.narrative, view.rendered
    if narrative is None or rendered is None:
        return {}
    path = f"report/{view.year}.md"
    meta, whole = narrative.meta, names.of(narrative, view.settings)
    sections = (section.name for section in view.sections)
    rows = catalogue(meta, view.settings.township)
    page = document(
        view.meta(meta.title, "report", narrative.source.path)
        | {"search": {"boost": 2}}
        | view.article(portal.report(narrative, view.settings, sections)),
        "report.md",
        heading=names.title(meta, whole),
        path=path,
        catalogue={row: [names.unbroken(v, whole) for v in lines] for row, lines in rows.items()},
        addressee=meta.addressee,
        prose=Markup(rendered.markdown),  # checked: no HTML of its own, words escaped
        pictures=pictures.path(view) if pictures.is_made(view) else "",
        issuers=[names.unbroken(issuer, whole) for issuer in meta.issuers],
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
        years=series.PAGE,
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


def catalogue(meta: ReportMeta, township: Township) -> dict[str, tuple[str, ...]]:
    """The rows of the disclosure catalogue, in its order, and the lines of each.

    A row that the township's 目录 names stands there empty, too, where the narrative says so, or
    where it is one that the place adds; else a row without a value is none.
    """
    held = {
        key: getattr(meta, spec.attribute)
        for key, spec in specs(ReportMeta).items()
        if spec.attribute in meta.model_fields_set and not (spec.model or spec.is_mapping)
    }
    held |= {**meta.listed, "发布机构": meta.publishers}
    held |= {"发文字号": meta.number} if "文号" in held else {}
    held |= {"发布日期": meta.published} if meta.published else {}
    asked = township.catalogue or [row for row in CATALOGUE if held.get(row)]
    rows = {row: held.get(row) or "" for row in asked if row in held or row not in CATALOGUE}
    return {row: v if isinstance(v, tuple) else (str(v),) for row, v in rows.items()}


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
    # Parts stand beside the number, as they are printed: one by one, or in a row.
    parts = {f"{n}{value.unit}" for n in (value.parts or {}).values()} - {plain(value)}
    is_part = {text: text in parts or "、" in text for text in view.wordings(value)}
    words = "、".join(dict.fromkeys("分项" if is_part[t] else f"“{t}”" for t in is_part))
    printed = Markup('{}<span class="fz-words">{}</span>')
    name = printed.format(value.name, f"正文印作{words}" if words else "正文没有印")
    number = numbers.in_full(value)
    if view.rendered and value.name in view.rendered.compared:
        number += Markup("；上年 {}").format(view.last_of(value))
        number += f"（{DIFFERENT}）" if view.change(value) == DIFFERENT else ""
    where: object = f"{view.count(value)} 条"
    if target := view.section_path(value.definition.section):
        anchor = value.name if value.definition.printed else ""
        link = Markup('<span>{} 条，列在<a href="{}">{}</a></span>')
        to = href(path, target, anchor)
        where = link.format(view.count(value), to, value.definition.section)
    return [name, Markup("<span>{}</span>").format(number), explain(value.definition), where]
