"""历年指标: all published figures by year on one page, and the same as data of all years together."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT, with_decimals
from fazhi.output import numbers, portal
from fazhi.output.data import files, series
from fazhi.output.data.series import Point, Series
from fazhi.output.pages.markup import document, href
from fazhi.output.view import View, evidence_anchor, of_site

TITLE, PATH = "历年指标", series.PAGE
_YEARS = 5  # side by side: the newest; the data have all
_NONE = "—"
_BELOW = Markup('{}<span class="fz-words">{}</span>')

Points = dict[str, list[Point]]  # of each figure, the oldest first
Row = tuple[object, list[object], bool]
"""A row of the table: its head, its cells, and whether it is a part of the figure above it."""


def pages(views: Sequence[View]) -> dict[str, str | bytes]:
    """`data/index.md` and the files that it is about; there is a year."""
    newest, held = of_site(views), series.document(views)
    points: Points = defaultdict(list)
    for point in held.figures:
        points[point.name].append(point)
    bases = _bases(points)
    shown = sorted(views, key=lambda view: view.year)[-_YEARS:]
    township = newest.settings.township
    what = f"{township.name}{portal.SUBJECT}的全部指标，一年一栏，供查阅和下载"
    page = document(
        newest.meta(TITLE, "years")
        | {"meta": portal.column(TITLE, what, (township.short_name, portal.SUBJECT, TITLE))},
        "series.md",
        path=PATH,
        shown=shown,
        all_years=sorted(views, key=lambda view: -view.year),
        groups=_groups(views, points, [view.year for view in shown]),
        bases=bases,
        anchors=_anchors([name for name, *_ in bases]),
        withheld=_names(p for p in held.figures if p.withheld),
        merged=_names(p for p in held.figures if p.merged),
        files=files.described(
            "series.json", "全部指标，一年一项", (Series, Point), [series.table(held)]
        ),
    )
    return {PATH: page.text, **files.of_all_years(views, held)}


def _names(points: Iterator[Point]) -> list[str]:
    return [*dict.fromkeys(point.name for point in points)]


def _groups(views: Sequence[View], points: Points, years: list[int]) -> dict[str, list[Row]]:
    """The rows by section, of the figures that one of these years publishes."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for name, published in series.histories(views).items():
        newest = published[-1][1]
        decimals = {newest.unit: {name: newest}}  # of another unit they would say something else
        of_year = {
            view.year: (view, with_decimals({name: v}, decimals.get(v.unit, {}), {})[name])
            for view, v, _ in published
        }
        if not of_year.keys().isdisjoint(years):
            line = _Line(name, of_year, {point.year: point for point in points[name]})
            head = Markup("{}{}").format(line.head, _earlier_name(points, name))
            rows = groups[newest.definition.section]
            rows.append((head, [line.cell(year) for year in years], False))
            for part in line.parts(years):
                label = Markup('<span class="fz-unseen">{}：</span>{}').format(name, part)
                rows.append((label, [line.part(year, part) for year in years], True))
    return groups


def _earlier_name(points: Points, name: str) -> Markup:
    """What a figure was called that was there until this one came, and counts the same; or nothing."""
    first = points[name][0]
    ended = (those[-1] for those in points.values() if those[-1].year < first.year)
    alike = [point for point in ended if point.fingerprint == first.fingerprint]
    last = max(alike, key=lambda point: point.year, default=None)
    return _BELOW.format("", f"{last.year}年及以前叫“{last.name}”") if last else Markup()


class _Line:
    """A figure over the years, as the cells of its rows print it: with the decimals of its newest year."""

    def __init__(
        self, name: str, values: dict[int, tuple[View, Value]], points: dict[int, Point]
    ) -> None:
        self.name, self.values, self.points = name, values, points
        self.newest = max(values)

    @property
    def head(self) -> object:
        """Its name, which leads to the evidence of its newest year."""
        view, value = self.values[self.newest]
        place, anchor = view.section_path(value.definition.section), self.name
        if not view.is_unfinished:
            place, anchor = f"report/{view.year}.md", evidence_anchor(self.name)
        link = Markup('<a href="{}">{}</a>')
        return link.format(href(PATH, place, anchor), value.heading) if place else value.heading

    def cell(self, year: int) -> object:
        """Its number in a year; below it what was published before, and that it counts otherwise."""
        if year not in self.values:
            return _NONE
        view, value = self.values[year]
        cell: object = numbers.figure(value)
        if before := view.before_correction(self.name):
            cell = _BELOW.format(cell, before)
        if value.number is not None and self.points[year].basis != self.points[self.newest].basis:
            link = Markup('<a href="#口径-{}">{}</a>').format(self.name, DIFFERENT)
            cell = _BELOW.format(cell, link)
        return cell

    def parts(self, years: list[int]) -> Iterator[str]:
        """The parts that are shown of it in these years, as in the newest first."""
        shown = (self.points[year].parts or {} for year in reversed(years) if year in self.points)
        return iter(dict.fromkeys(part for parts in shown for part in parts))

    def part(self, year: int, name: str) -> object:
        """The number of a part in a year."""
        if year not in self.values:
            return _NONE
        _, value = self.values[year]
        if (count := (value.parts or {}).get(name)) is not None:
            return numbers.part(value, name, count, value.unit)
        if self.points[year].withheld:
            return "不公布"
        part = value.part(name)
        return numbers.figure(part) if part else _NONE


def _bases(points: Points) -> list[tuple[str, str, str]]:
    """Every definition of the figures that have had several: the years, and how it counts."""
    rows = []
    for name, those in points.items():
        bases = [[p for p in those if p.basis == n] for n in sorted({p.basis for p in those})]
        texts = [of_basis[-1].definition for of_basis in bases]
        for of_basis, text in zip(bases, texts, strict=True):
            years = "、".join(str(point.year) for point in of_basis)
            same = "；词表里的词、汇总的期间和别的年份不同" * (texts.count(text) > 1)
            rows += [(name, f"{years}年", text + same)] * (len(bases) > 1)
    return rows


def _anchors(names: list[str]) -> list[str]:
    """The anchors of the rows of definitions: a figure's first row has its name."""
    return [f"口径-{n}" + f"-{at}" * (n in names[:at]) for at, n in enumerate(names)]
