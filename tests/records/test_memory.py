"""What is remembered of records is what would come of reading them, whatever was edited between."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st

from fazhi import project
from fazhi.figures.value import Value
from fazhi.project import Project
from fazhi.records import cache, ledger, snapshot
from fazhi.records.memory import Memory
from fazhi.records.record import Record
from fazhi.sources.source import ITSELF
from fazhi.sources.tree import Folder
from tests.conftest import BASE, TODAY, lay, settings_of

ACTIVITY = "records/2024/activities/宪法宣传.md"
CASE = "records/2024/cases/东村山林纠纷.md"
MEETING = "records/2024/meetings/2024-05-06-研究.md"
STANDING = "records/2024/standings/2024-12-31-重点人群.md"
OTHER = "records/2023/activities/2023-12-04-宪法宣传.md"
STYLE = "docs/assets/own.css"

MORE = {
    MEETING: "---\n标题: 研究执法\n日期: 2024-05-06\n类别: 党委会议\n主持: 书记\n应到: 9\n实到: 8\n"
    "议题:\n  - {标题: 一, 主题: 宪法, 结论: 同意}\n---\n",
    STANDING: "---\n标题: 重点人群\n截止日期: 2024-12-31\n类别: 重点人群\n分类: {甲类: 7, 乙类: 9}\n---\n",
    OTHER: '---\n标题: "宪法: 宣传"\n日期: 2023-12-04\n类别: 宣传活动\n地点: |\n  东村\n'
    "计数: {悬挂横幅: 2}\n佐证材料: [{名称: 照片, 份数: 2, 文件: 甲.jpg}]\n---\n\n第一段。\n\n第二段。\n",
}
"""Beside those of the base: every kind, another year, and each way to write a text."""


def replaced(path: str, old: str, new: str) -> Callable[[Path], None]:
    """An edit of a file; none where what is to be replaced is not there any more."""

    def edit(root: Path) -> None:
        if (root / path).exists():
            text = (root / path).read_bytes().decode("utf-8", "replace")
            (root / path).write_bytes(text.replace(old, new).encode())

    return edit


def moved(path: str, to: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        if (root / path).exists():
            (root / to).parent.mkdir(parents=True, exist_ok=True)
            (root / path).rename(root / to)

    return edit


def copied(path: str, to: str) -> Callable[[Path], None]:
    def edit(root: Path) -> None:
        if (root / path).exists():
            shutil.copyfile(root / path, root / to)

    return edit


EDITS: dict[str, Callable[[Path], None]] = {
    "another number": replaced(ACTIVITY, "205", "206"),
    "the same length": replaced(ACTIVITY, "205", "502"),
    "another body": replaced(ACTIVITY, "设点", "设摊点"),
    "a word that is wrong": replaced(ACTIVITY, "设点", "法制政府"),
    "a telephone": replaced(CASE, "现场", "现场13812345678"),
    "no more telephone": replaced(CASE, "13812345678", ""),
    "a telephone in a style": replaced(STYLE, "red", "/* 13812345678 */"),
    "no more in a style": replaced(STYLE, "/* 13812345678 */", "red"),
    "a name of a style": moved(STYLE, "docs/assets/13812345678.css"),
    "a duplicate key": replaced(ACTIVITY, "地点: 东村广场", "地点: 东村广场\n地点: 西村"),
    "one key again": replaced(ACTIVITY, "\n地点: 西村", ""),
    "an open case": replaced(CASE, "办结日期: 2024-03-20\n", ""),
    "outcome open": replaced(CASE, "结果: 调解成功", "结果: 在办"),
    "line ends": replaced(MEETING, "\n", "\r\n"),
    "an empty line": replaced(MEETING, "主持: 书记", "主持: 书记 # 注"),
    "small parts": replaced(STANDING, "甲类: 7", "甲类: 1"),
    "unknown key": replaced(STANDING, "标题: 重点人群", "标题: 重点人群\n姓名: 某"),
    "another file name": moved(OTHER, "records/2023/activities/2023-12-05-宪法宣传.md"),
    "another year": moved(OTHER, "records/2022/activities/2023-12-04-宪法宣传.md"),
    "another kind": moved(ACTIVITY, "records/2024/meetings/宪法宣传.md"),
    "a name that is no text": moved(CASE, os.fsdecode(b"records/2024/cases/\xd0\xfb.md")),
    "twice": copied(ACTIVITY, "records/2024/activities/又一次.md"),
    "a word of the vocabulary": replaced("records/vocabulary.yml", "[禁毒, 宪法,", "[禁毒,"),
    "that word again": replaced("records/vocabulary.yml", "[禁毒, ", "[禁毒, 宪法, "),
    "another section": replaced(
        "records/vocabulary.yml", "宣传活动, 板块: 法治宣传", "宣传活动, 板块: 矛盾化解"
    ),
    "no settings": replaced("records/vocabulary.yml", "板块:\n", "板块：\n"),
    "settings again": replaced("records/vocabulary.yml", "板块：\n", "板块:\n"),
    "another threshold": replaced("records/township.yml", "小数阈值: 5", "小数阈值: 3"),
    "another figure": replaced("records/figures.yml", "字段: 发放资料份数", "字段: 悬挂横幅"),
    "another unit": replaced("records/figures.yml", "单位: 份", "单位: 册"),
}


def said(made: Project) -> list[object]:
    """All that a project says, records and their places in the files included."""
    values = [
        [told(value) for value in (*year.values.values(), *year.last.values())]
        for year in made.years
    ]
    records = [[written(record) for record in year.records] for year in made.years]
    texts = [(year.year, year.narrative, year.figures) for year in made.years]
    return [made.problems, made.files, made.home, records, values, repr(texts)]


def written(record: Record) -> list[object]:
    source = record.source
    places = [source.at([key, *of]) for key in source.data for of in ([ITSELF], [])]
    whole = repr(record), repr(record.fields), sorted(record.fields.model_fields_set)
    return [*whole, repr(source), places, source.at(0), list(source.data)]


def told(value: Value) -> list[object]:
    paths = [record.path for record in value.records]
    sides = [told(side) for side in value.sides]
    return [value.name, repr(value), value.year, value.number, paths, sides]


@contextmanager
def a_project() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(BASE, root)
        with (root / "records/vocabulary.yml").open("a", encoding="utf-8") as file:
            file.write("易错词:\n  - {名称: 法制政府, 改为: 法治政府}\n")
        lay(root, {STYLE: "a { color: red }\n", **MORE})
        yield root


def spoilt(root: Path, how: str) -> None:
    """What may become of a cache between two runs."""
    file = root / cache.FOLDER / "records.sqlite"
    if how == "broken":
        file.write_bytes(file.read_bytes()[:5000] + b"\0" * 3000)
    elif how == "gone":
        file.unlink()


@hypothesis.settings(max_examples=25, deadline=None, derandomize=True)
@hypothesis.given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from(sorted(EDITS)), max_size=3),
            st.sampled_from(["whole", "whole", "whole", "broken", "gone"]),
            st.sampled_from([TODAY, date(2024, 4, 1)]),
        ),
        min_size=2,
        max_size=4,
    )
)
def test_with_a_memory_all_is_as_without(runs):
    with a_project() as root:
        of_the_process = Memory(cache.Cache(root / cache.FOLDER, "records"), clock=lambda: LATER)
        project.load(Folder(root), TODAY, memory=of_the_process)
        for edits, how, today in runs:
            for edit in edits:
                EDITS[edit](root)
            anew = said(project.load(Folder(root), today))
            assert said(project.load(Folder(root), today, memory=of_the_process)) == anew
            spoilt(root, how) if (root / cache.FOLDER / "records.sqlite").exists() else None
            assert said(project.load(Folder(root), today, memory=kept(root))) == anew


LATER = 2**62
"""A time in nanoseconds at which every file was written long ago."""


def made_out(root: Path, memory: Memory) -> set[str]:
    """The records that a load would make out anew."""
    configured = settings_of(root)
    memory.begin(configured.digest)
    return set(ledger.load(Folder(root), memory=memory).unknown)


def test_only_what_changed_is_made_out_anew():
    with a_project() as root:
        memory = kept(root)
        assert made_out(root, memory) == {ACTIVITY, CASE, *MORE}
        project.load(Folder(root), TODAY, memory=memory)
        assert made_out(root, memory) == made_out(root, kept(root)) == set()
        EDITS["another number"](root)
        assert made_out(root, memory) == made_out(root, kept(root)) == {ACTIVITY}
        project.load(Folder(root), TODAY, memory=memory)
        EDITS["another unit"](root)
        assert made_out(root, memory) == {ACTIVITY, CASE, *MORE}


def kept(root: Path) -> Memory:
    """What a new process finds."""
    return Memory(cache.Cache(root / cache.FOLDER, "records"))


def unread(root: Path, memory: Memory) -> set[str]:
    """The records whose files a load would not read again."""
    configured = settings_of(root)
    memory.begin(configured.digest)
    found = set()
    for path in (ACTIVITY, CASE, *MORE):
        if memory.unread(path, Folder(root)):
            found.add(path)
    return found


def test_a_file_is_read_once_unless_it_was_written_since():
    with a_project() as root:
        memory = Memory(cache.Cache(root / cache.FOLDER, "records"), clock=lambda: LATER)
        project.load(Folder(root), TODAY, memory=memory)
        assert unread(root, memory) == {ACTIVITY, CASE, *MORE}
        project.load(Folder(root), TODAY, memory=memory)
        times = (root / ACTIVITY).stat()
        EDITS["the same length"](root)
        os.utime(root / ACTIVITY, ns=(times.st_atime_ns, times.st_mtime_ns))
        assert unread(root, memory) == {CASE, *MORE}


@pytest.mark.parametrize("clock", [None, time.time_ns, lambda: 0])
def test_a_file_that_was_just_written_is_read_again(clock):
    with a_project() as root:
        memory = Memory(cache.Cache(root / cache.FOLDER, "records"), clock)
        project.load(Folder(root), TODAY, memory=memory)
        assert made_out(root, memory) == set()
        assert unread(root, memory) == set()


def test_what_is_at_hand_is_not_read_again():
    with a_project() as root:
        large = (root / CASE).with_name("大.md")
        large.write_bytes((root / CASE).read_bytes() + b" " * 1_000_000)
        large.with_name("文件夹.md").mkdir()
        found = snapshot.take(Folder(root))
        assert found
        anew = said(project.load(Folder(root), TODAY))
        EDITS["another number"](root)
        assert said(project.load(Folder(root), TODAY)) != anew
        at_hand = Folder(root, found.records)
        assert said(project.load(at_hand, TODAY, memory=kept(root))) == anew


def test_a_style_in_which_nothing_was_found_is_not_searched_again():
    """Neither by the process that has searched it, nor by the next."""
    with a_project() as root:
        memory = kept(root)
        for edit, is_clean in (lambda _: None, True), (EDITS["a telephone in a style"], False):
            edit(root)
            project.load(Folder(root), TODAY, memory=memory)
            key = memory.key(STYLE, (root / STYLE).read_bytes())
            assert (memory.is_clean(key), kept(root).is_clean(key)) == (is_clean, is_clean)


def test_a_record_with_a_fault_is_always_made_out_anew():
    with a_project() as root:
        EDITS["a word that is wrong"](root)
        EDITS["a telephone"](root)
        memory = kept(root)
        project.load(Folder(root), TODAY, memory=memory)
        assert made_out(root, memory) == made_out(root, kept(root)) == {ACTIVITY, CASE}


def test_without_a_folder_to_keep_it_in_a_process_has_its_memory_all_the_same():
    with a_project() as root:
        (root / cache.FOLDER).write_bytes(b"")
        memory = kept(root)
        project.load(Folder(root), TODAY, memory=memory)
        assert made_out(root, memory) == set()
        assert made_out(root, kept(root)) == {
            ACTIVITY,
            CASE,
            *MORE,
        }
