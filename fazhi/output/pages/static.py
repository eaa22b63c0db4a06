"""Which files of docs/ an edition carries. What is not named here stays inside."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from fazhi.output.view import NotRendered
from fazhi.problems.problem import Problem
from fazhi.records.cache import Cache, program
from fazhi.report.editions import Edition
from fazhi.sources import evidence
from fazhi.sources.evidence import styles
from fazhi.sources.evidence.leaving import DRAWING, PICTURES, STYLE
from fazhi.sources.faults import unsearchable
from fazhi.sources.files import content_key
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


def static_files(tree: Tree, edition: Edition, cache: Cache | None = None) -> dict[str, bytes]:
    """What leaves of all such files, by their paths in docs/: pictures are made anew of their pixels,
    drawings of what is drawn, styles without notes. Raises NotRendered."""
    files = {uri: tree.read(f"docs/{uri}") for uri in carried(tree, edition)}
    for uri, data in files.items():
        suffix = PurePosixPath(uri).suffix.lower()
        if suffix in (*PICTURES, DRAWING, STYLE) and uri.startswith("assets/"):
            key = content_key("picture", program(), suffix, data)
            files[uri] = (cache and cache.get(key)) or _anew(uri, data)
            if cache:
                cache.put(key, files[uri])
    return files


def _anew(uri: str, data: bytes) -> bytes:
    from fazhi.sources.evidence import drawings, photos  # noqa: PLC0415 - loaded where there are pictures

    suffix = PurePosixPath(uri).suffix
    try:
        match suffix.lower():
            case ".svg":
                return drawings.anew(data)
            case ".css":
                return styles.anew(evidence.text(data)).encode()
        return photos.anew(data, suffix)
    except photos.Unreadable as error:  # its pixels, which no check looks at
        fault = unsearchable(str(error), leaves=True)
        raise NotRendered([Problem(f"docs/{uri}", 1, 1, *fault)]) from None
