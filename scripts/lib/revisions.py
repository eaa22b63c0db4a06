"""What git knows of the project: the files of a revision, what a change touches, what is staged.

The work tree, its index and the configuration stay as they are: where an index is needed for
another revision, it is one of our own in a temporary folder.
"""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

CONTENT = ("records", "docs/report", "docs/index.md")
"""What a project is read from."""


class GitError(Exception):
    """git cannot tell what was asked; the text says why, and what to do, in Chinese."""


@contextlib.contextmanager
def at(root: Path, revision: str) -> Iterator[Path]:
    """A temporary folder with the project's content as it was at a revision.

    Evidence is there by name only, as empty files: nothing that reads a whole project looks into
    it. A link stays a link, so that a check names it, but leads nowhere. Raises GitError.
    """
    repository = _repository(root)
    found = _commit(repository, revision)
    with _folder() as folder:
        own_index = {"GIT_INDEX_FILE": str(folder / "index")}
        _git(repository, "read-tree", found, environment=own_index)
        entries = _entries(repository, CONTENT, own_index)
        names = {path for path in entries if _EVIDENCE.match(path)}
        yield _lay_out(repository, entries, names, folder, own_index)


def changed(root: Path, base: str) -> set[str]:
    """The files that differ between where the work left `base` and the disk, by path with slashes.

    New files that git does not know yet are among them, and deleted ones. Raises GitError.
    """
    repository = _repository(root)
    left = _fork(repository, base, "HEAD")
    quiet = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules")
    with _folder() as folder:
        own_index = {"GIT_INDEX_FILE": str(folder / "index")}
        # git diff notes the times of the files it looked at in the index that it is given. Of the
        # copy the time counts as well: what is younger than the index is looked into.
        index = root / _git(repository, "rev-parse", "--git-path", "index").strip()
        with contextlib.suppress(FileNotFoundError):  # of a clone that checked nothing out
            shutil.copy2(index, folder / "index")
        differing = _git(
            repository, "diff", *quiet, "--relative", left, "--", environment=own_index
        )
    unknown = _git(repository, "ls-files", "-z", "--others", "--exclude-standard")
    return set(_names(differing)) | set(_names(unknown))


