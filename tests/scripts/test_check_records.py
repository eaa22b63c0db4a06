"""The checker as a command: one file among many, a change held against its base, what is staged."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TODAY, MakeProject
from tests.support.building import ROOT
from tests.support.machine import ran
from tests.support.repositories import commit, git, own_environment, write
from tests.support.running import ran_script

ACTIVITY = """\
---
标题: {title}
日期: {day}
类别: 宣传活动
地点: 场镇
---
"""
FOLDER = "records/2024/activities"
WRONG_RECORD = "records/2024/cases/东村山林纠纷.md"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    own_environment(monkeypatch)


def check(*arguments: str | Path, watch: str = "") -> subprocess.CompletedProcess[str]:
    """Run the checker; `watch` is code run first, in the same process, which has read nothing."""
    if not watch:
        return ran_script("check_records.py", "--today", str(TODAY), *arguments)
    command = ["scripts/check_records.py", "--today", str(TODAY), *map(str, arguments)]
    start = f"{watch}\nimport sys, runpy\nsys.argv = sys.argv[1:]\nsys.path[0] = 'scripts'\n"
    command = ["-c", f"{start}runpy.run_path(sys.argv[0], run_name='__main__')", *command]
    return ran([sys.executable, *command], ROOT, {**os.environ, "PYTHONUTF8": "1"})


def committed(root: Path) -> Path:
    commit(root)
    return root


# Once more, and nothing has changed

LOADED = """\
import atexit, sys
heavy = ("pydantic", "yaml", "jinja2")
atexit.register(lambda: print("装入", [n for n in heavy if n in sys.modules], file=sys.stderr))
"""
FAULTY = {
    f"{FOLDER}/2024-05-01-甲.md": ACTIVITY.format(title="甲", day="2024-05-02"),
    f"{FOLDER}/2024-05-03-乙.md": "标题：乙\n",
}


@pytest.mark.parametrize("form", ["text", "json", "github"])
@pytest.mark.parametrize("files", [{}, FAULTY], ids=["clean", "faulty"])
def test_a_check_of_what_has_not_changed_tells_the_same_and_loads_nothing(
    files: dict[str, str], form: str, make_project: MakeProject
) -> None:
    root = make_project(files)
    first = check("--root", root, "--format", form)
    again = check("--root", root, "--format", form, watch=LOADED)
    assert first.returncode == again.returncode == (1 if files else 0)
    assert again.stdout == first.stdout
    assert again.stderr == f"{first.stderr}装入 []\n"


def test_a_check_tells_anew_what_may_have_changed(make_project: MakeProject) -> None:
    root = make_project({})
    record = root / f"{FOLDER}/宪法宣传.md"
    assert check("--root", root).returncode == 0
    record.write_bytes(record.read_bytes().replace("标题".encode(), "题目".encode()))
    assert "FZ202" in check("--root", root).stdout
    record.write_bytes(record.read_bytes().replace("题目".encode(), "标题".encode()))
    assert check("--root", root).stdout == ""
    assert "FZ409" in check("--root", root, "--today", "2024-12-01").stdout  # another day
    assert check("--root", root, "--format", "json").stdout.startswith("{")  # another form
    for file in (root / ".cache").iterdir():
        file.write_bytes(b"broken")
    assert check("--root", root).stdout == ""


# One file among many

OPENED = """\
import sys
def seen(event, arguments):
    if event == "open" and str(arguments[0]).endswith(".md"):
        print("读", arguments[0], file=sys.stderr)
