"""Tells when something changed among the files that a site is made from.

What is true is what a look at the folder shows. The system's own events only say when to look: they
are lost on network drives, and with a folder that is moved away and comes back.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

WATCHED = frozenset(["records", "docs", "overrides", "mkdocs.yml"])
"""What is seen of the project's folder: all that a site is made from, but not the program."""
LOOK_EVERY = 1.0  # seconds, when no event came
QUIET_FOR = 0.03  # seconds: files that come one after another (git checkout) are one change
CHANGES: list[type[FileSystemEvent]] = [
    *(events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent),
    *(events.FileCreatedEvent, events.FileDeletedEvent, events.FileModifiedEvent),
    events.FileMovedEvent,
]
"""What is asked of the system. It would tell of every file that is opened to be read, too."""
SHARE = 0.05
"""How much of its time the watcher may look: of a very large folder it looks less often."""

Sight = dict[str, tuple[int, int, int]]
"""Size, time and place on the disk of every file, by its path."""


class Watcher:
    """Watches one project. It has what MkDocs' server asks of an observer."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._handlers: list[FileSystemEventHandler] = []
        self._hint, self._stopping = threading.Event(), threading.Event()
        self._events = _Events(project, self._hint)
        # Before the first site is made: what is edited meanwhile is seen afterwards.
        self._sight = look(project)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def schedule(
        self, handler: FileSystemEventHandler, path: str, recursive: bool = True
    ) -> object:
        """Tell this handler of every change."""
        self._handlers.append(handler)
        return path

    def start(self) -> None:
        """Begin to watch. What has changed since this was made is a change."""
        self._hint.set()
        self._thread.start()

    def stop(self) -> None:
        """Cease to watch."""
        self._stopping.set()
        self._hint.set()
        self._events.stop()

    def join(self) -> None:
        """Wait until it has ceased."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        pause = LOOK_EVERY
        while not self._stopping.is_set():
            was_told = self._hint.wait(pause)
            self._hint.clear()
            self._events.follow()
            started = time.monotonic()
            seen = look(self._project)
            pause = max(LOOK_EVERY, (time.monotonic() - started) / SHARE)
            if seen != self._sight:
                self._sight = self._settled(seen, was_told)
                for handler in self._handlers:
                    handler.dispatch(events.FileModifiedEvent(str(self._project)))

    def _settled(self, seen: Sight, was_told: bool) -> Sight:
        """What is seen once nothing moves any more: no event comes, or where none do, nothing differs."""
        while not self._stopping.is_set():
            is_told_again = self._hint.wait(QUIET_FOR)
            if was_told and not is_told_again:
                break
            self._hint.clear()
            if (again := look(self._project)) == seen:
                break
            seen = again
        return seen


class _Events(FileSystemEventHandler):
    """The system's events in the project's folder and in each watched one, as hints to look."""

    def __init__(self, project: Path, hint: threading.Event) -> None:
        self._project = project
        self._hint = hint
        self._observer: BaseObserver | None = Observer()
        self._watches: dict[str, tuple[int, ObservedWatch]] = {}
        try:
            self._observer.schedule(self, str(project), event_filter=CHANGES)
            self._observer.start()
        except OSError:  # as many as the system allows are in use
            self._observer = None

    def on_any_event(self, event: FileSystemEvent) -> None:
        self._hint.set()

    def follow(self) -> None:
        """Watch each folder that is there; one that came back is another than before."""
        if self._observer is None:
            return
        for name in sorted(WATCHED):
            folder = self._project / name
            place = folder.lstat().st_ino if folder.is_dir() and not folder.is_symlink() else None
            known, watch = self._watches.get(name, (None, None))
            if place == known:
                continue
            try:
                if watch is not None:
                    self._observer.unschedule(watch)
                    del self._watches[name]
                if place is not None:
                    watch = self._observer.schedule(
                        self, str(folder), recursive=True, event_filter=CHANGES
                    )
                    self._watches[name] = place, watch
            except (OSError, KeyError):
                pass  # gone meanwhile: the next look sees it

    def stop(self) -> None:
        if self._observer is not None:
            self._observer.stop()


def look(project: Path) -> Sight:
    """Every file of what is watched; links are not followed, hidden files are nobody's."""
    return dict(_seen(str(project), WATCHED))


def _seen(
    folder: str, names: frozenset[str] | None = None
) -> Iterator[tuple[str, tuple[int, int, int]]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # gone while we looked
    for entry in entries:
        if names is not None and entry.name not in names:
            continue
        if entry.name.startswith((".", "~$")):  # an editor's own files
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                yield from _seen(entry.path)
            else:
                found = entry.stat(follow_symlinks=False)
                yield entry.path, (found.st_size, found.st_mtime_ns, found.st_ino)
        except OSError:
            continue
