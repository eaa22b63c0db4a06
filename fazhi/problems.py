"""What is wrong, where, and how to mend it: the one object every check yields."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from fazhi.personal import masked


class Severity(StrEnum):
    """An error stops the build; a warning is shown and lets it pass."""

    ERROR = "错误"
    WARNING = "警告"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault at one place. Lines and columns count characters from 1."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        where = f"{printable(masked(self.path))}:{self.line}:{self.column}"
        hint = f"。{self.hint}" if self.hint else ""
        return f"{where}: {self.severity} {self.rule} {printable(self.message + hint)}"


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems must stop a build."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def printable(text: str) -> str:
    """Text that a terminal may be given: control and direction marks as escapes, on one line."""
    return "".join(
        char if unicodedata.category(char) not in _UNPRINTABLE else ascii(char)[1:-1]
        for char in text
    )


_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def shown(value: object, limit: int = 30) -> str:
    """A value as a message quotes it: short, masked, in Chinese quotation marks."""
    text = masked(_written(value))
    if len(text) > limit:
        text = text[:limit] + "…"
    return f"“{text}”"


def _written(value: object) -> str:
    """A value as a clerk would write it."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_written, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(held)}" for key, held in value.items()) + "}"
    return "" if value is None else str(value)


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that is most like a mistyped one, of as many as a list of words has."""
    words = list(islice(allowed, 1000))
    return next(iter(difflib.get_close_matches(word[:60], words, n=1, cutoff=0.5)), None)


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """The nearest allowed word as a question, else the list of what is allowed."""
    words = list(allowed)
    if near := nearest(word, words):
        return f"是不是“{near}”？"
    if not words:
        return ""
    listed = "、".join(words[:20]) + ("……" if len(words) > 20 else "")
    return f"可用的有：{listed}"
