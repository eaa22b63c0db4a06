"""A project folder, the whole way: settings, records, rules, figures and narratives.

This is what check, build and stage all start from, so that everything is checked before anything
is written.
"""

from __future__ import annotations

import contextlib
import gc
import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from fazhi import (
    attachments,
    deadlines,
    definitions,
    disclosure,
    faults,
    figures,
    folders,
    ledger,
    narrative,
    publication,
    rules,
    settings,
    typed,
)
from fazhi.editions import Edition, Gate
from fazhi.figures import Value, Values
from fazhi.ledger import Record
from fazhi.memory import Memory
from fazhi.narrative import Narrative
from fazhi.problems import Problem, Severity, has_errors
from fazhi.publication import Figure, Lock
from fazhi.rules import photos
from fazhi.rules import text as text_rules
from fazhi.rules.duplicates import DAYS_NEAR
from fazhi.rules.passage import Passage, Role
from fazhi.settings import Settings
from fazhi.source import apart, read_text, unbearable_prose


@dataclass(frozen=True)
class Year:
    """A year: its records, settings, values with last year's beside them, and its narrative.

    `folder` is where its records lie, and in `files` the photos that are shown; `lock` is what was
    published of it, None before.
    """

    year: int
    folder: Path
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

    root: Path
    settings: Settings | None
    years: list[Year]
    home: str
    problems: list[Problem]
    files: int


def load(
    root: Path, today: date, *, has_evidence: bool = True, memory: Memory | None = None
) -> Project:
    """Read and check a project. `years` is empty when the settings could not be read.

    `has_evidence` is False of a copy in which evidence is there by name only. With a memory, what
    is as it was is not read anew; the result is the same.
    """
    with _undisturbed():
        return _load(root, today, has_evidence, memory)


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


def _load(root: Path, today: date, has_evidence: bool, memory: Memory | None) -> Project:
    configured, problems = settings.load(root)
    if memory and configured:
        memory.begin(configured.digest)
    book = ledger.load(root, memory=memory if configured else None)
    problems += _unread(root, book, has_evidence)
    home, found = _home(root)
    problems += [*found, *_links(root)]
    if configured is None:
        problems += [*book.problems, *_of_narratives(root)]
        return Project(root, None, [], home, sorted(set(problems)), book.files)
    definition_problems = list(definitions.check(configured))
    problems += definition_problems
    record_problems = [*book.problems, *rules.alone(book, configured)]
    if memory:
        memory.keep(_sound(book, record_problems))
    record_problems += rules.beside(book, configured, today)
    problems += record_problems
    if has_evidence:
        problems += photos.check(book, configured, root)
    problems += _home_text(home, configured, today)
    years: list[Year] = []
    if definition_problems:
        problems += _of_narratives(root)
    else:
        years, found = _years(root, book, configured, today)
        # While a record is wrong, so are the values: what they say would only follow on.
        held_back = _ABOUT_VALUES if has_errors(record_problems) else set()
        problems += [problem for problem in found if problem.rule not in held_back]
    return Project(root, configured, years, home, sorted(set(problems)), book.files)


def _sound(book: ledger.Ledger, found: Iterable[Problem]) -> Iterator[tuple[bytes, Record]]:
    """The records that were read, and of which nothing was found, with their keys."""
    faulty = {problem.path for problem in found}
    for record in book.records:
        if record.path in book.unknown and record.path not in faulty:
            yield book.unknown[record.path], record


def _of_narratives(root: Path) -> Iterator[Problem]:
    """What reading the narratives by themselves tells, personal data above all."""
    for year in narrative.years(root):
        yield from narrative.load(root, year)[1]


def _links(root: Path) -> Iterator[Problem]:
    """FZ114 and FZ120 of what a site is made of beside the records: a link may bring in what lies
    elsewhere, and a generator does not come back from folders without end.
    """
    for top in ("docs", "overrides"):
        if (root / top).is_symlink():
            yield ledger.link(top)
        for path in folders.below(root / top):
            name = path.relative_to(root).as_posix()
            if path.is_symlink():
                yield ledger.link(name)
            elif folders.is_too_deep(path, root / top) and path.is_dir():
                yield Problem(name, 1, 1, *faults.folder_too_deep())


def _unread(root: Path, book: ledger.Ledger, has_evidence: bool) -> Iterator[Problem]:
    """Personal data in what else goes into the site, or lies beside the records."""
    for year, names in book.attachments.items() if has_evidence else ():
        for name in sorted(names):
            path = f"records/{year}/files/{name}"
            yield from attachments.problems(root / path, path)
    yield from _personal_data(root, SITE)
    for file in folders.below(root / "docs" / "assets"):
        if file.is_file() and not file.is_symlink():
            yield from _personal_data(root, file.relative_to(root).as_posix())


_ABOUT_VALUES = {"FZ621", "FZ622", "FZ704", "FZ727", "FZ729"}


