"""Imports rows of a spreadsheet as records; those that are refused go into a workbook, with why."""

import errno
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter

from fazhi.commands.spreadsheets import books, checking, faults, rows, sheets, tables
from fazhi.commands.spreadsheets.books import HEADER
from fazhi.commands.spreadsheets.checking import Entry, Place, Tell, counted, untold
from fazhi.commands.spreadsheets.matching import Matcher
from fazhi.commands.spreadsheets.sheets import Row
from fazhi.commands.spreadsheets.tables import Table
from fazhi.personal import masked
from fazhi.problems.problem import Problem, Severity
from fazhi.problems.quoting import printable
from fazhi.records import ledger
from fazhi.schema.kinds import Kind
from fazhi.schema.township import Settings
from fazhi.sources import files
from fazhi.sources.text import as_text
from fazhi.sources.tree import Tree


@dataclass(slots=True)
class Plan:
    """What an import would do: `entries` are the rows that are new or change a record."""

    tables: list[Table] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unchanged: int = 0
    is_unread: bool = False
    """Whether there is nothing that could be taken, whatever is skipped."""

    @property
    def refused(self) -> dict[Place, list[Problem]]:
        """The errors by their rows."""
        found: dict[Place, list[Problem]] = defaultdict(list)
        read = {(t.sheet.path, row.number) for t in self.tables for row in t.rows}
        for problem in self.problems:
            place = (problem.path, problem.line)
            if problem.severity is Severity.ERROR and place in read:
                found[place].append(problem)
        return dict(found)

    def accepted(self) -> list[Entry]:
        """The entries whose rows have no error."""
        refused = self.refused
        return [entry for entry in self.entries if entry.place not in refused]

    def told(self) -> Iterator[str]:
        """Every problem with its cell, as Excel names it."""
        for problem in self.problems:
            place = f"{problem.path} 第{problem.line}行 {get_column_letter(problem.column)}列"
            text = f"{problem.severity} {problem.rule} {problem.message}。{problem.hint}"
            yield printable(masked(f"{place}: {text}"))

    def lines(self) -> Iterator[str]:
        """What is done with each row that is accepted."""
        return chain.from_iterable(entry.lines() for entry in self.accepted())

    def summary(self) -> str:
        """How many rows there were, and what becomes of them."""
        accepted, rows = self.accepted(), sum(len(table.rows) for table in self.tables)
        new = sum(entry.record is None for entry in accepted)
        return (
            f"读到 {rows} 行：新增 {new}，改动 {len(accepted) - new}，"
            f"没有变化 {self.unchanged}，退回 {len(self.refused)}，"
            f"跳过空行和合计行 {sum(table.passed_over for table in self.tables)}。"
        )

    def write(self, root: Path, tell: Tell = untold) -> None:
        """Write the files of what is accepted, all or none. Raises OSError, also for one that exists or
        that somebody has changed since it was read."""
        entries = self.accepted()
        changed = {e.path: (root / e.path).read_bytes() for e in entries if e.record}
        for record in (entry.record for entry in entries if entry.record):
            if as_text(changed[record.path], record.path)[0] != record.source.text:
                raise FileExistsError(errno.EEXIST, "刚才被别人改过", str(root / record.path))
        made = {entry.path: _bytes(entry.text, changed.get(entry.path, b"")) for entry in entries}
        files.write(root, made, changed, lambda steps: counted(steps, "写入", tell))


def plan(
    tree: Tree, file: Path, settings: Settings, today: date, kind: Kind | None, tell: Tell = untold
) -> Plan:
    """Read a spreadsheet against the records of a project. Nothing is written."""
    tell("正在读台账…")
    given, problems = sheets.read(file)
    if not given and not problems:
        problems = [Problem(file.name, 1, 1, *faults.no_header("里面没有表", "核对是不是这个文件"))]
    found, header_problems = tables.recognised(given, settings, kind) if given else ([], [])
    if not settings.township.is_sample:
        hint = "换成自己的；里面是真的记录的，改文件名、表名，删去“性质”一列"
        sample = faults.sample("这是示例的台账，不是真的记录", hint)
        problems += [
            Problem(s.path, 1, 1, *sample) for s in given if tables.is_sample(s, file.stem)
        ]
    made = Plan(found, problems=problems + header_problems)
    made.is_unread = any(p.severity is Severity.ERROR for p in made.problems)
    if made.is_unread:
        return made
    book = ledger.load(tree)
    matcher = Matcher(tree, book, today)
    for table in found:
        for row in counted(table.rows, "核对", tell):
            draft = rows.draft(table, row)
            entry = matcher.entry(draft)
            made.problems += (
                Problem(table.sheet.path, row.number, column, *fault)
                for column, fault in draft.problems()
            )
            if entry and entry.is_change:
                made.entries.append(entry)
            elif not draft.at_fault:
                made.unchanged += 1
    for entry in made.entries:
        if fault := matcher.corrected(entry):
            path, line = entry.place
            made.problems.append(Problem(path, line, entry.draft.column(("标题",)), *fault))
    made.problems += checking.problems(made.entries, book, settings, today, tell)
    order = {table.sheet.path: place for place, table in enumerate(found)}
    made.problems = sorted(set(made.problems), key=lambda p: (order.get(p.path, -1), p))
    return made


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
    return [cell and books.cell(sheet, cell.value, style, cell.form) for cell in cells]
