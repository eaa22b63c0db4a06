"""Asks git: the files of a revision, what a change touches, what is staged. It changes nothing."""

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from fazhi.sources.aside import temporary_folder

if TYPE_CHECKING:
    from fazhi.sources.tree import GitObject, Tree

CONTENT = ("records", "docs/report", "docs/index.md")  # what a project is read from
_ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_INDEX_FILE"}
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.splitIndex=false")
"""So that git starts no process and leaves no file of its own beside the index."""


class GitError(Exception):
    """git cannot answer; the text says why, and what to do, in Chinese."""


class _Refused(GitError):
    """git ended with a fault, in these words of its own."""

    def __init__(self, command: str, words: str) -> None:
        unfit = "仓库可能不完整，运行 git fsck 看看"
        super().__init__(f"git {command} 没有做成：{unfit}。\ngit 的原话：{words}")
        self.words = words


class Repository:
    """The git repository of a project. Every question raises GitError where git cannot answer."""

    def __init__(self, root: Path) -> None:
        """Found from the project's folder, not from the environment. Raises GitError.

        A hook runs with GIT_DIR set, which would make any folder the top of the work tree. Of its
        variables only the index is taken, when it is this repository's: with `git commit -a` or
        `git commit FILE` what is about to be committed is in an index of another name.
        """
        self._root = root
        self._environment = {name: v for name, v in os.environ.items() if name not in _ELSEWHERE}
        try:
            folder = self._git("rev-parse", "--absolute-git-dir").strip()
        except _Refused as refused:
            raise GitError(f"{root} {_why(root, refused.words)}") from None
        index = os.environ.get("GIT_INDEX_FILE")
        if index and Path(index).resolve().parent == Path(folder).resolve():
            self._environment["GIT_INDEX_FILE"] = str(Path(index).resolve())

    @contextlib.contextmanager
    def at(self, revision: str) -> "Iterator[Tree]":
        """The project's content as it was at a revision."""
        listed = self._git("ls-tree", "-r", "-z", self.commit(revision), "--", *CONTENT)
        with self._tree(listed) as tree:
            yield tree

    def changed(self, base: str) -> set[str]:
        """The files that differ between where the work left `base` and the disk, unknown ones too."""
        left = self.fork(base)
        quiet = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules")
        with temporary_folder() as folder:
            own_index = {"GIT_INDEX_FILE": str(folder / "index")}
            # git diff notes the times of the files it looked at in the index that it is given. Of
            # the copy the time counts as well: what is younger than the index is looked into.
            index = self._root / self._git("rev-parse", "--git-path", "index").strip()
            with contextlib.suppress(FileNotFoundError):  # of a clone that checked nothing out
                shutil.copy2(index, folder / "index")
            differing = self._git("diff", *quiet, "--relative", left, "--", environment=own_index)
        unknown = self._git("ls-files", "-z", "--others", "--exclude-standard")
        return set(_names(differing)) | set(_names(unknown))

    @contextlib.contextmanager
    def staged(self) -> "Iterator[tuple[Tree, list[str]]]":
        """The index as a tree, and the paths of what is added or changed there."""
        kinds = ("--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff")
        wanted = ("--", "records", "docs")
        paths = _names(self._git("diff", *kinds, "--diff-filter=AMT", "--relative", *wanted))
        with self._tree(self._git("ls-files", "--stage", "-z", *wanted)) as tree:
            yield tree, paths

    def fork(self, base: str, head: str = "HEAD") -> str:
        """The commit at which `head` left `base`."""
        one, other = self.commit(base), self.commit(head)
        try:
            return self._git("merge-base", one, other).strip()
        except _Refused:
            message = f"{base} 和 {head} 没有共同的历史，不能比较。"
            hint = "流水线里请取全部历史（fetch-depth: 0），本机运行 git fetch --unshallow。"
            raise GitError(message + hint) from None

    def commit(self, revision: str) -> str:
        """The full id of the commit that a revision names: a branch, a tag, an id."""
        with contextlib.suppress(_Refused):
            return self._git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
        if revision == "HEAD":
            raise GitError("这个仓库还没有提交过，没有可以比的版本。")
        hint = "写分支名、标签或者提交号；别处的分支先运行 git fetch。"
        raise GitError(f"git 里没有“{revision}”这个版本。{hint}")

    def _git(self, *arguments: str, environment: Mapping[str, str] | None = None) -> str:
        """What git prints. Names pass through whatever bytes they are."""
        try:
            done = subprocess.run(
                ["git", "-C", str(self._root), *_SETTINGS, *arguments],
                env={**self._environment, **(environment or {})},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError:
            message = "这台机器上没有能用的 git。请装好 git，重新打开终端，再运行同一条命令。"
            raise GitError(message) from None
        if done.returncode:
            words = done.stderr.decode("utf-8", "replace").strip() or f"退出码 {done.returncode}"
            raise _Refused(arguments[0], words)
        return done.stdout.decode("utf-8", "surrogateescape")

    @contextlib.contextmanager
    def _tree(self, listed: str) -> "Iterator[Tree]":
        """The files that git has listed as a tree. Their bytes are asked of git one by one."""
        from fazhi.sources.tree import GitTree

        with subprocess.Popen(
            ["git", "-C", str(self._root), *_SETTINGS, "cat-file", "--batch"],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as process:
            yield GitTree(_objects(listed), partial(_content, process))


def _why(root: Path, words: str) -> str:
    """Why git does not know a folder as one of its own."""
    if not root.is_dir():
        return "不是文件夹。" if root.exists() else "没有这个文件夹。"
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return "不在 git 仓库里：解压、拷贝来的没有以前的版本，从 git 克隆来的才有。"
    if "safe.directory" in words:
        command = f"git config --global --add safe.directory {root}"
        return f"是别的用户的仓库，git 不肯读。确实是本单位的，运行 {command}"
    return f"的 git 仓库读不出来。\ngit 的原话：{words}"


def _names(listed: str) -> list[str]:
    return [name for name in listed.split("\0") if name]


def _objects(listed: str) -> "Iterator[GitObject]":
    """The files of `ls-tree -r` (mode, type, id) or `ls-files --stage` (mode, id, stage)."""
    from fazhi.sources.tree import GitObject

    for line in _names(listed):
        about, _, path = line.partition("\t")
        mode, *rest = about.split(" ")
        if rest[1] not in ("1", "2", "3"):  # the sides of a merge that was not finished
            yield GitObject(path, mode, rest[0] if rest[1] == "0" else rest[1])


def _content(process: "subprocess.Popen[bytes]", name: str) -> bytes:
    """The bytes of an object, from a running `git cat-file --batch`. Raises GitError."""
    assert process.stdin and process.stdout
    try:
        process.stdin.write(name.encode() + b"\n")
        process.stdin.flush()
        size = process.stdout.readline().split()[2]
        return process.stdout.read(int(size) + 1)[:-1]
    except (OSError, IndexError, ValueError):
        raise GitError(f"git 里的 {name} 读不出来：仓库可能不完整，运行 git fsck 看看。") from None
