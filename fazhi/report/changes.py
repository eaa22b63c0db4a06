"""What a narrative says of a number's change on last year."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from fazhi.figures.filters import WORDINGS
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import Comparison, plain
from fazhi.problems.problem import Fault
from fazhi.report import faults
from fazhi.rules.narrative.beside import DIRECTION
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.narrative.names import Names, shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import HAN
from fazhi.schema.numerals import half_up

Found = Iterator[tuple[int, Fault]]
"""Faults with their places in what is read."""


def check(number: Number, rest: str, now: Value, before: Value | None, names: Names) -> Found:
    """What is said of a change: just before a number, or in the `rest` of its sentence."""
    ahead = DIRECTION.search(number.near)
    is_to = bool(ahead and re.search("[到至为]", ahead["between"]))
    start = number.start(number.near)
    goes_from = re.search(r"[由从](?![^，,。；]*(?:季度|月|半年))[^，,。；]{0,4}$", number.near)
    if not number.is_last and goes_from and _MOVES.match(number.after):
        yield start + goes_from.start(), faults.change_from_this(number.name)
    if _INTO.search(number.near) and not number.follows_last:
        yield start, faults.untrue_change(now.name, "由……变为", "前一个数不是它上年的数")
    if number.is_last:
        if ahead and is_to:
            yield start + ahead.start(), faults.change_to_last(number.name)
        return
    yield from _other_base(number, now)
    if "同比" in number.wordings:
        found = [(number.start(number.said), said) for said in _TREND.finditer(number.said)]
        found += [(number.start(number.ahead), said) for said in _SINCE.finditer(number.ahead)]
    elif ahead and is_to and _FROM_A_PART.search(number.near[: ahead.start()]):
        return  # `courses` compares them
    elif ahead and is_to:
        if _FROM.search(number.near[: ahead.start()]) and not number.follows_last:
            fault = faults.untrue_change(now.name, ahead[0], "前一个数不是它上年的数")
            yield start + ahead.start(), fault
            return
        found = [(start, ahead)]
    else:
        found = [
            (number.start(number.ahead), said)
            for said in _SINCE.finditer(number.ahead)
            if _is_about(number, number.ahead, said.start())
        ]
        found += [
            (number.at + 1, said)
            for said in _SINCE.finditer(rest)
            if not re.match(f"的?{HIDDEN}", number.after[said.end() :])  # that is another's
            and not re.search("[前后]者$", rest[: said.start()])
            and not _is_of_another(number.name, re.split("[，,]", rest[: said.start()])[-1], names)
        ]
        found += [
            (number.start(number.sentence), said)
            for said in _SUBJECT.finditer(number.sentence)
            if said["subject"] in number.name and not re.fullmatch(_EQUAL, said["words"])
        ]
    for offset, said in found:
        if _is_untrue(said, now, before):
            yield offset + said.start(), _fault(said, now, before)


def _other_base(number: Number, now: Value) -> Found:
    """比前年{{ 同比 }}: what is compared with last year is not with another time."""
    is_change = "同比" in number.wordings or any(one.year < now.year for one in now.sides)
    for other in _OTHER_BASE.finditer(number.ahead) if is_change else ():
        if other["year"] != str(now.year - 1):
            fault = faults.another_base(other[0], now.year - 1)
            yield number.start(number.ahead) + other.start(), fault


BOUND = re.compile(r"(?P<name>近|以上|逾)\s*\(\s*(?P<bound>\d+(?:\.\d+)?)\s*\)")


def _is_about(number: Number, ahead: str, place: int) -> bool:
    """Whether what is said ahead of a number is said of it, and not of the one before it."""
    start, end = ahead.rfind("，", 0, place) + 1, ahead.find("，", place)
    is_first = HIDDEN not in number.sentence
    return is_first or end < 0 or shared(number.name, ahead[start:end]) > 1


def _is_of_another(name: str, subject: str, names: Names) -> bool:
    """许可{{ }}，网上办理率较上年提高: whether a clause of its own has a subject of its own."""
    named, _ = names.ending(subject)
    is_other = name not in named if named else re.search("(?:[率度]|时限|水平|质效)$", subject)
    return bool(is_other) and not (shared(name, subject) and not named)


def without_number(
    sentence: str, held: Sequence[Number], names: Names, values: Values, last: Values
) -> Found:
    """What a sentence says of the change of a figure which it names and of which it prints no number."""
    printed = {number.name for number in held}
    for said in _SINCE.finditer(sentence):
        named, _ = names.ending(re.split("[，,]", sentence[: said.start()])[-1])
        for name in named - printed if len(named) == 1 else ():
            if name in values and _is_untrue(said, values[name], last.get(name)):
                yield said.start(), _fault(said, values[name], last.get(name))
    for said in _YEARS.finditer(sentence) if not held else ():
        clause = re.split("[，,]", sentence[: said.start()])[-1]
        named, _ = names.ending(re.sub(_AMOUNT, "", clause))
        for name in named if len(named) == 1 and said["words"] else ():
            for at, fault in for_years(said[0], values[name], last.get(name)):
                yield said.start() + at, fault


def _fault(said: re.Match[str], now: Value, before: Value | None) -> Fault:
    known = before is not None and before.number is not None
    numbers = f"上年{plain(before)}，今年{plain(now)}" if before and known else "上年没有数"
    words = said.groupdict().get("claim") or said.groupdict().get("words") or said[0]
    return faults.untrue_change(now.name, words, numbers)


_EQUAL = "持平|相同|一致|相当|不变|一样|打了?个?平手|纹丝[未不]动|原地踏步"
_WAYS = (
    "稳中有[升降]|节节(?:攀升|升?高)|(?:连续[两三]年)?走[高低]|有?倍增|腰斩|扩编|又?上(?:了?一?个?)?新?台阶"
    f"|增长|增加|增多|上升|上涨|提高|提升|攀升|减少|下降|下滑|降低|回落|压减|压缩|缩短|延长|下跌|{_EQUAL}"
    "|[多少增减](?![数轻负压员])[出了发开办调处受结召举花张贴排]?"
)
_HOW = "有所|进一步|明显|大幅|稳步|持续|显著|小幅|略有|逐年"
_SUBJECT = re.compile(
    f"(?P<subject>{HAN}{{3,12}}?)(?:(?:数量|总量|件数|起数|[数量])(?:{_HOW})?|{_HOW})(?P<words>{_WAYS})"
)
_TREND = re.compile(rf"(?:{_HOW})(?P<words>{_WAYS})")
_MOVES = re.compile(rf"(?:{_HOW})?(?:{_WAYS})")
_LAST = r"(?:上一?年度?|去年|\d{4}年)(?:年?末|底|同期)?"
_SINCE = re.compile(
    rf"(?P<claim>(?:[比较与和同跟]{_LAST}(?:相比)?的?{HIDDEN}?|同比)[，,]?"
    rf"(?P<about>基本|大体)?(?:{_HOW}|保持|都|也|还|又)*(?P<words>{_WAYS})了?"
    r"(?:(?P<amount>\d+(?:\.\d+)?)(?P<unit>个百分点|[^，,。；、\d]{1,3}))?)"
    r"|创?(?:历年|历史|近年|近[两三几]年)来?的?(?P<peak>(?:新|最)[高低])"
    rf"|(?P<strong>不[升降]反[升降]|再?创新[高低]|稳中有[升降]|节节(?:攀升|升?高)|(?:连续[两三]年|一路)走[高低]|实现倍增|打了?个?平手|纹丝[未不]动|原地踏步)"
    rf"|(?P<beyond>多于|高于|超过|好于|优于|少于|低于|不及|不如){_LAST}"
)
_AMOUNT = "的?(?:总?数|数量|人数|次数)$"
_YEARS = re.compile(
    r"(?:已经?)?连续(?P<years>[两二三四五六七八九十\d]{1,2})个?年度?"
    rf"(?:(?:保持|实现|呈现?|持续|双|均|都|同比|{_HOW})*(?P<words>{_WAYS})"
    rf"|[^，,。；]{{0,16}}?(?:保持|稳定|维持|达到?|超过|[在为]{HIDDEN}|都))"
)
_OTHER_BASE = re.compile(
    r"(?:[比较与和同](?<!年[和与同])(?P<year>\d{4})年)|环比|前年|上个?月|上个?季度|[上下]半年"
)
_INTO = re.compile(f"[由从][^，,。；]{{0,8}}{HIDDEN}{HAN}{{1,4}}为$")
_FROM = re.compile(rf"[由从][^，,。；]{{0,8}}{HIDDEN}$")
_FROM_A_PART = re.compile(
    rf"[由从][^，,。；{HIDDEN}]{{0,6}}(?:季度|月份?|半年)[^，,。；{HIDDEN}]{{0,2}}{HIDDEN}$"
)


def _is_untrue(said: re.Match[str], now: Value, before: Value | None) -> bool:
    if now.number is None or before is None or before.number is None:
        return now.number is not None
    held = said.groupdict()
    words = held.get("words") or held.get("beyond") or held.get("peak") or held.get("strong") or ""
    difference = now.number - before.number
    if re.fullmatch(_EQUAL, words):
        return abs(difference) * 20 > before.number if held.get("about") else difference != 0
    is_down = bool(re.search("[减降落缩压跌少滑低斩]|不[及如]", words[-2:]))
    if difference >= 0 if is_down else difference <= 0:
        return True
    if not held.get("amount"):
        return False
    amount, decimals = Fraction(held["amount"]), len(held["amount"].partition(".")[2])
    exact = abs(difference)
    if held["unit"].startswith("%") and now.unit != "%":
        exact = exact / before.number * 100 if before.number else exact
    return Fraction(half_up(exact, decimals)) != amount


_ALL = re.compile(
    r"(?P<names>[^，,。；]{2,100}?)(?:均|都|全部|双双?|齐|无一例外)[^，,。；]{0,10}?"
    rf"(?P<claim>(?P<beyond>[高低]于)上年|(?P<words>{_WAYS}))"
)
_EVERY = re.compile("(?P<all>各项|所有|全部)|(?P<many>[两三四五六七八九])[项率]")


def of_several(
    sentence: str, printed: list[str], names: Names, values: Values, last: Values
) -> Found:
    """两项均有所回落, 甲、乙全部高于上年, 各项数据均高于上年: of each of them."""
    for said in _ALL.finditer(sentence):
        every = _EVERY.search(said["names"])
        parts = re.split("[、和与及]|[较比同]上年", _EVERY.sub("、", said["names"]))
        parts = [re.sub(_AMOUNT, "", part) for part in parts]
        found = (names.ending(part)[0] or names.alone(part.strip(HIDDEN)) for part in parts)
        listed = [min(held) for held in found if len(held) == 1]
        if every and every["all"]:
            meant = [*values]
        elif every:
            count = "两三四五六七八九".index(every["many"]) + 2
            meant = listed if len(listed) > 1 else printed[-count:]
        else:
            meant = listed if len(parts) > 1 else []
        excepted = "除" in sentence[: said.start()]
        for name in meant:
            now, before = values.get(name), last.get(name)
            is_known = now and now.number is not None and before and before.number is not None
            is_meant = is_known and not (excepted and name in sentence)
            if is_meant and now and _is_untrue(said, now, before):
                yield said.start("claim"), _fault(said, now, before)
                break


_FIRST = re.compile(
    "首次|从无到有|零的突破|填补[^，,。；]{0,12}空白|(?:上年|去年|此前|以往)[^，,。；相比]{0,4}(?:为零|没有(?!变|明显)|空白)|(?:上一?年|去年|此前|以往)[^，,。；]{0,20}(?:没有|未曾?|从未)[签办开举组]过"
)
_NEW = re.compile(r"(?:新[增添办建设聘签取组]|新组建|净增|增设|扩充)")


def holds(bound: re.Match[str], value: Value) -> bool:
    """Whether a wording with a number is true of a value, too."""
    wording = WORDINGS[bound["name"]]
    assert isinstance(wording, Comparison)
    return wording.holds(value.number or Fraction(0), Fraction(bound["bound"]))


def for_years(text: str, now: Value, before: Value | None, wordings: str = "") -> Found:
    """{{ 甲率 | 以上(95) }}，连续两年保持, 连续三年上升: of last year's number, too; more is not known."""
    bound = BOUND.search(wordings)
    for said in _YEARS.finditer(text):
        if now.number is None or before is None or before.number is None:
            yield said.start(), faults.unknown_years(said["years"], now.name)
            continue
        is_held = holds(bound, before) if bound else before.number == now.number
        if _is_untrue(said, now, before) if said["words"] else not is_held:
            yield said.start(), _fault(said, now, before)
        elif said["years"] not in ("两", "二", "2"):
            yield said.start(), faults.unknown_years(said["years"], now.name)


def beside_years(number: Number, now: Value, before: Value | None) -> Found:
    """The same beside a number that is printed."""
    text = "" if number.is_last else f"{number.ahead}{HIDDEN}{number.until_next}"
    for at, fault in for_years(text, now, before, number.wordings):
        yield number.start(number.ahead) + at, fault


def as_new(number: Number, now: Value, before: Value | None) -> Found:
    """新增 of a stock, which is what there is, and 首次 of what there was last year."""
    if number.is_last or (before is not None and before.number == 0):
        return
    first = _FIRST.search(f"{number.ahead}{HIDDEN}{number.until_next}")
    new = _NEW.search(number.said)
    if first and before and before.number is not None:
        fault = faults.untrue_change(now.name, first[0], f"上年{plain(before)}")
        yield number.start(number.ahead) + first.start(), fault
    elif new and now.definition.kind == "现状":
        yield number.start(number.said) + new.start(), faults.not_new(now.name, new[0])
