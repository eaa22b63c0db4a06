"""The Word file's styles: every paragraph of the report has one, nothing is set by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fazhi.output.documents import layout
from fazhi.output.documents.layout import BIAO_SONG, FANG_SONG, HEI, KAI, SONG, Face

XMLNS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FOOTER_PITCH = 16.0  # the page number's line, a little higher than its characters
# Between two characters of the body, so that 28 of 三号 fill a line. The grid of the page asks for
# the same, but programs read it differently (LibreOffice gives each character two cells of a grid
# that is narrower than its font): so the text keeps to no grid, and its lines and characters have
# their pitch from the styles.
TIGHTER = -0.3


def twips(points: float) -> int:
    """Twentieths of a point, which Word measures in."""
    return round(points * 20)


@dataclass(frozen=True)
class Style:
    """A paragraph style. `indent` is that of the first line, `left` of all, in characters."""

    id: str
    name: str
    based: str = "Normal"
    face: Face | None = None
    size: float | None = None
    align: str = ""
    indent: float = 0
    left: float = 0
    hanging: float = 0
    margins: tuple[float, float] = (0, 0)
    level: int | None = None
    with_next: bool = False
    pitch: float | None = None
    after: float = 0


NUMBER, TITLE, NOTICE, SALUTATION = "Number", "Title", "Notice", "Salutation"
TEXT, QUOTE, ANNEXES, MORE_ANNEXES = "BodyText", "Quote", "Annexes", "MoreAnnexes"
ISSUER, DAY, ANNEX, ANNEX_TITLE = "Signature", "Date", "Annex", "AnnexTitle"
CELL, NUMBER_CELL, HEAD_CELL, TABLE = "TableText", "TableNumber", "TableHead", "ReportTable"
CENTRED_CELL = "TableCentred"
CELLS = {"right": NUMBER_CELL, "center": CENTRED_CELL}  # by the side; CELL without one
HEADER, FOOTER, EVEN_FOOTER = "Header", "Footer", "EvenFooter"
BULLET, NUMBERED, CONTINUED = "ListBullet", "ListNumber", "ListContinue"
HEADINGS = ("Heading1", "Heading2", "Heading3", "Heading4")
STRONG, EMPHASIS, HYPERLINK = "Strong", "Emphasis", "Hyperlink"


def _styles(issuer_left: float, day_left: float) -> Iterator[Style]:
    """All paragraph styles. A name that Word knows is shown in the reader's language."""
    yield Style(TEXT, "Body Text", indent=2)
    for level, (style, face) in enumerate(zip(HEADINGS, layout.HEADING_FACES, strict=True)):
        yield Style(
            style, f"heading {level + 1}", TEXT, face, indent=2, level=level, with_next=True
        )
    size, pitch = layout.TITLE_SIZE, layout.PITCH
    yield Style(TITLE, "Title", "Normal", BIAO_SONG, size, "center", pitch=pitch, after=1)
    yield Style(NUMBER, "发文字号", align="center", after=2)
    yield Style(NOTICE, "说明文字", TEXT, KAI, indent=2)
    yield Style(SALUTATION, "Salutation", align="left")
    yield Style(QUOTE, "Quote", TEXT, KAI, left=2)
    yield Style(ANNEXES, "附件说明", align="left", left=5, hanging=3)
    yield Style(MORE_ANNEXES, "附件说明（续）", align="left", left=5)
    yield Style(ISSUER, "Signature", align="left", left=issuer_left, with_next=True)
    yield Style(DAY, "Date", align="left", left=day_left)
    yield Style(ANNEX, "附件", face=HEI, align="left", level=0, with_next=True, after=1)
    yield Style(ANNEX_TITLE, "附件标题", TITLE, align="center", with_next=True)
    yield Style(BULLET, "List Bullet")
    yield Style(NUMBERED, "List Number")
    yield Style(CONTINUED, "List Continue", left=3)
    yield Style(CELL, "表格文字", size=layout.TABLE_SIZE, align="left", pitch=15)
    yield Style(NUMBER_CELL, "表格数字", CELL, align="right", pitch=15)
    yield Style(CENTRED_CELL, "表格居中", CELL, align="center", pitch=15)
    yield Style(HEAD_CELL, "表头", CELL, HEI, align="center", pitch=15)
    yield Style(HEADER, "header", face=KAI, size=layout.NOTICE_SIZE, align="center", pitch=15)
    size, pitch = layout.PAGE_NUMBER_SIZE, FOOTER_PITCH
    yield Style(FOOTER, "footer", "Normal", SONG, size, "right", margins=(0, size), pitch=pitch)
    yield Style(EVEN_FOOTER, "页码（双页）", FOOTER, align="left", margins=(size, 0), pitch=pitch)


