"""What published numbers add up: rows over columns, each of which weighs some people or records."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from fazhi.figures.readers import amount_of
from fazhi.figures.value import Value
from fazhi.records.record import Record
from fazhi.schema.kinds import KINDS
from fazhi.schema.township import Settings

OTHER = "其他"
RECORDS = "records"
"""The universe of counts: every sensitive record is one column."""

Row = tuple[Hashable, Mapping[Hashable, int]]
"""What a published number adds up: in which universe, and how often each of its columns."""

Places = tuple[Hashable, Mapping[Hashable, tuple[str, ...]]]
"""Where the parts of a breakdown lie: in which universe, and in which parts each column counts."""


class Columns:
    """The columns that rows are made of, with the weight of each by its universe.

    A weight is a number of people, or of records where nothing says how many people they are.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.weights: dict[Hashable, dict[Hashable, int]] = {}

    def count(self, records: Iterable[Record]) -> Row:
        """How many sensitive records are among these."""
        sensitive = (record for record in records if record.is_sensitive(self.settings))
        return self._row(RECORDS, dict.fromkeys(sensitive, 1))

    def amounts(self, value: Value) -> Row:
        """What the sensitive records add to a sum; a record that adds nothing hides nothing."""
        name, kind = value.definition.field_name or "", value.definition.kind or ""
        amount = amount_of(KINDS[kind], name)
        found = {r: amount(r) or 0 for r in value.records if r.is_sensitive(self.settings)}
        return self._row(("sum", kind, name), found)

    def standing(self, value: Value) -> Row:
        """The head-count of one standing fact, as the sum of its parts where they are known."""
        (record,) = value.records
        parts: Mapping[Hashable, int] = {}
        if record.is_sensitive(self.settings):
            parts = getattr(record.fields, "parts", None) or {OTHER: int(value.number or 0)}
        return self._row(record, parts)

    def _row(self, universe: Hashable, weights: Mapping[Any, int]) -> Row:
        held = {column: weight for column, weight in weights.items() if weight}
        self.weights.setdefault(universe, {}).update(held)
        return universe, dict.fromkeys(held, 1)
