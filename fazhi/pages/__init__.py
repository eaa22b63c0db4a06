"""A year, through an edition, as a mapping of paths to what stands there.

`build` is pure: the same records give the same bytes. Pages are Markdown whose tables and lists
are HTML blocks without blank lines, so that any Markdown generator leaves them as they are; links
are relative and end in .html. What may be shown is asked of the edition's `Gate` alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from fazhi.editions import Edition, Gate
from fazhi.pages import data, figure_data, home, records, sections, yearly
from fazhi.pages.view import NotRendered, View
from fazhi.project import Year

__all__ = ["Navigation", "NotRendered", "Pages", "build", "navigation", "site"]

Pages = dict[str, str | bytes]


def build(year: Year, edition: Edition) -> Pages:
    """Every page and data file of one year, and the photos it shows. Raises NotRendered."""
    view = View(year, Gate(edition, year.settings))
    pages: Pages = {}
    pages |= yearly.pages(view)
    pages |= sections.pages(view)
    pages |= records.pages(view)
    pages |= data.files(view)
    return pages


def site(years: Sequence[Year], introduction: str, edition: Edition) -> Pages:
    """The pages of all years, and the home page above them."""
    pages: Pages = {}
    for year in sorted(years, key=lambda year: -year.year):  # search lists the newest first
        pages |= build(year, edition)
    pages[figure_data.SCHEMA] = figure_data.schema()
    pages["index.md"] = home.home([View(y, Gate(edition, y.settings)) for y in years], introduction)
    return pages


Navigation = list[dict[str, object]]


def navigation(years: Sequence[Year]) -> Navigation:
    """The site's menu, as MkDocs writes it: the newest year first."""
    menu: Navigation = [{"首页": "index.md"}]
    newest_first = sorted(years, key=lambda year: -year.year)
    reports: list[object] = [
        {f"{y.year}年度报告": f"report/{y.year}.md"} for y in newest_first if y.narrative
    ]
    if reports:
        menu.append({"年度报告": reports})
    for year in newest_first:
        columns: list[object] = [
            {section.name: f"{year.year}/{section.path}.md"}
            for section in year.settings.vocabulary.sections_in(year.year)
        ]
        columns.append({"开放数据": f"data/{year.year}/index.md"})
        menu.append({f"{year.year}年工作": columns})
    return menu
