"""Planned files into their places: all of them, or none."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from fazhi.spreadsheets.checking import Entry


def write(root: Path, entries: Sequence[Entry]) -> None:
    """Write the files of the entries.

    Each is first written beside the records, then put in its place. Raises OSError where one cannot
    be: then those before it are as they were.
    """
    if not entries:
        return
    with (
        tempfile.TemporaryDirectory(dir=root, prefix=".importing-") as folder,
        _undone_on_failure() as undo,
    ):
        staged = []
        for place, entry in enumerate(entries):
            target = root / entry.path
            old = target.read_bytes() if entry.record else None
            file = Path(folder) / str(place)
            file.write_bytes(_bytes(entry.text, old))
            staged.append((file, target, old))
        for file, target, old in staged:
            if old is not None:
                file.chmod(target.stat().st_mode)
            elif target.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
            # How to undo it is noted first: an interruption may come right after it.
            for made in _missing(target.parent):
                undo.callback(_remove, made)
                made.mkdir()
            undo.callback(_restore, target, old)
            file.replace(target)


@contextlib.contextmanager
def _undone_on_failure() -> Iterator[contextlib.ExitStack]:
    """Callbacks that are called, last first, only where what is done within fails."""
    with contextlib.ExitStack() as stack:
        yield stack
        stack.pop_all()


def _missing(folder: Path) -> list[Path]:
    """The folders that must be made for one to be there, the outermost first."""
    return [f for f in reversed([folder, *folder.parents]) if not f.exists()]


def _restore(target: Path, old: bytes | None) -> None:
    if old is None:
        target.unlink(missing_ok=True)
    elif target.read_bytes() != old:
        target.write_bytes(old)


def _remove(folder: Path) -> None:
    with contextlib.suppress(OSError):  # it was not made, or something else lies in it by now
        folder.rmdir()


def _bytes(text: str, old: bytes | None) -> bytes:
    """A changed text as bytes, with the mark at its beginning and the line ends that it had."""
    if old is None:
        return text.encode()
    if b"\r\n" in old and b"\n" not in old.replace(b"\r\n", b""):
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b"") + text.encode()
