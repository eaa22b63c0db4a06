"""Copied text is found through other days, places and people, and what is alike by nature is not."""

from pathlib import Path

import pytest

from tests.conftest import MakeProject, checked

TALK = (
    "{day}，工作人员到{place}，与村民{who}某谈话，了解近来生活、务工和家庭情况，逐条讲解治安管理处罚法"
    "的有关规定，提醒其不参与赌博、不轻信网上的高额返利。{who}某表示记住了，遇到拿不准的事先找村里商量。"
)
PEOPLE = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕"


def activity(number: int, body: str, extra: str = "") -> tuple[str, str]:
    day = f"2024-{number % 12 + 1:02}-{number % 28 + 1:02}"
    path = f"records/2024/activities/{day}-{number}.md"
    head = f"标题: 第{number}次谈话\n日期: {day}\n类别: 宣传活动\n地点: 东村\n{extra}"
    return path, f"---\n{head}---\n{body}\n"


def told(number: int, body: str = TALK) -> str:
    place = ("东村", "西村", "邻乡")[number % 3]
    return body.format(day=f"{number % 12 + 1}月{number + 3}日", place=place, who=PEOPLE[number])


def found(root: Path) -> list[str]:
    return [p.path for p in checked(root).problems if p.rule == "FZ822"]


def test_every_copy_of_one_talk_is_found(make_project: MakeProject) -> None:
    made = dict(activity(number, told(number)) for number in range(22))
    assert found(make_project(made)) == sorted(made)[1:]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("。{who}某表示", "，并留下联系的办法。{who}某表示"),
        ("不参与赌博", "远离赌场"),
        ("逐条讲解", "仔细讲解"),
        ("，了解近来生活、务工和家庭情况", ""),
        ("与村民{who}某谈话", "对群众{who}某某走访"),
        ("，提醒其", ",**提醒其**"),
    ],
)
def test_a_small_edit_does_not_hide_it(old: str, new: str, make_project: MakeProject) -> None:
    assert old in TALK
    bodies = [told(1), told(2, TALK.replace(old, new)), told(3)]
    made = dict(activity(number, body) for number, body in enumerate(bodies))
    assert found(make_project(made)) == sorted(made)[1:]


OTHER = "，介绍了新修的水渠怎样分段管护，各组轮到哪一天，谁家的田先放水，旱的时候又怎样让"


@pytest.mark.parametrize(
    "bodies",
    [
        ["设点宣讲，解答群众提问，发放资料。"] * 3,  # two words: alike by nature
        [told(1), told(2, TALK.replace("，逐条讲解治安管理处罚法的有关规定", OTHER))],
        [told(1)],
        ["", ""],
    ],
)
def test_what_is_no_copy_is_left_alone(bodies: list[str], make_project: MakeProject) -> None:
    made = dict(activity(number, body) for number, body in enumerate(bodies))
    assert found(make_project(made)) == []


def test_an_answer_is_that_of_one_record(make_project: MakeProject) -> None:
    made = dict(
        activity(number, told(number), "沿用: 按统一的提纲谈话\n" if number == 1 else "")
        for number in range(3)
    )
    assert found(make_project(made)) == [activity(2, "")[0]]


def test_last_year_is_another_year(make_project: MakeProject) -> None:
    path, text = activity(1, told(1))
    old = {path.replace("2024", "2023"): text.replace("2024-", "2023-")}
    assert found(make_project({path: text, **old})) == []


# Reports

OLD = [
    "召开领导小组会议{{ 宣传活动 }}，研究部署重点任务，跟踪办理进度",
    "聘请律师到东村坐班，每月两次，村民问什么就答什么",
    "把普法责任分到各个岗位，由岗位按月报送做了什么",
    "健全投诉举报制度，发现违法的执法行为及时纠正",
    "依托乡村两级力量掌握社情民意，力求小事不出村",
]
NEW = [
    f"{what}的办法作了修订，由各村讨论以后施行" for what in ("养犬", "水渠", "停车", "夜市", "用火")
]
COPIED = [
    "召开领导小组会议{{ 发放资料 }}，研究部署重点任务，跟踪办理进度",
    "一是聘请律师到西村坐班，每月三次，村民问什么就答什么",
    "**把普法责任分到各个岗位**，由岗位按月报送做了什么",
    *OLD[3:],
]


def report(year: int, sentences: list[str], extra: str = "") -> dict[str, str]:
    body = "".join(f"{sentence}。" for sentence in sentences)
    return {
        f"docs/report/{year}.md": REPORT.format(year=year, next=year + 1, extra=extra, body=body)
    }


REPORT = """---
标题: 某县示例乡人民政府{year}年法治政府建设情况报告
署名: 某县示例乡人民政府
成文日期: {next}-02-12
{extra}---

{year}年，示例乡坚持以习近平法治思想为指导，推进法治政府建设，现将有关情况报告如下。

## 成效 {{块=成效}}

{body}

## 第一责任人 {{块=第一责任人}}

带头学法用法。

## 不足 {{块=不足}}

原因是力量不足。

## 安排 {{块=安排}}

继续开展宣传。

## 其他 {{块=其他}}

本报告数据的统计期间为全年，人员队伍数为年底的数据。

特此报告。
"""


def told_of_reports(make_project: MakeProject, *files: dict[str, str]) -> list[str]:
    root = make_project({path: text for held in files for path, text in held.items()})
    return [p.message for p in checked(root).problems if p.rule == "FZ821"]


def test_new_numbers_and_places_do_not_make_a_new_report(make_project: MakeProject) -> None:
    old, new = report(2023, OLD), report(2024, [*NEW, *COPIED])
    (message,) = told_of_reports(make_project, old, new)
    assert "10句里有5句（50%）和2023年的报告一样" in message
    assert message.count("行“") == 5
    assert "统计期间" not in message


@pytest.mark.parametrize(
    ("of", "same", "is_told"), [(5, 2, False), (24, 3, True), (60, 5, False), (40, 5, True)]
)
def test_what_every_year_says_again_is_no_news(of, same, is_told, make_project) -> None:
    news = [
        f"{chr(0x4E00 + 41 * n) * 3}的办法作了修订，由各村讨论以后施行" for n in range(of - same)
    ]
    assert len({*news}) == of - same
    old, new = report(2023, OLD[:same]), report(2024, [*news, *OLD[:same]])
    assert bool(told_of_reports(make_project, old, new)) is is_told


@pytest.mark.parametrize(
    ("last", "this", "is_told"),
    [("", "沿用: 职责没有变\n", False), ("沿用: 职责没有变\n", "沿用: 职责没有变\n", True)],
)
def test_an_answer_is_that_of_its_year(last, this, is_told, make_project) -> None:
    old, new = report(2023, OLD, last), report(2024, OLD, this)
    assert bool(told_of_reports(make_project, old, new)) is is_told


def test_an_unreadable_report_is_not_compared(make_project: MakeProject) -> None:
    assert told_of_reports(make_project, {"docs/report/2023.md": "---\n"}, report(2024, OLD)) == []
