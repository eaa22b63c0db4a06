"""Writes workbooks: no cell is a formula, and nothing says who made the file."""

import contextlib
import errno
import io
import os
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from lxml.etree import SerialisationError
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter

from fazhi.commands.spreadsheets.cells import CellValue, plain
from fazhi.sources.archives import zipped
from fazhi.sources.files import put

MAX_TEXT = 32_767  # how many characters Excel keeps in a cell

TEXT, NUMBER, DAY, HEADER = "台账文字", "台账数量", "台账日期", "台账表头"
"""The styles of the cells."""
_FORMATS = {TEXT: "@", NUMBER: "0", DAY: "yyyy-mm-dd", HEADER: "@"}  # @: text
_CORE = (  # properties of a document that name no author and no time
    '<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp='
    '"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


@contextlib.contextmanager
def tables_in(folder: Path) -> Iterator[None]:
    """Let the library write each table into this folder first. Raises OSError where it cannot."""
    tempfile.tempdir = str(folder)
    try:
        yield
    except SerialisationError:
        sys.unraisablehook = lambda _: None  # it fails once more for each table that it had begun
        number = errno.ENOSPC  # it does not say why
        try:
            (folder / "x").write_bytes(bytes(1_000_000))
        except OSError as error:
            number = error.errno or number
        where = (
            None if number == errno.EFBIG else str(folder.parent)
        )  # no more may any other file be
        raise OSError(number, os.strerror(number), where) from None
    finally:
        tempfile.tempdir = None


def new() -> Workbook:
    """An empty workbook with our styles."""
    book = Workbook(write_only=True)
    top = Alignment(vertical="top", wrap_text=True)
    for name, form in _FORMATS.items():
        font = Font(name="宋体", size=11, bold=name == HEADER)
        book.add_named_style(NamedStyle(name, font, number_format=form, alignment=top))
    return book


def cell(sheet: Any, value: CellValue, style: str = "", form: str = "") -> Any:
    """A cell that shows its value, of a number format of its own, and does nothing else."""
    made: Any
    if isinstance(value, int | float | date | time | timedelta):
        made = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # the stubs know no date
        made.style = style or (DAY if isinstance(value, date) else NUMBER)
        made.number_format = form or made.number_format
        return made
    value = plain(value)
    made = WriteOnlyCell(sheet, escaped(value))
    made.data_type = "s"  # a text that begins with = would else be a formula
    made.style = style or TEXT
    if value.startswith(("=", "+", "-", "@")):
        made.quotePrefix = True
    return made


def escaped(text: str) -> str:
    """A text as .xlsx keeps it: what XML cannot hold is written by its number."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    not_in_xml = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
    return re.sub(not_in_xml, lambda match: f"_x{ord(match[0]):04X}_", text)


def length(text: str) -> int:
    """How many characters a text takes in a cell, as Excel counts them."""
    return len(escaped(text).encode("utf-16-le")) // 2


def set_width(sheet: Any, column: int, width: int, style: str = TEXT) -> None:
    """The width of a column, and the style of its cells that are not filled yet."""
    dimension = sheet.column_dimensions[get_column_letter(column)]
    dimension.width = width
    dimension.number_format = _FORMATS[style]


def packed(book: Workbook) -> bytes:
    """A workbook as a file: the same cells give the same bytes, whoever saves it, whenever."""
    saved = io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    return zipped(parts | {"docProps/core.xml": _CORE.encode()})


def write_beside(data: bytes, wanted: Path) -> Path:
    """Write a file that is not there yet: where the name is taken, -2, -3 is put to it. Raises
    OSError; nothing is left of it then."""
    for number in count(1):
        suffix = f"-{number}" if number > 1 else ""
        file = wanted.with_name(f"{wanted.stem}{suffix}{wanted.suffix}")
        if not os.path.lexists(file):
            break
    put({file: data}, file.parent)
    return file
