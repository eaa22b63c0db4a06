"""The attack set of attacks.yml in every field and every output: refused in words, or harmless."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from fazhi import ledger, pages, project
from fazhi.editions import Edition
from fazhi.schema import KINDS
from fazhi.spreadsheets import books, exporting, importing
from tests.building import copied, page
from tests.conftest import TODAY
from tests.hostile import ATTACKS, Hostile, gathered
from tests.watching import RESULTS, Watch, search

pytest_plugins = ["tests.browsing"]

EDITIONS = list(Edition)


@dataclass(frozen=True)
class Outcome:
    """What passed, checked, its pages by edition, and a smaller project of it, built."""

    made: Hostile
    project: project.Project
    pages: dict[Edition, pages.Pages]
    sites: dict[Edition, Path]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    root = tmp_path_factory.mktemp("attacks")
    made = Hostile(root / "each")
    made.write()
    checked = project.load(made.root, TODAY)
    mapping = {e: pages.site(checked.years, checked.home, e) for e in EDITIONS}
    built = copied(root / "together")
    for name in ("records", "docs/report", "docs/index.md"):
        target = built.root / name
        if target.is_dir():
            shutil.rmtree(target)
            shutil.copytree(made.root / name, target)
        else:
            shutil.copyfile(made.root / name, target)
    for folder in ("guide", "rules"):  # written by us, and without records
        shutil.rmtree(built.root / "docs" / folder)
    gathered(Hostile(built.root, made.refused, made.tried))
    sites = {e: built.built("--edition", e) for e in EDITIONS}
    return Outcome(made, checked, mapping, sites)


# What the checker says


def test_every_attack_is_refused_by_a_rule_or_passes(outcome: Outcome) -> None:
    assert len(set(ATTACKS)) == len(ATTACKS) >= 60
    assert all(re.fullmatch(r"FZ\d{3}", rule) for rule in outcome.made.refused.values())
    assert {attack for _, attack in outcome.made.tried} >= set(ATTACKS)
    unseen = [a for a in ATTACKS if ("活动.标题", a) in outcome.made.refused]
    assert unseen == [
        a for a in ATTACKS if re.search("[\0-\x08\x1b\x85\u200b-\u200f\u2028-\u206f]", a)
    ]


def test_yaml_that_is_an_attack_is_text_or_refused(tmp_path: Path) -> None:
    file = tmp_path / "某事.md"
    for attack in ATTACKS:
        head = (
            f"---\n标题: 某事\n日期: 2024-03-03\n类别: 宣传活动\n地点: 某村\n承办: {attack}\n---\n"
        )
        file.write_bytes(head.encode())
        record, problems = ledger.load_record(
            file, "records/2024/activities/某事.md", 2024, KINDS["活动"]
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
    for attack in outcome.made.passed("活动.地点"):
        assert attack.strip() in seen or f"'{attack.strip()}" in seen, attack


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
    assert held >= {books.escaped(a.strip()) for a in outcome.made.passed("活动.地点")}
    file = tmp_path / "台账.xlsx"
    file.write_bytes(data)
    plan = importing.plan(outcome.made.root, file, year.settings, TODAY, None)
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
            assert not set(content.split("\n---\n", 1)[0]) & {"{", "}"}, name


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_name_of_a_page_stays_in_its_place(outcome: Outcome, edition: Edition) -> None:
    for name in outcome.pages[edition]:
        assert re.fullmatch(r"[\w.-]+(?:/[\w.·-]+)*", name) and ".." not in name, name


# Pages in a browser


_STRANGERS = """html => {
    const tags = new Set(("a article aside b body br button caption code dd details div dl dt em "
        + "figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hr html img input kbd label "
        + "li link main meta nav ol p path rect script section span strong style summary svg table "
        + "tbody td text th thead title tr ul desc blockquote time pre line").split(" "));
    const names = /^(aria-[a-z]+|data-(md|fz)-[a-z-]+|data-(label|clipboard-target|search-exclude)|class|id|href|title|name|content|charset|lang|dir|rel|role|tabindex|type|for|scope|src|alt|width|height|viewBox|xmlns|d|x|y|x1|x2|y1|y2|text-anchor|open|hidden|placeholder|autocomplete|autocapitalize|autocorrect|spellcheck|value|media|checked|start|required)$/;
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
        }
        const inside = element.closest("article");
        if (inside && /^(script|style|meta|link|base|form|input|button|img)$/.test(tag))
            found.push("in the article: <" + tag + ">");
    }
    const ids = [...page.querySelectorAll("[id]")].map(e => e.id);
    for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) found.push("twice #" + id);
    return found;
}"""
"""What of a page, parsed as this browser parses it, is no known element or attribute."""


@pytest.fixture(scope="module")
def watched(browser: Browser) -> Iterator[tuple[Page, Watch]]:
    watch = Watch()
    context = browser.new_context()
    context.add_init_script(
        "for (const name of ['alert', 'prompt', 'confirm', 'open', 'print', 'fetch'])"
        " window[name] = what => console.error('an attack ran: ' + name + ' ' + what);"
    )
    context.set_default_timeout(10_000)
    watch.over(context)
    tab = context.new_page()
    tab.on("dialog", lambda dialog: watch.errors.append(dialog.message))
    yield tab, watch
    context.close()
    assert watch.requests == []
    assert watch.errors == []


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_page_holds_a_strange_element(
    outcome: Outcome, edition: Edition, watched: tuple[Page, Watch]
) -> None:
    tab, _ = watched
    strange = {}
    for file in sorted(outcome.sites[edition].rglob("*.html")):
        if found := tab.evaluate(_STRANGERS, file.read_text(encoding="utf-8")):
            strange[str(file.relative_to(outcome.sites[edition]))] = found[:5]
    assert strange == {}


def test_what_passed_is_shown_as_it_was_typed(outcome: Outcome) -> None:
    made, public, inside = outcome.made, outcome.sites[EDITIONS[0]], outcome.sites[EDITIONS[1]]
    shown = {
        folder: plain("".join(page(file).text for file in sorted(folder.rglob("*.html"))))
        for folder in (public / "records", inside / "records/2024/meetings")
    }
    for folder, text in shown.items():
        missing = [a for a in made.passed("活动.地点") if plain(a) not in text]
        assert missing == [], folder
    report = plain(page(public / "report/2024.html").text)
    assert [a for a in made.passed("报告.主送") if plain(a) not in report] == []


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
    outcome: Outcome, watched: tuple[Page, Watch]
) -> None:
    tab, _ = watched
    public, inside = outcome.sites[EDITIONS[0]], outcome.sites[EDITIONS[1]]
    asked: set[str] = set()
    tab.on("request", lambda request: asked.add(unquote(urlsplit(request.url).path)))
    names = ["index.html", "404.html", "report/2024.html", "data/2024/index.html"]
    opened = [public / name for name in names]
    opened += [*sorted((public / "2024").iterdir()), *sorted((public / "records").rglob("*.html"))]
    opened += [inside / "report/2024.html", inside / "2024/mediation.html"]
    for kind in ("meetings", "cases", "standings"):
        opened += sorted((inside / "records/2024" / kind).iterdir())[:4]
    for file in opened:
        tab.goto(file.as_uri())
        assert tab.locator("h1").count() == 1, file
        tab.evaluate(_TOUCHED)
    elsewhere = [p for p in asked if not any(Path(p).is_relative_to(s) for s in (public, inside))]
    assert elsewhere == []
    assert [path for path in asked if not Path(path).is_file()] == []


@pytest.mark.parametrize(
    "query", ["script alert", "onerror", "{{ config", "javascript:alert(1)", "=HYPERLINK", "某乡"]
)
def test_search_shows_attacks_as_text(
    outcome: Outcome, watched: tuple[Page, Watch], query: str
) -> None:
    tab, _ = watched
    tab.goto((outcome.sites[Edition.PUBLIC] / "index.html").as_uri())
    search(tab, query)
    results = tab.locator("[data-md-component=search-result]")
    assert results.locator("script, img, iframe, svg script, form, style, base, meta").count() == 0
    assert results.evaluate(_TOUCHED.replace("article, article *", ".md-search-result *")) is None
    tab.locator(RESULTS).first.click()
    expect(tab.locator("h1")).to_have_count(1)
