"""Values in words: number and unit, and the change on last year."""

from __future__ import annotations

from fractions import Fraction

from fazhi.figures.value import Value
from fazhi.schema.numerals import half_up


class Untrue(Exception):
    """The words would not be true, or cannot be made. `hint` says what would do."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def plain(value: Value) -> str:
    """Number and unit, exact, a rate half-up to two decimals; 暂无 or 不公布 where none is shown."""
    if value.withheld:
        return "不公布"
    if value.number is None:
        return "暂无"
    if value.numerator == value.denominator and value.numerator:
        return "100%"
    return f"{stripped(half_up(value.number, 2))}{value.unit}"


def change(value: Value, last: Value | None, decimals: int = 1) -> str:
    """The change on last year: 增长12.5%, 下降3个百分点, 持平. Raises Untrue where there is none to state."""
    if value.number is None or last is None or last.number is None:
        raise Untrue(f"“{value.name}”没有上年的数，不能同比", "删去同比，或者补上上年的记录")
    if value.unit != last.unit or value.definition.measure != last.definition.measure:
        raise Untrue(f"“{value.name}”上年的口径不同，不能同比", "删去同比")
    difference = value.number - last.number
    if not difference:
        return "持平"
    if value.unit == "%":
        direction, amount, unit = ("提高", "下降")[difference < 0], abs(difference), "个百分点"
    elif not last.number:
        raise Untrue(f"“{value.name}”上年是 0，不能同比", "改写成“由零增至”一类的话")
    else:
        direction = ("增长", "下降")[difference < 0]
        amount, unit = abs(difference) / last.number * 100, "%"
    printed = half_up(amount, decimals)
    if printed == half_up(Fraction(100), decimals) and difference < 0 and value.number:
        raise Untrue(f"“{value.name}”没有降到 0，会印成下降100%", f"写 同比({decimals + 1})")
    if not float(printed):
        raise Untrue(f"“{value.name}”的变化不足末位，会印成 0", f"写 同比({decimals + 1})")
    return f"{direction}{stripped(printed)}{unit}"


def stripped(text: str) -> str:
    """Decimals without the zeros at their end."""
    return text.rstrip("0").rstrip(".") if "." in text else text
