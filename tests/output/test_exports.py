"""The forms of a report: one text in all of them, and nothing in them that should not be."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import chain, pairwise
from pathlib import Path

import docx as python_docx
import nh3
import pypdf
import pytest

from fazhi import project
from fazhi.output import documents, typesetting
from fazhi.output.documents import layout, pdf
from fazhi.output.documents.blocks import Block, Heading, Listing, Table, address, blocks_of
from fazhi.output.documents.docx import as_docx
from fazhi.output.documents.html import as_html
from fazhi.output.pages import report as pages
from fazhi.output.view import View
from fazhi.problems.problem import has_errors
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder
from tests.conftest import BASE, CASES, TODAY, MakeProject
from tests.support import forms
from tests.support.building import Project, once, parsed, swap, with_few_records

pytest_plugins = ["tests.support.sites"]

REPORT = "docs/report/2024.md"
SITE = "https://www.example.gov.cn/fz"


@cache
def view_of(root: Path, edition: Edition = Edition.PUBLIC) -> View:
    """The year of a project that is right."""
    checked = project.load(Folder(root), TODAY.replace(year=2026))
    assert not has_errors(checked.problems)
    year = next(year for year in checked.years if year.year == 2024)
    return View(year, Gate(edition, year.settings))


class Files(Mapping[str, bytes]):
    """The files of a report by name, each made when it is first asked for."""

    def __init__(self, view: View, links: str = "") -> None:
        self._forms = {name: cache(make) for name, make in documents.forms(view, links).items()}

    def __getitem__(self, name: str) -> bytes:
        return self._forms[name]()

    def __iter__(self) -> Iterator[str]:
        return iter(self._forms)

    def __len__(self) -> int:
        return len(self._forms)


@cache
def files_of(root: Path, edition: Edition = Edition.PUBLIC) -> Files:
    return Files(view_of(root, edition))


def ending(files: Files, suffix: str) -> bytes:
    return files[next(name for name in files if name.endswith(suffix))]


@pytest.fixture(scope="session")
def awkward(shared_folder: Path) -> Project:
    """A project whose narrative has every kind of block, and every sign that some form reads."""
    return Project(once(shared_folder / "awkward", _awkward))


def _awkward(root: Path) -> None:
    made = with_few_records(root)
    (root / "docs/index.md").unlink()
    shutil.copytree(CASES / "exports", root, dirs_exist_ok=True)
    made.built()


@pytest.fixture(scope="module", params=["sample", "awkward"])
def report(request: pytest.FixtureRequest) -> tuple[Files, list[str], list[str]]:
    """The files of a report, and what the site prints of it: narrative and table."""
    made: Project = request.getfixturevalue(request.param)
    if request.param == "sample":
        request.getfixturevalue("public")
    narrative, table = forms.site_report(made.site / "report/2024.html")
    return files_of(made.root), narrative, with_words(view_of(made.root), table)


def with_words(view: View, table: list[str]) -> list[str]:
    """The site's table of figures as an annex: with a column of the words of the text."""
    caption, *cells = table
    said = {value.name: view.words(value) for value in view.printed} | {"指标": "正文印作"}
    wide = len(view.figure_table.head)
    rows = [cells[at : at + wide] for at in range(0, len(cells), wide)]
    return [caption, *chain(*([*row, *{said[row[0]]} - {row[2]}] for row in rows))]


Report = tuple[Files, list[str], list[str]]


def expected(report: Report, data: bytes) -> list[str]:
    """What a form must say: the site's narrative and table, with what the standard puts between."""
    files, narrative, table = report
    told = json.loads(ending(files, ".json"))
    number, signed = told["发文字号"], len(told["Author"].split("、")) + 1
    sample = next(t for t in forms.word_paragraphs(data) if t.startswith("示例数据"))
    head = [number, sample]
    return [
        *(*head, *narrative[:-signed], f"附件：{table[0]}"),
        *(*narrative[-signed:], "附件", *table),
    ]


def test_the_word_file_says_what_the_site_says(report: Report) -> None:
    word = ending(report[0], ".docx")
    title = json.loads(ending(report[0], ".json"))["ArticleTitle"].partition("（")[0]
    found = forms.word_paragraphs(word)
    assert found.pop(1) == title
    assert found == expected(report, word)


