"""A change of a text (`Edit`), and what is reported of it (`Fix`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """One fixed place. `rule` is empty where no rule asks for it (key order, trailing space).

    `line` counts from 1 in the file as it was. Personal data in `what` is masked.
    """

    line: int
    rule: str
    what: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that replaces a piece of another; `what` is reported, if anything."""

    start: int
    end: int
    text: str
    rule: str
    what: str


def as_fixes(edits: Iterable[Edit], text: str, first_line: int) -> list[Fix]:
    """The edits as they are reported; the text begins on `first_line` of the file."""
    told = sorted((edit for edit in edits if edit.what), key=lambda edit: edit.start)
    return [Fix(first_line + text.count("\n", 0, e.start), e.rule, e.what) for e in told]


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made. They do not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])
