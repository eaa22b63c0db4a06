"""审核单: what the office above is asked to look at, and what it must not see."""

import re

import pytest

from fazhi import project
from fazhi.output import review
from fazhi.output.view import View
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY, checked
from tests.support.building import ROOT
from tests.support.running import ran_script

REPORT = "docs/report/2024.md"
TYPED = (BASE / REPORT).read_text(encoding="utf-8")
STEPS = "流程:\n  - {状态: 草稿, 日期: 2025-02-12, 岗位: 暗哨甲}\n"
REVIEWED = "  - {状态: 已审核, 日期: 2025-02-18, 岗位: 暗哨乙, 意见: 依申请公开}\n"


def sheet_of(root, year=2024) -> View:
    (found,) = (one for one in checked(root).years if one.year == year)
    return View(found, Gate(Edition.PUBLIC, found.settings))


@pytest.fixture
def view(make_project):
    """The sheet of the base project with its report changed, and given some steps."""

    def made(*edits: tuple[str, str], steps: str = STEPS) -> View:
        text = TYPED.replace("成文日期: 2025-02-12\n", f"成文日期: 2025-02-12\n{steps}")
        for old, new in edits:
            assert old in text
            text = text.replace(old, new)
        return sheet_of(make_project({REPORT: text}))

    return made


def rows(view: View, part: str) -> dict[str, tuple[str, ...]]:
    (found,) = (one for one in review.parts(view) if one.title == part)
    return {str(first): tuple(map(str, rest)) for first, *rest in found.rows}


def test_each_block_is_told_with_the_heading_that_it_stands_below(view):
    asked = rows(view(), "要求")
    assert asked["上一年的主要举措和成效"][:2] == (review.MET, "一、主要举措和成效")
    assert asked["下一年的主要安排"][:2] == (review.MET, "四、下一年度安排")
    assert asked["其他需要说明的"][:2] == ("可以没有", "")
    assert asked["每个不足的原因"][0] == review.MET


@pytest.mark.parametrize(
    ("edit", "row"),
    [
        (("，主要原因是力量不足", ""), "每个不足的原因"),
        (("宣传形式单一，主要原因是力量不足。", "（待写：不足）"), "存在的不足"),
        ((" {块=安排}", ""), "下一年的主要安排"),
    ],
)
def test_what_is_missing_is_marked(edit, row, view):
    assert rows(view(edit), "要求")[row][0] == review.UNMET


def test_the_catalogue_of_the_county_is_gone_through(view):
    asked = rows(view(("署名:", "文号: 无\n主题分类: 政务公开\n署名:")), "要求")
    assert asked["主题分类"][:2] == (review.MET, "政务公开")
    assert asked["索引号"][:2] == (review.UNMET, "")
    assert asked["发布日期"][:2] == (review.OPEN, "")


def test_a_county_adds_rows_of_its_own(make_project):
    township = (BASE / "records/township.yml").read_text(encoding="utf-8")
    made = make_project(
        {
            "records/township.yml": f"{township}目录: [索引号, 审核程序]\n",
            REPORT: TYPED.replace("署名:", "目录: {审核程序: 三审三校}\n署名:"),
        }
    )
    assert rows(sheet_of(made), "要求")["审核程序"][:2] == (review.MET, "三审三校")


def test_numbers_stand_beside_what_they_are_exactly(view):
    found = view(
        ("发放资料 | 余", "发放资料 | 以上(100)"),
        ("继续开展", "编制{{ 原文('3个', 理由='定员文件') }}。继续开展"),
    )
    assert rows(found, "约数")["100份以上"][1] == "发放资料"
    assert rows(found, "手写的数") == {"3个": ("定员文件", review.BOX)}
    assert "宣传活动" in rows(found, "数")


def test_deadlines_are_told_and_who_did_what_when_is_not(view):
    found = view(steps=STEPS + REVIEWED)
    assert {one[1] for one in rows(found, "期限").values()} <= {review.OPEN, "✓ 办了"}
    page = "\n".join((review.page(found), *review.text(found)))
    for secret in ("暗哨甲", "暗哨乙", "依申请公开", "2025-02-18", "2025年2月18日"):
        assert secret not in page


def test_small_cells_stay_merged():
    loaded = project.load(Folder(ROOT), TODAY, has_evidence=False)
    (year,) = (one for one in loaded.years if one.year == 2024)
    small = [name for name, n in (year.values["在册重点管理人员"].parts or {}).items() if n < 5]
    page = review.page(View(year, Gate(Edition.PUBLIC, year.settings)))
    assert small and not [name for name in small if name in page]


def test_the_page_is_one_file_without_scripts(view):
    page = review.page(view())
    assert "<script" not in page and not re.search(r"(?:src|href)=\"(?!data:,)", page)


def test_the_command_prints_the_same(make_project):
    root = make_project({})
    told = ran_script("status.py", "2024", "--review", "--root", root, "--date", "2025-01-31")
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines() == [*review.text(sheet_of(root))]
    (root / REPORT).unlink()
    told = ran_script("status.py", "2024", "--review", "--root", root, "--date", "2025-01-31")
    assert told.returncode == 1 and "没有 2024 年的叙述稿" in told.stderr
