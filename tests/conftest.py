"""A small valid project for tests to lay files over, and a fixed day to read it on."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from fazhi import project
from fazhi.problems import formats
from fazhi.problems.problem import Problem
from fazhi.project import Project
from fazhi.schema import township
from fazhi.schema.township import Settings
from fazhi.sources.tree import Folder

CASES = Path(__file__).parent / "cases"
"""Files to read, and what must come of them: see tests/cases/README.md."""
BASE = CASES / "base"
TODAY = date(2026, 1, 5)  # when nobody is reminded any more that the report of 2024 is due

MakeProject = Callable[[Mapping[str, str | bytes]], Path]
"""Lays files, by their paths with slashes, over a copy of the base project."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden",
        action="store_true",
        help="write expected.txt of tests/cases as the checker now prints it; read the diff",
    )


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests that live to the end are not looked through for garbage again and again,
    and what they make seldom."""
    gc.disable()
    collected = yield
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000)
    return collected


def pytest_itemcollected(item: pytest.Item) -> None:
    if "browser" in getattr(item, "fixturenames", ()):
        item.add_marker("browser")


@pytest.hookimpl(wrapper=True, tryfirst=True)  # so that it stands below pytest's own summary
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Count the tests that were skipped, by reason: by what the machine lacks, most of all."""
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    for reason, count in Counter(report.longrepr[2] for report in skipped).most_common():
        terminalreporter.line(f"{reason.removeprefix('Skipped: ')}：{count} 项测试没有运行")


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """A copy of tests/cases/base with files laid over it."""

    def make(files: Mapping[str, str | bytes]) -> Path:
        root = tmp_path / "project"
        lay(root, files if root.exists() else base_files() | dict(files))
        return root

    return make


@cache
def base_files() -> dict[str, bytes]:
    """What tests/cases/base holds, by its paths: hundreds of tests begin with it."""
    files = (file for file in BASE.rglob("*") if file.is_file())
    return {file.relative_to(BASE).as_posix(): file.read_bytes() for file in files}


def lay(root: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files into a folder, by their paths with slashes."""
    for folder in {(root / path).parent for path in files}:
        folder.mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (root / path).write_bytes(content if isinstance(content, bytes) else content.encode())


def checked(root: Path) -> Project:
    """The project as the checker sees it on the fixed day."""
    return project.load(Folder(root), TODAY)


def settings_of(root: Path) -> Settings:
    """What its township declares, which has to be without a fault."""
    settings, problems = township.load(Folder(root))
    assert settings, problems
    return settings


def printed(root: Path) -> str:
    """What the checker prints for it."""
    return lines(checked(root).problems)


def lines(problems: Iterable[Problem]) -> str:
    """Problems as `expected.txt` holds them."""
    return "".join(f"{formats.line(problem)}\n" for problem in problems)
