"""The home page: what this is, the newest report, its key figures, the sections."""

from __future__ import annotations

from collections.abc import Sequence

import markdown

from fazhi.pages.records import prose
from fazhi.pages.view import View, evidence_anchor, href, page
from fazhi.pages.yearly import chinese_date

_CARDS_PER_SECTION = 2


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
        {"title": page_title(view), "kind": "home"},
        "home.md",
        introduction=prose(introduction, markdown.Markdown()),
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
        sections=[
            {
                "name": section.name,
                "meaning": section.meaning,
                "href": href("index.md", f"{view.year}/{section.path}.md"),
            }
            for section in view.settings.vocabulary.sections_in(view.year)
        ],
        data=f"data/{view.year}/index.md",
    )


def _cards(view: View, report: str | None) -> list[dict[str, str]]:
    """The first figures with a value of each section."""
    cards = []
    for section in view.settings.vocabulary.sections_in(view.year):
        own = [v for v in view.printed if v.definition.section == section.name and v.number]
        for value in own[:_CARDS_PER_SECTION]:
            place = f"{view.year}/{section.path}.md"
            link = href("index.md", place, value.name)
            if report:
                link = href("index.md", report, evidence_anchor(value.name))
            change = view.change(value)
            note = f"比上年{change}" if change != "—" else section.name
            cards.append(
                {"name": value.name, "value": view.words(value), "note": note, "href": link}
            )
    return cards
