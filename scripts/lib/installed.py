"""The project's `.venv`: where it is, what must be in it, and whether it is. The standard library
only, and syntax that Python 3.6 can parse and run."""

from lib import ROOT
from lib.process import say

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

VENV = ROOT / ".venv"
PYTHON = "Scripts/python.exe" if os.name == "nt" else "bin/python"
STAMP = "fazhi-ready.json"
"""Both are in an environment; the stamp is written last, when it is whole."""

RUNTIME = ROOT / "requirements.txt"
ROLLUP = ROOT / "requirements-rollup.txt"
DEV = ROOT / "requirements-dev.txt"
# An environment that holds more can build too: nothing is installed again to go back.
INCLUDES = {RUNTIME: [RUNTIME], ROLLUP: [ROLLUP, RUNTIME], DEV: [DEV, ROLLUP, RUNTIME]}

OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON = (3, 15)
"""The range that every locked package was tried for: `scripts/bundle.py --table`."""


def refuse_python() -> None:
    """Exit code 2 and what to install, where this Python is none that the project was tried with."""
    if not OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        found = "{}.{}".format(*sys.version_info[:2])
        oldest, newest = ("{}.{}".format(*version) for version in (OLDEST_PYTHON, NEWEST_PYTHON))
        say(f"需要 Python {oldest} 到 {newest}，这台机器上运行的是 {found}。")
        say("请安装其中一个（从哪里取，见 docs/guide/offline.md），再用它运行同一条命令。")
        sys.exit(2)


def in_venv() -> bool:
    return Path(sys.prefix).resolve() == VENV.resolve()


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def is_ready(requirements: Path, venv: Path = VENV) -> bool:
    """Whether an environment works and holds what is locked now."""
    return works(venv) and locked(venv).get(requirements.name) == digest(requirements)


def locked(venv: Path) -> "dict[str, str]":
    """The digests of the lock files that an environment was made from, by name."""
    found = read_stamp(venv).get("requirements")
    return found if isinstance(found, dict) else {}


def works(venv: Path) -> bool:
    """Whether an environment was finished and its Python runs it, here and now.

    It is run only where the file of the Python below has changed, as an update of Python and a copy
    to another machine do: what is installed may fit the new one or not.
    """
    stamp = read_stamp(venv)
    if not stamp or not (venv / PYTHON).exists():
        return False
    base = base_of(venv)
    if stamp.get("base") == base:
        return True
    import contextlib
    import subprocess

    same = f"list(sys.version_info[:2]) == {stamp.get('python')!r}"
    trial = f"import sys, yaml._yaml, pydantic_core, lxml.etree; sys.exit(not {same})"
    try:
        tried = subprocess.run(
            [str(venv / PYTHON), "-I", "-c", trial], capture_output=True, check=False
        )
    except OSError:  # it does not even start
        return False
    if tried.returncode == 0:
        with contextlib.suppress(OSError):  # next time it is tried again
            write_stamp(venv, {**stamp, "base": base})
    return tried.returncode == 0


def base_of(venv: Path) -> "list[object]":
    """The file of the Python below an environment, its size, and when it was written."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
        named = [line.partition("=")[2].strip() for line in lines if line.startswith("executable")]
    except (OSError, ValueError):
        named = []
    for file in [*named, os.path.realpath(str(venv / PYTHON))]:
        if os.path.exists(file):
            about = os.stat(file)
            return [file, about.st_size, about.st_mtime_ns]
    return []


def read_stamp(venv: Path) -> "dict[str, object]":
    """What an environment was made from; empty when it is missing or was left half-made."""
    try:
        stamp = json.loads((venv / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(venv: Path, stamp: "Mapping[str, object]") -> None:
    """Whole or not at all: the stamp is what a later run believes."""
    unfinished = (venv / STAMP).with_suffix(f".part-{os.getpid()}")
    unfinished.write_text(json.dumps(stamp, indent=2), encoding="utf-8")
    os.replace(str(unfinished), str(venv / STAMP))
