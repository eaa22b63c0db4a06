"""What is given to be compared with a package: the files of a folder or a zip, none of them read yet."""

import errno
import hashlib
import os
import stat
import struct
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from fazhi.problems.reasons import reason
from fazhi.sources.archives import BROKEN, UNPACKABLE, is_locked

MAX_BYTES = 4_000_000_000  # of all that a package holds, unpacked: with more it is none of ours
MAX_LEVELS = 50  # of folders, likewise
MAX_LINKED = 100  # how much is listed of a folder that a link leads to


class NotAPackage(Exception):
    """What was given cannot be read as a package or a site; the text is why, in Chinese."""


class File(NamedTuple):
    """A file as it lies there. Its sum is empty where it cannot be read, or not by every reader."""

    size: int
    digest: Callable[[], str]


class Given(NamedTuple):
    """The files by their paths with slashes, and the paths of what else there is, none of which was
    published; then the empty folders, with a slash, and those of them that may not be opened. Of a
    zip: whether every reader finds these, and nothing beside."""

    files: dict[str, File]
    strange: list[str]
    empty: list[str]
    closed: Sequence[str] = ()
    is_all: bool = True


def is_link(place: os.PathLike[str]) -> bool:
    """Whether it is a symbolic link, or a junction, which Windows takes for a folder."""
    status = os.lstat(place)
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


_JUNCTION = 0xA0000003


def digest(file: Path, algorithm: str = "sha256") -> str:
    """The sum of a file, in hexadecimal."""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, algorithm).hexdigest()


@contextmanager
def opened(given: Path) -> Iterator[Given]:
    """What a folder or a zip holds, as long as it is open; nothing is unpacked to disk. Raises
    NotAPackage, also for what is read meanwhile."""
    is_folder = given.is_dir()
    try:
        if is_folder:
            yield _of_folder(given)
        else:
            with zipfile.ZipFile(given) as archive:
                yield _of_zip(archive)
    except BROKEN as error:
        # Of no error of the system, or of a place before its own beginning, it is the zip that tells.
        is_told = isinstance(error, OSError) and error.errno not in (None, errno.EINVAL)
        if isinstance(error, OSError) and (is_folder or is_told):
            what = f"{error.filename or given} " if is_folder else ""
            raise NotAPackage(f"{what}读不出来（{reason(error)}）") from None
        raise NotAPackage(_NO_ZIP) from None


_NO_ZIP = (
    "不是公布的文件，也不是完整的、没有密码的 zip 压缩包。7z、rar、tar 一类的，有密码的，解开再核对文件夹；"
    "分卷的，各卷放在一起解开；坏了的、没有传完的，重新拿一份"
)


def _of_folder(top: Path) -> Given:
    """No link is a file: what is behind it may be another thing tomorrow. Nor are pipes, and folders
    with nothing in them, or that nobody may open."""
    files: dict[str, File] = {}
    strange: list[str] = []
    empty: list[str] = []
    closed: list[str] = []
    folders = [""]
    for folder in folders:  # which grows
        if folder.count("/") > MAX_LEVELS:
            first = folder.partition("/")[0]
            raise NotAPackage(f"{first} 里的文件夹套了 {MAX_LEVELS} 层还不止，不是发布的包")
        try:
            with os.scandir(top / folder) as held:
                entries = list(held)
        except (PermissionError, FileNotFoundError) as error:
            if not folder:
                raise
            if isinstance(error, FileNotFoundError):
                continue  # it was there a moment ago
            entries = []  # as what Windows keeps on a stick
            closed.append(folder)
        if folder and not entries:
            empty.append(folder)
        for entry in entries:
            path = folder + entry.name
            if entry.is_dir(follow_symlinks=False) and not is_link(entry):
                folders.append(f"{path}/")
            elif entry.is_file(follow_symlinks=False):
                size = entry.stat(follow_symlinks=False).st_size
                files[path] = File(size, partial(digest, top / path))
            else:
                strange += [path, *_behind(top / path, top)]
    return Given(files, strange, empty, closed)


def _behind(link: Path, top: Path) -> Iterator[str]:
    """What lies in a folder of `top` that a link leads to: nothing where it leads out or goes round."""
    target, around = Path(os.path.realpath(link)), link.parent.resolve()
    if top.resolve() in target.parents and target not in (around, *around.parents):
        # A link within is not followed.
        below = (Path(at, one) for at, *held in os.walk(link) for one in chain(*held))
        yield from (path.relative_to(top).as_posix() for path in islice(below, MAX_LINKED))


