"""Finds the record that a row is of, and makes the file that the row changes or adds."""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

from fazhi.commands.spreadsheets import faults, rows
from fazhi.commands.spreadsheets.checking import Entry, Place
from fazhi.commands.spreadsheets.rows import RowDraft
from fazhi.problems.problem import Fault
from fazhi.records import names as naming
from fazhi.records.ledger import Ledger
from fazhi.records.names import STEM
from fazhi.records.record import Record
from fazhi.schema.kinds import Kind
from fazhi.sources import front_matter
from fazhi.sources.faults import unusable_name
from fazhi.sources.tree import Tree

_MEND = "先把这个文件改好，再导入"


class Matcher:
    """Which record a row is of: by its number, else by day, 类别 and title; none is a new one."""

    def __init__(self, tree: Tree, book: Ledger, today: date) -> None:
        self._tree = tree
        self._today = today
        self._by_event = {record.identity: record for record in book.records}
        self._by_title: dict[tuple[Kind, str], list[Record]] = defaultdict(list)
        self._by_number: dict[tuple[Kind, str], list[Record]] = defaultdict(list)
        for record in book.records:
            self._by_title[record.kind, record.fields.title].append(record)
            self._by_number[record.kind, record.stem].append(record)
        self._read = {record.path for record in book.records}
        self._taken: dict[str, set[str]] = {}
        self._tried: dict[str, dict[str, int]] = defaultdict(dict)
        self._unread: dict[tuple[str, str], str] = {}
        self._seen: dict[object, Place] = {}
        self._days: dict[str, set[date]] = defaultdict(set)

    def entry(self, draft: RowDraft) -> Entry | None:
        """A row as a file to be written; None where it cannot be, with the reason in the draft."""
        kind = draft.table.kind
        year = self._year(draft)
        record = self._record(draft, year)
        if draft.day:
            self._days[draft.table.sheet.path].add(draft.day)
        path = record.path if record else f"records/{year}/{kind.folder}/{draft.number}.md"
        names: list[object] = [path.casefold()] if record or draft.number else []
        if draft.day and draft.data.get("标题") and not record:
            names.append(draft.identity)
        if self._is_repeated(draft, names):
            return None
        if record:
            return _changed(draft, record)
        new_path = self._new_path(draft, year)
        if new_path is None:
            return None
        self._is_repeated(draft, [new_path.casefold()])
        text = front_matter.record(draft.merged({}), kind.order, draft.prose or "")
        return Entry(draft, new_path, year, text, None, {})

    def corrected(self, entry: Entry) -> Fault | None:
        """The fault of a new row that is probably an old record, which has no row and is within the
        days of the sheet, with its day or 类别 corrected. Ask when all rows are known."""
        draft, kind = entry.draft, entry.draft.table.kind
        if entry.record or draft.number:
            return None
        days = self._days[draft.table.sheet.path] or {date.max}
        for record in self._by_title.get((kind, str(draft.data.get("标题"))), ()):
            is_within = min(days) <= record.fields.day <= max(days)
            if is_within and record.path.casefold() not in self._seen:
                old = rows.as_row(record.fields)
                new = draft.merged(old)
                other = [key for key in draft.keys if new.get(key) != old.get(key)]
                if len(other) == 1 and other[0] in (kind.model.leading, "类别"):
                    message = f"和 {record.path} 只有“{other[0]}”不同，台账里没有那一条"
                    hint = f"是改正的，先在那个文件里改好“{other[0]}”，再导入；是另一件事的，不用管"
                    return faults.corrected(message, hint)
        return None

    def _is_repeated(self, draft: RowDraft, names: Sequence[object]) -> bool:
        """Whether another row has one of the names; if not, this one has them from now on."""
        here = (draft.table.sheet.path, draft.row.number)
        others = [self._seen[name] for name in names if self._seen.get(name, here) != here]
        if others:
            sheet, row = others[0]
            message = f"同{'' if sheet == here[0] else sheet}第{row}行是同一条记录"
            draft.refuse(faults.repeated_row(message, "删去一行；不是一件事的，标题写清楚"))
            return True
        self._seen.update(dict.fromkeys(names, here))
        return False

    def _year(self, draft: RowDraft) -> int:
        """The year of the folder; for what has no day, this one, so that the rest can be checked."""
        day = draft.day
        if day and not 1000 <= day.year <= 2999:
            key = draft.table.kind.model.leading
            fault = faults.bad_year(f"“{key}”的年份是 {day.year}", "核对年份")
            draft.faults.append((draft.column((key,)), fault))
        return day.year if day else self._today.year

    def _record(self, draft: RowDraft, year: int) -> Record | None:
        kind = draft.table.kind
        if not draft.number:
            return self._by_event.get(draft.identity)
        named = self._by_number.get((kind, draft.number), [])
        if draft.day:
            return next((record for record in named if record.year == year), None)
        return named[0] if len(named) == 1 else None

    def _new_path(self, draft: RowDraft, year: int) -> str | None:
        kind = draft.table.kind
        folder = f"records/{year}/{kind.folder}"
        taken = self._names(folder)
        day = draft.day.isoformat() if draft.day else ""
        if not draft.number:
            broken = self._unread.get((folder, day))
            if broken:
                message = f"同一天的 {broken} 读不出来，说不准是不是这一条"
                draft.refuse(faults.broken_record(message, _MEND))
                return None
            title = str(draft.data.get("标题", ""))
            name = naming.stem(kind, day, title, taken, self._tried[folder])
            taken.add(name.casefold())
            return f"{folder}/{name}.md"
        path = f"{folder}/{draft.number}.md"
        fault = _unfit_number(draft, year)
        if not fault and draft.number.casefold() in taken:
            fault = faults.broken_record(f"已经有 {path}，但是读不出来", _MEND)
        if fault:
            draft.refuse(fault)
            return None
        taken.add(draft.number.casefold())
        return path

    def _names(self, folder: str) -> set[str]:
        if folder not in self._taken:
            files = [PurePosixPath(folder, name) for name, _ in self._tree.entries(folder)]
            self._taken[folder] = {file.stem.casefold() for file in files}
            for file in files:
                if file.suffix == ".md" and str(file) not in self._read:
                    self._unread.setdefault((folder, file.stem[:10]), str(file))
        return self._taken[folder]


