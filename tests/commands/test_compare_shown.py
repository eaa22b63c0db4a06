"""A comparison as a reviewer reads it, and the command that prints it."""

import json
import re
import shutil
from pathlib import Path

import pytest

from fazhi.commands.compare import Comparison, markdown
from tests.conftest import TODAY
from tests.support.comparing import (
    COURT,
    EVENT,
    EXAM,
    FIGURES,
    GROUPS,
    HERE,
    MEETING,
    NARRATIVE,
    NEW_EVENT,
    WORDS,
    compared,
    edit,
    moves,
    words,
)
from tests.support.repositories import commit, git, own_environment, untouched, write
from tests.support.running import ran_script

pytest_plugins = ["tests.support.sites"]


@pytest.fixture
def root(committed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it, to change."""
    own_environment(monkeypatch)
    return Path(shutil.copytree(committed, tmp_path / "乡镇"))


# Markdown


def rich_change(root: Path) -> None:
    """A bit of everything, as a reviewer might meet it."""
    write(root, "records/2024/activities/2024-10-20-新.md", NEW_EVENT.format(title="平安宣传"))
    edit(root, COURT, "调解不成", "调解成功")
    edit(root, EXAM, "合格: 38", "合格: 37")
    git(root, "mv", EVENT, EVENT.replace("国家宪法日宣传", "宪法日"))
    (root / MEETING).unlink()
    edit(root, GROUPS, "甲类: 20, 乙类: 6", "甲类: 19, 乙类: 7")
    edit(root, NARRATIVE, "{{ 法院回流成功 }}。", "{{ 法院回流成功 }}（{{ 法院回流成功率 }}）。")
    edit(root, NARRATIVE, "成文日期: 2025-02-12", "成文日期: 2025-02-20")
    edit(root, WORDS, "[一起]", "[一起, 一批]")


def test_markdown_as_a_reviewer_reads_it(root, request):
    rich_change(root)
    shown = markdown(compared(root))
    shown = re.sub(r"（[0-9a-f]{10}）", "（提交号）", shown)
    if request.config.getoption("--write-golden"):
        write(HERE, "expected.md", shown)
    assert shown == (HERE / "expected.md").read_text(encoding="utf-8")


HOSTILE = (
    r"""
找 @someone 核对 ¦ 见 #12 和 GH-12 ¦ 甲|乙 ¦ `反引号` 和 ``两个 ¦ <script>alert(1)</script>
**粗** _斜_ ~~删~~ ¦ :tada: 和 $x$ ¦ 看 https://example.com 或 www.example.com ¦ &lt;b&gt; ¦ - [ ] 任务
![图](https://example.com/x.png) ¦ [链接](javascript:alert) ¦ 提交 1234567 ¦ 里程碑 %1 和 !3 ¦ \` 斜杠
""".strip()
    .replace("\n", " ¦ ")
    .split(" ¦ ")
)


def test_nothing_a_record_says_is_markup(root):
    for place, title in enumerate(HOSTILE):
        quoted = json.dumps(title, ensure_ascii=False)
        path = f"records/2024/activities/{place}.md"
        write(root, path, NEW_EVENT.format(title=quoted).replace("2024-10-20", "2024-10-21"))
    quoted = json.dumps("".join(HOSTILE[2:5]), ensure_ascii=False)
    edit(root, EVENT, "标题: 国家宪法日宣传", f"标题: {quoted}")
    edit(root, NARRATIVE, "标题: 某县示例乡", f"主题分类: {quoted}\n标题: 某县示例乡")
    shown = markdown(compared(root))
    outside = re.sub(r"`[^`\n]*`", "", shown)
    assert len(re.findall(r"(?m)^- 新增  $", outside)) == len(HOSTILE)
    outside = re.sub(r"(?m)^#+|^>|^- \[ \]", "", outside)  # the boxes are ours
    assert not re.search(r"[@#<>$!\\_~\[\]&]|[a-z]{3}|\d{7}", outside)


def test_words_are_those_of_the_public_edition(root):
    edit(root, NARRATIVE, "全年召开", "重点人群{{ 重点人群 }}（{{ 重点人群 | 分项 }}）。全年召开")
    commit(root)
    edit(root, GROUPS, "乙类: 6, 丙类: 4", "乙类: 7, 丙类: 3")
    assert words(compared(root)) == {}  # in public both are 其他
    edit(root, GROUPS, "数量: 30\n分类: {甲类: 20, 乙类: 7, 丙类: 3}", "数量: 4")
    assert words(compared(root)) == {
        "2024:11 重点人群": "不再属实 30名 → None",
        "2024:11 重点人群 | 分项": "不再属实 甲类20名、其他10名 → None",
    }


def test_personal_data_is_masked(root):
    number = "11010519491231002X"
    write(root, "records/2024/activities/新.md", NEW_EVENT.format(title=f"走访 {number}"))
    edit(root, NARRATIVE, "全年召开", f"{{{{ 原文('{number}', 理由='x') }}}}全年召开")
    found = compared(root)
    assert number not in markdown(found) + found.model_dump_json()
    assert "FZ501" in {problem.rule for problem in found.new_problems}


def test_a_long_comparison_fits_a_comment(root):
    for n in range(400):
        title = f"{'@x|`' * 12}{n}"
        text = NEW_EVENT.format(title=json.dumps(title)).replace("2024-10-20", "2024-10-2")
        write(root, f"records/2024/activities/{'长' * 70}{n}.md", text)
        write(root, f"records/2024/meetings/{n}.md", NEW_EVENT.format(title=f"新{n}"))
    for n in range(150):
        definition = (root / FIGURES).read_text(encoding="utf-8").splitlines()[2]
        with (root / FIGURES).open("a", encoding="utf-8") as file:
            file.write(definition.replace("宣传活动", f"宣传{n}", 1) + "\n")
    shown = markdown(compared(root))
    assert len(shown) < 65_536  # what GitHub takes as a comment
    assert "项，见 `--format json`。" in shown


# The command


def test_the_command_tells_and_touches_nothing(root):
    rich_change(root)
    before = untouched(root)
    status = git(root, "--no-optional-locks", "status", "--porcelain")
    done = ran_script("compare.py", "--today", str(TODAY), "main", "--root", root)
    assert done.returncode == 1, done.stderr  # the report says what is no longer true
    assert done.stdout == markdown(compared(root))
    assert untouched(root) == before
    assert git(root, "--no-optional-locks", "status", "--porcelain") == status


def test_two_revisions_to_a_file_as_json(root, tmp_path):
    edit(root, EXAM, "合格: 38", "合格: 39")
    commit(root)
    edit(root, EXAM, "合格: 39", "合格: 没有提交的不算")
    out = tmp_path / "比较.json"
    done = ran_script(
        "compare.py",
        "--today",
        str(TODAY),
        "HEAD~1",
        "HEAD",
        "--root",
        root,
        "--format",
        "json",
        "--out",
        out,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    found = Comparison.model_validate_json(out.read_text(encoding="utf-8"))
    assert done.stderr.strip() == found.summary
    assert set(moves(found)) == {"2024 考试合格", "2024 考试合格率"}
    assert found.base.name.startswith("HEAD~1（")
    assert (found.base.sample, found.head.sample) == (True, True)
    assert "\n> 原来和现在的记录是示例数据，不是真的。\n" in markdown(found)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "看不懂这条命令"),
        (["没有这个"], "git 里没有“没有这个”这个版本"),
        (["main", "没有这个"], "git 里没有“没有这个”这个版本"),
        (["main", "--today", "昨天"], "不是日期"),
        (["main", "--format", "xml"], "看不懂这条命令"),
        (["main", "--out", "."], "写不进"),
        (["main", "--root", "没有这个文件夹"], "没有这个文件夹。"),
    ],
)
def test_what_cannot_be_obeyed(root, arguments, message):
    done = ran_script("compare.py", "--today", str(TODAY), "--root", root, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
