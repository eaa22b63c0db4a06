"""What a killed command leaves, which may hold what is not public: the next command removes it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fazhi.sources.aside import clear, own_folder
from tests.conftest import BASE
from tests.support.building import ROOT, Project, with_few_records
from tests.support.running import WITHIN, held, killed, ran_script

WHILE_OTHERS_END = """
import contextlib, os, pathlib, sys, threading
from fazhi.sources import aside
here, ended = pathlib.Path(sys.argv[1]), threading.Event()
def come_and_go():
    while not ended.is_set():
        with contextlib.ExitStack() as end:
            own = [end.enter_context(aside.own_folder(here)) for _ in range(20)]
            assert all(folder.exists() for folder in own)
other = threading.Thread(target=come_and_go)
other.start()
try:
    for _ in range(100):
        aside.clear([here])
finally:
    ended.set()
    other.join()
print(*here.iterdir())
"""


def test_what_is_removed_by_another_meanwhile_is_no_trouble(tmp_path: Path) -> None:
    command = [sys.executable, "-c", WHILE_OTHERS_END, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("\n", "")


AS_ONE_WHO_MAY_NOT_ALL = """
import os, pathlib, sys, tempfile
from fazhi.sources import aside
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
    print(*aside.clear([here, locked]), file=sys.stderr)
    print(sorted(p.name for p in here.iterdir()), oct(outside.stat().st_mode))
    for place in (outside, locked):
        place.chmod(0o777)
    os.seteuid(os.getuid())
"""


def test_what_is_a_file_or_cannot_be_written_goes_or_is_named() -> None:
    command = [sys.executable, "-c", AS_ONE_WHO_MAY_NOT_ALL]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout == "['locked', 'outside'] 0o40555\n", done.stderr
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
    left = small.root.rglob(".writing-*/*")
    assert "东村" in "".join(file.read_text(encoding="utf-8") for file in left)
    moved = small.root.rename(tmp_path / "移走")
    ran_script("check_records.py", "--root", moved)
    assert not list(moved.rglob(".writing-*"))


@pytest.mark.parametrize("script", ["check_records.py", "stage.py", "compare.py", "new_record.py"])
def test_only_what_is_at_work_stays(tmp_path: Path, script: str) -> None:
    root, temporary = tmp_path / "project", tmp_path / "temporary"
    shutil.copytree(BASE, root)
    for folder in (root / "dist", temporary):
        folder.mkdir()
    gone = [place / f".writing-{0:016x}" for place in (root, root / "dist", temporary)]
    gone[-1].with_name(f"{gone[-1].name}.lock").touch()
    others = [root / "dist/甲-1", temporary / "fazhi-township-1", temporary / ".writing-20241231-2"]
    with contextlib.ExitStack() as end:
        near = (root, root / "dist", temporary)
        kept = [end.enter_context(own_folder(place)) for place in near]
        for folder in (*gone, *others):
            folder.mkdir()
        for folder in (*kept, *gone, *others):
            (folder / "x").write_text("不公开的", encoding="utf-8")
        os.utime(kept[0], (1, 1))  # by the clock of another machine
        there = str(temporary)
        ran_script(script, tmp_path / "没有", "--root", root, TMPDIR=there, TEMP=there)
        assert [folder for folder in gone if folder.exists()] == []
        assert all((folder / "x").exists() for folder in (*kept, *others))
    assert list(tmp_path.rglob(".writing-*")) == [others[-1]]


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no containers here")
def test_nor_is_it_seen_as_left_from_another_container(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    alone = ["unshare", "--user", "--map-root-user", "--pid", "--fork", "--mount-proc"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no containers may be made here")
    with own_folder(root) as folder:
        command = [
            *alone,
            sys.executable,
            str(ROOT / "scripts/check_records.py"),
            "--root",
            str(root),
        ]
        subprocess.run(command, capture_output=True, check=False)
        assert folder.exists()


def test_what_an_earlier_version_left_goes_and_nothing_that_it_leads_to(tmp_path: Path) -> None:
    root, other = tmp_path / "project", tmp_path / "别处"
    shutil.copytree(BASE, root)
    for folder in (other, root / ".importing-0a1b_xyz"):
        folder.mkdir()
        (folder / "x").write_text("不公开的", encoding="utf-8")
    (root / ".importing-0a1b_xyz/链接").symlink_to(other)
    (root / ".importing-0a1b_xy0").symlink_to(other)
    ran_script("check_records.py", "--root", root)
    assert not (root / ".importing-0a1b_xyz").exists()
    assert [file.name for file in other.iterdir()] == ["x"]


OWN = """
.writing-notes .writing-我的稿子 .writing-0a1b2c3 .writing-notes-1 .writing-我-1 .writing-notes.lock
.writing-20241231 .writing-2024-12 .site.building-2024 fazhi-report.of-2024
.importing-底稿 .importing-notes .importing-2024年底稿 .importing-0a1b2c3d-1 fazhi-我.of-1
"""


def test_what_a_person_named_alike_stays(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    names = OWN.split()
    for name in names:
        (root / name).mkdir()
    ran_script("check_records.py", "--root", root, TMPDIR=str(root))
    assert [name for name in names if not (root / name).exists()] == []


def test_folders_within_folders_go_however_deep(tmp_path: Path) -> None:
    root = tmp_path / "project"
    shutil.copytree(BASE, root)
    at = left = root / f".writing-{0:016x}"
    left.mkdir()
    (left / "x").write_text("不公开的", encoding="utf-8")
    for _ in range(1500):
        at /= "d"
        at.mkdir()
    done = ran_script("check_records.py", "--root", root)
    assert "Traceback" not in done.stderr
    assert not left.exists()


@pytest.mark.parametrize("option", ["-h", "--nothing"])
def test_nor_after_a_command_that_does_nothing(small: Project, option: str) -> None:
    (left := small.root / f".writing-{0:016x}").mkdir()
    small.run("scripts/check_records.py", option)
    assert not left.exists()


@pytest.mark.parametrize(
    "command",
    ["stage.py .", "compare.py HEAD --out x.md", "export_ledger.py 2024 --out x/x.xlsx", "import_ledger.py x.xlsx"],
    ids=lambda command: command.partition(".")[0],
)  # fmt: skip
def test_nor_beside_the_place_that_the_next_one_names(tmp_path: Path, command: str) -> None:
    left = tmp_path / f"out/.writing-{0:016x}"
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
    assert [file.name for file in desk.glob(".writing-*/*")] == ["0.new"]
    small.run(f"scripts/{script}")
    assert [file.name for file in desk.iterdir()] == ["案件.csv"]


ENDING = """
import os, pathlib, sys
from fazhi.sources import aside
left = int(sys.argv[2])
def end(event, arguments):
    global left
    left -= event in ("open", "os.mkdir", "os.rename", "os.remove")
    if not left:
        os._exit(9)
sys.addaudithook(end)
with aside.own_folder(pathlib.Path(sys.argv[1])):
    pass
"""


def test_nor_where_one_was_killed_as_it_began_or_ended(tmp_path: Path) -> None:
    codes: list[int] = []
    while 0 not in codes:
        command = [sys.executable, "-c", ENDING, str(tmp_path), str(len(codes) + 1)]
        codes.append(subprocess.run(command, cwd=ROOT, check=False).returncode)
        clear([])
        assert not list(tmp_path.iterdir()), len(codes)
    assert len(codes) > 5


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
