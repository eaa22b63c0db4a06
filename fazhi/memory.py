"""The records that nothing is wrong with, so that they are not read and checked again and again.

What is remembered of a record is what its front matter says, and that reading it and every rule
about it alone found nothing. It is told by the file's bytes, its path, the settings and the
program; so what is remembered is what would come of it now. A record with a problem is never
remembered: its problem is told from the file itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import from_json, to_json

from fazhi import program
from fazhi.cache import Cache, key

if TYPE_CHECKING:
    from fazhi.ledger import Record


class Memory:
    """What one process remembers of a project, from one load to the next and from run to run.

    The records of the last load are at hand as they are; those of earlier runs come out of the
    project's cache, and are made from what they say.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._cache: Cache | None = None
        self._rules = b""
        self._last: dict[bytes, Record] = {}
        self._now: dict[bytes, Record] = {}

    def begin(self, settings: bytes) -> None:
        """A load begins, under the settings that go by this name."""
        self._cache = self._cache or Cache(self._root, "records")
        self._rules = key(program.digest(), settings)
        self._last, self._now = self._now, {}

    def key(self, path: str, data: bytes) -> bytes:
        """The name of what comes of a file. Its path tells its year and its kind."""
        return key(self._rules, os.fsencode(path), data)

    def record(self, key: bytes) -> Record | None:
        """The record that the last load had under this key."""
        record = self._last.get(key)
        if record is not None:
            self._now[key] = record
        return record

    def front(self, key: bytes) -> Any:
        """What the front matter of a sound record says, from an earlier run; else None."""
        kept = self._cache.get(key) if self._cache else None
        return None if kept is None else from_json(kept)

    def has(self, key: bytes, record: Record) -> None:
        """A record was made from what was remembered of it."""
        self._now[key] = record

    def keep(self, sound: Iterable[tuple[bytes, Record]]) -> None:
        """The load has read these, and found nothing wrong with any of them by itself."""
        assert self._cache  # begun
        for name, record in sound:
            self._now[name] = record
            self._cache.put(name, to_json(record.source.data))
        self._cache.save()
