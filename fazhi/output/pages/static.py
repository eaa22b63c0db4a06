"""Which files of docs/ an edition carries as they are. What is not named here stays inside."""

from collections.abc import Iterator

from fazhi.report.editions import Edition
from fazhi.sources.tree import EntryType, Tree

_FOLDERS = {Edition.PUBLIC: ("assets",), Edition.INTERNAL: ("assets", "guide", "rules")}


def carried(tree: Tree, edition: Edition) -> Iterator[str]:
    """All such files by their paths in docs/; links are not followed."""
    for path, what in tree.walk("docs"):
        uri = path.removeprefix("docs/")
        folder, _, rest = uri.partition("/")
        is_page = uri.lower().endswith((".md", ".html", ".htm", ".xhtml"))
        is_ours = folder in _FOLDERS[edition] and rest and not (is_page and folder == "assets")
        if what is EntryType.FILE and is_ours:
            yield uri


def static_files(tree: Tree, edition: Edition) -> dict[str, bytes]:
    """The bytes of all such files, by their paths in docs/."""
    return {uri: tree.read(f"docs/{uri}") for uri in carried(tree, edition)}
