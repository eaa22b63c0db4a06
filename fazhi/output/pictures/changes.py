"""这一年: what is new of all published figures, and how each that is shown stands to last year.

Nothing is chosen and nothing judged: every figure that the picture has, and that has a number of last
year, is told once; a breakdown of some of another's cases by that other.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from fazhi.figures.measures import comparable
from fazhi.figures.value import OTHER, Value
from fazhi.output.view import View
from fazhi.schema.definition import NOT_SAID

_NEW = "新出现的，上年没有"
_NEW_OF: dict[str | None, str] = {"活动": "新做的工作，上年没有", "案件": "新有的案件，上年没有"}
_NEW_OF["会议"] = _NEW_OF["活动"]
NEW = (*dict.fromkeys(_NEW_OF.values()), _NEW)
UNLIKE = "不能同上年直接比的"
SAME = "同上年一样的"
Kind = tuple[str, list[Value]]
_Pair = tuple[Value, Value]  # a figure, and what it was last year


def _relative(value: Value, last: Value) -> Fraction:
    """How much more or less it is, for what it was."""
    return value.more_than(last) / (last.base or 1)


def _apart(value: Value, last: Value) -> Fraction:
    """The same of a rate or a place: by as much as is printed."""
    return Fraction(value.apart_from(last)) * (-1 if value.more_than(last) < 0 else 1)


_WAYS: tuple[tuple[Callable[[Value], bool], Callable[[Value, Value], Fraction], str, str], ...] = (
    (lambda one: one.unit != "%" and not one.is_rank, _relative, "比上年多的", "比上年少的"),
    (lambda one: one.unit == "%", _apart, "比上年高的比率", "比上年低的比率"),
    (lambda one: one.is_rank, _apart, "比上年靠前的名次", "比上年靠后的名次"),
)  # what is told together, by how much it is put in order, what more and less of it is called


def told(view: View) -> Iterator[Kind]:
    """Each kind of change: its name and its figures, the greatest change first; none of a year not over.

    What is new is told of all that is published, else of what is shown (首页, 图). Only what has a number
    in both years is compared, and counted alike in both. People who must not be recognised are last.
    """
    if not view.is_over:
        return
    alike = [(v, last) for v, last in _known(view) if comparable(v, last)]
    are_alike, told_by = {value.name for value, _ in alike}, within(view)
    shown = [(v, last) for v, last in _shown(view) if v.name not in told_by]
    new = [replace(v, parts=None) for v, last in _told_once(alike) if _is_new(v, last)]
    drawn = [(v, last) for v, last in alike if v.definition.pictures and not v.sensitive]
    new += [replace(v, parts=parts) for v, last in drawn if (parts := _new_parts(v, last))]
    for name in NEW:
        if values := [v for v in new if _NEW_OF.get(v.definition.kind, _NEW) == name]:
            yield name, values
    # That nothing is new can be said only where all of last year is known.
    if not new and alike and len(alike) == len(view.printed):
        yield _NEW, []
    compared = [(v, last) for v, last in shown if v.name in are_alike and not _is_new(v, last)]
    for is_meant, how, more, less in _WAYS:
        those = [(v, last) for v, last in compared if is_meant(v) and v.more_than(last)]
        by = sorted(those, key=lambda pair: (pair[0].sensitive, -abs(how(*pair))))
        for name, sign in ((more, 1), (less, -1)):
            if values := [v for v, last in by if v.more_than(last) * sign > 0]:
                yield name, values
    if same := [v for v, last in compared if not v.more_than(last)]:
        yield SAME, same
    if unlike := [v for v, _ in shown if v.name not in are_alike]:
        yield UNLIKE, unlike


def _known(view: View) -> Iterator[_Pair]:
    found = ((value, view.last.get(value.name)) for value in view.numbered)
    return ((value, last) for value, last in found if last and last.number is not None)


def _shown(view: View) -> list[_Pair]:
    return _told_once((v, last) for v, last in _known(view) if is_shown(v))


def within(view: View) -> dict[str, str]:
    """Breakdowns of some that another figure counts, and which one: 罚款的事由 of 行政处罚决定."""
    held = [(value, frozenset(map(id, value.records))) for value, _ in _shown(view)]
    parted = [(value, mine) for value, mine in held if value.parts and mine]
    return {v.name: of.name for v, mine in parted for of, all_of in held if mine < all_of}


def is_shown(value: Value) -> bool:
    """Whether the picture has it: in large print, or drawn."""
    return value.definition.on_home or bool(value.definition.pictures)


def _is_new(value: Value, last: Value) -> bool:
    return bool(value.base) and not (last.base or value.unit == "%" or value.sensitive)


def _new_parts(value: Value, last: Value) -> dict[str, int]:
    """The parts of a breakdown that last year had none of, where each of that year says its part."""
    before, unsaid = last.parts or {}, {OTHER, *NOT_SAID}
    if not last.number or {*NOT_SAID} & {*before}:
        return {}
    parts = {name: n for name, n in (value.parts or {}).items() if n and name not in unsaid}
    return {name: n for name, n in parts.items() if (was := last.part(name)) and not was.number}


def _told_once(pairs: Iterable[_Pair]) -> list[_Pair]:
    """Those that say something of their own: a total and its breakdown are one number of one thing."""
    told = dict[tuple[object, ...], _Pair]()
    for value, last in pairs:
        held = frozenset(map(id, value.records)) or value.name
        told.setdefault((held, value.definition.field_name, value.base, last.base), (value, last))
    return [*told.values()]
