"""The site's menu: the public pages of every year, and inside the guide, in the order of reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from fazhi.output import site
from fazhi.output.site import Navigation
from fazhi.output.view import View
from fazhi.report.editions import Edition

_DECISIONS = "guide/decisions/"
_GUIDE = (
    *("index", "session", "records", "spreadsheets", "checking", "preview", "figures", "counting"),
    *("narrative", "reviewing", "server", "publishing", "documents", "rollup", "takeover"),
    "maintainer",
)


def menu(views: Sequence[View], docs: Path, edition: Edition) -> Navigation:
    """The menu of an edition, as MkDocs writes it."""
    items = site.navigation(views)
    if edition is Edition.INTERNAL:
        uris = (file.relative_to(docs).as_posix() for file in docs.glob("guide/**/*.md"))
        guide = sorted(uris, key=_reading_order)
        # Each folded into one entry: a menu of a hundred helps nobody. The rules' own pages are
        # found from their list.
        decisions: list[object] = [uri for uri in guide if uri.startswith(_DECISIONS)]
        pages: list[object] = [uri for uri in guide if not uri.startswith(_DECISIONS)]
        if decisions:
            pages.append({"为什么这样做": decisions})
        if pages:
            items.append({"说明": pages})
        if (docs / "rules/index.md").is_file():
            items.append({"检查规则": ["rules/index.md"]})
    return items


def _reading_order(uri: str) -> tuple[int, int, str]:
    """The guide as one reads it; a page that is not listed comes after, in order of name."""
    stem = uri.split("/", 1)[1].removesuffix(".md")
    place = _GUIDE.index(stem) if stem in _GUIDE else len(_GUIDE)
    return uri.count("/"), place, uri.removesuffix("index.md")  # a folder's index comes first
