"""Text to front matter with positions, and body. Strict: what is doubtful is refused here.

Rules (the messages are in this module): FZ101 too large, FZ102 not UTF-8, FZ103 byte order mark,
FZ104 empty, FZ105 no front matter, FZ106 front matter not closed, FZ107 not YAML, FZ108 duplicate
key, FZ109 anchor, alias or tag, FZ110 not a mapping, FZ111 tab, FZ112 full-width colon, FZ113 too
deep, FZ114 not a plain file, FZ117 invisible character, FZ118 CRLF.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from fazhi.problems import Problem, Severity, shown

MAX_BYTES = 1_000_000
MAX_DEPTH = 20

Key = str | int
_Places = dict[tuple[str, ...], tuple[yaml.Mark, yaml.Mark]]


@dataclass(slots=True)
class Source:
    """A file that was read: its data, its prose, and where each of them stands.

    `path` is relative to the project, with slashes. `first_line` is the line of the file on which
    the YAML begins.
    """

    path: str
    text: str
    data: Any
    body: str = ""
    yaml_text: str = ""
    first_line: int = 1
    _places: _Places | None = field(default=None, init=False, repr=False, compare=False)

    def at(self, keys: Sequence[Key], *, of_key: bool = False) -> tuple[int, int]:
        """Line and column of the value (or of its key) that `keys` lead to.

        Where the path ends early (a missing field), the nearest enclosing place is given.
        """
        if self._places is None:
            node = yaml.compose(self.yaml_text, Loader=_StrictLoader)
            self._places = dict(_places(node, ())) if node else {}
        path = tuple(str(key) for key in keys)
        place = self._places.get(path)
        if place:
            mark = place[not of_key]
            return self.first_line + mark.line, mark.column + 1
        return self.at(keys[:-1]) if keys else (self.first_line, 1)

    def body_at(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of the body."""
        return line_and_column(self.text, len(self.text.rstrip()) - len(self.body) + offset)

    def problem(
        self,
        rule: str,
        keys: Sequence[Key],
        message: str,
        hint: str = "",
        severity: Severity = Severity.ERROR,
        *,
        of_key: bool = False,
    ) -> Problem:
        """A problem at the place that `keys` lead to."""
        line, column = self.at(keys, of_key=of_key)
        return Problem(self.path, line, column, rule, message, hint, severity)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def read_record(file: Path, path: str) -> tuple[Source | None, list[Problem]]:
    """A Markdown file with front matter. The source is None when an error stands in the way."""
    text, problems = read_text(file, path)
    if text is None:
        return None, problems
    if not text.strip():
        return None, [*problems, Problem(path, 1, 1, "FZ104", "文件是空的", "写上标题、日期等项")]
    leading = len(text) - len(text.lstrip())
    if not _BOUNDARY.match(text, leading):
        line, column = line_and_column(text, leading)
        hint = "第一行写 ---，下面写标题、日期等项，再写一行 ---"
        return None, [*problems, Problem(path, line, column, "FZ105", "开头没有 ---", hint)]
    if len(_BOUNDARY.findall(text)) < 2:
        line, column = line_and_column(text, leading)
        hint = "各项写完之后，单独写一行 ---"
        return None, [*problems, Problem(path, line, column, "FZ106", "--- 没有写完", hint)]
    start = text.index("\n", leading) + 1
    end = _BOUNDARY.search(text, start)
    yaml_text = text[start : end.start()] if end else ""
    source = Source(path, text, {}, "", yaml_text, text.count("\n", 0, start) + 1)
    faults = list(_faults(source))
    if not faults:
        try:
            source.data, source.body = frontmatter.parse(text, handler=_HANDLER)
        except _Refused as refused:
            faults = refused.problems(source)
    problems += faults
    return (None if faults else source), problems


def read_yaml(file: Path, path: str, shape: type) -> tuple[Source | None, list[Problem]]:
    """A settings file: YAML without prose, a mapping or a list as `shape` says."""
    text, problems = read_text(file, path)
    if text is None:
        return None, problems
    source = Source(path, text, None, "", text, 1)
    faults = list(_faults(source))
    if not faults:
        try:
            source.data = _load(text, shape)
        except _Refused as refused:
            faults = refused.problems(source)
    problems += faults
    return (None if faults else source), problems


