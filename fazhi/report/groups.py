"""What a sentence says of groups of what is counted to one another: their rates, their sums, each of them."""

from collections.abc import Iterable, Mapping
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.value import Value
from fazhi.records.record import Record
from fazhi.report import measured
from fazhi.report.holding import Words, fields
from fazhi.report.moves import EQUAL, LESS, MORE
from fazhi.report.portions import count_of
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.narrative.names import likeness
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.numerals import NUMERALS, exact, half_up, typed_value

claim = Claims()
_SIDE = rf"[^，,。；、：:{HIDDEN}]"
_MISS = "缺考|未参加|[不未]合格|补考"
_MANY = rf"\d+|[{NUMERALS}]{{1,4}}"
_FULL_NAME = 4  # characters of a rate's name that tell it from others
_NAMED = 0.8  # of its pairs of characters, where no rate is printed


# Rates


_DONE = dict.fromkeys(("过关", "通过", "及格", "补考"), "合格")
_DONE |= dict.fromkeys(("应考", "参加考试", "缺考", "未参加"), "参考")


def _rate(sentence: Sentence, said: str) -> Value | None:
    """The rate that words end with the name of: the last one that is printed, else the only one."""
    said = said.removesuffix("率").removesuffix("的")
    stem = next((_DONE[end] for at in (4, 3, 2) if (end := said[-at:]) in _DONE), said[-2:])
    found = [v for v in sentence.values.values() if v.denominator and v.name.endswith(f"{stem}率")]
    printed = [value for _, value in sentence.printed if value in found]
    if printed:
        return printed[0]
    full = [value for value in found if value.name.removesuffix("率")[-_FULL_NAME:] in said]
    if not full:  # 考试未合格的均为乡干部
        full = [v for v in found if likeness(v.name, sentence.text + v.name[-3:])[0] > _NAMED]
    return full[0] if len(full) == 1 else None


def _group(
    sentence: Sentence, records: Iterable[Record], said: str
) -> tuple[str, set[str], Words] | None:
    """The one word of the records that words name, with the others of its field; None where records
    hold several at once."""
    held = tuple(records)
    for key, words, words_of in fields(sentence, held) if held else ():
        named = [word for word in words if word in said and key != "结果"]
        longest = [one for one in named if not any(one in other != one for other in named)]
        if len(longest) == 1 and all(len(words_of(record)) == 1 for record in held):
            return longest[0], words, words_of
    return None


def _rate_of(ratio: Value, word: str, words_of: Words) -> Fraction | None:
    counts = measured.counts_in(ratio, lambda record: word in words_of(record))
    return counts[0] / counts[1] * 100 if counts else None


