"""`records/<year>/published.lock.json`: what was published of a year, as it is kept.

The file is written when a report is published and never by hand. It stays in the office: it holds
withheld figures too.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from fazhi.problems.problem import Problem
from fazhi.records.faults import not_a_lock
from fazhi.records.ledger import LOCK_FILE
from fazhi.sources.tree import Tree


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Figure(_Frozen):
    """A figure as it was published."""

    number: str | None  # the exact fraction, None for 暂无
    parts: dict[str, int] | None
    wordings: list[
        str
    ]  # all that the narrative printed of it, last year's number and the change too
    last: str
    shown: str  # as the internal edition's table writes it
    public: str  # as the public one does
    records: int  # how many it counts

    def differs(self, other: Figure) -> bool:
        """Whether something that was printed of it is not the same any more."""
        return (self.number, self.parts, self.wordings, self.last, self.shown) != (
            (other.number, other.parts, other.wordings, other.last, other.shown)
        )


class Change(_Frozen):
    """A figure before and after a correction, as each edition writes it."""

    shown: tuple[str, str]
    public: tuple[str, str]


class Corrected(_Frozen):
    """A correction that has been published: its day, a hash of what was typed, what it changed."""

    day: date
    typed: str
    figures: dict[str, Change]


class Lock(_Frozen):
    """What was published of a year. Hashes are SHA-256 in hexadecimal, of texts with LF ends."""

    version: Literal[1] = 1
    year: int
    published: date
    narrative: str
    figures: dict[str, Figure]
    records: dict[str, str]
    corrections: list[Corrected] = []
    files: dict[str, str]  # of each file that went out, by its path in the package
    package: str
    earlier: list[str] = []  # of the packages that were published before, oldest first


def path_of(year: int) -> str:
    """Where a year's lock is, from the project folder."""
    return f"records/{year}/{LOCK_FILE}"


def load(tree: Tree, year: int) -> tuple[Lock | None, list[Problem]]:
    """The lock of a year; None without a problem where nothing was published."""
    path = path_of(year)
    if tree.type_of(path) is None:
        return None, []
    try:
        data = tree.content(path, _MAX_BYTES) if tree.is_file(path) else 0
        lock = None if isinstance(data, int) else Lock.model_validate_json(data)
    except OSError as error:
        wrong = error.strerror
    except ValidationError:
        wrong = "里面的内容不是程序写的样子"
    else:
        if lock and lock.year == year:
            return lock, []
        wrong = f"里面是 {lock.year} 年的" if lock else "不是普通文件，或者太大"
    return None, [Problem(path, 1, 1, *not_a_lock(f"{wrong}"))]


_MAX_BYTES = 20_000_000  # a hundred thousand records


def written(lock: Lock) -> str:
    """The lock as its file holds it: a line a value, so that a change shows line by line."""
    held = lock.model_dump(mode="json")
    return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def digest(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
