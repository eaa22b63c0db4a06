"""What was published stays as it was published: the lock, and what has moved."""

import codecs
import json
import re
from pathlib import Path

import pytest

from fazhi.problems.problem import Severity
from fazhi.records import lock as locks
from fazhi.report import readiness
from fazhi.report.readiness import tables
from tests.conftest import BASE, MakeProject, checked, lay
from tests.support.locked import (
    ACTIVITY,
    CORRECTION,
    LOCK,
    REPORT,
    STEPS,
    change,
    more_leaflets,
    published,
    published_again,
    replaced,
    rules,
    typed,
    view_of,
    year_of,
)
from tests.support.running import ran_script

__all__ = ["published"]  # a fixture

TOWNSHIP = "records/township.yml"
CASE = "records/2024/cases/东村山林纠纷.md"


def status(root: Path) -> str:
    """What `status.py` prints of the year."""
    basis = year_of(root).basis
    assert basis
    return "\n".join(tables.text(readiness.of(basis)))


def test_every_figure_is_kept_with_its_words_and_a_hash_of_each_record(published):
    held = json.loads((published / LOCK).read_text(encoding="utf-8"))
    year = year_of(published)
    assert set(held["figures"]) == {v.name for v in year.values.values() if v.definition.printed}
    leaflets = held["figures"]["发放资料"]
    assert (leaflets["number"], leaflets["wordings"]) == ("205", ["200余份"])
    behind = {r.path for value in year.values.values() for r in value.records}
    assert set(held["records"]) == behind != set()
    text = (published / ACTIVITY).read_bytes()
    assert held["records"][ACTIVITY] == locks.digest(text)


@pytest.mark.parametrize(
    ("path", "edit", "named"),
    [
        (ACTIVITY, more_leaflets, ["发放资料"]),
        (ACTIVITY, replaced("2024-12-04", "2024-12-05"), []),
        (ACTIVITY, lambda text: text + "又补了一句。\n", []),
        ("records/figures.yml", replaced("法治宣传, 单位: 份", "法治宣传, 单位: 册"), ["发放资料"]),
        ("records/township.yml", replaced("村: [东村", "村: [南村, 东村"), []),
        (REPORT, replaced("{{ 发放资料 | 余 }}", "{{ 发放资料 }}"), ["发放资料"]),
    ],
    ids=["sum", "day", "prose", "unit", "village", "words"],
)
def test_a_published_figure_that_moves_is_named(published, path, edit, named):
    change(published, path, edit)
    problems = checked(published).problems
    moved = [p.message for p in problems if p.rule == "FZ727"]
    assert [re.findall("“(.+?)”", message)[0] for message in moved] == named
    assert {p.rule for p in problems} <= ({"FZ727", "FZ728"} if path == REPORT else {"FZ727"})


EXAM = "---\n标题: 考试\n日期: 2024-05-0{}\n类别: 考试\n板块: 法治宣传\n地点: 东村\n应考: {}\n合格: {}\n---\n考。\n"
PEOPLE = "---\n标题: 人群\n截止日期: 2024-12-31\n类别: 重点人群\n分类: {甲类: 12, 乙类: 7}\n---\n"
FIGURES = "records/figures.yml"
SEEN = {
    "fraction": ("records/2024/activities/考试.md", ("62", "124"), "考试合格率"),
    "definition": (FIGURES, ("合格}", "合格, 条件: {类别: 考试}}"), "考试合格"),
    "note": (FIGURES, ("分母: 考试应考", "分母: 考试应考, 说明: 补考的计入"), "考试合格率"),
    "section": (
        FIGURES,
        ("考试合格率, 板块: 法治宣传", "考试合格率, 板块: 矛盾化解"),
        "考试合格率",
    ),
    "decimals": (FIGURES, ("分母: 考试应考", "分母: 考试应考, 小数: 1"), "考试合格率"),
    "beside": (FIGURES, ("附列: [考试应考]", "附列: [考试应考, 考试合格]"), "人群"),
    "what the public sees of parts": ("records/township.yml", ("阈值: 5", "阈值: 10"), "人群"),
    "last year's definition": (
        FIGURES,
        ("- {名称: 资料, 板块: 法治宣传,", "- {名称: 资料, 板块: 法治宣传, 自: 2024,"),
        "资料",
    ),
    "another record": ("records/2024/activities/宪法宣传.md", None, "宣传活动"),
}


