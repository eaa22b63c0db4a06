"""What the checker would report of a record, if it lay in the project: nothing is written for it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from fazhi import project_files, rules
from fazhi.figures import yearly
from fazhi.problems.problem import Problem
from fazhi.records import ledger
from fazhi.records.ledger import Ledger
from fazhi.records.record import Record
from fazhi.rules import definitions
from fazhi.schema.kinds import FOLDERS
from fazhi.schema.township import Settings
from fazhi.sources import faults
from fazhi.sources.tree import Tree


class Desk:
    """The records of a project as one is held against them; each is read once."""

    def __init__(self, tree: Tree, settings: Settings, today: date) -> None:
        self._tree = tree
        self._settings = settings
        self._today = today
        self._near: dict[tuple[str, ...], tuple[Ledger, list[Problem]]] = {}

    def problems(self, data: bytes, path: str, *, alone: bool = False) -> list[Problem]:
        """What would be wrong if the file of this path had these bytes, new or instead of its own.

        Of other records only what is not wrong with them already. `alone`: beside none of them.
        """
        if not ledger.is_record(path):
            return [Problem(path, 1, 1, *faults.misplaced("没有这一年的文件夹", "核对年份"))]
        _, year, folder, name = path.split("/")
        record, problems = ledger.as_record(data, path, int(year), FOLDERS[folder])
        days = {name[:10], str(record.fields.day)} if record else {name[:10]}
        others, known = self._others(path, days)
        # It comes last, so that it is the one that is said to be like another.
        records = [*(() if alone else others.records), *([record] if record else ())]
        book = Ledger(records, filled=others.filled, attachments=others.attachments)
        found = rules.check(book, self._settings, self._today)
        return sorted({*problems, *(problem for problem in found if problem not in known)})

    def _others(self, path: str, days: Iterable[str]) -> tuple[Ledger, list[Problem]]:
        """The records that may be of the same event, and what is wrong with them already."""
        folder = path.rpartition("/")[0]
        near = (path, *(f"{folder}/{day}.md" for day in sorted(days)))
        key = near if self._tree.is_file(path) else near[1:]
        if key not in self._near:
            book = ledger.load(self._tree, project_files.near(key))
            book.records = [record for record in book.records if record.path != path]
            self._near[key] = book, list(rules.check(book, self._settings, self._today))
        return self._near[key]


def among(
    book: Ledger, others: Iterable[Record], new: Sequence[Record], settings: Settings, today: date
) -> Iterator[Problem]:
    """What would be wrong with all records, figures too, were the new ones among the others."""
    would_be = [*others, *new]
    yield from rules.check(Ledger(would_be, attachments=book.attachments), settings, today)
    if not any(definitions.check(settings)):
        for year in sorted({record.year for record in new}):
            yield from yearly.computed(would_be, settings, [year])[year][1]
