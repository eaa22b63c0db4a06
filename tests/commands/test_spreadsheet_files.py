"""What importing writes and exporting makes, and the two commands."""

import io
import re
import shutil
import subprocess
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fazhi import project
from fazhi.commands.spreadsheets import exporting, importing
from fazhi.commands.spreadsheets.importing import Plan
from fazhi.problems.problem import has_errors
from fazhi.records import ledger
from fazhi.schema import kinds as schema
from fazhi.sources.aside import alone
from fazhi.sources.tree import Folder
from tests.conftest import TODAY, settings_of
from tests.support.building import ROOT, contents
from tests.support.running import Terminal, ran_script
from tests.support.workbooks import CASE, handed_in, laid_out, planned

# What is written


def imported(root: Path, file: Path) -> Plan:
    made = planned(root, file)
    made.write(root)
    return made


TIDY = """\
---
标题: 西村排水纠纷
受理日期: 2024-04-02
类别: 矛盾纠纷
办结日期: 2024-04-09
结果: 调解成功
纠纷类型: 邻里纠纷
村: 西村
来源: ["12345"]
涉及人数: 1200
佐证材料:
  - {名称: "协议, 两份", 档号: "7"}
---
第一段。

第二段。
"""


def test_what_is_imported_is_a_clean_record(make_project):
    root = make_project({})
    file = laid_out("tidy", root)
    made = imported(root, file)
    assert not has_errors(made.problems)
    assert (root / "records/2024/cases/2024-04-02-01.md").read_text(encoding="utf-8") == TIDY
    assert not has_errors(project.load(Folder(root), TODAY).problems)


@pytest.mark.parametrize("case", ["tidy", "activities", "standings-and-meetings", "changed"])
def test_importing_twice_adds_nothing(case, make_project):
    root = make_project({})
    file = laid_out(case, root)
    assert imported(root, file).entries
    after = contents(root)
    again = imported(root, file)
    assert not again.entries
    assert again.unchanged == sum(len(table.rows) for table in again.tables)
    assert contents(root) == after


COMMENTED = """\
---
# 第一次登记
标题: '国家宪法日集中宣传'   # 原来的引号留着
类别: 宣传活动
日期: 2024-12-04
地点: 东村广场
发放资料份数: 205  # 数过两遍
主题: [ 宪法 ]
计数: {悬挂横幅: 2}
---

经过：\x20\x20
第二行。\x20\x20
"""


