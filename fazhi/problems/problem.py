"""What is wrong, where, and how to mend it: the one object every check yields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from fazhi.personal import masked
from fazhi.problems.quoting import printable


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


MOST_TOLD = 100
"""How many faults of one rule are told of one file: past that they are all of one kind."""


class Fault(NamedTuple):
    """What is wrong and how to mend it: the part of a `Problem` that comes after its place."""

    rule: str
    message: str
    hint: str
    severity: Severity = Severity.ERROR
