"""By when a report is due: laws, working days, and when a check reminds."""

from datetime import date

import pytest

from fazhi import project
from fazhi.output import documents, review
from fazhi.output.downloads import downloads
from fazhi.output.pages.report import pages as report_pages
from fazhi.output.view import View
from fazhi.problems.problem import Severity
from fazhi.report.editions import Edition, Gate
from fazhi.rules.deadlines import working_days_after
from fazhi.sources.tree import Folder
from tests.conftest import BASE

REPORT = "docs/report/2024.md"
TOWNSHIP = "records/township.yml"
DRAFTED = "{状态: 草稿, 日期: 2025-01-10, 岗位: 平安法治办}"


# Counted by hand from 国务院办公厅关于2024年、2025年部分节假日安排的通知.


@pytest.mark.parametrize(
    ("day", "last"),
    [
        ("2025-02-12", "2025-03-12"),  # no holiday between
        ("2025-01-20", "2025-02-21"),  # 春节 2025, with 01-26 and 02-08 worked
        ("2024-01-31", "2024-03-04"),  # 春节 2024, with 02-04 and 02-18 worked
        ("2025-09-10", "2025-10-14"),  # 国庆 and 中秋, with 09-28 and 10-11 worked
        ("2025-01-25", "2025-02-27"),  # made on a Saturday before a worked Sunday
    ],
)
def test_working_days_mind_holidays_and_worked_weekends(day, last):
    assert working_days_after(date.fromisoformat(day), 20) == date.fromisoformat(last)


def report(written: str, *steps: str) -> str:
    listed = "流程:\n" + "".join(f"  - {step}\n" for step in steps) if steps else ""
    text = (BASE / REPORT).read_text(encoding="utf-8")
    return text.replace("成文日期: 2025-02-12\n", f"成文日期: {written}\n{listed}")


def reviewed(day: str) -> str:
    return f"{{状态: 已审核, 日期: {day}, 岗位: 乡长, 意见: 主动公开}}"


def published(day: str) -> str:
    return f"{{状态: 已发布, 日期: {day}, 岗位: 党政办, 意见: 主动公开}}"


WITHHELD = "{状态: 已审核, 日期: 2025-02-18, 岗位: 乡长, 意见: 不予公开}"
DRAFTED_AGAIN = "{状态: 草稿, 日期: 2025-02-19, 岗位: 党政办}"
HANDED_UP = "还没有审核上报"
MADE_PUBLIC = "还没有公布"


@pytest.mark.parametrize(
    ("today", "steps", "told"),
    [
        ("2025-01-12", (), []),
        ("2025-02-13", (), [f"{HANDED_UP}，还有 15 天", f"{MADE_PUBLIC}，还有 27 天"]),
        ("2025-02-13", (DRAFTED,), [f"{HANDED_UP}，还有 15 天", f"{MADE_PUBLIC}，还有 27 天"]),
        ("2025-02-28", (), [f"{HANDED_UP}，还有 0 天", f"{MADE_PUBLIC}，还有 12 天"]),
        ("2025-03-01", (), [f"{HANDED_UP}，已经过了 1 天", f"{MADE_PUBLIC}，还有 11 天"]),
        ("2025-03-13", (reviewed("2025-02-20"),), [f"{MADE_PUBLIC}，已经过了 1 天"]),
        ("2025-12-31", (reviewed("2025-02-20"),), [f"{MADE_PUBLIC}，已经过了 294 天"]),
        ("2026-01-01", (), []),
        ("2025-12-31", (reviewed("2025-02-20"), published("2025-03-12")), []),
        ("2025-12-31", (reviewed("2025-02-28"), published("2025-03-13")), ["公布晚了 1 天"]),
        (
            "2025-12-31",
            (reviewed("2025-03-01"), published("2025-04-01")),
            ["审核上报晚了 1 天", "公布晚了 20 天"],
        ),
    ],
)
def test_a_check_reminds_of_what_is_due(today, steps, told, make_project):
    township = (BASE / TOWNSHIP).read_text(encoding="utf-8") + "上报期限: 03-01\n"
    root = make_project({REPORT: report("2025-02-12", *steps), TOWNSHIP: township})
    found = project.load(Folder(root), date.fromisoformat(today)).problems
    said = sorted(problem.message for problem in found if problem.rule == "FZ723")
    begun = [message[: len(start)] for message, start in zip(said, sorted(told), strict=True)]
    assert begun == sorted(told)


