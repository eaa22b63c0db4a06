"""Reads a spreadsheet as plain rows: .xlsx, or .csv in UTF-8 or GB18030."""

import csv
import io
import math
import re
import warnings
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree.ElementTree import iterparse

from openpyxl.reader.excel import ExcelReader
from openpyxl.utils.cell import range_boundaries
from openpyxl.utils.datetime import WINDOWS_EPOCH

from fazhi.commands.spreadsheets import archive, faults
from fazhi.commands.spreadsheets.cells import CellValue, Unfit
from fazhi.problems.problem import Fault, Problem
from fazhi.problems.quoting import shown
from fazhi.problems.reasons import reason
from fazhi.sources.text import conflict_marks, decoded

MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELLS = 500_000
LAST_ROW = 1_048_576  # Excel's own limit: offices leave formats on rows down to here
WORDS = "词表"
"""The hidden sheet of an exported ledger, with the words of its drop-down lists; of a copy, 词表 (2)."""
_LESS = "删去照片和没有用的表，或者分成几个文件"
_ANEW = "用 Excel 或者 WPS 打开看一看，另存一份再导入"
_FORMULA = faults.computed("这一格是公式", "复制以后，在原处选择性粘贴为数值")
_TOO_LARGE = faults.too_large(f"表超过 {MAX_ROWS} 行、{MAX_COLUMNS} 列", _LESS)
_ESCAPED = re.compile(r"_x(?![dD][89A-Fa-f])([0-9A-Fa-f]{4})_")  # what XML cannot hold, in .xlsx


class Merged(NamedTuple):
    """The range of a merged cell."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Cell:
    """What is in a cell. `fault` says why it cannot be used: a formula, or an error value. `merged`
    is its range, where that has other rows that are not blank, or other columns. `form` is the
    number format of what is no text."""

    value: CellValue
    fault: Fault | None = None
    merged: Merged | None = None
    form: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not blank: its number, and its cells by the number of their column."""

    number: int
    cells: dict[int, Cell]


@dataclass(slots=True)
class Sheet:
    """A sheet, `path` in problems: its rows, how many blank ones are between, its filled cells."""

    name: str
    path: str
    rows: list[Row] = field(default_factory=list)
    filled: int = 0
    epoch: datetime = WINDOWS_EPOCH

    @property
    def blank(self) -> int:
        return self.rows[-1].number - len(self.rows) if self.rows else 0


def read(file: Path) -> tuple[list[Sheet], list[Problem]]:
    """The sheets of a file, or why it cannot be read."""
    try:
        if file.stat().st_size > archive.MAX_FILE:
            raise Unfit(faults.too_large("文件超过 30 MB", _LESS))
        form = _csv if file.suffix.lower() == ".csv" else _xlsx
        return form(file.read_bytes(), file.name)
    except OSError as error:
        fault = faults.unreadable(f"文件读不出来：{reason(error)}", "关掉打开着它的程序，再试")
    except Unfit as unfit:
        fault = unfit.fault
    return [], [Problem(file.name, 1, 1, *fault)]


