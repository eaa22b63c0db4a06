"""The home page: what this is, the newest report, its key figures, the sections."""

from collections.abc import Iterable, Iterator, Sequence

from fazhi.figures.wording import DIFFERENT
from fazhi.output import portal
from fazhi.output.data import series
from fazhi.output.form import page as form
from fazhi.output.pages import pictures, readiness
from fazhi.output.pages.markup import document
from fazhi.output.pages.prose import Prose
from fazhi.output.view import View, of_site
from fazhi.schema.words import ANNUAL


def home(views: Sequence[View], introduction: str) -> str:
    """`index.md`: the figures are of the newest year with a report, else of the newest year."""
    newest_first = sorted(views, key=lambda view: -view.year)
    view = of_site(views)
    township = view.settings.township
    texts = texts_of(views)
    title = f"{township.short_name}{portal.SUBJECT}{texts}"
    called = "情况报告，和报告" if texts == ANNUAL else f"{texts}，和它们"
    description = f"{township.name}历年的{portal.SUBJECT}{called}所依据的工作记录"
    keywords = (township.short_name, portal.SUBJECT, texts)
    return document(
        view.meta(title, "home", "docs/index.md")
        # The site is a column of the portal that carries it.
        | {"hide": ["navigation", "toc"], "meta": portal.column(title, description, keywords)},
        "home.md",
        texts=texts,
        introduction=Prose().html(introduction),
        newest=view,
        cards=[
            value
            for value in view.printed
            if value.definition.on_home
            and value.number is not None
            and view.section_path(value.definition.section) is not None
        ],
        different=DIFFERENT,
        office=[*_office(newest_first)],
        years=newest_first,
        all_years=series.PAGE,
        pictures={v.year: pictures.path(v) for v in views if pictures.is_made(v)},
    ).text


def _office(views: Sequence[View]) -> Iterator[tuple[str, str, str]]:
    """What the office works with: the home page has no menu beside it."""
    if views[0].gate.is_internal:
        yield "填表", form.NAME, "记一件事，或者改已有的一条，不用终端"
        newest = views[0]
        yield readiness.TITLE, readiness.path(newest), f"{newest.year}年还差什么，接下来是什么"


def texts_of(views: Iterable[View]) -> str:
    """What is published year by year: the 文种 of the texts, 年度报告 where there are none yet."""
    types = (view.source.narrative.text_type.name for view in views if view.source.narrative)
    return "、".join(dict.fromkeys(types)) or ANNUAL
