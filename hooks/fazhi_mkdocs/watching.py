"""Reports changes of the files that a site is made from.

What counts is what a look at the files shows. The system's events are only hints when to look, and at
which: they are lost on network drives, and with a folder that is moved away and comes back.
"""

import contextlib
import os
import queue
import stat
import threading
import time
import warnings
from collections.abc import Iterable, Iterator
from pathlib import Path

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from fazhi.sources.left_behind import is_left_behind

# What is seen of the project's folder: all that a site is made from, but not the program
WATCHED = frozenset(["records", "docs", "overrides", "mkdocs.yml"])
LOOK_EVERY = 1.0  # seconds, when no event came
QUIET_FOR = 0.03  # seconds: files that come one after another (git checkout) are one change
SHARE = 0.05  # of its time the watcher may look: of a very large folder it looks less often
# A folder that comes back is watched as before: nothing that anybody could do anything about.
warnings.filterwarnings("ignore", category=RuntimeWarning, module="watchdog")
ALL = ""  # a hint is the path of a file to look at, or this: look at all of them
# The events asked for: the system would report every file that is opened to be read, too
CHANGES: list[type[FileSystemEvent]] = [
    *(events.DirCreatedEvent, events.DirDeletedEvent, events.DirMovedEvent),
    *(events.FileCreatedEvent, events.FileDeletedEvent, events.FileModifiedEvent),
    events.FileMovedEvent,
]

Look = tuple[int, int, int]  # size, time and place on the disk of a file
Sight = dict[str, Look]  # the look of every file, by its path


class Watcher(FileSystemEventHandler):
    """Watches one project. It has what MkDocs' server asks of an observer."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._handlers: list[FileSystemEventHandler] = []
        self._hints: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._watches: dict[str, tuple[int, ObservedWatch]] = {}
        self._observer: BaseObserver | None = Observer()
        try:
            self._observer.schedule(self, str(project), event_filter=CHANGES)
            self._observer.start()
        except OSError:  # as many as the system allows are in use
            self._observer = None
        # Before the first site is made: what is edited meanwhile is seen afterwards.
        self._sight = look(project)
        self._thread = threading.Thread(target=self._run, daemon=True)

    def schedule(
        self, handler: FileSystemEventHandler, path: str, recursive: bool = True
    ) -> object:
        """Report every change to this handler."""
        self._handlers.append(handler)
        return path

    def start(self) -> None:
        """Begin to watch. What has changed since this was made is a change."""
        self._hints.put(ALL)
        self._thread.start()

    def stop(self) -> None:
        """Stop watching."""
        self._stopping.set()
        self._hints.put(ALL)
        if self._observer is not None:
            self._observer.stop()

    def join(self) -> None:
        """Wait until it has stopped."""
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        pause = LOOK_EVERY
        while not self._stopping.is_set():
            hints = self._hinted(pause)
            self._follow()
            started = time.monotonic()
            if hints and ALL not in hints:
                seen = _look_again(self._sight, hints)
            else:
                seen = look(self._project)
                pause = max(LOOK_EVERY, (time.monotonic() - started) / SHARE)
            if seen != self._sight:
                self._sight = seen if hints else self._settled(seen)
                for handler in self._handlers:
                    handler.dispatch(events.FileModifiedEvent(str(self._project)))

    def _hinted(self, pause: float) -> set[str]:
        """The hints that come within so many seconds, until none comes any more; empty when none does."""
        hints: set[str] = set()
        with contextlib.suppress(queue.Empty):
            while not self._stopping.is_set():
                hints.add(self._hints.get(timeout=QUIET_FOR if hints else pause))
        return hints

    def _settled(self, seen: Sight) -> Sight:
        """What is seen once two looks show the same: no event reports that all has been written."""
        while not self._stopping.wait(QUIET_FOR) and (again := look(self._project)) != seen:
            seen = again
        return seen

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take an event of the system as a hint to look."""
        if event.is_directory:
            self._hints.put(ALL)
            return
        for path in (os.fsdecode(p) for p in (event.src_path, event.dest_path) if p):
            if not path.startswith(f"{self._project}{os.sep}"):
                self._hints.put(ALL)  # the system has another name for the folder
                continue
            names = Path(path).relative_to(self._project).parts
            if names[0] in WATCHED and not any(map(is_left_behind, names)):
                self._hints.put(path)

    def _follow(self) -> None:
        """Watch each folder that is there; one that came back is another than before."""
        if self._observer is None:
            return
        for name in sorted(WATCHED):
            folder = self._project / name
            place = folder.lstat().st_ino if folder.is_dir() and not folder.is_symlink() else None
            known, watch = self._watches.get(name, (None, None))
            if place == known:
                continue
            with contextlib.suppress(OSError, KeyError):  # gone meanwhile: the next look sees it
                if watch is not None:
                    self._observer.unschedule(watch)
                    del self._watches[name]
                if place is not None:
                    watch = self._observer.schedule(
                        self, str(folder), recursive=True, event_filter=CHANGES
                    )
                    self._watches[name] = place, watch


def look(project: Path) -> Sight:
    """Every file of what is watched; links are not followed, what programs leave behind is left out."""
    return dict(_seen(str(project), WATCHED))


def _seen(folder: str, names: frozenset[str] | None = None) -> Iterator[tuple[str, Look]]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return  # gone while we looked
    for entry in entries:
        if is_left_behind(entry.name) or (names is not None and entry.name not in names):
            continue
        with contextlib.suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                yield from _seen(entry.path)
            else:
                yield entry.path, _look(entry.stat(follow_symlinks=False))


def _look_again(seen: Sight, paths: Iterable[str]) -> Sight:
    """What was seen, and of some files how they look now."""
    seen = dict(seen)
    for path in paths:
        try:
            found = os.lstat(path)
        except OSError:
            seen.pop(path, None)
        else:
            if not stat.S_ISDIR(found.st_mode):
                seen[path] = _look(found)
    return seen


def _look(found: os.stat_result) -> Look:
    return found.st_size, found.st_mtime_ns, found.st_ino
