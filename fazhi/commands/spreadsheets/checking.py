"""Checks rows as the files that they would become, and reports at the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from fazhi import rules
from fazhi.commands.spreadsheets.columns import FILE_NAME, PERIOD, PROSE
from fazhi.commands.spreadsheets.rows import RowDraft
from fazhi.figures import yearly
from fazhi.problems.problem import Problem
from fazhi.problems.quoting import shown
from fazhi.records import ledger
from fazhi.records.ledger import Ledger
from fazhi.records.record import Record
from fazhi.rules import definitions
from fazhi.schema.township import Settings
from fazhi.sources import front_matter, strict_yaml

Place = tuple[str, int]  # a row: the path of its sheet, and its number


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be written, its row, and the record that it changes (from `before`), if any."""

    draft: RowDraft
    path: str
    year: int
    text: str
    record: Record | None
    changes: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    prose_changed: bool = False

    @property
    def place(self) -> Place:
        return self.draft.table.sheet.path, self.draft.row.number

    @property
    def is_change(self) -> bool:
        return self.record is None or bool(self.changes) or self.prose_changed

    def lines(self) -> Iterator[str]:
        """What it does, for people to read."""
        done = "改动" if self.record else "新增"
        yield f"{done} {self.path}（第{self.draft.row.number}行）"
        for key, value in self.changes.items():
            both = ("（空）" if v is None else shown(v) for v in (self.before.get(key), value))
            yield f"    {key}：{' → '.join(both)}"
        if self.prose_changed:
            yield "    正文有改动"


def problems(
    entries: Sequence[Entry], book: Ledger, settings: Settings, today: date
) -> Iterator[Problem]:
    """What the checker would report of the rows' files among all others, at their cells."""
    by_path = {entry.path: entry for entry in entries}
    found: list[Problem] = []
    would_be = [record for record in book.records if record.path not in by_path]
    for entry in entries:
        kind = entry.draft.table.kind
        record, faults = ledger.as_record(entry.text.encode(), entry.path, entry.year, kind)
        found += faults
        if entry.draft.number:  # a name that was made of the title holds nothing else
            found += ledger.personal_name(entry.path)
        if record:
            would_be.append(record)
    among = Ledger(would_be, attachments=book.attachments)
    found += rules.check(among, settings, today)
    if not any(definitions.check(settings)):
        for year in sorted({entry.year for entry in entries}):
            found += yearly.computed(would_be, settings, [year])[year][1]
    for problem in found:
        entry_of = by_path.get(problem.path)
        if entry_of and not _is_reported(problem, entry_of):
            path, line = entry_of.place
            hint = re.sub(r"补上“(\w+): …”", r"填上“\1”", problem.hint)
            hint = hint.replace("删去这一行", "清空这一格").replace("改文件名", "改编号")
            hint = hint.replace("两项；", "两列；")
            column = _column(problem, entry_of)
            yield replace(problem, path=path, line=line, column=column, hint=hint)


def _is_reported(problem: Problem, entry: Entry) -> bool:
    """Whether a problem only follows from a cell whose fault is reported already."""
    if entry.draft.is_doubtful:
        return True
    at_fault = entry.draft.at_fault
    text = problem.message + problem.hint
    return bool(at_fault) and (problem.rule == "FZ201" or any(key in text for key in at_fault))


def _column(problem: Problem, entry: Entry) -> int:
    """The number of the column that the place of a problem came from."""
    draft = entry.draft
    wanted = [_key_at(problem, entry), ("标题",), (FILE_NAME,)]
    if problem.rule == "FZ206":  # a date is missing: there is no place for it in the file
        wanted = [(draft.table.kind.model.leading,), (PERIOD[0],), *wanted]
    return draft.column(*wanted)


def _key_at(problem: Problem, entry: Entry) -> tuple[str, ...]:
    """The key whose value a place of the file is in."""
    head, yaml_text, _ = front_matter.split(entry.text) or ("", "", "")
    line = problem.line - 1 - head.count("\n")
    if line < 0:
        return (FILE_NAME,)
    if line > yaml_text.count("\n"):
        return (PROSE,)
    marks = strict_yaml.places(yaml_text)
    columns = [column.keys for column in entry.draft.table.columns.values()]
    places = [(marks[keys][0], keys) for keys in columns if keys in marks]
    starts = sorted((mark.line, mark.column, keys) for mark, keys in places)
    before = [keys for *at, keys in starts if at <= [line, problem.column - 1]]
    return before[-1] if before else ("标题",)
