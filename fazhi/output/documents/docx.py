"""The report as a Word file by GB/T 9704-2012: real styles, headings, lists, tables, page numbers.

Its parts are templates, as they lie in the archive: nobody's file is filled, so that none brings a
name, a thumbnail or styles along.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time

from docx import Document as opened
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from fazhi.output.documents import blocks, layout
from fazhi.output.documents.document import Document, printed
from fazhi.output.templates import beside
from fazhi.sources.archives import zipped

LIST_LEVELS = 3  # how deep lists are nested; deeper ones are set as the deepest
# lxml keeps prefixes for the whole process. Without this one, the bytes of the file would depend on
# whether openpyxl, which sets it too, was imported before.
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
etree.register_namespace("r", _OFFICE)


def as_docx(document: Document) -> bytes:
    """The file's bytes: the same document gives the same."""
    word = opened(io.BytesIO(zipped(_parts(document))))
    # What holds nothing is written as in all files that were published
    for name, nothing in (("w:tblGrid", "\n  "), ("w:t", "")):
        for part in word.element.body.iter(qn(name)):
            part.text = part.text or nothing
    # No author's name, and the report's date for every time
    properties = word.core_properties
    properties.title = document.title[:255]  # of which a property has no more
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(document.written, time(), UTC)
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _parts(document: Document) -> dict[str, bytes]:
    """Every part of the file, by its name in the archive; the text first, which counts links and lists."""
    links: dict[str, int] = {}  # where they lead, in order
    lists: list[int | None] = []  # where their numbers start

    def begun(start: int | None) -> int:
        lists.append(start)
        return len(lists)

    given = {
        "document": document,
        "blocks": [blocks.on_paper(block) for block in document.blocks],
        "indents": layout.signature_indents(document.signed),
        "links": links,
        "lists": lists,
        "link": lambda target: links.setdefault(target, len(links)),
        "begun": begun,
    }
    names = _TEMPLATES.list_templates(filter_func=lambda name: name.startswith("docx/"))
    made = {}
    for name in sorted(names, key=lambda name: not name.endswith("document.xml")):
        stem, _, suffix = name.removeprefix("docx/").rpartition(".")
        # Of odd pages, and of even ones
        for place in ("1", "2") if stem.endswith(("header", "footer")) else ("",):
            text = _TEMPLATES.get_template(name).render(given, place=place)
            # A file without a name but .rels would be hidden.
            made[f"{stem.removesuffix('root')}{place}.{suffix}"] = text.encode()
    return made


def _twips(points: float) -> int:
    """Twentieths of a point, which Word measures in."""
    return round(points * 20)


def _characters(count: float) -> int:
    """So many characters of the body in twips."""
    return _twips(count * layout.ADVANCE)


def _widths(table: blocks.Table) -> list[int]:
    """The width of each column in twips."""
    parts = layout.widths(table.texts)
    return [Pt(layout.TYPE_AREA[0] * part / sum(parts)).twips for part in parts]


_TEMPLATES = beside(__file__)
_TEMPLATES.filters |= {"twips": _twips, "characters": _characters, "widths": _widths}
_TEMPLATES.filters |= {"kind": blocks.kind, "printed": printed}
_TEMPLATES.globals |= {"layout": layout, "list_levels": LIST_LEVELS, "BREAK": blocks.BREAK}
