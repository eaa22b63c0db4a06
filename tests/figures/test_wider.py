"""Totals, money, marks, distinct words, agenda items, sums of figures, and parts as figures."""

from collections.abc import Mapping

import pytest

from fazhi.figures.measures import comparable
from fazhi.figures.wording import Phrase, Untrue, plain
from tests.support.counting import (
    activity,
    case,
    computed,
    count_of,
    definition,
    meeting,
    standing,
)

Held = Mapping[str, object]


def total(period: str, counts: str, **fields: object) -> Held:
    return {"期间": period, "类别": "平台办件", "数据来源": "月报", "计数": counts, **fields}


def penalty(day: str = "2024-03-20", **fields: object) -> Held:
    settled = {"受理日期": "2024-03-12", "决定日期": day, "办结日期": day, "结果": "办结"}
    return {**settled, "类别": "行政处罚", **fields}


def text(figures: str, *records: Held, year: int = 2024) -> str:
    """The figure that is defined last, as it is printed."""
    values, problems = computed(figures, *records, year=year)
    assert problems == []
    return plain(list(values.values())[-1])


def rules(figures: str, *records: Held) -> list[str]:
    return [problem.rule for problem in computed(figures, *records)[1]]


def of_totals(field: str = "流转件", unit: str = "件", name: str = "甲", **keys: object) -> str:
    given = {"条件": "{类别: 平台办件}", **keys}
    return definition(名称=name, 单位=unit, 统计="求和", 记录="汇总", 字段=field, **given)


MONTHS = [
    total(f"2024-{month:02}", f"{{流转件: {1000 + month}, 退回件: 1}}") for month in range(1, 13)
]


def test_totals_are_added():
    assert text(of_totals(), *MONTHS) == "12078件"
    assert text(of_totals(), *MONTHS[:3], total("2024年二季度", "{流转件: 5}")) == "3011件"


@pytest.mark.parametrize(
    ("until", "printed"), [("01-31", "1001件"), ("11-30", "11066件"), ("12-31", "12078件")]
)
def test_a_total_counts_from_the_last_day_of_its_period(until, printed):
    assert text(of_totals(截至=until), *MONTHS) == printed


def test_a_total_of_a_period_that_the_day_is_in_is_refused():
    assert rules(of_totals(截至="12-30"), *MONTHS) == ["FZ625"]
    assert rules(of_totals(截至="11-30"), total("2024", "{流转件: 5}")) == ["FZ625"]


def test_of_what_no_total_tells_nothing_is_known():
    held = total("2024-03", "{流转件: 5}"), total("2024-03", "{退回件: 0}", 类别="矛盾纠纷")
    assert text(of_totals("退回件"), *held) == "暂无"
    assert text(of_totals("退回件", 条件="{类别: 矛盾纠纷}"), *held) == "0件"
    assert text(of_totals("流转件", 条件="{类别: 矛盾纠纷}"), *held) == "暂无"


def test_a_statistical_year_is_that_of_its_last_day():
    held = total("2023-12-01至2024-11-30", "{流转件: 7}"), total("2022-12至2023-11", "{流转件: 5}")
    assert [text(of_totals(), *held, year=year) for year in (2023, 2024)] == ["5件", "7件"]


def test_items_of_totals_are_a_breakdown():
    figure = definition(单位="件", 统计="分类", 记录="汇总", 各项="[流转件, 退回件]")
    values, _ = computed(figure, *MONTHS)
    assert values["甲"].parts == {"流转件": 12078, "退回件": 12}
    assert values["甲"].number == 12090


def test_an_item_that_no_total_tells_of_leaves_the_breakdown_unknown():
    figure = definition(单位="件", 统计="分类", 记录="汇总", 各项="[流转件, 退回件]")
    assert text(figure, total("2024-01", "{流转件: 5}"), total("2024-02", "{流转件: 6}")) == "暂无"
    assert text(figure, total("2024-01", "{流转件: 5}"), total("2024-02", "{退回件: 0}")) == "5件"
    assert text(figure, total("2024-01", "{罚没款: 5}")) == "暂无"


