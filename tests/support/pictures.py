"""What tests of the year in pictures have in common: six years of a township, and readers of a page."""

from collections.abc import Mapping

from fazhi.output.site import build
from fazhi.report.editions import Edition
from tests.conftest import checked
from tests.support.building import Element

PAGE = "report/2024-pictures"
FIGURES = """
- {名称: 宣传活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 宣传活动}, 首页: 是, 图: 逐月}
- {名称: 发放资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数, 图: [柱, 逐月]}
- {名称: 考试应考, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 应考}
- {名称: 考试合格, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 合格}
- {名称: 考试合格率, 板块: 法治宣传, 统计: 比率, 分子: 考试合格, 分母: 考试应考, 图: [比率, 线]}
- {名称: 执法队伍, 板块: 法治宣传, 单位: 支, 统计: 最新值, 记录: 现状, 条件: {类别: 执法队伍}, 图: 柱}
- {名称: 矛盾纠纷, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷}}
- {名称: 调解成功, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷, 结果: 调解成功}}
- {名称: 宣讲, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 考试}, 至: 2023}
- {名称: 宣讲, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 宣传活动}, 自: 2024}
- {名称: 纠纷结果, 板块: 矛盾化解, 单位: 起, 统计: 分类, 记录: 案件, 条件: {类别: 矛盾纠纷}, 按: 结果, 图: 分项}
- {名称: 重点人群, 板块: 矛盾化解, 单位: 名, 统计: 分类, 记录: 现状, 条件: {类别: 重点人群}, 图: [分项, 柱]}
"""
EXAM = "---\n标题: 法治考试\n日期: {}\n类别: 考试\n板块: 法治宣传\n地点: 乡政府\n主题: [宪法]\n应考: {}\n参考: {}\n合格: {}\n---\n考试。\n"
EVENT = "---\n标题: 宣传第{}次\n日期: {}\n类别: 宣传活动\n地点: 东村\n主题: [禁毒]\n发放资料份数: {}\n---\n在{}设点。\n"
CASE = "---\n标题: 纠纷{0}\n受理日期: {1}\n类别: 矛盾纠纷\n结果: 调解成功\n办结日期: {1}\n纠纷类型: 邻里纠纷\n---\n"
PEOPLE = (
    "---\n标题: 重点人群\n截止日期: {}-12-31\n类别: 重点人群\n分类: {{甲类: {}, 乙类: {}}}\n---\n"
)


def records() -> dict[str, str]:
    """Six years with a gap (2021 has no exam), a count by month, parts, people who are few."""
    files = {"records/figures.yml": FIGURES}
    for year, leaflets in zip(range(2019, 2024), (11230, 0, 10892, 12089, 11876), strict=True):
        folder = f"records/{year}"
        files[f"{folder}/activities/宣传.md"] = EVENT.format(year, f"{year}-05-08", leaflets, year)
        if year != 2021:
            exam = EXAM.format(f"{year}-11-20", 60, 60, year - 1970)
            files[f"{folder}/activities/考试.md"] = exam
        files[f"{folder}/standings/重点人群.md"] = PEOPLE.format(year, 8, 9)
    files["records/2024/activities/宣传1.md"] = EVENT.format(1, "2024-03-15", 120, "西村")
    files["records/2024/activities/宣传2.md"] = EVENT.format(2, "2024-03-26", 90, "南村")
    files["records/2024/activities/考试.md"] = EXAM.format("2024-11-20", 40, 40, 38)
    files["records/2024/cases/纠纷1.md"] = CASE.format(1, "2024-02-03")
    files["records/2024/cases/纠纷2.md"] = CASE.format(2, "2024-04-06")
    files["records/2024/standings/重点人群.md"] = PEOPLE.format(2024, 3, 20)
    failed = CASE.format(0, "2023-03-01").replace("调解成功", "调解不成")
    files["records/2023/cases/纠纷.md"] = failed
    return files


def charts(site: Element) -> dict[str, Element]:
    """The pictures of a page by the captions of their tables."""
    return {next(f.every("caption")).text: f for f in site.every("figure", kind="fz-chart")}


def pictures(site: Element) -> dict[str, Element]:
    """Those of them that are drawn: of others there are but words."""
    return {name: figure for name, figure in charts(site).items() if [*figure.every("svg")]}


def said(figure: Element) -> str:
    return next(figure.every("svg")).attributes["aria-label"]


def drawn(figure: Element) -> list[str]:
    return [text.text for text in next(figure.every("svg")).every("text")]


def of(make_project, files: Mapping[str, str]) -> Mapping[str, str | bytes]:
    years = checked(make_project(files)).years
    return build(next(year for year in years if year.year == 2024), Edition.PUBLIC)


def told(site: Element) -> dict[str, list[str]]:
    """What changed, by kind: its figures with their numbers."""
    kinds = next(site.every("dl", kind="fz-changes")).every("div")
    found = ((next(k.every("dt")).text, [*k.every("dd")]) for k in kinds)
    return {name: [each.text for each in held if not each.classes] for name, held in found}
