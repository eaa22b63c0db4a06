"""这一年: of all published figures, those that changed most since last year, without any judgement."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from fazhi.figures.measures import comparable
from fazhi.figures.value import OTHER, Value
from fazhi.figures.wording import SMALL_BASE
from fazhi.output.view import View
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.units import base, places

NEW = "新出现的，上年没有"
FEW = f"（上年不到{SMALL_BASE}）"  # behind the name of a kind, of what is told by how many
MOST = 3  # figures of a kind of change
Kind = tuple[str, list[Value]]
_Changed = tuple[Value, Fraction, Fraction]  # how much more, and how much it was


def told(view: View) -> Iterator[Kind]:
    """Each kind of change: its name and its figures; none of a year not over.

    Of what is new its parts are those that are new; it has none where it is so itself. Only what has a number in both years is compared, and counted alike in both. Figures about people
    who must not be recognised are not named as the most of anything.
    """
    if not view.is_over:
        return
    pairs = [(value, view.last.get(value.name)) for value in view.numbered]
    alike = [
        (v, last) for v, last in pairs if last and last.number is not None and comparable(v, last)
    ]
    open_to_all = [
        (v, v.base - last.base, last.base)
        for v, last in _told_once(alike)
        if not (v.sensitive or v.is_rank)
    ]
    rates = [(v, more, Fraction(1)) for v, more, _ in open_to_all if v.unit == "%"]
    amounts = [one for one in open_to_all if one[0].unit != "%"]
    new = [replace(v, parts=None) for v, more, before in amounts if more and not before]
    drawn = [(v, last) for v, last in alike if v.definition.pictures and not v.sensitive]
    new += [replace(v, parts=parts) for v, last in drawn if (parts := _new_parts(v, last))]
    # That nothing is new can be said only where all of last year is known.
    if new or (alike and len(alike) == len(view.printed)):
        yield NEW, new
    # What is measured passes any bound: a handful of decisions is thousands of 元. So it is told apart.
    counted, measured = (
        [one for one in amounts if one[2] and bool(places(base(one[0].unit))) == is_measured]
        for is_measured in (False, True)
    )
    yield from _most(counted, 1, "增加的", "增长最多的", SMALL_BASE)
    yield from _most(counted, -1, "减少的", "减少最多的", SMALL_BASE)
    what = "金额" if {base(one[0].unit) for one in measured} == {"元"} else "金额、面积等"
    yield from _most(measured, 1, f"{what}增加的", f"{what}增长最多的")
    yield from _most(measured, -1, f"{what}减少的", f"{what}减少最多的")
    yield from _most(rates, 1, "提高的比率", "提高最多的比率")
    yield from _most(rates, -1, "下降的比率", "下降最多的比率")


def _new_parts(value: Value, last: Value) -> dict[str, int]:
    """The parts of a breakdown that last year had none of, where each of that year says its part."""
    before, unsaid = last.parts or {}, {OTHER, *NOT_SAID}
    if not last.number or {*NOT_SAID} & {*before}:
        return {}
    parts = {name: n for name, n in (value.parts or {}).items() if n and name not in unsaid}
    return {name: n for name, n in parts.items() if (was := last.part(name)) and not was.number}


def _told_once(pairs: Iterable[tuple[Value, Value]]) -> Iterator[tuple[Value, Value]]:
    """Those that say something of their own: a total and its breakdown are one number of one thing."""
    told = set[tuple[object, ...]]()
    for value, last in pairs:
        held = frozenset(map(id, value.records)) or value.name
        said = held, value.definition.field_name, value.base, last.base
        if said not in told:
            told.add(said)
            yield value, last


def _most(
    changed: list[_Changed], direction: int, few: str, many: str, least: int = 0
) -> Iterator[Kind]:
    """All that went a way, or, where these are many, those that went furthest for what they were; apart
    from these, by how many, what is drawn of those that a percentage makes more of than they are."""
    found = [one for one in changed if one[1] * direction > 0]
    is_many = len(found) > MOST
    small = [one for one in found if is_many and one[2] < least]
    drawn = [one for one in small if one[0].definition.on_home or one[0].definition.pictures]
    found = [one for one in found if not is_many or one[2] >= least]
    if found:
        name = (many if is_many else few) + f"（上年{least}以上）" * bool(small)
        yield name, _furthest(found, lambda one: abs(one[1]) / one[2])
    if drawn:
        more = "多" if direction > 0 else "少"
        name = f"{more}得最多的" if len(drawn) > MOST else f"{more}了的"
        yield (name + FEW, _furthest(drawn, lambda one: abs(one[1])))


def _furthest(changed: list[_Changed], how: Callable[[_Changed], Fraction]) -> list[Value]:
    """Those that went furthest, and all that went as far as the last of them."""
    ways = sorted(map(how, changed), reverse=True)
    least = ways[min(MOST, len(ways)) - 1]
    return [one[0] for one in sorted(changed, key=how, reverse=True) if how(one) >= least]
