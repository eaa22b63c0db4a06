"""How a field is declared: the types of its value, what is said of it, how counts and days are read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property, lru_cache, partial
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, Field, PlainSerializer, PlainValidator
from pydantic_core import PydanticCustomError

from fazhi.problems.quoting import INVISIBLE
from fazhi.schema import spelling
from fazhi.schema.periods import Period

Form = Literal["marks", "pairs", "rows", "day", "number", "period", "list", "words", "text"]
MAX_AMOUNT = 10**12
_DECIMAL = re.compile(r"[0-9]{1,13}(?:\.[0-9]{1,10})?")
_EXACT = re.compile(rf"{spelling.YEAR}-\d{{2}}-\d{{2}}", re.ASCII)
_LOOSE = r"(?<!\d)(\d{4})\s*[-年/.－]\s*(\d{1,2})\s*[-月/.－]\s*(\d{1,2})(?!\d)"


def as_text(value: object) -> str:
    """A field's text, on one line. Raises PydanticCustomError where it is none."""
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not (text := value.strip()):
        raise PydanticCustomError("form", "应当是文字", {"hint": "写成一段文字，不用括号"})
    if len(value) > 2000:
        hint = "写短一些，细节放在正文里"
        raise PydanticCustomError("form", "文字太长，超过 2000 字", {"hint": hint})
    if (
        INVISIBLE.search(value) or "\r" in value
    ):  # by way of an escape: the file itself was searched when read
        raise PydanticCustomError("form", "里有看不见的字符", {"hint": "删去引号里的 \\ 写法"})
    if "\t" in text:
        hint = "从表格里贴来的，一格写进一项；只是隔开的，改成空格"
        raise PydanticCustomError("form", "里有制表符（Tab）", {"hint": hint})
    return spelling.one_line(text.replace("\xa0", " ")) if "\n" in text or "\xa0" in text else text


