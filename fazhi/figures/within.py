"""Which figures are within others, as 属于, 等于, 合计 and ratios say."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations

from fazhi.figures.measure import part_in
from fazhi.figures.value import Value
from fazhi.schema.definition import OF_LAST, Definition
from fazhi.schema.township import Settings

Side = Sequence[Value]
"""Figures that are added up to be one side of what is said."""


def twins(definitions: Collection[Definition]) -> dict[str, dict[str, None]]:
    """By the name of each figure those that are the same as 等于 says, over all steps, and itself."""
    found = {definition.name: {definition.name: None} for definition in definitions}
    for definition in definitions:
        if definition.equal in found:
            both = found[definition.name] | found[definition.equal]
            found |= dict.fromkeys(both, both)
    return found


class Within:
    """Which figures are within others, and which are the same: what a definition says of some years it
    tells of the others, too."""

    def __init__(self, values: Iterable[Value], settings: Settings) -> None:
        self._known = {(value.year, value.name): value for value in values}
        self._settings, self._named = settings, defaultdict[str, list[Definition]](list)
        for said in settings.definitions:
            self._named[said.name].append(said)
        self._sensitive = [value for value in self._known.values() if value.sensitive]
        self._same = {
            name: one for name, one in twins(settings.definitions).items() if len(one) > 1
        }
        self._parts = defaultdict[tuple[int, str], dict[str, Value]](dict)
        self._wholes = defaultdict[tuple[int, str], dict[tuple[int, str], Value]](dict)
        self._ratios: list[tuple[Value, Value]] = []
        self._differences: list[tuple[Side, Side]] = []
        years = {later for year, _ in self._known for later in (year, year + 1)}  # of 甲.上年, too
        for said in settings.definitions:
            for year in years if said.whole or said.sides else ():
                self._hear(said, year)

    def _hear(self, said: Definition, year: int) -> None:
        """What a definition says of the figures of a year, whichever years it is of."""
        if pair := self._all(year, said.whole, said.name):
            whole, part = pair
            self._parts[year, whole.name][part.name] = part
            self._wholes[year, part.name][year, whole.name] = whole
        pair = self._all(year, said.denominator, said.numerator) if said.measure == "比率" else []
        if any(one.sensitive for one in pair):
            whole, part = pair
            self._ratios.append((whole, part))
            self._wholes[part.year, part.name][whole.year, whole.name] = whole
        added, taken = self._all(year, *said.added), self._all(year, *said.subtracted)
        if added and taken and any(one.sensitive for one in (*added, *taken)):
            self._differences.append((added, taken))

    def figure(self, year: int, name: str) -> Value | None:
        """A figure of a year, a part of one (甲.分项), or that of the year before (甲.上年)."""
        if name.endswith(OF_LAST):
            return self.figure(year - 1, name.removesuffix(OF_LAST))
        whole, _, part = name.partition(".")
        if (year, whole) not in self._known and (other := self._called_otherwise(year, whole)):
            return self.figure(year, name.replace(whole, other, 1))
        of = self._known.get((year, whole)) if part else None
        if of and (year, name) not in self._known and (made := part_in(of, part, self._settings)):
            self._known[year, name] = made
        return self._known.get((year, name))

    def _called_otherwise(self, year: int, name: str) -> str:
        """The sensitive figure of a year that counts what one of another name does in other years."""
        own = [value for value in self._sensitive if value.year == year]
        meant = [_counts(said) for said in self._named[name] if said.kind] if own else []
        return next((value.name for value in own if _counts(value.definition) in meant), "")

    def _all(self, year: int, *names: str | None) -> list[Value]:
        """The figures of these names; none where one of them is not of that year."""
        found = [self.figure(year, name or "") for name in names]
        return [value for value in found if value] if all(found) else []

    def terms(self, side: Side) -> Iterator[tuple[Value, int]]:
        """The figures that a side adds up in the end, and how often: -1 of one that is taken away."""
        for value in side:
            if value.definition.measure != "合计":
                yield self.figure(value.year, value.name.removesuffix(OF_LAST)) or value, 1
                continue
            taken = 0 if value.definition.first_year else len(value.definition.subtracted)
            at = len(value.sides) - taken
            yield from self.terms(value.sides[:at])
            yield from ((term, -times) for term, times in self.terms(value.sides[at:]))

    def same(self, value: Value) -> list[Value]:
        """Those that 等于 says a figure is as great as, where they are."""
        alike = (
            names
            for name, names in self._same.items()
            if (own := self.figure(value.year, name)) and own.name == value.name
        )
        names = dict.fromkeys(name for each in alike for name in each)
        found = (self.figure(value.year, name) for name in names if value.number is not None)
        others = [one for one in found if one and one.name != value.name]
        return [one for one in others if one.number is not None and one.base == value.base]

    def taken(self) -> Iterator[tuple[Side, Side]]:
        """Each figure with what is taken from it together: what is within it, one side of a ratio, what
        合计 takes away."""
        for value in [*self._known.values()]:
            yield from (([value], taken) for taken in self._taken(value))
        yield from (([whole], [part]) for whole, part in self._ratios)
        yield from self._differences

    def pairs(self) -> Iterator[tuple[Side, Side]]:
        """Each figure after each that it is within, as 属于 or a ratio says of it, of one that it is within
        or of one that is the same: the figure between them may be gone one day. Those that are the same
        are within each other, and what 合计 takes away within what it adds up."""
        for value in [*self._known.values()]:
            above = (*self._above(value), *self.same(value))
            wholes = {(whole.year, whole.name): whole for whole in above}
            yield from (([whole], [value]) for whole in wholes.values())
        yield from self._differences

    def _above(self, part: Value, around: tuple[tuple[int, str], ...] = ()) -> Iterator[Value]:
        """What a figure is within, over all steps."""
        one = [part, *self.same(part)]
        around = (*around, *((each.year, each.name) for each in one))
        found = (whole for each in one for whole in self._wholes[each.year, each.name].items())
        for place, whole in found:
            if place not in around:
                yield from (whole, *self.same(whole), *self._above(whole, around))

    def _taken(self, whole: Value, around: tuple[str, ...] = ()) -> Iterator[Side]:
        """What is taken from a figure together: each within it, and those that may be all of it."""
        one = [whole, *self.same(whole)]
        around = (*around, *(each.name for each in one))
        found = [part for each in one for part in self._parts[each.year, each.name].values()]
        parts = [part for part in found if part.name not in around]
        ways: list[list[Side]] = [
            [
                [part],
                *([other] for other in self.same(part)),
                *self._taken(part, around),
            ]
            for part in parts
        ]
        yield from (way for each in ways for way in each)
        if len(ways) < 2:
            return
        for place, each in enumerate(ways):
            beside = [part for part in parts if part is not parts[place]]
            yield from ([*way, *beside] for way in each)
        yield [part for each in ways for part in each[-1]]
        if len(parts) <= _FEW:  # some may be parts of one another
            for many in range(2, len(parts)):
                yield from map(list, combinations(parts, many))


def _counts(said: Definition) -> tuple[object, ...]:
    """What a figure counts, in parts or not, in which part of the year."""
    measure, *counted, _, held = said.at_any_time
    measure = {"分类": "最新值" if said.spec.standing else "件数"}.get(said.measure, measure)
    return measure, counted, held, said.limit, said.limits, said.by_date


_FEW = 6
