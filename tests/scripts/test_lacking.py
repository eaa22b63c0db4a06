"""A folder, a disk, a memory or a path that fails: every command says it in a sentence."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.conftest import BASE, MakeProject, lay
from tests.support import machine, repositories
from tests.support.building import ROOT
from tests.support.machine import ran
from tests.support.running import ran_code, ran_script

CLOSED = ["status.py 2024 >&-", "check_records.py 2>&-", "new_record.py 活动 <&-"]


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a shell does")
@pytest.mark.parametrize("command", CLOSED, ids=lambda command: command.partition(".")[0])
def test_nobody_needs_to_listen(tmp_path: Path, command: str) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    script, *arguments, closed = command.split()
    shell = f'"$0" "$@" {closed}'
    python: list[str | Path] = [sys.executable, "-X", "utf8", ROOT / "scripts" / script, *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = ran(["sh", "-c", shell, *python, "--root", tmp_path], ROOT, environment)
    assert "Traceback" not in done.stdout + done.stderr
    assert done.returncode in (0, 1, 2)


REFUSED = """
import os, runpy, sys
refused = sys.argv[1]

def refuse(event, arguments):
    if event == "os.scandir" and os.path.abspath(arguments[0]) == refused:
        raise PermissionError(13, "Permission denied", refused)

