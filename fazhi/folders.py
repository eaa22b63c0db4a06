"""What lies in a folder and below it: no link is followed, and no deeper than anybody needs."""

from __future__ import annotations

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


def is_too_deep(path: Path, top: Path) -> bool:
    """Whether a folder is not looked into any more."""
    return len(path.relative_to(top).parts) > LEVELS
