"""The narrative's Markdown as blocks of plain text, by way of the HTML that the site shows."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

import markdown
from lxml import html

from fazhi.problems.quoting import INVISIBLE
from fazhi.schema.words import ANNUAL_REPORT

# Those of the site's Markdown extensions that change a narrative's text
EXTENSIONS = ["attr_list", "fenced_code", "sane_lists", "tables"]
BREAK = "\u2028"  # a line that the writer ended, inside a paragraph
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset([*_HEADINGS, "p", "ul", "ol", "table", "blockquote", "pre", "hr", "div"])
_ALIGNED = re.compile(r"text-align: *(\w+);?")
_NOT_IN_ADDRESS = re.compile(r"[^!#$%&'()*+,./:;=?@\w~\[\]-]|[^\x00-\x7f]")
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Run:
    """A stretch of text set in one way; BREAK in it ends a line. `target` is where a link leads;
    `data` are the attributes of HTML's <data>, which programs read."""

    text: str
    strong: bool = False
    emphasis: bool = False
    target: str = ""
    data: tuple[tuple[str, str], ...] = ()


Runs = tuple[Run, ...]


def text_of(runs: Iterable[Run]) -> str:
    """The text of runs, without how it is set."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body; `quoted` is one of a quotation, `titling` the title of a table."""

    runs: Runs
    quoted: bool = False
    titling: bool = False

    @property
    def text(self) -> str:
        return text_of(self.runs)


@dataclass(frozen=True)
class Heading:
    """A heading: its level, where none is skipped, the number printed before it, its title, and the
    `rank` of the number, 1 for 一、: by that it is set."""

    level: int
    number: str
    runs: Runs
    rank: int

    @property
    def text(self) -> str:
        return self.number + text_of(self.runs)


@dataclass(frozen=True)
class Listing:
    """A list, numbered from `start` or with bullets; each item is blocks of its own."""

    start: int | None
    items: "tuple[tuple[Block, ...], ...]"


@dataclass(frozen=True)
class Table:
    """A table of the narrative; `aligned` is left, center or right for each column, or empty."""

    head: tuple[Runs, ...]
    rows: tuple[tuple[Runs, ...], ...]
    aligned: tuple[str, ...]

    @property
    def texts(self) -> list[list[str]]:
        """The text of its cells, the head's row first."""
        return [[text_of(cell) for cell in row] for row in (self.head, *self.rows)]


Block = Paragraph | Heading | Listing | Table


def kind(block: Block) -> str:
    """What the templates of the forms call a block."""
    return type(block).__name__.lower()


def blocks_of(
    text: str, page: str = "", numbers: re.Pattern[str] = ANNUAL_REPORT.numbers
) -> tuple[Block, ...]:
    """Markdown as blocks. Links lead somewhere only when the address of the text's page is given;
    `numbers` are those that its headings have, a group a rank."""
    made = markdown.markdown(text, extensions=EXTENSIONS)
    found = _blocks(html.fragment_fromstring(made, create_parent="div"), page)
    blocks = [_numbered(b, numbers) if isinstance(b, Heading) else b for b in found]
    for place, (block, after) in enumerate(pairwise(blocks)):
        if isinstance(after, Table) and isinstance(block, Paragraph):
            blocks[place] = replace(block, titling=_is_title(block))
    return tuple(blocks)


def _numbered(heading: Heading, numbers: re.Pattern[str]) -> Heading:
    first, *more = heading.runs or (Run(""),)
    number = numbers.match(first.text)
    if number is None or number.lastindex is None:
        return heading
    first = replace(first, text=first.text[number.end() :])
    runs = (first, *more) if first.text else tuple(more)
    return Heading(heading.level, number[0], runs, number.lastindex)


def _is_title(block: Paragraph) -> bool:
    """Whether it is no sentence, but begins with 表1 or is printed in bold."""
    is_marked = re.match(r"附?表[\d一二三四五六七八九十]{1,3}", block.text)
    is_title = bool(is_marked) or all(run.strong for run in block.runs)
    return is_title and not block.text.endswith(("。", "：", ":"))


def _blocks(parent: html.HtmlElement, page: str) -> Iterator[Block]:
    """The blocks inside an element; text directly inside it is a paragraph."""
    loose: list[Run] = [Run(_visible(parent.text))]
    for child in parent:
        if child.tag in _BLOCKS:
            yield from _paragraph(loose)
            loose = []
            yield from _block(child, page)
        else:
            loose += _inline(child, Run(""), page)
        loose.append(Run(_visible(child.tail)))
    yield from _paragraph(loose)


