"""A small project whose report is published, and what is done with its package."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

from fazhi.records import lock as locks
from fazhi.sources.tree import Folder
from tests.support.building import Project, swap, with_few_records

STEPS = """流程:
  - {状态: 草稿, 日期: 2025-02-12, 岗位: 平安法治办}
  - {状态: 已审核, 日期: 2025-02-18, 岗位: 乡长, 意见: 主动公开}
"""
PUBLISHED = "  - {状态: 已发布, 日期: 2025-02-20, 岗位: 党政办, 意见: 主动公开}\n"
CORRECTION = """更正:
  - {日期: 2025-03-06, 指标: [发放资料], 说明: 补计, 原因: 漏记, 批准: 乡长}
"""
REPORT = "docs/report/2024.md"
ACTIVITY = "records/2024/activities/宪法宣传.md"
LOCK = "records/2024/published.lock.json"
PUBLISH = ("scripts/publish_report.py", "2024", "--sample")
VERIFY = "scripts/verify.py"
UTF8 = {"PYTHONUTF8": "1"}


def small(root: Path, steps: str = STEPS + PUBLISHED) -> Project:
    """A copy of the project with few records, its report at some step."""
    project = with_few_records(root)
    swap(project.root / "records/figures.yml", "发放资料份数}", "发放资料份数, 图: 柱}")
    swap(project.root / REPORT, "成文日期: 2025-02-12\n", f"成文日期: 2025-02-12\n{steps}")
    return project


def run(project: Project, *arguments: str) -> tuple[int, str]:
    done = project.run(*arguments)
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def zip_of(project: Project) -> Path:
    (found,) = (project.root / "dist").glob("*.zip")
    return found


def sums(published: Project) -> dict[str, str]:
    lock, problems = locks.load(Folder(published.root), 2024)
    assert lock
    assert problems == []
    return lock.files


def written(file: Path, members: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> Path:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return file


INDEX = "report-2024（示例）/site/index.html"


def as_it_was_written(file: Path) -> Iterable[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(file) as archive:
        return [(info, archive.read(info)) for info in archive.infolist()]
