"""The typed text of a narrative, with the expressions in braces hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi.records.narrative import EXPRESSION, Narrative, blocks
from fazhi.rules.text.passage import HIDDEN, REMOVED, Passage, Role

STATEMENT = re.compile(r"\{%[^\n]{0,200}?%\}|\{#[^\n]{0,200}?#\}")
"""A statement or comment of a template, which a narrative may not have."""
_VERBATIM = re.compile(r"\{\{\s*原文\(\s*([\"'])(?P<text>.*?)\1")


def blank(text: str, pattern: re.Pattern[str]) -> str:
    """The text with every match hidden, each character for itself, so that places stay."""
    return pattern.sub(lambda match: HIDDEN * len(match[0]), text)


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spans hidden, given in order."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], HIDDEN * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def as_passage(narrative: Narrative) -> Passage:
    """The file with its expressions hidden, but for the text of 原文, which is typed."""
    source = narrative.source
    start = len(source.text.rstrip()) - len(source.body)
    text = source.text[:start] + EXPRESSION.sub(_as_typed, source.body)
    plan = blocks(narrative).get("安排", (0, 0))
    span = (start + plan[0], start + plan[1])
    return Passage(source.path, text, narrative.year, Role.NARRATIVE, span)


def _as_typed(expression: re.Match[str]) -> str:
    verbatim = _VERBATIM.match(expression[0])
    if verbatim is None:
        return HIDDEN * len(expression[0])
    rest = len(expression[0]) - verbatim.end("text")
    return REMOVED * verbatim.start("text") + verbatim["text"] + REMOVED * rest
