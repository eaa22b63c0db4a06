"""What a 统计 is, and what it counts from: the records and the other figures of a year."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fazhi.figures.conditions import in_order, in_words, predicate
from fazhi.figures.index import Index
from fazhi.figures.published import Columns, Places, Row
from fazhi.figures.value import Value, Values
from fazhi.problems.problem import Problem
from fazhi.records.record import Record
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import KINDS, Kind
from fazhi.schema.township import Settings

Definitions = Mapping[str, Definition]
"""The definitions of a year by name."""


@dataclass
class Counting:
    """What the figures of a year are counted from: the records, and the values counted so far.

    What is wrong with a figure is added to `problems`.
    """

    index: Index
    settings: Settings
    year: int
    values: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def records(self, definition: Definition) -> tuple[Record, ...]:
        """The records of a figure: those that fall in the year and meet its conditions."""
        kind, conditions = KINDS[definition.kind or ""], definition.conditions or {}
        holds = predicate(kind, conditions, self.settings)
        categories = conditions.get("类别")
        falling = self.index.falling(kind, definition.by_date, self.year, categories)
        return tuple(filter(holds, falling))

    def is_recorded(self, definition: Definition) -> bool:
        """Whether any record of its kind lies in the year's folder: if none does, nothing is known."""
        return self.index.has_any(definition.kind or "", self.year)

    def is_sensitive(self, definition: Definition, records: Iterable[Record]) -> bool:
        """Whether a figure counts people who must not be recognised."""
        kind, conditions = KINDS[definition.kind or ""], definition.conditions or {}
        may_be = records if kind.name in self.settings.vocabulary.sensitive_kinds else ()
        return any(
            record.is_sensitive(self.settings) for record in may_be
        ) or _is_about_the_sensitive(kind, conditions, self.settings, self.year)


def _is_about_the_sensitive(
    kind: Kind, conditions: Mapping[str, Any], settings: Settings, year: int
) -> bool:
    """Whether a figure can count none but sensitive records: then its 0 says something of people, too."""
    wanted = conditions.get("类别")
    if wanted in (None, "有", "无"):
        return False
    words = wanted if isinstance(wanted, list) else [wanted]
    found = (settings.vocabulary.category(kind.name, str(word), year) for word in words)
    return all(category is not None and category.sensitive for category in found)


class Measure(ABC):
    """A 统计."""

    is_of_figures = False
    """Whether it is made of other figures, which must be counted before it."""
    counts_records = True
    """Whether its number is a number of records, or made of one a record."""

    @abstractmethod
    def value(self, definition: Definition, counting: Counting) -> Value:
        """How much a figure is."""

    @abstractmethod
    def how(self, definition: Definition) -> str:
        """What is done with the records that are counted, in words."""

    def explain(self, definition: Definition) -> str:
        """How a figure is counted: from which records, by which date, on what conditions."""
        by = definition.by_date or KINDS[definition.kind or ""].model.leading
        which = in_words(definition.conditions or {})
        text = f"“{by}”在本年的“{definition.kind}”记录" + (f"，{which}" if which else "")
        return f"{text}；{self.how(definition)}"

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        """What must be alike for two figures to count the same; what is empty says nothing."""
        kind = KINDS[definition.kind or ""]
        return {
            "统计": definition.measure,
            "记录": kind.name,
            "单位": definition.unit,
            "条件": in_order(definition.conditions or {}),
            "字段": definition.field_name,
            "按": definition.by,
            "按日期": definition.by_date or kind.model.leading,
        }

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        """What its number adds up of sensitive records; the first row is the number's own."""
        return [columns.count(value.records)]

    def columns_of_parts(self, value: Value, columns: Columns) -> Places:
        """The universe of its parts, and the parts that each column is in."""
        raise NotImplementedError
