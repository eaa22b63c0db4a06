"""Rules against copied text: records that differ only in days, places and people.

What a township answers with 沿用 stays answered. Nothing is compared pair by pair: what is alike has
the same key (see docs/guide/decisions/0030-copies.md).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from fazhi.personal import masked
from fazhi.problems.problem import WARNING, Problem
from fazhi.problems.rulebook import rule
from fazhi.records.ledger import Ledger
from fazhi.records.record import Record
from fazhi.schema.kinds import Case, Standing
from fazhi.schema.township import Settings


@rule(WARNING)
def own_account(ledger: Ledger, settings: Settings) -> Iterator[Problem]:
    """FZ822: 一条记录写自己的经过，正文不照抄同一年的别的记录。

    只换了日期、地点、人的谈话、走访、调解记录，查下来就是没有做过。正文里的数字、村名、固定说法不算，改了一两处的也算一样；短的、现状的本来就相像，不比。
    改法：写这一次自己的经过；确实一样的，在这一条的开头加一项“沿用”，写明理由。
    """
    years = defaultdict(list)
    for record in ledger.records:
        if not isinstance(record.fields, Standing):
            years[record.year].append(record)
    for records in years.values():
        for earlier, later in _alike(records, settings):
            if not later.fields.reused and _named(earlier) != _named(later):
                message = f"正文和 {masked(earlier.path)} 几乎一样"
                hint = "写这一次自己的经过；确实一样的，开头加一项“沿用: 理由”"
                line, column = later.source.body_at(0)
                yield Problem(later.path, line, column, *own_account.fault(message, hint))


def _named(record: Record) -> tuple[object, ...]:
    """Of two records that share this, FZ411 says that they are one."""
    fields = record.fields
    return record.kind, fields.day, fields.category, fields.title


EXACT = 40  # of a shorter body it says nothing that another one has all the same words
NEARLY, NEARLY_A_CASE = (
    50,
    120,
)  # where some differ, so many are the same; notes of cases are alike by nature
SHARE = 0.75  # and so much of either body
"""Characters that count: without numbers, places, and clauses of a few characters."""


def _alike(records: Sequence[Record], settings: Settings) -> Iterator[tuple[Record, Record]]:
    """Pairs (earlier, later) whose bodies have the same clauses, but for the rarest few of either."""
    bodies = _clauses([record.source.body for record in records], settings)
    count: Counter[str] = Counter()
    for clauses in bodies:
        count.update(clauses)
    first: dict[int, Record] = {}
    for record, clauses in zip(records, bodies, strict=True):
        same = len("".join(clauses))
        if same < EXACT:
            continue
        key = sum(map(hash, clauses))  # of the same clauses in any order, it is the same
        found = first.setdefault(key, record)
        nearly = NEARLY_A_CASE if isinstance(record.fields, Case) else NEARLY
        least = max(nearly, SHARE * same)
        if same >= least:
            # What was changed in one copy is rarer than what all the copies have.
            for clause in sorted(clauses, key=count.__getitem__):
                same -= len(clause)
                if same < least:
                    break
                key -= hash(clause)
                earlier = first.setdefault(key, record)
                if found is record:
                    found = earlier
        if found is not record:
            yield found, record


def _clauses(texts: Sequence[str], settings: Settings) -> list[list[str]]:
    """The clauses of each text without what may differ: they end at numbers, names and places, too.

    The texts are put into one, since a replacement costs more to begin than to go on.
    """
    text = "\0".join(texts)
    for blank in (*_ENDS, *_places(settings)):
        text = text.replace(blank, "，")
    return [[c for c in one.split("，") if len(c) > 4] for one in text.split("\0")]


_ENDS = "。；、\n某0123456789"  # 张某 and 李某 leave 张 and 李, which are too short to count


def _places(settings: Settings) -> list[str]:
    """The names of places, the longest first."""
    town = settings.township
    found = {*town.villages, *town.neighbours, town.name, town.short_name}
    return sorted(found, key=lambda name: (-len(name), name))
