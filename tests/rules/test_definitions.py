"""A figure's unit is that of what it adds up; the two sides of a ratio have one."""

import re

import pytest

from tests.conftest import BASE, MakeProject, checked
from tests.rules import conftest
from tests.rules.conftest import FIGURES, Declare
from tests.support.building import ROOT

WORDS = conftest.WORDS.replace("名称: 考试}", "名称: 考试, 单位: 考次}").replace(
    "计数:\n",
    "计数:\n  - {名称: 罚没, 单位: 元, 公开: 是}\n  - {名称: 转办, 单位: 件次, 公开: 是}\n"
    "  - {名称: 宣讲, 单位: 场次, 公开: 是}\n  - {名称: 预算, 单位: 万元, 公开: 是}\n",
)

CASES = "统计: 件数, 记录: 案件"
EVENTS = "统计: 件数, 记录: 活动"
EXAMS = "统计: 件数, 记录: 活动, 条件: {类别: 考试}"
TEAMS = "统计: 最新值, 记录: 现状, 条件: {类别: 执法队伍}"
GROUPS = "统计: 分类, 记录: 现状, 条件: {类别: 重点人群}"


def summed(name: str) -> str:
    return f"统计: 求和, 记录: 活动, 字段: {name}"


RIGHT = {
    EVENTS: "场 场次 次 项 万场",
    EXAMS: "场 考次",
    CASES: "件 起 宗 个 万件",
    "统计: 件数, 记录: 会议": "次 场 个",
    TEAMS: "支 万支",
    GROUPS: "名 人",
    "统计: 分类, 记录: 案件, 按: 结果": "起 件",
    summed("发放资料份数"): "份 万份 千份 册",
    summed("参加人次"): "人次 万人次",
    summed("应考"): "人 名 人次",
    summed("罚没"): "元 万元 亿元 百万元",
    summed("预算"): "元 万元 亿元",
    summed("宣讲"): "场 场次 次",
    summed("转办"): "件次",
}
WRONG = {
    EVENTS: "人 人次 份 元 考次",
    CASES: "人 元 件次 次 万元",
    "统计: 件数, 记录: 会议": "件 人次",
    TEAMS: "个 人 元",
    GROUPS: "人次 万人 起",
    "统计: 分类, 记录: 案件, 按: 结果": "人 万起",
    summed("发放资料份数"): "张 件 元 万元 人 万",
    summed("张贴海报张数"): "份",
    summed("参加人次"): "人 名 场 万人",
    summed("应考"): "场 份",
    summed("罚没"): "件 人 份 万 万份",
    summed("宣讲"): "人次",
    summed("转办"): "件 起",
}


def cells(table: dict[str, str]) -> list[str]:
    return [f"单位: {unit}, {figure}" for figure, units in table.items() for unit in units.split()]


def test_a_unit_of_what_is_counted_passes(declared: Declare) -> None:
    assert declared(WORDS, cells(RIGHT)) == []


def test_parts_of_money_are_figures_of_their_own(declared: Declare) -> None:
    (problem,) = declared(WORDS, ["单位: 元, 统计: 分类, 记录: 活动, 各项: [罚没]"])
    assert (problem.rule, problem.hint) == ("FZ617", "金额一项定义一个指标，用求和")


def test_what_is_told_of_a_case_is_added_up(declared: Declare) -> None:
    (problem,) = declared(WORDS, ["单位: 次, 统计: 件数, 记录: 案件"])
    assert "在“计数”里写一项（单位: 次）" in (problem.hint or "")


def test_any_other_is_refused(declared: Declare) -> None:
    refused = [problem.rule for problem in declared(WORDS, cells(WRONG))]
    assert refused == ["FZ617"] * len(cells(WRONG))


