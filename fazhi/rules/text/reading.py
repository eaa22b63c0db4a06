"""A text as its readers see it: marks, links, entities, blanks gone; look-alike signs as the usual ones."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.personal.readings import unescaped


@dataclass(frozen=True, eq=False)
class Reading:
    """What is read, and where each character of it was typed."""

    text: str
    places: Sequence[int]

    def at(self, index: int) -> int:
        """Where a character of it is in the text that it was made from."""
        return self.places[index]


Filled = Mapping[int, tuple[int, str]]
"""What stands in a text's stead: from where, to where, and what is read there."""


def read(text: str, body: int, filled: Filled) -> Reading:
    """A file's text, with what is filled in; from `body` on it is Markdown."""
    pieces, places, at = list[str](), list[int](), 0
    for token in _TOKEN.finditer(text):
        start = token.start()
        if start < at:
            continue
        if token["plain"]:
            at = token.end()
            pieces.append(token[0])
            places += range(start, at)
            continue
        at, words = filled.get(start, (token.end(), ""))
        if start not in filled:
            words = _seen(token, is_markdown=start >= body)
        pieces.append(words)
        places += [start] * len(words)
    return Reading("".join(pieces), places)


_TOKEN = Pattern(
    r"(?P<item>(?m:^)[ \t>]*\d{1,9}\.(?=[ \t]))"  # the number of a list's item counts nothing
    r"|(?P<plain>[一-龥0-9A-Za-z，。、；：“”（）《》]+)"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,30});)"
    r"|(?P<mark>[*_`\\]|~~|\]\([^)\n]{0,300}\)|\[(?=[^\[\]\n]*\]\())"
    r"|(?P<end>\n(?![ \t]*(?:\n|\#|\||[-+*>][ \t]|\d+[.)][ \t])))|.",
    flags=re.DOTALL,
)


def _seen(token: re.Match[str], *, is_markdown: bool) -> str:
    if token["entity"]:
        return "".join(map(_usual, unescaped(token[0])))
    if not is_markdown or not (token["item"] or token["mark"] or token["end"]):
        return token[0] if token[0] == "\n" else "".join(map(_usual, token[0]))
    if token["end"]:  # goes on in the next line, but after a heading
        text, start = token.string, token.start()
        return "\n" if text.startswith("#", text.rfind("\n", 0, start) + 1) else ""
    return ""


@cache
def _usual(char: str) -> str:
    """A character as the one that it looks like; nothing for what is not seen."""
    if unicodedata.category(char) in _UNSEEN:
        return ""
    if char in _LOOKS:
        return _LOOKS[char]
    if unicodedata.category(char) == "Nl" and char != "〇":  # Ⅻ
        return str(int(unicodedata.numeric(char)))
    how = unicodedata.decomposition(char).split(" ")[0]
    if how in {"<wide>", "<narrow>", "<small>", "<font>", "<fraction>", "<compat>"}:
        usual = unicodedata.normalize("NFKC", char).replace("⁄", "/")
        if re.fullmatch(r"[0-9A-Za-z%./+<>~-]+|[一-龥]", usual):
            return usual
    number = unicodedata.numeric(char, -1) if how in {"", "<circle>", "<super>", "<sub>"} else -1
    return str(int(number)) if number >= 0 and unicodedata.category(char) in {"Nd", "No"} else char


_LOOKS = {"○": "〇", "ニ": "二", "ハ": "八"}
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf", "Mn", "Me"}
