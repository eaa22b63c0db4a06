"""What a narrative says of a number's change on last year, or of a part of the year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from fazhi.figures.selection import day_of
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import plain
from fazhi.problems.problem import Fault
from fazhi.report import faults
from fazhi.rules.narrative.beside import DIRECTION
from fazhi.rules.narrative.clauses import Names, Number
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.kinds import KINDS
from fazhi.schema.numerals import chinese_value, half_up

Found = Iterator[tuple[int, Fault]]
"""Faults with their places in what is read."""


def check(number: Number, rest: str, now: Value, before: Value | None) -> Found:
    """What is said of a change: just before a number, or in the `rest` of its sentence."""
    ahead = DIRECTION.search(number.near)
    is_to = bool(ahead and re.search("[到至]", ahead["between"]))
    start = number.near_at
    goes_from = re.search(r"[由从][^，,。；]{0,4}$", number.near)
    if not number.is_last and goes_from and _MOVES.match(number.after):
        yield start + goes_from.start(), faults.change_from_this(number.name)
    if _INTO.search(number.near) and not number.follows_last:
        yield start, faults.untrue_change(now.name, "由……变为", "前一个数不是它上年的数")
    if number.is_last:
        if ahead and is_to:
            yield start + ahead.start(), faults.change_to_last(number.name)
        return
    if "同比" in number.wordings:
        since = number.said_at
        for other in _OTHER_BASE.finditer(number.said):
            if other["year"] != str(now.year - 1):
                yield since + other.start(), faults.another_base(other[0], now.year - 1)
        found = [(since, said) for said in _TREND.finditer(number.said)]
    elif ahead and is_to:
        if _FROM.search(number.near[: ahead.start()]) and not number.follows_last:
            yield (
                start + ahead.start(),
                faults.untrue_change(now.name, ahead[0], "前一个数不是它上年的数"),
            )
            return
        found = [(start, ahead)]
    else:
        ahead_of_it = number.sentence.rpartition(HIDDEN)[2]
        found = [(number.at - len(ahead_of_it), said) for said in _SINCE.finditer(ahead_of_it)]
        found += [
            (number.at + 1, said)
            for said in _SINCE.finditer(rest)
            if number.after[said.end() : said.end() + 1] != HIDDEN  # that is a 同比
        ]
        found += [
            (number.sentence_at, said)
            for said in _SUBJECT.finditer(number.sentence)
            if said["subject"] in number.name
        ]
    for offset, said in found:
        if _is_untrue(said, now, before):
            yield offset + said.start(), _fault(said, now, before)


def without_number(sentence: str, names: Names, values: Values, last: Values) -> Found:
    """What a sentence that prints no number says of the change of a figure which it names."""
    for said in _SINCE.finditer(sentence):
        named, _ = names.ending(re.split("[，,]", sentence[: said.start()])[-1])
        for name in named if len(named) == 1 else ():
            if name in values and _is_untrue(said, values[name], last.get(name)):
                yield said.start(), _fault(said, values[name], last.get(name))


def _fault(said: re.Match[str], now: Value, before: Value | None) -> Fault:
    known = before is not None and before.number is not None
    numbers = f"上年{plain(before)}，今年{plain(now)}" if before and known else "上年没有数"
    words = said.groupdict().get("claim") or said.groupdict().get("words") or said[0]
    return faults.untrue_change(now.name, words, numbers)


_EQUAL = "持平|相同|一致|相当|不变|一样"
_WAYS = (
    f"增长|增加|增多|上升|上涨|提高|提升|攀升|减少|下降|下滑|降低|回落|压减|下跌|{_EQUAL}"
    "|[多少增减](?!数)[出了发开办调处受结召举花张贴排]?"
)
_HOW = "有所|明显|大幅|稳步|持续|显著|小幅|略有|逐年"
_SUBJECT = re.compile(
    rf"(?P<subject>[一-龥]{{3,12}}?)(?:(?:数量|总量|件数|起数|[数量])(?:{_HOW})?|{_HOW})(?P<words>{_WAYS})"
)
_TREND = re.compile(rf"(?:{_HOW})(?P<words>{_WAYS})")
_MOVES = re.compile(rf"(?:{_HOW})?(?:{_WAYS})")
_LAST = r"(?:上一?年度?|去年|\d{4}年)(?:末|底|同期)?"
_SINCE = re.compile(
    rf"(?P<claim>(?:[比较与和同跟]{_LAST}(?:相比)?的?{HIDDEN}?|同比)[，,]?"
    rf"(?P<about>基本|大体)?(?:{_HOW}|保持|都|也|还|又)*(?P<words>{_WAYS})了?"
    r"(?:(?P<amount>\d+(?:\.\d+)?)(?P<unit>个百分点|[^，,。；、\d]{1,3}))?)"
    r"|创?(?:历年|历史|近年)来?的?(?P<peak>新[高低])"
    rf"|(?P<beyond>多于|高于|超过|好于|优于|少于|低于|不及|不如){_LAST}"
)
_OTHER_BASE = re.compile(
    r"(?:[比较与和同](?P<year>\d{4})年)|环比|前年|上个?月|上个?季度|[上下]半年"
)
_INTO = re.compile(rf"[由从][^，,。；]{{0,8}}{HIDDEN}[一-龥]{{1,4}}为$")
_FROM = re.compile(rf"[由从][^，,。；]{{0,8}}{HIDDEN}$")


def _is_untrue(said: re.Match[str], now: Value, before: Value | None) -> bool:
    if now.number is None or before is None or before.number is None:
        return now.number is not None
    held = said.groupdict()
    words = held.get("words") or held.get("beyond") or held.get("peak") or ""
    difference = now.number - before.number
    if words in _EQUAL.split("|"):
        return abs(difference) * 20 > before.number if held.get("about") else difference != 0
    is_down = bool(re.search("[减降落缩压跌少滑低]|不[及如]", words))
    if difference >= 0 if is_down else difference <= 0:
        return True
    if not held.get("amount"):
        return False
    amount, decimals = Fraction(held["amount"]), len(held["amount"].partition(".")[2])
    exact = abs(difference)
    if held["unit"].startswith("%") and now.unit != "%":
        exact = exact / before.number * 100 if before.number else exact
    return Fraction(half_up(exact, decimals)) != amount


_PART = re.compile(
    r"(?!.*(?:全年|1[至到~～-]12月|1?12月底|年底|年末|12月31日))(?P<said>(?P<half>[上下])半年"
    r"|(?P<quarter>[前第]?[一二三四1-4]个?)季度"
    r"|(?<!\d)(?P<from>\d{1,2}|[一二三四五六七八九十]{1,2})月?(?:[至到~～-](?P<to>\d{1,2}))?"
    r"月(?:份|\d{1,2}日|以来|底|末)*"
    r"|近[两三四五几\d]年|[两三四五]年来|[^，,。；]{2,10}(?<!今年)(?<!年初)(?<!全年)(?<!月份)以来|\d{4}年(?:以来|至今|起))"
)


def in_part(number: Number, value: Value) -> Found:
    """A part of the year, or several years, of which the figure is not."""
    said = _PART.search(number.said)
    counted = (value, *value.sides)[-1]
    if not said or number.is_last or counted.definition.kind in (None, "现状"):
        return
    months = _months(said)
    day = day_of(KINDS[counted.definition.kind], counted.definition.by_date)
    days = [found for record in counted.records if (found := day(record))]
    if not days or any(found.month not in months for found in days):
        at = number.said_at + said.start("said")
        yield at, faults.part_of_year(value.name, said["said"])


def _months(said: re.Match[str]) -> range:
    """The months of a year that are named; none for several years."""
    if said["half"]:
        return range(1, 7) if said["half"] == "上" else range(7, 13)
    if said["quarter"]:
        place = "一二三四1234".index(said["quarter"].strip("前第个")) % 4 + 1
        first = 1 if said["quarter"][0] == "前" else place * 3 - 2
        return range(first, place * 3 + 1)
    if said["from"]:
        typed = said["from"]
        first = int(typed) if typed.isdigit() else chinese_value(typed) or 0
        return range(first, int(said["to"] or first) + 1)
    return range(0)
