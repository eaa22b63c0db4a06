"""The report as HTML for a portal's editor. A strict sanitiser (tests/output/test_exports.py has one)
leaves it to the byte; some take away the <data> around a number: the number stays."""

from dataclasses import replace
from html import escape
from itertools import groupby

from markupsafe import Markup

from fazhi.output.documents.blocks import BREAK, Run, Runs, kind
from fazhi.output.documents.document import Document
from fazhi.output.numbers import Number
from fazhi.output.templates import beside


def as_html(document: Document) -> str:
    """One fragment of HTML, a block a line."""
    return _TEMPLATES.get_template("body.html").render(document=document)


def _inline(runs: Runs, *, in_cell: bool = False) -> Markup:
    """Text with its marks. Beside other text wangEditor breaks on a number's <data>, or loses it."""
    is_alone = in_cell and len(runs) == 1
    pieces = []
    for how, group in groupby(runs, lambda run: replace(run, text="", data=())):
        text = "".join(_told(run) if is_alone else _plain(run) for run in group)
        text = f"<em>{text}</em>" if how.emphasis else text
        text = f"<strong>{text}</strong>" if how.strong else text
        if how.target:
            text = f'<a href="{escape(how.target)}" rel="noopener noreferrer">{text}</a>'
        pieces.append(text)
    return Markup("".join(pieces))


def _plain(run: Run) -> Markup:
    return _said(run.text).replace(BREAK, Markup("<br>"))


def _told(run: Run) -> str:
    """A run's text; a number's with what it says to programs."""
    text = _plain(run)
    held = "".join(f' {name}="{escape(value)}"' for name, value in run.data)
    return f"<data{held}>{text}</data>" if held else text


def _said(text: object) -> Markup:
    """Text as a browser serializes it: the no-break space by its name."""
    if isinstance(text, Number) and not text.tail:  # wangEditor loses one that has text beside it
        return text.__html__()
    return Markup(escape(str(text), quote=False).replace("\xa0", "&nbsp;"))


_TEMPLATES = beside(__file__)
_TEMPLATES.filters |= {"inline": _inline, "said": _said, "kind": kind}