def read_text(file: Path, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a plain UTF-8 file of bearable size, with LF line ends."""
    try:
        status = file.lstat()
        if not stat.S_ISREG(status.st_mode):
            hint = "放普通文件，不要放链接或快捷方式"
            return None, [Problem(path, 1, 1, "FZ114", "不是普通文件", hint)]
        if status.st_size > MAX_BYTES:
            seen = f"文件有 {status.st_size / 1e6:.1f} MB，超过 {MAX_BYTES / 1e6:.0f} MB"
            return None, [Problem(path, 1, 1, "FZ101", seen, "照片等材料放到 files 文件夹")]
        data = file.read_bytes()
    except FileNotFoundError:
        return None, [Problem(path, 1, 1, "FZ114", "没有这个文件", "照说明补上")]
    except OSError as error:
        return None, [Problem(path, 1, 1, "FZ114", f"文件读不出来：{error.strerror}")]
    problems = []
    if data.startswith(b"\xef\xbb\xbf"):
        hint = "用“UTF-8（无 BOM）”另存"
        problems.append(Problem(path, 1, 1, "FZ103", "文件开头有 BOM 标记", hint))
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8", "replace")) + 1
        hint = f"文件像是 {_guess_encoding(data)} 编码，请另存为 UTF-8"
        return None, [Problem(path, line, column, "FZ102", "文件不是 UTF-8 编码", hint)]
    if "\r" in text:
        line, column = line_and_column(text, text.index("\r"))
        message = "行末是 Windows 换行（CRLF）"
        warning = Problem(path, line, column, "FZ118", message, "改为 LF", Severity.WARNING)
        problems.append(warning)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    invisible = INVISIBLE.search(text)
    if invisible:
        line, column = line_and_column(text, invisible.start())
        seen = f"有看不见的字符 U+{ord(invisible[0]):04X}"
        return None, [*problems, Problem(path, line, column, "FZ117", seen, "删去这个字符")]
    return text, problems


def _guess_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "其他"
    return "GBK"


_BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ufeff\ufffe\uffff]"
)
"""Control and direction marks, and spaces without width: they hide what a text really says."""
_FULL_WIDTH_COLON = re.compile(r"^([ \t]*(?:- *)?[^\s#:：\"'“”{\[]{1,20})：", re.MULTILINE)
_TAB_INDENT = re.compile(r"^[ ]*\t", re.MULTILINE)


def _faults(source: Source) -> Iterator[Problem]:
    """What can be said of the YAML text before, or instead of, loading it."""
    tabs = list(_TAB_INDENT.finditer(source.yaml_text))
    yield from _line_faults(source, tabs, "FZ111", "行首用了制表符（Tab）", "改用空格")
    if tabs:
        return
    if any(mark in source.yaml_text for mark in "&*!"):
        refused = list(_event_faults(source))
        yield from refused


def _line_faults(
    source: Source, matches: Sequence[re.Match[str]], rule: str, message: str, hint: str
) -> Iterator[Problem]:
    for match in matches:
        line, column = line_and_column(source.yaml_text, match.end() - 1)
        line += source.first_line - 1
        yield Problem(source.path, line, column, rule, message, hint)


def _event_faults(source: Source) -> Iterator[Problem]:
    """Anchors, aliases and tags, found in the event stream, before anything is expanded.

    One a line: who wrote one there wrote the others in the same breath.
    """
    told = -1
    try:
        for event in yaml.parse(source.yaml_text, Loader=_StrictLoader):
            marked = isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None)
            if (marked or getattr(event, "tag", None)) and _line(event) != told:
                what = "锚点或别名（& *）" if marked else "类型标签（!）"
                mark = event.start_mark
                assert mark is not None  # a text given as a string has marks
                told = mark.line
                line = source.first_line + mark.line
                message = f"这里不许用 YAML 的{what}"
                hint = "照原样写出内容；文字里要用这些符号时加上引号"
                yield Problem(source.path, line, mark.column + 1, "FZ109", message, hint)
    except yaml.YAMLError:
        return  # _load says what is wrong with the syntax


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


class _StrictLoader(yaml.CSafeLoader):
    """libyaml's loader where only whole numbers and nothing are not text."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own form

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        if len(mapping) != len(node.value):
            raise _Duplicate(node)
        return mapping


_StrictLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,14})$"), list("-0123456789")
)
_StrictLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^$"), [""])


