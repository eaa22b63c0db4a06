"""What share of a number another one is said to be: by a rate, as half of it, as twice as much."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate, islice, zip_longest

from fazhi import regex as re
from fazhi.figures.value import Value
from fazhi.report.among import among
from fazhi.report.moves import is_so
from fazhi.report.parts import breakdowns, named_in
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import END
from fazhi.rules.text.typed import HALF, by_hand, chinese_numbers
from fazhi.schema.numerals import NUMERALS, half_up, typed_number, typed_value

claim = Claims()


@claim(
    rf"(?P<whole>{HIDDEN})[^，,。；{HIDDEN}]{{0,6}}(?:[中里][，,]|[，,]其中)(?:[^，,。；{HIDDEN}]{{0,16}}[，,])?"
    rf"[^，,。；{HIDDEN}]{{0,16}}(?P<said>占)[比为是达到]*(?P<rate>{HIDDEN})"
)
@claim(
    rf"(?P<whole>{HIDDEN})[^，,。；{HIDDEN}]{{0,6}}[，,](?P<said>其中)[^，,。；{HIDDEN}]{{0,2}}(?P<rate>{HIDDEN})"
)
def _rate(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """在应考的{{ }}中，合格人员占{{ 合格率 }}, 其中合格占{{ }}: the rate is one of another whole."""
    rate, whole = (sentence.at_place(said.start(side)) for side in ("rate", "whole"))
    if rate is None or whole is None or rate[0].is_last or whole[0].is_last:
        return
    ahead = [(one.records, one.number) for _, one in sentence.before(said.start("said"))]
    if len(rate[1].sides) == 2 and (rate[1].sides[1].records, rate[1].sides[1].number) not in ahead:
        yield whole[1], rate[1]


@claim(
    rf"(?P<parts>(?:[^，,。；{HIDDEN}]+{HIDDEN}[、和与及]?)+)[，,](?P<said>(?:分别|依次|各)占)[比为是达到]*"
    rf"(?P<rates>(?:{HIDDEN}[、和与及]?)+)"
)
def _in_order(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}、乙{{ }}，分别占{{ 甲占比 }}、{{ 乙占比 }}: a share of each, in their order."""
    parts, rates = (sentence.listed(said, side) for side in ("parts", "rates"))
    for part, rate in zip_longest(parts, rates):
        one, other = part or parts[-1], rate or rates[-1]
        if len(rates) < 2 or one is None or other is None:
            continue
        is_of_it = not other.sides or other.sides[0].number == one.number
        if part is None or rate is None or not is_of_it:
            yield one, other


