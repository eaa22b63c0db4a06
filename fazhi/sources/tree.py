"""Trees: all that is read of a project is read from a folder, a git revision or git's index, as names
and bytes. Paths begin at the project's folder and have slashes."""

import errno
import io
import os
import stat
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fazhi.problems.problem import Problem
from fazhi.sources import faults
from fazhi.sources.left_behind import is_left_behind

LEVELS = 10  # of folders that are looked into: a folder may hold itself
MAX_BYTES = 1_000_000  # from which on a text is not read
UNOPENED = 50_000_000  # bytes from which on no file is opened: a check knows only its size


EntryType = Enum("EntryType", "FILE FOLDER LINK OTHER")
"""What an entry of a folder is. A link is not followed; OTHER is a device, a submodule."""


class Entry(NamedTuple):
    """One name in a folder."""

    name: str
    type: EntryType


class Stamp(NamedTuple):
    """What a disk says of a file: as long as that is the same, so is the file, as git sees it."""

    size: int
    modified: int
    changed: int
    inode: int


class Tree(ABC):
    """Names and bytes. Raises OSError where a disk does not give what is on it."""

    @abstractmethod
    def entries(self, folder: str) -> list[Entry]:
        """What people put into a folder, in order of name; nothing where there is no such folder."""

    @abstractmethod
    def type_of(self, path: str) -> EntryType | None:
        """What a path is: a link if one is anywhere on the way to it; None if nothing is there."""

    @abstractmethod
    def open(self, path: str) -> BinaryIO:
        """A file, to read from any place in it."""

    def size(self, path: str) -> int:
        """How many bytes a file has."""
        return len(self.read(path))

    def content(self, path: str, most: int) -> bytes | int:
        """The bytes of a file, or how many they are where they are more than `most`."""
        data = self.read(path)
        return data if len(data) <= most else len(data)

    def read(self, path: str) -> bytes:
        """All bytes of a file, however many they are."""
        with self.open(path) as opened:
            return opened.read()

    def stamp(self, path: str) -> Stamp | None:
        """What the disk says of a file, None where it is on none."""
        return None

    def is_file(self, path: str) -> bool:
        """Whether a path is a plain file, and no link leads to it."""
        return self.type_of(path) is EntryType.FILE

    def walk(self, top: str, levels: int = LEVELS) -> Iterator[tuple[str, EntryType]]:
        """Everything below a folder (all of the project where it is empty), in order of path, so many
        levels deep; no link is followed."""
        for name, kind in self.entries(top) if self.type_of(top) is EntryType.FOLDER else ():
            path = f"{top}/{name}" if top else name
            yield path, kind
            if kind is EntryType.FOLDER and not is_too_deep(path, top, levels):
                yield from self.walk(path, levels - 1)

    def text(self, path: str) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a plain file of bearable size, to which no link leads; else what is wrong."""
        try:
            kind = self.type_of(path)
        except OSError as error:
            return None, [Problem(path, 1, 1, *faults.unreadable(error))]
        if kind is None or kind is EntryType.FILE:
            return self.text_of_plain(path)
        wrong = faults.no_plain_file("不是普通文件", "放普通文件，不要放链接或快捷方式")
        if kind is EntryType.LINK:
            wrong = faults.no_plain_file("这是一个链接")
        return None, [Problem(path, 1, 1, *wrong)]

    def text_of_plain(self, path: str) -> tuple[bytes | None, list[Problem]]:
        """The bytes of a file that is known to be a plain one, on a way without links."""
        try:
            held = self.content(path, MAX_BYTES)
        except OSError as error:
            return None, [Problem(path, 1, 1, *faults.unreadable(error))]
        if isinstance(held, int):
            seen = f"文件有 {held / 1e6:.1f} MB，超过 {MAX_BYTES / 1e6:.0f} MB"
            fault = faults.too_large(seen, "照片等材料放到 files 文件夹")
            return None, [Problem(path, 1, 1, *fault)]
        return held, []


def is_too_deep(path: str, top: str, levels: int = LEVELS) -> bool:
    """Whether a folder below another is not looked into any more."""
    return path.count("/") - (top.count("/") if top else -1) > levels


class Folder(Tree):
    """A folder on disk. `at_hand` has the bytes of files that were read a moment ago, by path."""

    def __init__(self, root: Path, at_hand: Mapping[str, bytes] | None = None) -> None:
        self._root = str(root)
        self._at_hand = at_hand or {}

    def _place(self, path: str) -> str:
        if "\0" in path or (".." in path and ".." in path.split("/")):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return f"{self._root}/{path}"

    def entries(self, folder: str) -> list[Entry]:
        try:
            with os.scandir(self._place(folder)) as found:
                return sorted(Entry(e.name, _type(e)) for e in found if not is_left_behind(e.name))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def type_of(self, path: str) -> EntryType | None:
        try:
            status = os.lstat(self._place(path))
            above = [path[:at] for at, char in enumerate(path) if char == "/"]
            if any(stat.S_ISLNK(os.lstat(self._place(folder)).st_mode) for folder in above):
                return EntryType.LINK
        except (FileNotFoundError, NotADirectoryError):
            return None
        return _TYPES.get(stat.S_IFMT(status.st_mode), EntryType.OTHER)

    def open(self, path: str) -> BinaryIO:
        return Path(self._place(path)).open("rb")

    def size(self, path: str) -> int:
        return os.stat(self._place(path)).st_size  # noqa: PTH116 - a path of text is what there is

    def content(self, path: str, most: int) -> bytes | int:
        """As the records are so many, the system is asked no more than it must be."""
        if (held := self._at_hand.get(path)) is not None:
            return held if len(held) <= most else len(held)
        opened = os.open(self._place(path), _READING)
        try:
            size = os.fstat(opened).st_size
            if size > most:
                return size
            data = os.read(opened, size + 1)
            if len(data) != size:  # it grew meanwhile, or comes in pieces
                data += io.FileIO(opened, closefd=False).readall()
            return data
        finally:
            os.close(opened)

    def stamp(self, path: str) -> Stamp | None:
        found = os.lstat(self._place(path))
        return Stamp(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # Windows would read line ends otherwise
_TYPES = {
    stat.S_IFREG: EntryType.FILE,
    stat.S_IFDIR: EntryType.FOLDER,
    stat.S_IFLNK: EntryType.LINK,
}


def _type(entry: os.DirEntry[str]) -> EntryType:
    if entry.is_file(follow_symlinks=False):
        return EntryType.FILE
    if entry.is_dir(follow_symlinks=False):
        return EntryType.FOLDER
    return EntryType.LINK if entry.is_symlink() else EntryType.OTHER


class GitObject(NamedTuple):
    """A file as git lists it: its path, its mode, and the object that holds its bytes."""

    path: str
    mode: str
    id: str


class GitTree(Tree):
    """What git holds of a project, in a revision or in its index, from its list of files.
    `content_of` gives the bytes of an object by its id, as they were committed: nothing is
    converted."""

    def __init__(self, listed: Iterable[GitObject], content_of: Callable[[str], bytes]) -> None:
        self._content_of = content_of
        self._objects: dict[str, GitObject] = {}
        self._folders: dict[str, dict[str, EntryType]] = defaultdict(dict)
        for found in listed:
            self._objects[found.path] = found
            path, what = found.path, _GIT_TYPES.get(found.mode, EntryType.OTHER)
            while path:
                folder, _, name = path.rpartition("/")
                is_known = folder in self._folders
                self._folders[folder][name] = what
                path, what = "" if is_known else folder, EntryType.FOLDER

    def entries(self, folder: str) -> list[Entry]:
        held = self._folders.get(folder, {})
        return sorted(Entry(*found) for found in held.items() if not is_left_behind(found[0]))

    def type_of(self, path: str) -> EntryType | None:
        if not path:
            return EntryType.FOLDER
        folder, _, name = path.rpartition("/")
        found = self._folders.get(folder, {}).get(name)
        if found or not folder:
            return found
        return EntryType.LINK if self.type_of(folder) is EntryType.LINK else None

    def open(self, path: str) -> BinaryIO:
        return io.BytesIO(self.read(path))

    def read(self, path: str) -> bytes:
        if path not in self._objects:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return self._content_of(self._objects[path].id)


_GIT_TYPES = {"100644": EntryType.FILE, "100755": EntryType.FILE, "120000": EntryType.LINK}
