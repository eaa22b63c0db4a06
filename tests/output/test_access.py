"""Everyone can read every kind of page: by axe's rules, with the keyboard, enlarged, in own colours.

WCAG 2.1, levels A and AA; the numbers in brackets are its success criteria.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, ViewportSize, expect

from tests.support.watching import ALONE, KINDS, NOTICE, RESULTS, Tabs, search

pytest_plugins = ["tests.support.browsing"]

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
NARROW = ViewportSize(width=360, height=740)
WIDE = ViewportSize(width=1280, height=900)
LOOKS: list[tuple[Literal["light", "dark"], ViewportSize]] = [("light", WIDE), ("dark", NARROW)]
"""How axe looks at a page: the rules for what is there do not depend on its colours."""
STILL = {"reduced_motion": "reduce"}
SMALL_SCREEN = pytest.mark.parametrize(
    "tab", [{"viewport": NARROW, **STILL}], ids=["360"], indirect=True
)


def faults(tab: Page) -> list[str]:
    """What axe finds wrong with a page as it stands. It reads no file of its own accord."""
    options = {
        "runOnly": {"type": "tag", "values": STANDARD},
        "preload": False,
        "resultTypes": ["violations"],
    }
    if not tab.evaluate("'axe' in window"):  # half a megabyte, once a page
        tab.evaluate(AXE_SCRIPT)
    tab.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    found = tab.evaluate("async options => (await axe.run(options)).violations", options)
    return [f"{rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


SHORTENED = """() => {
    document.querySelectorAll("tbody tr:nth-child(n+3), article :is(p ~ p ~ p ~ p, li:nth-child(n+3))")
        .forEach(element => element.remove());
    const shape = element =>
        [element.localName, element.className, ...element.getAttributeNames(), ...[...element.children].map(shape), ""].join("<");
    for (const parent of document.querySelectorAll("body :not(tr, select)")) {
        const seen = {};
        for (const child of [...parent.children]) {
            const like = shape(child);
            seen[like] = (seen[like] || 0) + 1;
            if (seen[like] > 2) child.remove();
        }
    }
}"""
"""The third row, the fourth paragraph, the third of whatever is built alike, is like one before it, and
axe is slow."""
UNMARKED = """{
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("::after { content: none !important }");
    document.adoptedStyleSheets = [sheet];
}"""
"""Axe looks at no colour behind a watermark; test_browser.py does."""


@pytest.fixture(scope="module", params=KINDS)
def opened(
    tabs: Tabs, kinds: dict[str, Path], request: pytest.FixtureRequest
) -> Iterator[tuple[str, Page]]:
    """A kind and a page of it, opened once for what is true of every kind: each test leaves it as a
    reader has it, or sets what the next sets otherwise."""
    with tabs.lent(viewport=WIDE, **STILL) as tab:
        tab.goto(kinds[request.param].as_uri())
        yield request.param, tab


@pytest.fixture(scope="module")
def shortened(opened: tuple[str, Page]) -> tuple[str, Page]:
    """The same for the tests of its focus, its spacing and axe, in this order: the last of them sets
    its colours."""
    opened[1].evaluate(SHORTENED)
    return opened


# Every kind as it is

BEYOND = """width => [...document.querySelectorAll("main *, .md-banner *")]
    .filter(e => !e.closest("thead, svg, pre, .md-typeset__scrollwrap"))
    .filter(e => e.getClientRects().length && e.getBoundingClientRect().right > width + 1)
    .map(e => e.outerHTML.slice(0, 80))"""


def test_nothing_scrolls_sideways(opened: tuple[str, Page]) -> None:  # [1.4.10]
    _, tab = opened
    shut = tab.evaluate_handle("[...document.querySelectorAll('details:not([open])')]")
    shut.evaluate("all => all.forEach(details => { details.open = true; })")
    for width in (640, 360, 320):  # 640 and 320 are 1280 at 200 % and 400 %
        tab.set_viewport_size({"width": width, "height": 740})
        seen = tab.evaluate("document.documentElement.clientWidth")
        assert tab.evaluate("document.documentElement.scrollWidth") <= seen, width
        # Nor is anything cut off: in a box of its own, or beyond the edge.
        assert tab.evaluate(BEYOND, seen) == [], width
    shut.evaluate("all => all.forEach(details => { details.open = false; })")


def test_print_has_no_navigation(opened: tuple[str, Page]) -> None:
    _, tab = opened
    tab.set_viewport_size(WIDE)
    tab.emulate_media(media="print")
    frame = ".md-header, .md-sidebar, .md-search, .md-top, .fz-footer"
    seen = tab.locator(f":is({frame}):visible")
    expect(seen).to_have_count(0)
    expect(tab.locator("h1")).to_be_visible()
    expect(tab.get_by_text(NOTICE).first).to_be_visible()
    tab.emulate_media(media="screen")
    tab.set_viewport_size(NARROW)  # with the next size the theme fits its menus, which print hid


def test_nothing_moves_for_who_asked_for_less_motion(opened: tuple[str, Page]) -> None:
    moving = """[...document.querySelectorAll("*")].filter(e => {
        const style = getComputedStyle(e);
        const lasts = name => style[name].split(", ").some(time => parseFloat(time) > 0);
        return lasts("transitionDuration") || lasts("animationDuration");
    }).map(e => e.outerHTML.slice(0, 80))"""
    assert opened[1].evaluate(moving) == []


@SMALL_SCREEN
def test_axe_finds_nothing_in_what_opens(public: Path, tab: Page) -> None:
    tab.goto((public / "2024/mediation.html").as_uri())
    tab.evaluate(SHORTENED)
    tab.get_by_role("button", name="打开栏目导航").click()
    assert faults(tab) == []
    tab.keyboard.press("Escape")
    tab.get_by_role("button", name="站内搜索").click()
    search(tab, "调解")
    assert faults(tab) == []
    tab.keyboard.press("Escape")
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert faults(tab) == []


# With the keyboard alone

UNSEEN = """() => {
    const unseen = [];
    for (const stop of document.querySelectorAll("a[href], button, input, label, summary, [tabindex]")) {
        if (stop.tabIndex < 0 || (stop.type === "radio" && !stop.checked)) continue;
        stop.focus();
        if (document.activeElement !== stop) continue;
        // A choice is not shown itself: its label is.
        const at = stop.matches(".md-option") ? stop.nextElementSibling : stop;
        const style = getComputedStyle(at);
        const ringed = style.outlineStyle !== "none" || style.boxShadow !== "none";
        const uncovered = [...at.getClientRects()].some(box => {
            const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
            const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
            const top = document.elementFromPoint(x, y);
            return box.width > 1 && box.height > 1 && (at.contains(top) || top?.contains(at));
        });
        const shown = uncovered
            && at.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        if (!ringed || !shown) unseen.push([stop.outerHTML.slice(0, 90), ringed, shown]);
    }
    return unseen;
}"""
"""Everything that takes the focus without a ring that shows it, or where it cannot be seen.

