"""Numbers in the tables of a narrative: what heads their column and row is what is said of them."""

import re

import pytest

from tests.conftest import BASE, checked

REPORT = "docs/report/2024.md"
NARRATIVE = (BASE / REPORT).read_text(encoding="utf-8")
KINDS = ["警告", "罚款", "没收违法所得", "暂扣许可证件", "责令停产停业", "行政拘留"]
FIGURE = "- {{名称: {}, 板块: 矛盾化解, 单位: {}, 统计: {}, 记录: {}, {}}}\n"
EVENT = (
    "---\n标题: 宣传\n日期: {0}-06-0{1}\n类别: 宣传活动\n地点: 东村\n计数: {{{2}}}\n---\n宣传。\n"
)
CASE = "---\n标题: 处罚\n受理日期: 2024-0{}-05\n类别: 行政处罚\n处罚种类: {}\n结果: 办结\n办结日期: 2024-0{}-06\n---\n"


@pytest.fixture
def office(make_project):
    """A project of six kinds of penalties with their amounts, and events of two years."""
    words = (BASE / "records/vocabulary.yml").read_text(encoding="utf-8")
    words = words.replace("[警告, 罚款]", f"[{', '.join(KINDS)}]").replace("[个,", "[元, 个,")
    words = words.replace(
        "  现状:", "    - {名称: 行政处罚, 板块: 矛盾化解, 结果: [办结]}\n  现状:"
    )
    counters = "".join(f"  - {{名称: {kind}金额, 单位: 元, 公开: 是}}\n" for kind in KINDS)
    words = words.replace("计数:\n", f"计数:\n{counters}")
    figures = (BASE / "records/figures.yml").read_text(encoding="utf-8")
    figures += FIGURE.format("行政处罚", "件", "件数", "案件", "条件: {类别: 行政处罚}")
    figures += FIGURE.format(
        "上半年处罚", "件", "件数", "案件", "条件: {类别: 行政处罚, 受理日期: {至: 06-30}}"
    )
    for squad, kind in zip(("一中队", "二中队"), KINDS, strict=False):
        meets = f"条件: {{类别: 行政处罚, 处罚种类: {kind}}}"
        figures += FIGURE.format(f"{squad}查办", "件", "件数", "案件", meets)
    parted = "条件: {类别: 行政处罚}, 按: 处罚种类, 公开: 是"
    figures += FIGURE.format("查办情况", "件", "分类", "案件", parted)
    for kind in KINDS:
        meets = f"条件: {{类别: 行政处罚, 处罚种类: {kind}}}"
        figures += FIGURE.format(f"行政处罚{kind}", "件", "件数", "案件", meets)
        figures += FIGURE.format(f"{kind}金额", "元", "求和", "活动", f"字段: {kind}金额")
    held = ", ".join(f"{kind}金额: {1000 + place}" for place, kind in enumerate(KINDS))
    events = {
        f"records/{y}/activities/{y}-06-0{n}.md": EVENT.format(y, n, held)
        for y in (2023, 2024)
        for n in (1, 2)
    }
    cases = {
        f"records/2024/cases/2024-0{m}-05-01.md": CASE.format(m, kind, m)
        for m, kind in enumerate(KINDS, 4)
    }
    settings = {"records/vocabulary.yml": words, "records/figures.yml": figures}

    def rules(table: str) -> set[str]:
        """The rules that a table breaks."""
        rows = re.sub(r"(?<!\{)\{([^{}]+)\}(?!\})", r"{{ \1 }}", table.strip())
        text = NARRATIVE.replace(
            "受理矛盾纠纷{{ 矛盾纠纷 }}。", f"受理矛盾纠纷{{{{ 矛盾纠纷 }}}}。\n\n{rows}"
        )
        problems = checked(make_project(settings | events | cases | {REPORT: text})).problems
        assert {problem.path for problem in problems} <= {REPORT}
        return {problem.rule for problem in problems}

    return rules


def table(head: str, *rows: str) -> str:
    """A table: cells are parted by slashes."""
    lines = [head, re.sub("[^/]+", "--", head), *rows]
    return "\n".join(f"| {line.replace('/', ' | ')} |" for line in lines)


def of_kinds(count: str, amount: str, bare: str = "") -> str:
    rows = (f"{kind}/{{行政处罚{kind}{bare}}}/{{{kind}金额{bare}}}" for kind in KINDS)
    return table(f"处罚种类/{count}/{amount}", *rows, f"合计/{{行政处罚{bare}}}/—")


