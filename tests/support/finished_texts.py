"""A finished text as a file of each form, held against the records of the sample."""

import io
from collections.abc import Iterable
from functools import cache

from docx import Document

from fazhi import project
from fazhi.commands.check_text import Checked, check, lines_of
from fazhi.project import Year
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import ROOT


@cache
def sample_year() -> Year:
    loaded = project.load(Folder(ROOT), TODAY, has_evidence=False)
    return next(year for year in loaded.years if year.year == 2024)


def checked(text: str, year: Year) -> Checked:
    return check(lines_of(".txt", text.encode()), year)


def verdicts(found: Checked) -> list[str]:
    return [one.verdict for one in found.found]


def docx(files: dict[str, bytes]) -> tuple[str, bytes]:
    return ".docx", next(data for name, data in files.items() if name.endswith(".docx"))


def html(files: dict[str, bytes]) -> tuple[str, bytes]:
    return ".html", next(data for name, data in files.items() if name.endswith(".html"))


def txt(files: dict[str, bytes]) -> tuple[str, bytes]:
    word = Document(io.BytesIO(docx(files)[1]))
    blocks = (
        [block.text]
        if hasattr(block, "text")
        else ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        for block in word.iter_inner_content()
    )
    return ".txt", "\n".join(line for block in blocks for line in block).encode("gb18030")


SAME, OTHER, UNKNOWN = "相符", "不符", "无法判断"


def judged(sentences: Iterable[str], year: Year) -> dict[str, list[str]]:
    return {sentence: verdicts(checked(sentence, year)) for sentence in sentences}
