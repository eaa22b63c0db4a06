"""The one atomic write: all files into their places, or none. And content hashes."""

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from fazhi.sources.aside import alone, own_folder

RESERVED = r"(?i:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|$)"
"""What Windows takes for a device, whatever is behind a dot."""
_NONE: Mapping[str, bytes] = {}
FEW = 100  # files that each wait for the disk; of more it is waited for once, which is faster


@contextlib.contextmanager
def replaced(
    files: Mapping[Path, bytes | Path | None],
    near: Path,
    followed: Callable[[Any], Any] = iter,
    *,
    over: bool = True,
) -> Iterator[None]:
    """Put files into their places: all of them, or none.

    A file is given as its bytes, as a finished file that is moved, or as None where there is to be
    none any more. Where one cannot be put, or what is done within fails or is interrupted, all are
    as they were. A process that is killed leaves each as it was or new, and whole. A link is
    replaced, not followed. `near` is a folder on the disk of the places, or one that will be made;
    `followed` may tell how far the writing is. Unless they go `over` what is there, nothing may be.

    Raises OSError, whose `filename` is the place that could not be written.
    """
    with own_folder(near) as beside, contextlib.ExitStack() as undo:
        steps = []
        settles_once = len(files) > FEW and hasattr(os, "sync")
        try:
            for number, (place, content) in enumerate(followed(files.items())):
                old, new = beside / f"{number}.old", beside / f"{number}.new"
                if place.exists() and not (place.is_file() or place.is_dir() or place.is_symlink()):
                    raise OSError(errno.ENODEV, "不是普通文件", str(place))  # a device, a pipe
                if os.path.lexists(place):
                    shutil.copy2(place, old, follow_symlinks=False)
                if isinstance(content, bytes):
                    with new.open("wb") as stream:
                        stream.write(content)
                        if not settles_once:  # on the disk before it is moved: the power may fail
                            stream.flush()
                            os.fsync(stream.fileno())
                    if old.is_file() and not old.is_symlink():
                        shutil.copymode(old, new)
                steps.append((place, new if isinstance(content, bytes) else content, old))
            if settles_once:
                os.sync()
            for place, finished, old in steps:
                if not over and os.path.lexists(place):
                    raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
                # How to undo it is noted first: an interruption may come right after it.
                _make_folders(place, undo)
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


def put(
    files: Mapping[Path, bytes | Path | None],
    near: Path,
    followed: Callable[[Any], Any] = iter,
    *,
    over: bool = True,
) -> None:
    """Put files into their places as above, where nothing else must be done with it."""
    with replaced(files, near, followed, over=over):
        pass


def write(
    root: Path,
    files: Mapping[str, bytes],
    old: Mapping[str, bytes] = _NONE,
    followed: Callable[[Any], Any] = iter,
) -> None:
    """Write files of a project, all or none: over one that is there only where it is as in `old`. One
    who writes at the same time waits.

    Raises OSError as above, for one that is there already, for one that nobody may write, and for a
    folder that is a link.
    """
    places: dict[Path, bytes | Path | None] = {}
    near = root
    with alone(root, "writing", "另一条命令正在写这个项目的文件，等它写完……"):
        for path, data in files.items():
            place = root / path
            near = root / Path(path).parts[0]  # where the next command looks, wherever that is then
            if place.parent.resolve() != root.resolve() / Path(path).parent:
                raise OSError(errno.ELOOP, "文件夹是一个链接", str(place))
            if path in old and old[path] != place.read_bytes():
                raise FileExistsError(errno.EEXIST, "刚才被别人改过", str(place))
            if path not in old and os.path.lexists(place):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
            if path in old and not place.stat().st_mode & 0o222:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))
            places[place] = data
        put(places, near, followed)


def _make_folders(place: Path, undo: contextlib.ExitStack) -> None:
    for folder in reversed([f for f in place.parents if not f.exists()]):
        undo.callback(_remove_empty, folder)
        folder.mkdir()


def _put_back(place: Path, finished: Path | None, old: Path) -> None:
    """Undo a step, unless it was not taken: a file that is open could not be put back either."""
    if os.path.lexists(finished or place):
        return
    if os.path.lexists(old):
        old.replace(place)
    else:
        place.unlink(missing_ok=True)


def _remove_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):  # it was not made, or something else is in it by now
        folder.rmdir()


def content_key(*parts: str | bytes) -> bytes:
    """A content hash of parts: any other parts, or the same cut elsewhere, have another."""
    measured = []
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        measured += [b"%d:" % len(data), data]
    return hashlib.blake2b(b"".join(measured), digest_size=20).digest()
