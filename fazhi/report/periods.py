"""The parts of a year that a sentence names, and whether a number is that of the part it is said of."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from fazhi import regex as re
from fazhi.figures.selection import day_of
from fazhi.figures.value import Value, Values
from fazhi.pattern import Pattern
from fazhi.report import faults, years
from fazhi.report.faults import Found
from fazhi.rules.narrative.clauses import LISTED, SEVERALLY, Number
from fazhi.rules.text.passage import HIDDEN, REMOVED
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import KINDS
from fazhi.schema.numerals import NUMERALS, typed_value
from fazhi.schema.periods import Span, last_of_month

_TO = "[至到~～—–-]"
_QUARTERS = "一二三四1234"
_NO_MORE = rf"(?!.*(?:全年|1{_TO}12月|1?12月底|年底|年末|12月31日))"
_LONG = (
    rf"(?P<half>[上下])半年|(?:(?P<since>[{_QUARTERS}])(?:季度)?{_TO}第?)?(?P<quarter>[前第]?[{_QUARTERS}]个?|各个?)季度"
    r"|近[两三四五几\d]年|[两三四五几]年[来间共]|\d{4}年、\d{4}年两年|\d{4}年?[至到~～—–-]+(?:\d{4}|[今本])年(?=.*(?:累计|先后|共))"
)
_PLAN = rf"“?(?P<plan>[{NUMERALS}]{{1,2}})五(?=[”以期时]|规划|普法)”?(?P<law>普法)?(?:规划)?"
_SINCE_THEN = r"[^，,。；]{2,10}(?<!今年)(?<!年初)(?<!全年)(?<!月份)以来|\d{4}年(?:以来|至今|起)"
_PART = Pattern(
    rf"{_NO_MORE}(?P<said>{_LONG}|{_SINCE_THEN}"
    rf"|(?<!\d)(?P<from>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})月?(?:{_TO}(?P<to>\d{{1,2}}))?"
    r"月(?:份|\d{1,2}日|以来|底|末)*)"
)
BASE = Pattern(
    rf"(?:[较比]|[与和同跟](?=[^，,{HIDDEN}]{{2,6}}相?比))(?P<base>(?:第?[{_QUARTERS}]季度|[上下]半年|\d{{1,2}}月份?+)(?!$))"
)
"""Another part of the year that something is compared with, and not its number."""
_PART_AHEAD = Pattern(  # 甲{{ }}，均在下半年审结 says nothing of what follows
    rf"{_NO_MORE}(?<!均)(?<![均都][在于])(?<!全部)(?<!全部[在于])(?P<said>{_LONG}|(?:{_SINCE_THEN}(?=.*(?:累计|先后|共))|{_PLAN}[期时][间期](?=.*(?:累计|先后|共)))(?!.*(?:[今本当]年|年内))|当[天日]"
    rf"|(?P<only>[仅单])?(?P<from>\d{{1,2}})(?(only)月份?一个月|(?:月?{_TO}(?P<to>\d{{1,2}})月|月[^，,。；\d]{{0,10}}期间)))"
)
UNTIL = Pattern(
    r"(?:截[至止][于到]?(?:(?P<year>\d{4})年|[今本]年|当年)?"
    rf"|(?<!\d)0?1月?(?:1日)?{_TO}+(?=\d)|前(?=\d{{1,2}}个))"
    rf"(?:(?P<to>\d{{1,2}})个?月(?:份?[底末]|(?P<day>\d{{1,2}})[日号])?|(?P<end>年?[底末])|(?P<said>{HIDDEN}))"
)
"""Up to which day there is said to be so much, from the year's beginning."""

_EVENT = rf"(?:(?!中(?!央))[^，,。；\d底末半季月后收验{HIDDEN}])"  # at the beginning, for all that is said
_YEARS = (
    rf"(?P<since>\d{{4}})年(?:1月(?:1日)?)?(?:至今|起|{_EVENT}{{0,20}}以来)"
    rf"|{_PLAN}(?:{_EVENT}{{0,12}}以来|[期时][间期])"
    rf"|(?P<first>\d{{4}}年?|[去上]年)度?(?:1月(?:1日)?)?[、和与及至到~～—–-]+[\d、年度和与及]*"
    rf"(?:\d{{4}}|[今本])年(?:底|末|12月(?:31日)?|[两{NUMERALS}]年)?"
    rf"|(?P<many>[{NUMERALS}\d]+)年(?:来|间|里|以来|[合总一]?[共计]|累计)|近(?P<near>[{NUMERALS}\d]+)年"
)
"""Several years up to this one."""