@pytest.mark.parametrize(
    ("above", "below", "alike"),
    [
        ("应考", "合格", True),
        ("参加人次", "咨询人次", True),
        ("参加人次", "应考", False),
        ("发放资料份数", "张贴海报张数", False),
        ("罚没", "预算", True),
    ],
)
def test_a_ratio_has_one_unit(declared, above, below, alike):
    units = {"应考": "人", "合格": "名", "罚没": "元", "预算": "万元", "发放资料份数": "份"}
    units |= {"张贴海报张数": "张", "参加人次": "人次", "咨询人次": "人次"}
    sides = [f"单位: {units[name]}, {summed(name)}" for name in (above, below)]
    found = declared(WORDS, [*sides, "统计: 比率, 分子: 数0, 分母: 数1"])
    assert [problem.rule for problem in found] == ([] if alike else ["FZ617"])


def test_records_of_one_kind_are_one_unit_whatever_it_is_called(declared: Declare) -> None:
    sides = (f"单位: 件, {CASES}", f"单位: 起, {CASES}")
    assert declared(WORDS, [*sides, "统计: 比率, 分子: 数0, 分母: 数1"]) == []


COUNTERS = """计数:
  - {名称: 出动, 单位: 人次, 公开: 否}
  - {名称: 走访, 单位: 户, 公开: 否, 至: 2023}
  - {名称: 走访, 单位: 户, 公开: 是, 自: 2024}
"""
WITHIN = WORDS.replace("计数:\n", COUNTERS)


def private(field: str, *, kind: str = "活动", unit: str = "人次", more: str = "") -> str:
    return f"单位: {unit}, 统计: 求和, 记录: {kind}, 字段: {field}{more}"


@pytest.mark.parametrize(
    "figure",
    [
        private("出动"),
        private("出动", more=", 印发: 否"),
        private("出动", kind="案件", more=", 条件: {类别: 矛盾纠纷}"),
        private("走访", unit="户"),
        private("走访", unit="户", more=", 至: 2023"),
        # Settled in 2024, a case of 2023 is counted, when it stayed inside.
        private("走访", kind="案件", unit="户", more=", 自: 2024, 按日期: 办结日期"),
        private("涉及人数", kind="案件", unit="人"),
        private("罚没金额", kind="案件", unit="元"),
        private("实到", kind="会议", unit="人"),
        *(
            private("悬挂横幅", kind="案件", unit="条", more=f", 条件: {{类别: 矛盾纠纷, {one}}}")
            for one in (
                "受理日期: 2024-03-05",
                "受理日期: {自: 03-05, 至: 03-05}",
                "受理日期: {自: 03-06, 至: 03-31}",
                "受理日期: {自: 03-01, 至: 04-01}",
                "受理日期: {自: 12-30}",
                "受理日期: {至: 02-28}",
                "受理日期: {自: 2024-02-01, 至: 2024-02-28}",
                "标题: 边界纠纷",
                "依据: 河府发1号",
                "承办: 司法所",
            )
        ),
        private("悬挂横幅", kind="案件", unit="条", more=", 截至: 01-10"),
        private("悬挂横幅", kind="会议", unit="条", more=", 条件: {议题: {标题: 全年要点}}"),
        "单位: 人次, 统计: 分类, 记录: 活动, 各项: [出动]",
        "单位: 户, 统计: 分类, 记录: 活动, 各项: [走访], 印发: 否",
        *(f"单位: 天, 统计: {n}天数, 记录: 案件" for n in ("平均", "最长", "最短")),
        *(
            private("悬挂横幅", kind=kind, unit="条").replace("求和", f"最{most}值") + said
            for kind in ("案件", "会议")
            for most in "大小"
            for said in ("", ", 公开: 否")
        ),
    ],
)
def test_a_sum_of_what_stays_inside_is_refused_unless_it_says_that_it_may_leave(declared, figure):
    (problem,) = declared(WITHIN, [figure])
    assert (problem.rule, problem.path) == ("FZ612", "records/figures.yml")
    assert problem.message.endswith("不公开，由它算出来的数也不能公开")
    assert problem.line == len(FIGURES.splitlines()) + 1
    assert not declared(WITHIN, [f"{figure.removesuffix(', 公开: 否')}, 公开: 是"])


