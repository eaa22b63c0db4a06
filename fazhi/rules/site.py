"""Rules about the other files of a site: links, the home page, assets, evidence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from fazhi.problems.problem import Problem
from fazhi.records import ledger
from fazhi.rules import text as text_rules
from fazhi.rules.text.passage import Passage, Role
from fazhi.schema.township import Settings
from fazhi.sources import evidence, faults
from fazhi.sources import files as folders
from fazhi.sources.text import apart, read_text, unbearable_prose


def links(root: Path) -> Iterator[Problem]:
    """FZ114 and FZ120 of what a site is made of beside the records: a link may bring in what lies
    elsewhere, and a generator does not come back from folders without end.
    """
    for top in ("docs", "overrides"):
        if (root / top).is_symlink():
            yield ledger.link(top)
        for path in folders.below(root / top):
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                yield ledger.link(name)
            elif folders.is_too_deep(path, root / top) and path.is_dir():
                yield Problem(name, 1, 1, *faults.folder_too_deep())


def unread(root: Path, book: ledger.Ledger, has_evidence: bool) -> Iterator[Problem]:
    """Personal data in what else goes into the site, or lies beside the records."""
    for year, names in book.attachments.items() if has_evidence else ():
        for name in sorted(names):
            path = f"records/{year}/files/{name}"
            yield from evidence.problems(root / path, path)
    yield from personal_data(root, SITE)
    for file in folders.below(root / "docs" / "assets"):
        if file.is_file() and not file.is_symlink():
            yield from personal_data(root, file.relative_to(root).as_posix())


def personal_data(root: Path, path: str) -> Iterator[Problem]:
    """FZ501 in what is no record, settings file or narrative: other pages, evidence, their names."""
    if not path.startswith(("docs/guide/", "docs/rules/")):  # whose examples are made up
        for name in path.split("/"):
            yield from ledger.personal_name(path, name)
        file = root / path
        if file.is_file() and not file.is_symlink():
            leaves = path.startswith("docs/assets/")
            yield from evidence.problems(file, path, leaves=leaves)


SITE = "mkdocs.yml"
"""Where the site's name and description are written."""


HOME = "docs/index.md"
"""The home page's file."""


def read_home(root: Path) -> tuple[str, list[Problem]]:
    """The township's own words on the home page; none is no fault."""
    if not os.path.lexists(root / HOME):
        return "", []
    text, problems = read_text(root / HOME, HOME)
    problems += apart(HOME, text or "", text or "")
    unbearable = unbearable_prose(HOME, text or "")
    return ("", [*problems, unbearable]) if unbearable else (text or "", problems)


def home_text(home: str, configured: Settings, today: date) -> Iterator[Problem]:
    """What the text rules say of the home page, which is of no year but today's."""
    yield from text_rules.check([Passage(HOME, home, today.year, Role.PAGE)], configured)
