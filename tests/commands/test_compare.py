"""What a change does to the figures and the words, between two commits of a real repository."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fazhi.commands.compare import markdown
from tests.support.comparing import (
    COURT,
    EVENT,
    EXAM,
    FIGURES,
    GROUPS,
    MEETING,
    NARRATIVE,
    NEW_EVENT,
    TOWNSHIP,
    WORDS,
    compared,
    edit,
    moves,
    records,
    words,
)
from tests.support.repositories import commit, git, own_environment, write

pytest_plugins = ["tests.support.sites"]


@pytest.fixture
def root(committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to change."""
    own_environment(monkeypatch)
    return Path(shutil.copytree(committed, tmp_path / "乡镇"))


# Scripted changes, and exactly what each of them moves


Change = tuple[str, str, str] | Callable[[Path], object]
"""A file, what is replaced in it and by what; or more than that."""


def make(change: Change, root: Path) -> None:
    edit(root, *change) if isinstance(change, tuple) else change(root)


def cells(text: str) -> dict[str, str]:
    """What stands before the colon of each part, and what behind it."""
    parts = (part.partition(": ") for part in text.split("; ") if part)
    return {name: moved for name, _, moved in parts}


def moved_to_2023(root: Path) -> None:
    edit(root, COURT, "受理日期: 2024-03-12", "受理日期: 2023-03-12")
    edit(root, COURT, "办结日期: 2024-03-25", "办结日期: 2023-03-25")
    git(root, "mv", COURT, "records/2023/cases/2023-03-12-01.md")


def other_numbers_in_the_report(root: Path) -> None:
    edit(root, NARRATIVE, "召开领导小组会议{{ 领导小组会议 }}", "部署工作")
    rate = "{{ 法院回流成功 }}，成功率{{ 法院回流成功率 }}。"
    edit(root, NARRATIVE, "{{ 法院回流成功 }}。", rate)


def new(path: str, day: str = "2024-10-20") -> Callable[[Path], object]:
    text = NEW_EVENT.format(title="新").replace("2024-10-20", day)
    return lambda root: write(root, path, text)


def one_more_figure(root: Path) -> None:
    more = "- {名称: 考试, 板块: 法治宣传, 单位: 次, 统计: 件数, 记录: 活动, 条件: {类别: 考试}}\n"
    write(root, FIGURES, (root / FIGURES).read_text(encoding="utf-8") + more)


def a_later_standing(root: Path) -> None:
    text = "---\n标题: 队伍\n截止日期: 2024-12-31\n类别: 执法队伍\n数量: 2\n---\n"
    write(root, "records/2024/standings/2024-12-31-执法队伍.md", text)


