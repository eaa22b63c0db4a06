"""Planned files into their places: all of them, or none."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

from fazhi.commands.spreadsheets.checking import Entry
from fazhi.sources import files as folders


def write(root: Path, entries: Sequence[Entry]) -> None:
    """Write the files of the entries: all of them, or none.

    Raises OSError where one cannot be written, or would take the place of another.
    """
    files: dict[Path, bytes | Path | None] = {}
    for entry in entries:
        place = root / entry.path
        if entry.record is None and place.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
        files[place] = _bytes(entry.text, place.read_bytes() if entry.record else None)
    with folders.replaced(files, root):
        pass


def _bytes(text: str, old: bytes | None) -> bytes:
    """A changed text as bytes, with the mark at its beginning and the line ends that it had."""
    if old is None:
        return text.encode()
    if b"\r\n" in old and b"\n" not in old.replace(b"\r\n", b""):
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b"") + text.encode()
