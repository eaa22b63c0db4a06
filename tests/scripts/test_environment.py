"""The set-up: a small project with packages made here, so that nothing is asked of a network."""

from __future__ import annotations

import ast
import ensurepip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.building import ROOT, once
from tests.support.machine import ran
from tests.support.packages import digest, lock
from tests.support.running import interruptible

pytest_plugins = ["tests.support.sites"]
pytestmark = pytest.mark.slow

SCRIPTS = ROOT / "scripts"
BEFORE = ("fazhi/problems/reasons.py", "fazhi/sources/aside.py")
"""What the scripts have of the program before they have `.venv`."""
STARTED = """\
from lib import environment
environment.ensure()
import sys, fazhi, lxml.etree
print(sys.prefix, fazhi.__file__, lxml.etree.VERSION)
"""
"""What a person types: it says which environment it came into, and what it found there."""


@pytest.fixture(scope="module")
def made(shared_folder: Path) -> Path:
    """A project whose environment is ready, in a folder that is called as people call them."""
    (shared_folder / "环境").mkdir(exist_ok=True)
    return once(shared_folder / "环境/法治年报[2025] 中 文", _made)


def _made(root: Path) -> None:
    shutil.copytree(SCRIPTS / "lib", root / "scripts/lib")
    (root / "scripts/start.py").write_text(STARTED, encoding="utf-8")
    for package in ("fazhi", "fazhi/problems", "fazhi/sources", "hooks/fazhi_mkdocs"):
        (root / package).mkdir(parents=True)
        (root / package / "__init__.py").touch()
    for file in BEFORE:
        shutil.copyfile(ROOT / file, root / file)
    lock(root, "1.0")
    done = start(root)
    assert done.returncode == 0, done.stderr
    unpack_pip(root, root.with_name("pip"))


