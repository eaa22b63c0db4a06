"""The page that the Word file and the PDF are laid out on: GB/T 9704-2012, measured from the files."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx as python_docx
import pypdf
import pytest
from docx.document import Document as WordFile
from docx.oxml.ns import qn
from docx.shared import Length, Pt

from fazhi.output.documents import Document, document_of, layout
from fazhi.output.documents.blocks import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Run,
    Table,
    blocks_of,
)
from fazhi.output.documents.docx import as_docx
from fazhi.output.documents.pdf import as_pdf
from tests.output.test_exports import view_of
from tests.support import forms
from tests.support.building import ROOT, once
from tests.support.machine import chinese_font, tool

pytest_plugins = ["tests.support.sites"]

FULL = Paragraph((Run("国" * (28 * 22 * 2)),))
"""Two pages of characters and nothing else."""


@pytest.fixture(scope="session")
def report() -> Document:
    return document_of(view_of(ROOT))


@pytest.fixture(scope="module")
def word(report: Document) -> WordFile:
    return python_docx.Document(io.BytesIO(as_docx(report)))


@pytest.fixture(scope="session")
def folder(report: Document, shared_folder: Path) -> Path:
    """The report, a page full of characters, and what is measured below: each as our PDF, as a Word
    file, and as LibreOffice prints that."""
    return once(shared_folder / "documents", lambda folder: _printed(report, folder))


def _printed(report: Document, folder: Path) -> None:
    """All at once: LibreOffice takes longer to begin than to print."""
    full = replace(report, blocks=(FULL,), sample="", number="", addressee="")
    folder.mkdir()
    made = [("report", report), ("full", full)]
    made += [(f"{name}-{n}", d) for name, end in LAST.items() for n, d in lengths(report, end)]
    made += [(f"wide-{columns}", wide(report, columns)) for columns in WIDE_COLUMNS]
    for name, document in made:
        (folder / f"{name}.docx").write_bytes(as_docx(document))
        (folder / f"{name}-own.pdf").write_bytes(as_pdf(document))
    command = [tool("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    chinese_font()
    command += ["--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True)


FORMS = ["report-own.pdf", "report.pdf"]
FULL_FORMS = ["full-own.pdf", "full.pdf"]
"""Ours, and LibreOffice's of the Word file."""


def millimetres(length: Length | None) -> float:
    assert length is not None
    return round(float(length.mm), 1)