def test_the_body_says_what_the_site_says(report: Report) -> None:
    found = forms.html_paragraphs(parsed(ending(report[0], ".html").decode()))
    assert [text for text in found if text != "草稿"] == expected(
        report, ending(report[0], ".docx")
    )


def test_the_pdf_says_what_the_site_says(report: Report, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(ending(report[0], ".pdf"))
    found = forms.pdf_paragraphs(file)
    title = json.loads(ending(report[0], ".json"))["ArticleTitle"].partition("（")[0]
    assert found.pop(1) == title
    assert found == forms.squeezed(expected(report, ending(report[0], ".docx")))


def test_the_awkward_narrative_holds_what_it_is_for(awkward: Project) -> None:
    text = (awkward.root / "docs/report/2024.md").read_text(encoding="utf-8")
    assert all(sign in text for sign in "#$*_<>&@\\~[]\"'|=+/🄐")
    blocks = documents.document_of(view_of(awkward.root)).blocks
    assert {type(block).__name__ for block in blocks} == {
        "Paragraph",
        "Heading",
        "Listing",
        "Table",
    }
    assert {block.level for block in blocks if isinstance(block, Heading)} == {1, 2, 3, 4}


HOSTILE = [
    '#eval("1+1") #import "x.typ" #{ 1 } $ 1/0 $ *甲* _乙_ <label> @ref // 注释 /* 注释 */ \\u{41}',
    "`甲` ``` raw ``` = 标题 - 项 + 项 / 词: 义 ~ --- ... \\\\",
    "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;amp; &quot;",
    "{{ 7*7 }} {% x %} ${x} %s %(a)s \\n \\x00",
    "&#1; &#8; &#xFFFE; &#x202E;反 &#8232;行 &#x200B;",
    "Q" * 700 + " " + "长" * 900,
    "👨‍👩‍👧 1️⃣ 🇨🇳 e\u0301 ﷽ \u3000全角\u3000空格 ①②③ ㎡",
]


def texts(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of every paragraph and heading, those of lists too."""
    for block in blocks:
        if isinstance(block, Listing):
            yield from (text for item in block.items for text in texts(item))
        elif not isinstance(block, Table):
            yield block.text


def test_what_typst_makes_of_fonts_that_found_no_memory_is_told() -> None:
    with pytest.raises(documents.Unprintable, match="多半是内存不够"):
        typesetting.png(b"#(1 / 0)", "", typesetting.fonts(of_machine=False))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_is_data_in_every_form(awkward: Project, text: str, tmp_path: Path) -> None:
    blocks = blocks_of(text)
    document = replace(documents.document_of(view_of(awkward.root)), blocks=blocks)
    paragraphs = list(texts(blocks))
    word = forms.word_paragraphs(as_docx(document))
    shown = [forms.plain(paragraph) for paragraph in paragraphs]
    assert [p for p in shown if p not in word] == []
    body = forms.html_paragraphs(parsed(as_html(document)))
    assert [p for p in shown if p not in body] == []
    try:
        printed = pdf.as_pdf(document)
    except documents.Unprintable as error:
        assert re.search("没有字体能印“.+”", str(error))
        return
    file = tmp_path / "hostile.pdf"
    file.write_bytes(printed)
    read = forms.pdf_paragraphs(file)
    assert [p for p in forms.squeezed(shown) if p not in read] == []


def test_a_title_is_data_too(awkward: Project) -> None:
    title = "#[甲] $x$ *乙* <b>&amp;\"' \\ 报告/1:2?"
    document = replace(documents.document_of(view_of(awkward.root)), title=title)
    assert forms.word_paragraphs(as_docx(document))[1] == title
    assert pdf.as_pdf(document)
    assert documents.file_name(title) == "#[甲] $x$ _乙_ _b_&amp;_' _ 报告_1_2_"
    assert len(documents.file_name("长" * 300).encode()) < 250


# The body


STRICT = {
    "tags": {
        *("p", "h2", "h3", "h4", "h5", "ul", "ol", "li", "strong", "em", "br", "a"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td"),
    },
    "attributes": {"a": {"href"}, "th": {"scope"}, "ol": {"start"}, "*": {"style"}},
    "url_schemes": {"http", "https"},
    "filter_style_properties": {
        *("text-align", "text-indent", "line-height", "margin", "padding", "padding-right"),
        *("font-size", "font-weight", "color", "border", "border-collapse", "width"),
        "overflow-wrap",
    },
}
"""What a portal's sanitiser lets through."""


def untold(body: str) -> str:
    """The body without what its numbers say to programs, which a sanitiser may not know."""
    return re.sub("</?data[^>]*>", "", body)


@pytest.mark.parametrize("links", ["", SITE])
@pytest.mark.parametrize("edition", Edition)
@pytest.mark.parametrize("name", ["sample", "awkward"])
def test_a_strict_sanitiser_leaves_the_body_as_it_is(
    name: str, edition: Edition, links: str, request: pytest.FixtureRequest
) -> None:
    made: Project = request.getfixturevalue(name)
    body = as_html(documents.document_of(view_of(made.root, edition), links))
    assert body.count("<data ") > 4
    assert nh3.clean(body, **STRICT) == untold(body)  # type: ignore[arg-type] # of several types


def test_the_body_stands_by_itself(report: Report) -> None:
    body = ending(report[0], ".html").decode()
    elements = list(parsed(body).every())
    held = {name for e in elements if e.tag != "data" for name in e.attributes}
    assert held <= {"style", "scope", "start"}
    forbidden = {"script", "style", "link", "img", "iframe", "form", "a"}
    assert not forbidden & {e.tag for e in elements}
    assert not re.search(r"url\(|https?:|javascript:|@import", body)
    levels = [int(e.tag[1]) for e in elements if re.fullmatch("h[1-6]", e.tag)]
    assert levels[0] == 2
    assert max(after - before for before, after in pairwise(levels)) == 1


# Links


def test_figures_are_plain_text_unless_asked(report: Report) -> None:
    word, printed = ending(report[0], ".docx"), ending(report[0], ".pdf")
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        assert b"hyperlink" not in archive.read("word/_rels/document.xml.rels")
    assert b"/URI" not in printed
    assert b"<a " not in ending(report[0], ".html")


def test_with_an_address_every_figure_leads_to_its_evidence(public: Path, sample: Project) -> None:
    files = Files(view_of(sample.root), f"{SITE}/")
    site = (public / "report/2024.html").read_text(encoding="utf-8")
    places = re.findall(r'class="fz-figure" href="(#[^"]+)"', site)
    wanted = [address(f"{SITE}/report/2024.html", place) for place in places]
    assert len(wanted) > 30
    assert wanted[0].isascii()
    in_body = re.findall(r'<a href="([^"]+)"', ending(files, ".html").decode())
    assert in_body == wanted
    word = python_docx.Document(io.BytesIO(ending(files, ".docx")))
    links = [link.url for paragraph in word.paragraphs for link in paragraph.hyperlinks]
    assert links == wanted
    pages = pypdf.PdfReader(io.BytesIO(ending(files, ".pdf"))).pages
    annotations = [note.get_object() for page in pages for note in page.get("/Annots", ())]
    assert {note["/A"]["/URI"] for note in annotations} == set(wanted)


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("#依据", f"{SITE}/report/2024.html#%E4%BE%9D%E6%8D%AE"),
        ("2023.html", f"{SITE}/report/2023.html"),
        ("../data/2024/index.html#a", f"{SITE}/data/2024/index.html#a"),
        ("https://b.cn/a?b=1&c=%20", "https://b.cn/a?b=1&c=%20"),
        ('https://b.cn/"é', "https://b.cn/%22%C3%A9"),
    ],
)
def test_where_a_link_leads(href: str, leads_to: str) -> None:
    assert address(f"{SITE}/report/2024.html", href) == leads_to


