"""Which program this is: what one program has made must not be taken for the work of another."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fazhi.sources.files import content_key


@cache
def digest(*beside: Path) -> bytes:
    """The content hash of fazhi, of the folders beside it, this Python and every installed package.

    All of fazhi, so that nobody has to note what depends on what, and forget it: 10 ms, once a run.
    A package is known by its dist-info folder, whose name holds its version; none is loaded for it.
    """
    if beside:
        return content_key(digest(), *(part for top in beside for part in _lines(top)))
    installed = {found.name for path in sys.path for found in Path(path).glob("*.dist-info")}
    return content_key(sys.version, *_lines(Path(__file__).parents[1]), *sorted(installed))


def _lines(top: Path) -> Iterator[str | bytes]:
    for folder, inner, files in os.walk(top):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(files):
            path = f"{folder}/{name}"
            yield from (path.removeprefix(str(top)), Path(path).read_bytes())
