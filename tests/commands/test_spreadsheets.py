"""Spreadsheets: what offices hand in becomes records, or is sent back with a reason for each cell.

`spreadsheets/<case>/` has a file, as a `.csv` or as the rows of an `.xlsx`; `input/` is laid over
the base project; `expected.txt` holds what is said of it, problem by problem, and what it would do.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Mapping
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from fazhi.commands.spreadsheets import exporting
from fazhi.records import ledger
from fazhi.schema.kinds import KINDS
from fazhi.sources.tree import Folder
from tests.conftest import settings_of
from tests.support.building import contents
from tests.support.workbooks import CASE, CASES, CASES_FOLDER, laid_out, planned, said, workbook


def test_there_are_enough_cases():
    assert len(CASES) >= 30


@pytest.mark.parametrize("case", CASES)
def test_says_what_is_expected(case, make_project, request):
    root = make_project({})
    file = laid_out(case, root)
    before = contents(root)
    found = said(planned(root, file))
    assert contents(root) == before
    expected = CASES_FOLDER / case / "expected.txt"
    if request.config.getoption("--write-golden"):
        expected.write_bytes(found.encode())
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_every_message_names_a_cell_and_how_to_mend_it(case):
    for line in (CASES_FOLDER / case / "expected.txt").read_text("utf-8").splitlines():
        if " FZ" in line:
            assert re.fullmatch(r"台账\.\S+ 第\d+行 [A-Z]+列: (?:错误|警告) FZ\d{3} .+。.+", line)


# Files that are no ledger


def archive(parts: Mapping[str, bytes | None], *, over: Mapping[str, Any] | None = None) -> bytes:
    """A workbook with other parts put in, or in the place of its own; or without them."""
    sheets = over or {"案件": [["标题", "受理日期", "类别", "结果"]]}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(sheets))) as given,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
    ):
        for name in [name for name in given.namelist() if name not in parts]:
            made.writestr(name, given.read(name))
        for name, data in parts.items():
            if data is not None:
                made.writestr(name, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def rows_xml(rows: str, declaration: str = '<?xml version="1.0"?>') -> bytes:
    return f"{declaration}<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>".encode()


def with_rows(rows: str) -> bytes:
    return archive({SHEET: rows_xml(rows)})


def encrypted() -> bytes:
    data = bytearray(workbook({"案件": [["标题"]]}))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("word/document.xml", "<w/>")
    return out.getvalue()


def many_rows() -> bytes:
    cell = '<c r="A{0}" t="inlineStr"><is><t>标题</t></is></c>'
    return rows_xml("".join(f'<row r="{n}">{cell.format(n)}</row>' for n in range(1, 20_003)))


TWO = {"案件": [["标题"]], "会议": [["标题"]]}
STRANGE = {
    "xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "FZ901", "另存为"),
    "html": (b"\xef\xbb\xbf<html><table><tr><td>1</td></tr></table></html>", "FZ901", "网页格式"),
    "text": ("标题,受理日期\n".encode(), "FZ901", "不是 .xlsx"),
    "empty": (b"", "FZ901", "不是 .xlsx"),
    "docx": (docx(), "FZ901", "不是 .xlsx"),
    "cut short": (workbook({"案件": [["标题"]]})[:3000], "FZ901", "不完整"),
    "only magic": (b"PK\x03\x04", "FZ901", "不完整"),
    "encrypted": (encrypted(), "FZ901", "密码"),
    "bomb": (archive({"xl/bomb.xml": b" " * 60_000_001}), "FZ903", "60 MB"),
    "many parts": (archive({f"xl/x{n}.xml": b"" for n in range(2001)}), "FZ903", "太大"),
    "macro": (archive({"xl/vbaProject.bin": b"x"}), "FZ902", "宏"),
    "way out": (archive({"../../evil.xml": b"<x/>"}), "FZ902", "路径"),
    "entities": (archive({SHEET: LAUGHS + rows_xml("")}), "FZ902", "外部实体"),
    "entities in UTF-16": (
        archive({"xl/sharedStrings.xml": LAUGHS.decode().encode("utf-16")}),
        "FZ902",
        "外部实体",
    ),
    "hidden entities": (
        archive({SHEET: b'<?xml version="1.0" encoding="cp037"?>' + b"<x/>"}),
        "FZ902",
        "外部实体",
    ),
    "broken XML": (archive({SHEET: b"<worksheet>"}), "FZ901", "不完整"),
    "a sheet is gone": (archive({SHEET: None}, over=TWO), "FZ901", "表“案件”不在文件里"),
    "no sheets": (archive({"xl/workbook.xml": b"<x/>"}), "FZ906", "没有表"),
    "bad reference": (with_rows('<row r="1"><c r="1A"/></row>'), "FZ901", "不完整"),
    "bad number": (with_rows('<row r="1"><c r="A1"><v>1x</v></c></row>'), "FZ901", "不完整"),
    "rows of one number": (
        with_rows(2 * '<row r="1"><c r="A1"><v>1</v></c></row>'),
        "FZ901",
        "2 行，只读得出 1 行",
    ),
    "endless rows": (with_rows('<row r="9999999"><c r="A9999999"/></row>'), "FZ903", "行"),
    "many rows": (archive({SHEET: many_rows()}), "FZ903", "20000 行"),
    "many empty rows": (with_rows("<row/>" * 100_001), "FZ903", "100001 行"),
    "many styles": (archive({"xl/styles.xml": b" " * 5_000_001}), "FZ903", "格式太多"),
    "many columns": (workbook({"案件": [["标题"] * 201]}), "FZ903", "200 列"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_refuses_a_file_that_is_no_ledger(name, make_project, tmp_path):
    data, rule, word = STRANGE[name]
    file = tmp_path / "台账.xlsx"
    file.write_bytes(data)
    made = planned(make_project({}), file)
    assert made.is_unread
    (problem,) = made.problems
    assert problem.rule == rule
    assert word in problem.message + problem.hint
    assert problem.hint


def test_a_csv_in_no_known_encoding_is_refused(make_project, tmp_path):
    file = tmp_path / "台账.csv"
    for data in ("标题,类别".encode("utf-16"), b"\x80\xff\xff\x80,\n", b"a\0b,c\n"):
        file.write_bytes(data)
        (problem,) = planned(make_project({}), file).problems
        assert problem.rule == "FZ901"


def test_links_to_other_files_are_told_where_they_matter_and_not_followed(make_project, tmp_path):
    file = tmp_path / "台账.xlsx"
    link = {"xl/externalLinks/externalLink1.xml": b"<x/>"}
    file.write_bytes(archive(link, over=CASE))
    made = planned(make_project({}), file)
    assert made.problems == []
    assert len(made.entries) == 1
    header, row = CASE["案件"]
    file.write_bytes(archive(link, over={"案件": [header, ["=[1]表!A1", *row[1:]]]}))
    made = planned(make_project({}), file)
    assert [problem.rule for problem in made.problems] == ["FZ904", "FZ905"]


def test_an_office_program_that_saved_the_file_makes_no_noise(make_project, tmp_path, capfd):
    """As LibreOffice and WPS save a ledger: what they leave in it is neither a row nor a warning."""
    root, file = make_project({}), tmp_path / "台账.xlsx"
    settings = settings_of(root)
    records = ledger.load(Folder(root)).records
    exported, _ = exporting.workbook(records, list(KINDS.values()), settings, 2024)
    file.write_bytes(resaved(exported))
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        made = planned(root, file)
    assert (made.problems, made.entries, made.unchanged) == ([], [], len(records))
    assert made.summary().endswith("跳过空行和合计行 0。")
    assert capfd.readouterr() == ("", "")


FAR = (
    '<row r="1048575" ht="12.8"/>'
    '<row r="1048576" customFormat="false" ht="12.8" hidden="false" customHeight="true" '
    'outlineLevel="0" collapsed="false"><c r="AMJ1048576" s="1"/></row></sheetData>'
)
EXTENSIONS = (
    '<headerFooter><oddHeader>&amp;C&amp;"宋体,常规"&amp;K&amp;Z</oddHeader></headerFooter>'
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1"/></ext></extLst></worksheet>'
)


def resaved(data: bytes) -> bytes:
    """A workbook with what office programs put into it and leave out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            text = given.read(name).decode()
            if name.startswith("xl/worksheets/sheet"):
                text = text.replace("</sheetData>", FAR).replace("</worksheet>", EXTENSIONS)
            if name == "xl/styles.xml":
                text = re.sub("<cellStyles.*</cellStyles>|<cellStyleXfs.*</cellStyleXfs>", "", text)
            made.writestr(name, text.replace('name="词表"', 'name="词表 (2)"'))
        for name in ("xl/cellimages.xml", "customXml/item1.xml", "xl/externalLinks/link1.xml"):
            made.writestr(name, "<x/>")
    return out.getvalue()


def test_dates_of_a_workbook_that_counts_from_1904(make_project, tmp_path):
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    sheet.title = "案件"
    for row in CASE["案件"]:
        sheet.append(row)
    sheet["B2"] = date(2024, 7, 1)
    sheet["E2"] = 44016  # 2024-07-05 without a date format
    book.save(tmp_path / "台账.xlsx")
    (entry,) = planned(make_project({}), tmp_path / "台账.xlsx").entries
    assert entry.path == "records/2024/cases/2024-07-01-01.md"
    assert "办结日期: 2024-07-05\n" in entry.text
