"""准备情况: what a year still lacks, of each year a page, in the internal edition only."""

import re

from markupsafe import Markup, escape

from fazhi.output.pages.markup import document, href
from fazhi.output.pages.records import record_path
from fazhi.output.view import View
from fazhi.report import readiness
from fazhi.report.readiness import tables
from fazhi.report.readiness.tables import Cell, Due, Linked

TITLE = "准备情况"
_SHORT = re.compile(r"\d{4}-\d\d-\d\d(?: 办了)?|\w+ \d+ 天")
"""What is not parted in a narrow column."""


def path(view: View) -> str:
    """Where the page of a year is."""
    return f"{view.year}/readiness.md"


def pages(view: View) -> dict[str, str | bytes]:
    """`<year>/readiness.md`; nothing of it is computed for the public edition."""
    basis = view.source.basis
    if basis is None or not view.gate.is_internal:
        return {}
    found, here = readiness.of(basis), path(view)

    def shown(cell: Cell) -> str:
        if isinstance(cell, Linked):
            place = href(here, record_path(cell.record))
            return Markup('<a href="{}">{}</a>').format(place, cell.text)
        form = "<strong>{}</strong>" if isinstance(cell, Due) else "{}"
        kept, count = _SHORT.subn(r'<span class="fz-nowrap">\g<0></span>', str(escape(cell)))
        return Markup(form).format(Markup(f"<span>{kept}</span>" if count else kept))

    page = document(
        view.meta(f"{TITLE}（{view.year}年）", "readiness") | {"search": {"exclude": True}},
        "readiness.md",
        found=found,
        summary=tables.summary(found),
        parts=[
            (part, [list(map(shown, row)) for row in part.rows]) for part in tables.parts(found)
        ],
    )
    return {here: page.text}
