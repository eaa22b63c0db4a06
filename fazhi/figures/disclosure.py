"""Small cells: how much of each sensitive figure may be published beside all the others.

来源：个人信息保护法第二十八条。Statistics offices suppress counts below a threshold, and whatever
else would give them back by subtraction.

The audit is decided once for all years together, in order of time: a figure is published as far as
no combination of it with what is published already tells of a group of 1 to threshold - 1 people or
records. The attacker is taken to know every record that is not sensitive, every definition, and
which groups are empty; so a figure tells him the sum over the sensitive records behind it, a vector
over those records. A group is given back when its vector is a linear combination of published ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace

from fazhi.figures.counting import amount_of, grouping
from fazhi.figures.linear import Space, Span
from fazhi.figures.value import Extent, Value, Values
from fazhi.records.record import Record
from fazhi.schema.kinds import KINDS
from fazhi.schema.township import Settings

OTHER = "其他"
RECORDS = "records"
"""The universe of counts: every sensitive record is one column."""

Row = tuple[Hashable, Mapping[Hashable, int]]
"""What a published number adds up: in which universe, and how often each of its columns."""


def decided(years: Mapping[int, Values], settings: Settings) -> dict[int, Values]:
    """The values of all years, each sensitive one with its `extent`, alike wherever it is shown."""
    audit = _Audit(settings, [value for year in sorted(years) for value in _in_turn(years[year])])
    extents = {(value.year, value.name): extent for value, extent in audit.extents()}

    def marked(value: Value) -> Value:
        extent = extents.get((value.year, value.name), Extent.NOTHING)
        return replace(value, extent=extent, beside=tuple(map(marked, value.beside)))

    if not extents:
        return dict(years)
    return {year: {name: marked(v) for name, v in held.items()} for year, held in years.items()}


def _in_turn(values: Values) -> Iterator[Value]:
    """The sensitive figures in the order in which they are decided: the published ones first.

    Those that only serve others count as published, too: a narrative may print any figure.
    """
    sensitive = [value for value in values.values() if value.sensitive and not value.private]
    yield from sorted(sensitive, key=lambda value: not value.definition.printed)


class _Audit:
    """The figures in question, and what is published of them so far."""

    def __init__(self, settings: Settings, values: list[Value]) -> None:
        self._limit = settings.township.small_cell
        self._values = values
        rows = _Rows(settings)
        self._offers = [rows.offers(value) for value in values]
        self._groups = [group for value in values for group in rows.rests(value, self._limit)]
        told = [row for offer in self._offers for _, rows in offer for row in rows]
        universes = {universe for universe, _ in told}
        self._spaces = {
            universe: Space(rows.weights[universe], [row for of, row in told if of == universe])
            for universe in universes
        }
        self._published = {universe: Span(self._limit) for universe in universes}

    def extents(self) -> Iterator[tuple[Value, Extent]]:
        """Each figure with what is published of it."""
        for value, offers in zip(self._values, self._offers, strict=True):
            wanted = [] if _is_small(value, self._limit) else offers
            yield value, next((e for e, rows in wanted if self._takes(rows)), Extent.NOTHING)

    def _takes(self, rows: Iterable[Row]) -> bool:
        """Publish the rows, if no small group comes to light with them."""
        spans = dict(self._published)
        for universe, row in rows:
            spans[universe] = spans[universe].with_row(self._spaces[universe].vector(row))
        changed = [u for u, span in spans.items() if span is not self._published[u]]
        if any(spans[u].gives_back_a_group(self._spaces[u].weights) for u in changed):
            return False
        if changed and any(self._is_given_back(group, spans) for group in self._groups):
            return False
        self._published = spans
        return True

    def _is_given_back(self, group: list[Row], spans: Mapping[Hashable, Span]) -> bool:
        return all(
            spans[universe].has(self._spaces[universe].vector(row)) for universe, row in group
        )


def _is_small(value: Value, limit: int) -> bool:
    """Whether a total, or one side of a ratio, is by itself a group that is not published.

    Nobody is a small group, too: printed, it would tell which of the withheld ones is somebody.
    """
    if value.numerator is not None and value.denominator is not None:
        rest = value.denominator - value.numerator
        return value.numerator < limit or 0 < rest < limit
    numbers = [side.number for side in value.sides] or [value.number]
    return any(number is not None and number < limit for number in numbers)


class _Rows:
    """Figures as the rows that they publish, and the weight of each column of a universe.

    A weight is a number of people, or of records where nothing says how many people they are.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.weights: dict[Hashable, dict[Hashable, int]] = {}

    def offers(self, value: Value) -> list[tuple[Extent, list[Row]]]:
        """What can be published of a figure, most first."""
        if value.number is None:
            return [(Extent.ALL, [])]
        total = self._total(value)
        if value.parts is None or not (value.parts_of and value.parts_of.public):
            return [(Extent.ALL, total)]
        return [(Extent.ALL, [*total, *self._parts(value)]), (Extent.TOTAL, total)]

    def rests(self, value: Value, limit: int) -> Iterator[list[Row]]:
        """What a ratio leaves over, its one side less the other, where that is a small group."""
        if value.numerator is None or value.denominator is None:
            return
        if 0 < value.denominator - value.numerator < limit:
            (above, taken), (below, whole) = (self._total(side)[0] for side in value.sides)
            forms: dict[Hashable, Counter[Hashable]] = {above: Counter(), below: Counter(whole)}
            forms[above].subtract(taken)
            rows = [(u, {c: n for c, n in form.items() if n}) for u, form in forms.items()]
            if any(row for _, row in rows):  # else none of them is sensitive
                yield [*rows]

    def _total(self, value: Value) -> list[Row]:
        """The rows of a figure's number; the first is the number's own."""
        definition = value.definition
        if value.sides:
            sides = [row for side in value.sides for row in self._total(side)]
            counted = [s for s in value.sides if s.definition.measure != "最新值"]
            together = dict.fromkeys(record for side in counted for record in side.records)
            return [*sides, self._count(together)]
        if definition.measure == "最新值" or (definition.measure == "分类" and not definition.by):
            return [self._standing(value)]
        count = self._count(value.records)
        return [self._sum(value), count] if definition.measure == "求和" else [count]

    def _count(self, records: Iterable[Record]) -> Row:
        """How many sensitive records are among these."""
        found = [record for record in records if record.is_sensitive(self._settings)]
        row: dict[Hashable, int] = dict.fromkeys(found, 1)
        self.weights.setdefault(RECORDS, {}).update(row)
        return RECORDS, row

    def _sum(self, value: Value) -> Row:
        """What the sensitive records add to a sum; a record that adds nothing hides nothing."""
        name = value.definition.field_name or ""
        amount = amount_of(KINDS[value.definition.kind or ""], name)
        found = {r: amount(r) or 0 for r in value.records if r.is_sensitive(self._settings)}
        held: dict[Hashable, int] = {record: number for record, number in found.items() if number}
        universe = ("sum", value.definition.kind, name)
        self.weights.setdefault(universe, {}).update(held)
        return universe, dict.fromkeys(held, 1)

    def _standing(self, value: Value) -> Row:
        """The head-count of one standing fact, as the sum of its parts where they are known."""
        (record,) = value.records
        held: Mapping[Hashable, int] = {}
        if record.is_sensitive(self._settings):
            parts = getattr(record.fields, "parts", None) or {OTHER: int(value.number or 0)}
            held = {name: number for name, number in parts.items() if number}
        self.weights.setdefault(record, {}).update(held)
        return record, dict.fromkeys(held, 1)

    def _parts(self, value: Value) -> Iterator[Row]:
        """A row for each part as it is published, the small ones merged."""
        assert value.parts is not None
        spec = value.parts_of
        assert spec is not None
        kept = merged(value.parts, self._settings.township.small_cell)
        if value.definition.by is None:
            universe, whole = self._standing(value)
            columns: dict[Hashable, tuple[str, ...]] = {part: (str(part),) for part in whole}
        else:
            universe, whole = self._count(value.records)
            parts_of = grouping(spec, self._settings)
            columns = {record: parts_of(record) for record in whole if isinstance(record, Record)}
        for name in kept:
            row: dict[Hashable, int] = {}
            for column, words in columns.items():
                times = sum((word if word in kept else OTHER) == name for word in words)
                if times:
                    row[column] = times
            yield universe, row


def merged(parts: Mapping[str, int], limit: int) -> dict[str, int]:
    """Parts without zeros, the smallest merged into 其他 until no part is below the limit.

    Merging, never leaving a cell out alone: so that subtraction from the total gives nothing back.
    The sum stays. Largest first, 其他 last.
    """
    rest = sorted(((n, name) for name, n in parts.items() if n and name != OTHER), reverse=True)
    other = parts.get(OTHER, 0)
    while rest and (rest[-1][0] < limit or 0 < other < limit):
        other += rest.pop()[0]
    result = {name: n for n, name in rest}
    if other:
        result[OTHER] = other
    return result
