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


def killed(
    project: Project, events: str, moment: int, *command: str
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project until it is about to do one of the `events` for the nth time."""
    # By the project's own Python, which the script does not start again.
    python = project.root / ".venv" / Path(sys.executable).relative_to(sys.prefix)
    return subprocess.run(
        [str(python), "-c", KILLED, events, str(moment), *command],
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
