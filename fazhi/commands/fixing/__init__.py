"""`--fix`: fixes spellings that can only mean one thing; a step that would change what the file says
(`steps.is_same`) is left out, and all else stays byte for byte."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from fazhi.commands.fixing.steps import FileForm, fixed_yaml
from fazhi.commands.fixing.values import Edit, Fix, applied, as_fixes
from fazhi.problems.quoting import shown
from fazhi.records.headings import PASTED, headings_of, typed_orders
from fazhi.records.narrative import ReportMeta, year_of
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import FOLDERS
from fazhi.schema.tasks import PATH, Task
from fazhi.schema.township import Township
from fazhi.schema.vocabulary import Vocabulary
from fazhi.sources import files
from fazhi.sources.front_matter import split
from fazhi.sources.strict_yaml import load
from fazhi.sources.tree import MAX_BYTES, Folder, Tree
from fazhi.sources.yaml_errors import Refused

__all__ = ["FIXES", "Fix", "Fixed", "apply", "decoded", "fix", "proposed"]

FIXES: Mapping[str, str] = {  # what is fixed of the faults that a rule reports, by rule
    "FZ102": "GBK 和 UTF-16 编码改成 UTF-8，只改开头各项认得出来的文件",
    "FZ103": "去掉文件开头的 BOM 标记",
    "FZ112": "名称后面的全角冒号改成半角冒号加一个空格，去掉冒号后面的全角空格",
    "FZ118": "行末的 Windows 换行（CRLF）改成 LF",
    "FZ107": "一项内容末尾的半角冒号改成全角冒号",
    "FZ203": "日期改成 2024-04-05 这样，数量改成不加引号、不分节的半角数字",
    "FZ303": "普法节点的点改成词表里的写法，如 3·15 改成 3.15",
    "FZ708": "一个标题也没有的叙述稿，独占一行的“一、”“（一）”改成标题",
    "FZ709": "删去叙述稿标题前面的“一、”“（一）”",
}
_VOCABULARY = "records/vocabulary.yml"
_SETTINGS = {
    "records/township.yml": FileForm(Township),
    _VOCABULARY: FileForm(Vocabulary),
    "records/figures.yml": FileForm(tuple[Definition, ...], shape=list),
}
_TASKS = FileForm(tuple[Task, ...], shape=list)
_BOM = "\ufeff"
_UTF8_INSIDE = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){3}")
"""Three Chinese characters of UTF-8 in a row, which GBK next to never has: put together from two files."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A file after fixing: its bytes (the input itself if nothing was done), and what was done."""

    data: bytes
    fixes: tuple[Fix, ...]


def fix(data: bytes, path: str, nodes: Iterable[str] = (), *, in_order: bool = True) -> Fixed:
    """Fix what is safe to fix in the bytes of a file. Fixing twice is fixing once.

    `path`, from the project, says what the file is: a record, settings, a narrative, the home page. `nodes`
    are the 普法节点 of the vocabulary. Of prose only the numbers of a narrative's headings change. Keys are
    put in order, or each line stays where it is.
    """
    form = _form(path, nodes)
    if form and not in_order:
        form = replace(form, order=())
    unchanged = Fixed(data, ())
    if form is None or len(data) > MAX_BYTES:
        return unchanged
    read = decoded(data, form.recognises)
    if read is None:
        return unchanged
    text, fixes = read
    head, yaml_text, rest = _parts(text, form)
    new_head, new_rest = head, rest
    if head:  # it ends, and the rest begins, with a line of ---
        closing = rest.partition("\n")[0]
        new_head = head.rstrip(" \t\n") + "\n"
        new_rest = closing.rstrip(" \t") + rest[len(closing) :]
        if (new_head, new_rest) != (head, rest):
            fixes.append(Fix(head.count("\n"), "", "去掉 --- 后面多余的空格"))
    if form.annotation is ReportMeta:
        above = head.count("\n") + yaml_text.count("\n") + 1
        pasted = [] if headings_of(new_rest) else list(_pasted(new_rest))
        fixes += as_fixes(pasted, new_rest, above)
        new_rest = applied(new_rest, pasted)
        while orders := list(_typed_orders(new_rest)):
            fixes += as_fixes(orders, new_rest, above)
            new_rest = applied(new_rest, orders)
    new_yaml, found = fixed_yaml(yaml_text, form, head.count("\n") + 1)
    new_text = new_head + new_yaml + new_rest
    new_data = new_text.encode()
    if _parts(new_text, form) != (new_head, new_yaml, new_rest) or len(new_data) > MAX_BYTES:
        return unchanged
    fixes = sorted([*fixes, *found], key=lambda one: one.line)
    return Fixed(new_data, tuple(fixes)) if new_data != data else unchanged


