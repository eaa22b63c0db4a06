"""The YAML we take: libyaml at C speed, text left as it stands, what is doubtful refused.

Rules: FZ107 not YAML, FZ108 duplicate key, FZ109 anchor, alias or tag, FZ110 another shape than
asked, FZ111 tab, FZ112 full-width colon, FZ113 too deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml

from fazhi.problems import shown

MAX_DEPTH = 20

Fault = tuple[str, int, int, str, str]
"""Rule, line from 0, column from 0, message, hint."""
Places = dict[tuple[str, ...], tuple[yaml.Mark, yaml.Mark]]
"""Where every key and its value begin, by the keys that lead there."""


class Refused(Exception):
    """The YAML could not be taken; `faults` say why."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults


def places(text: str) -> Places:
    """The places of a text that could be loaded."""
    node = yaml.compose(text, Loader=StrictLoader)
    return dict(_places(node, ())) if node else {}


def load(text: str, shape: type) -> Any:
    """YAML text as a `shape` (dict or list). Raises Refused with every fault that can be told."""
    _refuse_before_loading(text)
    try:
        data = yaml.load(text, Loader=StrictLoader)
    except _Duplicate as duplicate:
        raise Refused(*_duplicates(duplicate.node)) from None
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(text, error) from None
    except (yaml.YAMLError, ValueError):
        raise Refused(("FZ107", 0, 0, "这一段不合 YAML 写法", "对照说明重写")) from None
    if data is None:
        data = shape()
    if not isinstance(data, shape):
        colons = _full_width_colons(text)
        if colons:
            raise Refused(*colons)
        wanted = "“名称: 内容”一行一项" if shape is dict else "每项以“- ”开头的列表"
        message = f"这里应当写成{wanted}，现在是{_SHAPES.get(type(data), '别的东西')}"
        hint = "名称后面用半角冒号加一个空格" if shape is dict else "一项一个“- ”"
        raise Refused(("FZ110", 0, 0, message, hint))
    return data


_SHAPES: dict[type, str] = {list: "一个列表", str: "一段文字", int: "一个数", dict: "一组名称"}


def _refuse_before_loading(text: str) -> None:
    """Tabs, anchors and tags; and nesting, before libyaml and Python recurse into it."""
    tabs = [
        _fault("FZ111", text, match.end() - 1, "行首用了制表符（Tab）", "改用空格")
        for match in _TAB_INDENT.finditer(text)
    ]
    if tabs:
        raise Refused(*tabs)
    if any(mark in text for mark in "&*!"):
        marked = list(_marked(text))
        if marked:
            raise Refused(*marked)
    if text.count("[") + text.count("{") > MAX_DEPTH or _DEEP.search(text):
        deep = _first_too_deep(text)
        if deep:
            raise Refused(("FZ113", *deep, "一层套一层，太深了", "写平一些"))


