"""The question for a field, and the words that its answer may be taken from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fazhi.schema.fields import FieldSpec, specs


@dataclass(frozen=True)
class Question:
    """What is asked about one field: `parts` are asked for every item of a list of mappings."""

    key: str
    text: str
    words: tuple[str, ...]
    required: bool
    parts: "tuple[Question, ...]" = ()


Offered = Callable[[FieldSpec], tuple[str, ...]]
"""The words that the answer for a field may be taken from; none where any will do."""


def about(
    spec: FieldSpec, offered: Offered, today: date, *, required: bool, note: str = ""
) -> Question:
    """The question for a field: what it means, and how its answer is written."""
    below = specs(spec.model).values() if spec.model else ()
    parts = tuple(about(part, offered, today, required=part.required) for part in below)
    # One question asks for the day or for both ends: its note is about the keys in a file.
    own_note = "" if spec.key == "日期" else spec.note
    text = "；".join(filter(None, (spec.meaning, own_note, note or _manner(spec, today))))
    return Question(spec.key, text, offered(spec), required, parts)


def _manner(spec: FieldSpec, today: date) -> str:
    if spec.is_day:
        ranges = "；跨几天的写“… 至 …”" if spec.key == "日期" else ""
        return f"写成 {today}，或者今天、昨天{ranges}"
    if spec.is_count:
        return "只写数字"
    if spec.is_mapping:
        return "写成“名称=数量”，几项之间用顿号"
    return "几个之间用顿号" if spec.is_list and not spec.model else ""
