"""The site in a real browser, opened from its folder, with every other address refused."""

from __future__ import annotations

import io
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.support.building import Project, page, read_record, readable
from tests.support.watching import NOTICE, RESULTS, search

pytest_plugins = ["tests.support.browsing"]

# The way of a citizen


def test_a_number_leads_to_its_evidence_and_back(public: Path, tab: Page) -> None:
    tab.goto((public / "index.html").as_uri())
    tab.locator(".fz-newest a").first.click()
    expect(tab).to_have_url(re.compile(r"/report/2024\.html$"))
    figure = tab.locator("a.fz-figure", has_text="10余场")
    expect(figure).to_have_attribute("aria-haspopup", "dialog")  # the script is there
    figure.click()
    tab.get_by_role("link", name="看依据表里的这一行").click()
    row = tab.locator("tr:target")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("专题宣传活动")
    expect(row).to_contain_text("“10余场”")
    row.get_by_role("link", name="法治宣传").click()
    expect(tab).to_have_url(re.compile(r"/2024/publicity\.html#"))
    heading = tab.locator(":target")
    expect(heading).to_be_in_viewport()
    expect(heading).to_have_text("专题宣传活动")
    tab.go_back()
    expect(tab).to_have_url(re.compile(r"/report/2024\.html#"))
    tab.go_back()
    expect(tab).to_have_url(re.compile(r"/report/2024\.html$"))
    expect(figure).to_be_visible()


def test_evidence_leads_to_a_record(public: Path, tab: Page) -> None:
    tab.goto((public / "2024/publicity.html").as_uri())
    tab.locator("article details", has_text="条记录").first.evaluate(
        "details => details.open = true"
    )
    link = tab.locator("article details[open] li a").first
    title = (link.text_content() or "").split(" ", 1)[1]
    link.click()
    expect(tab.locator("h1")).to_have_text(title)


@pytest.mark.parametrize(
    ("query", "start"), [("调解成功率", "index.html"), ("宪法宣传", "2024/mediation.html")]
)
def test_search_finds_and_opens_a_page(public: Path, tab: Page, query: str, start: str) -> None:
    tab.goto((public / start).as_uri())
    search(tab, query)
    first = tab.locator(RESULTS).first
    found = unquote(first.get_attribute("href") or "").partition("?")[0].partition("#")[0]
    first.click()
    expect(tab.locator(RESULTS).first).to_be_hidden()
    assert unquote(tab.url).partition("?")[0] == found
    for word in (query[:2], query[2:]):
        expect(tab.locator("article")).to_contain_text(word)


def test_search_finds_every_place(sample: Project, public: Path, tab: Page) -> None:
    activities = list((sample.records / "2024/activities").iterdir())
    places = Counter(read_record(file)[0]["地点"] for file in activities)
    tab.goto((public / "index.html").as_uri())
    for place in [name for name, count in places.items() if count == 1]:
        search(tab, place)
        expect(tab.locator(RESULTS).first).to_contain_text(re.compile(".*".join(place)))


def test_search_finds_a_whole_sentence_of_the_report(public: Path, tab: Page) -> None:
    (article,) = page(public / "report/2024.html").every("article")
    sentences = [s for p in article.every("p") for s in p.text.split("。")]
    (sentence,) = [s for s in sentences if "枫桥经验" in s]
    assert len(sentence) > 50
    tab.goto((public / "index.html").as_uri())
    search(tab, sentence)
    first = tab.locator(RESULTS).first
    expect(first).to_have_attribute("href", re.compile(r"report/2024\.html"))
    first.click()
    expect(tab.locator("article")).to_contain_text(sentence)


def test_search_says_when_it_finds_nothing(public: Path, tab: Page) -> None:
    tab.goto((public / "index.html").as_uri())
    box = tab.locator("[data-md-component=search-query]")
    box.fill("qqxxyyzz")
    box.press("End")
    expect(tab.locator(".md-search-result__meta")).to_have_text("没有找到相关内容")


PLACES = {
    "xianfa": "<p>国家宪法日，<strong>十二月</strong>四日，开展宪法宣传。</p>",
    "apart": "<p>学习宪章，执行法律。</p>",
    "law": "<p>法治讲座 12·4，发放１６０份 &amp; ABC手册 v2.5。</p>",
    "dots": "<p>12.4 活动，满意率95.5%，文号〔2025〕3号，2024-04-15</p>",
    "old": "<p>國家安全，公民個人資料保護 112.4</p>",
    "rare": "<p>𠮷家村、䶮乡，Ａ栋；a.b；&lt;script&gt;</p>",
}