def _years(
    root: Path, book: ledger.Ledger, configured: Settings, today: date
) -> tuple[list[Year], list[Problem]]:
    problems: list[Problem] = []
    told = sorted({*book.years, *narrative.years(root)})
    needed = sorted({*told, *(year - 1 for year in told)})
    computed: dict[int, Values] = {}
    for year, (held, found) in figures.computed(book.records, configured, needed).items():
        computed[year] = held
        problems += found
    values_of = disclosure.decided(computed, configured)

    years = []
    problems += narrative.misplaced(root)
    for year in told:
        text, found = narrative.load(root, year)
        problems += found
        lock, misread = publication.load(root, year)
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
        folder = root / "records" / str(year)
        own = book.of_year(year)
        years.append(Year(year, folder, configured, own, values, last, text, lock, now))
    return years, problems


def _published_now(
    text: Narrative, values: Values, last: Values, configured: Settings
) -> tuple[Mapping[str, Figure], list[Problem]]:
    """What would be published of each figure, and what either edition may not print of it."""
    from fazhi import report  # noqa: PLC0415 - its library takes 20 ms to load, and records need none

    rendered = [
        report.render(text, gate.values(values), gate.values(last), _as_words)
        for gate in (Gate(Edition.PUBLIC, configured), Gate(Edition.INTERNAL, configured))
    ]
    problems = [problem for each in rendered for problem in each.problems]
    if problems:
        return {}, problems
    return publication.figures(rendered[-1].wordings, values, last, configured), []


def _as_words(_: Value, words: str) -> str:
    return words


def check_files(root: Path, paths: Collection[str], today: date) -> tuple[list[Problem], int]:
    """What is wrong with some files, each taken by itself, and how many records they are.

    Of the other records only those are read that a rule holds a given one against: its neighbours
    in time, which may tell of the same event. No figure is computed, so a narrative is held only
    to the rules about what is typed.
    """
    configured, problems = settings.load(root)
    book = ledger.load(root, near(paths))
    problems += book.problems
    if configured is not None:
        problems += definitions.check(configured)
        problems += rules.check(book, configured, today)
        problems += photos.check(book, configured, root)
    for path in sorted(paths):
        match = _NARRATIVE.fullmatch(path)
        if match:
            text, found = narrative.load(root, int(match[1]))
            problems += found
            if text and configured is not None:
                problems += typed.check(text, configured)
                problems += deadlines.in_time(text, configured, today)
    if HOME in paths:
        home, found = _home(root)
        problems += found
        if configured is not None:
            problems += _home_text(home, configured, today)
    settings_files = {f"records/{name}" for name in ledger.SETTINGS_FILES}
    for path in sorted({*paths} - settings_files - {HOME}):
        if not (ledger.is_record(path) or _NARRATIVE.fullmatch(path)):  # read, so searched already
            problems += _personal_data(root, path)
    # The settings' own problems stand in the way of all others.
    about = {*paths, *settings_files}
    found_here = sorted({problem for problem in problems if problem.path in about})
    return found_here, sum(ledger.is_record(path) for path in paths)


_NARRATIVE = re.compile(r"docs/report/([12]\d{3})\.md", re.ASCII)


def _personal_data(root: Path, path: str) -> Iterator[Problem]:
    """FZ501 in what is no record, settings file or narrative: other pages, evidence, their names."""
    if not path.startswith(("docs/guide/", "docs/rules/")):  # whose examples are made up
        for name in path.split("/"):
            yield from ledger.personal_name(path, name)
        file = root / path
        if file.is_file() and not file.is_symlink():
            leaves = path.startswith("docs/assets/")
            severity = Severity.ERROR if leaves else Severity.WARNING
            yield from attachments.problems(file, path, severity)


def near(paths: Collection[str]) -> Callable[[str], bool]:
    """Which record files are read when only some are checked: those, and what is near in time."""
    given = frozenset(paths)
    days: dict[str, set[str]] = {}
    for path in given:
        folder, _, name = path.rpartition("/")
        days.setdefault(folder, set()).update(_days_around(name))

    def wanted(path: str) -> bool:
        folder, _, name = path.rpartition("/")
        if path in given or folder not in days:
            return path in given
        # A name without a date tells nothing: what it holds may be of the same day.
        return not (days[folder] and _DATED.match(name)) or name[:10] in days[folder]

    return wanted


_DATED = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _days_around(name: str) -> Iterator[str]:
    try:
        middle = date.fromisoformat(name[:10])
    except ValueError:
        return
    for days in range(-DAYS_NEAR.days, DAYS_NEAR.days + 1):
        yield (middle + timedelta(days=days)).isoformat()


SITE = "mkdocs.yml"
"""Where the site's name and description are written."""
HOME = "docs/index.md"
"""The home page's file."""


def _home(root: Path) -> tuple[str, list[Problem]]:
    """The township's own words on the home page; none is no fault."""
    if not os.path.lexists(root / HOME):
        return "", []
    text, problems = read_text(root / HOME, HOME)
    problems += apart(HOME, text or "", text or "")
    unbearable = unbearable_prose(HOME, text or "")
    return ("", [*problems, unbearable]) if unbearable else (text or "", problems)


def _home_text(home: str, configured: Settings, today: date) -> Iterator[Problem]:
    """What the text rules say of the home page, which is of no year but today's."""
    yield from text_rules.check([Passage(HOME, home, today.year, Role.PAGE)], configured)
