"""New records: what is asked, what each answer becomes, and the command that writes the file."""

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fazhi import project
from fazhi.commands.new_record import answers
from fazhi.commands.new_record.draft import Draft
from fazhi.problems.problem import has_errors
from fazhi.records import names
from fazhi.records.ledger import as_record
from fazhi.schema.kinds import KINDS
from fazhi.sources import files
from fazhi.sources.aside import try_lock
from fazhi.sources.tree import Folder
from tests.conftest import BASE, lay, settings_of
from tests.support.building import ROOT, contents
from tests.support.running import Terminal, ran_script

TODAY = date(2025, 3, 1)
ACTIVITY = {"标题": "禁毒宣传进校园", "日期": "2025-02-20", "类别": "宣传活动", "地点": "东村小学"}
CASE = {"标题": "界址纠纷", "受理日期": "2025-02-10", "类别": "矛盾纠纷", "结果": "在办"}
MEETING = {
    "标题": "党委会议",
    "日期": "2025-02-11",
    "类别": "党委会议",
    "议题": "{标题: 普法工作, 主题: 宪法}",
}
STANDING = {"标题": "执法队伍", "截止日期": "2024-12-31", "类别": "执法队伍", "数量": "1"}


def draft(kind: str, root: Path = BASE, today: date = TODAY) -> Draft:
    configured = settings_of(root)
    return Draft(Folder(root), configured, KINDS[kind], today)


def answered(kind: str, said: Mapping[str, str], root: Path = BASE) -> Draft:
    """A draft with answers that must all be taken."""
    made = draft(kind, root)
    for key, text in said.items():
        problems = made.take(key, text)
        assert not has_errors(problems), problems
    return made


def refusals(made: Draft, key: str, text: str) -> list[str]:
    return [f"{p.rule} {p.message}。{p.hint}" for p in made.take(key, text)]


# What is asked


@pytest.mark.parametrize(
    ("kind", "said", "missing"),
    [
        ("活动", {}, ["标题", "日期", "类别", "地点"]),
        ("活动", {"类别": "考试"}, ["标题", "日期", "板块", "地点"]),
        ("活动", {"起始日期": "2025-02-01"}, ["标题", "结束日期", "类别", "地点"]),
        ("活动", {"日期": "2025-02-01 至 2025-02-03"}, ["标题", "类别", "地点"]),
        ("会议", {}, ["标题", "日期", "类别", "议题"]),
        ("案件", {}, ["标题", "受理日期", "类别", "结果"]),
        ("案件", CASE, []),
        ("案件", {**CASE, "结果": "调解成功"}, ["办结日期"]),
        ("现状", {}, ["标题", "截止日期", "类别", "数量"]),
        ("现状", {"数量": "甲类=3、乙类=5"}, ["标题", "截止日期", "类别"]),
    ],
)
def test_asks_for_what_the_rules_want(kind, said, missing):
    assert answered(kind, said).missing() == missing


def test_offers_the_words_that_hold_in_the_year_of_the_record(make_project):
    text = (BASE / "records" / "vocabulary.yml").read_text(encoding="utf-8")
    words = text.replace(
        "[禁毒, 宪法, 国家安全]", "[{名称: 禁毒, 至: 2024}, {名称: 宪法, 自: 2025}]"
    )
    root = make_project({"records/vocabulary.yml": words})
    made = draft("活动", root)
    made.take("日期", "2024-12-04")
    assert made.question("主题").words == ("禁毒",)
    made.take("日期", "2025-02-04")
    assert made.question("主题").words == ("宪法",)


def test_offers_what_fits_the_category():
    made = answered("案件", {"类别": "矛盾纠纷"})
    assert made.question("结果").words == ("调解成功", "调解不成", "在办")
    assert made.question("公开").words == ("仅统计",)
    assert "板块" not in made.optional()
    assert answered("现状", {"类别": "重点人群"}).question("公开").words == ("仅统计",)
    assert "甲类=…、乙类=…" in answered("现状", {"类别": "重点人群"}).question("数量").text
    *_, publish = made.question("佐证材料").parts
    assert publish.words == ("是", "否")


