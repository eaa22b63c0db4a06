"""The addresses of pages, and the way from one to another."""

from __future__ import annotations

import posixpath
from functools import cache

from fazhi.records.record import Record


def record_path(record: Record) -> str:
    """The page of a record that may have one."""
    return f"records/{record.year}/{record.kind.folder}/{record.stem}.md"


def href(start: str, target: str, anchor: str = "") -> str:
    """The address of one page seen from another."""
    folder, _, name = target.rpartition("/")
    relative = _way(start.rpartition("/")[0], folder) + name
    if relative.endswith(".md"):
        relative = f"{relative[:-3]}.html"
    if start == target:
        relative = ""
    return f"{relative}#{anchor}" if anchor else relative


@cache
def _way(start: str, folder: str) -> str:
    """From one folder to another, with a slash at its end; nothing where they are the same."""
    way = posixpath.relpath(folder or ".", start or ".")
    return "" if way == "." else f"{way}/"


def evidence_anchor(name: str) -> str:
    return f"依据-{name}"