sys.addaudithook(seen)
"""


def test_one_file_is_checked_without_reading_those_of_other_days(make_project: MakeProject) -> None:
    days = ["2024-03-01", "2024-03-03", "2024-03-09", "2024-05-01"]
    files = {f"{FOLDER}/{d}-宣传.md": ACTIVITY.format(title=f"宣传 {d}", day=d) for d in days}
    root = make_project(files)
    done = check("--root", root, root / FOLDER / "2024-03-01-宣传.md", watch=OPENED)
    assert done.returncode == 0, done.stderr
    read = {Path(line[2:]).name for line in done.stderr.splitlines() if line.startswith("读 ")}
    # 宪法宣传.md has no date in its name: it may be of the same day.
    assert read == {"2024-03-01-宣传.md", "2024-03-03-宣传.md", "宪法宣传.md"}
    assert "共 1 条记录：0 个错误，0 个警告" in done.stderr


def test_one_file_that_repeats_another_is_found(make_project: MakeProject) -> None:
    text = ACTIVITY.format(title="禁毒宣传", day="2024-06-26")
    names = ("2024-06-26-甲.md", "2024-06-26-乙.md")
    root = make_project({f"{FOLDER}/{name}": text for name in names})
    done = [check("--root", root, root / FOLDER / name) for name in names]
    assert [d.returncode for d in done] == [0, 1] or [d.returncode for d in done] == [1, 0]
    assert sum("FZ411" in d.stdout for d in done) == 1


def test_one_file_says_nothing_of_the_others(make_project: MakeProject) -> None:
    root = make_project({f"{FOLDER}/2024-03-01-坏.md": "坏"})
    good = check("--root", root, root / FOLDER / "宪法宣传.md")
    assert (good.returncode, good.stdout) == (0, "")
    assert check("--root", root).returncode == 1


def test_one_file_needs_its_settings(make_project: MakeProject) -> None:
    root = make_project({"records/vocabulary.yml": "板块: ["})
    done = check("--root", root, root / FOLDER / "宪法宣传.md")
    assert done.returncode == 1
    assert "records/vocabulary.yml:2:" in done.stdout


# A change and its base


@pytest.mark.parametrize(
    "path, old, new",
    [("records/figures.yml", "单位: 份", "单位: 张"), (WRONG_RECORD, "结果: ", "结果: 没有的")],
)
def test_a_narrative_that_is_not_held_to_faulty_records_is_not_said_to_be_right(
    path: str, old: str, new: str, make_project: MakeProject
) -> None:
    root = make_project({})
    report = root / "docs/report/2024.md"
    assert check("--root", root, report).returncode == 0
    file = root / path
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    done = check("--root", root, report)
    assert done.returncode == 1
    assert path in done.stdout
    assert "叙述稿里的数没有核对" in done.stderr
    assert "0 个错误" not in done.stderr


def test_a_change_does_not_fail_for_what_was_there_before(make_project: MakeProject) -> None:
    wrong = ACTIVITY.format(title="旧", day="2024-03-01").replace("宣传活动", "没有的类别")
    root = committed(make_project({f"{FOLDER}/2024-03-01-旧.md": wrong}))
    git(root, "checkout", "-q", "-b", "change")
    write(root, f"{FOLDER}/2024-05-01-新.md", ACTIVITY.format(title="新", day="2024-05-01"))
    done = check("--root", root, "--base", "main")
    assert done.returncode == 0, done.stdout
    assert "警告 FZ301" in done.stdout
    assert "原来就有" in done.stdout
    assert check("--root", root).returncode == 1
    committed(root)
    assert check("--root", root, "--base", "main").returncode == 0


def test_a_change_fails_for_a_fault_in_a_file_it_touches(make_project: MakeProject) -> None:
    path = f"{FOLDER}/2024-03-01-旧.md"
    wrong = ACTIVITY.format(title="旧", day="2024-03-01").replace("宣传活动", "没有的类别")
    root = committed(make_project({path: wrong}))
    write(root, path, wrong + "补一句。\n")
    done = check("--root", root, "--base", "main")
    assert (done.returncode, "错误 FZ301" in done.stdout) == (1, True)


def test_a_change_fails_for_a_fault_it_makes_in_a_file_it_does_not_touch(
    make_project: MakeProject,
) -> None:
    """A new record that an untouched one repeats; a number that an untouched report prints."""
    same = ACTIVITY.format(title="禁毒宣传", day="2024-06-26")
    root = committed(make_project({f"{FOLDER}/2024-06-26-乙.md": same}))
    write(root, f"{FOLDER}/2024-06-26-a.md", same)
    done = check("--root", root, "--base", "main")
    assert done.returncode == 1
    assert f"{FOLDER}/2024-06-26-乙.md" in done.stdout


def test_what_time_brings_is_no_fault_of_the_change(make_project: MakeProject) -> None:
    case = (
        "---\n标题: 土地纠纷\n受理日期: 2025-11-20\n类别: 矛盾纠纷\n结果: 在办\n"
        "纠纷类型: 山林土地\n村: 东村\n---\n"
    )
    root = committed(make_project({"records/2025/cases/2025-11-20-01.md": case}))
    done = check("--root", root, "--base", "main")
    assert done.returncode == 0
    assert "警告 FZ408" in done.stdout


def test_personal_data_is_an_error_whoever_brought_it(make_project: MakeProject) -> None:
    text = ACTIVITY.format(title="旧", day="2024-03-01") + "电话 13800138000\n"
    root = committed(make_project({f"{FOLDER}/2024-03-01-旧.md": text}))
    done = check("--root", root, "--base", "main")
    assert (done.returncode, "错误 FZ501" in done.stdout) == (1, True)


@pytest.mark.parametrize("base", ["没有的分支", "--help-me", "", "main"])
def test_an_unknown_base_is_reported_in_a_sentence(base: str, make_project: MakeProject) -> None:
    root = make_project({})
    if base != "main":  # which is unknown where there is no repository
        commit(root)
    done = check("--root", root, "--base", base)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()


# What is staged


def test_what_is_staged_is_checked_not_what_is_on_disk(make_project: MakeProject) -> None:
    root = committed(make_project({}))
    path = f"{FOLDER}/2024-05-01-新.md"
    good = ACTIVITY.format(title="新", day="2024-05-01")
    write(root, path, good.replace("地点: ", "地址: "))
    git(root, "add", path)
    write(root, path, good)
    done = check("--root", root, "--staged")
    assert done.returncode == 1
    assert f"{path}:5:1: 错误 FZ202" in done.stdout


def test_personal_data_is_stopped_before_it_is_in_git(make_project: MakeProject) -> None:
    root = committed(make_project({}))
    places = {
        f"{FOLDER}/2024-05-01-新.md": ACTIVITY.format(title="新 13800138000", day="2024-05-01"),
        f"{FOLDER}/2024-06-01-13800138000.md": ACTIVITY.format(title="新", day="2024-06-01"),
        "docs/index.md": "电话 13800138000\n",
        "records/2024/files/名单.txt": "甲 13800138000\n",
        "records/2024/files/13800138000.jpg": "x",
        "docs/别的.md": "11010519491231002X\n",
    }
    for path, text in places.items():
        write(root, path, text)
    git(root, "add", "-A")
    done = check("--root", root, "--staged")
    assert done.returncode == 1
    found = [line.partition(":")[0] for line in done.stdout.splitlines() if "错误 FZ501" in line]
    assert sorted(found) == sorted(path.replace("13800138000", "138*****000") for path in places)
    assert "13800138000" not in done.stdout + done.stderr
    assert "11010519491231002X" not in done.stdout + done.stderr


def test_staged_evidence_is_there_and_missing_evidence_is_told(make_project: MakeProject) -> None:
    root = committed(make_project({}))
    text = ACTIVITY.format(title="新", day="2024-05-01")
    text = text.replace("地点: 场镇", "地点: 场镇\n佐证材料:\n  - {名称: 照片, 文件: 照片.jpg}")
    write(root, f"{FOLDER}/2024-05-01-新.md", text)
    git(root, "add", "-A")
    assert "FZ503" in check("--root", root, "--staged").stdout
    write(root, "records/2024/files/照片.jpg", "x")
    git(root, "add", "-A")
    assert check("--root", root, "--staged").returncode == 0


def test_a_machine_that_runs_python_without_docstrings_is_no_hindrance(make_project) -> None:
    """Some set PYTHONOPTIMIZE for all; a rule's page is its docstring."""
    command = [sys.executable, "-OO", "scripts/check_records.py", "--root", str(make_project({}))]
    done = ran(command, ROOT, {**os.environ, "PYTHONOPTIMIZE": "2"})
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr


