"""Only some files of a project, as an editor or a commit asks: what is wrong with each by itself."""

import re
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import date, timedelta
from pathlib import PurePosixPath

from fazhi import rules
from fazhi.problems.problem import Problem
from fazhi.records import ledger, narrative
from fazhi.rules import deadlines, definitions, evidence, site
from fazhi.rules import narrative as narrative_rules
from fazhi.rules.duplicates import DAYS_NEAR
from fazhi.rules.text import marks
from fazhi.schema import tasks, township
from fazhi.schema.kinds import Total
from fazhi.sources.tree import Tree


def check_files(tree: Tree, paths: Collection[str], today: date) -> tuple[list[Problem], int]:
    """What is wrong with some files, each taken by itself, and how many records they are.

    Of the other records only those are read that a given one is compared with: its neighbours in
    time. No figure is computed, so a narrative is only checked as it is typed.
    """
    settings, problems = township.load(tree)
    book = ledger.load(tree, near(paths))
    years = sorted({year for path in paths if (year := narrative.year_of(path))})
    narratives = [narrative.load(tree, year, settings) for year in years]
    home, found = site.read_home(tree) if site.HOME in paths else ("", [])
    problems += [*book.problems, *found]
    problems += [problem for _, found in narratives for problem in found]
    settings_files = {f"records/{name}" for name in ledger.SETTINGS_FILES}
    settings_files |= {f"records/{year}/{tasks.FILE}" for year in book.years}
    for path in sorted({*paths} - settings_files - {site.HOME}):
        if not (ledger.is_record(path) or narrative.year_of(path)):  # read, so searched already
            problems += site.personal_data(tree, path)
    if any(path.partition("/")[0] == "docs" for path in paths):
        problems += site.links(tree)
    if settings is not None:
        problems += [*definitions.check(settings), *marks.in_settings(settings)]
        problems += rules.check(book, settings, today)
        problems += evidence.public_photos(book, settings, tree)
        problems += site.home_text(home, settings, today)
        for text in (text for text, _ in narratives if text):
            problems += narrative_rules.check(text, settings)
            problems += deadlines.in_time(text, settings, today)
    # Faulty settings keep all else from being checked.
    about = {*paths, *settings_files}
    about |= {str(folder) for path in paths for folder in PurePosixPath(path).parents}
    found_here = sorted({problem for problem in problems if problem.path in about})
    return found_here, sum(ledger.is_record(path) for path in paths)


def near(paths: Collection[str]) -> Callable[[str], bool]:
    """Which record files are read when only some are checked: those, and what is near in time."""
    given = frozenset(paths)
    days: dict[str, set[str]] = {}
    for path in given:
        folder, _, name = path.rpartition("/")
        around = days.setdefault(folder, set())
        if folder.endswith(f"/{Total.folder}"):
            continue  # one is held against all the others: their periods may be those of months
        with suppress(ValueError, OverflowError):  # of a name without a date, or one at their end
            first = date.fromisoformat(name[:10]) - DAYS_NEAR
            around.update(str(first + timedelta(n)) for n in range(2 * DAYS_NEAR.days + 1))

    def wanted(path: str) -> bool:
        folder, _, name = path.rpartition("/")
        if path in given or folder not in days:
            return path in given
        # A record whose name has no date may be of the same day.
        return not (days[folder] and _DATED.match(name)) or name[:10] in days[folder]

    return wanted


_DATED = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
