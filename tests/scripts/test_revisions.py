"""What git is asked, in real repositories: a revision's files, what a change touches, what is staged."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi.sources.tree import EntryType, Tree
from tests.support.building import ROOT
from tests.support.machine import tool
from tests.support.repositories import commit, git, own_environment, untouched, write

sys.path.append(str(ROOT / "scripts"))

from lib.revisions import GitError, Repository

A, B, C = (f"records/2024/activities/2024-05-0{n}-赶集日宣传.md" for n in (1, 2, 3))
FAR = "records/2024/activities/2024-09-09-讲座.md"
PHOTO = "records/2024/files/现场照片.jpg"
SETTINGS = "records/township.yml"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    own_environment(monkeypatch)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with a few files, which no repository knows yet."""
    root = tmp_path / "乡镇"
    for path in (A, B, FAR, PHOTO, SETTINGS, "docs/index.md", "docs/guide/x.md", "README.md"):
        write(root, path, f"旧 {path}\n")
    return root


def texts(tree: Tree) -> dict[str, str]:
    return {path: text(tree, path) for path, what in tree.walk("") if what is EntryType.FILE}


def text(tree: Tree, path: str) -> str:
    return tree.read(path).decode()


# A revision's files


def test_a_revision_is_read_as_it_was(root: Path) -> None:
    first = commit(root)
    write(root, A, "新\n")
    (root / B).unlink()
    commit(root)
    before = untouched(root)
    with Repository(root).at(first) as tree:
        read = (A, B, FAR, PHOTO, SETTINGS, "docs/index.md")
        assert texts(tree) == {path: f"旧 {path}\n" for path in read}
    with Repository(root).at("main") as tree:
        assert text(tree, A) == "新\n"
        assert tree.type_of(B) is None
    assert untouched(root) == before


def test_a_project_below_the_top_of_its_repository(root: Path) -> None:
    top = root.parent
    write(top, "records/township.yml", "别人的\n")
    commit(top)
    write(root, A, "新\n")
    with Repository(root).at("HEAD") as tree:
        assert texts(tree)[A] == f"旧 {A}\n"
        assert "README.md" not in texts(tree)
    assert Repository(root).changed("HEAD") == {A}
    git(top, "add", "-A")
    with Repository(root).staged() as (tree, paths):
        assert paths == [A]
        assert texts(tree)[SETTINGS] == f"旧 {SETTINGS}\n"


def test_a_link_is_a_link_and_leads_nowhere(root: Path) -> None:
    (root / C).symlink_to("/etc/passwd")
    (root / "records/2025").symlink_to(root / "records/2024", target_is_directory=True)
    commit(root)
    with Repository(root).at("HEAD") as tree:
        for path in (C, "records/2025"):
            assert tree.type_of(path) is EntryType.LINK
        assert tree.type_of(f"records/2025/{A[13:]}") is EntryType.LINK
        assert tree.entries("records/2025") == []


def test_what_git_is_told_to_leave_out_of_archives_is_there(root: Path) -> None:
    write(root, ".gitattributes", "*.md export-ignore\n")
    commit(root)
    with Repository(root).at("HEAD") as tree:
        assert tree.is_file(A)


# What a change touches


def test_what_a_change_touches(root: Path) -> None:
    commit(root)
    git(root, "checkout", "-q", "-b", "work")
    write(root, A, "提交了\n")
    commit(root)
    (root / B).unlink()
    write(root, C, "git 还不知道\n")
    write(root, FAR, "放进暂存\n")
    git(root, "add", FAR)
    write(root, ".gitignore", "site/\n")
    write(root, "site/index.html", "不算\n")
    git(root, "checkout", "-q", "--detach")
    ahead = git(root, "commit-tree", "-p", "main", "-m", "x", "main^{tree}").strip()
    git(root, "branch", "-f", "main", ahead)
    before = untouched(root)
    assert Repository(root).changed("main") == {A, B, C, FAR, ".gitignore"}
    assert untouched(root) == before


def test_what_others_did_since_is_not_of_the_change(root: Path) -> None:
    forked = commit(root)
    git(root, "checkout", "-q", "-b", "work")
    write(root, A, "我的\n")
    commit(root)
    git(root, "checkout", "-q", "main")
    write(root, B, "别人的\n")
    commit(root)
    git(root, "checkout", "-q", "work")
    assert Repository(root).changed("main") == {A}
    assert Repository(root).fork("main") == forked == Repository(root).fork("work", "main")


def test_a_file_only_touched_is_not_changed(root: Path) -> None:
    commit(root)
    os.utime(root / A, (0, 0))
    before = untouched(root)
    assert Repository(root).changed("HEAD") == set()
    assert untouched(root) == before  # git would note the new time in its index


# What is staged


def test_what_is_staged_and_what_it_is_held_against(root: Path) -> None:
    commit(root)
    write(root, B, "暂存的\n")
    write(root, C, "新的\n")
    git(root, "add", B, C)
    write(root, B, "又改了，没有暂存\n")
    git(root, "rm", "-q", "docs/index.md")
    write(root, "README.md", "不是内容\n")
    git(root, "add", "README.md")
    before = untouched(root)
    with Repository(root).staged() as (tree, paths):
        assert sorted(paths) == [B, C]
        assert texts(tree) == {
            **{path: f"旧 {path}\n" for path in (A, FAR, PHOTO, SETTINGS, "docs/guide/x.md")},
            B: "暂存的\n",
            C: "新的\n",
        }
    assert untouched(root) == before


