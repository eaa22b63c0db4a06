"""What a year still lacks: on the sample cut off at three days, and case by case."""

import re
from datetime import date
from fractions import Fraction

import pytest

from fazhi import project
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import plain
from fazhi.records.narrative import Narrative, ReportMeta
from fazhi.report import readiness, rendering
from fazhi.report.readiness import Readiness, figures, tables
from fazhi.schema.definition import Definition
from fazhi.sources.source import Source
from fazhi.sources.tree import Folder, Tree
from tests.conftest import BASE, CASES
from tests.support.building import ROOT
from tests.support.running import ran_script
from tests.support.trees import Overlay

REPORT = "docs/report/2024.md"


def found(tree: Tree, year: int, day: str) -> Readiness:
    """What a project's year lacks on a day."""
    years = project.load(tree, date.fromisoformat(day), has_evidence=False).years
    (basis,) = (one.basis for one in years if one.year == year)
    assert basis
    return readiness.of(basis)


# The sample, cut off


def cut_off(day: str) -> Overlay:
    """The sample as it was on a day: nothing later, the cases open that were, the report as far."""
    files: dict[str, bytes | None] = {}
    for file in ROOT.glob("records/*/*/*.md"):
        text, path = file.read_text(encoding="utf-8"), file.relative_to(ROOT).as_posix()
        days = dict(re.findall(r"(?m)^(\w*日期): (.{10})$", text))
        leading = min(days.values())
        if leading > day:
            files[path] = None
        elif max(days.values()) > day:
            text = re.sub("(?m)^结果: .*$", "结果: 在办", text)
            for key, held in days.items():
                text = text.replace(f"{key}: {held}\n", "") if held > day else text
            files[path] = text.encode()
    text = (ROOT / REPORT).read_text(encoding="utf-8")
    steps = re.findall(r"  - \{状态: .*日期: (.{10}),.*\}\n", text)
    for line in re.findall(r"  - \{状态: .*\n", text):
        text = text.replace(line, "") if re.findall("日期: (.{10})", line)[0] > day else text
    is_begun = steps[0] <= day or day >= "2024-11"
    files[REPORT] = text.replace("流程:\n---", "---").encode() if is_begun else None
    return Overlay(Folder(ROOT), files)


@pytest.mark.parametrize("day", ["2024-06-30", "2024-11-30", "2025-01-31"])
def test_the_sample_cut_off(day, request):
    printed = "\n".join(tables.text(found(cut_off(day), 2024, day))) + "\n"
    golden = CASES / "status" / f"{day}.txt"
    if request.config.getoption("--write-golden"):
        golden.write_bytes(printed.encode())
    assert printed == golden.read_bytes().decode()


# Words that want more

RATE, COUNT = (
    Definition.model_validate({"板块": "法治宣传", **keys})
    for keys in ({"名称": "率", "统计": "比率"}, {"名称": "数", "统计": "求和", "单位": "场"})
)
META = ReportMeta.model_validate({"标题": "报告", "署名": "乡", "成文日期": date(2025, 2, 12)})


def values(number: int, year: int = 2024, of: int = 40) -> Values:
    rate = Fraction(number * 100, of)
    return {
        "数": Value(COUNT, year, Fraction(number)),
        "率": Value(RATE, year, rate, numerator=number, denominator=of),
    }


def narrative(year: int, expression: str) -> Narrative:
    text = f"{{{{ {expression} }}}}"
    return Narrative(year, META, Source(f"docs/report/{year}.md", text, {}, text))


def said(expression: str, number: int) -> str | None:
    """What is printed of a number, or None where it is not true."""
    text = narrative(2024, expression)
    rendered = rendering.render(text, values(number), {})
    return None if rendered.problems else rendered.markdown


def wanting(expression: str, number: int) -> str:
    rows = figures.standings(values(number), {}, {}, (narrative(2024, expression), None))
    return "；".join(text for row in rows for text in row.wanting)