def _block(element: html.HtmlElement, page: str) -> Iterator[Block]:
    match element.tag:
        case "p":
            yield from _paragraph(_inside(element, Run(""), page))
        case "ul" | "ol":
            start = int(element.get("start", "1")[:9]) if element.tag == "ol" else None
            items = element.iterchildren("li")
            yield Listing(start, tuple(tuple(_inner(item, page)) for item in items))
        case "table":
            rows = [list(row.iterchildren("th", "td")) for row in element.iter("tr")]
            cells = [tuple(_tidy(_inside(cell, Run(""), page)) for cell in row) for row in rows]
            aligned = tuple(_ALIGNED.sub(r"\1", cell.get("style", "")) for cell in rows[0])
            yield Table(cells[0], tuple(cells[1:]), aligned)
        case "blockquote":
            for block in _inner(element, page):
                yield replace(block, quoted=True) if isinstance(block, Paragraph) else block
        case "pre":
            lines = _visible(element.text_content()).rstrip("\n").replace("\n", BREAK)
            yield from _paragraph([Run(lines)])
        case "hr":
            return  # a line across the page is no text
        case "div":
            yield from _blocks(element, page)
        case _:
            level = min(max(int(element.tag[1]) - 1, 1), 4)
            yield Heading(level, "", _tidy(_inside(element, Run(""), page)), level)


def _inner(element: html.HtmlElement, page: str) -> Iterator[Block]:
    """The blocks of a quotation, of an item: a heading in there is none of the report's own."""
    for block in _blocks(element, page):
        if isinstance(block, Heading):
            yield from _paragraph(replace(run, strong=True) for run in block.runs)
        else:
            yield block


def _paragraph(runs: Iterable[Run]) -> Iterator[Paragraph]:
    if tidied := _tidy(runs):
        yield Paragraph(tidied)


def _inside(element: html.HtmlElement, how: Run, page: str) -> Iterator[Run]:
    yield replace(how, text=_visible(element.text))
    for child in element:
        yield from _inline(child, how, page)
        yield replace(how, text=_visible(child.tail))


def _inline(element: html.HtmlElement, how: Run, page: str) -> Iterator[Run]:
    match element.tag:
        case "br":
            yield replace(how, text=BREAK)
            return
        case "strong":
            how = replace(how, strong=True)
        case "em":
            how = replace(how, emphasis=True)
        case "a" if page:
            how = replace(how, target=address(page, element.get("href", "")))
        case "data":
            how = replace(how, data=tuple(element.items()))
    yield from _inside(element, how, page)


def address(page: str, href: str) -> str:
    """Where a link of a page leads, in ASCII: to the web, the site or the page itself (FZ712)."""
    if not re.match(r"https?://", href):
        scheme, _, rest = page.partition("://")
        host, _, path = rest.partition("/")
        target, mark, place = href.partition("#")
        whole = posixpath.join("/", posixpath.dirname(path), target) if target else f"/{path}"
        href = f"{scheme}://{host}{posixpath.normpath(whole)}{mark}{place}"
    return _NOT_IN_ADDRESS.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode()), href)


def _visible(text: str | None) -> str:
    """Text of the page without the characters that no file of ours may hold: &#8; brings one in."""
    return INVISIBLE.sub("", text or "")


def _tidy(runs: Iterable[Run]) -> Runs:
    """Runs as a reader sees them: spaces run together, none at an end of a line, none empty.

    The end of a line of the file is a space between words, and nothing between characters that
    Chinese is written with: as CSS Text 3 (4.1.3) has it.
    """
    given = [run for run in runs if run.text]
    text = text_of(given)
    kept = list(text)
    for match in _SPACES.finditer(text):
        start, end = match.span()
        before = text[start - 1] if start else BREAK
        after = text[end] if end < len(text) else BREAK
        is_seam = "\n" in match[0] and _is_wide(before) and _is_wide(after)
        kept[start:end] = [""] * (end - start)
        if BREAK not in (before, after) and not is_seam:
            kept[start] = " "
    signs = iter(kept)
    pieces = [replace(run, text="".join(islice(signs, len(run.text)))) for run in given]
    return _joined(piece for piece in pieces if piece.text)


def _joined(runs: Iterable[Run]) -> Runs:
    groups = groupby(runs, key=lambda run: replace(run, text=""))
    return tuple(replace(how, text=text_of(group)) for how, group in groups)


def on_paper(block: Block) -> Block:
    """A block as Word and PDF have it: nothing is said to programs there."""
    match block:
        case Paragraph() | Heading():
            return replace(block, runs=_plain(block.runs))
        case Listing():
            return replace(block, items=tuple(tuple(map(on_paper, i)) for i in block.items))
        case Table():
            head, *rows = (tuple(map(_plain, row)) for row in (block.head, *block.rows))
            return replace(block, head=head, rows=tuple(rows))


def _plain(runs: Runs) -> Runs:
    return _joined(replace(run, data=()) for run in runs)


def _is_wide(character: str) -> bool:
    """Whether it takes a full square of Chinese print; quotation marks and dashes do."""
    return unicodedata.east_asian_width(character) in "WF" or character in "“”‘’—…·"
