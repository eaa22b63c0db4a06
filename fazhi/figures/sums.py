"""Figures as sums over the sensitive records behind them: what can be published of each, what of it is small."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from fazhi.figures.measure import Columns, Row
from fazhi.figures.measures import measure_of
from fazhi.figures.value import OTHER, Extent, Value
from fazhi.schema.township import Settings


class Sums:
    """All sums of figures, over the columns that they have in common."""

    def __init__(self, settings: Settings) -> None:
        self.limit = settings.township.small_cell
        self.columns = Columns(settings)

    def offered(self, value: Value) -> list[tuple[Extent, list[Row]]]:
        """What can be published of a figure, most first."""
        if value.number is None:
            return [(Extent.ALL, [])]
        if not measure_of(value.definition).is_audited(value):
            return []
        total = measure_of(value.definition).rows(value, self.columns)
        if value.parts is None or not (value.parts_of and value.parts_of.public):
            return [(Extent.ALL, total)]
        return [
            (Extent.ALL, [*total, *self._parts(value, merged(value.parts, self.limit))]),
            (Extent.TOTAL, total),
        ]

    def rests(self, value: Value, parts: Sequence[Value]) -> Iterator[list[Row]]:
        """What a figure leaves over where that is a small group: the sides of a ratio, one less the
        other; and beside each of its `parts`, the figures that 属于 it, and beside them all."""
        pairs = [(value, [part]) for part in parts]
        pairs += [(value, [*parts])] if len(parts) > 1 else []
        if value.numerator is not None and measure_of(value.definition).is_audited(value):
            pairs.append((value.sides[1], [value.sides[0]]))
        for whole, taken in pairs:
            both = (whole, *taken)
            is_known = all(one.number is not None and self._is_read(one) for one in both)
            if is_known and 0 < whole.base - sum(one.base for one in taken) < self.limit:
                rows = [(n, row) for n, one in enumerate(both) for row in self._own(one)]
                forms = {universe: Counter[str]() for _, (universe, _) in rows}
                for place, (universe, row) in rows:
                    forms[universe].update({c: -n if place else n for c, n in row.items()})
                left = [
                    (u, {c: n for c, n in form.items() if n}) for u, form in sorted(forms.items())
                ]
                if any(row for _, row in left):  # else none of them is sensitive
                    yield [*left]

    def _is_read(self, value: Value) -> bool:
        return not value.sensitive or measure_of(value.definition).is_audited(value)

    def _own(self, value: Value) -> list[Row]:
        """What the number itself adds up of sensitive records."""
        return measure_of(value.definition).rows(value, self.columns)[: int(value.sensitive)]

    def small(self, value: Value) -> Iterator[Row]:
        """The figure and its parts, where the sensitive ones among what it counts are a small group."""
        if not measure_of(value.definition).is_audited(value):
            return
        rows = self._own(value) if value.number and not value.sides else []
        if value.parts and value.parts_of and value.parts_of.public:
            rows += self._parts(value, value.parts)
        for universe, row in rows:
            if 0 < sum(self.columns.weights[universe][c] * n for c, n in row.items()) < self.limit:
                yield universe, row

    def _parts(self, value: Value, kept: Mapping[str, int]) -> Iterator[Row]:
        """A row for each part that is kept, the others put together in 其他."""
        universe, columns = measure_of(value.definition).columns_of_parts(value, self.columns)
        rows: dict[str, Counter[str]] = {name: Counter() for name in kept}
        for column, words in columns.items():
            for word in words:
                rows[word if word in kept else OTHER][column] += 1
        yield from ((universe, row) for row in rows.values())


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
