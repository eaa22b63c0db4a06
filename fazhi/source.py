"""A file as text, and the text as front matter with positions, and body."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from fazhi import faults, folders, personal, strict_yaml
from fazhi.faults import MOST_TOLD, Fault
from fazhi.problems import Problem, Severity
from fazhi.strict_yaml import Places, Refused

MAX_BYTES = 1_000_000

Key = str | int


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
    _places: Places | None = field(default=None, init=False, repr=False, compare=False)

    def at(self, keys: Sequence[Key], *, of_key: bool = False) -> tuple[int, int]:
        """Line and column of the value (or of its key) that `keys` lead to.

        Where the path ends early (a missing field), the nearest enclosing place is given.
        """
        if self._places is None:
            self._places = strict_yaml.places(self.yaml_text)
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
        return self.fault(keys, Fault(rule, message, hint, severity), of_key=of_key)

    def fault(self, keys: Sequence[Key], fault: Fault, *, of_key: bool = False) -> Problem:
        """A fault at the place that `keys` lead to."""
        line, column = self.at(keys, of_key=of_key)
        return Problem(self.path, line, column, *fault)


def _at(path: str, text: str, offset: int, fault: Fault) -> Problem:
    """A fault at a character of a file's text."""
    line, column = line_and_column(text, offset)
    return Problem(path, line, column, *fault)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def read_record(file: Path, path: str) -> tuple[Source | None, list[Problem]]:
    """A Markdown file with front matter. The source is None when an error stands in the way."""
    data, problems = read_bytes(file, path)
    return (None, problems) if data is None else as_record(data, path)


def as_record(data: bytes, path: str) -> tuple[Source | None, list[Problem]]:
    """The bytes of such a file as what they say."""
    text, problems = as_text(data, path)
    if text is None:
        return None, problems
    if not text.strip():
        return None, [*problems, Problem(path, 1, 1, *faults.empty())]
    leading = len(text) - len(text.lstrip())
    opened = BOUNDARY.match(text, leading)
    if not opened:
        return None, [*problems, _at(path, text, leading, faults.not_opened())]
    closed = BOUNDARY.search(text, opened.end())
    if not closed:
        return None, [*problems, _at(path, text, leading, faults.not_closed())]
    source = _parted(path, text, opened, closed)
    if (length := len(source.yaml_text)) > MAX_TEXT:
        fault = faults.too_much_text(f"开头各项有 {length} 字，超过 {MAX_TEXT} 字")
        return None, [*problems, _at(path, text, opened.end() + 1, fault)]
    unbearable = unbearable_prose(path, text, closed.end())
    if unbearable:
        return None, [*problems, unbearable]
    try:
        source.data, source.body = frontmatter.parse(text, handler=_HANDLER)
    except Refused as refused:
        return None, problems + _problems(refused, source)
    return source, problems


def _parted(path: str, text: str, opened: re.Match[str], closed: re.Match[str]) -> Source:
    """The front matter, still to be read, and the body of a text."""
    start = opened.end() + 1
    yaml_text, line = text[start : closed.start()], text.count("\n", 0, start) + 1
    return Source(path, text, {}, text[closed.end() :].strip(), yaml_text, line)


def remembered(data: bytes, path: str, front: Any) -> Source:
    """The source that `as_record` made of these bytes without a fault, from what it read in them."""
    text = data.decode()
    opened = BOUNDARY.match(text, len(text) - len(text.lstrip()))
    closed = BOUNDARY.search(text, opened.end()) if opened else None
    assert opened and closed  # else it had been a fault
    source = _parted(path, text, opened, closed)
    source.data = front
    return source


def read_yaml(file: Path, path: str, shape: type) -> tuple[Source | None, list[Problem]]:
    """A settings file: YAML without prose, a mapping or a list as `shape` says."""
    text, problems = read_text(file, path)
    if text is None:
        return None, problems
    source = Source(path, text, None, "", text, 1)
    try:
        source.data = strict_yaml.load(text, shape)
    except Refused as refused:
        return None, problems + _problems(refused, source)
    return source, problems


