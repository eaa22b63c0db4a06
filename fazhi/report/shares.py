"""What share of a number another one is said to be: by a rate, as half of it, as most of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from fazhi.figures.value import Value
from fazhi.report import faults
from fazhi.report.changes import Found
from fazhi.report.compared import growth
from fazhi.report.sentence import Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import END
from fazhi.schema.numerals import NUMERALS, chinese_value


def check(sentence: Sentence) -> Found:
    """Every claim of a share, with its place in the sentence."""
    yield from _rate(sentence)
    yield from _half(sentence)
    yield from _multiple(sentence)


_OF = re.compile(
    rf"{HIDDEN}[^，,。；{HIDDEN}]{{0,6}}[中里][，,][^，,。；{HIDDEN}]{{0,16}}占{HIDDEN}"
)


def _rate(sentence: Sentence) -> Found:
    """在应考的{{ }}中，合格人员占{{ 合格率 }}: the rate is one of another whole."""
    for said in _OF.finditer(sentence.text):
        (rate, ratio), (number, whole) = sentence.before(said.end())[:2]
        denominator = ratio.definition.denominator
        if denominator and denominator != whole.name and not (rate.is_last or number.is_last):
            yield said.end() - 1, faults.untrue_relation("占", whole, ratio)


_HALF = re.compile(
    r"(?P<under>近|不足|不到|未过|尚未过)?(?P<over>超过?|过|逾)?"
    r"(?:(?<!的)半数|(?<!的)一半|(?P<most>大头|大半|(?:绝大)?多数)|(?<=过)半)(?P<least>以上)?"
)
_HALF_OF = Fraction(1, 2)


def _half(sentence: Sentence) -> Found:
    """甲{{ }}，半数以上{{ }}: what is said to be half of it, or most of it."""
    for said in _HALF.finditer(sentence.text):
        share, one, other = next(_shares(sentence, said), (None, None, None))
        if share is None or one is None or other is None:
            continue
        if said["under"]:
            is_true = share < _HALF_OF
        elif said["least"]:
            is_true = share >= _HALF_OF
        elif said["over"] or said["most"]:
            is_true = share > _HALF_OF
        else:
            is_true = share == _HALF_OF
        if not is_true:
            yield said.start(), faults.untrue_relation(said[0], one, other)


def _shares(sentence: Sentence, said: re.Match[str]) -> Iterator[tuple[Fraction, Value, Value]]:
    """What a share is said of: a part, an outcome, a change, or one number in another."""
    clause = sentence.clause(said.start())
    ahead = [value for _, value in sentence.before(said.start())]
    for value in ahead:
        for name, count in (value.parts or {}).items():
            if name.removesuffix("人员") in clause:
                yield Fraction(count, sum((value.parts or {}).values())), value, value
    if re.search("[增降]幅|增长|增加|减少|下降|降低", clause) and ahead:
        change = growth(sentence, ahead[0])
        if change is not None:
            yield abs(change), ahead[0], sentence.last[ahead[0].name]
    for ratio in sentence.values.values():
        part = ratio.definition.numerator or ""
        is_told = any(word in part and word in clause for word in ("成功", "合格", "参考", "办结"))
        is_told &= ratio.definition.denominator in {value.name for value in ahead}
        if is_told and ratio.number is not None and len(ratio.sides) == 2:
            yield ratio.number / 100, *ratio.sides
    if len(ahead) > 1 and re.search(
        rf"{HIDDEN}[^，,{HIDDEN}]{{0,6}}[，,]?[占是了]*$", sentence.text[: said.start()]
    ):
        one, other = ahead[0].number, ahead[1].number
        if one is not None and other:
            yield one / other, ahead[0], ahead[1]


_MULTIPLE = re.compile(
    rf"(?P<said>翻了?(?P<doublings>[{NUMERALS}]?)(?:番|倍)|(?P<way>增加|增长|减少)了?(?P<by>[{NUMERALS}])(?P<unit>[半倍])"
    rf"|(?P<of>[^，,。；]{{0,20}})的(?P<times>[{NUMERALS}]{{1,2}})倍)(?={END})"
)


def _multiple(sentence: Sentence) -> Found:
    """甲{{ }}，翻了一番，是乙的两倍: of last year's number, or of another."""
    for said in _MULTIPLE.finditer(sentence.text):
        printed = sentence.before(said.start()) or sentence.before(len(sentence.text))[-1:]
        ahead = [value for number, value in printed if not number.is_last]
        if not ahead:
            continue
        one, other = ahead[0], sentence.last.get(ahead[0].name)
        of = re.sub(".*[是为达到]|上年|去年|同期|[的度]", "", said["of"] or "")
        if HIDDEN in of:
            other = sentence.before(said.end("of"))[0][1]
        elif of:
            other = sentence.named(of)
        if other is None or not other.number or one.number != other.number * _times(said):
            yield said.start(), faults.untrue_relation(said["said"], one, other or one)


def _times(said: re.Match[str]) -> Fraction:
    """How many times as much a multiple says something is."""
    if said["times"]:
        return Fraction(chinese_value(said["times"]) or 0)
    if said["by"]:
        by = _HALF_OF if said["unit"] == "半" else Fraction(chinese_value(said["by"]) or 0)
        return 1 - by if said["way"] == "减少" else 1 + by
    return Fraction(2 ** (chinese_value(said["doublings"] or "一") or 1))
