"""A year's records as tables: the columns that an edition lets through, each declared, and rows."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from fazhi.output.data.figures_json import Figures
from fazhi.output.view import View
from fazhi.records.record import Record
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, Case, Kind, Meeting, Publicity
from fazhi.schema.vocabulary import LISTS

Type = Literal["string", "integer", "number", "date", "yearmonth"]  # of Frictionless Table Schema
Row = dict[str, object]
_FORMULA = frozenset("=+-@＝＋－＠\t\r")


@dataclass(frozen=True)
class Column:
    """A column. `words` are all that it may hold where its word list is closed, else none."""

    name: str
    meaning: str
    type: Type = "string"
    required: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table; `key`, where there is one, names the columns that no two rows have alike."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    key: tuple[str, ...] = ()

    @cached_property
    def csv(self) -> bytes:
        """The table in UTF-8 with a byte order mark, which spreadsheet programs need."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        names = [column.name for column in self.columns]
        writer.writerow(map(defused, names))
        writer.writerows([defused(row.get(name, "")) for name in names] for row in self.rows)
        return b"\xef\xbb\xbf" + out.getvalue().encode()


def defused(cell: object) -> object:
    """Text that a spreadsheet would take for a formula, with a quotation mark before it."""
    if isinstance(cell, str) and cell.lstrip()[:1] in _FORMULA:
        return f"'{cell}"
    return cell


_FIGURES = (
    Column("指标", "指标的名称", required=True),
    Column("板块", "所属板块", required=True),
    Column("统计", "怎么数", required=True),
    Column("数值", "比率是百分数；暂无和不公布的是空的", "number"),
    Column("单位", "计量单位"),
    Column("分子", "比率的分子", "integer"),
    Column("分母", "比率的分母", "integer"),
    Column("写法", "报告正文第一次印出时的写法", required=True),
    Column("口径", "数什么、怎么数", required=True),
)
_TOTALS = (
    Column("月份", "受理的月份", "yearmonth", required=True),
    Column("类别", "案件的类别", required=True),
    Column("结果", "办理的结果", required=True),
    Column("件数", "这个月份、类别和结果的案件有几件", "integer", required=True),
)
_SUMMARY = (
    Column("月份", "召开的月份", "yearmonth", required=True),
    Column("类别", "会议的类别", required=True),
    Column("主题", "议题的主题，几个之间用顿号", required=True),
)


def of_figures(figures: Figures) -> Table:
    """figures.json without its breakdowns, a row a figure."""
    rows: list[Row] = []
    for figure in figures.figures:
        what = (figure.name, figure.section, figure.measure, figure.value, figure.unit)
        how = (figure.numerator, figure.denominator, figure.words, figure.definition)
        cells = ("" if cell is None else cell for cell in (*what, *how))
        rows.append(dict(zip((column.name for column in _FIGURES), cells, strict=True)))
    return Table("figures", "全部指标", _FIGURES, rows, ("指标",))


def of_kind(view: View, kind: Kind) -> Table:
    """The records of a kind, as far as the edition shows them."""
    own = [record for record in view.gate.listed(view.source.records) if record.kind is kind]
    title = f"{kind.name}记录"
    if view.gate.is_internal or kind.model.publicity is Publicity.FULL:
        shown = [record for record in own if view.gate.has_page(record)]
        specs = [
            spec
            for spec in kind.fields.values()
            if view.gate.may_show(spec) and spec.model is None and not spec.is_mapping
        ]
        columns = _columns(view, kind, specs, shown)
        return Table(kind.folder, title, columns, [_row(view, specs, record) for record in shown])
    if kind.model is Case:
        cases = (record.fields for record in own if isinstance(record.fields, Case))
        counts = Counter((c.day.strftime("%Y-%m"), c.category, c.outcome) for c in cases)
        names = [column.name for column in _TOTALS]
        totals = [dict(zip(names, (*key, n), strict=True)) for key, n in sorted(counts.items())]
        return Table(kind.folder, title, _TOTALS, totals, ("月份", "类别", "结果"))
    summed = [r.fields for r in own if view.gate.publicity(r) >= Publicity.SUMMARY]
    rows: list[Row] = []
    for meeting in (fields for fields in summed if isinstance(fields, Meeting)):
        month, topics = meeting.day.strftime("%Y-%m"), "、".join(meeting.topics)
        rows.append({"月份": month, "类别": meeting.category, "主题": topics})
    return Table(kind.folder, title, _SUMMARY, rows)


def _columns(
    view: View, kind: Kind, specs: Iterable[FieldSpec], records: Iterable[Record]
) -> list[Column]:
    """The plain fields, and the 计数 that any of the records carries."""
    columns = []
    for spec in specs:
        held: Type = "date" if spec.is_day else "integer" if spec.is_count else "string"
        words = _words(view, kind, spec)
        columns.append(Column(spec.key, spec.meaning, held, spec.required, words))
    carried = {name for record in records for name in view.gate.counters(record)}
    counters = [c for c in view.settings.vocabulary.counters if c.name in carried]
    units = {c.name: c.unit for c in counters if c.holds_in(view.year)}
    return columns + [Column(n, f"计数，单位为{unit}", "integer") for n, unit in units.items()]


def _words(view: View, kind: Kind, spec: FieldSpec) -> tuple[str, ...]:
    """The closed list that a field's one word is taken from: in public without what is sensitive."""
    if spec.fixed or spec.is_list:
        return spec.fixed
    words = view.settings.words(kind, spec, view.year) or ()
    if spec.words == "类别":
        category = view.settings.vocabulary.category
        known = ((word, category(kind.name, word, view.year)) for word in words)
        return tuple(w for w, c in known if view.gate.is_internal or not (c and c.sensitive))
    is_shown = view.gate.is_internal or spec.words not in _drawn_from_inside()
    return words if spec.words in LISTS and is_shown else ()


@cache
def _drawn_from_inside() -> frozenset[str | None]:
    """The lists that a field which stays inside draws from: their words may give away what it holds."""
    hidden = [s for kind in KINDS.values() for s in kind.fields.values() if not s.public]
    parts = (part for s in hidden if s.model for part in specs(s.model).values())
    return frozenset(spec.words for spec in (*hidden, *parts))


def _row(view: View, specs: Iterable[FieldSpec], record: Record) -> Row:
    row: Row = {}
    for spec in specs:
        value = getattr(record.fields, spec.attribute)
        if value is not None:
            row[spec.key] = "、".join(map(str, value)) if isinstance(value, tuple) else value
    return row | view.gate.counters(record) | {"板块": record.section(view.settings)}