sys.addaudithook(refuse)
sys.path.insert(0, "scripts")
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script where nobody may look into a folder."""


@pytest.mark.parametrize(
    "command", ["check_records.py", "stage.py {}/out", "export_ledger.py 2024", "import_ledger.py {}/project/records"],
    ids=lambda command: command.partition(".")[0],
)  # fmt: skip
def test_a_folder_that_nobody_may_look_into_is_told(tmp_path: Path, command: str) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    script, *arguments = command.format(tmp_path).split()
    refused = str(root / "records/2024/activities")
    done = ran_code(REFUSED, refused, f"scripts/{script}", *arguments, "--root", root)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert f"读写文件失败：{refused}（没有权限，或者正被别的程序占用）。" in said
    assert "Traceback" not in said


def test_a_file_in_the_place_of_a_folder_is_told(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    lay(tmp_path, {"docs/guide": "一个文件"})
    done = ran_script("generate.py", "--root", tmp_path)
    assert f"读写文件失败：{tmp_path / 'docs/guide'}" in done.stderr
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


@pytest.mark.skipif(sys.platform == "win32", reason="makes a pipe")
def test_what_has_no_end_is_not_imported(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "台账.csv")
    done = ran_script("import_ledger.py", tmp_path / "台账.csv", "--root", BASE)
    assert (done.returncode, "没有这个文件" in done.stderr) == (2, True)


@pytest.mark.parametrize("command", ["stage.py {}", "export_report.py 2024 --out {}"])
def test_a_folder_that_is_gone_is_no_place_to_run_in(tmp_path: Path, command: str) -> None:
    shutil.copytree(BASE, root := tmp_path / "project")
    (gone := tmp_path / "gone").mkdir()
    script, *arguments = command.format(tmp_path / "there").split()
    python: list[str | Path] = [
        sys.executable,
        ROOT / "scripts" / script,
        *arguments,
        "--root",
        root,
    ]
    done = ran([machine.tool("sh"), "-c", 'rmdir "$PWD" && exec "$@"', "sh", *python], gone)
    assert (done.returncode, (tmp_path / "there").exists()) == (2, False)
    assert "文件夹已经没有了" in done.stderr and "Traceback" not in done.stderr


AS_NOBODY = """
import os, pathlib, sys
sys.path.insert(0, "scripts")
from lib.command_line import projects_around
os.seteuid(65534 if os.geteuid() == 0 else os.geteuid())
print(projects_around(pathlib.Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="changes its user")
def test_a_folder_that_nobody_may_look_into_is_no_project(tmp_path: Path) -> None:
    tmp_path.chmod(0o600)
    done = ran([sys.executable, "-c", AS_NOBODY, tmp_path], ROOT)
    tmp_path.chmod(0o700)
    assert (done.stdout, done.stderr) == ("[]\n", "")


SMALL = """
import resource, runpy, sys
most = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
sys.path.insert(0, "scripts")
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script where no file may have more bytes than these, as on a disk that is full, or nearly."""


@pytest.mark.parametrize(
    ("command", "most"),
    [
        *(("stage.py", 0), ("export_ledger.py 2024 --out", 0), ("stage.py", 1000)),
        ("export_ledger.py 2024 --out", 4000),
        *(("export_report.py 2024 --out", 1000), ("compare.py HEAD --out", 1000)),
        *(("form.py --out", 1000), ("rollup.py tests/cases/rollup/townships/甲乡 --out", 0)),
    ],
)
def test_nothing_stays_where_the_disk_was_full(
    tmp_path: Path, office_in_git: Path, command: str, most: int
) -> None:
    (there := tmp_path / "there").mkdir()
    endings = {"export_ledger.py": ".xlsx", "form.py": ".html"}
    environment = {**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    script, *arguments = command.split()
    out = there / f"out{endings.get(script, '')}"
    small: list[str | Path] = [sys.executable, "-c", SMALL, str(most), f"scripts/{script}"]
    small += [*arguments, out, *(("--root", office_in_git) if script != "rollup.py" else ())]
    done = ran(small, ROOT, environment)
    said = done.stdout + done.stderr
    assert done.returncode in (1, 2), said
    assert f"写不进去：{out}" in said or f"读写文件失败：{out}" in said
    assert "Traceback" not in said
    assert list(there.iterdir()) == []


MEANWHILE = """
import os, runpy, sys
from pathlib import Path
other, settled = Path(sys.argv.pop(1)), os.fsync

def meanwhile(*given):
    other.parent.mkdir(exist_ok=True)
    other.write_text("{}")
    settled(*given) if given else None

os.fsync = os.sync = meanwhile
sys.path.insert(0, "scripts")
del sys.argv[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def test_two_editions_that_are_staged_at_once_do_not_mix(tmp_path: Path) -> None:
    other = tmp_path / "there/menu.json"
    done = ran_code(MEANWHILE, other, "scripts/stage.py", other.parent, "--root", BASE)
    assert (done.returncode, "已经有同名的" in done.stderr) == (1, True), done.stderr
    assert [*other.parent.iterdir()] == [other] and other.read_text(encoding="utf-8") == "{}"


def test_what_a_full_disk_keeps_from_being_fixed_is_told(tmp_path: Path) -> None:
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    record = tmp_path / "records/2024/activities/宪法宣传.md"
    record.write_text(record.read_text(encoding="utf-8").replace("日期: ", "日期："), "utf-8")
    small = [sys.executable, "-c", SMALL, "0", "scripts/check_records.py", "--fix"]
    done = ran([*small, "--root", tmp_path], ROOT, {**os.environ, "PYTHONUTF8": "1"})
    assert re.search(rf"写不进去：{record}（.*）。腾出地方再试。没有改。", done.stderr), done.stderr
    assert (done.returncode, "--fix" in done.stdout + done.stderr) == (1, False)


LACKING = """
import builtins, runpy, sys
kind = sys.argv[1]
imported = builtins.__import__

def refuse(name, *rest):
    if name == "fazhi" and "project" in rest[2]:
        if kind == "library":
            raise ImportError("failed to map segment", name="lib._so", path="/lib/_so.abi3.so")
        raise getattr(builtins, kind)
    return imported(name, *rest)

builtins.__import__ = refuse
sys.path.insert(0, "scripts")
del sys.argv[:2]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script for which the machine has too little memory."""


@pytest.mark.parametrize("kind", ["MemoryError", "SystemError", "library"])
@pytest.mark.parametrize(
    "command", ["status.py 2024", "check_records.py --root", "package_site.py 2024"]
)
def test_a_machine_with_too_little_memory_is_told(
    command: str, kind: str, make_project: MakeProject
) -> None:
    """Of the project itself the check may still know what it found before."""
    script, *arguments = command.split()
    new = [str(make_project({}))] if "--root" in arguments else []
    done = ran_code(LACKING, kind, f"scripts/{script}", *arguments, *new)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "内存不够" in done.stderr and ("lib._so" in done.stderr) == (kind == "library")


def test_a_disk_that_was_full_breaks_no_later_command(tmp_path: Path) -> None:
    """What Python compiles is kept whole, or not at all."""
    kept = {name: value for name, value in os.environ.items() if "BYTECODE" not in name}
    kept |= {"PYTHONUTF8": "1", "PYTHONPYCACHEPREFIX": str(tmp_path / "compiled")}
    command: list[str | Path] = ["scripts/check_text.py", BASE / "docs/report/2024.md"]
    command += ["--year", "2024", "--root", BASE]
    assert ran([sys.executable, *command], ROOT, kept).returncode == 0
    for most in (4000, 30_000):
        shutil.rmtree(tmp_path / "compiled" / ROOT.relative_to(ROOT.anchor) / "fazhi")
        ran([sys.executable, "-c", SMALL, str(most), *command], ROOT, kept)
        done = ran([sys.executable, *command], ROOT, kept)
        assert (done.returncode, "Traceback" in done.stderr) == (0, False), (most, done.stderr)


@pytest.fixture
def office_in_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of which git knows an earlier state, with many records that are new."""
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    repositories.own_environment(monkeypatch)
    repositories.git(root, "init", "-q")
    repositories.commit(root)
    text = (root / "records/2024/activities/宪法宣传.md").read_text(encoding="utf-8")
    for number in range(100):
        changed = text.replace("日集中宣传", f"日集中宣传第{number}次")
        lay(root, {f"records/2024/activities/{number}.md": changed})
    return root


@pytest.mark.parametrize("command", ["stage.py", "export_ledger.py 2024 --out", "verify.py", "check_records.py"])  # fmt: skip
def test_a_path_that_is_too_long_is_told(command: str) -> None:
    script, *arguments = command.split()
    done = ran_script(script, *arguments, "甲" * 3000)
    assert done.returncode == 2, done.stderr
    assert "用不了（名称太长）" in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        *("build.py --edition=--", "build.py --out=--", "status.py --date=--"),
        *("check_records.py --format=--", "rollup.py . --out=--", "stage.py out --root=--"),
    ],
)
def test_two_dashes_are_no_value(tmp_path: Path, command: str) -> None:
    script, *arguments = command.split()
    done = ran_script(script, *arguments, cwd=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "看不懂这条命令" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    ["stage.py", "export_report.py 2024 --out", "verify.py --root", "compare.py HEAD --out"],
)
def test_a_link_that_leads_to_itself_is_told(tmp_path: Path, command: str) -> None:
    (tmp_path / "圈").symlink_to("圈")
    script, *arguments = command.split()
    done = ran_script(script, *arguments, tmp_path / "圈/甲")
    assert (done.returncode, "圈/甲 用不了（" in done.stderr) == (2, True), done.stderr