BARE = " | 不带单位"
TRUE = [
    of_kinds("件数", "金额"),
    of_kinds("件数（件）", "金额（元）", BARE),
    f"表1 行政处罚（单位：件、元）\n\n{of_kinds('件数', '金额', BARE)}",
    of_kinds("件数", "金额").replace("| ", "|").replace(" |", "|"),
    table(f"项目/{'/'.join(KINDS)}", "件数/" + "/".join(f"{{行政处罚{kind}}}" for kind in KINDS)),
    table(
        f"项目/{'/'.join(KINDS)}",
        "金额（元）/" + "/".join(f"{{{kind}金额{BARE}}}" for kind in KINDS),
    ),
    table("时段/处罚件数", "上半年/{上半年处罚}", "全年/{行政处罚}"),
    table("序号/项目/完成情况", "1/宣传活动/{宣传活动}", "2/调处矛盾纠纷/{矛盾纠纷}"),
    table("指标/2024年/2023年", "宣传活动/{宣传活动}/{宣传活动.上年}"),
    table(
        "指标/今年/上年/比上年",
        f"宣传活动（场）/{{宣传活动{BARE}}}/{{宣传活动.上年{BARE}}}/{{宣传活动 | 同比}}",
    ),
    table("指标/数量/备注", "发放资料/{发放资料 | 余}/全年", "应考/{考试应考}/无"),
    table("指标/本年", "执法队伍/2024年组建", "宣传活动/{宣传活动}"),
    table("种类/数量（件数、人次数）", f"警告/{{行政处罚警告{BARE}}}"),
    table("种类/数量（2024年）", f"警告/{{行政处罚警告{BARE}}}"),
    table("种类/数量（件）", f"矛盾纠纷/{{矛盾纠纷{BARE}}}"),
    table("单位/查办", "一中队/{一中队查办}", "二中队/{二中队查办}"),
    table("项目/警告/暂扣", "查办/{查办情况.警告}/{查办情况.暂扣许可证件}"),
    table("月份/1/2/3", "安排/组织/落实/总结"),
    f"{of_kinds('件数', '金额')}\n\n{table('指标/数量', '宣传活动/{宣传活动}')}",
    table("指标/2024年/2023年/同比", "罚款金额/{罚款金额}/{罚款金额.上年}/持平"),
    table("指标/2024年/同比/备注", "罚款金额/{罚款金额}/{罚款金额 | 同比}/增长"),
    "行政处罚警告、罚款分别为{行政处罚警告 | 不带单位}、{行政处罚罚款}，罚款金额{罚款金额 | 不带单位}元。",
]
UNTRUE = [
    ("FZ706", table("种类/件数", "警告/12件")),
    ("FZ706", table("种类/件数（件）", "警告/12")),
    ("FZ706", table("序号/种类/件数", "1/警告/1,200")),
    ("FZ730", table("种类/件数", "警告/{行政处罚罚款}")),
    ("FZ730", table("种类/金额", "罚款/{行政处罚罚款}")),
    ("FZ730", table("项目/警告/罚款", "件数/{行政处罚罚款}/{行政处罚警告}")),
    ("FZ730", table("单位/查办", "一中队/{二中队查办}", "二中队/{一中队查办}")),
    ("FZ730", table("种类/查办", "警告/{查办情况.罚款}", "罚款/{查办情况.警告}")),
    ("FZ730", table("项目/警告/罚款", "查办/{查办情况.罚款}/{查办情况.警告}")),
    ("FZ730", table("项目/件数", "行政处罚警告（件）/{行政处罚罚款}")),
    ("FZ730", table("项目/同比", "警告金额/{罚款金额 | 同比}")),
    ("FZ733", table("指标/2024年/2023年/同比", "罚款金额/{罚款金额}/{罚款金额.上年}/增长")),
    ("FZ733", table("指标/2024年/比上年", "罚款金额/{罚款金额}/下降")),
    ("FZ705", table("种类/金额（万元）", f"罚款/{{罚款金额{BARE}}}")),
    ("FZ705", table("项目/罚款", f"金额（件）/{{罚款金额{BARE}}}")),
    ("FZ705", f"表1 处罚金额（单位：万元）\n\n{table('种类/金额', f'罚款/{{罚款金额{BARE}}}')}"),
    ("FZ705", "处罚{{ 行政处罚 | 不带单位 }}人次。"),
    ("FZ705", table("种类/件数", "警告/{行政处罚警告}件")),
    ("FZ714", table("种类/件数", "警告/约{行政处罚警告}")),
    ("FZ731", table("指标/今年/上年", "宣传活动/{宣传活动.上年}/{宣传活动}")),
    ("FZ731", table("指标/数量", "宣传活动/{宣传活动.上年}")),
    ("FZ732", table("时段/处罚", "上半年/{行政处罚}")),
    ("FZ732", table("时段/处罚", "4月/{行政处罚}")),
]


@pytest.mark.parametrize("text", TRUE, ids=range(len(TRUE)))
def test_a_table_that_is_true_is_let_pass(text, office):
    assert office(text) == set()


@pytest.mark.parametrize(("rule", "text"), UNTRUE, ids=range(len(UNTRUE)))
def test_a_table_that_is_not_true_is_refused(rule, text, office):
    assert office(text) == {rule}
