"""A small township in a repository of its own, to be changed and compared."""

import argparse
import sys
from pathlib import Path

from fazhi.commands.compare import Comparison
from fazhi.commands.compare.model import FigureMove, Shown
from tests import conftest
from tests.conftest import TODAY
from tests.support.building import ROOT
from tests.support.repositories import write

sys.path.append(str(ROOT / "scripts"))

import compare as script

HERE = conftest.CASES / "comparison"
NARRATIVE = "docs/report/2024.md"
FIGURES, WORDS, TOWNSHIP = (f"records/{name}.yml" for name in ("figures", "vocabulary", "township"))
COURT = "records/2024/cases/2024-03-12-01.md"
EXAM = "records/2024/activities/2024-11-06-法治理论知识考试.md"
GROUPS = "records/2024/standings/2024-12-31-重点人群.md"
EVENT = "records/2024/activities/2024-12-04-国家宪法日宣传.md"
MEETING = "records/2024/meetings/2024-11-20-领导小组第二次会议.md"
NEW_EVENT = """\
---
标题: {title}
日期: 2024-10-20
类别: 宣传活动
地点: 西村
发放资料份数: 100
---
"""


def compared(root: Path, base: str = "main", head: str | None = None) -> Comparison:
    return script.compare(argparse.Namespace(root=root, base=base, head=head, today=TODAY))


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(old) == 1, (path, old)
    write(root, path, text.replace(old, new))


def told(shown: Shown | None) -> str:
    if shown is None:
        return "没有"
    return shown.words + (f"（{shown.fraction}）" if shown.fraction else "")


def moves(found: Comparison) -> dict[str, str]:
    """Every figure that moves, published or not: 2024 宣传活动: 3场 → 4场."""

    def change(move: FigureMove) -> str:
        return f"{told(move.old)} → {told(move.new)}"

    return {f"{move.year} {move.name}": change(move) for move in found.figures}


def words(found: Comparison) -> dict[str, str]:
    return {
        f"{narrative.year}:{w.line} {w.expression}": f"{w.change} {w.old} → {w.new}"
        for narrative in found.narratives
        for w in narrative.wordings
    }


def records(found: Comparison) -> list[str]:
    return [f"{change.change} {change.path.rpartition('/')[2]}" for change in found.records]
