"""A page for each section of a year: its figures, how they came about, and its records."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from markupsafe import Markup

from fazhi.figures.measures import explain
from fazhi.figures.value import Value
from fazhi.output import numbers
from fazhi.output.pages.markup import MarkdownPage, document, href
from fazhi.output.pages.records import record_path
from fazhi.output.pictures import shapes
from fazhi.output.pictures.shapes import Mark
from fazhi.output.table import Table
from fazhi.output.view import View
from fazhi.records.record import Record
from fazhi.schema.every_kind import Publicity
from fazhi.schema.kinds import KINDS, Activity, Case, Kind, Meeting, Standing, Total
from fazhi.schema.words import Section


def pages(view: View) -> dict[str, str | bytes]:
    """`<year>/<section>.md` for every section that has something to show."""
    return {f"{view.year}/{section.path}.md": _section(view, section) for section in view.sections}


def lists(view: View) -> "Iterator[ListPage]":
    """`<year>/<section>/<kind>-<month>.md` where a section has too many records for its own page."""
    for section in view.sections:
        for own in _by_kind(view, section).values():
            yield from _lists(view, section, own)


def _by_kind(view: View, section: Section) -> dict[str, list[Record]]:
    """A section's records by the names of their kinds, in the order of these."""
    records = view.by_section.get(section.name, [])
    own = {name: [r for r in records if r.kind is kind] for name, kind in KINDS.items()}
    return {name: records for name, records in own.items() if records}


def _lists(view: View, section: Section, own: list[Record]) -> "list[ListPage]":
    """A page a month for what is listed of the records of one kind, none where that is little."""
    listed = [r for r in own if view.gate.publicity(r) >= Publicity.SUMMARY]
    if len(listed) <= view.settings.township.rows_per_page:
        return []
    months: dict[int, list[Record]] = defaultdict(list)
    for record in listed:
        months[record.fields.day.month].append(record)
    return [ListPage(view, section, *of_month) for of_month in sorted(months.items())]


def _caption(view: View, section: Section, kind: Kind) -> str:
    return f"{section.name}板块{view.year}年的{kind.name}"


@dataclass(frozen=True)
class ListPage:
    """The records of one section, kind and month, made when it is asked for."""

    view: View
    section: Section
    month: int
    records: list[Record]
    photos: ClassVar[dict[str, bytes]] = {}
    photo_paths: ClassVar[tuple[str, ...]] = ()

    @property
    def kind(self) -> Kind:
        return self.records[0].kind

    @property
    def path(self) -> str:
        return f"{self.view.year}/{self.section.path}/{self.kind.folder}-{self.month:02d}.md"

    @property
    def made_from(self) -> list[str]:
        return [self.path, *(part for r in self.records for part in (r.path, r.source.text))]

    @cached_property
    def document(self) -> MarkdownPage:
        view, section, path = self.view, self.section, self.path
        title = f"{_caption(view, section, self.kind)}（{self.month}月）"
        return document(
            view.meta(title, "list")
            | {"search": {"exclude": True}}
            | view.column(section.name, title),
            "list.md",
            path=path,
            parent=f"{view.year}/{section.path}.md",
            parent_title=f"{section.name}（{view.year}年）",
            listing=_listing(view, self.records, path, title),
        )


def _section(view: View, section: Section) -> str:
    path = f"{view.year}/{section.path}.md"
    records = view.by_section.get(section.name, [])
    values = [value for value in view.printed if value.definition.section == section.name]
    title = f"{section.name}（{view.year}年）"
    months = _by_month(records)
    rows = []
    for value in values:
        link = Markup('<a href="#{}">{}</a>').format(value.name, value.heading)
        cells = (numbers.figure(value), view.last_of(value), view.change(value))
        rows.append([link, *cells, view.count(value)])
    return document(
        view.meta(title, "section", "records/figures.yml")
        | view.column(section.name, section.meaning),
        "section.md",
        view=view,
        path=path,
        name=section.name,
        meaning=section.meaning,
        year=view.year,
        report=None if view.is_unfinished else f"report/{view.year}.md",
        figures=[_figure(view, value) for value in values],
        figure_rows=rows,
        title=title,
        months=_chart(f"{title}各月的记录数", months) if months else None,
        groups=[
            _group(view, section, KINDS[name], own, path)
            for name, own in _by_kind(view, section).items()
        ],
    ).text


def _by_month(records: Sequence[Record]) -> dict[str, list[int]]:
    """What happened in each month, by kind. Standing facts hold at a date and are left out."""
    counts = {name: [0] * 12 for name in ("活动", "会议", "案件")}
    for record in records:
        if record.kind.name in counts:
            counts[record.kind.name][record.fields.day.month - 1] += 1
    return {name: months for name, months in counts.items() if any(months)}


