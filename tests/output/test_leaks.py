"""What is about to leave is searched as its readers would read it, in whatever form it is written."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import quote

import pytest
from pypdf import PdfWriter

from fazhi import personal
from fazhi.output import leaks
from fazhi.problems import formats
from fazhi.problems.problem import Problem, Severity
from fazhi.sources import evidence
from fazhi.sources.evidence import Unreadable, pdfs
from tests.personal.test_personal import rows
from tests.support.carriers import CARRIERS, archive, bomb, docx, pdf

NUMBER = "13800000123"
NOBODYS = "12800000123"
MASKED = "手机号 138*****123"


def page(inside: str) -> str:
    return f"<!doctype html><html><head>{inside}</head><body>{inside}</body></html>"


def index(text: str) -> str:
    """A search index as the search plugin writes it: a zero-width space between words."""
    return json.dumps({"config": {"lang": ["zh"]}, "docs": [{"location": "a.html", "text": text}]})


def entities(text: str) -> str:
    return "".join(f"&#{ord(sign)};" for sign in text)


def zero_width(text: str) -> str:
    return "\u200b".join(text)


FORMS: dict[str, tuple[str, Callable[[str], str | bytes]]] = {
    "a paragraph": ("a.html", lambda t: f"<p>电话{t}</p>"),
    "entities": ("a.html", lambda t: f"<p>电话{entities(t)}</p>"),
    "hexadecimal entities": ("a.html", lambda t: "".join(f"&#x{ord(sign):x};" for sign in t)),
    "two fonts": ("a.html", lambda t: f"<p>{t[:4]}<strong>{t[4:]}</strong></p>"),
    "break points": ("a.html", lambda t: f"<p>{'<wbr>'.join(t)}</p>"),
    "zero-width spaces": ("a.html", lambda t: f"<p>{zero_width(t)}</p>"),
    "full width": ("a.html", lambda t: "".join(chr(ord(sign) + 0xFEE0) for sign in t)),
    "a comment": ("a.html", lambda t: f"<p>公告</p><!-- {t} -->"),
    "an attribute": ("a.html", lambda t: f'<img alt="{t}" src="a.jpg">'),
    "an attribute in entities": ("a.html", lambda t: f"<img alt='{entities(t)}' src='a.jpg'>"),
    "a meta tag": ("a.html", lambda t: f'<meta name="Description" content="{t}">'),
    "an address": ("a.html", lambda t: f'<a href="tel:{t}">电话</a>'),
    "an escaped address": ("a.html", lambda t: f'<a href="b.html?{quote("电话")}%31{t[1:]}">甲</a>'),
    "a script in a page": ("a.html", lambda t: f'<script>var a = "{t}";</script>'),
    "a style in a page": ("a.html", lambda t: f"<style>/* {t} */</style>"),
    "a page in Markdown": ("a.md", lambda t: f"# 公告\n\n- 电话{t}\n"),
    "the search index": ("search/search_index.json", lambda t: index(zero_width(t))),
    "the index as a script": ("search/search_index.js", lambda t: f"var __index = {index(zero_width(t))}"),
    "markup in the index": ("search/search_index.json", lambda t: index(f"<b>{t[:3]}</b>{t[3:]}")),
    "escaped JSON": ("data/figures.json", lambda t: json.dumps([t]).replace(t, "".join(f"\\u{ord(s):04x}" for s in t))),
    "a key of JSON": ("data/figures.json", lambda t: json.dumps({t: 1})),
    "a number of JSON": ("data/figures.json", lambda t: json.dumps({"a": int(t)})),
    "a script": ("assets/keys.js", lambda t: f'const a = "{t}"; // {t}'),
    "a style": ("assets/site.css", lambda t: f'a::after {{ content: "{t}" }}'),
    "a table": ("data/activities.csv", lambda t: f"\ufeff标题,承办\r\n赶集,{t}\r\n"),
    "a drawing": ("assets/logo.svg", lambda t: f"<svg><title>{t}</title><path d='M1 2'/></svg>"),
    "text in a drawing": ("assets/a.svg", lambda t: f"<svg><text>{t[:5]}<tspan>{t[5:]}</tspan></text></svg>"),
    "the sitemap": ("sitemap.xml", lambda t: f"<urlset><loc>https://a.example/{t}.html</loc></urlset>"),
    "a packed sitemap": ("sitemap.xml.gz", lambda t: gzip.compress(f"<loc>/{t}.html</loc>".encode())),
    "the portal's fields": ("documents/metadata.txt", lambda t: f"标题：报告\n电话：{t}\n"),
    "Word": ("documents/报告.docx", lambda t: docx(t, "body")),
    "a PDF": ("documents/报告.pdf", lambda t: pdf(t, "body")),
    "a photo": ("records/2024/activities/a-1.jpg", CARRIERS["exif description"][2]),
    "a workbook": ("assets/台账.xlsx", CARRIERS["xlsx hidden sheet"][2]),
    "a file of no known kind": ("CNAME", lambda t: t),
}  # fmt: skip
"""What a file that leaves is called, and how a text may be written in it."""


def found(files: Mapping[str, str | bytes], *machine: Path) -> list[Problem]:
    problems = list(leaks.find(files, machine))
    assert NUMBER not in "".join(map(formats.line, problems))
    assert {problem.severity for problem in problems} <= {Severity.ERROR}
    return problems


@pytest.mark.parametrize("name", FORMS)
def test_a_number_is_found_in_whatever_form_it_leaves(name: str) -> None:
    path, made = FORMS[name]
    (problem,) = found({path: made(NUMBER)})
    assert (problem.path, problem.rule) == (path, "FZ501")
    assert MASKED in problem.message
    assert found({path: made(NOBODYS)}) == []


@pytest.mark.parametrize("path", [f"records/{NUMBER}.html", f"{NUMBER}/index.html"])
def test_a_number_is_found_in_a_name(path: str) -> None:
    (problem,) = found({path: "<p></p>"})
    assert problem.message == f"文件名里有{MASKED}"


def packed(files: Mapping[str, str | bytes]) -> dict[str, bytes]:
    return {"dist/报告.zip": archive(files)}


@pytest.mark.parametrize("name", ["a paragraph", "a packed sitemap", "Word", "a PDF", "a photo"])
def test_a_number_is_found_in_a_package(name: str) -> None:
    path, made = FORMS[name]
    (problem,) = found(
        packed({f"report-2024/site/{path}": made(NUMBER), "report-2024/a.txt": "甲"})
    )
    assert problem.path == f"dist/报告.zip/report-2024/site/{path}"


def test_each_file_of_a_package_tells_its_own_once() -> None:
    problems = found(
        packed({"a.html": page(NUMBER) * 3, "b.txt": f"{NUMBER} {NUMBER}", "c.txt": ""})
    )
    assert [problem.path.rpartition("/")[2] for problem in problems] == ["a.html", "b.txt"]


def test_what_is_written_about_a_package_is_searched() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        whole.writestr("a.txt", "")
        whole.comment = f"电话{NUMBER}".encode()
    (problem,) = found({"a.zip": made.getvalue()})
    assert problem.message == f"注释里有{MASKED}"


@pytest.mark.parametrize(
    "path",
    ["assets/javascripts/lunr/a.js", "assets/stylesheets/main.css", "assets/javascripts/a.map"],
)
def test_the_theme_is_not_ours(path: str) -> None:
    text = "/* by someone@example.com */"
    assert found({path: text}) == []
    assert found(packed({f"report-2024/site/{path}": text})) == []
    assert found({f"records/{path.rpartition('/')[2]}": text})


@pytest.mark.parametrize(
    ("folder", "text"),
    [
        (PurePosixPath("/srv/office/report"), "取自 /srv/office/report/records/2024"),
        (PureWindowsPath(r"D:\法治\年报"), r"取自 D:\法治\年报\records"),
        (PurePosixPath("/x"), "file:///C:/a.html"),
        (PurePosixPath("/x"), "file://server/a.html"),
        (PurePosixPath("/x"), "/home/someone/report"),
        (PurePosixPath("/x"), "/Users/someone/report"),
        (PurePosixPath("/x"), r"C:\Users\someone"),
        (PurePosixPath("/x"), r"原件在 E:\王小三\桌面\台账.xlsx"),
        (PurePosixPath("/x"), r"\\192.168.10.5\平安办\台账.xlsx"),
        (PurePosixPath("/x"), "存于D:/资料/someone"),
        (PurePosixPath("/x"), "/mnt/share/someone"),
    ],
)
def test_a_path_of_the_machine_is_found(folder: Path, text: str) -> None:
    files: dict[str, str | bytes] = {
        "a.html": f'<p title="{text}">',
        "data/a.json": json.dumps({"a": text}),
        "报告.docx": docx(text, "author"),
        "报告.pdf": pdf(text, "author"),
    }
    for path, content in files.items():
        (problem,) = found({path: content}, folder)
        assert re.search(r"本机的路径 [^*]{1,3}\*+[^*]{1,3}", problem.message)
        assert "someone" not in formats.line(problem)


@pytest.mark.parametrize(
    "text",
    [
        "报告见 /report/2024.html",
        "https://www.example.gov.cn/home/a/b",
        "https://www.example.gov.cn/Users/a/b",
        "home/a/b",
        "及/或，24/7，2024/12/4，//，依据:/无，a：/etc/passwd，A:\\*甲\\*，[\\\\x00-\\\\x08\\\\u200b]",
        "拨打12345热线，电话023-59222222",
        "左岚府文〔2025〕3号，索引号11500229MB1234567M/2025-00003",
        "profile: 文件",
    ],
)
def test_what_is_no_leak_leaves(text: str) -> None:
    assert found({"a.html": f"<p>{text}</p>", "a.json": json.dumps([text])}, Path("/")) == []


TAR = NUMBER.encode().ljust(512, b"\0")
UNSEARCHABLE: dict[str, tuple[str, bytes]] = {
    "half a document": ("assets/a.docx", docx("", "")[:2000]),
    "half a PDF": ("assets/a.pdf", b"%PDF-1.7\n1 0 obj"),
    "half a photo": ("assets/a.jpg", b"\xff\xd8\xff\xe0\x00"),
    "a bomb": ("assets/a.xlsx", bomb()),
    "half a sitemap": ("sitemap.xml.gz", gzip.compress(b"<urlset/>")[:12]),
    "an endless sitemap": ("sitemap.xml.gz", gzip.compress(bytes(leaks.MAX_UNPACKED + 1), 1)),
    "half a package": ("a.zip", archive({"a.txt": "a"})[:40]),
    "an archive of another kind": ("assets/a.tar.gz", gzip.compress(TAR)),
    "a page that is no text": ("a.html", NUMBER.encode("utf-16-le")),
    "a script that is no text": ("assets/a.js", "电话".encode("gbk")),
    "a photo called data": ("data/a.json", b"\0\0\0\x18ftypheic" + NUMBER.encode()),
}


def test_a_report_of_many_pages_leaves_and_no_such_file_of_another() -> None:
    writer, made = PdfWriter(), io.BytesIO()
    for _ in range(pdfs.MAX_PAGES + 1):
        writer.add_blank_page(300, 200)
    writer.write(made)
    paths = ("report/2024.pdf", "报告.pdf", "site/assets/a.pdf", "assets/a.pdf")
    refused = found(dict.fromkeys(paths, made.getvalue()))
    assert [problem.path for problem in refused] == ["assets/a.pdf", "site/assets/a.pdf"]
    with pytest.raises(Unreadable, match="60 页"):
        list(evidence.pieces(io.BytesIO(made.getvalue())))


@pytest.mark.parametrize("name", UNSEARCHABLE)
def test_what_cannot_be_searched_does_not_leave(name: str) -> None:
    path, content = UNSEARCHABLE[name]
    (problem,) = found({path: content})
    assert (problem.path, problem.rule) == (path, "FZ507")


def test_what_begins_a_list_or_a_section_is_no_value_of_what_stands_before_it():
    text = "<p>登记内容：\n住址</p>\n<{0}>佐证材料</{0}>"
    assert not [
        *leaks.find({f"{e}.{s}": text.format(e) for e in ("h2", "dt") for s in ("md", "html")})
    ]


def test_a_table_tells_what_its_numbers_are_wherever_they_leave():
    rows = "<tr><td>村</td><td>工单号</td></tr><tr><td>东村</td><td>13800000123</td></tr>"
    held = {"index.json": index("村 工单号 东村 13800000123"), "a.csv": "13800000123\n"}
    assert {problem.path for problem in leaks.find(held)} == {*held}
    assert not [*leaks.find({**held, "a.html": f"<table>{rows}</table>"})]
    assert [*leaks.find({**held, "a.html": f"<table>{rows}</table>", "b.html": f"电话{NUMBER}"})]
    said = {"a.html": f"<table>{rows}</table>", "b.html": "来了13800000123"}
    assert [problem.path for problem in leaks.find({**held, **said})] == ["b.html"]
    assert [problem.path for problem in leaks.find({**held, **said}, passed=["b.html"])] == []
    houses = "<table><tr><td>楼栋</td><td>户数</td></tr><tr><td>1栋</td><td>24</td></tr></table>"
    assert not [*leaks.find({"a.html": houses, "a.md": houses})]
    drawn = {"a.html": said["a.html"], "assets/a.svg": "<svg><text>13800000123</text></svg>"}
    assert [problem.path for problem in leaks.find(drawn)] == ["assets/a.svg"]


@pytest.mark.parametrize("text", ["2024年6月生\n产", "登记：姓名、年龄、住址\n佐证材料"])
def test_lines_of_one_paragraph_tell_no_more_on_the_page_than_in_the_text(text):
    assert not [*personal.find(text)]
    assert not [*leaks.find({"a.html": f"<p>{text}</p>", "a.md": f"<p>{text}</p>"})]


def test_what_the_text_may_say_the_page_may_say_with_more_behind_it():
    behind = "</div>\n<p>计入的指标：\n<a href='b.html'>专题宣传活动</a></p>"
    passing = [text for _, text in rows("not_found") if not {*text} & {*"\n<|{"}]
    said = {f"{n}.md": f"<p>{html.escape(text)}</p>\n{behind}" for n, text in enumerate(passing)}
    assert [*map(formats.line, leaks.find(said))] == []
    assert not [*leaks.find({"a.json": index("<p>姓名 性别 年龄 住址</p> <p>计入的指标：</p>")})]


FETCHING = [
    '<script src="https://example.org/a.js"></script>',
    "<link rel=stylesheet href=//example.org/a.css>",
    '<link rel="preconnect" href="https://example.org" crossorigin>',
    "<img alt='图'\nsrc=' https://example.org/a.png'>",
    "<script id='a'>if (a < b) {\nc.src = 'https://example.org/'}</script>",
]
AT_REST = [
    '<a href="https://example.org">甲</a> <link rel="canonical" href="https://example.org/a.html">',
    '<meta name="Url" content="https://example.org"><svg xmlns="http://www.w3.org/2000/svg"></svg>',
    '<script type="application/json">{"a": "https://example.org"}</script><img src="a//b.png">',
    "<script src='a.js'></script><p>https://example.org</p>",
]


@pytest.mark.parametrize("element", FETCHING)
def test_a_page_that_asks_something_of_another_site_does_not_leave(element: str) -> None:
    (problem,) = found({"a.html": element})
    assert (problem.rule, "要从别的网站取“" in problem.message) == ("FZ507", True)


@pytest.mark.parametrize("element", AT_REST)
def test_a_page_may_lead_to_another_site(element: str) -> None:
    assert found({"a.html": element}) == []
