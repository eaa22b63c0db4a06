"""一图读懂 as one long picture and as an A4 poster, both by Typst from one template."""

import io
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import typst
from PIL import Image

from fazhi.output import typesetting
from fazhi.output.documents import layout
from fazhi.output.documents.document import Document
from fazhi.output.phrases import END, parted
from fazhi.output.pictures.model import Block, Changes, Chart, Infographic, KeyFigure, Panel

TEMPLATE = Path(__file__).parent / "templates" / "poster.typ"
MOST = 2_000_000  # bytes of the picture: what portals and WeChat take
TITLE_CHARACTERS = 13  # of the title's size fit on one line
# The program's own come first and look the same anywhere; then what else may have a character.
_SANS = tuple(dict.fromkeys(("Noto Sans SC", *layout.HEI.families)))
_SERIF = tuple(dict.fromkeys(("Noto Serif SC", *layout.SONG.families)))
# Whatever stands in quotes or in an element, and is more than ASCII, which every font has
_PRINTED = re.compile(r'[^"<>]*[^\x00-\x7f"<>][^"<>]*')


def forms(shown: Infographic, report: Document) -> dict[str, Callable[[], bytes]]:
    """How the long picture (a PNG of 1,080 pixels' width) and the poster (a PDF/UA-1) are made, by the
    ending of their names. Both raise Unprintable."""
    template, source = TEMPLATE.read_bytes(), report.source

    @cache
    def fonts() -> typst.Fonts:
        printed = _PRINTED.findall(_data(shown, report, is_long=True).replace(END, ""))
        return typesetting.fonts_for([*dict.fromkeys(printed)], source)

    def picture() -> bytes:
        png = typesetting.png(template, _data(shown, report, is_long=True), fonts())
        return png if len(png) <= MOST else _of_few_colours(png)

    def poster() -> bytes:
        data = _data(shown, report, is_long=False)
        return typesetting.pdf(template, data, report.written, source, fonts())

    return {".png": picture, ".pdf": poster}


def _of_few_colours(png: bytes) -> bytes:
    """The same picture in as many colours as there is room for, less than half of the size: it is drawn in
    hardly more. They are chosen from a ninth of its pixels."""
    with Image.open(io.BytesIO(png)) as opened:
        drawn = opened.convert("RGB")
    some = drawn.resize((drawn.width // 3, drawn.height // 3), Image.Resampling.NEAREST)
    for colours in (64, 16):
        made = io.BytesIO()
        chosen = some.quantize(colours, dither=Image.Dither.NONE)
        few = drawn.quantize(palette=chosen, dither=Image.Dither.NONE)
        palette = few.getpalette() or []
        paper = few.tobytes()[-1] * 3  # its last pixel is white, of which a mean was taken
        palette[paper : paper + 3] = 255, 255, 255
        few.putpalette(palette)
        few.save(made, "png")
        if made.tell() <= MOST:
            break
    return made.getvalue()


def _data(shown: Infographic, report: Document, *, is_long: bool) -> str:
    held = {
        "is_long": is_long,
        "title_lines": layout.lines(shown.title, TITLE_CHARACTERS, report.names),
        "said": [*(mark for mark in shown.marks if mark.endswith("。")), *shown.notices],
        "scope": parted(shown.scope),
        "sources": [*map(parted, shown.sources)],
        "mark": shown.mark,
        "tail": report.tail,
        "sans": _SANS,
        "serif": _SERIF,
    }
    return json.dumps(vars(shown) | held, ensure_ascii=False, default=_as_data)


def _as_data(held: KeyFigure | Changes | Block | Panel | Chart) -> object:
    """A part as the template has it: a picture without its table, sentences with the ends of phrases."""
    data = {name: each for name, each in vars(held).items() if name != "table"}
    if isinstance(held, Block):
        data["points"] = [[*map(parted, point)] for point in held.points]
    for name in {"note", "words"} & {*data} if isinstance(held, Chart) else {"note"} & {*data}:
        data[name] = parted(data[name])
    return data
