"""The home page: what this is, the newest report, its key figures, the sections."""

from __future__ import annotations

from collections.abc import Sequence

from fazhi.output import portal
from fazhi.output.links import evidence_anchor, href
from fazhi.output.pages.markup import page
from fazhi.output.pages.prose import Prose
from fazhi.output.view import View, chinese_date


def page_title(view: View) -> str:
    return f"{view.settings.township.short_name}法治政府建设年度报告"


def newest(views: Sequence[View]) -> View:
    """The newest year with a report, else the newest year."""
    reported = [view for view in views if view.source.narrative]
    return max(reported or views, key=lambda view: view.year)


def home(views: Sequence[View], introduction: str) -> str:
    """`index.md`."""
    view = newest(views)
    path = f"report/{view.year}.md"
    has_report = view.source.narrative is not None
    return page(
        view.meta(page_title(view), "home", "docs/index.md")
        | {"hide": ["navigation", "toc"], "meta": _told(view)},
        "home.md",
        introduction=Prose().html(introduction),
        report=has_report,
        reports=[
            {
                "path": f"report/{v.year}.md",
                "title": v.source.narrative.meta.title,
                "note": chinese_date(v.source.narrative.meta.written),
            }
            for v in sorted(views, key=lambda v: -v.year)
            if v.source.narrative
        ],
        year=view.year,
        cards=_cards(view, path if has_report else None),
        years=[_year(v) for v in sorted(views, key=lambda v: -v.year)],
    )


def _told(view: View) -> portal.Names:
    """The site is a column of the portal that carries it."""
    township = view.settings.township
    description = f"{township.name}历年的{portal.SUBJECT}情况报告，和报告所依据的工作记录"
    keywords = (township.short_name, portal.SUBJECT, "年度报告")
    return portal.column(page_title(view), description, keywords)


def _year(view: View) -> dict[str, object]:
    """A year's sections and data, as the home page lists them."""
    sections = view.settings.vocabulary.sections_in(view.year)
    return {
        "year": view.year,
        "unfinished": view.is_unfinished,
        "data": f"data/{view.year}/index.md",
        "sections": [
            {"name": s.name, "meaning": s.meaning, "path": f"{view.year}/{s.path}.md"}
            for s in sections
        ],
    }


def _cards(view: View, report: str | None) -> list[dict[str, str]]:
    """The figures that figures.yml puts on the home page, as far as they have a value."""
    cards = []
    for value in view.printed:
        place = view.section_path(value.definition.section)
        if not value.definition.on_home or value.number is None or place is None:
            continue
        link = href("index.md", place, value.name)
        if report:
            link = href("index.md", report, evidence_anchor(value.name))
        change = view.change(value)
        note = f"比上年{change}" if change != "—" else value.definition.section
        cards.append({"name": value.name, "value": view.words(value), "note": note, "href": link})
    return cards