MONEY = definition(
    单位="元", 统计="求和", 记录="案件", 字段="罚没金额", 按日期="决定日期", 公开="是"
)


def test_money_is_exact():
    held = [penalty(罚没金额="0.10") for _ in range(30)] + [
        penalty(罚没金额="1000000000.01"),
        penalty(),
    ]
    assert text(MONEY, *held) == "1000000003.01元"
    assert text(MONEY.replace("元", "万元"), *held) == "100000.000301万元"


@pytest.mark.parametrize(
    ("amount", "decimals", "printed"),
    [
        ("17537912.30", 2, "1753.79万元"),
        ("17537950", 2, "1753.80万元"),
        ("17500000", 2, "1750.00万元"),
        ("17500000", 0, "1750万元"),
        ("49", 2, "0.005万元"),
        ("0", 2, "0.00万元"),
    ],
)
def test_money_is_printed_with_the_decimals_that_are_stated(amount, decimals, printed):
    figure = MONEY.replace("元", "万元").replace("公开: 是", f"公开: 是, 小数: {decimals}")
    assert text(figure, penalty(罚没金额=amount)) == printed


MARKED = [
    penalty(标记="{公示: 是, 程序: 简易}"),
    penalty(标记="{公示: 否, 程序: 普通}"),
    penalty(标记="{程序: 普通}"),
    penalty(),
]


@pytest.mark.parametrize(
    ("conditions", "number"),
    [
        ("{类别: 行政处罚, 公示: 是}", 1),
        ("{公示: 否}", 1),
        ("{公示: 有}", 2),
        ("{公示: 无}", 2),
        ("{公示: [是, 否]}", 2),
        ("{程序: 普通, 公示: 无}", 1),
    ],
)
def test_marks_are_conditions(conditions, number):
    assert text(count_of("案件", conditions, 按日期="决定日期"), *MARKED) == f"{number}件"


def test_marks_are_parts():
    figure = definition(单位="件", 统计="分类", 记录="案件", 按="程序", 按日期="决定日期")
    assert computed(figure, *MARKED)[0]["甲"].parts == {"普通": 2, "未填": 1, "简易": 1}


def distinct(field: str, kind: str = "活动") -> str:
    return definition(单位="个", 统计="不重复", 记录=kind, 字段=field)


@pytest.mark.parametrize(
    ("field", "held", "printed"),
    [
        ("村", [activity(村="[甲村, 乙村]"), activity(村="[乙村]"), activity()], "2个"),
        ("主题", [activity(主题="[禁毒]"), activity(主题="[禁毒, 宪法]")], "2个"),
        ("地点", [activity(地点="东村"), activity(地点="东村"), activity(地点="西村")], "2个"),
        ("承办", [activity(承办="司法所"), activity()], "1个"),
        ("村", [activity()], "暂无"),
        ("普法节点", [activity(普法节点="12.4"), activity(普法节点="12.4")], "1个"),
    ],
)
def test_the_same_word_counts_once(field, held, printed):
    assert text(distinct(field), *held) == printed


def test_who_reports_totals_counts_once():
    towns = [
        total(f"2024-0{at + 1}", "{流转件: 4}", 承办=f"{town}镇")
        for at, town in enumerate("东西东")
    ]
    figure = distinct("承办", "汇总").replace("字段:", "条件: {类别: 平台办件}, 字段:")
    none = total("2024", "{流转件: 0, 退回件: 0}", 承办="南镇")
    assert text(figure, *towns, none) == "2个"
    assert text(figure, none) == "0个"
    assert text(figure, total("2024", "{流转件: 4}")) == "暂无"
    assert text(figure, total("2024", "{流转件: 4}", 类别="矛盾纠纷", 承办="东镇")) == "暂无"


def test_of_several_words_only_those_of_the_condition_count():
    figure = distinct("主题").replace("字段:", "条件: {主题: [禁毒, 宪法]}, 字段:")
    assert text(figure, activity(主题="[禁毒, 国家安全]"), activity(主题="[禁毒]")) == "1个"


