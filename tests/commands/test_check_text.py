"""A finished text held against the records of the sample: each number, and what is said of it."""

import io
import re
import zipfile
from collections.abc import Iterable
from dataclasses import replace

import pytest
from docx import Document

from fazhi import project
from fazhi.commands.check_text import Checked, Unreadable, check, lines_of
from fazhi.output import documents
from fazhi.output.view import View
from fazhi.problems.problem import has_errors
from fazhi.project import Year
from fazhi.records import narrative as narratives
from fazhi.report.editions import Edition, Gate
from fazhi.report.rendering import render
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import ROOT
from tests.support.carriers import archive, bomb
from tests.support.running import ran_script
from tests.support.trees import Overlay


@pytest.fixture(scope="module")
def year() -> Year:
    loaded = project.load(Folder(ROOT), TODAY, has_evidence=False)
    return next(year for year in loaded.years if year.year == 2024)


def checked(text: str, year: Year) -> Checked:
    return check(lines_of(".txt", text.encode()), year)


def verdicts(found: Checked) -> list[str]:
    return [one.verdict for one in found.found]


# The sample's own documents

FIVE = {
    "几个数": {
        "领导小组会议4次": "领导小组会议5次",
        "海报20余张。": "海报30余张。",
        "成功率为60.0%": "成功率为62%",
        "合格率达95%以上": "合格率达97%以上",
        "刑满释放13名": "刑满释放12名",
    },
    "换了位置、单位和上年": {
        "集体研究重大行政决策5次": "集体研究重大行政决策9次",
        "办结合法性审查9件": "办结合法性审查5件",
        "考试12人次。": "考试12人。",
        "（上年3次）": "（上年4次）",
        "比上年增长25.5%；": "比上年下降25.5%；",
    },
    "措辞、汉字和并列": {
        "资料2000余份，": "资料2400余份，",
        "队伍一支，": "队伍两支，",
        "为1场、2场次": "为2场、2场次",
        "调解成功率在95%以上": "调解成功率为100%",
        "持证10人的队伍": "持证11人的队伍",
    },
}


def docx(files: dict[str, bytes]) -> tuple[str, bytes]:
    return ".docx", next(data for name, data in files.items() if name.endswith(".docx"))


def html(files: dict[str, bytes]) -> tuple[str, bytes]:
    return ".html", next(data for name, data in files.items() if name.endswith(".html"))


def txt(files: dict[str, bytes]) -> tuple[str, bytes]:
    word = Document(io.BytesIO(docx(files)[1]))
    blocks = (
        [block.text]
        if hasattr(block, "text")
        else ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        for block in word.iter_inner_content()
    )
    return ".txt", "\n".join(line for block in blocks for line in block).encode("gb18030")


@pytest.fixture(scope="module")
def exported(year: Year) -> dict[str, bytes]:
    forms = documents.forms(View(year, Gate(Edition.PUBLIC, year.settings)))
    return {name: make() for name, make in forms.items() if not name.endswith(".pdf")}


def tampered(suffix: str, data: bytes, edits: dict[str, str]) -> bytes:
    """A document with its text changed by hand: in HTML and Word, numbers may stand in marks."""
    if suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["word/document.xml"] = tampered(".xml", parts["word/document.xml"], edits)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return made.getvalue()
    encoding = "gb18030" if suffix == ".txt" else "utf-8"
    text = data.decode(encoding)
    for old, new in edits.items():
        pattern = "(?:<[^<>]*>)*".join(map(re.escape, old))
        text, count = re.subn(pattern, new, text, count=1)
        assert count, old
    return text.encode(encoding)


@pytest.mark.parametrize("edits", FIVE.values(), ids=FIVE)
@pytest.mark.parametrize("form", [docx, html, txt])
def test_of_the_own_report_what_was_changed_is_found_and_nothing_else(form, edits, year, exported):
    suffix, data = form(exported)
    before = check(lines_of(suffix, data), year)
    assert {*verdicts(before)} == {"相符"}
    after = check(lines_of(suffix, tampered(suffix, data, edits)), year)
    wrong = [one for one in after.found if one.verdict == "不符"]
    assert len(wrong) == 5, [one.lines for one in wrong]
    assert verdicts(after).count("相符") == len(before.found) - 5


