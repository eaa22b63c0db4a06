"""Parts of breakdowns, rates, and parts of a year: whose number a sentence or a table prints."""

import shutil
from pathlib import Path

import pytest

from tests.support.building import ROOT
from tests.support.trees import problems_of_each as of_each

STREET = ROOT / "tests/townships/beiguan-street"
PARAGRAPH = "截至{{ 行政处罚.截至 }}，作出行政处罚"
FIGURE = "- {{名称: {}, 单位: {}, 记录: 案件, 条件: {{类别: 行政处罚{}}}, 按日期: 决定日期, 印发: 否, 公开: 是, {}}}"
FIGURES = [
    FIGURE.format("全部处罚", "件", "", "统计: 分类, 按: 处罚种类"),
    FIGURE.format("公开的处罚", "件", ", 公示: 是", "统计: 分类, 按: 处罚种类"),
    FIGURE.format("交通处罚", "件", "", "统计: 分类, 按: 处罚种类"),
    FIGURE.format("城管处罚", "件", "", "统计: 分类, 按: 处罚种类"),
    FIGURE.format("公安处罚", "件", "", "统计: 分类, 按: 处罚种类"),
]
UNTIL = {"半年": "06-30", "九个月": "09-30", "三个月": "03-31"}
FIGURES += [
    FIGURE.format(f"{part}的处罚", "件", "", f"统计: 分类, 按: 处罚种类, 截至: {day}")
    for part, day in UNTIL.items()
]
CALLED = {"覆盖社区": "村（社区）", "以案释法": "讲法课堂（含网上）"}
FIGURES += [
    "- {名称: 日均释法, 单位: 场, 统计: 件数, 记录: 活动, 印发: 否}",
    "- {名称: 月均普法, 单位: 场, 统计: 件数, 记录: 活动, 印发: 否, 说法: [月均]}",
    "- {名称: 人均参会, 单位: 人次, 统计: 求和, 记录: 会议, 字段: 实到, 印发: 否, 公开: 是}",
]
COUNTED = {
    "审查件数": ("件", 786),
    "合同份数": ("份", 243),
    "涉案金额": ("元", 500),
    "听讲人次": ("人次", 30),
}
FIGURES += [
    f"- {{名称: {name}, 单位: {unit}, 统计: 求和, 记录: 活动, 字段: {name}, 印发: 否}}"
    for name, (unit, _) in COUNTED.items()
]
FIGURES += [
    "- {名称: 在册队员, 单位: 名, 统计: 求和, 记录: 会议, 字段: 应到, 印发: 否, 公开: 是, 说法: [队员]}",
    "- {名称: 到会队员, 单位: 名, 统计: 求和, 记录: 会议, 字段: 实到, 印发: 否, 公开: 是}",
    "- {名称: 未到的, 单位: 名, 统计: 合计, 加: [在册队员], 减: [到会队员], 印发: 否}",
]
SAID = r"""
全区全部处罚{{ 全部处罚 }}，其中警告{{ 全部处罚.警告 }}。
全区全部处罚{{ 全部处罚 }}，其中交通处罚警告{{ 交通处罚.警告 }}。
全部处罚{{ 全部处罚 }}，交通处罚{{ 交通处罚 }}，警告{{ 交通处罚.警告 }}。
交通运输局警告{{ 交通处罚.警告 }}、罚款{{ 交通处罚.罚款 }}。
区公安分局作出警告{{ 公安处罚.警告 }}。
区城市管理局作出警告{{ 城管处罚.警告 }}。
公安、城管等部门警告{{ 交通处罚.警告 }}。
全区全部处罚{{ 全部处罚 }}，其中警告{{ 交通处罚.警告 }}。 FZ730 全部处罚.警告
全区全部处罚{{ 全部处罚 }}；其中警告{{ 公开的处罚.警告 }}。 FZ730 全部处罚.警告
全区全部处罚{{ 全部处罚 }}，其中警告{{ 全部处罚.罚款 }}。 FZ730 全部处罚.警告
城管处罚{{ 城管处罚 }}，罚款{{ 公开的处罚.罚款 }}。警告{{ 公开的处罚.警告 }}。 FZ730 城管处罚.罚款
城管处罚{{ 城管处罚 }}，罚款{{ 城管处罚.罚款 }}、警告{{ 城管处罚.没收 }}。交通处罚警告{{ 交通处罚.警告 }}。 FZ730 城管处罚.警告
区公安分局作出警告{{ 城管处罚.警告 }}。 FZ730 公安处罚.警告
作出处罚{{ 半年的处罚 }}。 FZ736
"""
YEARS = r"""
开展以案释法{{ 以案释法 }}，连续三年获评先进。
连续三年在全区交流经验，开展以案释法{{ 以案释法 }}。
开展以案释法{{ 以案释法 }}，连续三年上升。 FZ734 更早的自己核对
开展以案释法连续五年达到{{ 以案释法 }}。 FZ734 更早的自己核对
"""
SEVERAL = r"""
截至12月3日，公示、按期办结率均为{{ 公示率 }}。
截至12月3日，公示、法制审核、按期办结率均达{{ 公示率 }}。
截至12月3日，公示、按期办结率分别为{{ 公示率 }}、{{ 按期办结率 }}。
截至12月3日，公示、按期办结率分别为{{ 按期办结率 }}、{{ 公示率 }}。 FZ730
截至12月3日，督办、按期办结率均为{{ 按期办结率 }}。 FZ734
截至12月3日，公示、群众满意率均达{{ 公示率 }}。 FZ734
截至12月3日，{{ 公示率 }}的处罚公示。
截至12月3日，处罚{{ 群众满意率 | 以上(80) }}满意。
截至12月3日，群众{{ 公示率 }}。 FZ730 写明是什么率
覆盖村（社区）{{ 覆盖社区 }}。
讲法课堂（含网上）{{ 以案释法 }}，讲法课堂{{ 以案释法 }}。
全年讲法课堂{{ 覆盖社区 }}。 FZ730 以案释法
"""
MEANS = r"""
日均释法{{ 日均释法 }}。
日均释法达{{ 日均释法 }}，人均参会{{ 人均参会 }}。
开展以案释法{{ 以案释法 }}，月均{{ 月均普法 }}。
人均参会达到{{ 人均参会 }}，月均为{{ 月均普法 }}。
人均以案释法{{ 以案释法 }}。 FZ714
"""
WITHIN = r"""
审查文件{{ 审查件数 }}，其中政府合同{{ 合同份数 }}。
审查文件{{ 审查件数 }}，其中政府合同{{ 合同份数 }}，涉及金额{{ 涉案金额 }}。
审查文件{{ 审查件数 }}，其中听讲{{ 听讲人次 }}。 FZ735
审查文件{{ 审查件数 }}，其中政府合同{{ 合同份数 }}及听讲{{ 听讲人次 }}。 FZ735
"""
NONE_OF_IT = r"""
尚有{{ 未到的 }}队员未到会。 FZ730 说法: [队员未到会]
尚有{{ 未到的 }}队员未到会，在册队员{{ 到会队员 }}。 FZ730 改成 {{ 在册队员 }}
"""
TYPED = r"""
第3次会议研究第5条第2款，把服务放在第一位。
第12次会议研究第12条。
综合得分居全市第2位。 FZ707
综合得分排名第12名，较上年进步。 FZ707
释法与会议之比为9.9：1。 FZ706
释法与会议的比例为2:1。 FZ706
人员按比例2:1择优选用。
"""
HALF = r"""
上半年作出处罚{{ 半年的处罚 }}。
1至6月，作出处罚{{ 半年的处罚 }}。
截至6月底，作出处罚{{ 半年的处罚 }}。
前三季度作出处罚{{ 九个月的处罚 }}。
一季度作出处罚{{ 三个月的处罚 }}，其中警告{{ 三个月的处罚.警告 }}。
1-9月，作出处罚{{ 九个月的处罚 }}。
上半年作出处罚{{ 九个月的处罚 }}。 FZ732
上半年作出行政处罚{{ 行政处罚 }}。 FZ732
下半年作出处罚{{ 半年的处罚 }}。 FZ732
"""
TABLES = r"""
单位：件\n\n|单位|合计|罚款|\n|--|--|--|\n|区城管局|{{ 城管处罚 }}|{{ 城管处罚.罚款 }}|\n|全区|{{ 全部处罚 }}|{{ 全部处罚.罚款 }}|。
公安处罚情况\n\n|种类|件数|\n|--|--|\n|警告|{{ 公安处罚.警告 }}|。
公安处罚情况\n\n|种类|件数|\n|--|--|\n|警告|{{ 城管处罚.警告 }}|。 FZ730 公安处罚.警告
情况\n\n|单位|警告|\n|--|--|\n|区公安分局|{{ 城管处罚.警告 }}|。 FZ730 公安处罚.警告
情况\n\n|单位|总数|\n|--|--|\n|区公安分局|{{ 城管处罚 }}|。 FZ730 公安处罚
情况\n\n|单位|警告|罚款|\n|--|--|--|\n|区城管局|{{ 城管处罚.警告 }}|{{ 公安处罚.罚款 }}|。 FZ730 城管处罚.罚款
情况\n\n|单位|公安|城管|\n|--|--|--|\n|警告|{{ 公安处罚.警告 }}|{{ 公安处罚.警告 }}|。 FZ730 城管处罚.警告
全年\n\n|单位|总数|罚款|\n|--|--|--|\n|全区|{{ 全部处罚 }}|{{ 公开的处罚.罚款 }}|。 FZ730 全部处罚.罚款
"""


