"""The command that writes a new record, by its options and at the keyboard."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import pytest

from fazhi.sources import files
from fazhi.sources.aside import try_lock
from tests.conftest import lay
from tests.support.answers import ACTIVITY, CASE, TODAY
from tests.support.building import ROOT, contents
from tests.support.running import Terminal, ran_script

# By its options


def options(said: Mapping[str, str | Sequence[str]]) -> list[str]:
    every = ((key, [text] if isinstance(text, str) else text) for key, text in said.items())
    return [word for key, texts in every for text in texts for word in (f"--{key}", text)]


def test_the_command_writes_a_record_and_never_over_another(make_project):
    root = make_project({})
    said = {**CASE, "来源": ["群众申请", "12345"], "佐证材料": ["申请书"], "正文": "双方到场。"}
    expected = """\
---
标题: 界址纠纷
受理日期: 2025-02-10
类别: 矛盾纠纷
结果: 在办
来源: [群众申请, "12345"]
佐证材料:
  - {名称: 申请书}
---
双方到场。
"""
    first = ran_script(
        "new_record.py", "--root", root, "--today", str(TODAY), "案件", *options(said)
    )
    assert first.returncode == 0, first.stderr
    path = root / "records/2025/cases/2025-02-10-01.md"
    assert path.read_bytes() == expected.encode()
    assert expected in first.stderr
    assert first.stdout.splitlines()[0] == f"写好了：{path}"
    assert f'python3 scripts/check_records.py "{path}"' in first.stdout
    second = ran_script(
        "new_record.py",
        "--root",
        root,
        "--today",
        str(TODAY),
        "cases",
        *options({**said, "标题": "林木权属纠纷"}),
    )
    assert second.returncode == 0, second.stderr
    assert path.read_bytes() == expected.encode()
    assert "林木" in path.with_name("2025-02-10-02.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("held", "mode", "old", "error"),
    [
        ("别人的", 0o644, {}, FileExistsError),
        ("别人的", 0o644, {"甲.md": "原来的".encode()}, FileExistsError),
        (None, 0o644, {"甲.md": "原来的".encode()}, FileNotFoundError),
        ("原来的", 0o444, {"甲.md": "原来的".encode()}, PermissionError),
    ],
)
def test_what_came_between_is_not_written_over(held, mode, old, error, tmp_path):
    lay(tmp_path, {".cache/writing.lock": ""})
    with (tmp_path / ".cache/writing.lock").open("ab") as lock, ThreadPoolExecutor() as another:
        assert try_lock(lock.fileno())
        writing = another.submit(files.write, tmp_path, {"甲.md": "新的".encode()}, old)
        assert not wait([writing], 0.1).done
        if held:
            lay(tmp_path, {"甲.md": held})
            (tmp_path / "甲.md").chmod(mode)
        lock.close()
        with pytest.raises(error):
            writing.result(5)
    assert [file.read_text("utf-8") for file in tmp_path.glob("*.md")] == [held] * bool(held)


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["活动", *options({"标题": "甲", "日期": "今天"})], 1, "缺少“类别”：加上 --类别"),
        (["活动", *options({**ACTIVITY, "日期": "2025-02-30"})], 1, "没有这一天"),
        (["活动", *options({**ACTIVITY, "正文": "电话 13912345678"})], 1, "139*****678"),
        (["活动", *options({**ACTIVITY, "地点": ["甲", "乙"]})], 2, "--地点 写了 2 次"),
        (["会议", "--参加人次", "3"], 2, "会议没有“参加人次”这一项"),
        (["活", "--标题", "甲"], 2, "没有“活”这种记录"),
        ([], 2, "要写明是哪种记录"),
        (["活动", "--没有这项", "3"], 2, "没有 --没有这项 这个选项"),
        (["活动", "--参加人数=3"], 2, "是不是 --参加人次？"),
        (["活动", "多出来的"], 2, "看不懂这条命令"),
    ],
)
def test_writes_nothing_when_something_is_wrong(arguments, code, told, make_project):
    root = make_project({})
    before = contents(root)
    done = ran_script("new_record.py", "--root", root, "--today", str(TODAY), *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert "13912345678" not in done.stderr
    assert contents(root) == before


def test_a_kind_without_a_category_is_told_before_anything_is_asked(make_project):
    words = "板块:\n  - {名称: 法治宣传, 路径: publicity, 说明: 普法}\n类别:\n  活动: [{名称: 宣传活动}]\n"
    root = make_project({"records/vocabulary.yml": words, "records/figures.yml": "[]\n"})
    done = ran_script("new_record.py", "--root", root, "会议", "--标题", "甲")
    assert (done.returncode, done.stdout) == (1, "")
    assert "还没有会议的类别，先在 records/vocabulary.yml 的“类别”里写上" in done.stderr


def test_does_not_write_through_a_link(make_project, tmp_path):
    root = make_project({})
    outside = tmp_path / "别处"
    outside.mkdir()
    (root / "records/2025").symlink_to(outside, target_is_directory=True)
    done = ran_script(
        "new_record.py", "--root", root, "--today", str(TODAY), "活动", *options(ACTIVITY)
    )
    assert done.returncode == 1
    assert "链接" in done.stderr
    assert not list(outside.rglob("*"))


# At the keyboard


def at_keyboard(root: Path, *arguments: str) -> Terminal:
    return Terminal(
        ["scripts/new_record.py", *arguments, "--root", str(root), "--today", str(TODAY)], ROOT
    )


TALK = """
 → 前面的号 | 会议 → 标题 |  → 这一项必填 | 写错了的标题 → 今天、昨天 | 返回 → 标题：