def test_the_page_is_that_of_the_standard(word: WordFile) -> None:
    (section,) = word.sections
    page = [section.page_width, section.page_height]
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [millimetres(length) for length in page] == [210, 297]
    assert [millimetres(length) for length in margins] == [37, 35, 28, 26]
    (grid,) = section._sectPr.iter(qn("w:docGrid"))
    pitch, space = (int(grid.get(qn(f"w:{name}"), "0")) for name in ("linePitch", "charSpace"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert (297 - 37 - 35) * 72 / 25.4 // (pitch / 20) == 22
    assert (210 - 28 - 26) * 72 / 25.4 // (16 + space / 4096) == 28


def test_what_the_body_is_set_in(word: WordFile) -> None:
    normal, text = word.styles["Normal"], word.styles["Body Text"]
    assert normal.font.size == Pt(16)
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    indent = text.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"
    defaults = word.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "仿宋_GB2312"
    assert defaults.find(f".//{qn('w:lang')}").get(qn("w:eastAsia")) == "zh-CN"


@pytest.mark.parametrize(
    ("style", "face", "size", "level"),
    [
        ("Title", "方正小标宋简体", 22, None),
        ("Heading 1", "黑体", None, "0"),
        ("Heading 2", "楷体_GB2312", None, "1"),
        ("Heading 3", "仿宋_GB2312", None, "2"),
        ("Heading 4", "仿宋_GB2312", None, "3"),
        ("footer", "宋体", 14, None),
    ],
)
def test_what_a_style_is(
    word: WordFile, style: str, face: str, size: float | None, level: str | None
) -> None:
    found = word.styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == face
    assert found.font.size == (size and Pt(size))
    assert not found.font.bold
    outline = found.element.pPr.find(qn("w:outlineLvl"))
    assert ((outline is not None and outline.get(qn("w:val"))) or None) == level


def test_paragraphs_have_styles_and_nothing_by_hand(word: WordFile, report: Document) -> None:
    headings = [block for block in report.blocks if isinstance(block, Heading)]
    found = [p for p in word.paragraphs if p.style and p.style.name.startswith("Heading")]
    assert [(p.text, p.style and p.style.name) for p in found] == [
        (heading.text, f"Heading {heading.level}") for heading in headings
    ]
    assert {p.style.name for p in word.paragraphs if p.style} >= {
        *("Title", "Salutation", "Body Text", "Signature", "Date", "发文字号", "附件说明", "附件")
    }
    set_by_hand = {
        child.tag
        for paragraph in word.element.body.iter(qn("w:p"))
        for properties in (paragraph.pPr, *(run.rPr for run in paragraph.r_lst))
        for child in (properties if properties is not None else ())
    }
    assert set_by_hand == {qn("w:pStyle"), qn("w:pageBreakBefore"), qn("w:keepNext")}


def test_every_face_has_stand_ins(word: WordFile) -> None:
    word.save(saved := io.BytesIO())
    with zipfile.ZipFile(saved) as archive:
        table = archive.read("word/fontTable.xml").decode()
    fonts = dict(re.findall(r'<w:font w:name="(.+?)"><w:altName w:val="(.+?)"/>', table))
    assert list(fonts) == [face.name for face in layout.FACES]
    assert all("Noto" in names and "Sim" in names for names in fonts.values())
    used = set(re.findall(r'w:eastAsia="(.*?)"', word.styles.element.xml)) - {"zh-CN"}
    assert used == set(fonts)


def test_page_numbers_stand_outside(word: WordFile) -> None:
    assert word.settings.odd_and_even_pages_header_footer
    (section,) = word.sections
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert re.sub("<.*?>", "", paragraph._p.xml).split() == ["—", "1", "—"]
        assert 'w:instr="PAGE"' in paragraph._p.xml
        assert paragraph.style
        justified = paragraph.style.element.pPr.find(qn("w:jc"))
        assert justified.get(qn("w:val")) == side
        assert section.footer_distance is not None
        below = Pt(layout.BOTTOM) - section.footer_distance - Pt(16)
        assert round(below / Length(36000)) == 7


def test_the_annex_is_a_real_table(word: WordFile, report: Document) -> None:
    (table,) = word.tables
    rows = table._tbl.tr_lst
    assert len(rows) == 1 + len(report.annexes[0].rows)
    assert [row for row in rows if [*row.iter(qn("w:tblHeader"))]] == rows[:1]


def test_properties_name_nobody(report: Document) -> None:
    data = as_docx(report)
    properties = python_docx.Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert (properties.title, properties.language) == (report.title + report.tail, "zh-CN")
    assert properties.created and properties.modified
    assert properties.created.date() == properties.modified.date() == report.written
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert not [n for n in archive.namelist() if "thumbnail" in n or "app.xml" in n]


# As it is printed


@pytest.mark.parametrize("name", FULL_FORMS)
def test_a_full_page_has_22_lines_of_28_characters(folder: Path, name: str) -> None:
    pages = forms.lines_of(folder / name)
    lines = [line for page in pages for line in page.values() if set(line) == {"国"}]
    assert Counter(map(len, lines[1:-1])) == {28: len(lines) - 2}
    assert len(lines[0]) == 26  # its first two are the indent
    whole = [page for page in pages if all(set(line) == {"国"} for line in body(page).values())]
    assert whole
    assert {len(body(page)) for page in whole[:1]} == {22}
    tops = sorted(body(whole[0]))
    assert (tops[-1] - tops[0]) / 21 == pytest.approx(28.95, abs=0.05)


def body(page: dict[float, str]) -> dict[float, str]:
    """The lines of the type area."""
    bottom = layout.TOP + layout.TYPE_AREA[1]
    return {top: line for top, line in page.items() if layout.TOP - 8 < top < bottom}


@pytest.mark.parametrize("name", FORMS)
def test_no_page_has_more_lines_than_the_standard(folder: Path, name: str) -> None:
    whole = forms.lines_of(folder / name)
    annex = next(at for at, page in enumerate(whole) if "附件" in map(str.strip, page.values()))
    pages = whole[:annex]  # the annex's table is closer
    assert len(pages) >= 5
    assert max(len(body(page)) for page in pages) == 22


@pytest.mark.parametrize("name", FORMS)
def test_a_page_number_stands_outside_in_print(folder: Path, name: str) -> None:
    for number in (1, 2):
        found = re.search(
            rf'xMin="([\d.]+)" [^>]*xMax="([\d.]+)"[^>]*>{number}</word>',
            forms.said(
                "pdftotext", "-bbox", "-f", str(number), "-l", str(number), folder / name, "-"
            ).split("—")[-2],
        )
        assert found
        left, right = float(found[1]), layout.PAGE[0] - float(found[2])
        # Behind it (or before it) there are a space, the dash and one character's room.
        near, edge = (right, layout.RIGHT) if number % 2 else (left, layout.LEFT)
        assert edge + 14 < near < edge + 14 + 25


LAST: dict[str, Block] = {
    "short": Paragraph((Run("末" * 5),)),
    "long": Paragraph((Run("末" * 100),)),
    "listed": Listing(None, ((Paragraph((Run("末"),)),),) * 2),
    "table": Table(((Run("甲"),), (Run("乙"),)), (((Run("末"),), (Run("1"),)),), ("", "")),
}


def lengths(report: Document, last: Block) -> Iterator[tuple[int, Document]]:
    """The report without its annex, so long that its end comes to stand at each foot of a page."""
    for count in range(30, 40):
        filler = [Paragraph((Run("国" * 20),)) for _ in range(count)]
        yield count, replace(report, blocks=(*filler, last), annexes=(), sample="")


@pytest.mark.parametrize("last", LAST)
def test_the_signature_never_stands_alone(last: str, report: Document, folder: Path) -> None:
    _, shortest = next(lengths(report, LAST[last]))
    annexed = folder / f"{last}-annexed.pdf"
    annexed.write_bytes(as_pdf(replace(shortest, annexes=report.annexes)))
    files = sorted(folder.glob(f"{last}-*.pdf"))
    assert len(files) == 21
    for file in files:
        signed = [page for page in forms.lines_of(file) if report.issuers[0] in page.values()][-1]
        assert report.signed[1] in signed.values()
        assert "末" in "".join(signed.values())
        assert len(body(signed)) <= 22


WIDE = "123456789012"
WIDE_COLUMNS = (1, 4, 10, 16)


def wide(report: Document, columns: int) -> Document:
    """The report with a table of so many columns of wide numbers, and another behind it."""
    head = f"| 项目（单位：元） |{' 限制开展生产经营活动 |' * columns}\n|--|{'--:|' * columns}\n"
    text = f"表1 处罚\n\n{head}| 合计 |{f' {WIDE} |' * columns}\n\n{head}| 甲 |{' 1 |' * columns}"
    return replace(report, blocks=blocks_of(text), annexes=(), sample="")


@pytest.mark.parametrize("columns", WIDE_COLUMNS)
def test_a_number_is_not_broken_nor_crosses_its_border(columns: int, folder: Path) -> None:
    word = python_docx.Document(str(folder / f"wide-{columns}.docx"))
    assert len(word.tables) == 2
    assert [p.style and p.style.style_id for p in word.paragraphs if p.text == "表1 处罚"] == [
        "Caption"
    ]
    inner = list(word.iter_inner_content())
    assert not [a for a, b in pairwise(inner) if type(a) is type(b) is type(word.tables[0])]
    for name in (f"wide-{columns}.pdf", f"wide-{columns}-own.pdf"):
        places = forms.said("pdftotext", "-bbox", folder / name, "-")
        found = re.findall(rf'xMin="([\d.]+)" [^>]*xMax="([\d.]+)"[^>]*>{WIDE}</word>', places)
        sides = [(float(left), float(right)) for left, right in found]
        assert len(sides) == columns
        assert all(right < left for (_, right), (left, _) in pairwise(sides))
        assert sides[0][0] > layout.LEFT
        assert sides[-1][1] < layout.PAGE[0] - layout.RIGHT


@pytest.mark.parametrize("name", FORMS)
def test_fonts_are_embedded(folder: Path, name: str) -> None:
    _, _, *fonts = forms.said("pdffonts", folder / name).splitlines()
    assert fonts
    assert [font for font in fonts if font.split()[-5:-3] != ["yes", "yes"]] == []


def test_the_pdf_is_accessible(folder: Path, report: Document) -> None:
    file = folder / "report-own.pdf"
    told = dict(re.findall(r"^(.*?): +(.*)$", forms.said("pdfinfo", file), re.MULTILINE))
    assert told["Tagged"] == "yes"
    assert told["Title"] == report.title + report.tail
    assert "A4" in told["Page size"]
    assert not {"Author", "Subject", "Keywords"} & set(told)
    reader = pypdf.PdfReader(file)
    root: Any = reader.root_object
    assert str(root["/Lang"]) == "zh-CN"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r'pdfuaid:part(?:="|>)1', metadata)
    assert reader.metadata and reader.metadata.creation_date
    assert reader.metadata.creation_date.date() == report.written
    structure = forms.said("pdfinfo", "-struct", file)
    assert {"H1", "H2", "Table", "THead", "TH", "TD"} <= set(
        re.findall(r"^ *(\w+)", structure, re.M)
    )


def test_bookmarks_are_the_headings(folder: Path, report: Document) -> None:
    outline = pypdf.PdfReader(folder / "report-own.pdf").outline
    wanted = [block.text for block in report.blocks if isinstance(block, Heading)]
    assert titles(outline) == [*wanted, "附件"]


def titles(outline: Sequence[object]) -> list[str]:
    found: list[str] = []
    for entry in outline:
        found += titles(entry) if isinstance(entry, list) else [str(entry["/Title"])]  # type: ignore[index]
    return found


def test_libreoffice_prints_the_whole_text(folder: Path, report: Document) -> None:
    printed = "".join(forms.said("pdftotext", "-raw", folder / "report.pdf", "-").split())
    printed = re.sub(r"—\d+—", "", printed.replace("".join(report.sample.split()), ""))
    paragraphs = [block.text for block in report.blocks if isinstance(block, Paragraph | Heading)]
    assert [text for text in forms.squeezed(paragraphs) if text not in printed] == []