@pytest.mark.parametrize(
    ("zone", "kept"), [("Asia/Shanghai", "Asia/Shanghai"), (__file__, "None"), (":docs", "None")]
)
def test_a_time_zone_that_is_another_file_is_left_out(zone: str, kept: str) -> None:
    start = "import sys; sys.path[:0] = ['scripts']; from lib.process import clean_environment"
    command = [sys.executable, "-c", f"{start}; print(clean_environment().get('TZ'))"]
    assert ran(command, ROOT, {**os.environ, "TZ": zone}).stdout == f"{kept}\n"


def test_an_interruption_is_told_in_a_word() -> None:
    start = "import sys; sys.path[:0] = ['scripts']; from lib import environment"
    raised = f"{start}; raise KeyboardInterrupt"
    done = ran([sys.executable, "-c", raised], ROOT)
    assert "已中断" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("buffered", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "at once"])
def test_output_that_nobody_takes_is_no_fault(
    make_project: MakeProject, buffered: dict[str, str]
) -> None:
    root = make_project(FAULTY)
    end, output = os.pipe()
    os.close(end)
    inherited = {name: v for name, v in os.environ.items() if name != "PYTHONUNBUFFERED"}
    done = subprocess.run(
        [sys.executable, "scripts/check_records.py", "--root", str(root)],
        cwd=ROOT,
        stdout=output,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**inherited, "PYTHONUTF8": "1", **buffered},
        check=False,
    )
    os.close(output)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "BrokenPipeError" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that takes nothing")
@pytest.mark.parametrize("buffered", [{}, {"PYTHONUNBUFFERED": "1"}])
def test_a_command_that_cannot_show_what_it_did_has_done_it(buffered, tmp_path):
    made = tmp_path / "填表.html"
    with Path("/dev/full").open("w", encoding="utf-8") as output:
        done = subprocess.run(
            [sys.executable, "scripts/form.py", "--out", str(made)],
            cwd=ROOT,
            stdout=output,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", **buffered},
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.endswith("）；写文件、改文件不受影响。\n")
    assert "没有写" not in done.stderr
    assert made.stat().st_size > 0