GREATEST = {"最大值": False, "最小值": True, "最长天数": False, "最短天数": True}
"""What is the greatest of its records, or the least."""
_OF_ALL = Pattern("最[高低多少]的?(?:季度?|月份?)")
WHOLE_YEAR = Pattern("全年|一年来|年内|本年度")


def span(said: re.Match[str], year: int) -> Span | None:
    """From which day to which one is named; None for several years, and of days that there are not."""
    held = {key: text for key, text in said.groupdict().items() if text}
    first, last = 1, 12
    if "half" in held:
        first, last = (1, 6) if held["half"] == "上" else (7, 12)
    elif quarter := held.get("quarter"):
        last = _QUARTERS.index(quarter.strip("前第个").replace("各", "四")) % 4 * 3 + 3
        first = 1 if _is_run(quarter) else last - 2
        if "since" in held:
            first = _QUARTERS.index(held["since"]) % 4 * 3 + 1
    elif held.keys() & {"from", "to"}:
        first = typed_value(held.get("from", "1"))
        last = typed_value(held.get("to") or held["from"])
    elif "end" not in held:
        return None
    with suppress(ValueError):
        day = held.get("day")
        ends = date(year, last, int(day)) if day else last_of_month(year, last)
        return Span(date(year, first, 1), ends) if first <= last else None
    return None


def _is_run(quarter: str) -> bool:
    """Whether 前三, 各 or 四个 is said of quarters, and not 第四."""
    return quarter[0] in "前各" or (quarter[-1] == "个" and quarter[0] != "第")


def of_definition(definition: Definition, year: int) -> Span | None:
    """The part of a year that a figure's conditions leave of it; None where they leave all."""
    found = definition.limits
    with suppress(ValueError):
        for limits in found if len(found) == 1 else ():
            ends = limits.get("自", "01-01"), limits.get("至", "12-31")
            first, last = (date.fromisoformat(f"{year}-{end[-5:]}") for end in ends)
            return None if ends == ("01-01", "12-31") else Span(first, last)
    return None


def of_value(value: Value) -> Span | None:
    """The part of the year that a number is of."""
    return of_definition(value.counted.definition, value.year)


def difference(value: Value) -> tuple[Value, Value] | None:
    """Two parts of the year of which a figure tells how much more there is in one, or by which rate.

    The first is that with which the other is compared: the earlier one, or what a rate divides by.
    """
    of = value.sides[0] if value.unit == "%" and value.sides else value
    if len(of.sides) != len(("加", "减")) or not of.definition.subtracted:
        return None
    parts = [(part.first, one.name, one) for one in of.sides if (part := of_value(one))]
    if len(parts) < len(of.sides):
        return None
    (*_, base), (*_, own) = sorted(parts)
    return (base, own) if of is value or base.name == value.sides[1].name else None


def grown(value: Value) -> Span | None:
    """The part of the year that a figure compares with an earlier one."""
    found = difference(value)
    return of_value(found[1]) if found else None


def named(words: str, year: int) -> Span | None:
    """The part of the year that words name last."""
    found = [*_PART.finditer(words)]
    return span(found[-1], year) if found else None


def same(value: Value) -> tuple[object, ...]:
    """What a number tells, in whichever part of the year."""
    sides = (same(side) for side in value.sides)
    is_counted = value.sides or value.definition.kind
    of = "" if is_counted else value.name
    return (value.year, *value.definition.at_any_time, value.part_name, of, *sides)