@pytest.mark.parametrize(
    "figure",
    [
        private("走访", unit="户", more=", 自: 2024"),
        private("悬挂横幅", unit="条"),
        private("悬挂横幅", kind="案件", unit="条"),
        private("悬挂横幅", unit="条").replace("求和", "最大值"),
        private("悬挂横幅", unit="条", more=", 条件: {日期: 2024-03-05}"),
        *(
            private(
                "悬挂横幅",
                kind="案件",
                unit="条",
                more=f", 条件: {{类别: 矛盾纠纷, 受理日期: {when}}}",
            )
            for when in ("有", "{自: 03-01, 至: 03-31}", "{自: 03-01}", "{自: 02-01, 至: 02-29}")
        ),
        private("悬挂横幅", kind="案件", unit="条", more=", 条件: {来源: 群众申请}, 截至: 06-30"),
        "单位: 件, 统计: 分类, 记录: 案件, 按: 来源, 公开: 否",
        "单位: 场, 统计: 件数, 记录: 活动, 条件: {计数: 有}",
        "单位: 次, 统计: 件数, 记录: 会议, 条件: {实到: 有}",
    ],
)
def test_what_may_leave_is_added_and_what_stays_inside_may_be_counted(declared, figure):
    assert declared(WITHIN, [figure]) == []
    other = figure.replace("字段: 走访", "字段: 出动").replace("户", "人次")
    assert declared(WITHIN.replace("公开: 否", "公开: 是"), [other]) == []


CASES_BY = "单位: 起, 统计: 分类, 记录: 案件, 按:"
TOTALS = ["单位: 起, 统计: 合计, 加: [{}]", "单位: 起, 统计: 合计, 加: [数0], 减: [{}]",
          "统计: 比率, 分子: {}, 分母: 数0", "单位: 倍, 统计: 比值, 分子: {}, 分母: 12"]  # fmt: skip


@pytest.mark.parametrize("figure", TOTALS)
@pytest.mark.parametrize(
    "part", ["纠纷类型 数0.山林土地", "处罚种类 数0.罚款", "来源 数0.未填", "村 数0.东村"]
)
def test_a_part_that_stays_inside_is_in_no_other_figure(declared, part, figure):
    by, _, name = part.partition(" ")
    (problem,) = declared(WORDS, [f"{CASES_BY} {by}", figure.format(name)])
    assert problem.rule == "FZ612"
    assert problem.message == f"“{by}”不公开，各项的数也不公开"
    opened = declared(WORDS, [f"{CASES_BY} {by}, 公开: 是", figure.format(name)])
    assert [problem.rule for problem in opened] == ["FZ612"] * (by == "村")


def test_a_part_of_reviews_stays_inside_too(declared):
    agenda = "单位: 项, 统计: 议题数, 记录: 会议, 按: 合法性审查"
    part = "单位: 项, 统计: 合计, 加: [数0.通过]"
    assert [problem.rule for problem in declared(WORDS, [agenda, part])] == ["FZ612"]
    assert declared(WORDS, [f"{agenda}, 公开: 是", part]) == []


@pytest.mark.parametrize(
    "condition",
    ["罚没金额: 5000", "罚没金额: [5000, 200]", "涉及人数: 3", "村: 东村", "村: [西村]"],
)
def test_a_condition_gives_no_amount_away_and_no_village(declared, condition):
    figure = "单位: 件, 统计: 件数, 记录: 案件, 条件: {{类别: 矛盾纠纷, {}}}"
    (problem,) = declared(WORDS, [figure.format(condition)])
    assert problem.rule == "FZ612"
    names = condition.partition(":")[0]
    free = [f"{names}: 有", "村: [东村, 西村]", "处罚种类: 罚款", "来源: 群众申请"]
    assert declared(WORDS, map(figure.format, free)) == []
    villages = "单位: 场, 统计: 件数, 记录: 活动, 条件: {村: 东村}"
    assert declared(WORDS, [villages]) == []


