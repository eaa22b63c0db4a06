"""Quoting in messages: text masked and on one line, and the known word that may be meant."""

import difflib
import unicodedata
from collections.abc import Iterable
from itertools import islice

from fazhi import regex as re
from fazhi.personal import masked

_UNPRINTABLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def printable(text: str) -> str:
    """Text that a terminal may be given: control and direction marks as escapes, on one line."""
    if text.isprintable():  # nearly all is
        return text
    return "".join(
        char if unicodedata.category(char) not in _UNPRINTABLE else ascii(char)[1:-1]
        for char in text
    )


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
    """The allowed word that is most like a mistyped one, of as many as a list of words has; none that it
    says no to."""
    denied = word[1:] if word.startswith(("不", "非", "未", "无")) else None
    words = [one for one in islice(allowed, 1000) if one != denied]
    return next(iter(difflib.get_close_matches(word[:60], words, n=1, cutoff=0.5)), None)


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """The nearest allowed word as a question, else the list of what is allowed."""
    words = list(allowed)
    if near := nearest(word, words):
        return f"是不是“{near}”？"
    if not words:
        return ""
    return f"可用的有：{'、'.join(words[:30])}{'……' if len(words) > 30 else ''}"


_EMOJI = "\u2600-\u2775\u2795-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff"  # no digits among them
INVISIBLE = re.compile(
    f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])|"
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U0010ffff]"
)
"""Control and direction marks, spaces and letters that show nothing, and codes that each font shows
in its own way or not at all: they hide what a text really says. A joiner makes one emoji of two."""
