"""The form filled in by a real browser: typed as a person types, in one session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from playwright.sync_api import FilePayload, Page, expect

from fazhi.output.form import page as form
from fazhi.schema.kinds import KINDS, Kind
from fazhi.schema.township import Settings
from fazhi.sources import front_matter

TEXT = (
    "---\n标题: “宪法”宣传\n日期: 2024-12-04\n类别: 宣传活动\n地点: 乡场镇\n---\n在赶集日设点。\n"
)
NAME = "2024-12-04-宪法宣传.md"
PATH = f"records/2024/activities/{NAME}"
"""A record as the form writes it, what it is called, and where it lies."""

ACTIVITY = {"标题": "“宪法”宣传", "日期": "2024-12-04", "类别": "宣传活动", "地点": "乡场镇"}

AGREEING = "window.confirm = () => true;"
"""Runs first: the browser's own question, answered yes."""

TYPING = """
window.typing = (() => {
    const put = (input, text) => {
        input.value = text;
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    const pick = (box, word) => {
        const input = [...box.querySelectorAll("input")].find(one => one.value === word);
        if (!input) throw new Error(`no word ${word} in ${box.textContent}`);
        input.click();
    };
    const find = (box, key) => box.querySelector(`:scope > [data-key="${key}"]`);
    const asked = (key) => find(document.getElementById("needed"), key) || find(document.getElementById("offered"), key);
    const question = (key) => {
        const end = ["起始日期", "结束日期"].includes(key) && asked("日期");
        if (end) return end;
        if (!asked(key)) {
            [...document.querySelectorAll("#offers button")].find(one => one.textContent === key).click();
        }
        return asked(key);
    };
    const answer = (box, value) => {
        if (Array.isArray(value) && value.some(item => typeof item === "object")) {
            value.forEach((item, place) => {
                if (!box.querySelectorAll(".row")[place]) box.querySelector(".add").click();
                const row = () => box.querySelectorAll(".row")[place];
                Object.entries(item).forEach(([part, held]) => answer(find(row(), part), held));
            });
        } else if (Array.isArray(value)) {
            value.forEach(word => pick(box, word));
        } else if (typeof value === "object" && box.querySelector(".pair")) {
            Object.entries(value).forEach(([name, held]) => {
                const pair = [...box.querySelectorAll(".pair")].find(one => one.querySelector("label").textContent === name);
                put(pair.querySelector("input"), held);
            });
        } else if (typeof value === "object") {
            Object.entries(value).forEach(([name, held]) => {
                const mark = [...box.querySelectorAll(".inner")].find(one => one.querySelector("legend").textContent === name);
                [].concat(held).forEach(word => pick(mark, word));
            });
        } else if (box.querySelector(".words")) {
            pick(box, value);
        } else {
            put(box.querySelector("input[type=text], textarea"), value);
        }
    };
    const told = () => ({
        path: document.getElementById("path").textContent,
        text: document.getElementById("text").textContent,
        said: [...document.querySelectorAll(".said p")].map(one => one.textContent).join(),
    });
    return {
        unseen: (work) => {
            document.body.hidden = true;
            try {
                return work();
            } finally {
                document.body.hidden = false;
            }
        },
        record: ([kind, answers, prose]) => {
            document.getElementById("clear").click();
            document.querySelector(`#kinds input[value="${kind}"]`).click();
            answers.forEach(([key, value]) => {
                const box = question(key);
                if (key === "结束日期") put(box.querySelectorAll("input[type=text]")[1], value);
                else answer(box, value);
            });
            put(document.getElementById("prose"), prose);
            return told();
        },
    };
})();
"""


def as_typed(value: Any) -> Any:
    """Data of a record as a person types or picks it: all of it text."""
    if isinstance(value, Mapping):
        return {str(key): as_typed(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [as_typed(held) for held in value]
    return str(value)


def fill(tab: Page, *records: tuple[Kind, Mapping[str, Any], str]) -> list[dict[str, str]]:
    """Records typed one after the other, their data and prose; the path and text that the page shows,
    and what it says is wrong.

    A record's day and 类别 come first: the words depend on them. Nobody looks meanwhile: to lay the
    page out whenever a field is focused is most of the time.
    """
    told: list[dict[str, str]] = tab.evaluate(
        "records => typing.unseen(() => records.map(typing.record))",
        [[kind.name, _in_order(kind, data), prose] for kind, data, prose in records],
    )
    return told


def type_activity(tab: Page, **more: Any) -> dict[str, str]:
    (told,) = fill(tab, (KINDS["活动"], {**ACTIVITY, **more}, "在赶集日设点。"))
    return told


def _in_order(kind: Kind, data: Mapping[str, Any]) -> list[list[Any]]:
    first = ("日期", "起始日期", "结束日期", "受理日期", "截止日期", "期间", "类别")
    keys = sorted(data, key=lambda key: (key not in first, kind.order.index(key)))
    return [[key, as_typed(data[key])] for key in keys]


# The form alone


def written(folder: Path, settings: Settings, address: str | None = None) -> Path:
    """The form alone, of an office whose records lie at `address`."""
    township = settings.township.model_copy(update={"edit_address": address})
    file = folder / form.NAME
    file.write_text(form.page(replace(settings, township=township)), encoding="utf-8")
    return file


# A record that is there already


def choose(tab: Page, text: str, name: str) -> None:
    file = FilePayload(name=name, mimeType="text/markdown", buffer=text.encode())
    tab.locator("#open").set_input_files(file)


def opened(tab: Page, text: str, name: str = "x.md") -> str:
    choose(tab, text, name)
    expect(tab.locator("#status")).to_contain_text(f"正在修改“{name}”")
    return tab.locator("#text").text_content() or ""


def put(tab: Page, key: str, value: str) -> str:
    offer = tab.locator("#offers").get_by_role("button", name=key, exact=True)
    if offer.count():
        offer.click()
    tab.locator(f"[data-key={key}] input[type=text]").first.fill(value)
    return tab.locator("#text").text_content() or ""


def changed(text: str, key: str, value: Any) -> str:
    """What the program makes of the same change, which knows one kind of line end."""
    mark, newline = "\ufeff" * text.startswith("\ufeff"), "\r\n" if "\r\n" in text else "\n"
    taken = front_matter.split(text.removeprefix("\ufeff").replace("\r\n", "\n"))
    assert taken
    head, yaml, rest = taken
    made = head + front_matter.changed(yaml, {key: value}, KINDS["活动"].order) + rest
    return mark + made.replace("\n", newline)