def read_text(file: Path, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a plain UTF-8 file of bearable size, with LF line ends."""
    data, problems = read_bytes(file, path)
    return (None, problems) if data is None else as_text(data, path)


def read_bytes(file: Path, path: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a plain file of bearable size, to which no link leads."""
    try:
        status = file.lstat()
        if is_linked(file, path):
            return None, [Problem(path, 1, 1, *faults.no_plain_file("这是一个链接"))]
        if not stat.S_ISREG(status.st_mode):
            hint = "放普通文件，不要放链接或快捷方式"
            return None, [Problem(path, 1, 1, *faults.no_plain_file("不是普通文件", hint))]
    except OSError as error:
        return None, [Problem(path, 1, 1, *_unread(error))]
    return bytes_of_plain(file, path)


def bytes_of_plain(file: Path | str, path: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file of bearable size that was seen to be a plain one, on a way without links.

    Who walks through a folder looks at that once for the folder, and is told it of its files.
    """
    try:
        content = folders.content(file, MAX_BYTES)
    except OSError as error:
        return None, [Problem(path, 1, 1, *_unread(error))]
    if isinstance(content, int):
        return None, [Problem(path, 1, 1, *faults.too_large(content, MAX_BYTES))]
    return content, []


def _unread(error: OSError) -> Fault:
    if isinstance(error, FileNotFoundError):
        return faults.no_plain_file("没有这个文件", "照说明补上")
    hint = "看看它是不是正被别的程序打开，或者没有打开它的权限"
    return faults.no_plain_file(f"文件读不出来：{error.strerror}", hint)


def as_text(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The bytes of a UTF-8 file as text with LF line ends.

    Whatever is read passes here: so here it is searched for personal data, first of all.
    """
    problems = []
    if data.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem(path, 1, 1, *faults.byte_order_mark()))
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start]
        column = len(before.decode("utf-8", "replace")) + 1
        return None, [Problem(path, line, column, *faults.not_utf8(_guess_encoding(data)))]
    if "\r" in text:
        problems.append(_at(path, text, text.index("\r"), faults.windows_line_ends()))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    invisible = INVISIBLE.search(text)
    if invisible:
        fault = faults.invisible(ord(invisible[0]))
        return None, [*problems, _at(path, text, invisible.start(), fault)]
    hint = "删去；已经提交过的，告诉管理员"
    problems += [
        _at(path, text, finding.start, faults.personal_data("这里", finding, hint))
        for finding in islice(personal.find(text), MOST_TOLD)
    ]
    return text, problems


def apart(
    path: str, prose: str, written: str, place: tuple[int, int] = (1, 1)
) -> Iterator[Problem]:
    """FZ501 of what is read in prose, and not found in the text of its file. `place`: of the prose."""
    line, column = place
    for finding in islice(personal.apart(prose, written), MOST_TOLD):
        yield Problem(path, line, column, *faults.personal_data("正文里", finding))


MAX_TEXT = 50_000
"""How many characters the front matter, and how many the prose of a file may have: a long report has
a third of it. What readers do with a text of this size takes them a second at most."""
MAX_MARKS = 300
"""How many brackets, headings and lines across: readers of Markdown look from each to all others."""


def unbearable_prose(path: str, text: str, start: int = 0) -> Problem | None:
    """What would keep a reader of Markdown busy for minutes, in the prose from `start` on."""
    if len(text) - start > MAX_TEXT:
        fault = faults.too_much_text(f"正文有 {len(text) - start} 字，超过 {MAX_TEXT} 字")
        return _at(path, text, start, fault)
    for what, (sign, mark) in _MARKS.items():
        if text.count(sign, start) < MAX_MARKS:
            continue
        if past := next(islice(mark.finditer(text, start), MAX_MARKS, None), None):
            fault = faults.too_much_text(f"正文里的{what}超过 {MAX_MARKS} 个")
            return _at(path, text, past.start(), fault)
    if deep := _DEEP_PROSE.search(text, start):
        return _at(path, text, deep.start(), faults.too_deep("正文里套得太深"))
    return None


_MARKS = {
    "方括号": ("[", re.compile(r"\[")),
    "标题": ("\n", re.compile(r"^#", re.MULTILINE)),
    "横线": ("\n", re.compile(r"^ {0,3}[-=*_][-=*_ \t]*$", re.MULTILINE)),  # also beneath a heading
}
"""What there may not be too many of; and what each of them, but for the first, has before it."""


def is_linked(file: Path, path: str) -> bool:
    """Whether a link stands anywhere on the way from the project to a file of it."""
    folders = islice(file.parents, path.count("/"))
    return file.is_symlink() or any(folder.is_symlink() for folder in folders)


def _guess_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return "其他"
    return "GBK"


_DEEP_PROSE = re.compile(
    r"^(?:[ \t]{40,}\S|(?:[>*+][ \t]*|(?:-|\d{1,9}\.)[ \t]+){12,}\S)", re.MULTILINE
)
BOUNDARY = re.compile(r"^-{3,}[ \t]*$", re.MULTILINE)
"""A line that begins or ends the front matter."""
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U0010ffff]"
)
"""Control and direction marks, spaces and letters that show nothing, and codes that each font shows
in its own way or not at all: they hide what a text really says."""


class _StrictHandler(YAMLHandler):
    """python-frontmatter's YAML handler, loading strictly and refusing what is no mapping."""

    FM_BOUNDARY = BOUNDARY

    def load(self, fm: str, **_: object) -> Any:
        return strict_yaml.load(fm.removeprefix("\n"), dict)


_HANDLER = _StrictHandler()


def _problems(refused: Refused, source: Source) -> list[Problem]:
    return [
        Problem(source.path, source.first_line + line, column + 1, *fault)
        for line, column, fault in refused.faults
    ]
