#!/usr/bin/env python3
"""Run the tests: `python3 scripts/test.py [what pytest takes]`, paths from the project's root.

Works on a fresh machine with nothing but Python: see environment.py.
"""

from lib import ROOT, environment
from lib.installed import DEV
from lib.process import run

import sys


def main() -> int:
    python = environment.prepare(DEV)
    return run([str(python), "-m", "pytest"] + sys.argv[1:], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
