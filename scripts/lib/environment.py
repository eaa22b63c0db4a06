"""Runs the command in the project's `.venv`, which is made where there is none.

Every command imports this first, on any Python that the machine has: so it must parse on an old
one (3.6), which then runs `.venv`'s, or is refused in a sentence.
"""

from lib import installed
from lib.installed import PYTHON, RUNTIME, VENV
from lib.process import end_quietly, end_with_starter, run, speak_utf8

import os
import sys
from pathlib import Path

KEPT = "FAZHI_ENVIRONMENT_KEPT"
"""The variable that says: an update of `.venv` has just failed, which was reported."""


def ensure(requirements: Path = RUNTIME) -> None:
    """Return only inside the ready `.venv`; from anywhere else, run this very command there."""
    python = prepare(requirements)
    # Without UTF-8 mode, Windows would read the records in the code page of the machine.
    # With -OO, no rule would have its page, which is its docstring.
    is_plain = sys.flags.utf8_mode and not sys.flags.optimize and "PYTHONPATH" not in os.environ
    if not (installed.in_venv() and is_plain):
        run_again(python)


def prepare(requirements: Path) -> Path:
    """Make `.venv` hold `requirements`; its Python. Exits if no earlier state can go on."""
    if not installed.is_ready(requirements) and KEPT not in os.environ:
        stamp = installed.read_stamp(VENV)
        if installed.works(VENV) and stamp.get("python") != list(sys.version_info[:2]):
            # It keeps to its Python; from outside, since Windows moves no folder that runs a program.
            run_again(Path(str(installed.base_of(VENV)[0])))
        from lib import installing

        if not installing.bring(requirements):
            os.environ[KEPT] = "1"
    return VENV / PYTHON


def run_again(python: Path) -> None:
    """Run this very command with another Python; the end of this one."""
    sys.exit(run([str(python), str(Path(sys.argv[0]).resolve())] + sys.argv[1:]))


def leave_old_python() -> None:
    """What follows an old Python cannot run: `.venv`'s can, and looks again whether it is ready."""
    if sys.version_info < installed.OLDEST_PYTHON:
        if (VENV / installed.STAMP).exists() and (VENV / PYTHON).exists():
            run_again(VENV / PYTHON)
        installed.refuse_python()


# None of the project's: to look for some, pydantic would read what every package says of itself.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
# On import: from here on, only the syntax of the commands and of what they import must be old.
speak_utf8()
end_with_starter()
leave_old_python()
end_quietly()
