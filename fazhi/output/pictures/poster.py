"""一图读懂 as one long picture and as an A4 poster, both by Typst from one template."""

import io
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from html import unescape
from pathlib import Path

import typst
from PIL import Image

from fazhi.output import typesetting
from fazhi.output.documents import layout
from fazhi.output.documents.document import Document
from fazhi.output.pictures.model import Changes, Chart, Infographic, KeyFigure, Panel

TEMPLATE = Path(__file__).parent / "templates" / "poster.typ"
MOST = 2_000_000  # bytes of the picture: what portals and WeChat take
TITLE_CHARACTERS = 13  # of the title's size fit on one line
# The program's own come first and look the same anywhere; then what else may have a character.
_SANS = tuple(dict.fromkeys(("Noto Sans SC", *layout.HEI.families)))
_SERIF = tuple(dict.fromkeys(("Noto Serif SC", *layout.SONG.families)))
_DRAWN = re.compile(r">([^<]+)<")


def forms(shown: Infographic, report: Document) -> dict[str, Callable[[], bytes]]:
    """How the long picture (a PNG of 1,080 pixels' width) and the poster (a PDF/UA-1) are made, by the
    ending of their names. Both raise Unprintable."""
    template, source = TEMPLATE.read_bytes(), report.source

    @cache
    def fonts() -> typst.Fonts:
        return typesetting.fonts_for([*dict.fromkeys(_texts(shown, report))], source)

    def picture() -> bytes:
        png = typesetting.png(template, _data(shown, report, is_long=True), fonts())
        return png if len(png) <= MOST else _of_few_colours(png)

    def poster() -> bytes:
        data = _data(shown, report, is_long=False)
        return typesetting.pdf(template, data, report.written, source, fonts())

    return {".png": picture, ".pdf": poster}


def _of_few_colours(png: bytes) -> bytes:
    """The same picture in 32 colours, a third of the size: it is drawn in hardly more."""
    with Image.open(io.BytesIO(png)) as opened:
        few = opened.convert("RGB").quantize(32, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    made = io.BytesIO()
    few.save(made, "png")
    return made.getvalue()


def _texts(shown: Infographic, report: Document) -> Iterator[str]:
    """All that is printed, in the drawings too."""
    yield from (shown.title, *shown.issuers, shown.written, *shown.marks, *shown.notices)
    yield from (*shown.sources, *(each.name + each.note for each in shown.changes))
    for key in (*shown.keys, *(key for each in shown.changes for key in each.figures)):
        yield from (key.name, key.words, key.last, key.change, key.note)
    for panel in shown.panels:
        yield panel.section
        for chart in panel.charts:
            yield from (chart.finding, chart.note, *map(unescape, _DRAWN.findall(chart.drawing)))


def _data(shown: Infographic, report: Document, *, is_long: bool) -> str:
    """Everything that the template prints."""
    held = {
        "is_long": is_long,
        "title_lines": layout.lines(shown.title, TITLE_CHARACTERS, report.names),
        "said": [*filter(_is_sentence, shown.marks), *shown.notices],
        "mark": shown.mark,
        "tail": report.tail,
        "sans": _SANS,
        "serif": _SERIF,
    }
    return json.dumps(vars(shown) | held, ensure_ascii=False, default=_as_data)


def _as_data(held: KeyFigure | Changes | Panel | Chart) -> object:
    """A part as the template has it: a picture without its table."""
    return {name: each for name, each in vars(held).items() if name != "table"}


def _is_sentence(mark: str) -> bool:
    return mark.endswith("。")
