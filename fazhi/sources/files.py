"""What lies in a folder and below it: no link is followed, and no deeper than anybody needs.

And what a file holds, and files that are put into their places: all of them, or none.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path

from fazhi.problems.problem import Fault, Problem
from fazhi.sources import faults

LEVELS = 10
"""How deep folders are looked into. A walk that goes down by calling itself would not come back
from a thousand of them."""


def below(top: Path) -> Iterator[Path]:
    """Every file, folder and link below a folder, in order of path; none where there is no folder.

    A link is given and not followed, the top itself included.
    """
    found: list[Path] = []
    waiting = [top] if top.is_dir() and not top.is_symlink() else []
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                path = Path(entry.path)
                found.append(path)
                if entry.is_dir(follow_symlinks=False) and not is_too_deep(path, top):
                    waiting.append(path)
    return iter(sorted(found))


def content(file: Path | str, most: int) -> bytes | int:
    """The bytes of a file, or how many they are where they are more than `most`.

    As the records are so many, the system is asked no more than it must be. Raises OSError.
    """
    opened = os.open(file, _READING)
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


_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)  # Windows would read line ends otherwise


def is_too_deep(path: Path, top: Path) -> bool:
    """Whether a folder is not looked into any more."""
    return len(path.relative_to(top).parts) > LEVELS


# Writing


@contextlib.contextmanager
def replaced(files: Mapping[Path, bytes | Path | None], near: Path) -> Iterator[None]:
    """Put files into their places: all of them, or none.

    A file is given as its bytes, as a finished file that is moved, or as None where there is to be
    none any more. Where one cannot be put, or what is done within fails or is interrupted, all are
    as they were. A process that is killed leaves each as it was or new, and whole. A link is
    replaced, not followed. `near` is a folder on the disk of the places, or one that will be made.

    Raises OSError, whose `filename` is the place that could not be written.
    """
    with own_folder(near) as beside, contextlib.ExitStack() as undo:
        steps = []
        try:
            for number, (place, content) in enumerate(files.items()):
                old, new = beside / f"{number}.old", beside / f"{number}.new"
                if os.path.lexists(place):
                    shutil.copy2(place, old, follow_symlinks=False)
                if isinstance(content, bytes):
                    _write(new, content)
                    if old.is_file() and not old.is_symlink():
                        shutil.copymode(old, new)
                steps.append((place, new if isinstance(content, bytes) else content, old))
            for place, finished, old in steps:
                # How to undo it is noted first: an interruption may come right after it.
                for folder in reversed([f for f in place.parents if not f.exists()]):
                    undo.callback(_remove_empty, folder)
                    folder.mkdir()
                undo.callback(_put_back, place, finished, old)
                if finished:
                    finished.replace(place)
                else:
                    place.unlink(missing_ok=True)
        except OSError as error:
            error.filename, error.filename2 = str(place), None  # not the file beside it
            raise
        yield
        undo.pop_all()


@contextlib.contextmanager
def own_folder(near: Path) -> Iterator[Path]:
    """An empty folder in `near`, or above it where that is missing. It goes when it is done with.

    So do those of killed runs, once they are an hour old: a younger one may be at work.
    """
    there = next(folder for folder in (near, *near.parents) if folder.exists())
    folder = there / f".writing-{os.urandom(4).hex()}"
    folder.mkdir()
    try:
        for left in there.glob(".writing-*"):
            if folder.stat().st_mtime - left.stat().st_mtime > ABANDONED_AFTER:
                shutil.rmtree(left, ignore_errors=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


ABANDONED_AFTER = 3600.0
"""Seconds."""


def _write(file: Path, data: bytes) -> None:
    """Write a file so that it is whole on the disk before it is moved, should the power fail then."""
    with file.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _put_back(place: Path, finished: Path | None, old: Path) -> None:
    """Undo a step, unless it was not taken: a file that is open could not be put back either."""
    if os.path.lexists(finished or place):
        return
    if os.path.lexists(old):
        old.replace(place)
    else:
        place.unlink(missing_ok=True)


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # it was not made, or something else lies in it by now
        folder.rmdir()


def key(*parts: str | bytes) -> bytes:
    """A name for what is made from these parts; any other parts have another name."""
    told = []
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        told += [b"%d:" % len(data), data]
    return hashlib.blake2b(b"".join(told), digest_size=20).digest()


UNOPENED = 50_000_000
"""Bytes from which on no file is opened: of such a one its size is all that a check tells."""


MAX_BYTES = 1_000_000


def is_linked(file: Path, path: str) -> bool:
    """Whether a link stands anywhere on the way from the project to a file of it."""
    folders = islice(file.parents, path.count("/"))
    return file.is_symlink() or any(folder.is_symlink() for folder in folders)


def read_bytes(file: Path, path: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a plain file of bearable size, to which no link leads."""
    try:
        status = file.lstat()
        if is_linked(file, path):
            return None, [Problem(path, 1, 1, *faults.no_plain_file("这是一个链接"))]
        if not stat.S_ISREG(status.st_mode):
            hint = "放普通文件，不要放链接或快捷方式"
            return None, [Problem(path, 1, 1, *faults.no_plain_file("不是普通文件", hint))]
    except OSError as error:
        return None, [Problem(path, 1, 1, *_unread(error))]
    return bytes_of_plain(file, path)


def bytes_of_plain(file: Path | str, path: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file of bearable size that was seen to be a plain one, on a way without links.

    Who walks through a folder looks at that once for the folder, and is told it of its files.
    """
    try:
        held = content(file, MAX_BYTES)
    except OSError as error:
        return None, [Problem(path, 1, 1, *_unread(error))]
    if isinstance(held, int):
        return None, [Problem(path, 1, 1, *faults.too_large(held, MAX_BYTES))]
    return held, []


def _unread(error: OSError) -> Fault:
    if isinstance(error, FileNotFoundError):
        return faults.no_plain_file("没有这个文件", "照说明补上")
    hint = "看看它是不是正被别的程序打开，或者没有打开它的权限"
    return faults.no_plain_file(f"文件读不出来：{error.strerror}", hint)
