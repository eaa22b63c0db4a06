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
