"""A command that is killed between one write and the next, at a moment that is told beforehand."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.building import Project

KILLED = """
import os, runpy, sys
events, left = sys.argv.pop(1).split(","), int(sys.argv.pop(1))

def count(event, arguments):
    global left
    if event not in events or isinstance(arguments[0], int):
        return
    if not os.path.abspath(arguments[0]).startswith(os.getcwd() + os.sep):
        return
    if event != "open" or arguments[2] & 3:
        left -= 1
        if not left:
            os._exit(9)

sys.path.insert(0, "scripts")
sys.addaudithook(count)
sys.argv.pop(0)
try:
    runpy.run_path(sys.argv[0], run_name="__main__")
finally:
    print("left", left)
"""
"""Runs a script that ends at once before it writes or moves a file of the project for the nth time."""


def _python(root: Path) -> Path:
    """A project's own Python, where it has one: the scripts do not start that again."""
    own = root / ".venv" / Path(sys.executable).relative_to(sys.prefix)
    return own if own.exists() else Path(sys.executable)


def killed(
    project: Project, events: str, moment: int, *command: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project until it is about to do one of the `events` for the nth time."""
    return subprocess.run(
        [_python(project.root), "-c", KILLED, events, str(moment), *command],
        cwd=project.root,
        # Without bytecode, so that every run writes the same.
        env={
            **os.environ,
            "PYTHONUTF8": "1",
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_MKDOCS_2_WARNING": "1",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


HELD = """
import os, runpy, signal, sys
how, held = sys.argv.pop(1), sys.argv.pop(1)
places = {"os.rename": 2, "os.remove": 1}

def hold(event, arguments):
    if held not in map(os.path.abspath, arguments[: places.get(event, 0)]):
        return
    if how == "open":
        raise PermissionError(13, "Permission denied", *arguments[:1])
    if how == "interrupted":
        signal.raise_signal(signal.SIGINT)
    if how == "killed":
        os._exit(9)

sys.path.insert(0, os.path.dirname(sys.argv[1]))
sys.addaudithook(hold)
sys.argv.pop(0)
runpy.run_path(sys.argv[0], run_name="__main__")
"""
"""Runs a script while a file can neither be moved nor replaced, as on Windows when it is open."""


def held(how: str, file: Path, *command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a script: the file is "open"; or the script is "interrupted", or "killed", at its turn."""
    return subprocess.run(
        [_python(cwd), "-c", HELD, how, file, *command],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
