"""The report as the files that leave the office beside the site: each from one `Document`."""

import re
from collections.abc import Callable

from fazhi.output.data.json_files import written
from fazhi.output.documents.document import Document, document_of
from fazhi.output.documents.docx import as_docx
from fazhi.output.documents.html import as_html
from fazhi.output.documents.pdf import as_pdf
from fazhi.output.pictures import infographic, poster
from fazhi.output.typesetting import Unprintable
from fazhi.output.view import View

__all__ = ["Document", "Unprintable", "document_of", "file_name", "files", "forms"]

LONGEST = 66  # characters, three bytes each: with its ending below the 255 bytes of Linux
_REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f]|^[. ]+')


def forms(view: View, links: str = "") -> dict[str, Callable[[], bytes]]:
    """How each file of a year's report is made, by name; with the site's address, figures lead there.
    Those of PDFs and of the picture raise Unprintable; a year in which no figure is drawn has neither
    picture nor poster. Raises ValueError for a year without a narrative."""
    made = document_of(view, links)
    shown = infographic.of(view)
    pictures = poster.forms(shown, made) if shown.panels else {}
    # A file goes its own way, without its folder.
    name, tail = file_name(made.title), made.tail
    return {
        f"{name}{tail}.docx": lambda: as_docx(made),
        f"{name}{tail}.pdf": lambda: as_pdf(made),
        **{f"{name}图解{tail}{ending}": make for ending, make in pictures.items()},
        f"body{tail}.html": lambda: as_html(made).encode(),
        f"metadata{tail}.json": lambda: written(made.fields).encode(),
        f"metadata{tail}.txt": lambda: "".join(
            f"{n}：{text}\n" for n, text in made.fields.items()
        ).encode(),
    }


def files(view: View, links: str = "") -> dict[str, bytes]:
    """All files of a year's report by name, or none. Raises as `forms` and what it gives do."""
    return {name: make() for name, make in forms(view, links).items()}


def file_name(title: str) -> str:
    """A title as every system takes it for a file's name: no sign that some refuse, not too long."""
    return _REFUSED.sub("_", title)[:LONGEST].rstrip(". ")
