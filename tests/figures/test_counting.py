"""Each measure and each condition, counted on small folders of records."""

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import count
from typing import Any

import pytest

from fazhi.figures import yearly
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import plain
from fazhi.problems.problem import Problem
from fazhi.records.record import Record
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import KINDS
from fazhi.schema.validation import parse
from fazhi.schema.vocabulary import Vocabulary
from fazhi.schema.words import Counter
from fazhi.sources import strict_yaml
from fazhi.sources.source import Source, as_record
from tests.conftest import BASE, settings_of

VOCABULARY = """\
板块:
  - {名称: 法治宣传, 路径: publicity, 说明: 普法}
  - {名称: 矛盾化解, 路径: mediation, 说明: 调解}
类别:
  活动:
    - {名称: 宣传活动, 板块: 法治宣传}
    - {名称: 讲座, 板块: 法治宣传}
    - {名称: 考试}
  会议:
    - {名称: 党委会议, 板块: 矛盾化解}
    - {名称: 专题会议, 板块: 矛盾化解}
  案件:
    - {名称: 矛盾纠纷, 板块: 矛盾化解, 结果: [调解成功, 调解不成, 在办]}
    - {名称: 行政处罚, 板块: 矛盾化解, 结果: [办结, 在办], 标记: [公示, {名称: 程序, 取值: [简易, 普通]}]}
  现状:
    - {名称: 执法队伍, 板块: 法治宣传, 单位: 支}
    - {名称: 万人, 板块: 法治宣传, 单位: 万人}
    - {名称: 千人, 板块: 法治宣传, 单位: 千人}
    - {名称: 人, 板块: 法治宣传, 单位: 人}
    - {名称: 重点人群, 板块: 矛盾化解, 单位: 名, 分项: [甲类, 乙类, 丙类]}
  汇总:
    - {名称: 平台办件, 板块: 矛盾化解}
    - {名称: 矛盾纠纷, 板块: 矛盾化解}
主题: [禁毒, 宪法, 国家安全]
纠纷类型: [邻里纠纷, 山林土地]
来源: [群众申请, 法院回流, "12345"]
处罚种类: [警告, 罚款]
计数:
  - {名称: 悬挂横幅, 单位: 条, 公开: 是}
  - {名称: 出动人员, 单位: 人次, 公开: 否}
  - {名称: 流转件, 单位: 件, 公开: 是}
  - {名称: 退回件, 单位: 件, 公开: 是}
  - {名称: 罚没款, 单位: 元, 公开: 是}
"""
SETTINGS = replace(
    settings_of(BASE), vocabulary=Vocabulary.model_validate(strict_yaml.load(VOCABULARY, dict))
)


def activity(**fields: object) -> dict[str, object]:
    return {"日期": "2024-05-06", "类别": "宣传活动", "地点": "东村", **fields}


def meeting(*topics: str, **fields: object) -> dict[str, object]:
    items = ", ".join(f"{{标题: 研究{topic}, 主题: {topic}}}" for topic in topics)
    return {"日期": "2024-05-06", "类别": "党委会议", **fields, "议题": f"[{items}]"}


def case(**fields: object) -> dict[str, object]:
    settled = {"办结日期": "2024-03-20", "结果": "调解成功"}
    return {"受理日期": "2024-03-12", "类别": "矛盾纠纷", **settled, **fields}


def open_case(**fields: object) -> dict[str, object]:
    return {"受理日期": "2024-03-12", "类别": "矛盾纠纷", "结果": "在办", **fields}


def standing(**fields: object) -> dict[str, object]:
    return {"截止日期": "2024-12-31", "类别": "执法队伍", **fields}


def counted(
    figures: str, *records: Mapping[str, object], year: int = 2024, last: bool = False
) -> Value:
    """The figure that is defined last, counted over records; last year's if asked."""
    values, problems = computed(figures, *records, year=year - last)
    assert problems == []
    return list(values.values())[-1]


def computed(
    figures: str, *records: Mapping[str, object], year: int = 2024
) -> tuple[Values, list[Problem]]:
    """All figures, over records each in the folder of its leading date's year, named by number."""
    source = Source("records/figures.yml", figures, None, "", figures)
    definitions = map(Definition.model_validate, strict_yaml.load(figures, list))
    settings = replace(SETTINGS, definitions=tuple(definitions), figures_source=source)
    return yearly.computed(map(record, count(), records), settings, [year])[year]


