"""A records folder as a Ledger: every record that could be read, and every problem on the way."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from fazhi import personal
from fazhi.personal.readings import opened
from fazhi.problems.problem import Problem
from fazhi.problems.quoting import did_you_mean, nearest
from fazhi.records.memory import Memory
from fazhi.records.names import STEM
from fazhi.records.record import Record
from fazhi.schema import tasks
from fazhi.schema.kinds import FOLDERS, KINDS, Kind
from fazhi.schema.spelling import YEAR
from fazhi.schema.validation import parse
from fazhi.sources import faults
from fazhi.sources import source as sources
from fazhi.sources.left_behind import looks_copied, original
from fazhi.sources.source import ITSELF, remembered
from fazhi.sources.tree import EntryType, Tree

Wanted = Callable[[str], bool]  # whether a record file is to be read, by its path
LOCK_FILE = "published.lock.json"  # beside a year's folders, once its report was published
YEAR_FILES = {LOCK_FILE, tasks.FILE}
SETTINGS_FILES = {"township.yml", "vocabulary.yml", "figures.yml"}
_RECORD = rf"(?a)records/{YEAR}/(?:{'|'.join(FOLDERS)})/[^/]+\.md"
_DAY_AND_SERIAL = re.compile(r"\d{4}-\d\d-\d\d-\d{1,3}\.md", re.ASCII)
"""What most cases are called: nothing personal is written so, but it has as many digits as what is."""


@dataclass(slots=True)
class Ledger:
    """All records of all years, in order of path, and what was wrong with the others."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    filled: set[int] = field(default_factory=set)  # the years that have a record's file
    files: int = 0  # how many record files
    attachments: dict[int, set[str]] = field(default_factory=dict)  # names in a year's files folder
    sound: set[str] = field(default_factory=set)  # paths of those that have no fault by themselves
    unknown: dict[str, bytes] = field(default_factory=dict)  # the key of what is found of any other

    def of_year(self, year: int) -> list[Record]:
        return [record for record in self.records if record.year == year]


def load(tree: Tree, wanted: Wanted = lambda _: True, memory: Memory | None = None) -> Ledger:
    """Read the records of a tree. No link is followed. A memory must have begun."""
    walk = _Walk(tree, Ledger(), wanted, memory)
    walk.through()
    return walk.ledger