Once a key has brought the focus somewhere, a browser takes every next place to be reached by key.
"""


FITTED = """() => [...document.querySelectorAll(".md-sidebar__scrollwrap")].every(
    room => room.getBoundingClientRect().bottom <= innerHeight + 1)"""
"""Whether the theme has cut its menus to the height of the window, which it does a while after."""


def test_the_focus_is_always_seen(shortened: tuple[str, Page]) -> None:
    _, tab = shortened
    for size in (WIDE, NARROW):
        tab.set_viewport_size(size)
        tab.wait_for_function(FITTED)
        tab.keyboard.press("Tab")
        assert tab.evaluate(UNSEEN) == []


STOPS = """[...document.querySelectorAll("a[href], summary, [tabindex='0']")]"""


def test_the_keyboard_reaches_all_that_can_be_clicked(public: Path, tab: Page) -> None:
    tab.goto((public / "2024/mediation.html").as_uri())
    seen = "e => e.checkVisibility({ visibilityProperty: true })"
    links = tab.evaluate(f"{STOPS}.filter({seen}).length")
    focused = f"{STOPS}.indexOf(document.activeElement)"
    reached = set()
    for _ in range(links + 3):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate(focused))
    assert len(reached - {-1}) >= links


@pytest.mark.parametrize("start", ["report/2024.html", "index.html", "data/2024/index.html"])
def test_the_first_stop_leads_past_the_header(public: Path, tab: Page, start: str) -> None:
    tab.goto((public / start).as_uri())
    tab.keyboard.press("Tab")
    expect(tab.locator(":focus")).to_have_text("跳到正文")
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.closest('article') !== null")


@SMALL_SCREEN
@pytest.mark.parametrize("key", ["Enter", " "])
def test_the_menu_works_with_the_keyboard(public: Path, tab: Page, key: str) -> None:
    tab.goto((public / "2024/publicity.html").as_uri())
    button = tab.get_by_role("button", name="打开栏目导航")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    tab.keyboard.press(key)
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(tab.locator(":focus")).to_have_text("法治宣传")
    tab.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()
    # Where the focus leaves it, it closes, and the focus stays where it went.
    tab.keyboard.press(key)
    tab.locator("article a").first.focus()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(tab.locator("article a").first).to_be_focused()
    # A level unfolds in place.
    button.focus()
    tab.keyboard.press(key)
    tab.locator(".fz-nav summary", has_text="2023年工作").focus()
    tab.keyboard.press(key)
    link = tab.locator(".fz-nav details[open] a", has_text="矛盾化解").last
    link.focus()
    tab.keyboard.press("Enter")
    expect(tab).to_have_url(re.compile(r"/2023/mediation\.html$"))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["360", "wide"])
@pytest.mark.parametrize("tab", [STILL], ids=["still"], indirect=True)
def test_search_works_with_the_keyboard(public: Path, size: Any, tab: Page) -> None:
    tab.set_viewport_size(size)
    tab.goto((public / "index.html").as_uri())
    button = tab.get_by_role("button", name="站内搜索")
    first = tab.locator(RESULTS).first

    def ask() -> None:
        box = tab.locator("[data-md-component=search-query]")
        if size is NARROW:
            button.focus()
            tab.keyboard.press(" ")
            expect(box).to_be_focused()
        else:
            box.focus()
        tab.keyboard.insert_text("调解成功率")
        tab.keyboard.press("End")
        expect(first).to_be_visible()
        expect(tab.get_by_role("status").filter(has_text="找到")).to_be_visible()

    ask()
    tab.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab).not_to_have_url(re.compile("index.html$"))
    tab.wait_for_load_state()
    # Each on a page of its own: Material takes a blur and a focus in one moment for neither.
    ask()
    tab.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("Escape")
    expect(first).to_be_hidden()
    if size is NARROW:
        expect(button).to_be_focused()


def test_a_letter_alone_is_no_command(public: Path, tab: Page) -> None:  # [2.1.4]
    tab.goto((public / "report/2024.html").as_uri())
    tab.locator("a.fz-figure").first.focus()
    for letter in ("f", "s", "/", "p", "n", ",", "."):
        tab.keyboard.press(letter)
        expect(tab.locator("a.fz-figure").first).to_be_focused()


def test_the_scheme_is_changed_with_the_keyboard(public: Path, tab: Page) -> None:
    tab.goto((public / "index.html").as_uri())
    choices = tab.get_by_role("form", name="配色").get_by_role("radio")
    assert [choice.get_attribute("aria-label") for choice in choices.all()] == ["浅色", "深色"]
    tab.get_by_role("radio", name="浅色").focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator("body")).to_have_attribute("data-md-color-scheme", "slate")


def test_a_wide_table_can_be_scrolled(internal: Path, tab: Page) -> None:
    tab.set_viewport_size({"width": 620, "height": 740})
    tab.goto((internal / "guide/takeover.html").as_uri())
    tab.evaluate(
        "document.querySelectorAll('article td').forEach(td => td.style.whiteSpace = 'nowrap')"
    )
    tab.set_viewport_size({"width": 610, "height": 740})
    region = tab.locator("article [role=region]", has=tab.locator("table")).first
    expect(region).to_have_attribute("aria-label", "1. 做一个项目")
    region.focus()
    tab.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)
    expect(region).to_be_focused()
    assert faults(tab) == []


@pytest.mark.parametrize(
    "tab", [{"has_touch": True, "is_mobile": True}], ids=["finger"], indirect=True
)
def test_wide_code_can_be_scrolled_where_nothing_hovers(internal: Path, tab: Page) -> None:
    tab.set_viewport_size({"width": 1280, "height": 2000})
    tab.goto((internal / "guide/narrative.html").as_uri())
    tab.set_viewport_size(NARROW)  # the theme looks again, and takes what cannot hover for no stop
    assert faults(tab) == []


@pytest.mark.parametrize(
    "tab", [{"viewport": NARROW, "java_script_enabled": False}], ids=["no-js"], indirect=True
)
def test_without_scripts_the_menu_stands_below_the_text(public: Path, tab: Page) -> None:
    tab.goto((public / "2024/publicity.html").as_uri())
    summary = tab.locator(".fz-nav summary", has_text="2023年工作")
    expect(summary).to_be_visible()
    edge = "(selector, side) => document.querySelector(selector).getBoundingClientRect()[side]"
    text_ends = tab.evaluate(f"({edge})('article', 'bottom')")
    assert tab.evaluate(f"({edge})('.fz-nav', 'top')") >= text_ends
    summary.click()
    tab.locator(".fz-nav details[open] a", has_text="矛盾化解").last.click()
    expect(tab).to_have_url(re.compile(r"/2023/mediation\.html$"))


# As a reader sets it

SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important;
                           word-spacing: .16em !important }
                       p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [sheet];
}"""
CUT = """() => [...document.querySelectorAll("body *")]
    .filter(e => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
    .filter(e => ["hidden", "clip"].includes(getComputedStyle(e).overflowY))
    .filter(e => e.innerText?.trim() && !e.closest(".fz-unseen, .fz-table thead, svg"))
    .filter(e => e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
    .map(e => e.outerHTML.slice(0, 90))"""


