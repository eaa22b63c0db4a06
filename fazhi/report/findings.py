"""What a picture of a figure shows, as a sentence made of its values: the title nobody typed.

No judgement, and nothing compared that is not alike: each kind of picture has a short list of kinds
of finding, and the first that holds is said, else just the number.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise, takewhile

from fazhi.figures.series import Series
from fazhi.figures.value import OTHER, Value
from fazhi.figures.wording import DIFFERENT, SMALL_BASE, UNCOMPARED, compared, plain
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.numerals import chinese_numeral, percent
from fazhi.schema.units import power

Months = Sequence[Fraction | None]
"""How many in each month of a year, as the edition shows it; None for one that is not over or known."""
LEAST = 3  # years that a peak or a bound is said of
_BOUNDS = tuple(map(Fraction, (99, 98, 95, 90, 85, 80)))
_MOST_NAMED = 3  # of parts or months that are equal


def finding(
    series: Series,
    kind: str,
    *,
    decimals: int | None = None,
    months: Months = (),
    is_whole: bool = True,
    is_told: bool = False,
) -> str:
    """The most telling sentence that is true of a picture: of its kind, and of this edition's values.

    `decimals` are those of a change; `months` are for 逐月; a year that is not over (`is_whole`) is
    compared with none; one whose number an earlier picture has (`is_told`) does not say it again. Of
    people who must not be recognised no kind is told to be the most.
    """
    now = series.newest
    if now.number is None:
        return f"{now.heading}{plain(now)}"
    if kind == "逐月" and months:
        said = _month(now, months)
    elif not is_whole:
        said = ""
    elif kind == "分项" and not now.sensitive:
        said = _part(now)
    elif kind == "比率" and now.denominator:
        said = _share(now)
    else:
        over_years = (one(series) for one in (_all_of_it, _trend, _bound, _peak))
        said = next(filter(None, over_years), "") or _change(series, decimals)
    so_far = "" if is_whole else "目前"
    name = _unmeasured(now.heading, now)
    if said and is_told:
        return f"{now.heading}：{said}"
    return f"{name}{so_far}{plain(now)}" + (f"，{said}" if said else "")


def _unmeasured(name: str, value: Value) -> str:
    """A name before its number: 培训人次 12人次 has its unit but once; 案件 15件 is no 案."""
    return name.removesuffix(value.unit) if len(value.unit) > 1 else name


def _run(series: Series) -> list[Fraction]:
    """The numbers as printed that may stand beside the newest, itself the last."""
    return [Fraction(value.digits) * power(value.unit) for value in reversed(series.run)]


def _years(count: int) -> str:
    return f"{chinese_numeral(count)}年"


def _all_of_it(series: Series) -> str:
    """连续三年是 100%: nothing can be more than all."""
    full = [*takewhile(lambda number: number == 100, reversed(_run(series)))]
    return f"连续{_years(len(full))}是100%" if len(full) > 1 else ""


def _trend(series: Series) -> str:
    """连续两年增长: each more than the year before, so three years that are compared."""
    steps = [after - before for before, after in pairwise(_run(series))][::-1]
    up = len([*takewhile(lambda step: step > 0, steps)])
    down = len([*takewhile(lambda step: step < 0, steps)])
    grows = "提高" if series.newest.unit == "%" else "增长"
    return f"连续{_years(max(up, down))}{grows if up else '下降'}" if max(up, down) > 1 else ""


def _bound(series: Series) -> str:
    """连续三年在95%以上: a round number that a rate was never below."""
    if series.newest.unit != "%":
        return ""
    run = _run(series)[::-1]
    held = ((bound, [*takewhile(bound.__le__, run)]) for bound in _BOUNDS)
    found = ((bound, len(years)) for bound, years in held if len(years) >= LEAST)
    return next((f"连续{_years(years)}在{bound}%以上" for bound, years in found), "")


def _peak(series: Series) -> str:
    """为三年来最多: of all years that may be compared, and no other was as many."""
    *before, now = _run(series)
    words = ("最高", "最低") if series.newest.unit == "%" else ("最多", "最少")
    if len(before) + 1 < LEAST or min(before) <= now <= max(before):
        return ""
    return f"为{_years(len(before) + 1)}来{words[now < min(before)]}"


def _change(series: Series, decimals: int | None) -> str:
    """比上年增长12.5%, 与上年持平."""
    now, before = series.newest, series.points[:-1]
    last = before[-1].value if before and before[-1].is_comparable else None
    words = compared(now, last, decimals)
    if words in (UNCOMPARED, DIFFERENT) or (now.unit == "%" and now.number == 100):
        return ""
    return "与上年持平" if words == "持平" else f"比上年{words}"


def _part(now: Value) -> str:
    """最多的是甲，占41.7%; of a number too small for a percentage, how many; 甲、乙各4次 of all alike."""
    parts, whole = now.parts or {}, now.number
    most = max(parts.values(), default=0)
    first = [name for name, count in parts.items() if count == most]
    if not whole or not most or len(first) > _MOST_NAMED:
        return ""
    if len(first) == len(parts) > 1:
        return f"{'、'.join(first)}各{most}{now.unit}"
    if {OTHER, *NOT_SAID} & {*first}:
        return ""
    if len(parts) == 1:
        return f"全部是{first[0]}" if most == whole else ""
    if whole < SMALL_BASE:
        return _first(first, f"{most}{now.unit}")
    return _first(first, f"{percent(Fraction(most * 100) / whole, 1)}%", "占")


def _first(first: Sequence[str], how_many: str, verb: str = "") -> str:
    """最多的是甲，占五成; 甲、乙最多，各两起."""
    if len(first) == 1:
        return f"最多的是{first[0]}，{verb or '有'}{how_many}"
    return f"{'、'.join(first)}最多，各{verb}{how_many}"


def _month(now: Value, months: Months) -> str:
    """最多的是6月，有31起: of the whole months that there have been."""
    known = [*takewhile(lambda count: count is not None, months)]
    most = max(filter(None, known), default=None)
    first = [f"{month}月" for month, count in enumerate(known, 1) if count == most]
    is_one = len(known) < 2 or len(first) == len(known) or len(first) > _MOST_NAMED
    if not most or is_one or any(months[len(known) :]):
        return ""
    so_far = "" if len(known) == len(months) else f"1月至{len(known)}月里"
    return so_far + _first(first, f"{now.rounded(most, now.definition.decimals)}{now.unit}")


def _share(now: Value) -> str:
    """238起中调解成功228起: where what is divided is among what it is divided by. What both are of, in
    the names 矛盾纠纷调解成功 and 矛盾纠纷受理, is not said again."""
    if not now.is_share or now.number == 100:
        return ""
    part, whole = now.sides
    name = part.part_name or part.name
    _, of_it, rest = name.partition(whole.name)
    pairs = zip(name, whole.name, strict=False)
    shared = len([*takewhile(lambda signs: signs[0] == signs[1], pairs)])
    rest = (rest if of_it else name[shared:] if shared > 3 else name) or name
    return f"{now.denominator}{whole.unit}中{_unmeasured(rest, part)}{now.numerator}{part.unit}"
