"""The home page: what this is, the newest report, its key figures, the sections."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from fazhi.figures.wording import DIFFERENT
from fazhi.output import numbers, portal
from fazhi.output.pages.markup import document, href
from fazhi.output.pages.prose import Prose
from fazhi.output.view import View, evidence_anchor


def home(views: Sequence[View], introduction: str) -> str:
    """`index.md`: the figures are of the newest year with a report, else of the newest year."""
    newest_first = sorted(views, key=lambda view: -view.year)
    view = next((v for v in newest_first if v.source.narrative), newest_first[0])
    township = view.settings.township
    title = f"{township.short_name}法治政府建设年度报告"
    description = f"{township.name}历年的{portal.SUBJECT}情况报告，和报告所依据的工作记录"
    keywords = (township.short_name, portal.SUBJECT, "年度报告")
    return document(
        view.meta(title, "home", "docs/index.md")
        # The site is a column of the portal that carries it.
        | {"hide": ["navigation", "toc"], "meta": portal.column(title, description, keywords)},
        "home.md",
        introduction=Prose().html(introduction),
        year=view.year,
        cards=_cards(view),
        years=newest_first,
    ).text


def _cards(view: View) -> list[dict[str, str]]:
    """The figures that figures.yml puts on the home page, as far as they have a value."""
    cards = []
    for value in view.printed:
        place = view.section_path(value.definition.section)
        if not value.definition.on_home or value.number is None or place is None:
            continue
        link = href("index.md", place, value.name)
        if view.source.narrative:
            link = href("index.md", f"report/{view.year}.md", evidence_anchor(value.name))
        change = view.change(value)
        note = Markup("{}上年{}").format("与" if change == DIFFERENT else "比", change)
        if change == "—":
            note = escape(value.definition.section)
        number = numbers.figure(value, view.words(value))
        cards.append({"name": value.name, "value": number, "note": note, "href": link})
    return cards
