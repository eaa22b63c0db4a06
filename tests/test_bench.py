"""The benchmark's records are as good as a clerk's, and its command line is obeyed or refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bench import records
from tests.bench.figures import LABELS, TARGETS, WORKLOADS
from tests.bench.results import Block, grown, rows
from tests.conftest import checked
from tests.support.building import ROOT
from tests.support.running import ran_code

COUNT = 60


@pytest.fixture(params=records.SHARES)
def workload(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_its_records_have_no_problem(tmp_path: Path, workload: str) -> None:
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    shutil.copytree(ROOT / "docs/assets", tmp_path / "docs/assets")
    (tmp_path / "records").mkdir()
    for file in (ROOT / "records").glob("*.yml"):
        shutil.copyfile(file, tmp_path / "records" / file.name)
    report = tmp_path / "docs/report/2024.md"
    report.parent.mkdir()
    shutil.copyfile(ROOT / "tests/bench/report.md", report)
    files = records.write(tmp_path / "records", COUNT, workload)
    assert len({*files}) == COUNT
    found = checked(tmp_path)
    assert found.problems == []
    (year,) = found.years
    assert len(year.records) == COUNT
    bodies = [record.source.body.strip() for record in year.records]
    titles = [record.fields.title for record in year.records]
    assert len({*bodies}) == len({*titles}) == COUNT
    assert all(80 <= len(body) <= 250 for body in bodies)


def test_its_records_are_always_the_same(workload: str) -> None:
    once = [*records.generate(COUNT, workload)]
    assert once == [*records.generate(COUNT, workload)]
    assert once != [*records.generate(COUNT + 1, workload)][:COUNT]


def test_a_township_has_mostly_cases() -> None:
    assert records.counts(10_000, "township") == [800, 400, 8700, 100]
    assert records.counts(10_000, "pages") == [10_000, 0, 0, 0]
    assert sum(records.counts(1_037, "township")) == 1_037


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--only", "biuld"], "没有“biuld”这一项"),
        (["--records", "5"], "至少"),
        (["--hugo", "没有这个程序"], "没有找到 没有这个程序"),
        (["--json", "没有/结果.json"], "没有这个文件夹"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_obeyed_is_wrong_usage(arguments: list[str], said: str) -> None:
    done = ran_code(
        "import sys; from tests.bench.__main__ import main; sys.exit(main())", *arguments
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "用法：" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_target_is_held_against_what_it_is_a_target_of() -> None:
    few = Block(1000, "pages", {"build": [5.0, 4.0, 6.0], "check": [1.0]})
    many = Block(10_000, "pages", {"build": [12.0, 9.0, 10.0], "plain": [40.0], "check": [10.6]})
    grown([few, many])
    found = {row.figure: row for row in rows([many])}
    assert (found["build"].median, found["build"].ratio, found["build"].is_met) == (10, 0.25, True)
    assert found["check"].is_met is False
    assert found["check.growth"].is_met is False
    assert found["build.growth"].is_met is True
    assert found["plain"].is_met is None
    alone = Block(10_000, "pages", {"build": [10.0]})
    (row,) = rows([alone])
    assert row.target is not None
    assert row.is_met is None  # without the plain hook beside it, nobody knows
    assert {target.figure for target in TARGETS} <= LABELS.keys()
    assert WORKLOADS.keys() == records.SHARES.keys()


def test_what_checking_one_file_takes_is_told_without_the_start() -> None:
    block = Block(1000, "pages", {"check-one": [0.6, 0.7], "imports": [0.4, 0.6]})
    block.derive()
    assert block.values["check-one.more"] == pytest.approx([0.2, 0.1])