FIGURE = "- {名称: 领导小组会议, 板块: 组织领导, 单位: 次, 统计: 件数, 记录: 会议, 条件: {类别: 领导小组会议}}\n"
CASES: dict[str, tuple[Change, str, str, str, int]] = {
    "新增一场宣传活动": (
        new("records/2024/activities/新.md"),
        "2024 宣传活动: 3场 → 4场; 2024 发放资料: 235份 → 335份",
        "2024:13 宣传活动: 变动 3场 → 4场; 2024:13 发放资料 | 余: 变动 200余份 → 300余份",
        "新增 新.md",
        0,
    ),
    "法院回流案件调解不成改为成功": (
        (COURT, "调解不成", "调解成功"),
        "2024 调解成功: 3起 → 4起; 2024 调解成功率: 75%（3/4） → 100%（4/4）; "
        "2024 法院回流成功: 1起 → 2起; 2024 法院回流成功率: 50%（1/2） → 100%（2/2）",
        "2024:15 法院回流成功: 变动 1起 → 2起",
        "改动 2024-03-12-01.md",
        2,  # 矛盾纠纷; 法院回流, which the report prints
    ),
    "删去一次会议": (
        lambda root: (root / MEETING).unlink(),
        "2024 领导小组会议: 2次 → 1次",
        "2024:11 领导小组会议: 变动 2次 → 1次",
        "删去 2024-11-20-领导小组第二次会议.md",
        0,
    ),
    "只改文件名": (
        lambda root: git(root, "mv", EVENT, EVENT.replace("国家宪法日宣传", "宪法日")),
        *("", "", "改名 2024-12-04-宪法日.md", 0),
    ),
    "只改正文": (
        (EVENT, "设点宣讲", "宣讲"),
        *("", "", "改动 2024-12-04-国家宪法日宣传.md", 2),
    ),
    "改一个数，说法不变": (
        (EVENT, "份数: 105", "份数: 115"),
        *("2024 发放资料: 235份 → 245份", "", "改动 2024-12-04-国家宪法日宣传.md", 1),
    ),
    "案件改到上一年": (
        moved_to_2023,
        "2023 矛盾纠纷: 2起 → 3起; 2023 调解成功率: 100%（2/2） → 66.67%（2/3）; "
        "2023 法院回流: 0起 → 1起; 2023 法院回流成功率: 暂无 → 0%（0/1）; 2024 矛盾纠纷: 4起 → 3起; "
        "2024 调解成功率: 75%（3/4） → 100%（3/3）; 2024 法院回流: 2起 → 1起; "
        "2024 法院回流成功率: 50%（1/2） → 100%（1/1）",
        "2024:15 矛盾纠纷: 变动 4起 → 3起; 2024:15 矛盾纠纷 | 同比: 变动 增长100% → 持平; "
        "2024:15 法院回流: 变动 2起 → 1起",
        "新增 2023-03-12-01.md; 删去 2024-03-12-01.md",
        0,
    ),
    "词表加一个固定说法": ((WORDS, "[一起]", "[一起, 一批]"), "", "", "", 0),
    "新增一个指标": (one_more_figure, "2023 考试: 没有 → 0次; 2024 考试: 没有 → 1次", "", "", 0),
    "截止日期更晚的现状": (
        a_later_standing,
        *("2024 执法队伍: 1支 → 2支", "", "新增 2024-12-31-执法队伍.md", 0),
    ),
    "考试合格人数少了": (
        (EXAM, "合格: 38", "合格: 37"),
        "2024 考试合格: 38人 → 37人; 2024 考试合格率: 95%（38/40） → 92.5%（37/40）",
        "2024:13 考试合格率 | 以上(95): 不再属实 95%以上 → None",
        "改动 2024-11-06-法治理论知识考试.md",
        0,
    ),
    "敏感分项变动，公开版合并以后不变": (
        (GROUPS, "乙类: 6, 丙类: 4", "乙类: 7, 丙类: 3"),
        *("2024 重点人群: 30名 → 30名", "", "改动 2024-12-31-重点人群.md", 0),
    ),
    "敏感人数少到不公布": (
        (GROUPS, "数量: 30\n分类: {甲类: 20, 乙类: 6, 丙类: 4}", "数量: 4"),
        *("2024 重点人群: 30名 → 不公布", "", "改动 2024-12-31-重点人群.md", 0),
    ),
    "小数阈值变了": (
        (TOWNSHIP, "小数阈值: 5", "小数阈值: 3"),
        *("2024 重点人群: 30名 → 30名", "", "", 0),
    ),
    "只重排写法": (
        (EXAM, "参考: 40\n合格: 38", "合格: 38\n参考: 40  # 核对过"),
        *("", "", "改动 2024-11-06-法治理论知识考试.md", 1),
    ),
    "改叙述稿的文字和行": ((NARRATIVE, "全年召开", "一年来。\n\n全年召开"), "", "", "", 0),
    "改叙述稿印数的写法": (
        (NARRATIVE, "{{ 宣传活动 }}", "{{ 宣传活动 | 汉字 }}"),
        *("", "2024:13 宣传活动 | 汉字: 变动 3场 → 三场", "", 0),
    ),
    "叙述稿新印一个数，删去一个数": (
        other_numbers_in_the_report,
        "",
        "2024:11 领导小组会议: 删去 2次 → None; 2024:15 法院回流成功率: 新写 None → 50%",
        *("", 0),
    ),
    "删去报告还要印的指标": (
        (FIGURES, FIGURE, ""),
        "2024 领导小组会议: 2次 → 没有; 2023 领导小组会议: 暂无 → 没有",
        *("2024:11 领导小组会议: 不再属实 2次 → None", "", 0),
    ),
    "新的一年": (
        new("records/2025/activities/2025-01-05-宣传.md", "2025-01-05"),
        "2025 宣传活动: 没有 → 1场; 2025 发放资料: 没有 → 100份; 2025 考试参考: 没有 → 0人; "
        "2025 考试合格: 没有 → 0人",
        *("", "新增 2025-01-05-宣传.md", 0),
    ),
}
"""A change, and all that it moves: figures, words, records, and how many figures are stated anew."""


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_change_names_exactly_what_moves(root, case):
    change, figures, worded, changed, restated = case
    make(change, root)
    found = compared(root)
    assert moves(found) == cells(figures)
    assert words(found) == cells(worded)
    assert "; ".join(records(found)) == changed
    assert found.restated == restated


@pytest.mark.parametrize("name", ["新增一场宣传活动", "只改文件名", "新的一年"])
def test_two_commits_are_told_as_the_files_on_disk_are(root, name):
    make(CASES[name][0], root)
    found = compared(root)
    head = commit(root)
    between = compared(root, "HEAD~1", head)
    assert between.model_copy(update={"head": found.head, "base": found.base}) == found
    same = compared(root, head, "main")
    assert not (moves(same) or words(same) or records(same))


