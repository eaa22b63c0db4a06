"""A project with some of its files replaced, without another copy of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from fazhi import project
from fazhi.problems.problem import Problem
from fazhi.sources.tree import Entry, EntryType, Folder, GitObject, GitTree, Stamp, Tree
from tests.conftest import TODAY


class Overlay(Tree):
    """A tree with some files replaced or added (their bytes) or taken away (None)."""

    def __init__(self, base: Tree, files: Mapping[str, bytes | None]) -> None:
        self._base = base
        self._files = files
        made = (GitObject(path, "100644", path) for path, data in files.items() if data is not None)
        self._over = GitTree(made, lambda path: files[path] or b"")

    def entries(self, folder: str) -> list[Entry]:
        both = [*self._base.entries(folder), *self._over.entries(folder)]
        found = {entry.name: entry for entry in both}  # what lies over comes last
        above = f"{folder}/" if folder else ""
        return sorted(found[n] for n in found if self._files.get(f"{above}{n}", b"") is not None)

    def type_of(self, path: str) -> EntryType | None:
        if path in self._files and self._files[path] is None:
            return None
        return self._over.type_of(path) or self._base.type_of(path)

    def _holder(self, path: str) -> Tree:
        return self._over if path in self._files else self._base

    def open(self, path: str) -> BinaryIO:
        return self._holder(path).open(path)

    def size(self, path: str) -> int:
        return self._holder(path).size(path)

    def content(self, path: str, most: int) -> bytes | int:
        return self._holder(path).content(path, most)

    def stamp(self, path: str) -> Stamp | None:
        return self._holder(path).stamp(path)


def problems_of_each(
    folder: Path, report: str, texts: Sequence[str], instead: str
) -> list[list[Problem]]:
    """What is wrong with each of some texts, which stand in a report one below the other, in place of
    the line that begins with `instead`."""
    before, line, after = (folder / report).read_text(encoding="utf-8").partition(instead)
    written = "".join([before, "\n\n".join(texts), line and after[after.index("\n") :]])
    each: list[list[Problem]] = []
    of_lines: dict[int, list[Problem]] = {}
    first = before.count("\n") + 1
    for text in texts:
        each.append([])
        end = first + text.count("\n") + 1
        of_lines |= dict.fromkeys(range(first, end), each[-1])
        first = end + 1
    tree = Overlay(Folder(folder), {report: written.encode()})
    for problem in project.load(tree, TODAY).problems:
        assert problem.path == report, problem
        of_lines[problem.line].append(problem)
    return each