def test_a_staged_rename_is_the_new_file(root: Path) -> None:
    commit(root)
    git(root, "mv", A, C)
    with Repository(root).staged() as (tree, paths):
        assert paths == [C]
        assert tree.type_of(A) is None


def test_before_the_first_commit(root: Path) -> None:
    git(root, "init", "-q")
    git(root, "add", A, SETTINGS)
    with Repository(root).staged() as (tree, paths):
        assert sorted(paths) == sorted([A, SETTINGS])
        assert sorted(texts(tree)) == sorted(paths)
    with pytest.raises(GitError, match="还没有提交过"):
        Repository(root).changed("HEAD")


def test_in_a_linked_work_tree(root: Path) -> None:
    commit(root)
    linked = root.parent / "另一处"
    git(root, "worktree", "add", "-q", str(linked), "-b", "work")
    write(linked, A, "这边改的\n")
    git(linked, "add", "-A")
    with Repository(linked).staged() as (tree, paths):
        assert paths == [A]
        assert texts(tree)[A] == "这边改的\n"
    with Repository(root).staged() as (_, paths):
        assert paths == []
    assert Repository(linked).changed("main") == {A}


HOOK = """\
#!/bin/sh
exec "{python}" -c '
import sys
from pathlib import Path
sys.path[:0] = ["{scripts}", "{root}"]
from lib.revisions import Repository
with Repository(Path("{project}")).staged() as (tree, paths):
    seen = [path + " " + tree.open(path).read().decode() for path in sorted(paths)]
Path("{out}").write_text("".join(seen), encoding="utf-8")
'
"""


@pytest.mark.parametrize("commit_of", [["-a"], [A], []], ids=["all", "one", "staged"])
@pytest.mark.parametrize("place", ["top", "below", "linked"])
def test_in_a_hook(root: Path, commit_of: list[str], place: str) -> None:
    """git gives a hook GIT_DIR, GIT_INDEX_FILE, and with `commit -a` or a file another index."""
    top = root.parent if place == "below" else root
    commit(top)
    project = root
    if place == "linked":
        project = root.parent / "另一处"
        git(root, "worktree", "add", "-q", str(project), "-b", "work")
    out = root.parent / "seen.txt"
    hook = top / ".git/hooks/pre-commit"
    names = {"python": sys.executable, "scripts": ROOT / "scripts", "root": ROOT}
    write(hook.parent, hook.name, HOOK.format(**names, project=project.as_posix(), out=out))
    hook.chmod(0o755)
    write(project, A, "甲\n")
    write(project, B, "乙\n")
    git(project, "add", B)
    git(project, "commit", "-q", "-m", "x", *commit_of)
    seen = {"-a": f"{A} 甲\n{B} 乙\n", A: f"{A} 甲\n", "": f"{B} 乙\n"}
    assert out.read_text(encoding="utf-8") == seen["".join(commit_of)]


def test_another_repository_in_the_environment_is_not_asked(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(root)
    other = tmp_path / "别的"
    write(other, A, "别的仓库\n")
    commit(other)
    write(other, B, "别的仓库暂存\n")
    git(other, "add", "-A")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / ".git/index"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    with Repository(root).at("main") as tree:
        assert texts(tree)[A] == f"旧 {A}\n"
    with Repository(root).staged() as (_, paths):
        assert paths == []


# What cannot be told

ASKED: list[Callable[[Path], object]] = [
    lambda root: Repository(root).at("HEAD").__enter__(),
    lambda root: Repository(root).changed("HEAD"),
    lambda root: Repository(root).staged().__enter__(),
    lambda root: Repository(root).fork("HEAD"),
]


@pytest.mark.parametrize("ask", ASKED)
def test_outside_a_repository_and_without_git(
    root: Path, ask: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    tool("git")
    for place, why in (
        (root, "不在 git 仓库里"),
        (root / "无", "没有这个"),
        (Path(__file__), "不是文件夹"),
    ):
        with pytest.raises(GitError, match=why) as told:
            ask(place)
        assert "fatal" not in str(told.value)
    monkeypatch.setenv("PATH", str(root))
    with pytest.raises(GitError, match="没有能用的 git"):
        ask(root)


@pytest.mark.parametrize(
    "revision", ["没有", "", "--since=2024", "HEAD~9", "main:README.md", "a b", "\n"]
)
def test_an_unknown_revision(root: Path, revision: str) -> None:
    commit(root)
    for ask in (Repository.changed, Repository.commit, Repository.fork):
        with pytest.raises(GitError, match="没有“"):
            ask(Repository(root), revision)
    with pytest.raises(GitError, match="没有“"), Repository(root).at(revision):
        pass


def test_without_common_history(root: Path) -> None:
    commit(root)
    git(root, "checkout", "-q", "--orphan", "other")
    write(root, A, "另起的\n")
    commit(root)
    with pytest.raises(GitError, match="没有共同的历史"):
        Repository(root).changed("main")
