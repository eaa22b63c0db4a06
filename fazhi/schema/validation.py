"""Data as a declared model, or every fault of it in a clerk's words, at its place."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import getitem
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fazhi.personal import masked
from fazhi.problems.problem import Fault, Problem
from fazhi.problems.quoting import nearest, shown
from fazhi.schema import faults
from fazhi.schema.fields import FieldSpec, Model, specs
from fazhi.schema.spelling import proper_day, says_nothing
from fazhi.schema.words import Word
from fazhi.sources.faults import full_width, not_yaml
from fazhi.sources.front_matter import is_plain
from fazhi.sources.source import ITSELF, Key, Source

M = TypeVar("M", bound=BaseModel)
Path = tuple[Key, ...]
MAX_FAULTS = 100  # of one mapping: past that it is no record with faults, but something else
LEADING = {"日期", "起始日期", "结束日期"}  # of these, one or two must be given
_SHAPES = {
    "tuple": "",
    "list": "",
    "dict": "应当是几组“名称: 内容”",
    "model": "应当是几组“名称: 内容”",
    "string": "应当是文字",
}


def parse(
    model: type[M], source: Source, data: object, above: Path = ()
) -> tuple[M | None, list[Problem]]:
    """Data as a model, or every fault of it at its line and column. `above` leads to the data."""
    try:
        return model.model_validate(data), []
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
    reported, absent = _without_consequences(model, errors)
    problems = []
    for error in reported[:MAX_FAULTS]:
        keys, fault = _fault(model, data, error, absent[error["loc"][:-1]])
        problems.append(source.problem([*above, *keys], fault))
    return None, problems


def _without_consequences(
    model: type[BaseModel], errors: list[ErrorDetails]
) -> tuple[list[ErrorDetails], dict[Path, list[str]]]:
    """The errors that do not follow from another, and the keys missing in each mapping.

    A key that is there, but misspelt, is not missing as well. One that is like no other may be any
    of those that are missing: it is reported, and names them.
    """
    unknown = [error for error in errors if error["type"] == "extra_forbidden"][:MAX_FAULTS]
    meant = {loc for error in unknown for loc in _meant(model, error)}
    strange = {error["loc"][:-1] for error in unknown if error["loc"] in meant}
    absent: dict[Path, list[str]] = defaultdict(list)
    reported = []
    for error in errors:
        if error["type"] != "missing":
            reported.append(error)
        elif error["loc"] not in meant:
            absent[error["loc"][:-1]].append(str(error["loc"][-1]))
            if error["loc"][:-1] not in strange:
                reported.append(error)
    return reported, absent


def _meant(model: type[BaseModel], error: ErrorDetails) -> set[Path]:
    """Where an unknown key would be, if it were the known one that it is most like; several places,
    if it took its content along for want of a colon."""
    *above, key = error["loc"]
    known = specs(_submodel(model, above))
    first, *more = re.split("[：:，,、]", str(key))
    held = {name.strip() for name in more} & known.keys()
    return {(*above, name) for name in (nearest(first, known) or key, *held)}


def _fault(
    model: type[BaseModel], data: Any, error: ErrorDetails, absent: Sequence[str]
) -> tuple[list[Key], Fault]:
    """What an error of pydantic means, and where that is."""
    keys: list[Key] = [key for key in error["loc"] if key != "[key]"]
    context: dict[str, Any] = error.get("ctx", {})
    key = str(keys[-1]) if keys else ""
    name = shown(key) if keys and isinstance(keys[-1], str) else "这一项"
    above = _submodel(model, keys[:-1])
    declared = specs(above).get(key)
    may_go = declared is not None and not declared.required and key not in LEADING
    if error["type"] == "extra_forbidden" or error["input"] is None:
        # A name that took its content along: {悬挂横幅：6} and {悬挂横幅:6} are one name each.
        if "：" in key:
            return [*keys, ITSELF], full_width(f"{shown(key)}用了全角冒号")
        if ":" in key:
            return [*keys, ITSELF], not_yaml(f"{shown(key)}的冒号后面缺空格", "写成“名称: 内容”")
    match error["type"]:
        case "missing":
            meaning = f"（{declared.meaning}）" if declared and declared.meaning else ""
            return keys[:-1], faults.missing(f"缺少{name}", f"补上“{key}: …”{meaning}")
        case "empty":
            return keys, faults.missing(f"{name}是空的", "至少写一项")
        case "extra_forbidden" | "invalid_key":
            held = reduce(getitem, keys[:-1], data)
            free = [*_free(above, held if isinstance(held, Mapping) else {}, error["input"])]
            elsewhere = above.elsewhere if issubclass(above, Model) else {}
            return [*keys, ITSELF], faults.unknown_field(key, specs(above), free, absent, elsewhere)
        case "literal_error":
            allowed = re.findall("'([^']+)'", str(context.get("expected", "")))
            fault = faults.not_of_the_list(name, error["input"], allowed, may_be_left_out=may_go)
            return keys, fault
        case "leading":
            fault = faults.one_leading_date(error["msg"], context["hint"])
            return [*keys, context["at"], ITSELF], fault
        case "day":
            return keys, faults.unreal_day(f"{name}{error['msg']}", "核对日期")
        case "days":
            first, last = context["first"], context["last"]
            hint = f"只写一天，{first} 或者 {last}" if first else "只写一天，写成 2024-04-15 这样"
            if "起始日期" in specs(above):
                first, last = (f" {day} " if day else "" for day in (first, last))
                hint = f"跨几天的，分成“起始日期”{first}和“结束日期”{last}两项"
                hint += "；不相连的，一天记一条"
            message = f"{name}写了几天，现在是{shown(error['input'])}"
            return keys, faults.wrong_form(message, hint)
    if says_nothing(error["input"]) and may_go:
        zero = "；是零的，写 0" if declared and declared.is_count else ""
        message = f"{name}现在是{shown(error['input'])}，等于没有写"
        return keys, faults.wrong_form(message, f"没有的，整行删去{zero}")
    here = _submodel(model, keys)
    of_words = bool(keys) and isinstance(keys[-1], str) and here is above
    # What a mapping is, or each item of a list; a plain word may be a text.
    item = None if of_words or here is Word else here
    return keys, faults.wrong_form(*_expected(name, error, item, declared))


def _free(model: type[BaseModel], held: Mapping[str, object], value: object) -> Iterator[str]:
    """The keys of a model that a value could have: not given yet, and of its form."""
    taken = {*held, *(LEADING if LEADING & held.keys() else ())}
    for key, spec in specs(model).items():
        form = (spec.is_list or spec.is_mapping, spec.is_count, spec.is_day)
        is_day = isinstance(value, str) and proper_day(value) is not None
        fits = form == (isinstance(value, list | dict), isinstance(value, int), is_day)
        if key not in taken and (fits or value is None or spec.required):
            yield key


def _expected(
    name: str, error: ErrorDetails, model: type[BaseModel] | None, declared: FieldSpec | None
) -> tuple[str, str]:
    """What form a value should have, and how it may be given it. `model` is that of its items."""
    found, kind, context = error["input"], error["type"], error.get("ctx", {})
    if found is None and kind == "form" and error["msg"] == "应当是文字":
        return f"{name}是空的，应当是文字", "填上；内容以 # 开头的，放进引号"
    if found is None:
        may_go = declared is not None and not declared.required
        wanted = f"，{error['msg']}" if kind == "form" else ""
        return f"{name}是空的{wanted}", "填上，或者删去这一行" if may_go else "填上"
    if kind == "form":
        hint = context.get("hint", "照这个要求改写")
        if isinstance(found, list) and declared and declared.words:
            hint = "只写一个词，不用括号"
        return f"{name}{error['msg']}，现在是{shown(found)}", hint
    if kind.startswith("int"):
        way_out = "" if declared is None or declared.required else "；没有的，整行删去"
        return f"{name}应当是整数，现在是{shown(found)}", f"只写数字，如 2024{way_out}"
    if "ge" in context or "le" in context:
        bound = f"不小于 {context['ge']}" if "ge" in context else f"不大于 {context['le']}"
        return f"{name}应当{bound}，现在是{shown(found)}", f"改成{bound} 的数"
    shape = next((start for start in _SHAPES if kind.startswith(start)), "")
    wanted = _SHAPES.get(shape, "的写法不对")
    if shape in {"list", "tuple"}:
        wanted = f"应当是列表，如 [{_item(model, '…') or '甲, 乙'}]"
    return f"{name}{wanted}，现在是{shown(found)}", _in_shape(shape, found, model)


def _item(model: type[BaseModel] | None, text: str) -> str:
    """A mapping of what a model requires, a text being the first of it."""
    required = [key for key, spec in specs(model).items() if spec.required] if model else []
    pairs = [f"{key}: {'…' if place else text}" for place, key in enumerate(required)]
    return f"{{{', '.join(pairs)}}}" if pairs else ""


def _in_shape(shape: str, found: object, model: type[BaseModel] | None) -> str:
    """How a value may be written in another shape; what is quoted of it is masked."""
    text = "…" if says_nothing(found) else masked(str(found))
    if shape in {"tuple", "list"} and isinstance(found, str | int):
        parts = re.split(r"\s*[；;,\n]\s*" if model else r"[\s，、；;,【】［］\[\]“”‘’「」]+", text)
        parts = [re.sub(r"^(?:[-–—―−－‐•·●*]|[0-9]{1,2}[.、](?![0-9]))\s*", "", p) for p in parts]
        words = [w if is_plain(w) or w.isdigit() else f'"{w}"' for w in parts if w]
        return f"写成 [{', '.join(_item(model, word) or word for word in words)}]"
    if shape in {"tuple", "list"}:
        return "写在一行里的，外面加一对方括号 [ ]；分几行写的，每一项的第一行前面加“- ”"
    if shape == "model" and isinstance(found, str | int) and (item := _item(model, text)):
        return f"写成 {item}"
    return "写成 {名称: 内容}" if shape in {"dict", "model"} else "照说明改写"


def _submodel(model: type[BaseModel], keys: Sequence[Key]) -> type[BaseModel]:
    for key in keys:
        spec = specs(model).get(key) if isinstance(key, str) else None
        model = (spec and spec.model) or model
    return model
