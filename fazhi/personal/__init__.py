"""Personal data in a text: identity numbers, telephones, cards, plates, addresses; shown only masked.
来源：个人信息保护法第二十五条、第二十八条。"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.personal.labels import forms
from fazhi.personal.names import in_fields, in_titles
from fazhi.personal.readings import columns, readings
from fazhi.personal.signs import SIGNS, around_signs


@dataclass(frozen=True)
class Finding:
    """A piece of personal data in a text. `value` is what was found: it is compared, never shown."""

    start: int
    end: int
    kind: str
    masked: str
    value: str = field(default="", repr=False)


def find(text: str, whole: Callable[[], str] | None = None) -> Iterator[Finding]:
    """Personal data in a text, in whatever digits, blanks, dashes and brackets it is written. `whole`
    gives the text, with its tables, of which this is one reading."""
    for start, end, is_other in around_signs(text):
        for found in _found(text[start:end], numbers_only=not is_other):
            finding = replace(found, start=start + found.start, end=start + found.end)
            if not _is_explained(finding, text, whole or (lambda: text)):
                yield finding


def _is_explained(finding: Finding, text: str, whole: Callable[[], str]) -> bool:
    """Whether what heads its column says that it is no telephone, 工单号, or of an office, 办公地址."""
    if finding.kind not in {"手机号", "门牌号"}:
        return False
    from fazhi.personal.addresses import LIVES  # noqa: PLC0415 - most runs meet none

    before = text[max(0, finding.start - 36) : finding.start].rpartition("\n")[2]
    if re.search(_SAID_OF_ONE if finding.kind == "手机号" else LIVES, before):
        return False
    cells = _with_heads(whole()).get(finding.value, [])
    return not all(_found(cell, numbers_only=False) for cell in cells)


@lru_cache(maxsize=1)
def _with_heads(text: str) -> dict[str, list[str]]:
    """The numbers in its tables, and of doors and houses, each with what stands before it: its head, or the first
    cell of its row."""
    found: dict[str, list[str]] = {}
    for cell in (*columns(text), *text.split("\n")):
        head, _, held = cell.rpartition("：")
        if head and (number := re.search(r"^\d{11,}$|[路街巷]\d+号$|^\d+[栋幢]$", held)):
            found.setdefault(number[0], []).append(cell)
    return found


_SAID_OF_ONE = r"(?:电话|手机|联系)[^|，\t\n]*$|[^\W_]$|[(（]$"


def of_a_file(name: str) -> Iterator[Finding]:
    """Personal data in the name of a file, each once: also somebody's name that nothing tells of."""
    named = [f"姓名：{name[start:end]}" for start, end in in_titles(name)]
    yield from {found.value: found for found in find("\n".join([name, *named]))}.values()


def of_fields(written: str) -> Iterator[Finding]:
    """The names of people in the fields of a file that are found where nothing tells of them only."""
    if places := [*in_fields(written)]:
        found = {finding.value for finding in find(written)}
        for start, end in places:
            if (name := written[start:end]) not in found:
                yield Finding(start, end, "姓名", _mask(name), name)


def local_paths(text: str, folders: Iterable[str] = ()) -> Iterator[Finding]:
    """Where a text names a place on a disk or in a network of an office, or one of some folders: nobody
    outside can open it, and often it holds somebody's name."""
    for folder in folders:
        if (at := text.find(folder)) >= 0:
            yield Finding(at, at + len(folder), _LOCAL, _mask(folder))
    is_any = text.count(":/") != text.count("://")
    if is_any or any(sign in text for sign in ("\\", "file:/", "FILE:/", *_TOPS)):
        for match in _LOCAL_PATH.finditer(text):
            if match["path"]:  # else an address on the web
                yield Finding(*match.span(), _LOCAL, _mask(match[0]))