def check(number: Number, value: Value, ahead: Sequence[Number], values: Values) -> Found:
    """A part of the year, or several years, of which the figure is not."""
    if value.begins < value.year and not number.is_last:
        yield from _of_years(number, value)
        return
    counted = value.counted
    if number.is_last or counted.definition.kind in (None, "现状"):
        return
    if "最" in number.sentence and counted.definition.measure in GREATEST:
        return  # `greatest` holds the month that is named
    at, said = said_of(number, value.year)
    own = grown(value) or of_definition(counted.definition, value.year)
    counts = str(own or "全年").removeprefix(f"{value.year}年")
    if not said:
        until = UNTIL.search(number.sentence)
        is_until = until and span(until, value.year) in (own, None)
        if whole := own and (WHOLE_YEAR.search(number.said) or (not is_until and until)):
            fault = faults.part_of_year(value.name, whole[0], counts)
            at = number.start(number.sentence) if whole is until else number.start(number.said)
            yield at + whole.start(), fault
        elif own and not _is_named(number):
            yield number.at, faults.no_period(value.name, counts)
        return
    if years.is_of_several(said, value.year) and not re.search("[累合总]计|共|先后", number.said):
        return
    meant = span(said, value.year)
    is_day = said[0] in ("当天", "当日")
    if is_day:
        meant = Span(date(value.year, 1, 1), date(value.year, 12, 31))
    elif meant and (run := _run(number, said)):
        first = values.get(ahead[-run[0]].name) if 0 < run[0] <= len(ahead) else value
        is_one = first and first.definition.at_any_time == value.definition.at_any_time
        meant = _part(meant, *run, 3 if "季度" in said[0] else 1) if is_one else None
    if own:
        is_true = meant == own
    else:
        day = day_of(KINDS[counted.definition.kind or ""], counted.definition.by_date)
        days = {found for record in counted.records if (found := day(record))}
        is_true = bool(days) and all(meant and meant.first <= one <= meant.last for one in days)
        is_true &= not is_day or len(days) < 2
    if not is_true:
        yield at + said.start(), faults.part_of_year(value.name, _uncut(said), counts)


def _of_years(number: Number, value: Value) -> Found:
    """近两年共{{ }}, 2021年以来累计{{ }}: a number of several years is said to be of these."""
    first = value.begins
    counts = f"{first}年以来" if value.year - first > 1 else f"{first}、{value.year}两年"
    at = number.start(number.sentence)
    said = next(reversed([*re.finditer(_YEARS, number.sentence)]), None)
    around = "，".join((number.rest, *number.heads, number.title))
    each = {*re.findall(r"\d{4}(?=年)", number.rest)}  # 其中2023年{{ }}、2024年{{ }}
    if said is None and value.denominator and "累计" in number.said:
        return  # 占累计总数的{{ }}
    is_told = _begins(said or re.search(_YEARS, around), value.year) == first or (
        each == {str(year) for year in range(first, value.year + 1)}
    )
    own = "" if said is None else said[0]
    this = rf"{WHOLE_YEAR.pattern}|(?:[今本当]|{value.year})年(?!以来|底|末|12月31日)"
    if is_told:
        said = re.search(this, number.said.replace(own, " " * len(own)))
        at = number.start(number.said)
    elif said is None:
        at, said = said_of(number, value.year)
        if said and re.fullmatch(r"[^\d年月]+以来", said[0]) and not re.search(_PLAN, said[0]):
            said = None  # nobody knows when that was
        said = said or re.search(this, number.said)
    if said:
        yield at + said.start(), faults.part_of_year(value.name, _uncut(said), counts)
    elif not is_told:
        yield number.at, faults.no_period(value.name, counts)


def _uncut(said: re.Match[str]) -> str:
    """What is said, with all of a number or a quotation in whose middle it was found."""
    ahead = re.search(r"(?:\d+|“[^”]*|《[^》]*)$", said.string[: said.start()])
    return (ahead[0] if ahead else "") + (said.groupdict().get("said") or said[0])


