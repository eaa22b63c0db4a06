"""一图读懂: the year in pictures, beside its report."""

from fazhi.output import names
from fazhi.output.pages.markup import document
from fazhi.output.pictures import infographic
from fazhi.output.view import View

TITLE = "图解"


def path(view: View) -> str:
    """Where the page is: in letters that every portal takes in an address."""
    return f"report/{view.year}-pictures.md"


def is_made(view: View) -> bool:
    """Whether a year has the page: a report, and a figure that figures.yml puts on it."""
    chosen = (v for v in view.printed if v.definition.on_home or v.definition.pictures)
    return not view.is_unfinished and any(value.number is not None for value in chosen)


def pages(view: View) -> dict[str, str | bytes]:
    """The page of a year with a report and something to show."""
    if not is_made(view):
        return {}
    narrative, shown = view.narrative, infographic.of(view)
    whole = names.of(narrative, view.settings)
    page = document(
        view.meta(shown.title, "pictures", "records/figures.yml")
        | {"search": {"boost": 0.5}}
        | view.column(TITLE, f"{narrative.meta.title}的{TITLE}"),
        "pictures.md",
        heading=names.unbroken(shown.title, whole),
        path=path(view),
        report=f"report/{view.year}.md",
        data=f"data/{view.year}/index.md",
        shown=shown,
    )
    return {path(view): page.text}
