"""The last search of what is about to be published; what it finds is reported and stops MkDocs."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Set
from functools import partial
from pathlib import Path

from mkdocs.exceptions import Abort

from fazhi.output import leaks
from fazhi.problems import formats
from fazhi.problems.problem import Problem, Severity, has_errors
from fazhi.records.cache import Cache
from fazhi.sources.files import content_key
from fazhi.sources.text import readable_lines
from fazhi.sources.tree import Tree
from fazhi_mkdocs import theme

Files = Mapping[str, str | bytes]


def search(files: Files, anew: Files, tree: Tree, machine: Set[Path], cache: Cache) -> None:
    """Search what is about to be published, except `files` that passed an earlier search.

    All that is `anew` is searched. Raises Abort where an error is found.
    """
    around = content_key("fit to leave", theme.program(), *sorted(map(str, machine)))
    names = {path: content_key(around, path, content) for path, content in files.items()}
    unknown = {path: files[path] for path, name in names.items() if cache.get(name) is None}
    report(list(leaks.find({**unknown, **anew}, machine)), tree)
    for path in unknown:
        cache.put(names[path], b"")


def report(problems: list[Problem], tree: Tree) -> None:
    """Print each problem; with an error, stop MkDocs."""
    style = formats.style_for(sys.stderr, os.environ)
    for line in formats.text(problems, partial(readable_lines, tree), style):
        print(line, file=sys.stderr)
    if has_errors(problems):
        count = sum(problem.severity is Severity.ERROR for problem in problems)
        raise Abort(f"有 {count} 个错误。")
