"""Where a record of the form goes, and what outlives its tab."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from fazhi.output.form import page as form
from fazhi.schema.kinds import KINDS
from fazhi.schema.township import Settings
from tests.support.building import contents, differing
from tests.support.filling import (
    ACTIVITY,
    AGREEING,
    NAME,
    PATH,
    TEXT,
    TYPING,
    changed,
    choose,
    fill,
    opened,
    put,
    type_activity,
    written,
)
from tests.support.previews import Preview
from tests.support.watching import Watch, watched

pytest_plugins = ["tests.support.desks"]


FOLDER = quote("records/2024/activities/")


# To the platform

GITHUB = f"https://github.com/zuolan/fazhi/new/main?filename={quote(PATH, safe='')}"
HOSTS = {
    "https://github.com/zuolan/fazhi/edit/main/": f"{GITHUB}&value={quote(TEXT, safe='')}",
    "https://git.example/zuolan/fazhi/_edit/main/": (
        f"https://git.example/zuolan/fazhi/_new/main/{FOLDER}"
        f"?filename={quote(NAME, safe='')}&value={quote(TEXT, safe='')}"
    ),
    "https://git.example/a/b/fazhi/-/edit/main/": (
        f"https://git.example/a/b/fazhi/-/new/main?file_name={quote(PATH, safe='')}"
    ),
    "https://gitee.com/zuolan/fazhi/edit/master/": (
        f"https://gitee.com/zuolan/fazhi/new/master/{FOLDER}"
    ),
    "https://github.com/zuolan/fazhi/edit/main/township/": (
        f"https://github.com/zuolan/fazhi/new/main?filename=township%2F{quote(PATH, safe='')}"
        f"&value={quote(TEXT, safe='')}"
    ),
}


def test_a_new_file_on_each_platform(settings: Settings, tmp_path: Path, desk: Page) -> None:
    for edit, address in HOSTS.items():
        desk.goto(written(tmp_path, settings, edit).as_uri())
        assert type_activity(desk)["text"] == TEXT
        link, note = desk.locator("#submit"), desk.locator("#submit-note")
        assert link.get_attribute("href") == address
        expect(note).to_contain_text("已经填好" if "value=" in address else "剪贴板")


def test_what_is_too_long_for_an_address_goes_by_the_clipboard_and_says_so(
    settings: Settings, tmp_path: Path, browser: Browser
) -> None:
    with watched(browser, script=AGREEING + TYPING) as (tab, _):
        tab.goto(written(tmp_path, settings, "https://github.com/zuolan/fazhi/edit/main/").as_uri())
        type_activity(tab)
        link, note = tab.locator("#submit"), tab.locator("#submit-note")
        spare = 8191 - len(link.get_attribute("href") or "")
        tab.locator("#prose").fill("在赶集日设点。" + "a" * spare)
        assert len(link.get_attribute("href") or "") == 8191
        tab.locator("#prose").fill("在赶集日设点。" + "a" * (spare + 1))
        assert link.get_attribute("href") == GITHUB
        expect(note).to_contain_text("太长，网址里放不下")
        tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
        tab.locator("#submit-box summary").click()
        tab.evaluate("document.getElementById('submit').removeAttribute('target')")
        tab.evaluate("addEventListener('click', event => event.preventDefault())")
        link.click()
        expect(tab.locator("#status")).to_contain_text("复制好了")
        copied = tab.evaluate("navigator.clipboard.readText()")
        assert copied.endswith("设点。" + "a" * (spare + 1) + "\n")


def test_no_platform_is_offered_where_none_is_declared(desk: Page) -> None:
    type_activity(desk)
    expect(desk.locator("#submit-box")).to_be_hidden()


# Files


def test_a_record_is_downloaded_under_its_name(desk: Page) -> None:
    type_activity(desk)
    with desk.expect_download() as got:
        desk.get_by_role("button", name="只下载这一条").click()
    assert got.value.suggested_filename == NAME
    assert Path(got.value.path()).read_bytes() == TEXT.encode()


def test_several_records_make_one_file(desk: Page) -> None:
    for number in (1, 2):
        type_activity(desk)
        desk.get_by_role("button", name="放进这次的").dblclick()
        expect(desk.locator("#status")).to_contain_text(f"这次一共 {number} 条。")
    expect(desk.locator("#batch-count")).to_have_text("这次记的 2 条")
    expect(desk.locator(".said p")).to_have_count(0)
    desk.get_by_role("button", name="清空").click()
    desk.get_by_role("button", name="放进这次的").click()
    expect(desk.locator("#status")).to_contain_text("还缺")
    with desk.expect_download() as got:
        desk.get_by_role("button", name="下载成一个文件").click()
    assert got.value.suggested_filename == "收件-20260105-0905.md"
    text = Path(got.value.path()).read_text(encoding="utf-8")
    other = NAME.replace(".md", "-2.md")
    assert text == f"<!-- 记录：活动 {NAME} -->\n{TEXT}\n<!-- 记录：活动 {other} -->\n{TEXT}"
    desk.get_by_role("button", name=f"拿回来改：{NAME}").click()
    expect(desk.locator("#text")).to_have_text(TEXT)
    expect(desk.locator("#batch-count")).to_have_text("这次记的 1 条")


def test_nothing_goes_before_what_must_be_there(desk: Page) -> None:
    fill(desk, (KINDS["活动"], {"标题": "宣传"}, ""))
    desk.get_by_role("button", name="只下载这一条").click()
    expect(desk.locator("#status")).to_have_text("还缺“日期”。")
    expect(desk.get_by_label("日期必填")).to_be_focused()
    expect(desk.locator("[data-key=地点] .said")).to_have_text("这一项必填。")


def test_what_is_marked_goes_only_where_its_writer_says_so(desk: Page) -> None:
    type_activity(desk, 日期="2026-02-30", 参加人次="1.5", 标题="电话13812345678")
    expect(desk.locator("#lacking")).to_have_text("还有 3 处要改。")
    expect(desk.locator("#path")).to_contain_text("日期还没有读懂-")
    desk.evaluate("window.confirm = text => { window.asked = text; return false; }")
    desk.get_by_role("button", name="放进这次的").click()
    assert desk.evaluate("asked").startswith("像是写了个人信息，不能交出去！还有 3 处要改。")
    expect(desk.get_by_label("标题必填")).to_be_focused()
    expect(desk.locator("#batch")).to_be_hidden()
    desk.evaluate("window.confirm = () => true")
    desk.get_by_role("button", name="放进这次的").click()
    expect(desk.locator("#batch-count")).to_have_text("这次记的 1 条")


def test_what_was_typed_of_one_kind_outlives_a_look_at_another(desk: Page) -> None:
    type_activity(desk)
    kinds = desk.locator("#kinds input")
    kinds.first.press("ArrowDown")
    expect(desk.locator("#kinds [value=会议]")).to_be_checked()
    desk.locator("#kinds [value=会议]").press("ArrowUp")
    expect(desk.locator("#text")).to_have_text(TEXT)
    desk.get_by_role("button", name="清空").click()
    kinds.first.press("ArrowDown")
    desk.locator("#kinds [value=会议]").press("ArrowUp")
    expect(desk.locator("#text")).to_have_text("---\n---\n")


def test_a_draft_of_one_kind_stays_while_another_is_written(desk: Page) -> None:
    type_activity(desk)
    kinds, text = desk.locator("#kinds"), desk.locator("#text")
    kinds.locator("[value=会议]").press("Space")
    put(desk, "标题", "例会")
    put(desk, "日期", "2024-10-10")
    desk.locator("#prose").fill("另一段。")
    meeting = text.text_content() or ""
    for _ in range(2):
        kinds.locator("[value=活动]").press("Space")
        expect(text).to_have_text(TEXT)
        kinds.locator("[value=会议]").press("Space")
        expect(text).to_have_text(meeting)


def test_a_draft_that_waits_gives_its_place_to_none_without_a_question(desk: Page) -> None:
    type_activity(desk)
    desk.get_by_role("button", name="放进这次的").click()
    type_activity(desk, 地点="村委会")
    desk.locator("#kinds [value=会议]").press("Space")
    desk.get_by_role("button", name="清空").click()
    desk.evaluate("{ window.confirm = () => false; 0 }")
    desk.get_by_role("button", name="拿回来改").click()
    expect(desk.locator("#batch-list li")).to_have_count(1)
    desk.locator("#kinds [value=活动]").press("Space")
    expect(desk.locator("#text")).to_have_text(TEXT.replace("乡场镇", "村委会"))


def test_what_was_typed_of_another_kind_outlives_a_visit_and_what_is_saved(desk: Page) -> None:
    kinds, text = desk.locator("#kinds"), desk.locator("#text")
    type_activity(desk, 参加人次=160)
    whole = text.text_content() or ""
    kinds.locator("[value=案件]").press("Space")
    desk.reload()
    expect(desk.locator("#status")).to_contain_text(
        "接着写；不要了，按“清空”。还有没写完的：活动。"
    )
    expect(kinds.locator(":checked")).to_have_value("案件")
    for key, value in (("标题", "邻里纠纷"), ("受理日期", "2024-12-05")):
        put(desk, key, value)
    desk.locator("#prose").fill("调解了。")
    for word in ("矛盾纠纷", "在办"):
        desk.locator(f"#needed [value={word}]").check(force=True)
    desk.get_by_role("button", name="放进这次的").click()
    expect(desk.locator("#status")).to_contain_text("一共 1 条。还有没写完的：活动。")
    kinds.locator("[value=会议]").press("Space")
    expect(text).to_have_text("---\n---\n")
    put(desk, "标题", "例会")
    desk.get_by_role("button", name="清空").click()
    expect(desk.locator("#status")).to_have_text("还有没写完的：活动。")
    opened(desk, TEXT, NAME)
    desk.get_by_role("button", name="清空").click()
    expect(text).to_have_text(whole)
    kinds.locator("[value=案件]").press("Space")
    kinds.locator("[value=现状]").press("Space")
    kinds.locator("[value=活动]").press("Space")
    expect(text).to_have_text(whole)
    desk.get_by_role("button", name="清空").click()
    expect(desk.locator("#status")).to_have_text("")
    assert desk.evaluate("JSON.parse(Object.values(localStorage)[0]).draft") is None


CLOSING = "dispatchEvent(new Event('pagehide')) && undefined"
"""What a browser does where a person closes a tab, and Playwright does not always."""


def test_a_draft_outlives_its_tab(file: Path, browser: Browser) -> None:
    with watched(browser, script=AGREEING + TYPING) as (tab, _):
        tab.goto(file.as_uri())
        type_activity(tab, 主题=["禁毒", "宪法"], 佐证材料=[{"名称": "照片", "份数": 6}])
        text = tab.locator("#text").text_content()
        tab.evaluate(CLOSING)
        tab.close()
        again = browser.contexts[-1].new_page()
        again.goto(file.as_uri())
        expect(again.locator("#text")).to_have_text(text or "")
        expect(again.locator("#status")).to_contain_text("上次没有写完")
        expect(again.get_by_label("地点必填")).to_have_value("乡场镇")
        expect(again.get_by_label("宪法")).to_be_checked()


def test_who_goes_back_sees_what_is_kept(desk: Page, file: Path) -> None:
    type_activity(desk)
    desk.goto("about:blank")
    desk.goto(file.as_uri())
    desk.locator("#prose").fill("第二版。")
    desk.locator("#kinds [value=会议]").press("Space")
    desk.go_back()
    desk.go_back()
    expect(desk.locator("#prose")).to_have_value("第二版。")
    expect(desk.locator("#kinds :checked")).to_have_value("会议")
    desk.get_by_role("button", name="清空").click()
    desk.locator("#kinds [value=活动]").press("Space")
    desk.get_by_role("button", name="清空").click()
    desk.goto("about:blank")
    desk.go_back()
    expect(desk.locator("#kinds :checked")).to_have_count(0)
    expect(desk.locator("#prose")).to_have_value("")


def test_a_day_is_one_day_whenever_the_draft_is_taken_up(desk: Page) -> None:
    fill(desk, (KINDS["活动"], {"日期": "昨天"}, ""))
    expect(desk.get_by_label("日期必填")).to_have_value("2026-01-04")
    desk.locator("[data-key=日期]").get_by_role("button", name="今天").click()
    expect(desk.get_by_label("日期必填")).to_have_value("2026-01-05")


def test_what_another_tab_has_kept_stays(desk: Page, file: Path) -> None:
    type_activity(desk)
    other = desk.context.new_page()
    other.goto(file.as_uri())
    fill(other, (KINDS["活动"], {**ACTIVITY, "标题": "别的"}, ""))
    other.get_by_role("button", name="放进这次的").click()
    expect(desk.locator("#batch-count")).to_have_text("这次记的 1 条")
    type_activity(desk)
    desk.get_by_role("button", name="放进这次的").click()
    expect(desk.locator("#batch-count")).to_have_text("这次记的 2 条")
    expect(other.locator("#batch-count")).to_have_text("这次记的 2 条")


def test_an_empty_tab_leaves_the_draft_of_another(desk: Page, file: Path) -> None:
    other = desk.context.new_page()
    other.goto(file.as_uri())
    type_activity(other)
    other.evaluate(CLOSING)
    other.close()
    desk.evaluate(CLOSING)
    third = desk.context.new_page()
    third.goto(file.as_uri())
    expect(third.locator("#text")).to_have_text(TEXT)
    third.get_by_role("button", name="清空").click()
    assert third.evaluate("JSON.parse(Object.values(localStorage)[0]).draft") is None


ODD = (
    "{",
    '{"batch": 1}',
    '{"batch": [{"kind": "活动"}]}',
    '{"draft": {"kind": "活动", "values": 1}}',
    '{"draft": {"kind": "活动", "others": {"会议": null}}}',
)


def test_what_no_form_has_kept_is_passed_over(desk: Page, file: Path) -> None:
    type_activity(desk)
    desk.evaluate(CLOSING)
    store = desk.evaluate("Object.keys(localStorage)[0]")
    for odd in ODD:
        desk.goto("about:blank")
        desk.goto(file.as_uri())
        desk.evaluate("onpagehide = onbeforeunload = null")
        desk.evaluate("([key, text]) => localStorage.setItem(key, text)", [store, odd])
        desk.goto("about:blank")
        desk.goto(file.as_uri())
        expect(desk.locator("#status")).to_contain_text("读不出来")
        assert type_activity(desk)["text"] == TEXT, odd
        desk.get_by_role("button", name="放进这次的").click()
        expect(desk.locator("#batch-count")).to_have_text("这次记的 1 条")


def test_it_says_so_where_no_draft_can_be_kept(file: Path, browser: Browser) -> None:
    forbidden = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"
    with watched(browser, script=AGREEING + TYPING + forbidden) as (tab, _):
        tab.goto(file.as_uri())
        expect(tab.locator("#storage")).to_contain_text("不让网页存草稿")
        assert type_activity(tab)["text"] == TEXT


FULL = "{ Storage.prototype.setItem = () => { throw new Error('full'); }; 0 }"
"""A store that takes no more."""


def test_several_records_are_held_where_none_can_be_kept(file: Path, browser: Browser) -> None:
    with watched(browser, script=AGREEING + TYPING) as (tab, _):
        tab.goto(file.as_uri())
        tab.evaluate(FULL)
        for number in (1, 2, 3):
            type_activity(tab)
            tab.get_by_role("button", name="放进这次的").click()
            expect(tab.locator("#status")).to_contain_text(f"这次一共 {number} 条。")
            tab.evaluate("dispatchEvent(new StorageEvent('storage')) && undefined")
        expect(tab.locator("#batch-list li")).to_have_count(3)
        asked: list[str] = []

        def leave(dialog: Dialog) -> None:
            asked.append(dialog.type)
            dialog.accept()

        tab.on("dialog", leave)
        tab.get_by_role("button", name="交了，清掉").click()
        tab.reload()
        assert not asked
        tab.evaluate(FULL)
        type_activity(tab)
        tab.get_by_role("button", name="放进这次的").click()
        tab.reload()
        assert asked == ["beforeunload"]


def test_on_a_narrow_screen_it_is_seen_what_became_of_a_record(desk: Page) -> None:
    desk.set_viewport_size({"width": 360, "height": 640})
    type_activity(desk)
    desk.get_by_role("button", name="放进这次的").click()
    expect(desk.get_by_label("标题必填")).to_be_focused()
    expect(desk.locator("#status")).to_be_in_viewport(ratio=1)


def test_the_last_of_the_same_category_is_copied_but_for_days_numbers_and_prose(
    desk: Page,
) -> None:
    said = {"承办": "平安法治办", "参加人次": 160, "佐证材料": [{"名称": "照片", "份数": 6}]}
    type_activity(desk, **said)
    desk.get_by_role("button", name="放进这次的").click()
    fill(desk, (KINDS["活动"], {"日期": "2025-01-02", "类别": "宣传活动"}, ""))
    desk.get_by_role("button", name="照上一条").click()
    expect(desk.locator("#text")).to_have_text(
        "---\n标题: “宪法”宣传\n日期: 2025-01-02\n类别: 宣传活动\n承办: 平安法治办\n地点: 乡场镇\n"
        "佐证材料:\n  - {名称: 照片}\n---\n"
    )


# In the office's preview


@contextlib.contextmanager
def served(preview: Preview, browser: Browser, path: str = "") -> Iterator[tuple[Page, Watch]]:
    """The form in the preview, for one who came by the address with the token."""
    origin = f"http://127.0.0.1:{preview.port}"
    with watched(browser, origin, AGREEING + TYPING) as (tab, watch):
        tab.request.get(preview.address)  # its page could be loaded again meanwhile
        tab.goto(f"{origin}/{quote(form.NAME)}{path and '#'}{quote(path)}")
        yield tab, watch


def saved(preview: Preview, path: str) -> str:
    return (preview.project.root / path).read_text(encoding="utf-8")


def test_the_preview_checks_and_saves(preview: Preview, browser: Browser) -> None:
    with served(preview, browser) as (tab, _):
        (told,) = fill(tab, (KINDS["活动"], {**ACTIVITY, "日期": "2024-11-30"}, "在赶集日设点。"))
        tab.get_by_label("标题必填").fill("一二三四五" * 500)
        expect(tab.locator("[data-key=标题] .said")).to_contain_text("超过 2000 字")
        save = tab.get_by_role("button", name="保存", exact=True)
        save.click()
        expect(tab.locator("#status")).to_have_text("没有保存：先改好标出来的错误。")
        expect(tab.get_by_label("标题必填")).to_be_focused()
        tab.get_by_label("标题必填").fill(ACTIVITY["标题"])
        expect(tab.locator("[data-key=标题] .said")).to_have_text("")
        save.click()
        expect(tab.locator("#status")).to_contain_text(f"写好了：{told['path']}")
        assert saved(preview, told["path"]) == told["text"]
        expect(tab.locator("#text")).to_have_text("---\n---\n")
        save.click()
        expect(tab.locator("#status")).to_contain_text(f"写好了：{told['path']}")
        expect(tab.locator(".said p")).to_have_count(0)
        fill(tab, (KINDS["活动"], {**ACTIVITY, "日期": "2024-11-30"}, "在赶集日设点。"))
        expect(tab.locator(".said p, #general p").first).to_contain_text(told["path"])


@pytest.mark.parametrize("path", ["", "records/2024/activities/宪法宣传.md"])
def test_what_was_saved_without_an_answer_is_ones_own(
    preview: Preview, browser: Browser, path: str
) -> None:
    typed = {**ACTIVITY, "日期": "2024-11-26"}
    with served(preview, browser, path) as (tab, watch):
        if path:
            expect(tab.locator("#path")).to_have_text(path)
            put(tab, "承办", "综治办")
        else:
            fill(tab, (KINDS["活动"], typed, "讲。"))
        records = preview.project.root / "records"
        before = contents(records)
        save = tab.get_by_role("button", name="保存", exact=True)
        tab.route("**/save", lambda route: (route.fetch(), route.abort()), times=1)
        save.click()
        expect(tab.locator("#status")).to_contain_text("预览没有回答")
        assert watch.errors.pop().startswith("Failed to load resource")
        tab.reload()
        tab.get_by_label("标题必填").fill("又一个标题")
        expect(tab.locator(".said p")).to_have_count(0)
        save.click()
        expect(tab.locator("#status")).to_contain_text("写好了：")
        (where,) = differing(before, contents(records))
        assert f"records/{where}" == path or not path
        assert "标题: 又一个标题\n" in saved(preview, f"records/{where}")


def test_while_a_record_is_saved_the_page_does_nothing_else(
    preview: Preview, browser: Browser
) -> None:
    with served(preview, browser) as (tab, _):
        tab.evaluate(SLOW.replace("the_slow", "fetch"))
        for day, hashed in (("28", ""), ("27", "#records/2024/activities/宪法宣传.md")):
            record = (KINDS["活动"], {**ACTIVITY, "日期": f"2024-11-{day}"}, "在赶集日设点。")
            (told,) = fill(tab, record)
            tab.get_by_role("button", name="保存", exact=True).click()
            do_all_else(tab, hashed)
            expect(tab.locator("#status")).to_contain_text(f"写好了：{told['path']}")
            expect(tab.locator("#text")).to_have_text("---\n---\n")
            expect(tab.locator("#batch")).to_be_hidden()
            expect(tab.get_by_label("标题必填")).to_be_focused()
            assert saved(preview, told["path"]) == told["text"]


SLOW = """() => {
    const real = window.the_slow;
    window.the_slow = async (...given) => {
        if (!String(given[0]).endsWith("/check")) await new Promise(resolve => { window.goOn = resolve; });
        return real(...given);
    };
}"""
"""What takes as long as the test wants."""


def do_all_else(tab: Page, hashed: str = "") -> None:
    """All that a person may try while a record is being saved; then it is."""
    expect(tab.locator("#status")).to_have_text("正在写…")
    for attempt in ("#clear", "#add", "#download", "#kinds [value=会议]", "[data-key=日期] button"):
        tab.locator(attempt).first.evaluate("node => node.click()")
    choose(tab, TEXT.replace("乡场镇", "别处"), "x.md")
    tab.locator("#prose").click(force=True)
    tab.keyboard.type("又一句。")
    tab.evaluate("hash => { location.hash = hash; }", hashed)
    tab.wait_for_function("'goOn' in window")
    tab.evaluate("goOn(delete window.goOn)")


def test_the_checker_takes_the_place_of_what_the_page_said(
    preview: Preview, browser: Browser
) -> None:
    with served(preview, browser) as (tab, _):
        fill(tab, (KINDS["活动"], {**ACTIVITY, "日期": "2024-11-29", "参加人次": "几十"}, ""))
        said = tab.locator("[data-key=参加人次] .said")
        expect(said).to_have_text("不是数：只写数字，不写单位。")
        expect(said.locator("small")).to_have_count(1)  # the checker's rule
        expect(said.locator("p")).to_have_count(1)


def test_a_record_of_the_preview_is_changed_from_its_page(
    preview: Preview, browser: Browser
) -> None:
    path = "records/2024/activities/宪法宣传.md"
    with served(preview, browser) as (tab, watch):
        tab.goto(f"http://127.0.0.1:{preview.port}/{quote(path.replace('.md', '.html'))}")
        tab.get_by_role("link", name="修改").click()
        expect(tab.locator("#path")).to_have_text(path)
        before = saved(preview, path)
        assert tab.locator("#text").text_content() == before
        text = put(tab, "承办", "司法所")
        tab.get_by_role("button", name="保存", exact=True).click()
        expect(tab.locator("#status")).to_contain_text(f"写好了：{path}")
        assert saved(preview, path) == text == changed(before, "承办", "司法所")
    with served(preview, browser, path) as (tab, watch):
        put(tab, "承办", "党政办")
        (preview.project.root / path).write_text(before, encoding="utf-8")
        tab.get_by_role("button", name="保存", exact=True).click()
        expect(tab.locator("#status")).to_contain_text("按“清空”，再打开它")
        assert saved(preview, path) == before
        assert watch.errors.pop().startswith("Failed to load resource: the server responded with")


def test_records_are_put_into_the_folder_that_was_chosen_and_over_none(
    preview: Preview, browser: Browser
) -> None:
    origin = f"http://localhost:{preview.port}"
    # The browser's own file system stands for the folder that a person chooses in a window.
    chosen = "window.showDirectoryPicker = () => navigator.storage.getDirectory();"
    with watched(browser, origin, AGREEING + TYPING + chosen) as (tab, _):
        tab.goto(f"{origin}/{quote(form.NAME)}")  # without the token: nobody's office
        expect(tab.locator("#no-office")).to_be_visible()
        expect(tab.locator("#no-office")).to_contain_text("终端里显示的那个网址")
        tab.evaluate("""navigator.storage.getDirectory()
            .then(root => root.getDirectoryHandle("records", {create: true}))""")
        save = tab.get_by_role("button", name="保存到文件夹", exact=True)
        for name in (NAME, NAME.replace(".md", "-2.md")):
            type_activity(tab)
            save.dblclick()
            expect(tab.locator("#status")).to_contain_text(f"records/2024/activities/{name}")
            assert tab.evaluate(READ, name) == TEXT
        tab.evaluate(SLOW.replace("the_slow", "showDirectoryPicker"))
        type_activity(tab)
        tab.get_by_role("button", name="换一个文件夹保存").click()
        do_all_else(tab)
        third = NAME.replace(".md", "-3.md")
        expect(tab.locator("#status")).to_contain_text(f"records/2024/activities/{third}")
        assert tab.evaluate(READ, third) == TEXT
        opened(tab, TEXT, NAME)
        text = put(tab, "地点", "村委会")
        save.click()
        expect(tab.locator("#status")).to_contain_text("改好了")
        assert tab.evaluate(READ, NAME) == text
        opened(tab, TEXT, NAME)
        put(tab, "地点", "别处")
        save.click()
        expect(tab.locator("#status")).to_contain_text("在别处改过了，没有写")
        assert tab.evaluate(READ, NAME) == text
        tab.evaluate(READ.replace(READING, WRITING_GBK), NAME)
        save.click()
        expect(tab.locator("#status")).to_contain_text("在别处改过了，没有写")
        tab.evaluate("{ window.showDirectoryPicker = () => Promise.reject(new Error('no')); 0 }")
        tab.get_by_role("button", name="换一个文件夹保存").click()
        expect(tab.locator("#status")).to_have_text("没有写成：准许它写，再存一次；不行的，下载。")


READING = "return (await (await folder.getFileHandle(name)).getFile()).text();"
WRITING_GBK = """
    const stream = await (await folder.getFileHandle(name)).createWritable();
    await stream.write(new Uint8Array([0xd6, 0xd0]));
    await stream.close();"""
READ = f"""async name => {{
    let folder = await navigator.storage.getDirectory();
    for (const part of ["records", "2024", "activities"]) folder = await folder.getDirectoryHandle(part);
    {READING}
}}"""