党委会议研究普法工作 → 日期 | 2025-02-30 → 没有这一天 | 2025年2月11日 → 1 党委会议
党委会 → 是不是“党委会议”？ | 1 → 议题 1 的标题 | 普法工作 → 2 宪法 | 宪法 → 结论 | 同意 → 合法性审查
通过 → 议题 2 的标题 |  → 还可以填：承办 | 主持人 → 是不是“主持”？ | 主持 → 职务 | 党委书记 → 还可以填
实到 → 实到 | 80 → 还可以填 | 返回 → 实到 | 7 → 还可以填 | 实到 → 直接回车就不改 | 8 → 还可以填
议题 → 议题 2 的标题（没有了就直接回车） |  → 还可以填 |  → 正文
"""


def test_a_conversation(make_project):
    root = make_project({})
    terminal = at_keyboard(root)
    assert "记哪一种？" in terminal.asked()
    for step in TALK.strip("\n").replace("\n", " | ").split(" | "):
        typed, _, seen = step.partition("→")
        assert seen.strip() in terminal.types(typed.strip()), step
    end = terminal.types("会议采取集体研究的方式。")
    assert terminal.ends() == 0
    path = "records/2025/meetings/2025-02-11-党委会议研究普法工作.md"
    assert f"写好了：{root / path}" in end
    wanted = """\
---
标题: 党委会议研究普法工作
日期: 2025-02-11
类别: 党委会议
主持: 党委书记
实到: 8
议题:
  - {标题: 普法工作, 主题: 宪法, 结论: 同意, 合法性审查: 通过}
---
会议采取集体研究的方式。
"""
    assert (root / path).read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize(("stop", "code"), [("interrupt", 130), ("end", 1)])
def test_stopping_writes_nothing(stop, code, make_project):
    root = make_project({})
    before = contents(root)
    terminal = at_keyboard(root, "活动", "--标题", "甲")
    assert "日期" in terminal.asked()
    end = terminal.interrupted() if stop == "interrupt" else terminal.types("2025-02-01\n\x04")
    while "没有写" not in end:
        more = terminal.asked()
        assert more
        end += more
    assert terminal.ends() == code
    assert "Traceback" not in end
    assert contents(root) == before
