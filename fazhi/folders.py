"""What lies in a folder and below it: no link is followed, and no deeper than anybody needs.

And what a file holds.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

LEVELS = 10
"""How deep folders are looked into. A walk that goes down by calling itself would not come back
from a thousand of them."""


def below(top: Path) -> Iterator[Path]:
    """Every file, folder and link below a folder, in order of path; none where there is no folder.

    A link is given and not followed, the top itself included.
    """
    found: list[Path] = []
    waiting = [top] if top.is_dir() and not top.is_symlink() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                path = Path(entry.path)
                found.append(path)
                if entry.is_dir(follow_symlinks=False) and not is_too_deep(path, top):
                    waiting.append(path)
    return iter(sorted(found))


def content(file: Path | str, most: int) -> bytes | int:
    """The bytes of a file, or how many they are where they are more than `most`.

    As the records are so many, the system is asked no more than it must be. Raises OSError.
    """
    opened = os.open(file, _READING)
    try:
        size = os.fstat(opened).st_size
        if size > most:
            return size
        data = os.read(opened, size + 1)
        if len(data) != size:  # it grew meanwhile, or comes in pieces
            data += io.FileIO(opened, closefd=False).readall()
        return data
    finally:
        os.close(opened)


_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # Windows would read line ends otherwise


def is_too_deep(path: Path, top: Path) -> bool:
    """Whether a folder is not looked into any more."""
    return len(path.relative_to(top).parts) > LEVELS
