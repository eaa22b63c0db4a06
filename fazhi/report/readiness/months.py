"""What was recorded in each month of a year, and which 普法节点 were kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from fazhi.records.record import Record
from fazhi.schema.kinds import Activity, Standing
from fazhi.schema.township import Settings
from fazhi.schema.words import PublicityDay, day_in


@dataclass(frozen=True)
class Months:
    """How many records each 板块 in use has in each month of a year, up to the last that has begun.

    Standing facts are left out: they hold at a date, and nothing happened in its month.
    """

    sections: tuple[str, ...]
    counts: Mapping[tuple[int, str], int]
    begun: int  # how many months have begun
    over: int  # how many are over

    def total(self, month: int) -> int:
        return sum(self.counts.get((month, section), 0) for section in self.sections)

    @property
    def silent(self) -> list[int]:
        """The months that are over and of which nothing is recorded."""
        return [month for month in range(1, self.over + 1) if not self.total(month)]


def of(records: Sequence[Record], year: int, settings: Settings, today: date) -> Months:
    """The months of a year, of which these are the records."""
    used = {record.section(settings) for record in records}
    used |= {d.section for _, d in settings.definitions_in(year).values() if d.printed}
    known = (section.name for section in settings.vocabulary.sections_in(year))
    sections = tuple(name for name in known if name in used)
    counts = Counter(
        (record.fields.day.month, record.section(settings))
        for record in records
        if not isinstance(record.fields, Standing)
    )
    is_past = today.year > year
    begun = 12 if is_past else today.month if today.year == year else 0
    return Months(sections, counts, begun, begun if is_past else max(begun - 1, 0))


@dataclass(frozen=True)
class Kept:
    """A 普法节点, the days around it, and the activities that were recorded for it."""

    node: PublicityDay
    opens: date
    closes: date
    records: tuple[Record, ...] = field(repr=False)

    def is_missed(self, today: date) -> bool:
        """Whether its days are over, and nothing is recorded."""
        return not self.records and self.closes < today


def nodes(records: Sequence[Record], year: int, settings: Settings) -> list[Kept]:
    """The 普法节点 of a year in the order of the year."""
    kept = []
    for node in (node for node in settings.vocabulary.publicity_days if node.holds_in(year)):
        opens, closes, name = day_in(year, node.opens), day_in(year, node.closes), node.name
        held = (r for r in records if isinstance(r.fields, Activity) and r.fields.node == name)
        kept.append(Kept(node, opens, closes, tuple(held)))
    return sorted(kept, key=lambda one: one.opens)