def _unfit_number(draft: RowDraft, year: int) -> Fault | None:
    """Why a new record cannot have the number that its row gives it."""
    if not STEM.fullmatch(draft.number):
        return unusable_name(f"{draft.number}.md")
    required = (spec.key for spec in draft.table.kind.fields.values() if spec.required)
    if not draft.keys.issuperset(required):
        hint = "照导出的台账填；新的记录空着，并且补全必填的列"
        return faults.bad_number("没有这个编号的记录", hint)
    dated = re.match(r"(\d{4})-\d{2}-\d{2}", draft.number, re.ASCII)
    if dated and int(dated[1]) != year:
        hint = "核对日期；确实是另一年的，编号空着，原来的记录另外删去"
        return faults.bad_number(f"编号是 {dated[1]} 年的，日期却是 {year} 年", hint)
    return None


def _changed(draft: RowDraft, record: Record) -> Entry:
    """A record with what its row says otherwise; all else stays byte for byte."""
    old = rows.as_row(record.fields)
    new = draft.merged(old)
    typed = (key for key in record.kind.order if key in draft.keys)
    changes = {key: new.get(key) for key in typed if new.get(key) != old.get(key)}
    is_rewritten = draft.prose is not None and draft.prose != record.source.body.strip()
    head, yaml_text, rest = front_matter.split(record.source.text) or ("", "", "")
    if changes:
        yaml_text = front_matter.changed(yaml_text, changes, record.kind.order)
    if is_rewritten:
        rest = rest.partition("\n")[0] + "\n" + (f"{draft.prose}\n" if draft.prose else "")
    text = head + yaml_text + rest
    return Entry(draft, record.path, record.year, text, record, changes, is_rewritten)
