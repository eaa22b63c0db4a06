"""Records that came, went, changed, or were moved."""

from __future__ import annotations

from fazhi.commands.compare.changes import key_changes, text
from fazhi.commands.compare.model import RecordChange
from fazhi.problems.problem import Severity
from fazhi.project import Project
from fazhi.records.record import Record


def record_changes(old: Project, new: Project) -> list[RecordChange]:
    """In order of path. One whose text is in another file now was renamed."""
    before, after = _by_path(old), _by_path(new)
    gone = {path: record for path, record in before.items() if path not in after}
    come = {path: record for path, record in after.items() if path not in before}
    moved = _moved(gone, come)
    taken = set(moved.values())
    unreadable = {p.path for p in new.problems if p.severity is Severity.ERROR}
    changes = []
    for path, record in come.items():
        changes.append(_change("改名" if path in moved else "新增", record, moved.get(path)))
    for path, record in gone.items():
        if path not in taken:
            changes.append(_change("读不出" if path in unreadable else "删去", record))
    for path in before.keys() & after.keys():
        was, now = before[path].source, after[path].source
        if was.text != now.text:
            change = _change("改动", after[path])
            change.keys, change.prose = key_changes(was.data, now.data), was.body != now.body
            changes.append(change)
    return sorted(changes, key=lambda change: change.path)


def _by_path(project: Project) -> dict[str, Record]:
    return {record.path: record for year in project.years for record in year.records}


def _moved(gone: dict[str, Record], come: dict[str, Record]) -> dict[str, str]:
    """From the new path to the old one, of what has the same text. Each is taken once."""
    left: dict[str, list[str]] = {}
    for path, record in gone.items():
        left.setdefault(record.source.text, []).append(path)
    return {
        path: left[record.source.text].pop(0)
        for path, record in come.items()
        if left.get(record.source.text)
    }


def _change(how: str, record: Record, before: str | None = None) -> RecordChange:
    return RecordChange.model_validate(
        {
            "change": how,
            "path": text(record.path, 200),
            "before": before and text(before, 200),
            "kind": record.kind.name,
            "title": text(record.fields.title),
        }
    )
