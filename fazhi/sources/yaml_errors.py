"""What libyaml could not read, in a clerk's words and at its place."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from itertools import groupby, islice
from pathlib import Path

import yaml

from fazhi.problems.problem import MOST_REPORTED, Fault
from fazhi.problems.quoting import shown
from fazhi.sources import faults

Placed = tuple[int, int, Fault]  # line from 0, column from 0, and what is wrong there
_RULES: dict[str, Callable[[str, str], Fault]] = {"FZ111": faults.tab, "FZ112": faults.full_width}
_GOES_ON = "did not find expected (?:key|'-'|node content)|expected ',' or"
_OPENING = {'"': "引号", "'": "引号", "[": "方括号", "{": "花括号"}
_REMARK = re.compile(r"[ \t]*(#[^\s#])")
_CLOSING = re.compile(r"[^#\n]*(?<=[\s\[{,])(#[^\s#][^\n]*[\]}])")
"""A remark, and one that a bracket's other half has got into."""
_NOT_CLOSED = "could not find expected ':'|unexpected end of stream|expected ',' or"
_FULL_WIDTH_COLON = r"(?m)^([ \t]*(?:- *)?[^\s#:：∶﹕︰꞉\"'“”{\[]{1,20})[：∶﹕︰꞉]"
ANCHOR, TAG = "锚点或别名（& *）", "类型标签（!）"
_MARKS = {"an alias": ANCHOR, "an anchor": ANCHOR, "a tag": TAG}
"""What libyaml says it was reading when it stumbled, and what that is."""


class Refused(Exception):
    """The YAML could not be taken; `faults` say why."""

    def __init__(self, *found: Placed) -> None:
        self.faults = found


def full_width_colons(text: str) -> list[Placed]:
    return [
        placed(text, match.end() - 1, faults.full_width(f"{shown(match[1].strip())}后面是全角冒号"))
        for match in matches(_FULL_WIDTH_COLON, text)
    ]


def _typed_marks(text: str) -> Iterator[Placed]:
    """Marks that are no YAML, once a line, where a text could not be loaded."""
    for pattern, rule, message, hint in _said()["marks"]:
        fault = _RULES[rule](message, hint)
        typed = matches(re.compile(pattern, re.MULTILINE), text)
        found = (placed(text, match.start(), fault) for match in typed)
        yield from (next(of_line) for _, of_line in groupby(found, lambda place: place[0]))


def syntax_error(text: str, error: yaml.MarkedYAMLError) -> Refused:
    """What a text does wrong, of which libyaml says only where it could read no further."""
    if colons := full_width_colons(text):
        return Refused(*colons)
    if broken := _broken_off(text, error):
        return Refused(broken)
    if typed := list(_typed_marks(text)):
        return Refused(*typed)
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and re.search(_NOT_CLOSED, problem):
        # libyaml reports where it noticed; what lacks its end began on an earlier line.
        mark = error.context_mark if error.context_mark.line < mark.line else mark
    if "block scalar" in (error.context or ""):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line and "mapping values" in problem:
        before, here = text.split("\n")[line - 1 : line + 1]
        runs_on = not re.search(r":(?:\s|$)", before) and ": " not in here[:column]
        if runs_on and not here.startswith(" "):
            # A line without its colon runs on into the next one, and libyaml stumbles there.
            problem, line, column = "could not find expected ':'", line - 1, 0
    for english, what in _MARKS.items():
        if english in (error.context or "") and error.context_mark:  # libyaml: no Chinese names
            mark = error.context_mark
            return Refused((mark.line, mark.column, faults.yaml_mark(what)))
    if text[:1] == " " and "document start" in problem:
        return Refused((0, 0, faults.not_yaml("这一行的行首多了空格", "同一层的名称左边对齐")))
    problem = f"{error.context}: {problem}: {text[mark.index :][:1] if mark else ''}"
    known = _said()["libyaml"]
    message, hint = next(words for english, *words in known if re.search(english, problem))
    return Refused((line, column, faults.not_yaml(message, hint)))


def _broken_off(text: str, error: yaml.MarkedYAMLError) -> Placed | None:
    """A content that YAML has at an end before its line is: “甲”乙 in plain quotes, 甲 #乙."""
    problem, stop = error.problem or "", error.problem_mark
    if not stop or not re.search(_GOES_ON, problem):
        return None
    opened: list[int] = []
    start = end = 0
    sign = ""
    with suppress(yaml.YAMLError):
        for token in yaml.scan(text, Loader=yaml.CSafeLoader):
            if token.start_mark.index >= stop.index:
                break
            sign = text[token.start_mark.index : token.end_mark.index][:1]
            start, end = token.start_mark.index, token.end_mark.index
            if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
                opened.append(start)
            elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
                start = opened.pop() if opened else start
                sign = text[start]
    cut = _CLOSING.match(text, opened[-1]) if opened else _REMARK.match(text, end)
    if cut:
        hint = "“#”是内容的，把这一项整个放进引号"
        return placed(text, cut.start(1), faults.not_yaml("“#”后面的不算内容", hint))
    rest = text[end : stop.index]
    if sign not in _OPENING or rest.strip(" ") or text[stop.index : stop.index + 1] in "\n,":
        return None
    hint = "整个放进另一种引号，或者用中文引号，如 标题: “4·15”集中宣传"
    if sign in "[{":
        hint = "整个放进引号，或者用中文的括号，如 标题: 【示例】集中宣传"
    return placed(text, start, faults.not_yaml(f"内容以{_OPENING[sign]}开头，后面还有字", hint))


@cache
def _said() -> dict[str, list[list[str]]]:
    """What is wrong in a clerk's words, and what to do: read where there is something wrong."""
    file = Path(__file__).with_suffix(".yml")
    return dict(yaml.load(file.read_bytes(), Loader=yaml.CSafeLoader))


def matches(pattern: str | re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    return islice(re.finditer(pattern, text), MOST_REPORTED)


def placed(text: str, offset: int, fault: Fault) -> Placed:
    line = text.count("\n", 0, offset)
    return line, offset - text.rfind("\n", 0, offset) - 1, fault
