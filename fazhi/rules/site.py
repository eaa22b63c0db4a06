"""Rules about the other files of a site: links, the home page, assets, evidence."""

from collections.abc import Iterator
from datetime import date

from fazhi.pattern import Pattern
from fazhi.problems.problem import Problem
from fazhi.records import ledger
from fazhi.records.memory import Memory
from fazhi.rules import settings_of_site
from fazhi.rules import text as text_rules
from fazhi.rules.text.passage import Passage, Role
from fazhi.schema.township import Settings
from fazhi.sources import evidence, faults
from fazhi.sources.files import RESERVED
from fazhi.sources.text import searched_text, unbearable_prose
from fazhi.sources.tree import EntryType, Tree, is_too_deep


def links(tree: Tree) -> Iterator[Problem]:
    """FZ114, FZ115, FZ116 and FZ120 of what a site is made of beside the records.

    A link may bring in what is elsewhere, a generator never ends in folders without end, and a name
    that some system does not take, or that is no text, is no part of an address or a package.
    """
    for name, _ in tree.entries("docs"):
        if name not in _IN_DOCS:
            hint = "要公开的话写进首页、叙述稿或者记录；不公开的移到别处"
            yield Problem(f"docs/{name}", 1, 1, *faults.misplaced("这里的文件不会做成网页", hint))
    for top in ("docs", "overrides"):
        if tree.type_of(top) is EntryType.LINK:
            yield ledger.link(top)
        for path, what in tree.walk(top):
            if what is EntryType.LINK:
                yield ledger.link(path)
            elif what is EntryType.FOLDER and is_too_deep(path, top):
                fault = faults.folder_too_deep("文件夹套得太深", "文件往上移几层")
                yield Problem(path, 1, 1, *fault)
            elif (
                path.startswith(GUIDES) and what is EntryType.FILE and not OF_GUIDES.fullmatch(path)
            ):
                hint = "移到别处；要公开的写进首页、叙述稿或者记录"
                yield Problem(path, 1, 1, *faults.misplaced("这里只放程序自带的指南", hint))
            if _UNUSABLE.search(name := path.rpartition("/")[2]):
                yield Problem(path, 1, 1, *faults.unusable_name(name))


_IN_DOCS = {"index.md", "report", "assets", "guide", "rules"}  # of no other a page is made
GUIDES = ("docs/guide/", "docs/rules/")
_PAGES = (
    "beyond check-text checking collecting counting documents figures form index "
    "maintainer narrative offline opendata pictures preview publishing records "
    "reviewing rollup server session spreadsheets status takeover totals"
)
OF_GUIDES = Pattern(
    r"docs/(?:rules/(?:FZ\d{3}|index)\.md|guide/(?:(?:fields/[a-z]+|decisions/\d{4}-[a-z-]+|"
    + "|".join(_PAGES.split())
    + r")\.md|schemas/[a-z_]+\.schema\.json|images/(?:report|pictures)\.png|servers/[a-z-]+\.(?:yml|conf)))"
)
"""The files of the guide and of the rules: of what else lies there only the internal edition knows."""
_UNUSABLE = Pattern(
    r'[\x00-\x1f\x7f\\:*?"<>|\ud800-\udfff\u202a-\u202e\u2066-\u2069]|[. ]$' + f"|^{RESERVED}"
)


def unread(
    tree: Tree, book: ledger.Ledger, has_evidence: bool, memory: Memory | None
) -> Iterator[Problem]:
    """Personal data in what else goes into the site, or is beside the records."""
    for year, names in book.attachments.items() if has_evidence else ():
        for name in sorted(names):
            yield from evidence.problems(tree, f"records/{year}/files/{name}")
    yield from settings_of_site.problems(tree)
    for top in _LEAVING:
        for path, what in tree.walk(top):
            if what is not EntryType.FILE:
                continue
            key = _key(memory, tree, path) if memory else None
            if memory and key and memory.is_clean(key):
                continue
            found = list(personal_data(tree, path))
            yield from found
            if memory and key and not found:
                memory.clean(key)


def _key(memory: Memory, tree: Tree, path: str) -> bytes | None:
    """The key of what comes of a file; None of one that is sooner searched than read, or unreadable."""
    try:
        return memory.key(path, tree.read(path)) if tree.size(path) <= _SMALL else None
    except OSError:
        return None


_SMALL = 200_000  # bytes
_LEAVING = ("docs/assets", "overrides")  # as they are, and as the templates of every page


def personal_data(tree: Tree, path: str) -> Iterator[Problem]:
    """FZ501 in what is no record, settings file or narrative: other pages, evidence, their names."""
    if not path.startswith(GUIDES):  # whose examples are made up
        for name in path.split("/"):
            yield from ledger.personal_name(path, name)
        if tree.is_file(path):
            yield from evidence.problems(tree, path, leaves=path.startswith(_LEAVING))


HOME = "docs/index.md"


def read_home(tree: Tree) -> tuple[str, list[Problem]]:
    """The township's own words on the home page; none is no fault."""
    if tree.type_of(HOME) is None:
        return "", []
    text, problems = searched_text(tree, HOME)
    unbearable = unbearable_prose(HOME, text)
    return ("", [*problems, unbearable]) if unbearable else (text, problems)


def home_text(home: str, settings: Settings, today: date) -> Iterator[Problem]:
    """What the text rules say of the home page, which is of no year but today's."""
    yield from text_rules.check([Passage(HOME, home, today.year, Role.PAGE)], settings)
