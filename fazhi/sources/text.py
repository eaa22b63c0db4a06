"""The bytes of a file as text, what of it a message may show, and how much prose is read."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import islice

from fazhi import personal
from fazhi.personal import find, local_paths, masked
from fazhi.personal.readings import readings, unescaped
from fazhi.problems.problem import MOST_REPORTED, Fault, Problem
from fazhi.problems.quoting import INVISIBLE
from fazhi.sources import faults
from fazhi.sources.tree import MAX_BYTES, Tree

_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
# A merge of merges has longer ones. A line of = alone may be beneath a heading.
_CONFLICT = re.compile(r"^(?:<{7,19}|\|{7,19}|={7,19}|>{7,19})(?: |$)", re.MULTILINE)
_ENTITY = re.compile(r"&#?\w{1,31};")
MAX_TEXT = 50_000  # characters of the front matter, and of the prose: thrice a long report's
LESS_TEXT = "删去多余的内容"
MAX_MARKS = 300  # brackets, headings, lines across: Markdown looks from each to all others
_MARKS = {  # what there may not be too many of, with a sign that each of them has in or before it
    "方括号": ("[", re.compile(r"\[")),
    "标题": ("\n", re.compile(r"^#", re.MULTILINE)),
    "横线": ("\n", re.compile(r"^ {0,3}[-=*_][-=*_ \t]*$", re.MULTILINE)),  # also beneath a heading
}
_DEEP_PROSE = re.compile(
    r"^(?:[ \t]{40,}\S|(?:[>*+][ \t]*|(?:-|\d{1,9}\.)[ \t]+){12,}\S)", re.MULTILINE
)


def readable_lines(tree: Tree, path: str) -> Sequence[str]:
    """The lines of a file of a project, masked; none of one that is not trusted to be text, nor of one
    with more than a record may have: to mask it takes three times as long as to check it."""
    try:
        held = tree.content(path, MAX_BYTES) if tree.is_file(path) else 0
    except OSError:
        return ()
    if isinstance(held, int):  # no plain file, or a large one
        return ()
    text = decoded(held, "utf-8-sig", "gb18030")
    if text is None or len(text) > 2 * MAX_TEXT:  # UTF-16, or no text at all
        return ()
    text = masked(text)
    plain = _ESCAPE.sub(_unescaped, unescaped(text))
    if any(any(find(form)) for form in readings(INVISIBLE.sub("", plain))):
        return ()  # personal data that marks, escapes or cells part: where it is, is not known
    return re.split(r"\r\n|\r|\n", text)


def _unescaped(escape: re.Match[str]) -> str:
    return chr(min(int(escape[1] or escape[2] or escape[3], 16), 0x10FFFF))


def problem_at(path: str, text: str, offset: int, fault: Fault) -> Problem:
    """A fault at a character of a file's text."""
    line, column = line_and_column(text, offset)
    return Problem(path, line, column, *fault)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a character in a text."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def decoded(data: bytes, *encodings: str) -> str | None:
    """Bytes in the first of some encodings in which they are text without a NUL; None in no one."""
    for encoding in encodings:
        with suppress(UnicodeDecodeError):
            if "\0" not in (text := data.decode(encoding)):
                return text
    return None


