"""The attack set of attacks.yml in every field and every output: refused in words, or harmless."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nh3
import openpyxl
import pypdf
import pytest
import yaml
from lxml import etree
from playwright.sync_api import Browser, Page, expect

from fazhi import project
from fazhi.commands.compare import compare, markdown
from fazhi.commands.spreadsheets import books, exporting, importing
from fazhi.output import documents as exports
from fazhi.output import leaks
from fazhi.output.documents import layout
from fazhi.problems import formats
from fazhi.problems.problem import Problem
from fazhi.problems.quoting import INVISIBLE
from fazhi.records import ledger
from fazhi.records import names as naming
from fazhi.records.names import STEM
from fazhi.report.editions import Edition
from fazhi.schema.kinds import KINDS
from fazhi.schema.spelling import one_line
from fazhi.sources import front_matter, strict_yaml
from fazhi.sources.faults import too_large
from fazhi.sources.text import unseen
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY
from tests.output.test_exports import STRICT, untold
from tests.support import forms
from tests.support.attacked import EDITIONS, Outcome, outcome_in, together, without_a_frame
from tests.support.building import page
from tests.support.hostile import ATTACKS, KNOWN, STOPPED
from tests.support.watching import RESULTS, search, watched

pytest_plugins = ["tests.support.browsing"]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return outcome_in(tmp_path_factory.mktemp("attacks"))


# What the checker says


@pytest.mark.slow
def test_every_attack_is_refused_by_a_rule_or_passes(outcome: Outcome) -> None:
    assert len(set(ATTACKS)) == len(ATTACKS) >= 60
    assert all(re.fullmatch(r"FZ\d{3}", rule) for rule in outcome.made.refused.values())
    assert {attack for _, attack in outcome.made.tried} >= set(ATTACKS)
    refused = [a for a in ATTACKS if ("活动.标题", a) in outcome.made.refused]
    assert refused == [a for a in ATTACKS if any(unseen(a))]


def test_what_names_a_file_of_this_machine_is_refused_when_it_would_leave() -> None:
    for attack in STOPPED:
        found = list(leaks.find({"index.md": f"# x\n\n{attack}\n"}))
        told = [(problem.rule, str(problem.severity)) for problem in found]
        assert told in ([("FZ501", "错误")], [("FZ507", "错误")]), attack


def test_yaml_that_is_an_attack_is_text_or_refused() -> None:
    for attack in ATTACKS:
        head = (
            f"---\n标题: 某事\n日期: 2024-03-03\n类别: 宣传活动\n地点: 某村\n承办: {attack}\n---\n"
        )
        record, problems = ledger.as_record(
            head.encode(), "records/2024/activities/某事.md", 2024, KINDS["活动"]
        )
        assert problems or record
        if record and record.fields.office:
            assert record.fields.office in attack.replace("\n  ", "\n") + "  x"


# Tables


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_cell_of_a_csv_is_a_formula(outcome: Outcome, edition: Edition) -> None:
    seen: set[str] = set()
    for name, content in outcome.pages[edition].items():
        if not name.endswith(".csv"):
            continue
        assert isinstance(content, bytes)
        table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert len({len(row) for row in table}) == 1, name
        for cell in (cell for row in table for cell in row):
            assert not re.match(r"\s*[=+\-@＝＋－＠]", cell), (name, cell)
            seen.add(cell)
    for attack in (one_line(text.strip()) for text in outcome.made.passed("活动.地点")):
        assert attack in seen or f"'{attack}" in seen, attack


@pytest.mark.parametrize("edition", EDITIONS)
def test_json_holds_the_names_as_they_are(outcome: Outcome, edition: Edition) -> None:
    content = outcome.pages[edition]["data/2024/figures.json"]
    entries = {entry["name"]: entry for entry in json.loads(content)["figures"]}
    for unit in outcome.made.passed("指标.单位"):
        assert any(entry["unit"] == unit for entry in entries.values()), unit
    assert set(entries["各类活动"]["parts"]) >= set(outcome.made.passed("活动.类别"))


def test_a_ledger_holds_text_and_comes_back_the_same(outcome: Outcome, tmp_path: Path) -> None:
    (year,) = outcome.project.years
    data, problems = exporting.workbook(
        year.records, list(KINDS.values()), year.settings, year.year
    )
    assert not problems
    held = set()
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type != "f", cell.value
            held.add(cell.value)
    passed = outcome.made.passed("活动.地点")
    assert held >= {books.escaped(one_line(attack.strip())) for attack in passed}
    file = tmp_path / "台账.xlsx"
    file.write_bytes(data)
    plan = importing.plan(Folder(outcome.made.root), file, year.settings, TODAY, None)
    assert not plan.refused
    assert not plan.accepted()


# Pages as they are given to a generator


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_text_is_a_template_of_another_generator(outcome: Outcome, edition: Edition) -> None:
    for name, content in outcome.pages[edition].items():
        if name.endswith(".md"):
            assert isinstance(content, str)
            body = content.split("\n---\n", 1)[1]
            anchors = re.sub(r"^#+ .* \{#[^{}]+\}$", "", body, flags=re.MULTILINE)
            assert not set(anchors) & {"{", "}"}, name
            head = yaml.safe_load(content.split("\n---\n", 1)[0])
            head.pop("meta", None)  # which a template writes into attributes, escaped there
            texts = "".join(value for value in head.values() if isinstance(value, str))
            assert not set(texts) & {"{", "}"}, name


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_name_of_a_page_stays_in_its_place(outcome: Outcome, edition: Edition) -> None:
    for name in outcome.pages[edition]:
        assert (
            re.fullmatch(r"[\w.-]+(?:/[\w.·-]+(?:（示例）\.\w+)?)*", name) and ".." not in name
        ), name


# Pages in a browser


_STRANGERS = """html => {
    const tags = new Set(("a article aside b body br button caption code data dd details div dl dt em "
        + "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html img input kbd label "
        + "li link main meta nav ol p path rect script section span strong style summary svg table "
        + "tbody td text th thead title tr ul desc blockquote time pre line "
        + "polyline circle g wbr").split(" "));
    const names = /^(aria-[a-z]+|data-(md|fz)-[a-z-]+|data-(label|clipboard-target|search-exclude|figure|year|unit|numerator|denominator|of|part|since|months)|class|id|href|title|name|content|charset|lang|dir|rel|role|tabindex|type|for|scope|src|alt|width|height|viewBox|xmlns|d|x|y|x1|x2|y1|y2|text-anchor|open|hidden|placeholder|autocomplete|autocapitalize|autocorrect|spellcheck|value|media|checked|start|required|http-equiv|loading|download|colspan|fill|stroke|stroke-width|stroke-linejoin|paint-order|points|cx|cy|r|font-(size|family|weight))$/;
    const found = [];
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const element of page.querySelectorAll("*")) {
        const tag = element.localName;
        if (!tags.has(tag)) found.push("<" + tag + ">");
        for (const {name, value} of element.attributes) {
            if (!names.test(name)) found.push(tag + " " + name + "=" + value);
            if (/^(href|src)$/.test(name) && /^\\s*(?!https?:|data:image\\/|data:,$)[a-z][a-z0-9+.-]*:/i.test(value))
                found.push(tag + " " + name + "=" + value);
            if (name === "src" && /^\\s*(\\/\\/|[\\\\]{2}|https?:)/i.test(value)) found.push(value);
            if (name === "http-equiv" && value !== "Content-Security-Policy") found.push(value);
        }
        const inside = element.closest("article");
        if (tag === "img" && !/^(\\.\\.\\/)*[\\w/.-]+\\.(jpg|svg)$/.test(element.getAttribute("src")))
            found.push("<img src=" + element.getAttribute("src"));
        if (element.matches("button.fz-print")) continue;  // ours, at the head of a report
        if (inside && /^(script|style|meta|link|base|form|input|button)$/.test(tag))
            found.push("in the article: <" + tag + ">");
    }
    const ids = [...page.querySelectorAll("[id]")].map(e => e.id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push("twice #" + id);
    return found;
}"""
"""What of a page, parsed as this browser parses it, is no known element or attribute."""


@pytest.fixture(scope="module")
def shared_tab(browser: Browser) -> Iterator[Page]:
    called = (
        "for (const name of ['alert', 'prompt', 'confirm', 'open', 'print', 'fetch'])"
        " window[name] = what => console.error('an attack ran: ' + name + ' ' + what);"
    )
    with watched(browser, script=called) as (tab, watch):
        tab.on("dialog", lambda dialog: watch.errors.append(dialog.message))
        yield tab


def test_no_page_holds_a_strange_element(outcome: Outcome, shared_tab: Page) -> None:
    files = [file for top in (outcome.site, outcome.inside) for file in sorted(top.rglob("*.html"))]
    assert len(files) > 110
    shared_tab.goto("about:blank")
    found = {
        str(file): shared_tab.evaluate(_STRANGERS, file.read_text(encoding="utf-8"))
        for file in files
    }
    assert {name: strange[:5] for name, strange in found.items() if strange} == {}


def test_what_passed_is_shown_as_it_was_typed(outcome: Outcome) -> None:
    made, site = outcome.made, outcome.site
    records = "".join(page(file).text for file in sorted((site / "records").rglob("*.html")))
    assert missing(made.passed("活动.地点"), records) == []
    captions = [
        caption.text
        for file in sorted((site / "records").rglob("*.html"))
        for caption in page(file).every("figcaption")
    ]
    assert missing(made.passed("活动.地点"), "".join(captions)) == []
    assert missing(made.passed("报告.主送"), page(site / "report/2024.html").text) == []
    assert "由1场更正为" in page(site / "report/2024.html").text


def missing(attacks: list[str], text: str) -> list[str]:
    """The attacks that a text does not show."""
    return [attack for attack in attacks if plain(attack) not in plain(text)]


def plain(text: str) -> str:
    """Text without white space, which a page may set otherwise."""
    return "".join(text.split())


_TOUCHED = """() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const element of document.querySelectorAll("article, article *")) {
        for (const name of ["mouseover", "mouseenter", "focus", "pointerdown", "toggle", "load", "error"])
            element.dispatchEvent(new Event(name, {bubbles: true}));
        if (element.tabIndex >= 0) element.focus();
        if (element.localName === "summary") element.click();
    }
}"""
"""Whatever a reader could do to what stands in an article, but for following its links."""


def test_no_script_runs_and_no_request_leaves(
    outcome: Outcome, shared_tab: Page, tmp_path: Path
) -> None:
    site = outcome.site
    asked: set[str] = set()
    shared_tab.on("request", lambda request: asked.add(unquote(urlsplit(request.url).path)))
    names = ["index.html", "404.html", "report/2024.html", "data/2024/index.html"]
    opened = [site / name for name in names]
    opened += sorted((site / "2024").glob("[apm]*.html"))
    opened += sorted((site / "records").rglob("*.html"))[::6]
    for file in opened:
        shared_tab.goto(file.as_uri())
        assert shared_tab.locator("h1").count() == 1, file
        shared_tab.evaluate(_TOUCHED)
    for number, content in enumerate(without_a_frame(outcome)):
        (tmp_path / f"{number}.html").write_text(content, encoding="utf-8")
    for file in [*together(outcome.inside), *tmp_path.iterdir()]:
        shared_tab.goto(file.as_uri(), wait_until="load")
        shared_tab.evaluate(_TOUCHED)
        if file.suffix == ".htm":  # none has swallowed the next
            assert shared_tab.locator("article").count() == len([*file.parent.glob("*.html")])
    absent = [path for path in sorted(asked) if not Path(path).is_file()]
    assert absent == []
    elsewhere = [path for path in asked if not is_inside(path, site, outcome.inside, tmp_path)]
    assert elsewhere == []


def is_inside(path: str, *folders: Path) -> bool:
    return any(Path(path).is_relative_to(folder) for folder in folders)


def test_search_shows_attacks_as_text(outcome: Outcome, shared_tab: Page) -> None:
    shared_tab.goto((outcome.site / "index.html").as_uri())
    results = shared_tab.locator("[data-md-component=search-result]")
    for query in ("script alert", "{{ config", "=HYPERLINK"):
        search(shared_tab, query)
        strange = results.locator("script, img, iframe, svg script, form, style, base, meta")
        assert strange.count() == 0, query
        touched = _TOUCHED.replace("article, article *", ".md-search-result *")
        assert results.evaluate(touched) is None
        with shared_tab.expect_navigation():
            shared_tab.locator(RESULTS).first.click()
        expect(shared_tab.locator("h1")).to_have_count(1)


# Documents


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_word_file_holds_text_and_web_links_only(outcome: Outcome, edition: Edition) -> None:
    data = next(d for name, d in outcome.documents[edition].items() if name.endswith(".docx"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert not [name for name in parts if not re.fullmatch(r"[\w/.\[\]]+\.(xml|rels)", name)]
    trees = {name: etree.fromstring(content) for name, content in parts.items()}
    for name, tree in trees.items():
        assert not [*tree.iter(etree.Comment, etree.ProcessingInstruction, etree.Entity)], name
        tags = {etree.QName(element).localname for element in tree.iter()}
        assert not tags & {"instrText", "altChunk", "object", "subDoc", "fldChar", "script"}, name
        assert {e.get(f"{W}instr") for e in tree.iter(f"{W}fldSimple")} <= {"PAGE"}, name
        for link in tree.iter("{*}Relationship"):
            target = link.get("Target", "")
            is_web = link.get("TargetMode") != "External" or re.match("https?://", target)
            assert is_web, target
    said = "".join(e.text or "" for e in trees["word/document.xml"].iter(f"{W}t"))
    assert missing(shown_in_documents(outcome), said) == []


def shown_in_documents(outcome: Outcome) -> list[str]:
    """The attacks that stand in a report's head and its corrections."""
    places = ("报告.主送", "更正.说明", "更正.原因", "更正.批准")
    whole = [text for place, text in outcome.made.tried if place in places]
    assert len(whole) == 4 and not [k for k in outcome.made.refused if k[0] in places]
    return [attack for text in whole for attack in text.split(" 。 ")]


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_pdf_does_nothing_but_lead_to_the_web(
    outcome: Outcome, edition: Edition, tmp_path: Path
) -> None:
    data = next(d for name, d in outcome.documents[edition].items() if name.endswith(".pdf"))
    reader = pypdf.PdfReader(io.BytesIO(data))
    numbers = range(1, len(reader.xref[0]) + sum(map(len, reader.xref_objStm.values())) + 1)
    held = "\n".join(str(reader.get_object(n)) for n in numbers)
    assert ACTIONS.findall(held) == []
    assert re.findall(r"'/URI': '(?!https?://)", held) == []
    file = tmp_path / "报告.pdf"
    file.write_bytes(data)
    top, (width, height) = layout.TOP, layout.TYPE_AREA  # no header nor page number within
    area = {"-x": layout.LEFT, "-y": top, "-W": width, "-H": height}
    places = [text for name, length in area.items() for text in (name, str(round(length)))]
    printed = forms.said("pdftotext", "-raw", *places, file, "-")
    asked = [a for a in shown_in_documents(outcome) if a.isascii()]
    assert len(asked) > 60
    # 内部资料 is printed across each page, and read where a page ends.
    assert missing(asked, plain(printed).replace("内部资料", "")) == []


