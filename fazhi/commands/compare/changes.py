"""Finds what changed in records and settings; values are shortened and masked."""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from pydantic import BaseModel

from fazhi.commands.compare.model import KeyChange, RecordChange, SettingsChange
from fazhi.problems.problem import Severity
from fazhi.problems.quoting import printable, shown
from fazhi.project import Project
from fazhi.records.record import Record
from fazhi.schema.definition import Definition
from fazhi.schema.fields import specs
from fazhi.schema.township import Settings

LIMIT = 40  # how many characters of a value are shown: enough to know it again


def text(value: object, limit: int = LIMIT) -> str:
    """A value in a line of text: short, personal data masked, nothing invisible in it."""
    return printable(shown(value, limit)[1:-1])


def key_changes(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> list[KeyChange]:
    """Every key that changed, in order; of one with several values or items, those that changed."""
    return [
        KeyChange(
            key=text(name),
            old=None if was is None else text(was),
            new=None if now is None else text(now),
        )
        for name, was, now in _differing("", old, new)
    ]


def _differing(name: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in dict.fromkeys((*new, *old)):
            yield from _differing(f"{name} {key}".lstrip(), old.get(key), new.get(key))
    elif _has_items(old) and _has_items(new):
        for place, (was, now) in enumerate(zip_longest(old, new), 1):
            yield from _differing(f"{name}第 {place} 项", was, now)
    elif old != new:
        yield name, old, new


def _has_items(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def settings_change(old: Project, new: Project) -> SettingsChange:
    """By key and by name: how a file is written does not count."""
    if old.settings is None or new.settings is None:
        return SettingsChange()
    before, after = _definitions(old.settings), _definitions(new.settings)
    return SettingsChange(
        township=_keys(old.settings.township, new.settings.township),
        vocabulary=_keys(old.settings.vocabulary, new.settings.vocabulary),
        added=[text(name) for name in after if name not in before],
        removed=[text(name) for name in before if name not in after],
        changed=[text(name) for name in after if name in before and before[name] != after[name]],
    )


def _keys(old: BaseModel, new: BaseModel) -> list[str]:
    return [
        spec.key
        for spec in specs(type(new)).values()
        if getattr(old, spec.attribute) != getattr(new, spec.attribute)
    ]


def _definitions(settings: Settings) -> dict[str, list[Definition]]:
    """By name: a figure may be defined anew from some year on."""
    found: dict[str, list[Definition]] = {}
    for definition in settings.definitions:
        found.setdefault(definition.name, []).append(definition)
    return found


def record_changes(old: Project, new: Project) -> list[RecordChange]:
    """In order of path. One whose text is in another file now was renamed."""
    before, after = _by_path(old), _by_path(new)
    gone = {path: record for path, record in before.items() if path not in after}
    come = {path: record for path, record in after.items() if path not in before}
    moved = _moved(gone, come)
    unreadable = {p.path for p in new.problems if p.severity is Severity.ERROR}
    changes = [
        _change("改名" if path in moved else "新增", record, moved.get(path))
        for path, record in come.items()
    ]
    for path in gone.keys() - moved.values():
        changes.append(_change("读不出" if path in unreadable else "删去", gone[path]))
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
    paths = {"path": text(record.path, 200), "before": before and text(before, 200)}
    what = {"kind": record.kind.name, "title": text(record.fields.title)}
    return RecordChange.model_validate({"change": how, **paths, **what})
