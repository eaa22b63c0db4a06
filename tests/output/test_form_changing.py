"""A record that is there already is changed in the form: in the touched lines alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from fazhi.sources.source import as_record
from tests.support.building import ROOT
from tests.support.filling import (
    AGREEING,
    NAME,
    PATH,
    TEXT,
    TYPING,
    changed,
    opened,
    put,
)
from tests.support.hostile import KNOWN
from tests.support.watching import watched

pytest_plugins = ["tests.support.desks"]

MESSY = """\
---
# 最上面的备注
标题: 普法宣传  # 行尾备注
类别: 宣传活动

日期: 2024-04-15
未知的项: [1, 2
  , 3]
地点: "乡场镇 # 不是备注"   # 是备注
# 主题上面的备注
主题:
  - 禁毒   # 第一个
  # 中间的备注
  - 宪法
佐证材料:
- 名称: 照片
  份数: 6
- {名称: '签到''表', 份数: 1}
计数:
  悬挂横幅: 6
  播放广播: 2
承办: >
  很长的
  文字
---

  正文第一行。

"""
EDITS: list[tuple[str, str]] = [
    ("标题", "禁毒: 宣传"),
    ("地点", "村委会"),
    ("日期", "昨天"),
    ("参加人次", "１６０"),
    ("依据", "乡府发〔2024〕1号"),
    ("地点", ""),
]


@pytest.mark.parametrize("form_of", [str, lambda t: "\ufeff" + t.replace("\n", "\r\n")])
def test_only_the_lines_of_what_was_touched_change(desk: Page, form_of: Any) -> None:
    text = form_of(MESSY)
    for place, (key, value) in enumerate(EDITS):
        assert opened(desk, text, f"{place}.md") == text
        data: Any = {"参加人次": 160, "日期": "2026-01-04"}.get(key, value) or None
        assert put(desk, key, value) == changed(text, key, data), (key, value)


def test_what_is_put_back_leaves_no_trace(desk: Page) -> None:
    opened(desk, MESSY)
    assert put(desk, "标题", "别的") != MESSY
    assert put(desk, "标题", "普法宣传") == MESSY


def test_lists_and_rows_of_a_record_that_was_read(desk: Page) -> None:
    opened(desk, MESSY)
    desk.get_by_role("checkbox", name="国家安全").check(force=True)
    topics = changed(MESSY, "主题", ["禁毒", "宪法", "国家安全"])
    expect(desk.locator("#text")).to_have_text(topics)
    desk.locator("[data-key=佐证材料] [data-key=份数] input").first.fill("7")
    rows = [{"名称": "照片", "份数": 7}, {"名称": "签到'表", "份数": 1}]
    assert desk.locator("#text").text_content() == changed(topics, "佐证材料", rows)


def test_what_is_not_understood_is_shown_and_stays(desk: Page) -> None:
    opened(desk, MESSY)
    expect(desk.locator("#status")).to_contain_text("“承办”的写法这里读不懂")
    box = desk.locator("[data-key=承办]")
    expect(box.locator("pre")).to_have_text("承办: >\n  很长的\n  文字\n")
    expect(box.locator("input")).to_have_count(0)


def test_prose_is_changed_alone(desk: Page) -> None:
    opened(desk, MESSY)
    desk.locator("#prose").fill("另一段。")
    head = MESSY[: MESSY.rindex("---\n") + 4]
    assert desk.locator("#text").text_content() == f"{head}另一段。\n"


def test_a_record_that_is_changed_is_saved_alone(desk: Page) -> None:
    opened(desk, MESSY)
    expect(desk.locator("#status")).to_contain_text("单独存，不放进这次的")
    expect(desk.locator("#add")).to_be_hidden()
    desk.get_by_role("button", name="清空").click()
    expect(desk.locator("#add")).to_be_visible()


@pytest.mark.parametrize("encoding", ["gbk", "utf-16"])
def test_what_is_not_utf_8_is_told_how_to_become_so(desk: Page, encoding: str) -> None:
    file = FilePayload(name="x.md", mimeType="text/markdown", buffer=TEXT.encode(encoding))
    desk.locator("#open").set_input_files(file)
    expect(desk.locator("#status")).to_have_text("读不了“x.md”：先另存为 UTF-8。")


def test_the_sample_is_opened_and_left_as_it_was(desk: Page) -> None:
    for path in sorted((ROOT / "records").glob("*/*/*.md"))[::9]:
        text = path.read_text(encoding="utf-8")
        assert opened(desk, text, path.name) == text
        source, _ = as_record(text.encode(), path.name)
        assert source
        assert "读不懂" not in (desk.locator("#status").text_content() or "")


def test_the_page_of_a_record_leads_here(file: Path, browser: Browser) -> None:
    with watched(browser, script=AGREEING + TYPING) as (tab, _):
        tab.goto(f"{file.as_uri()}#{PATH}")
        expect(tab.locator("#wanted")).to_contain_text(f"要修改的是 {PATH}")
        opened(tab, TEXT, NAME)
        expect(tab.locator("#path")).to_have_text(PATH)
        expect(tab.locator("#wanted")).to_be_hidden()
        tab.evaluate("{ window.confirm = () => { throw new Error('nothing was typed'); }; 0 }")
        opened(tab, MESSY)
        tab.get_by_role("button", name="清空").click()
        expect(tab.locator("#text")).to_have_text("---\n---\n")
        assert tab.evaluate("location.hash") == ""


OPENED = """async texts => {
    const input = document.getElementById("open"), status = document.getElementById("status");
    for (const [place, text] of texts.entries()) {
        const chosen = new DataTransfer();
        chosen.items.add(new File([text], `x${place}.md`, { type: "text/markdown" }));
        input.files = chosen.files;
        input.dispatchEvent(new Event("change", { bubbles: true }));
        for (let frames = 0; !status.textContent.includes(`x${place}.md`); frames++) {
            if (frames > 600) throw new Error(`not opened: ${text}`);
            await new Promise(requestAnimationFrame);
        }
    }
}"""
"""Files chosen one after the other, each when the page has said what became of the last."""


def test_attacks_in_a_record_that_is_opened_run_nowhere(desk: Page) -> None:
    elements = desk.evaluate("document.querySelectorAll('*').length")
    texts = []
    for attack in KNOWN:
        told = json.dumps(attack, ensure_ascii=False)
        texts.append(
            f"---\n标题: {told}\n{told}: {told}\n地点: {told}\n主题: [{told}]\n---\n{attack}\n"
        )
    desk.evaluate(OPENED, texts)
    assert desk.locator("script, img, iframe, svg, style").count() == 3  # its own
    assert desk.evaluate("document.querySelectorAll('*').length") < elements + 300
