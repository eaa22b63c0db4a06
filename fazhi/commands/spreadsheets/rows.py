"""Converts rows to data of records, and records to the data of their rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from openpyxl.utils import get_column_letter

from fazhi.commands.spreadsheets import cells, faults
from fazhi.commands.spreadsheets.columns import FILE_NAME, PROSE
from fazhi.commands.spreadsheets.sheets import Row
from fazhi.commands.spreadsheets.tables import Table
from fazhi.problems.problem import Fault
from fazhi.schema.every_kind import Fields
from fazhi.sources.faults import invisible
from fazhi.sources.text import unseen

Data = dict[str, Any]


@dataclass(slots=True)
class RowDraft:
    """What a row holds: `keys` are those that it has columns for, `named` those of 计数 and 标记.

    A key that is in `keys` and not in `data` has an empty cell. `prose` is None without a column.
    `blank` are the columns whose cells must be filled and are not; `faults` are those of the other
    cells, by the number of their column.
    """

    table: Table
    row: Row
    data: Data = field(default_factory=dict)
    number: str = ""
    prose: str | None = None
    keys: set[str] = field(default_factory=set)
    named: dict[str, set[str]] = field(default_factory=dict)
    blank: list[int] = field(default_factory=list)
    faults: list[tuple[int, Fault]] = field(default_factory=list)

    def column(self, *wanted: tuple[str, ...]) -> int:
        """The number of the first column wanted that there is, else of the first of all."""
        found = (self.table.column_of(*keys) for keys in wanted)
        return next((number for number in found if number), min(self.table.columns))

    def refuse(self, fault: Fault) -> None:
        """Note a fault of the row as a whole."""
        self.faults.append((self.column((FILE_NAME,), ("标题",)), fault))

    @property
    def is_doubtful(self) -> bool:
        """Whether it is hardly a record: a unit, a note, an empty form."""
        return len(self.blank) > 1 and len(self.table.columns.keys() & self.row.cells) < 3

    @property
    def at_fault(self) -> set[str]:
        """The keys whose cells are at fault."""
        found = (*self.blank, *(number for number, _ in self.faults))
        return {self.table.columns[number].key for number in found}

    def problems(self) -> Iterator[tuple[int, Fault]]:
        """What is wrong, by the number of the column: of a doubtful row nothing but its blanks."""
        if self.blank:
            blank = [self.table.columns[number] for number in self.blank]
            yield self.blank[0], faults.blank([c.header for c in blank], blank[0].meaning)
        if not self.is_doubtful:
            yield from self.faults

    @property
    def day(self) -> date | None:
        """The leading date, where it is one."""
        leading = self.data.get(self.table.kind.model.leading) or self.data.get("起始日期")
        return self.table.kind.leading_day(leading)

    @property
    def identity(self) -> tuple[object, ...]:
        """As `Record.identity`, as far as the row says."""
        return self.table.kind.name, self.day, self.data.get("类别"), self.data.get("标题")

    def merged(self, held: Mapping[str, Any]) -> Data:
        """The data of a record with what the row says of it; what it has no column for is kept."""
        data = {key: value for key, value in held.items() if key not in self.keys}
        data.update(self.data)
        for key, names in self.named.items():
            said = self.data.get(key, {})
            both = (held.get(key) or {}) | said
            gone = names - said.keys()
            data[key] = {name: value for name, value in both.items() if name not in gone}
        return {key: value for key, value in data.items() if value not in (None, {}, [])}


def draft(table: Table, row: Row) -> RowDraft:
    """What a row says, and what is wrong with its cells."""
    made = RowDraft(table, row)
    parts: list[tuple[int, Any]] = []
    for number, column in table.columns.items():
        try:
            value = _value(table, row, number)
        except cells.Unfit as unfit:
            made.faults.append((number, unfit.fault))
            value = None
        else:
            if value is None and column.required:
                made.blank.append(number)
        if column.part:
            parts += [(number, value)] if value else []
        elif column.key == FILE_NAME:
            made.number = str(value or "").removesuffix(".md")
        elif column.key == PROSE:
            made.prose = str(value or "")
        else:
            made.keys.add(column.key)
            if column.counter:
                made.named.setdefault(column.key, set()).add(column.counter)
            if value is not None:
                held = made.data.setdefault(column.key, {}) if column.counter else made.data
                held[column.counter or column.key] = value
    _spread(made, parts)
    return made


def _spread(made: RowDraft, parts: Iterable[tuple[int, Any]]) -> None:
    """Give the items of a list what columns of their own hold of them, by the numbers of these."""
    for number, value in parts:
        column = made.table.columns[number]
        if column.key not in made.at_fault:
            try:
                cells.spread(column, made.data.get(column.key, ()), value)
            except cells.Unfit as unfit:
                made.faults.append((number, unfit.fault))


def _value(table: Table, row: Row, number: int) -> Any:
    column, cell = table.columns[number], row.cells.get(number)
    if cell and cell.fault:
        raise cells.Unfit(cell.fault)
    for _, sign in unseen(cell.value) if cell and isinstance(cell.value, str) else ():
        raise cells.Unfit(invisible(sign))
    if cell and (area := cell.merged):
        # Words and days merged over several rows are those of each; numbers, or columns, cannot be.
        if any(area.left < other <= area.right for other in table.columns):
            left, right = get_column_letter(area.left), get_column_letter(area.right)
            message = f"{left}至{right}列合并成一格，不知道是哪一列的"
            raise cells.Unfit(faults.merged(message, "拆开，逐格填"))
        if area.bottom > area.top and column.form in ("number", "pairs"):
            message = f"第{area.top}至{area.bottom}行合并成一格，数量不知道怎样分"
            raise cells.Unfit(faults.merged(message, "拆开，逐行填"))
    return cells.read(column, cell.value, table.sheet.epoch, cell.form) if cell else None


def as_row(fields: Fields) -> Data:
    """A record as the data of its row: days in ISO form, nothing that is empty."""
    held = fields.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {key: _with_lf(value) for key, value in held.items() if value not in ({}, [])}


def _with_lf(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, list):
        return [_with_lf(item) for item in value]
    return {k: _with_lf(held) for k, held in value.items()} if isinstance(value, dict) else value
