"""Which records a figure counts: by its conditions, and by the year."""

import re
from fractions import Fraction
from typing import Any

import pytest

from fazhi.sources import strict_yaml
from tests.support.counting import (
    activity,
    case,
    computed,
    count_of,
    counted,
    definition,
    meeting,
    open_case,
)

# 件数 and its conditions


COUNTED = """
活动: {} ← {} + {类别: 讲座} = 2 | {类别: 讲座} ← {} + {类别: 讲座} = 1 | {类别: 讲座} ← {} = 0
活动: {地点: 东村} ← {} + {地点: 西村} = 1 | {类别: 宣传活动, 地点: 东村} ← {} + {地点: 西村} = 1
活动: {参加人次: 0} ← {参加人次: 0} + {参加人次: 5} + {} = 1
活动: {类别: [宣传活动, 讲座]} ← {} + {类别: 讲座} = 2 | {类别: [讲座]} ← {} + {类别: 讲座} = 1
活动: {主题: 禁毒} ← {主题: [禁毒, 宪法]} + {主题: [宪法]} = 1 | {主题: 禁毒} ← {} = 0
活动: {主题: [禁毒, 宪法]} ← {主题: [禁毒, 宪法]} + {主题: [国家安全]} = 1
活动: {参加人次: 有} ← {参加人次: 0} + {} = 1 | {参加人次: 无} ← {参加人次: 0} + {} = 1
活动: {主题: 有} ← {主题: [宪法]} + {主题: []} + {} = 1 | {主题: 无} ← {主题: [宪法]} + {主题: []} + {} = 2
活动: {日期: {自: 05-06}} ← {} + {日期: 2024-05-05} = 1 | {日期: {至: 05-06}} ← {} + {日期: 2024-05-07} = 1
活动: {日期: {自: 2024-05-06, 至: 2024-05-07}} ← {日期: 2024-05-05} + {} + {日期: 2024-05-07} + {日期: 2024-05-08} = 2
活动: {日期: {自: 03-01, 至: 06-30}} ← {} + {日期: 2024-07-01} = 1 | {日期: {自: 06-30}} ← {} + {日期: 2024-06-30} = 1
活动: {日期: {至: 05-05}} ← {} + {日期: 2024-05-05} = 1
会议: {议题: {主题: 禁毒}} ← 禁毒 + 宪法 = 1 | {议题: {主题: 禁毒}} ← 禁毒,禁毒 = 1
会议: {议题: {主题: [禁毒, 宪法]}} ← 国家安全,宪法 + 国家安全 = 1
会议: {议题: {主题: 国家安全, 标题: 研究禁毒}} ← 国家安全,禁毒 = 0
会议: {议题: {合法性审查: 无}} ← 禁毒 = 1 | {议题: {合法性审查: 有}} ← 禁毒 = 0
会议: {类别: 专题会议, 议题: {主题: 禁毒}} ← 禁毒 = 0 | {主持: 有} ← 禁毒 = 0
会议: {类别: [党委会议, 专题会议], 议题: {主题: 禁毒}} ← 禁毒 = 1
案件: {类别: 矛盾纠纷} ← {} + 在办 = 2 | {结果: 在办} ← {} + 在办 = 1
案件: {结果: [调解成功, 在办]} ← {} + 在办 + {结果: 调解不成} = 2 | {办结日期: 有} ← {} + 在办 = 1
案件: {办结日期: 无} ← {} + 在办 = 1 | {办结日期: {自: 2024-03-20}} ← {} + {办结日期: 2024-03-19} + 在办 = 1
案件: {} ← {来源: [法院回流, "12345"]} = 1 | {来源: 法院回流} ← {来源: [法院回流, "12345"]} + {} = 1
案件: {来源: "12345"} ← {来源: [法院回流, "12345"]} + {} = 1 | {来源: 12345} ← {来源: [12345]} + {} = 1
案件: {村: 东村} ← {村: 东村} + {村: 西村} + {} = 1 | {纠纷类型: 山林土地} ← {纠纷类型: 山林土地} + {} = 1
"""
"""Conditions, the records that are there, and how many meet them.

One word of a list is enough, and counts a record once; both ends of a time are in it. Records are
what differs from the usual one, or the topics of a meeting.
"""
LINES = [line.partition(": ") for line in COUNTED.strip().splitlines()]


@pytest.mark.parametrize(
    ("kind", "row"), [(k, row) for k, _, rs in LINES for row in rs.split(" | ")]
)
def test_counts_what_meets_the_conditions(kind, row):
    conditions, told, number = re.split(" ← | = ", row)
    usual: Any = {"活动": activity, "案件": case}.get(kind)
    records = [
        meeting(*text.split(","))
        if kind == "会议"
        else open_case()
        if text == "在办"
        else usual(**strict_yaml.load(text, dict))
        for text in told.split(" + ")
    ]
    assert counted(count_of(kind, conditions), *records).number == int(number)


