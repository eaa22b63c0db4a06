"""New records: what is asked, what each answer becomes, and the file that is made of them."""

import re
from collections.abc import Mapping
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
from fazhi.sources.tree import Folder
from tests.conftest import BASE, checked, lay, settings_of
from tests.support.answers import ACTIVITY, CASE, TODAY

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


def test_a_year_that_nothing_else_is_of_is_told(make_project):
    root = make_project({"records/2015/activities/.gitkeep": "", "records/2032/files/.gitkeep": ""})
    assert checked(root).problems == []  # an empty folder is no record
    (told,) = refusals(answered("活动", ACTIVITY, root), "日期", "2014-12-04")
    assert told.startswith("FZ417 2014 年以后，到 2024 年才又有记录")


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
    one, other = (answered("活动", ACTIVITY, root) for _ in range(2))
    done = one.finished()
    lay(root, {done.path: done.text})
    assert [problem.rule for problem in other.finished().problems] == ["FZ411"]
    made = answered("活动", {"标题": ACTIVITY["标题"], "日期": ACTIVITY["日期"]}, root)
    assert made.finished().path == done.path.replace(".md", "-2.md")
    (told,) = refusals(made, "类别", "宣传活动")
    assert told.startswith("FZ411 ")
    assert done.path in told
