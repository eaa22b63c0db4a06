"""Figures as sums over the sensitive records behind them: what can be published of each, what of it is small."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fazhi.figures.measure import KNOWN, STANDING, Columns, Row
from fazhi.figures.measures import measure_of
from fazhi.figures.value import OTHER, Extent, Value
from fazhi.figures.within import Side, Within
from fazhi.schema.township import Settings


class Sums:
    """All sums of figures, over the columns that they have in common."""

    def __init__(self, settings: Settings, within: Within) -> None:
        self.columns, self.settings, self._within = Columns(settings), settings, within
        self.limit = self.columns.limit

    def offered(self, value: Value) -> list[tuple[Extent, list[Row]]]:
        """What can be published of a figure, most first."""
        if value.number is None:
            return [(Extent.ALL, [])]
        alike = [one for each in (value, *value.sides) for one in self._within.same(each)]
        if not (self._is_read(value) and all(map(self.whole, alike))):
            return []
        if not all(self._is_kept(side) for side in value.sides if side.part_name):
            return []
        if is_plain(value, self.settings):
            return [(Extent.ALL, self.own(value))]
        total = measure_of(value.definition).rows(value, self.columns)
        total += (
            row for one in value.sides if is_plain(one, self.settings) for row in self.own(one)
        )
        if value.parts is None or not _has_public_parts(value):
            return [(Extent.ALL, total)]
        kept = merged(value.parts, self.limit)
        parts = [(Extent.ALL, [*total, *self._parts(value, kept)])]
        return [
            *parts * (not _tells_the_least(value.parts, kept, self.limit)),
            (Extent.TOTAL, total),
        ]

    def rests(self, whole: Side, taken: Side) -> Iterator[list[Row]]:
        """What figures leave over beside others, where that is a small group, or of other records or
        facts and might be one day; and what a part of it leaves beside the same part of another."""
        both = (*whole, *taken)
        rows = [self.whole(one) for one in both]
        if not all(rows):
            return
        left = added((1 if place < len(whole) else -1, held) for place, held in enumerate(rows))
        if self.is_small(left) or len(left) > 1:
            yield left
        if len(both) == 2 and all(one.parts and _has_public_parts(one) for one in both):
            held = [
                dict(zip(one.parts or {}, self._parts(one, one.parts or {}), strict=True))
                for one in both
            ]
            names = [[name] for name in held[0]]
            for one, parts in zip(both, held, strict=True):  # 其他 of both, too
                names.append([*parts.keys() - merged(one.parts or {}, self.limit)])
            for some in names:
                left = less([[rows[n] for n in some if n in rows] for rows in held])
                if self.is_small(left):
                    yield left

    def is_small(self, left: Sequence[Row]) -> bool:
        """Whether so many are a small group, or the sensitive ones among them."""
        sensitive = [row for row in left if not row[0].startswith(KNOWN)]
        groups = (left, sensitive) if sensitive else ()
        return any(0 < self.columns.size(group) < self.limit for group in groups)

    def whole(self, value: Value) -> list[Row]:
        """All that a number adds up: sensitive records, and how many others everybody knows of; nothing
        where that is not known."""
        if value.number is None:
            return []
        if value.definition.measure == "合计":
            terms = [(times, self.whole(term)) for term, times in self._within.terms([value])]
            return added(terms) if all(rows for _, rows in terms) else []
        if not self._is_read(value):
            return []
        own = self.own(value)
        if any(universe.startswith((STANDING, KNOWN)) for universe, _ in own):
            return own
        known = self.columns.known(value, int(value.base) - self.columns.size(own))
        return [*own, known] if known[1] or not own else own

    def _is_kept(self, part: Value) -> bool:
        """Whether a part of a figure is told beside the others, and not merged with some."""
        whole = self._within.figure(part.year, part.of)
        parts = whole.parts if whole else None
        if not part.sensitive or not parts:
            return not part.sensitive
        kept = merged(parts, self.limit)
        return part.part_name in kept and not _tells_the_least(parts, kept, self.limit)

    def _is_read(self, value: Value) -> bool:
        is_audited = not value.sensitive or measure_of(value.definition).is_audited(value)
        return is_audited or is_plain(value, self.settings)

    def own(self, value: Value) -> list[Row]:
        """What the number itself adds up of sensitive records, where there is one."""
        if not value.sensitive or value.number is None or not self._is_read(value):
            return []
        if is_plain(value, self.settings):
            return [self.columns.known(value, int(value.base))]
        return measure_of(value.definition).rows(value, self.columns)[:1]

    def small(self, value: Value) -> Iterator[Row]:
        """The figure and its parts, where the sensitive ones among what it counts are a small group."""
        if not self._is_read(value):
            return
        rows = self.own(value) if value.number and not value.sides else []
        if value.parts and _has_public_parts(value) and not is_plain(value, self.settings):
            rows += self._parts(value, value.parts)
        # Of a fact whose total alone is told, a part may be told later.
        rows += [(u, {c: 1}) for u, row in rows if u.startswith(STANDING) for c in row]
        for universe, row in rows:
            if 0 < self.columns.size([(universe, row)]) < self.limit:
                yield universe, row

    def _parts(self, value: Value, kept: Mapping[str, int]) -> Iterator[Row]:
        """A row for each part that is kept, the others put together in 其他."""
        universe, columns = measure_of(value.definition).columns_of_parts(value, self.columns)
        rows: dict[str, Counter[str]] = {name: Counter() for name in kept}
        for column, words in columns.items():
            for word in words:
                rows[word if word in kept else OTHER][column] += 1
        yield from ((universe, row) for row in rows.values())


def is_plain(value: Value, settings: Settings) -> bool:
    """Whether it counts what everybody may see, and is sensitive only as another is as great."""
    if value.sides:
        return all(is_plain(side, settings) for side in value.sides)
    return bool(value.records) and not any(r.is_sensitive(settings) for r in value.records)


def less(rows: Sequence[Sequence[Row]]) -> list[Row]:
    """What the first of several sums leaves of the others."""
    return added((-1 if place else 1, held) for place, held in enumerate(rows))


def added(terms: Iterable[tuple[int, Sequence[Row]]]) -> list[Row]:
    """Several sums, each so many times, as one."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for times, held in terms:
        for universe, row in held:
            forms[universe].update({c: n * times for c, n in row.items()})
    left = ((u, {c: n for c, n in form.items() if n}) for u, form in sorted(forms.items()))
    return [(universe, row) for universe, row in left if row]


