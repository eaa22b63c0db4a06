"""A year, through an edition, as a mapping of paths to contents.

`build` is pure: the same records give the same bytes. Pages are Markdown whose tables and lists
are HTML blocks without blank lines, so that any Markdown generator leaves them as they are; links
are relative and end in .html. What may be shown, the edition's `Gate` alone decides.
"""

from collections.abc import Callable, Iterator, Sequence

from fazhi.output import downloads
from fazhi.output.data import files
from fazhi.output.form import page as form
from fazhi.output.pages import home, pictures, readiness, records, report, sections, series
from fazhi.output.pages.records import RecordPage
from fazhi.output.pages.sections import ListPage
from fazhi.output.view import View
from fazhi.project import Year
from fazhi.report.editions import Edition, Gate

Pages = dict[str, str | bytes]
Leaf = RecordPage | ListPage
"""A page that nothing is reached from. There may be very many: each is one heading and one block of
HTML, is in no menu, and is made when its `document` or `photos` are asked for, which may raise
NotRendered. `made_from` is all that it is made from, except what the whole year has in common.
"""


def build(year: Year, edition: Edition) -> Pages:
    """Every page and data file of one year, and the photos it shows. Raises NotRendered."""
    view = View(year, Gate(edition, year.settings))
    return {**_overview(view, [view], downloads.downloads(view)), **_leaf_files(view)}


def _overview(view: View, views: Sequence[View], offered: Pages) -> Pages:
    """All of one of the years but its leaves; `offered` is what can be loaded down beside its report."""
    pages = {**offered, **report.pages(view, views, offered), **sections.pages(view)}
    return {**pages, **pictures.pages(view), **files.files(view), **readiness.pages(view)}


def leaves(view: View) -> Iterator[Leaf]:
    """Every leaf of a year: lists first, for a folder's first page is the sample for its frame."""
    yield from sections.lists(view)
    yield from records.of_year(view)


def _leaf_files(view: View) -> Pages:
    made: Pages = {}
    for leaf in leaves(view):
        made[leaf.path] = leaf.document.text
        made |= leaf.photos
    return made


def site(years: Sequence[Year], introduction: str, edition: Edition) -> Pages:
    """The pages of all years, and the home page above them. Raises NotRendered."""
    shown = views(years, edition)
    pages = overviews(shown, introduction)
    for view in shown:
        pages |= _leaf_files(view)
    return pages


def views(years: Sequence[Year], edition: Edition, *, is_packed: bool = False) -> list[View]:
    """The years as an edition shows them, the newest first, as search lists them."""
    newest_first = sorted(years, key=lambda year: -year.year)
    return [View(year, Gate(edition, year.settings), is_packed=is_packed) for year in newest_first]


def overviews(
    views: Sequence[View], introduction: str, offered: Callable[[View], Pages] = downloads.downloads
) -> Pages:
    """All pages but the leaves, of which there may be very many. Raises NotRendered."""
    pages: Pages = {}
    for view in views:
        pages |= _overview(view, views, offered(view))
    pages |= series.pages(views)
    pages["index.md"] = home.home(views, introduction)
    if views and views[0].gate.is_internal:
        records = (record for view in views for record in view.source.records)
        pages[form.NAME] = form.page(views[0].settings, records)
    return pages