def _csv(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    text = decoded(data, "utf-8-sig", "gb18030")
    if text is None:
        hint = "另存为“CSV UTF-8”，或者 .xlsx"
        raise Unfit(faults.unreadable("不是 UTF-8 或者 GB18030 编码", hint))
    if conflicts := list(conflict_marks(name, text.replace("\r\n", "\n"))):
        return [], conflicts
    # A title above the header has nothing between its words.
    first = re.search(r"(?<![^\r\n])[^\r\n,\t;]*[,\t;][^\r\n]*", text)
    delimiter = max(",\t;", key=first[0].count) if first else ","
    sheet = Sheet(Path(name).stem, name)
    csv.field_size_limit(archive.MAX_FILE)  # else a long cell is told as one that never ends
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, values in enumerate(reader, 1):
            filled = [(c, v) for c, v in enumerate(map(_clean, values), 1) if v]
            # What Excel would take for a formula is one.
            _add(sheet, number, {c: Cell(v, _FORMULA if v[0] == "=" else None) for c, v in filled})
    except csv.Error:
        fault = faults.unreadable("引号没有成对，分不清各格", "用 Excel 或者 WPS 另存为 .xlsx")
        return [], [Problem(name, number + 1, 1, *fault)]
    return [sheet], []


def _xlsx(data: bytes, name: str) -> tuple[list[Sheet], list[Problem]]:
    try:
        with archive.opened(data) as opened, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out: it is not asked for
            found: list[Problem] = []
            sheets = _sheets(archive.transitional(data, opened), name, found)
            cells = (cell for sheet in sheets for row in sheet.rows for cell in row.cells.values())
            links = any("externalLinks" in part for part in opened.namelist())
            # A drop-down list that was copied along leads out as well, and nothing is read of it.
            if links and any(cell.fault == _FORMULA for cell in cells):
                hint = "在“数据”“编辑链接”里断开链接"
                linked = faults.linked("台账引用了别的文件，程序不去打开", hint)
                found.insert(0, Problem(name, 1, 1, *linked))
            return sheets, found
    except Unfit:
        raise
    except Exception:  # openpyxl raises whatever a part that is not as it should be leads it to
        raise Unfit(faults.unreadable("文件的内容不完整，读不出来")) from None


def _sheets(data: bytes, name: str, problems: list[Problem]) -> list[Sheet]:
    reader = ExcelReader(io.BytesIO(data), read_only=True, keep_links=False)
    reader.read()
    for listed, part in reader.parser.find_sheets():
        if part.target not in reader.valid_files:  # which openpyxl passes over
            raise Unfit(faults.unreadable(f"表{shown(listed.name)}不在文件里", _ANEW))
    book = reader.wb
    given = [sheet for sheet in book.worksheets if not sheet.title.startswith(WORDS)]
    sheets = []
    for sheet in given:
        path = f"{name}“{sheet.title}”" if len(given) > 1 else name
        if sheet.sheet_state == "visible":
            sheets.append(_sheet(sheet, path, book.epoch))
        else:
            fault = faults.left_out("这是隐藏的表，没有导入", "要导入的，取消隐藏")
            problems.append(Problem(path, 1, 1, *fault))
    book.close()
    return sheets


def _sheet(given: Any, path: str, epoch: datetime) -> Sheet:
    sheet = Sheet(given.title, path, epoch=epoch)
    given.reset_dimensions()  # what a file says of its size need not be true
    filled_rows = 0
    for number, row in enumerate(given.iter_rows(), 1):
        if number > LAST_ROW:
            raise Unfit(_TOO_LARGE)
        if not row:  # LibreOffice writes the last row that there may be: a million are not there
            continue
        filled_rows += any(c.value is not None for c in row)
        filled = ((c.column, _cell(c)) for c in row if c.value is not None)
        _add(sheet, number, {column: cell for column, cell in filled if cell})
    merged, written = _merged(given)
    if written > filled_rows:  # openpyxl passes over rows whose numbers do not rise
        said = f"表{shown(given.title)}里写着 {written} 行，只读得出 {filled_rows} 行"
        raise Unfit(faults.unreadable(said, _ANEW))
    _fill_down(sheet, merged)
    return sheet


def _cell(given: Any) -> Cell | None:
    value = given.value
    if given.data_type == "f":
        return Cell(value if isinstance(value, str) else "=", _FORMULA)
    if given.data_type == "e":
        fault = faults.computed(f"这一格是错误值{shown(str(value))}", "照原始材料填上")
        return Cell(str(value), fault)
    if isinstance(value, str):
        value = _clean(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), value))
    if isinstance(value, float) and not math.isfinite(value):
        value = str(value)
    form = "" if isinstance(value, str) else given.number_format
    return Cell(value, form=form) if value != "" else None


def _merged(sheet: Any) -> tuple[list[Merged], int]:
    """The merged ranges, which openpyxl keeps only of a sheet that it holds as a whole; and how many
    rows hold something."""
    found, rows = [], 0
    with sheet._get_source() as part:
        for _, element in iterparse(part):
            tag = element.tag.rpartition("}")[2]
            if tag == "mergeCell":
                left, top, right, bottom = range_boundaries(element.get("ref", ""))
                if left and top and right and bottom:
                    found.append(Merged(left, top, right, bottom))
            if tag == "row":
                rows += any(
                    (one.text or "").strip() and one.tag.endswith(("}v", "}t"))
                    for one in element.iter()
                )
            if tag in {"mergeCell", "row"}:
                element.clear()
    return found, rows


def _fill_down(sheet: Sheet, merged: list[Merged]) -> None:
    """The first cell of a range merged over several rows is the cell of all of them."""
    rows = {row.number: row for row in sheet.rows}
    for area in merged:
        first = rows[area.top].cells.get(area.left) if area.top in rows else None
        if first is None:
            continue
        below = range(area.top + 1, min(area.bottom, MAX_ROWS) + 1)
        sheet.filled += len(below)
        if sheet.filled > MAX_CELLS:
            raise Unfit(_TOO_LARGE)
        held = [rows[number] for number in (area.top, *below) if number in rows]
        if len(held) > 1 or area.right > area.left:
            first = replace(first, merged=area)
        for row in held:
            row.cells[area.left] = first


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _add(sheet: Sheet, number: int, cells: dict[int, Cell]) -> None:
    if not cells:
        return
    sheet.filled += len(cells)
    if number > MAX_ROWS or max(cells) > MAX_COLUMNS or sheet.filled > MAX_CELLS:
        raise Unfit(_TOO_LARGE)
    sheet.rows.append(Row(number, cells))
