"""What a sentence says of one figure that is counted: how often, which one, or that there was none."""

from collections.abc import Sequence
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.selection import amount_of, day_of
from fazhi.figures.value import Value
from fazhi.pattern import HAN
from fazhi.records.record import Record
from fazhi.report import measured
from fazhi.report.among import among
from fazhi.report.moves import is_so
from fazhi.report.parts import stem
from fazhi.report.portions import count_of, whole_ahead
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.narrative.names import likeness
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import BETWEEN
from fazhi.schema.kinds import KINDS
from fazhi.schema.numerals import NUMERALS, exact, half_up, typed_number, typed_value
from fazhi.schema.units import base

claim = Claims()
_NEARLY, _WHOLE_NAME = 0.7, 4
_TIMES = {"两个月": 6, "三个月": 4, "半年": 2, "季": 4, "季度": 4, "月": 12, "半个月": 24, "半月": 24, "旬": 36, "周": 52, "天": 365, "日": 365}  # fmt: skip
_OF_ANOTHER = rf"^(?!(?:全年|做到|实现|坚持|保持|确保|平均|至少|不少于|召开|开展|举办|举行|组织|进行|集中|安排|[都就有约了均在{HIDDEN}])*[以之]?上?$)"


@claim(
    r"每(?:一?个)?(?P<each>半年|[两三]个月|季度?|月|半个?月|周|旬|天|日)(?!度)"
    r"|(?P<doubled>月月|季季|周周|天天|日日)|(?P<mean>[月季周日])均"
)
def _how_often(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """每月召开会议，全年{{ }}: at least so many times in the year."""
    period = said["each"] or (said["doubled"] or said["mean"])[0]
    typed = re.search(
        rf"([{NUMERALS}多数几]|\d+)([场次件起学讲课会听查议])", sentence.after(said.end())
    )
    ahead = sentence.before(said.start())
    number = ahead[0][0] if ahead else sentence.numbers[0] if sentence.numbers else None
    name = number.name if number else sentence.names.nearly(sentence.clause(said.start()))
    value = sentence.values.get(name) if name and not (number and number.is_last) else None
    if value is None or value.number is None or value.definition.kind in (None, "现状"):
        return
    if said["mean"] and any(said[0] in one.name for one in sentence.numbers):
        return  # the mean is a figure of its own
    about = sentence.clause(said.start()).partition("、")[0].replace(said[0], "")
    about = about.replace("学习", "") if "学" in value.name else about
    is_same = typed and ahead and base(typed[2]) in (base(value.unit), *"学讲课会听查议")
    if re.search("计划|拟|力争|争取|明年", about):
        return
    if value.definition.kind == "案件" and re.search("会议|宣传|培训|讲座", about):
        return  # 反家庭暴力联席会议每季度召开一次
    if typed and re.search(_OF_ANOTHER, about.replace(typed[0], "")):
        is_same = None  # 每月开展联合排查1次
    times = re.sub("[多数几]", "两", typed[1]) if typed else "一"
    often = value.number
    if value.definition.measure == "求和" and (not typed or base(typed[2]) != base(value.unit)):
        often = Fraction(len(value.records))  # 每月排查一次 is not how much was found
    least = _TIMES[period] * (typed_value(times) or 1)
    if (is_same or likeness(value.name, about)[0] > 0) and often < least:
        yield value, value


_ALIKE = ("场次", "期", "件起", "人名", "户")


@claim(
    rf"(?P<said>(?:(?P<each>[场次期件起人户])均|平均[到给]?每(?P<every>[场次期件起人名户]))[^，,。；\d]{{0,7}}?"
    rf"(?P<near>近|约|不足|不到|超过|逾)?(?P<typed>\d+(?:\.\d+)?|[{NUMERALS}]{{1,3}})(?P<unit>[^，,。；\d]{{1,2}}))(?=[，,。；）)]|$)"
)
def _typed_mean(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """活动{{ }}，参加{{ }}，场均129人次: what two numbers of the sentence come to."""
    each = next(alike for alike in _ALIKE if (said["each"] or said["every"]) in alike)
    ahead = [value for _, value in sentence.before(said.start())]
    units = base(said["unit"]), base(f"人{said['unit']}")  # 人均2次, of 人次
    wholes = [one for one in ahead if base(one.unit) in units]
    counts = [one for one in ahead if one.number and one.unit and one.unit[0] in each]
    many = [one for one in counts if one not in wholes] or counts
    if len(wholes) != 1 or len(many) != 1 or wholes == many:
        return
    exact = wholes[0].base / (many[0].number or 1)
    digits, decimals = said["typed"], len(said["typed"].partition(".")[2])
    typed = typed_number(digits)
    rounds_to = Fraction(half_up(exact, decimals)) == typed
    if not is_so(said["near"] or "", exact, typed, otherwise=rounds_to):
        yield wholes[0], many[0]


@claim(
    rf"(?P<number>[{NUMERALS}])(?P<unit>场次|人次|[场次件起名人支个份张])(?![{NUMERALS}多余几来以])"
)
def _in_words(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """组建甲两支, where there are three."""
    before = re.split("[，,、：:（(]", sentence.text[: said.start()])[-1]
    value = sentence.named(re.sub(f"{BETWEEN}$", "", before))
    if value is None or re.search(f"{HIDDEN}|上年|去年|每|首|第|同期|计划|月|季|半年", before):
        return
    if base(value.unit) == base(said["unit"]) and value.number != typed_value(said["number"]):
        yield value, value


@claim(
    rf"(?P<said>第(?P<number>\d{{1,6}}|[{NUMERALS}]{{1,6}})(?P<unit>场次|场|次|件|起|期|支))(?P<what>[^，,。；]{{2,16}})"
)
def _ordinal(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """第十五场甲, where there were fourteen."""
    place = typed_value(said["number"])
    for value in sentence.values.values():
        is_meant = said["what"].startswith(value.name) and base(value.unit) == base(said["unit"])
        if is_meant and value.number is not None and value.number < place:
            yield value, value


_TYPED = rf"(?P<typed>\d+|[{NUMERALS}]{{1,5}})"
_UNIT = "场次|人次|[件起场次份张名人个条]"
_UNITS = f"(?P<unit>{_UNIT})"
_SAYS = rf"(?:[^，,。；、{HIDDEN}\d]|12345){{2,16}}?"
_PERIOD = (
    "(?:其中|仅|单)*(?:[上下]半年|[一二三四]季度|\\d{1,2}月份?)"
    "(?:就|共|已|先后|集中)*(?:召开|开展|举办|受理|作出|办结|组织|排查|调处|发放|审查)?了?"
)


@claim(
    rf"(?<![的这每首那])(?P<said>{_TYPED}{_UNITS}(?:为|是|属于?|系|来自|经|(?=[到由在]))(?P<what>{_SAYS}))(?=[，,。；]|$)"
)
@claim(
    rf"(?:(?<![^，,、])(?:全年|[今本]年)?)(?P<said>(?P<what>{_SAYS})(?:最[多少][，,]?)?的?(?:有|为|是|共|达|占|仅|只)*{_TYPED}{_UNITS})(?=[，,。；、]|$)"
)
def _typed(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """处罚{{ }}，其中6件为罚款，示例三村三件: typed, and as many as there are."""
    whole = whole_ahead(sentence, said.start()) or _parted(sentence, said["what"])
    if whole is None or base(whole.unit) != base(said["unit"]) or said["what"].endswith("各"):
        return
    count = count_of(sentence, whole, said["what"])
    if re.fullmatch(_PERIOD, said["what"]) and (found := among(sentence, whole, said["what"])):
        count = found.count
    is_of_others = not count and "结果" in (whole.definition.conditions or {})
    if count is not None and not is_of_others and count != typed_value(said["typed"]):
        yield whole, whole, f"这样的是 {exact(count)}{whole.unit}"


@claim(
    rf"(?P<said>[由从](?:上年|去年)的?(?P<was>\d+|[{NUMERALS}]{{1,5}})(?:{_UNIT})[^，,。；{HIDDEN}]{{0,4}}[到至为]{_TYPED})"
)
def _typed_change(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """行政检查由上年的两次增加到五次: typed, and as many as there were and are."""
    value = sentence.topic
    last = sentence.last.get(value.name) if value else None
    was, now = (Fraction(typed_value(said[group])) for group in ("was", "typed"))
    if value and last and (last.number, value.number) != (was, now):
        yield last, value


def _parted(sentence: Sentence, part: str) -> Value | None:
    """The one breakdown that has a part of this name."""
    found = [one for one in sentence.values.values() if part in map(stem, one.parts or {})]
    return found[0] if len(found) == 1 else None


@claim(
    rf"(?P<list>{HAN}{{2,12}}(?:[、和与]{HAN}{{2,12}})+?)(?P<said>(?:大体|大致|基本|约)?各(?P<what>主持|承办|办理|占)?了?(?:{_TYPED}{_UNITS}|(?P<half>一半|半数|五成)))(?=[，,。；]|$)"
)
def _each_of(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """党委书记、乡长各主持两次, 甲和乙各占一半: as many of one as of the other."""
    value = sentence.nearest(said.start()) or sentence.subject
    for one in re.split("[、和与]", said["list"]) if value else ():
        what = f"由{one}主持" if said["what"] == "主持" else f"由{one}承办"
        found = value and (among(sentence, value, what) or among(sentence, value, f"是{one}"))
        if not value or not found:
            return
        far = found.whole / 10 if said["half"] else 0
        wanted = found.whole / 2 if said["half"] else typed_value(said["typed"])
        if abs(found.count - wanted) > far:
            yield value, value, found.told
            return


@claim(
    rf"(?P<said>(?:全[乡镇街])?(?:各个?|每个?)(?:行政)?村[均都](?!无|没|未)(?:有|开展|走到|办|涉及|发生|覆盖)[^，,。；{HIDDEN}]{{0,4}}"
    rf"|(?:覆盖|遍[及布]|走[进遍]|涉及|涵盖|辐射|分布[在于]|来自|送到|发生在)[到了]?(?:全[乡镇街]的?)?(?:(?:各|每|全部|所有)[个的]*|{_TYPED}个)(?:行政)?村|(?:行政|各|每个|全部)村全覆盖)(?(typed)|(?=[，,]|$))"
)
def _in_each_village(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """处罚{{ }}，各村都有, 涉及三个村: of each village that there is, or of as many."""
    value, every = sentence.nearest(said.start()), sentence.names.settings.township.villages
    held = [_village(record, every) for record in value.records] if value else []
    found = {village for some in held for village in some}
    if said["typed"] and value and all(held) and len(found) != typed_value(said["typed"]):
        yield value, value, f"是 {len(found)}个村"
    places = [getattr(record.fields, "place", "") for record in value.records] if value else []
    without = [one for one in every if one not in found and not said["typed"]]
    if value and found and without and not any("各村" in place for place in places):
        yield value, value, f"没有{'、'.join(without)}的"
    elif value and not found and "一" in said[0] and (value.number or 0) < len(every):
        yield value, value, f"有 {len(every)}个村"


def _village(record: Record, every: Sequence[str]) -> set[str]:
    """The villages that a record says it is of."""
    own = getattr(record.fields, "village", None)
    several = {own} if own else {*getattr(record.fields, "villages", ())}
    place = getattr(record.fields, "place", "")
    return several or {one for one in every if one in place}


@claim(
    rf"(?P<said>(?P<verb>{HAN}{{2}})(?:了|共|达)?(?P<typed>[{NUMERALS}]|\d+)[次轮])(?=[，,。；]|$)"
)
def _how_many_times(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """排查隐患{{ }}，联合排查五次: of a sum, in so many records."""
    value = sentence.nearest(said.start())
    if value is None or value.definition.measure != "求和" or base(value.unit) == "次":
        return
    is_one_kind = isinstance((value.definition.conditions or {}).get("类别"), str)
    is_of_it = said["verb"] in value.name and "每" not in sentence.clause(said.start())
    many = len(value.records)
    if is_one_kind and is_of_it and many != typed_value(said["typed"]):
        yield value, value, f"是 {many}次"


@claim(
    rf"(?P<said>(?P<how>平均|最[长短快慢])(?:用时|办理|办结|审查|耗时|时长|时限|周期|每件|的|一[件起]|[仅只也都就在为是需要用了]|同|受理)*"
    rf"(?:(?P<under>不到|不足|少于|不超过|约|近)?{_TYPED}(?P<unit>天|日|周)[之以]?内?|当[天日]))"
)
def _days(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """合法性审查{{ }}，平均三天内出具意见: from when it was accepted to when it was done."""
    value = sentence.about(said.start())
    is_decided = "决定" in sentence.clause(said.start())
    days = measured.days_taken(value, is_decided=is_decided) if value else []
    if not value or not days:
        return
    of_all = {"平均": Fraction(sum(days), len(days)), **dict.fromkeys("长慢", Fraction(max(days)))}
    taken = of_all.get(said["how"].removeprefix("最"), Fraction(min(days)))
    typed = typed_value(said["typed"] or "零") * (7 if said["unit"] == "周" else 1)
    is_below = said["under"] or said[0].endswith("内")
    if taken > typed if is_below else abs(taken - typed) >= 1:
        yield value, value, f"{said['how']}是 {half_up(taken, 1)}天"


@claim(
    r"(?P<said>(?P<how>首次|第一次|最后一次|末次)(?:会议|活动|检查|排查|学习)?[于在](?P<month>\d{1,2})月)"
)
@claim(rf"[，,](?P<said>[自从](?P<month>\d{{1,2}}|[{NUMERALS}]{{1,2}})月份?(?P<how>起|开始))")
def _first_or_last(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """会议{{ }}，最后一次于12月召开: the month of the first record, or of the last."""
    value = sentence.about(said.start())
    held = value.definition if value else None
    if not value or not held or held.kind not in KINDS or held.kind in ("现状", "汇总"):
        return
    days = [*filter(None, map(day_of(KINDS[held.kind], held.by_date), value.records))]
    is_last = said["how"] in ("最后一次", "末次")
    day = (max if is_last else min)(days, default=None)
    if day and day.month != typed_value(said["month"]):
        yield value, value, f"{'最后' if is_last else '第'}一次在{day.month}月{day.day}日"


@claim(rf"(?P<said>每[次场](?:活动)?(?:都|均)(?P<what>{HAN}{{3,10}}?)(?=[，,。；、]|$))")
def _each_has(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """活动{{ }}，每场均张贴海报: none without it."""
    value, named = sentence.nearest(said.start()), sentence.named(said["what"])
    if value and named and value.definition.measure == "件数" and named.definition.field_name:
        amount = amount_of(named.records[0].kind, named.definition.field_name)
        held = [record in named.records and bool(amount(record)) for record in value.records]
        if any(held) and not all(held):
            yield value, value, f"有的是 {sum(held)}/{len(held)}"
