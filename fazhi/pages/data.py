"""Open data of a year: figures.json, one CSV a kind, and a description of every field."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from fazhi.figures import Value
from fazhi.ledger import Record
from fazhi.pages.view import Row, View, page
from fazhi.schema import KINDS, Case, Kind, Meeting, Publicity
from fazhi.wording import half_up

FIGURE_FIELDS = {
    "name": "指标的名称",
    "section": "所属板块",
    "value": "数值；比率是百分数，四舍五入到两位小数；暂无的为 null",
    "unit": "单位",
    "numerator": "比率的分子",
    "denominator": "比率的分母",
    "parts": "分项和各项的数",
    "words": "报告正文第一次印出时的写法；正文没有印的，为数值和单位",
    "records": "这个数背后有几条记录",
}
TOTAL_FIELDS = {
    "月份": "受理的月份",
    "类别": "案件的类别",
    "结果": "办理的结果",
    "件数": "这个月份、类别和结果的案件有几件",
}
SUMMARY_FIELDS = {"月份": "召开的月份", "类别": "会议的类别", "主题": "议题的主题"}


def files(view: View) -> dict[str, str | bytes]:
    """`data/<year>/figures.json`, `<kind>.csv` and `index.md`, the description."""
    folder = f"data/{view.year}"
    made: dict[str, str | bytes] = {f"{folder}/figures.json": figures(view)}
    described = [("figures.json", "全部指标", FIGURE_FIELDS)]
    if view.gate.is_internal:
        described = [("figures.json", "全部指标", FIGURE_FIELDS | {"records": "记录文件的路径"})]
    for kind in KINDS.values():
        fields, rows = table(view, kind)
        name = f"{kind.folder}.csv"
        made[f"{folder}/{name}"] = csv_bytes(list(fields), rows)
        described.append((name, f"{kind.name}记录", fields))
    made[f"{folder}/index.md"] = page(
        view.meta(f"{view.year}年开放数据", "data")
        | view.column("开放数据", f"{view.year}年的全部指标和可以公开的记录，供下载"),
        "data.md",
        files=[
            {
                "name": name,
                "meaning": meaning,
                "rows": [Row([key, text]) for key, text in fields.items()],
            }
            for name, meaning, fields in described
        ],
    )
    return made


def figures(view: View) -> bytes:
    """Every published figure, as JSON in UTF-8."""
    document = {
        "year": view.year,
        "edition": str(view.gate.edition),
        "figures": [_figure(view, value) for value in view.printed],
    }
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _figure(view: View, value: Value) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": value.name,
        "section": value.definition.section,
        "value": _number(value),
        "unit": value.unit,
    }
    if value.numerator is not None:
        entry |= {"numerator": value.numerator, "denominator": value.denominator}
    if value.parts is not None:
        entry["parts"] = dict(value.parts)
    entry["words"] = view.words(value)
    paths = [record.path for record in value.records]
    public = None if value.withheld else len(paths)
    entry["records"] = paths if view.gate.is_internal else public
    return entry


def _number(value: Value) -> int | float | None:
    if value.number is None:
        return None
    if value.number.denominator == 1:
        return int(value.number)
    return float(Decimal(half_up(value.number, 2)))


def table(view: View, kind: Kind) -> tuple[dict[str, str], list[dict[str, object]]]:
    """A kind's fields with their meaning, and a row for all that the edition lets through."""
    own = [record for record in view.gate.listed(view.source.records) if record.kind is kind]
    if view.gate.is_internal or kind.model.publicity is Publicity.FULL:
        return _full(view, kind, [record for record in own if view.gate.has_page(record)])
    if kind.model is Case:
        return TOTAL_FIELDS, _totals(own)
    shown = [r for r in own if view.gate.publicity(r) >= Publicity.SUMMARY]
    return SUMMARY_FIELDS, [_summary(record) for record in shown]


def _full(
    view: View, kind: Kind, records: list[Record]
) -> tuple[dict[str, str], list[dict[str, object]]]:
    specs = [s for s in kind.fields.values() if view.gate.may_show(s)]
    plain = [s for s in specs if s.key not in ("佐证材料", "议题", "分类", "计数")]
    fields = {spec.key: spec.meaning for spec in plain}
    counters = view.settings.vocabulary.counters
    held = {name for record in records for name in view.gate.counters(record)}
    public = [counter for counter in counters if counter.name in held]
    fields |= {c.name: f"计数，单位为{c.unit}" for c in public}
    rows = []
    for record in records:
        row: dict[str, object] = {}
        for spec, value in view.gate.fields(record):
            row[spec.key] = "、".join(map(str, value)) if isinstance(value, tuple) else value
        row |= view.gate.counters(record)
        row["板块"] = record.section(view.settings)
        rows.append({key: row.get(key, "") for key in fields})
    return fields, rows


def _totals(records: Iterable[Record]) -> list[dict[str, object]]:
    counts = Counter(
        (record.fields.day.strftime("%Y-%m"), record.fields.category, record.fields.outcome)
        for record in records
        if isinstance(record.fields, Case)
    )
    return [
        dict(zip(TOTAL_FIELDS, (*key, count), strict=True)) for key, count in sorted(counts.items())
    ]


def _summary(record: Record) -> dict[str, object]:
    assert isinstance(record.fields, Meeting)
    topics = "、".join(record.fields.topics)
    month = record.fields.day.strftime("%Y-%m")
    return {"月份": month, "类别": record.fields.category, "主题": topics}


def csv_bytes(head: list[str], rows: Iterable[dict[str, object]]) -> bytes:
    """CSV in UTF-8 with a byte order mark, which spreadsheet programs need; cells defused."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    for row in rows:
        writer.writerow([defused(row[name]) for name in head])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def defused(cell: object) -> object:
    """Text that a spreadsheet would take for a formula, with a quotation mark before it."""
    if isinstance(cell, str) and cell.lstrip()[:1] in set("=+-@＝＋－＠\t\r"):
        return f"'{cell}"
    return cell
