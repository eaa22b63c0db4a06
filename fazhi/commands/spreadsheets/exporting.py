"""Exports records as a workbook that offices can edit, and that can be imported again."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from fazhi.commands.spreadsheets import books, cells, faults, rows
from fazhi.commands.spreadsheets.books import DAY, HEADER, NUMBER, TEXT
from fazhi.commands.spreadsheets.cells import CellValue
from fazhi.commands.spreadsheets.columns import FILE_NAME, PROSE, Column, columns
from fazhi.commands.spreadsheets.sheets import WORDS
from fazhi.problems.problem import Problem
from fazhi.records.record import Record
from fazhi.schema.kinds import Kind
from fazhi.schema.township import Settings

SPARE_ROWS = 1000  # how many rows below the last record have drop-down lists, too
_STYLES = {"number": NUMBER, "day": DAY}
_WIDTHS = {"number": 10, "day": 12, "list": 20, "pairs": 24, "rows": 40}
_OWN_WIDTHS = {FILE_NAME: 24, "标题": 36, PROSE: 60}
_MANNERS = {
    "number": "只写数字，不写单位",
    "day": "写成 2024-04-15 这样",
    "list": "几个之间用顿号",
    "pairs": "一行一项，写“名称: 数量”，换行按 Alt+Enter",
    "rows": "一行一项，写“名称: …, 份数: …”或者“标题: …, 主题: …”，换行按 Alt+Enter",
}


def workbook(
    records: Sequence[Record], kinds: Sequence[Kind], settings: Settings, year: int
) -> tuple[bytes, list[Problem]]:
    """A year's records, a sheet a kind; the problems are of records that no sheet can hold."""
    book = books.new()
    lists: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for kind in kinds:
        of_kind = [record for record in records if record.kind == kind]
        problems += _sheet(book, of_kind, kind, settings, year, lists)
    words: Any = book.create_sheet(WORDS)  # the words of the drop-down lists, a column a list
    words.sheet_state = "hidden"
    words.append([books.cell(words, name, HEADER) for name in lists])
    for line in zip_longest(*lists.values()):
        words.append([word and books.cell(words, word) for word in line])
    return books.packed(book), problems


def _sheet(
    book: Workbook,
    records: Sequence[Record],
    kind: Kind,
    settings: Settings,
    year: int,
    lists: dict[str, tuple[str, ...]],
) -> Iterator[Problem]:
    made = columns(kind, settings)
    mark = settings.township.sample_mark if records else ""
    sheet: Any = book.create_sheet(f"{kind.name}{mark}")
    sheet.freeze_panes = "C2"  # the number and the title stay in sight
    for number, column in enumerate(made, 1):
        width = _OWN_WIDTHS.get(column.key) or _WIDTHS.get(column.form, 16)
        books.set_width(sheet, number, width, _STYLES.get(column.form, TEXT))
    sheet.append([_header(sheet, column, kind) for column in made])
    last = 1
    for record in records:
        data = rows.as_row(record.fields)
        values = [_value(record, data, column) for column in made]
        lengths = (books.length(value) if isinstance(value, str) else 0 for value in values)
        sized = zip(made, lengths, strict=True)
        if too_long := [(c.header, size) for c, size in sized if size > books.MAX_TEXT]:
            message = "“{}”有 {} 字，一格里放不下，没有导出".format(*too_long[0])
            yield Problem(record.path, 1, 1, *faults.too_long(message, "写短一些"))
            continue
        sheet.append([v if v is None else books.cell(sheet, v) for v in values])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(made))}{last}"
    for number, column in enumerate(made, 1):
        spec = kind.fields.get(column.key)
        if spec is None or column.form not in ("text", "list"):
            continue
        if words := settings.words(kind, spec, year):
            lists[f"{kind.name}{column.header}"] = words
            letter, in_lists = get_column_letter(number), get_column_letter(len(lists))
            sheet.data_validations.append(
                DataValidation(
                    type="list",
                    sqref=f"{letter}2:{letter}{last + SPARE_ROWS}",
                    formula1=f"'{WORDS}'!${in_lists}$2:${in_lists}${len(words) + 1}",
                    allow_blank=True,
                    showErrorMessage=column.form == "text",  # else several words may be typed
                    errorTitle="词表里没有",
                    error=f"“{column.header}”只能从列表里选。要用新词，先加进词表。",
                )
            )


def _value(record: Record, data: rows.Data, column: Column) -> CellValue | None:
    if column.key == FILE_NAME:
        return record.stem
    if column.key == PROSE:
        return record.source.body.strip() or None
    held = data.get(column.key)
    if column.counter:
        held = (held or {}).get(column.counter)
    return None if held is None else cells.written(column, held)


def _header(sheet: Any, column: Column, kind: Kind) -> Any:
    required = column.required or column.key == kind.model.leading
    made = books.cell(sheet, column.header + ("*" if required else ""), HEADER)
    parts = (column.meaning, column.note, _MANNERS.get(column.form, ""))
    text = "。\n".join(filter(None, parts)) + "。"
    made.comment = Comment(text, "说明", height=100, width=260)
    return made
