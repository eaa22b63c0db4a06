"""Small cells: how much of each sensitive figure may be published beside all the others.

来源：个人信息保护法第二十八条; docs/guide/counting.md says what statistics offices do. They suppress
counts below a threshold, and whatever else would give them back by subtraction.

The audit is decided once for all years together, in order of time: a figure is published as far as
no combination of it with what is published already gives away a group of 1 to threshold - 1 people or
records. The attacker is taken to know every record that is not sensitive, every definition, and
which groups are empty; so a figure gives him the sum over the sensitive records behind it, a vector
over those records. A group is given back when its vector is a linear combination of published ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace

from fazhi.figures.linear import Space, Span
from fazhi.figures.measure import Columns, Row
from fazhi.figures.measures import measure_of
from fazhi.figures.value import OTHER, Extent, Value, Values
from fazhi.schema.township import Settings


def decided(years: Mapping[int, Values], settings: Settings) -> dict[int, Values]:
    """The values of all years, each sensitive one with its `extent`, alike wherever it is shown.

    They are decided in order of time, the printed ones of a year first. Those that only serve others
    count as published, too: a narrative may print any figure.
    """
    every = (value for values in years.values() for value in values.values())
    sensitive = [value for value in every if value.sensitive]
    sensitive.sort(key=lambda value: (value.year, not value.definition.printed))
    audit = _Audit(settings, sensitive)
    extents = {(value.year, value.name): extent for value, extent in audit.extents()}

    def marked(value: Value) -> Value:
        extent = extents.get((value.year, value.name), Extent.NOTHING)
        return replace(value, extent=extent, beside=tuple(map(marked, value.beside)))

    if not extents:
        return dict(years)
    return {year: {name: marked(v) for name, v in held.items()} for year, held in years.items()}


class _Audit:
    """The figures in question, and what is published of them so far."""

    def __init__(self, settings: Settings, values: list[Value]) -> None:
        self._limit = settings.township.small_cell
        self._values = values
        self._columns = Columns(settings)
        self._offers = [self._offered(value) for value in values]
        self._groups = [group for value in values for group in self._rests(value)]
        offered: dict[Hashable, list[Mapping[Hashable, int]]] = defaultdict(list)
        for universe, row in (row for offer in self._offers for _, rows in offer for row in rows):
            offered[universe].append(row)
        self._spaces = {u: Space(self._columns.weights[u], rows) for u, rows in offered.items()}
        self._published = {universe: Span(self._limit) for universe in offered}

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
        for group in self._groups if changed else ():
            if all(spans[u].has(self._spaces[u].vector(row)) for u, row in group):
                return False
        self._published = spans
        return True

    # Figures as the rows that they publish

    def _offered(self, value: Value) -> list[tuple[Extent, list[Row]]]:
        """What can be published of a figure, most first."""
        if value.number is None:
            return [(Extent.ALL, [])]
        total = measure_of(value.definition).rows(value, self._columns)
        if value.parts is None or not (value.parts_of and value.parts_of.public):
            return [(Extent.ALL, total)]
        return [(Extent.ALL, [*total, *self._parts(value)]), (Extent.TOTAL, total)]

    def _rests(self, value: Value) -> Iterator[list[Row]]:
        """What a ratio leaves over, its one side less the other, where that is a small group."""
        if value.numerator is None or value.denominator is None:
            return
        if 0 < value.denominator - value.numerator < self._limit:
            (above, taken), (below, whole) = (
                measure_of(side.definition).rows(side, self._columns)[0] for side in value.sides
            )
            forms: dict[Hashable, Counter[Hashable]] = {above: Counter(), below: Counter(whole)}
            forms[above].subtract(taken)
            rows = [(u, {c: n for c, n in form.items() if n}) for u, form in forms.items()]
            if any(row for _, row in rows):  # else none of them is sensitive
                yield [*rows]

    def _parts(self, value: Value) -> Iterator[Row]:
        """A row for each part as it is published, the small ones merged."""
        kept = merged(value.parts or {}, self._limit)
        universe, columns = measure_of(value.definition).columns_of_parts(value, self._columns)
        rows: dict[str, Counter[Hashable]] = {name: Counter() for name in kept}
        for column, words in columns.items():
            for word in words:
                rows[word if word in kept else OTHER][column] += 1
        yield from ((universe, row) for row in rows.values())


def _is_small(value: Value, limit: int) -> bool:
    """Whether a total, or one side of a ratio, is by itself a group that is not published.

    Nobody is a small group, too: printed, it would show which of the withheld ones is somebody.
    """
    if value.numerator is not None and value.denominator is not None:
        rest = value.denominator - value.numerator
        return value.numerator < limit or 0 < rest < limit
    return any(one.number is not None and one.base < limit for one in value.sides or (value,))


def merged(parts: Mapping[str, int], limit: int) -> dict[str, int]:
    """Parts without zeros, the smallest merged into 其他 until no part is below the limit.

    They are merged, never left out, so that subtraction from the total gives nothing back.
    Largest first, 其他 last.
    """
    rest = sorted(((n, name) for name, n in parts.items() if n and name != OTHER), reverse=True)
    other = parts.get(OTHER, 0)
    while rest and (rest[-1][0] < limit or 0 < other < limit):
        other += rest.pop()[0]
    result = {name: n for n, name in rest}
    if other:
        result[OTHER] = other
    return result