def test_what_a_record_changed(root):
    edit(root, GROUPS, "丙类: 4", "丙类: 5")
    edit(root, GROUPS, "数量: 30\n", "数量: 31\n承办: 平安法治办\n")
    edit(root, MEETING, "结论: 同意", "结论: 修改后同意")
    edit(root, EVENT, "发放资料份数: 105\n", "")
    edit(root, EVENT, "在东村", "在西村")
    details = {
        change.path: {f"{key.key}: {key.old} → {key.new}" for key in change.keys}
        for change in compared(root).records
    }
    assert details == {
        GROUPS: {"数量: 30 → 31", "分类 丙类: 4 → 5", "承办: None → 平安法治办"},
        MEETING: {"议题第 1 项 结论: 同意 → 修改后同意"},
        EVENT: {"发放资料份数: 105 → None"},
    }
    prose = {change.path for change in compared(root).records if change.prose}
    assert prose == {EVENT}


def test_what_only_the_office_sees_is_told_apart(root):
    edit(root, GROUPS, "乙类: 6, 丙类: 4", "乙类: 7, 丙类: 3")
    (move,) = compared(root).figures
    assert move.old == move.new
    assert move.new is not None
    assert move.new.parts == {"甲类": 20, "其他": 10}
    assert move.old_inside is not None
    assert move.old_inside.parts == {"甲类": 20, "乙类": 6, "丙类": 4}
    shown = markdown(compared(root))
    assert (
        "30名（内部：30名，其中乙类 6、丙类 4） | 30名（内部：30名，其中乙类 7、丙类 3）" in shown
    )
    assert "内部资料" in shown


def test_what_is_printed_but_not_tabled_is_published(root):
    moved_to_2023(root)
    published = {(move.year, move.name) for move in compared(root).figures if move.published}
    assert (2024, "法院回流") in published  # the report of 2024 prints it
    assert (2023, "法院回流") not in published


def test_what_was_untrue_and_is_true_again(root):
    edit(root, EXAM, "合格: 38", "合格: 37")
    commit(root)
    edit(root, EXAM, "合格: 37", "合格: 38")
    found = compared(root)
    assert words(found) == {"2024:13 考试合格率 | 以上(95)": "重新属实 None → 95%以上"}
    assert [(p.rule, p.path) for p in found.gone_problems] == [("FZ704", NARRATIVE)]
    assert not found.new_problems
    assert found.summary == ("改动 1 条记录；公布的数有 1 个变动；报告里 1 处说法重新属实。")


def test_settings_that_changed(root):
    edit(root, WORDS, "[一起]", "[一起, 一批]")
    edit(root, TOWNSHIP, "村: [东村, 西村]", "村: [东村, 西村, 北村]")
    edit(root, FIGURES, "单位: 场", "单位: 次")
    write(root, "docs/index.md", "欢迎光临。\n")
    found = compared(root)
    assert found.settings.vocabulary == ["固定说法"]
    assert found.settings.township == ["村"]
    assert found.settings.changed == ["宣传活动"]
    assert found.home
    assert moves(found) == {"2023 宣传活动": "1场 → 1次", "2024 宣传活动": "3场 → 3次"}
    assert found.summary.endswith("；设置有改动。")


# Errors


def test_a_record_that_cannot_be_read_is_not_called_deleted(root):
    edit(root, EVENT, "份数: 105", "份数: 一百")
    found = compared(root)
    assert records(found) == ["读不出 2024-12-04-国家宪法日宣传.md"]
    assert found.head.unread == 1
    assert [p.path for p in found.new_problems if p.severity == "error"] == [EVENT]
    assert "> 现在有 1 条记录读不出，没有算进去，下面的数只作参考。" in markdown(found)


@pytest.mark.parametrize("path", [TOWNSHIP, WORDS, FIGURES])
@pytest.mark.parametrize("side", ["现在", "原来"])
def test_settings_that_cannot_be_read(root, path, side):
    whole = (root / path).read_text(encoding="utf-8")
    write(root, path, "- 没有: [写完\n")
    if side == "原来":
        commit(root)
        write(root, path, whole)
    found = compared(root)
    assert found.summary == f"比不了：{side}的版本，设置或者指标有错误，数算不出来。"
    assert not found.figures
    problems = found.new_problems if side == "现在" else found.gone_problems
    assert path in {problem.path for problem in problems}
    assert f"### {'新出现' if side == '现在' else '不再有'}的错误和警告" in markdown(found)


def test_a_definition_that_cannot_be_counted(root):
    edit(root, FIGURES, "分子: 考试合格,", "分子: 没有这个,")
    assert compared(root).summary.startswith("比不了：现在的版本")


def test_what_others_did_since_is_not_told(root):
    git(root, "checkout", "-q", "-b", "work")
    edit(root, EXAM, "合格: 38", "合格: 39")
    head = commit(root)
    git(root, "checkout", "-q", "main")
    (root / MEETING).unlink()
    commit(root)
    assert "2024 领导小组会议" not in moves(compared(root, "main", "work"))
    assert records(compared(root, "main", head)) == ["改动 2024-11-06-法治理论知识考试.md"]