@claim(
    rf"(?P<one>{_SIDE}{{3,20}}?)(?P<said>率(?:也|都|均|要|还|略|明显|大幅|远)*"
    rf"(?:(?P<how>{MORE}|{LESS}|[比和与同])(?P<other>{_SIDE}{{2,12}}?)(?:的?{_SIDE}{{2}}率)?(?:[更还要略]*(?P<degree>[高低好差])|(?P<same>{EQUAL}))?"
    rf"|(?P<both>{EQUAL})))(?=[，,。；]|$)"
)
def _rates(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """乡干部的合格率高于村干部: of two groups of a rate's records."""
    ratio, how = _rate(sentence, said["one"]), said["how"] or ""
    between = re.match("(.+)[和与同](.+)", said["one"]) if said["both"] else None
    named = [between[2], between[1]] if between else [said["one"], said["other"]]
    one, other = (ratio and of and _group(sentence, ratio.sides[-1].records, of) for of in named)
    if not ratio or not one:
        return
    word, _, words_of = one
    known = _known(ratio, {word, other[0]} if other else {word}, words_of)
    if word not in known or len(known) < len(("one", "other")):
        return
    own = known.pop(word)
    (than,) = known.values()
    if said["same"] or said["both"]:
        is_true = own == than
    elif how in tuple("和与同") or (how == "比" and not said["degree"]):
        return
    elif re.fullmatch(MORE, how) or (said["degree"] or "低") in "高好":
        is_true = own > than
    else:
        is_true = own < than
    if not is_true:
        yield ratio, ratio, _told({word: own, **known})


def _known(ratio: Value, groups: set[str], words_of: Words) -> dict[str, Fraction]:
    rates = ((each, _rate_of(ratio, each, words_of)) for each in sorted(groups))
    return {each: rate for each, rate in rates if rate is not None}


def _told(rates: Mapping[str, Fraction]) -> str:
    return "、".join(f"{each}{half_up(rate, 1)}%" for each, rate in rates.items())


@claim(
    rf"(?P<one>{_SIDE}{{2,20}}?)(?P<said>(?:在[^，,率]{{2,8}}[中里])?(?:最高|(?P<least>最低)|位?[位居列排](?:首位?|第一|榜首|各{_SIDE}{{1,3}}(?:首位?|第一|榜首))))(?=[，,。；]|$)"
)
def _highest(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """示例六村的成功率在各村中最高, and 示例六村最高 behind a rate: of all groups of its kind."""
    ratio = _rate(sentence, said["one"]) if "率" in said["one"] else sentence.nearest(said.start())
    records = ratio.sides[-1].records if ratio and ratio.sides else ()
    found = _group(sentence, records, said["one"])
    if not ratio or not found or not ratio.denominator:
        return
    word, words, words_of = found
    known = _known(ratio, words, words_of)
    if word in known and known[word] != (min if said["least"] else max)(known.values()):
        yield ratio, ratio, _told(known)


@claim(
    rf"(?P<one>{_SIDE}{{2,10}}?)(?P<said>(?:全部|全员|均|都|人人)(?P<what>参加考试|参考|合格|过关|通过|及格|调解成功|应考))"
)
@claim(
    rf"(?P<said>(?P<what>{_MISS})的?(?:人员|干部|同志)?[均都全部只仅]*[是为系](?P<who>{_SIDE}{{2,8}}))(?=[，,。；]|$)"
)
@claim(rf"(?P<one>{_SIDE}{{2,10}}?)(?P<said>(?:无一|无人|没有人?|零)(?P<what>{_MISS}))")
@claim(rf"(?P<what>{_MISS})的?(?:有|为|仅|人员|干部|共)*(?P<typed>{_MANY})[名人]")
@claim(rf"(?P<typed>{_MANY})[名人](?:干部|人员|同志)?(?:因[^，,。；]{{0,6}})?(?P<what>{_MISS})")
def _missed(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """参考率{{ }}，缺考的均为乡干部, 村干部全部参考, 两人缺考: of those of whom a rate is that are not in it."""
    ratio, held = _rate(sentence, said["what"]), said.groupdict()
    every = (ratio.denominator or 0) - (ratio.numerator or 0) if ratio else 0
    who = held.get("who") or held.get("one") or sentence.text[: said.start()]
    found = _group(sentence, ratio.sides[-1].records, who) if ratio and who else None
    if ratio and not found and "typed" in held and typed_value(said["typed"]) != every:
        yield ratio, ratio, f"{said['what']}的是 {every}人"
    if not ratio or not found:
        return
    counts = measured.counts_in(ratio, lambda record: found[0] in found[2](record))
    own = counts[1] - counts[0] if counts else Fraction(0)
    if "typed" in held:
        if typed_value(said["typed"]) != own:
            yield ratio, ratio, f"{found[0]}里这样的是 {exact(own)}人"
    elif own < every if "who" in held else own:
        yield ratio, ratio, f"不在内的{every}人里，{found[0]}是 {exact(own)}人"


# Sums


_TOGETHER = "(?:[两二三四五](?:[类项种者]|个村))?(?:纠纷|案件)?(?:的?[之总]?和(?![、与及])|加起来|加在一起|合起来|相加|合计|的?总数)"
_LIST = rf"(?P<list>[^，,。；{HIDDEN}]{{2,30}}?[、和与及][^，,。；{HIDDEN}]{{2,20}}?){_TOGETHER}"


def _counted(sentence: Sentence, whole: Value, said: str) -> Fraction | None:
    """How much of a figure is of what words name, or how much there is of a figure that they name."""
    found = count_of(sentence, whole, said)
    named = sentence.named(said) if found is None else None
    return named.number if named and named.unit == whole.unit else found


def _compare(
    sentence: Sentence, said: re.Match[str], one: str, *, is_turned: bool = False
) -> Pairs:
    """Of what is said, or what the number ahead is, against all of a list together."""
    printed = [value for _, value in sentence.printed[-1:]]
    ahead = sentence.nearest(said.start()) or next(iter(printed), sentence.subject)
    if ahead is None or any(map(measured.is_measured, (one, said["list"]))):
        return
    whole = sentence.whole_of(ahead)
    own = _counted(sentence, whole, one) if one else ahead.number
    each = [_counted(sentence, whole, part) for part in re.split("[、和与及]", said["list"])]
    parts = [part for part in each if part is not None]
    if own is None or len(parts) < len(each):
        return
    more = (own - sum(parts)) * (-1 if is_turned else 1)
    how, degree = said["how"], (said["degree"] or "")[-1:]
    if how in ("等于", "相当于"):
        is_true = more == 0
    elif how == "比":
        if not degree:
            return
        is_true = more > 0 if degree in "多高大" else more < 0
    else:
        is_true = more > 0 if re.fullmatch(MORE, how) else more < 0
    if not is_true:
        total = exact(sum(parts, Fraction(0)))
        yield whole, whole, f"{one or ahead.name}是 {exact(own)}，{said['list']}是 {total}"


_HOW = rf"(?P<how>{MORE}|{LESS}|等于|相当于|比)了?"


@claim(
    rf"(?P<one>{_SIDE}*?)(?:数量|件数|总量)?(?P<said>[也还都]?{_HOW}{_LIST}(?:[还都也要]*(?P<degree>[多少高低大小]))?)(?=[，,。；]|$)"
)
@claim(
    rf"(?P<said>(?P<one>[^，,。；、{HIDDEN}比]{{2,14}}?)(?P<how>[多高少低]于|比(?=[^，,。；]*[多少]))(?P<list>[^，,。；、{HIDDEN}比]{{2,14}}?)(?P<degree>[更还要]?[多少])?)(?=[，,。；]|$)"
)
def _than(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """罚款{{ }}，警告多于罚款, 甲{{ }}，比乙和丙两类加起来还少: of two parts, or of what words say of the records."""
    yield from _compare(sentence, said, re.sub("^(?:数量|件数|起数|总量|人数)$", "", said["one"]))


@claim(
    rf"(?P<said>(?:合计|加起来|合起来|总和)[也都仍还才]*(?:(?P<more>{MORE})|{LESS})了?(?P<other>{_SIDE}{{2,14}}))(?=[，,。；]|$)"
)
def _added_than(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}、乙{{ }}，合计超过丙: of the parts that are printed ahead."""
    ahead = [value for _, value in sentence.before(said.start()) if value.part_name]
    parts = [one for one in ahead if one.of == ahead[0].of]
    whole = sentence.whole_of(parts[0]) if len(parts) > 1 else None
    other = _counted(sentence, whole, said["other"]) if whole else None
    added = sum((one.number or Fraction(0) for one in parts), Fraction(0))
    if whole and other is not None and (added > other) != bool(said["more"]):
        yield whole, whole, f"合起来是 {exact(added)}，{said['other']}是 {exact(other)}"


@claim(
    rf"(?P<said>{_LIST}[也还都仍才]*{_HOW}(?P<other>{_SIDE}{{2,14}}?)(?:[还都也要]*(?P<degree>[多少高低大小]))?){HIDDEN}?(?=[，,。；]|$)"
)
def _sum_than(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲、乙两类之和也少于丙."""
    if not re.search(_TOGETHER, said["other"]):
        yield from _compare(sentence, said, said["other"], is_turned=True)
