"""What the readiness of a year is computed from; apart, as a check makes it and computes nothing of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from fazhi.figures.value import Values
from fazhi.problems.problem import Problem
from fazhi.records.lock import Lock
from fazhi.records.narrative import Narrative
from fazhi.records.record import Record
from fazhi.schema.township import Settings


@dataclass(frozen=True)
class Basis:
    """What it is computed from: of all years the records, and of two years what is made of them.

    `values` are those of the year, `last` those of the one before it, both whole. `archive` is what
    was published; `was_sample`: that were samples, and the records are none any more.
    """

    year: int
    day: date
    settings: Settings
    records: Sequence[Record] = field(repr=False)
    values: Values = field(repr=False)
    last: Values = field(repr=False)
    narrative: Narrative | None
    last_narrative: Narrative | None
    problems: Sequence[Problem] = field(repr=False)
    archive: Lock | None = field(repr=False)
    was_sample: bool
