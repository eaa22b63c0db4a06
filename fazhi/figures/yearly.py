"""All figures of each year: the measures applied to the definitions, and what goes beside a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fazhi.figures.measure import Counting
from fazhi.figures.measures import measure_of
from fazhi.figures.selection import Index, unknown_words
from fazhi.figures.value import Values
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
    for definition in sorted(definitions, key=lambda one: measure_of(one).is_of_figures):
        value = measure_of(definition).value(definition, counting)
        unknown = unknown_words(definition, settings, year)
        counting.values[definition.name] = replace(value, unknown=unknown) if unknown else value
    values = {definition.name: counting.values[definition.name] for definition in definitions}
    for definition in definitions:
        if definition.beside:
            beside = tuple(values[other] for other in definition.beside if other in values)
            values[definition.name] = replace(values[definition.name], beside=beside)
    return values, counting.problems
