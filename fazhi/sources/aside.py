"""What a command writes aside, in a folder of its own with a lock beside it while it is at work.

The lock is the system's: it ends with its process, however that ends, and is seen from another
container or machine that shares the disk. The standard library only, and syntax that Python 3.6
can parse and run: every command starts by clearing what killed ones left.
"""

import contextlib
import errno
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PROGRAM = Path(__file__).resolve().parents[2]
_NOTED = _PROGRAM / ".cache/places"
_TEMPORARY = (Path("/tmp"), Path("/var/tmp"))
_REPLACED = "replaced"
_AS_IT_IS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
_NO_LOCK = (errno.ENOENT, errno.EISDIR, errno.ELOOP, errno.ENXIO)  # none that could be held
_LEFT = re.compile(r"(\.writing-[0-9a-f]{16})(?:\.lock)?$|(\.importing-[a-z0-9_]{8})$")
"""What is left, or its lock; the second of earlier versions. No other name: it may be a person's."""
_HELD = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)  # by another; the last two on Windows


@contextlib.contextmanager
def own_folder(near: "Path") -> "Iterator[Path]":
    """An empty folder in `near`, or above it where that is missing, which only its owner can read.

    It is removed in the end; where the process is killed, by the next command. Raises OSError, whose
    `filename` is `near`.
    """
    there = next(folder for folder in (near, *near.parents) if folder.exists())
    with contextlib.ExitStack() as end:
        try:
            folder = _made(there, end)
        except OSError as error:
            error.filename = str(near)
            raise
        yield folder


@contextlib.contextmanager
def alone(folder: "Path", what: str, told: str = "") -> "Iterator[None]":
    """Write something of a folder while no other command does: who comes later waits, and is `told`.
    Raises OSError."""
    (folder / ".cache").mkdir(exist_ok=True)
    with (folder / ".cache" / (what + ".lock")).open("ab") as file:
        if told and try_lock(file.fileno()) is False:
            print(told, file=sys.stderr, flush=True)
        while try_lock(file.fileno(), waits=True) is False:
            pass
        yield


def temporary_folder() -> "contextlib.AbstractContextManager[Path]":
    """An own folder on the machine's disk for what is temporary. Raises OSError."""
    import tempfile

    try:
        return own_folder(Path(tempfile.gettempdir()).resolve())
    except FileNotFoundError:  # none of them can be written
        raise OSError(errno.ENOSPC, "没有能写的临时文件夹") from None


def waiting(folder: "Path", place: "Path") -> "Path":
    """Where in an own folder beside `place` that what is there waits until another is in its place.
    Where the process is killed before that, the next command puts it back."""
    (folder / _REPLACED).mkdir(exist_ok=True)
    return folder / _REPLACED / place.name


def clear(places: "Iterable[Path]") -> "list[str]":
    """Remove what killed commands left, which may hold what is not public; not of those at work.

    It is looked for in the places, in the machine's temporary folders, and where commands noted that
    they write. What waits there, and is missing at its place, is put back. What stays, though no
    command is seen at work, is told in sentences.
    """
    noted = _noted()
    folders = {*places, *_TEMPORARY, *(path.parent for path in noted)}
    folders |= {
        Path(os.environ[name]) for name in ("TMPDIR", "TEMP", "TMP") if os.environ.get(name)
    }
    told = []  # type: list[str]
    for folder in folders:
        with contextlib.suppress(OSError):
            found = filter(None, (_LEFT.match(entry.name) for entry in os.scandir(str(folder))))
            left = {folder.absolute() / (one.group(1) or one.group(2)) for one in found}
            told += filter(None, map(_cleared, sorted(left)))
    gone = [path for path in noted if _is_gone(path) and _is_gone(_lock_of(path))]
    if gone:
        _note(gone=gone)
    return told