@pytest.fixture
def seen(make_project: MakeProject) -> Path:
    """A report published of a year with a rate, a breakdown, and something beside it."""
    more = (
        "- {名称: 人群, 板块: 矛盾化解, 单位: 名, 统计: 分类, 记录: 现状, 条件: {类别: 重点人群}, 附列: [考试应考]}\n"
        "- {名称: 资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数}\n"
    )
    old = (BASE / ACTIVITY).read_text(encoding="utf-8").replace("2024-12-04", "2023-12-04")
    files = {
        FIGURES: (BASE / FIGURES).read_text(encoding="utf-8") + more,
        "records/2024/activities/考试.md": EXAM.format(6, 62, 62),
        "records/2024/activities/又考试.md": EXAM.format(7, 1, 0),
        "records/2024/standings/人群.md": PEOPLE,
        "records/2023/activities/宪法宣传.md": old,
        REPORT: typed(),
    }
    root = make_project(files)
    published_again(root)
    assert checked(root).problems == []
    return root


@pytest.mark.parametrize("what", SEEN)
def test_every_change_that_a_reader_could_see_is_named(seen, what):
    path, replacement, name = SEEN[what]
    if replacement:
        change(seen, path, replaced(*replacement))
    else:
        (seen / path).rename(seen / path.replace("宪法宣传", "另一场"))
    if what == "fraction":
        change(seen, "records/2024/activities/又考试.md", replaced("应考: 1", "应考: 2"))
    moved = {
        re.findall("“(.+?)”", p.message)[0]: p.message
        for p in checked(seen).problems
        if p.rule == "FZ727"
    }
    assert name in moved
    if what == "fraction":
        assert "公布时是 98.41%（62/63），现在是 98.41%（124/126）" in moved[name]
        (seen / REPORT).write_text(typed(STEPS + CORRECTION % ", ".join(moved)), encoding="utf-8")
        (notice,) = view_of(seen).notices
        assert "“考试合格率”由98.41%（62/63）更正为98.41%（124/126）" in notice
    # A lock of before, which has not these fields, is still read, and says nothing of them.
    held = json.loads((seen / LOCK).read_text(encoding="utf-8"))
    kept = ("number", "parts", "wordings", "last", "shown", "public", "records")
    for figure in held["figures"].values():
        for key in {*figure}.difference(kept):
            del figure[key]
    (seen / LOCK).write_text(json.dumps(held), encoding="utf-8")
    found = checked(seen).problems
    assert {p.rule for p in found} <= {"FZ727", "FZ725", "FZ729"}
    named = any(p.rule == "FZ727" and f"“{name}”" in p.message for p in found)
    assert named is (what in ("decimals", "last year's definition"))


def test_a_record_of_last_year_moves_what_was_printed_of_it(published):
    old = (published / ACTIVITY).read_text(encoding="utf-8").replace("2024-12-04", "2023-12-04")
    lay(published, {"records/2023/activities/宪法宣传.md": old})
    found = {p.rule: p.message for p in checked(published).problems}
    assert set(found) == {"FZ727"}
    assert "上年的数公布时是 暂无，现在是" in found["FZ727"]


def test_a_case_that_is_closed_in_the_next_year_moves_nothing(make_project):
    case, open_case = "records/2024/cases/西村.md", (BASE / CASE).read_text(encoding="utf-8")
    open_case = open_case.replace("2024-03-12", "2024-12-20").replace("办结日期: 2024-03-20\n", "")
    figures = (BASE / "records/figures.yml").read_text(encoding="utf-8")
    figures += (
        "- {名称: 年末在办, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {结果: 在办}}\n"
    )
    held = {case: open_case.replace("调解成功", "在办"), "records/figures.yml": figures}
    root = make_project({REPORT: typed(), **held})
    published_again(root)
    change(root, case, replaced("结果: 在办", "结果: 调解成功\n办结日期: 2025-01-08"))
    assert checked(root).problems == []


