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
from docx.section import _Footer, _Header
from docx.shared import Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run as WordRun

from fazhi.output.documents import blocks, layout
from fazhi.output.documents.document import Document
from fazhi.output.documents.docx import parts as stationery
from fazhi.output.documents.docx import styles
from fazhi.output.documents.layout import HEI
from fazhi.sources.archives import zipped

WATERMARK = "PowerPlusWaterMarkObject"  # as Word calls the shape, by which it removes it again
_PLACE = (
    "position:absolute;margin-left:0;margin-top:0;rotation:315;z-index:-251658752;"
    "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
    "mso-position-vertical:center;mso-position-vertical-relative:margin"
)
_PICTURE = f"""<w:pict {styles.XMLNS}
 xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"
 path="m@7,l@8,m@5,21600l@6,21600e">
<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/>
<v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>
<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/>
<v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>
<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800"
 o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/></v:shapetype>
<v:shape type="#_x0000_t136" o:allowincell="f" fillcolor="silver" stroked="f">
<v:fill opacity=".5"/><v:textpath style="font-family:&quot;{HEI.name}&quot;;font-size:1pt"/>
</v:shape></w:pict>"""


def as_docx(document: Document) -> bytes:
    """The file's bytes: the same document gives the same."""
    indents = layout.signature_indents(*document.signed)
    word = opened(io.BytesIO(zipped(stationery.parts(*indents))))
    _Writer(word).write(document)
    _write_header_and_footer(word, document)
    # No author's name, and the report's date for every time
    properties = word.core_properties
    properties.title = document.title[:255]  # of which a property has no more
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(document.written, time(), UTC)
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


class _Writer:
    """Puts a document into an empty file, block after block."""

    def __init__(self, word: WordFile) -> None:
        self.word = word
        self.styles = {style.style_id: style for style in word.styles}

    def write(self, document: Document) -> None:
        if document.number:
            self.line(document.number, styles.NUMBER)
        self.line(blocks.BREAK.join(document.title_lines), styles.TITLE)
        for notice in document.head:
            self.line(notice, styles.NOTICE)
        if document.head:
            self.line("", styles.TEXT)
        if document.salutation:
            self.line(document.salutation, styles.SALUTATION)
        for block in map(blocks.on_paper, document.blocks):
            self.block(block)
        # 附件说明, 署名 and 成文日期, with a line of space before each
        for place, line in enumerate(document.annex_list):
            if place == 0:
                self.line("", styles.TEXT)
            self.line(line, styles.MORE_ANNEXES if place else styles.ANNEXES)
        self.line("", styles.TEXT)
        for line, style in zip(document.signed, (styles.ISSUER, styles.DAY), strict=True):
            self.line(line, style)
        for place, annex in enumerate(document.annexes):
            mark = self.line(document.annex_mark(place), styles.ANNEX)
            mark.paragraph_format.page_break_before = True
            self.line(annex.caption, styles.ANNEX_TITLE)
            head, *rows = [
                [(blocks.Run(cell),) for cell in row] for row in (annex.head, *annex.texts)
            ]
            widths = layout.widths((annex.head, *annex.texts))
            table = self.table(head, rows, annex.aligned, widths)
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
                self.paragraph(block.runs, styles.QUOTE if block.quoted else styles.TEXT)
            case blocks.Heading():
                runs = (blocks.Run(block.number), *block.runs) if block.number else block.runs
                self.paragraph(runs, styles.HEADINGS[block.level - 1])
            case blocks.Listing():
                self.listing(block, 0)
            case blocks.Table():
                self.table(block.head, block.rows, block.aligned, layout.widths(block.texts))

    def listing(self, block: blocks.Listing, level: int) -> None:
        """A list, numbered anew; what follows an item's first paragraph is set beneath it."""
        numbering = self.word.part.numbering_part.element
        kind = stationery.BULLETS if block.start is None else stationery.NUMBERS
        number = numbering.add_num(kind)
        if block.start is not None:
            number.add_lvlOverride(0).add_startOverride(block.start)
        style = styles.BULLET if block.start is None else styles.NUMBERED
        for item in block.items:
            for place, inner in enumerate(item or (blocks.Paragraph(()),)):
                if isinstance(inner, blocks.Listing):
                    self.listing(inner, min(level + 1, stationery.LIST_LEVELS - 1))
                elif isinstance(inner, blocks.Paragraph) and place == 0:
                    _number(self.paragraph(inner.runs, style), int(number.numId), level)
                elif isinstance(inner, blocks.Paragraph):
                    self.paragraph(inner.runs, styles.CONTINUED)
                else:
                    self.block(inner)

    def table(
        self,
        head: Sequence[blocks.Runs],
        rows: Sequence[Sequence[blocks.Runs]],
        aligned: Sequence[str],
        parts: Sequence[float],
    ) -> WordTable:
        """A table as wide as the type area; its head is repeated on every page."""
        table: WordTable = self.word.add_table(0, 0, style=self.styles[styles.TABLE])
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        for part in parts:
            table.add_column(Pt(layout.TYPE_AREA[0] * part / sum(parts)))
        looks = [styles.CELLS.get(side, styles.CELL) for side in aligned]
        for place, cells in enumerate((head, *rows)):
            row = table.add_row()  # type: ignore[no-untyped-call]
            _property(row._tr.get_or_add_trPr(), "w:cantSplit")
            if place == 0:
                _property(row._tr.get_or_add_trPr(), "w:tblHeader")
            made: tuple[WordCell, ...] = row.cells
            of_row = looks if place else [styles.HEAD_CELL] * len(head)
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
            look = styles.STRONG if run.strong else styles.EMPHASIS if run.emphasis else ""
            if run.target:
                _link(paragraph, made, run.target)
                look = styles.HYPERLINK
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


def _write_header_and_footer(word: WordFile, document: Document) -> None:
    """Page numbers, odd ones right and even ones left; both headers alike."""
    section = word.sections[0]
    footers = ((section.footer, styles.FOOTER), (section.even_page_footer, styles.EVEN_FOOTER))
    for footer, style in footers:
        paragraph = _blank(footer, word, style)
        paragraph.add_run("— ")
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        paragraph._p.append(field)
        shown = paragraph.add_run("1")  # until the reader's program counts
        field.append(shown._r)
        paragraph.add_run(" —")
    for place, header in enumerate((section.header, section.even_page_header), 1):
        paragraph = _blank(header, word, styles.HEADER)
        if document.sample:
            paragraph.add_run(document.sample)
        if document.marks:
            paragraph.add_run()._r.append(_watermark(" ".join(document.marks), place))


def _blank(of: _Header | _Footer, word: WordFile, style: str) -> WordParagraph:
    of.is_linked_to_previous = False
    paragraph: WordParagraph = of.paragraphs[0]
    paragraph.style = next(s for s in word.styles if s.style_id == style)
    return paragraph


def _watermark(text: str, place: int) -> BaseOxmlElement:
    """WordArt across the page, behind the text, as Word's own watermarks are."""
    picture = parse_xml(_PICTURE)
    shape = picture[-1]
    shape.set("id", f"{WATERMARK}{place}")
    shape.set("alt", text)
    height = min(130, 440 / len(text))
    shape.set("style", f"{_PLACE};width:{height * len(text):.0f}pt;height:{height:.0f}pt")
    shape[-1].set("string", text)
    return picture
