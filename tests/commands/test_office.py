"""What the form in the preview asks for: a record checked while it is typed, saved, and changed."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fazhi.commands.entry.office import Office, Refused
from fazhi.records import ledger
from fazhi.schema.kinds import FOLDERS, KINDS
from tests.conftest import BASE, lay
from tests.support.building import ROOT, contents

TODAY = date(2025, 3, 1)
NEW = """\
---
标题: 禁毒宣传进校园
日期: 2025-02-20
类别: 宣传活动
地点: 东村小学
---
讲解毒品危害。
"""
OLD = "records/2024/activities/宪法宣传.md"


def asked(text: object, kind: object = "活动", **more: object) -> bytes:
    return json.dumps({"kind": kind, "text": text, **more}).encode()


def office(root: Path = BASE) -> Office:
    return Office(root, lambda: TODAY)


def checked(text: str, kind: str = "活动", root: Path = BASE, **more: object) -> dict[str, Any]:
    return office(root).check(asked(text, kind, **more))


def found(answer: dict[str, Any]) -> list[str]:
    return sorted(f"{problem['rule']} {problem['key']}" for problem in answer["problems"])


# While it is typed


@pytest.mark.parametrize(
    ("kind", "text", "keys"),
    [
        ("活动", NEW, []),
        ("活动", "---\n标题: 甲\n---\n", ["FZ201 地点", "FZ201 类别", "FZ206 日期"]),
        ("活动", NEW.replace("2025-02-20", "2025-02-30"), ["FZ204 日期"]),
        ("活动", NEW.replace("日期", "起始日期"), ["FZ206 起始日期"]),
        ("活动", NEW.replace("宣传活动", "宣传"), ["FZ301 类别"]),
        ("活动", NEW.replace("---\n讲", "参加人次: 3人\n主题: [宪发]\n---\n讲"), ["FZ203 参加人次", "FZ303 主题"]),
        ("活动", NEW.replace("地点: 东村小学\n", "参人次: 3\n"), ["FZ201 地点", "FZ202 参人次"]),
        ("活动", NEW + "电话 13912345678", ["FZ501 正文"]),
        ("活动", NEW.replace("禁毒宣传", "13912345678"), ["FZ501 标题"]),
        ("活动", "", ["FZ104 None"]),
        ("活动", "---\n标题: [\n---\n", ["FZ107 标题"]),
        ("活动", NEW.replace("禁毒", "禁\u200b毒"), ["FZ117 标题"]),
        ("会议", "---\n议题:\n  - {标题: 甲}\n---\n", ["FZ201 标题", "FZ201 类别", "FZ201 议题", "FZ206 日期"]),
        ("案件", "---\n结果: 在半\n---\n", ["FZ201 受理日期", "FZ201 标题", "FZ201 类别", "FZ304 结果"]),
    ],
)  # fmt: skip
def test_every_problem_is_told_at_its_key(kind, text, keys):
    answer = checked(text, kind)
    assert found(answer) == keys
    assert "13912345678" not in str(answer["problems"])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("日期: 2月30日", "日期还没有读懂-禁毒宣传进校园"),
        ("起始日期: 2月30日", "日期还没有读懂-禁毒宣传进校园"),
        ("日期:", "2025-03-01-禁毒宣传进校园"),
    ],
)
def test_no_day_stands_for_one_that_cannot_be_read(typed, name):
    answer = checked(NEW.replace("日期: 2025-02-20", typed))
    assert answer["path"] == f"records/2025/activities/{name}.md"


def test_a_problem_is_told_where_it_is_in_the_text_and_how_to_mend_it():
    (problem,) = checked(NEW.replace("地点", "参加人次: 3人\n地点"))["problems"]
    assert problem == {
        "rule": "FZ203",
        "severity": "error",
        "message": "“参加人次”应当是整数，现在是“3人”。只写数字，不写单位",
        "key": "参加人次",
        "line": 5,
        "column": 7,
        "known": False,
    }


def test_the_same_event_is_told_before_the_record_is_whole(make_project):
    root = make_project({})
    office(root).save(asked(NEW))
    answer = checked(NEW.replace("地点: 东村小学\n", ""), root=root)
    assert answer["path"] == "records/2025/activities/2025-02-20-禁毒宣传进校园-2.md"
    assert found(answer) == ["FZ201 地点", "FZ411 标题"]


def test_a_total_is_held_against_those_of_other_months(make_project):
    text = "---\n标题: 合计\n类别: 流动人口\n期间: {}\n计数: {{悬挂横幅: 3}}\n数据来源: 平台\n---\n"
    root = make_project({})
    words = (root / "records/vocabulary.yml").read_text(encoding="utf-8")
    lay(root, {"records/vocabulary.yml": words.replace("类别:\n", "类别:\n  汇总: [{名称: 流动人口, 板块: 法治宣传}]\n")})  # fmt: skip
    saved = office(root).save(asked(text.format("2024-01"), "汇总"))
    assert saved["saved"], saved
    assert "FZ415 期间" in found(checked(text.format("2024年"), "汇总", root))


def test_the_rules_of_today_hold_when_the_settings_have_changed(make_project):
    root = make_project({})
    held = office(root)
    assert found(held.check(asked(NEW))) == []
    words = (root / "records/vocabulary.yml").read_text(encoding="utf-8")
    lay(root, {"records/vocabulary.yml": words.replace("宣传活动", "普法活动")})
    assert found(held.check(asked(NEW))) == ["FZ301 类别"]
    lay(root, {"records/vocabulary.yml": "类别: ["})
    with pytest.raises(Refused, match=r"设置文件有错，先改好它：records/vocabulary.yml:2:1:"):
        held.check(asked(NEW))


# Saved


def test_a_new_record_is_written_as_the_dialogue_writes_it(make_project):
    root = make_project({})
    untidy = NEW.replace("地点: 东村小学\n", "").replace(
        "---\n标题", "---\n地点:   '东村小学'\n标题"
    )
    answer = office(root).save(asked(untidy.replace("\n", "\r\n")))
    path = root / "records/2025/activities/2025-02-20-禁毒宣传进校园.md"
    assert (answer["saved"], answer["path"]) == (True, path.relative_to(root).as_posix())
    assert path.read_bytes() == NEW.encode()
    again = office(root).save(asked(NEW.replace("禁毒宣传进校园", "“禁毒宣传”进校园")))
    assert again["path"].endswith("2025-02-20-禁毒宣传进校园-2.md")
    assert path.read_bytes() == NEW.encode()


def test_what_was_saved_without_an_answer_is_ones_own(make_project):
    root = make_project({})
    held = office(root)
    told = {"path": held.save(asked(NEW))["path"], "problems": [], "saved": True}
    before = contents(root)
    sent = [sha256(NEW.encode()).hexdigest()]
    assert held.save(asked(NEW, hashes=sent)) == told
    for one, other in (("东村", "西村"), ("禁毒宣传进", "禁毒进"), ("解毒品", "解新型毒品")):
        text = NEW.replace(one, other)
        assert found(held.check(asked(text, hashes=sent))) == []
        assert held.save(asked(text, hashes=sent)) == told
        sent.append(sha256(text.encode()).hexdigest())
    assert (root / told["path"]).read_text(encoding="utf-8") == text
    changed = asked(NEW, path=told["path"], hashes=sent[:1])
    with pytest.raises(Refused, match="刚才被别人改过"):
        held.save(changed)
    changed = asked(NEW, path=told["path"], hashes=sent)
    assert held.save(changed) == held.save(changed) == told
    assert contents(root).keys() == before.keys()


def test_a_comment_of_a_new_record_is_kept(make_project):
    root = make_project({})
    text = NEW.replace("地点", "# 场地待定\n地点")
    answer = office(root).save(asked(text))
    assert (root / answer["path"]).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "text", [NEW.replace("宣传活动", "宣传"), NEW[:-20], "", "---\n---\n", NEW + "\0"]
)
def test_with_an_error_nothing_is_written(text, make_project):
    root = make_project({})
    before = contents(root)
    answer = office(root).save(asked(text))
    assert (answer["saved"], bool(answer["problems"])) == (False, True)
    assert contents(root) == before


# Changed


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_changed_record_is_written_byte_for_byte(end, make_project):
    text = "\ufeff" * (end != "\n") + (BASE / OLD).read_text(encoding="utf-8").replace(
        "地点: 东村广场", "地点:   东村广场   # 待定"
    ).replace("\n", end)
    root = make_project({OLD: text})
    given = office(root).record(OLD)
    assert given == {"text": text, "hash": sha256(text.encode()).hexdigest()}
    changed = given["text"].replace("205", "206")
    answer = office(root).save(asked(changed, path=OLD, hashes=[given["hash"]]))
    assert (answer["saved"], answer["path"]) == (True, OLD)
    assert (root / OLD).read_bytes() == changed.encode()


def test_what_another_has_changed_meanwhile_is_not_lost(make_project):
    root = make_project({})
    given = office(root).record(OLD)
    lay(root, {OLD: given["text"].replace("205", "207")})
    before = contents(root)
    for known in ([given["hash"]], [None], [3, {}], [], None, 3, ""):
        with pytest.raises(Refused, match="刚才被别人改过") as refused:
            office(root).save(asked(given["text"], path=OLD, hashes=known))
        assert refused.value.status == 409
    assert contents(root) == before
    (root / OLD).unlink()
    with pytest.raises(
        Refused, match=r"import_ledger.py 收进来，再改；刚才被删去、改了名的，要留的抄"
    ):
        office(root).save(asked(given["text"], path=OLD, hashes=[given["hash"]]))
    assert not (root / OLD).exists()


def test_only_the_errors_that_an_edit_brings_refuse_it(make_project):
    faulty = (BASE / OLD).read_text(encoding="utf-8").replace("[宪法]", "[宪发]")
    root = make_project({OLD: faulty})
    held = office(root)
    known = held.record(OLD)["hash"]
    worse = faulty.replace("12.4", "12.5")
    answer = held.save(asked(worse, path=OLD, hashes=[known]))
    assert {p["key"]: p["known"] for p in answer["problems"]} == {"主题": True, "普法节点": False}
    assert not answer["saved"]
    assert held.save(asked(faulty.replace("205", "206"), path=OLD, hashes=[known]))["saved"]


PHONED = NEW.replace("禁毒宣传", "禁毒宣传13912345000").replace("地点", "# 问13812345000\n地点")
UNREAD = NEW.replace("---\n讲", "参加人次: 一百\n主题: [宪发, 民法点]\n---\n讲")
EDITS = [  # of a record that has errors: whether it is saved
    (PHONED, "东村小学", "西村小学", True),
    (PHONED, "讲解", "讲述", True),
    (PHONED, "13912345000", "13912346000", False),
    (PHONED, "13912345000", "13812346000", False),
    (PHONED, "问13812345000", "问13812346000", False),
    (PHONED, "东村小学", "东村小学13912346000", False),
    (PHONED, "讲解", "13912346000", False),
    (PHONED + "电话13812345000。", "电话", "联系13812346000，", False),
    (UNREAD, "东村小学", "西村小学", True),
    (UNREAD, "一百", "99", True),
    (UNREAD, "一百", "九十九", False),
    (UNREAD, "宪发, 民法点", "宪法", True),
    (UNREAD, "民法点", "宪法点", False),
    (UNREAD.replace("地点: 东村小学\n", ""), "禁毒", "防毒", True),
]


@pytest.mark.parametrize(("text", "one", "other", "saved"), EDITS)
def test_what_an_edit_does_not_touch_is_known_whatever_hid_it(
    text, one, other, saved, make_project
):
    path = "records/2025/activities/2025-02-20-禁毒宣传进校园.md"
    root = make_project({path: text})
    changed = text.replace(one, other)
    known = office(root).record(path)["hash"]
    answer = office(root).save(asked(changed, path=path, hashes=[known]))
    assert answer["saved"] == saved, answer
    assert (root / path).read_text(encoding="utf-8") == (changed if saved else text)


UNREADABLE = [
    ("讲解", "讲\u200b解", "FZ117 正文 7:2"),
    ("讲解", "讲\0解", "FZ117 正文 7:2"),
    ("讲解毒品危害。", "<<<<<<< HEAD\n甲\n=======\n乙\n>>>>>>> 乙", "FZ121 正文 7:1"),
    ("地点:", "标题: 乙\n地点:", "FZ108 标题 5:1"),
    ("地点:", "地点：", "FZ112 地点 5:3"),
    ("地点: ", "\t地点: ", "FZ111 类别 5:1"),
    ("地点: ", "地点: &甲 ", "FZ109 地点 5:5"),
    ("东村小学\n---", "东村小学", "FZ106 None 1:1"),
    ("讲解毒品危害。", "讲" * 50_001, "FZ119 正文 6:4"),
]


@pytest.mark.parametrize(("one", "other", "told"), UNREADABLE)
def test_a_record_that_cannot_be_read_is_not_written(one, other, told, make_project):
    root = make_project({OLD: NEW.replace(one, other)})
    before = contents(root)
    given = office(root).record(OLD)
    for text in (given["text"], given["text"] + "又一句。"):
        answer = office(root).save(asked(text, path=OLD, hashes=[given["hash"]]))
        first = answer["problems"][0]
        place = "{line}:{column}".format_map(first)
        assert (answer["saved"], f"{first['rule']} {first['key']} {place}") == (False, told)
        where = "正文第 1 行：" if " 正文 " in told else "第 {line} 行第 {column} 列："
        assert first["message"].startswith(where.format_map(first))
        assert not first["known"]
    assert contents(root) == before


def test_a_record_is_no_double_of_itself():
    text = (BASE / OLD).read_text(encoding="utf-8")
    assert found(checked(text, path=OLD)) == []
    assert found(checked(text)) == ["FZ411 标题"]


def test_an_edit_is_held_against_the_records_of_the_day_that_it_names(make_project):
    moved = NEW.replace("2025-02-20", "2025-01-04")
    folder = "records/2025/activities"
    root = make_project({f"{folder}/2025-02-20-甲.md": NEW, f"{folder}/2025-01-04-乙.md": moved})
    assert "FZ411 标题" in found(checked(moved, path=f"{folder}/2025-02-20-甲.md", root=root))


@pytest.mark.parametrize(
    "path",
    [
        *("records/township.yml", "../base/records/2024/activities/宪法宣传.md", "", "x.md", "/etc/x.md"),
        *("records/2024/activities/../cases/东村山林纠纷.md", "records\\2024\\activities\\宪法宣传.md"),
        *("records/2024/activities/..\\x.md", "records/2024/activities/C:x.md", "C:/x.md", f"/{OLD}"),
        *("records/2024/activities/宪法宣传.md/", "records/2024/activities/", "records/2024/files/x.md"),
        *("records/2024/activities/没有.md", "records/2024/activities/x\0.md", "records/2024/x/宪法宣传.md"),
        *("records/2024/activities/链接.md", "records/2025/activities/宪法宣传.md", "records/2024/activities/con.md"),
        *("records/2024/activities/宪法宣传 (1).md", "records/2024/activities/宪法宣传.txt"),
    ],
)  # fmt: skip
def test_no_path_but_that_of_a_record_is_read_or_written(path, make_project):
    root = make_project({})
    (root / "records/2024/activities/链接.md").symlink_to(root / OLD)
    for name in ("..\\x.md", "C:x.md", "con.md"):  # which are other places on Windows
        (root / "records/2024/activities" / name).write_text(NEW, encoding="utf-8")
    (root / "records/2025").symlink_to(root / "records/2024", target_is_directory=True)
    before = contents(root)
    for ask in (office(root).record, lambda p: office(root).save(asked(NEW, path=p))):
        with pytest.raises(
            Refused, match=r"去掉下载时多出来的|import_ledger\.py|打不开"
        ) as refused:
            ask(path)
        assert refused.value.status == 404
    assert contents(root) == before


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"null", b"3", b'"x"', b"{}", b'{"kind": "\xe6'),
        *(b"[" * 100_000, b'{"a":' * 50_000, b"9" * 10_000, "{“kind”: 1}".encode("gb18030")),
        *(asked(NEW, kind) for kind in ("", "活", "__class__", 3, None, [3], {"a": 1})),
        *(asked(text) for text in (None, 3, [NEW], {"a": NEW}, "甲\ud800")),
        *(asked(NEW, path=path) for path in (3, [3], {"a": 1}, True)),
        asked(NEW, path="records/2024/cases/东村山林纠纷.md"),
        asked("甲" * 400_000),
    ],
    ids=lambda body: repr(body[:30]),
)
def test_what_is_no_request_is_refused_in_a_sentence(body):
    with pytest.raises(Refused, match=r"[\u4e00-\u9fff].*。") as refused:
        office().check(body)
    assert refused.value.status in (400, 413)


def test_a_record_of_another_encoding_is_no_text(make_project):
    root = make_project({OLD: NEW.encode("gb18030")})
    with pytest.raises(Refused, match="--fix"):
        office(root).record(OLD)


KEYS = sorted({key for kind in KINDS.values() for key in kind.fields})
VALUES = st.one_of(
    st.sampled_from(["2025-02-20", "宣传活动", "[宪法]", "{甲: 1}", "- 甲", "[{标题: 甲}]", "3", "!!x", "~"]),
    st.text(max_size=12),
)  # fmt: skip


@hypothesis_settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    st.sampled_from([*KINDS]),
    st.lists(st.tuples(st.sampled_from([*KEYS, "乙", "1", "[a]"]), VALUES), max_size=6),
    st.text(max_size=20),
    st.sampled_from([None, OLD]),
)
def test_any_text_is_judged(kind, pairs, prose, path):
    lines = "".join(f"{key}: {value}\n" for key, value in pairs)
    kind = "活动" if path else kind
    try:
        answer = checked(f"---\n{lines}---\n{prose}", kind, path=path)
    except Refused:  # half a character
        return
    for problem in answer["problems"]:
        known = {None, "正文", *KINDS[kind].fields}
        assert problem["key"] in known or problem["rule"] in ("FZ202", "FZ116")


def test_every_record_of_the_sample_is_written_and_says_the_same(tmp_path):
    lay(
        tmp_path,
        {
            f"records/{name}": (ROOT / "records" / name).read_bytes()
            for name in (*ledger.SETTINGS_FILES, "2024/tasks.yml")
        },
    )
    held = Office(tmp_path, lambda: date(2025, 12, 31))
    files = sorted((ROOT / "records/2024").glob("*/*.md"))[::7]
    for file in files:
        kind = FOLDERS[file.parent.name]
        answer = held.save(asked(file.read_text(encoding="utf-8"), kind.name))
        assert answer["saved"], answer
        one, other = (
            ledger.as_record(data, answer["path"], 2024, kind)[0]
            for data in (file.read_bytes(), (tmp_path / answer["path"]).read_bytes())
        )
        assert one
        assert other
        assert (one.fields, one.source.body) == (other.fields, other.source.body)
    assert len(files) > 20
