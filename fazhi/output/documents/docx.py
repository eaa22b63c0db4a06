"""The report as a Word file by GB/T 9704-2012: real styles, headings, lists, tables, page numbers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, time

from docx import Document as opened
from docx.document import Document as WordFile
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun
from lxml import etree

from fazhi.output.documents import blocks, layout
from fazhi.output.documents.document import Document, printed
from fazhi.output.templates import beside
from fazhi.sources.archives import zipped

LIST_LEVELS = 3  # how deep lists are nested; deeper ones are set as the deepest
CELLS = {"right": "TableNumber", "center": "TableCentred"}  # styles by the side of their text
# lxml keeps prefixes for the whole process. Without this one, the bytes of the file would depend on
# whether openpyxl, which sets it too, was imported before.
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
etree.register_namespace("r", _OFFICE)


def as_docx(document: Document) -> bytes:
    """The file's bytes: the same document gives the same."""
    indents = layout.signature_indents(*document.signed)
    word = opened(io.BytesIO(zipped(_empty(indents))))
    _Writer(word).write(document)
    _write_margins(word, document)
    # No author's name, and the report's date for every time
    properties = word.core_properties
    properties.title = document.title[:255]  # of which a property has no more
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(document.written, time(), UTC)
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _twips(points: float) -> int:
    """Twentieths of a point, which Word measures in."""
    return round(points * 20)


def _characters(count: float) -> int:
    """So many characters of the body in twips."""
    return _twips(count * layout.ADVANCE)


_TEMPLATES = beside(__file__)
_TEMPLATES.filters |= {"twips": _twips, "characters": _characters}
_TEMPLATES.globals |= {"layout": layout, "list_levels": LIST_LEVELS}


def _empty(signed_indents: Sequence[float]) -> dict[str, bytes]:
    """Every part of an empty file, by its name in the archive: page, styles, fonts, lists.

    It is made from `layout` and templates of ours, not from anybody's file, so that it brings no one's
    name, thumbnail or styles along. The signature's indents are this document's.
    """
    names = _TEMPLATES.list_templates(filter_func=lambda name: name.startswith("docx/empty/"))
    made = {name: _TEMPLATES.get_template(name).render(indents=signed_indents) for name in names}
    return {name.removeprefix("docx/empty/"): text.encode() for name, text in made.items()}


