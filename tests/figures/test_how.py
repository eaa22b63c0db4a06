"""How a figure is counted, as a citizen reads it: every measure, every condition, every figure of ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pytest

from fazhi.figures.measures import explain, fingerprint
from fazhi.schema.definition import Definition
from fazhi.sources import strict_yaml
from tests.conftest import CASES, settings_of
from tests.support.building import ROOT

GOLDEN = CASES / "how.txt"
OFFICES = [
    ROOT,
    *sorted(path.parents[1] for path in ROOT.glob("tests/**/townships/*/records/figures.yml")),
]
CASE = "单位: 起, 记录: 案件, 统计: "
SAID = {
    "单位: 次, 统计: 件数, 记录: 会议, 条件: {类别: 领导小组会议}": "全年领导小组会议，一次会议计一次",
    "单位: 场, 统计: 件数, 记录: 活动": "全年活动，一场活动计一场",
    "单位: 万件, 统计: 件数, 记录: 案件": "全年受理的案件，一件案件计一件",
    "单位: 个, 统计: 件数, 记录: 现状, 条件: {类别: 协议}": "全年统计的协议现状，一条现状计一个",
    f"{CASE}件数, 条件: {{类别: [信访, 调解案]}}": "全年受理的信访、调解案，一起案件计一起",
    f"{CASE}件数, 条件: {{类别: 信访}}, 截至: 12-03": "年初至12月3日受理的信访案件，一起案件计一起",
    f"{CASE}件数, 条件: {{类别: 信访}}, 截至: 12-31": "全年受理的信访案件，一起案件计一起",
    f"{CASE}件数, 条件: {{类别: 信访, 办结日期: 有}}, 按日期: 办结日期": "全年办结的信访案件，一起案件计一起",
    f"{CASE}件数, 条件: {{办结日期: 有}}": "全年受理、已办结的案件，一起案件计一起",
    f"{CASE}件数, 条件: {{办结日期: 无}}": "全年受理、未办结的案件，一起案件计一起",
    f"{CASE}件数, 条件: {{决定日期: 无, 处罚种类: 无}}": "全年受理、未作出决定、无处罚种类的案件，一起案件计一起",
    f"{CASE}件数, 条件: {{来源: [法院回流, '12345'], 结果: 撤销或变更}}": "全年受理、来源含法院回流或12345、结果为“撤销或变更”的案件，一起案件计一起",
    f"{CASE}件数, 条件: {{公示: 是, 程序: 普通}}, 按日期: 决定日期": "全年作出决定、公示为“是”、程序为普通的案件，一起案件计一起",
    f"{CASE}件数, 条件: {{办结日期: {{自: 04-01, 至: 06-30}}}}": "全年受理、办结日期自4月1日起至6月30日止的案件，一起案件计一起",
    f"{CASE}件数, 条件: {{办结日期: {{自: 04-01, 至: 06-30}}}}, 按日期: 办结日期": "4月1日至6月30日办结的案件，一起案件计一起",
    f"{CASE}件数, 条件: {{办结日期: {{至: 2025-01-31}}}}": "全年受理、办结日期至2025年1月31日止的案件，一起案件计一起",
    f"{CASE}件数, 条件: {{受理日期: {{自: 04-01}}}}": "全年受理、受理日期自4月1日起的案件，一起案件计一起",
    "单位: 场, 统计: 件数, 记录: 活动, 条件: {承办: 司法所, 佐证材料: 有}, 按日期: 结束日期": "全年结束、承办单位为司法所、有佐证材料的活动，一场活动计一场",
    "单位: 次, 统计: 件数, 记录: 会议, 条件: {类别: [党委会议, 专题会议], 议题: {主题: [宪法, 禁毒]}}": "全年议题含宪法或禁毒的党委会议、专题会议，一次会议计一次",
    "单位: 次, 统计: 件数, 记录: 会议, 条件: {议题: {主题: 宪法, 合法性审查: 有}}": "全年有议题主题为宪法且有合法性审查的会议，一次会议计一次",
    "单位: 次, 统计: 件数, 记录: 会议, 条件: {标题: 某某的事, 依据: 某某发1号, 议题: {结论: 某某的事}}": "全年标题为指定内容、依据为指定内容、有议题结论为指定内容的会议，一次会议计一次",
    "单位: 人次, 统计: 求和, 记录: 活动, 条件: {类别: 宣传活动}, 字段: 参加人次": "全年宣传活动的参加人次之和",
    "单位: 人, 统计: 求和, 记录: 活动, 条件: {类别: 考试, 主题: 宪法}, 字段: 合格": "全年主题含宪法的考试活动的合格人数之和",
    "单位: 万元, 统计: 求和, 记录: 案件, 字段: 罚没金额, 按日期: 决定日期, 小数: 2, 公开: 是": "全年作出决定的案件的罚没金额之和",
    "单位: 件, 统计: 求和, 记录: 汇总, 条件: {类别: 平台办件}, 字段: 流转件": "全年平台办件汇总的流转件之和",
    "单位: 件, 统计: 求和, 记录: 汇总, 条件: {期间: {自: 04-01, 至: 06-30}}, 字段: 流转件": "4月1日至6月30日汇总的流转件之和",
    "单位: 元, 统计: 最大值, 记录: 案件, 字段: 罚没金额, 公开: 是": "全年受理的案件的罚没金额最大值",
    "单位: 人次, 统计: 最小值, 记录: 活动, 字段: 参加人次": "全年活动的参加人次最小值",
    "单位: 支, 统计: 最新值, 记录: 现状, 条件: {类别: 执法队伍}": "年内最后一次统计的执法队伍数量",
    "单位: 支, 统计: 最新值, 记录: 现状, 条件: {类别: 执法队伍}, 截至: 06-30": "年初至6月30日最后一次统计的执法队伍数量",
    "单位: 名, 统计: 分类, 记录: 现状, 条件: {类别: 重点人群}": "年内最后一次统计的重点人群数量及分项",
    f"{CASE}分类, 按: 结果, 条件: {{类别: 矛盾纠纷}}": "全年受理的矛盾纠纷案件，按结果分项",
    f"{CASE}分类, 按: 来源": "全年受理的案件，按来源分项，属于几项的各计一次",
    "单位: 件, 统计: 分类, 记录: 汇总, 各项: [警告件数, 罚款件数]": "全年汇总的警告件数、罚款件数之和及分项",
    "单位: 个, 统计: 不重复, 记录: 活动, 条件: {类别: 宣传活动}, 字段: 村": "全年宣传活动涉及的村，不重复计",
    "单位: 个, 统计: 不重复, 记录: 活动, 条件: {主题: [宪法, 禁毒]}, 字段: 主题": "全年活动涉及的主题（只计宪法、禁毒），不重复计",
    "单位: 项, 统计: 议题数, 记录: 会议, 条件: {类别: 党委会议}": "全年党委会议的议题，一项议题计一项",
    "单位: 项, 统计: 议题数, 记录: 会议, 条件: {议题: {主题: 宪法, 合法性审查: 通过}}, 按: 主题": "全年会议中主题为宪法、合法性审查为通过的议题，一项议题计一项，按主题分项",
    "统计: 比率, 分子: 成功, 分母: 受理": "成功占受理的比例",
    "统计: 比率, 分子: 处罚.罚款, 分母: 处罚": "处罚中的罚款占处罚的比例",
    "单位: 倍, 统计: 比值, 分子: 受理, 分母: 受理.上年": "受理除以上年的受理",
    "单位: 件, 统计: 比值, 分子: 受理, 分母: 12": "受理除以12",
    "单位: 件, 统计: 合计, 加: [流转, 自办], 减: [处罚.罚款]": "流转加上自办减去处罚中的罚款",
    "单位: 件, 统计: 合计, 加: [处罚], 累计自: 2021": "2021年以来各年的处罚相加",
    "单位: 件, 统计: 合计, 加: [流转, 自办], 累计自: 2021": "2021年以来各年的流转加上自办，相加",
    "统计: 比率, 分子: 甲, 分母: 乙, 说明: 口径有补充": "甲占乙的比例。口径有补充",
    "统计: 比率, 分子: 甲, 分母: 乙, 可比自: 2024, 说明: 小的也记": "甲占乙的比例。2024年以前的不能直接比。小的也记",
}  # fmt: skip


def defined(keys: str, name: str = "某") -> Definition:
    return Definition.model_validate(strict_yaml.load(f"{{名称: {name}, {keys}}}", dict))


@pytest.mark.parametrize(("keys", "said"), SAID.items())
def test_how_it_is_counted(keys: str, said: str) -> None:
    assert explain(defined(keys)) == said


def _variants() -> Iterator[str]:
    """Every measure of records with every condition, by every date, to either day."""
    conditions = ["", "类别: 矛盾纠纷", "类别: 信访", "类别: [矛盾纠纷, 信访]", "村: 有", "村: 无", "村: 甲村"]  # fmt: skip
    conditions += [
        "村: [甲村, 乙村]",
        "办结日期: {自: 04-01}",
        "办结日期: {至: 04-01}",
        "结果: 在办",
    ]
    conditions += ["办结日期: {自: 04-01, 至: 06-30}", "办结日期: {自: 2024-04-01, 至: 2024-06-30}"]
    conditions += [
        "类别: 信访, 结果: 办结",
        "类别: 信访, 来源: 网格",
        "承办: 甲",
        "板块: 甲",
        "公示: 是",
    ]
    measures = [
        "件数",
        "分类, 按: 结果",
        "分类, 按: 来源",
        "不重复, 字段: 村",
        "不重复, 字段: 来源",
    ]
    measures += [
        f"{m}, 字段: {f}" for m in ("求和", "最大值", "最小值") for f in ("涉及人数", "甲")
    ]
    days = ["受理日期", "办结日期", "决定日期"]
    for measure, which, day, until in product(measures, conditions, days, ["12-31", "06-30"]):
        yield f"{CASE}{measure}, 条件: {{{which}}}, 按日期: {day}, 截至: {until}"


def test_what_counts_differently_reads_differently() -> None:
    # What falls in the year by a date has that date: with and without this condition is one count.
    written = (keys.replace(", 办结日期: 有}, 按日期", "}, 按日期") for keys in SAID)
    definitions = map(defined, {*_variants(), *written})
    _each_says_one_thing([(explain(one), fingerprint(one, {})) for one in definitions])


def test_so_do_our_own_figures() -> None:
    for office in OFFICES:
        listed = settings_of(office).definitions_in(2024)
        held = {name: d.model_copy(update={"note": None}) for name, (_, d) in listed.items()}
        _each_says_one_thing([(explain(one), fingerprint(one, held)) for one in held.values()])


def _each_says_one_thing(said: list[tuple[str, str]]) -> None:
    counted = defaultdict(set)
    for text, what in said:
        counted[text].add(what)
    assert not {text for text, found in counted.items() if len(found) > 1}


def test_our_own_figures_read_like_this(request: pytest.FixtureRequest) -> None:
    lines = []
    for office in OFFICES:
        lines.append(f"## {office.name if office != ROOT else '示例'}")
        lines += [f"{one.name}｜{explain(one)}" for one in settings_of(office).definitions]
    text = "\n".join(lines) + "\n"
    if request.config.getoption("--write-golden"):
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
