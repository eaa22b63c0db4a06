"""The form: typed into by a real browser, it writes what the dialogue writes, byte for byte."""

from __future__ import annotations

import itertools
import json
import random
import re
from collections.abc import Iterator
from itertools import starmap
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from fazhi import project
from fazhi.commands.new_record import answers
from fazhi.output import site
from fazhi.output.form import page as form
from fazhi.records import names
from fazhi.records.record import Record
from fazhi.report.editions import Edition
from fazhi.schema.fields import FieldSpec, Text, field, specs
from fazhi.schema.kinds import KINDS, Activity, Kind
from fazhi.schema.township import Settings
from fazhi.sources import front_matter
from fazhi.sources.tree import Folder
from tests.conftest import TODAY, settings_of
from tests.support.building import ROOT
from tests.support.filling import AGREEING, TYPING, fill
from tests.support.running import ran_script
from tests.support.watching import watched

pytest_plugins = ["tests.support.browsing"]


@pytest.fixture(scope="module")
def settings() -> Settings:
    return settings_of(ROOT)


@pytest.fixture(scope="module")
def sample_records() -> list[Record]:
    years = project.load(Folder(ROOT), TODAY).years
    return [record for year in years for record in year.records]


@pytest.fixture(scope="module")
def file(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The form alone."""
    written = tmp_path_factory.mktemp("form") / form.NAME
    written.write_text(form.page(settings), encoding="utf-8")
    return written


@pytest.fixture(scope="module")
def desk(file: Path, browser: Browser) -> Iterator[Page]:
    """The form opened from its folder, for all that is typed here: no request, no error."""
    with watched(browser, script=AGREEING + TYPING) as (tab, _):
        tab.clock.set_fixed_time(f"{TODAY}T09:00:00")
        tab.goto(file.as_uri())
        yield tab


# What it writes


def test_the_sample_is_written_as_by_the_dialogue(desk: Page, sample_records: list[Record]) -> None:
    # Every kind and every activity and meeting; of the cases, which are many and alike, some.
    cases = [record for record in sample_records if record.kind.name == "案件"]
    others = [record for record in sample_records if record.kind.name != "案件"]
    chosen = [*others, *cases[:: max(len(cases) // (210 - len(others)), 1)]]
    assert len(chosen) >= 200
    typed = [(record.kind, record.source.data, record.source.body) for record in chosen]
    told = fill(desk, *typed)
    expected = [{**made, "said": ""} for made in starmap(written, typed)]
    assert [pair for pair in zip(told, expected, strict=True) if pair[0] != pair[1]] == []


def written(kind: Kind, data: dict[str, Any], body: str) -> dict[str, str]:
    """What the dialogue would write of this data, and where, were there no other record."""
    leading = data.get(kind.model.leading) or data.get("起始日期") or ""
    day = kind.leading_day(leading)
    # Nobody's day is in the name of what has one that cannot be read.
    named = "日期还没有读懂" if leading and not day else (day or TODAY).isoformat()
    stem = names.stem(kind, named, str(data.get("标题", "")), ())
    return {
        "path": f"records/{(day or TODAY).year}/{kind.folder}/{stem}.md",
        "text": front_matter.record(data, kind.order, body),
    }


NASTY = [
    *('说"是"', "a: b", "a:b", "#号", "走访 #1 组", "  前后有空格  ", "是", "否", "true", "null"),
    *(
        "12345",
        "-7",
        "0012",
        "4.15",
        "2024-04-15",
        "---",
        "- 一",
        "[甲, 乙]",
        "{甲: 乙}",
        "*星",
        "&锚",
    ),
    *("!标", "%百分", "@艾特", "`反引号", "\\反斜杠\\n", "😀👍🏽", "𠮷野家", "é́", "ｱﾊﾟｰﾄ", "一　二"),
    *(
        "'单引号'",
        "“引号”",
        "，逗号",
        "a, b",
        "~",
        "?",
        "? 问",
        "甲|乙",
        ">折",
        "…",
        "、",
        "（）",
        "·",
    ),
    *(
        "长" * 300,
        "a " * 60,
        "第1条 第2条",
        "\u00bd杯",
        "Ⅳ级",
        "①项",
        "<b>",
        "a\u00a0b",
        "~/路径",
    ),
]
PROSES = [
    *(
        "",
        "一句。",
        "\n\n前后有空行\n\n",
        "两段\n\n\n三行",
        "---\n横线",
        "# 标题\n- 项",
        "   缩进",
        "结尾\r\n回车\r\n",
    ),
    *("\u3000\u3000全角缩进。\u3000", "😀", "{{ 指标 }}", "<script>alert(1)</script>", "甲" * 5000),
]
NUMBERS = [
    "0",
    "160",
    "１６０",
    "1,200",
    "007",
    "约160",
    "12.50",
    "-3",
    "1234567890123",
    "1e3",
    "十",
    "9" * 20,
]
DAYS = [
    "今天",
    "昨天",
    "20250405",
    "2025年4月5日",
    "2025/4/5",
    "２０２５-４-５",
    "2025.13.1",
    "四月五日",
]


def test_whatever_is_typed_is_written_as_by_the_dialogue(desk: Page, settings: Settings) -> None:
    chance = random.Random(17)
    typed, expected = [], []
    for place, kind in zip(range(150), itertools.cycle(KINDS.values()), strict=False):
        said = {
            key: made
            for key, spec in kind.fields.items()
            if key not in ("起始日期", "结束日期", "类别", "标记", "结果", "分类", "任务")
            and (made := anything(spec, settings, kind, chance, place)) is not None
        }
        prose = PROSES[place % len(PROSES)]
        typed.append((kind, said, prose))
        data = {key: read(kind.fields[key], text) for key, text in said.items()}
        data = {key: value for key, value in data.items() if value not in ("", {}, [])}
        # A browser's text has line ends of one kind.
        expected.append(written(kind, data, prose.replace("\r\n", "\n")))
    told = [{key: one[key] for key in ("path", "text")} for one in fill(desk, *typed)]
    assert [one for one in zip(typed, told, expected, strict=True) if one[1] != one[2]] == []


def anything(
    spec: FieldSpec, settings: Settings, kind: Kind, chance: random.Random, place: int
) -> Any:
    """Something that may be typed into a field, or None to leave it as it is."""
    if spec.model and not spec.is_mapping:
        parts = specs(spec.model)
        made = [
            {k: v for k, p in parts.items() if (v := anything(p, settings, kind, chance, place))}
            for _ in range(chance.randrange(1, 4))
        ]
        return [item for item in made if any(map(str.strip, map(str, item.values())))] or None
    if chance.random() < 0.3:
        return None
    if spec.is_day:
        return DAYS[place % len(DAYS)]
    if spec.is_number:
        return chance.choice(NUMBERS)
    words = settings.words(kind, spec, None, ()) or ()
    if spec.is_mapping:
        return {word: chance.choice(NUMBERS) for word in chance.sample(words, min(2, len(words)))}
    if spec.is_period:
        return chance.choice(["2024年", "2024-03", "2024年二季度", "2024上半年", "说不清"])
    if spec.is_list:
        return chance.sample(words, min(3, len(words)))
    return chance.choice(words) if words else chance.choice(NASTY)


def read(spec: FieldSpec, typed: Any) -> Any:
    """What the dialogue takes it for."""
    if isinstance(typed, list) and spec.model:
        parts = specs(spec.model)
        items = [{k: read(parts[k], v) for k, v in item.items()} for item in typed]
        return [{k: v for k, v in item.items() if v != ""} for item in items]
    if isinstance(typed, dict):
        return {name: answers.count(text) for name, text in typed.items()}
    if isinstance(typed, list):
        return typed
    return answers.value(spec, typed, (), TODAY)


@pytest.mark.parametrize(
    "char", "\u200b\ufeff\xad\u200e\u202e\u2060\u200d\x07\u2028\v\uf0b7\uf0d8\ud842"
)
def test_what_nobody_sees_is_not_taken_over(desk: Page, char: str) -> None:
    parted = "\n" if char in "\u2028\v" else ""
    (told,) = fill(desk, (KINDS["活动"], {"标题": f"宣{char}传"}, f"一\t段{char}话"))
    expected = written(KINDS["活动"], {"标题": "宣传"}, f"一\t段{parted}话")
    assert told == {**expected, "said": ""}


@pytest.mark.parametrize("key", ["标题", "正文"])
def test_what_nobody_sees_moves_no_caret_and_can_be_undone(desk: Page, key: str) -> None:
    fill(desk, (KINDS["活动"], {}, ""))
    box = desk.locator(f"[data-key={key}] :is(input, textarea)")
    box.fill("")
    box.press_sequentially("前后")
    box.press("ArrowLeft")
    desk.keyboard.insert_text("粘\u200b贴")
    desk.keyboard.type("中")
    expect(desk.locator("#text")).to_contain_text("前粘贴中后")
    for _ in range(3):
        box.press("ControlOrMeta+z")
        if box.input_value() == "前后":
            break
    expect(box).to_have_value("前后")


@pytest.mark.parametrize("char", ["长", "𠮷"])
def test_an_item_gets_a_line_a_key_from_the_same_length_on(desk: Page, char: str) -> None:
    kind = KINDS["活动"]
    typed = [
        (kind, {"佐证材料": [{"名称": char * count, "份数": 1}]}, "") for count in range(66, 78)
    ]
    told = [one["text"] for one in fill(desk, *typed)]
    assert told == [written(*one)["text"] for one in typed]
    assert {text.count("\n") for text in told} == {4, 5}  # on one line, and on two


def test_one_question_asks_for_a_day_or_for_both_ends(desk: Page) -> None:
    several = {"标题": "宣传周", "起始日期": "2024-12-01", "结束日期": "2024-12-07"}
    (told,) = fill(desk, (KINDS["活动"], several, ""))
    assert told == {**written(KINDS["活动"], several, ""), "said": ""}
    expect(desk.locator("[data-key=日期]")).to_have_count(1)
    (at_once,) = fill(
        desk, (KINDS["活动"], {"标题": "宣传周", "日期": "2024.12.1 至 2024.12.7"}, "")
    )
    assert at_once == told
    for short in ("2024-12-1至7", "2024年12月1日至7日", "20241201到12-7", "2024.12.1—12.7"):
        assert answers.days(short)[1] in ("2024-12-7", "2024-12-07"), short
        (again,) = fill(desk, (KINDS["活动"], {"标题": "宣传周", "日期": short}, ""))
        assert again == told, short


@pytest.mark.parametrize("kind", KINDS)
def test_an_untouched_form_gives_no_key(desk: Page, kind: str) -> None:
    (told,) = fill(desk, (KINDS[kind], {}, ""))
    assert told["text"] == "---\n---\n"
    assert desk.locator("input:checked").count() == 1  # the kind


def test_script_and_style_are_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    parts = re.findall(r"<(?:style|script)>(.*?)</(?:style|script)>", text, re.DOTALL)
    assert len(parts) == 2
    assert sum(len(part.encode()) for part in parts) <= 60 * 1024


def test_a_new_field_of_the_schema_is_in_the_form(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, tab: Page
) -> None:
    class More(Activity):
        weather: Text | None = field("天气", "当天的天气", words="主题")
        rain: Text | None = field("雨量说明", "雨下得怎样")

    monkeypatch.setitem(KINDS, "活动", Kind(More))
    written = tmp_path / form.NAME
    written.write_text(form.page(settings), encoding="utf-8")
    tab.goto(written.as_uri())
    tab.get_by_role("radio", name=re.compile("活动")).check(force=True)
    tab.get_by_role("button", name="天气", exact=True).click()
    tab.get_by_role("group", name="天气").get_by_label("禁毒").check(force=True)
    tab.get_by_role("button", name="雨量说明", exact=True).click()
    tab.get_by_label("雨量说明").fill("小雨")
    expect(tab.locator("#text")).to_have_text("---\n天气: 禁毒\n雨量说明: 小雨\n---\n")


# What it may hold


def test_it_is_in_the_internal_edition_alone(settings: Settings) -> None:
    checked = project.load(Folder(ROOT), TODAY)
    made = {edition: site.site(checked.years, checked.home, edition) for edition in Edition}
    assert form.NAME not in made[Edition.PUBLIC]
    page = made[Edition.INTERNAL][form.NAME]
    assert isinstance(page, str)
    told = json.loads(page.split('id="told">')[1].partition("</script>")[0])
    last = told["last"]["活动/宣传活动"]
    newest = max(
        (r for y in checked.years for r in y.records if r.fields.category == "宣传活动"),
        key=lambda record: (record.fields.day, record.path),
    )
    assert last["标题"] == newest.fields.title
    assert not last.keys() & {"日期", "起始日期", "结束日期", "参加人次", "发放资料份数", "计数"}
    assert all(item.keys() == {"名称"} for item in last.get("佐证材料", ()))
    assert (
        json.loads(form.page(settings).split('id="told">')[1].partition("</script>")[0])["last"]
        == {}
    )


def test_it_is_written_by_itself(tmp_path: Path, settings: Settings) -> None:
    done = ran_script("form.py", "--out", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / form.NAME).read_text(encoding="utf-8") == form.page(settings)


PERSONAL = """
手机号: 13812345678 | 138 1234 5678 | １３８１２３４５６７８ | 138-1234-5678 | 电话：1381234 5678 | 一三八一二三四五六七八
身份证号: 500229199001011231 | 500229 19900101 1231 | 身份证号5002291990010112
车牌号: 渝A12345 | 渝A·12345 | 渝AD12345
银行卡号: 6222021234567890128
电子邮箱: zhang@example.com
微信或 QQ 号: 微信：zuolan2024 | QQ12345678
门牌号: 3栋2单元
"""
NOT_PERSONAL = [
    "乡府发〔2024〕13号",
    "2024-04-15",
    "参加160人，发放资料220份",
    "12345热线",
    "合计13812元",
]


def test_personal_data_is_told_while_it_is_typed(desk: Page) -> None:
    lines = [line.partition(": ") for line in PERSONAL.strip().splitlines()]
    typed = [(kind, text) for kind, _, texts in lines for text in texts.split(" | ")]
    typed += [("", text) for text in NOT_PERSONAL]
    told = fill(desk, *((KINDS["活动"], {"标题": text}, "") for _, text in typed))
    wrong = [
        (kind, text, one["said"])
        for (kind, text), one in zip(typed, told, strict=True)
        if not (kind in one["said"] if kind else one["said"] == "")
    ]
    assert wrong == []
    assert not any(text in one["said"] for (_, text), one in zip(typed, told, strict=True))