def test_counts_the_records_it_names():
    value = counted(count_of("活动", "{类别: 讲座}"), activity(), activity(类别="讲座"))
    assert [record.path for record in value.records] == ["records/2024/activities/001.md"]
    assert (value.unit, value.year) == ("件", 2024)


def test_counts_a_span_of_days_by_its_first():
    spanning = {"起始日期": "2024-12-30", "结束日期": "2025-01-02", **activity()}
    del spanning["日期"]
    assert counted(count_of("活动"), spanning).number == 1


# In which year


CARRIED_OVER = [
    case(受理日期="2023-12-20", 办结日期="2023-12-28"),
    case(受理日期="2023-12-20", 办结日期="2024-01-05"),
    case(受理日期="2024-12-20", 办结日期="2025-01-05"),
    case(受理日期="2024-03-12", 办结日期="2024-03-20"),
]


@pytest.mark.parametrize(
    ("by", "number", "folders", "before"),
    [({}, 2, {"2024"}, 2), ({"按日期": "办结日期"}, 2, {"2023", "2024"}, 1)],
)
def test_takes_what_falls_in_the_year_from_all_folders(by, number, folders, before):
    figure = count_of("案件", **by)
    value = counted(figure, *CARRIED_OVER)
    assert value.number == number
    assert {record.path.split("/")[1] for record in value.records} == folders
    last = counted(figure, *CARRIED_OVER, last=True)
    assert (last.number, last.year) == (Fraction(before), 2023)


LATE = case(受理日期="2024-12-20", 办结日期="2025-01-05")
FINED = {"类别": "行政处罚", "结果": "办结", "决定日期": "2025-01-03", "办结日期": "2025-01-05"}
LATE_FINE = case(受理日期="2024-12-20", 处罚种类="罚款", **FINED)


@pytest.mark.parametrize(
    ("conditions", "keys", "year", "number"),
    [
        ("{结果: 在办}", {}, 2024, 2),
        ("{结果: 调解成功}", {}, 2024, 1),
        ("{办结日期: 无}", {}, 2024, 2),
        ("{办结日期: 有}", {}, 2024, 1),
        ("{办结日期: {自: 01-01, 至: 01-31}}", {}, 2024, 0),
        ("{处罚种类: 有}", {}, 2024, 0),
        ("{决定日期: 无}", {}, 2024, 3),
        ("{结果: 调解成功}", {"按日期": "办结日期"}, 2025, 1),
        ("{处罚种类: 罚款}", {"按日期": "决定日期"}, 2025, 2),
        ("{结果: 在办}", {"截至": "03-19"}, 2024, 1),
        ("{结果: 调解成功}", {"截至": "03-20"}, 2024, 1),
    ],
)
def test_a_case_counts_as_it_stood_when_the_year_ended(conditions, keys, year, number):
    figure = count_of("案件", conditions, **keys)
    held = [case(), LATE, LATE_FINE, {**LATE_FINE, "受理日期": "2025-01-02"}]
    assert counted(figure, *held, year=year).number == number


def test_nor_does_what_ended_later_show_in_a_breakdown_or_a_share():
    of = {"单位": "件", "统计": "分类", "记录": "案件", "按": "结果"}
    value = counted(definition(**of, 条件="{类别: 矛盾纠纷}"), case(), LATE)
    assert value.parts == {"在办": 1, "调解成功": 1}
    done, all_of = "{类别: 矛盾纠纷, 结果: 调解成功}", "{类别: 矛盾纠纷}"
    sides = count_of("案件", done, 名称="成功") + count_of("案件", all_of, 名称="受理")
    rate = counted(sides + definition(统计="比率", 分子="成功", 分母="受理"), case(), LATE)
    assert (rate.number, rate.is_share) == (Fraction(50), True)


def test_penalties_by_their_day_of_decision():
    fined = case(
        类别="行政处罚", 处罚种类="罚款", 结果="办结", 决定日期="2024-01-10", 办结日期="2024-02-01"
    )
    figure = count_of("案件", "{类别: 行政处罚}", 按日期="决定日期")
    assert counted(figure, {**fined, "受理日期": "2023-12-01"}, case()).number == 1


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, {2023, 2024}),
        (2024, None, {2024}),
        (None, 2023, {2023}),
        (2023, 2024, {2023, 2024}),
        (2025, None, set()),
    ],
)
def test_definitions_hold_from_year_to_year(since, until, holds):
    years: dict[str, Any] = {key: year for key, year in (("自", since), ("至", until)) if year}
    figure = count_of("活动", **years)
    assert {
        year for year in (2023, 2024) if "甲" in computed(figure, activity(), year=year)[0]
    } == holds


def test_a_new_definition_leaves_the_old_year_as_it_was():
    figures = count_of("活动", "{类别: 讲座}", 至=2023) + count_of("活动", 自=2024)
    held = activity(), activity(日期="2023-05-06")
    assert [counted(figures, *held, year=year).number for year in (2023, 2024)] == [0, 1]


def test_no_record_of_the_kind_is_no_number():
    assert counted(count_of("案件"), activity()).number is None
    assert counted(count_of("活动"), activity(), last=True).number is None