# Marks


@pytest.mark.parametrize(
    ("name", "edition", "marks"),
    [
        ("sample", Edition.PUBLIC, ""),
        ("sample", Edition.INTERNAL, "内部资料"),
        ("awkward", Edition.PUBLIC, "草稿"),
        ("awkward", Edition.INTERNAL, "草稿 内部资料"),
    ],
)
def test_drafts_and_internal_files_are_marked(
    name: str, edition: Edition, marks: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    made: Project = request.getfixturevalue(name)
    files = files_of(made.root, edition)
    word = python_docx.Document(io.BytesIO(ending(files, ".docx"))).sections[0]
    for header in (word.header, word.even_page_header):
        written = re.findall(r'<v:textpath [^>]*string="(.*?)"', header._element.xml)
        assert written == ([marks] if marks else [])
    body = forms.html_paragraphs(parsed(ending(files, ".html").decode()))
    assert body[: len(marks.split())] == marks.split()
    tail = "".join(f"（{mark}）" for mark in [*marks.split(), "示例"])
    assert [name for name in files if tail not in name] == []
    assert json.loads(ending(files, ".json"))["ArticleTitle"].endswith(tail)
    properties = python_docx.Document(io.BytesIO(ending(files, ".docx"))).core_properties
    assert properties.title.endswith(tail)
    for file_name in (one for one in files if one.endswith(".pdf")):
        told = pypdf.PdfReader(io.BytesIO(files[file_name])).metadata
        assert told and (told.title or "").endswith(tail)
    file = tmp_path / "marked.pdf"
    file.write_bytes(ending(files, ".pdf"))
    text = "".join(forms.said("pdftotext", "-raw", "-f", "2", "-l", "2", file, "-").split())
    assert all((mark in text) == (mark in marks) for mark in ("草稿", "内部资料"))


def test_every_form_says_that_the_records_are_samples(report: Report) -> None:
    said = "示例数据：本报告的记录是为演示编写的"
    word = python_docx.Document(io.BytesIO(ending(report[0], ".docx")))
    headers = (word.sections[0].header, word.sections[0].even_page_header)
    assert all(said in header.paragraphs[0].text for header in headers)
    assert said in ending(report[0], ".html").decode()


@pytest.mark.parametrize("colon", ["", "：", "： ", "：:"])
def test_the_addressee_has_one_colon(colon: str, make_project: MakeProject) -> None:
    text = (BASE / REPORT).read_text(encoding="utf-8")
    text = text.replace("署名:", f'主送: "县人民政府、县委{colon}"\n署名:', 1)
    root = make_project({REPORT: text})
    assert documents.document_of(view_of(root)).salutation == "县人民政府、县委："
    shown = str(pages.pages(view_of(root))["report/2024.md"])
    assert '<p class="fz-addressee">县人民政府、县委：</p>' in shown


def test_real_records_are_not_called_samples(make_project: MakeProject) -> None:
    root = make_project({})
    swap(root / "records/township.yml", "示例数据: 是", "示例数据: 否")
    files = Files(view_of(root))
    assert "示例数据" not in ending(files, ".html").decode()
    word = python_docx.Document(io.BytesIO(ending(files, ".docx")))
    assert word.sections[0].header.paragraphs[0].text == ""


# The portal's fields


def test_the_portals_fields(sample: Project) -> None:
    files = files_of(sample.root)
    fields = json.loads(ending(files, ".json"))
    assert list(fields) == [
        *("ArticleTitle", "PubDate", "ContentSource", "Keywords", "Author", "Description"),
        *(
            "索引号",
            "主题分类",
            "体裁分类",
            "发布机构",
            "发文字号",
            "成文日期",
            "发布日期",
            "有效性",
        ),
    ]
    assert fields["PubDate"] == "2025-02-20 00:00"
    assert fields["发布机构"] == fields["Author"] == "城口县左岚乡人民政府"
    lines = ending(files, ".txt").decode().splitlines()
    assert lines == [f"{name}：{value}" for name, value in fields.items()]


def test_a_draft_has_no_day_of_publication(awkward: Project) -> None:
    fields = json.loads(ending(files_of(awkward.root), ".json"))
    assert not {"PubDate", "发布日期"} & set(fields)
    assert "\u2028" not in fields["Description"]


# The layout's sums


@pytest.mark.parametrize(
    ("signed", "indents"),
    [
        (("城口县左岚乡人民政府", "2025年2月12日"), (16, 18)),
        (("左岚乡", "2025年12月12日"), (28 - 2 - 7 - 2, 28 - 2 - 7)),
        (("长" * 40, "2025年2月12日"), (0, 2)),
        (("中共城口县左岚乡委员会", "城口县左岚乡人民政府", "2025年2月12日"), (15, 17)),
    ],
)
def test_the_signature_stands_by_the_standard(
    signed: tuple[str, ...], indents: tuple[float, float]
) -> None:
    assert layout.signature_indents(signed) == indents