@pytest.mark.parametrize(
    "part", [SAID, YEARS, SEVERAL, MEANS, WITHIN, NONE_OF_IT, TYPED, HALF, TABLES]
)
def test_whose_number_is_printed(part, office):
    lines = [line.replace("\\n", "\n").rpartition("。") for line in part.strip().split("\n")]
    texts = [text if text.endswith("|") else f"{text}。" for text, _, _ in lines]
    told = of_each(office, "docs/report/2024.md", texts, PARAGRAPH)
    for (said, _, wrong), found in zip(lines, told, strict=True):
        rule, _, hint = wrong.strip().partition(" ")
        assert {problem.rule for problem in found} == ({rule} if rule else set()), said
        places = {(problem.line, problem.column) for problem in found}
        assert len(places) == len(found), said
        assert not hint or any(hint in problem.hint for problem in found), said


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The street with further figures and what they count."""
    folder: Path = tmp_path_factory.mktemp("office")
    shutil.copytree(STREET, folder, dirs_exist_ok=True)
    figures = folder / "records/figures.yml"
    known = figures.read_text(encoding="utf-8")
    for name, called in CALLED.items():
        known = known.replace(f"名称: {name}", f"名称: {name}, 说法: [{called}]")
    figures.write_text("\n".join([known, *FIGURES, ""]), encoding="utf-8")
    words = folder / "records/vocabulary.yml"
    counters = "".join(
        f"  - {{名称: {name}, 单位: {COUNTED[name][0]}, 公开: 是}}\n" for name in COUNTED
    )
    known = words.read_text(encoding="utf-8").replace("量词: [", "量词: [份, ")
    words.write_text(f"{known}计数:\n{counters}", encoding="utf-8")
    event = folder / "records/2024/activities/2024-04-18-释法.md"
    counts = ", ".join(f"{name}: {count}" for name, (_, count) in COUNTED.items())
    known = event.read_text(encoding="utf-8").replace("地点:", f"计数: {{{counts}}}\n地点:")
    event.write_text(known, encoding="utf-8")
    return folder