@pytest.mark.parametrize("expression", ["数 | 余", "数 | 多(2)", "数 | 近(90)", "数 | 以上(30)", "数 | 逾(30)", "数 | 余 | 汉字"])  # fmt: skip
def test_so_many_more_make_the_words_true_and_none_fewer(expression):
    for number in (0, 1, 9, 10, 11, 20, 29, 30, 31, 80, 81, 89, 90, 99, 100, 250):
        held_true_by_so_many_more(expression, number)


def held_true_by_so_many_more(expression: str, number: int) -> None:
    text = wanting(expression, number)
    if said(expression, number) is not None:
        assert text == ""
    elif more := re.fullmatch(r"再有 (\d+) 场才能说(.+)", text):
        assert said(expression, number + int(more[1])) == more[2]
        assert [n for n in range(number, number + int(more[1])) if said(expression, n)] == []
    else:
        assert re.fullmatch("现在多过“.*”，要换说法", text)
        assert not any(said(expression, n) for n in range(number, 1000))


@pytest.mark.parametrize("expression", ["率 | 以上(95)", "率 | 逾(90)", "率 | 近(98)"])
def test_of_a_rate_so_many_more_of_its_numerator(expression):
    for number in (0, 30, 35, 36, 37, 38, 39, 40):
        held_true_by_so_many_more_of_the_numerator(expression, number)


def held_true_by_so_many_more_of_the_numerator(expression: str, number: int) -> None:
    text = wanting(expression, number)
    if said(expression, number) is not None:
        assert text == ""
    elif more := re.search(r"^现在是 \d+/40，分子再有 (\d+) 才能说(.+)$", text):
        assert said(expression, number + int(more[1])) == more[2]
        assert [n for n in range(number, number + int(more[1])) if said(expression, n)] == []
    else:
        assert text == f"现在是 {number}/40，说不了"
        assert not any(said(expression, n) for n in range(number, 41))


@pytest.mark.parametrize(
    ("then", "now", "wants"),
    [
        (23, 18, "再有 3 场才能说20余场（上年这样说）"),
        (23, 0, "再有 21 场才能说20余场（上年这样说）"),
        (23, 20, "再有 1 场才能说20余场（上年这样说）"),
        (23, 29, ""),
        (23, 30, "现在多过“20余场”，要换说法（上年这样说）"),
        (210, 30, "再有 171 场才能说200余场（上年这样说）"),
    ],
)
def test_without_a_narrative_the_words_are_those_of_last_year(then, now, wants):
    texts = (None, narrative(2023, "数 | 余"))
    rows = figures.standings(values(now), {}, values(then, 2023), texts)
    assert "；".join(text for row in rows for text in row.wanting) == wants


# What is due or missing


def record(day: str, **more: str) -> bytes:
    lines = {"标题": f"{day}宣传", "日期": day, "类别": "宣传活动", "地点": "东村", **more}
    return ("---\n" + "".join(f"{k}: {v}\n" for k, v in lines.items()) + "---\n").encode()


def over_base(files: dict[str, str | bytes]) -> Overlay:
    made = {p: t if isinstance(t, bytes) else t.encode() for p, t in files.items()}
    return Overlay(Folder(BASE), made)


def every_month() -> dict[str, str | bytes]:
    """A record for each month of 2024."""
    days = [f"2024-{month:02d}-20" for month in range(1, 13)]
    return {f"records/2024/activities/{day}.md": record(day) for day in days}


STEPS = """流程:
  - {状态: 已审核, 日期: 2025-02-12, 岗位: 乡长, 意见: 主动公开}
  - {状态: 已发布, 日期: 2025-02-20, 岗位: 党政办, 意见: 主动公开}
"""


def published() -> dict[str, str | bytes]:
    text = (BASE / REPORT).read_text(encoding="utf-8")
    return {REPORT: text.replace("成文日期: 2025-02-12\n", f"成文日期: 2025-02-12\n{STEPS}")}


