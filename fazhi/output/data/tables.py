"""A year's records as tables: the columns that an edition lets through, each declared, and rows."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property
from typing import Literal

from fazhi.output.data.figures_json import Figure, Figures
from fazhi.output.view import View
from fazhi.records.record import Record
from fazhi.schema.every_kind import Publicity
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, Case, Kind, Meeting
from fazhi.schema.units import places
from fazhi.schema.vocabulary import LISTS

Type = Literal["string", "integer", "number", "date", "yearmonth"]  # of Frictionless Table Schema
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
    rows: Sequence[Sequence[object]]
    key: tuple[str, ...] = ()

    @cached_property
    def csv(self) -> bytes:
        """The table in UTF-8 with a byte order mark, which spreadsheet programs need."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(defused(column.name) for column in self.columns)
        writer.writerows(map(defused, row) for row in self.rows)
        return b"\xef\xbb\xbf" + out.getvalue().encode()


def marked(table: Table, mark: str) -> Table:
    """A table, each row of which says that it holds for nobody: it is read without its file's name."""
    column = Column("性质", "为什么不是公布的数：示例的，没有定稿的，只在单位里用的", required=True)
    rows = [(*row, mark) for row in table.rows]
    return replace(table, columns=[*table.columns, column], rows=rows) if mark else table


def defused(cell: object) -> object:
    """Text that a spreadsheet would take for a formula, with a quotation mark before it."""
    if isinstance(cell, str) and cell.lstrip()[:1] in _FORMULA:
        return f"'{cell}"
    return cell


FIGURES = {  # by what they are called in figures.json
    "name": Column("指标", "指标的名称", required=True),
    "section": Column("板块", "所属板块", required=True),
    "measure": Column("统计", "怎么数", required=True),
    "value": Column("数值", "比率是百分数；暂无和不公布的是空的", "number"),
    "unit": Column("单位", "计量单位"),
    "numerator": Column("分子", "比率的分子", "integer"),
    "denominator": Column("分母", "比率的分母", "integer"),
    "words": Column("写法", "报告正文第一次印出时的写法", required=True),
    "definition": Column("口径", "数什么、怎么数", required=True),
    "part": Column("分项", "是哪一个分项的数；整个指标的是空的"),
}
_TOTALS = (
    Column("月份", "受理的月份", "yearmonth", required=True),
    Column("类别", "案件的类别", required=True),
    Column("结果", "当年底的结果，以后办结的仍然是在办", required=True),
    Column("件数", "这个月份、类别和结果的案件有几件", "integer", required=True),
)
_SUMMARY = (
    Column("月份", "召开的月份", "yearmonth", required=True),
    Column("类别", "会议的类别", required=True),
    Column("主题", "议题的主题，几个之间用顿号", required=True),
)


def of_figures(figures: Figures) -> Table:
    """figures.json as a row a figure, each followed by its parts."""
    rows = [
        [told.get(key) for key in FIGURES]
        for figure in figures.figures
        for told in (row(figure), *(row(figure, part) for part in figure.parts or {}))
    ]
    return Table("figures", "全部指标和分项", [*FIGURES.values()], rows)


def row(figure: Figure, part: str | None = None) -> dict[str, object]:
    """What a row says of a figure, or of a part of it, by what that is called in figures.json."""
    held = figure.model_dump(exclude={"parts"})
    if part is None:
        return held
    number = (figure.parts or {})[part]
    return held | {"part": part, "value": number, "words": f"{number}{figure.unit}"}


def of_kind(view: View, kind: Kind) -> Table:
    """The records of a kind, as far as the edition shows them."""
    own = [record for record in view.gate.listed(view.source.records) if record.kind is kind]
    title = f"{kind.name}记录"
    if view.gate.is_internal or kind.model.publicity is Publicity.FULL:
        shown = [record for record in own if view.gate.has_page(record)]
        specs = [
            spec
            for spec in kind.fields.values()
            if view.gate.may_show(spec) and spec.model is None and spec.key != "计数"
        ]
        columns = _columns(view, kind, specs, shown)
        held = (_held(view, specs, record) for record in shown)
        rows = [[row.get(column.name) for column in columns] for row in held]
        return Table(kind.folder, title, columns, rows)
    if kind.model is Case:
        ended = date(view.year, 12, 31)
        cases = (r.fields.as_of(ended) for r in own if isinstance(r.fields, Case))
        counts = Counter((c.day.strftime("%Y-%m"), c.category, c.outcome) for c in cases)
        totals = [(*key, count) for key, count in sorted(counts.items())]
        return Table(kind.folder, title, _TOTALS, totals, ("月份", "类别", "结果"))
    summed = (r.fields for r in own if view.gate.publicity(r) >= Publicity.SUMMARY)
    meetings = (fields for fields in summed if isinstance(fields, Meeting))
    lines = [(m.day.strftime("%Y-%m"), m.category, "、".join(m.topics)) for m in meetings]
    return Table(kind.folder, title, _SUMMARY, lines)


def _columns(
    view: View, kind: Kind, specs: Iterable[FieldSpec], records: Iterable[Record]
) -> list[Column]:
    """The plain fields, and the 计数 that any of the records carries."""
    columns = []
    for spec in specs:
        held: Type = "date" if spec.is_day else "integer" if spec.is_count else "string"
        held = "number" if spec.is_amount else held
        words = _words(view, kind, spec)
        columns.append(Column(spec.key, spec.meaning, held, spec.required, words))
    carried = {name for record in records for name in view.gate.counters(record)}
    counters = [c for c in view.settings.vocabulary.counters if c.name in carried]
    units = {c.name: c.unit for c in counters if c.holds_in(view.year)}
    return columns + [
        Column(n, f"计数，单位为{unit}", "number" if places(unit) else "integer")
        for n, unit in units.items()
    ]


def _words(view: View, kind: Kind, spec: FieldSpec) -> tuple[str, ...]:
    """The closed list that a field's one word is taken from: in public without what is sensitive."""
    if spec.fixed or spec.is_list:
        return spec.fixed
    if spec.words == "板块":
        return tuple(section.name for section in view.sections)
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


def _held(view: View, specs: Iterable[FieldSpec], record: Record) -> dict[str, object]:
    row: dict[str, object] = {}
    for spec in specs:
        value = getattr(record.fields, spec.attribute)
        if isinstance(value, dict):
            parts = ((n, "和".join(v) if isinstance(v, tuple) else v) for n, v in value.items())
            row[spec.key] = "、".join(f"{name} {held}" for name, held in parts)
        elif value is not None:
            row[spec.key] = "、".join(map(str, value)) if isinstance(value, tuple) else value
    return row | view.gate.counters(record) | {"板块": record.section(view.settings)}
