"""Front matter as text: written anew, or changed key by key with all else kept byte for byte."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import yaml

from fazhi.sources.source import boundaries
from fazhi.sources.strict_yaml import StrictLoader, comments, places

LONGEST_ITEM = 88  # characters of an item of a list on one line; a longer one gets a line a key
_PLAIN = (  # text in which YAML sees nothing but text, in flow too: no mark, no number
    r"(?!-?[0-9]+\Z)[\w“”‘’《（【〔][\w“”‘’《》（）【】〔〕、，。；·—…+./~-]*"
    r"(?: [\w“”‘’《》（）【】〔〕、，。；·—…+./~-]+)*"
)
_OWN_COMMENT = re.compile(r"[ \t]+#[^\n]*(?:\n|\Z)")


def split(text: str) -> tuple[str, str, str] | None:
    """A file as what is before its front matter, the YAML, and the rest from the second ---: together
    the text again. None where there is no front matter or it does not end."""
    opened, closed = boundaries(text)
    if not (opened and closed):
        return None
    start, end = opened.end() + 1, closed.start()
    return text[:start], text[start:end], text[end:]


def record(data: Mapping[str, Any], order: Sequence[str], body: str = "") -> str:
    """A record file: its keys in order, then its prose. Empty values are left out."""
    prose = f"{body.strip()}\n" if body.strip() else ""
    return f"---\n{_entries(data, order)}---\n{prose}"


def _entries(data: Mapping[str, Any], order: Sequence[str]) -> str:
    lines = (line for key in order if _is_given(data.get(key)) for line in entry(key, data[key]))
    return "".join(f"{line}\n" for line in lines)


def entry(key: str, value: Any) -> list[str]:
    """The lines of one key: a list of mappings has a line or more an item, all else one line."""
    is_list = isinstance(value, Sequence) and not isinstance(value, str)
    if is_list and any(isinstance(item, Mapping) for item in value):
        return [f"{_scalar(key)}:", *(line for item in value for line in _item(item))]
    return [f"{_scalar(key)}: {_flow(value)}"]


def _is_given(value: Any) -> bool:
    return value is not None and value not in ([], (), {})


def _item(item: Mapping[str, Any]) -> list[str]:
    given = {key: value for key, value in item.items() if _is_given(value)}
    line = f"  - {_flow(given)}"
    if len(line) <= LONGEST_ITEM:
        return [line]
    pairs = [f"{_scalar(key)}: {_flow(value)}" for key, value in given.items()]
    return [f"{'    ' if place else '  - '}{pair}" for place, pair in enumerate(pairs)]


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(k)}: {_flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    """A value as YAML: plain where that can only be read as this text, else in double quotes."""
    if isinstance(value, int | date):
        return str(value)
    return value if is_plain(value) else json.dumps(value, ensure_ascii=False)


def is_plain(text: str) -> bool:
    """Whether YAML reads a text without quotes as this text."""
    return bool(re.fullmatch(_PLAIN, text))


def ways_to(text: str, line: int, column: int) -> list[tuple[str, ...]] | None:
    """The keys that lead to what begins at or before a place of a readable file, the nearest last.

    None where the place is in the prose; no way leads to what is above the first key.
    """
    head, yaml_text, _ = split(text) or ("", "", "")
    line -= 1 + head.count("\n")
    if line > yaml_text.count("\n"):
        return None
    marks = places(yaml_text)
    starts = sorted((mark.line, mark.column, way) for way, (mark, _) in marks.items() if way)
    return [way for *at, way in starts if at <= [line, column - 1]]


class Block(NamedTuple):
    """A top-level key of a front matter with the lines that are its own, comments above it too."""

    key: str
    lead: str  # the comment and blank lines above
    text: str  # from the key to the end of its value
    tail: str  # what is behind the value on its last line, and indented comment lines below it


def blocks(yaml_text: str) -> tuple[list[Block], str] | None:
    """The keys of a loadable front matter, and what is behind the last one; together they are the
    text again. None where it is not one key a line, so that it cannot be taken apart."""
    node = yaml.compose(yaml_text, Loader=StrictLoader)
    if node is None:
        return [], yaml_text
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    spans = list(_spans(node, yaml_text))
    if any(start < end for (_, start, _, _), (_, _, _, end) in zip(spans[1:], spans, strict=False)):
        return None
    found, at = [], 0
    for key, start, value_end, end in spans:
        if start and yaml_text[start - 1] != "\n":
            return None
        parts = yaml_text[at:start], yaml_text[start:value_end], yaml_text[value_end:end]
        found.append(Block(key, *parts))
        at = end
    return found, yaml_text[at:]


def _spans(node: yaml.MappingNode, text: str) -> Iterator[tuple[str, int, int, int]]:
    """Each key with where it starts, where its value ends, and where its lines end."""
    for key, value in node.value:
        end = value_end = _end(value)
        if not text[:end].endswith("\n"):
            end = text.find("\n", end) + 1 or len(text)
        while comment := _OWN_COMMENT.match(text, end):
            end = comment.end()
        yield str(key.value), key.start_mark.index, value_end, end


def _end(value: yaml.Node) -> int:
    """Where a value's last character is: a block's own end mark is past the comments below."""
    if isinstance(value, yaml.CollectionNode) and not value.flow_style and value.value:
        last = value.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(value.end_mark.index)


def ordered(yaml_text: str, order: Sequence[str]) -> str:
    """The same front matter with its keys in order, each with its comments; unknown keys last."""
    taken = blocks(yaml_text)
    if taken is None:
        return yaml_text
    every, rest = taken
    rank = {key: place for place, key in enumerate(order)}
    in_order = sorted(every, key=lambda block: rank.get(block.key, len(rank)))
    return yaml_text if in_order == every else _joined(in_order) + rest


def changed(yaml_text: str, changes: Mapping[str, Any], order: Sequence[str]) -> str:
    """The same front matter with some keys given other values, or none (None takes a key away).

    A new key comes to its place in `order`. Comments stay; those inside a value that goes come to
    stand above. What cannot be taken apart (all of it in braces) is written anew, its comments on top.
    """
    taken = blocks(yaml_text)
    if taken is None:
        data = {**yaml.load(yaml_text, Loader=StrictLoader), **changes}
        return _above(yaml_text) + _entries(data, [*order, *(k for k in data if k not in order)])
    every, rest = taken
    rank = {key: place for place, key in enumerate(order)}
    kept: list[Block] = []
    for block in every:
        if block.key not in changes:
            kept.append(block)
        elif _is_given(changes[block.key]):
            text = "\n".join(entry(block.key, changes[block.key]))
            kept.append(Block(block.key, block.lead + _above(block.text), text, block.tail))
        elif lead := block.lead + _above(block.text + block.tail):
            kept.append(Block(block.key, lead, "", ""))
    held = {block.key for block in every}
    for key in changes:
        if key not in held and _is_given(changes[key]):
            text = "\n".join(entry(key, changes[key]))
            own = rank.get(key, len(rank))
            later = (i for i, b in enumerate(kept) if rank.get(b.key, len(rank)) > own)
            kept.insert(next(later, len(kept)), Block(key, "", text, "\n"))
    return _joined(kept) + rest


def _above(text: str) -> str:
    return "".join(f"{comment}\n" for comment in comments(text))


def _joined(blocks: Sequence[Block]) -> str:
    """The blocks one under the other: what was last may have had no line end of its own."""
    pieces = (block.lead + block.text + block.tail for block in blocks)
    return "".join(piece if piece.endswith("\n") else f"{piece}\n" for piece in pieces)
