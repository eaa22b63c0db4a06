"""Workbooks as offices hand them in, made from descriptions, and what an import would do with them."""

import io
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import yaml

from fazhi.commands.spreadsheets import importing
from fazhi.commands.spreadsheets.importing import Plan
from fazhi.schema import kinds
from fazhi.sources.tree import Folder
from tests import conftest
from tests.conftest import settings_of

TODAY = date(2025, 3, 1)
"""When the ledgers of 2024 are brought in: their open cases are reminded of."""

CASES_FOLDER = conftest.CASES / "spreadsheets"
CASES = sorted(folder.name for folder in CASES_FOLDER.iterdir() if folder.is_dir())


def workbook(described: Mapping[str, Any]) -> bytes:
    """An .xlsx file from its sheets, each a list of rows, or rows with merged ranges and formats."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, given in described.items():
        more = given if isinstance(given, dict) else {"行": given}
        sheet = book.create_sheet(name)
        for row in more["行"]:
            sheet.append(row)
        for merged in more.get("合并", ()):
            sheet.merge_cells(merged)
        for place, form in more.get("格式", {}).items():
            sheet[place].number_format = form
        if more.get("隐藏"):
            sheet.sheet_state = "hidden"
    if not book.worksheets or all(s.sheet_state == "hidden" for s in book.worksheets):
        book.create_sheet("空")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def planned(root: Path, file: Path, kind: str = "") -> Plan:
    configured = settings_of(root)
    return importing.plan(Folder(root), file, configured, TODAY, kinds.KINDS.get(kind))


def said(made: Plan) -> str:
    """All that is said of a plan."""
    return "\n".join([*made.told(), *made.lines(), made.summary(), ""])


def laid_out(case: str, root: Path) -> Path:
    """The spreadsheet of a case, after its other files were laid over the project."""
    folder = CASES_FOLDER / case
    if (folder / "input").is_dir():
        shutil.copytree(folder / "input", root, dirs_exist_ok=True)
    if (folder / "台账.csv").exists():
        return folder / "台账.csv"
    return handed_in(root, yaml.safe_load((folder / "台账.yml").read_text("utf-8")))


def handed_in(root: Path, described: Mapping[str, Any]) -> Path:
    """A workbook beside a project."""
    file = root.parent / "台账.xlsx"
    file.write_bytes(workbook(described))
    return file


CASE = {
    "案件": [
        ["标题", "受理日期", "类别", "结果", "办结日期"],
        ["东村水渠纠纷", "2024-07-01", "矛盾纠纷", "调解成功", "2024-07-05"],
    ]
}
"""A ledger that is as it should be."""
