"""Four small offices that need what the sample does not: each is built, exported and compared.

`<office>/` is what an office has that is its own: records, settings, narrative, the first lines of
mkdocs.yml. `figures.json` is what its figures must be; `--write-golden` writes it.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fazhi import project
from fazhi.figures.wording import plain
from fazhi.problems import formats
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import Project, figures, of_another_office, once
from tests.support.running import ran_script

pytest_plugins = ["tests.support.sites"]

OFFICES = sorted(file.parent for file in Path(__file__).parent.glob("*/mkdocs-names.yml"))


@pytest.fixture(scope="session", params=OFFICES, ids=lambda office: office.name)
def office(request: pytest.FixtureRequest, shared_folder: Path) -> tuple[Path, Project]:
    """An office as it is stored, and the project of it, built and exported."""
    stored: Path = request.param
    return stored, Project(once(shared_folder / stored.name, lambda root: _made(root, stored)))


def _made(root: Path, stored: Path) -> None:
    made = of_another_office(root, stored)
    made.built()
    done = made.run("scripts/export_report.py", "2024")
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_found(office: tuple[Path, Project]) -> None:
    found = project.load(Folder(office[1].root), TODAY).problems
    assert not found, "\n".join(map(formats.line, found))


def test_its_figures_are_these(
    office: tuple[Path, Project], request: pytest.FixtureRequest
) -> None:
    stored, made = office
    held = {
        name: {key: one[key] for key in ("value", "unit", "parts", "words") if key in one}
        for name, one in figures(made.site, 2024).items()
    }
    golden = stored / "figures.json"
    if request.config.getoption("--write-golden"):
        golden.write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert held == json.loads(golden.read_text(encoding="utf-8"))


def test_its_documents_are_there(office: tuple[Path, Project]) -> None:
    names = {file.suffix for file in (office[1].root / "dist").rglob("*")}
    assert {".docx", ".pdf", ".html"} <= names


def test_its_ledger_comes_back(office: tuple[Path, Project], tmp_path: Path) -> None:
    stored, made = office
    book = str(tmp_path / "台账.xlsx")
    root = tmp_path / "anew"
    shutil.copytree(stored, root)
    shutil.rmtree(root / "records/2024")
    for script, *arguments in (
        ("export_ledger.py", "2024", "--root", str(stored), "--out", book),
        ("import_ledger.py", book, "--root", str(root)),
    ):
        done = made.run(f"scripts/{script}", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
    before, after = (
        [
            value
            for year in project.load(Folder(folder), TODAY).years
            for value in year.values.items()
        ]
        for folder in (stored, root)
    )
    assert [(n, v.number, v.parts) for n, v in before] == [(n, v.number, v.parts) for n, v in after]


def test_a_plain_ledger_of_totals_and_of_marks_is_read(tmp_path: Path) -> None:
    """One row a period, a column a quantity; one column a mark, money as it is typed."""
    for office, kind, text in (
        ("linjiang-district", "汇总", PERIODS),
        ("beiguan-street", "案件", PENALTIES),
    ):
        root = tmp_path / office
        shutil.copytree(Path(__file__).parent / office, root)
        shutil.rmtree(root / "records/2024")
        ledger = root / "台账.csv"
        ledger.write_text(text, encoding="utf-8")
        done = ran_script("import_ledger.py", ledger, "--kind", kind, "--root", root)
        assert done.returncode == 0, done.stdout + done.stderr
    year = project.load(Folder(tmp_path / "linjiang-district"), TODAY).years[0]
    assert plain(year.values["行政处罚"]) == "暂无"  # eight kinds of ten are not told
    assert plain(year.values["罚没金额"]) == "1.21万元"
    year = project.load(Folder(tmp_path / "beiguan-street"), TODAY).years[0]
    assert plain(year.values["罚没款"]) == "12250.50元"
    assert plain(year.values["公示率"]) == "50%"


PERIODS = """\\
标题,期间,类别,数据来源,警告件数（件）,罚款件数,罚没款（元）
1月处罚,2024年1月,行政处罚,平台月报,12,20,"12,050.50"
2月处罚,2024-02,行政处罚,平台月报,5,20,50
"""
PENALTIES = """\\
标题,受理日期,决定日期,办结日期,类别,处罚种类,结果,罚没金额（元）,程序,公示
一,2024.3.1,2024.3.1,2024.3.1,行政处罚,罚款,办结,12000.50,普通,是
二,2024.3.2,2024.3.2,2024.3.2,行政处罚,罚款,办结,250,简易,否
"""
