"""A project folder, the whole way: settings, records, rules, figures and narratives.

This is what check, build and stage all start from, so that everything is checked before anything
is written.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from fazhi import rules
from fazhi.figures import counting, disclosure
from fazhi.figures.value import Value, Values
from fazhi.problems.problem import Problem, has_errors
from fazhi.records import ledger, narrative
from fazhi.records import lock as locks
from fazhi.records.lock import Figure, Lock
from fazhi.records.memory import Memory
from fazhi.records.narrative import Narrative
from fazhi.records.record import Record
from fazhi.report import freezing
from fazhi.report.editions import Edition, Gate
from fazhi.rules import deadlines, definitions, publication
from fazhi.rules import evidence as evidence_rules
from fazhi.rules import narrative as typed
from fazhi.rules.site import home_text, links, read_home, unread
from fazhi.schema import township as settings
from fazhi.schema.township import Settings
from fazhi.sources.tree import Tree


@dataclass(frozen=True)
class Year:
    """A year: its records, settings, values with last year's beside them, and its narrative.

    `tree` is where they were read, and where the photos are that are shown; `lock` is what was
    published of it, None before.
    """

    year: int
    tree: Tree = field(repr=False)
    settings: Settings
    records: list[Record] = field(repr=False)
    values: Values = field(repr=False)
    last: Values = field(repr=False)
    narrative: Narrative | None
    lock: Lock | None = field(default=None, repr=False)
    figures: Mapping[str, Figure] = field(default_factory=dict, repr=False)
    """What would be published of each figure now; empty while the narrative has problems."""


@dataclass(frozen=True)
class Project:
    """All years, oldest first, the text of the home page, and every problem found."""

    tree: Tree
    settings: Settings | None
    years: list[Year]
    home: str
    problems: list[Problem]
    files: int


def load(
    tree: Tree, today: date, *, has_evidence: bool = True, memory: Memory | None = None
) -> Project:
    """Read and check a project. `years` is empty when the settings could not be read.

    Without `has_evidence` the files of evidence are known by name and not opened. With a memory, what
    is as it was is not read anew; the result is the same.
    """
    with _undisturbed():
        return _load(tree, today, has_evidence, memory)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector of garbage, which would look through all records time and again.

    Nearly all that is made here stays, and what does not has no cycles.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _load(tree: Tree, today: date, has_evidence: bool, memory: Memory | None) -> Project:
    configured, problems = settings.load(tree)
    if memory and configured:
        memory.begin(configured.digest)
    book = ledger.load(tree, memory=memory if configured else None)
    problems += unread(tree, book, has_evidence)
    home, found = read_home(tree)
    problems += [*found, *links(tree)]
    if configured is None:
        problems += [*book.problems, *_of_narratives(tree)]
        return Project(tree, None, [], home, sorted(set(problems)), book.files)
    definition_problems = list(definitions.check(configured))
    problems += definition_problems
    record_problems = [*book.problems, *rules.alone(book, configured)]
    if memory:
        memory.keep(_sound(book, record_problems))
    record_problems += rules.beside(book, configured, today)
    problems += record_problems
    if has_evidence:
        problems += evidence_rules.public_photos(book, configured, tree)
    problems += home_text(home, configured, today)
    years: list[Year] = []
    if definition_problems:
        problems += _of_narratives(tree)
    else:
        years, found = _years(tree, book, configured, today)
        # While a record is wrong, so are the values: what they say would only follow on.
        held_back = _ABOUT_VALUES if has_errors(record_problems) else set()
        problems += [problem for problem in found if problem.rule not in held_back]
    return Project(tree, configured, years, home, sorted(set(problems)), book.files)


def _sound(book: ledger.Ledger, found: Iterable[Problem]) -> Iterator[tuple[bytes, Record]]:
    """The records that were read, and of which nothing was found, with their keys."""
    faulty = {problem.path for problem in found}
    for record in book.records:
        if record.path in book.unknown and record.path not in faulty:
            yield book.unknown[record.path], record


def _of_narratives(tree: Tree) -> Iterator[Problem]:
    """What reading the narratives by themselves tells, personal data above all."""
    for year in narrative.years(tree):
        yield from narrative.load(tree, year)[1]


_ABOUT_VALUES = {"FZ621", "FZ622", "FZ704", "FZ727", "FZ729"}


def _years(
    tree: Tree, book: ledger.Ledger, configured: Settings, today: date
) -> tuple[list[Year], list[Problem]]:
    problems: list[Problem] = []
    told = sorted({*book.years, *narrative.years(tree)})
    needed = sorted({*told, *(year - 1 for year in told)})
    computed: dict[int, Values] = {}
    for year, (held, found) in counting.computed(book.records, configured, needed).items():
        computed[year] = held
        problems += found
    values_of = disclosure.decided(computed, configured)

    years = []
    problems += narrative.misplaced(tree)
    for year in told:
        text, found = narrative.load(tree, year)
        problems += found
        lock, misread = locks.load(tree, year)
        problems += misread
        values, last = values_of[year], values_of[year - 1]
        now: Mapping[str, Figure] = {}
        if text:
            problems += [
                *typed.check(text, configured),
                *deadlines.in_time(text, configured, today),
            ]
            now, untrue = _published_now(text, values, last, configured)
            problems += untrue
            if not untrue and not misread:
                problems += publication.check(text, lock, now, configured)
        elif lock and not found:
            problems.append(publication.without_a_report(lock))
        own = book.of_year(year)
        years.append(Year(year, tree, configured, own, values, last, text, lock, now))
    return years, problems


def _published_now(
    text: Narrative, values: Values, last: Values, configured: Settings
) -> tuple[Mapping[str, Figure], list[Problem]]:
    """What would be published of each figure, and what either edition may not print of it."""
    from fazhi.report import rendering  # noqa: PLC0415 - its library takes 20 ms to load, and records need none

    rendered = [
        rendering.render(text, gate.values(values), gate.values(last), _as_words)
        for gate in (Gate(Edition.PUBLIC, configured), Gate(Edition.INTERNAL, configured))
    ]
    problems = [problem for each in rendered for problem in each.problems]
    if problems:
        return {}, problems
    return freezing.figures(rendered[-1].wordings, values, last, configured), []


def _as_words(_: Value, words: str) -> str:
    return words
