"""Checks rows as the files that they would become, and reports at the cells."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from fazhi import rules
from fazhi.commands.entry.desk import among
from fazhi.commands.spreadsheets.columns import FILE_NAME, PERIOD, PROSE
from fazhi.commands.spreadsheets.rows import RowDraft, as_row
from fazhi.problems.problem import Problem, Severity
from fazhi.problems.quoting import shown
from fazhi.records import ledger
from fazhi.records.ledger import Ledger
from fazhi.records.record import Record
from fazhi.schema.fields import specs
from fazhi.schema.township import Settings
from fazhi.sources import front_matter

Place = tuple[str, int]  # a row: the path of its sheet, and its number
T = TypeVar("T")
Tell = Callable[[str], None]  # it tells how far an import is
EVERY = 100


def counted(items: Collection[T], what: str, tell: Tell) -> Iterator[T]:
    """The items one by one; every hundredth is told."""
    for number, item in enumerate(items):
        if number % EVERY == 0:
            tell(f"{what} {number}/{len(items)}")
        yield item


def untold(_: str) -> None:
    """Where nobody looks on."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file to be written, its row, and the record that it changes, if any."""

    draft: RowDraft
    path: str
    year: int
    text: str
    record: Record | None
    changes: Mapping[str, Any]
    prose_changed: bool = False
    replaced: frozenset[str] = frozenset()  # the keys that something harmless stands for

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
        before = as_row(self.record.fields) if self.record else {}
        for key, value in self.changes.items():
            both = ("（空）" if v is None else shown(v) for v in (before.get(key), value))
            yield f"    {key}：{' → '.join(both)}"
        if self.prose_changed:
            yield "    正文有改动"


def problems(
    entries: Sequence[Entry], book: Ledger, settings: Settings, today: date, tell: Tell
) -> Iterator[Problem]:
    """What the checker would report of the rows' files among all others, at their cells."""
    by_path = {entry.path: entry for entry in entries}
    tried, new, apart = dict[str, Entry](), list[Record](), Ledger()
    for entry in counted(entries, "检查", tell):
        kind, read = entry.draft.table.kind, entry
        for _ in range(3):  # that a date is missing shows only when no other field is at fault
            record, found = ledger.as_record(read.text.encode(), read.path, read.year, kind)
            yield from _at_cells(found, {read.path: read})
            if record:
                (new if read is entry else apart.records).append(record)
                tried[read.path] = read
                break
            read = _stand_in(read, found)
        if entry.draft.number:  # a name that was made of the title holds nothing else
            yield from _at_cells(ledger.personal_name(entry.path), by_path)
    others = (record for record in book.records if record.path not in by_path)
    yield from _at_cells(among(book, others, new, settings, today), by_path)
    wrong = (p for p in rules.each_record(apart, settings) if p.severity is Severity.ERROR)
    yield from _at_cells(wrong, tried)


def _at_cells(found: Iterable[Problem], by_path: Mapping[str, Entry]) -> Iterator[Problem]:
    for problem in found:
        entry = by_path.get(problem.path)
        if entry and not _is_reported(problem, entry):
            path, line = entry.place
            hint = re.sub(r"补上“(\w+): …”", r"填上“\1”", problem.hint)
            hint = hint.replace("删去这一行", "清空这一格").replace("改文件名", "改编号")
            hint = hint.replace("整行删去", "清空这一格").replace("两项；", "两列；")
            key = _key_at(problem, entry)
            wanted = [key, ("标题",), (FILE_NAME,)]
            if problem.rule == "FZ201" and (part := re.search("“(.+?)”", problem.message)):
                wanted = [(key[0], part[1]), *wanted]  # the column that it has of its own, if any
                hint = _of_part(entry.draft, key[0], part[1]) or hint
            if problem.rule == "FZ206":  # a date is missing: there is no place for it in the file
                wanted = [(entry.draft.table.kind.model.leading,), (PERIOD[0],), *wanted]
            column = entry.draft.column(*wanted)
            yield replace(problem, path=path, line=line, column=column, hint=hint)


def _of_part(draft: RowDraft, key: str, part: str) -> str:
    """How a part of the items of a plain list is told; empty where there is a column for it."""
    place = draft.table.column_of(key)
    model = draft.table.columns[place].model if place else None
    if model is None or draft.table.column_of(key, part):
        return ""
    return f"加上“{part}”一列，或者写成“{next(iter(specs(model)))}: …, {part}: …”"


def _stand_in(entry: Entry, faults: Sequence[Problem]) -> Entry:
    """A row with something harmless in the cells at fault, so that the others are checked, too."""
    kind = entry.draft.table.kind
    data = entry.draft.merged(as_row(entry.record.fields) if entry.record else {})
    at_fault = entry.draft.at_fault | entry.replaced
    at_fault |= {_key_at(problem, entry)[0] for problem in faults if problem.rule != "FZ206"}
    leading = {kind.model.leading, *PERIOD} & kind.fields.keys()
    if at_fault & leading or any(problem.rule == "FZ206" for problem in faults):
        at_fault |= leading
    data = {key: value for key, value in data.items() if key not in at_fault}
    for key, spec in kind.fields.items():
        if key not in data and (spec.required or (key == kind.model.leading and key in at_fault)):
            day = f"{entry.year}-01-01"
            data[key] = day if spec.is_day else [{"标题": "…", "主题": "…"}] if spec.model else "…"
    text = front_matter.record(data, kind.order, entry.draft.prose or "")
    return replace(entry, text=text, replaced=frozenset(at_fault))


def _is_reported(problem: Problem, entry: Entry) -> bool:
    """Whether a problem only follows from a cell whose fault is reported already."""
    if entry.draft.is_doubtful:
        return True
    at_fault = entry.draft.at_fault | entry.replaced
    if entry.replaced and _key_at(problem, entry)[0] in at_fault:
        return True
    text = problem.message + problem.hint
    return bool(at_fault) and (problem.rule == "FZ201" or any(key in text for key in at_fault))


def _key_at(problem: Problem, entry: Entry) -> tuple[str, ...]:
    ways = front_matter.ways_to(entry.text, problem.line, problem.column)
    if not ways:
        return (PROSE,) if ways is None else (FILE_NAME,)
    columns = {column.keys for column in entry.draft.table.columns.values()}
    # The number of an item is no part of the way to a column.
    named = [tuple(key for key in way if not key.isdecimal()) for way in ways]
    return next((keys for keys in reversed(named) if keys in columns), ("标题",))
