"""Malformed projects, and what is said of them, line for line: see tests/cases/README.md.

`warning-…` cases pass with a warning; all others are refused. What cannot be stored (links)
is made here.
"""

import os
import shutil
from pathlib import Path

import pytest

from fazhi.problems.problem import has_errors
from tests.conftest import BASE, TODAY, checked, lay, lines, printed
from tests.support.building import Project, contents, copied
from tests.support.cases import MORE, cases, files_in
from tests.support.running import ran_script

CASES = cases()
RECORD = "records/2024/activities/宪法宣传.md"


def test_base_is_clean(make_project):
    project = checked(make_project({}))
    assert (project.problems, project.files) == ([], 2)


def test_what_rows_change_is_clean(make_project):
    assert checked(make_project(files_in(MORE))).problems == []


def test_there_are_enough_cases():
    assert len(CASES) >= 275


@pytest.mark.parametrize("name", CASES)
def test_prints_what_is_expected(name, make_project, request):
    case = CASES[name]
    problems = checked(make_project(case.files)).problems
    assert problems
    assert all(problem.hint for problem in problems)
    assert has_errors(problems) is not name.startswith("warning-")
    found = lines(problems)
    if found != case.expected and request.config.getoption("--write-golden"):
        case.rewrite(found)
    assert found == case.expected


# What cannot be stored


def link_to_a_folder_outside(root: Path) -> str:
    (root / "records/2024/activities").rename(root.parent / "outside")
    (root / "records/2024/activities").symlink_to(root.parent / "outside", target_is_directory=True)
    return link_refused("records/2024/activities")


def link_of_a_year(root: Path) -> str:
    (root / "records/2023").symlink_to(root / "records/2024", target_is_directory=True)
    return link_refused("records/2023")


def link_that_leads_nowhere(root: Path) -> str:
    (root / "records/2024/cases/无.md").symlink_to(root / "无")
    return link_refused("records/2024/cases/无.md")


def narrative_is_a_link(root: Path) -> str:
    narrative = root / "docs/report/2024.md"
    narrative.rename(root.parent / "outside.md")
    narrative.symlink_to(root.parent / "outside.md")
    hint = "放文件本身，不要放链接或快捷方式"
    return f"docs/report/2024.md:1:1: 错误 FZ114 这是一个链接。{hint}\n"


def no_township(root: Path) -> str:
    (root / "records/township.yml").unlink()
    return "records/township.yml:1:1: 错误 FZ114 没有这个文件。照说明补上\n"


def name_that_is_no_text(root: Path) -> str:
    name = os.fsdecode("宣传.md".encode("gbk"))
    shutil.copyfile(root / RECORD, root / "records/2024/activities" / name)
    (root / RECORD).unlink()
    seen = r"\udcd0\udcfb\udcb4\udcab.md"
    hint = "名称是别的编码的，改成“宣传.md”"
    return f"records/2024/activities/{seen}:1:1: 错误 FZ115 文件名“{seen}”不能用。{hint}\n"


def link_refused(path: str) -> str:
    return f"{path}:1:1: 错误 FZ114 这是一个链接。放文件本身，不要放链接或快捷方式\n"


@pytest.mark.parametrize(
    "make",
    [
        link_to_a_folder_outside,
        link_of_a_year,
        link_that_leads_nowhere,
        narrative_is_a_link,
        no_township,
        name_that_is_no_text,
    ],
)
def test_refuses_what_cannot_be_stored(make, make_project):
    root = make_project({})
    expected = make(root)
    assert printed(root) == expected


# The commands


def test_exit_codes_and_output_of_the_command(make_project, tmp_path):
    case = CASES["everything-at-once"]
    root = make_project(case.files)
    today = ("--today", str(TODAY))
    # Of a copy: a check keeps what it found in the project's own folder.
    clean = ran_script(
        "check_records.py", "--root", shutil.copytree(BASE, tmp_path / "base"), *today
    )
    assert (clean.returncode, clean.stdout) == (0, "")
    faulty = ran_script("check_records.py", "--root", root, *today)
    assert faulty.returncode == 1
    # Below each problem stand its line and its rule.
    assert [line for line in faulty.stdout.splitlines() if not line.startswith("  ")] == (
        case.expected.splitlines()
    )
    wrong = ran_script("check_records.py", "--no-such-option")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "用法" in wrong.stderr
    assert not any("Traceback" in done.stderr for done in (clean, faulty, wrong))


@pytest.mark.parametrize(
    ("case", "command"),
    [
        ("yaml-unclosed-quote", ("scripts/build.py",)),
        ("narrative-untrue-more-than", ("-m", "mkdocs", "build", "--strict")),
    ],
)
def test_failed_build_leaves_the_site_as_it_was(command, case, tmp_path):
    project = copied(tmp_path / "project")
    for folder in ("records", "docs/report"):
        shutil.rmtree(project.root / folder)
    shutil.copytree(BASE, project.root, dirs_exist_ok=True)
    lay(project.root, CASES[case].files)
    make_site(project)
    before = contents(project.site)
    done = project.run(*command)
    assert done.returncode == 1, done.stdout + done.stderr
    assert set(CASES[case].expected.splitlines()) <= set(done.stderr.splitlines())
    assert "Traceback" not in done.stderr
    assert contents(project.site) == before


def make_site(project: Project) -> None:
    """Files that a site has, so that a build may replace them, and one that no build writes."""
    names = ("index.html", "404.html", "assets/site.css", "2023/旧页.html")
    lay(project.site, {name: f"原来的 {name}" for name in names})
