"""How a field is declared: the types of its value, what is said of it, how counts and days are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from fazhi.personal import half_width
from fazhi.problems.quoting import INVISIBLE

MAX_COUNT = 100_000_000


def _text(value: object) -> object:
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not (text := value.strip()):
        raise PydanticCustomError("form", "应当是文字", {"hint": "写成一段文字，不用括号"})
    if len(value) > 2000:
        hint = "写短一些，细节放在正文里"
        raise PydanticCustomError("form", "文字太长，超过 2000 字", {"hint": hint})
    if INVISIBLE.search(value):  # by way of an escape: the file itself was searched when read
        raise PydanticCustomError("form", "里有看不见的字符", {"hint": "删去引号里的 \\ 写法"})
    return one_line(text.replace("\xa0", " ")) if "\n" in text or "\xa0" in text else text


def _count(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        proper = proper_count(str(value).strip("“”‘’＂"))
        hint = f"写成 {proper}，用半角数字，不加引号" if proper else _as_count(str(value))
        raise PydanticCustomError("form", "应当是整数", {"hint": hint})
    if not 0 <= value <= MAX_COUNT:
        raise PydanticCustomError("form", "应当在 0 和一亿之间", {"hint": "核对数字"})
    return value


def _as_count(text: str) -> str:
    """How a text that is no whole number may become one, without becoming untrue."""
    match = _QUANTITY.fullmatch(re.sub(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", plain(text)))
    if not match:
        return "只写数字，不写单位"
    about, digits, scale, unit = match.groups()
    number = Fraction(digits) * _SCALES.get(scale, 1)
    if about or re.match(r"[余多来几]|左右|上下|以[上下内]", unit):
        return "写准确的数，不写“约”“余”；不知道准确的，写在正文里"
    if number.denominator > 1 or unit.startswith("%"):
        return "只能是整数；核对，带小数的、百分比写在正文里"
    return f"写成 {number}，不写单位" if scale and number <= MAX_COUNT else "只写数字，不写单位"


_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_QUANTITY = re.compile(
    rf"\s*([约近逾超]|大约|超过|将近|不到)?\s*([0-9]{{1,9}}(?:\.[0-9]{{1,9}})?)\s*"
    rf"([{''.join(_SCALES)}])?\s*(\D{{0,20}})"
)
_NOTHING = re.compile(
    r"\s*(?:无|没有|暂无|不详|未知|空|[/\\—–―－-]+|n/?a|null|none|~)\s*", re.IGNORECASE
)


def says_nothing(value: object) -> bool:
    """Whether what is typed only says that there is nothing to type."""
    return isinstance(value, str) and _NOTHING.fullmatch(value) is not None


def _day(value: object) -> object:
    if day := _day_of(str(value)):
        return day
    text = plain(str(value))
    is_one = proper_day(dashed(text)) is not None
    if not is_one and (several := several_days(text)):
        raise PydanticCustomError("days", "写了几天", {"first": several[0], "last": several[1]})
    match = _LOOSE.search(dashed(text))
    if not match:
        raise PydanticCustomError("form", "应当是日期", {"hint": "写成 2024-04-15 这样"})
    numbers = [int(part) for part in match.groups()]
    try:
        real = date(*numbers)
    except ValueError:
        text = "写的是 {}年{}月{}日，没有这一天".format(*numbers)
        raise PydanticCustomError("day", "{text}", {"text": text}) from None
    raise PydanticCustomError("form", "的写法不对", {"hint": f"写成 {real.isoformat()}"})


@lru_cache(maxsize=5_000)  # of a year's records, most share their days with others
def _day_of(text: str) -> date | None:
    """The day, where it is real and written as it should be."""
    try:
        return date.fromisoformat(text) if _EXACT.fullmatch(text) else None
    except ValueError:
        return None


def one_line(text: str) -> str:
    """A text whose line ends only made it fit: nothing between Chinese characters, else a space."""
    return _BREAK.sub(" ", _BREAK_IN_CHINESE.sub("", text))


_CHINESE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…·]"
_BREAK = re.compile(r"\s*\n\s*")
_BREAK_IN_CHINESE = re.compile(rf"(?<={_CHINESE})\s*\n\s*(?={_CHINESE})")


# However it is spelt: hints, --fix, new records and spreadsheets all read counts and days here.


def proper_count(text: str) -> str | None:
    """A whole number as it should be written, or None: 160, "160", １６０, 1,200."""
    digits = plain(text)
    if not re.fullmatch(r"[0-9]{1,9}|[0-9]{1,3}(?:,[0-9]{3})+", digits):
        return None
    number = int(digits.replace(",", ""))
    return str(number) if number <= MAX_COUNT else None


def proper_day(text: str) -> str | None:
    """A real day as it should be written, or None: 2024年4月5日, 2024/4/5, 2024.4.5, 2024-4-5."""
    match = _DAY.fullmatch(plain(text))
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.group("year", "month", "day"))).isoformat()
    except ValueError:
        return None


def several_days(text: str) -> tuple[str, str] | None:
    """The first and the last of several days in ISO form, empty where the text does not say them all.

    2024.6.17-6.19, 2024年6月17日至19日, 2024-03-05、03-08; 6月17日至19日 is of no year. None for one day.
    """
    text = _COMPACT_WITHIN.sub(r"\1-\2-\3", plain(text))
    days: list[list[int]] = []
    found = _LEADING_DAY.match(text)
    while found:
        before = days[-1] if days else []
        days.append([int(part or before[place]) for place, part in enumerate(found.groups())])
        found = _FURTHER_DAY.match(text, found.end())
    if len(days) < 2:
        return ("", "") if _SEVERAL.search(text) else None
    try:
        real = [date(*day).isoformat() for day in days]
    except ValueError:
        return "", ""
    return (real[0], real[-1]) if real == sorted(real) else ("", "")


def dashed(text: str) -> str:
    """20240405 as 2024-04-05, whether there is such a day or not; any other text as it is."""
    return _COMPACT.sub(r"\1-\2-\3", text)


def plain(text: str) -> str:
    """A text with what looks like a digit, a dash, a blank as that, none of them around it."""
    return text.translate(_PLAIN).strip()


_PLAIN = half_width("0123456789-/.,~:;()%") | dict.fromkeys(map(ord, "‐‑‒–—―−﹣⁃"), "-")
_PLAIN |= dict.fromkeys([0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000], " ")
_COMPACT = re.compile(r"\A([0-9０-９]{4})([0-9０-９]{2})([0-9０-９]{2})\Z")
_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?: *年 *|(?P<mark>[-/.]))(?P<month>[0-9]{1,2})"
    r"(?(mark)(?P=mark)| *月 *)(?P<day>[0-9]{1,2})(?(mark)| *[日号])"
)

_COMPACT_WITHIN = re.compile(r"(?<![0-9])([0-9]{4})([0-9]{2})([0-9]{2})(?![0-9])")
_REST = (  # of a day
    r"(?![0-9])\s*[日号]?\s*(?:\([^()]{0,9}\)|(?:星期|周)[一二三四五六日天]|[上下]午|晚上?|[起止])*"
)
_LEADING_DAY = re.compile(
    rf"\s*([0-9]{{4}})\s*[-/.年]\s*([0-9]{{1,2}})\s*[-/.月]\s*([0-9]{{1,2}}){_REST}"
)
_FURTHER_DAY = re.compile(
    rf"\s*(?:[至到和及与]|[-~〜,、;]+)\s*(?:([0-9]{{4}})\s*[-/.年]\s*(?=[0-9]+\s*[-/.月]))?"
    rf"(?:([0-9]{{1,2}})\s*[-/.月]\s*)?([0-9]{{1,2}})(?!\s*[:时点]){_REST}"
)
_SEVERAL = re.compile(
    r"[0-9日号月](?:\([^()]{0,9}\)|起)?\s*[至到和及与~〜,、;]+\s*[0-9]+(?![0-9]|\s*[:时点])"
    r"|[日号]\s*-\s*[0-9]|(?<![0-9.])[0-9]{1,2}[./月][0-9]{1,2}\s*日?\s*-\s*[0-9]"
)
_EXACT = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LOOSE = re.compile(r"(\d{4})\s*[-年/.－]\s*(\d{1,2})\s*[-月/.－]\s*(\d{1,2})")

Text = Annotated[str, BeforeValidator(_text)]
Count = Annotated[int, BeforeValidator(_count)]
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
) -> Any:
    """Declare a field: its key, what it means in a few words, whether it may leave the office, its word
    list, what to watch for when writing it, and its value where it is not written."""
    default: Any = ... if required else () if many else otherwise
    extra: dict[str, Any] = {"public": public, "words": words, "note": note}
    return Field(default, alias=key, description=meaning, json_schema_extra=extra)


class Model(BaseModel):
    """A mapping of the records: no unknown key, nothing changed after reading.

    `elsewhere` has keys that people look for in it, and where what they mean is written.
    """

    elsewhere: ClassVar[Mapping[str, str]] = {}

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    annotation: Any

    @property
    def is_count(self) -> bool:
        return Count in _members(self.annotation)

    @property
    def is_day(self) -> bool:
        return Day in _members(self.annotation)

    @property
    def is_list(self) -> bool:
        """Whether it may hold several: words, or mappings of a model."""
        return any(get_origin(part) is tuple for part in _within(self.annotation))

    @property
    def is_mapping(self) -> bool:
        """Whether it holds counts by name."""
        return any(get_origin(part) is dict for part in _within(self.annotation))

    @property
    def fixed(self) -> tuple[str, ...]:
        """The values it may have, where these are the same for every township."""
        literals = (part for part in _within(self.annotation) if get_origin(part) is Literal)
        return tuple(value for literal in literals for value in get_args(literal))

    @property
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
        extra = info.json_schema_extra
        assert isinstance(extra, dict) and info.alias  # every field is declared with field()
        found[info.alias] = FieldSpec(
            key=info.alias,
            attribute=attribute,
            meaning=info.description or "",
            public=bool(extra["public"]),
            required=info.is_required(),
            words=extra["words"] if isinstance(extra["words"], str) else None,
            note=str(extra.get("note", "")),
            annotation=hints[attribute],
        )
    return found