def styles(issuer_left: float, day_left: float) -> str:
    """word/styles.xml; the signature's indents are those of this document's names."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    line = 'w:val="single" w:sz="4" w:space="0" w:color="auto"'
    borders = "".join(f"<w:{side} {line}/>" for side in sides)
    made = "".join(_paragraph_style(style) for style in _styles(issuer_left, day_left))
    return f"""<w:styles {XMLNS}>
<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG_SONG)}
<w:lang w:val="zh-CN" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
<w:pPrDefault/></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>
<w:pPr><w:widowControl w:val="0"/><w:overflowPunct w:val="0"/><w:snapToGrid w:val="0"/>
{_spacing(Style("Normal", "Normal", pitch=layout.PITCH))}
<w:jc w:val="both"/></w:pPr><w:rPr><w:snapToGrid w:val="0"/>{_size(layout.BODY_SIZE, TIGHTER)}</w:rPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>
<w:uiPriority w:val="99"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>
<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
<w:top w:w="0" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
<w:style w:type="table" w:styleId="{TABLE}"><w:name w:val="公文表格"/><w:basedOn w:val="TableNormal"/>
<w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>
{_character_style(STRONG, "Strong", _fonts(HEI))}{_character_style(EMPHASIS, "Emphasis", _fonts(KAI))}
{_character_style(HYPERLINK, "Hyperlink", '<w:color w:val="0563C1"/><w:u w:val="single"/>')}
{made}</w:styles>"""


def _paragraph_style(style: Style) -> str:
    keep = "<w:keepNext/>" if style.with_next else ""
    align = f'<w:jc w:val="{style.align}"/>' if style.align else ""
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    face = _fonts(style.face) if style.face else ""
    size = _size(style.size) if style.size else ""
    followed = TEXT if style.level is not None or style.id == TITLE else style.id
    return f"""<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>
<w:basedOn w:val="{style.based}"/><w:next w:val="{followed}"/><w:qFormat/>
<w:pPr>{keep}{_spacing(style)}{_indent(style)}{align}{level}</w:pPr>
<w:rPr>{face}{size}</w:rPr></w:style>"""


def _spacing(style: Style) -> str:
    """Every line takes exactly its pitch, whatever font the reader's machine has."""
    pitch = "" if style.pitch is None else f' w:line="{twips(style.pitch)}" w:lineRule="exact"'
    after = f' w:after="{twips(style.after * layout.PITCH)}"' if style.after else ""
    return f"<w:spacing{after}{pitch}/>" if pitch or after else ""


def _indent(style: Style) -> str:
    """Indents in characters, by which Word goes, and in twips for programs that know no others."""
    if any(style.margins):
        left, right = style.margins
        return f'<w:ind w:left="{twips(left)}" w:right="{twips(right)}"/>'
    if not (style.indent or style.left or style.based == TEXT):
        return ""
    first = "hanging" if style.hanging else "firstLine"
    held = {"left": style.left, first: style.hanging or style.indent}
    given = "".join(
        f' w:{name}="{characters(count)}" w:{name}Chars="{round(count * 100)}"'
        for name, count in held.items()
    )
    return f"<w:ind{given}/>"


def characters(count: float) -> int:
    """So many characters of the body in twips."""
    return twips(count * layout.ADVANCE)


def _character_style(style: str, name: str, how: str) -> str:
    return f"""<w:style w:type="character" w:styleId="{style}"><w:name w:val="{name}"/>
<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{how}</w:rPr></w:style>"""


def _fonts(face: Face) -> str:
    """One face for all scripts: digits of another would be off the grid."""
    names = " ".join(f'w:{of}="{face.name}"' for of in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {names}/>'


def _size(points: float, between: float = 0) -> str:
    """A size, and how much more (or less) room there is between two characters."""
    return f'<w:spacing w:val="{twips(between)}"/><w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'
