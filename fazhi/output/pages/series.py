"""历年指标: all published figures by year on one page, and the same as data of all years together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from fazhi.figures.value import with_decimals
from fazhi.figures.wording import DIFFERENT
from fazhi.output import numbers, portal
from fazhi.output.data import files, series
from fazhi.output.data.series import Point, Series, Told
from fazhi.output.numbers import evidence_anchor
from fazhi.output.pages.markup import document, href
from fazhi.output.view import View, of_site

TITLE, PATH = "历年指标", series.PAGE
_YEARS = 5  # side by side: the newest; the data have all
_NONE = "—"
_BELOW = Markup('{}<span class="fz-words">{}</span>')

Years = Sequence[Told]  # of one figure, the oldest first
Row = tuple[object, list[object], bool]
"""A row of the table: its head, its cells, and whether it is a part of the figure above it."""


def pages(views: Sequence[View]) -> dict[str, str | bytes]:
    """`data/index.md` and the files that it is about; there is a year."""
    newest, told = of_site(views), series.histories(views)
    held = series.document(views, told)
    table, bases = series.table(held), _bases(told)
    in_order = sorted(views, key=lambda view: view.year)
    shown = [view.year for view in in_order[-_YEARS:]]
    groups: dict[str, list[Row]] = defaultdict(list)
    for years in told.values():
        if any(one.view.year in shown for one in years):
            groups[years[-1].value.definition.section] += _rows(years, shown, told.values())
    township = newest.settings.township
    what = f"{township.name}{portal.SUBJECT}的全部指标，一年一栏，供查阅和下载"
    page = document(
        newest.meta(TITLE, "years")
        | {"meta": portal.column(TITLE, what, (township.short_name, portal.SUBJECT, TITLE))},
        "series.md",
        path=PATH,
        shown=in_order[-_YEARS:],
        all_years=in_order[::-1],
        groups=groups,
        bases=[row for row, _ in bases],
        anchors=[f"口径-{name}" + f"-{n}" * (n > 1) for (name, *_), n in bases],
        withheld=dict.fromkeys(point.name for point in held.figures if point.withheld),
        merged=dict.fromkeys(point.name for point in held.figures if point.merged),
        files=files.described("series.json", "全部指标，一年一项", (Series, Point), [table]),
    )
    return {PATH: page.text, **files.of_all_years(views, held, table)}


def _rows(years: Years, shown: Sequence[int], others: Iterable[Years]) -> Iterator[Row]:
    """The rows of a figure and of its parts, the parts as in the newest year."""
    newest, of_year = years[-1], {one.view.year: one for one in years}
    cells = [of_year.get(year) for year in shown]
    yield _head(years, others), [_cell(one, newest) for one in cells], False
    parts = (one.value.parts for one in reversed(cells) if one)
    for part in dict.fromkeys(name for held in parts for name in held or ()):
        head = Markup('<span class="fz-unseen">{}：</span>{}').format(newest.value.name, part)
        yield head, [_part(one, part) for one in cells], True


def _head(years: Years, others: Iterable[Years]) -> Markup:
    """The name, which leads to the evidence of its newest year; below it what it was called before:
    the name of a figure that was there until it came, and counts the same."""
    view, value, _ = years[-1]
    place, anchor = view.section_path(value.definition.section), value.name
    if not view.is_unfinished:
        place, anchor = f"report/{view.year}.md", evidence_anchor(value.name)
    link = Markup('<a href="{}">{}</a>')
    head = link.format(href(PATH, place, anchor), value.heading) if place else escape(value.heading)
    first = years[0].point
    ended = (those[-1].point for those in others if those[-1].view.year < first.year)
    alike = [point for point in ended if point.fingerprint == first.fingerprint]
    if last := max(alike, key=lambda point: point.year, default=None):
        head = _BELOW.format(head, f"{last.year}年及以前叫“{last.name}”")
    return head


def _cell(one: Told | None, newest: Told) -> object:
    """The number of a year, with the decimals of the newest; below it what was published before, and
    that it counts otherwise."""
    if one is None:
        return _NONE
    view, value, point = one
    if value.unit == newest.value.unit:  # of another unit its decimals say something else
        value = with_decimals({value.name: value}, {value.name: newest.value}, {})[value.name]
    cell: object = numbers.figure(value)
    if before := view.before_correction(value.name):
        cell = _BELOW.format(cell, before)
    if value.number is not None and point.basis != newest.point.basis:
        link = Markup('<a href="#口径-{}">{}</a>').format(value.name, DIFFERENT)
        cell = _BELOW.format(cell, link)
    return cell


def _part(one: Told | None, name: str) -> object:
    if one is None:
        return _NONE
    if (count := (one.value.parts or {}).get(name)) is not None:
        return numbers.part(one.value, name, count, one.value.unit)
    if one.point.withheld:
        return "不公布"
    part = one.value.part(name)
    return numbers.figure(part) if part else _NONE


def _bases(told: Mapping[str, Years]) -> list[tuple[tuple[str, str, str], int]]:
    """Every definition of the figures that have had several: the years, how it counts; which it is."""
    rows = []
    for name, years in told.items():
        of_basis: dict[int, list[Point]] = defaultdict(list)
        for one in years:
            of_basis[one.point.basis].append(one.point)
        texts = [points[-1].definition for points in of_basis.values()]
        for (basis, points), text in zip(of_basis.items(), texts, strict=True):
            when = "、".join(str(point.year) for point in points) + "年"
            same = "；词表里的词、汇总的期间和别的年份不同" * (texts.count(text) > 1)
            rows += [((name, when, text + same), basis)] * (len(texts) > 1)
    return rows