def _of_zip(archive: zipfile.ZipFile) -> Given:
    """An entry that says of itself that it is a link, a pipe or a folder is no file, though it has the
    bytes of one; nor is any of two of one name, of which a reader may see either."""
    files: dict[str, File] = {}
    folders, strange = [], []
    if is_locked(archive) or any(info.volume for info in archive.infolist()):
        raise zipfile.BadZipFile
    if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
        raise NotAPackage("里面的东西太大，不是发布的包")
    for info in archive.infolist():
        path, kind = _name(info), stat.S_IFMT(info.external_attr >> 16)
        if not path.endswith("/"):
            is_file = kind in (0, stat.S_IFREG) and not info.external_attr & _FOLDER_OF_DOS
            is_file &= path not in files
            files[path] = File(info.file_size, partial(_member, archive, info) if is_file else str)
        elif info.file_size or info.compress_size > _NOTHING or kind not in (0, stat.S_IFDIR):
            strange.append(path)
        else:
            folders.append(path)
    above = {path[: at + 1] for path in files for at, char in enumerate(path) if char == "/"}
    empty = [folder for folder in folders if folder not in above]
    return Given(files, strange, empty, is_all=_is_all(archive))


def _name(info: zipfile.ZipInfo) -> str:
    """What an entry is called: many programs write UTF-8 or GBK, and do not say so, or a backslash."""
    name = info.orig_filename
    if not info.flag_bits & _IS_UTF_8:
        for encoding in ("gbk", "utf-8"):
            with suppress(UnicodeDecodeError):
                name = info.orig_filename.encode("cp437").decode(encoding)
    return name.replace("\\", "/")


_IS_UTF_8 = 0x800
_FOLDER_OF_DOS = 0x10
_NOTHING = 2  # bytes, when it is compressed


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> str:
    """The sum of one file of a zip; empty where it cannot be read to its end."""
    try:
        with archive.open(info) as packed:  # reads no more than `file_size`
            # It has a readinto, of which the stubs do not know.
            return hashlib.file_digest(packed, "sha256").hexdigest()  # type: ignore[arg-type]
    except UNPACKABLE:
        return ""


def _is_all(archive: zipfile.ZipFile) -> bool:
    """Whether every reader of a zip finds what its directory lists: the parts lie one behind the other,
    with nothing before, between or behind them, and say the same of themselves."""
    stream, end, directory = archive.fp, 0, 0
    gaps: tuple[int, ...] = (0,)
    assert stream
    for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
        stream.seek(info.header_offset)
        head = struct.unpack("<6x2H4x3L2H", stream.read(30).ljust(30, b"\0"))
        name, extra = stream.read(head[5]), stream.read(head[6])
        is_streamed = info.flag_bits & 8  # written before its sums were known: they come behind it
        unsaid = {0xFFFFFFFF, 0} if is_streamed else {0xFFFFFFFF}
        sums = (info.CRC, info.compress_size, info.file_size)
        said = zip(head[2:5], sums, strict=True)
        is_same = head[:2] == (info.flag_bits, info.compress_type)
        is_same &= all(one == true or one in unsaid for one, true in said)
        own = info.orig_filename.encode("utf-8" if info.flag_bits & _IS_UTF_8 else "cp437")
        is_named = name == own and not (_renames(name, extra) or _renames(name, info.extra))
        if info.header_offset - end not in gaps or not (is_same and is_named):
            return False
        end, gaps = stream.tell() + info.compress_size, _SUMS_BEHIND if is_streamed else (0,)
        directory += 46 + len(name) + len(info.extra) + len(info.comment)
    behind = stream.seek(0, os.SEEK_END) - archive.start_dir - directory
    return archive.start_dir - end in gaps and behind in _ENDS and not archive.comment


_SUMS_BEHIND = (12, 16, 20, 24)  # bytes
_ENDS = (22, 98)  # bytes of the end of a zip, the second of a large one


def _renames(name: bytes, extra: bytes) -> bool:
    """Whether an extra field gives another name (Unicode Path)."""
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == 0x7075 and extra[9 : 4 + length] != name:
            return True
        extra = extra[4 + length :]
    return False