def agenda(**keys: object) -> str:
    return definition(单位="项", 统计="议题数", 记录="会议", **keys)


def test_agenda_items_count_one_each():
    held = (
        meeting("禁毒", "宪法"),
        meeting("禁毒", 类别="专题会议"),
        meeting("宪法", 日期="2024-06-01"),
    )
    assert text(agenda(), *held) == "4项"
    assert text(agenda(条件="{类别: 党委会议}"), *held) == "3项"
    assert text(agenda(条件="{议题: {主题: 禁毒}}"), *held) == "2项"
    assert text(agenda(条件="{类别: 党委会议, 议题: {主题: 禁毒}}"), *held) == "1项"
    assert computed(agenda(按="主题"), *held)[0]["甲"].parts == {"宪法": 2, "禁毒": 2}


def sum_of(name: str, added: str, subtracted: str = "", unit: str = "件") -> str:
    less = {"减": f"[{subtracted}]"} if subtracted else {}
    return definition(名称=name, 单位=unit, 统计="合计", 加=f"[{added}]", **less)


DISPUTES = count_of("案件", "{类别: 矛盾纠纷}", 名称="纠纷")
SETTLED = count_of("案件", "{类别: 矛盾纠纷, 结果: 调解成功}", 名称="成功")
OTHERS = count_of("案件", "{类别: 行政处罚}", 名称="处罚")
KINDS = definition(名称="种类", 单位="件", 统计="分类", 记录="案件", 按="处罚种类")


def test_figures_are_added_in_any_order_of_definition():
    figures = sum_of("全部", "小计, 退回") + sum_of("小计", "纠纷, 处罚") + DISPUTES + OTHERS
    figures += of_totals("退回件", name="退回")
    held = case(), case(), penalty(), *MONTHS
    assert plain(computed(figures, *held)[0]["全部"]) == "15件"


def test_figures_are_taken_away_and_money_is_scaled():
    assert (
        text(DISPUTES + SETTLED + sum_of("丙", "纠纷", "成功"), case(), case(结果="调解不成"))
        == "1件"
    )
    figures = of_totals("罚没款", "元", "零头") + MONEY.replace("甲", "罚没").replace("元", "万元")
    held = total("2024", "{罚没款: 12.5}"), penalty(罚没金额="20000")
    assert text(figures + sum_of("丙", "零头, 罚没", unit="万元"), *held) == "2.00125万元"


def test_parts_are_figures():
    held = penalty(处罚种类="罚款"), penalty(处罚种类="罚款"), penalty(处罚种类="警告")
    ratio = definition(名称="占比", 统计="比率", 分子="种类.罚款", 分母="种类")
    assert text(KINDS + ratio, *held) == "66.67%"
    assert text(KINDS + sum_of("丙", "种类", "种类.罚款"), *held) == "1件"
    assert text(KINDS + sum_of("丙", "种类.警告"), *held[:2]) == "0件"


@pytest.mark.parametrize(
    ("measure", "amounts", "printed"),
    [
        ("最大值", ["0.10", "20000", "9"], "2.00万元"),
        ("最小值", ["30000", "20000", "900000"], "2.00万元"),
        ("最大值", [], "暂无"),
        ("最小值", ["0", "5"], "0.00万元"),
    ],
)
def test_the_greatest_and_the_least_of_records(measure, amounts, printed):
    figure = (
        MONEY.replace("求和", measure).replace("元", "万元").replace("开: 是", "开: 是, 小数: 2")
    )
    assert text(figure, *(penalty(罚没金额=one) for one in amounts), penalty()) == printed


LAST = [case(受理日期=f"2023-03-1{day}", 办结日期="2023-06-01") for day in range(4)]


