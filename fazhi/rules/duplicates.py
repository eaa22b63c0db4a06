"""Rules that find the same event or case recorded twice."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache

from fazhi.pattern import Pattern
from fazhi.personal import masked
from fazhi.problems.problem import ERROR, WARNING
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.ledger import Ledger
from fazhi.records.record import Record
from fazhi.schema.every_kind import Dated
from fazhi.schema.kinds import Activity, Case, Meeting, Total
from fazhi.schema.periods import Span

RULES = Checks[[Ledger]]()


@finds(ERROR, RULES)
def no_duplicates(ledger: Ledger) -> Found:
    """FZ411: 同一种记录里，日期、类别和标题都相同的只有一条。

    同一件事登记两次，报告里就多算一次。
    改法：重复的删去；确实是两件事的，在标题里写清楚。
    """
    seen: dict[tuple[object, ...], Record] = {}
    for record in ledger.records:
        first = seen.setdefault(record.identity, record)
        if first is not record:
            message = f"和 {masked(first.path)} 的日期、类别、标题都一样"
            yield record, ["标题"], message, "重复的删去；不是一件事的，标题写清楚"


@finds(ERROR, RULES)
def no_period_twice(ledger: Ledger) -> Found:
    """FZ415: 同一个类别、同一个承办的汇总，同一项数的期间不重叠。

    月报和年报都登记了，求和就把同一个月加了两次。几个部门、几个平台各报各的，写明各自的承办，或者用不同的类别，可以重叠。
    改法：只留一种，月报或者年报；期间写错了的，改期间；是两批事的，写明承办。
    """
    told = set[Record]()
    for name, (longest, earlier), (span, record) in _following(ledger):
        if span.first <= longest.last and record not in told:
            told.add(record)
            message = f"{shown(name)}的期间和 {masked(earlier.path)} 的重叠，会加两次"
            hint = "月报和年报只留一种；期间写错了的，改期间；是两批事的，写明承办"
            yield record, ["期间"], message, hint


@finds(WARNING, RULES)
def no_period_left_out(ledger: Ledger) -> Found:
    """FZ416: 一项数的汇总，前后的期间连着，中间不缺。

    十二个月的月报缺了一个月，一年的数就少了，没有别的地方看得出来。
    改法：补上缺的那一段；那一段确实没有的，记一条 0，或者不改。
    """
    told = set[Record]()
    for name, (longest, _), (span, record) in _following(ledger):
        ends, day = longest.last, timedelta(days=1)
        is_apart = span.first - ends > day and span.first.year == ends.year
        if is_apart and record not in told:
            told.add(record)
            message = f"{shown(name)}缺 {ends + day} 至 {span.first - day} 的汇总"
            yield record, ["期间"], message, "补上这一段；没有的记一条 0"


_Total = tuple[Span, Record]


def _following(ledger: Ledger) -> Iterator[tuple[str, _Total, _Total]]:
    """What totals of a 类别 and 承办 count, with each but the first and the one before that ends last."""
    alike: dict[tuple[str, str | None, str], list[_Total]] = defaultdict(list)
    for record in ledger.records:
        if isinstance(total := record.fields, Total):
            for name in total.counters:
                alike[total.category, total.office, name].append((total.period, record))
    for (_, _, name), held in alike.items():
        longest, *later = sorted(held, key=lambda one: (one[0].first, one[0].last, one[1].path))
        for one in later:
            yield name, longest, one
            longest = max(longest, one, key=lambda total: total[0].last)


@finds(WARNING, RULES)
def no_event_twice(ledger: Ledger) -> Found:
    """FZ412: 同一次活动、会议只登记一条。

    日期、类别相同，标题又差不多的，多半是两个人各记了一次；地点也相同的，标题只要大半相同就提醒。标题里写着不同的次数、村组、学校等的，当作两件事。
    改法：是一件事的，留一条，另一条里多出的内容并过去；是两件事的，在标题里写明第几次、在哪个村。
    """
    alike: dict[tuple[str, date, str], list[Record]] = defaultdict(list)
    for record in ledger.records:
        fields = record.fields
        if isinstance(fields, Dated):
            alike[record.kind.name, fields.day, fields.category].append(record)
    for records in alike.values():
        for earlier, later in _same_events(tuple(records)):
            message = f"和 {masked(earlier.path)} 像是同一件事：日期、类别相同，标题相近"
            hint = "是一件事的，只留一条；不是的，标题里写明第几次、在哪个村"
            yield later, ["标题"], message, hint


@lru_cache(maxsize=20_000)  # a preview asks the same of nearly every day at every edit
def _same_events(records: tuple[Record, ...]) -> list[tuple[Record, Record]]:
    """Pairs (earlier, later) that look alike among records of one kind, day and 类别."""
    # 第一次 and 第二次 are never the same event: to sort by that first leaves few to compare.
    series: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in records if len(records) > 1 else ():
        series[tuple(_series(record.fields.title))].append(record)
    found = []
    for alike in series.values():
        for place, later in enumerate(alike):
            before = alike[max(place - NEIGHBOURS, 0) : place]
            if earlier := next((one for one in before if _is_same_event(one, later)), None):
                found.append((earlier, later))
    return found


def _is_same_event(one: Record, other: Record) -> bool:
    first, second = one.fields, other.fields
    if first.title == second.title:
        return False  # FZ411 reports it
    if isinstance(first, Activity | Meeting) and isinstance(second, Activity | Meeting):
        topics, others = {*first.topics}, {*second.topics}
        if topics and others and not topics & others:
            return False
    places = ["", ""]
    if isinstance(first, Activity) and isinstance(second, Activity):
        places = sorted((first.place, second.place), key=len)
        if places[0] in places[1]:
            return _are_alike(first.title, second.title, 0.7, may_hold=True)
    are_alike = _are_alike(first.title, second.title, 0.85)
    return are_alike and not _are_distinct(*places, within=_VILLAGES)


@finds(WARNING, RULES)
def no_case_per_channel(ledger: Ledger) -> Found:
    """FZ413: 一件案件从几个渠道来的，只登记一条，“来源”里把渠道都写上。

    类别、村和纠纷类型相同，受理日期相差不过七天，涉及人数不矛盾，标题又差不多，只有来源不同的，多半是一件事按渠道各登记了一次，合计里就多算了。
    改法：是一件事的，留一条，来源写成 `[法院回流, "12345"]` 这样；是两件事的，在标题里写出分别。
    """
    groups: dict[tuple[str, str | None], list[tuple[Case, Record]]] = defaultdict(list)
    for record in ledger.records:
        if isinstance(record.fields, Case) and record.fields.channels:
            groups[record.fields.category, record.fields.village].append((record.fields, record))
    for cases in groups.values():
        for earlier, later in _near_in_time(cases):
            if earlier.identity != later.identity:
                message = f"和 {masked(earlier.path)} 像是同一件事，只是来源不同"
                hint = "是一件事的，只留一条，来源都写上；不是的，标题里写出分别"
                yield later, ["来源"], message, hint


def _near_in_time(cases: list[tuple[Case, Record]]) -> Iterator[tuple[Record, Record]]:
    """Pairs that are close in time and alike in all that is given of both, the later path last."""
    cases = sorted(cases, key=lambda case: (case[0].accepted, case[1].path))
    days = [case.accepted for case, _ in cases]
    channels = [frozenset(case.channels) for case, _ in cases]
    disputes = [case.dispute for case, _ in cases]
    if len({*channels}) < 2:
        return
    for place, (case, record) in enumerate(cases):
        end = min(bisect_right(days, days[place] + DAYS_NEAR, place), place + 1 + NEIGHBOURS)
        dispute = disputes[place]
        for at, another in enumerate(disputes[place + 1 : end], place + 1):
            if another != dispute and another and dispute:
                continue  # this tells most apart, and costs least
            later, other = cases[at]
            if channels[place].isdisjoint(channels[at]) and _is_same_case(case, later):
                first, second = sorted((record, other), key=lambda held: held.path)
                yield first, second


def _is_same_case(one: Case, other: Case) -> bool:
    """Whether two cases of different channels, and no different dispute, are alike in all else."""
    if one.people != other.people and None not in (one.people, other.people):
        return False
    # The village is the same in both.
    first, second = (case.title.replace(case.village or "\0", "") for case in (one, other))
    return _are_alike(first, second, 0.5)


DAYS_NEAR = timedelta(days=7)  # how far apart in time two records may be and still be compared
NEIGHBOURS = 30
"""With how many records of its day (a case: of its days) one is compared. No office has so many of
one kind, and a folder made to have thousands must not keep a check busy for hours."""
_ORDER = (  # the words that distinguish the events of a series
    r"第?[零一二两三四五六七八九十\d]{1,8}[次期场批轮届组社班片区号]|[上下]半年|[上下]午|[一二三四]季度"
    r"|[（(][一二三四五六七八九十\d]{1,8}[）)]|\d{1,8}$"
)
_WHERE = frozenset("村组社乡镇街校学园班院站所企")
_VILLAGES = frozenset("村组社校学园")
_NO_CONTENT = Pattern(
    r"[\W\d_A-Za-z]|集中|专题|主题|系列|宣传|活动|开展|举办|组织|进行|工作|纠纷|矛盾|引发|调解"
    r"|关于|问题|一事|[的日案因和与暨]"
)


def _series(name: str) -> list[str]:
    """What in a name says which of a series it is: 第一次, 上半年, （二）."""
    return sorted(re.findall(_ORDER, name))


_COMPARED = 60  # characters of a name: more is no name, and the time grows with its square


@lru_cache(maxsize=50_000)  # a preview compares the same names at every edit
def _are_distinct(one: str, other: str, *, within: frozenset[str] = _WHERE) -> bool:
    """Whether two names differ in which of a series they are, or in the village, school, office."""
    one, other = one[:_COMPARED], other[:_COMPARED]
    if _series(one) != _series(other):
        return True
    for tag, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        # 东村 and 西村 differ in the character before 村.
        if tag == "replace" and within & {*one[a : b + 1], *other[c : d + 1]}:
            return True
    return False


def _are_alike(one: str, other: str, least: float, *, may_hold: bool = False) -> bool:
    """Whether two titles are alike by at least this share (0 to 1), and no word distinguishes them.

    With `may_hold`, a title that has all the words of the other, and more, is the same.
    """
    one, other = one[:_COMPARED], other[:_COMPARED]
    short, long = sorted((_content(one), _content(other)), key=len)
    if not short:
        return one == other
    if not (may_hold and len(short) > 1 and short in long):
        matcher = SequenceMatcher(None, short, long, autojunk=False)
        # The first two are never less than the last, and quick to compute.
        ratios = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)
        if any(ratio() < least for ratio in ratios):
            return False
    return not _are_distinct(one, other)


@lru_cache(maxsize=10_000)  # a title is held against each of its neighbours
def _content(title: str) -> str:
    return _NO_CONTENT.sub("", title)
