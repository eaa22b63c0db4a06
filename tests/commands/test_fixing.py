"""`--fix`: what it mends, and that it never changes what a file says.

`cases/fixing/<case>/` holds a file `before` and `after`, by its path in a project, and in `notes.txt` what
the clerk is told: line, rule (or -) and words. In a case named …-stays nothing that it is named for
may change.
"""

import shutil
import stat
import sys
from pathlib import Path

import pytest

from fazhi.commands.fixing import FIXES, apply, fix
from fazhi.commands.fixing.steps import FileForm, is_same
from fazhi.schema.kinds import FOLDERS
from fazhi.sources.tree import MAX_BYTES
from tests import conftest
from tests.conftest import BASE, checked, lay
from tests.support.cases import cases

FOLDER = conftest.CASES / "fixing"
CASES = sorted(folder.name for folder in FOLDER.iterdir())
NODES = ("3.15", "6·26")
RECORD = "records/2024/activities/宪法宣传.md"

# Pairs of files


@pytest.mark.parametrize("case", CASES)
def test_mends_what_is_expected(case):
    path, before = only_file(FOLDER / case / "before")
    after = (FOLDER / case / "after" / path).read_bytes()
    fixed = fix(before, path, NODES)
    assert fixed.data == after
    told = "".join(f"{one.line} {one.rule or '-'} {one.what}\n" for one in fixed.fixes)
    assert told == (FOLDER / case / "notes.txt").read_bytes().decode()
    assert {one.rule for one in fixed.fixes} <= {*FIXES, ""}
    assert fix(after, path, NODES) == type(fixed)(after, ())


def only_file(folder: Path) -> tuple[str, bytes]:
    file = next(file for file in folder.rglob("*") if file.is_file())
    return file.relative_to(folder).as_posix(), file.read_bytes()


def test_there_are_enough_pairs():
    assert len(CASES) >= 25
    told = {line.split()[1] for case in CASES for line in notes(case)}
    assert told == {*FIXES, "-"}


def notes(case: str) -> list[str]:
    return (FOLDER / case / "notes.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("联系13800001111", "联系138*****111"),
        ("联系１３８００００１１１１", "联系138*****111"),
        ("联系11010119900307109X", "联系110************09X"),
    ],
)
def test_personal_data_is_not_told(written, shown):
    text = f"---\n标题: 宣传\n佐证材料:\n  - {{名称：{written}}}\n---\n"
    [told] = fix(text.encode(), RECORD).fixes
    assert told.what == f"“名称：{shown}”改成“名称: {shown}”"


def test_a_node_is_written_as_in_the_vocabulary(make_project):
    written = (conftest.BASE / RECORD).read_text(encoding="utf-8").replace("12.4", "12·4")
    root = make_project({RECORD: written})
    assert [rule for p in checked(root).problems for rule in [p.rule]] == ["FZ303"]
    assert apply(root, [RECORD])
    assert not checked(root).problems


OTHER_FILES = r"""
README.md records/README.md records/2024/activities/照片.jpg records/2024/activities/内/宪法宣传.md
records/2024/files/宪法宣传.md records/第一年/activities/宪法宣传.md docs/report/说明.md mkdocs.yml
records/2024/activities/..\..\宪法宣传.md docs/guide/index.md docs/index.md/内.md
/records/2024/activities/宪法宣传.md records/2024/activities/../../../宪法宣传.md
"""


@pytest.mark.parametrize("path", OTHER_FILES.split())
def test_other_files_are_left_alone(path):
    data = "\ufeff---\r\n标题：宣传\r\n---\r\n".encode()
    assert fix(data, path).data is data


def test_a_file_too_large_to_be_read_is_left_alone():
    data = b"\xef\xbb\xbf" + b"a" * MAX_BYTES
    assert fix(data, RECORD).data is data


# What the checker says of a mended file

CLEAN = """
field-count-full-width field-count-quoted field-count-thousands file-bom file-gbk file-utf16
narrative-typed-heading-number tasks-full-width-colon
warning-file-crlf yaml-full-width-colon-in-braces yaml-full-width-colon-one yaml-full-width-space
"""
"""The malformed projects that need no more than `--fix`."""


