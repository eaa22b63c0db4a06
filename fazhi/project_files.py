"""Only some files of a project: what is wrong with each, taken by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from datetime import date, timedelta

from fazhi import rules
from fazhi.problems.problem import Problem
from fazhi.records import ledger, narrative
from fazhi.rules import deadlines, definitions
from fazhi.rules import evidence as evidence_rules
from fazhi.rules import narrative as typed
from fazhi.rules.duplicates import DAYS_NEAR
from fazhi.rules.site import HOME, home_text, personal_data, read_home
from fazhi.schema import township as settings
from fazhi.sources.tree import Tree


def check_files(tree: Tree, paths: Collection[str], today: date) -> tuple[list[Problem], int]:
    """What is wrong with some files, each taken by itself, and how many records they are.

    Of the other records only those are read that a rule holds a given one against: its neighbours
    in time, which may tell of the same event. No figure is computed, so a narrative is held only
    to the rules about what is typed.
    """
    configured, problems = settings.load(tree)
    book = ledger.load(tree, near(paths))
    problems += book.problems
    if configured is not None:
        problems += definitions.check(configured)
        problems += rules.check(book, configured, today)
        problems += evidence_rules.public_photos(book, configured, tree)
    for path in sorted(paths):
        if year := narrative.year_of(path):
            text, found = narrative.load(tree, year)
            problems += found
            if text and configured is not None:
                problems += typed.check(text, configured)
                problems += deadlines.in_time(text, configured, today)
    if HOME in paths:
        home, found = read_home(tree)
        problems += found
        if configured is not None:
            problems += home_text(home, configured, today)
    settings_files = {f"records/{name}" for name in ledger.SETTINGS_FILES}
    for path in sorted({*paths} - settings_files - {HOME}):
        if not (ledger.is_record(path) or narrative.year_of(path)):  # read, so searched already
            problems += personal_data(tree, path)
    # The settings' own problems stand in the way of all others.
    about = {*paths, *settings_files}
    found_here = sorted({problem for problem in problems if problem.path in about})
    return found_here, sum(ledger.is_record(path) for path in paths)


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
