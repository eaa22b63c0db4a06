#!/usr/bin/env python3
"""Run the tests: `python3 scripts/test.py [--quick] [--coverage] [what pytest takes]`.

--quick leaves out those in a browser and those that take long; --coverage says at the end which
lines of the program no test came to. Paths are from the project's root. Works on a fresh machine
with nothing but Python: see environment.py.
"""

from lib import ROOT, environment
from lib.command_line import clear_left_behind
from lib.installed import DEV
from lib.process import run, say

import os
import sys

MEANS = {  # our own options, as pytest has them
    "--quick": ["-m", "not browser and not slow"],
    "--coverage": ["--cov", "--cov-report=term"],
}

MEMORY = "/dev/shm"
"""Where Linux keeps files in memory: thousands of small ones are soon written there, and soon away."""
ROOM = 4 * 10**9
"""Bytes that are free there on a machine with memory enough: a run takes a quarter of it."""


def has_room(folder: str) -> bool:
    """Whether files in memory are no burden there, and programs among them run."""
    if not (hasattr(os, "statvfs") and os.access(folder, os.W_OK)):
        return False
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize >= ROOM and not disk.f_flag & os.ST_NOEXEC


def main() -> int:
    if not (ROOT / "tests").is_dir():
        say("这里没有测试：new_township.py 做的项目不带，改程序的在原来的项目里测试。")
        say("看记录对不对，运行 python3 scripts/check_records.py。")
        return 2
    clear_left_behind([ROOT])
    python = environment.prepare(DEV)
    if has_room(MEMORY):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)  # where pytest makes its folders
    command = [str(python), "-m", "pytest"]
    for argument in sys.argv[1:]:
        command += MEANS.get(argument, [argument])
    return run(command, cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
