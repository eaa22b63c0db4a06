"""The forms of a report: one text in all of them, nothing in them that should not be, the command."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import stat
import subprocess
import sys
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
from fazhi.output import documents
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
from tests.support.building import ROOT, Project, contents, once, parsed, swap, with_few_records
from tests.support.machine import fontless, ran
from tests.support.running import held, ran_script

pytest_plugins = ["tests.support.sites"]

REPORT = "docs/report/2024.md"
COMMAND = (ROOT / "scripts/export_report.py",)
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


# The command


def export(
    root: Path, *arguments: str, cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    if not environment:
        return ran_script(COMMAND[0].name, "--root", root, *arguments, cwd=cwd or root)
    command: list[str | Path] = [sys.executable, *COMMAND, "--root", root, *arguments]
    return ran(command, cwd or root, {**os.environ, **environment})


@pytest.fixture(scope="module")
def once_exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("exported") / "project"
    shutil.copytree(BASE, root)
    assert export(root, "2024").returncode == 0
    swap(root / REPORT, "形式单一", "形式较为单一")
    return root


@pytest.fixture
def exported(once_exported: Path, tmp_path: Path) -> Path:
    """A project whose report was exported, and then changed."""
    return shutil.copytree(once_exported, tmp_path / "project")


def test_the_same_report_gives_the_same_bytes_anywhere(sample: Project, tmp_path: Path) -> None:
    """Made here, and by the command in another folder, language and time zone."""
    done = export(
        sample.root,
        *("2024", "--out", "there"),
        cwd=tmp_path,
        LANG="C",
        TZ="America/New_York",
        PYTHONHASHSEED="7",
        SOURCE_DATE_EPOCH="1",
    )
    assert done.returncode == 0, done.stderr
    assert [Path(line).name for line in done.stdout.splitlines()] == [
        "城口县左岚乡人民政府2024年法治政府建设情况报告（示例）.docx",
        "城口县左岚乡人民政府2024年法治政府建设情况报告（示例）.pdf",
        "城口县左岚乡人民政府2024年法治政府建设情况报告图解（示例）.png",
        "城口县左岚乡人民政府2024年法治政府建设情况报告图解（示例）.pdf",
        *("body（示例）.html", "metadata（示例）.json", "metadata（示例）.txt"),
    ]
    made = dict(files_of(sample.root))
    assert {file.name: file.read_bytes() for file in (tmp_path / "there").iterdir()} == made


def test_with_errors_nothing_is_written(make_project: MakeProject) -> None:
    root = make_project({})
    swap(root / REPORT, "{{ 宣传活动 }}", "{{ 宣传 }}")
    done = export(root, "2024")
    assert done.returncode == 1
    assert "FZ701" in done.stderr and "什么也没有写" in done.stderr
    assert not (root / "dist").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a link needs a permission there")
def test_no_link_is_followed_out_of_the_project(make_project: MakeProject, tmp_path: Path) -> None:
    root = make_project({})
    (tmp_path / "elsewhere").mkdir()
    (root / "dist").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    done = export(root, "2024")
    assert done.returncode == 2
    assert "dist 不是文件夹" in done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []


# What no font has


def test_each_character_that_no_font_has_is_reported_with_its_place(exported: Path) -> None:
    """In the narrative, its title, and what comes from elsewhere; all else is written."""
    root = exported
    (pdf,) = (root / "dist").glob("*.pdf")
    swap(root / REPORT, "形式较为单一", "形\u0379式\u0378单\u0378一&#x37F;&#x380;")
    swap(root / "records/township.yml", "简称: ", "简称: \u0381")
    text = (root / REPORT).read_text(encoding="utf-8")
    done = export(root, "2024")
    assert done.returncode == 1
    number, line = next((n, li) for n, li in enumerate(text.splitlines(), 1) if "\u0378" in li)
    typed = [
        f"docs/report/2024.md:{number}:{at + 1}：没有字体能印“{sign}”（U+{ord(sign):04X}）"
        for sign in "\u0379\u0378"
        for at in (match.start() for match in re.finditer(sign, line))
    ]
    no_pictures, *told, hint, unmade, removed = done.stderr.splitlines()
    assert "没有做图解" in no_pictures
    assert len(typed) == 3
    assert [one for one in told if one.startswith("docs/")] == typed
    elsewhere = [one for one in told if not one.startswith("docs/")]
    assert all(re.fullmatch("“.*”中：没有字体能印“.”（U\\+03..）", one) for one in elsewhere)
    assert [one[-5:-1] for one in elsewhere] == ["0381", "0380"]  # U+037F is a letter
    assert "换一种写法" in hint
    assert (pdf.name in unmade, pdf.name in removed) == (True, True)
    endings = [file.suffix for file in sorted((root / "dist").iterdir())]
    assert endings == [".html", ".json", ".txt", ".docx"]
    assert "\u0378" in (root / "dist" / NAMES[0]).read_text(encoding="utf-8")
    assert [Path(line).suffix for line in done.stdout.splitlines()] == [".docx", *endings[:3]]


def test_a_machine_without_any_font_prints_with_those_of_the_program(
    make_project: MakeProject, tmp_path: Path
) -> None:
    root = make_project({})
    command = (sys.executable, *COMMAND, "2024", "--root", root)
    done = fontless(command, tmp_path)
    assert done.returncode == 0, done.stderr
    (pdf,) = (root / "dist").glob("*.pdf")
    _, _, *fonts = forms.said("pdffonts", pdf).splitlines()
    assert {font.partition("+")[2].split("-")[0] for font in fonts} == {"NotoSerifSC", "NotoSansSC"}
    swap(root / REPORT, "形式单一", "形式1️⃣单👍一2024")
    done = fontless(command, tmp_path)
    assert done.returncode == 1
    assert re.findall("能印“(.*?)”", done.stderr) == ["1️⃣", "👍"]


# All files, or none


TAIL = "（草稿）（示例）"
NAMES = [f"body{TAIL}.html", f"metadata{TAIL}.json", f"metadata{TAIL}.txt"]
FIELDS = f"dist/{NAMES[-1]}"


def export_held(how: str, file: Path, root: Path) -> subprocess.CompletedProcess[str]:
    return held(how, file, *COMMAND, "2024", "--root", root, cwd=root)


@pytest.mark.parametrize(
    ("how", "ending", "code"),
    [("open", ".docx", 1), ("open", ".txt", 1), ("interrupted", ".txt", 130)],
)
def test_where_one_file_cannot_be_replaced_all_stay(
    exported: Path, how: str, ending: str, code: int
) -> None:
    root, before = exported, contents(exported / "dist")
    (name,) = (name for name in before if name.endswith(ending))
    done = export_held(how, root / "dist" / name, root)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    assert how == "interrupted" or f"写不进去：{root / 'dist' / name}（" in done.stderr
    assert re.search("什么也没有写|要么都没有动", done.stderr)
    assert contents(root / "dist") == before
    shutil.rmtree(root / "dist")
    assert export_held(how, root / "dist" / name, root).returncode == code
    assert not (root / "dist").exists()


def test_where_a_file_that_goes_cannot_go_all_stay(exported: Path) -> None:
    root, before = exported, contents(exported / "dist")
    swap(root / REPORT, "单一", "单\u0378一")
    (name,) = (name for name in before if name.endswith(".pdf"))
    done = export_held("open", root / "dist" / name, root)
    assert done.returncode == 1
    assert f"写不进去：{root / 'dist' / name}（" in done.stderr
    assert contents(root / "dist") == before


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit, and links need a permission")
def test_what_lies_in_a_files_place(exported: Path, tmp_path: Path) -> None:
    """A folder, a pipe, a disk that takes no more, and a link."""
    root, before = exported, contents(exported / "dist")
    (root / FIELDS).unlink()
    (root / FIELDS / "里面").mkdir(parents=True)
    done = export(root, "2024")
    assert done.returncode == 1
    assert f"写不进去：{root / FIELDS}（" in done.stderr
    assert contents(root / "dist") == {k: v for k, v in before.items() if k != NAMES[-1]}
    (root / FIELDS / "里面").rmdir()
    (root / FIELDS).rmdir()

    os.mkfifo(root / FIELDS)
    done = export(root, "2024")
    said = f"写不进去：{root / FIELDS}（不是普通文件）。换一个文件。"
    assert (done.returncode, said in done.stderr) == (1, True), done.stderr
    assert (root / FIELDS).is_fifo()
    (root / FIELDS).unlink()

    limit = ["sh", "-c", 'ulimit -f 40; exec "$@"', "limit", sys.executable]
    done = ran([*limit, *COMMAND, "2024", "--root", root])
    assert done.returncode == 1
    assert re.search(r"写不进去：.*\.pdf（", done.stderr)
    assert contents(root / "dist") == {k: v for k, v in before.items() if k != NAMES[-1]}

    (tmp_path / "别处").write_text("留着", encoding="utf-8")
    link = root / "dist" / NAMES[0]
    link.unlink()
    link.symlink_to(tmp_path / "别处")
    file = root / "dist" / NAMES[1]
    file.chmod(0o640)
    assert export_held("open", file, root).returncode == 1
    assert link.readlink() == tmp_path / "别处"
    assert export(root, "2024").returncode == 0
    assert not link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert (tmp_path / "别处").read_text(encoding="utf-8") == "留着"


def test_a_run_that_is_killed_leaves_whole_files(exported: Path) -> None:
    root, before = exported, contents(exported / "dist")
    done = export_held("killed", root / "dist" / NAMES[0], root)
    assert done.returncode == 9
    left = list((root / "dist").glob(".writing-*"))
    assert len(left) == 1
    new = documents.files(view_of(root))
    for name, data in before.items():
        found = (root / "dist" / name).read_bytes()
        assert found == (data if name in NAMES else new[name])
    assert export(root, "2024").returncode == 0
    assert contents(root / "dist") == new


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["2023"], 2, "没有 2023 年的叙述稿"),
        (["二零二四"], 2, "看不懂这条命令"),
        (["2024", "--edition", "secret"], 2, "看不懂这条命令"),
        (["2024", "--out", "records/township.yml"], 2, "不是文件夹"),
        (["2024", "--links"], 1, "没有写地址"),
    ],
)
def test_what_cannot_be_obeyed_is_said(
    make_project: MakeProject, arguments: list[str], code: int, message: str
) -> None:
    root = make_project({})
    done = export(root, *arguments)
    assert done.returncode == code
    assert message in done.stderr and "Traceback" not in done.stderr
    assert not (root / "dist").exists()


def test_the_internal_edition_has_a_folder_and_names_of_its_own(make_project: MakeProject) -> None:
    root = make_project({"dist-internal/别的.txt": "留着"})
    done = export(root, "2024", "--edition", "internal")
    assert done.returncode == 0, done.stderr
    assert "不得对外发布" in done.stderr
    names = {file.name for file in (root / "dist-internal").iterdir()}
    assert "某县示例乡人民政府2024年法治政府建设情况报告（草稿）（内部资料）（示例）.docx" in names
    assert "别的.txt" in names
    assert len(names) == 6
