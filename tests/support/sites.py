"""Fixtures: a project to change, sites that are built once for all tests of all workers, a preview.

A test module that needs them says `pytest_plugins = ["tests.support.sites"]`.
"""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from fazhi.output.documents.document import document_of
from fazhi.output.documents.html import as_html
from fazhi.output.package import package
from fazhi.output.view import View
from fazhi.project import Year
from fazhi.records import lock as locks
from fazhi.report import freezing
from fazhi.report.editions import Edition, Gate
from tests.conftest import CASES, checked
from tests.support import publishing, repositories
from tests.support.building import (
    QINGHE,
    Project,
    copied,
    copy_of,
    of_another_office,
    once,
    swap,
    with_few_records,
)
from tests.support.pictures import records
from tests.support.previews import Preview


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy for one test, to be changed."""
    return copied(tmp_path / "project")


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run, the same for every worker (each has its own where none can lock)."""
    own = tmp_path_factory.getbasetemp()
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    return own.parent if is_worker and sys.platform != "win32" else own


@pytest.fixture(scope="session")
def sample(shared_folder: Path) -> Project:
    """A copy for all tests, not to be changed."""
    return Project(once(shared_folder / "sample", copied))


@pytest.fixture(scope="session")
def public(sample: Project) -> Path:
    """The public edition of the sample year."""
    return once(sample.site, lambda _: sample.built())


@pytest.fixture(scope="session")
def internal(sample: Project) -> Path:
    """The internal edition of the sample year."""
    return once(sample.root / "site-internal", lambda _: sample.built("--edition", "internal"))


@pytest.fixture(params=["public", "internal"])
def site(request: pytest.FixtureRequest) -> Path:
    """Of the sample year, each edition in turn."""
    folder: Path = request.getfixturevalue(request.param)
    return folder


@pytest.fixture(scope="session")
def taken_over(shared_folder: Path) -> Project:
    """The project as another township has it, after what README.md says to replace; both editions.

    Its report is a draft still, and its site has an address.
    """
    return Project(once(shared_folder / "qinghe", _taken_over))


def _taken_over(root: Path) -> None:
    project = of_another_office(root, QINGHE)
    project.built()
    project.built("--edition", "internal")


@pytest.fixture
def small(taken_over: Project, tmp_path: Path) -> Project:
    """Another township's project, which is sooner built; to be changed."""
    return copy_of(taken_over, tmp_path / "project")


PUBLISHED = """\
流程:
  - {状态: 草稿, 日期: 2025-02-05, 岗位: 平安法治办}
  - {状态: 已审核, 日期: 2025-02-12, 岗位: 乡长, 意见: 主动公开}
  - {状态: 已发布, 日期: 2025-02-20, 岗位: 党政办, 意见: 主动公开}
"""
CORRECTED = """\
更正:
  - {日期: 2025-03-06, 指标: [发放资料], 说明: 补计一次发放, 原因: 漏记, 批准: 乡长}
"""


@pytest.fixture(scope="session")
def corrected(shared_folder: Path) -> Project:
    """A small project whose report was published and corrected since: its internal edition, and
    in `package/` what goes out beside a site."""
    return Project(once(shared_folder / "corrected", _corrected))


def _corrected(root: Path) -> None:
    project = with_few_records(root)
    report = project.root / "docs/report/2024.md"
    swap(report, "成文日期: 2025-02-12\n", f"成文日期: 2025-02-12\n附件: 全部指标\n{PUBLISHED}")
    swap(report, "继续开展", "编制{{ 原文('3个', 理由='定员文件') }}。继续开展")
    year = _year(project)
    assert year.narrative
    held = year.figures, year.records, year.values, year.past, year.settings, None
    lock = freezing.freeze(year.narrative, *held, {}, "")
    file = project.root / locks.path_of(2024)
    file.write_text(locks.written(lock), encoding="utf-8")
    swap(report, PUBLISHED, PUBLISHED + CORRECTED)
    activity = project.records / "2024/activities/宪法宣传.md"
    swap(activity, "发放资料份数: 205", "发放资料份数: 206")
    view = View(_year(project), Gate(Edition.PUBLIC, year.settings))
    township = year.settings.township
    (project.root / "package").mkdir()
    package.complete(
        project.root / "package",
        {"body.html": as_html(document_of(view)).encode()},
        township.name,
        township.sample_notice("本站"),
    )
    project.built("--edition", "internal")


def _year(project: Project) -> Year:
    (year,) = checked(project.root).years
    return year


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One preview of a small project's internal edition for a module: it takes seconds to start."""
    folder = tmp_path_factory.mktemp("office")
    project = with_few_records(folder / "project")
    running = Preview(project, folder / "temporary", "--edition", "internal")
    yield running
    running.end()


@pytest.fixture(scope="session")
def six_years(shared_folder: Path) -> Project:
    """A township with six years of few records, for the year in pictures; not to be changed."""
    return Project(once(shared_folder / "six", _six_years))


def _six_years(root: Path) -> None:
    project = with_few_records(root)
    for path, text in records().items():
        file = project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    project.built()


@pytest.fixture(scope="session")
def published(shared_folder: Path) -> Project:
    """A small project whose report was published; nothing changes it but a copy."""
    return Project(once(shared_folder / "项目 甲", _published))


def _published(root: Path) -> None:
    code, said = publishing.run(publishing.small(root), *publishing.PUBLISH)
    assert code == 0, said


@pytest.fixture(scope="session")
def unpacked(published: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(publishing.zip_of(published)) as archive:
        archive.extractall(folder)
    (top,) = folder.iterdir()
    return top


@pytest.fixture(scope="session")
def committed(shared_folder: Path) -> Path:
    """A small township in a repository, committed as main; not to be changed."""
    return once(shared_folder / "乡镇", _committed)


def _committed(root: Path) -> None:
    shutil.copytree(CASES / "comparison/project", root)
    with pytest.MonkeyPatch.context() as patch:
        repositories.own_environment(patch)
        repositories.commit(root)
