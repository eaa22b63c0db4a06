"""The report as a Word file by GB/T 9704-2012: real styles, headings, lists, tables, page numbers.
Its parts are templates: no file of somebody's is filled, which would bring a name or styles along."""

import io
import zipfile
from datetime import UTC, datetime, time
from itertools import pairwise

from docx import Document as opened
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
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
    _keep_together(word)
    # No author's name, and the report's date for every time
    properties = word.core_properties
    properties.title = document.title[:255]  # of which a property has no more
    properties.language = "zh-CN"
    properties.created = properties.modified = datetime.combine(document.written, time(), UTC)
    saved = io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})


def _keep_together(word: WordFile) -> None:
    """A table is not parted from the paragraph before it, nor 署名 from the last line of the text."""
    blocks = list(word.iter_inner_content())
    for one, after in pairwise(blocks):
        if isinstance(one, Paragraph) and isinstance(after, Table):
            one.paragraph_format.keep_with_next = True
    while isinstance(last := blocks.pop(), Table) or _style(last) != "Signature":
        pass
    for block in reversed(blocks):
        ending = block.rows[-1].cells[0].paragraphs if isinstance(block, Table) else [block]
        for paragraph in ending:
            paragraph.paragraph_format.keep_with_next = True
        if isinstance(block, Table) or (block.text and "Annexes" not in _style(block)):
            return


def _style(paragraph: Paragraph) -> str:
    return paragraph.style.style_id if paragraph.style else ""


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


_TEMPLATES = beside(__file__)
_TEMPLATES.filters |= {
    "twips": _twips,
    "characters": lambda count: _twips(count * layout.ADVANCE),  # of the body
    "columns": lambda table: layout.columns(table.texts),
    "kind": blocks.kind,
    "printed": printed,
}
_TEMPLATES.globals |= {"layout": layout, "list_levels": LIST_LEVELS, "BREAK": blocks.BREAK}
