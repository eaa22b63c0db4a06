"""Open data of a year: its figures as JSON, its tables as CSV, and what describes them."""

import hashlib
from collections.abc import Iterable
from typing import Any

from fazhi.output.data import figures_json, tables
from fazhi.output.data.figures_json import Figure, Figures
from fazhi.output.data.json_files import written
from fazhi.output.data.tables import Column, Table, defused
from fazhi.output.pages.markup import document
from fazhi.output.view import View
from fazhi.schema.kinds import KINDS

_TYPES: dict[tables.Type, str] = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "date": "日期",
    "yearmonth": "年月",
}


def files(view: View) -> dict[str, str | bytes]:
    """`data/<year>/`: figures.json, a CSV a table, datapackage.json, and index.md about them."""
    folder = f"data/{view.year}"
    figures = figures_json.document(view)
    listed = [tables.of_figures(figures), *(tables.of_kind(view, k) for k in KINDS.values())]
    fields = {n: f for n, f in Figures.model_fields.items() if n != "figures"}
    rows = [(f.alias or n, "整个文件", f.description) for n, f in fields.items()]
    rows += [(n, "每个指标", f.description) for n, f in Figure.model_fields.items()]
    described = [("figures.json", "全部指标，带口径和分项", ["名称", "在哪里", "含义"], rows)]
    for table in listed:
        rows = [(c.name, _TYPES[c.type], c.meaning) for c in table.columns]
        described.append((f"{table.name}.csv", table.title, ["字段", "类型", "含义"], rows))
    index = document(
        view.meta(f"{view.year}年开放数据", "data")
        | view.column("开放数据", f"{view.year}年的全部指标和可以公开的记录，供下载"),
        "data.md",
        files=described,
        withheld=[figure.name for figure in figures.figures if figure.withheld],
        merged=[figure.name for figure in figures.figures if figure.merged],
    )
    return {
        f"{folder}/figures.json": figures_json.written(figures),
        **{f"{folder}/{table.name}.csv": table.csv for table in listed},
        f"{folder}/datapackage.json": _package(view, listed),
        f"{folder}/index.md": index.text,
    }


def _package(view: View, listed: Iterable[Table]) -> bytes:
    """The tables as a Frictionless Data Package (v1); no licence: that is the publisher's to decide."""
    township, narrative = view.settings.township, view.source.narrative
    publishers = narrative.meta.publishers if narrative else (township.name,)
    authors = () if township.name in publishers else (township.name,)
    marks = ("（示例数据）" * township.is_sample, "（草稿）" * view.is_draft)
    descriptor = {
        "profile": "tabular-data-package",
        "name": f"fazhi-{view.year}-{view.gate.edition}",
        "title": f"{township.short_name}{view.year}年法治政府建设的指标和记录{''.join(marks)}",
        **({"created": f"{narrative.meta.written}T00:00:00Z"} if narrative else {}),
        "contributors": [{"title": name, "role": "publisher"} for name in publishers]
        + [{"title": name, "role": "author"} for name in authors],
        "resources": [_resource(table) for table in listed],
    }
    return written(descriptor).encode()


def _resource(table: Table) -> dict[str, Any]:
    fields = [_field(column) for column in table.columns]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.csv),
        "hash": f"sha256:{hashlib.sha256(table.csv).hexdigest()}",
        "dialect": {
            "delimiter": ",",
            "lineTerminator": "\r\n",
            "quoteChar": '"',
            "doubleQuote": True,
            "header": True,
        },
        "schema": {"fields": fields, "missingValues": [""]}
        | ({"primaryKey": list(table.key)} if table.key else {}),
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.type in ("integer", "number"):
        constraints["minimum"] = 0
    if column.words:
        constraints["enum"] = [defused(word) for word in column.words]
    field: dict[str, Any] = {
        "name": defused(column.name),
        "title": column.name,
        "description": column.meaning,
        "type": column.type,
    }
    return field | ({"constraints": constraints} if constraints else {})
