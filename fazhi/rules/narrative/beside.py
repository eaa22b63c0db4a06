"""Rules about the words beside a computed number, which would change what it says."""

from collections.abc import Mapping
from itertools import zip_longest

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.problems.problem import ERROR
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.narrative import Narrative
from fazhi.rules.narrative.clauses import LISTED, SEVERALLY, Number, numbers
from fazhi.rules.narrative.names import Names, shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import AFTER, BEFORE, BETWEEN, CHANGING, END
from fazhi.rules.text.typed import unit_at_start
from fazhi.schema.definition import OF_LAST, SO_MUCH, Definition
from fazhi.schema.township import Settings
from fazhi.schema.units import MEANS, base, matter, power

RULES = Checks[[Narrative, Settings]]()


@finds(ERROR, RULES)
def typed_beside(narrative: Narrative, settings: Settings) -> Found:
    """FZ714: 花括号前后不手写数字和“超过”“以上”一类的话。

    这些话会改变数的意思，程序却核对不到；“同比”印出来已经带着“增长”“下降”，再写就重了。空格、加粗、括号隔着的，也算在旁边。“达”“共”“累计”“之多”不改变数，可以写。
    改法：删去，用措辞来说，如 `{{ 指标名 | 以上(200) }}`；同上年比的，写 `比上年{{ 指标名 | 同比 }}`。
    """
    own = {d.name: d for d in settings.definitions}
    every = numbers(narrative)
    for number, following in zip_longest(every, every[1:]):
        if found := _changed(number, own):
            at, message, hint = found
            if following and hint == _APART and _of_one(number, following, own):
                continue
            yield narrative, number.place(at), message, hint


def _changed(number: Number, own: Mapping[str, Definition]) -> tuple[int, str, str] | None:
    """Where something changes a number, what that is, and how to say it."""
    before, after = BEFORE.search(number.near.replace("队伍", "队员")), AFTER.match(number.after)
    direction = DIRECTION.search(number.near)
    if SO_MUCH in number.wordings:
        is_to = direction and re.search("[到至]", direction["between"])
        if is_to or not re.search(WAY, number.said):
            hint = "前面写“增长”“下降”，或者写 同比"
            return number.at, "“同比(幅度)”只印增减了多少，前面没有说是增是减", hint
    elif direction and direction["words"] not in number.name:
        words, at = direction["words"], number.start(number.near) + direction.start("words")
        if "同比" in number.wordings:
            own_way = "同比数" if "同比数" in number.wordings else "同比"
            hint = f"删去“{words}”，同比自己带着增长、下降；另有说法的写成 {own_way}(上升)，只印多少的写成 {own_way}(幅度)"
            return at, f"“{words}”写重了", hint
        is_growth = _is_growth(words, own.get(number.name), own)
        if not is_growth and not re.search("[到至为]", direction["between"]):
            hint = f"删去“{words}”，写 比上年{{{{ {number.name} | 同比 }}}}；说的是别的数的，改句子"
            return at, f"“{words}”后面要写的是变化，这里印的是数", hint
    most = before["words"] if before and before["words"] in ("最多", "最少") else ""
    is_greatest = most and (most in number.name or number.near.endswith(("（", "(")))
    if before and not is_greatest:
        to = next((way for at, way in enumerate(CHANGING) if before[f"to{at}"]), "")
        hint = f"删去，用措辞来说，如 {{{{ 指标名 | {to} }}}}" if to else "删去，印准确的数"
        at = number.start(number.near) + before.start()
        return at, f"花括号旁边的{shown(before['words'])}会改变这个数的意思", hint
    left_out = after and after["words"] in ("以外", "之外") and "除" in number.said
    is_than = after and after["words"] in "多少" and re.search("[比较]上年的?$", number.near)
    if after and not left_out and not is_than:
        way = _WAYS_AFTER.get(after["words"].removeprefix("有"), "")
        hint = f"删去，用措辞来说，如 {{{{ 指标名 | {way} }}}}" if way else "删去，印准确的数"
        at = number.at + 1 + after.start("words")
        return at, f"花括号旁边的{shown(after['words'])}会改变这个数的意思", hint
    one = own.get(number.name)
    every = (per for per in _PER_ONE.finditer(number.said) if per[0] not in number.name)
    if per := next((per for per in every if not _is_mean(per, one, own)), None):
        at = number.start(number.said) + per.start()
        is_mean = one is not None and one.measure == "比值"
        what = "是另一种平均数" if is_mean else "不是平均数"
        hint = "改句子；分母另有叫法的，写进它的“说法”"
        if not is_mean:
            is_recorded = one is not None and one.kind == "现状"
            told = f"；记的就是平均数的，把“{per[0]}……”写进定义的“说法”" if is_recorded else ""
            hint = f"删去，或者改句子{told}"
        return at, f"{shown(per[0])}会改变这个数的意思：{shown(number.name)}{what}", hint
    if "同比" in number.wordings and (less := _LESS.search(number.near)):
        at = number.start(number.near) + less.start()
        return at, f"“{less[0]}”写重了", "写“比上年”就够了，同比自己带着增长、下降"
    if HIDDEN not in number.sentence and (rough := _ROUGHLY.search(number.sentence + number.rest)):
        at = number.start(number.sentence) + rough.start() + (rough.start() >= len(number.sentence))
        return at, f"印的是准确的数，不能说{shown(rough[0])}", "删去"
    joined = None if number.is_last else _JOINED.match(number.after)
    if joined:
        at = number.at + 1 + joined.start()
        return at, "两个数连在一起，看不出各是什么", _APART
    return None


