"""Data as a declared model, or every fault of it in a clerk's words, at its place.

Rules: FZ201 missing field, FZ202 unknown field, FZ203 wrong form, FZ204 unreal date, FZ205 value
outside a fixed list, FZ206 leading date given twice or by halves.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from fazhi.problems import Problem, did_you_mean, nearest, shown
from fazhi.schema import specs
from fazhi.source import Key, Source

M = TypeVar("M", bound=BaseModel)


def parse(model: type[M], source: Source, data: object) -> tuple[M | None, list[Problem]]:
    """Data as a model, or every fault of it at its line and column."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        faults = error.errors(include_url=False)
    unknown = [fault for fault in faults if fault["type"] == "extra_forbidden"]
    misspelt = {_meant(model, fault) for fault in unknown[:MAX_FAULTS]}
    # A key that is there, but misspelt, is not missing as well.
    told = [fault for fault in faults if fault["type"] != "missing" or fault["loc"] not in misspelt]
    return None, [_problem(model, source, fault) for fault in told[:MAX_FAULTS]]


MAX_FAULTS = 100  # of one mapping: past that it is no record with faults, but something else


def _meant(model: type[BaseModel], fault: ErrorDetails) -> tuple[Key, ...]:
    """Where an unknown key would be, if it were the known one that it is most like."""
    *above, key = fault["loc"]
    known = specs(_submodel(model, above))
    return (*above, nearest(str(key).split("：")[0], known) or key)


def _problem(model: type[BaseModel], source: Source, fault: ErrorDetails) -> Problem:
    keys: list[Key] = [key for key in fault["loc"] if key not in {"[key]"}]
    context: dict[str, Any] = fault.get("ctx", {})
    name = shown(keys[-1]) if keys and isinstance(keys[-1], str) else "这一项"
    match fault["type"]:
        case "missing":
            meaning = _meaning(model, keys)
            hint = f"补上“{keys[-1]}: …”" + (f"（{meaning}）" if meaning else "")
            return source.problem("FZ201", keys[:-1], f"缺少{name}", hint)
        case "extra_forbidden" if "：" in str(keys[-1]):
            message = f"{shown(keys[-1])}用了全角冒号"
            hint = "改成半角冒号加一个空格“: ”"
            return source.problem("FZ112", keys, message, hint, of_key=True)
        case "extra_forbidden" | "invalid_key":
            hint = did_you_mean(str(keys[-1]), specs(_submodel(model, keys[:-1])))
            return source.problem("FZ202", keys, f"没有{shown(keys[-1])}这一项", hint, of_key=True)
        case "empty":
            return source.problem("FZ201", keys, f"{name}是空的", "至少写一项")
        case "literal_error":
            allowed = re.findall("'([^']+)'", str(context.get("expected", "")))
            message = f"{name}不能是{shown(fault['input'])}"
            return source.problem(
                "FZ205", keys, message, did_you_mean(str(fault["input"]), allowed)
            )
        case "leading":
            at = [*keys, context["at"]]
            return source.problem("FZ206", at, fault["msg"], context["hint"], of_key=True)
        case "day":
            return source.problem("FZ204", keys, f"{name}{fault['msg']}", "核对日期")
        case "form":
            message = f"{name}{fault['msg']}，现在是{shown(fault['input'])}"
            if fault["input"] is None:
                message = f"{name}是空的，{fault['msg']}"
            return source.problem("FZ203", keys, message, context.get("hint", "照说明填写"))
    if fault["input"] is None:
        return source.problem("FZ203", keys, f"{name}是空的", "填上，或者删去这一行")
    wanted = next((text for start, text in _SHAPES.items() if fault["type"].startswith(start)), "")
    message = f"{name}{wanted or '的写法不对'}，现在是{shown(fault['input'])}"
    hint = "照说明填写"
    if isinstance(fault["input"], str) and fault["type"].startswith(("tuple", "list")):
        words = [word for word in re.split(r"[\s，、；,;【】［］\[\]]+", fault["input"]) if word]
        hint = f"写成 [{', '.join(words)}]"
    return source.problem("FZ203", keys, message, hint)


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
