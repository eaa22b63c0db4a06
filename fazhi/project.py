"""A project folder, the whole way: settings, records, rules, figures and narratives.

This is what check, build and stage all start from, so that everything is checked before anything
is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from fazhi import definitions, figures, ledger, narrative, report, rules, settings
from fazhi.editions import Edition, Gate
from fazhi.figures import Values
from fazhi.ledger import Record
from fazhi.narrative import Narrative
from fazhi.problems import Problem, has_errors
from fazhi.settings import Settings
from fazhi.source import read_text


@dataclass(frozen=True)
class Year:
    """A year: its records, settings, values with last year's beside them, and its narrative."""

    year: int
    settings: Settings
    records: list[Record] = field(repr=False)
    values: Values = field(repr=False)
    last: Values = field(repr=False)
    narrative: Narrative | None


@dataclass(frozen=True)
class Project:
    """All years, oldest first, the text of the home page, and every problem found."""

    root: Path
    settings: Settings | None
    years: list[Year]
    home: str
    problems: list[Problem]
    files: int


def load(root: Path, today: date) -> Project:
    """Read and check a project. `years` is empty when the settings could not be read."""
    configured, problems = settings.load(root)
    book = ledger.load(root)
    home, found = _home(root)
    problems += found
    if configured is None:
        return Project(root, None, [], home, sorted([*problems, *book.problems]), book.files)
    definition_problems = list(definitions.check(configured))
    problems += definition_problems
    record_problems = [*book.problems, *rules.check(book, configured, today)]
    problems += record_problems
    years: list[Year] = []
    if not definition_problems:
        years, found = _years(root, book, configured)
        # While a record is wrong, so are the values: what they say would only follow on.
        held_back = _ABOUT_VALUES if has_errors(record_problems) else set()
        problems += [problem for problem in found if problem.rule not in held_back]
    return Project(root, configured, years, home, sorted(set(problems)), book.files)


_ABOUT_VALUES = {"FZ621", "FZ622", "FZ704"}


def _years(
    root: Path, book: ledger.Ledger, configured: Settings
) -> tuple[list[Year], list[Problem]]:
    problems: list[Problem] = []
    computed: dict[int, Values] = {}

    def values_of(year: int) -> Values:
        if year not in computed:
            computed[year], found = figures.compute(book.records, configured, year)
            problems.extend(found)
        return computed[year]

    years = []
    problems += narrative.misplaced(root)
    for year in sorted({*book.years, *narrative.years(root)}):
        text, found = narrative.load(root, year)
        problems += found
        one = Year(year, configured, book.of_year(year), values_of(year), values_of(year - 1), text)
        years.append(one)
        if text:
            problems += narrative.check(text, configured)
            for edition in Edition:
                gate = Gate(edition, configured)
                values, last = gate.values(one.values), gate.values(one.last)
                problems += report.render(text, values, last, lambda _, words: words).problems
    return years, problems


def _home(root: Path) -> tuple[str, list[Problem]]:
    """The township's own words on the home page; none is no fault."""
    path = "docs/index.md"
    if not (root / path).exists():
        return "", []
    text, problems = read_text(root / path, path)
    return text or "", problems
