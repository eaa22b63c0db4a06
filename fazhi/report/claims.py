"""What a narrative says of its computed numbers together, held to their exact values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, islice

from fazhi.figures.value import Value, Values
from fazhi.figures.wording import plain
from fazhi.problems.problem import MOST_REPORTED, WARNING, Fault, Problem
from fazhi.records.narrative import Narrative, blocks
from fazhi.report import changes, faults
from fazhi.rules.narrative.beside import LISTED
from fazhi.rules.narrative.clauses import Names, Number, inner_of, likeness, numbers
from fazhi.rules.text import rates, sums
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import HIDDEN, of_narrative
from fazhi.rules.text.quantities import BETWEEN
from fazhi.rules.text.reading import Reading
from fazhi.schema.township import Settings
from fazhi.schema.units import base


def check(narrative: Narrative, values: Values, last: Values, settings: Settings) -> list[Problem]:
    """Sums and rates of computed and typed numbers together; changes, and what holds of all.

    Without values only what is typed is looked at. Of one rule, one place is reported once, as
    badly as it is.
    """
    found = sorted(
        _check(narrative, values, last, settings), key=lambda problem: problem.severity is WARNING
    )
    places = {(problem.rule, problem.line, problem.column): problem for problem in reversed(found)}
    return list(places.values())


def _check(
    narrative: Narrative, values: Values, last: Values, settings: Settings
) -> Iterator[Problem]:
    names, found = Names(settings, narrative.year), numbers(narrative)
    yield from _sums(narrative, values, last, settings)
    if found and values:
        yield from _rates(narrative, found[0].text, values, names)
        yield from _all_in_words(narrative, found[0].text, found[0].body, values)
    for place, number in enumerate(found):
        if number.name not in values:
            continue
        now, before = values[number.name], last.get(number.name)
        others = (other.at for other in found[place + 1 :] if other.name != number.name)
        behind = number.after[: max(next(others, number.at + 10**6) - number.at - 1, 0)]
        rest = re.split("[。；;！!？?\n]", behind)[0]
        for at, fault in (
            *changes.check(number, rest, now, before),
            *changes.in_part(number, now),
            *_of_all(number, values, names),
            *_parts(number, rest, now),
        ):
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
        yield from islice(rule(passage, lexicon), MOST_REPORTED)


def _of_all(number: Number, values: Values, names: Names) -> Iterator[tuple[int, Fault]]:
    """What is said of several figures at once, or of all that are counted."""
    listed = LISTED.search(number.said)
    if listed and listed["how"] != "分别":
        at = number.at - len(number.said) + listed.start("how")
        found = [names.ending(part)[0] for part in re.split("[、和与及]", listed["names"])]
        meant = [values[min(held)] for held in found if len(held) == 1]
        printed = {plain(value) for value in meant}
        if "共" in listed["how"]:
            total = sum(value.number or 0 for value in meant)
            units = {base(value.unit) for value in meant}
            if (
                len(meant) == len(found) > 1
                and len(units) == 1
                and total != values[number.name].number
            ):
                yield at, faults.of_all("共", "、".join(plain(value) for value in meant))
        elif printed - {plain(values[number.name])}:
            yield at, faults.of_all(listed["how"], "、".join(sorted(printed)))
        elif not all(len(held) == 1 for held in found) or len(found) < 2:
            yield at, faults.of_all(listed["how"])
    elif added := _TOGETHER.search(number.said):
        yield number.at - len(number.said) + added.start(), faults.of_all(added[0])
    elif whole := _ALL_BEFORE.search(number.before):
        yield number.at - len(number.before) + whole.start(), faults.of_all(whole["how"])
    elif whole := _ALL_AFTER.match(number.after):
        yield number.at + 1 + whole.start(), faults.of_all(whole["how"] or whole["each"])


_TOGETHER = re.compile("加[在到]?一起|[加合]起来|相加|之和")
_ALL = "全部|全数|悉数|尽数|无一|无人|(?:件件|人人)(?!有)"
_ALL_BEFORE = re.compile(rf"(?P<how>{_ALL}|均|都|皆){BETWEEN}$")
_ALL_AFTER = re.compile(
    rf"[)）”]*(?:[，,]?(?:已经?|现已?|且|并|至?年底已?)*(?P<how>{_ALL})|(?:已经?)?(?P<each>[均都皆]))"
)


def _all_in_words(
    narrative: Narrative, text: Reading, body: int, values: Values
) -> Iterator[Problem]:
    """“全部” where a sentence says nearly all of a ratio's name and the ratio is not 100 %."""
    plan = blocks(narrative).get("安排", (0, 0))
    ratios = [value for value in values.values() if value.denominator is not None]
    for sentence in re.finditer(r"[^。；;！!？?\n]+", text.text):
        for said in _ALL_IN_WORDS.finditer(sentence[0]):
            place = text.at(sentence.start() + said.start()) - body
            if place < 0 or plan[0] <= place < plan[1]:
                continue
            for ratio in ratios:
                name = ratio.name.removesuffix("率")
                is_said = name[-2:] in sentence[0] and likeness(name, sentence[0])[0] >= _NEARLY
                if is_said and ratio.number != 100 and ratio.number is not None:
                    counts = f"{ratio.name}是 {ratio.numerator}/{ratio.denominator}"
                    yield narrative.problem(place, faults.of_all(said[0], counts))


_ALL_IN_WORDS = re.compile(f"{_ALL}|个个|一[件起人个]不[落漏少]|每[件起个人][均都]")
_NEARLY = 0.7


def _rates(narrative: Narrative, text: Reading, values: Values, names: Names) -> Iterator[Problem]:
    """FZ805 where a rate is typed by a ratio's name, or beside both of a ratio's counts."""
    ratios = [value for value in values.values() if value.denominator]
    for number, held in groupby(numbers(narrative), key=lambda number: number.sentence_at):
        printed = list(held)
        said = {one.name for one in printed if not one.is_last}
        sides = [r for r in ratios if {r.definition.numerator, r.definition.denominator} <= said]
        sentence = re.split("[。；;！!？?\n]", text.text[number:])[0]
        for match in re.finditer("率", sentence):
            named = names.ending(re.split("[，,、\0]", sentence[: match.end()])[-1])[0]
            of_name = [value for value in ratios if {value.name} == named]
            percent = rates.PERCENT.match(sentence, match.end())
            meant = of_name or sides
            if (
                len(meant) != 1
                or percent is None
                or rates.OTHER_TIME.search(sentence[: match.end()])
            ):
                continue
            (ratio,) = meant
            counts = ratio.numerator or 0, ratio.denominator or 0
            if wrong := rates.difference(ratio.name, percent, *counts):
                place = printed[0].place(number + percent.start("number"))
                yield narrative.problem(place, rates.true_rates.fault(*wrong))


def _parts(number: Number, rest: str, value: Value) -> Iterator[tuple[int, Fault]]:
    """Parts of a breakdown that are typed behind its number."""
    for name, count in (value.parts or {}).items():
        typed = re.search(rf"{re.escape(name)}[^\d、，,。；{HIDDEN}]{{0,4}}(?P<number>\d+)", rest)
        if typed and not number.is_last and int(typed["number"]) != count:
            fault = faults.wrong_part(name, count, value.unit)
            yield number.at + 1 + typed.start("number"), fault
