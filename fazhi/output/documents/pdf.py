"""The report as a PDF: PDF/UA-1, tagged, with bookmarks, laid out by Typst on the grid of the standard."""

import json
import re
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import typst
from pylopdf_fonts_zh_cn import serif_path
from wcwidth import iter_graphemes

from fazhi.output.documents import layout
from fazhi.output.documents.blocks import Block, Run, Table, kind, on_paper
from fazhi.output.documents.document import Document, printed
from fazhi.output.documents.layout import Face
from fazhi.problems.quoting import printable, shown
from fazhi.sources.source import Source
from fazhi.sources.text import line_and_column

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_ONE_SIGN = b"""#set document(title: "-")
#text(font: json(bytes(sys.inputs.faces)), lang: "zh", json(bytes(sys.inputs.sign)))"""
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_SAID = ("title", "title_lines", "number", "head", "salutation", "annex_list", "signed", "sample")


class Unprintable(Exception):
    """The PDF cannot be made; the text, in Chinese, is why: a line for every place of a character."""


def as_pdf(document: Document) -> bytes:
    """The PDF's bytes: the same document and fonts give the same. Raises Unprintable where no font
    has a character of the text, or Typst refuses it otherwise."""
    report = _report(document)
    written = datetime.combine(document.written, time(), UTC)
    try:
        return _compiled(TEMPLATE.read_bytes(), {"report": report}, int(written.timestamp()))
    except typst.TypstError as error:
        texts = report.split('"')
        lines = [
            f"{place}：没有字体能印“{printable(sign)}”（{' '.join(f'U+{ord(c):04X}' for c in sign)}）"
            for sign in _missing(error, texts)
            for place in _places(sign, document.source, texts)
        ]
        if not lines:
            raise Unprintable(f"PDF 排不出来，请告诉维护者：{error.message}") from None
        raise Unprintable("\n".join([*lines, "换一种写法，或者装上有这个字的字体。"])) from None


def _compiled(template: bytes, inputs: dict[str, str], written: int = 0) -> bytes:
    """A template's PDF/UA-1, its inputs given as JSON. Raises TypstError."""
    made = typst.Compiler(template, font_paths=_fonts()).compile(
        format="pdf",
        sys_inputs=inputs,
        pdf_standards="ua-1",
        timestamp=written,
    )
    assert isinstance(made, bytes)  # one PDF; only pictures come as a list
    return made


def _missing(error: typst.TypstError, texts: list[str]) -> list[str]:
    """The signs that no font has, an accent or what else is joined to a character with it.

    Typst names the characters of such a sign one by one: the digit of a keycap, which by itself has
    a font. So each sign with a named character is tried alone.
    """
    quoted = "".join(_NO_GLYPH.findall(error.diagnostic))
    named = set(_CODE.sub(lambda code: chr(int(code[1], 16)), quoted))
    signs = (sign for text in texts for sign in iter_graphemes(text) if not named.isdisjoint(sign))
    return [sign for sign in dict.fromkeys(signs) if not _is_printable(sign)]


def _is_printable(sign: str) -> bool:
    try:
        _compiled(
            _ONE_SIGN, {"sign": json.dumps(sign), "faces": json.dumps(layout.FANG_SONG.families)}
        )
    except typst.TypstError:
        return False
    return True


def _places(sign: str, source: Source, texts: list[str]) -> list[str]:
    """Where a sign is typed in the narrative; one that comes from elsewhere, the text around it."""
    typed = [match.start() for match in re.finditer(re.escape(sign), source.text)]
    if typed:
        places = (line_and_column(source.text, at) for at in typed)
        return [f"{source.path}:{line}:{column}" for line, column in places]
    text = next(text for text in texts if sign in text)
    at = text.index(sign)
    return [f"{shown(text[max(at - 12, 0) : at + len(sign) + 12], 40)}中"]


@cache
def _fonts() -> typst.Fonts:
    """All fonts of the machine and those that come with the program, looked for once."""
    return typst.Fonts(font_paths=[serif_path().parent])


def _report(document: Document) -> str:
    """Everything that the template prints, and how."""
    said = {name: getattr(document, name) for name in _SAID}
    annexes = [
        {"mark": document.annex_mark(place), "caption": annex.caption, "table": printed(annex)}
        for place, annex in enumerate(document.annexes)
    ]
    held = {
        "blocks": [on_paper(block) for block in document.blocks],
        "signed_indents": layout.signature_indents(document.signed),
        "annexes": annexes,
        "mark": " ".join(document.marks),
        "layout": {
            name: each for name, each in vars(layout).items() if re.match("[A-Z][A-Z_]+$", name)
        },
    }
    return json.dumps(said | held, ensure_ascii=False, default=_as_data)


def _as_data(held: Block | Run | Face) -> object:
    """A block, a run of one, and a typeface as the template has them."""
    match held:
        case Face():
            return held.families
        case Run():
            return vars(held)
        case Table():
            size, widths = layout.columns(held.texts)
            is_short = all(len(cell) < 200 for row in held.texts for cell in row)
            own = {"kind": kind(held), "size": size, "widths": widths, "is_short": is_short}
            return {**own, **vars(held)}
    return {"kind": kind(held), **vars(held)}
