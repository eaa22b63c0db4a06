"""What the public edition does not print of a figure: small groups, parts by a private field."""

import pytest

from fazhi.figures.value import Values
from fazhi.report.editions import Edition, Gate
from tests.conftest import BASE, MakeProject, checked

FIGURES = (
    (BASE / "records/figures.yml").read_text(encoding="utf-8")
    + """\
- {名称: 重点人群, 板块: 矛盾化解, 单位: 名, 统计: 分类, 记录: 现状, 条件: {类别: 重点人群}}
- {名称: 重点人数, 板块: 矛盾化解, 单位: 名, 统计: 最新值, 记录: 现状, 条件: {类别: 重点人群}}
- {名称: 重点人数占比, 板块: 矛盾化解, 统计: 比率, 分子: 重点人数, 分母: 全乡人数}
- {名称: 全乡人数, 板块: 矛盾化解, 单位: 人, 统计: 求和, 记录: 活动, 字段: 全乡人数, 印发: 否}
- {名称: 各村纠纷, 板块: 矛盾化解, 单位: 起, 统计: 分类, 记录: 案件, 按: 村}
"""
)
VOCABULARY = (
    (BASE / "records/vocabulary.yml")
    .read_text(encoding="utf-8")
    .replace(
        "计数:\n",
        "计数:\n  - {名称: 全乡人数, 单位: 人, 公开: 是}\n",
    )
)
ACTIVITY = (
    (BASE / "records/2024/activities/宪法宣传.md")
    .read_text(encoding="utf-8")
    .replace("\n发放资料", "\n计数: {全乡人数: 205}\n发放资料")
)


@pytest.fixture
def values(make_project: MakeProject, request: pytest.FixtureRequest) -> dict[Edition, Values]:
    """The year's values through both editions, with so many people in the sensitive group."""
    group = "---\n标题: 重点人群\n截止日期: 2024-12-31\n类别: 重点人群\n分类: {甲类: %s, 乙类: 1}\n---\n"
    root = make_project(
        {
            "records/figures.yml": FIGURES,
            "records/vocabulary.yml": VOCABULARY,
            "records/2024/activities/宪法宣传.md": ACTIVITY,
            "records/2024/standings/重点人群.md": group % request.param,
        }
    )
    project = checked(root)
    assert not project.problems
    assert project.settings
    return {e: Gate(e, project.settings).values(project.years[-1].values) for e in Edition}


@pytest.mark.parametrize("values", [9], indirect=True)
def test_a_breakdown_by_a_private_field_shows_its_total(values):
    assert values[Edition.INTERNAL]["各村纠纷"].parts
    assert values[Edition.PUBLIC]["各村纠纷"].number == 1
    assert values[Edition.PUBLIC]["各村纠纷"].parts is None


@pytest.mark.parametrize(("values", "total"), [(4, 5), (9, 10)], indirect=["values"])
def test_a_group_that_is_large_enough_is_printed(values, total):
    for name in ("重点人群", "重点人数"):
        assert values[Edition.PUBLIC][name].number == total
    assert min(values[Edition.PUBLIC]["重点人群"].parts.values()) >= 5


@pytest.mark.parametrize("values", [3, 0], indirect=True)
def test_a_group_below_the_threshold_is_withheld(values):
    for name in ("重点人群", "重点人数", "重点人数占比"):
        assert values[Edition.PUBLIC][name].withheld
        assert values[Edition.PUBLIC][name].number is None
        assert values[Edition.PUBLIC][name].numerator is None
        assert not values[Edition.PUBLIC][name].records
        assert values[Edition.PUBLIC][name].parts is None
        assert values[Edition.INTERNAL][name].number is not None
