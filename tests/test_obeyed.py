"""Messages are obeyed: who does what a hint says has a file that passes, not another fault.

Files as people really bring them, over the small good project: what is typed, what is said of it, and
what one has typed who did as told.
"""

from collections.abc import Iterator, Mapping

import pytest
from fazhi_mkdocs.watching import look

from fazhi.output.pages.static import carried
from fazhi.report.editions import Edition
from fazhi.sources.tree import Folder
from tests.conftest import BASE, MakeProject, lay, printed
from tests.support.cases import MORE

RECORD = "records/2024/activities/宪法宣传.md"
CASE = "records/2024/cases/东村山林纠纷.md"
MEETING = "records/2024/meetings/党委会议.md"
STANDING = "records/2024/standings/重点人群.md"
EXAM = "records/2024/activities/考试.md"
REPORT = "docs/report/2024.md"
FIGURES = "records/figures.yml"
VOCABULARY = "records/vocabulary.yml"
TOWNSHIP = "records/township.yml"
HOME = "docs/index.md"
GOOD: Mapping[str, str] = {
    path: next(top / path for top in (BASE, MORE) if (top / path).exists()).read_text("utf-8")
    for path in (RECORD, CASE, MEETING, STANDING, EXAM, REPORT, FIGURES, VOCABULARY, TOWNSHIP)
} | {HOME: "# 法治年报\n\n公开本乡的法治政府建设情况。\n"}


def obeyed(make_project: MakeProject, path: str, wrong: str, said: str, right: str) -> None:
    """The file is told of as it should be, and nothing is said of what was made of it."""
    found = printed(make_project({path: wrong}))
    assert said in found, found
    assert printed(make_project({path: right})) == ""


@pytest.mark.parametrize("path", [TOWNSHIP, VOCABULARY, FIGURES])
def test_a_warning_in_the_settings_leaves_the_rest_to_be_checked(path, make_project):
    wrong = GOOD[RECORD].replace("类别: 宣传活动", "类别: 宣传")
    root = make_project({path: GOOD[path].replace("\n", "\r\n"), RECORD: wrong})
    assert [line.split()[2] for line in printed(root).splitlines()] == ["FZ301", "FZ118"]


# What git leaves of a merge that was not finished


def halves(ours: str, theirs: str, base: str = "") -> str:
    middle = f"||||||| 1a2b3c\n{base}\n" if base else ""
    return f"<<<<<<< HEAD\n{ours}\n{middle}=======\n{theirs}\n>>>>>>> 修改"


CONFLICTS = [
    (RECORD, "在东村广场设点宣讲，解答群众提问。", "在村委会设点。", ""),
    (RECORD, "发放资料份数: 205", "发放资料份数: 250", ""),
    (RECORD, "发放资料份数: 205", "发放资料份数: 250", "发放资料份数: 200"),
    (CASE, "结果: 调解成功", "结果: 在办", ""),
    (REPORT, "党政主要负责人带头学法用法。", "党政主要负责人带头述法。", ""),
    (REPORT, "署名: 某县示例乡人民政府", "署名: 某县示例镇人民政府", ""),
    (HOME, "公开本乡的法治政府建设情况。", "公开情况。", ""),
    (TOWNSHIP, "简称: 示例乡", "简称: 示例", ""),
    (VOCABULARY, "主题: [禁毒, 宪法, 国家安全]", "主题: [宪法]", ""),
    (FIGURES, GOOD[FIGURES].split("\n")[1], "- {名称: 发放}", ""),
]


@pytest.mark.parametrize(("path", "ours", "theirs", "base"), CONFLICTS)
def test_a_conflict_is_told_at_each_of_its_marks(path, ours, theirs, base, make_project):
    good = GOOD[path]
    assert good.count(ours) == 1
    wrong = good.replace(ours, halves(ours, theirs, base))
    obeyed(make_project, path, wrong, "FZ121", good)
    found = printed(make_project({path: wrong})).splitlines()
    marks = [n for n, line in enumerate(wrong.split("\n"), 1) if line[:7] in MARKS]
    assert [(int(line.split(":")[1]), " FZ121 " in line) for line in found] == [
        (mark, True) for mark in marks
    ]


def test_a_conflict_in_the_settings_of_the_site_is_told(make_project):
    good = "site_name: 法治年报\n"
    obeyed(make_project, "mkdocs.yml", halves(good, good), "mkdocs.yml:1:1: 错误 FZ121", good)


