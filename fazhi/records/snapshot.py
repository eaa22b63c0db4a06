"""Everything that a check looks at, under one name: so that what has not changed is told by it."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fazhi.sources import files
from fazhi.sources.files import UNOPENED, key

TOPS = ("records", "docs", "overrides", "mkdocs.yml")
"""Whatever a check reads of a project lies here."""
_WHOLE = 1_000_000
"""Bytes up to which a file is read at once, as every record is; a larger one goes by in pieces."""


class _Unusual(Exception):
    """A link, or what is neither a file nor a folder: where it leads is looked at by nobody."""


@dataclass(frozen=True)
class Inputs:
    """The names and bytes of all the files, as `name`, and what their folders said of them then.

    `records` has the bytes of the record files, by path: who checks them need not read them again.
    """

    root: Path
    name: bytes
    records: Mapping[str, bytes] = field(repr=False)
    _stamps: list[tuple[str, int, int]] = field(repr=False)

    def are_unchanged(self) -> bool:
        """Whether nothing has been written since, as far as sizes and times tell."""
        try:
            return self._stamps == [_stamp(path, status) for path, _, status in _files(self.root)]
        except (OSError, _Unusual):
            return False


def look(root: Path) -> Inputs | None:
    """What a project is made of now; None where a link or a file that does not open is in it."""
    try:
        parts: list[str | bytes] = []
        stamps = []
        records = {}
        for path, file, status in _files(root):
            content = _content(file, status)
            parts += (os.fsencode(path), _digest(file, status, content))
            stamps.append(_stamp(path, status))
            if content is not None and path.startswith("records/") and path.endswith(".md"):
                records[path] = content
    except (OSError, _Unusual):
        return None
    return Inputs(root, key(*parts), records, stamps)


def _files(root: Path) -> Iterator[tuple[str, str, os.stat_result]]:
    """Every file and folder: its path in the project, where it is, and its status."""
    waiting = [(name, str(root / name)) for name in TOPS]
    while waiting:
        path, file = waiting.pop()
        try:
            status = os.lstat(file)
        except FileNotFoundError:
            if path in TOPS:
                continue
            raise
        if stat.S_ISDIR(status.st_mode):
            with os.scandir(file) as entries:
                names = sorted((entry.name for entry in entries), reverse=True)
            waiting += [(f"{path}/{name}", f"{file}/{name}") for name in names]
        elif not stat.S_ISREG(status.st_mode):
            raise _Unusual
        yield path, file, status


def _content(file: str, status: os.stat_result) -> bytes | None:
    """The bytes of a file, unless it is large."""
    if stat.S_ISDIR(status.st_mode) or status.st_size > _WHOLE:
        return None
    content = files.content(file, _WHOLE)
    return content if isinstance(content, bytes) else None


def _digest(file: str, status: os.stat_result, content: bytes | None) -> bytes:
    """What a file holds, told apart by it; of a folder, that it is one."""
    if content is not None:
        return hashlib.blake2b(content, digest_size=20).digest()
    if stat.S_ISDIR(status.st_mode):
        return b"folder"
    if status.st_size > UNOPENED:
        return b"%d bytes" % status.st_size
    with io.FileIO(file) as opened:
        return hashlib.file_digest(opened, hashlib.blake2b).digest()


def _stamp(path: str, status: os.stat_result) -> tuple[str, int, int]:
    return path, status.st_mtime_ns, 0 if stat.S_ISDIR(status.st_mode) else status.st_size
