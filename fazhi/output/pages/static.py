"""Which files of docs/ an edition carries as they are. What is not named here stays inside."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi.report.editions import Edition
from fazhi.sources.tree import EntryType, Tree

_FOLDERS = {
    Edition.PUBLIC: ("assets",),
    Edition.INTERNAL: ("assets", "guide", "rules"),
}


def is_carried(uri: str, edition: Edition) -> bool:
    """Whether `uri`, relative to docs/, goes into an edition unchanged."""
    folder, _, rest = uri.partition("/")
    is_page = uri.lower().endswith((".md", ".html", ".htm", ".xhtml"))
    return folder in _FOLDERS[edition] and bool(rest) and not (is_page and folder == "assets")


def carried(tree: Tree, edition: Edition) -> Iterator[str]:
    """All such files in the docs folder of a project; links are not followed."""
    for path, what in tree.walk("docs"):
        uri = path.removeprefix("docs/")
        if what is EntryType.FILE and is_carried(uri, edition):
            yield uri


def static_files(tree: Tree, edition: Edition) -> dict[str, bytes]:
    """The bytes of all such files, by their paths in docs/."""
    found = {}
    for uri in carried(tree, edition):
        with tree.open(f"docs/{uri}") as opened:
            found[uri] = opened.read()
    return found