class _Walk(NamedTuple):
    """A walk through the records: the ledger that it fills, and what it asks on its way."""

    tree: Tree
    ledger: Ledger
    wanted: Wanted
    memory: Memory | None

    def through(self) -> None:
        if self.tree.type_of("records") is not EntryType.FOLDER:
            fault = faults.misplaced("没有 records 文件夹", "在项目目录里运行")
            self.ledger.problems.append(Problem("records", 1, 1, *fault))
            return
        for name, path, what in self._entries("records"):
            if what is EntryType.FOLDER:
                if re.fullmatch(YEAR, name, re.ASCII):
                    self.ledger.years.append(int(name))
                    self._year(path, int(name))
                else:
                    self._misplaced(path, "这里只放年份文件夹", "1980 到 2099 年，如 records/2024/")
            elif name not in SETTINGS_FILES:
                self._beside(path, SETTINGS_FILES, "记录不能直接放在这里")

    def _entries(self, folder: str) -> Iterator[tuple[str, str, EntryType]]:
        """What is in a folder: its name, its path, what it is. A link is a problem, and left out."""
        for name, what in self.tree.entries(folder):
            if what is EntryType.LINK:
                self.ledger.problems.append(link(f"{folder}/{name}"))
            else:
                yield name, f"{folder}/{name}", what

    def _year(self, folder: str, year: int) -> None:
        for name, path, what in self._entries(folder):
            kind = FOLDERS.get(name)
            if what is not EntryType.FOLDER:
                if name not in YEAR_FILES:
                    self._beside(path, YEAR_FILES, "文件放错了文件夹")
            elif kind:
                self._kind(path, year, kind)
            elif name == "files":
                self._files(path, year)
            else:
                hint = did_you_mean(name, [*FOLDERS, "files"])
                self._misplaced(path, "没有这种记录的文件夹", hint)

    def _files(self, folder: str, year: int) -> None:
        """The names of a year's evidence; what it says is read by `sources.evidence`."""
        names = self.ledger.attachments.setdefault(year, set())
        for name, what in self.tree.entries(folder):
            path = f"{folder}/{name}"
            self.ledger.problems += personal_name(path)
            if what is EntryType.LINK:
                self.ledger.problems.append(link(path))
            elif what is EntryType.FILE:
                names.add(name)
            else:
                self._misplaced(path, "这里只放文件，不放文件夹", "移到 files/ 里")

    def _kind(self, folder: str, year: int, kind: Kind) -> None:
        for name, path, what in self._entries(folder):
            _, dot, suffix = name.rpartition(".")
            if suffix == "md" and dot:
                self.ledger.filled.add(year)
            if self.memory and (record := self.memory.unread(path, self.tree)):
                self.ledger.files += 1
                self._sound(record)
            elif what is not EntryType.FILE:
                self._misplaced(path, "这里只放记录文件", "一条记录一个 .md 文件")
            elif suffix != "md" or not dot:
                self._misplaced(path, "不是记录文件", self._not_markdown(path, suffix))
            else:
                self._record(name, path, year, kind)

    def _record(self, name: str, path: str, year: int, kind: Kind) -> None:
        """A record file: as it is remembered, or as it is read."""
        data, problems = None, list[Problem]()
        if self.wanted(path):
            self.ledger.files += 1
            data, problems = self.tree.text_of_plain(path)
            if data is not None and self._is_remembered(data, path, year, kind):
                return
        if not STEM.fullmatch(name.removesuffix(".md")):
            self.ledger.problems.append(Problem(path, 1, 1, *faults.unusable_name(name)))
        self.ledger.problems += [*personal_name(path), *problems]
        if data is not None:
            record, problems = as_record(data, path, year, kind)
            self.ledger.problems += problems
            if record:
                self.ledger.records.append(record)

    def _is_remembered(self, data: bytes, path: str, year: int, kind: Kind) -> bool:
        """Whether a record is known to be sound, name and all; then it is in the ledger."""
        if self.memory is None:
            return False
        key = self.memory.key(path, data)
        record = self.memory.record(key, path)
        if record is None and (front := self.memory.front(key)) is not None:
            fields = kind.model.model_validate(front)
            record = Record(path, year, kind, fields, remembered(data, path, front))
            self.memory.has(key, record)
        if record is None:
            self.ledger.unknown[path] = key
            return False
        self._sound(record)
        return True

    def _sound(self, record: Record) -> None:
        self.ledger.sound.add(record.path)
        self.ledger.records.append(record)

    def _beside(self, path: str, expected: Iterable[str], message: str) -> None:
        """What lies where only certain files may: a copy of one of them, or some record."""
        folder, _, name = path.rpartition("/")
        meant = original(name, sorted(expected))
        if meant is None:
            where = f"放到 records/<年>/<种类>/，种类有 {'、'.join(FOLDERS)}"
            if near := nearest(name, sorted(expected)):
                where = f"是不是“{near}”？"
            self._misplaced(path, message, where)
        elif self.tree.is_file(f"{folder}/{meant}"):
            hint = f"多余的副本，删去；里面有要留的，先写进 {meant}"
            self._misplaced(path, f"像是 {meant} 的副本", hint)
        else:
            self._misplaced(path, f"像是 {meant}，名称不对", f"文件名改成 {meant}")

    def _not_markdown(self, path: str, suffix: str) -> str:
        """What to do with a file among the records that does not end in .md."""
        whole = re.sub(r"(?:\.md)?\.\w+$", ".md", path, flags=re.IGNORECASE)
        if not looks_copied(path) and suffix.lower() not in {"txt", "md", "markdown"}:
            return "记录用 .md；照片等材料放到 files 文件夹"
        if path != whole and self.tree.is_file(whole) and suffix != "MD":
            return f"多余的副本，删去；里面有要留的，先写进 {whole.rpartition('/')[2]}"
        return f"文件名末尾的 .{suffix} 去掉，改成 .md（先让系统显示扩展名）"

    def _misplaced(self, path: str, message: str, hint: str) -> None:
        self.ledger.problems.append(Problem(path, 1, 1, *faults.misplaced(message, hint)))


def is_record(path: str) -> bool:
    """Whether a path is that of a record."""
    return re.fullmatch(_RECORD, path) is not None


def as_record(data: bytes, path: str, year: int, kind: Kind) -> tuple[Record | None, list[Problem]]:
    """The bytes of a file as a record, or None with what is wrong with it."""
    source, problems = sources.as_record(data, path)
    if source is None:
        return None, problems
    if strange := [key for key in source.data if key not in kind.fields]:
        keys = source.data.keys()
        if other := next((other for other in KINDS.values() if keys <= other.fields.keys()), None):
            hint = f"移到 records/{year}/{other.folder}/"
            fault = faults.misplaced(f"像是“{other.name}”的记录，放错了文件夹", hint)
            return None, [*problems, source.problem([strange[0], ITSELF], fault)]
    fields, found = parse(kind.model, source, source.data)
    if fields is None:
        return None, problems + found
    return Record(path, year, kind, fields, source), problems


def personal_name(path: str, name: str | None = None) -> Iterator[Problem]:
    """Personal data in the name of a file, or of a folder that leads to it."""
    name = path.rpartition("/")[2] if name is None else name
    if _DAY_AND_SERIAL.fullmatch(name):
        return
    for finding in personal.of_a_file(opened(name)):
        yield Problem(path, 1, 1, *faults.personal_data("文件名里", finding, "改文件名"))


def link(path: str) -> Problem:
    """A link where a file or a folder should be."""
    return Problem(path, 1, 1, *faults.no_plain_file("这是一个链接"))