def test_every_field_can_be_told():
    for name, kind in KINDS.items():
        made = draft(name)
        told = {*made.missing(), *made.optional(), "日期", "起始日期", "结束日期"}
        assert told >= {*kind.fields} - {"标记", "任务"}  # which this project declares none of


def test_a_mark_is_asked_for_where_the_category_has_one(make_project):
    text = (BASE / "records" / "vocabulary.yml").read_text(encoding="utf-8")
    words = text.replace("办理天数: 30}", "办理天数: 30, 标记: [公示]}")
    made = draft("案件", make_project({"records/vocabulary.yml": words}))
    made.take("类别", "矛盾纠纷")
    assert "标记" in made.optional()
    assert made.question("标记").words == ("公示",)
    assert not made.take("标记", "公示=是")
    assert made.answers["标记"] == {"公示": "是"}
    assert [problem.rule for problem in made.take("标记", "公示=对")] == ["FZ308"]


# What an answer becomes


READ = """
活动 日期 '2025-02-05' ← 2025-02-05 | 2025年2月5日 | 2025/2/5 | 2025.2.5 | ２０２５-２-５ | 20250205
活动 日期 '2025-03-01' ← 今天
活动 日期 '2025-02-28' ← 昨天
活动 日期 '2025-02-27' ← 前天
活动 参加人次 160 ← １６０
活动 参加人次 1200 ← 1,200
活动 主题 [禁毒, 宪法] ← 禁毒、宪法 | [禁毒, 宪法]
活动 主题 [禁毒, 国家安全] ← 1 3
活动 普法节点 '12.4' ← 12.4
活动 类别 宣传活动 ← 1
案件 来源 ['12345'] ← 12345 | 2
活动 计数 {悬挂横幅: 6} ← 悬挂横幅=6 | {悬挂横幅: 6} | 悬挂横幅：６ | 悬挂横幅6
活动 标题 2025年工作 ← 2025年工作
活动 佐证材料 [{名称: 照片}] ← 照片
活动 佐证材料 [{名称: 照片, 份数: 6}] ← {名称: 照片, 份数: 6} | 名称：照片，份数：６
会议 议题 [{标题: 普法, 主题: 宪法}] ← 标题: 普法, 主题: 宪法
"""


@pytest.mark.parametrize("line", READ.strip().splitlines())
def test_reads_an_answer(line):
    wanted, _, texts = line.partition(" ← ")
    kind, key, value = wanted.split(" ", 2)
    for text in texts.split(" | "):
        assert answered(kind, {key: text}).answers[key] == yaml.safe_load(value)


@pytest.mark.parametrize("between", [" 至 ", "至", "到", " ~ ", "——"])
def test_reads_a_time_of_several_days(between):
    made = answered("活动", {"日期": f"2025年2月5日{between}2025/2/7"})
    assert made.answers == {"起始日期": "2025-02-05", "结束日期": "2025-02-07"}


