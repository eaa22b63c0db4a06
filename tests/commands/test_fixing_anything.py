"""`--fix` and the reader, met with anything at all: no crash, no lost word, no changed meaning."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.commands.fixing import fix
from fazhi.problems import formats
from fazhi.schema.kinds import FOLDERS
from fazhi.sources import strict_yaml
from fazhi.sources.source import as_record
from fazhi.sources.yaml_errors import Refused
from tests.conftest import BASE, checked
from tests.support.clumsy import clumsy_records

RECORD = "records/2024/activities/宪法宣传.md"

many = settings(max_examples=100, deadline=None, derandomize=True)
some = settings(max_examples=50, deadline=None, derandomize=True)


@pytest.fixture(scope="module")
def project_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base project, a file of which may be damaged for a while."""
    root = tmp_path_factory.mktemp("fixing") / "project"
    shutil.copytree(BASE, root)
    return root


# Anything at all

PARTS_OF_A_PROJECT = [
    *(f"records/{name}.yml" for name in ("township", "vocabulary", "figures")),
    *("docs/report/2024.md", "docs/index.md"),
]
PATHS = st.sampled_from([*(f"records/2024/{f}/甲.md" for f in FOLDERS), *PARTS_OF_A_PROJECT])
OF_YAML = "---\n¦---\n标题：¦标题: ¦日期：¦2024年4月5日¦类别¦：¦: ¦计数¦\n¦佐证材料:\n  - ¦名称：照片¦份数：６"
SIGNS = "{¦}¦[¦]¦, ¦，¦- ¦  ¦\n  ¦\"¦'¦#¦ # 注¦|¦>-¦\\¦&a ¦*a¦!¦? ¦%¦\t¦\r\n¦\r"
ODD = "\ufeff¦\u3000¦\u200b¦\u2028¦１６０¦1,200¦07¦地点¦正文。¦😀¦\0"
PIECES = st.sampled_from("¦".join([OF_YAML, SIGNS, ODD]).split("¦"))
FILES = st.one_of(
    st.binary(max_size=200),
    st.lists(PIECES, max_size=40).map(lambda pieces: "".join(pieces).encode()),
    st.lists(PIECES, max_size=40).map(lambda p: f"---\n{''.join(p)}\n---\n正文  \n".encode()),
    st.lists(PIECES, max_size=40).map(
        lambda p: f"---\n标题：甲\n{''.join(p)}\n---\n".encode("gb18030")
    ),
)


@many
@given(FILES, PATHS)
def test_any_bytes_can_be_mended_once(data, path):
    fixed = fix(data, path)
    assert bool(fixed.fixes) is (fixed.data != data)
    assert fix(fixed.data, path) == type(fixed)(fixed.data, ())
    if fixed.fixes:
        says_the_same(data, fixed.data, path)


def says_the_same(before: bytes, after: bytes, path: str) -> None:
    """Told by other means than those of `--fix`: crude, but they share no line of code."""
    text = after.decode()
    try:
        old = before.decode("utf-8-sig")
    except UnicodeDecodeError:
        old = before.decode("utf-16" if before[:1] in (b"\xff", b"\xfe") else "gb18030")
    old = re.sub("\r\n?", "\n", old).lstrip("\ufeff")
    old_yaml, old_body = in_two(old, path)
    new_yaml, new_body = in_two(text, path)
    assert old_body == new_body
    assert sorted(bare(old_yaml)) == sorted(bare(new_yaml))
    shape = list if path.endswith("figures.yml") else dict
    try:
        said = strict_yaml.load(old_yaml, shape)
    except Refused:
        return
    assert settled(strict_yaml.load(new_yaml, shape)) == settled(said)


def in_two(text: str, path: str) -> tuple[str, str]:
    if path.endswith(".yml"):
        return text, ""
    parts = re.split(r"^-{3,}[ \t]*$", text, maxsplit=2, flags=re.MULTILINE)
    return (parts[1], parts[2]) if len(parts) == 3 and not parts[0].strip() else ("", text)


def bare(text: str) -> str:
    """All but what may be respelt: signs between and around words, and the leading 0 of numbers."""
    digits = text.translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    return re.sub(r"[\s,，:：\"'年月日号./／．－-]|(?<![0-9])0+(?=[0-9])", "", digits)


def settled(said: Any) -> Any:
    """Data without its spelling: pairs and texts as one run of characters, in any order."""
    return sorted(bare(json.dumps(said, ensure_ascii=False)).replace("null", ""))


# What a clerk does to a valid record


@many
@given(record=clumsy_records())
def test_a_clumsy_record_says_what_was_meant(record):
    kind, meant, body, data = record
    path = f"records/2024/{kind.folder}/甲.md"
    fixed = fix(data, path)
    source, problems = as_record(fixed.data, path)
    assert source, problems
    assert source.data == meant
    assert list(source.data) == [key for key in kind.order if key in meant]
    assert source.body == body
    assert fixed.data.decode().endswith(body)
    old = re.sub("\r\n?", "\n", decoded(data))
    assert fixed.data.decode().count("#") == old.count("#")
    assert fix(fixed.data, path) == type(fixed)(fixed.data, ())


def decoded(data: bytes) -> str:
    for encoding in (
        "utf-8-sig",
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030",
    ):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError(data)


# The reader


@many
@given(data=FILES)
def test_any_bytes_can_be_read(data):
    source, problems = as_record(data, RECORD)
    assert source or problems
    for problem in problems:
        assert problem.line >= 1
        assert problem.column >= 1


@some
@given(
    path=st.sampled_from([RECORD, *PARTS_OF_A_PROJECT]),
    pieces=st.lists(st.tuples(st.integers(0), PIECES), max_size=6),
    stray=st.binary(max_size=3),
)
def test_a_project_with_a_damaged_file_can_be_read(path, pieces, stray, project_root):
    file = project_root / path
    sound = file.read_bytes() if file.exists() else b""
    text = sound.decode()
    for place, piece in pieces:
        at = place % (len(text) + 1)
        text = text[:at] + piece + text[at + len(piece) // 2 :]
    data = text.encode() + stray
    try:
        file.write_bytes(data)
        problems = checked(project_root).problems
        assert all(formats.line(problem) for problem in problems)
        mended = fix(data, path)
        assert fix(mended.data, path).fixes == ()
    finally:
        if sound:
            file.write_bytes(sound)
        else:
            file.unlink()