def record(number: int, held: Mapping[str, object]) -> Record:
    kind = next(KINDS[name] for key, name in TOLD_BY.items() if key in held)
    day = next(str(held[key]) for key in LEADING if key in held)
    lines = "".join(f"{key}: {value}\n" for key, value in held.items())
    path = f"records/{day[:4]}/{kind.folder}/{number:03}.md"
    source, problems = as_record(f"---\n标题: 第{number}条\n{lines}---\n内容。\n".encode(), path)
    assert source, problems
    fields, problems = parse(kind.model, source, source.data)
    assert fields, problems
    return Record(path, int(day[:4]), kind, fields, source)


TOLD_BY = {"地点": "活动", "议题": "会议", "结果": "案件", "截止日期": "现状", "期间": "汇总"}
LEADING = ("日期", "起始日期", "受理日期", "截止日期", "期间")


def definition(**keys: object) -> str:
    """One definition in figures.yml, with what every definition needs."""
    held = {"名称": "甲", "板块": "法治宣传", **keys}
    return "- {" + ", ".join(f"{key}: {value}" for key, value in held.items()) + "}\n"


def count_of(kind: str, conditions: str = "{}", **keys: object) -> str:
    return definition(单位="件", 统计="件数", 记录=kind, 条件=conditions, **keys)


def sum_of(field: str, **keys: object) -> str:
    return definition(单位="件", 统计="求和", 记录="活动", 字段=field, **keys)


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


# 求和


@pytest.mark.parametrize(
    ("field", "records", "number", "used"),
    [
        ("参加人次", [activity(参加人次=5), activity(参加人次=7), activity()], 12, 2),
        ("参加人次", [activity(参加人次=0)], 0, 1),
        ("参加人次", [activity()], 0, 0),
        (
            "悬挂横幅",
            [
                activity(计数="{悬挂横幅: 3, 出动人员: 9}"),
                activity(计数="{出动人员: 4}"),
                activity(),
            ],
            3,
            1,
        ),
        ("出动人员", [activity(计数="{出动人员: 4}"), activity(计数="{出动人员: 5}")], 9, 2),
    ],
)
def test_adds_a_field_or_a_counter(field, records, number, used):
    value = counted(sum_of(field), *records)
    assert (value.number, len(value.records)) == (Fraction(number), used)


def test_adds_only_what_meets_the_conditions():
    figure = sum_of("参加人次", 条件="{类别: 讲座}")
    value = counted(figure, activity(参加人次=5), activity(类别="讲座", 参加人次=7))
    assert value.number == 7


# 比率


def ratio(above: str, below: str, **keys: object) -> str:
    parts = (
        count_of("案件", above).replace("名称: 甲", "名称: 分子数"),
        count_of("案件", below).replace("名称: 甲", "名称: 分母数"),
        definition(统计="比率", 分子="分子数", 分母="分母数", **keys),
    )
    return "".join(parts)


def test_a_ratio_is_an_exact_fraction():
    cases = [case(), case(结果="调解不成"), open_case()]
    value = counted(ratio("{结果: 调解成功}", "{类别: 矛盾纠纷}"), *cases)
    assert value.number == Fraction(100, 3)
    assert (value.numerator, value.denominator, value.unit) == (1, 3, "%")
    assert len(value.records) == 3


@pytest.mark.parametrize("conditions", ["{类别: 行政处罚}", "{结果: 办结}"])
def test_a_ratio_over_nothing_has_no_number(conditions):
    value = counted(ratio(conditions, conditions), case())
    assert value.number is None


def test_a_ratio_of_nothing_is_zero():
    value = counted(ratio("{结果: 调解不成}", "{}"), case())
    assert (value.number, value.numerator, value.denominator) == (Fraction(0), 0, 1)


def test_a_ratio_names_what_stands_beside_it():
    value = counted(ratio("{结果: 调解成功}", "{}", 附列="[分子数]"), case(), open_case())
    assert [(other.name, other.number) for other in value.beside] == [("分子数", Fraction(1))]