@pytest.mark.parametrize(
    ("kind", "said", "key", "text", "told"),
    [
        ("活动", {}, "日期", "2025-02-30", "FZ204 “日期”写的是 2025年2月30日，没有这一天"),
        ("活动", {}, "日期", "0225-02-05", "FZ116 没有这一年的文件夹"),
        ("活动", {}, "日期", "二月五日", "FZ203 “日期”应当是日期，现在是“二月五日”"),
        ("活动", {}, "日期", "2025-02-05 至 2025-02-03", "FZ402 “结束日期”（2025-02-03）早于"),
        ("活动", {}, "参加人次", "160人", "FZ203 “参加人次”应当是整数，现在是“160人”"),
        ("活动", {}, "参加人次", "999999999", "FZ203 “参加人次”应当在 0 和一亿之间"),
        ("活动", {}, "类别", "宣传", "FZ301 “类别”里没有“宣传”这个词。是不是“宣传活动”？"),
        ("活动", {}, "主题", "禁毒、宪发", "FZ303 “主题”里没有“宪发”这个词。是不是“宪法”？"),
        ("活动", {}, "计数", "悬挂横幅=六", "FZ203 “悬挂横幅”应当是数，现在是“六”"),
        ("活动", {}, "计数", "横幅=6", "FZ303 “计数”里没有“横幅”这个词。是不是“悬挂横幅”？"),
        ("活动", {}, "标题", "联系人 13912345678", "FZ501 这里有手机号 139*****678"),
        ("活动", {}, "公开", "全部", "FZ205 “公开”不能是“全部”"),
        ("活动", {"应考": "10"}, "参考", "11", "FZ404 “参考”11 多于“应考”10"),
        ("会议", {"应到": "9"}, "实到", "10", "FZ403 “实到”10 多于“应到”9"),
        ("会议", {}, "公开", "全文", "FZ307 这种会议最多公开到“摘要”"),
        ("会议", {}, "议题", "{标题: 甲}", "FZ201 缺少“主题”"),
        ("案件", CASE, "办结日期", "2025-02-12", "FZ406 结果是“在办”，却有办结日期"),
        ("案件", {**CASE, "结果": "调解成功"}, "办结日期", "2025-02-09", "FZ402 “办结日期”"),
        ("案件", {}, "村", "东春", "FZ305 没有“东春”这个村"),
        ("现状", {"类别": "重点人群"}, "数量", "丙类=3", "FZ306 没有“丙类”这个分项"),
    ],
)
def test_refuses_an_answer_at_once(kind, said, key, text, told):
    made = answered(kind, said)
    before = dict(made.answers)
    found = refusals(made, key, text)
    assert len(found) == 1
    assert found[0].startswith(told)
    assert "13912345678" not in found[0]
    assert made.answers == before


def test_a_warning_is_told_and_the_answer_taken():
    made = answered("活动", ACTIVITY)
    (told,) = refusals(made, "普法节点", "12.4")
    assert told.startswith("FZ407 ")
    assert made.answers["普法节点"] == "12.4"


def test_prose_is_held_to_the_rules_too():
    made = answered("活动", ACTIVITY)
    assert [problem.rule for problem in made.take_prose("电话 139 1234 5678")] == ["FZ501"]
    assert made.prose == ""
    assert made.take_prose("逢集日设点。") == []
    assert made.finished().text.endswith("---\n逢集日设点。\n")


def test_an_answer_can_be_taken_back():
    made = answered("活动", {"标题": "甲", "日期": "今天"})
    assert made.back() == "日期"
    assert made.missing()[0] == "日期"
    assert made.back() == "标题"
    assert made.back() is None


def test_an_answer_can_be_given_anew():
    made = answered("活动", {**ACTIVITY, "日期": "2025-02-20 至 2025-02-21", "参加人次": "16"})
    assert made.take("日期", "2025-02-19") == []
    assert made.take("参加人次", "160") == []
    assert made.take("参加人次", "160") == []
    assert made.missing() == []
    assert (made.answers["日期"], made.answers["参加人次"]) == ("2025-02-19", 160)
    assert "起始日期" not in made.answers
    assert made.back() == "参加人次"
    assert made.answers["参加人次"] == 16


def test_items_are_held_to_the_rules_part_by_part():
    made = draft("会议")
    item, problems = made.try_part("议题", {}, "标题", "普法工作")
    assert not problems
    _, problems = made.try_part("议题", item, "主题", "宪发")
    assert [problem.rule for problem in problems] == ["FZ303"]
    item, problems = made.try_part("议题", item, "主题", "2")
    assert not problems
    assert made.take_item("议题", item) == []
    assert made.answers["议题"] == [{"标题": "普法工作", "主题": "宪法"}]


# The file


