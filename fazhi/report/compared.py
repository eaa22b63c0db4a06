"""What a sentence says of its computed numbers to one another, held to their exact values."""

from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.value import Value, Values
from fazhi.pattern import HAN, Pattern
from fazhi.report.moves import LESS, MORE, WAYS, is_down
from fazhi.report.sentence import Claims, Pairs, Sentence, differs, grows_more
from fazhi.rules.narrative.names import MONTH, likeness, shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.numerals import NUMERALS, exact, half_up
from fazhi.schema.units import base, matter

claim = Claims()
_OTHER = rf"[^，,。；、：:{HIDDEN}]"
_MOSTLY_SAID = 0.66
_GROWTH = Pattern("的?(?:增[速幅]|增长(?:率|幅度)?|数量|次数|(?:总体|平均)?水平)$")


@claim(
    rf"(?P<said>(?P<not>不)?(?:(?P<more>{MORE})|{LESS})(?P<what>{_OTHER}{{1,24}}))"
    rf"(?P<number>{HIDDEN}?)(?!{HIDDEN}?的[{NUMERALS}半])"
)
def _compared(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，多于乙{{ }}; the other may only be named."""
    ahead = sentence.before(said.start())
    other = sentence.other(said, _GROWTH.sub("", said["what"]))
    clause = re.split("[，,、]", sentence.text[: said.start()])[-1]
    own = sentence.named(_GROWTH.sub("", clause))
    one = ahead[0][1] if ahead else own
    if not one or not other or re.search("[之总]和$|加起来$|相加$|合计$", clause):
        return
    if own and (one.unit == "%") != (other.unit == "%") == (own.unit == "%"):
        one = own  # 甲{{ }}，甲成功率高于乙成功率
    is_growth = "增" in said["what"] and (not ahead or "同比" in ahead[0][0].wordings)
    more = grows_more(sentence, one, other) if is_growth else differs(one, other)
    if more is not None:
        more = more if said["more"] else -more
        if more > 0 if said["not"] else more <= 0:
            yield one, other


@claim(
    r"(?P<one>[^，,。；、：:]{0,24})(?P<said>比(?P<other>[^，,。；、：:]{2,24}?)(?:还要?|更|要)?(?P<how>[多少高低]))(?:[，,]|$)"
)
def _by(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}比乙{{ }}还多; both may only be named."""
    sides = []
    for side in ("one", "other"):
        place = said[side].rfind(HIDDEN)
        name = sentence.names.nearly(said[side]) if place < 0 else None
        printed = sentence.value_at(said.start(side) + place) if place >= 0 else None
        sides.append(printed or sentence.values.get(name or ""))
    one, other = sides[0] or sentence.nearest(said.start()), sides[1]
    more = differs(one, other) if one and other else None
    if one and other and more is not None and more * (1 if said["how"] in "多高" else -1) <= 0:
        yield one, other


@claim(
    rf"[与和同跟](?P<what>{_OTHER}{{2,20}}?)(?P<number>{HIDDEN}?)(?P<said>的?(?:数量|次数|件数|场次|数)?(?P<about>基本|大体)?(?:一致|相同|相等|持平|一样多))"
)
def _equal(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，与乙{{ }}数量一致; the other may only be named."""
    one, other = sentence.nearest(said.start()), sentence.other(said, said["what"])
    # 甲、乙和丙的次数一样多: of these, and not of a number ahead.
    one = sentence.named(re.split("[，,、（(：:]", sentence.text[: said.start()])[-1]) or one
    more = differs(one, other) if one and other else None
    is_close = more and other and said["about"] and abs(more) * 20 <= (other.number or 0)
    if one and other and more and not is_close:
        yield one, other


@claim(
    rf"[由从](?P<what>[^\d，,。；、：:{HIDDEN}]{{0,8}})(?:{HIDDEN}|(?P<typed>\d+(?:\.\d+)?)(?P<unit>[^，,。；\d]{{1,4}}))"
    rf"(?P<said>(?P<way>{WAYS})[到至为])(?P<to>[^，,。；{HIDDEN}]{{0,6}}){HIDDEN}"
    r"(?:[，,](?P=way)[^，,。；\d]{0,6}?(?P<by>\d+(?:\.\d+)?)%)?"
)
def _from_to(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """由法定{{ 法定时限 }}压减至{{ 承诺时限 }}，压减75%: two figures, or one's two years; it may be typed."""
    one = None if said["typed"] else sentence.value_at(said.end("what"))
    other = sentence.value_at(said.end("to"))
    if other is None or not other.number or MONTH.search(said["what"]):
        return
    if said["unit"] != other.unit if said["typed"] else one is None:
        return
    was, unit = (one.number or 0, one.unit) if one else (Fraction(said["typed"]), said["unit"])
    less = (was - other.number) * (1 if is_down(said["way"]) != other.is_rank else -1)
    is_told = one is None or one.year < other.year or shared(one.name, said["what"])
    by, decimals = said["by"] or "", len((said["by"] or "").partition(".")[2])
    is_by = not by or not was or half_up(Fraction(less * 100) / was, decimals) == by
    own = [v for v in sentence.values.values() if v.name[:2] == said["what"][:2] and v.unit == unit]
    is_own = one or len(own) != 1 or own[0].number == was
    if less <= 0 or base(unit) != base(other.unit) or not (is_told and is_by and is_own):
        yield one or own[-1] if one or own else other, other


@claim(
    rf"(?P<said>(?:一致|相同|相等|持平))[，,]分别[为是](?P<one>{HIDDEN})[和、](?P<other>{HIDDEN})"
)
def _both(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲与乙一致，分别为{{ }}和{{ }}."""
    one, other = (sentence.value_at(said.start(side)) for side in ("one", "other"))
    if one and other and one.number != other.number:
        yield one, other


@claim(
    rf"(?:目标|任务|要求|计划|指标)[^。；{HIDDEN}]{{0,16}}?(?P<aim>\d+(?:\.\d+)?)(?P<unit>%|[^\d，,。；]{{1,2}})[^。；{HIDDEN}]*(?P<number>{HIDDEN})"
    rf"[^。；{HIDDEN}]*?(?P<said>(?P<beyond>超额|(?:超过|高于|高出)(?:年初|年度|预定|既定)?(?:目标|计划|任务|要求))"
    r"|(?P<under>未(?:能?完成|达到?标?)|低于(?:年初|年度|预定|既定)?(?:目标|计划|任务|要求))|完成|达标|达到)"
)
def _aimed_at(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """目标98%，成功率为{{ }}，超额完成: it is more than was aimed at."""
    value, aim = sentence.value_at(said.start("number")), Fraction(said["aim"])
    if value and value.number is not None and base(value.unit) == base(said["unit"]):
        more = value.number - aim
        if more <= 0 if said["beyond"] else more >= 0 if said["under"] else more < 0:
            yield value, value


@claim(rf"(?P<said>率)[为是达到在约有]*(?P<number>{HIDDEN})")
def _rate_of(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """受理{{ 甲 }}，成功{{ 乙 }}，成功率为{{ 另一率 }}: another rate than that of both numbers."""
    rate = sentence.value_at(said.start("number"))
    if rate is None or likeness(rate.name, sentence.text)[0] >= _MOSTLY_SAID:
        return
    ahead = {value.name for _, value in sentence.before(said.start())}
    own = {side.name for side in rate.sides}
    for ratio in sentence.values.values():
        sides = {side.name for side in ratio.sides}
        if ratio.unit == "%" and len(sides) == 2 and sides <= ahead and not own <= ahead:
            yield ratio, rate


@claim(
    "(?P<who>[前后]者)[^，,。；]{0,8}?(?P<how>不及|不如|落后|更?[多高快大好少低慢小]|更?胜|领先)"
    "|(?:[二两]者|两项)[^，,。；]{0,4}(?:持平|相等|一样多|相同)"
)
def _former(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}、乙{{ }}，前者更多."""
    ahead = sentence.before(said.start())[1::-1]
    if len(ahead) < 2:
        return
    is_growth = all("同比" in number.wordings for number, _ in ahead)
    one, other = (value for _, value in ahead)
    more = grows_more(sentence, one, other) if is_growth else differs(one, other)
    if more is None:
        return
    is_true = more == 0
    if said["who"]:
        is_more = not re.search("不及|不如|落后|[少低慢小]", said["how"])
        is_true = more != 0 and (more > 0) == (is_more == (said["who"] == "前者"))
    if not is_true:
        yield one, other


@claim(rf"{HIDDEN}(?=(?P<said>[、和与及]{_OTHER}{{0,16}}){HIDDEN})")
def _repeated(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """进校园{{ 甲 }}、进集市{{ 甲 }}: the same number for several things in a list."""
    one, other = sentence.at_place(said.start()), sentence.at_place(said.end("said"))
    if one and other and one[1] is other[1] and "同比" not in other[0].wordings:
        yield one[1], one[1]


@claim(rf"(?<=[，,])(?P<said>{HAN}{{2,8}}){HIDDEN}")
def _told_before(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """检查设备{{ 甲 }}，整改{{ 甲 }}: a number that was told, again for what is nothing of it."""
    found = sentence.at_place(said.end() - 1)
    ahead = [one for number, one in sentence.before(said.start()) if not number.wordings]
    if found is None or found[0].wordings or not any(one is found[1] for one in ahead):
        return
    name, words = found[1].name, said["said"]
    is_same = re.search("[共总这其全均即]|累计|合计|上述|以上", words)
    if not (is_same or shared(name, words) or sentence.names.is_called(name, words)):
        yield found[1], found[1]


@claim(
    rf"(?P<one>{HIDDEN})[（(](?P<said>上一?年度?|去年)[^，,。；（）{HIDDEN}]{{0,4}}(?P<last>{HIDDEN})[）)]"
)
def _in_brackets(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """处罚{{ 甲 }}（上年{{ 乙.上年 }}）: another's number of the year before."""
    one, last = (sentence.value_at(said.start(group)) for group in ("one", "last"))
    if one and last and one.name != last.name:
        yield one, last


@claim(
    rf"{HIDDEN}[^。；，,{HIDDEN}]{{0,12}}[，,（(]?(?:其中|中|里|[（(])?[，,]?(?P<said>其中|包[含括]|内?含)(?P<parts>[^。；（()）]*)"
)
def _parts(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，其中乙{{ }}: what is counted in 乙 is counted in 甲."""
    whole = sentence.at_place(said.start())
    if whole is None:
        return
    for part in re.finditer(
        rf"(?:^|、|和|(?<![涉普提危])及)[^，,、{HIDDEN}]{{1,24}}{HIDDEN}", said["parts"]
    ):
        found = sentence.at_place(said.start("parts") + part.end() - 1)
        if found is None:
            continue
        # 任务{{ 68项 }}，主体{{ 3420户 }}，其中联合抽查{{ 26项 }} is of what is counted alike.
        ahead = [one for _, one in sentence.before(said.start() + 1)]
        of = next((one for one in ahead if matter(one.unit) == matter(found[1].unit)), whole[1])
        is_of_it = _is_within(found[1], of, sentence.values)
        if found[0].is_last:  # 累计{{ }}，其中2023年{{ 甲.上年 }}
            is_of_it = _adds(of, found[1]) and found[1].begins == found[1].year
        is_of_it |= whole[0].is_last
        if not is_of_it or _is_told_of_people(found[1], of, sentence.values):
            yield of, found[1]


def _is_told_of_people(part: Value, whole: Value, values: Values) -> bool:
    """Whether a sensitive figure is said to be some of another, and by no definition: then how many the
    others are is not looked at before both are published."""
    one, other = part.definition, whole.definition
    is_of_records = one.kind == other.kind != "现状" and one.field_name == other.field_name
    if not (part.sensitive and whole.sensitive) or is_of_records or part.unit == "%":
        return False
    definitions = [value.definition for value in values.values()]
    said = [(d.name, above) for d in definitions for above in (d.whole, d.equal)]
    said += [(d.numerator or "", d.denominator) for d in definitions if d.measure == "比率"]
    found = {part.of, part.name}
    while more := {above for name, above in said if name in found and above} - found:
        found |= more
    return found.isdisjoint({whole.of, whole.name})


def _adds(whole: Value, part: Value) -> bool:
    """Whether a sum adds up a figure of a year."""
    sides = whole.sides if whole.definition.added else ()
    return any((s.name, s.year) == (part.of, part.year) or _adds(s, part) for s in sides)


_CASES = frozenset("件份起宗项")  # any of which one file may be counted in


def _is_within(part: Value, whole: Value, values: Values) -> bool:
    """Whether the records of a count are all among those of another, or that cannot be said."""
    if above := values.get(part.definition.whole or ""):
        return above.name == whole.name or _is_within(above, whole, values)
    kinds = {part.definition.kind, whole.definition.kind}
    if None in kinds or "现状" in kinds or not part.records or part.name == whole.name:
        return True
    both_add = part.definition.field_name is not None and whole.definition.field_name is not None
    units = {base(part.unit), base(whole.unit)}
    is_alike = len(units) == 1 or units <= _CASES or not both_add
    return set(part.records) <= set(whole.records) and is_alike


@claim(
    r"(?P<but>除|不含|不包括)(?P<name>[^，,]{2,20}?)(?:[以之]?外|[，,])"
    r"|另有|另外[^，,。；]{0,6}(?:有|承接|受理|开展|召开|举办|排查)|[以之]外[，,][^，,。；]{0,6}另"
)
def _apart(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """除乙外，另有甲{{ }}: what is counted in 乙 is not counted in 甲."""
    after = [one for one in sentence.numbers if one.at - sentence.at >= said.end()]
    one = sentence.values.get(after[0].name) if after and not after[0].is_last else None
    if one is None:
        return
    ahead = sentence.before(said.start())
    other = ahead[0][1] if ahead and not ahead[0][0].is_last else None
    if said["but"]:
        other = sentence.named(said["name"])
        if any(count and part in said["name"] for part, count in (one.parts or {}).items()):
            yield one, one
    between = sentence.text[ahead[0][0].at - sentence.at : said.start()] if ahead else ""
    is_rest = re.search("主要|为主|多为|其中", between)  # 处罚{{ }}，主要为警告，另有罚款{{ }}
    if other and not is_rest and other.name != one.name and {*one.records} & {*other.records}:
        yield one, other


_OF_CLAUSE = f"[^，,。；：:{HIDDEN}]"


@claim(
    rf"(?P<said>(?:加上|连同|算上)(?P<what>{_OF_CLAUSE}{{2,16}}?)[，,]{_OF_CLAUSE}{{0,4}}?(?:合计|共计|总计|一共){_OF_CLAUSE}{{0,4}}?)(?P<number>{HIDDEN})"
)
def _with_another(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，加上乙，合计{{ }}: of which one is named and not printed."""
    ahead, total = sentence.nearest(said.start()), sentence.value_at(said.start("number"))
    like = [one for one in sentence.values.values() if said["what"] in one.name]
    other = sentence.named(said["what"]) or (like[0] if len(like) == 1 else None)
    if ahead and total and other and base(total.unit)[:1] == base(ahead.unit)[:1]:
        both = sum((one.number or Fraction(0) for one in (ahead, other)), Fraction(0))
        if both != total.number:
            yield total, total, f"{ahead.name}和{other.name}加起来是 {exact(both)}{total.unit}"
