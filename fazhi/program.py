"""The program itself, as far as what it makes depends on it."""

from __future__ import annotations

import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path

from fazhi.cache import key

_LIBRARIES = ("Jinja2", "Markdown", "MarkupSafe", "Pillow", "PyYAML", "nh3", "pydantic")
"""Whose other versions may make other things of the same records."""


@cache
def digest() -> bytes:
    """A name for this program: for every file of it, the Python it runs on and its libraries.

    Read once a run, in some milliseconds: a change of one line makes all that was kept a stranger's.
    """
    folder = Path(__file__).parent
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".md", ".html"))
    parts = [part for file in files for part in (file.name, file.read_bytes())]
    return key(sys.version, *(version(name) for name in _LIBRARIES), *parts)
