"""Real git repositories, of nobody's configuration, and what git must not have changed in them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.machine import ran, tool

IDENTITY = {
    "GIT_AUTHOR_NAME": "测试",
    "GIT_AUTHOR_EMAIL": "test@localhost",
    "GIT_AUTHOR_DATE": "2025-03-01T08:00:00+08:00",
    "GIT_COMMITTER_NAME": "测试",
    "GIT_COMMITTER_EMAIL": "test@localhost",
    "GIT_COMMITTER_DATE": "2025-03-01T08:00:00+08:00",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No repository but the one in a folder, and the identity above."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in IDENTITY.items():
        monkeypatch.setenv(name, value)


def git(root: Path, *arguments: str) -> str:
    """What git prints; it must not fail."""
    done = ran([tool("git"), "-C", root, *arguments])
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def commit(root: Path) -> str:
    """Everything in the folder as a commit, in a repository that is made if there is none."""
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "改动")
    return git(root, "rev-parse", "HEAD").strip()


def write(root: Path, path: str, text: str) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")


def untouched(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file with its time and bytes, git's own index, branches and configuration included."""
    files = (file for file in sorted(root.rglob("*")) if file.is_file() and not file.is_symlink())
    return {
        file.relative_to(root).as_posix(): (file.stat().st_mtime_ns, file.read_bytes())
        for file in files
    }
