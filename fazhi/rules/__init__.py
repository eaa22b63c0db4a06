"""Rules for everything that people write; run from here are those about records.

A check is a generator of problems, one function a rule, in the module named for what it looks at;
`@rule` puts it into that module's list. `today` is always a parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from fazhi.problems.problem import MOST_REPORTED, Problem
from fazhi.records.ledger import Ledger
from fazhi.rules import dates, duplicates, evidence, fields, text, words
from fazhi.schema.township import Settings


def check(ledger: Ledger, settings: Settings, today: date) -> Iterator[Problem]:
    """Every problem of every record of a ledger."""
    yield from alone(ledger, settings)
    yield from beside(ledger, settings, today)


def alone(ledger: Ledger, settings: Settings) -> Iterator[Problem]:
    """What is wrong with a record by itself, whatever the day; a sound record is skipped."""
    records = [record for record in ledger.records if record.path not in ledger.sound]
    rules = (*words.RULES, *fields.RULES, *dates.RULES, *evidence.RULES)
    for record in records:
        for rule in rules:
            yield from islice(rule(record, settings), MOST_REPORTED)
    yield from text.check_records(records, settings)


def beside(ledger: Ledger, settings: Settings, today: date) -> Iterator[Problem]:
    """What is wrong with a record on this day, or beside the other records."""
    for record in ledger.records:
        for rule in dates.ON_A_DAY:
            yield from rule(record, settings, today)
    for across_rule in (*duplicates.RULES, *evidence.ACROSS):
        yield from across_rule(ledger)
