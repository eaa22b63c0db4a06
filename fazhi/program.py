"""Which program this is: what one has made must not be taken for the work of another."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from fazhi.cache import key


@cache
def digest() -> bytes:
    """A name for all that works here: every line of fazhi, this Python, every package as installed.

    All of fazhi, not only what a result comes from: so nobody has to note what depends on what, and
    forget it. That costs 10 ms, once a run. A package is known by its dist-info folder, the name of
    which holds its version; none is loaded for it.
    """
    top = Path(__file__).parent
    files = sorted(path for path in top.rglob("*.*") if path.suffix != ".pyc")
    lines = [
        part for file in files for part in (file.relative_to(top).as_posix(), file.read_bytes())
    ]
    return key(sys.version, *lines, *_installed())


def _installed() -> list[str]:
    """The names and versions of the packages that this Python finds."""
    return sorted({found.name for path in sys.path for found in Path(path).glob("*.dist-info")})
