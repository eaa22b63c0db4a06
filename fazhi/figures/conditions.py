"""The 条件 of a definition: as a test of records, in words, and in one form to compare them by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from fazhi.figures.readers import reader
from fazhi.records.record import Record
from fazhi.schema.fields import specs
from fazhi.schema.kinds import AgendaItem, Kind
from fazhi.schema.township import Settings


def predicate(
    kind: Kind, conditions: Mapping[str, Any], settings: Settings
) -> Callable[[Record], bool]:
    """Whether a record meets every condition."""
    tests = []
    for key, wanted in conditions.items():
        if key == "类别" and isinstance(wanted, str | list) and wanted not in ("有", "无"):
            continue  # the index gives no others
        test = _some_item(wanted) if key == "议题" else _test(wanted)
        tests.append((reader(kind.fields[key], settings), test))
    if len(tests) == 1:  # as most are
        ((only_held_by, only_test),) = tests
        return lambda record: only_test(only_held_by(record))
    return lambda record: all(test(held_by(record)) for held_by, test in tests)


def _some_item(conditions: Mapping[str, Any]) -> Callable[[Any], bool]:
    """Whether one item of an agenda meets every condition."""
    fields = specs(AgendaItem)
    tests = [(fields[key].attribute, _test(wanted)) for key, wanted in conditions.items()]
    return lambda items: any(all(t(getattr(item, a)) for a, t in tests) for item in items)


def _test(wanted: Any) -> Callable[[Any], bool]:
    if wanted == "有":
        return lambda held: held not in (None, ())
    if wanted == "无":
        return lambda held: held in (None, ())
    if isinstance(wanted, dict):
        return _within(wanted.get("自", ""), wanted.get("至", "9"))
    words = {str(word) for word in wanted} if isinstance(wanted, list) else {str(wanted)}
    return lambda held: (
        not words.isdisjoint(held) if isinstance(held, tuple) else str(held) in words
    )


def _within(first: str, last: str) -> Callable[[Any], bool]:
    """A date between two; each is a whole date, or a month and day of any year."""

    def holds(held: date | None) -> bool:
        if held is None:
            return False
        whole = held.isoformat()
        return (whole if len(first) > 5 else whole[5:]) >= first and (
            whole if len(last) > 5 else whole[5:]
        ) <= last

    return holds


def in_words(conditions: Mapping[str, Any]) -> str:
    """Conditions as a citizen may read them."""
    parts = []
    for key, wanted in conditions.items():
        if key == "议题":
            parts.append(f"有一项议题{in_words(wanted)}")
        elif wanted in ("有", "无"):
            parts.append(f"{'已填' if wanted == '有' else '未填'}“{key}”")
        elif isinstance(wanted, dict):
            parts.append(f"“{key}”自 {wanted.get('自', '年初')} 至 {wanted.get('至', '年末')}")
        else:
            words = wanted if isinstance(wanted, list) else [wanted]
            parts.append(f"“{key}”为" + "或".join(f"“{word}”" for word in words))
    return "、".join(parts)


def in_order(wanted: Any) -> Any:
    """Conditions written one way: of several words any will do, in whatever order they stand."""
    if isinstance(wanted, dict):
        return {key: in_order(value) for key, value in wanted.items()}
    if isinstance(wanted, list):
        words = sorted({str(word) for word in wanted})
        return words if len(words) > 1 else words[0] if words else []
    return str(wanted)
