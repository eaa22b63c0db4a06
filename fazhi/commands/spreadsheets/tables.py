"""Recognises tables in sheets: the header, the kind of record, what each column holds."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from fazhi.commands.spreadsheets import faults
from fazhi.commands.spreadsheets.cells import plain
from fazhi.commands.spreadsheets.columns import (
    FILE_NAME,
    PERIOD,
    Column,
    columns,
    known_headers,
    normalised,
    parts,
)
from fazhi.commands.spreadsheets.sheets import Row, Sheet
from fazhi.personal.readings import ABOUT_A_PERSON
from fazhi.problems.problem import Fault, Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.schema.kinds import KINDS, Kind
from fazhi.schema.township import Settings

HEADER_WITHIN = 20
_TOTAL = re.compile(
    r"(?:本[年季月页]度?|全年|累计|[上下]半年|第?[一二三四1-4]季度|[0-9]{1,2}月份?)?"
    r"(?:合计|小计|总计|共计|累计)(?:[(（][^()（）]*[)）])?[:：]?"
)


_SAMPLE = re.compile("[（(]示例(?![县乡镇])")


def is_sample(sheet: Sheet, file: str) -> bool:
    """Whether the name of a sheet or of its file says that it holds samples, or its column 性质."""
    natures = (
        n for row in sheet.rows[:HEADER_WITHIN] for n, c in row.cells.items() if c.value == "性质"
    )
    column = next(natures, 0)
    held = (row.cells[column].value for row in sheet.rows if column in row.cells)
    return bool(_SAMPLE.search(f"{file} {sheet.name}") or any("示例" in str(one) for one in held))


@dataclass(frozen=True)
class Table:
    """The rows of a sheet that are records of one kind, and the columns that are known."""

    sheet: Sheet
    kind: Kind
    header: Row
    columns: Mapping[int, Column]
    rows: Sequence[Row]
    passed_over: int

    def column_of(self, *keys: str) -> int | None:
        """The number of the column that holds what `keys` lead to in a record."""
        return next((n for n, c in self.columns.items() if c.keys[: len(keys)] == keys), None)


class _Fit(NamedTuple):
    """How well a row of a sheet serves as the header of a kind."""

    score: tuple[int, int]
    kind: Kind
    header: Row
    columns: Mapping[int, Column]


def recognised(
    sheets: Sequence[Sheet], settings: Settings, kind: Kind | None
) -> tuple[list[Table], list[Problem]]:
    """The tables of the sheets: of `kind` where it is given, else of the kind that fits."""
    tables, problems, strange = [], [], []
    alone = len(sheets) == 1
    for sheet in sheets:
        # What offices call 汇总 is mostly a summary of another sheet.
        called = {n for n in KINDS if n in sheet.name and (n != "汇总" or n == sheet.name.strip())}
        in_name = [KINDS[name] for name in called]
        named = in_name[0] if len(in_name) == 1 else None
        if not sheet.rows or (kind and len(sheets) > 1 and named not in (None, kind)):
            continue
        kinds = [kind] if kind else [named] if named else list(KINDS.values())
        fits = [*_fits(sheet, kinds, settings)]
        if not fits and named is KINDS["汇总"] and not kind:
            fits = [*_fits(sheet, [*KINDS.values()], settings)]
        fits.sort(key=lambda fit: fit.score, reverse=True)
        if not fits:
            strange.append(sheet)
        elif len(fits) > 1 and fits[0].score == fits[1].score:
            problems.append(_ambiguous(sheet, fits))
        else:
            fit = fits[0]
            below = [row for row in sheet.rows if row.number > fit.header.number]
            rows = [row for row in below if _is_of_record(row, fit)]
            passed_over = len(below) - len(rows) + sheet.blank
            table = Table(sheet, fit.kind, fit.header, fit.columns, rows, passed_over)
            tables.append(table)
            problems += _header_problems(table, settings, alone=alone)
    if tables or problems:
        fault = faults.left_out("没有认得出的表头，这张表没有导入", "是台账的，照空白台账写表头")
        problems += (Problem(sheet.path, sheet.rows[0].number, 1, *fault) for sheet in strange)
    else:
        problems += _no_table(sheets, strange, kind, settings)
    return tables, problems


def _fits(sheet: Sheet, kinds: Sequence[Kind], settings: Settings) -> Iterator[_Fit]:
    """The best header row for each kind that has one: of two as good, the upper."""
    for kind in kinds:
        attempts = _attempts(sheet, kind, settings)
        sound = (fit for fit in attempts if fit.score[0] >= 2 and fit.score[1])
        if best := max(sound, key=lambda fit: fit.score, default=None):
            yield best


def _attempts(sheet: Sheet, kind: Kind, settings: Settings) -> Iterator[_Fit]:
    """Every row that may be the header of a kind, with what is known of it."""
    every = (*parts(kind, settings), *columns(kind, settings))
    headers = known_headers(every, settings.vocabulary.headers or {})
    for row in sheet.rows[:HEADER_WITHIN]:
        if row.number > HEADER_WITHIN:
            break
        known = {n: c for n, h in _headers(row).items() if (c := headers.get(h))}
        lists = {c.key for c in known.values() if not c.part}
        known = {n: c for n, c in known.items() if c.key in lists}
        distinct = set(known.values())
        required = sum(c.required or c.key in {kind.model.leading, FILE_NAME} for c in distinct)
        yield _Fit((len(distinct), required), kind, row, known)


def _headers(row: Row) -> dict[int, str]:
    return {number: normalised(plain(cell.value)) for number, cell in row.cells.items()}


def _is_of_record(row: Row, fit: _Fit) -> bool:
    """Whether a row is no total, nor the header once more, as on the next printed page."""
    if fit.columns.keys().isdisjoint(row.cells):
        return False
    first = plain(row.cells[min(row.cells)].value)
    if _TOTAL.fullmatch(re.sub(r"\s", "", first)):
        return False
    said, heads = _headers(row), _headers(fit.header)
    return any(said.get(number) != heads[number] for number in fit.columns)


def _header_problems(table: Table, settings: Settings, *, alone: bool) -> Iterator[Problem]:
    row, path = table.header, table.sheet.path
    strange = list[str]()
    seen: dict[Column, int] = {}
    for number, header in sorted(_headers(row).items()):
        column = table.columns.get(number)
        if column is None:
            if fault := _unknown(header, plain(row.cells[number].value), table, settings):
                yield Problem(path, row.number, number, *fault)
                if fault.rule == faults.unknown_column.id:
                    strange.append(header)
        elif column in seen:
            message = f"这一列同 {get_column_letter(seen[column])}列都是“{column.header}”"
            fault = faults.repeated_column(message, "只留一列")
            yield Problem(path, row.number, number, *fault)
        else:
            seen[column] = number
    bare = {
        n: below.number for below in reversed(table.rows) for n in below.cells.keys() - row.cells
    }
    for number, below in sorted(bare.items()):
        fault = faults.unknown_column(
            "这一列没有表头，写在里面的没有导入", "写上表头；不要的，删去"
        )
        yield Problem(path, below, number, *fault)
    if FILE_NAME not in {column.key for column in seen}:
        for column in _lacking(table.kind, table.columns, settings):
            # A header that may mean it: a day's is known by its words.
            is_day = column.form == "day"
            alike = [name for name in strange if bool(re.search("[日时]", name)) == is_day]
            strange = [header for header in strange if header not in alike[:1]]
            fault = faults.missing_column(column.header, column.meaning, *alike[:1], alone=alone)
            yield Problem(path, row.number, min(table.columns), *fault)


def _unknown(header: str, written: str, table: Table, settings: Settings) -> Fault | None:
    if header in {"序号", "原因"}:  # a running number, and why a row was sent back
        return None
    if ABOUT_A_PERSON.search(header):
        message = f"{shown(written)}是个人信息，这一列不导入"
        return faults.personal_column(message, "个人信息不登记，把这一列删去")
    names = [column.header for column in columns(table.kind, settings)]
    hint = did_you_mean(header, names) if len(header) > 1 else ""
    if not hint.startswith("是不是"):
        hint = "不登记的不用管；叫法不同的，加进 records/vocabulary.yml 的“表头”"
    return faults.unknown_column(f"不认得{shown(written)}这一列，没有导入", hint)


def _ambiguous(sheet: Sheet, fits: Sequence[_Fit]) -> Problem:
    best = fits[0]
    kinds = "、".join(fit.kind.name for fit in fits if fit.score == best.score)
    hint = f"在命令后面加上 --kind，如 --kind {best.kind.name}；或者把表的名称改成种类"
    fault = faults.no_header(f"看不出是哪种记录，像是{kinds}", hint)
    return Problem(sheet.path, best.header.number, min(best.columns), *fault)


def _no_table(
    sheets: Sequence[Sheet], strange: Sequence[Sheet], kind: Kind | None, settings: Settings
) -> Iterator[Problem]:
    hint = "照空白台账写表头：python3 scripts/export_ledger.py --template"
    for sheet in strange or sheets[:1]:
        message = f"前 {HEADER_WITHIN} 行里没有认得出的表头" if sheet.rows else "表是空的"
        row, advice = sheet.rows[0].number if sheet.rows else 1, hint
        nearest = _nearest(sheet, kind, settings)
        if kind and sheet.rows and not strange:
            message = f"没有“{kind.name}”的表"
        elif nearest:
            row = nearest[0].header.number
            lacking = {fit.kind.name: _lacking(fit.kind, fit.columns, settings) for fit in nearest}
            named = ("、".join(column.header for column in needed) for needed in lacking.values())
            message += "：" + "；".join(map("{}缺{}".format, lacking, named))
            first, *_ = next(iter(lacking.values()))
            advice = f"{faults.alias(first.header, '本单位的叫法')}；或者{hint}"
        yield Problem(sheet.path, row, 1, *faults.no_header(message, advice))


def _nearest(sheet: Sheet, kind: Kind | None, settings: Settings) -> list[_Fit]:
    """The kinds that the sheet may be of, with the row that comes nearest to a header of theirs."""
    named = [one for one in KINDS.values() if one.name in sheet.name]
    kinds = [kind] if kind else named or list(KINDS.values())
    fits = [fit for one in kinds for fit in _attempts(sheet, one, settings)]
    most = max((fit.score[0] for fit in fits), default=0)
    return list({fit.kind: fit for fit in reversed(fits) if fit.score[0] == most}.values())[::-1]


def _lacking(kind: Kind, known: Mapping[int, Column], settings: Settings) -> list[Column]:
    """The columns that a new record cannot do without, and that a header has not."""
    keys = {column.key for column in known.values()}
    if keys.issuperset(PERIOD):
        keys.add(kind.model.leading)
    required = (c for c in columns(kind, settings) if c.required or c.key == kind.model.leading)
    return [column for column in required if column.key not in keys]
