"""A sentence of a narrative with its computed numbers, as claims are read from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fazhi.figures.value import Value, Values
from fazhi.rules.narrative.clauses import Names, Number


@dataclass(frozen=True)
class Sentence:
    """A sentence with its computed numbers, and all figures of the year and of the last one."""

    text: str
    at: int  # where it begins in what is read
    numbers: Sequence[Number]
    names: Names
    values: Values
    last: Values

    def before(self, place: int) -> list[tuple[Number, Value]]:
        """The numbers ahead of a place, the nearest first."""
        return [
            (number, value)
            for number in reversed(self.numbers)
            if number.at - self.at < place
            and (value := (self.last if number.is_last else self.values).get(number.name))
            and value.number is not None
        ]

    def named(self, said: str) -> Value | None:
        """The one figure that words name at their end."""
        found, _ = self.names.ending(said)
        value = self.values.get(min(found)) if len(found) == 1 else None
        return value if value and value.number is not None else None

    def clause(self, place: int) -> str:
        """The clause around a place."""
        start = max(self.text.rfind(sign, 0, place) for sign in "，,（(：:") + 1
        return self.text[start:place] + self.after(place)

    def after(self, place: int) -> str:
        """The clause from a place on."""
        end = _CLAUSE_END.search(self.text, place)
        return self.text[place : end.start() if end else None]


_CLAUSE_END = re.compile("[，,）)：:]")