def test_a_mended_project_has_no_more_problems(tmp_path):
    """What could not be read may now be found wrong; but there is never more to do."""
    clean = set()
    for name, case in cases().items():
        if not any(fix(data, path).fixes for path, data in case.files.items()):
            continue
        root = shutil.copytree(BASE, tmp_path / name)
        lay(root, case.files)
        paths = [file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()]
        before = checked(root).problems
        assert apply(root, paths), name
        after = checked(root).problems
        assert len(after) <= len(before), name
        assert apply(root, paths) == [], name
        clean |= set() if after else {name}
    assert clean == set(CLEAN.split())


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        ("标题: 甲\n日期: 2024年4月5日\n", "日期: 2024-04-05\n标题: 甲\n", True),
        ('参加人次: "1,200" # 注\n', "# 注\n参加人次: 1200\n", True),
        ("计数: {横幅：３}\n", "计数: {横幅: 3}\n", True),
        ("标题: 甲\n标题: 乙\n", "标题: 乙\n标题: 甲\n", True),
        ("标题：甲\n", "标题: 乙\n", True),  # what could not be read says nothing to be held to
        ("标题: 甲\n", "标题: 乙\n", False),
        ("标题: 甲\n", "标题: 甲\n标题: 甲\n", False),
        ("标题: 甲\n标题: 乙\n", "标题: 乙\n", False),
        ("标题: 甲\n标题: 甲\n", "标题: 甲\n", False),
        ("标题: 甲\n地点: 村\n", "标题: 甲\n", False),
        ("标题: 甲 # 注\n", "标题: 甲\n", False),
        ("标题: ２０\n", "标题: 20\n", False),
        ("日期: 2024/4/5\n", "日期: 2024-05-04\n", False),
        ("主题: [甲, 乙]\n", "主题: [乙, 甲]\n", False),
        ("主题: []\n", "主题: {}\n", False),
        ("标题: 甲\n", "标题：甲\n", False),
    ],
)
def test_what_says_the_same(before, after, same):
    kind = FOLDERS["activities"]
    form = FileForm(kind.model, is_front_matter=True, order=kind.order)
    assert is_same(before, after, form) is same


# Files


def test_only_files_that_change_are_written(make_project):
    root = make_project({RECORD: "---\n标题：宣传\n---\n", "docs/index.md": "欢迎\n"})
    (root / RECORD).chmod(0o640)
    untouched = (root / "docs/index.md").stat()
    done = apply(root, [RECORD, "docs/index.md", "records/2024/activities/没有.md"])
    assert [(path, [one.what for one in fixes]) for path, fixes in done] == [
        (RECORD, ["“标题：”改成“标题: ”"])
    ]
    assert (root / RECORD).read_bytes() == "---\n标题: 宣传\n---\n".encode()
    assert (root / "docs/index.md").stat() == untouched
    assert [file.name for file in (root / RECORD).parent.iterdir()] == ["宪法宣传.md"]
    if sys.platform != "win32":
        assert stat.S_IMODE((root / RECORD).stat().st_mode) == 0o640


def linked_file(root: Path, outside: Path) -> None:
    (root / RECORD).unlink()
    (root / RECORD).symlink_to(outside / "宪法宣传.md")


def linked_folder(root: Path, outside: Path) -> None:
    shutil.rmtree((root / RECORD).parent)
    (root / RECORD).parent.symlink_to(outside, target_is_directory=True)


def large_file(root: Path, outside: Path) -> None:
    (root / RECORD).write_bytes(b"\xef\xbb\xbf" + b"a" * MAX_BYTES)


def folder_in_its_place(root: Path, outside: Path) -> None:
    (root / RECORD).unlink()
    (root / RECORD).mkdir()


@pytest.mark.parametrize("lay", [linked_file, linked_folder, large_file, folder_in_its_place])
def test_only_plain_files_of_the_project_are_mended(lay, make_project, tmp_path):
    root = make_project({})
    outside = tmp_path / "outside"
    outside.mkdir()
    written = "---\n标题：宣传\n---\n".encode()
    (outside / "宪法宣传.md").write_bytes(written)
    lay(root, outside)
    assert apply(root, [RECORD, f"../outside/{RECORD}", "../outside/宪法宣传.md", "\0"]) == []
    assert (outside / "宪法宣传.md").read_bytes() == written


def test_an_endless_front_matter_is_mended_in_its_encoding_only():
    text = "---\n标题：甲\n" + "# 甲\n" * 20_000 + "---\n"
    assert fix(b"\xef\xbb\xbf" + text.encode(), RECORD).data == text.encode()


def test_of_an_endless_front_matter_not_every_fault_is_told(make_project):
    text = "---\n标题: 甲\n" + "\t甲: 乙\n" * 5_000 + "---\n"
    problems = checked(make_project({RECORD: text})).problems
    assert {problem.rule for problem in problems} == {"FZ111"}
    assert len(problems) <= 100
