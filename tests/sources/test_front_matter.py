"""Front matter as text: what is written is read back, and what is changed leaves the rest alone."""

from collections.abc import Sequence
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.problems.quoting import INVISIBLE
from fazhi.schema.kinds import FOLDERS
from fazhi.sources import front_matter, strict_yaml
from fazhi.sources.source import as_record

many = settings(max_examples=100, deadline=None, derandomize=True)

# Every character that the reader takes, and often those that YAML has a use for.
CHARACTERS = st.one_of(
    st.sampled_from("：:#-[]{},&*!|>%@`~?\\\"'\n\t =<"), st.characters(exclude_categories=["Cs"])
)
TEXTS = st.text(CHARACTERS, max_size=30).filter(lambda text: not INVISIBLE.search(text))
KEYS = st.text(CHARACTERS, min_size=1, max_size=8).filter(lambda text: not INVISIBLE.search(text))
NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1)
SCALARS = st.one_of(TEXTS, NUMBERS)
MAPPINGS = st.dictionaries(KEYS, SCALARS, min_size=1, max_size=4)
VALUES = st.one_of(
    SCALARS,
    MAPPINGS,
    st.lists(SCALARS, min_size=1, max_size=4),
    st.lists(MAPPINGS, min_size=1, max_size=3),
)
RECORDS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


def loaded(yaml_text: str) -> dict[str, Any]:
    data: dict[str, Any] = strict_yaml.load(yaml_text, dict)
    return data


# Writing


@many
@given(data=RECORDS, body=TEXTS)
def test_what_is_written_is_read_back(data, body):
    text = front_matter.record(data, list(data), body)
    source, problems = as_record(text.encode(), "records/2024/activities/甲.md")
    assert source, problems
    assert source.data == data
    assert list(source.data) == list(data)
    assert source.body == "\n".join(body.strip().splitlines()) or source.body == body.strip()


def test_a_record_is_written_as_the_guide_writes_one():
    data = {
        "参加人次": 160,
        "日期": date(2024, 4, 15),
        "标题": "“4·15”全民国家安全教育日集中宣传",
        "普法节点": "4.15",
        "主题": ["国家安全", "反邪教"],
        "依据": None,
        "佐证材料": [
            {"名称": "现场照片", "份数": 6, "档号": None},
            {"名称": "一份名称很长的材料，" * 6, "文件": "通知: 一.pdf", "份数": 1},
        ],
        "计数": {"悬挂横幅": 12},
        "承办": "平安: 法治办",
        "地点": "2024",
    }
    order = [*FOLDERS["activities"].order]
    assert front_matter.record(data, order, "\n设点宣讲。\n\n") == (
        "---\n"
        "标题: “4·15”全民国家安全教育日集中宣传\n"
        "日期: 2024-04-15\n"
        '承办: "平安: 法治办"\n'
        '地点: "2024"\n'
        "主题: [国家安全, 反邪教]\n"
        "普法节点: 4.15\n"
        "参加人次: 160\n"
        "佐证材料:\n"
        "  - {名称: 现场照片, 份数: 6}\n"
        f"  - 名称: {'一份名称很长的材料，' * 6}\n"
        '    文件: "通知: 一.pdf"\n'
        "    份数: 1\n"
        "计数: {悬挂横幅: 12}\n"
        "---\n"
        "设点宣讲。\n"
    )


def test_no_value_and_no_prose_leave_no_line():
    data: dict[str, object] = {"标题": None, "主题": [], "计数": {}, "数量": 0}
    assert front_matter.record(data, list(data), " \n") == "---\n数量: 0\n---\n"


NOT_PLAIN = "-|160|-1|| 甲|甲 |甲: 乙|甲 #乙|[甲]|*甲|甲,乙|~|'甲'|甲\n乙"


@pytest.mark.parametrize("text", NOT_PLAIN.split("|"))
def test_what_yaml_would_read_otherwise_is_quoted(text):
    assert not front_matter.is_plain(text)
    assert front_matter.entry("标题", text)[0].startswith('标题: "')


# Taking apart

NASTY = [
    "",
    "# 只有注释\n\n",
    "标题: 甲",
    "标题: 甲\n",
    "# 头\n\n标题: 甲 # 尾\n\n# 日期\n日期: 2024-04-05\n# 完\n\n",
    "标题:\n日期:\n",
    "主题:\n  - 甲\n  -\n# 注\n日期: 1\n",
    "主题:\n- 甲 # 一\n- 乙\n  # 其余\n日期: 1\n",
    "主题: [甲,\n乙,\n  丙] # 完\n# 注\n日期: 1\n",
    "标题: |+\n  甲\n\n\n# 注\n日期: 1\n",
    "标题: >- # 折行\n  甲 # 不是注释\n\n  乙\n日期: 1\n",
    '标题: "甲\n  # 不是注释\n  乙" # 注\n日期: 1\n',
    "标题: '甲'' # 不是'\n日期: 1\n",
    "\"标题\": 甲\n'日期' : 1\n",
    "标题: 甲\n  乙  \n\n  丙\n\n# 注\n日期: 1\n",
    "计数:\n  横幅: 1 # 一\n\n  # 二\n  广播:\n地点: 村\n",
    "佐证材料: # 见档案\n  - 名称: 照片\n    份数: 6 # 六\n  - {名称: 表}\n地点: 村\n",
    "标题: 😀 # 😀\n日期: 1\n",
]
"""All loadable, and all of one key a line."""


