"""Reads and checks one figures.json: what a township published, or all that is wrong with it."""

import codecs
import json
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from fazhi.output.data.figures_json import Figure, Figures
from fazhi.personal import masked
from fazhi.problems.quoting import printable, shown
from fazhi.problems.reasons import reason
from fazhi.schema.units import places
from fazhi.sources.source import Key
from fazhi.sources.text import line_and_column

MAX_BYTES = 20_000_000  # more than a year of a township takes, its records listed one by one
MAX_NUMBER = 2**53 - 1  # past it, programs that hold a number as a double read another one
MAX_FAULTS = 20  # of one file: past that it is something else than a figures.json
_AGAIN = "请重新下载网站 data 文件夹里那一年的 figures.json，不要另存。"
_BETWEEN = re.compile(r"[ \t\r\n,:]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, order=True)
class RefusedFile:
    """Why a file is not added up, or without a path, why none is; line 0 is the whole file."""

    path: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        where = f"{printable(masked(self.path))}{place}: " if self.path else ""
        return where + printable(self.message)


def read(file: Path, path: str) -> tuple[Figures | None, bytes, list[RefusedFile]]:
    """A file's document and its bytes, or None with what is wrong; messages name it `path`."""

    def refused(
        message: str, line: int = 0, column: int = 0
    ) -> tuple[None, bytes, list[RefusedFile]]:
        return None, b"", [RefusedFile(path, line, column, message)]

    try:
        if not file.is_file():
            return refused("不是文件，或者没有这个文件。")
        size = file.stat().st_size
        if size > MAX_BYTES:
            return refused(f"有 {size // 1_000_000} MB，太大，不会是 figures.json。")
        data = file.read_bytes()
    except OSError as error:
        return refused(f"打不开（{reason(error)}）。")
    if not data.strip():
        return refused(f"是空文件。{_AGAIN}")
    if data.startswith(codecs.BOM_UTF8):
        return refused(f"文件开头多了 BOM，是用记事本一类的程序另存过的。{_AGAIN}", 1, 1)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        line, column = line_and_column(before, len(before))
        return refused(f"不是 UTF-8 编码，多半是另存成了 GBK 或者 UTF-16。{_AGAIN}", line, column)
    if text.lstrip()[:1] == "<":
        return refused(f"是网页，不是数据。{_AGAIN}", 1, 1)
    try:
        document = Figures.model_validate_json(data, strict=True)
    except ValidationError as invalid:
        return None, data, list(_in_words(invalid, text, path))
    found = islice(_contradictions(document), MAX_FAULTS)
    faults = [RefusedFile(path, *_place(text, keys), message) for keys, message in found]
    return (None if faults else document), data, faults


def _place(text: str, keys: Sequence[Key]) -> tuple[int, int]:
    return line_and_column(text, offset(text, keys))


def offset(text: str, keys: Sequence[Key]) -> int:
    """Where the value begins that `keys` lead to in whole JSON; else the last that they lead to."""
    at = _next(text, 0)
    for key in keys:
        held = dict(_items(text, at))  # of a key that is there twice, the last one counts
        if key not in held:
            break
        at = held[key]
    return at


def _next(text: str, at: int) -> int:
    """Where the next value or bracket begins: the text is known to be JSON."""
    match = _BETWEEN.match(text, at)
    return match.end() if match else at


def _items(text: str, at: int) -> Iterator[tuple[Key, int]]:
    """The items of the object or list at an offset, and where each begins; none of another value."""
    is_object, number = text[at] == "{", 0
    at = _next(text, at + 1) if text[at] in "{[" else len(text)
    while text[at : at + 1] not in {"]", "}", ""}:
        name: Key = number
        if is_object:
            name, at = _DECODER.raw_decode(text, at)
            at = _next(text, at)
        yield name, at
        at = _next(text, _DECODER.raw_decode(text, at)[1])
        number += 1


def _in_words(refused: ValidationError, text: str, path: str) -> Iterator[RefusedFile]:
    errors = refused.errors(include_url=False)
    if errors[0]["type"] == "json_invalid":
        yield _not_json(str(errors[0]["ctx"]["error"]), text, path)
        return
    messages: dict[tuple[Key, ...], str] = {}
    for error in errors:
        keys, message = _message(error)
        messages.setdefault(keys, message)  # a value that may be of two types is refused twice
    for keys, message in list(messages.items())[:MAX_FAULTS]:
        yield RefusedFile(path, *_place(text, keys), f"{_named(keys)}{message}")


def _not_json(reason: str, text: str, path: str) -> RefusedFile:
    """Where the reader of JSON gave up; it counts bytes in a line."""
    found = re.search(r"at line (\d+) column (\d+)", reason)
    line, column = (int(found[1]), int(found[2])) if found else (1, 1)
    before = text.split("\n")[line - 1].encode()[: max(column - 1, 0)].decode(errors="ignore")
    cut = "只有一半，" if reason.startswith("EOF") else ""
    message = f"不是完整的 JSON：{cut}从这里起读不下去。{_AGAIN}"
    return RefusedFile(path, line, len(before) + 1, message)


def _message(error: ErrorDetails) -> tuple[tuple[Key, ...], str]:
    """Where an error is, without pydantic's names of types, and what it is."""
    types = {"int", "float", "list[str]", "list", "constrained-int"}
    keys = tuple(key for key in error["loc"] if key not in types)
    if error["type"] == "missing":
        return keys, "没有写。多半是别的文件，或者旧的程序做的。"
    if error["type"] == "extra_forbidden":
        return keys, "不是 figures.json 里有的项。多半是别的文件，或者新的程序做的。"
    return keys, f"不对，现在是{shown(error['input'])}。"


def _named(keys: Sequence[Key]) -> str:
    match keys:
        case []:
            return "整个文件"
        case ["figures", int(number)]:
            return f"第 {number + 1} 个指标"
        case ["figures", int(number), *rest]:
            return f"第 {number + 1} 个指标的{shown('.'.join(map(str, rest)))}"
        case held:
            return shown(".".join(map(str, held)))


def _contradictions(document: Figures) -> Iterator[tuple[list[Key], str]]:
    """Samples, and what no program of ours writes, so that somebody has changed it by hand."""
    if not document.publisher.strip():
        yield ["publisher"], "发布机构是空的。"
    if document.sample:
        yield ["sample"], "是示例数据，不是真的数，不能汇总。向乡镇要真的。"
    names: set[str] = set()
    first: dict[str, Figure] = {}
    for index, figure in enumerate(document.figures):
        for key, message in _of_one(figure):
            yield ["figures", index, key], f"指标{shown(figure.name)}：{message}"
        if figure.name in names:
            yield ["figures", index, "name"], f"指标{shown(figure.name)}写了两次。"
        names.add(figure.name)
        same = first.setdefault(figure.fingerprint, figure)
        if same is not figure and _numbers(same) != _numbers(figure):
            message = "和前面一个指标口径一样（fingerprint 相同），数却不同。"
            yield ["figures", index, "fingerprint"], f"指标{shown(figure.name)}：{message}"


def _numbers(figure: Figure) -> dict[str, Any]:
    """What follows from a definition and the records, whatever a figure is called."""
    return figure.model_dump(exclude={"name", "section", "definition", "words"})


def _of_one(figure: Figure) -> Iterator[tuple[str, str]]:
    above, below = figure.numerator, figure.denominator
    if "value" in figure.withheld and figure.value is not None:
        yield "value", "写着不公布（withheld），又有数。"
    if figure.measure != "比率":
        is_any = figure.measure in ("比值", "平均天数")  # which may be any number
        held = [] if is_any else [figure.value]
        for key, values in {"value": held, "parts": (figure.parts or {}).values()}.items():
            unit = figure.unit if key == "value" else ""
            if any(value is not None and not _is_count(value, unit) for value in values):
                yield key, f"应当是 0 到 {MAX_NUMBER} 的整数。"
        return
    if (above is None) != (below is None):
        yield "numerator", "分子（numerator）、分母（denominator）只写了一个。"
    elif above is not None and below is not None:
        if not (_is_count(below) and below > 0 and above <= below):
            yield "numerator", "分母应当大于 0，分子不能大于分母。"
        elif figure.value is None or not 0 <= figure.value <= 100:
            yield "value", "有分子、分母，数应当在 0 到 100 之间。"


def _is_count(value: float, unit: str = "") -> bool:
    """Whether a number is whole; of a unit that can be parted, whether it has no more decimals."""
    if not isinstance(value, int) and (not places(unit) or not math.isfinite(value)):
        return False
    whole: Fraction = Fraction(str(value)) * 10 ** places(unit)
    return whole.denominator == 1 and 0 <= whole <= MAX_NUMBER
