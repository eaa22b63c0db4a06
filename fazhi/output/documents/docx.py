"""The report as a Word file by GB/T 9704-2012: real styles, headings, lists, tables, page numbers.
Its parts are templates: no file of somebody's is filled, which would bring a name or styles along."""

from itertools import pairwise

from lxml import etree

from fazhi.output.documents import blocks, layout
from fazhi.output.documents.document import Document, printed
from fazhi.output.templates import beside
from fazhi.sources.archives import zipped

LIST_LEVELS = 3  # how deep lists are nested; deeper ones are set as the deepest
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT, _FONTS = "word/document.xml", "word/fontTable.xml"


def as_docx(document: Document) -> bytes:
    """The file's bytes: the same document gives the same."""
    return zipped({name: _written(name, part) for name, part in _parts(document).items()})


def _written(name: str, part: bytes) -> bytes:
    """A part without the blanks of its template; that of fonts has always had them."""
    if name == _FONTS:
        return part
    written = etree.fromstring(part, etree.XMLParser(remove_blank_text=True))
    if name == _TEXT:
        # What holds nothing is written as in all files that were published
        for kind, nothing in (("tblGrid", "\n  "), ("t", "")):
            for empty in written.iter(_WORD + kind):
                empty.text = empty.text or nothing
        _keep_together(written[0])
    data: bytes = etree.tostring(written, encoding="UTF-8", standalone=True)
    return data


def _keep_together(body: etree._Element) -> None:
    """A table is not parted from the paragraph before it, nor 署名 from the last line of the text."""
    blocks = [block for block in body if block.tag in (_WORD + "p", _WORD + "tbl")]
    for one, after in pairwise(blocks):
        if _is_table(after) and not _is_table(one):
            _keep_with_next(one)
    while _style(blocks.pop()) != "Signature":
        pass
    for block in reversed(blocks):
        # Of a table, the first cell of the last row: the properties of each come before its content.
        for paragraph in list(block[-1][1])[1:] if _is_table(block) else [block]:
            _keep_with_next(paragraph)
        if _is_table(block) or ("Annexes" not in _style(block) and any(block.itertext())):
            return


def _is_table(block: etree._Element) -> bool:
    return block.tag == _WORD + "tbl"


def _keep_with_next(paragraph: etree._Element) -> None:
    """Once: a style comes first, and this right behind it."""
    properties = paragraph[0]
    if properties.find(_WORD + "keepNext") is None:
        properties.insert(1, etree.Element(_WORD + "keepNext"))


def _style(block: etree._Element) -> str:
    """Of a paragraph; empty of a table, which is none."""
    return "" if _is_table(block) else str(block[0][0].get(_WORD + "val"))


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
    for name in sorted(names, key=lambda name: not name.endswith(_TEXT)):
        stem, _, suffix = name.removeprefix("docx/").rpartition(".")
        # Of odd pages, and of even ones
        for place in ("1", "2") if stem.endswith(("header", "footer")) else ("",):
            text = _TEMPLATES.get_template(name).render(given, place=place)
            # A file without a name but .rels would be hidden.
            made[f"{stem.removesuffix('root')}{place}.{suffix}"] = text.encode()
    return made


def _twips(points: float) -> int:
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