MARKS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")


@pytest.mark.parametrize("line", ["=======", "<<<<<<<字", ">>>>>>字", "看见<<<<<<< HEAD", "> 引用"])
def test_what_is_no_mark_of_a_conflict_passes(line, make_project):
    assert "FZ121" not in printed(make_project({RECORD: f"{GOOD[RECORD]}{line}\n"}))


# What YAML takes for another thing than what was meant


TABLE = """
## 活动 标题: 国家宪法日集中宣传
标题: 走访 #1 组 | :2:8: 警告 FZ207 “#”后面的不算内容 | 标题: "走访 #1 组"
标题: 走访 #1 组 | 是备注的，“#”后面空一格 | 标题: 走访 # 1 组
标题: 走访 #1 组⏎  群众 | :2:8: 错误 FZ107 “#”后面的不算内容。“#”是内容的，把这一项整个放进引号 | 标题: "走访 #1 组群众"
标题: "4·15"集中宣传 | :2:5: 错误 FZ107 内容以引号开头，后面还有字。整个放进另一种引号 | 标题: '"4·15"集中宣传'
标题: "4·15"集中宣传 | 或者用中文引号，如 标题: “4·15”集中宣传 | 标题: “4·15”集中宣传
标题: '4·15'集中宣传 | :2:5: 错误 FZ107 内容以引号开头 | 标题: "'4·15'集中宣传"
标题: "甲"、"乙"两次宣传 | :2:5: 错误 FZ107 内容以引号开头 | 标题: “甲”、“乙”两次宣传
标题: [示例]集中宣传 | :2:5: 错误 FZ107 内容以方括号开头，后面还有字。整个放进引号 | 标题: "[示例]集中宣传"
标题: [示例]集中宣传 | 或者用中文的括号，如 标题: 【示例】集中宣传 | 标题: 【示例】集中宣传
标题: {示例}集中宣传 | :2:5: 错误 FZ107 内容以花括号开头 | 标题: "{示例}集中宣传"
标题: |宣传 | :2:5: 错误 FZ107 内容不能以这个符号开头。把内容整个放进引号 | 标题: "|宣传"
标题: >宣传 | :2:5: 错误 FZ107 内容不能以这个符号开头 | 标题: ">宣传"
标题: - 宣传 | “-”是内容的，整个放进引号 | 标题: "- 宣传"
标题: , 宣传 | :2:5: 错误 FZ107 内容不能以这个符号开头 | 标题: ", 宣传"
标题: ? 宣传 | :2:5: 错误 FZ107 内容不能以这个符号开头 | 标题: "? 宣传"
标题: 宣传: 第一场 | 把内容放进引号 | 标题: "宣传: 第一场"

## 案件 来源: [群众申请]
来源: [群众申请 #2] | :9:11: 错误 FZ107 “#”后面的不算内容 | 来源: [群众申请]
来源: [#群众申请] | :9:6: 错误 FZ107 “#”后面的不算内容 | 来源: [群众申请]
来源: ["群众申请"的] | :9:6: 错误 FZ107 内容以引号开头 | 来源: [群众申请]
来源:⏎  - 群众申请 #2 | :10:10: 警告 FZ207 | 来源:⏎  - 群众申请 # 2

## 叙述稿 标题: 某县示例乡人民政府2024年法治政府建设情况报告
标题: "示例乡"2024年报告 | :2:5: 错误 FZ107 内容以引号开头 | 标题: “示例乡”2024年报告
标题: 示例乡2024年报告 #初稿 | :2:16: 警告 FZ207 | 标题: 示例乡2024年报告 # 初稿

## 乡镇 简称: 示例乡
简称: 示例乡 #简称 | :2:9: 警告 FZ207 | 简称: 示例乡 # 简称

## 词表 主题: [禁毒, 宪法, 国家安全]
主题: [禁毒, 宪法, 国家安全, 扫黄 #打非] | FZ107 “#”后面的不算内容 | 主题: [禁毒, 宪法, 国家安全, "扫黄 #打非"]
"""
"""Files with a line of each, and rows of: what it is changed to, a part of what is said, and what it is
changed to by who obeys; ⏎ ends a line."""

NAMES = {
    "活动": RECORD,
    "案件": CASE,
    "会议": MEETING,
    "现状": STANDING,
    "考试": EXAM,
    "叙述稿": REPORT,
    "指标": FIGURES,
    "词表": VOCABULARY,
    "乡镇": TOWNSHIP,
    "首页": HOME,
}


