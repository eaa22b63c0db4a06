"""What a machine may lack beside Python: programs that some tests need."""

from __future__ import annotations

import os
import shutil

import pytest


def tool(*names: str) -> str:
    """Where a program is, under the first of its names that the machine knows.

    Without it, the test is skipped, and counted at the end of the run; with CI=true it fails.
    """
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        message = f"没有找到 {' 或 '.join(names)}"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return found
