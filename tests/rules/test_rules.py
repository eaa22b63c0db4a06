"""The rule book: each rule's function, its page and its two cases held together.

`cases/rules/<id>/` holds `fail` and `pass`, files laid over the small valid project of `cases/base`, and
`expected.txt`, what the checker prints for `fail`: one message, for one fault. What cannot be stored
is made here, and has `example.md`, words for its page. The rules about spreadsheets have their cases
in `commands/test_spreadsheets.py`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fazhi import personal
from fazhi.commands.generate.rules import GROUPS, INDEX, pages
from fazhi.problems.rulebook import rules
from tests import conftest
from tests.conftest import BASE, MakeProject, checked
from tests.support.building import ROOT
from tests.support.cases import files_in

CASES = conftest.CASES / "rules"
RECORD = "records/2024/activities/宪法宣传.md"

IDS = list(rules())
ABOUT_SPREADSHEETS = [rule for rule in IDS if rule.startswith("FZ9")]
SOURCES = sorted([*(ROOT / "fazhi").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")])


def huge_file(root: Path) -> None:
    (root / RECORD).write_bytes(b"---\n" + b"a" * 40_000_000)


def link_to_a_file_outside(root: Path) -> None:
    (root / "records/2024/activities/链接.md").symlink_to(BASE / RECORD)


MADE: dict[str, Callable[[Path], None]] = {"FZ101": huge_file, "FZ114": link_to_a_file_outside}
STORED = [rule for rule in IDS if rule not in {*MADE, *ABOUT_SPREADSHEETS}]


# One function a rule


def documented() -> Iterator[str]:
    """The ids with which the docstrings of functions begin."""
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield from re.findall(r"^FZ\d{3}(?=: )", ast.get_docstring(node) or "")


def used() -> set[str]:
    """The ids that the code gives to problems."""
    found: set[str] = set()
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and re.fullmatch(r"FZ\d{3}", str(node.value)):
                found.add(str(node.value))
    return found


def test_each_rule_is_one_function() -> None:
    assert sorted(documented()) == IDS


def test_every_id_in_the_code_is_a_rule() -> None:
    assert used() == set(IDS)


def test_every_case_is_of_a_rule() -> None:
    assert {folder.name for folder in CASES.iterdir()} == {*MADE, *STORED}


@pytest.mark.parametrize("rule", IDS)
def test_a_rule_says_what_must_hold_and_how_to_mend_it(rule: str) -> None:
    found = rules()[rule]
    assert re.fullmatch(r"[^。]{4,80}。", found.title)
    assert "改法：" in found.text
    assert re.search(r"[^改来]", found.text.partition("改法：")[0]), "为什么要查，没有写"


# One fault gives one message, and mended, none


@pytest.mark.parametrize("rule", STORED)
def test_one_fault_gives_one_message(
    rule: str, make_project: MakeProject, request: pytest.FixtureRequest
) -> None:
    problems = checked(make_project(files_in(CASES / rule / "fail"))).problems
    printed = "".join(f"{problem}\n" for problem in problems)
    expected = CASES / rule / "expected.txt"
    if request.config.getoption("--write-golden"):
        expected.write_bytes(printed.encode())
    assert printed == expected.read_bytes().decode()
    assert [problem.rule for problem in problems] == [rule]
    assert problems[0].hint


@pytest.mark.parametrize("rule", STORED)
def test_mended_it_gives_none(rule: str, make_project: MakeProject) -> None:
    files = files_in(CASES / rule / "pass")
    assert files
    assert checked(make_project(files)).problems == []


@pytest.mark.parametrize("rule", MADE)
def test_what_cannot_be_stored_gives_one_message(rule: str, make_project: MakeProject) -> None:
    root = make_project({})
    MADE[rule](root)
    (problem,) = checked(root).problems
    assert f"{problem}\n" == (CASES / rule / "expected.txt").read_text(encoding="utf-8")
    assert (CASES / rule / "example.md").is_file()


@pytest.mark.parametrize(
    "line",
    [
        "主题: 电话13800000000",
        "参加人次: 13800000000",
        "佐证材料: [联系13800000000]",
        "公开: 13800000000",
        "电话13800000000: 一",
        "村13800000000：一",
    ],
)
def test_neither_message_nor_hint_quotes_personal_data(
    line: str, make_project: MakeProject
) -> None:
    text = (BASE / RECORD).read_text(encoding="utf-8").replace("主题: [宪法]", line)
    problems = checked(make_project({RECORD: text})).problems
    assert "FZ501" in {problem.rule for problem in problems}
    assert not [p for p in problems if "13800000000" in p.message + p.hint + str(p)]


# A fault is told once, what follows from it is not


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("日期: 2024-12-04", "日期: 2026-06-04", ["FZ401"]),
        ("日期: 2024-12-04", "受理日期: 2024-12-04", ["FZ202"]),
        ("日期: 2024-12-04", "日期: 12月4日", ["FZ203"]),
        ("地点: 东村广场", "地址: 东村广场", ["FZ202"]),
        ("标题: 国家", "title: 国家", ["FZ202"]),
        ("标题: 国家", "标题：国家", ["FZ112"]),
        ("地点: 东村广场\n主题: [宪法]", "地点：东村广场\n主题：[宪法]", ["FZ112", "FZ112"]),
        ("类别: 宣传活动", "类别:", ["FZ203"]),
        ("---\n在", "---\n\n在", []),
    ],
)
def test_what_follows_from_a_fault_is_silent(
    old: str, new: str, expected: list[str], make_project: MakeProject
) -> None:
    text = (BASE / RECORD).read_text(encoding="utf-8")
    assert old in text
    problems = checked(make_project({RECORD: text.replace(old, new)})).problems
    assert [problem.rule for problem in problems] == expected


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("份数: 205", '份数: "2,050"', "写成 2050，用半角数字，不加引号"),
        ("份数: 205", '份数: "2,05"', "只写数字，不写单位"),
        ("份数: 205", '份数: "999999999"', "只写数字，不写单位"),
        ("日期: 2024-12-04", "日期: 2024/12/4", "写成 2024-12-04"),
        ("日期: 2024-12-04", "日期: 20241204", "写成 2024-12-04"),
        ("日期: 2024-12-04", "日期: 20241304", "核对日期"),
    ],
)
def test_a_hint_gives_the_spelling_only_where_there_is_one(
    old: str, new: str, hint: str, make_project: MakeProject
) -> None:
    text = (BASE / RECORD).read_text(encoding="utf-8")
    assert old in text
    (problem,) = checked(make_project({RECORD: text.replace(old, new)})).problems
    assert problem.hint == hint


def test_a_strange_key_tells_which_required_ones_are_missing(make_project: MakeProject) -> None:
    text = (BASE / RECORD).read_text(encoding="utf-8").replace("地点: ", "place: ")
    (problem,) = checked(make_project({RECORD: text})).problems
    assert problem.hint == "必填的还缺少：地点"


# The pages

PAGES = pages(ROOT)


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    assert set(PAGES) == {INDEX, *(rule.page for rule in rules().values())}
    held = {file.relative_to(ROOT).as_posix() for file in (ROOT / "docs/rules").iterdir()}
    assert held == set(PAGES)


def test_the_table_lists_every_rule_once_with_its_page() -> None:
    listed = re.findall(r"^\| \[(FZ\d{3})\]\((FZ\d{3})\.md\) \|", PAGES[INDEX], re.MULTILINE)
    assert listed == [(rule, rule) for rule in IDS]
    assert all(any(rule.startswith(group) for group in GROUPS) for rule in IDS)


@pytest.mark.parametrize("rule", [*STORED, *MADE])
def test_a_page_shows_the_fault_its_message_and_how_it_is_right(rule: str) -> None:
    page = PAGES[rules()[rule].page]
    (said,) = (CASES / rule / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert personal.masked(said) in page
    assert "## 错误示例" in page
    assert rule in MADE or "## 改好以后" in page


@pytest.mark.parametrize("path", sorted(PAGES))
def test_a_page_is_plain_markdown_without_personal_data(path: str) -> None:
    page = PAGES[path]
    assert not list(personal.find(page))
    code = r"^(````?)\w+\n.*?^\1$|`[^`\n]+`"
    prose = re.sub(code, "", page, flags=re.MULTILINE | re.DOTALL)
    assert not re.search(r"<|\{[%#]|\s\{[^}\n]*\}$", prose, re.MULTILINE), (
        "会被当成 HTML 或者别的记号"
    )
