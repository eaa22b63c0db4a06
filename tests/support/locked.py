"""A small project whose report was published, and what is changed in it afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi.output.view import View
from fazhi.project import Year
from fazhi.records import lock as locks
from fazhi.report import freezing
from fazhi.report.editions import Edition, Gate
from tests.conftest import BASE, MakeProject, checked

REPORT = "docs/report/2024.md"
LOCK = locks.path_of(2024)
ACTIVITY = "records/2024/activities/宪法宣传.md"
STEPS = """\
流程:
  - {状态: 已审核, 日期: 2025-02-12, 岗位: 乡长, 意见: 主动公开}
  - {状态: 已发布, 日期: 2025-02-20, 岗位: 党政办, 意见: 主动公开}
"""
CORRECTION = "更正:\n  - {日期: 2025-03-06, 指标: [%s], 说明: 补计, 原因: 漏记, 批准: 乡长}\n"


def typed(head: str = STEPS) -> str:
    text = (BASE / REPORT).read_text(encoding="utf-8")
    return text.replace("成文日期: 2025-02-12\n", f"成文日期: 2025-02-12\n{head}")


def year_of(root: Path, year: int = 2024) -> Year:
    return next(one for one in checked(root).years if one.year == year)


def frozen(root: Path) -> locks.Lock:
    """What publishing would keep of a project."""
    year = year_of(root)
    assert year.narrative
    held = year.figures, year.records, year.values, year.past, year.settings, year.lock
    return freezing.freeze(year.narrative, *held, {"a": "0"}, "1")


@pytest.fixture
def published(make_project: MakeProject) -> Path:
    """A small project whose report was published."""
    root = make_project({REPORT: typed()})
    published_again(root)
    assert checked(root).problems == []
    return root


def published_again(root: Path) -> None:
    (root / LOCK).write_text(locks.written(frozen(root)), encoding="utf-8")


def view_of(root: Path, edition: Edition = Edition.PUBLIC) -> View:
    year = year_of(root)
    return View(year, Gate(edition, year.settings))


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)


def correct(root: Path, figure: str) -> None:
    """Change a record, and say in the report that a figure is corrected."""
    change(root, ACTIVITY, more_leaflets)
    (root / REPORT).write_text(typed(STEPS + CORRECTION % figure), encoding="utf-8")


def change(root: Path, path: str, edit: Callable[[str], str]) -> None:
    file = root / path
    text = edit(file.read_text(encoding="utf-8"))
    assert text != file.read_text(encoding="utf-8")
    file.write_text(text, encoding="utf-8")


def more_leaflets(text: str) -> str:
    return text.replace("发放资料份数: 205", "发放资料份数: 206")


def rules(root: Path) -> list[str]:
    return [problem.rule for problem in checked(root).problems]