@pytest.mark.parametrize(
    ("lists", "told"),
    [
        ("[东村, 东村]", "各村的数不公开"),
        ("[东村, 西村] [西村, 南村]", "就是“东村”的数"),
        ("[东村, 西村] [东村, 西村, 南村]", "就是“北村”的数"),
        ("[东村, 西村, 南村]", "就是“北村”的数"),
        ("有 [东村, 西村, 南村]", "就是“北村”的数"),
        ("[东村, 西村]", ""),
        ("[东村, 西村] [西村, 东村]", ""),
        ("[东村, 西村] [南村, 北村]", ""),
    ],
)
def test_nor_do_conditions_that_are_subtracted(make_project, lists, told):
    cases = "单位: 件, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷, 村: "
    names = re.findall(r"\[.*?\]|有", lists)
    figures = [f"- {{名称: 数{n}, 板块: 矛盾化解, {cases}{of}}}}}\n" for n, of in enumerate(names)]
    township = (BASE / "records/township.yml").read_text(encoding="utf-8")
    root = make_project(
        {
            "records/township.yml": township.replace("西村]", "西村, 南村, 北村]"),
            "records/figures.yml": conftest.FIGURES + "".join(figures),
        }
    )
    problems = checked(root).problems
    assert [problem.rule for problem in problems] == ["FZ612"] * bool(told)
    assert all(told in problem.message for problem in problems)


@pytest.mark.parametrize(
    ("figure", "is_refused"),
    [
        ("统计: 最大值", True),
        ("统计: 求和, 条件: {标题: 国家宪法日集中宣传}", True),
        ("统计: 求和, 截至: 12-05", True),
        ("统计: 最大值, 条件: {类别: 考试}", False),
        ("统计: 求和", False),
        ("统计: 最大值, 公开: 是", False),
    ],
)
def test_nor_is_a_record_told_that_is_only_counted(make_project, figure, is_refused):
    (path,) = (BASE / "records/2024/activities").iterdir()
    record = path.read_text(encoding="utf-8").replace("地点:", "公开: 仅统计\n地点:")
    amount = f"- {{名称: 数, 板块: 法治宣传, 单位: 份, 记录: 活动, 字段: 发放资料份数, {figure}}}\n"
    files = {
        f"records/2024/activities/{path.name}": record,
        "records/figures.yml": FIGURES + amount,
    }
    problems = checked(make_project(files)).problems
    assert [problem.rule for problem in problems] == ["FZ612"] * is_refused


