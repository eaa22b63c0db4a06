"""Typst: a template and its data as a PDF or a picture, and what cannot be printed with which fonts."""

import json
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from functools import cache

import typst
from pylopdf_fonts_zh_cn import serif_path
from wcwidth import iter_graphemes

from fazhi.problems.quoting import printable, shown
from fazhi.sources.source import Source
from fazhi.sources.text import line_and_column

_TEXTS = b"""#set document(title: "-")
#set text(lang: "zh")
#json(bytes(sys.inputs.report)).map(it => text(it)).join(parbreak())"""
_CODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_NO_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_EPOCH = date(1970, 1, 1)


class Unprintable(Exception):
    """No PDF or picture can be made; the text, in Chinese, is why: a line for every place of a character."""


def pdf(template: bytes, report: str, written: date, source: Source, fonts: typst.Fonts) -> bytes:
    """A template's PDF/UA-1 of what it prints, as JSON: the same and the same fonts give the same bytes.
    Raises Unprintable where no font has a character of the text, or Typst refuses it otherwise."""
    try:
        return _compiled(template, report, fonts, written)
    except typst.TypstError as error:
        texts = report.split('"')
        lines = [
            f"{place}：没有字体能印“{printable(sign)}”（{' '.join(f'U+{ord(c):04X}' for c in sign)}）"
            for sign in _missing(error, texts, fonts)
            for place in _places(sign, source, texts)
        ]
        if not lines:
            raise _unmade(error) from None
        raise Unprintable("\n".join([*lines, "换一种写法，或者装上有这个字的字体。"])) from None


def png(template: bytes, report: str, fonts: typst.Fonts) -> bytes:
    """A template's one page as a picture: a point is a pixel. What no font has is a box in it. Raises
    Unprintable."""
    try:
        made = typst.Compiler(template, font_paths=fonts).compile(
            format="png", ppi=72, sys_inputs={"report": report}
        )
    except typst.TypstError as error:
        raise _unmade(error) from None
    assert isinstance(made, bytes)  # one page; only several come as a list
    return made


def _unmade(error: typst.TypstError) -> Unprintable:
    """Why nothing came of a template; where Typst finds no memory for a font, all that it has is of no size."""
    said = f"关掉别的程序再试；还是这样，请告诉维护者：{error.message}"
    return Unprintable(f"排不出来，多半是内存不够。{said}")


@cache
def fonts(*, of_machine: bool) -> typst.Fonts:
    """The fonts that come with the program, looked for once; with those of the machine, or without."""
    return typst.Fonts(of_machine, of_machine, font_paths=[serif_path().parent])


def fonts_for(texts: Sequence[str], source: Source) -> typst.Fonts:
    """The program's own fonts where they have all of some texts, so that any machine prints the same;
    else the machine's too. Raises Unprintable where these have not all, either."""
    own, every = fonts(of_machine=False), fonts(of_machine=True)
    if _prints(texts, own):
        return own
    pdf(_TEXTS, json.dumps(texts, ensure_ascii=False), _EPOCH, source, every)
    return every


def _prints(texts: Sequence[str], fonts: typst.Fonts) -> bool:
    try:
        _compiled(_TEXTS, json.dumps(texts, ensure_ascii=False), fonts, _EPOCH)
    except typst.TypstError:
        return False
    return True


def _compiled(template: bytes, report: str, fonts: typst.Fonts, written: date) -> bytes:
    made = typst.Compiler(template, font_paths=fonts).compile(
        format="pdf",
        sys_inputs={"report": report},
        pdf_standards="ua-1",
        timestamp=int(datetime.combine(written, time(), UTC).timestamp()),
    )
    assert isinstance(made, bytes)  # one PDF; only pictures come as a list
    return made


def _missing(error: typst.TypstError, texts: Sequence[str], fonts: typst.Fonts) -> list[str]:
    """The signs that no font has, an accent or what else is joined to a character with it.

    Typst names the characters of such a sign one by one: the digit of a keycap, which by itself has
    a font. So each sign with a named character is tried alone.
    """
    quoted = "".join(_NO_GLYPH.findall(error.diagnostic))
    named = set(_CODE.sub(lambda code: chr(int(code[1], 16)), quoted))
    signs = (sign for text in texts for sign in iter_graphemes(text) if not named.isdisjoint(sign))
    return [sign for sign in dict.fromkeys(signs) if not _prints([sign], fonts)]


def _places(sign: str, source: Source, texts: Sequence[str]) -> list[str]:
    """Where a sign is typed in the narrative; one that comes from elsewhere, the text around it."""
    typed = [match.start() for match in re.finditer(re.escape(sign), source.text)]
    if typed:
        places = (line_and_column(source.text, at) for at in typed)
        return [f"{source.path}:{line}:{column}" for line, column in places]
    text = next(text for text in texts if sign in text)
    at = text.index(sign)
    return [f"{shown(text[max(at - 12, 0) : at + len(sign) + 12], 40)}中"]