def unpack_pip(root: Path, folder: Path) -> None:
    """Make a stand-in for ensurepip with pip unpacked and compiled by a first use: as a wheel,
    it compiles itself whenever it is run, which takes most of the time of these tests."""
    (wheel,) = (Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl")
    unpacked = folder / "ensurepip/_bundled" / wheel.name
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    (folder / "ensurepip/__init__.py").touch()
    command: list[str | Path] = [base(sys.executable), unpacked / "pip", "install"]
    command += ["--target", folder / "used"]
    command += ["--no-index", "--find-links", "wheels", "-r", "requirements.txt"]
    done = ran(command, root, surroundings({}))
    assert done.returncode == 0, done.stderr


@pytest.fixture
def project(
    made: Path, shared_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """A copy of it, with no way to any package."""
    monkeypatch.setenv("PYTHONPATH", str(shared_folder / "环境/pip"))
    root = tmp_path / "拷贝 [2]"
    shutil.copytree(made, root, symlinks=True)
    shutil.rmtree(root / "wheels")
    return root


def start(
    root: Path, python: Path | str = sys.executable, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Start the project's script with a Python of the machine, far from any source of packages."""
    return ran([base(python), "scripts/start.py"], root, surroundings(variables))


def base(python: Path | str) -> str:
    """The Python below an environment: whoever has just come has none of ours."""
    return getattr(sys, "_base_executable", python) if python == sys.executable else str(python)


def surroundings(variables: Mapping[str, str]) -> dict[str, str]:
    ours = {"CI", "PYTHONUTF8", "PYTHONDONTWRITEBYTECODE"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    nowhere = {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_EXTRA_INDEX_URL": "",
        "PIP_FIND_LINKS": "",
        "PIP_RETRIES": "0",
    }
    return {**inherited, **nowhere, **variables}


def is_ready(root: Path, version: str = "1.0") -> bool:
    """Whether the script runs in the project's own environment, as it was, and finds its own program."""
    done = start(root)
    own = f"{root / '.venv'} {root / 'fazhi/__init__.py'} {version}\n"
    return done.returncode == 0 and done.stdout == own


def leftovers(root: Path) -> set[str]:
    return {file.name for file in root.iterdir()} & {".vnew", ".vold"}


def machine(folder: Path, text: str) -> dict[str, str]:
    """The variable that makes a Python find another machine than this one: `text` is run first."""
    folder.mkdir(exist_ok=True)
    (folder / "sitecustomize.py").write_text(text, encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


# The first time


def test_it_is_made_from_the_folder_of_packages(made: Path) -> None:
    assert is_ready(made)
    assert leftovers(made) == set()
    lines = (made / ".venv/bin/activate").read_text(encoding="utf-8").splitlines()
    assert any("VIRTUAL_ENV=" in line and str(made / ".venv") in line for line in lines)


def test_of_pips_settings_the_sources_are_respected_and_no_other(
    bare: Path, tmp_path: Path
) -> None:
    (bare / "wheels").rename(tmp_path / "mirror")
    settings = tmp_path / "pip.conf"
    mirror = f"[global]\nfind-links = {tmp_path / 'mirror'}\n[install]\nno-index = true\n"
    others = ("target", "prefix", "root", "constraint", "platform")
    more = "".join(f"{key} = {tmp_path / 'elsewhere'}\n" for key in others)
    settings.write_text(mirror + more, encoding="utf-8")
    outside = {"PIP_CONFIG_FILE": str(settings), "PIP_FIND_LINKS": str(tmp_path / "mirror")}
    outside |= {"PIP_TARGET": "elsewhere", "PIP_PREFIX": "elsewhere", "PIP_CONSTRAINT": "missing"}
    outside |= {"PIP_REQUIRE_VIRTUALENV": "1", "PIP_DRY_RUN": "1", "PIP_USER": "1"}
    done = start(bare, **outside, PYTHONNOUSERSITE="1")
    assert done.returncode == 0, done.stderr
    assert is_ready(bare)
    assert not (tmp_path / "elsewhere").exists()
    assert not (bare / "elsewhere").exists()


def test_settings_that_pip_cannot_read_are_named(bare: Path, tmp_path: Path) -> None:
    shutil.rmtree(bare / "wheels")
    (tmp_path / "pip.conf").write_text("[global\nbroken\n", encoding="utf-8")
    assert "pip.conf" in refused(bare, PIP_CONFIG_FILE=str(tmp_path / "pip.conf"))


def test_modules_of_the_machine_are_not_taken_for_ours(project: Path, tmp_path: Path) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    done = start(project, PYTHONPATH=str(tmp_path))
    assert done.returncode == 0, done.stderr
    inside = start(project, project / ".venv/bin/python", PYTHONPATH=str(tmp_path))
    assert inside.returncode == 0, inside.stderr


def test_a_disk_without_links_will_do(bare: Path, tmp_path: Path) -> None:
    without = machine(
        tmp_path / "fat",
        "import os\ndef refuse(*_, **__): raise OSError(1, 'no links here')\nos.symlink = refuse\n",
    )
    done = start(bare, **without)
    assert done.returncode == 0, done.stderr
    assert not any(file.is_symlink() for file in (bare / ".venv").rglob("*"))
    assert is_ready(bare)


# What cannot be: told in a sentence, and nothing is left


def refused(root: Path, **variables: str) -> str:
    """What is said where nothing could be made."""
    done = start(root, **variables)
    assert done.returncode in (1, 2)
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert leftovers(root) == set()
    assert not (root / ".venv").exists()
    return done.stderr


@pytest.fixture
def bare(project: Path) -> Path:
    """A project that has packages and no environment."""
    lock(project, "1.0")
    shutil.rmtree(project / ".venv")
    return project


def test_no_network_and_no_packages(bare: Path) -> None:
    shutil.rmtree(bare / "wheels")
    said = refused(bare)
    assert "连不上软件源" in said
    assert "scripts/bundle.py" in said
    assert "Could not find" not in said
    assert "Could not find" in (bare / ".venv.log").read_text(encoding="utf-8")


def test_a_package_is_missing(bare: Path) -> None:
    next((bare / "wheels").glob("lxml*")).unlink()
    assert "wheels 文件夹里没有适合这台电脑" in refused(bare)


def test_a_package_is_another(bare: Path) -> None:
    with next((bare / "wheels").glob("lxml*")).open("ab") as wheel:
        wheel.write(b"more")
    assert "校验值" in refused(bare)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import sys; sys.version_info = (3, 16, 0, 'final', 0)", "需要 Python 3.11 到 3.15"),
        ("import sys; sys.version_info = (3, 10, 1, 'final', 0)", "需要 Python 3.11 到 3.15"),
        ("import sysconfig; sysconfig.get_platform = lambda: 'win-arm64'", "ARM 电脑上也装这一种"),
        ("import sysconfig; sysconfig.get_platform = lambda: 'win32'", "64 位的 Windows 版"),
        ("import sys; sys.implementation.name = 'pypy'", "CPython"),
        ("import sys; sys.modules['ensurepip'] = None", "sudo apt install python3."),
    ],
    ids=["newer", "older", "arm", "32", "pypy", "no-ensurepip"],
)
def test_a_python_that_does_not_fit(text: str, said: str, bare: Path, tmp_path: Path) -> None:
    assert said in refused(bare, **machine(tmp_path / "other", text))


def test_without_ensurepip_pip_comes_from_the_packages(bare: Path, tmp_path: Path) -> None:
    (wheel,) = (Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl")
    shutil.copy(wheel, bare / "wheels")
    without = machine(tmp_path / "debian", "import sys; sys.modules['ensurepip'] = None")
    assert "sudo apt install" in refused(bare, **without)  # it could be any pip
    with (bare / "requirements.txt").open("a", encoding="utf-8") as locked:
        locked.write(f"\n# pip --hash=sha256:{digest(wheel)}\n")
    done = start(bare, **without)
    assert done.returncode == 0, done.stderr
    assert is_ready(bare)


# It is never lost


def test_a_folder_that_was_moved_goes_on(project: Path, tmp_path: Path) -> None:
    moved = tmp_path / "移到 这里"
    project.rename(moved)
    assert is_ready(moved)


@pytest.mark.parametrize(
    "stamp",
    [{"base": ["/usr/bin/python3.11", 1, 1]}, {"base": []}],
    ids=["another-file", "unknown"],
)
def test_an_update_of_python_below_it_is_no_matter(stamp: dict[str, object], project: Path) -> None:
    file = project / ".venv/fazhi-ready.json"
    before = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**before, **stamp}), encoding="utf-8")
    assert is_ready(project)
    assert json.loads(file.read_text(encoding="utf-8")) == before


@pytest.mark.parametrize("version", [(3, 16), (3, 10), (3, 6)])
def test_whatever_python_starts_it_its_own_runs_it(
    version: tuple[int, int], project: Path, tmp_path: Path
) -> None:
    other = machine(tmp_path / "other", f"import sys; sys.version_info = {(*version, 0)}")
    done = start(project, **other)
    assert done.returncode == 0, done.stderr
    assert str(project / ".venv") in done.stdout


def gone(project: Path) -> None:
    (project / ".venv/bin/python").unlink()
    (project / ".venv/bin/python").symlink_to("/nowhere/python3.11")


def other_python(project: Path) -> None:
    file = project / ".venv/fazhi-ready.json"
    stamp = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**stamp, "python": [3, 10], "base": []}), encoding="utf-8")


