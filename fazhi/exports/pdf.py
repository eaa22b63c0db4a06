"""The report as a PDF: PDF/UA-1, tagged, with bookmarks, laid out by Typst on the grid of the standard."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst

from fazhi.exports import layout
from fazhi.exports.document import Document
from fazhi.exports.prose import Block, Heading, Listing, Paragraph, Table

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


class Unprintable(Exception):
    """The machine has no font for the report; the text says, in Chinese, what to do."""


def as_pdf(document: Document) -> bytes:
    """The PDF's bytes: the same document and the same fonts give the same.

    Raises Unprintable where no font has Chinese characters, or none has a character of the text.
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
    """All fonts of the machine, looked for once."""
    return typst.Fonts()


def faces(families: list[str]) -> dict[layout.Face, list[str]]:
    """The fonts there are for each face of the standard, best first.

    Raises Unprintable where no face has any.
    """
    there = {name.casefold() for name in families}
    found = {
        face: [name for name in face.families if name.casefold() in there] for face in layout.FACES
    }
    if not all(found.values()):
        raise Unprintable(
            "电脑上没有能印公文的中文字体，PDF 做不出来。\n"
            "Windows 上装“中文补充字体”（仿宋、楷体、黑体）；"
            "Debian、Ubuntu 上运行 apt install fonts-noto-cjk；"
            "其他系统装思源宋体和思源黑体（Noto CJK）。"
        )
    return found


def _report(document: Document) -> dict[str, object]:
    """Everything that the template prints, and how."""
    fonts = faces(_fonts().families())
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
            "body": fonts[layout.FANG_SONG],
            "title": fonts[layout.BIAO_SONG],
            "hei": fonts[layout.HEI],
            "kai": fonts[layout.KAI],
            "song": fonts[layout.SONG],
            "heavy": fonts[layout.HEI],
            "headings": [fonts[face] for face in layout.HEADING_FACES],
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
