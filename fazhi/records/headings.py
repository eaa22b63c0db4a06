"""The headings of a narrative: their levels, their blocks, and the numbers typed before them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.records.narrative import EXPRESSION, Narrative
from fazhi.schema.numerals import NUMERALS, chinese_value

HEADING = Pattern(  # a heading: its signs, its title, its block
    r"^(#{1,6})[ \t]*(|.*?[^ \t\n])[ \t]*(?:\{块=([^{}\n]*)\}[ \t]*)?$", flags=re.MULTILINE
)
PASTED = r"(?m)^(?:(?P<first>[一二三四五六七八九十]{1,3}、)|（[一二三四五六七八九十]{1,3}）)[^。，；：\n]{2,30}$"
_ORDER = Pattern(
    r"[（(](?:(?:[一二三四五六七八九]?十)?[一二三四五六七八九十]|\d{1,2})[)）]、?\s*|[①-⑳]\s*"
    r"|(?P<number>(?:[一二三四五六七八九]?十)?[一二三四五六七八九]|[一二三四五六七八九]?十)\s*[、．.]\s*"
    r"|(?P<digits>\d{1,2})\s*[、．.)）]\s*"
)
_YEAR = Pattern(r"(?:19|20)\d\d年")


class Heading(NamedTuple):
    """A heading of the narrative: where it stands, its level (1 for 一、), its block."""

    start: int
    title_start: int
    title_end: int
    end: int
    level: int
    title: str
    block: str
    block_start: int


def headings(narrative: Narrative) -> list[Heading]:
    """The headings in order: `##` is level 1."""
    return headings_of(narrative.body)


def headings_of(body: str) -> list[Heading]:
    """Those of a body."""
    return [
        Heading(
            m.start(), m.start(2), m.end(2), m.end(), len(m[1]) - 1, m[2], m[3] or "", m.start(3)
        )
        for m in HEADING.finditer(body)
    ]


def typed_orders(found: list[Heading]) -> Iterator[tuple[Heading, str]]:
    """The headings that are typed with their numbers, each with what is typed: 一、 or （一）.

    Where another number follows, it may be 一、二级干部: a heading's own number only where that is its
    place, and another heading beside it is numbered.
    """
    beside: dict[int, list[tuple[Heading, re.Match[str] | None]]] = {}
    groups = []
    for heading in found:
        for level in [level for level in beside if level > heading.level]:
            del beside[level]
        if heading.level not in beside:
            groups.append(beside.setdefault(heading.level, []))
        beside[heading.level].append((heading, _ORDER.match(heading.title)))
    for group in groups:
        sure = [order for heading, order in group if order and not _goes_on(order)]
        for place, (heading, order) in enumerate(group, 1):
            if order and (order in sure or (sure and _value(order) == place)):
                yield heading, order[0]


def _goes_on(order: re.Match[str]) -> bool:
    """Whether what looks like an order goes on as a number does."""
    rest = order.string[order.end() :]
    if order["digits"]:
        return not order[0][-1].isspace() and rest[:1].isdigit() and not _YEAR.match(rest)
    return bool(order["number"] and rest[:1] in NUMERALS)


def _value(order: re.Match[str]) -> int | None:
    is_date = order["digits"] and order[0][-1] in ".．"  # or 1.5倍
    return None if is_date else int(order["digits"] or chinese_value(order["number"]) or 0)


def blocks(narrative: Narrative) -> dict[str, list[tuple[int, int]]]:
    """Where the text of each named block begins and ends, under each heading that has its name: up
    to the next heading of that level."""
    found = dict[str, list[tuple[int, int]]]()
    typed = headings(narrative)
    for place, heading in enumerate(typed):
        if heading.block:
            ends = (later.start for later in typed[place + 1 :] if later.level <= heading.level)
            end = next(ends, len(narrative.body))
            found.setdefault(heading.block, []).append((heading.end, end))
    return found


def points(narrative: Narrative, block: str) -> Iterator[tuple[str, str]]:
    """What a block says one by one, as typed: each of its highest headings and what is below it;
    without headings, with "" for one, its list, or what follows 一是, 二是; else its paragraphs."""
    for start, end in blocks(narrative).get(block, ()):
        text = narrative.body[start:end]
        inner = headings_of(text)
        highest = [h for h in inner if h.level == min(heading.level for heading in inner)]
        for heading, after in pairwise((*highest, None)):
            if heading:
                yield heading.title, text[heading.end : after.start if after else None].strip()
        for parting in () if inner else (_LISTED, _COUNTED, _PARAGRAPHS):
            parts = [part.strip() for part in parting.split(text)]
            if len(parts) > 1 or parting is _PARAGRAPHS:
                found = parts if parting is _PARAGRAPHS else parts[1:]
                yield from (("", part) for part in found if part)
                break


def items(narrative: Narrative, block: str) -> list[str]:
    """The same in short: of each its heading, or the beginning of what it says."""
    return [_shortened(title or text) for title, text in points(narrative, block)]


_LISTED = re.compile(r"^[ \t]*(?:[-*+]|\d{1,2}[.)])[ \t]+", re.MULTILINE)
_COUNTED = re.compile(r"(?:(?<=[。；：\n\s])|^)[一二三四五六七八九十]{1,2}是")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def _shortened(text: str) -> str:
    """The first sentence of an item, or its beginning; a number in it that is counted is left out."""
    sentence = re.split("[。；\n]", EXPRESSION.sub("…", text).strip())[0]
    return sentence if len(sentence) <= 40 else f"{sentence[:40]}…"
