"""A tree gives the same names, types and bytes, whatever it is: a folder, a revision, the index."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fazhi import project
from fazhi.sources.tree import LEVELS, UNOPENED, EntryType, Folder, Tree
from tests.conftest import TODAY
from tests.support.building import ROOT
from tests.support.machine import tool
from tests.support.repositories import commit, own_environment, write
from tests.support.trees import Overlay

sys.path.append(str(ROOT / "scripts"))

from lib.revisions import Repository

PATHS = ("docs/index.md", "records/2024/files/a/b.txt", "records/2024.txt", "records/甲 乙.md")
LINK, LINKED = "docs/report", "records/2025"
KINDS = ("folder", "revision", "index", "overlay", "overlay of a revision")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_environment(monkeypatch)
    for path in PATHS:
        write(tmp_path, path, f"{path}\n")
    (tmp_path / LINK).symlink_to(tmp_path / "records", target_is_directory=True)
    (tmp_path / LINKED).symlink_to("nowhere")
    return tmp_path


@contextmanager
def tree_of(kind: str, root: Path) -> Iterator[Tree]:
    if kind == "folder":
        yield Folder(root)
    elif kind == "overlay":
        files = {path: (root / path).read_bytes() for path in (PATHS[0], PATHS[1])}
        write(root, PATHS[0], "别的\n")
        (root / PATHS[1]).unlink()
        write(root, "records/多余.md", "不要\n")
        yield Overlay(Folder(root), {**files, "records/多余.md": None})
    else:
        tool("git")
        commit(root)
        if kind == "index":
            (root / PATHS[0]).unlink(missing_ok=True)
            with Repository(root).staged() as (tree, _):
                yield tree
            return
        with Repository(root).at("HEAD") as tree:
            yield tree if kind == "revision" else Overlay(tree, {})


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_tree_is_the_same_to_its_reader(kind, root):
    with tree_of(kind, root) as tree:
        for path in PATHS:
            data = f"{path}\n".encode()
            assert tree.type_of(path) is EntryType.FILE
            assert tree.is_file(path)
            assert (tree.size(path), tree.content(path, len(data))) == (len(data), data)
            assert tree.content(path, len(data) - 1) == len(data)
            with tree.open(path) as opened:
                assert opened.read() == data
        assert [*map(tuple, tree.entries("records/2024/files"))] == [("a", EntryType.FOLDER)]
        names = [entry.name for entry in tree.entries("records")]
        assert names == ["2024", "2024.txt", "2025", "甲 乙.md"]
        for path in (LINK, f"{LINK}/2024.txt", LINKED):
            assert tree.type_of(path) is EntryType.LINK
        for path in ("records/没有.md", "records/甲 乙.md/x", "没有/x", "records/多余.md"):
            assert tree.type_of(path) is None
            assert tree.entries(path) == []
            with pytest.raises((FileNotFoundError, NotADirectoryError)):
                tree.content(path, 1)
        assert [path for path, _ in tree.walk("records")] == [
            "records/2024",
            "records/2024/files",
            "records/2024/files/a",
            PATHS[1],
            PATHS[2],
            LINKED,
            PATHS[3],
        ]
        assert list(tree.walk(LINK)) == []


@pytest.mark.parametrize("path", ["../外面.md", "records/../../外面.md", "records/\0.md"])
def test_nothing_outside_a_folder_is_read(path, tmp_path):
    (tmp_path / "外面.md").write_text("外面\n", encoding="utf-8")
    inside = tmp_path / "里面"
    write(inside, "records/a.md", "里面\n")
    tree = Folder(inside)
    assert tree.type_of(path) is None
    for read in (tree.open, tree.size, lambda name: tree.content(name, 10)):
        with pytest.raises(FileNotFoundError):
            read(path)


def test_folders_without_end_are_left(tmp_path):
    write(tmp_path, "docs/" + "a/" * (LEVELS + 5) + "x.md", "x\n")
    depths = [path.count("/") for path, _ in Folder(tmp_path).walk("docs")]
    assert max(depths) == LEVELS + 1


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    with (tmp_path / "大.bin").open("wb") as file:
        os.truncate(file.fileno(), UNOPENED + 1)
    assert Folder(tmp_path).content("大.bin", UNOPENED) == UNOPENED + 1


@pytest.mark.parametrize("kind", ["revision", "index", "overlay of a revision"])
def test_a_project_is_the_same_from_every_kind_of_tree(kind, make_project, monkeypatch):
    own_environment(monkeypatch)
    wrong = "---\n标题: 甲\n日期: 2024-02-30\n类别：宣传\n---\n"
    root = make_project({"records/2024/activities/甲.md": wrong})
    on_disk = project.load(Folder(root), TODAY, has_evidence=False)
    with tree_of(kind, root) as tree:
        found = project.load(tree, TODAY, has_evidence=False)
    assert found.problems == on_disk.problems != []
    assert [len(y.records) for y in found.years] == [len(y.records) for y in on_disk.years]