def test_while_a_record_is_wrong_nothing_is_said_of_figures(published):
    change(published, ACTIVITY, replaced("205", "205份"))
    assert rules(published) == ["FZ203"]


def test_of_a_report_that_cannot_be_read_it_is_not_said_that_it_is_gone(published):
    change(published, REPORT, replaced("状态: 已审核", "状态: 审核"))
    assert "FZ726" not in rules(published)


BROKEN = [b"", b"{", b"[]", b"\xff\xfe\x00", b"null", b'{"year": 2024}', b"[" * 100_000]
BROKEN += [b'{"year": 1e999}', "\u202e{}".encode()]


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_lock_is_told_once(published, broken):
    (published / LOCK).write_bytes(broken)
    assert rules(published) == ["FZ724"]


def test_a_lock_that_an_editor_saved_is_told(published):
    (published / LOCK).write_bytes(codecs.BOM_UTF8 + (published / LOCK).read_bytes())
    (problem,) = checked(published).problems
    assert (problem.rule, "记事本一类的程序另存过" in problem.message) == ("FZ724", True)


@pytest.mark.parametrize(
    ("key", "value"), [("year", 2023), ("version", 2), ("figures", {"一": {}}), ("更多", 1)]
)
def test_a_lock_of_another_kind_is_told_once(published, key, value):
    held = json.loads((published / LOCK).read_text(encoding="utf-8"))
    (published / LOCK).write_text(json.dumps(held | {key: value}), encoding="utf-8")
    (problem,) = checked(published).problems
    assert (problem.rule, "另一个版本" in problem.message) == ("FZ724", key == "version")


def test_a_published_sample_is_told_once_the_records_are_none(published):
    change(published, TOWNSHIP, replaced("示例数据: 是", "示例数据: 否"))
    change(published, ACTIVITY, more_leaflets)
    assert rules(published) == ["FZ743"]  # for the case
    change(published, CASE, lambda text: text + "\n")
    told = [("FZ725", Severity.WARNING, LOCK, "2024年公布的包是示例数据，不是真的报告")]

    def found() -> list[tuple[str, Severity, str, str]]:
        return [(p.rule, p.severity, p.path, p.message) for p in checked(published).problems]

    assert found() == told
    for unsaid in ("false", "null"):  # the names of its documents say so still
        held = json.loads((published / LOCK).read_text(encoding="utf-8"))
        held |= {"is_sample": json.loads(unsaid), "files": {"documents/报告（示例）.docx": "0"}}
        (published / LOCK).write_text(json.dumps(held), encoding="utf-8")
        assert found() == told
    for edit in (lambda text: "", lambda text: text + "\n<b>\n"):
        change(published, REPORT, edit)
        assert told[0] in found()
    (published / REPORT).unlink()
    assert found() == told
    (published / REPORT).write_text(typed(STEPS + CORRECTION % "发放资料"), encoding="utf-8")
    (corrected, _) = found()  # of a sample nothing is
    assert (corrected[0], corrected[3]) == ("FZ729", "公布的是示例，没有公布过真的数")
    (published / REPORT).write_text(typed(), encoding="utf-8")
    undone = "公布的是示例，真的还没有公布  写好以后，运行 python3 scripts/publish_report.py 2024\n"
    assert (undone in status(published), "02-20 办了" in status(published)) == (True, False)
    text = (published / ACTIVITY).read_text(encoding="utf-8").replace("2024-", "2025-")
    lay(published, {ACTIVITY.replace("2024", "2025"): text})
    due = ran_script("status.py", "--date", "2025-03-20", "--root", published).stdout
    assert due.startswith("2024年准备情况")  # of which the report is to come
    sheet = ran_script("status.py", "2024", "--review", "--root", published)
    assert "2024 年真的报告还没有公布" in sheet.stderr
    (published / ACTIVITY.replace("2024", "2025")).unlink()
    published_again(published)  # as the hint says
    assert checked(published).problems == []
    assert "这一年的报告已经公布。" in status(published)
    assert ("公布的是示例" in status(published), "02-20 办了" in status(published)) == (False, True)
    change(published, TOWNSHIP, replaced("示例数据: 否", "示例数据: 是"))
    (problem,) = checked(published).problems
    assert problem.message == "2024年公布的不是示例，township.yml 却写着 示例数据: 是"
    (published / REPORT).unlink()
    change(published, TOWNSHIP, replaced("示例数据: 是", "示例数据: 否"))
    assert rules(published) == ["FZ726"]


