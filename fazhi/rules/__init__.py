"""Checks of everything that people write; run from here are those of records.

A check is a generator of problems, one function a rule, in the module named for what it looks at;
`@finds` puts it into that module's list. `today` is always a parameter.
"""

from collections.abc import Iterator
from datetime import date

from fazhi.problems.problem import Problem
from fazhi.records.ledger import Ledger
from fazhi.rules import copies, dates, duplicates, evidence, fields, text, words
from fazhi.rules.text.passage import of_record
from fazhi.schema.township import Settings


def check(ledger: Ledger, settings: Settings, today: date) -> Iterator[Problem]:
    """Every problem of every record of a ledger."""
    yield from each_record(ledger, settings)
    yield from all_records(ledger, settings, today)


def each_record(ledger: Ledger, settings: Settings) -> Iterator[Problem]:
    """What is wrong with a record by itself, whatever the day; a sound record is skipped."""
    records = [record for record in ledger.records if record.path not in ledger.sound]
    for record in records:
        for checks in (words.RULES, fields.RULES, dates.RULES, evidence.RULES):
            yield from checks(record, settings)
        yield from fields.of_its_file(record)
    yield from text.check(map(of_record, records), settings)


def all_records(ledger: Ledger, settings: Settings, today: date) -> Iterator[Problem]:
    """What is wrong with a record on this day, or beside the other records."""
    for record in ledger.records:
        yield from dates.ON_A_DAY(record, settings, today)
    for across_rule in (*duplicates.RULES, *dates.IN_ALL):
        yield from across_rule(ledger)
    yield from evidence.evidence_exists(ledger)
    yield from copies.own_account(ledger, settings)
