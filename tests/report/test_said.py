"""What sentences say of parts of a year, of all, of parts and of the greatest: held to what is counted."""

import shutil
from pathlib import Path

import pytest

from fazhi import project
from fazhi.problems.problem import Problem
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import ROOT
from tests.support.trees import Overlay

STREET = ROOT / "tests/townships/beiguan-street"
REPORT = "docs/report/2024.md"
PARAGRAPH = "截至{{ 行政处罚.截至 }}，作出行政处罚"
PARTS = {
    "一季度": ("01-01", "03-31"),
    "二季度": ("04-01", "06-30"),
    "三季度": ("07-01", "09-30"),
    "四季度": ("10-01", "12-31"),
    "一月": ("01-01", "01-31"),
    "二月": ("02-01", "02-29"),
    "三月": ("03-01", "03-31"),
}
FIGURES = "\n".join(
    f"- {{名称: {part}纠纷, 印发: 否, 单位: 起, 统计: 件数, 记录: 案件,"
    f" 条件: {{类别: 矛盾纠纷, 受理日期: {{自: {first}, 至: {last}}}}}}}"
    for part, (first, last) in PARTS.items()
)
FIGURES += """
- {名称: 矛盾纠纷, 板块: 行政执法, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷}}
- {名称: 行政复议, 板块: 行政执法, 单位: 件, 统计: 件数, 记录: 案件, 条件: {类别: 行政复议}}
- {名称: 胜诉, 板块: 行政执法, 单位: 件, 统计: 件数, 记录: 案件, 条件: {类别: 行政复议, 结果: 胜诉}}
- {名称: 大额案件, 板块: 行政执法, 单位: 件, 统计: 件数, 记录: 案件, 条件: {类别: 行政复议}, 说法: [10万元以上案件]}
- {名称: 纠纷同上年之比, 板块: 行政执法, 单位: 倍, 统计: 比值, 分子: 矛盾纠纷, 分母: 矛盾纠纷.上年, 小数: 1}
- {名称: 单起最多涉及, 板块: 行政执法, 单位: 人, 统计: 最大值, 记录: 案件, 条件: {类别: 矛盾纠纷}, 字段: 涉及人数, 公开: 是}
- {名称: 单起最少涉及, 板块: 行政执法, 单位: 人, 统计: 最小值, 记录: 案件, 条件: {类别: 矛盾纠纷}, 字段: 涉及人数, 公开: 是}
- {名称: 涉及人数, 板块: 行政执法, 单位: 人, 统计: 求和, 记录: 案件, 条件: {类别: 矛盾纠纷}, 字段: 涉及人数, 公开: 是}
- {名称: 胜诉率, 板块: 行政执法, 统计: 比率, 分子: 胜诉, 分母: 行政复议}
- {名称: 复议公示, 印发: 否, 单位: 件, 统计: 件数, 记录: 案件, 条件: {类别: 行政复议, 公示: 是}}
- {名称: 复议公示率, 板块: 行政执法, 统计: 比率, 分子: 复议公示, 分母: 行政复议}
- {名称: 全部办结纠纷, 板块: 行政执法, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷, 办结日期: 有}}
"""
CATEGORIES = """\
    - {名称: 矛盾纠纷, 板块: 行政执法, 单位: 起, 结果: [调解成功, 在办]}
    - {名称: 行政复议, 板块: 行政执法, 结果: [胜诉, 败诉, 在办], 标记: [公示]}
"""
CASES = {  # by year and month: how many of which 类别, and with what
    (2023, 5): (10, "矛盾纠纷", "结果: 调解成功\n办结日期: 2023-12-01"),
    (2024, 1): (2, "矛盾纠纷", "结果: 在办"),
    (2024, 2): (1, "矛盾纠纷", "结果: 在办"),
    (2024, 4): (3, "矛盾纠纷", "结果: 调解成功\n办结日期: 2024-12-01"),
    (2024, 6): (2, "矛盾纠纷", "结果: 调解成功\n办结日期: 2024-12-01"),
    (2024, 8): (2, "矛盾纠纷", "结果: 调解成功\n办结日期: 2024-12-01"),
    (2024, 11): (4, "矛盾纠纷", "结果: 调解成功\n办结日期: 2024-12-01"),
    (2024, 5): (3, "行政复议", "结果: 胜诉\n办结日期: 2024-12-01\n标记: {公示: 是}"),
}
PERIODS = r"""
一至四季度分别为{{ 一季度纠纷 }}、{{ 二季度纠纷 }}、{{ 三季度纠纷 }}、{{ 四季度纠纷 }}。
受理矛盾纠纷{{ 矛盾纠纷 }}，一至四季度分别为{{ 一季度纠纷 }}、{{ 二季度纠纷 }}、{{ 三季度纠纷 }}、{{ 四季度纠纷 }}。
受理矛盾纠纷{{ 矛盾纠纷 }}，其中一季度{{ 一季度纠纷 }}、二季度{{ 二季度纠纷 }}。
一季度受理纠纷{{ 一季度纠纷 }}，二季度{{ 二季度纠纷 }}。
一、二、三季度矛盾纠纷分别为{{ 一季度纠纷 }}、{{ 二季度纠纷 }}、{{ 三季度纠纷 }}。
一季度、二季度分别受理纠纷{{ 一季度纠纷 }}和{{ 二季度纠纷 }}。
1—3月纠纷分别为{{ 一月纠纷 }}、{{ 二月纠纷 }}、{{ 三月纠纷 }}。
1月、2月纠纷依次为{{ 一月纠纷 }}、{{ 二月纠纷 }}。
| 时间 | 一季度 | 二季度 |\n|--|--|--|\n| 纠纷 | {{ 一季度纠纷 }} | {{ 二季度纠纷 }} |
受理纠纷{{ 一季度纠纷 }}。 FZ736
全年受理纠纷{{ 一季度纠纷 }}。 FZ732
上半年受理纠纷{{ 一季度纠纷 }}。 FZ732
一至四季度分别为{{ 二季度纠纷 }}、{{ 一季度纠纷 }}、{{ 三季度纠纷 }}、{{ 四季度纠纷 }}。 FZ732
一至四季度分别为{{ 一季度纠纷 }}、{{ 二季度纠纷 }}、{{ 三季度纠纷 }}。 FZ732
一至三季度分别为{{ 一季度纠纷 }}、{{ 二季度纠纷 }}、{{ 三季度纠纷 }}、{{ 四季度纠纷 }}。 FZ732
一至四季度分别为{{ 一季度纠纷 }}、{{ 行政复议 }}、{{ 三季度纠纷 }}、{{ 四季度纠纷 }}。 FZ732
受理矛盾纠纷{{ 矛盾纠纷 }}，其中一季度{{ 一季度纠纷 }}、二季度{{ 三季度纠纷 }}。 FZ732
1—3月分别受理纠纷{{ 一月纠纷 }}、{{ 三月纠纷 }}、{{ 二月纠纷 }}。 FZ732
1—3月受理纠纷{{ 三月纠纷 }}。 FZ732
"""
ALL = r"""
胜诉率、公示率均为{{ 胜诉率 }}。
复议公示率、胜诉率均为{{ 复议公示率 }}。
行政复议{{ 行政复议 }}，均胜诉。
行政复议{{ 行政复议 }}，全部胜诉并公示。
行政复议{{ 行政复议 }}均胜诉。
行政复议均胜诉{{ 胜诉 }}。
行政复议{{ 行政复议 }}，{{ 胜诉率 | 均 }}胜诉。
全部办结纠纷{{ 全部办结纠纷 }}。
矛盾纠纷{{ 矛盾纠纷 }}，均录入系统。
截至12月3日，胜诉率、群众满意率均为{{ 胜诉率 }}。 FZ734
截至12月3日，公示率、群众满意率均为{{ 群众满意率 }}。 FZ734
行政复议均公示{{ 胜诉 }}。 FZ734
行政复议{{ 行政复议 }}，无一胜诉。 FZ734
行政复议{{ 行政复议 }}，均未胜诉。 FZ734
行政复议{{ 行政复议 }}，均败诉。 FZ734
行政复议{{ 行政复议 }}，{{ 胜诉率 | 均 }}公示。 FZ730
矛盾纠纷{{ 矛盾纠纷 }}，均办结。 FZ734
矛盾纠纷{{ 矛盾纠纷 }}，全部办结{{ 全部办结纠纷 }}。 FZ734
矛盾纠纷全部办结{{ 全部办结纠纷 }}。 FZ734
"""
NAMED = r"""
10万元以上案件{{ 大额案件 }}。
办理10万元以上案件{{ 大额案件 }}、行政复议{{ 行政复议 }}，合计{{ 原文("6件", 理由="相加") }}。
| 项目 | 件数（件） |\n|--|--|\n| 10万元以上案件 | {{ 大额案件 \| 不带单位 }} |
办理20万元以上案件{{ 大额案件 }}。 FZ706
10万元以上案件3件。 FZ706
10万元以上案件{{ 行政复议 }}。 FZ730
10万元以上案件{{ 大额案件 }}、行政复议{{ 行政复议 }}，合计{{ 原文("5件", 理由="相加") }}。 FZ806
"""
LAST = r"""
受理矛盾纠纷{{ 矛盾纠纷 }}，是上年的{{ 纠纷同上年之比 }}。
受理矛盾纠纷{{ 矛盾纠纷 }}，是前年的{{ 纠纷同上年之比 }}。 FZ733
受理矛盾纠纷{{ 矛盾纠纷 }}，是上年的{{ 矛盾纠纷 }}。 FZ731
"""
GREATEST = r"""
涉及人数{{ 涉及人数 }}，单起最多{{ 单起最多涉及 }}、最少{{ 单起最少涉及 }}。
单起最多涉及{{ 单起最多涉及 }}。
涉及人数单起最多{{ 涉及人数 }}。 FZ735
单起最少{{ 单起最多涉及 }}。 FZ735
涉及人数{{ 单起最多涉及 }}。 FZ730
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The street with cases of other kinds, and figures of them."""
    folder: Path = tmp_path_factory.mktemp("office")
    shutil.copytree(STREET, folder, dirs_exist_ok=True)
    for (year, month), (many, category, rest) in CASES.items():
        for day in range(10, 10 + many):
            when = f"{year}-{month:02}-{day}"
            file = folder / f"records/{year}/cases/{when}-50.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            text = (
                f"---\n标题: 事\n受理日期: {when}\n类别: {category}\n涉及人数: {day}\n{rest}\n---\n"
            )
            file.write_text(text, encoding="utf-8")
    for name, old, new in (
        ("vocabulary.yml", "  案件:\n", f"  案件:\n{CATEGORIES}"),
        ("vocabulary.yml", "量词: [", "量词: [起, "),
        ("figures.yml", "- {名称: 行政处罚,", f"{FIGURES}- {{名称: 行政处罚,"),
    ):
        file = folder / "records" / name
        text = file.read_text(encoding="utf-8").replace(old, new, 1)
        file.write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path, said: str) -> list[Problem]:
    """What is wrong with a report in which a sentence, or a table, stands."""
    lines = (folder / REPORT).read_text(encoding="utf-8").splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith(PARAGRAPH))
    lines[at] = said.replace("\\n", "\n").replace("\\|", "|")
    tree = Overlay(Folder(folder), {REPORT: ("\n".join(lines) + "\n").encode()})
    return [*project.load(tree, TODAY).problems]


@pytest.mark.parametrize(
    "said",
    [line for part in (PERIODS, ALL, NAMED, LAST, GREATEST) for line in part.strip().split("\n")],
)
def test_what_is_said_is_held_to_what_is_counted(said, office):
    text, _, rule = said.rpartition(" FZ")
    found = problems(office, text or said)
    assert f"FZ{rule}" in {problem.rule for problem in found} if text else not found, found