STILL = "的记录或者数还是作为示例公布过的"


def test_samples_that_went_out_are_known_in_every_year(published):
    text = (published / ACTIVITY).read_text(encoding="utf-8").replace("2024-", "2023-")
    lay(published, {ACTIVITY.replace("2024", "2023"): text})
    published_again(published)

    def still() -> list[str]:
        return [p.message for p in checked(published).problems if p.rule == "FZ743"]

    assert still() == []  # they are samples still, and marked
    change(published, TOWNSHIP, replaced("示例数据: 是", "示例数据: 否"))
    assert still() == [f"2023年、2024年{STILL}"]
    for leaving in (["export_ledger.py", "2024"], ["status.py", "2024", "--review"]):
        done = ran_script(*leaving, "--root", published, cwd=published.parent)
        assert (done.returncode, done.stdout, STILL in done.stderr) == (1, "", True)
    assert not [*published.parent.glob("*.xlsx")]
    for case in (published / "records/2024/cases").iterdir():
        change(published, str(case), lambda text: text + "\n")
    change(published, ACTIVITY, lambda text: text + "\n")
    assert still() == [f"2023年、2024年{STILL}"]  # all figures are the same
    change(published, ACTIVITY, more_leaflets)
    assert still() == [f"2023年{STILL}"]
    figures = (published / "records/figures.yml").read_text(encoding="utf-8")
    change(published, "records/figures.yml", lambda text: text.replace("字段: ", "字段: 没有的"))
    assert still() == [f"2023年{STILL}"]  # whatever else is wrong
    change(published, "records/figures.yml", lambda text: figures)
    (published / REPORT).unlink()  # with it or without
    assert still() == [f"2023年{STILL}"]
    (published / ACTIVITY.replace("2024", "2023")).unlink()
    assert still() == []


MARKS = [
    "（草稿）",
    "（示例）",
    "(示例数据)",
    "（未公布）",
    "【送审稿】",
    "（征求意见稿）",
    "（第2稿）",
    "初稿",
]


@pytest.mark.parametrize(("mark", "told"), [*((m, ["FZ719"]) for m in MARKS), ("（修订）", [])])
def test_what_is_approved_has_no_mark_of_a_draft_in_its_title(make_project, mark, told):
    marked = {REPORT: typed().replace("情况报告\n", f"情况报告{mark}\n", 1)}
    approved = make_project(marked)
    assert [rule for rule in rules(approved) if rule == "FZ719"] == told
    lay(approved, {REPORT: marked[REPORT].replace(STEPS, "")})
    assert "FZ719" not in rules(approved)


@pytest.mark.parametrize(
    ("was", "is_now", "has_archive", "told"),
    [
        ("否", "是", True, "这一年的报告已经公布。"),
        ("是", "是", True, "公布的是示例，不是真的报告。"),
        ("是", "是", False, "叙述稿写着已发布，没有公布的存档。"),
        ("是", "否", False, "叙述稿写着已发布，没有公布的存档。"),
    ],
)
def test_how_far_it_came_is_told_by_what_was_published(published, was, is_now, has_archive, told):
    for word in (was, is_now):
        text = (published / TOWNSHIP).read_text(encoding="utf-8")
        (published / TOWNSHIP).write_text(re.sub("示例数据: .", f"示例数据: {word}", text), "utf-8")
        if word is was:
            (published / LOCK).unlink()
            published_again(published)
    if not has_archive:
        (published / LOCK).unlink()
    assert f"\n{told}\n" in status(published)


