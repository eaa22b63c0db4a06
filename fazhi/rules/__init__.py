"""What one record, or all of them together, must satisfy.

A check is a generator of problems, one function a rule; its docstring states the rule. `today` is
always a parameter.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from fazhi.problems.problem import MOST_TOLD, Problem
from fazhi.records.ledger import Ledger
from fazhi.rules import evidence, fields, words
from fazhi.rules.text import words as text
from fazhi.schema.township import Settings


def check(ledger: Ledger, settings: Settings, today: date) -> Iterator[Problem]:
    """Every problem of every record of a ledger."""
    yield from alone(ledger, settings)
    yield from beside(ledger, settings, today)


def alone(ledger: Ledger, settings: Settings) -> Iterator[Problem]:
    """What is wrong with a record by itself, whatever the day; nothing is, with a sound one."""
    records = [record for record in ledger.records if record.path not in ledger.sound]
    for record in records:
        for rule in words.RULES:
            yield from islice(rule(record, settings), MOST_TOLD)
        for field_rule in fields.RULES:
            yield from islice(field_rule(record), MOST_TOLD)
        yield from fields.outcome_fits_dates(record, settings)
        yield from fields.near_its_node(record, settings)
    yield from text.check_records(records, settings)


def beside(ledger: Ledger, settings: Settings, today: date) -> Iterator[Problem]:
    """What is wrong with a record on this day, or beside the other records."""
    for record in ledger.records:
        yield from fields.overdue(record, settings, today)
        yield from fields.in_the_future(record, today)
    for across_rule in evidence.RULES:
        yield from across_rule(ledger)
