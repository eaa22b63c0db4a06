"""A finished text of an office as lines: a paragraph each, and a row of a table as Markdown has it.

What a reader does not see is left out: what a change deleted, hidden text, scripts.
"""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple
from zipfile import ZipFile

import markdown
from lxml import etree, html

from fazhi.sources import archives
from fazhi.sources.evidence.pieces import Unreadable
from fazhi.sources.text import MAX_TEXT, decoded

MAX_BYTES = 20_000_000


class Line(NamedTuple):
    """What is read, and where, as a person finds it."""

    place: str
    text: str


def lines_of(suffix: str, data: bytes) -> list[Line]:
    """The lines of a file that has something to read. Raises Unreadable, with what to do."""
    if suffix not in FORMS:
        raise Unreadable(f"只读 {'、'.join(FORMS)}：在 Word、WPS 里打开，另存为 .docx")
    if len(data) > MAX_BYTES:
        raise Unreadable(f"超过 {MAX_BYTES // 1_000_000} MB，不像一份报告")
    try:
        lines = [line for line in FORMS[suffix](data) if line.text.strip("| ")]
    except (etree.LxmlError, KeyError, RecursionError, *archives.BROKEN):
        raise Unreadable("文件不完整，或者不是扩展名所说的格式：重新另存一份") from None
    if sum(len(line.text) for line in lines) > MAX_TEXT:
        raise Unreadable(f"超过 {MAX_TEXT // 10_000} 万字，不像一份报告")
    if not lines:
        raise Unreadable("里面没有文字；是扫描件的，先转成文字")
    return lines


def _plain(data: bytes) -> Iterator[Line]:
    for number, text in enumerate(_decoded(data).splitlines(), 1):
        cells = text.strip("\r\n").split("\t")
        is_row = sum(map(bool, map(str.strip, cells))) > 1
        yield Line(f"第{number}行", _row(cells) if is_row else _cell(text))


_OPEN_BRACKET = re.compile(
    r"\[(?![^\[\]]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|:|\[[^\[\]\n]*\]))"
)
"""One that begins no link: the reader of Markdown looks for the end of each, up to that of the text."""


def _markdown(data: bytes) -> Iterator[Line]:
    text = _OPEN_BRACKET.sub("［", _decoded(data))
    return _html(markdown.markdown(text, extensions=["tables"]).encode())


def _html(data: bytes) -> Iterator[Line]:
    text = re.sub(r"^\s*<\?xml[^>]*>", "", _decoded(data))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True)
    if text.strip():
        yield from _numbered(_blocks(html.document_fromstring(text, parser)))


def _docx(data: bytes) -> Iterator[Line]:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("设了密码，或者其实是旧的 .doc：打开，去掉密码，另存为 .docx")
    with ZipFile(io.BytesIO(data)) as archive:
        if archives.is_unbearable(archive):
            raise Unreadable("展开以后太大，没有读")
        if archives.is_locked(archive):
            raise Unreadable("设了密码：去掉密码再试")
        notes = {"word/footnotes.xml", "word/endnotes.xml"} & {*archive.namelist()}
        parts = [archive.read(name) for name in ("word/document.xml", *sorted(notes))]
    if any(map(archives.declares_entities, parts)):
        raise Unreadable("里面有外部实体，没有读")
    parser = etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True)
    read = (etree.fromstring(part, parser) for part in parts)
    yield from _numbered(block for part in read for block in _blocks(part))


FORMS: dict[str, Callable[[bytes], Iterator[Line]]] = {
    ".docx": _docx, ".html": _html, ".htm": _html, ".txt": _plain, ".md": _markdown,
}  # fmt: skip


def _decoded(data: bytes) -> str:
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = decoded(data, *(["utf-16"] if is_wide else ["utf-8-sig", "gb18030"]))
    if text is None:
        raise Unreadable("不是文字：在 Word、WPS 里打开，另存为 .docx")
    return text


def _cell(text: str) -> str:
    """Text on one line with Chinese commas, no bar that would part it; of a row of digits, what is read."""
    text = re.sub(r",(?!\d{3}(?!\d))|(?<!\d),", "，", text).replace(";", "；")
    return re.sub(r"(?<=\d{30})\d+", "", " ".join(text.replace("|", "丨").split()))


def _row(cells: Iterable[str]) -> str:
    return f"|{'|'.join(map(_cell, cells))}|"


Block = str | list[list[str]]
"""A paragraph, or the rows of a table."""


def _numbered(blocks: Iterable[Block]) -> Iterator[Line]:
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, str):
            paragraphs += bool(block.strip())
            yield Line(f"第{paragraphs}段", _cell(block))
            continue
        tables += 1
        for number, row in enumerate(block, 1):
            yield Line(f"表{tables}第{number}行", _row(row))
            if number == 1:
                yield Line("", "|--|")  # what is above it is the head
        yield Line("", "—")  # the table after it has a head of its own


_END = "\n"
_UNSEEN = {
    *("script", "style", "head", "template", "noscript", "iframe", "object", "svg", "select"),
    *("del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr"),  # of Word
}
_PARAGRAPHS = {
    *("p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "main"),
    *("footer", "blockquote", "pre", "dt", "dd", "tr", "td", "th", "tc", "caption", "center", "br"),
}


def _blocks(element: etree._Element) -> Iterator[Block]:
    """The paragraphs and tables of HTML or of Word's XML, whose tags are told apart by name alone."""
    pieces = groupby(_pieces(element), key=lambda piece: isinstance(piece, str) and piece != _END)
    for is_text, found in pieces:
        if is_text:
            yield "".join(piece for piece in found if isinstance(piece, str))
        else:
            yield from (piece for piece in found if not isinstance(piece, str))


def _pieces(element: etree._Element) -> Iterator[Block]:
    tag = etree.QName(element).localname
    if tag in _UNSEEN or _is_hidden(element):
        return
    if tag in ("tbl", "table") and (rows := _rows(element)):
        yield from ("".join(map(str, _pieces(one))) + _END for one in element.iter("{*}caption"))
        yield rows
        return
    ends = tag in _PARAGRAPHS
    yield _END if ends else ""
    yield (element.text or "").replace(_END, " ")
    for child in element:
        yield from _pieces(child)
        yield (child.tail or "").replace(_END, " ")
    yield _END if ends else ""


def _is_hidden(element: etree._Element) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "")
    is_marked = element.get("hidden") is not None or "display:none" in style
    return is_marked or element.find("{*}rPr/{*}vanish") is not None


def _rows(table: etree._Element) -> list[list[str]]:
    """The cells of a table, each as often as it is wide; none of one that only sets a page."""
    rows = []
    for row in table.iter("{*}tr"):
        cells: list[str] = []
        for cell in row.iter("{*}tc", "{*}td", "{*}th"):
            if any(cell.iter("{*}tbl", "{*}table")):
                return []
            grid = cell.find("{*}tcPr/{*}gridSpan")
            width = str(cell.get("colspan") or ("" if grid is None else [*grid.values(), ""][0]))
            said = "".join(map(str, _pieces(cell)))
            cells += [said] * (min(int(width), 50) if width.isdecimal() else 1)
        rows.append(cells)
    return rows if max(map(len, rows), default=0) > 1 else []
