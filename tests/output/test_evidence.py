"""The evidence of a number, shown beside it: by mouse, finger and keyboard, and what it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.output.test_access import LOOKS, NARROW, SHORTENED, STILL, WIDE, faults
from tests.support.building import Element, Project, page
from tests.support.watching import Tabs

pytest_plugins = ["tests.support.browsing"]

TOUCH = pytest.mark.parametrize(
    "tab", [{"viewport": NARROW, "has_touch": True, **STILL}], ids=["touch"], indirect=True
)


def opened(tab: Page, site: Path) -> str:
    """The report of a site, opened; its address."""
    tab.goto((site / "report/2024.html").as_uri())
    return tab.url


@pytest.fixture(scope="module")
def opened_once(public: Path, tabs: Tabs) -> Iterator[Page]:
    with tabs.lent(viewport=WIDE) as tab:
        opened(tab, public)
        yield tab


@pytest.fixture
def report(opened_once: Page) -> Iterator[Page]:
    """The public report at the same address for all, with nothing open that another test left so."""
    yield opened_once
    for other in opened_once.context.pages:
        if other != opened_once:
            other.close()
    opened_once.emulate_media(media="screen")
    opened_once.keyboard.press("Escape")
    expect(opened_once.locator("dialog")).to_be_hidden()


def number(tab: Page, words: str) -> Locator:
    return tab.locator("a.fz-figure").filter(has_text=re.compile(rf"^{words}$")).first


def told(box: Locator) -> dict[str, str]:
    """What the dialog says, by what it calls it."""
    terms, texts = box.locator("dt").all_text_contents(), box.locator("dd").all_text_contents()
    return dict(zip(terms, texts, strict=True))


def test_a_click_shows_what_the_row_says_and_leaves_the_address(report: Page) -> None:
    address = report.url
    number(report, "2000余份").click()
    box = report.get_by_role("dialog", name="发放宣传资料")
    expect(box).to_be_in_viewport(ratio=1)
    expect(box).to_be_focused()
    said = told(box)
    assert said["准确的数"] == "2360份"  # last year's has a line of its own
    assert (said["2023年"], said["变化"]) == ("1880份", "增长25.5%")
    assert said["背后的记录"] == "17 条，列在法治宣传"
    assert sum(map(int, re.findall(r"月(\d+)条", said["各月"]))) == 17
    row = report.locator('[id="依据-发放宣传资料"]')
    for label in ("怎样数", "背后的记录"):
        assert said[label] == row.locator(f'[data-label="{label}"]').text_content()
    assert report.url == address
    box.get_by_role("link", name="看依据表里的这一行").click()
    expect(report.locator("tr:target")).to_be_in_viewport()
    expect(box).to_be_hidden()
    report.go_back()
    assert report.url == address


SHOWN = """async () => {
    const shown = [];
    for (const link of document.querySelectorAll("a.fz-figure")) {
        link.focus();
        link.click();
        const box = document.querySelector("dialog"), text = box.textContent;
        const isWhole = () => {
            const { left, top, right, bottom } = box.getBoundingClientRect();
            return Math.min(left, top) >= 0 && right <= innerWidth + 1 && bottom <= innerHeight + 1;
        };
        for (let frames = 0; !isWhole() && frames < 300; frames++) {
            await new Promise(requestAnimationFrame);
        }
        shown.push([text.includes(link.textContent) && isWhole() ? "" : link.textContent,
                    [...box.querySelectorAll("dt")].map((term) => term.textContent)]);
        link.click();
        if (document.querySelector("dialog")) throw new Error("not closed");
    }
    return shown;
}"""
"""What each number of a report shows: its text where that is not whole or not its own, and the terms."""


def test_each_number_has_its_own(internal: Path, tab: Page) -> None:
    opened(tab, internal)
    shown = tab.evaluate(SHOWN)
    assert len(shown) > 40
    assert {wrong for wrong, _ in shown} == {""}
    assert all({"准确的数", "怎样数", "背后的记录"} <= set(terms) for _, terms in shown)


def test_a_number_typed_by_hand_shows_why(corrected: Project, tab: Page) -> None:
    opened(tab, corrected.root / "site-internal")
    number(tab, "3个").click()
    box = tab.get_by_role("dialog", name="3个")
    assert told(box) == {"理由": "定员文件"}


def test_the_keyboard_opens_reads_and_closes_it(report: Page) -> None:
    link, box = number(report, "10余场"), report.locator("dialog")
    expect(link).to_have_attribute("aria-haspopup", "dialog")
    link.press("Enter")
    expect(box).to_be_focused()
    report.keyboard.press("Tab")
    expect(box.get_by_role("link", name="法治宣传")).to_be_focused()
    report.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(link).to_be_focused()
    # Past its end reading goes on with the next number, and nothing covers that.
    link.press("Enter")
    for _ in range(4):
        report.keyboard.press("Tab")
    expect(number(report, "1场")).to_be_focused()
    expect(box).to_be_hidden()


def test_it_closes_and_gives_the_focus_back(report: Page) -> None:
    link, box = number(report, "10余场"), report.locator("dialog")
    for closing in (
        box.get_by_role("button", name="关闭"),
        report.locator("article h2").first,
        link,
    ):
        link.click()
        expect(box).to_be_visible()
        closing.click()
        expect(box).to_be_hidden()
        expect(link).to_be_focused()
    # Not from where it went.
    link.click()
    report.locator("[data-md-component=search-query]").click()
    expect(box).to_be_hidden()
    expect(report.locator("[data-md-component=search-query]")).to_be_focused()


def test_a_second_number_takes_the_place_of_the_first(report: Page) -> None:
    number(report, "10余场").click()
    number(report, "1场").click()
    expect(report.locator("dialog")).to_have_count(1)
    expect(report.get_by_role("dialog", name="法律知识讲座")).to_be_focused()


@TOUCH
def test_a_tap_opens_and_closes_it(public: Path, tab: Page) -> None:
    opened(tab, public)
    box = tab.locator("dialog")
    number(tab, "10余场").tap()
    expect(box).to_be_in_viewport(ratio=1)
    number(tab, "10余场").tap()
    expect(box).to_be_hidden()
    number(tab, "10余场").tap()
    tab.locator("article h3").first.tap()
    expect(box).to_be_hidden()


@pytest.mark.parametrize("how", [{"button": "middle"}, {"modifiers": ["ControlOrMeta"]}])
def test_another_tab_shows_the_row(how: dict[str, Any], report: Page) -> None:
    with report.context.expect_page() as other:
        number(report, "10余场").click(**how)
    expect(report.locator("dialog")).to_be_hidden()
    expect(other.value.locator("tr:target")).to_contain_text("专题宣传活动")
    expect(other.value.locator("dialog")).to_be_hidden()


def test_it_is_not_on_paper(report: Page) -> None:
    report.emulate_media(media="print")
    height = report.evaluate("document.documentElement.scrollHeight")
    report.emulate_media(media="screen")
    number(report, "10余场").click()
    report.emulate_media(media="print")
    expect(report.locator("dialog")).to_be_hidden()
    assert report.evaluate("document.documentElement.scrollHeight") == height


@pytest.mark.parametrize("tab", [STILL], ids=["still"], indirect=True)
def test_axe_finds_nothing_in_it(public: Path, tab: Page) -> None:
    opened(tab, public)
    tab.evaluate(SHORTENED)
    for scheme, size in LOOKS:
        tab.emulate_media(color_scheme=scheme)
        if scheme == "dark":
            tab.get_by_title("换成深色").click()
        tab.set_viewport_size(size)
        tab.locator("a.fz-figure").first.click()
        box = tab.get_by_role("dialog", name="领导小组会议")
        expect(box).to_be_visible()
        assert tab.evaluate("document.documentElement.scrollWidth") == size["width"]
        assert faults(tab) == [], scheme
        tab.keyboard.press("Escape")


def months(site: Path) -> dict[str, str]:
    """What the rows of the evidence tell of the months, by figure."""
    rows = (e for e in page(site / "report/2024.html").every("tr") if "id" in e.attributes)
    return {
        row.attributes["id"]: each.attributes["data-months"]
        for row in rows
        for each in row.every("span")
        if "data-months" in each.attributes
    }


def test_months_are_told_of_what_is_listed_by_month(public: Path, internal: Path) -> None:
    inside, outside = months(internal), months(public)
    assert outside["依据-领导小组会议"] == "2月1条、5月1条、8月1条、11月1条"
    assert outside.items() <= inside.items()
    # Of a single case nobody outside is told the month; of a standing fact there is none.
    assert {"依据-矛盾纠纷受理", "依据-边界矛盾纠纷处理"} <= inside.keys() - outside.keys()
    assert "依据-在册重点管理人员" not in inside


def scripts(root: Element) -> list[str]:
    return [e.attributes.get("src", "").rpartition("/")[2] for e in root.every("script")]


def test_only_a_report_loads_its_script(public: Path) -> None:
    assert "evidence.js" in scripts(page(public / "report/2024.html"))
    assert "evidence.js" not in scripts(page(public / "2024/mediation.html"))


def test_no_line_breaks_what_is_quoted_of_the_report(public: Path) -> None:
    rows = [*page(public / "report/2024.html").every("span", kind="fz-words")]
    quoted = [row for row in rows if "“" in row.text]
    assert len(quoted) > 10
    for row in quoted:
        assert row.text.count("“") == len([*row.every("span", kind="fz-clause")])
