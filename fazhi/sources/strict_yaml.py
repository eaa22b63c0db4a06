"""The YAML we take, and its comments: at C speed, text as it is written, what is doubtful refused."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import yaml

from fazhi.problems.problem import MOST_REPORTED
from fazhi.problems.quoting import shown
from fazhi.sources import faults, yaml_errors
from fazhi.sources.yaml_errors import Placed, Refused, placed

MAX_DEPTH = 20

Places = dict[tuple[str, ...], tuple[yaml.Mark, yaml.Mark]]
"""Where every key and its value begin, by the keys that lead there."""
_GIVEN_UP = "exceeded maximum nesting depth"
_DEEP = re.compile(r"^ {20}|^ *(?:[-?] ){8}", re.MULTILINE)
_TAB_INDENT = r"(?m)^[ ]*\t"
_NUMERIC = "-0123456789"
_WHOLE = re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$")
_COMMENT = re.compile(r"#[^\n]*")


def places(text: str) -> Places:
    """The places of a text that could be loaded."""
    found: Places = {}
    if node := yaml.compose(text, Loader=StrictLoader):
        _note_places(node, (), node, found)
    return found


def _note_places(node: yaml.Node, path: tuple[str, ...], key: yaml.Node, found: Places) -> None:
    found[path] = (key.start_mark, node.start_mark)
    if isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            _note_places(value, (*path, str(key_node.value)), key_node, found)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            _note_places(item, (*path, str(index)), item, found)


def load(text: str, shape: type) -> Any:
    """YAML text as a `shape` (dict or list). Raises Refused with every fault that can be found."""
    _refuse_before_loading(text)
    try:
        data = _read(text)
    except yaml.MarkedYAMLError as error:
        raise yaml_errors.syntax_error(text, error) from None
    except (yaml.YAMLError, ValueError):
        raise Refused((0, 0, faults.not_yaml("这一段不合 YAML 写法", "对照说明重写"))) from None
    if data is None:
        data = shape()
    if not isinstance(data, shape):
        colons = yaml_errors.full_width_colons(text)
        raise Refused(*(colons or [(0, 0, faults.wrong_shape(shape, type(data)))]))
    return data


def _read(text: str) -> Any:
    """What StrictLoader makes of a text, from libyaml's events: in a third of its time. Whatever it
    would not take is left to it, so that one place says what is wrong."""
    try:
        next_event = StrictLoader(text).get_event
        next_event()  # the stream begins
        if not isinstance(next_event(), yaml.DocumentStartEvent):
            return None
        data = _value(next_event(), next_event)
        next_event()  # the document ends
        if isinstance(next_event(), yaml.StreamEndEvent):
            return data
    except (_Doubtful, yaml.YAMLError, TypeError):  # the last: a key that is a list or a mapping
        pass
    return yaml.load(text, Loader=StrictLoader)


def _value(event: Any, next_event: Callable[[], Any]) -> Any:
    """What an event begins: text, a whole number, nothing, a list or a mapping."""
    kind = type(event)
    if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
        raise _Doubtful
    if kind is yaml.ScalarEvent:
        text = event.value
        if event.implicit[0]:  # neither quoted nor a block
            if not text:
                return None
            if text[0] in _NUMERIC and _WHOLE.match(text):
                return int(text)
        return text
    if kind is yaml.SequenceStartEvent:
        items = []
        while type(event := next_event()) is not yaml.SequenceEndEvent:
            items.append(_value(event, next_event))
        return items
    mapping = {}
    pairs = 0
    while type(event := next_event()) is not yaml.MappingEndEvent:
        key = _value(event, next_event)
        mapping[key] = _value(next_event(), next_event)
        pairs += 1
    if len(mapping) != pairs:
        raise _Doubtful
    return mapping


class _Doubtful(Exception):
    """Something that is left to StrictLoader."""


def _refuse_before_loading(text: str) -> None:
    """Tabs, anchors and tags; and nesting, before libyaml and Python recurse into it."""
    if "\t" in text:
        fault = faults.tab("行首用了制表符（Tab）", "改用空格")
        indents = yaml_errors.matches(_TAB_INDENT, text)
        if tabs := [placed(text, indent.end() - 1, fault) for indent in indents]:
            raise Refused(*tabs)
    has_marks = "&" in text or "*" in text or "!" in text
    may_be_deep = text.count("[") + text.count("{") > MAX_DEPTH or _DEEP.search(text)
    if (has_marks or may_be_deep) and (found := list(islice(refused(text), MOST_REPORTED))):
        raise Refused(*found)


def refused(text: str, *, tags: bool = True) -> Iterator[Placed]:
    """Anchors, aliases and `tags`, one a line, and where nesting goes past the limit: found in the event
    stream, which does not recurse, before anything is expanded."""
    depth, reported = 0, -1
    try:
        for event in yaml.parse(text, Loader=StrictLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            is_anchor = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)
            if (mark := event.start_mark) is None:
                continue
            if depth > MAX_DEPTH:
                yield mark.line, mark.column, faults.too_deep("一层套一层，太深了", "写平一些")
                return
            is_tag = tags and getattr(event, "tag", None)
            if mark.line != reported and (is_anchor or is_tag):
                reported = mark.line
                fault = faults.yaml_mark(yaml_errors.ANCHOR if is_anchor else yaml_errors.TAG)
                yield mark.line, mark.column, fault
    except yaml.MarkedYAMLError as error:
        if error.problem == _GIVEN_UP and error.problem_mark:
            # libyaml looks ahead: it gives up before it reports any level.
            yield from refused(text[: error.problem_mark.index], tags=tags)
    except yaml.YAMLError:
        return  # load says what is wrong with the syntax, if anything


def duplicates(node: yaml.Node | None) -> Iterator[Placed]:
    """FZ108 of each key that is written twice in a mapping, and in what it holds."""
    seen = set()
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from duplicates(item)
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        yield from duplicates(value)
        name = str(key.value)
        if name in seen:
            fault = faults.duplicate_key(f"{shown(name)}写了两次", "只留一个")
            yield key.start_mark.line, key.start_mark.column, fault
        seen.add(name)


class StrictLoader(yaml.CSafeLoader):
    """libyaml's loader where only whole numbers and nothing are not text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own form

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            raise Refused(*islice(duplicates(node), MOST_REPORTED))
        return mapping


StrictLoader.add_implicit_resolver("tag:yaml.org,2002:int", _WHOLE, list(_NUMERIC))
StrictLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


def comments(yaml_text: str) -> list[str]:
    """Every comment of a loadable front matter, from its # on, without spaces at the end."""
    return [comment[0].rstrip() for comment, _ in _comments(yaml_text)]


def comments_that_cut(yaml_text: str) -> Iterator[Placed]:
    """FZ207 of each comment that has cut a value: 走访 #1 组 is but 走访."""
    if "#" in yaml_text:
        for comment, before in _comments(yaml_text):
            if not before or before.style or not before.value or not before.end_mark:
                continue
            between = yaml_text[before.end_mark.index : comment.start()].strip(" \t")
            if not between and re.match(r"#[^\s#]", comment[0]):
                fault = faults.commented_out(
                    "“#”后面的不算内容", "是内容的，整个放进引号；是备注的，“#”后面空一格"
                )
                yield placed(yaml_text, comment.start(), fault)


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
