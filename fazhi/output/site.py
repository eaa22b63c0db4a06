"""A year, through an edition, as a mapping of paths to what stands there.

`build` is pure: the same records give the same bytes. Pages are Markdown whose tables and lists
are HTML blocks without blank lines, so that any Markdown generator leaves them as they are; links
are relative and end in .html. What may be shown is asked of the edition's `Gate` alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from fazhi.output.data import figures_json, files
from fazhi.output.pages import home, leaves, report, sections
from fazhi.output.view import View
from fazhi.project import Year
from fazhi.report.editions import Edition, Gate

Pages = dict[str, str | bytes]
Navigation = list[dict[str, object]]


def build(year: Year, edition: Edition) -> Pages:
    """Every page and data file of one year, and the photos it shows. Raises NotRendered."""
    view = View(year, Gate(edition, year.settings))
    return {**_overview(view), **leaves.pages(view)}


def _overview(view: View) -> Pages:
    return {**report.pages(view), **sections.pages(view), **files.files(view)}


def site(years: Sequence[Year], introduction: str, edition: Edition) -> Pages:
    """The pages of all years, and the home page above them. Raises NotRendered."""
    shown = views(years, edition)
    pages = overviews(shown, introduction)
    for view in shown:
        pages |= leaves.pages(view)
    return pages


def views(years: Sequence[Year], edition: Edition) -> list[View]:
    """The years as an edition shows them, the newest first, as search lists them."""
    newest_first = sorted(years, key=lambda year: -year.year)
    return [View(year, Gate(edition, year.settings)) for year in newest_first]


def overviews(views: Sequence[View], introduction: str) -> Pages:
    """All pages but the leaves, of which there may be very many. Raises NotRendered."""
    pages: Pages = {}
    for view in views:
        pages |= _overview(view)
    pages[figures_json.SCHEMA] = figures_json.schema()
    pages["index.md"] = home.home(views, introduction)
    return pages


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
