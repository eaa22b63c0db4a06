"""What is known of each number by its sentence, its cell, its unit and its period."""

import pytest

from fazhi import project
from fazhi.commands.check_text import check, lines_of
from fazhi.output import documents
from fazhi.output.view import View
from fazhi.problems.problem import has_errors
from fazhi.project import Year
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import ROOT
from tests.support.finished_texts import (
    OTHER,
    SAME,
    UNKNOWN,
    checked,
    docx,
    html,
    judged,
    sample_year,
    txt,
    verdicts,
)
from tests.support.trees import Overlay


@pytest.fixture(scope="module")
def year() -> Year:
    return sample_year()


SENTENCES = {
    "全年召开领导小组会议4次，其中禁毒领导小组会议4次。": [SAME, UNKNOWN],
    "全年召开禁毒领导小组会议4次。": [UNKNOWN],
    "召开了4次领导小组会议。": [SAME],
    "领导小组会议（4次）、集体学法（5次）。": [SAME, OTHER],
    "召开领导小组会议3次，上年4次。": [OTHER, OTHER],
    "召开领导小组会议4次（2023年为3次）。": [SAME, SAME],
    "召开领导小组会议4次,集体学法4次;全年张贴海报26张,发放宣传资料2,360份。": [SAME] * 4,
    "全年发放宣传资料0.24万份，张贴海报0.1万张。": [SAME, OTHER],
    "2.全年收到法律咨询服务2场次。": [SAME],
    # of others, of a part, of another time
    "示例一村举办法律知识讲座1场。": [UNKNOWN],
    "示例二村是示范村。全年举办法律知识讲座1场。": [UNKNOWN],
    "司法所协助学校，举办法律知识讲座1场。": [UNKNOWN],
    "全县共排查调处矛盾纠纷238起。": [UNKNOWN],
    "每村张贴海报26张。": [UNKNOWN],
    "平均张贴海报26张。": [UNKNOWN],
    "新增法律知识讲座1场。": [UNKNOWN],
    "未开展法律知识讲座1场。": [UNKNOWN],
    "上半年举办法律知识讲座1场。": [UNKNOWN],
    "10月15日，举办法律知识讲座1场。": [UNKNOWN],
    "1—11月，举办法律知识讲座1场。": [UNKNOWN],
    "1—12月，举办法律知识讲座1场。": [SAME],
    "截至11月底，发放宣传资料2360份。": [UNKNOWN],
    "2022年举办法律知识讲座1场。": [UNKNOWN],
    "2023年发放宣传资料1880份。": [SAME],
    "2023年发放宣传资料2360份。": [OTHER],
    "计划举办法律知识讲座1场。": [UNKNOWN],
    "不含社区矫正，全乡在册重点管理人员51名。": [UNKNOWN],
    "发放宣传资料2360份（截至9月底）。": [UNKNOWN],
    "开展专题宣传活动14场（实为19场）。": [UNKNOWN, UNKNOWN],
    "向每个村发放宣传资料2360份、张贴海报26张。": [UNKNOWN, UNKNOWN],
    "2023年、2024年，排查边界矛盾隐患分别为18个、23个。": [UNKNOWN, UNKNOWN],
    # units
    "举办法律知识讲座1次。": [SAME],
    "举办法律知识讲座1场，参加120人。": [SAME, UNKNOWN],
    "参加执法业务培训及考试12人。": [OTHER],
    "矛盾纠纷排查调处238件。": [SAME],
    "矛盾纠纷排查调处238件次。": [OTHER],
    "发放宣传资料2360。": [UNKNOWN],
    "发放宣传资料0.23余份。": [OTHER],
    # how it is said
    "发放宣传资料0.23万余份。": [SAME],
    "发放宣传资料2,360份。": [SAME],
    "发放宣传资料２３６０份。": [SAME],
    "发放宣传资料2300余份。": [SAME],
    "发放宣传资料2360余份。": [OTHER],
    "发放宣传资料两千余份，张贴海报三十余张。": [SAME, OTHER],
    "发放宣传资料近2500份。": [SAME],
    "发放宣传资料近3000份。": [OTHER],
    "发放宣传资料不足3000份。": [UNKNOWN],
    "发放宣传资料不足2300份。": [OTHER],
    "发放宣传资料约2400份。": [SAME],
    "发放宣传资料约2000份。": [OTHER],
    "发放宣传资料2400份左右。": [UNKNOWN],
    "张贴海报26—30张。": [UNKNOWN],
    # rates
    "矛盾纠纷调解成功率95.8%。": [SAME],
    "矛盾纠纷调解成功率96%。": [SAME],
    "矛盾纠纷调解成功率95.79%。": [OTHER],
    "矛盾纠纷调解成功率100%。": [OTHER],
    "矛盾纠纷调解成功率达百分之九十五以上。": [SAME],
    "矛盾纠纷调解成功率超九成。": [SAME],
    "矛盾纠纷调解成功率达九成以上。": [SAME],
    "矛盾纠纷调解成功率超九成五。": [SAME],
    "矛盾纠纷调解成功率九成六。": [SAME],
    "矛盾纠纷调解成功率九成七。": [OTHER],
    "矛盾纠纷调解成功率近九成七。": [SAME],
    "矛盾纠纷调解成功率近九成。": [OTHER],
    "矛盾纠纷调解成功率九成多。": [SAME],
    "矛盾纠纷调解成功率九成。": [OTHER],
    "矛盾纠纷调解成功率八成。": [OTHER],
    "矛盾纠纷调解成功率超过三分之二。": [SAME],
    "法院回流案件调处成功率约三分之二。": [OTHER],
    "法院回流案件调处成功率五分之三。": [SAME],
    "法院回流案件调处成功率达六成。": [SAME],
    "发放宣传资料比上年增长超两成。": [SAME],
    "发放宣传资料比上年增长两成多。": [SAME],
    "发放宣传资料比上年增长超三成。": [OTHER],
    "发放宣传资料比上年下降两成。": [OTHER],
    "张贴海报比上年增长四成。": [UNKNOWN],
    "医患矛盾纠纷调解成功率95.8%。": [UNKNOWN],
    "行政调解30件，调解成功率95.8%。": [UNKNOWN, UNKNOWN],
    "共排查调处矛盾纠纷238起，调解成功率95.8%。": [SAME, SAME],
    "排查边界矛盾纠纷30起，调解成功率95.8%。": [UNKNOWN, UNKNOWN],
    # several in one clause
    "法治理论知识考试参考率、合格率分别为96.77%、98.41%。": [OTHER, OTHER],
    "法治理论知识考试参考率、合格率分别为98.41%、96.77%。": [SAME, SAME],
    "参加法治理论知识考试，参考率和合格率均达到95%以上。": [SAME],
    "法治理论知识考试参考率和合格率均为98.41%。": [OTHER],
    "法律知识讲座和法律咨询服务共3场。": [UNKNOWN],
    # changes
    "发放宣传资料2360份，较2023年增加480份，增长25.5%。": [SAME, SAME, SAME],
    "发放宣传资料2360份，比2022年增加480份。": [SAME, UNKNOWN],
    "发放宣传资料2360份，比上年下降25.5%。": [SAME, OTHER],
    "发放宣传资料比上年增长26%。": [SAME],
    "法治理论知识考试合格率比上年提高2.5个百分点。": [OTHER],
    "法治理论知识考试合格率比上年提高2.1个百分点。": [SAME],  # as 96.8% and 94.7% are printed
    "法治理论知识考试合格率比上年提高2个百分点。": [SAME],
    "矛盾纠纷调解成功率比上年提高2%。": [UNKNOWN],
    "发放宣传资料比去年同期增长25.5%。": [SAME],
    "发放宣传资料较上年的1880份增长25.5%。": [SAME, SAME],
    "发放宣传资料由上年的1880份增加到2540份。": [SAME, OTHER],
    "矛盾纠纷调解成功率由95.8%提高到93.75%。": [OTHER, OTHER],
    "专题宣传活动由上年的9场减少到14场。": [SAME, UNKNOWN],
    "发放宣传资料由2022年的1880份增加到2360份。": [UNKNOWN, UNKNOWN],
    # parts
    "在册重点管理人员51名，其中刑满释放13名、社区矫正2名。": [SAME, SAME, OTHER],
    # what is no number of the year's work
    "根据第3条，2024年3月印发〔2024〕3号，学习《三个条例》。": [],
}