_LOCAL = "本机的路径"
_TOPS = "/home/", "/Users/", "/mnt/", "/media/", "/Volumes/", "/root/", "/tmp/", "~/"
_REST = r"[^\s<>\"'“”‘’，。；、（）()|*{}\[\]]"
_LOCAL_PATH = Pattern(
    rf"""https?:{_REST}*|(?P<path>(?:
(?<![A-Za-z])(?:file|FILE):/+(?=[\w.%])|(?<![A-Za-z\d])[A-Za-z]:(?:\\{{1,2}}|/)(?=[\w$])
|(?<![A-Za-z\d\\])(?P<twice>\\\\)?\\\\[A-Za-z\d][\w.-]+(?(twice)\\\\|\\)(?=[\w$]{{2}})
|(?<![A-Za-z\d/._:~-])(?:{"|".join(_TOPS)})(?=[\w.-])
){_REST}*)""",
    flags=re.VERBOSE,
)


@lru_cache(maxsize=32)  # what is read in several ways, or stands on several pages, is searched once
def _found(text: str, *, numbers_only: bool) -> tuple[Finding, ...]:
    return tuple(_searched(text, numbers_only=numbers_only))


def _searched(text: str, *, numbers_only: bool) -> Iterator[Finding]:
    from fazhi.personal.kinds import matches  # noqa: PLC0415 - most runs meet nothing to search for

    found = [match for form in forms(text) for match in matches(form, numbers_only=numbers_only)]
    if not found:
        return
    places = [place for place, char in enumerate(text) for _ in SIGNS[ord(char)]]
    taken, last = 0, ""
    for start, end, kind, value in sorted(found, key=lambda match: (match[0], -match[1])):
        is_continued = start == taken and kind == last == "门牌号"  # 15号3单元 is one address
        if start < taken:
            continue
        taken, last = end, kind
        if not is_continued:
            bare = re.sub(r"[^\w@]|_", "", value).upper()
            shown = _mask(value.replace("\n", ""))
            yield Finding(places[start], places[end - 1] + 1, kind, shown, bare)


def apart(prose: str, written: str) -> Iterator[Finding]:
    """What is read in prose, and not found in the text of its file: marks, line ends, escapes and cells
    part it there, each once, and as if it were where its line begins."""
    reported: set[str] = set()
    for form in readings(prose):
        if form == prose and prose in written:
            continue  # the search of the file has found it
        for finding in find(form, lambda: prose):
            reported = reported or {finding.value for finding in find(written)}
            if finding.value not in reported:
                reported.add(finding.value)
                yield replace(finding, start=_line_of(finding, prose))


def _line_of(finding: Finding, prose: str) -> int:
    """Where the line begins in which it is read, or in which it begins, over cells and line ends."""
    start = 0
    for line in prose.split("\n"):
        if any(found.value == finding.value for form in readings(line) for found in find(form)):
            return start
        start += len(line) + 1
    places = [place for place, char in enumerate(prose) if char.isalnum() or char == "@"]
    at = "".join(prose[place].upper()[:1] for place in places).find(finding.value)
    return prose.rfind("\n", 0, places[at]) + 1 if at >= 0 else 0


def masked(text: str) -> str:
    """The text with every piece of personal data in it masked."""
    pieces, at = [], 0
    for finding in sorted([*find(text), *of_fields(text)], key=lambda finding: finding.start):
        if finding.start < at:
            continue
        lines = "\n" * text.count("\n", finding.start, finding.end)  # as many as there were
        pieces += [text[at : finding.start], finding.masked, lines]
        at = finding.end
    return "".join([*pieces, text[at:]])


def half_width(characters: str) -> dict[int, int]:
    """A table for `str.translate` from their full-width forms, for some half-width characters."""
    return {ord(char) + 0xFEE0: ord(char) for char in characters}


def _mask(text: str) -> str:
    keep = 3 if len(text) > 8 else 1
    return text[:keep] + "*" * (len(text) - 2 * keep) + text[-keep:] if len(text) > 2 else "**"