ACTIONS = re.compile(
    "'/(?:JS|JavaScript|AA|EF|RichMediaContent|XFA|Launch|SubmitForm|ImportData|GoToR|Rendition)'"
)
"""What a PDF could do, as a key or a kind of an object."""


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_body_and_its_fields_are_text(
    outcome: Outcome, edition: Edition, shared_tab: Page
) -> None:
    files = outcome.documents[edition]
    body = next(d for n, d in files.items() if n.startswith("body")).decode()
    assert nh3.clean(body, **STRICT) == untold(body)  # type: ignore[arg-type] # of several types
    shared_tab.goto("about:blank")  # whose policy forbids no style
    read = shared_tab.evaluate(
        "html => new DOMParser().parseFromString(html, 'text/html').body.textContent", body
    )
    assert missing(shown_in_documents(outcome), read) == []
    fields = json.loads(next(d for n, d in files.items() if n.endswith(".json")))
    assert not [text for text in fields.values() if len(text.splitlines()) > 1]
    assert len(
        next(d for n, d in files.items() if n.endswith(".txt")).decode().splitlines()
    ) == len(fields)


def test_no_document_has_a_name_that_leads_elsewhere(outcome: Outcome) -> None:
    names = [exports.file_name(attack) for attack in ATTACKS]
    names += [name for files in outcome.documents.values() for name in files]
    for name in names:
        assert name and not re.search(r'[\\/:*?"<>|\x00-\x1f]|^\.|[. ]$', name), name
        assert len(f"{name}.docx".encode()) <= 255


