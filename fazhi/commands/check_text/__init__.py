"""Holds a finished text against the records: which of its numbers are as they are there.

It has exact numbers: it stays in the office.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal, get_args

from pydantic import BaseModel, Field

from fazhi.commands.check_text.amounts import Amount, amounts, is_true, is_true_change
from fazhi.commands.check_text.meaning import Meaning
from fazhi.commands.check_text.meant import Meant, Unclear
from fazhi.commands.check_text.printed import spots
from fazhi.commands.check_text.reading import MAX_BYTES, Line, lines_of
from fazhi.figures.measures import comparable
from fazhi.figures.value import Value
from fazhi.figures.wording import Untrue, by, change, plain
from fazhi.personal import masked
from fazhi.project import Year
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import Passage, Role
from fazhi.rules.text.reading import read
from fazhi.schema.units import matter, power
from fazhi.sources.evidence.pieces import Unreadable

__all__ = ["MAX_BYTES", "Checked", "Unreadable", "check", "lines_of"]
Verdict = Literal["不符", "无法判断", "相符"]
"""What is to be mended comes first, then what is to be looked at."""


class Found(BaseModel, extra="forbid"):
    """A number of the text."""

    place: str = Field(description="在哪里：第几段、第几行、第几张表")
    clause: str = Field(description="那句话，数在【】里")
    verdict: Verdict = Field(description="同记录比的结果")
    figures: list[str] = Field(default=[], description="说的是哪个指标，准确是多少")
    why: str = Field("", description="为什么不符，为什么无法判断")

    @property
    def lines(self) -> str:
        """As it is shown: what is said, where, and what the records say."""
        held = "；".join(filter(None, (*self.figures, self.why)))
        return f"{self.clause}（{self.place}）\n  {self.verdict}{f'：{held}' if held else ''}"


class Checked(BaseModel, extra="forbid"):
    """What check_text.py reports of a text."""

    version: Literal[1] = Field(1, description="这种写法的版本")
    year: int = Field(description="同哪一年的记录比")
    notices: list[str] = Field(default=[], description="记录、稿子不是真的、没有定稿的，是哪一样")
    foreign: str = Field("", description="看来不是本乡镇这一年的报告，为什么；那样每个数都无法判断")
    found: list[Found] = Field(description="找到的数，按先后")

    @property
    def summary(self) -> str:
        """How many numbers there are of each kind."""
        count = Counter(one.verdict for one in self.found)
        words = (f"{count[name]} 个{name}" for name in get_args(Verdict))
        foreign = f"{self.foreign}，一个也没有比。" if self.foreign else ""
        return f"{''.join(self.notices)}{foreign}共 {len(self.found)} 个数：{'，'.join(words)}。"

    @property
    def by_verdict(self) -> list[Found]:
        return sorted(self.found, key=lambda one: get_args(Verdict).index(one.verdict))

    @property
    def is_wrong(self) -> bool:
        return any(one.verdict == "不符" for one in self.found)


MOST = 1_000


def check(lines: Sequence[Line], year: Year) -> Checked:
    """Every number of a text, held against the figures of a year. Raises Unreadable of too many."""
    text = "\n".join(line.text for line in lines)
    reading, lexicon = read(text, len(text) + 1, {}), Lexicon(year.settings)
    said = [*amounts(reading, lexicon)]
    if len(said) > MOST:
        raise Unreadable(f"有 {len(said)} 个数，不像一份报告：拆开再查")
    plans = tuple(plan.span() for plan in re.finditer(_PLAN, text))
    passage = Passage("", text, year.year, Role.PAGE, plans)
    meaning, foreign = Meaning(year, lexicon), _foreign(lines, year)
    found, ahead, sentence = [], list[Meant | None](), -1
    beside = spots(reading.text, [(amount.start, amount.end) for amount in said])
    for amount, spot in zip(said, beside, strict=True):
        if spot.start(spot.sentence) != sentence or spot.heads:
            ahead, sentence = [], spot.start(spot.sentence)
        place = reading.at(amount.start)
        one = Found(
            place=lines[text.count("\n", 0, place)].place,
            clause=_quoted(reading.text, amount),
            verdict="无法判断",
        )
        meant: list[Meant] = []
        try:
            if foreign:
                raise Unclear("")
            if not passage.is_done(place):
                raise Unclear("说的是打算做的")
            if part := meaning.places.search(_heading(text, place)):
                raise Unclear(f"在“{part[0]}”的小标题下面")
            meant = meaning.of(spot, ahead)
            _judge(one, amount, meant, spot, year)
        except Unclear as why:
            one.why = str(why)
        ahead.append(meant[0] if len(meant) == 1 else None)
        found.append(one)
    return Checked(year=year.year, notices=[*_notices(text, year)], foreign=foreign, found=found)


def _notices(text: str, year: Year) -> Iterator[str]:
    """What keeps numbers from being those of a report, however well they agree."""
    if year.settings.township.is_sample:
        yield "同它比的记录是示例数据，不是真的。"
    if year.narrative is None or year.narrative.meta.is_draft:
        yield f"{year.year}年的报告还没有写，或者是草稿，数还会变。"
    if re.search(r"(?m)示例数据[：:]|^(?!\W*附[件表录]).*[（(]示例", text):
        yield "稿子里写着示例，不是真的报告。"


def _quoted(text: str, amount: Amount) -> str:
    """The clause around a number, which is marked; masked, and on one line."""
    before = re.split("[。；;\n]", text[max(amount.start - 30, 0) : amount.start])[-1]
    after = re.split("[。；;\n]", text[amount.end : amount.end + 12])[0]
    return masked(f"{before}【{text[amount.start : amount.end]}】{after}")


_PLAN = (
    r"(?m)^[一二三四五六七八九十]+、[^\n。]*(?:安排|计划|打算|思路|展望|下一步)[^\n]*"
    r"(?:\n(?!(?:[一二三四五六七八九十]+、|附[件表录])).*)*"
)
"""What is to be done: from such a heading to the next of its level, or an annex."""


def _heading(text: str, place: int) -> str:
    """The heading below which a place is: the last short line before it that has a number."""
    found = [*re.finditer(_HEADING, text[:place])]
    return found[-1][0] if found else ""


_HEADING = r"(?m)^(?:[（(]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}[.、．])[^\n。]{2,40}$"


def _foreign(lines: Sequence[Line], year: Year) -> str:
    """Why a text is not this township's, or not of this year; empty where it may be."""
    text, head = "".join(line.text for line in lines), "".join(line.text for line in lines[:6])
    township = year.settings.township
    kind = township.short_name[-1]
    others = re.findall(r"[一-龥]{2,12}?(?:乡|镇|街道)(?=人民政府|党委|办事处|\d{4}年)", head)
    if others and township.short_name not in text:
        return f"标题里是“{others[0]}”，不是{township.short_name}"
    if kind in "乡镇" and re.search(f"[我本全]{'镇' if kind == '乡' else '乡'}|[我本]街道", text):
        return f"说的不是{township.short_name}"
    years = re.findall(r"(\d{4})年(?:度|法治|关于)", head)
    if years and str(year.year) not in years:
        return f"标题里是{years[0]}年，不是{year.year}年：用 --year {years[0]}"
    return ""


