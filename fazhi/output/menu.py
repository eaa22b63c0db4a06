"""The site's menu: the public pages of every year, and inside the guide, in the order of reading."""

from collections.abc import Iterable, Sequence

from fazhi.output.form.page import NAME
from fazhi.output.pages import pictures, readiness, series
from fazhi.output.pages.home import texts_of
from fazhi.output.view import View

_DECISIONS = "guide/decisions/"
_GUIDE = (
    "index session form records spreadsheets collecting checking preview figures counting pictures "
    "narrative status reviewing check-text server publishing documents rollup takeover maintainer"
)
Navigation = list[dict[str, object]]


def menu(views: Sequence[View], static: Iterable[str]) -> Navigation:
    """The menu of an edition, as MkDocs writes it, from its years and the static files it carries."""
    items = _of_years(views)
    guide = sorted((uri for uri in static if uri.endswith(".md")), key=_reading_order)
    # Each folded into one entry: a menu of a hundred helps nobody. The rules' own pages are
    # found from their list.
    decisions: list[object] = [uri for uri in guide if uri.startswith(_DECISIONS)]
    pages: list[object] = [uri for uri in guide if uri.startswith("guide/")]
    if decisions:
        pages = [uri for uri in pages if uri not in decisions]
        pages.append({"为什么这样做": decisions})
    if pages:
        items.append({"说明": pages})
    if "rules/index.md" in guide:
        items.append({"检查规则": ["rules/index.md"]})
    return items


def _reading_order(uri: str) -> tuple[int, int, str]:
    """The guide as one reads it; a page that is not listed comes after, in order of name."""
    stem, order = uri.split("/", 1)[1].removesuffix(".md"), _GUIDE.split()
    place = order.index(stem) if stem in order else len(order)
    return uri.count("/"), place, uri.removesuffix("index.md")  # a folder's index comes first


def _of_years(views: Sequence[View]) -> Navigation:
    menu: Navigation = [{"首页": "index.md"}]
    if views and views[0].gate.is_internal:
        menu.append({"填表": NAME})
    reports: list[object] = []
    for view in (view for view in views if view.source.narrative):
        reports.append({view.called: f"report/{view.year}.md"})
        if pictures.is_made(view):
            reports.append({f"{view.year}年{pictures.TITLE}{view.mark}": pictures.path(view)})
    if reports:
        menu.append({texts_of(views): reports})
    menu.append({series.TITLE: series.PATH})
    for view in views:
        columns: list[object] = [{readiness.TITLE: readiness.path(view)}] * view.gate.is_internal
        columns += [{s.name: f"{view.year}/{s.path}.md"} for s in view.sections]
        columns.append({"开放数据": f"data/{view.year}/index.md"})
        menu.append({f"{view.year}年工作{view.mark}": columns})
    return menu
