"""文种: kinds of text, the blocks that each must have, and how its headings are numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from fazhi import project
from fazhi.output.documents import document_of
from fazhi.output.documents.blocks import Heading
from fazhi.output.documents.pdf import as_pdf
from fazhi.output.view import View
from fazhi.problems import formats
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder
from tests.conftest import BASE, MakeProject, checked

REPORT, WORDS = "docs/report/2024.md", "records/vocabulary.yml"
VOCABULARY = (BASE / WORDS).read_text(encoding="utf-8")
HEAD = "---\n标题: 宣传数据\n文种: 统计数据\n署名: 某县示例乡人民政府\n成文日期: 2024-07-05\n---\n"
STATISTICS = "文种:\n  - {名称: 统计数据, 块: [情况, {名称: 口径, 必有: 否}]"


def files(body: str, more: str = "}\n", head: str = HEAD) -> Mapping[str, str]:
    return {WORDS: VOCABULARY + STATISTICS + more, REPORT: head + body}


def found(make_project: MakeProject, laid: Mapping[str, str]) -> list[str]:
    problems = checked(make_project(laid)).problems
    return [f"{problem.rule} {problem.message}" for problem in problems]


def headings(make_project: MakeProject, laid: Mapping[str, str]) -> list[tuple[str, int, int]]:
    """The headings as they are printed, each with its level in pages and the rank of its number."""
    found = checked(make_project(laid))
    assert not found.problems, "\n".join(map(formats.line, found.problems))
    view = View(found.years[-1], Gate(Edition.PUBLIC, found.years[-1].settings))
    document = document_of(view)
    assert as_pdf(document)  # which may skip no level
    return [(b.text, b.level, b.rank) for b in document.blocks if isinstance(b, Heading)]


def test_only_an_annual_report_has_what_is_asked_of_one(make_project: MakeProject) -> None:
    """A title without a year or the office, written in July, no block of article 24."""
    assert found(make_project, files("## 宣传 {块=情况}\n\n宣传较好。\n")) == []


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("## 宣传\n\n宣传较好。\n", "FZ708 统计数据缺少“情况”这一块"),
        ("## 宣传 {块=情况}\n", "FZ708 “情况”这一块是空的"),
        ("## 甲 {块=情况}\n\n好。\n\n## 乙 {块=情况}\n", "FZ708 “情况”这一块是空的"),
        ("## 宣传 {块=情形}\n\n宣传较好。\n", "FZ709 没有“情形”这个块"),
    ],
)
def test_its_own_blocks_must_be_there(make_project: MakeProject, body: str, problem: str) -> None:
    assert found(make_project, files(body)) == [problem]


def test_the_law_stays_whatever_is_declared(make_project: MakeProject) -> None:
    words = VOCABULARY + "文种:\n  - {名称: 年度报告, 块: [宣传, {名称: 不足, 必有: 否}]}\n"
    report = (BASE / REPORT).read_text(encoding="utf-8").replace("{块=不足}", "")
    problems = found(make_project, {WORDS: words, REPORT: report})
    assert problems == ["FZ708 报告缺少“不足”这一块", "FZ708 报告缺少“宣传”这一块"]


def test_several_chapters_are_of_one_block(make_project: MakeProject) -> None:
    """Of the next year, too: what is typed there is planned."""
    body = "## 甲 {块=情况}\n\n好。\n\n## 乙 {块=安排}\n\n办3场。\n\n## 丙 {块=安排}\n\n办4场。\n"
    assert found(make_project, files(body)) == []


def test_numbers_are_those_of_the_levels_typed_and_no_level_is_skipped(
    make_project: MakeProject,
) -> None:
    body = "## 甲 {块=情况}\n\n#### 乙\n\n好。\n\n#### 丙\n\n好。\n\n### 丁\n\n##### 戊\n\n好。\n\n## 己\n\n好。\n"
    assert headings(make_project, files(body)) == [
        ("一、甲", 1, 1),
        ("1.乙", 2, 3),
        ("2.丙", 2, 3),
        ("（一）丁", 2, 2),
        ("（1）戊", 3, 4),
        ("二、己", 1, 1),
    ]


def test_numbers_are_as_declared(make_project: MakeProject) -> None:
    body = "## 甲 {块=情况}\n\n### 乙\n\n好。\n\n#### 丙\n\n好。\n\n## 丁\n\n好。\n"
    laid = files(body, ', 序号: [第一部分, 无, "1、"]}\n')
    assert headings(make_project, laid) == [
        ("第一部分\u3000甲", 1, 1),
        ("乙", 2, 2),
        ("1、丙", 3, 3),
        ("第二部分\u3000丁", 1, 1),
    ]
    deeper = files(body.replace("#### 丙", "##### 丙"), ', 序号: ["1.", （1）, 无]}\n')
    assert found(make_project, deeper) == ["FZ709 标题的级别不对"]


@pytest.mark.parametrize(
    "ordinals", ["[甲、]", "[]", "1.", "[一、, 一、一]", "[<1>]", "[一、, （一）, 1., （1）, 1、]"]
)
def test_a_number_is_one_that_can_be_counted_on(make_project: MakeProject, ordinals: str) -> None:
    laid = files("## 甲 {块=情况}\n\n好。\n", f", 序号: {ordinals}}}\n")
    (problem,) = found(make_project, laid)
    assert problem.startswith("FZ203 “序号”")


@pytest.mark.parametrize(
    ("written", "today", "due"),
    [
        ("2024-07-05", date(2024, 7, 8), ["2024-08-02"]),
        ("2025-03-20", date(2025, 3, 25), ["2025-04-18"]),
        ("2024-07-05", date(2025, 3, 25), []),
    ],
)
def test_only_an_annual_report_is_due_in_april(
    make_project: MakeProject, written: str, today: date, due: list[str]
) -> None:
    laid = files("## 甲 {块=情况}\n\n好。\n", head=HEAD.replace("2024-07-05", written))
    problems = project.load(Folder(make_project(laid)), today).problems
    found = [p.message for p in problems if p.rule == "FZ723"]
    assert [re.findall(r"期限是 ([\d-]+)", message)[0] for message in found] == due


def test_a_kind_of_text_holds_in_its_years(make_project: MakeProject) -> None:
    laid = files("## 甲 {块=情况}\n\n好。\n", ", 自: 2025}\n")
    assert found(make_project, laid) == ["FZ205 文种不能是“统计数据”"]
