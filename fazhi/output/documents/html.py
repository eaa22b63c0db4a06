"""The report as HTML for a portal's editor: inline style only, nothing fetched, no script.

A strict sanitiser, as portals have, leaves it as it is to the byte (tests/output/test_exports.py has
one), but for the <data> around a number, which some take away: the number stays.
The portal prints the title itself: headings begin at the second level.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby

from fazhi.output.documents.blocks import (
    BREAK,
    Block,
    Heading,
    Listing,
    Paragraph,
    Run,
    Runs,
    Table,
)
from fazhi.output.documents.document import Document
from fazhi.output.numbers import Number

_CENTRED = "text-align:center"
_FLUSH = "line-height:1.8;margin:0 0 0.5em;overflow-wrap:anywhere"
_INDENTED = f"text-indent:2em;{_FLUSH}"
_QUOTED = "margin:0 2em 0.5em;line-height:1.8;overflow-wrap:anywhere"
_MARK = "text-align:center;font-weight:bold;color:#a30000"
_NOTICE = "border:1px solid #767676;padding:0.5em;margin:0 0 1em"
_SIGNED = "text-align:right;line-height:1.8;margin:0;padding-right:2em"
_HEADINGS = [
    f"font-size:{size}em;font-weight:bold;line-height:1.6;margin:1em 0 0.5em"
    for size in ("1.25", "1.15", "1.05", "1")
]
_TABLE = "border-collapse:collapse;width:100%;margin:0 0 1em"
_CELL = "border:1px solid #767676;padding:0.25em 0.5em;overflow-wrap:break-word"
_NAME = f"{_CELL};text-align:left;font-weight:normal"
_NAMED = "text-align:center;margin:1em 0 0.5em"


def as_html(document: Document) -> str:
    """One fragment of HTML, a block a line."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    for mark in document.marks:
        yield _p(mark, _MARK)
    if document.number:
        yield _p(document.number, _CENTRED)
    for notice in document.head:
        yield _p(notice, _NOTICE)
    if document.salutation:
        yield _p(document.salutation, _FLUSH)
    for block in document.blocks:
        yield _block(block)
    for line in document.annex_list:
        yield _p(line, _INDENTED)
    for line in document.signed:
        yield _p(line, _SIGNED)
    for place, annex in enumerate(document.annexes):
        yield f'<h2 style="{_HEADINGS[0]}">{_escaped(document.annex_mark(place))}</h2>'
        rows = ([_cell(cell) for cell in row.cells] for row in annex.rows)
        lines = (
            f'<th scope="row" style="{_NAME}">{name}</th>{_cells(cells, annex.aligned[1:])}'
            for name, *cells in rows
        )
        # wangEditor drops a <caption> with what it says.
        yield f'<p style="{_NAMED}"><strong>{_escaped(annex.caption)}</strong></p>'
        yield _table(map(_escaped, annex.head), lines)


def _p(text: str, style: str) -> str:
    return f'<p style="{style}">{_escaped(text)}</p>'


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            style = _QUOTED if block.quoted else _INDENTED
            return f'<p style="{style}">{_inline(block.runs)}</p>'
        case Heading():
            tag = f"h{block.level + 1}"
            text = _escaped(block.number) + _inline(block.runs)
            return f'<{tag} style="{_HEADINGS[block.level - 1]}">{text}</{tag}>'
        case Listing():
            items = "".join(f"<li>{_item(item)}</li>" for item in block.items)
            if block.start is None:
                return f'<ul style="{_FLUSH}">{items}</ul>'
            return f'<ol start="{block.start}" style="{_FLUSH}">{items}</ol>'
        case Table():
            rows = (
                [_inline(cell, _told if len(cell) == 1 else None) for cell in row]
                for row in block.rows
            )
            lines = (_cells(row, block.aligned) for row in rows)
            return _table(map(_inline, block.head), lines)


def _item(item: Sequence[Block]) -> str:
    """An item of one paragraph holds its text itself, as editors write it."""
    if len(item) == 1 and isinstance(item[0], Paragraph):
        return _inline(item[0].runs)
    return "".join(map(_block, item))


def _table(head: Iterable[str], lines: Iterable[str]) -> str:
    top = "".join(f'<th scope="col" style="{_CELL}">{name}</th>' for name in head)
    below = "".join(f"<tr>{line}</tr>" for line in lines)
    inner = f"<thead><tr>{top}</tr></thead><tbody>{below}</tbody>"
    return f'<table style="{_TABLE}">{inner}</table>'


def _cells(row: Sequence[str], aligned: Sequence[str]) -> str:
    styles = (f"{_CELL};text-align:{side}" if side else _CELL for side in aligned)
    pairs = zip(row, styles, strict=True)
    return "".join(f'<td style="{style}">{cell}</td>' for cell, style in pairs)


def _inline(runs: Runs, told: Callable[[Run], str] | None = None) -> str:
    """Text with its marks. Beside other text wangEditor breaks on a number's <data>, or loses it."""
    pieces = []
    for how, group in groupby(runs, lambda run: replace(run, text="", data=())):
        text = "".join(map(told or _plain, group))
        text = f"<em>{text}</em>" if how.emphasis else text
        text = f"<strong>{text}</strong>" if how.strong else text
        if how.target:
            text = f'<a href="{escape(how.target)}" rel="noopener noreferrer">{text}</a>'
        pieces.append(text)
    return "".join(pieces)


def _plain(run: Run) -> str:
    return _escaped(run.text).replace(BREAK, "<br>")


def _told(run: Run) -> str:
    """A run's text; a number's with what it says to programs."""
    text = _plain(run)
    held = "".join(f' {name}="{escape(value)}"' for name, value in run.data)
    return f"<data{held}>{text}</data>" if held else text


def _cell(cell: object) -> str:
    if isinstance(cell, Number) and not cell.tail:  # wangEditor loses one that has text beside it
        return cell.__html__()
    return _escaped(str(cell))


def _escaped(text: str) -> str:
    """Text as a browser serializes it: the no-break space by its name."""
    return escape(text, quote=False).replace("\xa0", "&nbsp;")