@pytest.mark.parametrize("yaml_text", NASTY)
def test_the_pieces_are_the_whole(yaml_text):
    taken = front_matter.blocks(yaml_text)
    assert taken is not None
    blocks, rest = taken
    assert "".join(b.lead + b.text + b.tail for b in blocks) + rest == yaml_text
    assert [block.key for block in blocks] == list(loaded(yaml_text))


@pytest.mark.parametrize("yaml_text", NASTY)
def test_keys_change_places_with_all_that_is_theirs(yaml_text):
    order = [*reversed(loaded(yaml_text))]
    turned = front_matter.ordered(yaml_text, order)
    assert list(loaded(turned)) == order
    assert loaded(turned) == loaded(yaml_text)
    assert sorted(strict_yaml.comments(turned)) == sorted(strict_yaml.comments(yaml_text))
    assert front_matter.ordered(turned, order) == turned


def test_unknown_keys_come_last_as_they_stood():
    assert front_matter.ordered("乙: 1\n丙: 2\n甲: 3\n", ["甲"]) == "甲: 3\n乙: 1\n丙: 2\n"


@pytest.mark.parametrize(
    "yaml_text", ["{标题: 甲, 日期: 1}\n", "? 标题\n: 甲\n日期: 1\n", "- 甲\n"]
)
def test_what_cannot_be_taken_apart_stays(yaml_text):
    assert front_matter.blocks(yaml_text) is None
    assert front_matter.ordered(yaml_text, ["日期", "标题"]) == yaml_text


@pytest.mark.parametrize(
    ("yaml_text", "comments"),
    [
        ("标题: 甲\n", []),
        ("# 一\n标题: 甲#乙 # 二  \n  #三\n", ["# 一", "# 二", "#三"]),
        ("标题: | # 一\n  # 不是\n日期: '# 不是' # 二\n", ["# 一", "# 二"]),
        ('标题: "甲\n  # 不是"\n主题: [甲, # 一\n  乙]\n', ["# 一"]),
    ],
)
def test_comments_are_found(yaml_text, comments):
    assert strict_yaml.comments(yaml_text) == comments


@pytest.mark.parametrize(
    "text",
    [
        "---\n标题: 甲\n---\n正文\n",
        "\n  \n---- \n标题: 甲\n---\t",
        "---\n---\n---\n",
        "\u3000\n---\n标题: 甲\n------\n\n---\n",
    ],
)
def test_a_file_is_split_where_the_reader_splits_it(text):
    source, _ = as_record(text.encode(), "甲.md")
    parts = front_matter.split(text)
    assert source
    assert parts
    assert "".join(parts) == text
    assert parts[1] == source.yaml_text
    assert parts[0].count("\n") + 1 == source.first_line
    assert parts[2].partition("\n")[2].strip() == source.body


@pytest.mark.parametrize(
    "text", ["", "---", "---\n", "标题: 甲\n---\n---\n", "---\n标题: 甲\n --- \n"]
)
def test_what_has_no_whole_front_matter_is_not_split(text):
    assert front_matter.split(text) is None


# Changing


def untouched(yaml_text: str, keys: Sequence[str]) -> list[str]:
    """The lines of the keys that are not to change, comments above and behind included."""
    taken = front_matter.blocks(yaml_text)
    assert taken
    return [b.lead + b.text + b.tail.rstrip("\n") for b in taken[0] if b.key not in keys]


@pytest.mark.parametrize("yaml_text", NASTY)
def test_one_key_is_changed(yaml_text):
    data = loaded(yaml_text)
    values: list[Any] = [7, "# 甲: 乙", ["甲", "乙"], [{"名称": "照片"}], None]
    for key, value in product([*data, "新"], values):
        changed = front_matter.changed(yaml_text, {key: value}, [*data, "新"])
        wanted = {**data, key: value}
        if value is None:
            del wanted[key]
        assert loaded(changed) == wanted
        assert all(piece in changed for piece in untouched(yaml_text, [key]))
        kept, had = strict_yaml.comments(changed), strict_yaml.comments(yaml_text)
        assert sorted(kept) == sorted(had)


def test_a_new_key_comes_to_its_place():
    order = ["标题", "日期", "地点"]
    changed = front_matter.changed("标题: 甲\n# 何处\n地点: 村\n", {"日期": "2024-04-05"}, order)
    assert changed == "标题: 甲\n日期: 2024-04-05\n# 何处\n地点: 村\n"
    assert front_matter.changed("地点: 村\n", {"别的": 1}, order) == "地点: 村\n别的: 1\n"


def test_what_stands_in_braces_is_written_anew():
    text = "# 抄来的\n{别的: 1, 地点: 村, 标题: 甲} # 完\n"
    changed = front_matter.changed(text, {"地点": "乡"}, ["标题", "地点"])
    assert changed == "# 抄来的\n# 完\n标题: 甲\n地点: 乡\n别的: 1\n"


@many
@given(data=RECORDS, changes=RECORDS, remarks=st.lists(st.sampled_from(["", "# 注"]), min_size=9))
def test_any_change_leaves_the_rest(data, changes, remarks):
    lines = front_matter.record(data, list(data)).splitlines(keepends=True)[1:-1]
    marked = zip(lines, [*remarks, *[""] * len(lines)], strict=False)
    text = "".join(f"{remark}\n{line}" if remark else line for line, remark in marked)
    changed = front_matter.changed(text, changes, list(data))
    assert loaded(changed) == {**data, **changes}
    assert untouched(changed, list(changes)) == untouched(text, list(changes))
