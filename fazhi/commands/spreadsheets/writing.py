"""Writes what an import makes: the records' files, and a workbook of the refused rows."""

import errno
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from fazhi.commands.spreadsheets import books
from fazhi.commands.spreadsheets.books import HEADER
from fazhi.commands.spreadsheets.checking import Entry
from fazhi.commands.spreadsheets.importing import Plan
from fazhi.commands.spreadsheets.sheets import Row
from fazhi.sources import files as folders


def write(root: Path, entries: Sequence[Entry]) -> None:
    """Write the files of the entries, all or none. Raises OSError, also for one that exists."""
    files: dict[Path, bytes | Path | None] = {}
    for entry in entries:
        place = root / entry.path
        if entry.record is None and place.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place))
        files[place] = _bytes(entry.text, place.read_bytes() if entry.record else b"")
    with folders.replaced(files, root):
        pass


def _bytes(text: str, old: bytes) -> bytes:
    """A text as bytes, with the mark at the beginning and the line ends that its file had."""
    if b"\r\n" in old and b"\n" not in old.replace(b"\r\n", b""):
        text = text.replace("\n", "\r\n")
    return (b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b"") + text.encode()


def refused(made: Plan) -> bytes:
    """A workbook of the refused rows as they were, and why: to be fixed, and imported as it is."""
    book, reasons = books.new(), made.refused
    for table in made.tables:
        path = table.sheet.path
        bad = [row for row in table.rows if (path, row.number) in reasons]
        if bad:
            sheet: Any = book.create_sheet(table.kind.name)
            last = max(max(row.cells) for row in (table.header, *bad)) + 1
            books.set_width(sheet, last, 60)
            sheet.append(
                [*_cells(sheet, table.header, last, HEADER), books.cell(sheet, "原因", HEADER)]
            )
            for row in bad:
                reason = "\n".join(
                    f"{get_column_letter(p.column)}列：{p.message}。{p.hint}（{p.rule}）"
                    for p in reasons[path, row.number]
                )
                sheet.append([*_cells(sheet, row, last), books.cell(sheet, reason)])
    return books.packed(book)


def _cells(sheet: Any, row: Row, last: int, style: str = "") -> list[Any]:
    cells = (row.cells.get(number) for number in range(1, last))
    return [cell and books.cell(sheet, cell.value, style) for cell in cells]
