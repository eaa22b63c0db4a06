"""A snapshot of everything that a check reads: its content hash shows that nothing has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fazhi.sources.files import content_key
from fazhi.sources.tree import UNOPENED, EntryType, Stamp, Tree

TOPS = ("records", "docs", "overrides", "mkdocs.yml")
"""Whatever a check reads of a project lies here."""
_WHOLE = 1_000_000
"""Bytes up to which what was read is kept, as every record is."""


class _Unusual(Exception):
    """A link, or what is neither a file nor a folder: where it leads is looked at by nobody."""


@dataclass(frozen=True)
class Snapshot:
    """The content hash of all files and their names, and what the disk said of them then.

    `records` has the bytes of the record files, by path: who checks them need not read them again.
    """

    tree: Tree
    key: bytes
    records: Mapping[str, bytes] = field(repr=False)
    _stamps: list[tuple[str, int, int]] = field(repr=False)

    def is_current(self) -> bool:
        """Whether nothing has been written since, as far as sizes and times show."""
        try:
            return self._stamps == [_noted(*found) for found in _all(self.tree)]
        except (OSError, _Unusual):
            return False


def take(tree: Tree) -> Snapshot | None:
    """A snapshot of a folder on disk; None where a link or a file that does not open is in it."""
    try:
        parts: list[str | bytes] = []
        stamps = []
        records = {}
        for path, what, stamp in _all(tree):
            content = _content(tree, path, what, stamp)
            parts += (path, _digest(tree, path, what, stamp, content))
            stamps.append(_noted(path, what, stamp))
            if content is not None and path.startswith("records/") and path.endswith(".md"):
                records[path] = content
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
        stamp = tree.stamp(path)
        if stamp is None:
            raise _Unusual
        if what is EntryType.FOLDER:
            waiting += [(f"{path}/{name}", inner) for name, inner in reversed(tree.entries(path))]
        yield path, what, stamp


def _content(tree: Tree, path: str, what: EntryType, stamp: Stamp) -> bytes | None:
    """The bytes of a file, unless it is large."""
    if what is EntryType.FOLDER or stamp.size > _WHOLE:
        return None
    content = tree.content(path, _WHOLE)
    return content if isinstance(content, bytes) else None


def _digest(tree: Tree, path: str, what: EntryType, stamp: Stamp, content: bytes | None) -> bytes:
    """A content hash of a file; of a folder, that it is one."""
    if content is not None:
        return hashlib.blake2b(content, digest_size=20).digest()
    if what is EntryType.FOLDER:
        return b"folder"
    if stamp.size > UNOPENED:
        return b"%d bytes" % stamp.size
    with tree.open(path) as opened:
        return hashlib.blake2b(opened.read()).digest()


def _noted(path: str, what: EntryType, stamp: Stamp) -> tuple[str, int, int]:
    return path, stamp.modified, 0 if what is EntryType.FOLDER else stamp.size
