"""The figures of a year beside last year's at the same day, and what its words still want."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from fazhi.figures import yearly
from fazhi.figures.value import Value, Values, with_decimals
from fazhi.figures.wording import Phrase, Untrue, by, compared
from fazhi.records.narrative import Narrative
from fazhi.records.record import Record
from fazhi.report import rendering
from fazhi.schema.kinds import Total
from fazhi.schema.numerals import exact
from fazhi.schema.township import Settings
from fazhi.schema.units import places
from fazhi.schema.words import day_in


@dataclass(frozen=True)
class Standing:
    """A figure on a day: last year's of the same day beside it, and for each wording that is not
    true what it wants, in words."""

    value: Value
    last: Value | None
    wanting: tuple[str, ...]

    @property
    def change(self) -> str:
        """The change as tables print it, also from 0; nothing where none can be told."""
        words = compared(self.value, self.last)
        if words != "—":
            return words
        try:
            return by(self.value, self.last)
        except Untrue:
            return ""

    @property
    def is_none(self) -> bool:
        """Whether nothing is known yet: a 0 that was counted is one (decision 0006)."""
        return self.value.number is None


def at_day(
    records: Iterable[Record],
    settings: Settings,
    year: int,
    today: date,
    values: Values,
    last: Values,
) -> tuple[Values, Values]:
    """A year's values and last year's, both up to the same day: the whole years once it is over.

    `values` and `last` are those of the whole years. A total whose period goes past the day tells
    nothing of the day: such a figure is left out of last year's.
    """
    if today.year != year:
        return values, last
    held, day = list(records), f"{today:%m-%d}"
    cut = tuple(
        d.model_copy(update={"as_of": min(day, d.limit)}) if d.kind else d
        for d in settings.definitions
    )
    counted = yearly.computed(held, replace(settings, definitions=cut), (year, year - 1))
    limit = day_in(year - 1, day)
    parted = any(
        isinstance(total := record.fields, Total)
        and total.period.first <= limit < total.period.last
        for record in held
    )
    then = {
        name: value
        for name, value in counted[year - 1][0].items()
        if not (parted and _is_of_totals(value))
    }
    return with_decimals(counted[year][0], values, {}), with_decimals(then, values, {})


def _is_of_totals(value: Value) -> bool:
    return value.definition.kind == "汇总" or any(map(_is_of_totals, value.sides))


def standings(
    now: Values, then: Values, last: Values, narratives: tuple[Narrative | None, Narrative | None]
) -> list[Standing]:
    """The figures that are published or that the narrative prints, in the order of figures.yml.

    `last` are the values of the whole last year, `narratives` this year's and last year's: the words
    are those of this year's, or of last year's as long as there is none.
    """
    wanting: Mapping[str, dict[str, None]] = defaultdict(dict)
    narrative, former = narratives
    if narrative:
        for phrase in rendering.approximations(narrative, now, last):
            if wants := lacking(phrase):
                wanting[phrase.value.of][wants] = None
    for phrase in rendering.approximations(former, last, {}) if former and not narrative else ():
        value = now.get(phrase.value.name)
        try:
            said = phrase.text
        except Untrue:
            continue
        if value and phrase.comparison:
            bound = phrase.comparison.true_bound(phrase)
            if wants := lacking(replace(phrase, value=value, bound=bound), said):
                wanting[value.of][f"{wants}（上年这样说）"] = None
    return [
        Standing(value, then.get(name), tuple(wanting.get(name, ())))
        for name, value in now.items()
        if value.definition.printed or name in wanting
    ]


def lacking(phrase: Phrase, words: str = "") -> str:
    """How many more it takes until the wording of a phrase is true, or that it has grown too great.

    With `words`, until it prints exactly these. Whether a number will do, the wording itself says.
    """
    number = phrase.value.number or Fraction(0)
    if phrase.comparison is None or phrase.comparison.name == "约" or _said(phrase, number, words):
        return ""
    if phrase.value.unit == "%":
        return _lacking_rate(phrase, words)
    step, bound = Fraction(1, 10 ** places(phrase.value.unit)), phrase.bound or Fraction(0)
    least = math.ceil(bound * Fraction(9, 10) / step) * step  # from which on it is 近
    ten = Fraction(10 ** max(phrase.digits, 1))  # from which on there are so many digits, and more
    enough = {number + step, ten + step, least, bound, bound + step}
    for candidate in sorted(one for one in enough if one > number):
        if said := _said(phrase, candidate, words):
            return f"再有 {exact(candidate - number)} {phrase.value.unit}才能说{said}"
    words = words or phrase.comparison.printed(exact(bound), phrase.value.unit)
    return f"现在多过“{words}”，要换说法"


def _lacking_rate(phrase: Phrase, words: str) -> str:
    """The same of a rate: by how much its numerator would have to be greater."""
    value, bound = phrase.value, phrase.bound or Fraction(0)
    if value.denominator is None or value.numerator is None:
        return ""
    share = bound * value.denominator / 100
    near = math.floor((bound - 1) * value.denominator / 100) + 1
    for numerator in sorted({near, math.ceil(share), math.floor(share) + 1}):
        if value.numerator < numerator <= value.denominator and (
            said := _said(phrase, Fraction(numerator * 100, value.denominator), words)
        ):
            more = f"{value.numerator}/{value.denominator}，分子再有 {numerator - value.numerator} "
            return f"现在是 {more}才能说{said}"
    return f"现在是 {value.numerator}/{value.denominator}，说不了"


def _said(phrase: Phrase, number: Fraction, words: str) -> str:
    """What a phrase says of another number; nothing where that is not true, or not the `words`."""
    try:
        said = replace(phrase, value=replace(phrase.value, number=number)).text
    except Untrue:
        return ""
    return said if words in ("", said) else ""
