"""A file as text, and the text as front matter with positions, and body."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import frontmatter
from frontmatter.default_handlers import YAMLHandler

from fazhi.problems.problem import Fault, Problem
from fazhi.sources import faults, strict_yaml
from fazhi.sources.strict_yaml import Places
from fazhi.sources.text import (
    LESS_TEXT,
    MAX_TEXT,
    as_text,
    line_and_column,
    of_fields,
    problem_at,
    read_text,
    unbearable_prose,
)
from fazhi.sources.tree import Tree
from fazhi.sources.yaml_errors import Placed, Refused

Key = str | int
Place = int | Sequence[Key]
"""An offset in the prose of a file, or the keys that lead to a value of its data."""
ITSELF = "\0"
"""Behind the last of some keys: not its value is meant, but the key."""
BOUNDARY = re.compile(r"^-{3,}[ \t\u00a0\u3000]*$", re.MULTILINE)
"""A line that begins or ends the front matter."""


@dataclass(slots=True)
class Source:
    """A file that was read: its data, its prose, and where each of them is."""

    path: str
    text: str
    data: Any
    body: str = ""
    yaml_text: str = ""
    first_line: int = 1  # of the YAML, in the file
    _places: Places | None = field(default=None, init=False, repr=False, compare=False)

    def at(self, place: Place) -> tuple[int, int]:
        """Line and column of a place; of a value that is not there, those of the nearest above."""
        if isinstance(place, int):
            return line_and_column(self.text, len(self.text.rstrip()) - len(self.body) + place)
        if self._places is None:
            self._places = strict_yaml.places(self.yaml_text)
        keys = [str(key) for key in place if key != ITSELF]
        if found := self._places.get(tuple(keys)):
            mark = found[len(keys) == len(place)]
            return self.first_line + mark.line, mark.column + 1
        return self.at(keys[:-1]) if keys else (self.first_line, 1)

    def problem(self, place: Place, fault: Fault) -> Problem:
        """A fault at a place."""
        line, column = self.at(place)
        return Problem(self.path, line, column, *fault)


def read_record(tree: Tree, path: str) -> tuple[Source | None, list[Problem]]:
    """A Markdown file with front matter. The source is None where it cannot be read."""
    data, problems = tree.text(path)
    return (None, problems) if data is None else as_record(data, path)


def as_record(data: bytes, path: str) -> tuple[Source | None, list[Problem]]:
    """The bytes of such a file as what they say."""
    text, problems = as_text(data, path)
    if text is None:
        return None, problems
    if not text.strip():
        return None, [
            *problems,
            Problem(path, 1, 1, *faults.empty("文件是空的", "写上标题、日期等项")),
        ]
    opened, closed = boundaries(text)
    if not (opened and closed):
        fault = faults.not_closed("--- 没有写完", "各项写完之后，单独写一行 ---")
        if not opened:
            hint = "第一行写 ---，下面写标题、日期等项，再写一行 ---"
            fault = faults.not_opened("开头没有 ---", hint)
        return None, [*problems, problem_at(path, text, len(text) - len(text.lstrip()), fault)]
    source = _parted(path, text, opened, closed)
    if (length := len(source.yaml_text)) > MAX_TEXT:
        said = f"开头各项有 {length} 字，超过 {MAX_TEXT} 字"
        fault = faults.too_much_text(said, LESS_TEXT)
        return None, [*problems, problem_at(path, text, opened.end() + 1, fault)]
    if unbearable := unbearable_prose(path, text, closed.end()):
        return None, [*problems, unbearable]
    return _loaded(source, lambda: frontmatter.parse(text, handler=_HANDLER)[0], problems)


def _parted(path: str, text: str, opened: re.Match[str], closed: re.Match[str]) -> Source:
    """The front matter, still to be read, and the body of a text."""
    start = opened.end() + 1
    yaml_text, line = text[start : closed.start()], text.count("\n", 0, start) + 1
    return Source(path, text, {}, text[closed.end() :].strip(), yaml_text, line)


def remembered(data: bytes, path: str, front: Any) -> Source:
    """The source that `as_record` made of these bytes without a fault, from what it read in them."""
    text = data.decode()
    opened, closed = boundaries(text)
    assert opened and closed  # else it had been a fault
    source = _parted(path, text, opened, closed)
    source.data = front
    return source


def read_yaml(tree: Tree, path: str, shape: type) -> tuple[Source | None, list[Problem]]:
    """A settings file: YAML without prose, a mapping or a list as `shape` says."""
    text, problems = read_text(tree, path)
    if text is None:
        return None, problems
    source = Source(path, text, None, yaml_text=text)
    return _loaded(source, lambda: strict_yaml.load(text, shape), problems)


def _loaded(
    source: Source, data: Callable[[], Any], problems: list[Problem]
) -> tuple[Source | None, list[Problem]]:
    """A source with what its YAML says, or None; and what was wrong before, or is wrong with that."""
    found: Iterable[Placed]
    read: Source | None = source
    problems += of_fields(source.path, source.text, source.yaml_text)
    try:
        source.data = data()
        found = strict_yaml.comments_that_cut(source.yaml_text)
    except Refused as refused:
        read, found = None, refused.faults
    first = source.first_line
    problems += (Problem(source.path, first + line, column + 1, *f) for line, column, f in found)
    return read, problems


def boundaries(text: str) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """The lines that begin and end a text's front matter, as far as there are such."""
    opened = BOUNDARY.match(text, len(text) - len(text.lstrip()))
    return opened, BOUNDARY.search(text, opened.end()) if opened else None


class _StrictHandler(YAMLHandler):
    """python-frontmatter's YAML handler, loading strictly and refusing what is no mapping."""

    FM_BOUNDARY = BOUNDARY

    def load(self, fm: str, **_: object) -> Any:
        return strict_yaml.load(fm.removeprefix("\n"), dict)


_HANDLER = _StrictHandler()
