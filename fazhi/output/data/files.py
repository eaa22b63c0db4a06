"""Open data of a year, and of all years: figures as JSON, tables as CSV, and what describes them."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel

from fazhi.output.data import figures_json, series, tables
from fazhi.output.data.figures_json import Figure, Figures
from fazhi.output.data.json_files import written
from fazhi.output.data.series import Series
from fazhi.output.data.tables import Column, Table, defused
from fazhi.output.official import INTERNAL
from fazhi.output.pages.markup import document
from fazhi.output.view import UNFINISHED, View, of_site
from fazhi.schema.kinds import KINDS

_TYPES: dict[tables.Type, str] = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "date": "日期",
    "yearmonth": "年月",
}
Described = tuple[str, str, list[str], list[tuple[str, str, str | None]]]
"""A file on the page about it: its name, what it is, the head of a table of its fields, their rows."""


def files(view: View) -> dict[str, str | bytes]:
    """`data/<year>/`: figures.json, a CSV a table, datapackage.json, and index.md about them."""
    folder = f"data/{view.year}"
    figures = figures_json.document(view)
    marks = [*["示例数据"] * figures.sample, *[UNFINISHED] * figures.draft]
    marks += [INTERNAL] * view.gate.is_internal
    held = [tables.of_figures(figures), *(tables.of_kind(view, k) for k in KINDS.values())]
    listed = [tables.marked(table, "；".join(marks)) for table in held]
    index = document(
        view.meta(f"{view.year}年开放数据", "data")
        | view.column("开放数据", f"{view.year}年的全部指标和可以公开的记录，供下载"),
        "data.md",
        years=series.PAGE,
        path=f"{folder}/index.md",
        tail=view.tail,
        files=described("figures.json", "全部指标，带口径和分项", (Figures, Figure), listed),
        withheld=[figure.name for figure in figures.figures if figure.withheld],
        merged=[figure.name for figure in figures.figures if figure.merged],
    )
    return {
        f"{folder}/figures.json": figures_json.written(figures),
        **{f"{folder}/{table.name}.csv": table.csv for table in listed},
        f"{folder}/datapackage.json": _package(view, f"{view.year}", "指标和记录", listed),
        f"{folder}/index.md": index.text,
    }


def of_all_years(views: Sequence[View], held: Series, table: Table) -> dict[str, str | bytes]:
    """`data/`: series.json and series.csv, what describes them, and the schemas of all years."""
    return {
        "data/series.json": figures_json.written(held),
        "data/series.csv": table.csv,
        "data/datapackage.json": _package(of_site(views), "series", "历年的指标", [table]),
        series.SCHEMA: series.schema(),
        figures_json.SCHEMA: figures_json.schema(),
    }


def described(
    name: str, title: str, models: tuple[type[BaseModel], type[BaseModel]], listed: Iterable[Table]
) -> list[Described]:
    """A JSON file, written from the model of the whole and that of a figure, and tables."""
    whole, one = (model.model_fields for model in models)
    rows = [(f.alias or n, "整个文件", f.description) for n, f in whole.items() if n != "figures"]
    rows += [(n, "每个指标", f.description) for n, f in one.items()]
    found: list[Described] = [(name, title, ["名称", "在哪里", "含义"], rows)]
    for table in listed:
        rows = [(c.name, _TYPES[c.type], c.meaning) for c in table.columns]
        found.append((f"{table.name}.csv", table.title, ["字段", "类型", "含义"], rows))
    return found


def _package(view: View, which: str, what: str, listed: Iterable[Table]) -> bytes:
    """Tables as a Frictionless Data Package (v1); no licence: that is the publisher's to decide."""
    township, narrative = view.settings.township, view.source.narrative
    publishers = narrative.meta.publishers if narrative else (township.name,)
    authors = () if township.name in publishers else (township.name,)
    marks = "（示例数据）" * township.is_sample + view.mark
    of_year = f"{which}年" if which.isdigit() else ""
    descriptor = {
        "profile": "tabular-data-package",
        "name": f"fazhi-{which}-{view.gate.edition}",
        "title": f"{township.short_name}{of_year}法治政府建设的{what}{marks}",
        **({"created": f"{narrative.meta.written}T00:00:00Z"} if narrative else {}),
        "contributors": [{"title": name, "role": "publisher"} for name in publishers]
        + [{"title": name, "role": "author"} for name in authors],
        "resources": [_resource(table) for table in listed],
    }
    return written(descriptor).encode()


def _resource(table: Table) -> dict[str, Any]:
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
        "schema": {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
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
