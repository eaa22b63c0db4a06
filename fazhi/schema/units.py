"""Units: which are one and the same, which is a scale of another, and in which a figure counts."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

from fazhi.schema.definition import Definition, named
from fazhi.schema.kinds import KINDS
from fazhi.schema.spelling import SCALES
from fazhi.schema.vocabulary import Vocabulary
from fazhi.schema.words import Yearly, overlap

_ALIKE = (("场", "场次", "次", "场(次)", "场（次）"), ("人", "名", "位", "人(名)", "人（名）"))
OF_CASES = frozenset("件起宗桩例")
"""The measure words of cases."""
_ONE = {unit: alike[0] for alike in _ALIKE for unit in alike}
_PARTED = {"元": 2, "亩": 2, "公顷": 4, "平方米": 2, "公里": 3, "千米": 3, "吨": 3, "小时": 2}
# As a mean, or as judged:
_PARTED |= {"分": 2, "%": 2} | dict.fromkeys(("天", "日", "个工作日", "工作日"), 1)

RANK = "名次"
"""The unit of a place in an order: 1 is the first, and fewer is better."""

MEANS = (RANK, "%", "分", "天", "日", "个工作日", "工作日")
"""Of these a standing fact is a place, a score or a mean: those of several offices add up to nothing."""


@lru_cache(maxsize=1000)  # a figure asks time and again
def power(unit: str) -> int:
    """How many a unit stands for: 10,000 for 万元, 1 for 元."""
    times = 1
    while len(unit) > 1 and unit[0] in SCALES:
        times *= SCALES[unit[0]]
        unit = unit[1:]
    return times


def one(unit: str) -> str:
    """A unit without its scale: 元 for 万元."""
    return one(unit[1:]) if len(unit) > 1 and unit[0] in SCALES else unit


def base(unit: str) -> str:
    """The same by one of its names: 场 for 场次."""
    return _ONE.get(one(unit), one(unit))


def matter(unit: str) -> str:
    """What a unit counts: its base, which of cases is 件."""
    return "件" if (counted := base(unit)) in OF_CASES else counted


def places(unit: str) -> int:
    """With how many decimals a number of a unit can be said: money to the 分, a whole thing with none."""
    return _PARTED.get(base(unit), 0) + len(str(power(unit))) - 1


def factor(unit: str, counted: Sequence[str]) -> Fraction | None:
    """What a number counted in one of some units is multiplied by to be in `unit`; None if nothing."""
    same = [one for one in counted if base(one) == base(unit)]
    return Fraction(power(same[0]), power(unit)) if same else None


def counted_in(
    definition: Definition, vocabulary: Vocabulary, years: Yearly
) -> list[Sequence[str]]:
    """The units of what a figure adds up in some years: one of each sequence must be its own.

    Records that are counted have those of their kind and their 类别; a sum has those of its field
    or 计数; a standing fact has that of its 类别.
    """
    kind, name = KINDS[definition.kind or ""], definition.field_name or ""
    if (fixed := definition.spec.units) is not None:
        return [fixed] if fixed else []
    if definition.items:
        held = (c for c in vocabulary.counters if c.name in definition.items)
        return [(counter.unit,) for counter in held if overlap(counter, years)]
    if name in kind.fields:
        return [kind.fields[name].units] if kind.fields[name].units else []
    if name:
        held = (counter for counter in vocabulary.counters if counter.name == name)
        return [(counter.unit,) for counter in held if overlap(counter, years)]
    words = named((definition.conditions or {}).get("类别"))
    categories = vocabulary.categories.get(kind.name, ())
    chosen = (c for c in categories if (words is None or c.name in words) and overlap(c, years))
    own = dict.fromkeys(category.unit for category in chosen)
    known = [unit for unit in own if unit]
    if definition.spec.standing:
        return [(unit,) for unit in known] if words else [known] if known else []
    is_theirs = len(own) == 1 and kind.name != "现状"
    return [(*kind.model.units, *known)] if is_theirs else [kind.model.units]


def scale(definition: Definition, vocabulary: Vocabulary, year: int) -> Fraction:
    """What the number of a figure that is counted in a year is multiplied by to be in its unit."""
    only = Yearly.model_construct(since=year, until=year)
    for counted in counted_in(definition, vocabulary, only):
        return factor(definition.unit or "", counted) or Fraction(1)
    return Fraction(1)


def listed(counted: Iterable[Sequence[str]]) -> str:
    """The units that a figure may have, for a message."""
    return "、".join(dict.fromkeys(unit for units in counted for unit in units))
