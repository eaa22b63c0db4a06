"""The report as a PDF: PDF/UA-1, tagged, with bookmarks, laid out by Typst on the grid of the standard."""

import json
import re
from pathlib import Path

from fazhi.output import typesetting
from fazhi.output.documents import layout
from fazhi.output.documents.blocks import Block, Run, Table, kind, on_paper
from fazhi.output.documents.document import Document, printed
from fazhi.output.documents.layout import Face

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_SAID = "title tail title_lines number head salutation annex_list signed sample"


def as_pdf(document: Document, *, of_machine: bool = True) -> bytes:
    """The PDF's bytes, with the machine's fonts or the program's own only: the same document and fonts
    give the same. Raises Unprintable."""
    fonts = typesetting.fonts(of_machine=of_machine)
    template, said = TEMPLATE.read_bytes(), _report(document)
    return typesetting.pdf(template, said, document.written, document.source, fonts)


def _report(document: Document) -> str:
    said = {name: getattr(document, name) for name in _SAID.split()}
    sizes = {name: one for name, one in vars(layout).items() if re.match("[A-Z][A-Z_]+$", name)}
    annexes = [
        {"mark": document.annex_mark(place), "caption": annex.caption, "table": printed(annex)}
        for place, annex in enumerate(document.annexes)
    ]
    held = {
        "blocks": [on_paper(block) for block in document.blocks],
        "signed_indents": layout.signature_indents(document.signed),
        "annexes": annexes,
        "mark": " ".join(document.marks),
        "layout": sizes,
    }
    return json.dumps(said | held, ensure_ascii=False, default=_as_data)


def _as_data(held: Block | Run | Face) -> object:
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
