"""The quantities of a finished text: how much is said, and how exactly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from fazhi.figures.filters import WORDINGS
from fazhi.figures.value import Value
from fazhi.figures.wording import MOST_OFF, Comparison, Phrase, Untrue
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.quantities import AFTER, BEFORE, NUMERAL
from fazhi.rules.text.reading import Reading
from fazhi.rules.text.typed import quantities
from fazhi.schema.numerals import chinese_value, half_up
from fazhi.schema.units import RANK, base, places, power


@dataclass(frozen=True)
class Amount:
    """A quantity from `start` to `end` of what is read: `number` times `scale` of `unit`.

    `number` is None where it is no plain number. `how` is the wording that says what is said of it:
    "" where it is exact, None where that is not understood.
    """

    start: int
    end: int
    number: Fraction | None = None
    digits: str = ""
    scale: int = 1
    unit: str = ""
    how: str | None = ""
    share: str = ""  # 成 or 分之, where the percentage is told in these

    @property
    def total(self) -> Fraction:
        return (self.number or Fraction(0)) * self.scale


_AMOUNT = re.compile(
    rf"(?:百分之(?P<percent>{NUMERAL}+(?:点{NUMERAL}+)?|\d+(?:\.\d+)?)|(?:达?(?P<about>[近约逾超过])?|(?P<rank>第))"
    rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<numeral>{NUMERAL}+))"
    r"(?P<more>[余多来])?(?P<scale>[百千万亿]*)(?P<later>[余多来])?(?P<unit>[^\d余多几]*))"
)
_SAID = {"近": "近", "约": "约", "逾": "逾", "超": "逾", "过": "逾"}
_BEFORE = ("逾", "近", "以上", None)  # in the order of `quantities.CHANGING`


def amounts(text: Reading, lexicon: Lexicon) -> Iterator[Amount]:
    """Every quantity of a text, with the words that change it."""
    end = 0
    for found in quantities(text, (), lexicon):
        amount = _amount(text.text, *found[:2])
        yield replace(amount, start=max(amount.start, end))
        end = amount.end


def _amount(text: str, start: int, end: int) -> Amount:
    end += len("百分点") if text.startswith("个百分点", end - 1) else 0
    said = _AMOUNT.fullmatch(text[start:end])
    before = BEFORE.search(text[max(start - 40, 0) : start].replace("队伍", "队员"))
    if before and re.search(r"\|\s*[-－−+＋]$", text[:start][-9:]):
        before = None  # a change in a cell
    after = AFTER.match(text, end)
    start -= len(before[0]) if before else 0
    if after and after["words"].isdecimal():
        after = None  # another number
    end = after.end("words") if after else end
    if not said:
        return Amount(start, end)
    more = said["more"] or said["later"]
    digits = (said["digits"] or "").replace(",", "")
    digits = digits or _in_words(said["numeral"] or said["percent"])
    number = Fraction(digits) if digits else None
    if number is None or sum(map(bool, (said["about"], more, before, after))) > 1:
        return Amount(start, end)
    how: str | None = "余" if more else _SAID.get(said["about"] or "", "")
    if before:
        is_about = before["words"] in ("约", "约莫", "大约")
        ways = (way for at, way in enumerate(_BEFORE) if before.groupdict().get(f"to{at}"))
        how = "约" if is_about else next(ways, None)
        how = _UNDER if how == "近" and before["words"][0] in "不未低少小" else how
    elif after:
        how = next((way for way, words in _AFTER if re.fullmatch(words, after["words"])), None)
    if share := number and re.fullmatch("成(?P<tenth>.?)|分之(?P<above>.)", said["unit"] or ""):
        more = share["tenth"] or share["above"] or ""
        tenth = 5 if more == "半" else chinese_value(more) if re.fullmatch(NUMERAL, more) else 0
        whole = 10 * number + (tenth or 0)
        number = Fraction(100 * (tenth or 0)) / number if share["above"] else whole
        name = "分之" if share["above"] else "成"
        return Amount(start, end, number, "", 1, "%", how, name)
    scale = power(f"{said['scale'] or ''}个")
    unit = RANK if said["rank"] else "%" if said["percent"] else said["unit"]
    return Amount(start, end, number, digits, scale, unit, how)


_UNDER = "不到"
_AFTER = (("余", "有?余|[多来]"), ("以上", "[及或]?以上"))


def _in_words(typed: str) -> str:
    """A numeral in digits; empty of one that is not exact, as 三五."""
    if typed[0].isdigit():
        return typed
    whole, _, parts = typed.partition("点")
    value = chinese_value(whole)
    decimals = "".join(str(chinese_value(one)) for one in parts)
    return "" if value is None else f"{value}{decimals and '.'}{decimals}"


def is_true(amount: Amount, value: Value) -> bool | None:
    """Whether a figure is so much; None where that is not known. What is said of it, and its number,
    must be known."""
    assert value.number is not None and amount.how is not None
    number, said = value.number, amount.total / power(value.unit)
    decimals = len(amount.digits.partition(".")[2])
    if amount.share and not amount.how and number != said:
        is_rough = not said % 10 or amount.share == "分之"  # 三成 of 33.3 %: nobody knows
        most = Fraction(5) if is_rough else Fraction(1, 2)
        is_near = abs(number - said) * 20 <= number * (2 if is_rough else 1)
        return (None if is_rough else True) if is_near and abs(number - said) <= most else False
    if amount.how == "约" and not amount.share:
        step = Fraction(amount.scale, 10**decimals * power(value.unit))
        step *= 10 ** len(re.findall("0*$", amount.digits)[0]) if not decimals else 1
        rounded = Fraction(half_up(number / step, 0)) * step
        return rounded == said and abs(said - number) * 20 <= number
    if amount.how == _UNDER and number < said:
        return True if number * 10 >= said * 9 else None
    if amount.how:
        whole = str(int(said)).rstrip("0")
        phrase = Phrase(value, None, bound=said, digits=len(whole), share=amount.share)
        wording = WORDINGS[amount.how.replace(_UNDER, "近")]
        assert isinstance(wording, Comparison)
        try:
            return wording.true_bound(phrase) == said
        except Untrue:
            return False
    if number == said:
        return True
    is_parted = places(value.unit)  # what is no whole number for its unit is an average
    is_rounded = value.unit == "%" or (decimals if is_parted else number.denominator > 1)
    if decimals and amount.scale >= 10_000:  # 11.26万户
        is_rounded = abs(said - number) <= number * MOST_OFF
    step = Fraction(amount.scale) / power(value.unit)
    is_all = value.unit == "%" and said in (0, 100)
    is_so = Fraction(half_up(number / step, decimals)) * step == said
    return bool(is_rounded) and not is_all and is_so


def is_true_change(amount: Amount, is_down: bool, value: Value, last: Value) -> bool | None:
    """Whether a figure has changed by so much, up or down; both are known and counted alike. None of %
    of a rate: that may mean percentage points."""
    difference = value.more_than(last)
    if amount.unit == "倍" and amount.number is not None:  # 增长2倍 is 增长200%
        amount = replace(amount, number=amount.number * 100, unit="%", digits="")
    if not difference or (difference < 0) != is_down:
        return False
    changed, unit = abs(difference) / power(value.unit), "位" if value.is_rank else value.unit
    if amount.unit == "%":
        if unit == "%":
            return None
        if value.is_rank or not last.base:
            return False
        changed, unit = abs(difference) / last.base * 100, "%"
    elif amount.unit != "个百分点" and base(amount.unit) != base(unit):
        return False
    definition = value.definition.model_copy(update={"unit": unit})
    is_so_much = is_true(amount, replace(value, number=changed, definition=definition))
    if unit == value.unit and not is_so_much:
        printed = Fraction(value.apart_from(last))
        is_so_much = is_true(amount, replace(value, number=printed, definition=definition))
    return is_so_much or (None if amount.how in ("余", "近", "约", _UNDER) else is_so_much)