# Sentences, and what is known of each of their numbers

SAME, OTHER, UNKNOWN = "相符", "不符", "无法判断"
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


def judged(sentences: Iterable[str], year: Year) -> dict[str, list[str]]:
    return {sentence: verdicts(checked(sentence, year)) for sentence in sentences}


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


# Texts from elsewhere

REAL = """\
左岚乡2024年法治政府建设情况报告
目前我乡综合行政执法持证人数为10人，今年以来参加业务培训及考试12人次。今年以来，我乡召开综合执法改革\
专题会议2次；组建综合行政执法队伍一支，并设立综合执法办公室；充实执法力量乡党委专题研究讨论、协调人员\
岗位相关事宜3次。今年累计开展平安创建、禁毒等专题宣传活动10余场，举办法律知识讲座1场，发放宣传资料\
2000余份、张贴海报20余张。按期参加年度法治理论知识考试，且参考率和合格率均达到95%以上。全年共排查调处\
矛盾纠纷200余起，调解成功率95%以上、受理并高效办结信访案件2件、成功调处溯源治理法院回流案件9件，成功率\
达60%。与3个毗邻乡镇签订乡镇基层治理协议，组建边界村落管理队伍3支。
"""
FOREIGN = {
    "另一个镇": """\
青溪县石桥镇人民政府2024年度法治政府建设工作报告
2024年，石桥镇召开领导小组会议4次，举办法律知识讲座1场，发放宣传资料2360份。组建综合行政执法队伍1支，\
全年排查调处矛盾纠纷238起，调解成功率95.8%，办结信访案件2件。
""",
    "没有标题的镇": """\
一、工作开展情况
我镇党委专题研究执法人员岗位3次，召开综合执法改革专题会议2次。全年集体学法4次，张贴海报26张。
""",
    "县里的部门": """\
县司法局2024年法治政府建设情况报告
全县召开领导小组会议4次，指导各乡镇举办法律知识讲座1场；我局集体学法4次。全县调解委员会排查调处矛盾纠纷\
238起，调解成功率95.8%；县公安局在册重点管理人员51名。
""",
    "上一年的": """\
左岚乡人民政府2023年法治政府建设情况报告
召开领导小组会议4次，举办法律知识讲座1场，发放宣传资料2360份。
""",
}


def test_of_a_real_report_nothing_true_is_called_wrong(year):
    found = checked(REAL, year)
    assert OTHER not in verdicts(found)
    assert verdicts(found).count(SAME) >= 8


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_of_another_text_the_same_number_is_no_agreement(text, year):
    found = checked(text, year)
    assert {*verdicts(found)} == {UNKNOWN}, [one.lines for one in found.found]


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(6))
def test_no_sentence_that_the_checker_holds_to_be_true_is_called_wrong(batch, year):
    lines = (ROOT / "tests/truth/true.txt").read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.startswith("# ")][batch::6]
    report = f"docs/report/{year.year}.md"
    text = (ROOT / report).read_text(encoding="utf-8")
    tree = Overlay(Folder(ROOT), {report: "\n\n".join([text, *said]).encode()})
    narrative, _ = narratives.load(tree, year.year, year.settings)
    assert narrative
    printed = render(narrative, year.values, year.last, lambda _, words: words)
    found = check(lines_of(".md", printed.markdown.encode()), replace(year, narrative=None))
    assert [one.lines for one in found.found if one.verdict == OTHER] == []
    assert len(found.found) > len(said) / 2


# Word and HTML as people leave them


def word(body: str, declared: str = "") -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"{declared}<w:document {space}><w:body>{body}</w:body></w:document>"
    return archive({"word/document.xml": xml})


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


