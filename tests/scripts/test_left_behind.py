"""What a killed command leaves, which may hold what is not public: the next command removes it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import BASE
from tests.support.building import ROOT, Project, with_few_records
from tests.support.running import WITHIN, held, killed, ran_script

WHILE_OTHERS_END = """
import os, pathlib, sys, threading
from lib.process import clear_left_behind
here, ended = pathlib.Path(sys.argv[1]), threading.Event()
def come_and_go():
    while not ended.is_set():
        for number in range(20):
            (here / f"fazhi-{number}.of-{os.getppid()}").mkdir()
        for number in range(20):
            (here / f"fazhi-{number}.of-{os.getppid()}").rmdir()
other = threading.Thread(target=come_and_go)
other.start()
try:
    for _ in range(100):
        clear_left_behind([here], here / "noted/places")
finally:
    ended.set()
    other.join()
"""


def test_what_is_removed_by_another_meanwhile_is_no_trouble(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WHILE_OTHERS_END, str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT / "scripts", capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


AS_ONE_WHO_MAY_NOT_ALL = """
import os, pathlib, sys, tempfile
from lib.process import clear_left_behind
with tempfile.TemporaryDirectory(dir="/tmp") as made:
    here = pathlib.Path(made)
    outside, locked = here / "outside", here / "locked"
    for folder in (outside, locked, here / ".importing-0000000a/a/b"):
        folder.mkdir(parents=True)
    for file in (here / ".importing-0000000a/a/b/x", here / ".importing-0000000b", locked / ".importing-0000000c"):
        file.write_text("x")
    (here / ".importing-0000000a/a/link").symlink_to(outside)
    if os.geteuid() == 0:
        for place in (here, *here.rglob("*")):
            os.lchown(place, 65534, 65534)
        os.seteuid(65534)
    for place in (here / ".importing-0000000a/a/b", here / ".importing-0000000a/a", outside, locked):
        place.chmod(0o555)
    (here / ".importing-0000000a").chmod(0)
    clear_left_behind([here, locked], here / "noted/places")
    print(sorted(p.name for p in here.iterdir()), oct(outside.stat().st_mode))
    for place in (outside, locked):
        place.chmod(0o777)
    os.seteuid(os.getuid())