REFUSED = """
FZ614 单位: 名, 统计: 合计, 加: [数0]
FZ614 单位: 名, 统计: 合计, 加: [没有]
FZ614 单位: 场, 统计: 件数, 记录: 活动, 属于: 没有
FZ614 单位: 场, 统计: 件数, 记录: 活动, 属于: 数0
FZ614 单位: 名, 统计: 件数, 记录: 活动, 属于: 宣传活动
FZ614 单位: 场, 统计: 件数, 记录: 活动, 等于: 没有
FZ614 单位: 场, 统计: 件数, 记录: 活动, 等于: 数0
FZ614 单位: 名, 统计: 件数, 记录: 活动, 等于: 宣传活动
FZ614 单位: 场, 统计: 合计, 加: [宣传活动.]
FZ614 单位: 场, 统计: 合计, 加: [宣传活动.场]
FZ614 单位: 场, 统计: 合计, 加: [考试合格率]
FZ614 单位: 场, 统计: 合计, 加: [宣传活动.上年.上年]
FZ614 单位: 支, 统计: 合计, 加: [执法队伍], 累计自: 2021
FZ602 单位: 场, 统计: 件数, 记录: 活动, 累计自: 2021
FZ602 单位: 场, 统计: 件数, 记录: 活动, 条件: {日期: {自: 2021-01-01, 至: 2024-12-31}}
FZ602 单位: 场, 统计: 件数, 记录: 活动, 条件: {日期: {自: 2021-01-01}}
FZ602 单位: 件, 统计: 件数, 记录: 案件, 按日期: 办结日期, 条件: {办结日期: {至: 2024-06-30}}
FZ614 统计: 比率, 分子: 宣传活动.甲, 分母: 宣传活动
FZ617 单位: 份, 统计: 合计, 加: [发放资料, 宣传活动]
FZ617 单位: 件, 统计: 合计, 加: [发放资料], 减: [发放资料]
FZ602 单位: 场, 统计: 合计, 加: []
FZ602 单位: 场, 统计: 合计
FZ602 单位: 场, 统计: 合计, 加: [宣传活动], 记录: 活动
FZ602 单位: 场, 统计: 件数, 记录: 活动, 小数: 1
FZ602 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数, 小数: 1
FZ602 统计: 比率, 分子: 宣传活动, 分母: 宣传活动, 截至: 12-03
FZ602 单位: 场, 统计: 分类, 记录: 活动, 按: 类别, 各项: [悬挂横幅]
FZ611 单位: 件, 统计: 件数, 记录: 汇总
FZ611 单位: 项, 统计: 议题数, 记录: 活动
FZ612 单位: 份, 统计: 不重复, 记录: 活动, 字段: 发放资料份数
FZ612 单位: 项, 统计: 议题数, 记录: 会议, 按: 类别
FZ612 单位: 件, 统计: 件数, 记录: 案件, 条件: {公示: 是}
FZ612 单位: 起, 统计: 分类, 记录: 案件, 按: 村, 公开: 是
FZ612 单位: 个, 统计: 不重复, 记录: 案件, 字段: 村, 条件: {村: [东村, 西村]}
FZ612 单位: 条, 统计: 分类, 记录: 活动, 各项: [没有]
FZ612 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数, 公开: 否
FZ612 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数, 公开: 否, 印发: 否
FZ612 单位: 场, 统计: 分类, 记录: 活动, 按: 类别, 公开: 否
FZ612 单位: 条, 统计: 分类, 记录: 活动, 各项: [悬挂横幅], 公开: 否
FZ602 单位: 场, 统计: 件数, 记录: 活动, 公开: 否
FZ617 单位: 场, 统计: 分类, 记录: 活动, 各项: [悬挂横幅]
FZ203 单位: 场, 统计: 件数, 记录: 活动, 截至: 02-30
FZ203 单位: 场, 统计: 件数, 记录: 活动, 截至: 12月3日
"""


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_what_cannot_be_counted_is_refused(declared, line):
    rule, _, figure = line.partition(" ")
    assert {problem.rule for problem in declared(conftest.WORDS, [figure])} == {rule}


def test_a_count_is_told_to_be_no_condition(declared):
    (problem,) = declared(WITHIN, ["单位: 场, 统计: 件数, 记录: 活动, 条件: {出动: 12}"])
    assert problem.message == "“出动”是计数里的一项，不能当条件"


def test_figures_that_lead_in_a_circle_are_refused(make_project):
    text = FIGURES + "- {名称: 甲, 单位: 场, 统计: 合计, 加: [乙], 印发: 否}\n"
    text += "- {名称: 乙, 单位: 场, 统计: 合计, 加: [宣传活动], 减: [甲], 印发: 否}\n"
    problems = checked(make_project({"records/figures.yml": text})).problems
    assert [problem.rule for problem in problems] == ["FZ614", "FZ614"]


@pytest.mark.parametrize(("unit", "said"), [("%", "记分子、分母两项计数"), ("件", "只能是整数")])
def test_a_percentage_is_told_to_be_no_count(
    make_project: MakeProject, unit: str, said: str
) -> None:
    case = ROOT / "tests/cases/rules/FZ414/fail/records"
    record = "2024/totals/2024-01-31-办件.md"
    words = (case / "vocabulary.yml").read_text(encoding="utf-8")
    root = make_project(
        {
            "records/vocabulary.yml": words.replace("流转件, 单位: 件", f'流转件, 单位: "{unit}"'),
            f"records/{record}": (case / record).read_text(encoding="utf-8"),
        }
    )
    (problem,) = checked(root).problems
    assert problem.rule == "FZ414"
    assert said in problem.message + problem.hint
