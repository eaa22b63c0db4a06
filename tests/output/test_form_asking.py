"""What the form asks, what it says of an answer, that none runs, and that everybody can give one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from fazhi.schema.kinds import KINDS
from fazhi.schema.township import Settings
from tests.output.test_access import LOOKS, SHORTENED, faults
from tests.support.filling import fill, type_activity
from tests.support.hostile import KNOWN

pytest_plugins = ["tests.support.desks"]

SAID = {
    "3月5日": "2025-03-05 的，就这样写",
    "1.5": "2026-01-05 的，就这样写",
    "25-3-5": "2025-03-05 的，就这样写",
    "2025年3月5日上午": "2025-03-05 的，就这样写",
    "11月31日": "没有这一天",
    "2025-02-30": "没有这一天",
    "20251301": "没有这一天",
    "2027-01-01": "这一天还没有到",
    "2025-3-5至7月": "“结束日期”不是日期：写成 2026-01-05",
    "5/12/2024": "不是日期：写成 2026-01-05",
    "05/12/24": "不是日期：写成 2026-01-05",
    "三月": "不是日期：写成 2026-01-05",
}


def test_a_day_that_cannot_be_read_is_told_how_it_is_written(desk: Page) -> None:
    told = fill(desk, *((KINDS["活动"], {"日期": typed}, "") for typed in SAID))
    said = {typed: one["said"] for typed, one in zip(SAID, told, strict=True)}
    assert {typed: said[typed] for typed in SAID if SAID[typed] not in said[typed]} == {}


def test_numbers_that_cannot_be(desk: Page) -> None:
    for typed, said in (("1.5", "应当是整数"), ("３．０", "应当是整数"), ("-5", "不能是负数")):
        (told,) = fill(desk, (KINDS["活动"], {"参加人次": typed}, ""))
        assert said in told["said"]


def test_tasks_are_those_of_the_year_with_their_names(desk: Page, settings: Settings) -> None:
    fill(desk, (KINDS["活动"], {"日期": "2024-12-04"}, ""))
    desk.locator("#offers").get_by_role("button", name="任务", exact=True).click()
    tasks = settings.tasks[2024].listed
    offered = desk.locator("[data-key=任务] label")
    expect(offered).to_have_text([task.number + task.what for task in tasks])
    offered.first.click()
    desk.get_by_label("日期必填").fill("2019-12-04")  # a year without tasks
    desk.get_by_label("任务").fill("24-1、24-2")
    expect(desk.locator("#text")).to_contain_text("任务: [24-1, 24-2]")
    desk.get_by_label("任务").fill("")
    expect(desk.get_by_label("任务")).to_have_count(0)
    expect(desk.locator("#offers").get_by_text("任务", exact=True)).to_have_count(0)


def test_cells_of_a_sheet_in_one_field_are_told(desk: Page) -> None:
    cells = {"标题": "赶集\t130", "佐证材料": [{"名称": "照片\t6"}]}
    (told,) = fill(desk, (KINDS["活动"], cells, ""))
    assert told["said"].count("里有制表符（Tab）") == 2


# What is typed does nothing

EVERY_QUESTION = """() => {
    let offer;
    while ((offer = document.querySelector("#offers button"))) offer.click();
    document.querySelectorAll(".add").forEach(one => one.click());
}"""


@pytest.mark.parametrize("kind", KINDS)
def test_attacks_in_every_field_run_nowhere(desk: Page, kind: str) -> None:
    assert len(KNOWN) >= 60
    fill(desk, (KINDS[kind], {}, ""))
    desk.evaluate("window.alert = () => { window.hit = true; }; window.evil = 1")
    desk.evaluate(EVERY_QUESTION)
    elements = desk.evaluate(
        "document.querySelectorAll('script, img, iframe, svg, a, style').length"
    )
    # Each in every fourth field: what is said of a field is said of all alike, and of the first,
    # which names the file, each kind tries another fourth of the attacks.
    first = [*KINDS].index(kind)
    desk.evaluate(
        """([attacks, first]) => {
            const inputs = document.querySelectorAll("input[type=text], textarea");
            for (let at = first; at < first + attacks.length; at += 4) {
                inputs.forEach((input, place) => {
                    input.value = attacks[(at + place) % attacks.length];
                    input.dispatchEvent(new InputEvent("input", {bubbles: true}));
                });
            }
        }""",
        [KNOWN, first],
    )
    desk.evaluate("document.getElementById('add').click()")
    assert desk.evaluate("window.hit") is None
    after = desk.evaluate("document.querySelectorAll('script, img, iframe, svg, a, style').length")
    assert after == elements


# Everybody


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_in_what_is_asked(desk: Page, kind: str) -> None:
    fill(desk, (KINDS[kind], {}, ""))
    desk.evaluate(EVERY_QUESTION)
    desk.locator("#prose").fill("电话13812345678")
    desk.evaluate("document.getElementById('download').click()")
    for width in (360, 1280):
        desk.set_viewport_size({"width": width, "height": 800})
        beyond = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not desk.evaluate(beyond)
    desk.evaluate(SHORTENED)
    for scheme, size in LOOKS:
        desk.emulate_media(color_scheme=scheme)
        desk.set_viewport_size(size)
        assert faults(desk) == [], scheme


def test_a_list_of_boxes_is_one_stop_of_the_tab_key(desk: Page) -> None:
    type_activity(desk)
    desk.locator("#offers").get_by_role("button", name="主题", exact=True).click()
    topics, keys = desk.locator("[data-key=主题]"), desk.keyboard
    boxes = topics.get_by_role("checkbox")
    assert boxes.count() > 8
    topics.get_by_role("searchbox").focus()
    keys.press("Tab")
    expect(boxes.first).to_be_focused()
    keys.press("ArrowRight")
    keys.press("ArrowDown")
    keys.press("Space")
    expect(boxes.nth(2)).to_be_checked()
    keys.press("Tab")
    expect(topics.locator("input:focus")).to_have_count(0)
    keys.press("Shift+Tab")
    expect(boxes.nth(2)).to_be_focused()
    topics.get_by_role("searchbox").fill("禁毒")
    assert topics.locator("label:not([hidden]) > [tabindex='0']").count() == 1


def test_on_a_narrow_screen_a_line_below_leads_to_the_result(desk: Page) -> None:
    desk.set_viewport_size({"width": 360, "height": 740})
    fill(desk, (KINDS["活动"], {"标题": "宣传", "日期": "2月30日"}, ""))
    look = desk.get_by_role("button", name="看存下来的样子")
    expect(look).to_have_text("还有 3 处 · 看存下来的样子")
    look.click()
    expect(desk.locator("#path")).to_be_in_viewport()
    desk.set_viewport_size({"width": 1280, "height": 740})
    expect(look).to_be_hidden()


def test_a_record_with_the_keyboard_alone(desk: Page) -> None:
    desk.locator("#kinds input").first.focus()
    keys = desk.keyboard
    keys.press("Space")
    keys.press("Tab")
    keys.type("“宪法”宣传")
    keys.press("Tab")
    keys.type("20241204")
    passed: list[str] = []
    while "radio" not in passed and len(passed) < 12:  # 今天, 昨天, the calendar's parts, the end
        keys.press("Tab")
        passed.append(desk.evaluate("document.activeElement.type"))
    assert "date" in passed
    keys.press("Space")
    for _ in range(2):
        keys.press("Tab")
    keys.type("乡场镇")
    assert (desk.locator("#text").text_content() or "").endswith(
        "类别: 宣传活动\n地点: 乡场镇\n---\n"
    )
