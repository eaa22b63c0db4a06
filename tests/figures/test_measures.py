"""Sums, rates, latest values, breakdowns and units, counted on small folders of records."""

from dataclasses import replace
from fractions import Fraction

import pytest

from fazhi.figures import yearly
from fazhi.figures.value import Value
from fazhi.figures.wording import plain
from fazhi.schema.definition import Definition
from fazhi.schema.words import Counter
from fazhi.sources import strict_yaml
from tests.support.counting import (
    SETTINGS,
    activity,
    case,
    computed,
    count_of,
    counted,
    definition,
    open_case,
    record,
    standing,
    sum_of,
)

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
