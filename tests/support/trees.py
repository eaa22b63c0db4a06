"""A project with some of its files replaced, without another copy of it."""

from collections.abc import Mapping
from typing import BinaryIO

from fazhi.sources.tree import Entry, EntryType, GitObject, GitTree, Stamp, Tree


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