@pytest.mark.parametrize(
    ("keys", "printed"),
    [
        ({"统计": "比值", "单位": "倍", "分子": "纠纷", "分母": "纠纷.上年"}, "0.50倍"),
        ({"统计": "比值", "单位": "倍", "分子": "纠纷.上年", "分母": "纠纷"}, "2倍"),
        ({"统计": "比率", "分子": "纠纷", "分母": "纠纷.上年"}, "50%"),
        ({"统计": "合计", "单位": "件", "加": "[纠纷, 纠纷.上年]"}, "6件"),
        ({"统计": "合计", "单位": "件", "加": "[纠纷.上年]", "减": "[纠纷]"}, "2件"),
    ],
)
def test_a_figure_is_made_of_last_years(keys, printed):
    figures = DISPUTES + definition(名称="丙", **keys)
    assert text(figures, case(), case(), *LAST) == printed
    if keys["统计"] != "合计" or "减" in keys:
        assert text(figures, *LAST) == "暂无"


def test_years_that_count_differently_make_no_figure():
    other = count_of("案件", "{类别: 矛盾纠纷, 结果: 调解成功}", 名称="纠纷", 至=2023)
    keys = {"统计": "比值", "单位": "倍", "分子": "纠纷", "分母": "纠纷.上年"}
    now = count_of("案件", "{类别: 矛盾纠纷}", 名称="纠纷", 自=2024)
    figures = other + now + definition(名称="丙", **keys)
    assert text(figures, case(), case(), *LAST) == "暂无"


def test_parts_have_a_last_year():
    keys = {"统计": "比值", "单位": "倍", "分子": "种类.罚款", "分母": "种类.罚款.上年"}
    held = [
        penalty(处罚种类="罚款"),
        penalty(
            受理日期="2023-01-05", 决定日期="2023-02-05", 办结日期="2023-02-05", 处罚种类="罚款"
        ),
    ]
    assert text(KINDS + definition(名称="丙", **keys), *held) == "1倍"


def test_what_is_not_known_is_not_added():
    assert text(DISPUTES + of_totals(name="办件") + sum_of("丙", "纠纷, 办件"), case()) == "暂无"


def test_nothing_is_added_twice():
    assert rules(DISPUTES + SETTLED + sum_of("丙", "纠纷, 成功"), case()) == ["FZ623"]
    assert rules(DISPUTES + sum_of("丙", "纠纷, 纠纷"), case()) == ["FZ623"]
    inner = DISPUTES + SETTLED + OTHERS + sum_of("乙", "成功, 处罚") + sum_of("丙", "乙, 纠纷")
    assert rules(inner, case(), penalty()) == ["FZ623"]
    totals = of_totals(条件="{类别: 矛盾纠纷}", name="月报")
    added = totals + DISPUTES + sum_of("丙", "月报, 纠纷")
    month = total("2024-03", "{流转件: 5}", 类别="矛盾纠纷")
    assert rules(added, month, case()) == ["FZ623"]
    assert rules(added, month, case(受理日期="2024-02-29")) == []
    assert rules(added, total("2024-03", "{流转件: 5}"), month, case(受理日期="2024-04-01")) == []


def test_what_is_told_twice_is_as_much():
    programs = definition(
        名称="程序", 单位="件", 统计="分类", 记录="汇总", 各项="[流转件, 退回件]", 等于="甲"
    )
    whole = of_totals(条件="{类别: 矛盾纠纷}") + programs.replace(
        "各项", "条件: {类别: 平台办件}, 各项"
    )
    told = total("2024", "{流转件: 46}", 类别="矛盾纠纷")
    assert rules(whole, told, total("2024", "{流转件: 38, 退回件: 8}")) == []
    assert rules(whole, told, total("2024", "{流转件: 37, 退回件: 8}")) == ["FZ621"]
    assert rules(whole, told) == []  # of what is not known nothing is said


def test_the_same_figure_of_other_years_is_another_matter():
    two = DISPUTES + sum_of("两年", "纠纷, 纠纷.上年")
    held = [case(), *LAST, case(受理日期="2022-03-12", 办结日期="2022-03-13")]
    assert rules(two + sum_of("三年", "纠纷, 两年.上年"), *held) == []
    assert text(two + sum_of("三年", "纠纷, 两年.上年"), *held) == "6件"
    assert rules(two + sum_of("丙", "纠纷.上年, 两年"), *held) == ["FZ623"]