def test_the_last_day_of_march_counts_where_a_report_was_made_late(make_project):
    root = make_project({REPORT: report("2025-03-25")})
    (problem,) = project.load(Folder(root), date(2025, 3, 30)).problems
    assert problem.message.startswith("还没有公布，还有 1 天：期限是 2025-03-31（《法治政府建设")


def test_the_29th_of_february_is_the_28th_in_other_years(make_project):
    last = "02-28"
    township = (BASE / TOWNSHIP).read_text(encoding="utf-8") + "上报期限: 02-29\n"
    root = make_project({REPORT: report("2025-02-12"), TOWNSHIP: township})
    found = [p.message for p in project.load(Folder(root), date(2025, 2, 20)).problems]
    assert any(m.startswith(HANDED_UP) and f"期限是 2025-{last}" in m for m in found)


@pytest.mark.parametrize(
    ("before", "today", "told"),
    [
        ("12-20", "2024-12-10", f"{HANDED_UP}，还有 9 天：期限是 2024-12-19"),
        ("12-20", "2025-01-05", f"{HANDED_UP}，已经过了 17 天：期限是 2024-12-19"),
        ("11-20", "2024-11-15", f"{HANDED_UP}，还有 4 天：期限是 2024-11-19"),
    ],
)
def test_a_report_may_be_due_in_the_year_that_it_tells_of(before, today, told, make_project):
    township = (BASE / TOWNSHIP).read_text(encoding="utf-8") + f"上报期限: {before}\n"
    files = {REPORT: report(f"2024-{before[:2]}-08"), TOWNSHIP: township}
    found = project.load(Folder(make_project(files)), date.fromisoformat(today)).problems
    assert "FZ718" not in {problem.rule for problem in found}
    assert any(problem.message.startswith(told) for problem in found)


def test_elsewhere_a_report_is_not_written_in_november(make_project):
    root = make_project({REPORT: report("2024-11-08")})
    found = project.load(Folder(root), date(2024, 11, 15)).problems
    assert "FZ718" in {problem.rule for problem in found}


@pytest.mark.parametrize(
    ("today", "steps", "told"),
    [
        ("2025-02-20", (reviewed("2025-02-20"), published("2025-02-20")), []),
        ("2025-12-31", (WITHHELD, published("2025-02-20")), ["FZ721"]),
        ("2025-12-31", (WITHHELD, DRAFTED_AGAIN, published("2025-02-20")), ["FZ720"]),
        ("2025-12-31", (WITHHELD, reviewed("2025-02-19"), published("2025-02-20")), []),
        ("2025-12-31", (WITHHELD,), []),
        ("2025-02-19", (reviewed("2025-02-12"), published("2025-02-20")), ["FZ742"]),
        ("2025-02-19", (DRAFTED, reviewed("2099-02-12")), ["FZ742"]),
        ("2025-01-09", (DRAFTED,), ["FZ742"]),
        ("2025-12-31", (reviewed("2024-02-18"),), ["FZ718"]),
    ],
)
def test_what_was_reviewed_as_not_public_is_not_published(today, steps, told, make_project):
    root = make_project({REPORT: report("2025-02-12", *steps)})
    found = project.load(Folder(root), date.fromisoformat(today)).problems
    assert [one.rule for one in found if one.severity is Severity.ERROR] == told


@pytest.mark.parametrize("opinion", ["不予公开", "依申请公开", "主动公开"])
@pytest.mark.parametrize("edition", Edition)
def test_what_was_reviewed_as_not_public_is_printed_as_a_draft(opinion, edition, make_project):
    steps = WITHHELD.replace("不予公开", opinion)
    root = make_project({REPORT: report("2025-02-12", reviewed("2025-02-17"), steps)})
    found = project.load(Folder(root), date(2025, 2, 19))
    told = [one.message for one in found.problems if one.rule == "FZ721"]
    (year,) = (one for one in found.years if one.year == 2024)
    view = View(year, Gate(edition, year.settings))
    if opinion == "主动公开":
        assert (told, view.watermark) == ([], "")
        return
    assert told == [f"审核的意见是{opinion}，报告照草稿印，不能公布"]
    assert (view.watermark, view.is_draft, downloads(view)) == ("草稿", True, {})
    page = str(report_pages(view)["report/2024.md"])
    assert "watermark: 草稿" in page and "引用" not in page
    assert any("（草稿）" in name for name in documents.forms(view, ""))
    assert "草稿：还没有审核" in review.head(view)[2]
