"""A small reader of Frictionless Table Schema, which knows nothing of the program."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

READERS: dict[str, Callable[[str], object]] = {
    "string": str,
    "integer": lambda text: int(re.fullmatch(r"-?\d+", text)[0]),  # type: ignore[index]
    "number": lambda text: float(re.fullmatch(r"-?\d+(\.\d+)?", text)[0]),  # type: ignore[index]
    "date": lambda text: re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", text)[0],  # type: ignore[index]
    "yearmonth": lambda text: re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text)[0],  # type: ignore[index]
}


def faults(folder: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """What is wrong with the data package of a folder, by the descriptor in it."""
    package = json.loads(files[f"{folder}/datapackage.json"])
    if package["profile"] != "tabular-data-package" or not package["resources"]:
        yield "the package has no profile or no resource"
    if not re.fullmatch(r"[a-z0-9._-]+", package["name"]):
        yield f"name {package['name']}"
    for resource in package["resources"]:
        for fault in _resource_faults(resource, files[f"{folder}/{resource['path']}"]):
            yield f"{resource['path']}: {fault}"


def _resource_faults(resource: dict[str, Any], data: bytes) -> Iterator[str]:
    if resource["bytes"] != len(data):
        yield "bytes"
    if resource["hash"] != "sha256:" + hashlib.sha256(data).hexdigest():
        yield "hash"
    text = data.decode(resource["encoding"]).removeprefix("\ufeff")
    dialect = resource["dialect"]
    head, *rows = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=dialect["delimiter"],
        quotechar=dialect["quoteChar"],
        doublequote=dialect["doubleQuote"],
    )
    fields = resource["schema"]["fields"]
    if head != [field["name"] for field in fields]:
        yield f"columns {head}"
    for number, row in enumerate(rows, 2):
        for field, cell in zip(fields, row, strict=True):
            yield from _cell_faults(field, cell, resource["schema"]["missingValues"], number)
    keys = [head.index(name) for name in resource["schema"].get("primaryKey", ())]
    if keys and len({tuple(row[key] for key in keys) for row in rows}) != len(rows):
        yield "primaryKey"


def _cell_faults(
    field: dict[str, Any], cell: str, missing: list[str], number: int
) -> Iterator[str]:
    held_to = field.get("constraints", {})
    if cell in missing:
        if held_to.get("required"):
            yield f"line {number}: {field['name']} is missing"
        return
    try:
        value = READERS[field["type"]](cell)
    except TypeError:
        yield f"line {number}: {field['name']} is no {field['type']}: {cell}"
        return
    if "minimum" in held_to and value < held_to["minimum"]:
        yield f"line {number}: {field['name']} is below the minimum"
    if "enum" in held_to and cell not in held_to["enum"]:
        yield f"line {number}: {field['name']} is none of the words: {cell}"
