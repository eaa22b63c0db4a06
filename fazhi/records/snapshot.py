"""A snapshot of everything that a check reads: its content hash shows that nothing has changed."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fazhi.sources.files import content_key
from fazhi.sources.tree import UNOPENED, EntryType, Stamp, Tree

TOPS = ("records", "docs", "overrides", "mkdocs.yml")  # all that a check reads of a project
_WHOLE = 1_000_000  # bytes up to which a record is kept


class _Unusual(Exception):
    """A link, or what is neither a file nor a folder: it is not followed."""


@dataclass(frozen=True)
class Snapshot:
    """The content hash of all files and their names, and what the disk said of them then."""

    tree: Tree
    key: bytes
    records: Mapping[str, bytes] = field(repr=False)  # the record files, by path: read once
    _stamps: list[tuple[str, int, int]] = field(repr=False)

    def is_current(self) -> bool:
        """Whether nothing has been written since, as far as sizes and times show."""
        try:
            return self._stamps == [_noted(*found) for found in _all(self.tree)]
        except (OSError, _Unusual):
            return False


def take(tree: Tree) -> Snapshot | None:
    """A snapshot of a folder on disk; None where a link or a file that does not open is in it."""
    parts: list[str | bytes] = []
    stamps = []
    records = {}
    try:
        for path, what, stamp in _all(tree):
            stamps.append(_noted(path, what, stamp))
            if what is EntryType.FOLDER:
                parts += (path, "folder")
                continue
            content = tree.content(path, UNOPENED)
            if isinstance(content, int):
                content = b"%d bytes" % content
            elif len(content) <= _WHOLE and path.startswith("records/") and path.endswith(".md"):
                records[path] = content
            parts += (path, hashlib.blake2b(content, digest_size=20).digest())
    except (OSError, _Unusual):
        return None
    return Snapshot(tree, content_key(*parts), records, stamps)


def _all(tree: Tree) -> Iterator[tuple[str, EntryType, Stamp]]:
    """Every file and folder: its path, what it is, and what the disk says of it."""
    waiting = [(top, what) for top in TOPS if (what := tree.type_of(top))]
    while waiting:
        path, what = waiting.pop()
        if what not in (EntryType.FILE, EntryType.FOLDER):
            raise _Unusual
        if (stamp := tree.stamp(path)) is None:
            raise _Unusual
        if what is EntryType.FOLDER:
            waiting += [(f"{path}/{name}", inner) for name, inner in reversed(tree.entries(path))]
        yield path, what, stamp


def _noted(path: str, what: EntryType, stamp: Stamp) -> tuple[str, int, int]:
    return path, stamp.modified, 0 if what is EntryType.FOLDER else stamp.size
