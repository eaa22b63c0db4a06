"""What a machine may lack beside Python, and some tests need: programs, and a Chinese font.

Without it, a test is skipped, and counted at the end of the run; with CI=true it fails.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

import pytest


def ran(
    command: Sequence[str | Path],
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    errors: str = "strict",
) -> subprocess.CompletedProcess[str]:
    """How a command ended, and what it printed."""
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", errors=errors, check=False
    )


def tool(*names: str) -> str:
    """Where a program is, under the first of its names that the machine knows."""
    found = next(filter(None, map(shutil.which, names)), None)
    return found or _lack(" 或 ".join(names))


_FONTLESS = """
for folder in /usr/share/fonts /usr/local/share/fonts /usr/share/texmf /usr/share/texlive; do
  [ ! -d $folder ] || mount -t tmpfs none $folder || exit 77
done
exec "$@"
"""


def fontless(command: Sequence[str | Path], home: Path) -> subprocess.CompletedProcess[str]:
    """How a command ended where no font is installed; skipped where nobody may part the file system."""
    parted = [tool("unshare"), "--mount", "--map-root-user", "sh", "-c", _FONTLESS, "fontless"]
    if ran([*parted, "true"]).returncode:
        pytest.skip("不许隔开文件系统")
    environment = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home)}
    return ran([*parted, *command], env=environment)


def chinese_font() -> None:
    """One of the machine's own, in which a browser or an office suite shows Chinese."""
    if not ran([tool("fc-list"), ":lang=zh"]).stdout:
        _lack("中文字体")


NPM = Path(__file__).parent / "npm"


def node_packages(kept: Path) -> Path:
    """A folder with what `tests/support/npm` holds, and beside it the packages that it names, from
    the npm registry: from one run to the next, in `kept`."""
    # Neither Node nor the network is a part of the machine: it is skipped without them, in CI too.
    if not (npm := shutil.which("npm")):
        pytest.skip("没有 npm")
    held = b"".join(file.read_bytes() for file in sorted(NPM.iterdir()))
    folder, making = kept / hashlib.sha256(held).hexdigest(), kept / "making"
    if folder.exists():
        return folder
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(NPM, making)
    options = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
    patience = ("--fetch-retries=1", "--fetch-timeout=30000")
    if ran([npm, "ci", *options, *patience], making).returncode:
        pytest.skip("npm 的包取不到")
    return making.rename(folder)


def _lack(what: str) -> NoReturn:
    message = f"没有找到 {what}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
