"""The report as one document: every form of it is made from this, and from nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from fazhi.output import portal
from fazhi.output.documents.blocks import Block, blocks_of
from fazhi.output.figure_table import figure_table
from fazhi.output.pages.report import catalogue
from fazhi.output.view import Table, View, chinese_date
from fazhi.records.narrative import ReportMeta
from fazhi.report.editions import Edition
from fazhi.sources.source import Source

TITLE_CHARACTERS = 20
"""How many characters of a title's size stand on one line."""


@dataclass(frozen=True)
class Document:
    """A report as it leaves the office: plain text in order, and how it is to be marked.

    `marks` are printed across every page (草稿, 内部资料), `sample` at the head and on every page
    while the records are made up. `article` and `catalogue` are what a portal asks for beside the text.
    `source` is the file it was typed in.
    """

    edition: Edition
    title: str
    number: str
    notices: tuple[str, ...]
    addressee: str
    blocks: tuple[Block, ...]
    annexes: tuple[Table, ...]
    issuer: str
    written: date
    marks: tuple[str, ...]
    sample: str
    article: tuple[tuple[str, str], ...]
    catalogue: tuple[tuple[str, str], ...]
    source: Source

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title as it is set: a long one that begins with the issuer is parted behind it."""
        rest = self.title.removeprefix(self.issuer)
        if rest in ("", self.title) or len(self.title) <= TITLE_CHARACTERS:
            return (self.title,)
        return self.issuer, rest

    @property
    def salutation(self) -> str:
        """主送机关 as it is printed, with its full-width colon; empty where there is none."""
        return f"{self.addressee}：" if self.addressee else ""

    @property
    def head(self) -> tuple[str, ...]:
        """What is said before the report itself: that it is a sample, and what was corrected."""
        return tuple(filter(None, (self.sample, *self.notices)))

    @property
    def annex_list(self) -> tuple[str, ...]:
        """附件说明, a line each: numbered where there are several, no mark behind a name."""
        if len(self.annexes) == 1:
            return (f"附件：{self.annexes[0].caption}",)
        lines = (f"{place}.{annex.caption}" for place, annex in enumerate(self.annexes, 1))
        return tuple(("附件：" if place == 0 else "") + line for place, line in enumerate(lines))

    def annex_mark(self, place: int) -> str:
        """What stands at the head of an annex's page: 附件, or 附件2 of several."""
        return f"附件{place + 1}" if len(self.annexes) > 1 else "附件"

    @property
    def signed(self) -> tuple[str, str]:
        """署名 and 成文日期, as they are printed."""
        return self.issuer, chinese_date(self.written)


def document_of(view: View, site: str = "") -> Document:
    """The report of a year; with the site's address, its figures and links lead there.

    Raises `pages.view.NotRendered` for a narrative with problems, ValueError for a year without
    one.
    """
    narrative, rendered = view.source.narrative, view.rendered
    if narrative is None or rendered is None:
        raise ValueError(f"{view.year} has no narrative")
    meta = narrative.meta
    internal = ("内部资料",) if view.gate.is_internal else ()
    township = view.settings.township
    return Document(
        edition=view.gate.edition,
        title=meta.title,
        number=meta.number or "",
        notices=tuple(view.notices),
        addressee=meta.addressee or "",
        blocks=blocks_of(rendered.markdown, _page(view, site)),
        annexes=(figure_table(view),),
        issuer=meta.issuer,
        written=meta.written,
        marks=(*filter(None, (view.watermark,)), *internal),
        sample=township.sample_notice("本报告"),
        article=tuple(portal.report(narrative, view.settings).items()),
        catalogue=_catalogue(meta),
        source=narrative.source,
    )


def _page(view: View, site: str) -> str:
    return f"{site.rstrip('/')}/report/{view.year}.html" if site else ""


def _catalogue(meta: ReportMeta) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in catalogue(meta))


def fields(document: Document) -> dict[str, str]:
    """All fields, the article's and then the catalogue's, each on one line."""
    told = (*document.article, *document.catalogue)
    return {name: " ".join(text.split()) for name, text in told}


def as_json(document: Document) -> str:
    return json.dumps(fields(document), ensure_ascii=False, indent=2) + "\n"


def as_text(document: Document) -> str:
    """A field a line: 字段：值."""
    return "".join(f"{name}：{text}\n" for name, text in fields(document).items())
