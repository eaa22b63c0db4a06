"""Fixes full-width colons behind known keys, with which a front matter cannot be read."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from fazhi.commands.fixing.values import Edit, applied
from fazhi.problems.quoting import shown
from fazhi.sources.strict_yaml import load, places
from fazhi.sources.yaml_errors import Refused

LONGEST = 1000  # lines of a front matter: a longer one is no township's, and would take its time
FARTHEST = 10  # entries over which a quotation or a bracket may run on before it is unclosed


def edits(yaml_text: str, keys: set[str], shape: type) -> list[Edit]:
    """The colons to fix, entry by entry: broken YAML in one entry does not hide the others.

    An entry is a top-level key (of a dict) or item (of a list) with the lines below it. It is
    changed only if it can be read afterwards, and each new colon is then behind a key: not in a
    quotation, nor in a text of several lines.
    """
    if yaml_text.count("\n") > LONGEST:
        return []
    begins = r"^(?!-(?:[ \t]|$))[^\s#]" if shape is dict else r"^-(?:[ \t]|$)"
    starts = [match.start() for match in re.finditer(begins, yaml_text, re.MULTILINE)]
    entries = list(pairwise([*starts, len(yaml_text)]))
    found: list[Edit] = []
    place = 0
    while place < len(entries):
        start, end = entries[place]
        together = _entries_together(yaml_text, entries[place:], keys, shape)
        if together == 0:
            found += _in_entry(yaml_text[start:end], start, keys, shape)
        place += max(together, 1)
    return found


def is_misread(data: Any, keys: set[str]) -> bool:
    """Whether a colon inside the value made YAML take “计数：{横幅” of 计数：{横幅: 3} for a key."""
    items = data if isinstance(data, list) else [data]
    return any(
        value is not None and "：" in str(key) and str(key).partition("：")[0].strip() in keys
        for item in items
        if isinstance(item, dict)
        for key, value in item.items()
    )


def _entries_together(
    text: str, entries: list[tuple[int, int]], keys: set[str], shape: type
) -> int:
    """How many entries can be read as they are: one, or those that one quotation spans, or 0."""
    start, end = entries[0]
    if _loads(text[start:end], keys, shape):
        return 1
    if re.search(r"[\"'\[{]", text[start:end]):  # it may run on
        for place, (_, later) in enumerate(entries[1:FARTHEST], start=2):
            if _loads(text[start:later], keys, shape):
                return place
    return 0


def _in_entry(entry: str, start: int, keys: set[str], shape: type) -> list[Edit]:
    """The edits of one entry, by their offsets in the whole: all its colons, or its first only."""
    every = list(_candidates(entry, keys))
    for chosen in (every, every[:1]):
        changed = applied(entry, chosen)
        if chosen and _loads(changed, keys, shape) and _are_behind_keys(changed, chosen):
            return [Edit(start + e.start, start + e.end, e.text, e.rule, e.what) for e in chosen]
    return []


def _candidates(entry: str, keys: set[str]) -> Iterator[Edit]:
    names = "|".join(sorted(map(re.escape, keys), key=len, reverse=True))
    line = rf"^ *(?:- +)*(?P<key>{names})(?P<colon>[ \u3000]*[:：][ \u3000]*)"
    for match in re.finditer(line, entry, re.MULTILINE):
        if not re.search("[：\u3000]", match["colon"]) or entry.startswith("#", match.end()):
            continue
        colon = ":" if entry[match.end() : match.end() + 1] in ("", "\n") else ": "
        what = f"{shown(match['key'] + match['colon'])}改成{shown(match['key'] + colon)}"
        yield Edit(*match.span("colon"), colon, "FZ112", what)
    for match in re.finditer(rf"^ *(?:- +)*(?:{names}): .*[^\s:](?P<colon>: *)$", entry, re.M):
        yield Edit(*match.span("colon"), "：", "FZ107", "一行末尾的冒号改成全角的")


def _loads(text: str, keys: set[str], shape: type) -> bool:
    """Whether an entry can be read, as one entry."""
    try:
        data = load(text, shape)
    except Refused:
        return False
    return len(data) == 1 and not is_misread(data, keys)


def _are_behind_keys(changed: str, made: list[Edit]) -> bool:
    keys = {mark.index + len(path[-1]) for path, (mark, _) in places(changed).items() if path}
    shift = 0
    for edit in made:
        if edit.text != "：" and edit.start + shift not in keys:
            return False
        shift += len(edit.text) - (edit.end - edit.start)
    return True
