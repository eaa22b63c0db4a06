"""A count or a sum by month: each month's records are counted as the year's were."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from fazhi.figures.counts import COUNTS, Count
from fazhi.figures.measure import Counting
from fazhi.figures.selection import Index, day_of
from fazhi.figures.value import Value
from fazhi.records.record import Record
from fazhi.schema.kinds import KINDS, Total
from fazhi.schema.periods import last_of_month
from fazhi.schema.township import Settings
from fazhi.schema.words import day_in


def monthly(value: Value, settings: Settings, written: date) -> Sequence[Fraction | None]:
    """What a year's figure is in each of its months, None for one that was not over when the text was
    written, that is not counted to its end, or of which no total tells; nothing where records are
    of longer than a month."""
    definition, year = value.definition, value.year
    measure, kind = COUNTS[definition.spec.name], KINDS[definition.kind or ""]
    day, of_month = day_of(kind, definition.by_date), defaultdict[int, list[Record]](list)
    for record in value.records:
        fields, at = record.fields, day(record)
        assert at
        if isinstance(fields, Total) and fields.period.first.month != at.month:
            return ()  # how much of a quarter was in which month, nobody knows
        of_month[at.month].append(record)
    last, unknown = min(written, day_in(year, definition.limit)), kind.model is Total
    counting, found = Counting(Index(()), settings, year), list[Fraction | None]()
    for month in range(1, 13):
        within = replace(value, number=None, records=tuple(of_month[month]))
        is_told = last_of_month(year, month) <= last and (within.records or not unknown)
        assert isinstance(measure, Count)
        number = measure.counted(within, counting).number if within.records else Fraction(0)
        found.append(number if is_told else None)
    return found