def read_text(tree: Tree, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a plain UTF-8 file of bearable size, with LF line ends."""
    data, problems = tree.text(path)
    return (None, problems) if data is None else as_text(data, path)


def searched_text(tree: Tree, path: str) -> tuple[str, list[Problem]]:
    """A text of the site, empty where it cannot be read, and the personal data that is apart in it, too."""
    text, problems = read_text(tree, path)
    return text or "", [*problems, *apart(path, text or "", text or "")]


def as_text(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The bytes of a UTF-8 file as text with LF line ends. Whatever is read passes here: so here it
    is searched for personal data, first of all."""
    problems = []
    if data.startswith(b"\xef\xbb\xbf"):
        fault = faults.byte_order_mark("文件开头有 BOM 标记", "用“UTF-8（无 BOM）”另存")
        problems.append(Problem(path, 1, 1, *fault))
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        return None, [problem_at(path, before, len(before), faults.not_utf8(_guess_encoding(data)))]
    if "\r" in text:
        problems.append(problem_at(path, text, text.index("\r"), faults.windows_line_ends()))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    invisible = [
        problem_at(path, text, at, faults.invisible(sign))
        for at, sign in islice(unseen(text), MOST_REPORTED)
    ]
    if invisible:
        return None, problems + invisible
    hint = "删去；已经提交过的，告诉管理员"
    problems += [
        problem_at(path, text, finding.start, faults.personal_data("这里", finding, hint))
        for finding in islice(personal.find(text), MOST_REPORTED)
    ]
    problems += [
        problem_at(
            path, text, found.start, faults.personal_data("这里", found, "写成话，如“存法治办”")
        )
        for found in islice(local_paths(text), MOST_REPORTED)
    ]
    conflicts = list(conflict_marks(path, text))
    return (None, [*problems, *conflicts]) if conflicts else (text, problems)


def unseen(text: str) -> Iterator[tuple[int, str]]:
    """Where a character is that shows nothing, or an entity of one, and what a message calls it."""
    for mark in INVISIBLE.finditer(text):
        yield mark.start(), f"U+{ord(mark[0]):04X}"
    for entity in _ENTITY.finditer(text) if "&" in text else ():
        if not INVISIBLE.sub("", unescaped(entity[0])):
            yield entity.start(), entity[0]


def of_fields(path: str, text: str, fields: str) -> Iterator[Problem]:
    """FZ501 of names in the fields of a file with this text, which only there are taken for names."""
    for finding in islice(personal.of_fields(fields), MOST_REPORTED):
        fault = faults.personal_data("这里", finding)
        yield problem_at(path, text, text.index(fields) + finding.start, fault)


def conflict_marks(path: str, text: str) -> Iterator[Problem]:
    """FZ121 at every line that git put between two versions of a text with LF line ends."""
    if "<<<<" in text or "||||" in text or ">>>>" in text:
        marks = [*_CONFLICT.finditer(text)]
        is_one = any(mark[0][0] != "=" for mark in marks)
        for mark in marks[:MOST_REPORTED] if is_one else ():
            said, hint = "git 合并没有做完，留下了冲突标记", "留下对的一种写法，删去标记行"
            yield problem_at(path, text, mark.start(), faults.unfinished_merge(said, hint))


def apart(
    path: str, prose: str, written: str, place: tuple[int, int] = (1, 1)
) -> Iterator[Problem]:
    """FZ501 of what is read in prose and not found in the text of its file. `place`: of the prose."""
    for finding in islice(personal.apart(prose, written), MOST_REPORTED):
        below = prose.count("\n", 0, finding.start)
        line, column = (place[0] + below, 1) if below else place
        yield Problem(path, line, column, *faults.personal_data("正文里", finding))


def unbearable_prose(path: str, text: str, start: int = 0) -> Problem | None:
    """What would take minutes to turn into a page, in the prose from `start` on."""
    if len(text) - start > MAX_TEXT:
        said = f"正文有 {len(text) - start} 字，超过 {MAX_TEXT} 字"
        fault = faults.too_much_text(said, LESS_TEXT)
        return problem_at(path, text, start, fault)
    for what, (sign, mark) in _MARKS.items():
        if text.count(sign, start) < MAX_MARKS:
            continue
        if past := next(islice(mark.finditer(text, start), MAX_MARKS, None), None):
            fault = faults.too_much_text(f"正文里的{what}超过 {MAX_MARKS} 个", LESS_TEXT)
            return problem_at(path, text, past.start(), fault)
    if deep := _DEEP_PROSE.search(text, start):
        return problem_at(path, text, deep.start(), faults.too_deep("正文里套得太深", "写平一些"))
    return None


def _guess_encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    return "" if decoded(data, "gb18030") is None else "GBK"