def test_a_number_is_judged_where_its_sentence_says_what_it_is(year):
    assert judged(SENTENCES, year) == SENTENCES


def test_a_figure_is_shown_with_its_exact_value_and_where_it_stands(year):
    (one,) = checked("标题\n\n　　今年矛盾纠纷调解成功率达97%，群众满意。", year).found
    assert one.lines == (
        "今年矛盾纠纷调解成功率达【97%】，群众满意（第3行）\n"
        "  不符：矛盾纠纷调解成功率95.8%（228/238）"
    )


def test_a_part_that_the_public_does_not_see_is_said_to_be_one(year):
    (_, one) = checked("在册重点管理人员51名，其中社区矫正1名。", year).found
    assert (one.verdict, one.why) == (SAME, "公开的稿子里不单独印它")


def test_the_plan_of_the_next_year_is_not_judged(year):
    text = "四、下一步工作安排\n（一）普法。举办法律知识讲座1场。\n五、其他\n举办法律知识讲座1场。"
    assert verdicts(checked(text, year)) == [UNKNOWN, SAME]


def test_below_the_heading_of_a_village_nothing_is_of_the_township(year):
    text = "（一）示例一村\n举办法律知识讲座1场。\n（二）全乡\n举办法律知识讲座1场。"
    assert verdicts(checked(text, year)) == [UNKNOWN, SAME]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("左岚乡2024年统计表", SAME),
        ("城口县左岚乡2024年统计表", SAME),
        ("示例一村统计表", UNKNOWN),
        ("全县统计表", UNKNOWN),
        ("2024年上半年统计表", UNKNOWN),
        ("2022年统计表", UNKNOWN),
        ("2023年统计表", UNKNOWN),
    ],
)
def test_a_table_is_of_what_its_title_says(title, expected, year):
    text = f"{title}\n指标\t数量\n发放宣传资料\t2360份"
    assert verdicts(checked(text, year)) == [expected]


