"""What `--fix` mends: spellings that can only have meant one thing. All else stays byte for byte.

Each step is held to what the file said before it (`front.is_same`); what does not hold is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from fazhi.commands.fixing.edits import Fix
from fazhi.commands.fixing.encoding import decoded
from fazhi.commands.fixing.steps import Form, mended
from fazhi.records.narrative import ReportMeta
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import FOLDERS
from fazhi.schema.township import Township
from fazhi.schema.vocabulary import Vocabulary
from fazhi.sources import files
from fazhi.sources.front_matter import split
from fazhi.sources.tree import MAX_BYTES, Folder, Tree

__all__ = ["FIXES", "Fix", "Fixed", "apply", "fix", "proposed"]

FIXES: Mapping[str, str] = {
    "FZ102": "GBK 和 UTF-16 编码改成 UTF-8，只改开头各项认得出来的文件",
    "FZ103": "去掉文件开头的 BOM 标记",
    "FZ112": "名称后面的全角冒号改成半角冒号加一个空格，去掉冒号后面的全角空格",
    "FZ118": "行末的 Windows 换行（CRLF）改成 LF",
    "FZ203": "日期改成 2024-04-05 这样，数量改成不加引号、不分节的半角数字",
}
"""What is mended of the faults that a rule tells, by rule."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file after mending: its bytes, and what was done, line by line.

    `data` is the input itself when nothing was done.
    """

    data: bytes
    fixes: tuple[Fix, ...]


def fix(data: bytes, path: str) -> Fixed:
    """The bytes of a file with what is safe to mend mended.

    `path`, relative to the project and with slashes, says what the file is: a record, a settings
    file, a narrative or the home page. Anything else is given back unchanged, and prose always.
    Mending twice is mending once.
    """
    form = _form(path)
    unchanged = Fixed(data, ())
    if form is None or len(data) > MAX_BYTES:
        return unchanged
    read = decoded(data, form.recognises)
    if read is None:
        return unchanged
    text, fixes = read
    head, yaml_text, rest = _parts(text, form)
    bare = _without_space(head, rest) if head else (head, rest)
    if bare != (head, rest):
        fixes.append(Fix(head.count("\n"), "", "去掉 --- 后面多余的空格"))
    new_yaml, found = mended(yaml_text, form, head.count("\n") + 1)
    new_text = bare[0] + new_yaml + bare[1]
    new_data = new_text.encode()
    is_whole = _parts(new_text, form) == (bare[0], new_yaml, bare[1])
    if not is_whole or len(new_data) > MAX_BYTES:
        return unchanged
    fixes = sorted([*fixes, *found], key=lambda one: one.line)
    return Fixed(new_data, tuple(fixes)) if new_data != data else unchanged


def apply(root: Path, paths: Iterable[str]) -> list[tuple[str, tuple[Fix, ...]]]:
    """Mend files of a project, given by their paths relative to it: which ones, and what was done.

    Only plain files of bearable size inside the project are read, through no link. A file is
    written beside itself and put in its place, with its mode; it is never half written.

    Raises OSError where a file cannot be written: it is then as it was.
    """
    done = []
    for path, fixed in proposed(Folder(root), paths):
        with files.replaced({root / path: fixed.data}, root):
            done.append((path, fixed.fixes))
    return done


def proposed(tree: Tree, paths: Iterable[str]) -> Iterator[tuple[str, Fixed]]:
    """What `apply` would mend, file by file; nothing is written."""
    for path in paths:
        data = _plain(tree, path)
        fixed = fix(data, path) if data is not None else None
        if fixed and fixed.data != data:
            yield path, fixed


# What a file is


_HOME = Form(None)
_SETTINGS = {
    "records/township.yml": Form(Township),
    "records/vocabulary.yml": Form(Vocabulary),
    "records/figures.yml": Form(tuple[Definition, ...], shape=list),
}


def _form(path: str) -> Form | None:
    """What is declared for a file: None for one that is not ours to mend."""
    if path == "docs/index.md":
        return _HOME
    if re.fullmatch(r"docs/report/[12][0-9]{3}\.md", path):
        return Form(ReportMeta, is_front_matter=True)
    record = re.fullmatch(r"records/[12][0-9]{3}/([a-z]+)/[^/\\:]+\.md", path)
    if record and (kind := FOLDERS.get(record[1])):
        return Form(kind.model, is_front_matter=True, order=kind.order)
    return _SETTINGS.get(path)


def _parts(text: str, form: Form) -> tuple[str, str, str]:
    """What stands before the YAML, the YAML, and what comes behind it."""
    if form.is_front_matter:
        return split(text) or ("", "", text)
    return ("", text, "") if form.annotation else ("", "", text)


def _without_space(head: str, rest: str) -> tuple[str, str]:
    """What ends and what begins with a line of ---, without the spaces behind it."""
    closing = rest.partition("\n")[0]
    return head.rstrip(" \t\n") + "\n", closing.rstrip(" \t") + rest[len(closing) :]


# Files


def _plain(tree: Tree, path: str) -> bytes | None:
    """The bytes of a plain file of the project; None where it is not one to be fixed."""
    if _form(path) is None:
        return None
    try:
        data = tree.content(path, MAX_BYTES) if tree.is_file(path) else None
    except OSError:
        return None  # the checker reports what is wrong with it
    return data if isinstance(data, bytes) else None
