"""Rules that hold records against what lies beside them."""

from __future__ import annotations

from collections.abc import Iterator

from fazhi.problems.problem import Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.records.ledger import Ledger
from fazhi.rules import duplicates
from fazhi.rules.fields import is_plain_name
from fazhi.sources.source import Key


def evidence_exists(ledger: Ledger) -> Iterator[Problem]:
    """FZ503: 佐证材料写了文件的，`records/<年>/files/` 里有这个文件。

    文件没有放进去，或者名称对不上，以后要查的时候就找不到。
    改法：把文件放进去，或者照文件夹里的名称改；没有电子文件的，删去“文件”一项，写档号。
    """
    for record in ledger.records:
        held = ledger.attachments.get(record.year, set())
        for index, evidence in enumerate(record.fields.evidence):
            if evidence.file and is_plain_name(evidence.file) and evidence.file not in held:
                message = f"records/{record.year}/files/ 里没有{shown(evidence.file)}"
                keys: list[Key] = ["佐证材料", index, "文件"]
                hint = did_you_mean(evidence.file, held) or "把文件放进去，或者删去这一项"
                yield record.problem("FZ503", keys, message, hint)


RULES: tuple[duplicates.Rule, ...] = (*duplicates.RULES, evidence_exists)
