"""`records/<year>/published.lock.json`: what was published of a year. Written by the program only; it
stays in the office, as it holds withheld figures too."""

import hashlib
import json
from datetime import date
from typing import Literal

from pydantic import Field, PositiveInt, ValidationError

from fazhi.problems.problem import Problem
from fazhi.problems.reasons import reason
from fazhi.records.faults import not_a_lock
from fazhi.records.ledger import LOCK_FILE
from fazhi.records.narrative import Correction, Narrative
from fazhi.records.record import Record
from fazhi.schema.every_kind import PUBLICITY, Publicity
from fazhi.schema.fields import Model
from fazhi.schema.township import SAMPLE, Settings
from fazhi.sources.tree import EntryType, Tree

DOCUMENTS = "documents"  # where the report is in a package, as documents


class Outside(Model):
    """What the public edition's pages show of a figure where it may not be what the office sees."""

    parts: dict[str, int] | None
    beside: dict[str, str]
    last: str
    change: str


class Figure(Model):
    """A figure as it was published: all that the pages show of it, and what that is made of.

    How its explanation is worded is the program's own, so that of the definition there is a
    fingerprint and the 说明. A lock that 1.0 wrote has no field with a default.
    """

    number: str | None  # the exact fraction, None for 暂无
    numerator: int | None = None
    denominator: int | None = None
    parts: dict[str, int] | None
    wordings: list[str]  # all that the narrative printed of it, last year's and the change too
    last: str
    shown: str  # as the internal edition's table writes it
    public: str  # as the public one does
    records: int  # how many it counts
    pages: str | None = None  # a hash of the addresses of those that have a public page
    made_of: dict[str, str] | None = None  # the two sides of a ratio, and what stands beside it
    change: str | None = None  # on last year, in the table
    section: str | None = None
    meaning: str | None = None  # the fingerprint of its definition
    note: str | None = None
    outside: Outside | None = None
    months: list[str | None] | None = None  # where they are drawn

    def differs(self, now: "Figure") -> set[str]:
        """The fields that are not the same any more, of those that its lock has; of the months only
        where they are drawn still."""
        held = self.model_fields_set - ({"months"} if None in (self.months, now.months) else set())
        return {name for name in held if getattr(self, name) != getattr(now, name)}


class Change(Model):
    """A figure before and after a correction, as each edition writes it."""

    shown: tuple[str, str]
    public: tuple[str, str]


class Corrected(Model):
    """A correction that has been published: its day, a hash of what was typed, what it changed."""

    day: date
    typed: str
    figures: dict[str, Change]


class Cell(Model):
    """Sensitive records, amounts or parts that all published sums take alike, each with its size; which
    sums, by their numbers, and which of them (`hidden`) were too small to be published. What was left
    of figures (`left`), and of each that another is `within`, is numbered over all cells; below 0 is what
    is taken away. What everybody knows of a figure is a cell, too."""

    columns: dict[str, PositiveInt]
    told: list[int]
    hidden: list[int]
    left: list[int] = Field([])
    within: list[int] = Field([])
    plain: list[int] = Field([])  # as `told`, of records that were not sensitive then


class Lock(Model):
    """What was published of a year. Hashes are SHA-256 in hexadecimal, of texts with LF ends."""

    version: Literal[1] = 1
    year: int
    published: date
    is_sample: bool | None = None  # 示例数据; None in a lock of before, which did not say
    narrative: str
    figures: dict[str, Figure]
    records: dict[str, str]
    samples: list[str] = Field([])  # the same of all that went out as samples, of earlier years too
    kept_back: dict[str, list[str]] | None = None  # of records; None in a lock of before, as above
    corrections: list[Corrected] = Field([])
    counted: dict[str, dict[str, str]] = Field({})  # sensitive records, see `former.counted`
    sensitive: dict[str, list[Cell]] | None = None  # all that was ever published; None before 1.1
    files: dict[str, str]  # of each file that went out, by its path in the package
    package: str
    earlier: list[str] = Field([])  # of the packages that were published before, oldest first

    @property
    def holds_samples(self) -> bool:
        """Whether what was published are samples, by what it says or by the names of its documents."""
        documents = (path for path in self.files if path.startswith(f"{DOCUMENTS}/"))
        return self.is_sample is True or any(SAMPLE in path for path in documents)


def fingerprint(narrative: Narrative) -> str:
    """A hash of the report as typed, but for how it came to be published and was corrected."""
    # By what was typed alone: a field that is declared later changes no report of before.
    meta = narrative.meta.model_dump(
        mode="json", by_alias=True, exclude_unset=True, exclude={"steps", "corrections"}
    )
    return digest(json.dumps([meta, narrative.body], ensure_ascii=False, sort_keys=True).encode())


def kept_back(record: Record, settings: Settings) -> list[str]:
    """What the public edition does not show of a record, and might if somebody decided so: what is
    further than its 公开, its private 计数 and its files."""
    held, level = record.fields, record.publicity(settings)
    limit = held.publicity_limit
    found = [word for word, further in PUBLICITY.items() if level < further <= limit]
    if limit is Publicity.FULL:
        counters = {n: settings.vocabulary.counter(n, record.year) for n in held.counters or {}}
        found += [f"计数“{n}”" for n, known in counters.items() if not (known and known.public)]
        found += [f"“{one.name}”的照片" for one in held.evidence if one.file and not one.is_public]
    return found


def digest_of(record: Record) -> str:
    """A hash of a record as it is typed."""
    return digest(record.source.text.encode())


def pending(narrative: Narrative, lock: Lock) -> list[Correction]:
    """The corrections that have not been published yet."""
    published = {one.typed for one in lock.corrections}
    return [one for one in narrative.meta.corrections if typed(one) not in published]


def typed(correction: Correction) -> str:
    """A hash of a correction as it is typed."""
    written = correction.model_dump(mode="json", by_alias=True, exclude_unset=True)
    return digest(json.dumps(written, ensure_ascii=False, sort_keys=True).encode())


def path_of(year: int) -> str:
    """Where a year's lock is, from the project folder."""
    return f"records/{year}/{LOCK_FILE}"


def load(tree: Tree, year: int) -> tuple[Lock | None, list[Problem]]:
    """The lock of a year; None without a problem where nothing was published."""
    path = path_of(year)
    if (kind := tree.type_of(path)) is None:
        return None, []
    try:
        # Of a hundred thousand records it is not longer.
        data = tree.content(path, 20_000_000) if kind is EntryType.FILE else 0
        lock = None if isinstance(data, int) else Lock.model_validate_json(data)
    except OSError as error:
        wrong = reason(error)
    except ValidationError as error:
        if any(one["loc"] == ("version",) for one in error.errors()):
            wrong = "是另一个版本的程序写的"
            return None, [broken(year, wrong, "用写它的程序，或者更新的，或者从 git 里取回以前的")]
        wrong = "里面的内容不是程序写的样子，改过，或者用记事本一类的程序另存过"
    else:
        if lock and lock.year == year:
            return lock, []
        wrong = f"里面是 {lock.year} 年的" if lock else "不是普通文件，或者太大"
        wrong = "这是一个链接" if kind is EntryType.LINK else wrong
    return None, [broken(year, wrong)]


def broken(year: int, wrong: str, hint: str = "从 git 里取回这个文件") -> Problem:
    """That the lock of a year cannot be used, and why."""
    fault = not_a_lock(f"公布的存档读不懂：{wrong}", hint)
    return Problem(path_of(year), 1, 1, *fault)


def written(lock: Lock) -> str:
    """The lock as its file holds it: a line a value, so that a change shows line by line."""
    held = lock.model_dump(mode="json")
    return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