@contextlib.contextmanager
def staged(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """A temporary folder with what is about to be committed, and the paths of it.

    That is the index's version of each added or changed file of records/ and docs/, and of what
    such a file is held against: the settings, the records near it in time, and (by name only, as
    empty files) its year's evidence. Raises GitError.
    """
    from fazhi.project_files import near
    from fazhi.records.ledger import SETTINGS_FILES, is_record

    repository = _repository(root)
    kinds = ("--cached", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--diff-filter=AMT")
    wanted = ("records", "docs")
    paths = _names(_git(repository, "diff", *kinds, "--relative", "--", *wanted))
    asked = {*paths, *(f"records/{name}" for name in SETTINGS_FILES)}
    years = {_year_folder(path) for path in paths}
    is_near = near(paths)
    entries = {}
    names = set()
    for path, mode in _entries(repository, wanted, {}).items():
        if path in asked or (is_record(path) and is_near(path)):
            entries[path] = mode
        elif _EVIDENCE.match(path) and _year_folder(path) in years:
            entries[path] = mode
            names.add(path)
    with _folder() as folder:
        yield _lay_out(repository, entries, names, folder, {}), paths


def _year_folder(path: str) -> str:
    return "/".join(path.split("/")[:2])


def fork(root: Path, base: str, head: str = "HEAD") -> str:
    """The commit at which `head` left `base`. Raises GitError."""
    return _fork(_repository(root), base, head)


def commit(root: Path, revision: str) -> str:
    """The full id of the commit that a revision names: a branch, a tag, an id. Raises GitError."""
    return _commit(_repository(root), revision)


# Running git

_EVIDENCE = re.compile(r"records/[^/]+/files/")
_LINK, _FILES = "120000", ("100644", "100755")
_ELSEWHERE = {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_INDEX_FILE"}
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", "core.splitIndex=false")
"""So that git starts no process and leaves no file of its own beside the index."""


@dataclass(frozen=True)
class _Repository:
    """The project's place in its repository: `prefix` leads from the top to the project."""

    root: Path
    prefix: str
    environment: Mapping[str, str]


def _repository(root: Path) -> _Repository:
    """Found from the project's folder, whatever repository the environment names.

    A hook runs with GIT_DIR set, which would make any folder the top of the work tree. Of its
    variables only the index is taken, when it is this repository's: with `git commit -a` or
    `git commit FILE` what is about to be committed lies in an index of another name.
    """
    environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    found = _Repository(root, "", environment)
    try:
        answer = _git(found, "rev-parse", "--show-prefix", "--absolute-git-dir")
    except _Refused as refused:
        message = f"{root} 不在 git 仓库里，或者 git 不肯读它。"
        raise GitError(f"{message}\ngit 的原话：{refused.words}") from None
    prefix, folder = answer.splitlines()
    index = os.environ.get("GIT_INDEX_FILE")
    if index and Path(index).resolve().parent == Path(folder).resolve():
        environment["GIT_INDEX_FILE"] = str(Path(index).resolve())
    return _Repository(root, prefix, environment)


class _Refused(GitError):
    """git ended with a fault, in these words of its own."""

    def __init__(self, command: str, words: str) -> None:
        super().__init__(f"git {command} 没有做成。\ngit 的原话：{words}")
        self.words = words


def _git(
    repository: _Repository,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    typed: str = "",
) -> str:
    """What git prints. Names pass through whatever bytes they are."""
    try:
        done = subprocess.run(
            ["git", "-C", str(repository.root), *_SETTINGS, *arguments],
            env={**repository.environment, **(environment or {})},
            input=typed.encode("utf-8", "surrogateescape"),
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


def _names(listed: str) -> list[str]:
    return [name for name in listed.split("\0") if name]


def _commit(repository: _Repository, revision: str) -> str:
    with contextlib.suppress(_Refused):
        asked = f"{revision}^{{commit}}"
        return _git(repository, "rev-parse", "--verify", "--quiet", asked).strip()
    if revision == "HEAD":
        raise GitError("这个仓库还没有提交过，没有可以比的版本。")
    hint = "写分支名、标签或者提交号；别处的分支先运行 git fetch。"
    raise GitError(f"git 里没有“{revision}”这个版本。{hint}")


def _fork(repository: _Repository, base: str, head: str) -> str:
    one, other = _commit(repository, base), _commit(repository, head)
    try:
        return _git(repository, "merge-base", one, other).strip()
    except _Refused:
        message = f"{base} 和 {head} 没有共同的历史，不能比较。"
        hint = "流水线里请取全部历史（fetch-depth: 0），本机运行 git fetch --unshallow。"
        raise GitError(message + hint) from None


# An index's files, laid out in a folder


def _entries(
    repository: _Repository, folders: Iterable[str], environment: Mapping[str, str]
) -> dict[str, str]:
    """The mode of each file that an index holds in some folders, by path from the project."""
    arguments = ("ls-files", "--stage", "-z", "--", *folders)
    entries = {}
    for line in _names(_git(repository, *arguments, environment=environment)):
        about, _, path = line.partition("\t")
        mode, _, stage = about.split(" ")
        if stage == "0" and mode in (_LINK, *_FILES):
            entries[path] = mode
    return entries


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="fazhi-", ignore_cleanup_errors=True) as name:
        yield Path(name)


def _lay_out(
    repository: _Repository,
    entries: Mapping[str, str],
    names: Collection[str],
    folder: Path,
    environment: Mapping[str, str],
) -> Path:
    """The project's folder, with the files written there; those in `names` are left empty."""
    top = folder / "files"
    project = top / repository.prefix
    project.mkdir(parents=True)
    whole = [path for path, mode in entries.items() if mode in _FILES and path not in names]
    where = f"--prefix={top.as_posix()}/"
    arguments = ("checkout-index", "--force", "--quiet", "-z", "--stdin", where)
    _git(repository, *arguments, environment=environment, typed="\0".join(whole))
    for path, mode in entries.items():
        if mode == _LINK or path in names:
            file = project / path
            file.parent.mkdir(parents=True, exist_ok=True)
            _stand_in(file, mode)
    return project


def _stand_in(file: Path, mode: str) -> None:
    if mode == _LINK:
        with contextlib.suppress(OSError):  # Windows may not let us
            file.symlink_to("nowhere")
            return
    file.touch()