def half_made(project: Path) -> None:
    (project / ".venv/fazhi-ready.json").write_text('{"python": [3', encoding="utf-8")


def a_file(project: Path) -> None:
    shutil.rmtree(project / ".venv")
    (project / ".venv").write_text("?", encoding="utf-8")


@pytest.mark.parametrize("harm", [gone, other_python, half_made, a_file])
def test_one_that_is_broken_is_made_anew(harm: object, project: Path) -> None:
    assert callable(harm)
    harm(project)
    lock(project, "1.0")
    assert "正在准备运行环境" in start(project).stderr
    assert is_ready(project)
    assert leftovers(project) == set()


def test_an_update_that_fails_leaves_the_old_one_and_the_next_takes_its_place(
    project: Path,
) -> None:
    lock(project, "2.0")
    shutil.rmtree(project / "wheels")
    first, second = start(project), start(project)
    for done in (first, second):
        assert done.returncode == 0
        assert done.stdout.endswith(" 1.0\n")
        assert done.stderr.count("运行环境没有更新，先用原来的。") == 1
    assert "正在更新运行环境" in first.stderr
    assert "正在更新运行环境" not in second.stderr  # nobody waits for it again at once
    assert start(project, CI="true").returncode == 1  # a pipeline judges by what is locked
    lock(project, "2.0")  # there is another way now
    assert "正在更新运行环境" in start(project).stderr
    assert is_ready(project, "2.0")
    assert leftovers(project) == set()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_an_update_that_is_broken_off_leaves_the_old_one(
    number: signal.Signals, code: int, project: Path
) -> None:
    lock(project, "2.0")
    wheel = next((project / "wheels").glob("lxml*"))
    wheel.unlink()
    os.mkfifo(wheel)  # whoever reads it waits
    with interruptible():
        process = subprocess.Popen(
            [base(sys.executable), "scripts/start.py"],
            cwd=project,
            env=surroundings({}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    with wheel.open("wb"):  # opens once pip reads
        os.killpg(process.pid, number)
        assert process.wait(timeout=60) == code
    wheel.unlink()
    assert (project / ".vnew").exists() == (number == signal.SIGKILL)
    done = start(project)
    assert done.returncode == 0
    assert done.stdout.endswith(" 1.0\n")
    assert leftovers(project) == set()


def test_one_that_was_put_aside_is_put_back(project: Path) -> None:
    (project / ".venv").rename(project / ".vold")  # ended between the two moves
    assert is_ready(project)
    assert leftovers(project) == set()


def test_a_new_one_that_could_not_take_its_place_is_not_made_again(project: Path) -> None:
    shutil.copytree(project / ".venv", project / ".vnew", symlinks=True)
    (project / ".venv/fazhi-ready.json").unlink()
    assert is_ready(project)
    assert leftovers(project) == set()


# Old Pythons


@pytest.mark.parametrize(
    "script", [*sorted(SCRIPTS.rglob("*.py")), *map(ROOT.joinpath, BEFORE)], ids=lambda s: s.name
)
def test_an_old_python_reads_every_script(script: Path) -> None:
    source = script.read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    imports = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    names = [ast.unparse(node) for node in imports]
    assert not any("__future__" in name for name in names)  # 3.6 knows no annotations there
    if "__main__" in source:
        # It refuses, before what an old Python lacks.
        assert re.fullmatch(r"from lib import (ROOT, )?environment(, .+)?", names[0])


def test_a_library_that_found_no_memory_is_told_of(tmp_path: Path) -> None:
    """It ends the whole process, which can say nothing: the one that started it does."""
    aborting = [sys.executable, "-c", "import os; os.abort()"]
    starting = f"import sys; from lib.process import run; sys.exit(run({aborting!r}))"
    done = ran([sys.executable, "-c", starting], tmp_path, {"PYTHONPATH": str(ROOT / "scripts")})
    assert done.returncode > 1
    assert "多半是内存不够" in done.stderr
