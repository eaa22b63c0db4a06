"""One thing that is wrong: what and how bad (`Fault`), and where (`Problem`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """An error stops the build; a warning is shown and lets it pass."""

    ERROR = "错误"
    WARNING = "警告"


ERROR, WARNING = Severity.ERROR, Severity.WARNING
MOST_REPORTED = 100  # problems of one rule in one file: past that they are all of one kind


class Fault(NamedTuple):
    """What is wrong, how to fix it, and how bad it is: a `Problem` that has no place yet.

    Only `Rule.fault` makes one, so that the severity is the one that the rule declares.
    """

    rule: str
    message: str
    hint: str
    severity: Severity


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault at a place in a file. Lines and columns count characters from 1."""

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str
    severity: Severity


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems must stop a build."""
    return any(problem.severity is Severity.ERROR for problem in problems)
