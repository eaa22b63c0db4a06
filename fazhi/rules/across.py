"""Rules that need all records at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from fazhi.ledger import Ledger, Record
from fazhi.problems import Problem, did_you_mean, shown
from fazhi.rules.fields import is_plain_name
from fazhi.source import Key


def no_duplicates(ledger: Ledger) -> Iterator[Problem]:
    """FZ411: 同一种记录里，日期、类别和标题都相同的只有一条。"""
    seen: dict[tuple[str, date, str, str], Record] = {}
    for record in ledger.records:
        fields = record.fields
        key = (record.kind.name, fields.day, fields.category, fields.title)
        if key in seen:
            message = f"和 {seen[key].path} 的日期、类别、标题都一样"
            yield record.problem("FZ411", ["标题"], message, "重复的删去；不是一件事的，标题写清楚")
        else:
            seen[key] = record


def evidence_exists(ledger: Ledger) -> Iterator[Problem]:
    """FZ503: 佐证材料写了文件的，records/<年>/files/ 里有这个文件。"""
    for record in ledger.records:
        held = ledger.attachments.get(record.year, set())
        for index, evidence in enumerate(record.fields.evidence):
            if evidence.file and is_plain_name(evidence.file) and evidence.file not in held:
                message = f"records/{record.year}/files/ 里没有{shown(evidence.file)}"
                keys: list[Key] = ["佐证材料", index, "文件"]
                hint = did_you_mean(evidence.file, held) or "把文件放进去，或者删去这一项"
                yield record.problem("FZ503", keys, message, hint)


Rule = Callable[[Ledger], Iterator[Problem]]
RULES: tuple[Rule, ...] = (no_duplicates, evidence_exists)