"""


def test_what_is_a_file_or_cannot_be_written_goes_or_is_named() -> None:
    command = [sys.executable, "-c", AS_ONE_WHO_MAY_NOT_ALL]
    done = subprocess.run(
        command, cwd=ROOT / "scripts", capture_output=True, text=True, check=False
    )
    assert done.stdout == "['locked', 'noted', 'outside'] 0o40555\n", done.stderr
    assert done.stderr.count("删不掉") == 1
    assert "locked/.importing-0000000c。" in done.stderr


@pytest.fixture
def small(tmp_path: Path) -> Project:
    return with_few_records(tmp_path / "project")


def test_the_next_command_of_any_kind_removes_what_a_killed_import_left(
    small: Project, tmp_path: Path
) -> None:
    book = tmp_path / "台账.xlsx"
    done = ran_script("export_ledger.py", "2024", "--out", book, "--root", small.root)
    assert done.returncode == 0, done.stderr
    for record in small.records.glob("2024/*/*.md"):
        record.unlink()
    importing = ("scripts/import_ledger.py", book)
    assert killed(small, "os.rename", 1, *importing).returncode == 9
    left = list(small.root.glob(".writing-*"))
    assert "东村" in "".join(f.read_text(encoding="utf-8") for f in left[0].iterdir())
    small.run("scripts/check_records.py")
    assert not list(small.root.glob(".writing-*"))


@pytest.mark.parametrize("script", ["check_records.py", "stage.py", "compare.py", "new_record.py"])
def test_only_what_is_at_work_stays(tmp_path: Path, script: str) -> None:
    root, temporary = tmp_path / "project", tmp_path / "temporary"
    shutil.copytree(BASE, root)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)  # nobody asks how: it stays a zombie
    kept, gone = (
        [
            *(root / f".writing-0a1b-{number}", root / f"dist/.writing-0a1b-{number}"),
            *(root / f".site-internal.building-{number}", temporary / f"fazhi-x_1.of-{number}"),
            root / f".docs.building-old-{number}",  # another took its place
        ]
        for number in (os.getpid(), ended.pid)
    )
    others = [root / ".site.building-old-1", root / "dist/甲-1", temporary / f"else-{ended.pid}"]
    others += [place / f"fazhi-示例-{ended.pid}" for place in (root, temporary)]  # a person's own
    others += [temporary / f"fazhi-township-{ended.pid}"]
    for folder in (*kept, *gone, *others):
        folder.mkdir(parents=True)
        (folder / "x").write_text("不公开的", encoding="utf-8")
    there = str(temporary)
    ran_script(script, tmp_path / "没有", "--root", root, TMPDIR=there, TEMP=there)
    assert [folder for folder in gone if folder.exists()] == []
    assert all(folder.exists() for folder in (*kept, *others))
    ended.wait()


@pytest.mark.parametrize("name", [".importing-0a1b_xyz", ".writing-0a1b2c3d"])
def test_what_an_earlier_version_left_goes_and_nothing_that_it_leads_to(
    tmp_path: Path, name: str
) -> None:
    root, other = tmp_path / "project", tmp_path / "别处"
    shutil.copytree(BASE, root)
    for folder in (other, root / name):
        folder.mkdir()
        (folder / "x").write_text("不公开的", encoding="utf-8")
    (root / name / "链接").symlink_to(other)
    (root / f"{name[:-1]}0").symlink_to(other)
    (root / f"{name[:-1]}1").write_text("不公开的", encoding="utf-8")
    ran_script("check_records.py", "--root", root)
    assert not (root / name).exists()
    assert not (root / f"{name[:-1]}1").exists()
    assert [file.name for file in other.iterdir()] == ["x"]


OWN = """
.writing-notes .writing-我的稿子 .writing-0a1b2c3 .writing-notes-{number} .writing-我-{number}
.importing-底稿 .importing-notes .importing-2024年底稿 .importing-0a1b2c3d-{number} fazhi-我.of-{number}
"""


def test_what_a_person_named_alike_stays(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    names = OWN.format(number=ended.pid).split()
    for name in names:
        (root / name).mkdir()
    ran_script("check_records.py", "--root", root, TMPDIR=str(root))
    assert [name for name in names if not (root / name).exists()] == []


def test_what_has_the_number_of_no_command_goes(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    with subprocess.Popen(["sleep", "60"]) as other:
        numbers = (0, -1, 1 << 31, 10**12, *([other.pid] if PROC.exists() else []))
        left = [root / f".writing-0a1b-{number}" for number in numbers]
        for folder in left:
            folder.mkdir()
        ran_script("check_records.py", "--root", root)
        other.kill()
    assert [folder.name for folder in left if folder.exists()] == []


def test_folders_within_folders_go_however_deep(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    at = left = root / f".writing-0a1b-{1 << 31}"
    left.mkdir()
    (left / "x").write_text("不公开的", encoding="utf-8")
    for _ in range(1500):
        at /= "d"
        at.mkdir()
    done = ran_script("check_records.py", "--root", root)
    assert "Traceback" not in done.stderr
    assert not left.exists()


PROC = Path("/proc/self/stat")


@pytest.mark.skipif(not PROC.exists(), reason="told by this system alone")
def test_what_was_there_before_the_process_of_its_number_goes(tmp_path: Path) -> None:
    """As after the power failed: its number is that of another one, which goes on for days."""
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    before, since = (root / f".writing-{word}-{os.getpid()}" for word in ("0a1b", "0a1c"))
    for folder in (before, since):
        folder.mkdir()
    os.utime(before, (1, 1))
    ran_script("check_records.py", "--root", root)
    assert (before.exists(), since.exists()) == (False, True)


@pytest.mark.parametrize("option", ["-h", "--nothing"])
def test_nor_after_a_command_that_does_nothing(small: Project, option: str) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (left := small.root / f".writing-0a1b-{ended.pid}").mkdir()
    small.run("scripts/check_records.py", option)
    assert not left.exists()


@pytest.mark.parametrize(
    "command",
    ["stage.py .", "compare.py HEAD --out x.md", "export_ledger.py 2024 --out x/x.xlsx", "import_ledger.py x.xlsx"],
    ids=lambda command: command.partition(".")[0],
)  # fmt: skip
def test_nor_beside_the_place_that_the_next_one_names(tmp_path: Path, command: str) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = tmp_path / f"out/.writing-0a1b-{ended.pid}"
    left.mkdir(parents=True)
    script, *arguments = command.split()
    ran_script(script, *arguments, "--root", BASE, cwd=tmp_path / "out")
    assert not left.exists()


@pytest.mark.parametrize("script", ["check_records.py", "verify.py", "status.py"])
def test_nor_where_an_earlier_one_wrote(small: Project, tmp_path: Path, script: str) -> None:
    """On a desk that no later command names."""
    (desk := tmp_path / "桌面").mkdir()
    rows = ["标题,受理日期,类别,结果", "西村水渠纠纷,2024-07-01,矛盾纠纷,在办", "西村,无,无,无"]
    (desk / "案件.csv").write_text("\n".join(rows), encoding="utf-8")
    importing = ("scripts/import_ledger.py", desk / "案件.csv", "--kind", "案件", "--skip-bad")
    done = held("killed", desk / "案件-退回.xlsx", *importing, cwd=small.root)
    assert done.returncode == 9, done.stderr
    left = list(desk.glob(".writing-*"))
    assert [file.name for file in left[0].iterdir()] == ["0.new"]
    small.run(f"scripts/{script}")
    assert not left[0].exists()
    assert [file.name for file in desk.iterdir()] == ["案件.csv"]


STARTING = """
import sys
from lib.process import run
waiting = "import os, time; from lib import environment; print(os.getpid(), flush=True); time.sleep(99)"
sys.exit(run([sys.executable, "-c", waiting]))
"""


def test_a_command_ends_with_the_one_that_started_it() -> None:
    """One sees the first alone, and kills that: a preview would go on to show what is not public."""
    with subprocess.Popen(
        [sys.executable, "-c", STARTING], cwd=ROOT / "scripts", stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout
        second = int(first.stdout.readline())
        first.kill()
        try:
            first.communicate(timeout=WITHIN)  # as long as somebody may write there
        except subprocess.TimeoutExpired:
            os.kill(second, signal.SIGKILL)
            raise