def _judge(one: Found, amount: Amount, meant: Sequence[Meant], spot: Number, year: Year) -> None:
    """Say of a number what the figures are that it is of, and whether it is true of them all."""
    if not amount.unit and spot.heads:
        column = _with_unit(amount, spot.heads[:1])
        amount = column if column.unit else _with_unit(amount, (*spot.heads, spot.title))
    verdicts = list[bool | None]()
    for of in meant:
        value, last = of.value, year.last.get(of.value.name)
        one.figures.append(_exact(of, last))
        one.why = "公开的稿子里不单独印它" if of.is_merged else ""
        if amount.number is None or amount.how is None:
            raise Unclear("没有说准确是多少")
        if of.change is not None:
            if last is None or last.number is None or not comparable(value, last):
                raise Unclear("上年没有数，或者口径不同")
            is_down = bool(re.search("[减降落缩压跌少↓▼－−-]", of.change))
            verdicts.append(is_true_change(amount, is_down, value, last))
        elif matter(amount.unit) == matter(value.unit) or (not amount.unit and spot.heads):
            verdicts.append(is_true(amount, value))
        elif amount.unit and (of.is_printed or matter(amount.unit)[0] == matter(value.unit)[0]):
            one.why = f"单位是“{value.unit}”，不是“{amount.unit}”"
            verdicts.append(False)
        else:
            raise Unclear(f"单位不是“{value.unit}”，说的也许是别的")
    if None in verdicts and False not in verdicts:
        raise Unclear("没有说准确是多少")
    one.verdict = "相符" if all(verdicts) else "不符"


def _with_unit(amount: Amount, heads: Sequence[str]) -> Amount:
    """A number of a table in the unit that its heads say."""
    said = re.findall(
        r"[（(/／](?:单位[:：])?([百千万亿]*)([^\d（）()/／]{1,3})[）)]?", "".join(heads)
    )
    if len({*said}) != 1:
        return amount
    scale, unit = said[0]
    return replace(amount, scale=amount.scale * power(f"{scale}个"), unit=unit)


def _exact(of: Meant, last: Value | None) -> str:
    """A figure with its exact value, or what has changed."""
    value = of.value
    if of.change is not None:
        try:
            many = by(value, last)
            said = many if value.is_rank else change(value, last)
            return f"{value.name}比上年{said}" + (f"（{many}）" if many != said else "")
        except Untrue as error:
            return error.message
    fraction = f"（{value.numerator}/{value.denominator}）" if value.numerator is not None else ""
    return f"{value.name}{'上年' if of.is_last else ''}{plain(value)}{fraction}"
