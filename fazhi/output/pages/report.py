"""The report of a year: narrative, all figures, and the evidence of each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from fazhi.figures.measures import explain
from fazhi.figures.selection import day_of
from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT, plain
from fazhi.output import names, numbers, portal
from fazhi.output.data import series
from fazhi.output.numbers import evidence_anchor, typed_anchor
from fazhi.output.pages import pictures
from fazhi.output.pages.markup import document, href
from fazhi.output.view import View, chinese_date
from fazhi.records.narrative import Narrative, ReportMeta
from fazhi.rules.deadlines import deadlines
from fazhi.schema.every_kind import Publicity
from fazhi.schema.fields import specs
from fazhi.schema.kinds import KINDS, Activity, Case, Meeting
from fazhi.schema.township import CATALOGUE, Township


def pages(
    view: View, views: Sequence[View] = (), offered: Iterable[str] = ()
) -> dict[str, str | bytes]:
    """`report/<year>.md`, or nothing where the year has no narrative; `views` are all years of the
    site, `offered` the paths of files beside the page."""
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
        | view.article(portal.report(narrative, view.settings, sections, view.tail)),
        "report.md",
        heading=names.title(meta, whole),
        path=path,
        offers=[*_offers(view, meta, path, offered)],
        citation=_citation(view, meta),
        contact=view.settings.township.contact_notice,
        other_reports=[
            (other.called, f"report/{other.year}.md")
            for other in views
            if other is not view and other.source.narrative
        ],
        catalogue={row: [names.unbroken(v, whole) for v in lines] for row, lines in rows.items()},
        addressee=meta.addressee,
        prose=Markup(rendered.markdown),  # checked: no HTML of its own, words escaped
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


def _offers(
    view: View, meta: ReportMeta, path: str, offered: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """What people come for, in words, where it is, and as which file it is kept, if as one."""
    if pictures.is_made(view):
        yield "一图读懂", href(path, pictures.path(view)), ""
    for file in offered:
        ending = file.rpartition(".")[2]
        yield _ENDINGS[ending], href(path, file), f"{meta.title}{view.tail}.{ending}"
    yield "数据", href(path, f"data/{view.year}/index.md"), ""
    yield "历年指标", href(path, series.PAGE), ""


_ENDINGS = {"docx": "Word", "pdf": "PDF"}


def _citation(view: View, meta: ReportMeta) -> str:
    """How the report is cited, with its public address where it has one; nothing of a draft."""
    if view.watermark:
        return ""
    number = f"（{meta.document_number}）" if meta.document_number else ""
    website = None if view.gate.is_internal else view.settings.township.website
    address = portal.address(website, f"report/{view.year}.html")
    where = f"，{address}" if address else "。"
    title = f"{'、'.join(meta.issuers)}：《{meta.title}》{view.tail}{number}"
    return f"{title}，{chinese_date(meta.written)}{where}"


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
    """The rows of the table of figures, each name linked to its evidence; what was published before a
    correction is on a line of its own."""
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
    quoted = Markup('<span class="fz-clause">“{}”</span>')
    words = dict.fromkeys("分项" if is_part[text] else quoted.format(text) for text in is_part)
    said = Markup("正文印作") + Markup("、").join(words) if words else "正文没有印"
    name = Markup('{}<span class="fz-words">{}</span>').format(value.name, said)
    number = numbers.in_full(value)
    if view.rendered and value.name in view.rendered.compared:
        note = f"（{DIFFERENT}）" if view.change(value) == DIFFERENT else ""
        last = Markup('<span class="fz-last">；上年 {}{}</span>')
        number += last.format(view.last_of(value), note)
    where = Markup("{} 条").format(view.count(value))
    if target := view.section_path(value.definition.section):
        anchor = value.name if value.definition.printed else ""
        link = Markup('，列在<a href="{}">{}</a>')
        where += link.format(href(path, target, anchor), value.definition.section)
    how, where = explain(value.definition), _with_months(view, value, where)
    return [name, Markup("<span>{}</span>").format(number), how, where]


def _with_months(view: View, value: Value, where: Markup) -> Markup:
    """Where its records are, and for assets/evidence.js in which months each of them happened: in
    public only what the lists of records tell."""
    kind, conditions = KINDS.get(value.definition.kind or ""), value.definition.conditions or {}
    told = {"类别", "板块", "议题", "主题"} >= {*conditions, *(conditions.get("议题") or ())}
    least = Publicity.SUMMARY if told else Publicity.FULL
    months = Counter[int]()
    if kind and kind.model in (Activity, Meeting, Case):
        records = view.gate.listed(value.records)
        if all(view.gate.publicity(record) >= least for record in records):
            day = day_of(kind, value.definition.by_date)
            months.update(at.month for record in records if (at := day(record)))
    counts = "、".join(f"{month}月{count}条" for month, count in sorted(months.items()))
    return Markup('<span data-months="{}">{}</span>' if counts else "<span>{1}</span>").format(
        counts, where
    )
