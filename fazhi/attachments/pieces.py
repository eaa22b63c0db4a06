"""A text in a file, and how the text of markup is read without a parser that markup could fool."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass


class Unreadable(Exception):
    """A file that cannot be searched; the text says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and where in the file it stands, in words; or a file inside, which says more."""

    place: str
    text: str = ""
    inner: bytes | None = None
    is_whole_file: bool = False


def markup(data: bytes | str) -> str:
    """All that XML or HTML says: its text, its comments, and the values of its attributes.

    Only the tags that end a paragraph or a cell part words: a number that is written in two fonts
    is two elements, and one number all the same.
    """
    text = data if isinstance(data, str) else _decoded(data)
    said = [html.unescape(_TAG.sub(_parted, text))]
    said += _COMMENT.findall(text)
    for tag in _TAG.findall(text):
        said += (
            html.unescape(a or b) for key, a, b in _ATTRIBUTE.findall(tag) if key not in _DRAWN
        )
    return "\n".join(said)


def _decoded(data: bytes) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if is_wide else "utf-8", errors="replace")


def _parted(tag: re.Match[str]) -> str:
    name = _NAME.match(tag[0])
    return "" if name and name[1] in _RUNNING else "\n"


_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_NAME = re.compile(r"</?(?:\w+:)?([\w-]+)")
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DRAWN = frozenset(["d", "points", "viewBox", "transform", "style", "integrity"])
"""Attributes of drawings: rows of numbers that are nobody's."""
# fmt: off
_RUNNING = frozenset([
    "r", "t", "rPr", "rFonts", "b", "i", "u", "s", "color", "sz", "szCs", "lang", "vertAlign",
    "proofErr", "bookmarkStart", "bookmarkEnd", "noBreakHyphen", "softHyphen",
    "span", "a", "em", "strong", "code", "mark", "sub", "sup", "small", "wbr", "font", "tspan",
])
# fmt: on
"""Elements that a word runs through, in Word, Excel, OpenDocument and HTML."""
