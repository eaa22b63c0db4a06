"""What a sentence says of its computed numbers to one another, held to their exact values."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

from fazhi.figures.value import Value
from fazhi.report import faults
from fazhi.report.changes import Found
from fazhi.report.sentence import Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.numerals import NUMERALS
from fazhi.schema.units import base


def check(sentence: Sentence) -> Found:
    """Every claim of one number on another, with its place in the sentence."""
    for claim in (
        _compared,
        _more,
        _former,
        _repeated,
        _parts,
        _apart,
        _most,
        _the_rest,
        _all_but,
    ):
        yield from claim(sentence)


def _differs(one: Value, other: Value) -> Fraction | None:
    """By how much one number is more than another; None where they are not to be compared."""
    same = (one.unit == "%") == (other.unit == "%") and (one.name, one.year) != (
        other.name,
        other.year,
    )
    return (one.number or Fraction(0)) - (other.number or Fraction(0)) if same else None


_MORE = "高于|多于|高出|多出|超过|超出|反超|优于|好于|大于|快于|高过|多过"
_LESS = "低于|少于|不及|不如|小于|慢于|逊于"
_THAN = re.compile(
    rf"(?P<not>不)?(?:(?P<more>{_MORE})|(?:{_LESS}))(?P<what>[^，,。；、{HIDDEN}]{{1,24}})(?P<number>{HIDDEN}?)(?!{HIDDEN}?的[{NUMERALS}半])"
)


_PLAIN = re.compile("的?(?:增[速幅]|增长率?|数量|次数)$")


def _compared(sentence: Sentence) -> Found:
    """甲{{ }}，多于乙{{ }}; the other may only be named."""
    for said in _THAN.finditer(sentence.text):
        ahead, upto = sentence.before(said.start()), sentence.before(said.end())
        other = (
            upto[0][1] if said["number"] and upto else sentence.named(_PLAIN.sub("", said["what"]))
        )
        if not ahead or not other or (said["number"] and len(upto) == len(ahead)):
            continue
        difference = _differs(ahead[0][1], other)
        if "增" in said["what"] and "同比" in ahead[0][0].wordings:
            one, two = growth(sentence, ahead[0][1]), growth(sentence, other)
            difference = one - two if one is not None and two is not None else None
        if difference is not None:
            more = difference if said["more"] else -difference
            if more > 0 if said["not"] else more <= 0:
                words = said[0].rstrip(HIDDEN)
                yield said.start(), faults.untrue_relation(words, ahead[0][1], other)


_BY = re.compile(
    r"(?P<one>[^，,。；、：:]{2,24})比(?P<other>[^，,。；、：:]{2,24}?)(?:还要?|更|要)?(?P<how>[多少高低])(?:[，,]|$)"
)


def _more(sentence: Sentence) -> Found:
    """甲{{ }}比乙{{ }}还多; both may only be named."""
    for said in _BY.finditer(sentence.text):
        one, other = (_meant(sentence, said, side) for side in ("one", "other"))
        more = _differs(one, other) if one and other else None
        if one and other and more is not None and more * (1 if said["how"] in "多高" else -1) <= 0:
            words = f"比……{said['how']}"
            yield said.start("other") - 1, faults.untrue_relation(words, one, other)


def _meant(sentence: Sentence, said: re.Match[str], side: str) -> Value | None:
    """The number printed in a side of a comparison, else the figure that is named there."""
    if HIDDEN in said[side]:
        return sentence.before(said.start(side) + said[side].rindex(HIDDEN) + 1)[0][1]
    return sentence.values.get(sentence.names.nearly(said[side]) or "")


_FORMER = re.compile(
    "(?P<who>[前后]者)[^，,。；]{0,4}?(?P<how>不及|不如|落后|更?[多高快大好少低慢小]|更?胜|领先)"
    "|(?P<both>[二两]者|两项)(?:[^，,。；]{0,4})(?P<same>持平|相等|一样多|相同)"
)


def _former(sentence: Sentence) -> Found:
    """甲{{ }}、乙{{ }}，前者更多."""
    for said in _FORMER.finditer(sentence.text):
        ahead = sentence.before(said.start())[1::-1]
        if len(ahead) < 2:
            continue
        difference = _differs(ahead[0][1], ahead[1][1])
        if all("同比" in number.wordings for number, _ in ahead):
            one, other = (growth(sentence, value) for _, value in ahead)
            difference = one - other if one is not None and other is not None else None
        if difference is None:
            continue
        if said["both"]:
            is_true = difference == 0
        else:
            is_more = not re.search("不及|不如|落后|[少低慢小]", said["how"])
            is_true = difference != 0 and (difference > 0) == (is_more == (said["who"] == "前者"))
        if not is_true:
            yield said.start(), faults.untrue_relation(said[0], ahead[0][1], ahead[1][1])


def growth(sentence: Sentence, value: Value) -> Fraction | None:
    """The growth of a figure on last year."""
    last = sentence.last.get(value.name)
    if not last or not last.number or value.number is None:
        return None
    return value.number / last.number - 1


def _repeated(sentence: Sentence) -> Found:
    """进校园{{ 甲 }}、进集市{{ 甲 }}: the same number for several things in a list."""
    for one, other in pairwise(sentence.numbers):
        between = sentence.text[one.at - sentence.at + 1 : other.at - sentence.at]
        is_same = (one.name, one.is_last) == (other.name, other.is_last)
        value = sentence.values.get(one.name)
        if is_same and value and re.match("[、和与及]", between) and "同比" not in other.wordings:
            yield other.at - sentence.at, faults.untrue_relation("几项都是它", value, value)


_AMONG = re.compile(
    rf"{HIDDEN}[^。；，,{HIDDEN}]{{0,12}}[，,（(]?(?:其中|中|里|[（(])?[，,]?(?:其中|包[含括]|内?含)(?P<parts>[^。；（()）]*)"
)


def _parts(sentence: Sentence) -> Found:
    """甲{{ }}，其中乙{{ }}: what is counted in 乙 is counted in 甲."""
    for said in _AMONG.finditer(sentence.text):
        ahead = sentence.before(said.start() + 1)
        if not ahead or ahead[0][0].at - sentence.at != said.start():
            continue
        number, whole = ahead[0]
        for part in re.finditer(rf"(?:^|、|和|及)[^，,、{HIDDEN}]{{1,24}}{HIDDEN}", said["parts"]):
            place = said.start("parts") + part.end() - 1
            found = sentence.before(place + 1)
            if found and found[0][0].is_last and not number.is_last:
                yield place, faults.untrue_relation("其中", whole, found[0][1])
            elif found and not number.is_last:
                value = found[0][1]
                if value.unit != "%" != whole.unit and not _is_within(value, whole):
                    fault = faults.untrue_relation("其中", whole, value)
                    yield place, fault


def _is_within(part: Value, whole: Value) -> bool:
    """Whether the records of a count are all among those of another, or that cannot be said."""
    kinds = {part.definition.kind, whole.definition.kind}
    if None in kinds or "现状" in kinds or not part.records or part.name == whole.name:
        return True
    alike = base(part.unit) == base(whole.unit)
    return set(part.records) <= set(whole.records) and (
        alike or part.definition.field_name is None or whole.definition.field_name is None
    )


_OTHERS = re.compile(
    r"(?P<but>除|不含|不包括)(?P<name>[^，,]{2,20}?)(?:[以之]?外|[，,])|另有|另外[^，,。；]{0,6}(?:有|承接|受理|开展|召开|举办|排查)|[以之]外[，,][^，,。；]{0,6}另"
)


def _apart(sentence: Sentence) -> Found:
    """除乙外，另有甲{{ }}: what is counted in 乙 is not counted in 甲."""
    for said in _OTHERS.finditer(sentence.text):
        after = [one for one in sentence.numbers if one.at - sentence.at >= said.end()]
        one = sentence.values.get(after[0].name) if after and not after[0].is_last else None
        if one is None:
            continue
        if said["but"]:
            for part, count in (one.parts or {}).items():
                if count and part in said["name"]:
                    yield said.start(), faults.untrue_relation(said[0], one, one)
            other = sentence.named(said["name"])
        else:
            ahead = sentence.before(said.start())
            other = ahead[0][1] if ahead and not ahead[0][0].is_last else None
        if other and other.name != one.name and set(one.records) & set(other.records):
            yield said.start(), faults.untrue_relation(said[0], one, other)


_MOST = re.compile(
    r"最为?(?:[多高大勤]|频繁)(?![^，,]{0,6}的(?:月|村|时|地))|(?:[居列]|排在?)[^，,。；]{0,8}(?:首|第(?P<rank>[一二三]))|之[首最冠]"
    r"|比重最大|(?P<least>最为?[少低小](?!于))"
)


def _most(sentence: Sentence) -> Found:
    """甲{{ }}最多: among its parts, the numbers of the sentence, or all of its kind."""
    printed = [value for _, value in sentence.before(len(sentence.text))]
    whole = next((value for value in (printed or sentence.values.values()) if value.parts), None)
    for said in _MOST.finditer(sentence.text):
        pair = _most_of_parts(sentence, said, whole) if whole else None
        if printed and not whole:
            pair = _most_of_all(sentence, said)
        if pair:
            yield said.start(), faults.untrue_relation(said[0], *pair)


def _most_of_parts(
    sentence: Sentence, said: re.Match[str], whole: Value
) -> tuple[Value, Value] | None:
    """The whole twice, where the part that is named is not its largest or least."""
    parts, clause = whole.parts or {}, sentence.clause(said.start())
    named = [count for part, count in parts.items() if part.removesuffix("人员") in clause]
    in_order = sorted(parts.values(), reverse=not said["least"])
    bound = in_order[min("一二三".index(said["rank"] or "一"), len(in_order) - 1)]
    return (whole, whole) if len(named) == 1 and named[0] != bound else None


def _most_of_all(sentence: Sentence, said: re.Match[str]) -> tuple[Value, Value] | None:
    """The figure that is said to be most, and another that is as much or more."""
    before = sentence.text[: said.start()].rpartition("，")[2].replace(HIDDEN, "")
    printed = sentence.before(len(sentence.text))
    nearest = (sentence.before(said.start()) or printed[-1:])[0][1]
    one = sentence.named(re.sub("(?:数量|场次|次数|总数)$", "", before)) or nearest
    is_growth = re.search("增[幅速]|增长", sentence.clause(said.start()))
    others = [value for number, value in printed if not number.is_last]
    if is_growth or re.search("(?:各|[两三四五六])[类项种]|所有|其他|诸", sentence.text):
        others = [*sentence.values.values()]
    others = [value for value in others if value.name != one.name]
    if is_growth:
        own = growth(sentence, one)
        for other in others:
            rate = growth(sentence, other) if other.unit != "%" else None
            if own is not None and rate is not None and rate > own:
                return one, other
        return None
    sign = -1 if said["least"] else 1
    alike = (value for value in others if base(value.unit) == base(one.unit))
    return next(((one, other) for other in alike if (_differs(other, one) or 0) * sign >= 0), None)


_REST = re.compile(
    "(?:其余|剩余|余下|其他)的?[^，,。；]{0,4}?[均都全皆][^，,。；]{0,4}(?:在办|办理|调解中|化解中|跟进)"
)


def _the_rest(sentence: Sentence) -> Found:
    """受理{{ }}，成功{{ }}，其余均在办理: what is left is what is 在办."""
    for said in _REST.finditer(sentence.text):
        ahead = [value for _, value in sentence.before(said.start())]
        for open_ones in sentence.values.values():
            if "在办" in open_ones.name and len(ahead) > 1 and open_ones.number is not None:
                part, whole = ahead[0], ahead[1]
                left = (_differs(whole, part) or Fraction(0)) - open_ones.number
                if left and set(open_ones.records) <= set(whole.records):
                    yield said.start(), faults.untrue_relation(said[0], whole, open_ones)


_ALL_BUT = re.compile(
    rf"除了?[^，,。；{HIDDEN}]{{0,12}}{HIDDEN}[^，,。；{HIDDEN}]{{0,10}}外[，,]?[^，,。；]{{0,16}}(?:都|均|全部)[^，,。；]{{0,6}}(?:成功|化解|办结|合格)"
)


def _all_but(sentence: Sentence) -> Found:
    """除{{ 在办 }}外，受理的都已成功: the whole without it is the part."""
    for said in _ALL_BUT.finditer(sentence.text):
        place = sentence.text.index(HIDDEN, said.start())
        found = sentence.before(place + 1)
        for ratio in sentence.values.values() if found else ():
            part = ratio.definition.numerator or ""
            is_meant = said[0][-2:] in part and len(ratio.sides) == 2
            if is_meant and set(found[0][1].records) <= set(ratio.sides[1].records):
                left = (ratio.denominator or 0) - (ratio.numerator or 0)
                if left != found[0][1].number:
                    yield said.start(), faults.untrue_relation("都" + said[0][-2:], *ratio.sides)
