"""Reading: what becomes of a file's text, and where each thing in it stands."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.problems.problem import Problem
from fazhi.sources import strict_yaml
from fazhi.sources.source import ITSELF, Source, read_record, read_yaml
from fazhi.sources.tree import MAX_BYTES, Folder
from fazhi.sources.yaml_errors import Refused
from tests.support.trees import Overlay

PATH = "records/2024/activities/甲.md"
RECORD = """\
---
标题: 宪法宣传   # 说明
日期: 2024-12-04
主题: [宪法, 禁毒]
计数: {悬挂横幅: 12}
佐证材料:
  - {名称: 照片, 份数: 6}
  - 名称: 签到册
    份数: 1
---

第一段。

第二段。
"""


def rules(text: str | bytes, folder: Path) -> list[tuple[str, int, int]]:
    """The rule, line and column of every problem that reading a record meets."""
    return [(problem.rule, problem.line, problem.column) for problem in read(text, folder)[1]]


def read(text: str | bytes, folder: Path) -> tuple[Source | None, list[Problem]]:
    data = text if isinstance(text, bytes) else text.encode()
    return read_record(Overlay(Folder(folder), {PATH: data}), PATH)


def source_of(text: str | bytes, folder: Path) -> Source:
    source, _ = read(text, folder)
    assert source
    return source


TEXTS = """
007 4.15 12.4 1e3 0x1F 0o17 1_000 12:30 1234567890123456 2024-12-04 2024-12-04T10:00:00 true yes 是
null ~ .inf = 法治&德治 重要! “4·15”宣传 甲：乙
"""
OTHERS: dict[str, object] = {"12": 12, "0": 0, "-3": -3, "": None, '"12"': "12", "'4.15'": "4.15"}
OTHERS |= {"2024-12-04 10:00:00": "2024-12-04 10:00:00", "[宪法, 4.15]": ["宪法", "4.15"]}


@pytest.mark.parametrize(
    ("typed", "value"), [*((text, text) for text in TEXTS.split()), *OTHERS.items()]
)
def test_only_whole_numbers_are_not_text(typed, value, tmp_path):
    assert source_of(f"---\n甲: {typed}\n---\n正文\n", tmp_path).data == {"甲": value}


PLACES = """
= 2:1 | 标题 = 2:5 | 标题: = 2:1 | 主题 = 4:5 | 主题 0 = 4:6 | 主题 1 = 4:10
计数 悬挂横幅 = 5:12 | 计数 悬挂横幅: = 5:6 | 佐证材料 0 = 7:5 | 佐证材料 0 份数 = 7:18
佐证材料 1 份数 = 9:9 | 佐证材料 1 份数: = 9:5
地点 = 2:1 | 地点 村 = 2:1 | 佐证材料 1 文件 = 8:5 | 佐证材料 1 文件: = 8:5 | 佐证材料 7 = 7:3
"""
"""Of a value, or of a key with its colon. Of what is not there (last line), the nearest around it."""


@pytest.mark.parametrize("cell", PLACES.strip().replace("\n", " | ").split(" | "))
def test_every_value_has_its_place(cell, tmp_path):
    path, _, place = cell.rpartition("= ")
    keys = [int(key) if key.isdigit() else key for key in path.replace(":", "").split()]
    at = source_of(RECORD, tmp_path).at([*keys, ITSELF] if ":" in path else keys)
    assert f"{at[0]}:{at[1]}" == place


@pytest.mark.parametrize("before", ["", "\n", "\n\n  \n"])
def test_places_count_the_lines_before_the_front_matter(before, tmp_path):
    source = source_of(before + RECORD, tmp_path)
    assert source.at(["标题"]) == (2 + before.count("\n"), 5)


@pytest.mark.parametrize("end", ["", "\n", "\n\n\n", "  \n"])
def test_body_is_the_prose_and_knows_its_places(end, tmp_path):
    source = source_of(RECORD.rstrip() + end, tmp_path)
    assert source.body == "第一段。\n\n第二段。"
    assert source.at(0) == (12, 1)
    assert source.at(source.body.index("第二段") + 1) == (14, 2)


@pytest.mark.parametrize("body", ["", "一\n\n---\n\n二"])
def test_prose_may_be_missing_or_hold_a_line_of_dashes(body, tmp_path):
    source = source_of(f"---\n甲: 乙\n---\n{body}\n", tmp_path)
    assert (source.data, source.body) == ({"甲": "乙"}, body)


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_windows_line_ends_are_read_and_mentioned_once(newline, tmp_path):
    text = RECORD.replace("\n", newline)
    assert source_of(text, tmp_path).data == source_of(RECORD, tmp_path).data
    assert rules(text, tmp_path) == [("FZ118", 1, 4)]


def test_a_byte_order_mark_is_refused_but_the_rest_is_read(tmp_path):
    source, _ = read(b"\xef\xbb\xbf" + RECORD.encode(), tmp_path)
    assert source
    assert source.at(["标题"]) == (2, 5)
    assert rules(b"\xef\xbb\xbf" + RECORD.encode(), tmp_path) == [("FZ103", 1, 1)]


REFUSED = r"""
104 1:1 = ∅ ¦ 104 1:1 =  ⏎\t⏎ ¦ 105 3:1 = ⏎⏎正文 ¦ 105 1:1 = ---甲: 乙⏎---⏎
106 1:1 = ---⏎甲: 乙⏎ ¦ 106 1:1 = --- ¦ 106 1:1 = ---⏎甲: 乙⏎ --- ⏎
110 2:1 = ---⏎- 甲⏎---⏎ ¦ 110 2:1 = ---⏎12⏎---⏎
112 2:2 112 3:2 = ---⏎甲：乙⏎丙：丁⏎---⏎ ¦ 112 3:2 = ---⏎甲: 乙⏎丙：丁⏎---⏎
112 3:6 = ---⏎甲:⏎  - 乙：丙⏎  丁⏎---⏎ ¦ 111 2:1 111 3:2 = ---⏎\t甲: 乙⏎ \t丙: 丁⏎---⏎
108 4:1 = …丁⏎甲: 戊⏎---⏎ ¦ 108 3:17 = …{一: 1, 二: 2, 一: 3}⏎---⏎
109 3:4 = …&a 丁⏎---⏎ ¦ 109 3:4 = …*a⏎---⏎ ¦ 109 3:4 = …!a 丁⏎---⏎ ¦ 109 3:8 = …[甲, *a, &b 乙]⏎---⏎
107 3:4 = …[丁⏎---⏎ ¦ 107 3:4 = …{丁: 戊⏎---⏎ ¦ 107 3:4 = …"丁⏎---⏎ ¦ 107 3:5 = …丁: 戊⏎---⏎
107 3:4 = …@丁⏎---⏎ ¦ 107 3:5 = …"\\丁"⏎---⏎ ¦ 107 2:1 = ---⏎甲 乙⏎丙: 丁⏎---⏎
107 3:5 = ---⏎# 说明⏎甲: 乙: 丙⏎---⏎ ¦ 107 3:1 = ---⏎甲: 乙⏎丙 丁⏎戊: 己⏎---⏎
107 3:4 = ---⏎甲: 乙⏎  丙: 丁⏎---⏎
117 3:5 = …丁\x00⏎---⏎ ¦ 117 3:5 = …丁\u202e⏎---⏎ ¦ 117 5:2 = …丁⏎---⏎正\u200b文⏎
117 3:5 = …👨\u200d丁⏎---⏎ ¦ 117 3:5 = …1\u200d👨⏎---⏎ ¦ 117 3:5 = …❶\u200d❷⏎---⏎
""".replace("…", "---⏎甲: 乙⏎丙: ")
"""Rules with the places of their problems, and a file that has these and no others: ⏎ ends a line."""
FRONT = "---\n甲: 乙\n丙: "
LARGE: dict[str, str | bytes] = {
    "113 3:23": FRONT + "[" * 21 + "]" * 21 + "\n---\n",
    "113 3:80": FRONT + "{甲: " * 5000 + "\n---\n",
    "113 2:41": "---\n" + "? " * 5000 + "甲\n---\n",
    "102 2:1": RECORD.encode("gbk"),
    "102 1:1": RECORD.encode("utf-16"),
    "102 2:4": "---\n甲: ".encode() + b"\xff\n---\n",
    "101 1:1": b"a" * (MAX_BYTES + 1),
}


def refused() -> Iterator[tuple[str, str | bytes]]:
    for cell in REFUSED.strip("\n").replace("\n", " ¦ ").split(" ¦ "):
        places, _, text = cell.partition(" = ")
        typed = re.sub(
            r"\\(x\w\w|u\w{4}|t|\\)", lambda code: ast.literal_eval(f'"{code[0]}"'), text
        )
        yield places, typed.replace("⏎", "\n").replace("∅", "")
    yield from LARGE.items()


@pytest.mark.parametrize(("places", "text"), [*refused()])
def test_refuses_at_its_place(places, text, tmp_path):
    source, _ = read(text, tmp_path)
    assert source is None
    told = (f"{rule[2:]} {line}:{column}" for rule, line, column in rules(text, tmp_path))
    assert " ".join(told) == places


def test_emoji_that_are_joined_to_one_are_seen(tmp_path):
    assert rules(FRONT + "👨\u200d👩\u200d👧、❤\ufe0f\u200d🔥、🧑🏽\u200d🌾\n---\n", tmp_path) == []


@pytest.mark.parametrize("shape", [dict, list])
def test_an_empty_settings_file_is_an_empty_one_of_its_shape(shape, tmp_path):
    (tmp_path / "甲.yml").write_text("# 只有说明\n", encoding="utf-8")
    source, problems = read_yaml(Folder(tmp_path), "甲.yml", shape)
    assert source
    assert (source.data, problems) == (shape(), [])


@pytest.mark.parametrize(("shape", "text"), [(dict, "- 甲\n"), (list, "甲: 乙\n"), (list, "甲\n")])
def test_a_settings_file_has_its_shape(shape, text, tmp_path):
    (tmp_path / "甲.yml").write_text(text, encoding="utf-8")
    source, problems = read_yaml(Folder(tmp_path), "甲.yml", shape)
    assert source is None
    assert [problem.rule for problem in problems] == ["FZ110"]


@pytest.mark.parametrize("make", ["folder", "missing", "link"])
def test_reads_plain_files_only(make, tmp_path):
    file = tmp_path / "甲.md"
    if make == "folder":
        file.mkdir()
    elif make == "link":
        (tmp_path / "乙.md").write_text(RECORD, encoding="utf-8")
        file.symlink_to(tmp_path / "乙.md")
    source, problems = read_record(Folder(tmp_path), "甲.md")
    assert source is None
    assert [problem.rule for problem in problems] == ["FZ114"]


# Read from libyaml's events, it is what PyYAML makes of it

_PLAIN = ["4.15", "0", "-7", "-0", "007", "1234567890123456", "0x1F", "1_000", "2024-04-15", ""]
_WORDS = ["是", "null", "~", "true", "<<", "=", "a: b", "- 1", "# 注"]
_QUOTED = ["''", '""', '"1"', "'-5'", '"\\n"']
_SCALARS = st.sampled_from([*_PLAIN, *_WORDS, *_QUOTED]) | st.text(
    "甲乙1-:,#'\"[]{}|>&*!? \n", max_size=8
)
_FLOW = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(_SCALARS, inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        )
    ),
    max_leaves=6,
)
_BLOCK = st.lists(
    st.tuples(st.sampled_from(["甲", "乙", "1", '"1"', "", "丙"]), _FLOW).map(": ".join)
    | _FLOW.map("- {}".format)
    | st.sampled_from(
        ["丁: |\n  一\n  二", "戊: >-\n  一\n  二", "己:\n  - 1\n  - [2]", "...", "---"]
    )
    | st.sampled_from(
        ["庚:\n  辛: 1\n  壬: ", "? 甲\n: 乙", "? [甲]\n: 乙", "%YAML 1.1", "  癸: 1"]
    ),
    max_size=4,
).map("\n".join)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(_BLOCK | _FLOW)
def test_yaml_is_read_as_pyyaml_reads_it(text):
    try:
        expected: Any = yaml.load(text, Loader=strict_yaml.StrictLoader)
    except Exception:  # whatever it is: it has to be refused
        expected = Refused
    if expected is None:
        expected = {}
    try:
        found = strict_yaml.load(text, type(expected) if isinstance(expected, list) else dict)
    except Refused:
        # Anchors, tags and tabs are refused before.
        assert not isinstance(expected, dict | list) or any(sign in text for sign in "&*!\t")
    else:
        assert repr(found) == repr(expected)
