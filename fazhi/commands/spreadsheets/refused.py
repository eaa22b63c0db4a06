"""The rows that were sent back, as a workbook: as they were, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from openpyxl.utils import get_column_letter

from fazhi.commands.spreadsheets import books
from fazhi.commands.spreadsheets.books import HEADER
from fazhi.commands.spreadsheets.importing import Plan
from fazhi.commands.spreadsheets.sheets import Row
from fazhi.problems.problem import Problem

REASON = "原因"


def workbook(made: Plan) -> bytes:
    """A sheet for every table with rows that were refused: to be mended, and imported as it is."""
    refused = made.refused
    book = books.new()
    for table in made.tables:
        path = table.sheet.path
        bad = [row for row in table.rows if (path, row.number) in refused]
        if bad:
            sheet: Any = book.create_sheet(table.kind.name)
            last = max(max(row.cells) for row in (table.header, *bad)) + 1
            books.set_width(sheet, last, 60)
            sheet.append(
                [*_values(sheet, table.header, last, HEADER), books.cell(sheet, REASON, HEADER)]
            )
            for row in bad:
                reason = books.cell(sheet, _reason(refused[path, row.number]))
                sheet.append([*_values(sheet, row, last), reason])
    return books.packed(book)


def _values(sheet: Any, row: Row, last: int, style: str = "") -> list[Any]:
    cells = (row.cells.get(number) for number in range(1, last))
    return [cell and books.cell(sheet, cell.value, style) for cell in cells]


def _reason(problems: Sequence[Problem]) -> str:
    told = (f"{get_column_letter(p.column)}列：{p.message}。{p.hint}（{p.rule}）" for p in problems)
    return "\n".join(told)