def test_wider_spacing_cuts_no_text(shortened: tuple[str, Page]) -> None:  # [1.4.12]
    _, tab = shortened
    tab.evaluate(SPACED)
    for width in (1280, 640, 320):
        tab.set_viewport_size({"width": width, "height": 740})
        assert tab.evaluate(CUT) == [], width
        wide = tab.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], width


@pytest.mark.parametrize("tab", [{"forced_colors": "active"}], ids=["forced"], indirect=True)
def test_a_chart_reads_in_the_readers_own_colours(public: Path, tab: Page) -> None:
    tab.goto((public / "2024/mediation.html").as_uri())
    fill = "name => getComputedStyle(document.querySelector(`.fz-chart svg ${name}`)).fill"
    paper = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    full, pale = tab.evaluate(fill, ".s0"), tab.evaluate(fill, ".s1")
    assert len({paper, full, pale}) == 3
    assert tab.evaluate(fill, "text") == full


# By axe's rules


def test_axe_finds_nothing(shortened: tuple[str, Page]) -> None:
    kind, tab = shortened
    tab.evaluate(UNMARKED)
    papers = []
    for scheme, size in LOOKS:
        tab.emulate_media(color_scheme=scheme)
        if scheme == "dark" and kind not in ALONE:
            tab.get_by_title("换成深色").click()
        papers.append(tab.evaluate("getComputedStyle(document.body).backgroundColor"))
        tab.set_viewport_size(size)
        assert faults(tab) == [], (scheme, size)
    assert (papers[0] == papers[1]) == (kind == "body")  # a portal has its own colours
