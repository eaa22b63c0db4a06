"""The report as a PDF: PDF/UA-1, tagged, with bookmarks, laid out by Typst on the grid of the standard."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import serif_path

from fazhi.exports import layout
from fazhi.exports.document import Document
from fazhi.exports.prose import Block, Heading, Listing, Paragraph, Table

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


class Unprintable(Exception):
    """No font has a character of the report; the text says, in Chinese, what to do."""


def as_pdf(document: Document) -> bytes:
    """The PDF's bytes: the same document and the same fonts give the same.

    Raises Unprintable where no font has a character of the text.
    """
    data = json.dumps(_report(document), ensure_ascii=False)
    written = datetime.combine(document.written, time(), UTC)
    compiler = typst.Compiler(TEMPLATE.read_bytes(), font_paths=_fonts())
    try:
        made = compiler.compile(
            format="pdf",
            sys_inputs={"report": data},
            pdf_standards="ua-1",
            timestamp=int(written.timestamp()),
        )
    except typst.TypstError as error:
        if missing := _NO_GLYPH.search(error.message):
            sign = _CODE.sub(lambda code: chr(int(code[1], 16)), missing[1])
            codes = " ".join(f"U+{ord(character):04X}" for character in sign)
            raise Unprintable(
                f"电脑上没有字体能印“{sign}”（{codes}）：换一种写法，或者装上有它的字体。"
            ) from None
        raise
    assert isinstance(made, bytes)  # one PDF; only pictures come as a list
    return made


_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)


@cache
def _fonts() -> typst.Fonts:
    """All fonts of the machine and those that come with the program, looked for once."""
    return typst.Fonts(font_paths=[serif_path().parent])


def _report(document: Document) -> dict[str, object]:
    """Everything that the template prints, and how."""
    return {
        "title": document.title,
        "title-lines": document.title_lines,
        "number": document.number,
        "head": document.head,
        "salutation": document.salutation,
        "blocks": [_block(block) for block in document.blocks],
        "annex-list": document.annex_list,
        "signed": document.signed,
        "signed-indents": layout.signature_indents(*document.signed),
        "annexes": [_annex(document, place) for place in range(len(document.annexes))],
        "mark": " ".join(document.marks),
        "sample": document.sample,
        "faces": {
            "body": layout.FANG_SONG.families,
            "title": layout.BIAO_SONG.families,
            "hei": layout.HEI.families,
            "kai": layout.KAI.families,
            "song": layout.SONG.families,
            "headings": [face.families for face in layout.HEADING_FACES],
        },
        "layout": _LAYOUT,
    }


_LAYOUT = {
    "page": layout.PAGE,
    "top": layout.TOP,
    "bottom": layout.BOTTOM,
    "left": layout.LEFT,
    "right": layout.RIGHT,
    "pitch": layout.PITCH,
    "advance": layout.ADVANCE,
    "title": layout.TITLE_SIZE,
    "body": layout.BODY_SIZE,
    "table": layout.TABLE_SIZE,
    "notice": layout.NOTICE_SIZE,
    "number": layout.PAGE_NUMBER_SIZE,
    "number-below": layout.PAGE_NUMBER_BELOW,
}


def _block(block: Block) -> dict[str, object]:
    match block:
        case Paragraph():
            return {"kind": "paragraph", **asdict(block)}
        case Heading():
            return {"kind": "heading", **asdict(block)}
        case Listing():
            items = [[_block(inner) for inner in item] for item in block.items]
            return {"kind": "list", "start": block.start, "items": items}
        case Table():
            return {"kind": "table", "widths": layout.widths(block.texts), **asdict(block)}


def _annex(document: Document, place: int) -> dict[str, object]:
    grid = document.annexes[place]
    return asdict(grid) | {
        "aligned": grid.aligned,
        "mark": document.annex_mark(place),
        "widths": layout.widths((grid.head, *grid.rows)),
    }