TABLE = """\
<table><tr><th>项目</th><th>单位</th>{head}</tr>
<tr><td>发放宣传资料</td><td></td>{cells}</tr></table>"""


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("数量（份）", "2360", SAME),
        ("数量（万份）", "0.236", SAME),
        ("数量（万份）", "0.24", SAME),
        ("份数（份）", "2361", OTHER),
        ("数量（万份）", "2360", OTHER),
        ("数量（张）", "2360", UNKNOWN),
        ("2023年", "1880份", SAME),
        ("上年", "2360份", OTHER),
        ("2022年", "2360份", UNKNOWN),
        ("示例一村", "2360份", UNKNOWN),
        ("同比", "增长25.5%", SAME),
    ],
)
def test_a_cell_is_what_its_row_and_column_say(head, cell, expected, year):
    table = TABLE.format(head=f"<th>{head}</th>", cells=f"<td>{cell}</td>")
    table = table.replace("<th>项目", "<th>指标")
    assert verdicts(check(lines_of(".html", table.encode()), year)) == [expected]


def test_a_row_may_be_of_a_part(year):
    rows = "重点人员情况\n类别\t人数（名）\n精神障碍患者\t17\n刑满释放\t12\n"
    assert verdicts(checked(rows, year)) == [SAME, OTHER]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("精神障碍患者\t17\n刑满释放\t13\n合计\t51\n", [SAME, SAME, SAME]),
        ("精神障碍患者\t17\n刑满释放\t13\n合计\t52\n", [SAME, SAME, OTHER]),
        ("精神障碍患者\t17\n合计\t51\n", [SAME, UNKNOWN]),
        ("精神障碍患者\t17\n刑满释放\t13\n其他\t7\n", [SAME, SAME, SAME]),
        ("其他\t7\n", [UNKNOWN]),
    ],
)
def test_a_total_and_what_is_left_are_of_the_parts_beside_them(rows, expected, year):
    assert verdicts(checked(f"重点人员情况\n类别\t人数（名）\n{rows}", year)) == expected