def _count(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        proper = spelling.proper_count(str(value).strip("“”‘’＂"))
        hint = f"写成 {proper}，用半角数字，不加引号" if proper else spelling.as_count(str(value))
        raise PydanticCustomError("form", "应当是整数", {"hint": hint})
    if not 0 <= value <= spelling.MAX_COUNT:
        raise PydanticCustomError("form", "应当在 0 和一亿之间", {"hint": "核对数字"})
    return value


def _amount(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise PydanticCustomError("form", "应当是数", {"hint": "只写数字，不写单位"})
    if not isinstance(value, int) and not _DECIMAL.fullmatch(written := str(value)):
        proper = spelling.proper_amount(written)
        hint = f"写成 {proper}" if proper else spelling.as_count(written, may_be_parted=True)
        raise PydanticCustomError("form", "应当是数", {"hint": hint})
    number = Decimal(value)
    if not 0 <= number <= MAX_AMOUNT:
        raise PydanticCustomError("form", "应当在 0 和一万亿之间", {"hint": "核对数字"})
    return int(number) if number == number.to_integral_value() else number.normalize()


def _day(value: object) -> object:
    if day := _day_of(str(value)):
        return day
    text = spelling.plain(str(value))
    is_one = spelling.proper_day(spelling.dashed(text)) is not None
    if not is_one and (several := spelling.several_days(text)):
        raise PydanticCustomError("days", "写了几天", {"first": several[0], "last": several[1]})
    match = re.search(_LOOSE, spelling.dashed(text))
    if not match:
        raise PydanticCustomError("form", "应当是日期", {"hint": "写成 2024-04-15 这样"})
    numbers = [int(part) for part in match.groups()]
    try:
        real = date(*numbers)
        wrong = "" if _EXACT.fullmatch(real.isoformat()) else "年份不对"
    except ValueError:
        wrong = "没有这一天"
    if wrong:
        text = "写的是 {}年{}月{}日，{}".format(*numbers, wrong)
        raise PydanticCustomError("day", "{text}", {"text": text})
    raise PydanticCustomError("form", "的写法不对", {"hint": f"写成 {real.isoformat()}"})


@lru_cache(maxsize=5_000)  # of a year's records, most share their days with others
def _day_of(text: str) -> date | None:
    """The day, where it is real and written as it should be."""
    try:
        return date.fromisoformat(text) if _EXACT.fullmatch(text) else None
    except ValueError:
        return None


def _mark_words(value: object) -> object:
    words = value if isinstance(value, list | tuple) else [value]
    if not words or not all(isinstance(word, str | int) and str(word).strip() for word in words):
        hint = "写成一个词；词表里写了多选的，写成 [甲, 乙]"
        raise PydanticCustomError("form", "应当是词", {"hint": hint})
    return tuple(dict.fromkeys(str(word).strip() for word in words))


Text = Annotated[str, BeforeValidator(as_text)]
Count = Annotated[int, BeforeValidator(_count)]
Amount = Annotated[  # of something that can be parted, such as money: whole, or an exact decimal
    int | Decimal,
    PlainValidator(_amount),
    PlainSerializer(lambda number: number if isinstance(number, int) else str(number)),
]
MarkWords = Annotated[
    tuple[str, ...],
    PlainValidator(_mark_words),
    PlainSerializer(lambda words: words[0] if len(words) == 1 else list(words)),
]
"""What a record says by a 标记: one word, or several where the vocabulary allows it."""
Day = Annotated[date, BeforeValidator(_day)]


def field(
    key: str,
    meaning: str,
    *,
    public: bool = False,
    required: bool = False,
    words: str | None = None,
    many: bool = False,
    note: str = "",
    otherwise: object = None,
    units: str = "",
) -> Any:
    """Declare a field: its key, what it means in a few words, whether it may leave the office, its
    word list, what to watch for when writing it, its value where it is not written, and of a count
    the units that a sum of it may have."""
    default: Any = ... if required else () if many else otherwise
    extra: Any = {"public": public, "words": words, "note": note, "units": tuple(units.split())}
    return Field(default, alias=key, description=meaning, json_schema_extra=extra)


public = partial(field, public=True)
"""Declare a field that may leave the office."""


class Model(BaseModel, extra="forbid", frozen=True, defer_build=True):
    """A mapping of the records: no unknown key, nothing changed after reading. `elsewhere` has keys
    that people look for in it, and where what they mean is written."""

    elsewhere: ClassVar[Mapping[str, str]] = {}


@dataclass(frozen=True)
class FieldSpec:
    """A declared field, as check, pages and data see it."""

    key: str
    attribute: str
    meaning: str
    public: bool
    required: bool
    words: str | None
    note: str
    units: tuple[str, ...]
    annotation: Any

    is_count = cached_property[bool](lambda spec: Count in _members(spec.annotation))
    is_day = cached_property[bool](lambda spec: Day in _members(spec.annotation))
    is_period = cached_property[bool](lambda spec: Period in _members(spec.annotation))
    is_number = cached_property[bool](lambda spec: spec.is_count or spec.is_amount)
    # By name: counts, amounts, or words.
    is_mapping = cached_property[bool](lambda spec: spec._is_of(dict))
    # Several words, or several mappings of a model.
    is_list = cached_property[bool](lambda spec: spec._is_of(tuple) and not spec.is_mapping)
    # A number that may have decimals.
    is_amount = cached_property[bool](
        lambda spec: Amount in _members(spec.annotation) and not spec.is_mapping
    )
    # One of the 标记 that a vocabulary declares.
    is_mark = cached_property[bool](lambda spec: spec.attribute == "marks" and not spec.is_mapping)

    def _is_of(self, kind: type) -> bool:
        return any(get_origin(part) is kind for part in _within(self.annotation))

    @cached_property
    def form(self) -> Form:
        """In what form it is answered; `words` are one of a list."""
        if self.is_mapping:
            return "marks" if self.words == "标记" else "pairs"
        if self.model:
            return "rows"
        if self.is_day:
            return "day"
        if self.is_number:
            return "number"
        if self.is_period:
            return "period"
        if self.is_list:
            return "list"
        return "words" if self.words or self.fixed else "text"

    @cached_property
    def fixed(self) -> tuple[str, ...]:
        """The values it may have, where these are the same for every township."""
        literals = (part for part in _within(self.annotation) if get_origin(part) is Literal)
        return tuple(value for literal in literals for value in get_args(literal))

    @cached_property
    def model(self) -> type[BaseModel] | None:
        """What the items of its list are, where they are mappings themselves."""
        parts = _within(self.annotation)
        return next((p for p in parts if isinstance(p, type) and issubclass(p, BaseModel)), None)


def _members(annotation: Any) -> tuple[Any, ...]:
    return (annotation, *getattr(annotation, "__args__", ()))


def _within(annotation: Any) -> Iterator[Any]:
    """An annotation and all that it is made of."""
    yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _within(part)


@cache
def specs(model: type[BaseModel]) -> dict[str, FieldSpec]:
    """The declared fields of a model, by their Chinese key, in order of declaration."""
    hints = get_type_hints(model, include_extras=True)
    found = {}
    for attribute, info in model.model_fields.items():
        extra: Any = info.json_schema_extra
        assert info.alias  # every field is declared with field()
        found[info.alias] = FieldSpec(
            key=info.alias,
            attribute=attribute,
            meaning=info.description or "",
            required=info.is_required(),
            annotation=hints[attribute],
            **extra,
        )
    return found