def _first_too_deep(text: str) -> tuple[int, int] | None:
    """Where nesting goes past the limit, found in the event stream, which does not recurse."""
    depth = 0
    try:
        for event in yaml.parse(text, Loader=StrictLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            mark = event.start_mark
            if depth > MAX_DEPTH and mark:
                return mark.line, mark.column
    except yaml.YAMLError:
        return None  # load says what is wrong with the syntax
    return None


_DEEP = re.compile(r"^ {20}|^ *(?:[-?] ){8}", re.MULTILINE)


def _duplicates(node: yaml.MappingNode) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        name = str(key.value)
        if name in seen:
            mark = key.start_mark
            message = f"{shown(name)}写了两次"
            yield "FZ108", mark.line, mark.column, message, "只留一个"
        seen[name] = 1


def _full_width_colons(text: str) -> list[Fault]:
    faults = []
    for match in _FULL_WIDTH_COLON.finditer(text):
        message = f"{shown(match[1].strip())}后面是全角冒号"
        hint = "改成半角冒号加一个空格“: ”"
        faults.append(_fault("FZ112", text, match.end() - 1, message, hint))
    return faults


_TYPED_MARKS = (
    (
        "FZ111",
        re.compile(r"\t+"),
        "这里有制表符（Tab）",
        "改用空格；从表格里贴来的，每行写成“名称: 内容”",
    ),
    ("FZ112", re.compile(r"(?<=:)\u3000"), "冒号后面是全角空格", "改成半角空格"),
    ("FZ112", re.compile(r"[｛｝［］]"), "这里是全角的括号", "改成半角的 { } [ ]"),
)


def _typed_marks(text: str) -> Iterator[Fault]:
    """Marks that are no YAML, once a line, where a text could not be loaded."""
    for rule, pattern, message, hint in _TYPED_MARKS:
        told = -1
        for match in pattern.finditer(text):
            fault = _fault(rule, text, match.start(), message, hint)
            if fault[1] != told:
                told = fault[1]
                yield fault


def _syntax_error(text: str, error: yaml.MarkedYAMLError) -> Refused:
    typed = _full_width_colons(text) or list(_typed_marks(text))
    if typed:
        return Refused(*typed)
    problem = error.problem or ""
    mark = error.problem_mark or error.context_mark
    if mark and error.context_mark and any(english in problem for english in _NOT_CLOSED):
        # libyaml tells where it noticed; what lacks its end began on an earlier line.
        mark = error.context_mark if error.context_mark.line < mark.line else mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if line and "mapping values" in problem:
        before, here = text.split("\n")[line - 1 : line + 1]
        runs_on = not re.search(r":(?:\s|$)", before) and ": " not in here[:column]
        if runs_on and not here.startswith(" "):
            # A line without its colon runs on into the next one, and libyaml stumbles there.
            problem, line, column = _NOT_CLOSED[0], line - 1, 0
    for english, message, hint in _SYNTAX:
        if english in problem:
            return Refused(("FZ107", line, column, message, hint))
    return Refused(("FZ107", line, column, "这里不合 YAML 写法", "检查引号、括号、冒号是否成对"))


_NOT_CLOSED = ("could not find expected ':'", "unexpected end of stream", "expected ',' or")
_SYNTAX = (
    (
        "mapping values are not allowed",
        "这一行多了一个冒号，或者行首多了空格",
        "内容里有冒号时，把内容放进引号；同一层的名称左边对齐",
    ),
    ("could not find expected ':'", "名称后面缺冒号，或者冒号后面缺空格", "写成“名称: 内容”"),
    ("cannot start any token", "内容不能以这个符号开头", "把内容放进引号"),
    ("unexpected end of stream", "引号没有成对", "补上后一个引号"),
    ("expected ',' or", "括号没有成对，或者缺逗号", "用半角的 [ ] { } 和逗号"),
    ("did not find expected key", "缩进不齐，或者引号没有成对", "同一层的名称左边对齐"),
    ("block sequence entries", "“- ”的位置不对", "列表另起一行再写“- ”"),
    ("did not find expected '-'", "缩进不齐", "同一层的“- ”左边对齐"),
    ("unhashable", "名称不能是列表或一组内容", "名称写成文字"),
    ("single document", "一个文件里有两段内容", "删去多余的 ---"),
    ("escape", "引号里的反斜杠写法不对", "改用单引号"),
)


def _fault(rule: str, text: str, offset: int, message: str, hint: str) -> Fault:
    line = text.count("\n", 0, offset)
    return rule, line, offset - text.rfind("\n", 0, offset) - 1, message, hint


_TAB_INDENT = re.compile(r"^[ ]*\t", re.MULTILINE)
_FULL_WIDTH_COLON = re.compile(r"^([ \t]*(?:- *)?[^\s#:：\"'“”{\[]{1,20})：", re.MULTILINE)


def _marked(text: str) -> Iterator[Fault]:
    """Anchors, aliases and tags, found in the event stream, before anything is expanded.

    One a line: who wrote one there wrote the others in the same breath.
    """
    told = -1
    try:
        for event in yaml.parse(text, Loader=StrictLoader):
            marked = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)
            mark = event.start_mark
            if mark and mark.line != told and (marked or getattr(event, "tag", None)):
                told = mark.line
                what = "锚点或别名（& *）" if marked else "类型标签（!）"
                hint = "照原样写出内容；文字里要用这些符号时加上引号"
                yield "FZ109", mark.line, mark.column, f"这里不许用 YAML 的{what}", hint
    except yaml.YAMLError:
        return  # load says what is wrong with the syntax


class StrictLoader(yaml.CSafeLoader):
    """libyaml's loader where only whole numbers and nothing are not text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own form

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            raise _Duplicate(node)
        return mapping


StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789")
)
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


class _Duplicate(Exception):
    def __init__(self, node: yaml.MappingNode) -> None:
        self.node = node


def _places(
    node: yaml.Node, path: tuple[str, ...], key: yaml.Node | None = None
) -> Iterator[tuple[tuple[str, ...], tuple[yaml.Mark, yaml.Mark]]]:
    """Where every key and its value begin, by the keys that lead there."""
    yield path, ((key or node).start_mark, node.start_mark)
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            yield from _places(value_node, (*path, str(key_node.value)), key_node)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _places(item, (*path, str(index)))