def _is_growth(words: str, figure: Definition | None, own: Mapping[str, Definition]) -> bool:
    """环比增长 before a rate of how much more there is than what it divides by, or 下降 of less."""
    more = own.get(figure.numerator or "") or figure if figure else None
    if figure is None or more is None or not more.subtracted:
        return False
    base_of = more.added if re.search("[减降缩落滑跌少]", words) else more.subtracted
    return more is figure or [*base_of] == [figure.denominator]


def _is_mean(per: re.Match[str], figure: Definition | None, own: Mapping[str, Definition]) -> bool:
    """件均罚没款 of a figure that divides by cases: whether it is so much for each of these."""
    if figure is None or per[0] in "".join(figure.called):
        return figure is not None
    held = [own.get(name) for name in (*figure.added, *figure.subtracted)] or [figure]
    if base(figure.label) in _LAID_DOWN and all(d and d.kind == "现状" for d in held):
        return True  # 每人每月735元, 平均45天: it may be recorded so
    if figure.measure != "比值" or per[0][1] in "十百千万":
        return False
    below = own.get((figure.denominator or "").partition(".")[0])
    each = re.sub("^每(?:一?个)?|均$", "", per[0])
    name = "".join((below.name, *below.called)) if below else ""
    if each == "年" or (each and each in name):
        return True
    behind = per.string[per.end() :]
    if behind and (not each or each in "家名位支所"):  # 每个乡镇, of so many of them
        return bool(shared(name, behind))
    of_year = {"12": "月", "4": "季", "365": "天"}
    unit = matter(below.label) if below else of_year.get(figure.denominator or "", "")
    each = each or "个"  # 每个{{ }}
    return per[0] == "平均" or any({each, unit} <= alike for alike in _EACH) or each[:1] == unit


_LAID_DOWN = (*MEANS, "元", "小时", "分钟", "学时", "课时", "岁")
_EACH = ({"案", "件", "起"}, {"天", "日"}, {"人", "名", "人次"}, {"场", "次", "期"}, {"月", "个月"})


def is_of_earlier(number: Number, names: Names) -> bool:
    """甲{{ 15起 }}，甲率{{ }}，比上年{{ 少4起 }}: a change in a unit in which that of the rate is never said."""
    told = [names.by_name[one] for one in names.ahead(number) if one in names.by_name]
    own = _units(names.by_name[number.name], number.wordings)
    return any(one.name == number.name for one in told) and own.isdisjoint(_units(told[-1]))