MARKED = f"""<w:p>{run("张贴海报")}<w:del>{run("26").replace("w:t>", "w:delText>")}</w:del>\
<w:ins>{run("2")}{run("5")}</w:ins>{run("张")}{run("，集体学法9次", "<w:vanish/>")}{run("。")}</w:p>"""
PAGE = """<html><head><title>集体学法9次</title></head><body><!-- 集体学法9次 --><script>"集体学法9次"</script>
<p style="display: none">集体学法9次</p><table><tr><td><p>张贴<b>海报2</b>5<span>张</span>。</p></td></tr></table></body>"""


@pytest.mark.parametrize(("suffix", "data"), [(".docx", word(MARKED)), (".html", PAGE.encode())])
def test_what_a_reader_sees_is_read_and_nothing_else(suffix, data, year):
    (one,) = check(lines_of(suffix, data), year).found
    assert (one.place, one.clause, one.verdict) == ("第1段", "张贴海报【25张】", OTHER)


def test_markdown_is_read_as_it_is_printed(year):
    text = "# 报告\n\n张贴**海报25**\n张。\n\n| 指标 | 2024年 |\n|--|--|\n| 集体学法 | 4次 |\n"
    found = check(lines_of(".md", text.encode()), year)
    assert [(one.place, one.verdict) for one in found.found] == [
        ("第2段", OTHER),
        ("表1第2行", SAME),
    ]


REFUSED = {
    "旧格式": (".doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
    "设了密码": (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "去掉密码"),
    "不是 Word": (".docx", b"PK\x03\x04", "文件不完整"),
    "缺正文": (".docx", b"PK\x05\x06" + b"\0" * 18, "文件不完整"),
    "实体": (".docx", word("", "<!DOCTYPE a [<!ENTITY b 'c'>]>"), "外部实体"),
    "压缩炸弹": (".docx", bomb(), "展开以后太大"),
    "太大": (".txt", b"a" * 40_000_000, "超过 20 MB"),
    "太长": (".txt", b"1\n" * 60_000, "超过 5 万字"),
    "空": (".txt", b"", "没有文字"),
    "空网页": (".html", b"<html><body><script>1</script></body></html>", "没有文字"),
    "不是文字": (".txt", bytes(range(256)) * 9, "不是文字"),
    "很深": (".html", b"<div>" * 50_000, "没有文字"),
}  # fmt: skip


@pytest.mark.parametrize(("suffix", "data", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(suffix, data, why):
    with pytest.raises(Unreadable, match=why):
        lines_of(suffix, data)


def test_the_command_tells_by_its_exit_code(tmp_path, make_project):
    file, at = tmp_path / "稿子.txt", ("--root", make_project({}))
    for text, code, said in (
        ("发放资料205份，别的9次。", 0, "共 2 个数：0 个不符，1 个无法判断，1 个相符。"),
        ("发放资料204份。", 1, "共 1 个数：1 个不符，0 个无法判断，0 个相符。"),
        ("", 2, "没有查：里面没有文字"),
    ):
        file.write_text(text, encoding="gb18030")
        done = ran_script("check_text.py", file, *at, "--year", "2024", "--today", str(TODAY))
        assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert ran_script("check_text.py", file, *at, "--year", "1999").returncode == 2
    done = ran_script("check_text.py", file, *at, "--today", "2025-01-05")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--year 2024" in done.stderr


def test_what_is_to_be_mended_comes_first(tmp_path, make_project):
    file = tmp_path / "稿子.txt"
    file.write_text("发放资料205份。\n别的9次。\n发放资料204份。", encoding="utf-8")
    at = ("--root", make_project({}), "--year", "2024", "--today", str(TODAY))
    done = ran_script("check_text.py", file, *at)
    summary, *lines = done.stdout.splitlines()
    assert summary == done.stderr.strip() == "共 3 个数：1 个不符，1 个无法判断，1 个相符。"
    assert [line.partition("（")[0] for line in lines if not line.startswith(" ")] == [
        "发放资料【204份】", "别的【9次】", "发放资料【205份】",
    ]  # fmt: skip
