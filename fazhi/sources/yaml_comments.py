"""The comments of YAML, and which of them were hardly meant to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from fazhi.sources import faults
from fazhi.sources.yaml_errors import Placed, placed


def comments(yaml_text: str) -> list[str]:
    """Every comment of a loadable front matter, from its # on, without spaces at the end."""
    return [comment[0].rstrip() for comment, _ in _comments(yaml_text)]


def that_cut(yaml_text: str) -> Iterator[Placed]:
    """FZ207 of each comment that has cut a value: 走访 #1 组 is but 走访."""
    if "#" in yaml_text:
        for comment, before in _comments(yaml_text):
            if re.match(r"#[^\s#]", comment[0]) and _is_cut(before, yaml_text, comment.start()):
                fault = faults.commented_out(
                    "“#”后面的不算内容", "是内容的，整个放进引号；是备注的，“#”后面空一格"
                )
                yield placed(yaml_text, comment.start(), fault)


def _is_cut(before: yaml.ScalarEvent | None, text: str, at: int) -> bool:
    if before is None or before.style or not before.value or before.end_mark is None:
        return False
    return not text[before.end_mark.index : at].strip(" \t")


def _comments(text: str) -> Iterator[tuple[re.Match[str], yaml.ScalarEvent | None]]:
    """Each comment with the scalar before it: a # in a text is none."""
    at, before = 0, None
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark.index, event.end_mark.index
            if event.style in ("|", ">"):
                # What is behind the mark on its line is a comment, no text.
                line_end = text.find("\n", start) + 1
                start = min(line_end or len(text), end)
            for comment in _COMMENT.finditer(text, at, start):
                yield comment, before
            at, before = end, event
    for comment in _COMMENT.finditer(text, at):
        yield comment, before


_COMMENT = re.compile(r"#[^\n]*")