@pytest.fixture(scope="module")
def searched(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home page of the site, whose index holds what is searched here."""
    root = tmp_path_factory.mktemp("searched") / "site"
    shutil.copytree(public / "assets", root / "assets")
    shutil.copy(public / "index.html", root)
    docs = [{"location": f"{n}.html", "title": f"题{n}", "text": t} for n, t in PLACES.items()]
    docs.append({"location": "law.html#it", "title": "小题", "text": "<p>宪法 &amp; 小节</p>"})
    index = {
        "config": {"lang": ["zh"], "separator": " ", "pipeline": [], "fields": {}},
        "docs": docs,
    }
    (root / "search").mkdir()
    script = f"var __index = {json.dumps(index)}"
    (root / "search/search_index.js").write_text(script, encoding="utf-8")
    return root / "index.html"


QUERIES: list[tuple[str, str | None]] = [
        # Every character, the first too
        ("宪法", "xianfa apart law#it"), ("法宪", "xianfa apart law#it"), ("宪", "xianfa apart law#it"),
        ("宪法宣传", "xianfa"), ("宪法 宣传", "xianfa"), ("“宪法”，宣传！", "xianfa"), ("宪法税", ""),
        ("题法", "xianfa apart law law#it"), ("国家十二月", "xianfa"), ("strong", ""), ("p", ""),
        # One way of writing and another
        ("12·4", "law dots"), ("12.4", "law dots"), ("１２．４", "law dots"), ("12•4", "law dots"),
        ("12・4", "law dots"), ("160", "law"), ("１６０份", "law"), ("abc", "law"), ("ＡＢＣ手册", "law"),
        ("V2.5", "law"), ("A栋", "rare"), ("95.5%", "dots"), ("九五", ""), ("〔2025〕3号", "dots"),
        ("[2025]3号", "dots"), ("2024-04-15", "dots"), ("２０２４－０４－１５", "dots"), ("a.b", "rare"),
        # A number is looked for from its beginning; a dot is a dot
        ("2.4", ""), ("112", "old"), ("12", "law dots"), ("12x4", ""), ("bc", ""),
        # Traditional and simplified; rare ones
        ("憲法", "xianfa apart law#it"), ("憲法宣傳", "xianfa"), ("國家", "xianfa old"), ("個人資料", "old"),
        ("𠮷家", "rare"), ("䶮", "rare"), ("⽇", "xianfa"),
        # What is no query of words
        ("*", None), ("\"", None), ("。", None), ("+宪法", "xianfa apart law#it"), ("-宪法", "xianfa apart law#it"),
        ("title:宪法", ""), ("宪法~1", ""), ("宪法*", "xianfa apart law#it"), ("(宪", "xianfa apart law#it"),
        ("[", None), ("\\", None), ("<b>宪", ""), ("<script>", "rare"), ("constructor", ""),
        ("__proto__", ""), ("&", None), ("👍", None), ("宪" * 3000, "xianfa apart law#it"),
]  # fmt: skip


EMPTY = "请输入要查找的内容"
FOUND = """async ([queries, empty]) => {
    const box = document.querySelector("[data-md-component=search-query]");
    const meta = document.querySelector(".md-search-result__meta");
    const ask = async (query) => {
        box.value = query;
        box.dispatchEvent(new KeyboardEvent("keyup", { key: "End", bubbles: true }));
        for (let frames = 0; (meta.textContent.trim() === empty) !== (query === ""); frames++) {
            if (frames > 600) throw new Error(`no answer to ${query}`);
            await new Promise(requestAnimationFrame);
        }
    };
    const found = [];
    for (const query of queries) {
        await ask("");
        await ask(query);
        found.push([...document.querySelectorAll(".md-search-result__link")].map((link) => link.href));
    }
    return found;
}"""
"""What is found of each query, in the page: a question from outside takes ten times as long."""


def test_each_kind_of_query(searched: Path, tab: Page) -> None:
    tab.goto(searched.as_uri())
    search(tab, "宪法")  # as a person does
    found = tab.evaluate(FOUND, [[query for query, _ in QUERIES], EMPTY])
    wrong = []
    for (query, expected), places in zip(QUERIES, map(set, found), strict=True):
        wanted = {
            f"{searched.parent.as_uri()}/{page}.html{mark and f'#{mark}'}"
            for page, _, mark in (place.partition("#") for place in (expected or "").split())
        }
        # The page of a place that was found stands above it.
        wanted |= {place.partition("#")[0] for place in wanted}
        if places != wanted:
            wrong.append((query, places))
    assert wrong == []


def test_what_was_searched_for_is_marked(searched: Path, tab: Page) -> None:
    tab.goto(searched.as_uri())
    search(tab, "憲法 宣传")
    first = tab.locator(RESULTS).first
    expect(first.locator("mark")).to_have_text(["宪法", "宪法", "宣传"])
    expect(first).to_contain_text("开展宪法宣传")
    search(tab, "script")
    expect(tab.locator(RESULTS).first).to_contain_text("<script>")


# How it is laid out


@pytest.mark.parametrize("width", [1280, 360])
def test_a_name_is_broken_only_where_it_is_wider_than_the_line(
    public: Path, tab: Page, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto((public / "report/2024.html").as_uri())
    lines = """() => [...document.querySelectorAll(".fz-name")].map(name => {
        const words = document.createRange();
        words.selectNodeContents(name);
        return new Set([...words.getClientRects()].map(line => line.top)).size;
    })"""
    assert set(tab.evaluate(lines)) == {1}
    longer = """() => document.querySelectorAll(".fz-name").forEach(name => {
        name.innerHTML = "示例土家族苗族自治县<wbr>河坪乡<wbr>" + "便民服务和综合行政执法协调".repeat(5);
    })"""
    tab.evaluate(longer)
    assert max(tab.evaluate(lines)) > 1
    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_no_cell_of_the_evidence_has_more_than_three_lines(public: Path, tab: Page) -> None:
    tab.goto((public / "report/2024.html").as_uri())
    lines = """cells => cells.map(cell => {
        const style = getComputedStyle(cell), all = document.createRange();
        all.selectNodeContents(cell);
        return all.getBoundingClientRect().height / parseFloat(style.lineHeight);
    })"""
    held = tab.locator(".fz-evidence").locator("th, td").evaluate_all(lines)
    assert len(held) > 100
    assert max(map(round, held)) <= 3
    across = tab.locator(".fz-evidence tbody tr").first.evaluate("row => row.clientWidth")
    how = tab.locator(".fz-evidence td:nth-child(3)").first.evaluate("cell => cell.clientWidth")
    assert how > across / 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_watermark_hides_no_text(kinds: dict[str, Path], scheme: Any, tab: Page) -> None:
    tab.emulate_media(color_scheme=scheme)
    tab.goto(kinds["draft"].as_uri())
    name = {"light": "default", "dark": "slate"}[scheme]
    expect(tab.locator("body")).to_have_attribute("data-md-color-scheme", name)
    expect(tab.get_by_text("还没有审核同意公开，数字")).to_be_visible()
    veil = """name => {
        const mark = document.querySelector("[data-fz-watermark]");
        return getComputedStyle(mark, "::after")[name];
    }"""
    assert "草稿" in tab.evaluate(veil, "content")
    assert tab.evaluate(veil, "pointerEvents") == "none"
    ink, part = colour(tab.evaluate(veil, "color")), float(tab.evaluate(veil, "opacity"))

    def veiled(seen: Colour) -> Colour:
        red, green, blue = (s * (1 - part) + i * part for s, i in zip(seen, ink, strict=True))
        return red, green, blue

    faint = [
        text
        for text in TEXTS
        if tab.locator(text).count() and ratio(*map(veiled, colours(tab, text))) < 4.5
    ]
    assert faint == []


TEXTS = (
    *("h1", "article p", "article a", "caption", "th", "td", "dt", "dd"),
    *(".fz-note", ".fz-figure", ".fz-words", ".fz-draft"),
)
"""Whatever holds text of a report, by how it is set."""


def test_print_keeps_a_link_legible(public: Path, tab: Page) -> None:
    tab.goto((public / "report/2024.html").as_uri())
    tab.emulate_media(media="print", color_scheme="dark")
    figure = tab.locator("a.fz-figure").first
    expect(figure).to_have_css("color", "rgb(0, 0, 0)")  # when the theme has faded to it
    assert colours(tab, "a.fz-figure") == ((0, 0, 0), (255, 255, 255))


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], ids=["no-js"], indirect=True)
def test_without_scripts_every_page_reads(kinds: dict[str, Path], tab: Page) -> None:
    for file in kinds.values():
        tab.goto(file.as_uri())
        expect(tab.get_by_text(NOTICE).first).to_be_visible()
        expect(tab.locator("h1")).to_be_visible()
        tables = tab.locator("main table:not(details table)")  # folded: the same again
        if count := tables.count():
            expect(tables.nth(count - 1)).to_be_visible()


@pytest.mark.parametrize("tab", [{"java_script_enabled": False}], ids=["no-js"], indirect=True)
def test_without_scripts_the_report_leads_to_its_evidence(public: Path, tab: Page) -> None:
    tab.goto((public / "report/2024.html").as_uri())
    expect(tab.get_by_text("全年开展专题宣传活动")).to_be_visible()
    expect(tab.locator("table")).to_have_count(2)
    for table in tab.locator("table").all():
        expect(table).to_be_visible()
    figure = tab.locator("a.fz-figure", has_text="10余场")
    figure.click()
    expect(tab.locator("tr:target")).to_be_in_viewport()


Colour = tuple[float, float, float]


def colour(text: str) -> Colour:
    """rgb(…) as three numbers."""
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", text)[:3])
    return red, green, blue


def colours(tab: Page, selector: str) -> tuple[Colour, Colour]:
    """Of the first such element: its text's, and the nearest behind it that is not see-through."""
    ink, paper = tab.locator(selector).first.evaluate(
        """element => {
            const seen = at => getComputedStyle(at);
            let behind = element;
            while (behind && /, 0\\)$|^transparent$/.test(seen(behind).backgroundColor))
                behind = behind.parentElement;
            return [seen(element).color, behind ? seen(behind).backgroundColor : "rgb(255, 255, 255)"];
        }"""
    )
    return colour(ink), colour(paper)


def luminance(red: float, green: float, blue: float) -> float:
    """Relative luminance, as WCAG 2.1 defines it."""
    linear = [
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4
        for c in (red / 255, green / 255, blue / 255)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: Colour, other: Colour) -> float:
    """The contrast of two colours, as WCAG 2.1 defines it."""
    darker, lighter = sorted((luminance(*one), luminance(*other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    "tab", [{"viewport": {"width": 360, "height": 740}}], ids=["360"], indirect=True
)
def test_the_menu_opens_on_a_telephone(public: Path, tab: Page) -> None:
    tab.goto((public / "2024/publicity.html").as_uri())
    link = tab.locator(".md-sidebar--primary").get_by_role("link", name="矛盾化解").first
    expect(link).not_to_be_in_viewport()
    tab.get_by_role("button", name="打开栏目导航").click()
    expect(link).to_be_in_viewport()
    link.click()
    expect(tab).to_have_url(re.compile(r"/2024/mediation\.html$"))


def test_search_reads_nothing_that_the_edition_hides(public: Path) -> None:
    assert "内部资料" not in readable(public / "search/search_index.js")


# On paper


def sheets(tab: Page, file: Path) -> list[list[str]]:
    """The lines of each sheet of a printed page."""
    tab.goto(file.as_uri())
    pages = pypdf.PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages
    texts = (normalize("NFKC", page.extract_text()) for page in pages)
    return [["".join(line.split()) for line in text.splitlines()] for text in texts]


def test_the_home_page_is_one_sheet_without_ways_that_paper_has_not(
    public: Path, tab: Page
) -> None:
    (sheet,) = sheets(tab, public / "index.html")
    assert any("没有报告" in line for line in sheet)
    assert not any(line == "工作" for line in sheet)


def test_a_sections_name_stays_with_its_first_row(public: Path, tab: Page) -> None:
    names = [row.text for row in page(public / "data/index.html").every("tr", kind="fz-group")]
    assert len(names) > 4
    lasts = [
        next(line for line in reversed(sheet) if not line.startswith("—"))
        for sheet in sheets(tab, public / "data/index.html")
    ]
    assert [line for line in lasts if line in names] == []


# Where the last of an odd number stands


@pytest.mark.parametrize("file", ["index.html", "report/2024-pictures.html"])
def test_the_last_card_on_a_phone_is_as_wide_as_its_row(public: Path, file: str, tab: Page) -> None:
    tab.set_viewport_size({"width": 360, "height": 900})
    tab.goto((public / file).as_uri())
    cards = (
        "[...document.querySelectorAll('.fz-cards > li, .fz-keys > li')].map(c => c.clientWidth)"
    )
    first, second, *others, last = tab.evaluate(cards)
    assert len(others) % 2 == 0
    assert last > first + second


def test_nor_leaves_the_last_field_of_a_record_a_hole(public: Path, tab: Page) -> None:
    record = next((public / "records/2024/activities").glob("2024-04-15*"))
    tab.goto(record.as_uri())
    fields = "[...document.querySelectorAll('.fz-catalogue > div')].map(field => field.clientWidth)"
    first, *others, last = tab.evaluate(fields)
    assert len(others) % 2
    assert last >= 2 * first