def task(due: str) -> dict[str, str | bytes]:
    return {"records/2024/tasks.yml": f"- {{编号: 一, 任务: 宣传, 期限: {due}}}\n"}


OPEN_CASE = """---
标题: 西村纠纷
受理日期: 2024-10-01
类别: 矛盾纠纷
结果: 在办
---
"""


@pytest.mark.parametrize(
    ("day", "files", "pressing"),
    [
        ("2024-12-31", every_month(), []),
        ("2024-12-31", {}, ["1、2、4、5、6、7、8、9、10、11月没有记录"]),
        ("2025-02-28", every_month(), ["公布还有 12 天", "报告还缺 4 样"]),
        ("2025-03-20", every_month(), ["公布过了 8 天", "报告还缺 4 样"]),
        ("2025-03-20", {**every_month(), **published()}, []),
        (
            "2025-02-19",
            {**every_month(), **published()},
            ["检查有 1 个错误", "公布还有 21 天", "报告还缺 4 样"],
        ),
        ("2024-12-31", {**every_month(), **task("2024-12-30")}, ["任务 一 过了期限没有记录"]),
        ("2024-12-31", {**every_month(), **task("2024-12-31")}, []),
        (
            "2024-12-31",
            {
                **every_month(),
                **task("2024-12-01"),
                "records/2024/activities/又.md": record("2024-11-03", 任务="[一]"),
            },
            [],
        ),
        (
            "2024-12-31",
            {
                **every_month(),
                "records/2024/activities/宪法宣传.md": record("2024-12-03", 发放资料份数="205"),
            },
            ["普法节点 12.4 没有活动"],
        ),
        (
            "2024-12-31",
            {**every_month(), "records/2024/cases/西村纠纷.md": OPEN_CASE},
            ["1 件案件超过办理天数"],
        ),
        (
            "2024-10-31",
            {**every_month(), "records/2024/cases/西村纠纷.md": OPEN_CASE},
            [],
        ),
        (
            "2024-12-31",
            {**every_month(), "records/2024/activities/又.md": record("2024-11-03", 村="[北村]")},
            ["检查有 1 个错误"],
        ),
    ],
)
def test_what_presses(day, files, pressing):
    assert found(over_base(files), 2024, day).pressing == pressing


def test_what_last_year_said_is_answered_by_a_task_that_names_it():
    tasks = "- {编号: 甲, 任务: 进村普法, 来源: 上年安排第1条}\n"
    tree = over_base(
        {
            "records/2025/tasks.yml": tasks,
            "records/2025/activities/a.md": record("2025-03-04", 任务="[甲]"),
        }
    )
    lacks = found(tree, 2025, "2025-06-30")
    assert [(one.block, one.place, len(one.answers)) for one in lacks.said] == [
        ("安排", 1, 1),
        ("不足", 1, 0),
    ]
    assert [len(one.records) for one in lacks.tasks] == [1]
    assert "2025-03-04宣传" in "".join(tables.text(lacks))
    assert not any("没有回应" in text for text in lacks.pressing)
    later = found(tree, 2025, "2026-01-05")
    assert "上年报告说了的有 1 条没有回应" in later.pressing


def test_the_text_names_no_case_by_its_title():
    case = OPEN_CASE.replace("---\n标题", "---\n任务: [一]\n标题")
    files = {**task("2024-12-30"), "records/2024/cases/2024-10-01-01.md": case}
    printed = "".join(tables.text(found(over_base(files), 2024, "2024-10-25")))
    assert printed.count("2024-10-01-01") == 2  # near its limit, and of a task
    assert "西村" not in printed


@pytest.mark.parametrize(("day", "numbers"), [("2024-06-30", "1场 2场"), ("2025-01-05", "2场 3场")])
def test_last_year_is_counted_up_to_the_same_day(day, numbers):
    days = ("2023-05-01", "2023-06-30", "2023-07-01", "2024-06-01")
    tree = over_base({f"records/{d[:4]}/activities/{d}.md": record(d) for d in days})
    rows = (row for row in found(tree, 2024, day).figures if row.value.name == "宣传活动")
    assert [f"{plain(row.value)} {plain(row.last)}" for row in rows if row.last] == [numbers]


