"""What a text says of several years together: 连续三年增长, 为近三年最多, 三年来首次下降."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from fazhi import regex as re
from fazhi.report.moves import HOW, WAYS
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.numerals import NUMERALS, chinese_value

Kind = Enum("Kind", "TREND LEVEL PEAK TURN REACHED")
"""It grows, it stays, it is the most, it grows for the first time, it comes so far for the first time."""

_MANY = rf"[{NUMERALS}\d]{{1,3}}"
_IN = "(?:以?来|[之以]?[间内]|里|中)"
_SPAN = (
    rf"(?:已经?)?(?P<row>连续)第?(?:(?P<many>{_MANY})|[多数几])个?年度?"
    rf"|(?P<times>{_MANY})年?连(?=[增升降减涨跌])"
    rf"|(?:最?近|过去)(?:(?P<recent>{_MANY})|[多数几])年{_IN}?"
    rf"|(?P<back>{_MANY})年(?:{_IN}|(?=新[高低]|最[高低多少]|[都均]))"
    r"|[自从]?(?P<since>\d{4})年(?:以来|起|至今)|历[年史]上?|[近多]年(?:以?来)?|有(?:记录|统计)以来"
    "|(?P<each>连年|逐年|(?<!上)年年)"
)
"""The years of which something is said."""
_ALONG = "都|均|双|一直|始终|持续|连续|连年|逐年|每年|年年|不断|稳步"
_HOW = f"(?:{_ALONG}|保持|实现|呈现?|出现|同比|[比较]上年|{HOW})*"
_END = rf"了?(?=[，,。；、：:（()）的{HIDDEN}]|$)"
_CAME = "突破|超过|达到?|实现|[迈站]上|上升|下降|[升降增减提跌]|[在为是到至了]"
_FIRST = (
    rf"(?:首次|第一次|首度)(?:{_HOW}(?P<TURN>{WAYS}|[正负]增长){_END}"
    rf"|(?P<REACHED>(?:{_CAME})*(?:{HIDDEN}|$)))"
)
_LASTS = f"(?:{_ALONG})*(?:保持|稳定|维持|达到?|如此)[在到了]*(?:[这此该][一个]?)?(?:水平|比例|标准)?{_END}"
_SAID = (
    rf"{_HOW}{_FIRST}"
    r"|[的之为是创有]*(?P<PEAK>最(?:[高多大快]|[低少小慢])|新[高低])(?:水平|值|[纪记]录|点)?"
    rf"{_END}(?!的(?:变化|特点|亮点|成绩|成效|收获|突破))"
    rf"|{_HOW}(?P<TREND>{WAYS}|(?<=连)[增升降减涨跌]){_END}"
    rf"|(?P<LEVEL>{_LASTS}|[^，,。；{HIDDEN}的获评荣]{{0,16}}(?:{HIDDEN}|(?<=[在为是])$))"
)
_BEYOND = (
    rf"(?:(?P<than>[高多低少优好]于|超过|不[及如])|[比较])(?:前(?P<before>{_MANY})年|[往历]年)(?:任何一年)?"
    rf"(?(than)|(?:[都均要还更]|{HOW})*(?:[多少高低]|{WAYS})){_END}"
)
"""多于前两年, 比往年都少: than in each of them."""
_LATER = rf"[，,]?[^，,。；{HIDDEN}]{{2,24}}?(?=(?:{_ALONG})|(?:{HOW})?(?:{WAYS}){_END})"
"""What stands between the years and what is said of them: 近三年来，甲持续增长."""


class Claim(NamedTuple):
    """What is said of so many years, this one the last; of all there are where no number is said.

    `at` is where that begins which is said, behind the years and perhaps a figure. Of years in a
    row each is compared with the one before it: of three of them (`is_row`), the first one too.
    """

    start: int
    at: int
    end: int
    kind: Kind
    words: str
    years: int | None
    is_in_a_row: bool = False
    is_row: bool = False


def claims(text: str, year: int) -> Iterator[Claim]:
    """What a text says of several years together, up to a year."""
    end = 0
    for span in re.finditer(_SPAN, text):
        said = re.compile(_SAID).match(text, span.end())
        is_row = bool(span["row"] or span["times"])
        if said is None and not is_row and (name := re.compile(_LATER).match(text, span.end())):
            said = re.compile(_SAID).match(text, name.end())
        if said is None or span.start() < end:
            continue
        is_in_a_row = is_row or bool(span["each"] or re.search(_ALONG, said[0]))
        kind = Kind[str(said.lastgroup)]
        if kind is Kind.LEVEL and not is_in_a_row:
            continue  # 近三年来召开
        at = span.start() if said.start() == span.end() else said.start()
        years = _count(*span.group("many", "times", "recent", "back"))
        years = year - int(span["since"]) + 1 if span["since"] else years
        end = said.end()
        yield Claim(span.start(), at, end, kind, said[kind.name], years, is_in_a_row, is_row)
    for said in re.finditer(_BEYOND, text):
        years = _count(said["before"])
        yield Claim(said.start(), said.start(), said.end(), Kind.PEAK, said[0], years and years + 1)
    for said in re.finditer(_FIRST, text):
        if said.start() >= end:
            kind = Kind[str(said.lastgroup)]
            yield Claim(said.start(), said.start(), said.end(), kind, said[kind.name], None)


def _count(*typed: str | None) -> int | None:
    number = next(filter(None, typed), None)
    return int(number) if number and number.isdigit() else chinese_value(number or "零") or None


def is_of_several(said: re.Match[str], year: int) -> bool:
    """Whether what is found in a text belongs to what the text says of several years."""
    return any(one.start <= said.start() < one.end for one in claims(said.string, year))


def is_first(text: str, place: int) -> bool:
    """Whether a course turns for the first time there, or comes so far, and not begins to be."""
    return bool(re.compile(_FIRST).match(text, place))
