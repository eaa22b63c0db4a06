"""Spreadsheets, by properties: what is exported comes back the same, and nothing makes it crash."""

import contextlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.utils.exceptions import IllegalCharacterError

from fazhi.commands.spreadsheets import books, cells, exporting, importing, rows
from fazhi.commands.spreadsheets.columns import Column, columns
from fazhi.problems.problem import has_errors
from fazhi.problems.quoting import INVISIBLE
from fazhi.records import ledger
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, Kind
from fazhi.schema.spelling import one_line
from fazhi.sources import front_matter
from fazhi.sources.tree import Folder
from tests.conftest import BASE, checked, lay, settings_of
from tests.support.workbooks import planned

MODEST = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # shrinking a workbook takes minutes
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@contextlib.contextmanager
def new_project() -> Iterator[Path]:
    """The base project without its records, in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        shutil.copytree(BASE, root, ignore=shutil.ignore_patterns("cases", "activities"))
        vocabulary = root / "records/vocabulary.yml"
        text = vocabulary.read_text(encoding="utf-8")
        text = text.replace("主题: [", "主题: ['甲、乙', 甲, '丙; 丁', ")
        vocabulary.write_text(text, encoding="utf-8", newline="\n")
        yield root


def declared() -> dict[str, list[Column]]:
    with new_project() as root:
        configured = settings_of(root)
    return {name: columns(kind, configured) for name, kind in KINDS.items()}


COLUMNS = declared()
EPOCH = WINDOWS_EPOCH

# What is exported comes back the same

PIECES = [
    *"\n\t \u3000,，、;；:：{}[]()=+-@#&*!|>%'\"\\/·07甲乙é😀",
    "_x005F_",
    "名称: ",
    "份数: ",
    "主题：",
    "主题",
]
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
MIXED = st.lists(st.sampled_from(PIECES) | LETTERS, min_size=1, max_size=9).map("".join)
IS_KEPT = MIXED.filter(lambda t: not INVISIBLE.search(t) and "\t" not in t.strip())
TEXTS = IS_KEPT.filter(str.strip).map(one_line)
WORDS = st.sampled_from(["甲、乙", "甲", "丙; 丁", "禁毒", "12345"]) | TEXTS
COUNTS = st.integers(0, 100_000_000)
DAYS = st.dates(date(1980, 1, 1), date(2099, 12, 31)).map(date.isoformat)
IN_2024 = st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(date.isoformat)


def normal(number: Decimal) -> int | str:
    """An amount as a record keeps it: whole, or a decimal without noughts at its end."""
    is_whole = number == number.to_integral_value()
    return int(number) if is_whole else str(number.normalize())


def values(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """Whatever a field may hold."""
    if spec.key == "计数":
        return st.dictionaries(st.just("悬挂横幅"), COUNTS, min_size=spec.required)
    if spec.key == "标记":
        return st.just({})  # the vocabulary has none
    if spec.is_period:
        return st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(lambda day: f"{day:%Y-%m}")
    if spec.is_amount:
        return COUNTS | st.decimals(0, 10**9, places=2).map(normal)
    if spec.is_mapping:
        return st.dictionaries(TEXTS.map(str.strip), COUNTS, max_size=3)
    if spec.model:
        return st.lists(mappings(specs(spec.model)), min_size=spec.required, max_size=3)
    if spec.is_list:
        return st.lists(WORDS, max_size=3)
    if spec.fixed:
        return st.sampled_from(spec.fixed)
    return COUNTS if spec.is_count else DAYS if spec.is_day else TEXTS


def mappings(declared: dict[str, FieldSpec]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {key: values(spec) for key, spec in declared.items() if spec.required},
        optional={key: values(spec) for key, spec in declared.items() if not spec.required},
    )


@st.composite
def records(draw: st.DrawFn) -> tuple[Kind, dict[str, Any], str]:
    kind = draw(st.sampled_from(list(KINDS.values())))
    data = draw(mappings(dict(kind.fields)))
    day = draw(IN_2024)
    if "日期" in kind.fields:
        for key in ("日期", "起始日期", "结束日期"):
            data.pop(key, None)
        data.update({"日期": day} if draw(st.booleans()) else {"起始日期": day, "结束日期": day})
    else:
        is_period = kind.fields[kind.model.leading].is_period
        data[kind.model.leading] = day[:7] if is_period else day
    return kind, data, draw(st.just("") | TEXTS)


@st.composite
def cells_of_columns(draw: st.DrawFn) -> tuple[Column, Any]:
    kind = draw(st.sampled_from(list(KINDS.values())))
    chosen = draw(st.sampled_from([c for c in COLUMNS[kind.name] if c.key in kind.fields]))
    value = COUNTS if chosen.counter else values(kind.fields[chosen.key])
    return chosen, draw(value)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(cells_of_columns())
def test_a_cell_is_read_as_it_was_written(drawn):
    column, value = drawn
    value = stripped(value)
    if value not in ([], {}):
        assert cells.read(column, cells.written(column, value), EPOCH) == value


def stripped(value: Any) -> Any:
    """A value as the schema keeps it."""
    if isinstance(value, list):
        return [stripped(item) for item in value]
    if isinstance(value, dict):
        return {key: stripped(held) for key, held in value.items()}
    return value.strip() if isinstance(value, str) else value


@pytest.mark.slow
@settings(MODEST, max_examples=25)
@given(st.lists(records(), max_size=4))
def test_what_is_exported_comes_back_the_same(drawn):
    with new_project() as root, new_project() as empty:
        for number, (kind, data, prose) in enumerate(drawn):
            data["标题"] = f"{number}{data['标题'].strip()}"  # no two are of one event
            data.pop("任务", None)  # a year without tasks has no column of them
            text = front_matter.record(data, kind.order, prose)
            lay(root, {f"records/2024/{kind.folder}/2024-{number}.md": text})
        held = ledger.load(Folder(root)).of_year(2024)
        assert len(held) == len(drawn)
        configured = settings_of(root)
        book, problems = exporting.workbook(held, list(KINDS.values()), configured, 2024)
        assert not problems
        assert exporting.workbook(held, list(KINDS.values()), configured, 2024)[0] == book
        file = root.parent / "台账.xlsx"
        file.write_bytes(book)
        same = planned(root, file)
        assert (same.entries, same.unchanged) == ([], len(drawn))
        anew = planned(empty, file)
        made = {entry.path: read_back(entry.text, entry.path, entry) for entry in anew.entries}
        assert made == {
            record.path: (rows.as_row(record.fields), record.source.body) for record in held
        }


def read_back(text: str, path: str, entry: Any) -> tuple[Any, str]:
    record, problems = ledger.as_record(text.encode(), path, 2024, entry.draft.table.kind)
    assert record, problems
    return rows.as_row(record.fields), record.source.body


# Nothing makes it crash, and nothing gets past the checker

DATES = st.sampled_from([date(2024, 7, 1), date(2024, 12, 4), date(2023, 2, 3)])
RIGHT: dict[str, st.SearchStrategy[Any]] = {
    "标题": st.sampled_from(["水渠纠纷", "宣讲", "东村山林界线纠纷"]) | st.text(min_size=1),
    "类别": st.sampled_from(["矛盾纠纷", "宣传活动", "党委会议", "执法队伍"]),
    "结果": st.just("在办"),
    "地点": st.just("东村"),
    "议题": st.sampled_from(["标题: 禁毒, 主题: 禁毒", '{标题: "a, b", 主题: 宪法}']),
    "日期": DATES,
    "受理日期": DATES,
    "截止日期": DATES,
    "数量": st.integers(0, 9),
}
"""What may well stand in a cell of the columns that a record must have."""
CELLS = (
    st.none()
    | st.text(max_size=12)
    | st.sampled_from(["2024-07-01", "2024年7月1日", "20240701", "矛盾纠纷", "禁毒、宪法", "合计"])
    | st.sampled_from(["=1+1", "#REF!", "{名称: ", "[甲", "名称: 甲, 份数: 2", "/", "../.."])
    | st.sampled_from(["12345", "13812345678", "_xD800_", "_x0001_", "_xFFFF_"])
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.booleans()
    | st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31))
    | st.just(time(9, 30))
)


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    """A workbook that is right as often as not, and otherwise as nobody would hand it in."""
    kind = draw(st.sampled_from(list(KINDS.values())))
    headers = [column.header for column in COLUMNS[kind.name]]
    must = [header for header in headers if header in RIGHT]
    more = draw(st.lists(st.sampled_from(headers), max_size=4)) + draw(st.lists(CELLS, max_size=1))
    header: list[Any] = list(dict.fromkeys([*must, *more]))
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = draw(st.sampled_from([kind.name, "Sheet1"]))
    lines = [header]
    for _ in range(draw(st.integers(0, 4))):
        right = draw(st.integers(0, 3)) > 0
        cell = [
            RIGHT[h] if h in must and right else CELLS if not right else st.none() for h in header
        ]
        lines.append([draw(one) for one in cell])
    for line in lines:
        with contextlib.suppress(IllegalCharacterError):
            sheet.append(line)
    if draw(st.booleans()):
        sheet.merge_cells("A2:B4")
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def is_told_well(made: importing.Plan) -> bool:
    return all(p.hint and p.line >= 1 and p.column >= 1 for p in made.problems)


@MODEST
@given(sheets())
def test_what_is_accepted_satisfies_the_checker(data):
    with new_project() as root:
        file = root.parent / "台账.xlsx"
        file.write_bytes(data)
        made = planned(root, file)
        assert is_told_well(made)
        made.write(root)
        about = {entry.path for entry in made.accepted()}
        assert not has_errors([p for p in checked(root).problems if p.path in about])
        assert not planned(root, file).accepted()


def sample() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["标题", "受理日期", "类别", "结果", 3])
    sheet.append(["东村水渠纠纷", date(2024, 7, 1), "矛盾纠纷", "在办", 2.5])
    sheet.merge_cells("A2:A3")
    return books.packed(book)


SAMPLE = sample()


@MODEST
@given(st.data())
def test_a_damaged_workbook_is_refused_or_read(data):
    """Bytes of a part changed, cut out or doubled; and bytes of the whole file."""
    whole = SAMPLE
    if data.draw(st.booleans()):
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(SAMPLE)) as before, zipfile.ZipFile(out, "w") as after:
            chosen = data.draw(st.sampled_from(before.namelist()))
            for name in before.namelist():
                part = before.read(name)
                after.writestr(name, damaged(data, part) if name == chosen else part)
        whole = out.getvalue()
    else:
        whole = damaged(data, whole)
    with new_project() as root:
        file = root.parent / "台账.xlsx"
        file.write_bytes(whole)
        assert is_told_well(planned(root, file))


def damaged(data: st.DataObject, part: bytes) -> bytes:
    start = data.draw(st.integers(0, len(part)))
    end = data.draw(st.integers(start, min(start + 20, len(part))))
    return part[:start] + data.draw(st.binary(max_size=20)) + part[end:]


@MODEST
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_csv_makes_it_crash(tail):
    with new_project() as root:
        file = root.parent / "台账.csv"
        file.write_bytes("标题,受理日期,类别,结果\n".encode() + tail)
        assert is_told_well(planned(root, file))