def test_what_is_there_is_what_was_there_and_came():
    there = count_of("案件", "{类别: 矛盾纠纷}", 名称="纠纷", 等于="应有")
    wanted = there + sum_of("应有", "纠纷.上年")
    assert rules(wanted, case(), *LAST[:1]) == []
    assert rules(wanted, case(), *LAST) == ["FZ621"]


def test_nobody_is_in_two_parts_of_those_who_are_there():
    people = definition(名称="人群", 单位="名", 统计="分类", 记录="现状", 条件="{类别: 重点人群}")
    two = people + sum_of("两类", "人群.甲类, 人群.乙类", unit="名")
    assert text(two, standing(类别="重点人群", 数量=5, 分类="{甲类: 2, 乙类: 3}")) == "5名"


def since(year: int, added: str = "[纠纷]", name: str = "累计", **keys: object) -> str:
    given = {"名称": name, "单位": "件", "统计": "合计", "加": added, "累计自": year, **keys}
    return definition(**given)


def test_years_are_added_up_from_one_on():
    held = [case(), *LAST, case(受理日期="2022-03-12", 办结日期="2022-03-13")]
    assert text(DISPUTES + since(2022), *held) == "6件"
    assert text(DISPUTES + since(2023), *held) == "5件"
    assert text(DISPUTES + since(2024), *held) == "1件"
    assert text(DISPUTES + since(2022), *held, year=2023) == "5件"
    assert text(DISPUTES + since(2021), *held) == "暂无"  # of 2021 nothing is known
    assert text(DISPUTES + since(2025), *held) == "暂无"
    both = DISPUTES + SETTLED + since(2023, "[纠纷]", 减="[成功]")
    assert text(both, case(结果="调解不成"), *LAST) == "1件"
    values, _ = computed(DISPUTES + since(2022), *held)
    assert (values["累计"].begins, len(values["累计"].records)) == (2022, 6)


def test_a_total_of_several_years_stands_for_all_of_them():
    held = total("2021-01至2023-12", "{流转件: 125}"), total("2024", "{流转件: 46}")
    figures = of_totals(name="办件")
    assert text(figures + since(2021, "[办件]"), *held) == "171件"
    assert text(figures + sum_of("两年", "办件, 办件.上年"), *held) == "暂无"
    values, _ = computed(figures, *held, year=2023)
    assert (values["办件"].begins, values["办件"].heading) == (2021, "办件（2021年以来）")
    now, _ = computed(figures, *held)
    assert not comparable(now["办件"], values["办件"])
    season, _ = computed(figures, total("2023-12至2024-11", "{流转件: 7}"))
    assert season["办件"].begins == 2024  # a statistical year is one


def test_a_total_of_the_years_before_goes_with_single_records_of_this_one():
    before = total("2021-01至2022-12", "{流转件: 125}")
    figures = DISPUTES + of_totals(name="往年") + since(2021, "[纠纷, 往年]")
    years = {2022: "125件", 2023: "129件", 2024: "130件"}
    held = before, case(), *LAST
    assert {y: text(figures, *held, year=y) for y in years} == years
    values, _ = computed(figures, *held)
    assert values["累计"].begins == 2021
    assert text(figures, before, case()) == "暂无"  # of 2023 nothing is known
    unknown, _ = computed(figures, before, case())
    with pytest.raises(Untrue, match="“累计”要用的“纠纷”2023年暂无数据"):
        assert Phrase(unknown["累计"], None).text
    assert text(figures, total("2022", "{流转件: 9}"), case(), *LAST) == "暂无"
    both = DISPUTES + of_totals(name="办件") + since(2023, "[纠纷, 办件]")
    held = case(), *LAST, total("2023", "{流转件: 9}")
    assert text(both, *held) == "暂无"  # that there were none in 2024 nobody says
    assert text(both, *held, total("2024", "{流转件: 3}")) == "17件"


