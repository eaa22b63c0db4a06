"""Commands from outside: run to their end, at a terminal, or killed at a given moment."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.support import forked
from tests.support.building import ROOT, Project
from tests.support.machine import ran

WITHIN = 60  # seconds, for what takes one on an idle machine
PRESSES = 12
OURS = {"PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}


def ran_script(
    script: str, *arguments: str | Path, cwd: Path = ROOT, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A script of this project, run to its end with nobody at the keyboard."""
    return _ran([ROOT / "scripts" / script, *arguments], ROOT, cwd, environment)


def ran_code(code: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same of Python's own text, as after -c."""
    return _ran(["-c", code, *arguments], ROOT, ROOT, {})


def _ran(
    command: Sequence[str | Path], root: Path, cwd: Path, variables: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """A script by a project's own Python (ours, where it has none), which it does not start again."""
    root = root if (root / ".venv").exists() else ROOT
    environment = {**os.environ, **OURS, **variables}
    if forked.can_fork(root):
        return forked.ran(command, root, cwd, environment)
    python = root / ".venv" / Path(sys.executable).relative_to(sys.prefix)
    return ran([python, *command], cwd, environment)


@contextlib.contextmanager
def interruptible() -> Iterator[None]:
    """Let what is started meanwhile hear Ctrl-C.

    A process inherits that it is ignored, as it is behind `nohup`, or `&` in a script; that it is
    handled, it does not inherit.
    """
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Terminal:
    """A Python command whose input and output are a terminal."""

    def __init__(self, command: Sequence[str], cwd: Path) -> None:
        import pty  # noqa: PLC0415 - where there is none, nothing else here needs one

        self._master, slave = pty.openpty()
        with interruptible():
            self.process = subprocess.Popen(
                [sys.executable, *command],
                cwd=cwd,
                env={**os.environ, "PYTHONUTF8": "1", "TERM": "dumb"},
                stdin=slave,
                stdout=slave,
                stderr=slave,
            )
        os.close(slave)

    def asked(self, within: float = WITHIN) -> str:
        """All that is said until the next prompt, or the end, or nothing for so many seconds."""
        said = b""
        while not said.endswith(b"> ") and select.select([self._master], [], [], within)[0]:
            try:
                piece = os.read(self._master, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            said += piece
        return said.decode("utf-8", "replace").replace("\r\n", "\n")

    def types(self, *texts: str) -> str:
        """Type lines, one at each prompt; all that is said from the first on."""
        said = ""
        for text in texts:
            os.write(self._master, f"{text}\n".encode())
            said += self.asked()
        return said

    def interrupted(self) -> str:
        """Ctrl-C, and all that is said then.

        Between a prompt and the waiting for a line, Python does not hear it until the next one:
        so it is pressed once nothing runs there, and again, as a person would, where no machine
        tells of that.
        """
        state = Path(f"/proc/{self.process.pid}/stat")
        while state.exists() and ") R " in state.read_text(encoding="utf-8"):
            pass
        for _ in range(PRESSES):
            self.process.send_signal(signal.SIGINT)
            if said := self.asked(within=WITHIN / PRESSES):
                return said
        return ""

    def ends(self) -> int:
        try:
            return self.process.wait(WITHIN)
        finally:
            self.process.kill()  # what has not ended by then
            os.close(self._master)


# Killed between one write and the next

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
    project: Project, events: str, moment: int, *command: str | Path
) -> subprocess.CompletedProcess[str]:
    """Run a command of the project until it is about to do one of the `events` for the nth time."""
    # Without bytecode, so that every run writes the same.
    command = ("-c", KILLED, events, str(moment), *command)
    return _ran(command, project.root, project.root, {"PYTHONDONTWRITEBYTECODE": "1"})


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
    return _ran(["-c", HELD, how, file, *command], cwd, cwd, {})
