"""The records that nothing is wrong with, so that they are not read and checked again and again.

What is remembered of a record is what its front matter says, and that reading it and every rule
about it alone found nothing. It is told by the file's bytes, its path, the settings and the
program; so what is remembered is what would come of it now. A record with a problem is never
remembered: its problem is told from the file itself.

A process that loads again and again may have a clock: then a file whose size, times and place on the
disk are as they were is not read again, as git does it. One that was written just before it was read
is, since the next edit may have left the same traces.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from fazhi.records import program
from fazhi.records.cache import Cache
from fazhi.records.record import Record
from fazhi.sources.files import key

Sight = tuple[int, int, int, int]
"""Size, times and place on the disk of a file."""
SETTLED_AFTER = 2_000_000_000
"""Nanoseconds: the coarsest times of files that are in use (FAT) tell edits so far apart."""


@dataclass(slots=True)
class _Known:
    """A record, the name of what it was made from, and its file's look if that can be trusted."""

    key: bytes
    record: Record
    sight: Sight | None


class Memory:
    """What one process remembers of a project, from one load to the next and from run to run.

    The records of the last load are at hand as they are; those of earlier runs come out of the
    project's cache, and are made from what they say. `clock` tells the time in nanoseconds as files
    have it; without one, every file is read, but for those whose bytes are in `at_hand`.
    """

    def __init__(
        self,
        root: Path,
        clock: Callable[[], int] | None = None,
        at_hand: Mapping[str, bytes] | None = None,
    ) -> None:
        self._root = root
        self._clock = clock
        self._at_hand = at_hand or {}
        self._cache: Cache | None = None
        self._rules = b""
        self._last: dict[str, _Known] = {}
        self._now: dict[str, _Known] = {}
        self._sights: dict[str, Sight] = {}
        self._settled = 0

    def begin(self, settings: bytes) -> None:
        """A load begins, under the settings that go by this name."""
        self._cache = self._cache or Cache(self._root, "records")
        rules = key(program.digest(), settings)
        self._last = self._now if rules == self._rules else {}
        self._rules, self._now, self._sights = rules, {}, {}
        self._settled = self._clock() - SETTLED_AFTER if self._clock else 0

    def unread(self, path: str, entry: os.DirEntry[str]) -> Record | None:
        """The record that the last load had of a file, where the file was not written since."""
        if self._clock is None:
            return None
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError:
            return None  # gone meanwhile: who reads it will tell
        sight = found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
        if max(found.st_mtime_ns, found.st_ctime_ns) < self._settled:
            self._sights[path] = sight
        known = self._last.get(path)
        if known is None or known.sight != sight:
            return None
        self._now[path] = known
        return known.record

    def data(self, path: str) -> bytes | None:
        """The bytes of a file, where they are at hand."""
        return self._at_hand.get(path)

    def key(self, path: str, data: bytes) -> bytes:
        """The name of what comes of a file. Its path tells its year and its kind."""
        return key(self._rules, os.fsencode(path), data)

    def record(self, key: bytes, path: str) -> Record | None:
        """The record that the last load had of a file, where this is its key."""
        known = self._last.get(path)
        if known is None or known.key != key:
            return None
        self.has(key, known.record)
        return known.record

    def front(self, key: bytes) -> Any:
        """What the front matter of a sound record says, from an earlier run; else None."""
        kept = self._cache.get(key) if self._cache else None
        return None if kept is None else from_json(kept)

    def has(self, key: bytes, record: Record) -> None:
        """A record was made from what was remembered of it."""
        self._now[record.path] = _Known(key, record, self._sights.get(record.path))

    def keep(self, sound: Iterable[tuple[bytes, Record]]) -> None:
        """The load has read these, and found nothing wrong with any of them by itself."""
        assert self._cache  # begun
        for name, record in sound:
            self.has(name, record)
            self._cache.put(name, to_json(record.source.data))
        self._cache.save()
