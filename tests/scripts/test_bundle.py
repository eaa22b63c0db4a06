"""What is carried to a machine without a network. The packages are ours: no index is asked."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile

import pytest

from tests.support.building import ROOT, Project, contents, copied
from tests.support.packages import lock
from tests.support.running import killed

pytestmark = pytest.mark.slow

NOWHERE = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_RETRIES": "0",
    "PYTHONUTF8": "1",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project whose packages lie in `wheels`, from where they are taken again."""
    made = copied(tmp_path_factory.mktemp("bundle") / "年报 [1]")
    shutil.copyfile(ROOT / ".gitignore", made.root / ".gitignore")
    lock(made.root, "1.0", "requirements-rollup.txt")
    return made


def test_a_zip_holds_the_project_and_its_packages(project: Project) -> None:
    (project.root / "site").mkdir()
    (project.root / "site/index.html").touch()
    os.utime(project.root / "mkdocs.yml", (0, 0))  # no zip has a day before 1980
    if sys.platform != "win32":
        os.mkfifo(project.root / "docs/pipe")  # is left out: it has no end
    before = contents(project.root / "wheels")
    done = project.run(
        "scripts/bundle.py", "--zip", "out.zip", "--platform", "windows", environment=NOWHERE
    )
    assert done.returncode == 0, done.stderr
    assert contents(project.root / "wheels") == before
    with zipfile.ZipFile(project.root / "out.zip") as archive:
        assert archive.testzip() is None
        names = {name.removeprefix("年报 [1]/") for name in archive.namelist()}
    assert {f"wheels/{name}" for name in before} < names
    assert {"mkdocs.yml", "scripts/build.py", "records/township.yml", ".gitignore"} < names
    left_out = (".venv", "site", "out.zip", ".wheels", "docs/pipe")
    assert not [name for name in names if name.startswith(left_out)]
    assert not (project.root / ".wheels.part").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="such names are of other systems")
def test_nothing_is_fetched_where_no_zip_can_name_a_file(project: Project) -> None:
    strange = project.root / os.fsdecode(b"records/\xd5\xd5.md")
    strange.touch()
    command = ("scripts/bundle.py", "--zip", "held.zip", "--platform", "windows")
    done = project.run(*command, environment=NOWHERE)
    strange.unlink()
    assert (done.returncode, "文件名不是 UTF-8" in done.stderr) == (1, True), done.stderr
    assert "正在下载" not in done.stderr
    assert not [*project.root.glob(".writing-*"), *project.root.glob("*held.zip*")]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is of Linux")
def test_nothing_is_fetched_for_a_place_that_takes_no_file(project: Project) -> None:
    done = project.run("scripts/bundle.py", "--zip", "/proc/x.zip", environment=NOWHERE)
    assert done.returncode == 1
    assert "/proc" in done.stderr
    assert "正在下载" not in done.stderr


def test_what_a_killed_one_leaves_is_cleared(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has all the records, as a zip that is not whole."""
    for name, value in NOWHERE.items():
        monkeypatch.setenv(name, value)
    command = ("scripts/bundle.py", "--zip", "held.zip", "--platform", "windows")
    assert killed(project, "os.rename", 2, *command).returncode == 9
    assert not (project.root / "held.zip").exists()
    project.run("scripts/check_records.py")
    names = [file.name for file in project.root.iterdir()]
    assert not [name for name in names if name.startswith(".writing-") or "held" in name]


def test_where_a_package_is_missing_the_old_ones_stand(project: Project) -> None:
    before = contents(project.root / "wheels")
    locked = project.root / "requirements-rollup.txt"
    there = locked.read_text(encoding="utf-8")
    locked.write_text(there.replace("lxml==1.0", "lxml==2.0"), encoding="utf-8")
    done = project.run("scripts/bundle.py", "--platform", "linux-arm", environment=NOWHERE)
    locked.write_text(there, encoding="utf-8")  # tests of this project are run in any order
    assert done.returncode == 1
    assert "requirements-rollup.txt，linux-arm，Python 3.11：没有取全。" in done.stderr
    assert "lxml==2.0" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(project.root / "wheels") == before
    assert not (project.root / ".wheels.part").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--platform", "amiga"], "看不懂这条命令"),
        (["--zip", "records/x.zip"], "那里放的是原稿和记录"),
        (["--zip", "docs"], "docs 是文件夹"),
        *((["--zip", name], "的末尾要是 .zip") for name in ("README.md", "mkdocs.yml")),
        (["--zip", "wheels/x.zip"], "那里放的是程序"),
        (["--zip", b"\xff.zip".decode("utf-8", "surrogateescape")], "认不出来的字"),
        (["--zips"], "是不是 --zip"),
    ],
)
def test_what_it_cannot_obey(arguments: list[str], said: str, project: Project) -> None:
    done = project.run("scripts/bundle.py", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