def test_years_that_count_differently_do_not_add_up():
    before = count_of("案件", "{类别: 矛盾纠纷, 结果: 调解成功}", 名称="纠纷", 至=2023)
    now = count_of("案件", "{类别: 矛盾纠纷}", 名称="纠纷", 自=2024)
    assert text(before + now + since(2023), case(), *LAST) == "暂无"


def test_a_time_of_another_year_is_no_time_of_this_one():
    figure = count_of("案件", "{受理日期: {自: 2024-03-01, 至: 2024-03-31}}")
    assert text(figure, case()) == "1件"
    assert text(figure, *LAST, year=2023) == "暂无"


def test_less_than_nothing_is_refused():
    assert rules(DISPUTES + SETTLED + sum_of("丙", "成功", "纠纷"), case(结果="调解不成")) == [
        "FZ624"
    ]


@pytest.mark.parametrize(
    ("conditions", "printed"),
    [
        ("{期间: {自: 04-01, 至: 06-30}}", "3015件"),
        ("{期间: {自: 2024-12-01, 至: 2024-12-31}}", "1012件"),
        ("{期间: {至: 01-31}}", "1001件"),
        ("{期间: {自: 01-15, 至: 02-29}}", "1002件"),
        ("{期间: {自: 01-01, 至: 12-31}}", "12078件"),
    ],
)
def test_a_period_is_taken_as_a_whole(conditions, printed):
    assert text(of_totals(条件=conditions), *MONTHS) == printed


def quotient(**keys: object) -> str:
    return definition(名称="丙", 统计="比值", **keys)


def test_a_quotient_has_its_own_unit():
    held = case(), case(), case(), penalty(), penalty()
    figures = DISPUTES + OTHERS
    assert text(figures + quotient(分子="纠纷", 分母="处罚", 单位="倍"), *held) == "1.50倍"
    assert text(figures + quotient(分子="纠纷", 分母=12, 单位="件", 小数=1), *held) == "0.3件"
    assert text(figures + quotient(分子="处罚", 分母="纠纷", 单位="次", 小数=0), *held) == "1次"
    assert text(figures + quotient(分子="纠纷", 分母="处罚", 单位="倍"), case()) == "暂无"


def greatest(*held: Held) -> str:
    return text(of_totals().replace("求和", "最大值"), *held)


def test_a_greatest_of_totals_is_known_where_their_periods_are_alike():
    month, quarter = total("2024-02", "{流转件: 5}"), total("2024年二季度", "{流转件: 9}")
    assert greatest(*MONTHS) == "1012件"  # months are alike, however many days they have
    assert greatest(month, quarter) == "暂无"
    assert greatest(quarter, total("2024年三季度", "{流转件: 7}")) == "9件"
    assert greatest(total("2024-01-01至2024-01-10", "{流转件: 5}"), month) == "暂无"


@pytest.mark.parametrize(
    ("last", "alike"), [("2023-02", True), ("2023", False), ("2023年二季度", False)]
)
def test_a_greatest_of_months_is_compared_with_that_of_months(last, alike):
    figure = of_totals(name="月高").replace("求和", "最大值")
    figure += definition(名称="丙", 单位="件", 统计="比值", 分子="月高", 分母="1")
    values = [
        computed(figure, total(last, "{流转件: 5}"), *MONTHS, year=y)[0] for y in (2024, 2023)
    ]
    assert [comparable(now, values[1][name]) for name, now in values[0].items()] == [alike] * 2


@pytest.mark.parametrize(("part", "found"), [(4, []), (5, []), (6, ["FZ621"])])
def test_a_figure_is_no_greater_than_the_one_that_it_belongs_to(part, found):
    held = total("2024-03", "{流转件: 5}"), total("2024-03", f"{{退回件: {part}}}", 承办="站")
    assert rules(of_totals() + of_totals("退回件", name="乙", 属于="甲"), *held) == found