def test_a_link_in_the_place_of_a_lock_is_not_followed(published, tmp_path):
    (published / LOCK).rename(tmp_path / "outside.json")
    (published / LOCK).symlink_to(tmp_path / "outside.json")
    assert "FZ724" in rules(published) or "FZ114" in rules(published)


def test_a_lock_without_its_report_is_told(published):
    (published / REPORT).unlink()
    assert rules(published) == ["FZ726"]


def test_a_field_that_is_declared_later_changes_no_report_of_before(published):
    narrative = year_of(published).narrative
    assert narrative
    given = narrative.meta.model_dump(by_alias=True, exclude_unset=True)
    assert set(given) == {"标题", "署名", "成文日期", "流程"}


# Of pictures


@pytest.mark.parametrize("is_drawn", [True, False])
def test_what_a_picture_shows_by_month_stays_while_it_is_drawn(
    make_project: MakeProject, is_drawn: bool
) -> None:
    figures = (BASE / FIGURES).read_text(encoding="utf-8")
    drawn = figures.replace("{类别: 宣传活动}}", "{类别: 宣传活动}, 图: 逐月}")
    root = make_project({REPORT: typed(), FIGURES: drawn})
    published_again(root)
    assert checked(root).problems == []
    change(root, ACTIVITY, replaced("2024-12-04", "2024-11-29"))
    if not is_drawn:
        change(root, FIGURES, lambda _: figures)
    messages = [problem.message for problem in checked(root).problems]
    assert messages == (["公布的“宣传活动”变了：图解里各月的数变了"] if is_drawn else [])


# What was kept back

VOCABULARY = "records/vocabulary.yml"
TEAM = "records/2024/standings/队伍.md"
HELD_BACK = {
    "a sensitive category": (VOCABULARY, "单位: 支, 敏感: 是", "单位: 支", "“队伍”的摘要、全文"),
    "a record": (ACTIVITY, "公开: 仅统计\n", "公开: 全文\n", "“国家宪法日集中宣传”的摘要、全文"),
    "a meeting": ("records/2024/meetings/党委会.md", "公开: 仅统计\n", "", "“党委会”的摘要"),
    "a quantity": (VOCABULARY, "公开: 否", "公开: 是", "“国家宪法日集中宣传”的计数“横幅”"),
}


@pytest.mark.parametrize("what", HELD_BACK)
def test_what_was_kept_back_does_not_come_out_unnoticed(
    make_project: MakeProject, what: str
) -> None:
    path, before, after, named = HELD_BACK[what]
    words = (BASE / VOCABULARY).read_text(encoding="utf-8")
    words = words.replace("计数:\n", "计数:\n  - {名称: 横幅, 单位: 条, 公开: 否}\n")
    words = words.replace(
        "执法队伍, 板块: 法治宣传, 单位: 支", "执法队伍, 板块: 法治宣传, 单位: 支, 敏感: 是"
    )
    shown = (BASE / ACTIVITY).read_text(encoding="utf-8")
    secret = "公开: 仅统计\n" if what == "a record" else ""
    files = {
        VOCABULARY: words,
        ACTIVITY: shown.replace("---\n", f"---\n{secret}计数: {{横幅: 3}}\n", 1),
        TEAM: "---\n标题: 队伍\n截止日期: 2024-12-31\n类别: 执法队伍\n数量: 12\n---\n秘密。\n",
        "records/2024/meetings/党委会.md": "---\n标题: 党委会\n日期: 2024-05-06\n类别: 党委会议\n公开: 仅统计\n议题:\n  - {标题: 学习宪法, 主题: 宪法}\n---\n",
        REPORT: typed(),
    }
    root = make_project(files)
    published_again(root)
    assert checked(root).problems == []
    change(root, path, replaced(before, after))
    (told,) = (p for p in checked(root).problems if p.rule == "FZ741")
    assert named in told.message
    assert told.severity is Severity.WARNING
    published_again(root)
    assert "FZ741" not in rules(root)
