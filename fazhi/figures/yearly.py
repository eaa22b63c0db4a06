"""All figures of each year: the measures applied to the definitions, and what goes beside a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fazhi.figures.measure import Counting
from fazhi.figures.measures import measure_of
from fazhi.figures.selection import Index, unknown_words
from fazhi.figures.value import Value, Values
from fazhi.problems.problem import Problem
from fazhi.records.record import Record
from fazhi.schema.township import Settings


def computed(
    records: Iterable[Record], settings: Settings, years: Iterable[int]
) -> dict[int, tuple[Values, list[Problem]]]:
    """Every figure that holds in each year, in the order of figures.yml, and what is wrong with it.

    The definitions must have passed `check`.
    """
    index = Index(records)
    return {year: _of_year(index, settings, year) for year in years}


def _of_year(index: Index, settings: Settings, year: int) -> tuple[Values, list[Problem]]:
    counting = Counting(index, settings, year)
    definitions = [definition for _, definition in settings.definitions_in(year).values()]
    by_name = {definition.name: definition for definition in definitions}

    def count(name: str) -> Value | None:
        if name not in by_name:
            return None
        value = measure_of(by_name[name]).value(by_name[name], counting)
        unknown = unknown_words(by_name[name], settings, year)
        counting.values[name] = replace(value, unknown=unknown) if unknown else value
        return counting.values[name]

    counting.count = count
    for name in by_name:
        counting.value_of(name)
    values = {definition.name: counting.values[definition.name] for definition in definitions}
    for definition in definitions:
        if definition.beside:
            beside = tuple(values[other] for other in definition.beside if other in values)
            values[definition.name] = replace(values[definition.name], beside=beside)
    return values, counting.problems