@pytest.mark.parametrize(
    ("kind", "title", "taken", "stem"),
    [
        ("活动", "国家宪法日宣传", [], "2025-02-01-国家宪法日宣传"),
        ("活动", "国家宪法日宣传", ["2025-02-01-国家宪法日宣传"], "2025-02-01-国家宪法日宣传-2"),
        ("活动", "ABC", ["2025-02-01-abc", "2025-02-01-ABC-2"], "2025-02-01-ABC-3"),
        ("活动", "“4·15”集中 宣传：进村", [], "2025-02-01-4·15集中宣传-进村"),
        ("活动", "../../etc/passwd", [], "2025-02-01-etc-passwd"),
        ("活动", "……！", [], "2025-02-01-活动"),
        ("案件", "界址纠纷", [], "2025-02-01-01"),
        ("案件", "界址纠纷", ["2025-02-01-01", "2025-02-01-02"], "2025-02-01-03"),
    ],
)
def test_names_the_file(kind, title, taken, stem):
    held = {name.casefold() for name in taken}
    assert names.stem(KINDS[kind], "2025-02-01", title, held) == stem


class Asked(set[str]):
    """Names, and how often one was looked for."""

    times = 0

    def __contains__(self, name: object) -> bool:
        self.times += 1
        return super().__contains__(name)


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_many_names_of_a_day_take_no_longer_each(kind):
    taken, tried = Asked(["2025-02-01-3", "2025-02-01-03", "2025-02-01-甲-3"]), dict[str, int]()
    for _ in range(500):
        taken.add(names.stem(kind, "2025-02-01", "甲", taken, tried))
    assert len(taken) == 503
    assert taken.times == 501


@hypothesis_settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=200), st.sampled_from(list(KINDS.values())))
def test_any_title_gives_a_name_that_the_checker_takes(title, kind):
    name = names.stem(kind, "2025-02-01", title, [])
    assert re.fullmatch(r"(?!(?:readme|index)$)\w[\w·.\-]{0,79}", name)


@hypothesis_settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.sampled_from(list(KINDS.values())), st.text(max_size=40), st.data())
def test_any_text_is_an_answer_or_refused(kind, text, data):
    made = draft(kind.name)
    key = data.draw(st.sampled_from(sorted(kind.fields)))
    problems = made.take(key, text)
    assert has_errors(problems) or made.answers


@pytest.mark.parametrize("text", ["", "、", "{", "{}", "[", "：", "=", "甲=", "=3", "1、"])
def test_odd_texts_are_read_without_a_crash(text):
    for kind in KINDS.values():
        for spec in kind.fields.values():
            answers.value(spec, text, ("甲",), TODAY)


@pytest.mark.parametrize(
    ("kind", "said"), [("活动", ACTIVITY), ("会议", MEETING), ("案件", CASE), ("现状", STANDING)]
)
def test_what_is_finished_passes_the_checker(kind, said, make_project):
    root = make_project({})
    done = answered(kind, said, root).finished()
    assert done.problems == []
    lay(root, {done.path: done.text})
    record, _ = as_record(done.text.encode(), done.path, int(done.path.split("/")[1]), KINDS[kind])
    assert record
    assert not has_errors(project.load(Folder(root), TODAY).problems)


def test_what_is_wrong_with_other_records_is_not_told(make_project):
    overdue = "---\n标题: 旧案\n受理日期: 2024-12-31\n类别: 矛盾纠纷\n结果: 在办\n---\n"
    root = make_project({"records/2024/cases/2024-12-31-01.md": overdue})
    made = answered("案件", {**CASE, "受理日期": "2024-12-30"}, root)
    (told,) = made.finished().problems
    assert (told.rule, told.path) == ("FZ408", "records/2024/cases/2024-12-30-01.md")


def test_the_same_event_is_not_registered_twice(make_project):
    root = make_project({})
    done = answered("活动", ACTIVITY, root).finished()
    lay(root, {done.path: done.text})
    made = answered("活动", {"标题": ACTIVITY["标题"], "日期": ACTIVITY["日期"]}, root)
    assert made.finished().path == done.path.replace(".md", "-2.md")
    (told,) = refusals(made, "类别", "宣传活动")
    assert told.startswith("FZ411 ")
    assert done.path in told


# The command


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