def _has_public_parts(value: Value) -> bool:
    return value.parts_of is not None and value.parts_of.public


def _tells_the_least(parts: Mapping[str, int], kept: Mapping[str, int], limit: int) -> bool:
    """Whether who knows how parts are merged, and which are nobody's, knows one of 其他 that is too
    small, or how small the smallest is: 13 beside 9 are 9 and 4, since none is more than what is kept
    (of as many the first by name is merged), and none would be merged with 5."""
    inside = {name: n for name, n in parts.items() if n and name not in kept}
    whole = sum(inside.values())
    others = ((n, name) for name, n in kept.items() if name != OTHER)
    least, first = min(others, default=(whole, ""))
    most = {name: least - (name > first) for name in inside}

    def could_be(name: str, own: int, small: int = 1) -> bool:
        beside = [most[other] for other in inside if other != name]
        many, rest = len(beside), whole - own
        if own >= limit:
            return many <= rest < limit and own <= most[name]
        if many * small <= rest <= sum(min(limit - 1, one) for one in beside):
            return True  # all are below the limit
        before = range((many - 1) * small, min((many - 1) * (limit - 1), limit - 1 - own) + 1)
        return any(limit <= rest - n <= max(beside) for n in before)  # but for the last

    def is_known(name: str, own: int) -> bool:
        return not any(could_be(name, n) for n in range(1, whole) if n != own)

    fewest = min(inside.values(), default=0)
    smaller = (n for n in range(1, limit) if n != fewest)
    is_told = not any(could_be(name, n, n) for n in smaller for name in inside)
    return len(inside) > 1 and (
        is_told or any(is_known(name, n) for name, n in inside.items() if n < limit)
    )


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
