"""A project folder, the whole way: settings, records, rules, figures and narratives.

This is what check, build and stage all start from, so that everything is checked before anything
is written.
"""

import contextlib
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from fazhi import rules
from fazhi.figures import disclosure, yearly
from fazhi.figures.value import Values, with_decimals
from fazhi.problems.problem import Problem, has_errors
from fazhi.records import ledger, narrative
from fazhi.records import lock as locks
from fazhi.records.lock import Figure, Lock
from fazhi.records.memory import Memory
from fazhi.records.narrative import Correction, Narrative
from fazhi.records.record import Record
from fazhi.report import captions, claims, freezing, rendering, untold
from fazhi.report.basis import Basis
from fazhi.report.editions import Edition, Gate
from fazhi.rules import copies, deadlines, definitions, evidence, publication, site, tasks, words
from fazhi.rules import narrative as narrative_rules
from fazhi.rules.text import marks
from fazhi.schema import township
from fazhi.schema.township import Settings
from fazhi.sources.tree import Tree


@dataclass(frozen=True)
class Year:
    """A year: its records, settings, values with last year's beside them, and its narrative.

    `earlier` has the values of every year before it that has records, last year's too.

    `tree` is where they were read, and where the photos are; `archive` is what was published of it.
    `wordings` is what each figure is printed as, None while the narrative has problems. `basis` is
    what it can be told from how far the year is, which only the internal edition asks.
    """

    year: int
    tree: Tree = field(repr=False)
    settings: Settings
    records: list[Record] = field(repr=False)
    values: Values = field(repr=False)
    last: Values = field(repr=False)
    narrative: Narrative | None
    archive: Lock | None = field(default=None, repr=False)
    wordings: Mapping[str, list[str]] | None = field(default=None, repr=False)
    earlier: Mapping[int, Values] = field(default_factory=dict, repr=False)
    basis: Basis | None = field(default=None, repr=False, compare=False)

    @property
    def was_sample(self) -> bool:
        """Whether what was published were samples, and the records are none any more."""
        return bool(self.archive and publication.are_samples(self.archive, self.settings))

    @property
    def lock(self) -> Lock | None:
        """What was published of it, and holds its report to that."""
        return None if self.was_sample else self.archive

    @property
    def pending(self) -> list[Correction]:
        """The corrections of its report that have not been published yet."""
        text, lock = self.narrative, self.lock
        return locks.pending(text, lock) if text and lock else []

    @property
    def is_unproved(self) -> bool:
        """Whether its report is a draft, or no archive says that it was published as it is."""
        text, is_proved = self.narrative, self.lock and not self.pending
        is_proved = is_proved or self.settings.township.is_sample
        return bool(text and (text.meta.is_draft or not is_proved))

    @property
    def has_sample_figures(self) -> bool:
        """Whether all its figures are those that were published as samples."""
        told = self.archive.figures if self.archive and self.was_sample else {}
        then = {name: one.number and Fraction(one.number) for name, one in told.items()}
        now = {name: self.values[name].number for name in then if name in self.values}
        return bool(then) and then == now

    @property
    def past(self) -> list[Values]:
        """The values of last year and of every year before: a package of the year has their pages."""
        return [self.last, *self.earlier.values()]

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """What would be published now; nothing while the narrative has problems."""
        if self.narrative is None or self.wordings is None:
            return {}
        told = self.narrative, self.wordings, self.values, self.last, self.settings
        return freezing.figures(*told)


class Project(NamedTuple):
    """All years, oldest first, the text of the home page, and every problem found."""

    tree: Tree
    settings: Settings | None
    years: list[Year]
    home: str
    problems: list[Problem]
    files: int

    @property
    def unmarked_samples(self) -> list[Problem]:
        """That samples went out, and are said to be none any more: nothing may leave."""
        return [one for one in self.problems if one.rule == publication.still_samples.id]