def _chart(title: str, months: Mapping[str, Sequence[int]]) -> dict[str, object]:
    """The months as a drawing, the kind with the most lowest, its legend, and the same as a table."""
    order = sorted(months, key=lambda name: -sum(months[name]))
    totals = [sum(counts) for counts in zip(*months.values(), strict=True)]
    marks = [Mark(f"{m}月", Fraction(n), str(n)) for m, n in enumerate(totals, 1)]
    told = "，".join(f"{name}共 {sum(counts)} 条" for name, counts in months.items())
    amounts = [list(map(Fraction, months[name])) for name in order]
    rows = [[f"{m + 1}月", *(counts[m] for counts in months.values())] for m in range(12)]
    drawing = shapes.columns(f"{told}。{shapes.said(marks)}", marks, amounts)
    table = Table("各月的记录数（条）", ["月份", *months], rows, tuple(range(1, len(months) + 1)))
    return {"drawing": drawing, "kinds": order, "table": table}


def _figure(view: View, value: Value) -> dict[str, Any]:
    """A figure's block: its value, and where its records are; those without a link by where they are."""
    links = [record for record in value.records if view.gate.has_page(record)]
    if len(links) > view.settings.township.rows_per_page:
        links = []
    listed = Counter(
        (record.year, record.section(view.settings), record.kind.name)
        for record in view.gate.listed(value.records)
        if not links or not view.gate.has_page(record)
    )
    return {
        "value": value,
        "exact": numbers.in_full(replace(value, parts=None)),  # which have a table
        "how": explain(value.definition),
        "parts": [[name, numbers.part(value, name, n)] for name, n in (value.parts or {}).items()],
        "links": [(record_path(record), record.fields) for record in links],
        "listed": listed,
    }


def _group(
    view: View, section: Section, kind: Kind, records: list[Record], path: str
) -> dict[str, Any]:
    """A kind's records: listed as far as they may be, the rest as totals or as a count."""
    listed = [r for r in records if view.gate.publicity(r) >= Publicity.SUMMARY]
    counted = [r for r in records if view.gate.publicity(r) == Publicity.COUNTED]
    months = _lists(view, section, records)
    tables = []
    if listed and not months:
        tables.append(_listing(view, listed, path, _caption(view, section, kind)))
    cases = [record for record in counted if isinstance(record.fields, Case)]
    for category in dict.fromkeys(record.fields.category for record in cases):
        tables.append(_totals(view, category, cases))
    return {
        "title": f"{kind.name}记录",
        "tables": tables,
        "months": months,
        "cases": cases,
        "counted": counted,
    }


def _listing(view: View, records: list[Record], path: str, caption: str) -> Table:
    """One row a record; what a summary may not show stays empty."""
    heads: dict[type, list[str]] = {
        Activity: ["地点", "主题"],
        Meeting: ["主题"],
        Case: ["结果", "办结日期"],
        Standing: ["数量"],
        Total: ["期间", "数据来源"],
    }
    last = heads[type(records[0].fields)]
    titled = any(view.gate.has_page(record) for record in records)
    head = ["日期" if titled else "月份", "类别", *(["标题"] if titled else []), *last]
    rows = []
    for record in records:
        fields = record.fields
        full = view.gate.has_page(record)
        day = str(fields.day) if full else f"{fields.day.year}年{fields.day.month}月"
        cells: list[object] = [day, fields.category]
        if titled:
            link = Markup('<a href="{}">{}</a>')
            where = href(path, record_path(record))
            cells.append(link.format(where, fields.title) if full else "—")
        cells += [_cell(view, record, name, full) for name in last]
        rows.append(cells)
    return Table(caption, head, rows, (len(head) - 1,) if last == ["数量"] else ())


def _cell(view: View, record: Record, name: str, full: bool) -> object:
    fields = record.fields
    if name == "主题" and isinstance(fields, Activity | Meeting):
        return "、".join(fields.topics) or "—"
    if name == "数量" and isinstance(fields, Standing):
        category = view.settings.vocabulary.category("现状", fields.category, view.year)
        return f"{fields.total}{category.unit or '' if category else ''}"
    spec = record.kind.fields[name]
    value = getattr(fields, spec.attribute)
    return value if full and view.gate.may_show(spec) and value is not None else "—"


def _totals(view: View, category: str, cases: list[Record]) -> Table:
    """Cases of one 类别 as totals of month × 结果, as it was when the year ended."""
    ended = date(view.year, 12, 31)
    counts = Counter(
        (record.fields.day.month, record.fields.as_of(ended).outcome)
        for record in cases
        if isinstance(record.fields, Case) and record.fields.category == category
    )
    known = view.settings.vocabulary.category("案件", category, view.year)
    words = dict.fromkeys((*(known.outcomes if known else ()), Case.OPEN))
    outcomes = [o for o in words if any(k[1] == o for k in counts)]
    months = [[counts[month, outcome] for outcome in outcomes] for month in range(1, 13)]
    rows = [[f"{month}月", *cells, sum(cells)] for month, cells in enumerate(months, 1)]
    totals = [sum(column) for column in zip(*months, strict=True)]
    rows.append(["全年", *totals, sum(totals)])
    caption = f"{view.year}年受理的{category}，按受理月份和结果"
    return Table(caption, ["月份", *outcomes, "合计"], rows, tuple(range(1, len(outcomes) + 2)))