def rows() -> Iterator[tuple[str, str, str, str]]:
    for block in TABLE.strip().split("\n\n"):
        head, *changes = block.split("\n")
        name, _, line = head.removeprefix("## ").partition(" ")
        good = GOOD[NAMES[name]]
        assert good.count(f"{line}\n") == 1, line
        for change in changes:
            wrong, said, right = change.replace("⏎", "\n").split(" | ")
            files = [
                good.replace(f"{line}\n", f"{text}\n" if text else "") for text in (wrong, right)
            ]
            yield NAMES[name], files[0], said, files[1]


@pytest.mark.parametrize(("path", "wrong", "said", "right"), [*rows()])
def test_what_is_said_is_obeyed(path, wrong, said, right, make_project):
    obeyed(make_project, path, wrong, said, right)


# What programs leave beside the files of people


@pytest.mark.parametrize(
    "name",
    """.宪法宣传.md.swp 宪法宣传.md~ ~$宪法宣传.docx .~lock.台账.xlsx# ._宪法宣传.md .#宪法宣传.md 4913~
    .DS_Store Thumbs.db thumbs.db desktop.ini Desktop.ini 宪法宣传.md.swp ~WRL0001.tmp .idea/x.xml""".split(),
)
def test_what_programs_leave_behind_is_passed_over(name, make_project):
    folders = ("records", "records/2024", "records/2024/activities", "records/2024/files")
    folders += ("docs", "docs/report", "docs/assets", "overrides")
    root = make_project({HOME: GOOD[HOME]})
    before = look(root)
    lay(root, {f"{folder}/{name}": b"\0\xff" for folder in folders})
    assert printed(root) == ""
    assert look(root) == before  # nothing is made anew, so nothing can fail meanwhile
    assert [*carried(Folder(root), Edition.PUBLIC)] == []


def test_the_lock_of_an_editor_may_be_a_link(make_project):
    root = make_project({})
    (root / "records/.#figures.yml").symlink_to("somebody@somewhere")
    (root / "docs/.#index.md").symlink_to("somebody@somewhere")
    assert printed(root) == ""


COPIES = [
    ("records/figures.yml.bak", "像是 figures.yml 的副本。多余的副本，删去"),
    ("records/figures - 副本.yml", "像是 figures.yml 的副本。多余的副本，删去"),
    ("records/Vocabulary (1).yml", "像是 vocabulary.yml 的副本。多余的副本，删去"),
    ("records/township.yml.orig", "像是 township.yml 的副本。多余的副本，删去"),
    (
        "records/2024/activities/宪法宣传.md.bak",
        "多余的副本，删去；里面有要留的，先写进 宪法宣传.md",
    ),
    (
        "records/2024/activities/宪法宣传.md.txt",
        "多余的副本，删去；里面有要留的，先写进 宪法宣传.md",
    ),
    (
        "records/2024/activities/宪法宣传 (1).md",
        "FZ115 文件名“宪法宣传 (1).md”不能用。多余的副本，删去",
    ),
    ("records/2024/activities/台账.xlsx", "台账用 python3 scripts/import_ledger.py 导入"),
    ("docs/report/2024 - 副本.md", "多余的副本，删去；要留的，移到别处"),
    ("docs/report/2024.md.bak", "多余的副本，删去；要留的，移到别处"),
]


@pytest.mark.parametrize(("path", "said"), COPIES)
def test_a_copy_is_told_as_one(path, said, make_project):
    root = make_project({path: b"x"})
    assert said in printed(root)
    (root / path).unlink()
    assert printed(root) == ""


RENAMED = [
    (FIGURES, "records/figures.yaml", "像是 figures.yml，名称不对。文件名改成 figures.yml"),
    (VOCABULARY, "records/vocabulary.yml.txt", "文件名改成 vocabulary.yml"),
    (RECORD, f"{RECORD}.txt", "文件名末尾的 .txt 去掉，改成 .md"),
    (RECORD, RECORD.replace(".md", ".MD"), "文件名末尾的 .MD 去掉，改成 .md"),
]


@pytest.mark.parametrize(("path", "other", "said"), RENAMED)
def test_the_only_one_of_a_kind_is_no_copy(path, other, said, make_project):
    root = make_project({})
    (root / path).rename(root / other)
    assert said in printed(root)
    (root / other).rename(root / path)
    assert printed(root) == ""