@contextlib.contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """It would look through all records time and again: nearly all stays, and the rest has no cycles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@_without_garbage_collection()
def load(
    tree: Tree, today: date, *, has_evidence: bool = True, memory: Memory | None = None
) -> Project:
    """Read and check a project. `years` is empty when the settings could not be read.

    Without `has_evidence` the files of evidence are known by name and not opened. With a memory,
    what has not changed is not read anew; the result is the same.
    """
    settings, problems = township.load(tree)
    if memory and settings:
        memory.begin(settings.digest)
    book = ledger.load(tree, memory=memory if settings else None)
    narratives = {year: narrative.load(tree, year, settings) for year in narrative.years(tree)}
    home, found = site.read_home(tree)
    searched = site.unread(tree, book, has_evidence, memory if settings else None)
    problems += [*found, *site.links(tree), *searched]
    problems += [problem for _, found in narratives.values() for problem in found]
    if settings is None:
        return Project(tree, None, [], home, sorted({*problems, *book.problems}), book.files)

    definition_problems = list(definitions.check(settings))
    record_problems = [*book.problems, *rules.each_record(book, settings)]
    if memory:
        memory.keep(_sound(book, record_problems))
    record_problems += rules.all_records(book, settings, today)
    problems += [*definition_problems, *record_problems, *site.home_text(home, settings, today)]
    problems += marks.in_settings(settings)
    problems += tasks.check(
        settings, {year: text for year, (text, _) in narratives.items() if text}
    )
    if has_evidence:
        problems += evidence.public_photos(book, settings, tree)

    years: list[Year] = []
    if not definition_problems:
        # While a record is wrong, so are the values: what they say would only follow on.
        is_sound = not has_errors(record_problems)
        problems += words.used_section(book, settings) if is_sound and book.records else ()
        years, found = _years(tree, book, narratives, settings, today, is_sound=is_sound)
        of_years = {year.year: year.values for year in years if is_sound}
        problems += untold.check_home(home, settings, of_years)
        held_back = set() if is_sound else _ABOUT_VALUES
        problems += [problem for problem in found if problem.rule not in held_back]
    problems += _of_samples(tree, book, years, settings)
    problems = sorted({*problems})
    texts = {year.year: year.narrative for year in years}
    made = []
    for year in years:
        held = year.values, year.last, year.narrative, texts.get(year.year - 1)
        published = year.archive, year.was_sample
        basis = Basis(year.year, today, settings, book.records, *held, problems, *published)
        made.append(replace(year, basis=basis))
    return Project(tree, settings, made, home, problems, book.files)


_ABOUT_VALUES = {"FZ621", "FZ622", "FZ704", "FZ727", "FZ729"}


def _of_samples(
    tree: Tree, book: ledger.Ledger, years: Sequence[Year], settings: Settings
) -> Iterator[Problem]:
    """That samples were published though the records are said to be none any more; first of all the
    years in which a record, or all figures, are those still."""
    held = (locks.load(tree, year)[0] for year in book.years)
    published = [lock for lock in held if lock and publication.are_samples(lock, settings)]
    out = {d for lock in published for d in (*lock.samples, *lock.records.values())}
    kept = {r.year for r in book.records if locks.digest_of(r) in out} if out else set()
    if kept := kept | {year.year for year in years if year.has_sample_figures}:
        fault = publication.still_samples(sorted(kept), [lock.year for lock in published])
        yield settings.township_source.problem(["示例数据"], fault)
    else:
        texts = {year.year: year.narrative for year in years}
        for lock in published:
            yield from publication.samples_published(lock, texts.get(lock.year))


def _sound(book: ledger.Ledger, found: Iterable[Problem]) -> Iterator[tuple[bytes, Record]]:
    """The records that were read, and of which nothing was found, with their keys."""
    faulty = {problem.path for problem in found}
    for record in book.records:
        if record.path in book.unknown and record.path not in faulty:
            yield book.unknown[record.path], record


def _years(
    tree: Tree,
    book: ledger.Ledger,
    narratives: Mapping[int, tuple[Narrative | None, list[Problem]]],
    settings: Settings,
    today: date,
    *,
    is_sound: bool,
) -> tuple[list[Year], list[Problem]]:
    """Every year that has records or a narrative, and what is wrong with its figures and report."""
    wanted = sorted({*book.years, *narratives})
    counted = yearly.computed(
        book.records, settings, sorted({*wanted, *(year - 1 for year in wanted)})
    )
    locked = {year: locks.load(tree, year) for year in wanted}
    kept_of = {
        year: lock
        for year, (lock, _) in locked.items()
        if lock and not publication.are_samples(lock, settings)
    }
    values_of = disclosure.decided(
        {year: held for year, (held, _) in counted.items()}, settings, kept_of, book.records
    )
    problems = [problem for _, found in counted.values() for problem in found]
    problems += (p for held in values_of.values() for p in disclosure.given_away(held, settings))
    problems += narrative.misplaced(tree)
    problems += captions.out_of_time(settings)
    years = []
    for year in wanted:
        text, unreadable = narratives.get(year, (None, []))
        (lock, misread), kept = locked[year], kept_of.get(year)
        problems += misread
        values, last = values_of[year], values_of[year - 1]
        earlier = {before: values_of[before] for before in wanted if before < year}
        typed = narrative.decimals(text, "小数") if text else {}
        values, last = (with_decimals(held, values, typed) for held in (values, last))
        known = {**earlier, year - 1: last, year: values} if is_sound else {}
        records, wordings, claimed = book.of_year(year), None, list[Problem]()
        if text:
            problems += captions.check(settings, year, known)
            problems += narrative_rules.check(text, settings)
            problems += deadlines.in_time(text, settings, today)
            problems += deadlines.not_to_come(text, today)
            claimed = claims.check(text, settings, known, records)
            claimed += untold.check(text, settings, known)
            if last_text := narratives.get(year - 1, (None, []))[0]:
                problems += copies.of_this_year(text, last_text, settings)
            wordings, unprintable = _printed(text, values, last, settings)
            problems += claimed
            problems += unprintable
        elif kept and not unreadable:
            problems.append(publication.without_a_report(kept))
        made = Year(year, tree, settings, records, values, last, text, lock, wordings, earlier)
        if (
            (kept or not lock)
            and text
            and wordings is not None
            and not has_errors(claimed)
            and not misread
        ):
            now = made.figures if lock else {}
            problems += publication.check(text, lock, now, settings, records)
        years.append(made)
    return years, problems


def _printed(
    text: Narrative, values: Values, last: Values, settings: Settings
) -> tuple[Mapping[str, list[str]] | None, list[Problem]]:
    """What is printed of each figure, or what either edition may not print of it."""
    rendered = [
        rendering.render(text, gate.values(values), gate.values(last))
        for gate in (Gate(edition, settings) for edition in Edition)
    ]
    if problems := [problem for each in rendered for problem in each.problems]:
        return None, problems
    return rendered[-1].wordings, []
