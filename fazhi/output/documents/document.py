"""The report as one document: every form of it is made from this, and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from fazhi.figures.wording import plain
from fazhi.output import names, portal
from fazhi.output.documents import blocks, layout
from fazhi.output.documents.blocks import Block, Run
from fazhi.output.names import Names
from fazhi.output.pages.report import catalogue
from fazhi.output.table import Table
from fazhi.output.view import View, chinese_date
from fazhi.sources.source import Source

TITLE_CHARACTERS = 20  # of a title's size fit on one line


@dataclass(frozen=True)
class Document:
    """A report as it leaves the office: plain text in order, and how it is to be marked.

    `marks` are printed across every page (草稿, 内部资料), `sample` at the head and on every page
    while the records are made up; both stand in `tail`, behind the title where that is all there is
    to see. `fields` are what a portal asks for beside the text, each on one
    line: the article's, then the catalogue's. `source` is the file it was typed in.
    """

    title: str
    tail: str
    number: str
    notices: tuple[str, ...]
    addressee: str
    blocks: tuple[Block, ...]
    annexes: tuple[Table, ...]
    issuers: tuple[str, ...]
    names: Names
    written: date
    marks: tuple[str, ...]
    sample: str
    fields: dict[str, str]
    source: Source

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title as it is set: each of several issuers on a line of its own; a long title is split
        behind a single one."""
        issuers, rest = names.begun(self.title, self.issuers)
        if len(issuers) == 1 and layout.width(self.title) <= TITLE_CHARACTERS:
            issuers, rest = (), self.title
        return self._lines((*issuers, rest), TITLE_CHARACTERS)

    def _lines(self, texts: Iterable[str], most: float) -> tuple[str, ...]:
        return tuple(line for text in texts for line in layout.lines(text, most, self.names))

    @property
    def salutation(self) -> str:
        """主送机关 as it is printed, with its full-width colon; empty where there is none."""
        return f"{self.addressee}：" if self.addressee else ""

    @property
    def head(self) -> tuple[str, ...]:
        """What is printed before the report itself: that it is a sample, and what was corrected."""
        return tuple(filter(None, (self.sample, *self.notices)))

    @property
    def annex_list(self) -> tuple[str, ...]:
        """附件说明, a line each: numbered where there are several, no mark behind a name."""
        if len(self.annexes) == 1:
            return (f"附件：{self.annexes[0].caption}",)
        lines = (f"{place}.{annex.caption}" for place, annex in enumerate(self.annexes, 1))
        return tuple(("附件：" if place == 0 else "") + line for place, line in enumerate(lines))

    def annex_mark(self, place: int) -> str:
        """The mark at the head of an annex's page: 附件, or 附件2 of several."""
        return f"附件{place + 1}" if len(self.annexes) > 1 else "附件"

    @property
    def signed(self) -> tuple[str, ...]:
        """The lines of 署名, an issuer below the other, and 成文日期, as they are printed."""
        return (*self._lines(self.issuers, layout.CHARACTERS), chinese_date(self.written))


def printed(annex: Table) -> blocks.Table:
    """An annex as a table of text, as Word and PDF have it."""
    head, *rows = (tuple((Run(cell),) for cell in row) for row in (annex.head, *annex.texts))
    return blocks.Table(head, tuple(rows), annex.aligned)


def _annexes(view: View) -> tuple[Table, ...]:
    """The table of figures, with the words that the text has for a number; none without figures."""
    table = view.figure_table
    words = [said if (said := view.words(v)) != plain(v) else "" for v in view.printed]
    if any(words):
        rows = [(*row, said) for row, said in zip(table.rows, words, strict=True)]
        table = replace(table, head=(*table.head, "正文印作"), rows=rows)
    return (table,) if table.rows else ()


def document_of(view: View, site: str = "") -> Document:
    """The report of a year; with the site's address, its figures and links lead there. Raises
    NotRendered for a narrative with problems, ValueError for a year without one."""
    narrative, rendered = view.narrative, view.rendered
    meta = narrative.meta
    assert rendered
    page = f"{site.rstrip('/')}/report/{view.year}.html" if site else ""
    sections = (section.name for section in view.sections)
    told = portal.report(narrative, view.settings, sections, view.tail)
    township, called = view.settings.township, "本报告" if narrative.text_type.is_annual else "本文"
    rows = catalogue(meta, township)
    fields = told | {name: "、".join(lines) for name, lines in rows.items()}
    return Document(
        title=meta.title,
        tail=view.tail,
        number=meta.document_number,
        notices=tuple(view.notices),
        addressee=meta.addressee or "",
        blocks=blocks.blocks_of(rendered.markdown, page, narrative.text_type.numbers),
        annexes=_annexes(view) if meta.annex == "全部指标" else (),
        issuers=meta.issuers,
        names=names.of(narrative, view.settings),
        written=meta.written,
        marks=view.marks,
        sample=township.sample_notice(called),
        fields={name: " ".join(value.split()) for name, value in fields.items()},
        source=narrative.source,
    )
