"""What is corrected after it was published: what may move, and what the report says of it."""

import json
import re
from pathlib import Path

import pytest

from fazhi.output import documents
from fazhi.output.view import View
from fazhi.report.editions import Edition
from tests.conftest import BASE, checked
from tests.support.locked import (
    ACTIVITY,
    CORRECTION,
    LOCK,
    REPORT,
    STEPS,
    change,
    correct,
    published,
    published_again,
    replaced,
    rules,
    typed,
    view_of,
)

__all__ = ["published"]  # a fixture


def test_a_correction_lets_the_figure_it_names_move(published):
    correct(published, "发放资料")
    (reminder,) = checked(published).problems
    assert (reminder.rule, reminder.hint[-9:]) == ("FZ725", " --sample")  # as what it is


def test_a_correction_of_another_figure_does_not(published):
    correct(published, "宣传活动")
    assert sorted(rules(published)) == ["FZ727", "FZ729"]


def test_text_may_be_corrected_without_a_figure(published):
    change(published, REPORT, replaced("力量不足", "人手不足"))
    assert rules(published) == ["FZ728"]
    only_text = (CORRECTION % "").replace("指标: [], ", "")
    change(published, REPORT, lambda text: text.replace(STEPS, STEPS + only_text))
    assert rules(published) == ["FZ725"]


@pytest.fixture
def corrected(published: Path) -> Path:
    """The report published, a figure corrected, and published again."""
    correct(published, "发放资料")
    published_again(published)
    assert checked(published).problems == []
    return published


def test_a_correction_is_kept_with_both_values(corrected):
    (kept,) = json.loads((corrected / LOCK).read_text(encoding="utf-8"))["corrections"]
    change = {"shown": ["205份", "206份"], "public": ["205份", "206份"]}
    assert re.fullmatch(r"[0-9a-f]{64}", kept.pop("typed"))
    assert kept == {"day": "2025-03-06", "figures": {"发放资料": change}}


@pytest.mark.parametrize("edition", Edition)
def test_the_report_says_at_its_head_what_was_corrected(corrected, edition):
    view = view_of(corrected, edition)
    said = "更正说明（2025年3月6日）：“发放资料”由205份更正为206份。补计。原因：漏记。批准：乡长。"
    assert view.notices == [said]
    assert view.before("发放资料") == ["205份"]
    assert view.before("宣传活动") == []


def test_it_says_the_same_before_the_correction_is_published_and_that_it_is_not(published):
    correct(published, "发放资料")
    before = view_of(published)
    names = [*documents.forms(before)]
    packed = View(before.source, before.gate, is_packed=True)
    assert ("（未公布）" in packed.tail, "未公布" in str(packed.notices)) == (False, False)
    published_again(published)
    (notice,) = view_of(published).notices
    assert notice == packed.notices[0]
    assert before.notices == [notice.replace("6日）：", "6日，未公布）：")]
    assert names == [
        name.replace("（示例）", "（未公布）（示例）")
        for name in documents.forms(view_of(published))
    ]
    assert (before.called, before.is_draft, packed.is_draft) == (
        "2024年度报告（未公布）",
        True,
        False,
    )


def test_a_figure_whose_correction_is_not_told_of_has_moved_again(corrected):
    change(corrected, ACTIVITY, replaced("206", "208"))
    assert rules(corrected) == ["FZ727"]


@pytest.mark.parametrize(("old", "new"), [("03-06", "03-09"), ("补计", "又补计")])
def test_a_corrected_figure_may_be_corrected_again_even_on_that_day(corrected, old, new):
    change(corrected, ACTIVITY, replaced("206", "208"))
    second = (CORRECTION % "发放资料").partition("\n")[2].replace(old, new)
    change(corrected, REPORT, replaced("批准: 乡长}\n", "批准: 乡长}\n" + second))
    published_again(corrected)
    assert view_of(corrected).before("发放资料") == ["205份", "206份"]


def test_a_published_correction_is_not_taken_back(corrected):
    (corrected / REPORT).write_text(typed(), encoding="utf-8")
    assert rules(corrected) == ["FZ729"]


REWRITTEN = "补计 补记 | 漏记 多记 | 乡长} 书记} | [发放资料] [宣传活动]"


@pytest.mark.parametrize("words", REWRITTEN.split(" | "))
def test_a_published_correction_is_not_written_anew(corrected, words):
    change(corrected, REPORT, replaced(*words.split()))
    (problem,) = checked(corrected).problems
    assert problem.rule == "FZ729"
    assert problem.message == "公布过的 2025-03-06 的更正改了"


def test_without_a_lock_nothing_can_be_corrected(corrected):
    (corrected / LOCK).unlink()
    (problem,) = checked(corrected).problems
    assert (problem.rule, problem.message) == ("FZ729", "没有公布的存档，不知道更正了什么")


def test_what_the_public_edition_withholds_no_correction_tells(make_project):
    people = "---\n标题: 重点人群\n截止日期: 2024-12-31\n类别: 重点人群\n数量: 3\n---\n"
    more = "- {名称: 在册人员, 板块: 矛盾化解, 单位: 名, 统计: 最新值, 记录: 现状, 条件: {类别: 重点人群}}\n"
    definitions = (BASE / "records/figures.yml").read_text(encoding="utf-8") + more
    files = {"records/figures.yml": definitions, "records/2024/standings/重点人群.md": people}
    root = make_project({**files, REPORT: typed()})
    published_again(root)
    change(root, "records/2024/standings/重点人群.md", replaced("3\n", "4\n"))
    (root / REPORT).write_text(typed(STEPS + CORRECTION % "在册人员"), encoding="utf-8")
    (notice,) = view_of(root).notices
    assert "“在册人员”有更正" in notice
    assert not re.search(r"[34]名", notice)
    (inside,) = view_of(root, Edition.INTERNAL).notices
    assert "由3名更正为4名" in inside
