"""What a 统计 is: what it counts from, and what its number gives away of sensitive records."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import ClassVar

from fazhi.figures import faults
from fazhi.figures.linear import cells
from fazhi.figures.selection import Index, amount_of, day_of, grouping, in_order, predicate
from fazhi.figures.value import OTHER, Value, Values
from fazhi.problems.problem import Fault, Problem
from fazhi.records.record import Record
from fazhi.schema.definition import OF_LAST, Definition, named
from fazhi.schema.kinds import KINDS, Total
from fazhi.schema.township import Settings
from fazhi.schema.words import day_in

Definitions = Mapping[str, Definition]  # the definitions of a year by name


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
    count: Callable[[str], Value | None] = lambda _: None  # a figure that is not counted yet
    last: Callable[[str], Value | None] = lambda _: None  # last year's, where it counts the same
    of: "Callable[[int], Counting]" = field(init=False)  # what another year's are counted from

    def value_of(self, name: str) -> Value | None:
        """A figure, or a part of one (甲.分项) with its records, or last year's (甲.上年); None of none."""
        if name.endswith(OF_LAST):
            return self.last(name.removesuffix(OF_LAST))
        whole, _, part = name.partition(".")
        value = self.values.get(whole) or self.count(whole)
        return part_in(value, part, self.settings) if value and part else value

    def problem(self, definition: Definition, key: str, fault: Fault) -> None:
        """Note a fault of a definition, at one of its keys."""
        if held := self.settings.definitions_in(self.year).get(definition.name):
            self.problems.append(self.settings.figures_source.problem([held[0], key], fault))

    def records(self, definition: Definition) -> tuple[Record, ...]:
        """The records of a figure: those that fall in the year and met its conditions when it ended, or
        on the day up to which it counts."""
        kind, conditions = KINDS[definition.kind or ""], definition.conditions or {}
        falling = self.index.falling(kind, definition.by_date, self.year, conditions.get("类别"))
        if definition.as_of:
            day, limit = day_of(kind, definition.by_date), day_in(self.year, definition.as_of)
            if kind.model is Total:
                self._cut(definition, falling, limit)
            falling = [
                self.index.as_of(record, limit)
                for record in falling
                if (at := day(record)) and at <= limit
            ]
        return tuple(filter(predicate(kind, conditions, self.settings), falling))

    def _cut(self, definition: Definition, falling: Iterable[Record], limit: date) -> None:
        """Report the totals of a period that the day is in: how much was until then, nobody knows."""
        meets = predicate(KINDS["汇总"], definition.conditions or {}, self.settings)
        for record in filter(meets, falling):
            total = record.fields
            if isinstance(total, Total) and total.period.first <= limit < total.period.last:
                message = f"“{definition.name}”数到 {limit}，这条汇总的期间跨过了这一天"
                fault = faults.across_the_day(message, "以那一天为界分成两条，或者改指标的“截至”")
                self.problems.append(record.problem(["期间"], fault))

    def is_sensitive(self, definition: Definition, records: Iterable[Record]) -> bool:
        """Whether a figure counts people who must not be recognised.

        One that can count no others does so even if it is 0: that, too, says something of people.
        """
        kind, vocabulary = definition.kind or "", self.settings.vocabulary
        may_be = records if kind in vocabulary.sensitive_kinds else ()
        if any(record.is_sensitive(self.settings) for record in may_be):
            return True
        words = named((definition.conditions or {}).get("类别"))
        if words is None:
            return False
        found = (vocabulary.category(kind, word, self.year) for word in words)
        return all(category is not None and category.sensitive for category in found)


def part_in(value: Value, part: str, settings: Settings) -> Value | None:
    """A part of a breakdown with the records that are in it; of a sensitive one that of nobody, too."""
    made = replace(value, sensitive=value.sensitive and part == OTHER).part(part)
    made = made and replace(made, sensitive=value.sensitive)
    if made and value.parts_of and value.definition.by and value.definition.measure == "分类":
        parts_of = grouping(value.parts_of, settings)
        made = replace(made, records=tuple(r for r in value.records if part in parts_of(r)))
    return made


Row = tuple[str, Mapping[str, int]]
"""What a published number adds up: in which universe, and how often each of its columns."""
Places = tuple[str, Mapping[str, tuple[str, ...]]]
"""The parts of a breakdown: in which universe, and in which parts each column counts."""
STANDING = "现状"  # begins the names of the universes of standing facts
KNOWN = "公开"  # of those of what everybody knows


