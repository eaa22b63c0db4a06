"""A text that people typed, as the text rules read it: with its places, and without Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

from fazhi.personal import half_width
from fazhi.problems.problem import ERROR, WARNING, Fault, Problem
from fazhi.records.record import Record
from fazhi.schema.kinds import Fields
from fazhi.sources.text import problem_at

HIDDEN = "\x00"
"""Stands for each character that is no typed text: a number to be put in, say."""
REMOVED = "\x01"
"""Stands for each character of a mark, across which the text reads on."""


class Role(Enum):
    """What a passage is."""

    RECORD = auto()
    NARRATIVE = auto()
    PAGE = auto()


_PUBLISHED, _FILED = "叙述稿和首页里的", "记录里的"
BY_ROLE = {_PUBLISHED: ERROR, _FILED: WARNING}
"""How bad it is to write something wrong: what is published must be right."""


@dataclass(frozen=True)
class Passage:
    """The whole text of a file, front matter included.

    `year` is the year it reports on, from `plan[0]` to `plan[1]` the next one. `fields` are those of
    a record.
    """

    path: str
    text: str = field(repr=False)
    year: int
    role: Role
    plan: tuple[int, int] = (0, 0)
    fields: Fields | None = None

    @property
    def where(self) -> str:
        """Of `BY_ROLE`, the words for where it stands."""
        return _FILED if self.role is Role.RECORD else _PUBLISHED

    def year_at(self, offset: int) -> int:
        """The year that the text reports on at a character."""
        return self.year + (self.plan[0] <= offset < self.plan[1])

    def problem(self, offset: int, fault: Fault) -> Problem:
        """A fault at a character of the text."""
        return problem_at(self.path, self.text, offset, fault)


def of_record(record: Record) -> Passage:
    """A record's file as a passage."""
    text = record.source.text
    return Passage(record.path, text, record.year, Role.RECORD, fields=record.fields)


@dataclass(frozen=True)
class Plain:
    """A text as it reads: half-width digits and signs, no Markdown marks."""

    text: str
    _starts: list[int]
    _shifts: list[int]

    def at(self, index: int) -> int:
        """Where a character of it stands in the text that it was made from."""
        return index + self._shifts[bisect_right(self._starts, index) - 1]


_MARKS = re.compile(rf"(?:[*_~`\\{REMOVED}]|\]\([^)\n]{{0,300}}\)|\[(?=[^\[\]\n]*\]\())+")
_SIGN = re.compile(rf"[*_~`\\{REMOVED}]")
"""A character of a mark, other than those of a link."""
_FULL_WIDTH = re.compile("[０-９％．]")
HALF_WIDTH = half_width("0123456789%.")


def plain(text: str) -> Plain:
    """The text without its marks."""
    if "](" not in text and not _SIGN.search(text):
        return Plain(text.translate(HALF_WIDTH) if _FULL_WIDTH.search(text) else text, [0], [0])
    pieces, starts, shifts = [], [0], [0]
    kept = length = 0
    for mark in _MARKS.finditer(text):
        pieces.append(text[kept : mark.start()])
        length += mark.start() - kept
        kept = mark.end()
        starts.append(length)
        shifts.append(kept - length)
    pieces.append(text[kept:])
    unmarked = "".join(pieces)
    if _FULL_WIDTH.search(unmarked):  # seldom, and a translation costs as much as all the rest
        unmarked = unmarked.translate(HALF_WIDTH)
    return Plain(unmarked, starts, shifts)


_SENTENCE = re.compile(r"[^。；;！？!?\n]{1,1000}")


def sentences(text: str) -> Iterator[re.Match[str]]:
    """The sentences, and the parts of them between semicolons."""
    return _SENTENCE.finditer(text)