def test_a_change_of_a_rate_is_told_once(year):
    (one,) = checked("法院回流案件调处成功率比上年提高7个百分点。", year).found
    assert one.lines.count("个百分点") == 2


# Money, averages, periods of a year

_COUNTY = ROOT / "tests/townships/county-justice"
_FINES = """---
标题: {span}行政处罚
期间: {span}
类别: 行政处罚
数据来源: 各执法单位年报
计数: {{处罚决定: {count}, 罚没款: {money}}}
---
"""


def _quarter(n: str, first: str, last: str) -> str:
    return (
        f"- {{名称: {n}季度行政处罚, 板块: 执法统计, 单位: 件, 统计: 求和, 记录: 汇总,"
        f" 条件: {{类别: 行政处罚, 期间: {{自: {first}, 至: {last}}}}}, 字段: 处罚决定}}\n"
    )


@pytest.fixture(scope="module")
def county() -> Year:
    """An office that counts money, four quarters, and has last year's numbers."""
    spans = ("一季度", 300, 50), ("二季度", 340, 51.4507), ("三季度", 350, 52), ("四季度", 372, 60)
    totals = {
        f"records/2024/totals/2024-{n * 3:02}-{30 + n % 3 % 2}-处罚.md": _FINES.format(
            span=f"2024年{span}", count=count, money=money
        )
        for n, (span, count, money) in enumerate(spans, 1)
    }
    last = _FINES.format(span="2023年", count=1400, money="223.0218")
    figures = (
        (_COUNTY / "records/figures.yml")
        .read_text(encoding="utf-8")
        .replace("字段: 罚没款}", "字段: 罚没款, 小数: 2}")
    )
    figures += (
        "- {名称: 月均处罚, 板块: 执法统计, 单位: 件, 统计: 比值, 分子: 行政处罚, 分母: 12}\n"
    )
    figures += _quarter("一", "01-01", "03-31") + _quarter("四", "10-01", "12-31")
    narrative = (_COUNTY / "docs/report/2024.md").read_text(encoding="utf-8")
    narrative = narrative.replace("{{ 罚没金额 }}", "{{ 罚没金额 }}，同比{{ 罚没金额 | 同比 }}")
    narrative += "\n## 下一步打算 {块=安排}\n\n2025年，继续规范行政处罚。\n"
    words = (_COUNTY / "records/vocabulary.yml").read_text(encoding="utf-8")
    words = words.replace("块: [总体情况, 说明]", "块: [总体情况, 说明, 安排]")
    files = {name: text.encode() for name, text in totals.items()} | {
        "records/2024/totals/2024-12-31-处罚.md": totals["records/2024/totals/2024-12-31-处罚.md"].encode(),
        "records/2023/totals/2023-12-31-处罚.md": last.encode(),
        "records/figures.yml": figures.encode(),
        "records/vocabulary.yml": words.encode(),
        "docs/report/2024.md": narrative.encode(),
    }  # fmt: skip
    loaded = project.load(Overlay(Folder(_COUNTY), files), TODAY)
    assert not has_errors(loaded.problems), loaded.problems
    return next(year for year in loaded.years if year.year == 2024)


