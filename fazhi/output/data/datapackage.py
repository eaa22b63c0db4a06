"""datapackage.json: a year's tables described for programs, as a Frictionless Data Package (v1).

Everything in it follows from the tables themselves; no licence is named, which is the publisher's
to decide.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from fazhi.output.data.json_files import written
from fazhi.output.data.tables import Column, Table, defused
from fazhi.output.view import View


def package(view: View, tables: Iterable[Table]) -> bytes:
    """The descriptor of a year's tables, which are beside it as CSV files."""
    township, narrative = view.settings.township, view.source.narrative
    document = {
        "profile": "tabular-data-package",
        "name": f"fazhi-{view.year}-{view.gate.edition}",
        "title": f"{township.short_name}{view.year}年法治政府建设的指标和记录",
        **({"created": f"{narrative.meta.written}T00:00:00Z"} if narrative else {}),
        "contributors": [{"title": township.name, "role": "publisher"}],
        "resources": [_resource(table) for table in tables],
    }
    return written(document).encode()


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
