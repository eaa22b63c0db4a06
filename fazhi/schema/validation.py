"""Data as a declared model, or every fault of it in a clerk's words, at its place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fazhi.personal import ABOUT_A_PERSON, masked
from fazhi.problems.problem import ERROR, Fault, Problem
from fazhi.problems.quoting import did_you_mean, nearest, shown
from fazhi.problems.rulebook import rule
from fazhi.schema.fields import specs
from fazhi.sources.faults import full_width, not_yaml
from fazhi.sources.source import Key, Source

M = TypeVar("M", bound=BaseModel)


def parse(model: type[M], source: Source, data: object) -> tuple[M | None, list[Problem]]:
    """Data as a model, or every fault of it at its line and column."""
    try:
        return model.model_validate(data), []
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
    reported, absent = _without_consequences(model, errors)
    return None, [
        _problem(model, source, error, absent[error["loc"][:-1]]) for error in reported[:MAX_FAULTS]
    ]


MAX_FAULTS = 100  # of one mapping: past that it is no record with faults, but something else


def _without_consequences(
    model: type[BaseModel], errors: list[ErrorDetails]
) -> tuple[list[ErrorDetails], dict[tuple[Key, ...], list[str]]]:
    """The errors that do not follow from another, and the keys missing in each mapping.

    A key that is there, but misspelt, is not missing as well. One that is like no other may be any
    of those that are missing: it is reported, and names them.
    """
    unknown = [error for error in errors if error["type"] == "extra_forbidden"][:MAX_FAULTS]
    meant = {loc for error in unknown for loc in _meant(model, error)}
    strange = {error["loc"][:-1] for error in unknown if error["loc"] in meant}
    absent: dict[tuple[Key, ...], list[str]] = defaultdict(list)
    reported = []
    for error in errors:
        if error["type"] != "missing":
            reported.append(error)
        elif error["loc"] not in meant:
            absent[error["loc"][:-1]].append(str(error["loc"][-1]))
            if error["loc"][:-1] not in strange:
                reported.append(error)
    return reported, absent


def _meant(model: type[BaseModel], error: ErrorDetails) -> set[tuple[Key, ...]]:
    """Where an unknown key would be, if it were the known one that it is most like.

    One that took its content along, for want of a colon that parts them, may hold several.
    """
    *above, key = error["loc"]
    known = specs(_submodel(model, above))
    first, *more = re.split("[：:，,、]", str(key))
    held = {name.strip() for name in more} & known.keys()
    return {(*above, name) for name in (nearest(first, known) or key, *held)}


# What can be wrong with a field: a function a rule


@rule(ERROR)
def missing(message: str, hint: str) -> Fault:
    """FZ201: 必填的项都写了，必填的列表不是空的。

    缺了这一项，这条记录数不进去，或者不知道说的是什么。每种记录哪些项必填，见各种记录的说明。
    改法：照提示补上这一项。
    """
    return missing.fault(message, hint)


@rule(ERROR)
def unknown_field(key: str, known: Iterable[str], absent: Sequence[str] = ()) -> Fault:
    """FZ202: 项的名称是这种记录有的。

    名称写错一个字，这一项就等于没有写；记录里也不设姓名、电话一类的项。
    改法：照提示改名称；没有合适的项的，写在正文里。
    """
    hint = did_you_mean(key, known)
    if ABOUT_A_PERSON.search(key):
        hint = "个人信息不登记，整行删去"
    elif absent and not nearest(key, known):
        hint = f"必填的还缺少：{'、'.join(absent)}"
    return unknown_field.fault(f"没有{shown(key)}这一项", hint)


@rule(ERROR)
def wrong_form(message: str, hint: str) -> Fault:
    """FZ203: 内容写成这一项应有的样子：文字、整数、日期或者列表。

    数要相加，日期要排先后，写成别的样子就算不出来。
    改法：整数只写半角数字，不写单位；日期写成 `2024-04-15`；几个词写成 `[甲, 乙]`。
    """
    return wrong_form.fault(message, hint)


@rule(ERROR)
def unreal_day(message: str) -> Fault:
    """FZ204: 日期是日历上有的一天。

    如 2 月 30 日、13 月，多半是打错了。
    改法：核对日期。
    """
    return unreal_day.fault(message, "核对日期")


@rule(ERROR)
def not_of_the_list(name: str, value: object, allowed: Iterable[str]) -> Fault:
    """FZ205: 只有几种写法的项，写的是其中一种。

    如“公开”只有全文、摘要、仅统计三种。
    改法：照提示改成其中一种。
    """
    return not_of_the_list.fault(f"{name}不能是{shown(value)}", did_you_mean(str(value), allowed))


@rule(ERROR)
def one_leading_date(message: str, hint: str) -> Fault:
    """FZ206: 活动和会议写“日期”，跨几天的写“起始日期”和“结束日期”，两种只用一种。

    一件事算在哪一天、哪一年，只能有一个说法。
    改法：一天的只留“日期”；跨几天的删去“日期”，起止都写。
    """
    return one_leading_date.fault(message, hint)


# From what pydantic reports


def _problem(
    model: type[BaseModel], source: Source, error: ErrorDetails, absent: Sequence[str]
) -> Problem:
    keys: list[Key] = [key for key in error["loc"] if key not in {"[key]"}]
    context: dict[str, Any] = error.get("ctx", {})
    key = str(keys[-1]) if keys else ""
    name = shown(key) if keys and isinstance(keys[-1], str) else "这一项"
    may_be_both = error["type"] == "extra_forbidden" or error["input"] is None
    if may_be_both and (fault := _not_parted(key)):
        return source.problem(keys, fault, of_key=True)
    match error["type"]:
        case "missing":
            meaning = _meaning(model, keys)
            hint = f"补上“{key}: …”" + (f"（{meaning}）" if meaning else "")
            return source.problem(keys[:-1], missing(f"缺少{name}", hint))
        case "empty":
            return source.problem(keys, missing(f"{name}是空的", "至少写一项"))
        case "extra_forbidden" | "invalid_key":
            fault = unknown_field(key, specs(_submodel(model, keys[:-1])), absent)
            return source.problem(keys, fault, of_key=True)
        case "literal_error":
            allowed = re.findall("'([^']+)'", str(context.get("expected", "")))
            return source.problem(keys, not_of_the_list(name, error["input"], allowed))
        case "leading":
            fault = one_leading_date(error["msg"], context["hint"])
            return source.problem([*keys, context["at"]], fault, of_key=True)
        case "day":
            return source.problem(keys, unreal_day(f"{name}{error['msg']}"))
    return source.problem(keys, wrong_form(*_expected(name, error, _item(model, keys))))


def _item(model: type[BaseModel], keys: list[Key]) -> type[BaseModel] | None:
    """The model of a mapping, or of each item of a list; a list of words has none."""
    here = _submodel(model, keys)
    of_words = bool(keys) and isinstance(keys[-1], str) and here is _submodel(model, keys[:-1])
    return None if of_words else here


def _not_parted(key: str) -> Fault | None:
    """A name that took its content along: {悬挂横幅：6} and {悬挂横幅:6} are one name each."""
    if "：" in key:
        return full_width(f"{shown(key)}用了全角冒号")
    if ":" in key:
        seen = f"{shown(key)}的冒号后面缺空格"
        return not_yaml(seen, "写成“名称: 内容”")
    return None


def _expected(name: str, error: ErrorDetails, model: type[BaseModel] | None) -> tuple[str, str]:
    """What form a value should have, and how it may be given it."""
    found, kind = error["input"], error["type"]
    if kind == "form":
        if found is None:
            return f"{name}是空的，{error['msg']}", "填上；内容以 # 开头的，放进引号"
        hint = error.get("ctx", {}).get("hint", "照这个要求改写")
        return f"{name}{error['msg']}，现在是{shown(found)}", hint
    if found is None:
        return f"{name}是空的", "填上，或者删去这一行"
    shape = next((start for start in _SHAPES if kind.startswith(start)), "")
    wanted = _SHAPES.get(shape, "的写法不对")
    return f"{name}{wanted}，现在是{shown(found)}", _in_shape(shape, found, model)


def _in_shape(shape: str, found: object, model: type[BaseModel] | None) -> str:
    """How a value may be written in another shape; what is quoted of it is masked."""
    text = masked(str(found))
    required = [key for key, spec in specs(model).items() if spec.required] if model else []
    item = ""
    if required and isinstance(found, str | int):
        pairs = [f"{required[0]}: {text}", *(f"{key}: …" for key in required[1:])]
        item = f"{{{', '.join(pairs)}}}"
    if shape in {"tuple", "list"} and isinstance(found, str):
        words = [word for word in re.split(r"[\s，、；,;【】［］\[\]]+", text) if word]
        return f"写成 [{item or ', '.join(words)}]"
    if shape in {"tuple", "list"}:
        return "写在一行里的，外面加一对方括号 [ ]；分几行写的，每一项的第一行前面加“- ”"
    if shape == "model" and item:
        return f"写成 {item}"
    return "写成 {名称: 内容}" if shape in {"dict", "model"} else "照说明改写"


_SHAPES = {
    "tuple": "应当是列表，如 [甲, 乙]",
    "list": "应当是列表，如 [甲, 乙]",
    "dict": "应当是几组“名称: 内容”",
    "model": "应当是几组“名称: 内容”",
    "string": "应当是文字",
}


def _meaning(model: type[BaseModel], keys: list[Key]) -> str:
    declared = specs(_submodel(model, keys[:-1])).get(str(keys[-1]))
    return declared.meaning if declared else ""


def _submodel(model: type[BaseModel], keys: list[Key]) -> type[BaseModel]:
    """The model that stands at the end of a path of keys."""
    for key in keys:
        if isinstance(key, str) and key in (known := specs(model)):
            found = _models_in(known[key].annotation)
            model = found[0] if found else model
    return model


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in _models_in(part)]
