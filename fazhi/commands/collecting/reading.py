"""Collected files as the pieces that are to be records: out of folders and archives, whatever encoding."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

from fazhi.commands.collecting import faults
from fazhi.commands.fixing import decoded
from fazhi.problems.problem import Fault, Problem
from fazhi.problems.reasons import reason
from fazhi.schema.kinds import KINDS
from fazhi.sources import archives, tree
from fazhi.sources.left_behind import is_left_behind
from fazhi.sources.source import boundaries
from fazhi.sources.text import as_text

TEXTS = {".md", ".markdown", ".txt"}
MOST = 10_000_000
"""Bytes of a file: many records together are more than one may be."""
MOST_FILES = 20_000
"""Of a folder: one with more is somebody's disk."""


@dataclass(frozen=True)
class Piece:
    """What is to be one record: its text, where that begins, and what its mark says of it."""

    path: str
    line: int
    text: str
    kind: str = ""
    name: str = ""

    def problem(self, fault: Fault, line: int = 1) -> Problem:
        """A fault at a line of the piece."""
        return Problem(self.path, self.line + line - 1, 1, *fault)


def is_collected(file: Path) -> bool:
    """Whether a file is read here, and no ledger: a folder, a text, an archive."""
    return file.is_dir() or file.suffix.lower() in {*TEXTS, ".zip"}


def read(given: Sequence[Path]) -> tuple[list[Piece], list[Problem]]:
    """The pieces of all files that are given, or lie in folders that are; no link is followed."""
    pieces: list[Piece] = []
    problems: list[Problem] = []
    for path, data in _files(given):
        if isinstance(data, Fault):
            problems.append(Problem(path, 1, 1, *data))
            continue
        text = decoded(data, lambda text: _ANY_KEY.search(text) is not None)
        if text is None:
            problems += as_text(data, path)[1]
        else:
            pieces += _pieces(path, text[0])
    return pieces, problems


def _files(given: Sequence[Path]) -> Iterator[tuple[str, bytes | Fault]]:
    for top in given:
        held = tree.Folder(top if top.is_dir() else top.parent)
        walked = (name for name, what in held.walk("") if what is not tree.EntryType.FOLDER)
        names = [*islice(walked, MOST_FILES + 1)] if top.is_dir() else [top.name]
        if len(names) > MOST_FILES:
            yield top.as_posix(), _broken(f"里面的文件超过 {MOST_FILES} 个", "只放收来的文件")
            continue
        for name in names:
            path = f"{top.as_posix()}/{name}" if top.is_dir() else top.as_posix()
            suffix = Path(name).suffix.lower()
            try:
                is_read = suffix in {*TEXTS, ".zip"} and held.is_file(name)
                data = held.content(name, MOST) if is_read else b""
            except OSError as error:
                yield path, _broken(f"读不出来：{reason(error)}", "看看它是不是打开着")
                continue
            if not held.is_file(name):
                yield path, faults.unread("这是一个链接", "放文件本身")
            elif isinstance(data, int):
                yield path, _broken(f"文件有 {data / 1e6:.0f} MB", "分成几个")
            elif suffix == ".zip":
                yield from _parts(path, data)
            else:
                yield path, data if suffix in TEXTS else _other(suffix)


def _parts(path: str, data: bytes) -> Iterator[tuple[str, bytes | Fault]]:
    try:
        archive = _opened(data)
        if archives.is_unbearable(archive):
            yield path, _broken("压缩包太大", "分成几个")
        elif archives.is_locked(archive):
            yield path, _broken("压缩包设了密码", "不设密码，重新压缩")
        else:
            for part in archive.infolist():
                *folders, name = part.filename.split("/")
                is_of_none = "__MACOSX" in folders or any(map(is_left_behind, [*folders, name]))
                if name and not is_of_none:
                    suffix = Path(name).suffix.lower()
                    held = archive.read(part) if suffix in TEXTS else _other(suffix)
                    yield f"{path}/{part.filename}", held
    except archives.BROKEN:
        yield path, _broken("压缩包不完整，打不开", "重新压缩")


def _opened(data: bytes) -> ZipFile:
    """An archive, its names read as Windows in Chinese writes them where they do not say."""
    try:
        return ZipFile(io.BytesIO(data), metadata_encoding="gb18030")
    except UnicodeDecodeError:
        return ZipFile(io.BytesIO(data))


_broken = partial(faults.unread, is_broken=True)


def _other(suffix: str) -> Fault:
    if suffix in {".xlsx", ".csv"}:
        return faults.unread("这是台账，没有收", "单独导入：import_ledger.py 后面只写这一个文件")
    if suffix in {".doc", ".docx", ".wps", ".pdf", ".rtf"}:
        hint = "里面是记录的，用“填表”重新填（python3 scripts/form.py 写出这张表）"
        return faults.unread("这不是记录文件，没有收", hint)
    return faults.unread("这不是记录文件，没有收", "照片等材料放到 records/<年>/files/")


def _pieces(path: str, text: str) -> Iterator[Piece]:
    """The records of a text: from one mark to the next, or all of it."""
    marks = [*_MARK.finditer(text)]
    ends = [*(mark.start() for mark in marks), len(text)]
    if text[: ends[0]].strip() or not marks:
        yield Piece(path, 1, text[: ends[0]])
    for mark, end in zip(marks, ends[1:], strict=True):
        line, held = text.count("\n", 0, mark.end()) + 1, text[mark.end() : end].rstrip() + "\n"
        yield Piece(path, line, held, mark["kind"], mark["name"] or "")


_MARK = re.compile(
    r"^<!--[ \t]*记录[ \t]*[：:][ \t]*(?P<kind>[^\s>]+)(?:[ \t]+(?P<name>[^\n>]*?))?[ \t]*-->[ \t]*\n\s*?"
    r"(?=-{3,}[ \t]*$)",
    re.MULTILINE,
)
_KEYS = "|".join(sorted({re.escape(key) for kind in KINDS.values() for key in kind.fields}))
_ANY_KEY = re.compile(rf"^(?:{_KEYS})[ \u3000]*[:：]", re.MULTILINE)
_ANOTHER = re.compile(rf"^-{{3,}}[ \t]*\n(?={_ANY_KEY.pattern})", re.MULTILINE)


def run_together(piece: Piece) -> Problem | None:
    """Where the prose of a piece has what looks like the beginning of another record."""
    _, closed = boundaries(piece.text)
    if closed and (another := _ANOTHER.search(piece.text, closed.end())):
        line = piece.text.count("\n", 0, another.start()) + 1
        return piece.problem(faults.unknown_kind("像是又一条记录从这里开始"), line)
    return None