class _Writer:
    """Puts a document into an empty file, block after block."""

    def __init__(self, word: WordFile) -> None:
        self.word = word
        self.styles = {style.style_id: style for style in word.styles}

    def write(self, document: Document) -> None:
        if document.number:
            self.line(document.number, "Number")
        self.line(blocks.BREAK.join(document.title_lines), "Title")
        for notice in document.head:
            self.line(notice, "Notice")
        if document.head:
            self.line("", "BodyText")
        if document.salutation:
            self.line(document.salutation, "Salutation")
        for block in map(blocks.on_paper, document.blocks):
            self.block(block)
        # 附件说明, 署名 and 成文日期, with a line of space before each
        for place, line in enumerate(document.annex_list):
            if place == 0:
                self.line("", "BodyText")
            self.line(line, "MoreAnnexes" if place else "Annexes")
        self.line("", "BodyText")
        for line, style in zip(document.signed, ("Signature", "Date"), strict=True):
            self.line(line, style)
        for place, annex in enumerate(document.annexes):
            mark = self.line(document.annex_mark(place), "Annex")
            mark.paragraph_format.page_break_before = True
            self.line(annex.caption, "AnnexTitle")
            table = self.table(printed(annex))
            _property(table._tbl.tblPr, "w:tblCaption", annex.caption)

    def line(self, text: str, style: str) -> WordParagraph:
        return self.paragraph((blocks.Run(text),) if text else (), style)

    def paragraph(self, runs: blocks.Runs, style: str) -> WordParagraph:
        paragraph = self.word.add_paragraph(style=self.styles[style])
        self.fill(paragraph, runs)
        return paragraph

    def block(self, block: blocks.Block) -> None:
        match block:
            case blocks.Paragraph():
                self.paragraph(block.runs, "Quote" if block.quoted else "BodyText")
            case blocks.Heading():
                runs = (blocks.Run(block.number), *block.runs) if block.number else block.runs
                self.paragraph(runs, f"Heading{block.level}")
            case blocks.Listing():
                self.listing(block, 0)
            case blocks.Table():
                self.table(block)

    def listing(self, block: blocks.Listing, level: int) -> None:
        """A list, numbered anew; what follows an item's first paragraph is set beneath it."""
        numbering = self.word.part.numbering_part.element
        number = numbering.add_num(0 if block.start is None else 1)  # as numbering.xml has them
        if block.start is not None:
            number.add_lvlOverride(0).add_startOverride(block.start)
        style = "ListBullet" if block.start is None else "ListNumber"
        for item in block.items:
            for place, inner in enumerate(item or (blocks.Paragraph(()),)):
                if isinstance(inner, blocks.Listing):
                    self.listing(inner, min(level + 1, LIST_LEVELS - 1))
                elif isinstance(inner, blocks.Paragraph) and place == 0:
                    _number(self.paragraph(inner.runs, style), int(number.numId), level)
                elif isinstance(inner, blocks.Paragraph):
                    self.paragraph(inner.runs, "ListContinue")
                else:
                    self.block(inner)

    def table(self, block: blocks.Table) -> WordTable:
        """A table as wide as the type area; its head is repeated on every page."""
        table: WordTable = self.word.add_table(0, 0, style=self.styles["ReportTable"])
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        parts = layout.widths(block.texts)
        for part in parts:
            table.add_column(Pt(layout.TYPE_AREA[0] * part / sum(parts)))
        looks = [CELLS.get(side, "TableText") for side in block.aligned]
        for place, cells in enumerate((block.head, *block.rows)):
            row = table.add_row()  # type: ignore[no-untyped-call]
            _property(row._tr.get_or_add_trPr(), "w:cantSplit")
            if place == 0:
                _property(row._tr.get_or_add_trPr(), "w:tblHeader")
            made: tuple[WordCell, ...] = row.cells
            of_row = looks if place else ["TableHead"] * len(looks)
            for cell, runs, look in zip(made, cells, of_row, strict=True):
                cell.paragraphs[0].style = self.styles[look]
                self.fill(cell.paragraphs[0], runs)
        return table

    def fill(self, paragraph: WordParagraph, runs: blocks.Runs) -> None:
        for run in runs:
            made = paragraph.add_run()
            for place, line in enumerate(run.text.split(blocks.BREAK)):
                if place:
                    made.add_break()
                made.add_text(line)
            look = "Strong" if run.strong else "Emphasis" if run.emphasis else ""
            if run.target:
                _link(paragraph, made, run.target)
                look = "Hyperlink"
            if look:
                made.style = self.styles[look]


def _link(paragraph: WordParagraph, run: WordRun, target: str) -> None:
    """Make a run, just added, the text of a link."""
    link = OxmlElement("w:hyperlink")
    kind = RELATIONSHIP_TYPE.HYPERLINK
    link.set(qn("r:id"), paragraph.part.relate_to(target, kind, is_external=True))
    link.append(run._r)
    paragraph._p.append(link)


def _number(paragraph: WordParagraph, number: int, level: int) -> None:
    """Make a paragraph an item of a list."""
    numbered = paragraph._p.get_or_add_pPr()._add_numPr()  # type: ignore[attr-defined]
    numbered.get_or_add_ilvl().val = level
    numbered.get_or_add_numId().val = number


def _property(of: BaseOxmlElement, name: str, value: str = "") -> None:
    """Add a property of a table or row that python-docx has no name for."""
    made = OxmlElement(name)
    if value:
        made.set(qn("w:val"), value)
    of.append(made)


def _write_margins(word: WordFile, document: Document) -> None:
    """Page numbers, odd ones right and even ones left; both headers alike."""
    section, mark = word.sections[0], " ".join(document.marks)
    for margin, template, which in (
        (section.footer, "docx/footer.xml", "Footer"),
        (section.even_page_footer, "docx/footer.xml", "EvenFooter"),
        (section.header, "docx/header.xml", "1"),
        (section.even_page_header, "docx/header.xml", "2"),
    ):
        made = _TEMPLATES.get_template(template).render(
            which=which, sample=document.sample, mark=mark
        )
        margin.is_linked_to_previous = False
        margin._element.replace(margin.paragraphs[0]._p, parse_xml(made))
