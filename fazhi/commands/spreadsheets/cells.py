"""Converts cells to values of a record and back; what cannot be read stays as it was typed."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl.utils.datetime import from_excel

from fazhi.commands.new_record.answers import keyed
from fazhi.commands.spreadsheets import faults
from fazhi.commands.spreadsheets.columns import NODE, PROSE, Column
from fazhi.problems.problem import Fault
from fazhi.problems.quoting import shown
from fazhi.schema.fields import specs
from fazhi.schema.numerals import chinese_numeral
from fazhi.schema.spelling import (
    dashed,
    one_line,
    proper_amount,
    proper_count,
    proper_day,
    proper_node,
)
from fazhi.sources import strict_yaml
from fazhi.sources.yaml_errors import Refused

CellValue = str | int | float | Decimal | bool | date | datetime | time | timedelta
"""What a cell may hold: a text is not empty and its lines end in LF."""

_FIRST_SERIAL, _LAST_SERIAL = 18264, 73050  # 1950 to 2099: the days that a plain number may be
_NOTHING = {"/", "-", "—", "——", "－", "\\"}  # what offices put in a cell that has nothing to hold
_MARKS = "[、，,；;\n]"
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,}")
_SHOWS = re.compile(r"(#,##)?(0+)(\.0+)?(%?)")  # a number format that leaves nothing to guess


class Unfit(Exception):
    """A cell that cannot be the value of its column, or a file that cannot be read: `fault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read(column: Column, value: CellValue, epoch: datetime, form: str = "General") -> Any:
    """A cell of a number format as data of a record, None for nothing; days count from `epoch`.
    Raises Unfit."""
    if column.form != "text" and value in _NOTHING:
        return None
    value = _as_shown(column, value, form)
    if isinstance(value, str) and column.form == "text" and column.key != PROSE:
        value = one_line(value)
    if column.form in ("day", "number"):
        value = value.replace("\n", "") if isinstance(value, str) else value
        return count(value) if column.form == "number" else day(value, epoch)
    if column.form == "period" and isinstance(value, date) and value.day == 1:
        return f"{value:%Y-%m}"  # what Excel makes of 2024-03
    if column.key == NODE:
        written = f"{value.month}.{value.day}" if isinstance(value, date) else plain(value)
        return proper_node(written, column.words) or written
    if isinstance(value, date | time | timedelta):
        what = "日期" if isinstance(value, date) else "时间"
        message = f"“{column.header}”应当是文字，这一格被改成了{what} {plain(value)}"
        raise Unfit(faults.changed(message, "把格子设为“文本”格式，重新填写"))
    text = plain(value)
    if column.form == "list":
        words = _words(column, text)
        return words[0] if column.counter and len(words) == 1 else words
    if column.form == "pairs":
        return _parts(column, text)
    if column.part:
        held = _words(column, text) if column.words else _several(column, text)
        return [count(one) for one in held] if column.is_numeric else held
    if column.form == "rows":
        return [_item(column, line) for line in _several(column, text)]
    return text


def plain(value: CellValue) -> str:
    """A value as text: a number as Excel shows it, a day in ISO form."""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, timedelta):
        minutes, seconds = divmod(abs(round(value.total_seconds())), 60)
        return f"{'-' * (value.days < 0)}{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(value, date | time):
        return str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    return str(value).upper() if isinstance(value, bool) else str(value)


def _as_shown(column: Column, value: CellValue, form: str) -> CellValue:
    """A number among texts as its cell shows it. Raises Unfit where that, or the number, is lost."""
    lost, anew = "", "照原始材料"
    if isinstance(value, str) and not column.is_numeric and _SHORTENED.fullmatch(value):
        lost = f"里的 {value} 是 Excel 缩写的数，后面几位已经没有了"
    elif isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= 10**15:
            lost = "是 16 位以上的数字，Excel 只留前 15 位，后面的已经不对了"
        elif not column.is_numeric:
            if shown := _shown(value, form):
                return shown
            lost, anew = f"应当是文字，这一格是数字 {plain(value)}，显示成什么说不准", "照看到的"
    if lost:
        hint = f"把格子设为“文本”格式，{anew}重新填写"
        raise Unfit(faults.changed(f"“{column.header}”{lost}", hint))
    return value


def _shown(number: float, form: str) -> str:
    """A number as a format shows it; nothing where that is not certain."""
    text, (first, *others) = plain(number), form.split(";")
    if form in ("General", "@") and "e" not in text and (text.isdecimal() or len(text) <= 11):
        return text
    match = _SHOWS.fullmatch(re.sub(r"[_*].", "", first))  # without a blank as wide as a mark
    if not match or number < 0 or (others and not number):
        return ""
    whole, point = match[2], match[3] or ""
    exact = Decimal(text).scaleb(2 if match[4] else 0)
    shown = f"{exact:{',' if match[1] else ''}.{max(len(point) - 1, 0)}f}"
    is_whole = Decimal(shown.replace(",", "")) == exact
    return shown.zfill(len(whole + point)) + match[4] if is_whole else ""


def day(value: CellValue, epoch: datetime) -> str:
    """A day in ISO form: a date, the number that Excel keeps of one, or any common spelling."""
    if isinstance(value, int | float) and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        value = from_excel(int(value), epoch)
    if isinstance(value, datetime):
        return value.date().isoformat()
    text = plain(value)
    without_time = re.sub(r"[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.0+)?)?$", "", text.strip())
    return proper_day(dashed(without_time)) or text


def count(value: CellValue) -> int | str:
    """A number: 160, 160.0, １６０, 1,200; one with decimals as text. Any other is left as it was typed."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return int(value) if value == value // 1 else plain(value)
    text = plain(value)
    number = proper_count(re.sub(r"\.0+$", "", text))
    return proper_amount(text) or text if number is None else int(number)


def _words(column: Column, text: str) -> list[Any]:
    if text.startswith("["):
        return [_as_text(word) for word in _loaded(column, text, list)]
    if one_line(text) in column.words:
        return [one_line(text)]
    marked = sorted((w for w in column.words if re.search(_MARKS, w)), key=len, reverse=True)
    whole = "".join(rf"{re.escape(word)}(?=\s*(?:{_MARKS}|$))|" for word in marked)
    found = re.findall(rf"\s*({whole}(?:(?!{_MARKS}).)+)", text)
    return [word.strip() for word in found if word.strip()]


def _parts(column: Column, text: str) -> dict[Any, Any]:
    if text.startswith("{"):
        given: dict[Any, Any] = _loaded(column, text, dict)
        return given
    found: dict[Any, Any] = {}
    for part in filter(str.strip, re.split(_MARKS, text)):
        pair = re.fullmatch(r"(.+?)\s*[:：=＝]\s*([^:：=＝]+)", part.strip())
        if not pair:
            message = f"里的{shown(part.strip())}看不懂"
            raise Unfit(faults.items(column.header, message, "写成“名称: 数量”，一行一项"))
        if pair[1] in found:
            raise Unfit(faults.items(column.header, f"里{shown(pair[1])}写了两次", "只留一个"))
        found[pair[1]] = count(pair[2])
    return found


def _several(column: Column, text: str) -> list[str]:
    """The items of a cell: a line each, plain words also with ； between them; without their 1. 2. 3."""
    assert column.model
    fields, found = specs(column.model), list[str]()
    for line in text.split("\n"):
        is_plain = not line.lstrip().startswith("{") and not keyed(fields, line.strip())
        found += re.split("[；;]", line) if is_plain else [line]
    found = [item.strip() for item in found if item.strip()]
    numbered = [
        re.match(rf"[（(]?(?:{n}|{chinese_numeral(n)})[.．、)）]\s*(?=[^\d\s])", item)
        for n, item in enumerate(found, 1)
    ]
    return [match.string[match.end() :] for match in numbered if match] if all(numbered) else found


def spread(column: Column, items: Sequence[dict[Any, Any]], values: Sequence[Any]) -> None:
    """Give each item its part: one for all, or as many as there are items. Raises Unfit."""
    if not items or len(values) not in (1, len(items)):
        message = f"有 {len(values)} 项，“{column.key}”有 {len(items)} 项"
        hint = f"只写一项，每项“{column.key}”就都是它；或者写得一样多，次序也一样"
        raise Unfit(faults.items(column.header, message, hint))
    for place, item in enumerate(items):
        value = values[place % len(values)]
        if value in _NOTHING:
            continue
        if item.setdefault(column.part, value) != value:
            message = f"写的{shown(str(value))}，同“{column.key}”里写的不一样"
            raise Unfit(faults.items(column.header, message, "核对，只在一处写"))


def _item(column: Column, line: str) -> dict[Any, Any]:
    """One item: in braces as YAML, else “key: value, key: value”, or the first key's value alone."""
    assert column.model
    fields = specs(column.model)
    if line.startswith("{"):
        given = _loaded(column, line, dict)
        counts = {key for key, spec in fields.items() if spec.is_count}
        return {key: held if key in counts else _as_text(held) for key, held in given.items()}
    pairs = keyed(fields, line)
    if not pairs:
        return {next(iter(fields)): line}
    found: dict[Any, Any] = {}
    for name, typed in pairs:
        if name in found:
            raise Unfit(faults.items(column.header, f"里一项的“{name}”写了两次", "一行只写一项"))
        if typed:
            found[name] = count(typed) if fields[name].is_count else typed
    return found


def _as_text(value: Any) -> Any:
    if isinstance(value, int):
        return str(value)
    return value.strip() if isinstance(value, str) else value


def _loaded(column: Column, text: str, shape: type) -> Any:
    try:
        return strict_yaml.load(text, shape)
    except Refused:
        marks = "方括号" if shape is list else "花括号"
        hint = f"去掉{marks}，照 FZ912 的写法；或者照记录文件里的写法改对"
        raise Unfit(faults.items(column.header, f"里{marks}中的写法不对", hint)) from None


def written(column: Column, value: Any) -> CellValue:
    """A value of a checked record as a cell: a day is given in ISO form."""
    if column.form == "day":
        return date.fromisoformat(value)
    if column.form == "list":
        return value if isinstance(value, str) else _plainest(column, value, ["、".join(value)])
    if column.form == "number" and (number := proper_amount(str(value))):
        return Decimal(number)
    if column.form == "pairs":
        return _plainest(column, value, ["\n".join(f"{name}: {n}" for name, n in value.items())])
    if column.form == "rows":
        return "\n".join(_line(column, item) for item in value)
    return value if isinstance(value, int) else str(value)


def _line(column: Column, item: Mapping[str, Any]) -> str:
    pairs = ", ".join(f"{key}: {value}" for key, value in item.items())
    lines = (str(next(iter(item.values()))), pairs)
    return _plainest(column, item, [line for line in lines if "\n" not in line])


def _plainest(column: Column, value: Any, texts: Iterable[str]) -> str:
    """The first text that is read back as the value, else JSON, which YAML reads as well."""
    for text in texts:
        with suppress(Unfit):
            if read(column, text, datetime.min) in (value, [value]):  # no day is among them
                return text
    return json.dumps(value, ensure_ascii=False)