SHEET = """
编号 标题 日期 类别 地点 主题 发放资料份数 悬挂横幅
宪法宣传 国家宪法日集中宣传 2024-12-04 宣传活动 东村广场 宪法 206 2
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_change_leaves_all_else_byte_for_byte(ends, mark, make_project):
    path = "records/2024/activities/宪法宣传.md"
    old = mark + COMMENTED.replace("\n", ends)
    root = make_project({path: old})
    made = imported(root, handed_in(root, {"活动": [*map(str.split, SHEET.strip().splitlines())]}))
    assert [dict(entry.changes) for entry in made.entries] == [{"发放资料份数": 206}]
    assert (root / path).read_bytes().decode() == old.replace("205", "206")


def test_a_bad_row_keeps_all_from_being_written(make_project):
    root = make_project({})
    file = laid_out("csv-utf8", root)
    before = contents(root)
    done = import_ledger(file, "--root", root)
    assert done.returncode == 1
    assert "读到 2 行：可以新增 1，改动 0，没有变化 0，退回 1，" in done.stderr
    assert "什么也没有写" in done.stderr
    assert contents(root) == before


def test_a_long_line_in_which_nothing_is_parted_is_read_once(make_project, tmp_path):
    """Looked for from each of its characters on, it would take hours."""
    (tmp_path / "台账.csv").write_text('"' * 2_000_001, encoding="utf-8")
    done = import_ledger(tmp_path / "台账.csv", "--kind", "活动", "--root", make_project({}))
    assert (done.returncode, "引号没有成对" in done.stdout) == (1, True)
    head = "标题,日期,类别,地点,主题"
    (tmp_path / "台账.csv").write_text(f"{head}\n{'长' * 200_000},,,,\n", encoding="utf-8")
    done = import_ledger(tmp_path / "台账.csv", "--kind", "活动", "--root", make_project({}))
    assert (done.returncode, "引号" in done.stdout, "读到 1 行" in done.stderr) == (1, False, True)


def test_bad_rows_come_back_with_their_reasons_and_can_be_mended(make_project, tmp_path):
    root = make_project({})
    given_file = laid_out("csv-utf8", root)
    file = tmp_path / "台账.csv"
    shutil.copyfile(given_file, file)
    done = import_ledger(file, "--root", root, "--skip-bad")
    assert done.returncode == 1
    assert (root / "records/2024/cases/2024-07-01-01.md").is_file()
    back = tmp_path / "台账-退回.xlsx"
    book = openpyxl.load_workbook(back)
    rows = [[cell.value for cell in row] for row in book["案件"].iter_rows()]
    assert rows[0] == ["标题", "受理日期", "类别", "结果", "正文", "原因"]
    assert rows[1][:4] == ["东村院坝纠纷", "2024-07-02", "矛盾纠纷", "和解"]
    assert "D列：" in str(rows[1][5])
    assert import_ledger(file, "--root", root, "--skip-bad").returncode == 1
    assert (tmp_path / "台账-退回-2.xlsx").is_file()
    book["案件"]["D2"] = "在办"
    book.save(back)
    mended = import_ledger(back, "--root", root)
    assert (mended.returncode, "新增 1" in mended.stderr) == (0, True), mended.stdout
    assert (root / "records/2024/cases/2024-07-02-01.md").is_file()


def test_refused_formulas_come_back_defused(make_project, tmp_path):
    root = make_project({})
    made = planned(root, laid_out("formulas", root))
    back = tmp_path / "退回.xlsx"
    back.write_bytes(importing.refused(made))
    cells = [cell for row in openpyxl.load_workbook(back)["案件"].iter_rows() for cell in row]
    assert "=TODAY()" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_what_cannot_be_written_undoes_what_was(make_project):
    root = make_project({})
    head = ["标题", "受理日期", "类别", "结果"]
    rows = [[f"东村纠纷{n}", f"202{n}-07-01", "矛盾纠纷", "在办"] for n in (2, 3, 4)]
    sheets = {"活动": [["编号", "地点"], ["宪法宣传", "东村院坝"]], "案件": [head, *rows]}
    made = planned(root, handed_in(root, sheets))
    assert len(made.entries) == 4
    (root / "records/2023").write_text("不是文件夹", encoding="utf-8")
    before = contents(root / "records")
    with pytest.raises(OSError):
        made.write(root)
    assert contents(root / "records") == before
    assert not list(root.rglob(".writing*"))
    assert not (root / "records/2022").exists()
    done = import_ledger(root.parent / "台账.xlsx", "--root", root)
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "什么也没有写。")


def test_an_interruption_undoes_what_was(make_project, monkeypatch):
    root = make_project({})
    made = planned(root, laid_out("changed", root))
    made.entries += planned(root, handed_in(root, CASE)).entries
    assert {entry.record is None for entry in made.entries} == {True, False}
    before = contents(root / "records")
    replace = Path.replace
    for last in range(1, len(made.entries) + 1):
        done: list[Path] = []

        def interrupted(
            file: Path, target: Path, done: list[Path] = done, last: int = last
        ) -> None:
            replace(file, target)
            done.append(target)
            if len(done) == last:
                raise KeyboardInterrupt

        monkeypatch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            made.write(root)
        assert contents(root / "records") == before


def test_a_file_that_came_meanwhile_is_not_overwritten(make_project):
    root = make_project({})
    made = planned(root, handed_in(root, CASE))
    taken = root / made.entries[0].path
    taken.write_text("别人刚写的", encoding="utf-8")
    with pytest.raises(FileExistsError):
        made.write(root)
    assert taken.read_text(encoding="utf-8") == "别人刚写的"


def test_a_record_that_another_changed_meanwhile_keeps_it(make_project):
    root = make_project({})
    made = planned(root, laid_out("changed", root))
    changed = next(root / entry.path for entry in made.entries if entry.record)
    changed.write_text(changed.read_text(encoding="utf-8") + "别人补的\n", encoding="utf-8")
    before = contents(root / "records")
    with pytest.raises(FileExistsError, match="刚才被别人改过"):
        made.write(root)
    assert contents(root / "records") == before


def test_two_that_write_do_so_one_after_the_other(make_project, capfd):
    root = make_project({})
    made = planned(root, handed_in(root, CASE))
    with ThreadPoolExecutor() as other:
        with alone(root, "writing"):
            writing = other.submit(made.write, root)
            taken = root / made.entries[0].path
            assert not taken.exists()
            taken.write_text("别人刚写的", encoding="utf-8")
            told = ""
            while "等它写完" not in told:
                told += capfd.readouterr().err
        assert isinstance(writing.exception(), FileExistsError)
    assert taken.read_text(encoding="utf-8") == "别人刚写的"


# What is exported


def exported(root: Path, year: int = 2024) -> Any:
    configured = settings_of(root)
    records = ledger.load(Folder(root)).of_year(year)
    data, problems = exporting.workbook(records, list(schema.KINDS.values()), configured, year)
    assert not problems
    return openpyxl.load_workbook(io.BytesIO(data))


def test_an_exported_sheet_is_one_to_work_in(make_project):
    sheet = exported(make_project({}))["案件（示例）"]
    headers = {str(cell.value): cell for cell in sheet[1]}
    assert list(headers)[:4] == ["编号", "标题*", "受理日期*", "类别*"]
    assert list(headers)[-1] == "正文"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (
        "C2",
        f"A1:{headers['正文'].column_letter}2",
    )
    assert headers["标题*"].font.b
    assert "受理的日期" in headers["受理日期*"].comment.text
    day = sheet.cell(2, headers["受理日期*"].column)
    assert (day.is_date, day.number_format) == (True, "yyyy-mm-dd")
    assert sheet.cell(2, headers["来源"].column).number_format == "@"


def test_sheets_of_samples_say_so_and_are_read_as_the_others(make_project, tmp_path):
    root = make_project({})
    shutil.copytree(ROOT / "tests/cases/rules/FZ414/pass", root, dirs_exist_ok=True)
    book = exported(root)
    assert {"案件（示例）", "汇总（示例）"} < {*book.sheetnames}
    book.save(tmp_path / "台账.xlsx")
    made = planned(root, tmp_path / "台账.xlsx")
    assert {table.kind.name for table in made.tables} > {"案件", "汇总"}
    assert (made.problems, made.entries) == ([], [])
    township = root / "records/township.yml"
    own = township.read_text(encoding="utf-8").replace("示例数据: 是", "示例数据: 否")
    township.write_text(own, encoding="utf-8")
    assert not [name for name in exported(root).sheetnames if "示例" in name]
    (tmp_path / "活动.csv").write_text("标题,性质\n宣传,示例数据；未定稿\n", encoding="utf-8")
    real = exported(root)
    for name in ("台账（示例）.xlsx", "台账(示例).xlsx", "真的（示例县）.xlsx"):
        real.save(tmp_path / name)
    told = {
        file.name: {problem.rule for problem in planned(root, file).problems}
        for file in tmp_path.glob("*.*")
    }
    sample = told.pop("活动.csv") & told.pop("台账.xlsx")
    assert (sample, told.pop("真的（示例县）.xlsx")) == ({"FZ925"}, set())
    assert told == {"台账（示例）.xlsx": {"FZ925"}, "台账(示例).xlsx": {"FZ925"}}


def test_drop_down_lists_hold_the_words(make_project):
    book = exported(make_project({}))
    sheet = book["案件（示例）"]
    letters = {str(cell.value).rstrip("*"): cell.column_letter for cell in sheet[1]}
    lists = {}
    for validation in sheet.data_validations.dataValidation:
        name, area = validation.formula1.split("!")
        assert name == "'词表'"
        words = [cell.value for (cell,) in book["词表"][area.replace("$", "")]]
        lists[str(validation.sqref).split("2:")[0]] = (words, validation.showErrorMessage)
    assert lists[letters["类别"]] == (["矛盾纠纷"], True)
    assert lists[letters["结果"]] == (["调解成功", "调解不成", "在办"], True)
    assert lists[letters["村"]] == (["东村", "西村"], True)
    assert lists[letters["来源"]] == (["群众申请", "12345"], False)
    assert lists[letters["公开"]] == (["仅统计"], True)
    assert book["词表"].sheet_state == "hidden"


def test_no_text_becomes_a_formula(make_project):
    texts = ["=1+1", "+86", "-x", "@name", "#N/A", "a _x0041_ b"]
    data = "".join(f'  - {{名称: "{text}"}}\n' for text in texts)
    path = "records/2024/activities/宪法宣传.md"
    root = make_project({})
    text = (root / path).read_text(encoding="utf-8")
    title = text.replace(
        "标题: 国家宪法日集中宣传", 'title: "=HYPERLINK(1)"'.replace("title", "标题")
    )
    root = make_project({path: title.replace("普法节点", f"佐证材料:\n{data}普法节点")})
    sheet = exported(root)["活动（示例）"]
    cell = sheet["B2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    configured = settings_of(root)
    file = root.parent / "台账.xlsx"
    records = ledger.load(Folder(root)).records
    kinds = list(schema.KINDS.values())
    file.write_bytes(exporting.workbook(records, kinds, configured, 2024)[0])
    assert not planned(root, file).entries


def test_an_exported_file_names_no_one(make_project):
    root = make_project({})
    configured = settings_of(root)
    data, _ = exporting.workbook([], [schema.KINDS["案件"]], configured, 2024)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"creator" not in parts.read("docProps/core.xml")
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_what_no_cell_can_hold_is_told(make_project):
    path = "records/2024/cases/东村山林纠纷.md"
    root = make_project({})
    long = (root / path).read_text(encoding="utf-8") + "长" * 33_000
    root = make_project({path: long})
    configured = settings_of(root)
    records = ledger.load(Folder(root)).records
    kinds = [schema.KINDS["案件"]]
    data, (problem,) = exporting.workbook(records, kinds, configured, 2024)
    assert (problem.path, problem.rule) == (path, "FZ917")
    assert openpyxl.load_workbook(io.BytesIO(data))["案件（示例）"].max_row == 1


def test_the_kind_can_be_said(make_project):
    root = make_project({})
    file = laid_out("ambiguous", root)
    made = planned(root, file, "会议")
    assert {(problem.rule, problem.column) for problem in made.problems} == {("FZ907", 1)}
    root = make_project({})
    file = laid_out("items", root)
    assert [table.kind.name for table in planned(root, file, "现状").tables] == ["现状"]
    (problem,) = planned(root, file, "活动").problems
    assert problem.message == "没有“活动”的表"


# The commands


def import_ledger(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return ran_script("import_ledger.py", *arguments, "--today", str(TODAY))


def test_the_commands_from_template_to_import(make_project, tmp_path):
    root = make_project({})
    made = ran_script(
        "export_ledger.py", "--template", "--kind", "活动", "--root", root, cwd=tmp_path
    )
    assert made.returncode == 0, made.stderr
    file = tmp_path / "空白台账.xlsx"
    book = openpyxl.load_workbook(file)
    sheet = book["活动"]
    headers = [str(cell.value).rstrip("*") for cell in sheet[1]]
    row = {"标题": "禁毒宣传", "日期": "2024-06-20", "类别": "宣传活动", "地点": "东村"}
    sheet.append([row.get(header) for header in headers])
    book.save(file)
    dry = import_ledger(file, "--root", root, "--dry-run")
    assert (dry.returncode, "新增 records/2024" in dry.stdout) == (0, True)
    assert not (root / "records/2024/activities/2024-06-20-禁毒宣传.md").exists()
    done = import_ledger(file, "--root", root)
    assert (done.returncode, "新增 1" in done.stderr) == (0, True), done.stdout
    assert (root / "records/2024/activities/2024-06-20-禁毒宣传.md").is_file()
    for name in ("2024年台账（内部）（示例）.xlsx", "2024年台账（内部）（示例）-2.xlsx"):
        exported = ran_script("export_ledger.py", "2024", "--root", root, cwd=tmp_path)
        assert exported.returncode == 0
        assert (tmp_path / name).is_file()


@pytest.mark.parametrize(
    ("script", "arguments"),
    [
        ("import_ledger.py", []),
        ("import_ledger.py", ["没有.xlsx"]),
        ("import_ledger.py", ["pyproject.toml", "--kind", "案子"]),
        ("import_ledger.py", ["pyproject.toml", "--today", "昨天"]),
        ("export_ledger.py", []),
        ("export_ledger.py", ["去年"]),
        ("export_ledger.py", ["1999"]),
        ("export_ledger.py", ["2024", "--kind", "案子"]),
        ("export_ledger.py", ["2024", "--out", "台账.xls"]),
    ],
)
def test_wrong_usage_is_told(script, arguments):
    done = ran_script(script, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "用法" in done.stderr
    assert "Traceback" not in done.stderr


# How far it is


def test_a_long_import_tells_how_far_it_is_to_who_looks_on(make_project):
    root = make_project({})
    cases = [
        [f"第{n}号纠纷", "2024-07-01", "矛盾纠纷", "调解成功", "2024-07-05"] for n in range(250)
    ]
    file = handed_in(root, {"案件": [*CASE["案件"], *cases]})
    arguments = [
        "scripts/import_ledger.py",
        str(file),
        "--root",
        str(root),
        "--today",
        "2025-03-01",
    ]
    terminal = Terminal(arguments, ROOT)
    said = terminal.asked()
    assert terminal.ends() == 0
    for step in ("正在读台账", "核对 100/251", "检查 200/251", "写入 200/251"):
        assert step in said
    last = said.rpartition("写入")[2]
    assert re.search(r"\r +\r.*新增 251", last, re.DOTALL)


def test_nobody_is_told_where_nobody_looks_on(make_project):
    root = make_project({})
    done = ran_script(
        "import_ledger.py", handed_in(root, CASE), "--root", root, "--today", "2025-03-01"
    )
    assert done.stderr == "读到 1 行：新增 1，改动 0，没有变化 0，退回 0，跳过空行和合计行 0。\n"
