"""Which files are meant: by name, by folder, or by a pattern that the shell has left as it is."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fazhi.sources import files as folders


@dataclass
class Found:
    """The files, in order of path; what led to none; and data files of a folder that were passed by."""

    files: list[Path] = field(default_factory=list)
    nothing: list[str] = field(default_factory=list)
    passed_by: list[Path] = field(default_factory=list)


def find(given: Iterable[str]) -> Found:
    """The files that are meant. In a folder those are the ones whose name says figures."""
    found = Found()
    files: dict[Path, Path] = {}
    for name in given:
        paths = [Path(name)] if Path(name).exists() else sorted(map(Path, _matching(name)))
        held = [file for path in paths for file in _in(path, found)]
        if not held:
            found.nothing.append(name)
        files |= {file.absolute(): file for file in held}
    found.files = sorted(files.values())
    return found


def _matching(pattern: str) -> Iterator[str]:
    if glob.has_magic(pattern):
        yield from glob.iglob(pattern, recursive=True)  # noqa: PTH207 - Path.glob takes no whole path


def _in(path: Path, found: Found) -> Iterator[Path]:
    """The file itself, or what is in the folder: 左岚乡-figures.json and figures (1).json, too."""
    if not path.is_dir():
        yield path
        return
    for file in folders.below(path):
        if file.suffix.lower() != ".json" or file.name.endswith(".schema.json") or file.is_dir():
            continue
        if "figures" in file.name.lower():
            yield file
        elif file.name not in _BESIDE:
            found.passed_by.append(file)


_BESIDE = {"datapackage.json", "search_index.json", "rollup.json"}
"""What a site, or a roll-up, holds beside figures.json."""
