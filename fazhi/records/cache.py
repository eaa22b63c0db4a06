"""A cache on disk: what was made once, under the content hash of all that it was made from. Never
needed nor trusted: what is broken or another program's is thrown away. Deleting it is always safe."""

import contextlib
import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from fazhi.sources.files import content_key

FOLDER = ".cache"  # of a project; git and every check leave it alone
SPARE = 2  # times as much is kept as one run asks for: an edit taken back finds what it had
_WAIT = 5.0  # seconds for another run that is writing; after that nothing is kept of this one
_BROKEN = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_ERROR")
"""What is no database, is broken, or has other tables; else it is busy, full or not ours to write."""


@cache
def program(*beside: Path) -> bytes:
    """Which program this is: the content hash of all of fazhi, of the folders beside it, this Python and
    the names of the dist-info folders of every installed package (decision 0025)."""
    if beside:
        return content_key(program(), *(part for top in beside for part in _lines(top)))
    installed = {found.name for path in sys.path for found in Path(path).glob("*.dist-info")}
    return content_key(sys.version, *_lines(Path(__file__).parents[1]), *sorted(installed))


def _lines(top: Path) -> Iterator[str | bytes]:
    for folder, inner, files in os.walk(top):
        inner[:] = sorted(name for name in inner if name != "__pycache__")
        for name in sorted(files):
            path = f"{folder}/{name}"
            yield from (path.removeprefix(str(top)), Path(path).read_bytes())


class Cache:
    """A file of a cache folder, for one purpose. Several runs may use it at a time."""

    def __init__(self, folder: Path, purpose: str) -> None:
        self._file = folder / f"{purpose}.sqlite"
        self._made: dict[bytes, bytes] = {}
        self._read: dict[bytes, tuple[bytes, bytes]] | None = None
        self._asked: set[bytes] = set()
        self._kept: sqlite3.Connection | None = None
        with self._forgiving():
            self._kept = self._open()

    def get(self, key: bytes) -> bytes | None:
        """What was made under this key, whole and as it was made, or None."""
        self._asked.add(key)
        if key in self._made:
            return self._made[key]
        if self._read is None:
            self._read = {}
            with self._forgiving():
                if self._kept is not None:
                    # All at once: thousands one by one take many times as long.
                    rows = self._kept.execute("SELECT key, value, seal FROM made")
                    self._read = {key: (value, seal) for key, value, seal in rows}
        value, seal = self._read.get(key, (None, None))
        return value if value is not None and _seal(key, value) == seal else None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value; it reaches the disk with `save`."""
        self._made[key] = value

    def save(self) -> None:
        """Write what is new, and forget what has not been asked for in a long time."""
        if self._kept is None:
            return
        with self._forgiving(), self._kept as kept:
            if self._made:
                rows = ((key, value, _seal(key, value)) for key, value in self._made.items())
                kept.executemany("REPLACE INTO made VALUES (?, ?, ?)", rows)
            (count,) = kept.execute("SELECT count(*) FROM made").fetchone()
            if count > SPARE * len(self._asked) + 100:
                kept.execute("CREATE TEMP TABLE asked (key BLOB PRIMARY KEY)")
                kept.executemany("INSERT INTO asked VALUES (?)", ((key,) for key in self._asked))
                kept.execute("DELETE FROM made WHERE key NOT IN (SELECT key FROM asked)")
        self._made.clear()

    def close(self) -> None:
        """Let go of the file."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None

    def _open(self) -> sqlite3.Connection:
        self._file.parent.mkdir(exist_ok=True)
        kept = sqlite3.connect(self._file, timeout=_WAIT)
        try:
            # A lost cache is no loss: so no run waits for the disk.
            kept.execute("PRAGMA synchronous = OFF")
            kept.execute("CREATE TABLE IF NOT EXISTS made (key BLOB PRIMARY KEY, value, seal)")
            kept.execute("SELECT key, value, seal FROM made LIMIT 1")
        except sqlite3.Error:
            kept.close()
            raise
        return kept

    @contextlib.contextmanager
    def _forgiving(self) -> Iterator[None]:
        """Go on without the file when it does not serve; what is no such file is cleared away."""
        try:
            yield
        except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter of a table's own text
            self.close()
            if getattr(error, "sqlite_errorname", "SQLITE_CORRUPT") in _BROKEN:
                with contextlib.suppress(OSError):  # open elsewhere: the next run clears it away
                    self._file.unlink()
        except OSError:
            pass  # no folder to keep anything in


def _seal(key: bytes, value: object) -> bytes | None:
    """What shows that a value is the one that was kept under its key; None of what is no value."""
    if not isinstance(value, bytes):
        return None
    return hashlib.blake2b(value, key=key, digest_size=16).digest()
