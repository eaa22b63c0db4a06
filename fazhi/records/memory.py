"""The records and files that nothing is wrong with, so that they are not read and checked again and again.

A record is remembered as what its front matter says, and only where nothing was found wrong with it
alone; the key is all that it was made from (decision 0025). A process that loads again and again may
have a clock: then a file of which the disk says what it said is not read again, as in git, unless it
was written just before it was read: the next edit may leave the same traces.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json, to_json

from fazhi.records.cache import Cache, program
from fazhi.records.record import Record
from fazhi.sources.files import content_key
from fazhi.sources.tree import Stamp, Tree

SETTLED_AFTER = 2_000_000_000  # nanoseconds: edits so far apart have two times on any disk (FAT)


@dataclass(slots=True)
class _Known:
    """A record, the key of what it was made from, and its file's stamp if that can be trusted."""

    key: bytes
    record: Record
    stamp: Stamp | None


class Memory:
    """What a process remembers of a project: the last load's records, and in the cache those of earlier
    runs. `clock` gives the time in nanoseconds as files have it; without one, every file is read."""

    def __init__(self, cache: Cache, clock: Callable[[], int] | None = None) -> None:
        self._cache = cache
        self._clock = clock
        self._rules = b""
        self._last: dict[str, _Known] = {}
        self._now: dict[str, _Known] = {}
        self._stamps: dict[str, Stamp] = {}
        self._clean = set[bytes]()
        self._settled = 0

    def begin(self, settings: bytes) -> None:
        """A load begins, under the settings that have this content hash."""
        rules = content_key(program(), settings)
        self._last = self._now if rules == self._rules else {}
        self._rules, self._now, self._stamps = rules, {}, {}
        self._settled = self._clock() - SETTLED_AFTER if self._clock else 0

    def unread(self, path: str, tree: Tree) -> Record | None:
        """The record that the last load had of a file, where the file was not written since."""
        if self._clock is None:
            return None
        try:
            stamp = tree.stamp(path)
        except OSError:
            return None  # gone meanwhile: that is reported when it is read
        if stamp is None:
            return None
        if max(stamp.modified, stamp.changed) < self._settled:
            self._stamps[path] = stamp
        if (known := self._last.get(path)) and known.stamp == stamp:
            self._now[path] = known
            return known.record
        return None

    def key(self, path: str, data: bytes) -> bytes:
        """The key of what comes of a file; its path has its year and its kind."""
        return content_key(self._rules, path, data)

    def record(self, key: bytes, path: str) -> Record | None:
        """The record that the last load had of a file, where this is its key."""
        if (known := self._last.get(path)) and known.key == key:
            self.has(key, known.record)
            return known.record
        return None

    def front(self, key: bytes) -> Any:
        """What the front matter of a sound record says, from an earlier run; else None."""
        kept = self._cache.get(key)
        return None if kept is None else from_json(kept)

    def is_clean(self, key: bytes) -> bool:
        """Whether an earlier load, or run, has found nothing in the file that has this key."""
        return self._cache.get(key) is not None or key in self._clean

    def clean(self, key: bytes) -> None:
        """Nothing was found in the file that has this key."""
        self._clean.add(key)
        self._cache.put(key, b"")

    def has(self, key: bytes, record: Record) -> None:
        """A record was made from what was remembered of it."""
        self._now[record.path] = _Known(key, record, self._stamps.get(record.path))

    def keep(self, sound: Iterable[tuple[bytes, Record]]) -> None:
        """The load has read these, and found nothing wrong with any of them by itself."""
        for key, record in sound:
            self.has(key, record)
            self._cache.put(key, to_json(record.source.data))
        self._cache.save()
