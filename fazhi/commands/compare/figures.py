"""Finds the figures that changed: as the public edition prints them, and exact."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from fazhi.commands.compare.model import FigureMove, Shown
from fazhi.figures.measures import comparable
from fazhi.figures.value import Value
from fazhi.figures.wording import plain
from fazhi.project import Project, Year
from fazhi.records.narrative import expressions
from fazhi.report.editions import Edition, Gate


def figure_moves(old: Project, new: Project) -> tuple[list[FigureMove], int]:
    """The figures that move, by year; and how many published ones come from other records."""
    before, after = ({year.year: year for year in project.years} for project in (old, new))
    moves: list[FigureMove] = []
    restated = 0
    for number in sorted({*before, *after}):
        was, now = _Figures(before.get(number)), _Figures(after.get(number))
        for name in dict.fromkeys((*now.exact, *was.exact)):
            move = _move(number, name, was, now)
            if move is not None:
                moves.append(move)
            elif name in now.published and was.behind(name) != now.behind(name):
                restated += 1
    return moves, restated


@dataclass(frozen=True)
class _Figures:
    """The figures of a year, none if the year is not there."""

    year: Year | None

    @cached_property
    def exact(self) -> dict[str, Value]:
        return self.year.values if self.year else {}

    @cached_property
    def public(self) -> dict[str, Value]:
        return Gate(Edition.PUBLIC, self.year.settings).values(self.exact) if self.year else {}

    @cached_property
    def published(self) -> set[str]:
        """What is in the tables, or in the prose of the report."""
        printed = {name for name, value in self.exact.items() if value.definition.printed}
        if self.year and self.year.narrative:
            typed = (match["inner"].strip() for match in expressions(self.year.narrative))
            printed |= {match[0] for inner in typed if (match := re.match(r"\w+", inner))}
        return printed

    def behind(self, name: str) -> Counter[str]:
        """The texts of the records behind a figure: a record may be in another file."""
        value = self.exact.get(name)
        return Counter(record.source.text for record in value.records) if value else Counter()

    def shown(self, name: str) -> tuple[Shown | None, Shown | None]:
        """In public, and exactly."""
        if name not in self.exact:
            return None, None
        return _shown(self.public[name]), _shown(self.exact[name])


def _shown(value: Value) -> Shown:
    fraction = None if value.numerator is None else f"{value.numerator}/{value.denominator}"
    parts = None if value.parts is None else dict(value.parts)
    return Shown(words=plain(value), fraction=fraction, parts=parts)


def _move(year: int, name: str, was: _Figures, now: _Figures) -> FigureMove | None:
    old, old_exact = was.shown(name)
    new, new_exact = now.shown(name)
    if (old, old_exact) == (new, new_exact):
        return None
    value = now.exact.get(name) or was.exact[name]
    # A year that was not there before and has no data yet did not change.
    if value.number is None and (was.year is None or now.year is None):
        return None
    return FigureMove(
        year=year,
        name=name,
        section=value.definition.section,
        published=name in was.published | now.published,
        redefined=bool(old and new) and not comparable(now.exact[name], was.exact[name]),
        old=old,
        new=new,
        old_inside=None if old_exact == old else old_exact,
        new_inside=None if new_exact == new else new_exact,
    )
