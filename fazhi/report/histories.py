"""What a sentence says of a figure over several years, held to the number of each."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, takewhile

from fazhi import regex as re
from fazhi.figures import series
from fazhi.figures.comparisons import Above
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import Untrue, plain
from fazhi.pattern import HAN, Pattern
from fazhi.report import faults, years
from fazhi.report.faults import Found
from fazhi.report.moves import AMOUNT, EQUAL, is_down
from fazhi.report.rendering import phrase_of
from fazhi.report.sentence import Sentence
from fazhi.report.years import Claim, Kind
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.narrative.names import shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.numerals import chinese_numeral
from fazhi.schema.units import power

_GROWTH = Pattern("[增降][幅速]|增长率")
_FEW = 3  # years from which on something is the most, or the first, of all that there are


def check(sentence: Sentence) -> Found:
    """The claims of a sentence over years that are not true, or of which that cannot be known."""
    for claim in years.claims(sentence.text, sentence.year):
        words = sentence.text[claim.start : claim.end].replace(HIDDEN, "…")
        for value, number in _meant(sentence, claim):
            past = _Past(value, sentence)
            if of_growth := _GROWTH.search(sentence.clause(claim.at)):
                past.grow(-1 if of_growth[0][0] == "降" else 1)
            held, needed = past.held(claim, number)
            if not all(held[:needed]):
                shown = past.values[: max(claim.years or 0, len(held)) + 1]
                many = len([*takewhile(bool, held)]) + (not claim.is_in_a_row)
                so_many = f"{chinese_numeral(many)}年" if many > 1 and claim.years else ""
                yield claim.start, faults.untrue_years(words, shown[::-1], so_many)
            elif len(held) < needed:
                yield claim.start, faults.unknown_years(words, past.values[::-1])


def _meant(sentence: Sentence, claim: Claim) -> list[tuple[Value, Number | None]]:
    """The figures that a claim is of: those named before it in its clause, or the nearest number's."""
    start = max(sentence.text.rfind(sign, 0, claim.at) for sign in "，,（(：:") + 1
    said = re.sub(f"(?:{HIDDEN}|[为是创下达到])+$", "", sentence.text[start : claim.at])
    named = [sentence.named(re.sub(AMOUNT, "", part)) for part in re.split("[、和与及]", said)]
    printed = {value.name: number for number, value in sentence.printed if not number.is_last}
    if all(named):
        return [(value, printed.get(value.name)) for value in named if value]
    inside = sentence.at_place(claim.end - 1)
    found = [inside] if inside else sentence.before(claim.start) or sentence.printed[-1:]
    of_another = re.sub(_SAYS_NOTHING, "", said)  # 群众满意度逐年提高
    return [
        (value, number)
        for number, value in found[:1]
        if not number.is_last and (inside or not of_another or shared(value.name, of_another))
    ]


_SAYS_NOTHING = (
    rf"{HIDDEN}|今年|本年度?|全年|当年|截至|年底|年末|\d{{4}}年|同时|其中|实现|总体|整体|全[乡镇县市区]|我[乡镇县市区]"
    rf"|{AMOUNT.removesuffix('$')}|[件起场份次人]数|场次|[增降][幅速]|增长率|[并且也已经又再更均都的达创为是由和较比降升至到系属这一]"
)
"""What stands before a claim and is no name of what it is of."""


class _Past:
    """A figure over the years that may be compared without a gap, the newest first."""

    def __init__(self, value: Value, sentence: Sentence) -> None:
        self.values = series.over(value, sentence.earlier).run
        self.numbers = [one.base for one in self.values]

    @property
    def steps(self) -> list[Fraction]:
        """By how much each number is more than that of the year before."""
        return [now - before for now, before in pairwise(self.numbers)]

    def grow(self, sign: int) -> None:
        """Look at how fast it grows, or falls, as far as that can be told, and not at how much it is."""
        known = takewhile(lambda pair: pair[1], pairwise(self.numbers))
        self.numbers = [(now / before - 1) * sign for now, before in known]

    def held(self, claim: Claim, number: Number | None) -> tuple[list[bool], int]:
        """Whether a claim holds in each year that is known, the newest first, and in how many it must.

        What is the most or the first is so if it holds against each of the earlier years.
        """
        if not self.numbers:
            return [], 1
        many, now = claim.years, self.numbers[0]
        goes = [_goes(claim.words, step) for step in self.steps]
        earlier = many - 1 if many else max(len(self.numbers) - 1, _FEW - 1)
        match claim.kind:
            case Kind.LEVEL:
                return (self._alike(number), many or 2) if number else ([], 0)
            case Kind.TURN:
                return [*goes[:1], *(not one for one in goes[1:])], many or max(len(goes), 2)
            case Kind.REACHED:
                return self._reached(claim.words, number), earlier
            case Kind.PEAK:
                sign = -1 if re.search("[低少小慢减降跌]|不[及如]", claim.words) else 1
                return [(now - other) * sign > 0 for other in self.numbers[1:]], earlier
        if claim.is_in_a_row:
            is_within = not claim.is_row or re.fullmatch(EQUAL, claim.words)
            return goes, many - bool(is_within) if many else max(min(len(goes), 2), 1)
        since = [_goes(claim.words, now - other) for other in self.numbers[1:many]]
        return [any(since)] if since else [], 1

    def _alike(self, number: Number) -> list[bool]:
        """In which years what is printed of this one would be printed as well."""
        is_change = "同比" in number.wordings
        lasts = self.values[1:] if is_change else [None] * len(self.values)
        words = [self._words(*pair, number) for pair in zip(self.values, lasts, strict=False)]
        return [one == words[0] for one in words]

    def _words(self, value: Value, last: Value | None, number: Number) -> str:
        """What is printed of a number, of another year's; nothing where it is not true of it."""
        alike = replace(value, definition=self.values[0].definition)
        try:
            return phrase_of(alike, number.wordings, last).text
        except Untrue:
            return ""

    def _reached(self, made: str, number: Number | None) -> list[bool]:
        """Which earlier years had not come as far as what is printed."""
        try:
            phrase = phrase_of(self.values[0], number.wordings if number else "")
            said = None if phrase.whole else phrase.comparison
            bound = said.true_bound(phrase) if said else phrase.number
        except Untrue:
            return []
        sign = -1 if re.search("[降减跌]", made) else 1
        more = [(other - bound * power(phrase.value.unit)) * sign for other in self.numbers[1:]]
        return [
            one < 0 or (one == 0 and said is not None and said.name in Above.names) for one in more
        ]