def _units(figure: Definition, wordings: str = "") -> set[str]:
    """In which units a change of a figure may be said, in some wordings or in any."""
    if figure.label == "%":
        return {"个百分点"} if wordings else {"个百分点", "%"}
    own = matter(figure.label)
    return {own} if "同比数" in wordings else {"%"} if wordings else {own, "%"}


def _of_one(number: Number, following: Number, own: Mapping[str, Definition]) -> bool:
    """Whether two numbers side by side are how many of something, and how many people."""
    one, other = (own.get(each.name.partition(".")[0]) for each in (number, following))
    is_apart = number.at + 1 != following.at or "不带单位" in number.wordings
    if one is None or other is None or is_apart:
        return False
    # 6期168人次, 6842户11276人
    return base(one.label) not in ("人", "人次", "%") and base(other.label) in ("人", "人次")


WAY = (
    r"(?P<words>[净新再又]?(?:增长|增加|增多|增[幅速]|上升|上涨|提高|提升|攀升|涨幅|升幅|减少|下降|下滑|降低|降幅|回落"
    r"|缩减|压减|压降|压缩|缩短|延长|下跌|[前后]移|[增减升降]|(?<![至最不许众很顶])[多少](?:[出了发开办结调处受召举张贴排查]+)?))"
)
DIRECTION = Pattern(rf"{WAY}(?P<between>{BETWEEN})$")
"""What is said of a change."""
_WAYS_AFTER = {"余": "余", "多": "多", "来": "余", "以上": "以上(200)", "及以上": "以上(200)"}
_PER_ONE = Pattern(
    r"每[十百千万]+[名个户人]|每(?:个|一)?(?:村|社区|月|季度?|周|天|日|人|户|场|次|期|件|起|名|年|案)(?!度|末|初|底|情|卷)|平均(?!分)"
    r"|每一?(?:[个家名位支]|所(?!有))(?=[^，,。]{2}|$)(?!环节)|(?:(?:^|(?<=来))年|[人户村月日场次])均(?![少多高低大小超为不已])|(?:(?<!案)件|(?:^|(?<=[年月法]))案)均(?![少多高低大小超为不已])|各[村组户][^，]*(?:[均都各]|分别)|每个?[^，,。；]{1,14}各"
)
_LESS = Pattern(f"[多少](?!于){HAN}{{1,2}}$|[上去]年的$")
_ROUGHLY = Pattern("(?:据|经)?(?:不完全|粗略|初步)统计|保守估计|实际更[多高]|远不止")
_APART = "中间写上各是什么，或者用顿号隔开"
_JOINED = Pattern(rf"[到至~～—–-]*{HIDDEN}")


@finds(ERROR, RULES)
def unit_twice(narrative: Narrative, settings: Settings) -> Found:
    """FZ705: 花括号后面不再写单位，指标自己带着单位；“不带单位”的，写出来的是它自己的单位。

    再写一遍，印出来就是“3场场”“3场人次”。表里的数不带单位的，看表头、行首和表名的括号里写的单位：印的是元，写的是万元，就差一万倍。
    改法：删去花括号后面的单位；表头里的单位照提示改。
    """
    own = {definition.name: definition.label for definition in settings.definitions}
    units = frozenset(filter(None, own.values()))
    for number in numbers(narrative):
        if "不带单位" in number.wordings:
            label = own.get(number.name.partition(".")[0], "")
            yield from _other_unit(number, label, units, narrative)
            continue
        unit = unit_at_start(number.after, units)
        is_alone = unit and re.match(END, number.after[len(unit) :])
        worded = re.findall(r"单位\((.+?)\)", number.wordings)
        printed = (own.get(number.name.partition(".")[0]), *worded)
        if unit and (is_alone or unit in printed):
            message, hint = f"单位“{unit}”写重了，指标自己带单位", f"删去后面的“{unit}”"
            yield narrative, number.place(number.at + 1), message, hint


