"""A figure has pictures that fit its 统计, and none that tell more than the year's number does."""

from tests.rules import conftest
from tests.rules.conftest import Declare

WORDS = conftest.WORDS.replace(
    "计数:\n",
    "计数:\n  - {名称: 出动, 单位: 人次, 公开: 否}\n  - {名称: 走访, 单位: 户, 公开: 是}\n",
).replace("  现状:\n", "  现状:\n    - {名称: 考核, 板块: 法治宣传, 单位: 名次}\n")

EVENTS = "单位: 场, 统计: 件数, 记录: 活动"
CASES = "单位: 起, 统计: 件数, 记录: 案件"
BY = "单位: 起, 统计: 分类, 记录: 案件, 按: "
SUM = "统计: 求和, 记录: 活动, 字段: "
FINES = "单位: 元, 统计: 求和, 记录: 案件, 字段: 罚没金额, 公开: 是"
TEAMS = "单位: 支, 统计: 最新值, 记录: 现状, 条件: {类别: 执法队伍}"
PEOPLE = "单位: 名, 统计: 分类, 记录: 现状, 条件: {类别: 重点人群}"
RANK = "单位: 名次, 统计: 最新值, 记录: 现状, 条件: {类别: 考核}"
RATE = "统计: 比率, 分子: 考试合格, 分母: 考试应考"
ITEMS = "单位: 项, 统计: 议题数, 记录: 会议"

RIGHT = {
    EVENTS: ["柱", "线", "[柱, 线, 逐月]", "柱、线"],
    f"{EVENTS}, 条件: {{类别: 宣传活动, 村: 东村}}": ["逐月"],
    f"{EVENTS}, 截至: 06-30, 按日期: 结束日期": ["逐月"],
    CASES: ["逐月"],
    f"{CASES}, 条件: {{类别: 矛盾纠纷, 结果: 调解成功}}": ["逐月"],
    f"{BY}结果": ["[分项, 柱]"],
    f"{BY}纠纷类型, 公开: 是": ["分项"],
    f"{SUM}发放资料份数, 单位: 份": ["逐月"],
    f"{SUM}走访, 单位: 户": ["逐月"],
    FINES: ["柱"],
    TEAMS: ["柱", "线"],
    PEOPLE: ["分项"],
    RATE: ["[比率, 柱, 线]"],
    f"{ITEMS}, 条件: {{议题: {{主题: 禁毒}}}}": ["逐月"],
}
WRONG = {
    EVENTS: ["分项", "比率", "[柱, 分项]", "柱, 印发: 否"],
    f"{CASES}, 条件: {{来源: 群众申请}}": ["逐月"],
    f"{CASES}, 条件: {{纠纷类型: 有}}": ["逐月"],
    f"{CASES}, 条件: {{办结日期: 有}}, 按日期: 办结日期": ["逐月"],
    f"{BY}结果": ["逐月", "比率"],
    f"{BY}纠纷类型": ["分项"],
    FINES: ["逐月"],
    f"{SUM}出动, 公开: 是, 单位: 人次": ["逐月"],
    TEAMS: ["逐月", "分项"],
    PEOPLE: ["逐月"],
    RANK: ["柱", "线"],
    RATE: ["逐月", "分项"],
    f"{ITEMS}, 条件: {{议题: {{合法性审查: 通过}}}}": ["逐月"],
    f"{ITEMS}, 按: 主题": ["逐月"],
}


def drawn(figures: dict[str, list[str]]) -> list[str]:
    return [f"{figure}, 图: {kind}" for figure, kinds in figures.items() for kind in kinds]


def test_what_fits_passes(declared: Declare) -> None:
    assert declared(WORDS, drawn(RIGHT)) == []


def test_what_does_not_fit_is_refused(declared: Declare) -> None:
    refused = declared(WORDS, drawn(WRONG))
    assert {problem.rule for problem in refused} == {"FZ619"}
    assert len(refused) == len(drawn(WRONG))


def test_of_cases_that_may_be_sensitive_no_month_is_shown(declared: Declare) -> None:
    secret = "办理天数: 30}\n    - {名称: 涉未成年人, 敏感: 是, 结果: [办结]}"
    words = WORDS.replace("办理天数: 30}", secret)
    for which, is_refused in (("", True), (", 条件: {类别: 矛盾纠纷}", False)):
        found = declared(words, [f"{CASES}{which}, 图: 逐月"])
        assert ["敏感的“涉未成年人”" in problem.message for problem in found] == [True] * is_refused
    inside = words.replace("名称: 宣传活动", "名称: 宣传活动, 敏感: 是")
    (problem,) = declared(inside, [f"{SUM}出动, 公开: 是, 单位: 人次, 图: 逐月"])
    assert problem.message.startswith("“出动”不公开")
