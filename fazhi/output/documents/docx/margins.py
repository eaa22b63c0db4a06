"""What stands outside the Word file's type area: page numbers, the sample notice, the watermark."""

from __future__ import annotations

from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import _Footer, _Header
from docx.text.paragraph import Paragraph as WordParagraph

from fazhi.output.documents.document import Document
from fazhi.output.documents.docx import styles
from fazhi.output.documents.layout import HEI

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


def write_margins(word: WordFile, document: Document) -> None:
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
