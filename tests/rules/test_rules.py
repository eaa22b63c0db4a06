"""The rule book: each rule's declaration, its page and its two cases held together.

`cases/rules/<id>/` holds `fail` and `pass`, files laid over the small valid project of `cases/base`, and
`expected.txt`, what the checker prints for `fail`: one message, for one fault. What cannot be stored
is made here, and has `example.md`, words for its page. The rules about spreadsheets have their cases
in `commands/test_spreadsheets.py`.
"""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from fazhi import personal
from fazhi.commands.generate.rules import GROUPS, HOW_BAD, INDEX, every_rule, pages
from fazhi.problems import formats
from fazhi.problems.problem import Severity
from fazhi.problems.rulebook import rule as declare
from fazhi.sources.tree import Folder
from tests import conftest
from tests.conftest import BASE, checked, lay, lines
from tests.support.building import ROOT
from tests.support.cases import files_in

CASES = conftest.CASES / "rules"
RECORD = "records/2024/activities/宪法宣传.md"
REPORT = "docs/report/2024.md"

RULES = {rule.id: rule for rule in every_rule()}
IDS = list(RULES)
ABOUT_SPREADSHEETS = [rule for rule in IDS if rule.startswith("FZ9")]
SOURCES = sorted([*(ROOT / "fazhi").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")])


def huge_file(root: Path) -> None:
    (root / RECORD).write_bytes(b"---\n" + b"a" * 40_000_000)


def link_to_a_file_outside(root: Path) -> None:
    (root / "records/2024/activities/链接.md").symlink_to(BASE / RECORD)


MADE: dict[str, Callable[[Path], None]] = {"FZ101": huge_file, "FZ114": link_to_a_file_outside}
STORED = [rule for rule in IDS if rule not in {*MADE, *ABOUT_SPREADSHEETS}]


PAGES = pages(Folder(ROOT))

# One function a rule


@cache
def program() -> tuple[list[str], list[tuple[Path, str, ast.Call]]]:
    """Every text in the program, and every call by a name: the file, the name, the call."""
    texts, calls = list[str](), list[tuple[Path, str, ast.Call]]()
    for file in SOURCES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Constant(value=str(text)):
                    texts.append(text)
                case ast.Call(func=ast.Name(id=name)):
                    calls.append((file, name, node))
    return texts, calls


def test_each_documented_rule_is_declared():
    documented = [found[0] for text in program()[0] if (found := re.match(r"FZ\d{3}(?=: )", text))]
    assert sorted(documented) == IDS


def test_every_id_in_the_code_is_a_rule():
    assert {text for text in program()[0] if re.fullmatch(r"FZ\d{3}", text)} <= set(IDS)


def test_an_id_is_declared_once_and_has_a_title():
    def again() -> None:
        """FZ101: 又是一条。"""

    with pytest.raises(ValueError, match="FZ101"):
        declare(Severity.ERROR)(again)
    again.__doc__ = "FZ101"
    with pytest.raises(ValueError, match="again"):
        declare(Severity.ERROR)(again)


def test_what_is_reported_has_the_severity_that_its_rule_declares():
    """Nobody else makes a fault, and a problem is a fault at a place."""
    for file, called, node in program()[1]:
        if called == "Fault":
            assert file.name == "rulebook.py"
        if called == "Problem":
            assert isinstance(node.args[-1], ast.Starred), f"{file}:{node.lineno}"


def test_every_case_is_of_a_rule():
    assert {folder.name for folder in CASES.iterdir()} == {*MADE, *STORED}


def test_a_rule_says_what_must_hold_why_and_how_to_mend_it():
    for rule, found in RULES.items():
        assert re.fullmatch(r"[^。]{4,80}。", found.title), rule
        why, mending, _ = found.text.partition("改法：")
        assert mending, rule
        assert re.search(r"[^改来]", why), rule


# One fault gives one message, and mended, none


@pytest.mark.parametrize("rule", STORED)
def test_one_fault_gives_one_message(rule, make_project, request):
    problems = checked(make_project(files_in(CASES / rule / "fail"))).problems
    printed = lines(problems)
    expected = CASES / rule / "expected.txt"
    if request.config.getoption("--write-golden"):
        expected.write_bytes(printed.encode())
    assert printed == expected.read_bytes().decode()
    assert [problem.rule for problem in problems] == [rule]
    assert problems[0].hint


@pytest.mark.parametrize("rule", STORED)
def test_mended_it_gives_none(rule, make_project):
    files = files_in(CASES / rule / "pass")
    assert files
    assert checked(make_project(files)).problems == []


@pytest.mark.parametrize("rule", MADE)
def test_what_cannot_be_stored_gives_one_message(rule, make_project):
    root = make_project({})
    MADE[rule](root)
    (problem,) = checked(root).problems
    assert lines([problem]) == (CASES / rule / "expected.txt").read_text(encoding="utf-8")
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
def test_neither_message_nor_hint_quotes_personal_data(line, make_project):
    text = (BASE / RECORD).read_text(encoding="utf-8").replace("主题: [宪法]", line)
    problems = checked(make_project({RECORD: text})).problems
    assert "FZ501" in {problem.rule for problem in problems}
    assert not [p for p in problems if "13800000000" in p.message + p.hint + formats.line(p)]


# As bad as the page says


def printed_levels(rule: str) -> set[str]:
    expected = CASES / rule / "expected.txt"
    return set(re.findall(r": (错误|警告) FZ", expected.read_text(encoding="utf-8")))


def test_the_case_of_a_rule_is_as_bad_as_its_page_says():
    for rule in [*STORED, *MADE]:
        (level,) = printed_levels(rule)
        (said,) = re.findall(r"^- 级别：(.*)$", PAGES[RULES[rule].page], re.MULTILINE)
        assert HOW_BAD[Severity(level)] in said, rule
        declared = {*RULES[rule].severities.values()}
        assert {bad for bad in ("错误", "警告") if bad in said} == {*map(str, declared)}, rule


ELSEWHERE = {
    "FZ507": ("docs/assets/登记表.pdf", r"\Z", "%PDF-1.4\n"),
    "FZ704": (REPORT, "全年开展.*", "发放反诈资料{{ 原文('300份', 理由='台账') }}。"),
    "FZ711": (RECORD, r"\Z", "走访[^1]。"),
    "FZ712": (RECORD, r"\Z", "见[照片](a.png)。"),
    "FZ717": (REPORT, "(?<=索引号: ).*", "11500229MB1234567M/2024-00003"),
    "FZ718": (REPORT, "(?<=成文日期: ).*", "2026-02-12"),
    "FZ721": (REPORT, "岗位: 乡长", "岗位: 乡长, 意见: 不予公开"),
    "FZ730": (REPORT, "全年开展.*", "办结纠纷{{ 纠纷结果 }}，其中撤回{{ 纠纷结果.调解成功 }}。"),
    "FZ734": (REPORT, "宣传活动、发放资料均为", "宣传活动均为"),
    "FZ801": (RECORD, r"\Z", "推进溯源治理。"),
    "FZ803": (REPORT, "(?<=人民政府)2024年(?=法治)", "2023年"),
    "FZ806": ("docs/index.md", r"\Z", "宣传3场、讲座2场，合计6场。"),
}
"""For a rule that is not equally strict everywhere: a change to its case that breaks it elsewhere."""


@pytest.mark.parametrize(
    "rule",
    [rule for rule in STORED if len({*RULES[rule].severities.values()}) > 1],
)
def test_a_rule_is_met_in_every_severity_that_it_declares(rule, make_project):
    root = make_project(files_in(CASES / rule / "fail"))
    path, old, new = ELSEWHERE[rule]
    text = (root / path).read_text(encoding="utf-8") if (root / path).exists() else ""
    changed, count = re.subn(old, new, text, count=1)
    assert count
    lay(root, {path: changed})
    problems = checked(root).problems
    found = {str(p.severity) for p in problems if p.rule == rule and p.path == path}
    assert found | printed_levels(rule) == {*RULES[rule].severities.values()}


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
def test_what_follows_from_a_fault_is_silent(old, new, expected, make_project):
    text = (BASE / RECORD).read_text(encoding="utf-8")
    assert old in text
    problems = checked(make_project({RECORD: text.replace(old, new)})).problems
    assert [problem.rule for problem in problems] == expected


@pytest.mark.parametrize(
    ("old", "new", "hint"),
    [
        ("份数: 205", '份数: "2,050"', "写成 2050，用半角数字，不加引号"),
        ("份数: 205", '份数: "2,05"', "只写数字，不写单位"),
        ("份数: 205", '份数: "999999999"', "数太大了，核对"),
        ("份数: 205", "份数: ٢٠٥", "只写数字，不写单位"),
        ("日期: 2024-12-04", "日期: 2024/12/4", "写成 2024-12-04"),
        ("日期: 2024-12-04", "日期: 20241204", "写成 2024-12-04"),
        ("日期: 2024-12-04", "日期: 20241304", "核对日期"),
        ("地点: ", "place: ", "必填的还缺少：地点"),
    ],
)
def test_a_hint_gives_the_spelling_only_where_there_is_one(old, new, hint, make_project):
    text = (BASE / RECORD).read_text(encoding="utf-8")
    assert old in text
    (problem,) = checked(make_project({RECORD: text.replace(old, new)})).problems
    assert problem.hint == hint


# The pages


def test_every_rule_has_a_page_and_every_page_a_rule():
    assert set(PAGES) == {INDEX, *(rule.page for rule in RULES.values())}
    held = {file.relative_to(ROOT).as_posix() for file in (ROOT / "docs/rules").iterdir()}
    assert held == set(PAGES)


def test_the_table_lists_every_rule_once_with_its_page():
    listed = re.findall(r"^\| \[(FZ\d{3})\]\((FZ\d{3})\.md\) \|", PAGES[INDEX], re.MULTILINE)
    assert listed == [(rule, rule) for rule in IDS]
    assert all(any(rule.startswith(group) for group in GROUPS) for rule in IDS)


def test_a_page_shows_the_fault_its_message_and_how_it_is_right():
    for rule in [*STORED, *MADE]:
        page = PAGES[RULES[rule].page]
        (said,) = (CASES / rule / "expected.txt").read_text(encoding="utf-8").splitlines()
        assert personal.masked(said) in page, rule
        assert "## 错误示例" in page, rule
        assert rule in MADE or "## 改好以后" in page, rule


def test_a_page_is_plain_markdown_without_personal_data():
    code = r"^(````?)\w+\n.*?^\1$|`[^`\n]+`"
    for path, page in PAGES.items():
        assert not list(personal.find(page)), path
        prose = re.sub(code, "", page, flags=re.MULTILINE | re.DOTALL)
        # What would be taken for HTML, or for another mark.
        assert not re.search(r"<|\{[%#]|\s\{[^}\n]*\}$", prose, re.MULTILINE), path