def test_a_quotient_in_percent_may_be_above_all():
    sides = count_of("案件", "{结果: 调解成功}", 名称="完成") + count_of("案件", "{}", 名称="任务")
    of = {"统计": "比值", "分子": "任务", "分母": "完成", "单位": '"%"'}
    value = counted(sides + definition(**of), case(), open_case())
    assert (value.number, plain(value)) == (Fraction(200), "200%")


@pytest.mark.parametrize(
    ("measure", "closed", "number", "printed"),
    [
        ("平均天数", ["2024-03-12", "2024-03-13"], Fraction(1, 2), "0.50天"),
        ("平均天数", ["2024-03-22", None], Fraction(10), "10天"),
        ("平均天数", [None], None, "暂无"),
        ("最长天数", ["2024-03-12", "2024-03-22", None], Fraction(10), "10天"),
        ("最短天数", ["2024-03-12", "2024-03-22", None], Fraction(0), "0天"),
        ("最长天数", [None], None, "暂无"),
    ],
)
def test_how_long_cases_took(measure, closed, number, printed):
    cases = [case(办结日期=day) if day else open_case() for day in closed]
    value = counted(definition(单位="天", 统计=measure, 记录="案件"), *cases)
    assert (value.number, plain(value)) == (number, printed)
    assert len(value.records) == sum(map(bool, closed))


def test_refuses_a_ratio_above_one():
    _, problems = computed(ratio("{}", "{结果: 调解成功}"), case(), open_case())
    assert [(problem.rule, problem.line) for problem in problems] == [("FZ621", 3)]


# 最新值 and 分类


def latest(**keys: object) -> str:
    return definition(单位="支", 统计="最新值", 记录="现状", 条件="{类别: 执法队伍}", **keys)


MARCH = standing(截止日期="2024-03-31", 数量=1)
JUNE = standing(截止日期="2024-06-30", 数量=2)
DECEMBER = standing(数量=3)


@pytest.mark.parametrize(
    ("keys", "records", "number"),
    [
        ({}, [DECEMBER, MARCH, JUNE], 3),
        ({}, [MARCH, JUNE], 2),
        ({"截至": "06-30"}, [DECEMBER, MARCH, JUNE], 2),
        ({"截至": "06-29"}, [DECEMBER, MARCH, JUNE], 1),
        ({"截至": "01-31"}, [DECEMBER, MARCH, JUNE], None),
        ({}, [standing(分类="{甲类: 2, 乙类: 3}")], 5),
        ({}, [standing(截止日期="2023-12-31", 数量=9), MARCH], 1),
        ({}, [standing(类别="重点人群", 数量=9), MARCH], 1),
    ],
)
def test_takes_the_latest_value(keys, records, number):
    value = counted(latest(**keys), *records)
    assert value.number == number
    assert len(value.records) == (number is not None)


def test_the_latest_value_is_never_of_another_year():
    old = standing(截止日期="2023-12-31", 数量=9)
    assert counted(latest(), old, activity()).number is None
    assert counted(latest(), old, activity(), last=True).number == 9


def test_refuses_two_latest_values():
    _, problems = computed(latest(), MARCH, DECEMBER, DECEMBER)
    assert [(problem.path, problem.rule) for problem in problems] == [
        ("records/2024/standings/002.md", "FZ622")
    ]


def test_a_breakdown_is_the_stored_parts():
    figure = definition(单位="名", 统计="分类", 记录="现状", 条件="{类别: 重点人群}")
    parts = standing(类别="重点人群", 分类="{甲类: 7, 乙类: 0, 丙类: 2}")
    value = counted(figure, parts)
    assert (value.number, dict(value.parts or {})) == (
        Fraction(9),
        {"甲类": 7, "乙类": 0, "丙类": 2},
    )


@pytest.mark.parametrize(
    ("by", "records", "parts"),
    [
        ("类别", [activity(), activity(), activity(类别="讲座")], {"宣传活动": 2, "讲座": 1}),
        # a record with two words counts in each part
        (
            "主题",
            [activity(主题="[禁毒, 宪法]"), activity(主题="[宪法]"), activity()],
            {"宪法": 2, "未填": 1, "禁毒": 1},
        ),
    ],
)
def test_a_breakdown_by_a_field(by, records, parts):
    figure = definition(单位="场", 统计="分类", 记录="活动", 按=by)
    value = counted(figure, *records)
    assert value.number == len(records)
    assert list((value.parts or {}).items()) == list(parts.items())


