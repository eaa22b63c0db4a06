"""What a text says of numbers that the public does not see: true or not, they are not told."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.value import Values
from fazhi.problems.problem import Problem
from fazhi.problems.quoting import shown
from fazhi.records.narrative import Narrative
from fazhi.records.record import Record
from fazhi.report import claims, faults
from fazhi.report.editions import Edition, Gate
from fazhi.schema.township import Settings


def check(
    narrative: Narrative,
    values: Values,
    last: Values,
    settings: Settings,
    earlier: Mapping[int, Values],
    records: Iterable[Record] = (),
) -> Iterator[Problem]:
    """FZ704 of what would be wrong if a number that is not published were another one, and of a part
    that is not published, named beside its figure."""
    year, public = narrative.year, Gate(Edition.PUBLIC, settings)
    of_all = {**earlier, year - 1: last, year: values}

    def found(held: Mapping[int, Values]) -> set[tuple[int, int]]:
        problems = claims.check(narrative, held[year], held[year - 1], settings, held, records)
        return {(problem.line, problem.column) for problem in problems}

    wrong: set[tuple[int, int]] | None = None
    for name, (_, definition) in settings.definitions_in(year).items():
        words = (name, *definition.called)
        if not any(word in narrative.body for word in words):
            continue
        message = f"{shown(name)}有不公布的数，这里说出了它是多少、怎样变化或者同别的谁多谁少"
        fault = faults.untrue(message, "从句子里删去这一说")
        if value := values.get(name):
            hidden = {*(value.parts or {})} - {*(public.value(value).parts or {})}
            yield from (
                narrative.problem(sentence.start() + sentence[0].index(part), fault)
                for sentence in _SENTENCE.finditer(narrative.body)
                for part in sorted(hidden)
                if part in sentence[0] and any(word in sentence[0] for word in words)
            )
        known = {y: held[name] for y, held in of_all.items() if name in held}
        kept = [y for y, v in known.items() if v.number is not None and public.value(v).withheld]
        if kept:
            wrong = found(of_all) if wrong is None else wrong
            told = set[tuple[int, int]]()
            for number in _OTHERWISE:
                other = {y: replace(known[y], number=Fraction(number(y))) for y in kept}
                told |= found(
                    {
                        y: {**held, name: other[y]} if y in other else held
                        for y, held in of_all.items()
                    }
                )
            places = sorted(told - wrong)
            yield from (
                Problem(narrative.source.path, line, column, *fault) for line, column in places
            )


_SENTENCE = re.compile(r"[^。；\n]+")
_OTHERWISE: tuple[Callable[[int], int], ...] = (
    lambda year: 10**6 + year,
    lambda year: 10**6 - year,
    lambda _: 0,
)
"""How many it could be in a year: more from year to year, fewer, nobody."""
