"""The tasks of a year with the records that name them, and what last year's report said would be."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from fazhi.records.headings import items
from fazhi.records.narrative import Narrative
from fazhi.records.record import Record
from fazhi.schema.tasks import Task
from fazhi.schema.township import Settings


@dataclass(frozen=True)
class Done:
    """A task, and the records that name it, oldest first."""

    task: Task
    records: tuple[Record, ...] = field(repr=False)

    def is_missed(self, today: date) -> bool:
        """Whether its day is past, and no record names it."""
        return not self.records and self.task.due is not None and self.task.due < today


def of(records: Iterable[Record], year: int, settings: Settings, today: date) -> list[Done]:
    """The tasks of a year: first those without a record, by their 期限; then as they are listed."""
    naming: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        for number in record.fields.tasks:
            naming[number].append(record)
    listed = settings.tasks[year].listed if year in settings.tasks else ()
    found = [
        Done(task, tuple(sorted(naming[task.number], key=lambda r: r.fields.day)))
        for task in listed
    ]
    return sorted(found, key=lambda one: (bool(one.records), one.task.due or date.max))


@dataclass(frozen=True)
class Said:
    """An item of last year's 安排 or 不足, and the tasks of this year that answer it."""

    block: str
    place: int
    text: str
    answers: tuple[Task, ...]


def said(last: Narrative | None, tasks: Sequence[Done]) -> list[Said]:
    """What last year's report said would be done, and is wanting, each with its answers."""
    answers: dict[tuple[str, int], list[Task]] = defaultdict(list)
    for one in tasks:
        for answered in one.task.answers:
            answers[answered].append(one.task)
    return [
        Said(block, place, text, tuple(answers[block, place]))
        for block in ("安排", "不足")
        for place, text in enumerate(items(last, block) if last else (), 1)
    ]