def test_a_breakdown_by_a_field_takes_conditions():
    figure = definition(
        单位="起", 统计="分类", 记录="案件", 按="村", 按日期="办结日期", 条件="{结果: 调解成功}"
    )
    cases = [
        case(村="东村"),
        case(村="西村"),
        case(村="西村", 受理日期="2023-12-20", 办结日期="2024-01-05"),
        case(村="西村", 结果="调解不成"),
        open_case(村="东村"),
    ]
    assert dict(counted(figure, *cases).parts or {}) == {"西村": 2, "东村": 1}


def test_figures_come_in_the_order_of_the_file():
    assert list(computed(ratio("{结果: 调解成功}", "{}"), case())[0]) == ["分子数", "分母数", "甲"]


# Units


MONEY = replace(
    SETTINGS,
    vocabulary=SETTINGS.vocabulary.model_copy(
        update={
            "counters": tuple(
                Counter.model_validate({"名称": "罚没", "公开": "是", **keys})
                for keys in ({"单位": "元", "至": 2023}, {"单位": "万元", "自": 2024})
            )
        }
    ),
)


def fined(year: int, amount: int, unit: str) -> Value:
    """The sum of one fine in a figure of some unit."""
    figure = definition(单位=unit, 统计="求和", 记录="案件", 字段="罚没")
    settings = replace(
        MONEY, definitions=(Definition.model_validate(strict_yaml.load(figure, list)[0]),)
    )
    one = record(1, open_case(受理日期=f"{year}-03-12", 计数=f"{{罚没: {amount}}}"))
    return yearly.computed([one], settings, [year])[year][0]["甲"]


@pytest.mark.parametrize(
    ("year", "amount", "unit", "printed"),
    [
        (2023, 136161, "元", "136161元"),
        (2023, 136161, "万元", "13.6161万元"),
        (2023, 1, "亿元", "0.00000001亿元"),
        (2023, 99_999_999, "亿元", "0.99999999亿元"),
        (2024, 14, "元", "140000元"),
        (2024, 14, "万元", "14万元"),
    ],
)
def test_a_scale_of_the_unit_is_computed(year, amount, unit, printed):
    assert plain(fined(year, amount, unit)) == printed


@pytest.mark.parametrize(
    ("name", "unit", "people", "keys", "number"),
    [
        ("每万人队伍", "万人", "24.56", {}, Fraction(4 * 10_000, 245_600)),
        ("每万人队伍", "人", "245600", {}, Fraction(4 * 10_000, 245_600)),
        ("每千名老人队伍", "千人", "24.56", {}, Fraction(4 * 1000, 24_560)),
        ("每十万人队伍", "万人", "24.56", {}, Fraction(4 * 100_000, 245_600)),
        ("队伍密度", "万人", "24.56", {"说法": "[每万人队伍]"}, Fraction(4 * 10_000, 245_600)),
        ("人均队伍", "万人", "24.56", {}, Fraction(4, 245_600)),
    ],
)
def test_a_mean_is_of_as_many_as_its_name_says(name, unit, people, keys, number):
    figures = latest(名称="队伍") + definition(
        名称="人口", 单位=unit, 统计="最新值", 记录="现状", 条件=f"{{类别: {unit}}}"
    )
    figures += definition(名称=name, 单位="支", 统计="比值", 分子="队伍", 分母="人口", **keys)
    held = [standing(数量=4), standing(类别=unit, 数量=people)]
    assert counted(figures, *held).number == number


def test_a_ratio_of_two_scales_is_of_what_was_counted():
    sides = "".join(
        definition(名称=f"{unit}数", 单位=unit, 统计="求和", 记录="活动", 字段="发放资料份数")
        for unit in ("万份", "份")
    )
    value = counted(
        sides + definition(统计="比率", 分子="万份数", 分母="份数"), activity(发放资料份数=7)
    )
    assert (value.numerator, value.denominator) == (7, 7)
