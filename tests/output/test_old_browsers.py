"""The site in the oldest browsers of the offices, and in the words that they know: Chromium 78.

The packages come from the npm registry; nothing of them is in what the project gives out.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pypdf
import pytest
from playwright.sync_api import Page

from tests.support.building import ROOT
from tests.support.machine import tool

pytest_plugins = ["tests.support.browsing"]
pytestmark = pytest.mark.browser

ASSETS = ROOT / "docs/assets"
FORM = ROOT / "fazhi/output/form/templates"
REVIEW = ROOT / "fazhi/output/review/templates"
Look = Callable[..., dict[str, Any]]
STYLES = (ASSETS / "site.css", FORM / "form.css", REVIEW / "review.css")


def node(npm: Path, script: str, *arguments: str, given: str = "") -> str:
    """What one of its scripts printed."""
    command = [tool("node"), script, *arguments]
    done = subprocess.run(
        command, cwd=npm, input=given, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stderr == ""
    return done.stdout


NEWER_SCRIPTS = [
    *("a?.b", "a ?? b", "a ||= b", "a.replaceAll('b', 'c')", "[1].at(-1)", "class A { b = 1 }"),
    *("Object.hasOwn({}, 'a')", "1n", "a.matchAll(/b/g)", "structuredClone({})"),
    *("Promise.allSettled([])", "globalThis.a = 1", "import('a')", "1_000", "/(?<a>b)/d"),
]


def test_newer_words_of_scripts_are_refused_and_ours_use_none(npm: Path, tmp_path: Path) -> None:
    for place, newer in enumerate(NEWER_SCRIPTS):
        (tmp_path / f"new{place}.js").write_text(f"{newer};\n", encoding="utf-8")
    # In one run, most of which is its start; it looks at nothing outside its own folder.
    looked_at = npm / "scripts"
    shutil.rmtree(looked_at, ignore_errors=True)
    for folder in (tmp_path, ASSETS, FORM):
        shutil.copytree(folder, looked_at / folder.name)
    config = str(npm / "eslint.config.mjs")
    eslint = "node_modules/eslint/bin/eslint.js"
    said = node(npm, eslint, "--config", config, str(looked_at)).strip().split("\n\n")
    *files, _ = said  # how many there are
    assert [file for file in files if tmp_path.name not in file] == []
    passed = [newer for at, newer in enumerate(NEWER_SCRIPTS) if f"new{at}.js" not in str(files)]
    assert passed == []


def test_no_interface_is_newer(look: Look, kinds: dict[str, Path], tab: Page) -> None:
    tab.goto(kinds["body"].as_uri())
    (known,) = look({"body": kinds["body"]}, NAMES)["body"]
    newer = set(tab.evaluate(NAMES)) - set(known)
    assert {"replaceChildren", "checkVisibility", "inert", "randomUUID"} < newer
    files = [file for folder in (ASSETS, FORM) for file in folder.glob("*.js")]
    named = {n for f in files for n in re.findall(r"\.(\w+)", f.read_text(encoding="utf-8"))}
    assert newer & named == FOLDERS | OURS


# ESLint knows the words of the language and what stands by itself, not what an element can do.
NAMES = """(() => {
    const names = Object.getOwnPropertyNames(window);
    const kinds = names.filter(name => /^[A-Z]/.test(name)).map(name => window[name]);
    const holders = [...kinds, ...kinds.map(kind => kind && kind.prototype), crypto, navigator];
    return [names, ...holders.filter(Boolean).map(Object.getOwnPropertyNames)].flat();
})()"""
FOLDERS = {
    *("showDirectoryPicker", "getDirectoryHandle", "getFileHandle", "getFile", "createWritable"),
    "queryPermission",
}
"""What is offered only where the browser has it: to save into a folder."""
OURS = {"last", "node"}
"""What our own objects hold."""


NEWER_STYLES = [
    *("a { inset: 0 }", ":is(a, b) { top: 0 }", "a { display: flex; gap: 1em }"),
    *("a { width: min(1px, 2px) }", "a:focus-visible { top: 0 }", "a:has(b) { top: 0 }"),
    *("a { b { top: 0 } }", "a { margin-inline: 1px }", "a { height: 1dvh }"),
    *("@layer a { b { top: 0 } }", "@container (width > 1px) { a { top: 0 } }"),
]


def test_newer_words_of_styles_are_refused_and_ours_use_none(npm: Path) -> None:
    ours = [file.read_text(encoding="utf-8") for file in STYLES]
    said = node(npm, "styles.mjs", given="\n".join([*NEWER_STYLES, *ours]))
    found = [(int(line), what) for line, what in re.findall(r"^(\d+): (.*)", said, re.MULTILINE)]
    assert [what for line, what in found if line > len(NEWER_STYLES)] == []
    lines = {line for line, _ in found}
    assert [newer for line, newer in enumerate(NEWER_STYLES, 1) if line not in lines] == []


@pytest.fixture(scope="module")
def look(npm: Path) -> Iterator[Look]:
    """One old browser for all: it takes longer to start than to open a page."""
    command = [tool("node"), "look.mjs"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=npm, stdin=pipe, stdout=pipe, encoding="utf-8") as running:
        asking, answers = running.stdin, running.stdout
        assert asking and answers

        def look(
            pages: dict[str, Path], script: str, *widths: int, paper: Path | str = ""
        ) -> dict[str, Any]:
            addresses = {name: file.as_uri() for name, file in pages.items()}
            asked = {"pages": addresses, "widths": widths or [1280], "script": script}
            print(json.dumps({**asked, "paper": str(paper)}), file=asking, flush=True)
            seen: dict[str, Any] = json.loads(answers.readline())
            assert {name: page["errors"] for name, page in seen.items() if page["errors"]} == {}
            return {name: page["said"] for name, page in seen.items()}

        yield look
        asking.close()


def test_pages_stand_as_they_do_today(look: Look, kinds: dict[str, Path]) -> None:
    said = look(kinds, WRONG, 1280, 360)
    assert {name: wrong for name, wrong in said.items() if wrong != [[], []]} == {}


# What stands beyond the edge, cells that stand side by side on a telephone, a mark out of place.
WRONG = """(() => {
    document.querySelectorAll("details").forEach(d => { d.open = true; });
    const width = document.documentElement.clientWidth;
    const seen = [...document.querySelectorAll("main *, .md-banner *")]
        .filter(e => e.getClientRects().length);
    const beyond = seen.filter(e => !e.closest("thead, svg, pre, .md-typeset__scrollwrap, .fz-scroll"))
        .filter(e => e.getBoundingClientRect().right > width + 1);
    const beside = width > 600 ? [] : seen.filter(e => e.matches(".fz-table:not(.fz-compact) td[data-label]"))
        .filter(e => e.getBoundingClientRect().width < width / 2);
    const mark = document.querySelector("[data-fz-watermark]");
    const veil = mark && getComputedStyle(mark, "::after");
    const off = mark && (veil.top !== "0px" || veil.height !== innerHeight + "px");
    return [...beyond, ...beside].map(e => e.outerHTML.slice(0, 80))
        .concat(off ? [`watermark ${veil.top} ${veil.height}`] : []);
})()"""


def test_every_sheet_is_marked(look: Look, kinds: dict[str, Path], tmp_path: Path) -> None:
    look({"long": kinds["readiness"]}, "1", paper=tmp_path)
    sheets = pypdf.PdfReader(tmp_path / "long.pdf").pages
    assert len(sheets) > 2
    for sheet in sheets:
        said = "".join(normalize("NFKC", sheet.extract_text()).split())
        assert "内部资料" in said and "示例数据" in said


def test_every_declaration_is_known(look: Look, kinds: dict[str, Path]) -> None:
    styles = "\n".join(file.read_text(encoding="utf-8") for file in STYLES)
    style = re.sub(r"/\*.*?\*/", "", styles, flags=re.S)
    declared = re.findall(r"(?<=[{;])\s*([a-z-]+)\s*:\s*([^;{}]+?)\s*(?=[;}]| !)", style)
    unknown = f"{json.dumps(declared)}.filter(([name, value]) => !CSS.supports(name, value))"
    (said,) = look({"body": kinds["body"]}, unknown)["body"]
    assert [*filter(lambda pair: pair[0] not in FINERY, said)] == []


FINERY = {
    *("text-wrap", "text-decoration-thickness", "text-underline-offset", "print-color-adjust"),
    *("color-scheme", "fill", "stroke"),  # the last two with a reader's own colours
}
"""What a page reads as well without."""


def test_a_record_is_typed_into_the_form(look: Look, kinds: dict[str, Path]) -> None:
    (said,) = look({"form": kinds["form"]}, TYPED)["form"]
    assert said == "---\n标题: 宣传\n日期: 2024-12-04\n类别: 宣传活动\n主题: [宪法]\n---\n一段。\n"


TYPED = """(() => {
    const put = (input, text) => {
        input.value = text;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    document.querySelector("#kinds input").click();
    put(document.querySelector("[data-key=标题] input"), "宣传");
    put(document.querySelector("[data-key=日期] input"), "20241204");
    document.querySelector("input[value=宣传活动]").click();
    [...document.querySelectorAll("#offers button")].find(one => one.textContent === "主题").click();
    document.querySelector("input[value=宪法]").click();
    put(document.querySelector("#prose"), "一段。");
    return document.getElementById("text").textContent;
})()"""


def test_the_search_answers(look: Look, public: Path) -> None:
    (found,) = look({"home": public / "index.html"}, SEARCHED)["home"]
    assert found


SEARCHED = """new Promise((done) => {
    const box = document.querySelector("[data-md-component=search-query]");
    box.focus();
    box.value = "宪法宣传";
    let asked = 0;
    const ask = () => {
        box.dispatchEvent(new KeyboardEvent("keyup", { key: "End", bubbles: true }));
        const found = document.querySelectorAll(".md-search-result__item");
        if (found.length || ++asked > 50) done(found.length); else setTimeout(ask, 200);
    };
    ask();
})"""


def test_a_number_shows_its_evidence(look: Look, public: Path) -> None:
    (said,) = look({"report": public / "report/2024.html"}, SHOWN, 360)["report"]
    exact, focused, *edges = said
    assert (exact, focused) == ("14场", True)
    assert 0 <= edges[0] < edges[1] <= 360


SHOWN = """(() => {
    const link = [...document.querySelectorAll("a.fz-figure")].find(one => one.textContent === "10余场");
    link.click();
    const box = document.querySelector("dialog");
    const { left, right, top } = box.getBoundingClientRect();
    const isBelow = top >= link.getBoundingClientRect().bottom;
    return [isBelow && box.querySelector("dd").textContent, document.activeElement === box, left, right];
})()"""
