"""What a Word, Excel, PowerPoint or OpenDocument file says, or any other zip archive."""

import re
from collections.abc import Iterator
from contextlib import suppress
from decimal import Decimal
from typing import BinaryIO
from zipfile import ZipFile

from fazhi.personal.readings import columns, unescaped
from fazhi.sources import archives
from fazhi.sources.evidence.pieces import Allowance, Piece, Unreadable, markup


def pieces(file: BinaryIO, allowance: Allowance) -> Iterator[Piece]:
    """The text of every part of XML, and every other part as a file inside. Raises Unreadable."""
    try:
        with ZipFile(file) as archive:
            if archives.is_unbearable(archive):
                raise Unreadable("展开以后太大")
            if archives.is_locked(archive):
                raise Unreadable("设了密码")
            allowance.take(archives.unpacked(archive))
            yield from _of_archive(archive)
    except archives.BROKEN:
        raise Unreadable("文件不完整") from None


def _of_archive(archive: ZipFile) -> Iterator[Piece]:
    yield Piece("里面的文件名", "\n".join(archive.namelist()))
    said = [archive.comment]
    for part in archive.infolist():
        said += [part.comment, part.extra]
    if any(said):
        yield Piece("压缩包的注释", b"\n".join(said).decode("utf-8", "replace"))
    hidden = _hidden_sheets(archive)
    strings = _shared_strings(archive)
    for part in archive.infolist():
        data = archive.read(part)
        place = _place(part.filename, hidden)
        is_markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
        if not is_markup or (b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff"))):
            yield Piece(place, inner=data)
        elif archives.declares_entities(data):
            raise Unreadable("里面有外部实体")
        else:
            yield from _of_part(place, data)
            cells = unescaped(_in_cells(data, strings))
            rows = cells.replace("</td><td>", "，") if "<td>" in cells else ""
            yield Piece("表格里", "\n".join([*columns(cells), _TAG.sub("\n", rows)]))


def _of_part(place: str, data: bytes) -> Iterator[Piece]:
    if place == "文件属性":
        for name, text in _PROPERTY.findall(data.decode("utf-8", "replace")):
            yield Piece(f"文件属性{_PROPERTIES.get(name, '')}", markup(text))
    yield Piece(place, markup(data))


def _shared_strings(archive: ZipFile) -> list[str]:
    """What the cells of an Excel file say whose values are numbers of texts."""
    with suppress(KeyError):
        said = archive.read("xl/sharedStrings.xml").decode("utf-8", "replace")
        return [_TAG.sub("", text) for text in re.split(r"<si[\s>]", said)[1:]]
    return []


def _in_cells(data: bytes, strings: list[str]) -> str:
    """The markup of a part, with the texts of Excel's cells in them, named as those of a web page."""
    text = data.decode("utf-8", "replace")
    if "<sheetData" not in text:
        return text
    return "".join(f"<tr>{_row(row, strings)}</tr>" for row in re.split(r"<row[ >]", text)[1:])


def _row(markup_of_row: str, strings: list[str]) -> str:
    """The cells of a row of a sheet, also those that are left out because nothing is written there."""
    cells: list[str] = []
    for cell in _EXCEL_CELL.finditer(markup_of_row):
        if at := re.search(r'\br="([A-Z]{1,2})\d', cell[1]):
            cells += [""] * (_column(at[1]) - 1 - len(cells))
        cells.append(_said(cell, strings))
    return "".join(f"<td>{said}</td>" for said in cells)


def _column(letters: str) -> int:
    """The number, from 1, of the column B, or AB, of a sheet."""
    *tens, last = (ord(letter) - ord("A") + 1 for letter in letters)
    return sum(tens) * 26 + last


def _said(cell: re.Match[str], strings: list[str]) -> str:
    text = _TAG.sub("", cell[2] or "").replace('"&amp;"', "")  # which a formula puts together
    is_number = 't="s"' in cell[1] and text.isdigit() and int(text) < len(strings)
    if _LONG_NUMBER.fullmatch(text):  # of which only the first digits are kept
        return f"{Decimal(text):f}"
    return strings[int(text)] if is_number else text


_LONG_NUMBER = re.compile(r"\d\.\d+[Ee]\+1[4-8]")
_TAG = re.compile(r"<[^<>]*>")
_EXCEL_CELL = re.compile(r"<c( [^<>]*?)(?:/>|>((?:(?!<c[ >]).)*?)</c>)", re.DOTALL)
_PROPERTY = re.compile(r"<(?:\w+:)?([\w-]+)(?:\s[^<>]*)?>([^<>]+)</")
_PROPERTIES = {
    "creator": "“作者”",
    "initial-creator": "“作者”",
    "lastModifiedBy": "“修改者”",
    "description": "“备注”",
    "title": "“标题”",
    "subject": "“主题”",
    "keywords": "“关键词”",
    "keyword": "“关键词”",
    "Company": "“单位”",
    "Manager": "“经理”",
    "category": "“类别”",
}
_PLACES = (
    (r"docProps/custom\.xml", "自定义属性"),
    (r"docProps/|meta\.xml", "文件属性"),
    (r"(?i:.*comments?.*)", "批注"),
    (r".*/(?:header|footer)\d*\.xml", "页眉页脚"),
    (r".*notes?(?:Slide)?s?\d*\.xml", "备注和脚注"),
    (r"xl/(?:worksheets/|sharedStrings|tables/)", "工作表"),
    (r"xl/workbook\.xml", "工作表的名称"),
    (r".*\.rels", "链接"),
    (r"(?:word|xl|ppt)/media/|Pictures/", "里面的图片"),
    (r"word/document\.xml|content\.xml|ppt/slides/", "正文"),
)


def _place(name: str, hidden: frozenset[str]) -> str:
    if name in hidden:
        return "隐藏的工作表"
    return next((place for pattern, place in _PLACES if re.match(pattern, name)), "里面的文件")


def _hidden_sheets(archive: ZipFile) -> frozenset[str]:
    try:
        book = archive.read("xl/workbook.xml").decode("utf-8", "replace")
        links = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    except KeyError:
        return frozenset()
    sheets = re.findall(r"<sheet\s[^<>]*>", book)
    unseen = [sheet for sheet in sheets if re.search(r'state="\w*[hH]idden', sheet)]
    ids = {match[1] for s in unseen if (match := re.search(r'r:id="([^"]*)"', s))}
    targets = set()
    for link in re.findall(r"<Relationship\s[^<>]*>", links):
        at, to = (re.search(rf'\b{key}="([^"]*)"', link) for key in ("Id", "Target"))
        if at and to and at[1] in ids:
            targets.add("xl/" + to[1].removeprefix("/xl/"))
    return frozenset(targets)