@claim(
    rf"(?P<part>{HIDDEN})[，,（(](?P<said>[约仅只就]*占(?P<of>[^，,。；{HIDDEN}]{{0,20}}的)?)[比为是达到]*(?P<rate>{HIDDEN})"
)
def _of_number(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，其中乙{{ }}，占{{ 丙占比 }}: a share of another number than that before it, or of another whole."""
    part, rate = (sentence.value_at(said.start(side)) for side in ("part", "rate"))
    if part is None or rate is None or len(rate.sides) < 2 or part.unit == "%":
        return
    ahead = [one for one in sentence.before(said.start() + 1) if one[1].unit != "%"]
    numbers = [value.base for _, value in ahead]
    if rate.sides[0].base not in accumulate(numbers):
        yield part, rate
    elif not said["of"] and len(ahead) > 1:
        whole, between = ahead[1], sentence.text[ahead[1][0].at - sentence.at : said.start()]
        if re.search("[中里]", between) and rate.sides[1].base not in numbers:
            yield whole[1], rate


_HALF = Fraction(1, 2)
_SO_MANY = "([两三四五六])[类项种者]|合计|[合加]起来"


@claim(
    r"(?P<under>近|不足|不到|未过|尚未过)?(?P<over>超过?|过|逾)?"
    r"(?:(?:全部|总数|总量|全年)[^，,。；]{0,4}的一半|(?<!的)半数|(?<!的)一半|(?<=占全[年部]的)一半|(?P<most>大头|一?大半|一?多半|(?:绝大)?多数|大部分|大多|居多)|(?<=过)半)(?P<least>以上)?"
)
def _half(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，半数以上{{ }}: what is said to be half of it, or most of it."""
    shares = [*_shares(sentence, said)]
    typed = re.compile(HALF).search(sentence.text, said.start(), said.end() + 2)
    if not shares and typed and sentence.numbers:
        yield chinese_numbers.fault(*by_hand(said[0]))
    how = "".join(filter(None, said.group("under", "over", "least")))
    for counted, one, other in shares:
        is_rest = re.match("(?:[^，,。；]{0,4})(?:未(?!成年)|没有|不)", sentence.after(said.end()))
        share = 1 - counted if is_rest else counted
        if not is_so(f"{how}多" if said["most"] else how, share, _HALF, otherwise=share == _HALF):
            yield one, other, f"占 {half_up(counted * 100, 1)}%"
        return


def _of_records(
    sentence: Sentence, said: re.Match[str], value: Value
) -> Iterator[tuple[Fraction, Value, Value]]:
    """The share of the records of a number, of the parts that are listed, or of a part in its whole."""
    clause, behind = sentence.clause(said.start()), sentence.after(said.end())
    whole = sentence.whole_of(value)
    if (many := re.search(_SO_MANY, clause)) and whole.number:
        ahead = [one for _, one in sentence.before(said.start())]
        listed = [one for one in ahead if one.of == value.of and one.part_name]
        if many[1]:
            listed = ahead[: "零一两三四五六".index(many[1])]
        if all(one.part_name and one.of == value.of for one in listed):
            total = sum((one.number or Fraction(0) for one in listed), Fraction(0))
            yield total / whole.number, whole, whole
    about, counted = (behind, value) if len(behind) > 1 else (clause, whole)
    about = about.replace("占全年的", "")  # which is no part of it
    names = re.split("[、和与]|(?<!涉)及", re.sub("^[以由]|等.*$", "", about))
    if len(names) > 1:  # 甲、乙居多: together; and with 等 nobody knows how many more
        names[-1] = re.sub(f"(?:合?计|共|占)*{re.escape(said[0])}$", "", names[-1])
        each = [among(sentence, counted, f"是{one}") for one in names]
        found = [one for one in each if one and one.word]
        if len(found) == len(names) and "等" not in about:
            yield sum((one.count for one in found), Fraction(0)) / found[0].whole, counted, counted
    else:
        bare = re.sub(f"[均都]?(?:占[了据]?)?的?{re.escape(said[0])}$", "", about)
        one = among(sentence, counted, about, clause.removesuffix(behind))
        if one := one or (among(sentence, counted, f"是{bare}") if about is clause else None):
            yield one.count / one.whole, counted, counted
    is_told = value.part_name in clause or clause.startswith(("占", "是", "为"))
    if value.part_name and value.number is not None and whole.number and is_told:
        yield value.number / whole.number, value, whole


def _shares(sentence: Sentence, said: re.Match[str]) -> Iterator[tuple[Fraction, Value, Value]]:
    """What a share is said of: a part, a change, an outcome, or one number in another."""
    clause = sentence.clause(said.start())
    ahead = [value for _, value in sentence.before(said.start())]
    nearest = sentence.nearest(said.start())
    first = [nearest] if nearest else [one for _, one in sentence.printed[-1:]]
    for value in first or filter(None, [sentence.subject]):
        yield from _of_records(sentence, said, value)
    behind = sentence.text[: said.start()].rpartition(HIDDEN)[2]
    alone = [] if "等" in clause else ahead
    for whole in (one for value in alone for one in breakdowns(value, sentence.values)):
        for count in named_in(clause, whole) or named_in(behind, whole):
            yield Fraction(count, sum((whole.parts or {}).values())), whole, whole
    if ahead and re.search("[增降]幅|增长|增加|减少|下降|降低", clause):
        change = sentence.growth(ahead[0])
        if change is not None:
            yield abs(change), ahead[0], sentence.last[ahead[0].name]
    of = sentence.named(sentence.after(said.end()))
    if of and ahead and ahead[0].number and set(of.records) < set(ahead[0].records):
        yield (of.number or Fraction(0)) / ahead[0].number, of, ahead[0]
    for ratio in sentence.values.values():
        part = ratio.definition.numerator or ""
        is_told = any(word in part and word in clause for word in ("成功", "合格", "参考", "办结"))
        is_told &= ratio.definition.denominator in {value.name for value in ahead}
        if is_told and ratio.number is not None and len(ratio.sides) == 2:
            yield ratio.number / 100, ratio.sides[0], ratio.sides[1]
    beside = rf"{HIDDEN}[^，,{HIDDEN}]{{0,6}}[，,]?[占是了]*$"
    if len(ahead) > 1 and ahead[1].number and re.search(beside, sentence.text[: said.start()]):
        yield (ahead[0].number or Fraction(0)) / ahead[1].number, ahead[0], ahead[1]


@claim(
    rf"(?P<said>占(?:比|全部|其|[^，,。；{HIDDEN}\d]{{0,6}}?(?:总数|总量))?的?[为是达到]*(?P<typed>\d+(?:\.\d+)?)%)"
)
@claim(
    rf"(?P<said>(?P<under>近|不足|不到)?(?P<over>超过?|逾)?(?:百分之(?P<percent>[{NUMERALS}\d.]+)"
    rf"|(?P<tenths>[{NUMERALS}])成(?P<half>半)?|(?P<below>[{NUMERALS}]+)分之(?P<above>[{NUMERALS}]+))(?P<least>以上|多)?)"
)
def _fraction(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，逾九成在一周内办结, 乙占比超过三分之一, 占58.1%: a typed share, and what it is said of."""
    if percent := said.groupdict().get("typed"):
        decimals = len(percent.partition(".")[2])
        for share, one, other in islice(_shares(sentence, said), 1):
            if half_up(share * 100, decimals) != percent:
                yield one, other, f"占 {half_up(share * 100, 1)}%"
        return
    if said["percent"]:
        typed = typed_number(said["percent"]) / 100
    elif said["tenths"]:
        typed = (typed_number(said["tenths"]) + (_HALF if said["half"] else 0)) / 10
    else:
        typed = typed_number(said["above"]) / (typed_number(said["below"]) or 1)
    how = "".join(filter(None, said.group("under", "over", "least")))
    for share, one, other in _shares(sentence, said):
        if not is_so(how, share, typed, otherwise=abs(share - typed) < Fraction(1, 20)):
            yield one, other, f"是 {half_up(share * 100, 1)}%"
        return


@claim(
    rf"(?:(?P<doubled>翻了?(?P<doublings>[{NUMERALS}]?)(?:番|倍))|(?P<way>增加|增长|减少)了?(?P<by>[{NUMERALS}])(?P<unit>[半倍])"
    rf"|(?P<of>[^，,。；]{{0,20}})的(?P<times>[{NUMERALS}]{{1,2}})倍(?P<more>多|有?余|以上)?)(?={END})"
)
def _multiple(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，翻了一番，是乙的两倍: of last year's number, or of another."""
    printed = sentence.before(said.start()) or sentence.printed[-1:]
    ones = [value for number, value in printed if not number.is_last]
    is_of_both = re.search("[两二][项者]|均|都|双双", sentence.clause(said.start()))
    for one in ones[: 2 if is_of_both else 1]:
        yield from _times_of(sentence, said, one)


def _times_of(sentence: Sentence, said: re.Match[str], one: Value) -> Pairs:
    """The number and what it is not so many times of."""
    other = sentence.last.get(one.name)
    of = re.sub(f".*(?:[是为达到]|{_OVER}|{_UNDER})|上年|去年|同期|[的度]", "", said["of"] or "")
    before = sentence.text[: said.start()].rpartition("，")[2]
    if years := re.search(_YEARS, before + sentence.text[said.start() : said.start("doubled")]):
        many = typed_value(years[1])
        other = sentence.earlier.get(sentence.year - many, {}).get(one.name)
    elif year := re.search(r"^(\d{4})年$|[比较](\d{4})年", of or before):
        other = sentence.earlier.get(int(year[1] or year[2]), {}).get(one.name)
    elif HIDDEN in of:
        other = sentence.nearest(said.end("of"))
    elif of:
        other = sentence.named(of)
    if other is None or not other.number or one.number is None:
        yield one, other or one
        return
    exact, times = one.number / other.number, _times(said)
    how = said["more"] or "".join(re.findall(f"{_OVER}|{_UNDER}", said["of"] or ""))
    is_below_next = exact < times + 1 or not how.endswith(("多", "余"))
    if not (is_below_next and is_so(how, exact, times, otherwise=exact == times)):
        yield one, other


_OVER, _UNDER = "超过?|逾|突破|高于|大于", "不足|不到|未到|低于|小于"
_YEARS = f"([{NUMERALS}])年(?:来|间|内|时间)?(?:里|中)?(?:已|实现|基本|就)*$"


def _times(said: re.Match[str]) -> Fraction:
    """How many times as much a multiple says something is."""
    if said["times"]:
        return typed_number(said["times"])
    if said["by"]:
        by = _HALF if said["unit"] == "半" else typed_number(said["by"])
        return 1 - by if said["way"] == "减少" else 1 + by
    return Fraction(2 ** typed_value(said["doublings"] or "一"))