OF_THE_COUNTY = {
    "罚没金额213.45万元，较上年下降4.3%。": [SAME, SAME],
    "罚没金额较上年下降4.29%。": [SAME],
    "罚没金额比上年减少4.2916%。": [SAME],
    "罚没金额比上年下降4%。": [SAME],
    "罚没金额同比下降百分之四点三。": [SAME],
    "罚没金额同比下降4.2%。": [OTHER],
    "罚没金额较上年增长4.3%。": [OTHER],
    "罚没金额同比下降近4.5%。": [SAME],
    "罚没金额同比下降近5%。": [UNKNOWN],
    "罚没金额同比下降4%以上。": [SAME],
    "罚没金额同比下降5%以上。": [OTHER],
    "罚没金额较上年减少9.57万元。": [SAME],
    "罚没金额较上年减少9.6万元。": [SAME],
    "罚没金额较上年减少95711元。": [SAME],
    "罚没金额较上年减少9.5万元。": [OTHER],
    "行政处罚较上年减少38件，下降2.7%。": [SAME, SAME],
    "月均处罚113.5件，较上年减少3.17件，下降2.7%。": [SAME, SAME, SAME],
    "月均处罚比上年减少3件。": [SAME],
    "项目\t一季度\t二季度\t四季度\n行政处罚\t300件\t340件\t371件": [SAME, UNKNOWN, OTHER],
    "季度\t行政处罚（件）\n一季度\t300\n四季度\t372": [SAME, SAME],
    "指标\t2024年\t同比（%）\n罚没金额（万元）\t213.45\t-4.3%": [SAME, SAME],
    "指标\t2024年\t同比增长（%）\n罚没金额（万元）\t213.45\t4.3": [SAME, OTHER],
    "指标\t2024年\t2023年\t正文印作\n行政复议受理\t41件\t暂无\t40余件": [SAME, SAME],
    "指标\t2024年\t同比增减\n罚没金额（万元）\t213.45\t↓4.3%": [SAME, SAME],
    "罚没金额213.45万元，比2023年的223.02万元减少9.57万元，下降4.3%。": [SAME] * 4,
    "罚没金额由上年的223.02万元下降到213.45万元，降幅为4.3%。": [SAME] * 3,
    "罚没金额由上年的223.02万元下降到213.45万元，增幅为4.3%。": [SAME, SAME, OTHER],
    "罚没金额213.45万元（上年223.02万元，下降4.3%）。": [SAME] * 3,
    "行政处罚、罚没金额分别比上年下降2.7%、4.3%。": [SAME, SAME],
    "行政处罚、月均处罚分别比上年减少38件、4件。": [SAME, OTHER],
    "行政处罚、月均处罚分别减少38件、4件。": [UNKNOWN, UNKNOWN],
    "全年作出行政处罚1362件。": [SAME],
    "一季度行政处罚300件，四季度行政处罚372件。": [SAME, SAME],
    "一季度行政处罚372件。": [OTHER],
    "二季度行政处罚340件。": [UNKNOWN],
}


def test_changes_of_money_and_of_averages_are_as_exact_as_they_are_said(county):
    assert judged(OF_THE_COUNTY, county) == OF_THE_COUNTY


OF_A_RANK = {
    "督察名次第5位，比上年上升3位。": [SAME, SAME],
    "督察名次第5名，比上年下降3位。": [SAME, OTHER],
    "督察名次第4位，比上年上升4位。": [OTHER, OTHER],
    "督察名次第5位，比上年上升37.5%。": [SAME, OTHER],
    "党组会议第5位。": [UNKNOWN],
}


def test_a_rank_that_is_a_smaller_number_has_risen():
    loaded = project.load(Folder(ROOT / "tests/truth/bureau"), TODAY, has_evidence=False)
    bureau = next(year for year in loaded.years if year.year == 2025)
    assert judged(OF_A_RANK, bureau) == OF_A_RANK


def test_an_endless_change_is_shown_as_its_figure_is(county):
    (one,) = checked("月均处罚比上年减少4件。", county).found
    assert one.figures == ["月均处罚比上年下降2.7%（减少3.17件）"]


@pytest.mark.parametrize("form", [docx, html, txt])
def test_the_annex_behind_a_plan_is_judged(form, county):
    made = documents.forms(View(county, Gate(Edition.PUBLIC, county.settings)))
    found = check(
        lines_of(*form({n: f() for n, f in made.items() if not n.endswith(".pdf")})), county
    )
    assert {*verdicts(found)} == {SAME}, [one.lines for one in found.found]
    assert any("|下降【4.3%】" in one.clause for one in found.found)
