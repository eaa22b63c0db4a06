"""How a number goes through the parts of a year, and what a sentence says of that."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import pairwise

from fazhi import regex as re
from fazhi.figures.selection import day_of
from fazhi.figures.value import Value, Values
from fazhi.report import faults, periods
from fazhi.report.among import weight
from fazhi.report.faults import Found
from fazhi.report.moves import LESS, MORE, is_down
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.kinds import KINDS
from fazhi.schema.numerals import exact
from fazhi.schema.periods import Span, last_of_month
from fazhi.schema.units import power

claim = Claims()
Course = dict[Span, Fraction]
"""How many there are in each part of a year that is known."""
_UP = "上升|上涨|提高|提升|攀升|增[长加多]|递[增升]|走高|向好|好转"
_DOWN = "下降|下滑|降低|回落|减少|递[减降]|走低|下跌"
PART = "[上下]半年|第?[一二三四1-4]季度|(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月份?"
_HOW = "(?:有所|略有|明显|大幅|小幅|稳步|持续|呈|的|进一步)*"


def course(value: Value, values: Values, part: Span) -> Course:
    """How many of what a figure counts are in each part of its year as long as one, in order."""
    alike = [one for one in values.values() if periods.same(one) == periods.same(value)]
    months = part.last.month - part.first.month + 1
    found = {
        span: one.number
        for one in alike
        if (span := periods.of_value(one)) and one.number is not None and _is_long(span, months)
    }
    whole = next((one for one in alike if not periods.of_value(one)), None)
    if whole and whole.number is not None:
        found = _counted(whole, months) or found
    return dict(sorted(found.items(), key=lambda item: item[0].first))


def another_base(number: Number, value: Value) -> Found:
    """较11月减少{{ }}: another part of the year than that with which the figure compares its own."""
    said = next(reversed([*periods.BASE.finditer(number.said)]), None)
    found = periods.difference(value)
    if said is None or found is None:
        return
    base, own = found
    if value.unit != "%" and is_down(number.said[said.end() :]) == (own is value.sides[0]):
        base = own  # 较11月减少{{ 12月减去11月 }}
    if periods.named(said["base"], value.year) != (compared := periods.of_value(base)):
        at = number.start(number.said) + said.start()
        other = str(compared).removeprefix(f"{value.year}年")
        yield at, faults.another_part(value.name, said[0], other)


def _is_long(span: Span, months: int) -> bool:
    return span.first.day == 1 and span.last.month - span.first.month + 1 == months


def _counted(whole: Value, months: int) -> Course:
    """The records of a year's figure by parts of it; nothing where they cannot be told apart."""
    held = whole.definition
    kind = KINDS.get(held.kind or "")
    is_dated = held.measure in ("件数", "求和") or (held.measure == "分类" and held.by)
    if kind is None or held.kind == "现状" or not is_dated or 12 % months:
        return {}
    day, sums = day_of(kind, held.by_date), defaultdict[int, Fraction](Fraction)
    weigh = weight(whole)
    for record in whole.records:
        on, over = day(record), getattr(record.fields, "period", None)
        if on is None or (over and over.first.month < on.month - (on.month - 1) % months):
            return {}
        sums[(on.month - 1) // months] += weigh(record)
    found, year = {}, whole.year
    for at, first in enumerate(range(1, 13, months)):
        span = Span(date(year, first, 1), last_of_month(year, first + months - 1))
        if not whole.as_of or span.first <= whole.as_of:
            found[span] = sums[at] / power(whole.unit)
    return found


def told(value: Value, held: Course) -> str:
    """How many there are in each part of the year."""
    year = f"{value.year}年"
    return "、".join(f"{str(span).removeprefix(year)}{exact(n)}" for span, n in held.items())


@claim(rf"(?P<said>逐[季月](?:度|递)?{_HOW}(?:(?P<up>{_UP}|[增升])|{_DOWN}|[减降]))")
def _by_and_by(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """分别为{{ 一季度 }}、{{ 二季度 }}，逐季上升: each is more than the one before it."""
    months = 3 if "季" in said[0] else 1
    sign = 1 if said["up"] else -1
    for _, one in sentence.before(said.start()):
        own = periods.of_value(one)
        if own and not _is_long(own, months):
            continue
        part = own or Span(date(one.year, 1, 1), last_of_month(one.year, months))
        held = [*course(one, sentence.values, part).values()]
        if len(held) > 1:
            if any((after - ahead) * sign <= 0 for ahead, after in pairwise(held)):
                yield one, one, "依次是" + "、".join(map(exact, held))
            return


@claim(
    rf"(?P<said>[比较](?P<when>[^，,。；{HIDDEN}]{{1,6}}(?:季度?|月份?|半年))(?:相比)?[，,]?{_HOW}(?:(?P<up>{_UP}|[多增升高])|{_DOWN}|[少减降低]))"
)
def _than_a_part(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """四季度{{ }}，较三季度有所上升: than how many there were in that part."""
    one = sentence.nearest(said.start()) or sentence.topic
    ahead = re.search(rf"(?:{PART})[^，,。；{HIDDEN}]{{0,6}}$", sentence.text[: said.start()])
    own = periods.of_value(one) if one else None
    if ahead:  # 三季度比二季度增长
        own = periods.named(ahead[0], sentence.year)
    if one is None or own is None:
        return
    held = course(one, sentence.values, own)
    before = [span for span in held if span.last < own.first]
    is_last = re.search("上一?个?[月季]", said["when"])
    part = next(reversed(before), None) if is_last else periods.named(said["when"], one.year)
    if part in held and own in held:
        more = held[own] - held[part]
        if more * (1 if said["up"] else -1) <= 0:
            yield one, one, told(one, held)


@claim(
    rf"(?P<one>{PART})[^，,。；、{HIDDEN}]{{0,12}}?(?P<said>(?:(?P<more>{MORE})|{LESS}|(?P<both>[和与同]))(?P<other>{PART}))(?(both)[^，,。；{HIDDEN}]{{0,8}}(?:相同|相等|持平|一样多))(?!{HIDDEN})"
)
def _part_and_part(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """下半年受理多于上半年，全年{{ }}: of the first number, whichever part it is of."""
    one, other = (periods.named(said[side], sentence.year) for side in ("one", "other"))
    named = [value for _, value in sentence.printed[-1:]] or [*filter(None, [sentence.topic])]
    for value in named if one and other else ():
        held = course(value, sentence.values, one) if one else {}
        if one in held and other in held:
            more = held[one] - held[other]
            if more if said["both"] else more * (1 if said["more"] else -1) <= 0:
                yield value, value, told(value, held)


_AT = rf"(?:\d{{1,2}}月\d{{1,2}}日|{PART})"


@claim(rf"(?P<said>(?:分别|先后|依次)(?:安排)?[于在](?P<list>{_AT}(?:[、和与及]{_AT})+))")
def _each_at(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """会议{{ }}，分别在2月、5月和11月: the days of its records, or the parts of the year they are in."""
    value = sentence.about(said.start())
    kind = KINDS.get(value.definition.kind or "") if value else None
    if not value or not kind or kind.name in ("现状", "汇总"):
        return
    days = [*filter(None, map(day_of(kind, value.definition.by_date), value.records))]
    named = re.split("[、和与及]", said["list"])
    spans = [periods.named(one, value.year) for one in named]
    told = {int(month): int(day) for month, day in re.findall(r"(\d+)月(\d+)日", said["list"])}
    is_so = all(any(s and s.first <= day <= s.last for s in spans) for day in days)
    is_so &= all(any(s and s.first <= day <= s.last for day in days) for s in spans)
    if days and not (is_so and all(told.get(d.month, d.day) == d.day for d in days)):
        yield value, value, "、".join(f"{d.month}月{d.day}日" for d in sorted(days)[:_MOST_TOLD])


@claim(
    rf"(?:依次|分别|先后)(?:学习|研究|审议|讨论|宣传)了?(?P<said>(?P<list>[^，,。；、{HIDDEN}]{{2,20}}(?:、[^，,。；、{HIDDEN}]{{2,20}})+))"
)
def _about_each(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """学习{{ }}，依次学习了甲、乙、丙: what the title of each of its records tells."""
    value, listed = sentence.nearest(said.start()), said["list"].split("、")
    if not value or value.definition.kind not in ("活动", "会议"):
        return
    titles = [one.fields.title for one in sorted(value.records, key=lambda one: one.fields.day)]
    told = [one in title for one, title in zip(listed, titles, strict=False)]
    if len(titles) == len(listed) and not all(told) and sum(told) * 2 >= len(told):
        yield value, value, "、".join(titles)


_MOST_TOLD = 12  # days that a message lists


@claim(
    rf"[由从][^，,。；{HIDDEN}]{{0,8}}(?P<one>{HIDDEN})[^，,。；{HIDDEN}]{{0,4}}?"
    rf"(?P<said>(?:(?P<up>{_UP}|[增升])|{_DOWN}|[减降])[到至为])[^，,。；{HIDDEN}]{{0,10}}(?P<other>{HIDDEN})"
)
def _from_to(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """由一季度的{{ }}提高到四季度的{{ }}: from a part of the year to a later one."""
    one, other = (sentence.value_at(said.start(side)) for side in ("one", "other"))
    spans = [periods.of_value(value) if value else None for value in (one, other)]
    if one and other and None not in (one.number, other.number) and spans[0] and spans[1]:
        more = other.more_than(one)
        is_alike = periods.same(one) == periods.same(other) and spans[0].first < spans[1].first
        if not is_alike or more * (1 if said["up"] else -1) <= 0:
            yield one, other


@claim(
    rf"(?<!其余)(?P<said>[各每]个?(?P<unit>[季月])度?[^，,。；{HIDDEN}]{{0,8}}(?:相同|一样多|相等|持平|均衡))"
)
def _even(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """检查{{ }}，各季度次数相同: in each part of the year as many."""
    value = sentence.about(said.start()) or sentence.topic
    months = 3 if said["unit"] == "季" else 1
    part = Span(date(sentence.year, 1, 1), last_of_month(sentence.year, months))
    held = course(value, sentence.values, part) if value else {}
    if value and len({*held.values()}) > 1:
        yield value, value, told(value, held)


@claim(
    rf"(?P<when>{PART})是(?P<said>[^，,。；{HIDDEN}]{{0,14}}?最(?:[高多大]|集中|密集|频繁|(?P<least>[低少]))的(?:月份?|季度?|时段|半年|时期))"
)
@claim(
    rf"(?P<said>(?:最(?:[高多]|(?P<least>[低少]))值?|高峰|峰值|(?P<low>低谷))的?(?:[均都]?[出发]?[现生]?[在于]|[是为])(?P<when>[^，,。；{HIDDEN}]{{0,6}}[月季年][^，,。；{HIDDEN}]{{0,2}}))(?=[，,。；]|$)"
)
def _peak(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """巡查{{ }}，高峰出现在三季度: of the parts of its year as long as that."""
    value = sentence.about(said.start()) or sentence.topic
    part = periods.named(said["when"], sentence.year)
    held = course(value, sentence.values, part) if value and part else {}
    if value and part in held and len(held) > 1:
        bound = (min if said["least"] or said.groupdict().get("low") else max)(held.values())
        if held[part] != bound:
            yield value, value, told(value, held)