def _begins(said: re.Match[str] | None, year: int) -> int:
    """The first of the years that words tell of, up to this one; 0 of none."""
    held = {key: text for key, text in said.groupdict().items() if text} if said else {}
    for key, text in held.items():
        if key == "first":
            return int(text[:4]) if text[0].isdigit() else year - 1
        number, plan = typed_value(text), re.search(_PLAN, said[0]) if said else None
        if plan:  # “十四五” began in 2021, and so did “八五”普法
            begins = (1981 if plan["law"] else 1951) + typed_value(plan["plan"]) * 5
            return begins if number == begins or key == "plan" else 0
        return number if key == "since" else year + 1 - number
    return 0


def _is_named(number: Number) -> bool:
    """Whether a number is called by its own name, or stands below or behind a day."""
    around = "，".join((number.sentence, number.rest, *number.heads, number.title))
    return number.name in around or any(one.search(around) for one in (_OF_ALL, UNTIL, _PART))


def said_of(number: Number, year: int) -> tuple[int, re.Match[str] | None]:
    """The part of the year that is said of a number, and from where its place counts."""
    at, text = number.start(number.said), number.said
    text = _without_base(text)
    listed = LISTED.search(text)
    texts = [(at + text.rfind(HIDDEN) + 1, text.rpartition(HIDDEN)[2]), (at, text)]
    if listed and listed["how"] in SEVERALLY:
        parts = [*re.finditer("[^、和与及]+", listed["names"])]
        unit = re.search("季度|半年|月份?", listed["names"])
        if len(parts) > (place := listed["rest"].count(HIDDEN)) > -1 and len(parts) > 1:
            own = parts[place]  # 一 of 一、二季度分别为
            rest = "" if not unit or _PART.search(own[0]) else unit[0]
            texts.insert(0, (at + own.start(), own[0] + rest))
    first = re.split("[，,]", number.sentence)[0]  # 6月，在……举办{{ }}
    said = None if HIDDEN in number.sentence else _PART.fullmatch(first)
    if said and any(said.group("from", "half", "quarter")):
        return number.start(number.sentence), said
    for at, text in texts:
        if said := _PART.search(text):
            return at, said
    if (most := number.most) and (said := _PART.search(most["what"])):
        return number.start(number.sentence) + most.start(), said
    is_of_year = re.search(rf"{year}年(?!以来|至今|起|底|末)", text)  # 其中2024年{{ }}、{{ }}
    ahead = [] if is_of_year else [*_PART_AHEAD.finditer(_without_base(number.sentence))]
    if ahead:  # of 上半年{{ }}，下半年{{ }}，较上半年少{{ }} the last one
        return number.start(number.sentence), ahead[-1 if BASE.search(number.said) else 0]
    heads = (head for head in number.heads if not re.search("截[至止]", head))
    said = next(filter(None, map(_PART.search, heads)), None)
    return number.at - (said.start() if said else 0), said


def _without_base(text: str) -> str:
    """Without what something is only compared with, and what is compared without a number of it."""
    apart = rf"{BASE.pattern}|[^，,{HIDDEN}]*[多少高低]于[^，,{HIDDEN}]*[，,]"  # 上半年多于下半年，
    return re.sub(apart, lambda base: REMOVED * len(base[0]), text)


def _run(number: Number, said: re.Match[str]) -> tuple[int, int] | None:
    """Of 一至四季度分别为甲、乙、丙、丁: which of them a number is, and how many they are."""
    listed, held = LISTED.search(number.said), said.groupdict()
    is_run = held.get("since") or held.get("to") or _is_run(held.get("quarter") or " ")
    if not listed or listed["how"] not in SEVERALLY or not is_run:
        return None
    whole = listed["rest"] + HIDDEN + re.split("[，,。；]", number.after)[0]
    is_list = re.fullmatch(rf"[^{HIDDEN}]*{HIDDEN}(?:[、和与及]{HIDDEN})*[^{HIDDEN}]*", whole)
    return (listed["rest"].count(HIDDEN), whole.count(HIDDEN)) if is_list else None


def _part(whole: Span, place: int, many: int, months: int) -> Span | None:
    """A part of a period that has so many, of so many months each; None where it has not."""
    year, first = whole.first.year, whole.first.month + place * months
    if whole.first.month + many * months != whole.last.month + 1:
        return None
    return Span(date(year, first, 1), last_of_month(year, first + months - 1))