class _Duplicate(Exception):
    def __init__(self, node: yaml.MappingNode) -> None:
        self.node = node


class _Refused(Exception):
    """The YAML could not be taken; `faults` are (rule, line from 0, column from 0, text, hint)."""

    def __init__(self, *faults: tuple[str, int, int, str, str]) -> None:
        self.faults = faults

    def problems(self, source: Source) -> list[Problem]:
        return [
            Problem(source.path, source.first_line + line, column + 1, rule, message, hint)
            for rule, line, column, message, hint in self.faults
        ]


class _StrictHandler(YAMLHandler):
    """python-frontmatter's YAML handler, loading strictly and refusing what is no mapping."""

    FM_BOUNDARY = _BOUNDARY

    def load(self, fm: str, **_: object) -> Any:
        return _load(fm.removeprefix("\n"), dict)


_HANDLER = _StrictHandler()


def _load(text: str, shape: type) -> Any:
    _refuse_depth(text)
    try:
        data = yaml.load(text, Loader=_StrictLoader)
    except _Duplicate as duplicate:
        raise _Refused(*_duplicates(duplicate.node)) from None
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(text, error) from None
    except (yaml.YAMLError, ValueError):
        raise _Refused(("FZ107", 0, 0, "这一段不合 YAML 写法", "对照说明重写")) from None
    if data is None:
        data = shape()
    if not isinstance(data, shape):
        colons = _full_width_colons(text)
        if colons:
            raise _Refused(*colons)
        wanted = "“名称: 内容”一行一项" if shape is dict else "每项以“- ”开头的列表"
        message = f"这里应当写成{wanted}，现在是{_SHAPES.get(type(data), '别的东西')}"
        hint = "名称后面用半角冒号加一个空格" if shape is dict else "一项一个“- ”"
        raise _Refused(("FZ110", 0, 0, message, hint))
    return data


_SHAPES: dict[type, str] = {list: "一个列表", str: "一段文字", int: "一个数", dict: "一组名称"}


def _refuse_depth(text: str) -> None:
    """Nesting is bounded before libyaml and Python recurse into it."""
    depth = 0
    for match in _BRACKET.finditer(text):
        depth += 1 if match[0] in "[{" else -1
        if depth > MAX_DEPTH:
            line, column = line_and_column(text, match.start())
            raise _Refused(("FZ113", line - 1, column - 1, "括号一层套一层，太深了", "写平一些"))
    for match in _DASHES.finditer(text):
        if match[0].count("-") > MAX_DEPTH or len(match[0]) > 200:
            line, column = line_and_column(text, match.start())
            raise _Refused(("FZ113", line - 1, column - 1, "一行里缩进或“- ”太多", "写平一些"))


_BRACKET = re.compile(r"[\[\]{}]")
_DASHES = re.compile(r"^[ ?-]{40,}", re.MULTILINE)


def _duplicates(node: yaml.MappingNode) -> Iterator[tuple[str, int, int, str, str]]:
    seen: dict[str, int] = {}
    for key, _ in node.value:
        name = str(key.value)
        if name in seen:
            mark = key.start_mark
            message = f"{shown(name)}写了两次"
            yield "FZ108", mark.line, mark.column, message, "只留一个"
        seen[name] = 1


def _full_width_colons(text: str) -> list[tuple[str, int, int, str, str]]:
    faults = []
    for match in _FULL_WIDTH_COLON.finditer(text):
        line, column = line_and_column(text, match.end() - 1)
        message = f"{shown(match[1].strip())}后面是全角冒号"
        faults.append(("FZ112", line - 1, column - 1, message, "改成半角冒号加一个空格“: ”"))
    return faults


def _syntax_error(text: str, error: yaml.MarkedYAMLError) -> _Refused:
    colons = _full_width_colons(text)
    if colons:
        return _Refused(*colons)
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
            return _Refused(("FZ107", line, column, message, hint))
    return _Refused(("FZ107", line, column, "这里不合 YAML 写法", "检查引号、括号、冒号是否成对"))


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