def _other_unit(number: Number, label: str, units: frozenset[str], narrative: Narrative) -> Found:
    """A unit that is typed behind a number without its own, or at the head of its table, and is another."""
    scale = re.search(r"\|\s*([万亿])\s*(?:\||$)", number.wordings)
    own = (scale[1] if scale else "") + label
    typed = [unit_at_start(number.after, units)] if not number.heads else []
    for head in (*number.heads, number.title) if number.heads else ():
        said = (re.sub("^单位[:：]?", "", one) for one in re.findall(_IN_BRACKETS, head))
        bare = ((one, one.lstrip("百千万亿")) for one in said)
        typed += [one for one, unit in bare if unit in units or unit == unit_at_start(unit, units)]
    known = [unit for unit in typed if unit]
    if known and _counted_in(own) not in map(_counted_in, known):
        message = f"{shown(number.name)}的单位是“{own}”，这里写的是“{known[0]}”"
        yield narrative, number.place(number.at), message, f"改成“{own}”，或者印别的指标"


def _counted_in(unit: str) -> tuple[str, int]:
    return matter(unit), power(unit)


_IN_BRACKETS = (
    r"(?<=[（(、／/])[^（）()、／/|]{1,8}(?=[）)、／/])|单位[:：]\s*[^（）()、／/|\s]{1,4}"
)
_THIS = "今年|本年度?|全年|当年|年内|{year}年"
_LAST = r"(?<![比较与和同跟超于自])(?:上一?年度?|去年|{last}年(?!以来|至今|起)|上年末)"


@finds(ERROR, RULES)
def whose_year(narrative: Narrative, settings: Settings) -> Found:
    """FZ731: 印上年的数，写明是上年的；说的是上年的，印的也是上年的数。

    `{{ 指标名.上年 }}` 印的是上一年的数，前后没有“上年”“去年”，读的人会当成今年的。
    改法：加上“上年”，或者改花括号里的指标名。
    """
    year = narrative.year
    last = re.compile(_LAST.format(last=year - 1))
    this = re.compile(_THIS.format(year=year))
    opens = re.compile(
        rf"\s*(?:截至)?(?:去年|上年|{year - 1}年)(?:[^，,{HIDDEN}]{{0,8}}(?:末|底|日))?[，,]"
    )
    any_last = re.compile(rf"[上头]一?年|前一年|去年|{year - 1}年|同期|[由从]")
    ratios = (d for d in settings.definitions if d.numerator)
    to_last = {d.name for d in ratios if any(one.endswith(OF_LAST) for one in d.sides)}
    every = numbers(narrative)
    for ahead, number in zip((None, *every), every, strict=False):
        if "同比" in number.wordings or number.name in to_last:
            continue
        said = number.said.rpartition(HIDDEN)[2]
        if ahead and ahead.is_last != number.is_last and re.match("[、和与及](?!新[收增受])", said):
            said = number.said  # 2023年甲{{ }}、乙{{ }}: the year is that of both
        if (listed := LISTED.search(number.said)) and listed["how"] in SEVERALLY:
            years, place = re.split("[、和与及]", listed["names"]), listed["rest"].count(HIDDEN)
            if place < len(years) and all(last.search(y) or this.search(y) for y in years):
                said = years[place] + HIDDEN  # 今年、上年分别{{ }}、{{ }}
        all_said = "，".join((*number.heads[::-1], said))
        times = [(m.start(), True) for m in last.finditer(all_said)]
        times += [(m.start(), False) for m in this.finditer(all_said)]
        is_of_last = HIDDEN not in number.sentence and opens.match(number.sentence)
        if number.is_last:
            own = said if HIDDEN in said and not last.search(said) else ""
            message = f"前面说的是今年，{shown(number.name)}印的是上年的数"
            hint = "去掉 .上年，或者改句子"
            if not re.search("[今本]年的?$", number.said) and not this.search(own):
                if any_last.search("".join((*number.heads, number.sentence, number.after[:6]))):
                    continue
                message = f"{shown(number.name)}印的是{year - 1}年的数，前面没有说是上年的"
                hint = "前面写“上年”，或者去掉 .上年"
        elif max(times)[1] if times else is_of_last:
            message = f"前面说的是上年，{shown(number.name)}印的是{year}年的数"
            hint = f"写成 {{{{ {number.name}.上年 }}}}，或者改句子"
        else:
            continue
        yield narrative, number.place(number.at), message, hint
