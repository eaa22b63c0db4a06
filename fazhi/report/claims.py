"""What a narrative says of its computed numbers together, held to their exact values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from fazhi.figures.selection import day_of
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import plain
from fazhi.problems.problem import Fault, Problem
from fazhi.records.narrative import Narrative
from fazhi.report import faults
from fazhi.rules.narrative.beside import DIRECTION, LISTED
from fazhi.rules.narrative.clauses import Names, Number, inner_of, numbers
from fazhi.rules.text import rates, sums
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import HIDDEN, of_narrative
from fazhi.rules.text.quantities import BETWEEN
from fazhi.schema.kinds import KINDS
from fazhi.schema.township import Settings


def check(
    narrative: Narrative, values: Values, last: Values, settings: Settings
) -> Iterator[Problem]:
    """Sums and rates of computed and typed numbers together; changes, and what holds of all."""
    yield from _sums(narrative, values, last, settings)
    yield from _rates(narrative, values)
    names = Names(settings, narrative.year)
    for number in numbers(narrative):
        if number.name not in values:
            continue
        now, before = values[number.name], last.get(number.name)
        found = list(_changes(number, now, before))
        found += _of_all(number, values, names)
        found += _in_part(number, now)
        for at, fault in found:
            yield narrative.problem(number.place(at), fault)


def _sums(
    narrative: Narrative, values: Values, last: Values, settings: Settings
) -> Iterator[Problem]:
    """FZ805 and FZ806 of the text with every number in it, exact but for rates."""

    def words(inner: str) -> str | None:
        if not (found := inner_of(inner)):
            return None
        value = (last if found["last"] else values).get(found["name"])
        wordings = found["wordings"] or ""
        if value is None or value.number is None or "同比" in wordings:
            return None
        if "分项" in wordings:
            return "、".join(f"{part}{n}{value.unit}" for part, n in (value.parts or {}).items())
        return plain(value)

    passage, lexicon = of_narrative(narrative, words), Lexicon(settings)
    for rule in (*rates.RULES, *sums.RULES):
        yield from rule(passage, lexicon)


def _changes(number: Number, now: Value, before: Value | None) -> Iterator[tuple[int, Fault]]:
    """What is said of a change: before the number, or in what follows it."""
    if number.is_last:
        return
    start = number.at - len(number.before)
    found = [(start, ahead) for ahead in [DIRECTION.search(number.before)] if ahead]
    if "同比" in number.wordings:
        since = number.at - len(number.said)
        found = [(since, said) for said in _TREND.finditer(number.said)]
        for other in _OTHER_BASE.finditer(number.said):
            if other["year"] != str(now.year - 1):
                yield since + other.start(), faults.another_base(other[0], now.year - 1)
    elif not (found and re.search("[到至]", found[0][1]["between"])):
        rest = re.split(rf"[。；;！!？?\n{HIDDEN}]", number.after)[0]
        found = [(number.at + 1, said) for said in _SINCE_LAST_YEAR.finditer(rest)]
    for offset, said in found:
        if _is_untrue(said["words"], "基本" in said[0] or "大体" in said[0], now, before):
            known = before and before.number is not None
            numbers = f"上年{plain(before)}，今年{plain(now)}" if before and known else "上年没有数"
            fault = faults.untrue_change(now.name, said["words"], numbers)
            yield offset + said.start("words"), fault


_EQUAL = "持平|相同|一致|相当|不变"
_WAYS = f"增长|增加|增多|上升|上涨|提高|提升|攀升|减少|下降|下滑|降低|回落|压减|下跌|{_EQUAL}"
_HOW = "有所|明显|大幅|稳步|持续|显著|小幅|略有|逐年"
_TREND = re.compile(rf"(?:{_HOW})(?P<words>{_WAYS})")
_SINCE_LAST_YEAR = re.compile(
    r"(?:[比较与和同跟](?:上一?年度?|去年|\d{4}年)(?:同期|相比)?|同比)[，,]?"
    rf"(?:{_HOW}|基本|大体|保持|都|也|还|又)*(?P<words>{_WAYS})"
)
_OTHER_BASE = re.compile(
    r"(?:[比较与和同](?P<year>\d{4})年)|环比|前年|上个?月|上个?季度|[上下]半年"
)


def _is_untrue(words: str, is_about: bool, now: Value, before: Value | None) -> bool:
    if now.number is None or before is None or before.number is None:
        return now.number is not None
    difference = now.number - before.number
    if words in _EQUAL:
        return abs(difference) * 20 > before.number if is_about else difference != 0
    return difference >= 0 if re.search("[减降落缩压跌少滑]", words) else difference <= 0


def _of_all(number: Number, values: Values, names: Names) -> Iterator[tuple[int, Fault]]:
    """What is said of several figures at once, or of all that are counted."""
    listed = LISTED.search(number.said)
    if listed and listed["how"] != "分别":
        at = number.at - len(number.said) + listed.start("how")
        found = [names.ending(part)[0] for part in re.split("[、和与及]", listed["names"])]
        printed = {plain(values[min(held)]) for held in found if len(held) == 1}
        if printed - {plain(values[number.name])}:
            yield at, faults.of_all(listed["how"], "、".join(sorted(printed)))
        elif not all(len(held) == 1 for held in found) or len(found) < 2:
            yield at, faults.of_all(listed["how"])
    elif added := _TOGETHER.search(number.said):
        yield number.at - len(number.said) + added.start(), faults.of_all(added[0])
    elif whole := _ALL_BEFORE.search(number.before):
        yield number.at - len(number.before) + whole.start(), faults.of_all(whole["how"])
    elif whole := _ALL_AFTER.match(number.after):
        yield number.at + 1 + whole.start("how"), faults.of_all(whole["how"])


_TOGETHER = re.compile("加[在到]?一起|[加合]起来|相加|之和")
_ALL = "全部|全数|悉数|尽数|无一|无人|百分之?百|件件|人人"
_ALL_BEFORE = re.compile(rf"(?P<how>{_ALL}|均|都|皆){BETWEEN}$")
_ALL_AFTER = re.compile(rf"[)）”]*[，,]?(?:已经?|现已?|且|并)?(?P<how>{_ALL}|均|都|皆)")


_PART = re.compile(
    r"(?!.*(?:全年|1[至到~～-]12月|1?12月底|年底|年末|12月31日))(?P<said>(?P<half>[上下])半年"
    r"|(?P<quarter>[前第]?[一二三四1-4]个?)季度|(?<!\d)(?P<from>\d{1,2})月?(?:[至到~～-](?P<to>\d{1,2}))?月(?:份|\d{1,2}日|以来|底|末)*"
    r"|近[两三四五几\d]年|[两三四五]年来)"
)


def _in_part(number: Number, value: Value) -> Iterator[tuple[int, Fault]]:
    """A part of the year, or several years, of which the figure is not."""
    said = _PART.search(number.said)
    definition = value.definition
    counted = (value, *value.sides)[-1]
    if not said or number.is_last or counted.definition.kind in (None, "现状"):
        return
    months = _months(said)
    kind = KINDS[counted.definition.kind]
    day = day_of(kind, counted.definition.by_date)
    days = [found for record in counted.records if (found := day(record))]
    if not days or any(found.month not in months for found in days):
        at = number.at - len(number.said) + said.start("said")
        yield at, faults.part_of_year(definition.name, said["said"])


def _months(said: re.Match[str]) -> range:
    """The months of a year that are named; none for several years."""
    if said["half"]:
        return range(1, 7) if said["half"] == "上" else range(7, 13)
    if said["quarter"]:
        place = int("一二三四1234".index(said["quarter"].strip("前第个"))) % 4 + 1
        first = 1 if said["quarter"][0] == "前" else place * 3 - 2
        return range(first, place * 3 + 1)
    if said["from"]:
        return range(int(said["from"]), int(said["to"] or said["from"]) + 1)
    return range(0)


def _rates(narrative: Narrative, values: Values) -> Iterator[Problem]:
    """FZ805 where a sentence prints both counts of a ratio, and a rate is typed in it."""
    ratios = [value for value in values.values() if value.denominator]
    for sentence, held in groupby(numbers(narrative), key=lambda number: number.sentence_at):
        printed = list(held)
        names = {number.name for number in printed if not number.is_last}
        of_both = [r for r in ratios if {r.definition.numerator, r.definition.denominator} <= names]
        if len(of_both) != 1:
            continue
        (ratio,) = of_both
        text = re.split("[。；;！!？?\n]", printed[0].text.text[sentence:])[0]
        for match in re.finditer("率", text):
            percent = rates.PERCENT.match(text, match.end())
            part, whole = ratio.numerator or 0, ratio.denominator or 0
            if percent and (wrong := rates.difference(ratio.name, percent, part, whole)):
                place = printed[0].place(sentence + percent.start("number"))
                yield narrative.problem(place, rates.true_rates.fault(*wrong))
