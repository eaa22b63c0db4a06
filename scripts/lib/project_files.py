"""The files of this project: all that git would keep, whether there is a git or not."""

from lib import ROOT

import os
from collections.abc import Iterator
from pathlib import Path


def project_files() -> Iterator[Path]:
    """Their paths from the project's folder, folder by folder, in order of name."""
    import pathspec

    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = pathspec.GitIgnoreSpec.from_lines([*lines, ".git"])
    for folder, folders, names in os.walk(str(ROOT)):
        here = Path(folder).relative_to(ROOT)
        folders[:] = sorted(
            name for name in folders if not ignored.match_file(f"{(here / name).as_posix()}/")
        )
        for name in sorted(names):
            if not ignored.match_file((here / name).as_posix()) and (ROOT / here / name).is_file():
                yield here / name
