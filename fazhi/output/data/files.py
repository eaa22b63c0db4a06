"""Open data of a year: its figures as JSON, its tables as CSV, and what describes them."""

from __future__ import annotations

from typing import Any

from fazhi.output.data import datapackage, figures_json, tables
from fazhi.output.data.figures_json import Figure, Figures
from fazhi.output.data.tables import Table
from fazhi.output.pages.markup import page
from fazhi.output.view import Row, View
from fazhi.schema.kinds import KINDS


def files(view: View) -> dict[str, str | bytes]:
    """`data/<year>/`: figures.json, a CSV a table, datapackage.json, and index.md about them."""
    folder = f"data/{view.year}"
    figures = figures_json.document(view)
    listed = [tables.of_figures(figures), *(tables.of_kind(view, k) for k in KINDS.values())]
    made: dict[str, str | bytes] = {f"{folder}/figures.json": figures_json.written(figures)}
    made |= {f"{folder}/{table.name}.csv": table.csv for table in listed}
    made[f"{folder}/datapackage.json"] = datapackage.package(view, listed)
    made[f"{folder}/index.md"] = page(
        view.meta(f"{view.year}年开放数据", "data")
        | view.column("开放数据", f"{view.year}年的全部指标和可以公开的记录，供下载"),
        "data.md",
        files=[_of_json(), *(_of_table(table) for table in listed)],
        withheld=[figure.name for figure in figures.figures if figure.withheld],
        merged=[figure.name for figure in figures.figures if figure.merged],
    )
    return made


def _of_json() -> dict[str, Any]:
    """figures.json as the page tells of it."""
    fields = {n: f for n, f in Figures.model_fields.items() if n != "figures"}
    rows = [Row([f.alias or n, "整个文件", f.description]) for n, f in fields.items()]
    rows += [Row([n, "每个指标", f.description]) for n, f in Figure.model_fields.items()]
    head = ["名称", "在哪里", "含义"]
    return {"name": "figures.json", "meaning": "全部指标，带口径和分项", "head": head, "rows": rows}


def _of_table(table: Table) -> dict[str, Any]:
    head = ["字段", "类型", "含义"]
    rows = [Row([c.name, _TYPES[c.type], c.meaning]) for c in table.columns]
    return {"name": f"{table.name}.csv", "meaning": table.title, "head": head, "rows": rows}


_TYPES: dict[tables.Type, str] = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "date": "日期",
    "yearmonth": "年月",
}