class Columns:
    """The columns that rows are made of, with the weight of each by its universe.

    A weight is a number of people, or of records where nothing says how many people they are.
    Universes and columns are named as locks keep them: a record is the same one as long as its
    path is, an amount or a part as long as it is as great. What a standing fact tells is of one
    universe whichever file tells it; `standings` are these, by the file.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings, self.limit = settings, settings.township.small_cell
        self.weights: dict[str, dict[str, int]] = defaultdict(dict)
        self.standings: dict[str, str] = {}
        self._limits = sorted(d.limit for d in settings.definitions if d.kind == STANDING)

    def count(self, records: Iterable[Record]) -> Row:
        """How many sensitive records are among these: each is a column of the universe of counts."""
        return self._row("records", {r.path: 1 for r in self.sensitive(records)})

    def sensitive(self, records: Iterable[Record]) -> Iterator[Record]:
        """Those of which nobody may know which they are."""
        return (record for record in records if record.is_sensitive(self.settings))

    def amounts(self, value: Value) -> Row:
        """What the sensitive records add to a sum; a record that adds nothing hides nothing."""
        own, kind = value.definition.field_name or "", value.definition.kind or ""
        amount = amount_of(KINDS[kind], own)
        held = {r.path: int(amount(r) or 0) for r in self.sensitive(value.records)}
        name = {"参考": "参加人次"}.get(own, own)  # as `amount_of` takes one for the other
        return self._row(f"{kind} {name}", {f"{path} {n}": n for path, n in held.items()})

    def standing(self, value: Value) -> Row:
        """The head-count of one standing fact, as the sum of its parts where they are known."""
        (record,) = value.records
        parts = _parts(value) if record.is_sensitive(self.settings) else {}
        # The day up to which one that counts it may count: another that does tells of the same fact.
        limit = next(day for day in self._limits if day >= f"{record.fields.day:%m-%d}")
        universe = f"{STANDING} {value.year} {record.fields.category} {limit}"
        self.standings[record.path] = universe
        return self._row(universe, {f"{part} {n}": n for part, n in parts.items()})

    def known(self, value: Value, rest: int) -> Row:
        """What everybody knows of a figure: the parts of a fact, of others so many records or people."""
        is_fact = value.definition.spec.name in ("最新值", "分类")
        parts = _parts(value) if is_fact else {OTHER: max(rest, 0)}
        universe = f"{KNOWN} {value.year} {value.name}"
        return self._row(universe, {f"{part} {n}": n for part, n in parts.items()})

    def small(
        self, universe: str, known: Iterable[str], rows: Iterable[Mapping[str, int]]
    ) -> Iterator[Row]:
        """The columns that all of these sums take alike, where they are a small group."""
        for cell in cells(sorted(known), rows):
            if 0 < sum(self.weights[universe][column] for column in cell) < self.limit:
                yield universe, dict.fromkeys(cell, 1)

    def size(self, rows: Iterable[Row]) -> int:
        """How much a sum over several universes is."""
        return sum(self.weights[u][column] * n for u, row in rows for column, n in row.items())

    def _row(self, universe: str, weights: Mapping[str, int]) -> Row:
        held = {column: weight for column, weight in weights.items() if weight}
        self.weights[universe].update(held)
        return universe, dict.fromkeys(held, 1)


def _parts(value: Value) -> Mapping[str, int]:
    """The head-count of a standing fact, by its parts where they are known, or that of one of them."""
    (record,) = value.records
    whole, name = int(value.base) if value.number else 0, value.part_name
    parts = getattr(record.fields, "parts", None) or {OTHER: whole}
    return {name: parts[name]} if name in parts else parts


class Measure(ABC):
    """A 统计."""

    audited: ClassVar[bool] = True  # whether `rows` can say what a number of its kind gives away
    counts_records: ClassVar[bool] = (
        True  # its number is a number of records, or made of one a record
    )

    @abstractmethod
    def value(self, definition: Definition, counting: Counting) -> Value:
        """How much a figure is."""

    @abstractmethod
    def how(self, definition: Definition) -> str:
        """How a figure is counted, as a citizen may read it: which records, and what is done with them."""

    def is_audited(self, value: Value) -> bool:
        """Whether `rows` say all that a number of sensitive records gives away; else none is shown."""
        return self.audited

    def lengths(self, value: Value) -> frozenset[str]:
        """How long the periods are of which it takes one: it is comparable with that of others alike."""
        return frozenset()

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        """What must be alike for two figures to count the same."""
        kind = KINDS[definition.kind or ""]
        held = {
            "统计": definition.measure,
            "记录": kind.name,
            "单位": definition.unit,
            "条件": in_order(definition.conditions or {}),
            "字段": definition.field_name,
            "按": definition.by,
            "各项": in_order([*definition.items]) if definition.items else None,
            "截至": definition.limit if definition.limit != "12-31" else None,
            "按日期": definition.by_date or kind.model.leading,
        }
        return {key: value for key, value in held.items() if value}

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        """What its number adds up of sensitive records; the first row is the number's own."""
        return [columns.count(value.records)]

    def columns_of_parts(self, value: Value, columns: Columns) -> Places:
        """The universe of its parts, and the parts that each column is in."""
        raise NotImplementedError