@pytest.mark.parametrize(
    ("late", "coming", "shown"), [(40, 40, (5, 5)), (40, 2, (8, 2)), (3, 9, (3, 7)), (1, 1, (1, 1))]
)
def test_of_many_cases_some_are_listed_late_ones_and_coming_ones(late, coming, shown):
    files: dict[str, str | bytes] = {}
    for n in range(late + coming):
        day = "2024-10-01" if n < late else "2024-12-10"
        text = OPEN_CASE.replace("西村", f"西村{n}组").replace("2024-10-01", day)
        files[f"records/2024/cases/{day}-{n:03d}.md"] = text
    printed = "\n".join(tables.text(found(over_base(files), 2024, "2024-12-31")))
    listed = re.findall(r"^矛盾纠纷结案 (.{10})", printed, re.M)
    assert (listed.count("2024-10-01"), listed.count("2024-12-10")) == shown
    more = late + coming - sum(shown)
    assert (f"另有 {more} 件案件" in printed) == (more > 0)


@pytest.mark.parametrize(
    ("day", "clocks"),
    [
        ("2025-02-11", ["公布（4月1日以前）"]),
        ("2025-02-12", ["公布（成文后20个工作日）", "公布（4月1日以前）"]),
    ],
)
def test_a_clock_says_which_it_is_and_is_there_once_it_runs(day, clocks):
    listed = [clock.called for clock in found(Folder(BASE), 2024, day).report]
    assert [name for name in listed if name.startswith("公布")] == clocks


def test_what_a_published_report_lacks_is_not_denied_above():
    files = {**every_month(), **published()}
    after = "\n".join(tables.text(found(over_base(files), 2024, "2025-03-20")))
    assert "现在没有到期的，报告还缺 3 样。" in after
    assert "== 报告还缺的（" in after
    assert "公布以前" not in after


@pytest.mark.parametrize(
    ("now", "then", "said"),
    [(2, 0, "增加2场"), (0, 0, "持平"), (0, 2, "减少2场"), (0, None, ""), (None, 2, "")],
)
def test_a_zero_that_was_counted_is_a_number(now, then, said):
    last = None if then is None else values(then, 2023)["数"]
    value = values(now or 0)["数"] if now is not None else Value(COUNT, 2024, None)
    row = figures.Standing(value, last, ())
    assert (row.change, row.is_none) == (said, now is None)


# The command


def test_the_exit_code_says_whether_something_is_due(make_project):
    root = make_project(published())  # where a memory may be kept
    due = ran_script("status.py", "2024", "--date", "2024-12-31", "--root", root)
    assert (due.returncode, "没有记录" in due.stdout) == (1, True)
    calm = ran_script("status.py", "--date", "2026-01-05", "--root", root)
    assert calm.returncode == 0
    assert "2024年准备情况（2026-01-05）" in calm.stdout
    early = ran_script("status.py", "2024", "--date", "2024-06-30", "--root", root).stdout
    assert not {"FZ409", "FZ742"} & {*re.findall(r"FZ\d+", early)}
    for wrong in (["1999"], ["--date", "2024-02-30"], ["今年"]):
        assert ran_script("status.py", *wrong, "--root", root).returncode == 2


@pytest.mark.parametrize(
    ("day", "year"),
    [("2024-06-30", 2024), ("2025-01-31", 2024), ("2025-02-19", 2024), ("2025-03-01", 2025)],
)
def test_the_year_of_which_the_report_is_to_come_is_looked_at(day, year, make_project):
    root = make_project({**published(), "records/2025/activities/春.md": record("2025-01-10")})
    printed = ran_script("status.py", "--date", day, "--root", root).stdout
    assert printed.startswith(f"{year}年准备情况（{day}）")