def _goes(way: str, step: Fraction) -> bool:
    """Whether a change is one that words tell of."""
    if re.fullmatch(EQUAL, way):
        return step == 0
    return step < 0 if is_down(way) or way.startswith("负") else step > 0


def as_new(number: Number, now: Value, earlier: Mapping[int, Values]) -> Found:
    """新增 of a stock, which is what there is, and 首次 of what there was in an earlier year."""
    past = [held[now.name] for held in earlier.values() if now.name in held]
    past = [one for one in past if one.number is not None]
    before = next((one for one in past[::-1] if one.number), None)
    if number.is_last or (past and not before):
        return
    yield from _added(number, now)
    text = f"{number.ahead}{HIDDEN}{number.until_next}"
    first, new = _NOTHING.search(text), _NEW.search(number.said) or _ALL_NEW.search(text)
    is_net = new and new[0].startswith("净") and "同比数" in number.wordings
    if first and not _is_of_it(now.name, text, first):
        first = None
    if first and before and not years.is_first(text, first.start()):
        fault = faults.untrue_change(now.name, first[0], f"{before.year}年{plain(before)}")
        yield number.start(number.ahead) + first.start(), fault
    elif new and now.definition.kind == "现状" and not is_net:
        yield number.start(number.said) + new.start(), faults.not_new(now.name, new[0])


def _added(number: Number, now: Value) -> Found:
    """在上年的基础上再增发{{ 甲 }}: all that there is, where only what has come to it would be true."""
    said = _MORE.search(number.ahead)
    if said and "同比" not in number.wordings and said["words"][:1] not in now.name:
        fault = faults.untrue_change(now.name, said["words"], f"{plain(now)}是今年全部的数")
        yield number.start(number.ahead) + said.start("words"), fault


def as_none(number: Number, now: Value, last: Value | None) -> Found:
    """Last year's 0, or a change since, where nothing of the kind was recorded then: was there none?"""
    is_told = number.is_last or "同比" in number.wordings
    if is_told and last and last.unheard and last.number == 0 and now.number:
        yield number.at, faults.perhaps_unrecorded(last)


def _is_of_it(name: str, text: str, first: re.Match[str]) -> bool:
    """Whether 首次 is said of a figure, and not of another thing: 首次实现网上办理."""
    clause = re.split("[，,]", text[text.rfind("，", 0, first.start()) + 1 :])[0]
    is_bare = re.fullmatch("[系为是属尚还]*首次", clause)
    return first[0] != "首次" or HIDDEN in clause or bool(is_bare) or shared(name, clause) > 1


_NOTHING = Pattern(
    "首次(?![^，,。；]{0,8}(?:[不免]罚|违法))|从无到有|零的突破|填补[^，,。；]{0,12}空白"
    "|(?:上年|去年|此前|以往)[^，,。；相比]{0,4}(?:为零|没有(?!变|明显)|空白)"
    "|(?:上一?年|去年|此前|以往)[^，,。；]{0,20}(?:没有|未曾?|从未)[签办开举组]过"
)
_ALL_NEW = Pattern("(?:均|都|全部|皆)[为是系属]?(?:今年|本年|年内|当年)?新[^，,。；]{1,3}")
_NEW = Pattern("新组建|新[增添办建设聘签取组]|净增|增设|扩充")
_MORE = Pattern(
    "(?:[较比](?:上一?年|去年)(?:同期)?|基础上[，,]?|(?:今年|本年)(?=再|又))(?:今年|本年|全年|再|又|还)*"
    f"(?P<words>[新净]?增(?=[加设添发派印办开]|{HAN}*$)|多(?=[发张调排开办组召审处受]))[^，,。；{HIDDEN}多少]{{0,14}}$"
)
