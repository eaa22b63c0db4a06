"""Spreadsheets as offices hand them in: who does what a message says has one that passes."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.utils import get_column_letter

from fazhi.commands.spreadsheets import importing
from fazhi.commands.spreadsheets.importing import Plan
from tests.conftest import MakeProject, printed
from tests.support.workbooks import handed_in, planned, workbook
from tests.test_obeyed import GOOD, RECORD

HEADER = ["标题", "日期", "类别", "地点", "参加人次", "发放资料份数", "主题", "悬挂横幅"]
ROW = ["宪法宣讲", "2024-12-03", "宣传活动", "东村", 30, 20, "宪法", 2]
OTHER = ["禁毒宣讲", "2024-12-05", "宣传活动", "西村", 40, 50, "禁毒", 3]
Table = list[list[Any]]


def row(given: list[Any] = ROW, **cells: Any) -> list[Any]:
    """A row with some cells otherwise."""
    return [cells.get(name, value) for name, value in zip(HEADER, given, strict=True)]


PERIOD = [name for name in HEADER if name != "日期"] + ["起始日期", "结束日期"]
DAYS = [*ROW[:1], *ROW[2:], "2024-12-03", "2024-12-05"]
MERGED: list[tuple[str, str, Table, Table]] = [
    ("E2:E3", "第2行 E列: 错误 FZ921 第2至3行合并成一格，数量不知道怎样分", [ROW, row(OTHER, 参加人次=None)], [ROW, OTHER]),
    ("E2:E3", "第2行 E列: 错误 FZ921", [row(参加人次="30人"), row(OTHER, 参加人次=None)], [ROW, OTHER]),
    ("H2:H3", "第2行 H列: 错误 FZ921", [ROW, row(OTHER, 悬挂横幅=None)], [ROW, OTHER]),
    ("E2:F2", "第2行 E列: 错误 FZ921 E至F列合并成一格，不知道是哪一列的", [row(发放资料份数=None)], [ROW]),
    ("E2:F3", "第2行 E列: 错误 FZ921", [row(发放资料份数=None), row(OTHER, 参加人次=None, 发放资料份数=None)], [ROW, OTHER]),
    ("F2:G2", "第2行 F列: 错误 FZ921", [row(主题=None)], [ROW]),
]  # fmt: skip
"""A merged range, what is said, the rows, and the rows of who obeys."""


def imported(make_project: MakeProject, rows: Sequence[Sequence[Any]], *merged: str) -> Plan:
    root = make_project({})
    return planned(root, handed_in(root, {"活动": {"行": rows, "合并": merged}}))


@pytest.mark.parametrize(("area", "said", "wrong", "right"), MERGED)
def test_a_number_of_several_rows_is_not_that_of_each(area, said, wrong, right, make_project):
    plan = imported(make_project, [HEADER, *wrong], area)
    assert said in "".join(plan.told())
    assert not plan.accepted()
    plan = imported(make_project, [HEADER, *right])
    assert (plan.problems, len(plan.accepted())) == ([], len(right))


@pytest.mark.parametrize("name", ["标题", "日期", "类别", "地点", "主题"])
def test_words_and_days_of_several_rows_are_those_of_each(name, make_project):
    below = {**{"标题": OTHER[0]}, name: None} if name != "标题" else {name: None}
    letter = get_column_letter(HEADER.index(name) + 1)
    plan = imported(make_project, [HEADER, ROW, row(OTHER, **below)], f"{letter}2:{letter}3")
    assert plan.problems == []
    told = [yaml.safe_load(entry.text.split("---")[1]) for entry in plan.accepted()]
    assert told[0][name] == told[1][name]


def test_a_number_merged_with_nothing_is_its_row_s(make_project):
    rows: Table = [["活动台账"], HEADER, ROW, [None] * 8, ["合计", None, None, None, 30, 20]]
    plan = imported(make_project, rows, "A1:H1", "E3:E4", "A5:D5")
    assert (plan.problems, len(plan.accepted())) == ([], 1)


BROKEN = [
    ("标题", "冬季\n法律宣传", "冬季法律宣传"),
    ("标题", "“12.4”\n宪法宣传", "“12.4”宪法宣传"),
    ("标题", "宪法 \n\n 宣传", "宪法宣传"),
    ("标题", "12.4\n宪法宣传", "12.4 宪法宣传"),
    ("类别", "宣传\n活动", "宣传活动"),
    ("日期", "2024-\n12-03", date(2024, 12, 3)),
    ("参加人次", "1,\n000", 1000),
    ("主题", "国家\n安全", ["国家安全"]),
    ("主题", "宪法\n禁毒", ["宪法", "禁毒"]),
    ("正文", "第一段\n第二段", None),
]


@pytest.mark.parametrize(("name", "typed", "read"), BROKEN)
def test_a_line_end_that_makes_a_cell_fit_is_none(name, typed, read, make_project):
    given: dict[str, Any] = {**dict(zip(HEADER, ROW, strict=True)), name: typed}
    rows: Table = [[*given], [*given.values()]]
    plan = imported(make_project, rows)
    assert plan.problems == []
    (entry,) = plan.accepted()
    data, _, prose = entry.text.removeprefix("---\n").partition("---\n")
    assert yaml.safe_load(data).get(name) == read
    assert prose == (f"{typed}\n" if name == "正文" else "")


CERTAIN = [
    (7, "000", "007"),
    (0.95, "0%", "95%"),
    (3.1, "0.00_ ", "3.10"),
    (1234567.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1,234,567.50"),
    (123456789012345, "General", "123456789012345"),
    (12.4, "General", "12.4"),
]
"""A number in a column of texts, its format, and what is shown and read."""
UNCERTAIN = [
    (12, '"第"0"号"', "这一格是数字 12，显示成什么说不准。把格子设为“文本”格式，照看到的重新填写"),
    (2.5, "0", "说不准"),
    (1e-7, "General", "说不准"),
    (500229198001011328, "0", "16 位以上的数字，Excel 只留前 15 位"),
    ("1.38965E+10", "General", "1.38965E+10 是 Excel 缩写的数"),
    (timedelta(hours=30), "[h]:mm", "被改成了时间 30:00:00"),
    (datetime(2024, 3, 1, 9, 5), "yyyy-m-d h:mm", "被改成了日期 2024-03-01 09:05:00"),
]


def shown(make_project: MakeProject, value: Any, form: str, name: str = "地点") -> Plan:
    root, place = make_project({}), f"{get_column_letter(HEADER.index(name) + 1)}2"
    sheet = {"行": [HEADER, row(**{name: value})], "格式": {place: form}}
    return planned(root, handed_in(root, {"活动": sheet}))


@pytest.mark.parametrize(("value", "form", "read"), CERTAIN)
def test_a_number_among_texts_is_what_the_sheet_shows(value, form, read, make_project):
    plan = shown(make_project, value, form)
    (entry,) = plan.accepted()
    assert (plan.problems, entry.draft.data["地点"]) == ([], read)


@pytest.mark.parametrize(("value", "form", "told"), UNCERTAIN)
def test_what_a_sheet_no_longer_shows_is_told_and_given_back(value, form, told, make_project):
    plan = shown(make_project, value, form)
    assert told in "".join(plan.told())
    assert not plan.accepted()
    given_back = openpyxl.load_workbook(io.BytesIO(importing.refused(plan)))["活动"]["D2"]
    assert given_back.value == value
    assert isinstance(value, str) or given_back.number_format == form


def test_a_number_that_is_counted_is_one_whatever_its_format(make_project):
    assert shown(make_project, 12, '0"人"', "参加人次").problems == []
    told = "".join(shown(make_project, 10**15, "0", "参加人次").told())
    assert "“参加人次”是 16 位以上的数字" in told


def test_a_no_break_blank_is_a_blank(make_project):
    titles = [GOOD[RECORD].replace("国家宪法日", f"国家宪法日{blank}") for blank in " \xa0"]
    root = make_project({RECORD: titles[0], RECORD.replace("宪法", "又一"): titles[1]})
    assert "FZ411" in printed(root)


def test_a_title_over_two_lines_is_the_same_title(make_project):
    wrong = GOOD[RECORD].replace("标题: 国家宪法日集中宣传", '标题: "国家宪法日\\n集中宣传"')
    assert "FZ411" in printed(make_project({RECORD.replace("宪法", "又一"): wrong}))


SEVERAL = ["2024.12.3-12.5", "2024年12月3日至5日", "2024-12-03～2024-12-05", "2024.12.3—5"]


@pytest.mark.parametrize("typed", SEVERAL)
def test_days_in_one_cell_are_told_apart(typed, make_project):
    (problem,) = imported(make_project, [HEADER, row(日期=typed)]).problems
    assert problem.hint.startswith(
        "跨几天的，分成“起始日期” 2024-12-03 和“结束日期” 2024-12-05 两列"
    )
    assert imported(make_project, [PERIOD, DAYS]).problems == []


SEVERAL_FAULTS = [
    (row(类别="宣传", 参加人次="约30", 日期="2024.12.3-12.5"), ["B FZ203", "C FZ301", "E FZ203"]),
    (row(主题="普法", 地点=None, 参加人次="30.5"), ["D FZ911", "E FZ203", "G FZ303"]),
    (row(标题=None, 地点=None, 类别="宣传", 主题="普法"), ["A FZ911", "C FZ301", "G FZ303"]),
    (row(日期="冬天", 主题="普法", 参加人次="=SUM(A1)"), ["B FZ203", "E FZ905", "G FZ303"]),
    (row(日期=None, 主题="普法", 悬挂横幅="几条"), ["B FZ206", "G FZ303", "H FZ203"]),
    (row(主题="普法", 发放资料份数="两份"), ["F FZ203", "G FZ303"]),
    (row(类别=None, 主题="普法"), ["C FZ911", "G FZ303"]),
]


@pytest.mark.parametrize(("wrong", "told"), SEVERAL_FAULTS)
def test_a_row_is_told_all_its_faults_at_once(wrong, told, make_project):
    problems = imported(make_project, [HEADER, wrong, OTHER]).problems
    assert {p.line for p in problems} == {2}
    assert [f"{get_column_letter(p.column)} {p.rule}" for p in problems] == told


def test_a_case_is_told_all_its_faults_at_once(make_project):
    header = ["标题", "受理日期", "类别", "结果", "办结日期", "村", "纠纷类型"]
    case = ["东村水渠纠纷", "七月", "矛盾纠纷", "成功", "2024-07-05", "南村", "邻里"]
    plan = planned(root := make_project({}), handed_in(root, {"案件": [header, case]}))
    told = [f"{get_column_letter(p.column)} {p.rule}" for p in plan.problems]
    assert told == ["B FZ203", "D FZ304", "F FZ305", "G FZ303"]


def strict(workbook: bytes, more: Mapping[str, str]) -> bytes:
    """A workbook as Excel saves it as “Strict Open XML”, with some more that is otherwise."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as given, zipfile.ZipFile(out, "w") as made:
        for part in given.namelist():
            text = given.read(part).decode()
            for old, new in {**STRICT, **more}.items():
                text = re.sub(old, new, text)
            made.writestr(part, text)
    return out.getvalue()


OOXML = "http://schemas.openxmlformats.org/"
STRICT = {
    f"{OOXML}{room}/2006/{what}": f"http://purl.oclc.org/ooxml/{room}/{what}"
    for room, what in [
        *(("spreadsheetml", "main"), ("drawingml", "main")),
        *(("officeDocument", "relationships"), ("officeDocument", "extended-properties")),
    ]
}
LIKE = [
    {},
    {"<workbook ": '<workbook conformance="strict" '},
    {
        "<workbook xmlns=": "<x:workbook xmlns:x=",
        "(</?)(sheets?[ />])": r"\1x:\2",
        "</workbook": "</x:workbook",
    },
    {'<c r="B2".*?</c>': '<c r="B2" t="d"><v>2024-12-03</v></c>'},
]


@pytest.mark.parametrize("more", LIKE)
def test_a_strict_workbook_is_read(more, make_project):
    root = make_project({})
    file = root.parent / "台账.xlsx"
    file.write_bytes(strict(workbook({"活动": [HEADER, ROW, OTHER]}), more))
    plan = planned(root, file)
    assert (plan.problems, len(plan.accepted())) == ([], 2)
