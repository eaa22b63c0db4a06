"""Which files of docs/ an edition carries as they are. What is not named here stays inside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fazhi.report.editions import Edition
from fazhi.sources import files

_FOLDERS = {
    Edition.PUBLIC: ("assets",),
    Edition.INTERNAL: ("assets", "guide", "rules"),
}


def is_carried(uri: str, edition: Edition) -> bool:
    """Whether `uri`, relative to docs/, goes into an edition unchanged."""
    folder, _, rest = uri.partition("/")
    is_page = uri.lower().endswith((".md", ".html", ".htm", ".xhtml"))
    return folder in _FOLDERS[edition] and bool(rest) and not (is_page and folder == "assets")


def carried(docs: Path, edition: Edition) -> Iterator[str]:
    """All such files of a docs folder; links are not followed."""
    for file in files.below(docs):
        uri = file.relative_to(docs).as_posix()
        if file.is_file() and not file.is_symlink() and is_carried(uri, edition):
            yield uri