def try_lock(descriptor: int, *, waits: bool = False) -> "bool | None":
    """Whether an open file is locked now by this process; None where the disk has no locks. If it
    `waits`, that is when another has let go of it; on Windows for some seconds."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if waits else msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def _made(there: "Path", end: "contextlib.ExitStack") -> "Path":
    """A new folder, and beside it its lock, which is held until the `end`."""
    while True:
        folder = there.resolve() / (".writing-" + os.urandom(8).hex())
        lock = _lock_of(folder)
        _note(new=[folder])  # first: it may be killed right after
        descriptor = os.open(str(lock), os.O_RDWR | os.O_CREAT | os.O_EXCL)
        if try_lock(descriptor) is False or not os.fstat(descriptor).st_nlink:
            os.close(descriptor)  # it was cleared before it was locked
            continue
        end.callback(_remove, lock)
        end.callback(os.close, descriptor)
        end.callback(_end, folder)
        if folder not in _noted():  # another has seen that there was nothing yet
            _note(new=[folder])
        folder.mkdir(0o700)
        return folder


def _lock_of(folder: "Path") -> "Path":
    return folder.with_name(folder.name + ".lock")


def _cleared(left: "Path") -> str:
    """Remove what was left, unless its lock is held; why it stays, for who can read it."""
    if left.is_symlink():
        return ""
    lock, descriptor = _lock_of(left), -1
    try:
        descriptor = os.open(str(lock), os.O_RDWR | _AS_IT_IS)
    except OSError as error:
        if error.errno not in _NO_LOCK:
            return ""
    try:
        is_free = descriptor < 0 or try_lock(descriptor)
        if is_free:
            _end(left)
            _remove(lock)
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    if is_free and sys.platform == "win32":  # which removes nothing that is open
        _remove(lock)
    if is_free is False or not os.access(str(left), os.R_OK):
        return ""
    why = "删不掉" if is_free else "，这个磁盘看不出有没有命令还在用"
    return "以前中断时留下的{}，里面可能有不公开的内容：{}。请手工删除。".format(why, left)


def _end(left: "Path") -> None:
    """Put what waited to where it was, unless something has taken its place, and remove the rest."""
    waited = []  # type: list[Path]
    with contextlib.suppress(OSError):
        waited += (left / _REPLACED).iterdir()
    with contextlib.suppress(OSError):  # what cannot be put back now is kept
        for one in waited:
            place = left.with_name(one.name)
            with contextlib.suppress(OSError):
                place.rmdir()  # that a server or a container has made meanwhile; nothing is in it
            if not os.path.lexists(str(place)):
                one.rename(place)
        _remove(left)


def _remove(left: "Path") -> None:
    """Remove a file, or a folder with all it holds, as far as it can be; no link."""
    if left.is_symlink():
        return
    import shutil  # which takes longer than all of it

    folders = [left] if left.is_dir() else []
    for folder in folders:  # which grows: what is in a folder is seen only when it may be
        with contextlib.suppress(OSError):
            folder.chmod(0o700)
            inside = (one for one in os.scandir(str(folder)) if one.is_dir(follow_symlinks=False))
            folders += [Path(one.path) for one in inside]
    with contextlib.suppress(OSError, RecursionError):  # their path may be too long
        for folder in reversed(folders):  # the innermost first, however deep it lies
            shutil.rmtree(str(folder), ignore_errors=True)
        if not folders:
            left.unlink()


def _is_gone(path: "Path") -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # another's
        return False
    return False


def _noted() -> "set[Path]":
    """The folders that commands have noted, wherever they are."""
    try:
        text = _NOTED.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return set()
    return set(map(Path, text.split("\0")[:-1]))


def _note(new: "Iterable[Path]" = (), gone: "Iterable[Path]" = ()) -> None:
    """Change what is noted; not where the program can only be read."""
    with contextlib.suppress(OSError), alone(_PROGRAM, "places"):
        noted = _noted().union(new).difference(gone)
        beside = _NOTED.with_name("places.new")
        with beside.open("w", encoding="utf-8", errors="surrogateescape") as file:
            file.writelines(sorted("{}\0".format(path) for path in noted))
        beside.replace(_NOTED)
