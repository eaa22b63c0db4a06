"""An empty Word file on which the report is written: page, styles, fonts, margins' text.

It is made from `layout` and templates of ours, not from anybody's file, so that it brings no one's
name, thumbnail or styles along.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from fazhi.output.documents import layout
from fazhi.output.templates import beside

LIST_LEVELS = 3  # how deep lists are nested; deeper ones are set as the deepest
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# lxml keeps prefixes for the whole process. Without this one, the bytes of the file would depend on
# whether openpyxl, which sets it too, was imported before.
etree.register_namespace("r", _OFFICE)


def twips(points: float) -> int:
    """Twentieths of a point, which Word measures in."""
    return round(points * 20)


def characters(count: float) -> int:
    """So many characters of the body in twips."""
    return twips(count * layout.ADVANCE)


_TEMPLATES = beside(__file__)
_TEMPLATES.filters |= {"twips": twips, "characters": characters}
_TEMPLATES.globals |= {"layout": layout, "list_levels": LIST_LEVELS}


def parts(signed_indents: Sequence[float]) -> dict[str, bytes]:
    """Every part of the empty file, by its name in the archive; the signature's indents are its own."""
    names = _TEMPLATES.list_templates(filter_func=lambda name: name.startswith("empty/"))
    made = {name: _TEMPLATES.get_template(name).render(indents=signed_indents) for name in names}
    return {name.removeprefix("empty/"): text.encode() for name, text in made.items()}


def watermark(text: str, place: int) -> str:
    """WordArt across the page; `place` tells one header's from the other's."""
    height = min(130, 440 / len(text))
    template = _TEMPLATES.get_template("watermark.xml")
    return template.render(text=text, place=place, height=height)
