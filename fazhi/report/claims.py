"""What a narrative says of its computed numbers together, held to their exact values."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import islice

from fazhi import regex as re
from fazhi.figures.filters import listed
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import plain
from fazhi.pattern import Pattern
from fazhi.problems.problem import MOST_REPORTED, WARNING, Problem
from fazhi.records.narrative import Narrative
from fazhi.records.record import Record
from fazhi.report import (
    all_or_none,
    changes,
    compared,
    counted,
    courses,
    events,
    faults,
    greatest,
    groups,
    histories,
    parts,
    periods,
    portions,
    shares,
    single,
    until,
    wholes,
    whose,
)
from fazhi.report.faults import Found
from fazhi.report.sentence import Sentence, Told, untrue
from fazhi.rules.narrative.clauses import INNER, numbers
from fazhi.rules.narrative.names import Names
from fazhi.rules.text import rates, sums, tables
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import Passage, filled_in, of_narrative
from fazhi.rules.text.quantities import BETWEEN
from fazhi.schema.numerals import NUMERALS, half_up, typed_number
from fazhi.schema.township import Settings
from fazhi.schema.units import base, power

_CLAIMING = (compared, counted, courses, greatest, groups, portions, shares, single, wholes, whose)


def check(
    narrative: Narrative,
    settings: Settings,
    of_years: Mapping[int, Values],
    records: Iterable[Record] = (),
) -> list[Problem]:
    """Sums and rates of computed and typed numbers together; changes, and what holds of all.

    `of_years` has the values of the year and of those before, `records` all that may be named by a
    title. Without values only what is typed is looked at. Of one rule, one place is reported once,
    as badly as it is.
    """
    every = _check(narrative, settings, of_years, records)
    found = sorted(every, key=lambda problem: problem.severity is WARNING)
    places = {(problem.rule, problem.line, problem.column): problem for problem in reversed(found)}
    return list(places.values())


def _check(
    narrative: Narrative,
    settings: Settings,
    of_years: Mapping[int, Values],
    records: Iterable[Record],
) -> Iterator[Problem]:
    names, found, year = Names(settings, narrative), numbers(narrative), narrative.year
    before = {year: parts.with_parts(held, found) for year, held in of_years.items()}
    values, last = before.pop(year, {}), before.get(year - 1, {})
    yield from _sums(narrative, values, last, settings)
    passage = of_narrative(narrative)
    for at, fault in changes.in_cells(found, values, before):
        yield passage.problem(passage.reading.at(at), fault)
    places, told = [one.at for one in found], Told(values, settings, last, records)
    for start, sentence in _sentences(passage) if values else ():
        held = found[bisect_left(places, start) : bisect_left(places, start + len(sentence))]
        whole = Sentence(sentence, start, held, names, year, values, last, before, told)
        for at, fault in (
            *_rates(whole),
            *_verbatim(whole, passage),
            *changes.without_number(whole),
            *wholes.of_several(whole),
            *histories.check(whole),
            *events.check(whole),
            *all_or_none.check(whole),
            *untrue(whole, [room.claim for room in _CLAIMING]),
        ):
            yield passage.problem(passage.reading.at(start + at), fault)
    for place, number in enumerate(found):
        if number.name not in values:
            continue
        now, ahead = values[number.name], last.get(number.name)
        others = (other.at for other in found[place + 1 : place + 9] if other.name != number.name)
        rest = number.rest[: max(next(others, number.at + 10**6) - number.at - 1, 0)]
        for at, fault in (
            *changes.check(number, rest, values, before, names),
            *histories.as_new(number, now, before),
            *histories.as_none(number, now, ahead),
            *courses.another_base(number, now),
            *periods.check(number, now, found[:place], values),
            *until.check(number, now, ahead, values),
            *wholes.of_all(number, found[max(place - 8, 0) : place], values, names),
            *parts.typed(number, rest, now, values),
            *parts.another(number, found[:place], values, names),
        ):
            yield narrative.problem(number.place(at), fault)


def _sentences(passage: Passage) -> Iterator[tuple[int, str]]:
    """The sentences of what has happened, with their places in what is read."""
    for sentence in _SENTENCE.finditer(passage.reading.text):
        if passage.is_done(passage.reading.at(sentence.start())):
            yield sentence.start(), re.sub("[。；]", "，", sentence[0])


# What goes on with 这些案件 is said of the number before.
_SENTENCE = Pattern(
    r"(?:[^。；;！!？?\n]|[。；](?=这些|这[两三四五六七八九十几]|它们|上述|以上(?:案件|活动|会议|处罚))){1,600}"
)


def _sums(
    narrative: Narrative, values: Values, last: Values, settings: Settings
) -> Iterator[Problem]:
    """FZ805 and FZ806 of the text with every number in it, exact but for rates."""

    def words(inner: str) -> str | None:
        if not (found := INNER.fullmatch(inner)):
            return None
        value = (last if found["last"] else values).get(found["name"])
        wordings = found["wordings"] or ""
        if value is None or value.number is None or "同比" in wordings:
            return None
        if "分项" in wordings:
            return listed((value.parts or {}).items(), value.unit)
        least = re.search(r"以上\s*\(\s*([\d.]+)\s*\)", wordings)
        if least and value.unit == "%":  # 参考率、合格率均在{{ 合格率 | 以上(95) }}
            return f"{least[1]}%以上"
        return plain(value)

    def added(inner: str) -> str | None:
        """Of a cell, not what counts one matter in several of its parts, or is no number of them."""
        found = INNER.fullmatch(inner)
        value = values.get(found["name"]) if found else None
        overlaps = value and value.parts and sum(value.parts.values()) != value.number
        once = value and value.definition.measure in _NOT_ADDED_UP
        return None if overlaps or once else words(inner)

    parts_of_all = {part for value in values.values() for part in value.parts or {}}
    lexicon, whole = Lexicon(settings, parts_of_all), filled_in(narrative, words)
    yield from rates.RULES(whole, lexicon)
    yield from sums.RULES(whole, lexicon)
    if "|" in narrative.body:
        wrong = tables.true_totals(filled_in(narrative, added), lexicon)
        yield from islice(wrong, MOST_REPORTED)


def _rates(sentence: Sentence) -> Found:
    """FZ805 where a rate is typed by a ratio's name, or beside both of a ratio's counts."""
    values, text = sentence.values, sentence.text
    ratios = [value for value in values.values() if value.denominator]
    printed = (values[n.name] for n in sentence.numbers if n.name in values and not n.is_last)
    counted = {(one.records, one.number) for one in printed}
    beside = [ratio for ratio in ratios if {(s.records, s.number) for s in ratio.sides} <= counted]
    for match in re.finditer("率", text):
        named = sentence.names.ending(re.split("[，,、\0]", text[: match.end()])[-1])[0]
        meant = [value for value in ratios if {value.name} == named] or beside
        percent = rates.PERCENT.match(text, match.end())
        if percent and len(meant) == 1 and not rates.OTHER_TIME.search(text[: match.end()]):
            (ratio,) = meant
            counts = ratio.numerator or 0, ratio.denominator or 0
            if wrong := rates.difference(ratio.name, percent, *counts):
                yield percent.start("number"), rates.true_rates.fault(*wrong)


def _verbatim(sentence: Sentence, passage: Passage) -> Found:
    """原文 that is another number than that of the figure which its clause names."""
    names, values, places = sentence.names, sentence.values, passage.reading.places
    ends = places[sentence.at], places[sentence.at + len(sentence.text) - 1] + 1
    within = slice(*(bisect_left(passage.verbatim, (place, 0)) for place in ends))
    for first, end in passage.verbatim[within]:
        at, until = (bisect_left(places, one) - sentence.at for one in (first, end))
        typed = re.compile(_TYPED).fullmatch(sentence.text, at, until)
        said = re.split("[，,：:（(]", sentence.text[: max(at, 0)])[-1]
        said = said.replace(names.settings.township.all_of_it, "")
        if at < 0 or not typed or rates.OTHER_TIME.search(said):
            continue
        bare = re.sub(rf"{BETWEEN}$", "", said)
        named, called = names.ending(bare)
        is_of_all = not re.search(f"(?:{_OF_SOME})$", bare.removesuffix(called))
        own = {name for name in named if called in (name, *names.by_name[name].called)}
        named = frozenset(own) or named
        for value in (values[name] for name in named or names.alone(bare) if name in values):
            more = _apart(typed, value)
            is_some = re.search(_NOT_ALL, re.sub(f"[{re.escape(value.name)}]", "", said))
            # 反诈宣传资料 may be fewer than 宣传资料, but no more.
            is_it = more > 0 or (is_of_all and called in (value.name, *value.definition.called))
            if more and not is_some and len(named) < 2 and is_it:
                message = f"“{value.name}”是 {plain(value)}，不能写{typed[0]}"
                hint = f"写成 {{{{ {value.name} }}}}，或者改句子"
                yield at, faults.untrue(message, hint, *([] if named else [faults.LIKELY]))


def _apart(typed: re.Match[str], value: Value) -> int:
    """Whether 310余万元 is more than a figure (1), or less (-1); 0 where it is as much, or of another unit."""
    digits = typed["digits"]
    number = typed_number(digits)
    if base(value.unit) != base(typed["unit"]) or value.number is None or not number:
        return 0
    decimals, times = len(digits.partition(".")[2]), power(f"{typed['scale']}个")
    exact = value.base / times
    if typed["above"]:
        return int(number >= exact)
    if typed["before"] or typed["behind"]:
        zeros = len(re.findall("0*$", str(number))[0]) if not decimals else -decimals
        is_so = number < exact < number + Fraction(10) ** zeros
        return 0 if is_so else 1 if number >= exact else -1
    rounded = Fraction(half_up(exact, decimals))
    return (number > rounded) - (number < rounded)


_NOT_ADDED_UP = ("不重复", "最大值", "最小值", "平均天数", "最长天数", "最短天数", "比值", "比率")
_TYPED = rf"(?P<above>逾|超过?)?(?P<digits>\d+(?:\.\d+)?|[{NUMERALS}]+)(?P<before>[余多])?(?P<scale>[万亿]?)(?P<behind>[余多])?(?P<unit>\D{{1,3}})"
_OF_SOME = "干部|人员|党员|学生|[村组所办局]|部门|企业"
_NOT_ALL = "其中|计划|安排|[上下]半年|季度|月|多|少|增|减|余下|尚|未|不|另|再|新"