# What else is printed


def test_a_host_shows_every_attack_as_text() -> None:
    for attack in KNOWN:
        problem = Problem(
            f"records/{attack}.md", 1, 1, *too_large("", "")._replace(message=attack, hint=attack)
        )
        (line,) = formats.github([problem])
        assert len(line.splitlines()) == 1
        properties = re.fullmatch(r"::error (file=[^,:]*),line=1,col=1,title=[^,:]*::.*", line)
        assert properties, line
        assert not re.search("[\0-\x1f\x7f-\x9f\u202a-\u202e]", line + formats.line(problem))


def test_a_comparison_shows_every_attack_as_text(outcome: Outcome) -> None:
    before = project.load(Folder(BASE), TODAY)
    shown = markdown(compare(before, outcome.project, "原来", "现在"))
    outside = re.sub("`[^`]*`", "", shown)
    assert not re.search(r"script|alert|evil|onerror|\{\{|javascript", outside)
    assert not re.search(r"<(?!/?(?:details|summary)>)|@|\]\(|://", outside)


def test_a_new_record_holds_an_attack_as_it_was_answered() -> None:
    order = list(KINDS["活动"].fields)
    for attack in ATTACKS:
        text = front_matter.record({"标题": attack, "主题": [attack]}, order)
        head = text.split("\n---\n")[0].removeprefix("---\n")
        if not INVISIBLE.search(attack):
            assert strict_yaml.load(head, dict) == {"标题": attack, "主题": [attack]}
        name = naming.stem(KINDS["活动"], "2024-05-01", attack, ())
        assert STEM.fullmatch(name), name