def _pasted(body: str) -> Iterator[Edit]:
    """The headings of a text that has none with its signs: what stands alone behind 一、 or （一）."""
    found = [*re.finditer(PASTED, body)]
    for heading in found if any(one["first"] for one in found) else ():
        what = f"{shown(heading[0])}改成标题"
        signs = "## " if heading["first"] else "### "
        yield Edit(heading.start(), heading.start(), signs, "FZ708", what)


def _typed_orders(body: str) -> Iterator[Edit]:
    """The numbers of headings that are typed, though the program numbers them, taken away."""
    for heading, order in typed_orders(headings_of(body)):
        end = heading.title_start + len(order)
        yield Edit(heading.title_start, end, "", "FZ709", f"删去标题的序号{shown(order.strip())}")


def apply(root: Path, paths: Iterable[str]) -> list[tuple[str, tuple[Fix, ...]]]:
    """Fix plain files of a project, by their paths from it: which ones, and what was done. Each is
    replaced as a whole, with its mode; raises OSError where one cannot be, which stays as it was."""
    done = []
    for path, fixed in proposed(Folder(root), paths):
        files.put({root / path: fixed.data}, root)
        done.append((path, fixed.fixes))
    return done


def proposed(tree: Tree, paths: Iterable[str]) -> Iterator[tuple[str, Fixed]]:
    """What `apply` would fix, file by file; nothing is written."""
    for path in paths:
        if _form(path) is None:
            continue
        try:
            data = tree.content(path, MAX_BYTES) if tree.is_file(path) else None
            words = tree.content(_VOCABULARY, MAX_BYTES) if tree.is_file(_VOCABULARY) else None
        except OSError:
            continue  # the checker reports what is wrong with it
        nodes = _nodes(words) if isinstance(words, bytes) else ()
        if isinstance(data, bytes) and (fixed := fix(data, path, nodes)).data != data:
            yield path, fixed


@lru_cache(maxsize=1)  # of many records in turn
def _nodes(vocabulary: bytes) -> tuple[str, ...]:
    """The names of its 普法节点; none where it cannot be read."""
    try:
        listed = load(vocabulary.decode(), dict).get("普法节点")
    except (UnicodeError, Refused):
        return ()
    names = [each.get("名称") for each in listed or () if isinstance(each, dict)]
    return tuple(name for name in names if isinstance(name, str))


def _form(path: str, nodes: Iterable[str] = ()) -> FileForm | None:
    """What is declared for a file: None for one that is not ours to fix."""
    if path == "docs/index.md":
        return FileForm(None)
    if year_of(path):
        return FileForm(ReportMeta, is_front_matter=True)
    record = re.fullmatch(r"records/[12][0-9]{3}/([a-z]+)/[^/\\:]+\.md", path)
    if record and (kind := FOLDERS.get(record[1])):
        return FileForm(kind.model, True, order=kind.order, nodes=tuple(nodes))
    return _TASKS if PATH.fullmatch(path) else _SETTINGS.get(path)


def _parts(text: str, form: FileForm) -> tuple[str, str, str]:
    """What is before the YAML, the YAML, and what comes behind it."""
    if form.is_front_matter:
        return split(text) or ("", "", text)
    return ("", text, "") if form.annotation else ("", "", text)


def decoded(data: bytes, is_ours: Callable[[str], bool]) -> tuple[str, list[Fix]] | None:
    """The text with LF line ends and without BOM; None where it is not clear what the bytes say:
    others than UTF-8 must give a text that `is_ours`, and that text these bytes again."""
    try:
        written, other = data.decode("utf-8"), ""
    except UnicodeDecodeError:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            codec, other = f"utf-16-{'le' if data[0] == 0xFF else 'be'}", "UTF-16"
        else:
            codec, other = "gb18030", "GBK"
        try:
            written = data.decode(codec)
            if written.encode(codec) != data or (other == "GBK" and _UTF8_INSIDE.search(data)):
                return None
        except UnicodeError:
            return None
    text = written.lstrip(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    if other and not is_ours(text):
        return None
    fixes = []
    if other:
        fixes.append(Fix(1, "FZ102", f"{other} 编码改成 UTF-8"))
    elif written.startswith(_BOM):
        fixes.append(Fix(1, "FZ103", "去掉文件开头的 BOM 标记"))
    if "\r" in written:
        line = written.count("\n", 0, written.index("\r")) + 1
        fixes.append(Fix(line, "FZ118", "行末的 Windows 换行（CRLF）改成 LF"))
    return text, fixes
