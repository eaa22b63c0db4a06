"""An empty Word file on which the report is written: page, styles, fonts, margins' text.

It is made from `layout` and not from anybody's template, so that it brings no one's name, thumbnail
or styles along.
"""

from __future__ import annotations

from lxml import etree

from fazhi.output.documents import layout
from fazhi.output.documents.docx.styles import FOOTER_PITCH, XMLNS, characters, styles, twips

BULLETS, NUMBERS = 0, 1  # the two ways of marking a list's items
LIST_LEVELS = 3  # how deep lists are nested; deeper ones are set as the deepest
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OPC = "http://schemas.openxmlformats.org/package/2006"
_PACKAGE = "application/vnd.openxmlformats-package"
_WORD_PARTS = ("styles", "settings", "fontTable", "numbering")
# lxml keeps prefixes for the whole process. Without this one, the bytes of the file would depend on
# whether openpyxl, which sets it too, was imported before.
etree.register_namespace("r", _OFFICE)


def numbering() -> str:
    """word/numbering.xml: how the items of lists are marked, at each level."""
    bullets = "".join(_list_level(level, "bullet", "•") for level in range(LIST_LEVELS))
    numbers = "".join(_list_level(n, "decimal", f"%{n + 1}.") for n in range(LIST_LEVELS))
    return f"""<w:numbering {XMLNS}>
<w:abstractNum w:abstractNumId="{BULLETS}">{bullets}</w:abstractNum>
<w:abstractNum w:abstractNumId="{NUMBERS}">{numbers}</w:abstractNum></w:numbering>"""


def _list_level(level: int, form: str, sign: str) -> str:
    return f"""<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>
<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/><w:pPr>
<w:ind w:left="{characters(3 + level)}" w:hanging="{characters(1)}"/></w:pPr></w:lvl>"""


SETTINGS = f"""<w:settings {XMLNS}><w:zoom w:percent="100"/><w:evenAndOddHeaders/>
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat>
<w:doNotExpandShiftReturn/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word"
 w:val="15"/></w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>"""


def parts(issuer_left: float, day_left: float) -> dict[str, bytes]:
    """Every part of the empty file, by its name in the archive."""
    # The page: margins, and the grid of 22 lines and 28 characters
    gap = layout.ADVANCE - layout.BODY_SIZE
    footer = layout.BOTTOM - layout.PAGE_NUMBER_BELOW - FOOTER_PITCH
    body = f"""<w:document {XMLNS}><w:body>
<w:sectPr><w:pgSz w:w="{twips(layout.PAGE[0])}" w:h="{twips(layout.PAGE[1])}"/>
<w:pgMar w:top="{twips(layout.TOP)}" w:right="{twips(layout.RIGHT)}"
 w:bottom="{twips(layout.BOTTOM)}" w:left="{twips(layout.LEFT)}"
 w:header="{twips(layout.TOP / 2)}" w:footer="{twips(footer)}" w:gutter="0"/>
<w:docGrid w:type="linesAndChars" w:linePitch="{twips(layout.PITCH)}"
 w:charSpace="{int(gap * 4096) - 1}"/></w:sectPr></w:body></w:document>"""
    fonts = "".join(  # which stand in where one is not installed
        f'<w:font w:name="{face.name}"><w:altName w:val="{",".join(face.stand_ins)}"/>'
        '<w:charset w:val="86"/><w:pitch w:val="variable"/></w:font>'
        for face in layout.FACES
    )
    in_word = {f"{_OFFICE}/{name}": f"{name}.xml" for name in _WORD_PARTS}
    core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    package = {
        f"{_OFFICE}/officeDocument": "word/document.xml",
        f"{_OPC}/relationships/metadata/core-properties": "docProps/core.xml",
    }
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {"docProps/core.xml": f"{_PACKAGE}.core-properties+xml"}
    kinds |= {"word/document.xml": f"{word}.document.main+xml"}
    kinds |= {f"word/{name}.xml": f"{word}.{name}+xml" for name in _WORD_PARTS}
    overrides = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items()
    )
    texts = {
        "[Content_Types].xml": f"""<Types xmlns="{_OPC}/content-types">
<Default Extension="rels" ContentType="{_PACKAGE}.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>""",
        "_rels/.rels": _relationships(package),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{core}"/>',
        "word/document.xml": body,
        "word/_rels/document.xml.rels": _relationships(in_word),
        "word/styles.xml": styles(issuer_left, day_left),
        "word/settings.xml": SETTINGS,
        "word/fontTable.xml": f"<w:fonts {XMLNS}>{fonts}</w:fonts>",
        "word/numbering.xml": numbering(),
    }
    return {name: (_XML + text).encode() for name, text in texts.items()}


def _relationships(targets: dict[str, str]) -> str:
    made = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_OPC}/relationships">{made}</Relationships>'
