"""Turns what a person types into data of a record; what cannot be read stays as it was typed."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from pydantic import BaseModel

from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.spelling import dashed, proper_amount, proper_count, proper_day
from fazhi.sources import strict_yaml
from fazhi.sources.yaml_errors import Refused


def value(spec: FieldSpec, text: str, words: Sequence[str], today: date) -> Any:
    """One answer to the question for a field, `words` being what its menu offers."""
    text = text.strip()
    if spec.is_day:
        return day(text, today)
    if spec.is_number:
        return count(text)
    if spec.is_mapping:
        return counts(text)
    if spec.model:
        return [item(spec.model, text)]
    if spec.is_list:
        return [word(part, words) for part in parts(text, words)]
    return word(text, words)


def day(text: str, today: date) -> str:
    """今天, 昨天, 20250405 and what `--fix` would fix, as 2025-04-05."""
    days_ago = {"今天": 0, "昨天": 1, "前天": 2}
    if text in days_ago:
        return (today - timedelta(days=days_ago[text])).isoformat()
    return proper_day(dashed(text)) or text


def days(text: str) -> list[str]:
    """The ends of a time, 2025-06-17 至 2025-06-19, 2025-6-17至19; a single day is one."""
    first, *ends = re.split(r"\s*(?:至|到|—+|～|~)\s*", text)
    if day := proper_day(dashed(first)):
        short = r"\A(?:([0-9]{1,2})[-./月])?([0-9]{1,2})[日号]?\Z"
        ends = [re.sub(short, lambda m: f"{day[:5]}{m[1] or day[5:7]}-{m[2]}", e) for e in ends]
    return [first, *ends]


def count(text: str) -> int | str:
    number = proper_count(text) or text
    return int(number) if re.fullmatch(r"-?[0-9]{1,15}", number) else proper_amount(text) or text


def counts(text: str) -> dict[str, int | str] | str:
    """悬挂横幅=6、出动人员=12, with any of the usual marks between them."""
    form = r"\s*(?P<name>[^\s=＝:：]+?)\s*(?:[=＝:： ]\s*|(?<=[^\W\d])(?=\d+\s*$))(?P<count>\S+)\s*"
    written = re.split(r"[、，,；;\n]+", text.strip("{}｛｝ "))
    pairs = [re.fullmatch(form, pair) for pair in written]
    named = {pair["name"]: count(pair["count"]) for pair in pairs if pair}
    return named if len(named) == len(pairs) else text


def item(model: type[BaseModel], text: str) -> Any:
    """名称: 现场照片, 份数: 6, in braces or not; or a name alone, the first of the model's fields."""
    fields = specs(model)
    if text.startswith("{"):
        try:
            return strict_yaml.load(text, dict)
        except Refused:
            return text
    if pairs := keyed(fields, text):
        return {key: count(held) if fields[key].is_count else held for key, held in pairs}
    return {next(iter(fields)): text}


def keyed(fields: Iterable[str], text: str) -> list[tuple[str, str]]:
    """名称: 现场照片, 份数: 6 as its pairs; none of a text that does not begin with a known key."""
    key = rf"(?:^|[,，;；]\s*)({'|'.join(map(re.escape, fields))})\s*[:：]\s*"
    first, *rest = re.split(key, text)
    return [] if first else [(k, v.strip()) for k, v in zip(rest[::2], rest[1::2], strict=True)]


def parts(text: str, words: Sequence[str]) -> list[str]:
    """Several words: with 、 or any other mark between them. A word may have a mark in it."""
    if text in words:
        return [text]
    return [part for part in re.split(r"[、，,；;\s]+", text.strip("[]［］ ")) if part]


def word(text: str, words: Sequence[str]) -> str:
    """A word of the menu by itself or by its number; any other text as it is."""
    number = proper_count(text)
    if text not in words and number and 1 <= int(number) <= len(words):
        return words[int(number) - 1]
    return text
