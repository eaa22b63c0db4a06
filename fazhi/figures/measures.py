"""Each 统计: how it counts, how that is explained, what makes two figures the same, what is published.

Which keys it needs is in `schema.definition`, as the rules ask for them before anything is counted.
Each has a section in docs/guide/figures.md; how officials count is in docs/guide/counting.md.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from fazhi.figures import faults, overlapping
from fazhi.figures.counts import COUNTS
from fazhi.figures.measure import Columns, Counting, Definitions, Measure, Row
from fazhi.figures.value import Value
from fazhi.records.record import Record
from fazhi.schema import units
from fazhi.schema.definition import OF_LAST, Definition


class Ratio(Measure):
    """比率: one figure, or part of one, in percent of another that it is some of; reckoned in fractions."""

    def value(self, definition: Definition, counting: Counting) -> Value:
        above = counting.value_of(definition.numerator or "")
        below = counting.value_of(definition.denominator or "")
        if above is None or below is None:  # not defined for this year
            return Value(definition, counting.year, None)
        made = _made_of(definition, counting, below, above)
        value = replace(made, sides=(above, below))
        if above.number is None or not below.number:
            return value
        # Of money, in the smallest unit: both are whole numbers then.
        parted = 10 ** max(units.places(units.base(one.unit)) for one in (above, below))
        numerator, denominator = int(above.base * parted), int(below.base * parted)
        if numerator > denominator:
            sides = f"{counting.year}年“{definition.name}”的分子 {numerator} 大于分母 {denominator}"
            hint = "核对分子、分母两个指标的条件和“按日期”"
            counting.problem(definition, "分子", faults.above_one(f"{sides}，不成其为比率", hint))
        return replace(
            value,
            number=Fraction(numerator * 100, denominator),
            numerator=numerator,
            denominator=denominator,
        )

    def how(self, definition: Definition) -> str:
        return f"{_said(definition.numerator)}占{_said(definition.denominator)}的比例"

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        sides = {"分子": definition.numerator or "", "分母": definition.denominator or ""}
        return {"统计": definition.measure} | _meant(sides, others)

    def is_audited(self, value: Value) -> bool:
        return self.audited and all(
            not side.name.endswith(OF_LAST) and measure_of(side.definition).is_audited(side)
            for side in value.sides
        )

    def rows(self, value: Value, columns: Columns) -> list[Row]:
        found: list[Row] = []
        together: dict[Record, None] = {}
        for side in value.sides:
            measure = measure_of(side.definition)
            found += measure.rows(side, columns)
            if measure.counts_records:
                together |= dict.fromkeys(side.records)
        return [*found, columns.count(together)]


class Quotient(Ratio):
    """比值: one figure divided by another or by a number, which may be more than 1."""

    audited = False

    def value(self, definition: Definition, counting: Counting) -> Value:
        name = definition.denominator or ""
        sides = [counting.value_of(definition.numerator or "")]
        sides += [] if name.isdigit() else [counting.value_of(name)]
        value = _made_of(definition, counting, *sides)
        bases = [side.base for side in value.sides if side.number is not None]
        bases += [Fraction(name)] if name.isdigit() else []
        if len(bases) < 2 or not bases[1]:
            return value
        scale = Fraction(1, 100) if definition.unit == "%" else units.power(definition.unit or "")
        return replace(value, number=bases[0] / bases[1] * definition.per / scale)

    def how(self, definition: Definition) -> str:
        return f"{_said(definition.numerator)}除以{_said(definition.denominator)}"

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        own: dict[str, object] = {"单位": definition.unit, "除以": definition.denominator}
        own |= {"每": definition.per} if definition.per > 1 else {}
        return super().identity(definition, others) | own


class Combined(Measure):
    """合计: figures added up and taken away, from 累计自 on of all years; nothing counts twice."""

    counts_records = audited = False

    def value(self, definition: Definition, counting: Counting) -> Value:
        if definition.first_year:
            return self._over_years(definition, counting, definition.first_year)
        names = [(name, 1) for name in definition.added]
        names += [(name, -1) for name in definition.subtracted]
        sides = [(counting.value_of(name), sign) for name, sign in names]
        value = _made_of(definition, counting, *(side for side, _ in sides))
        known = [(side, sign) for side, sign in sides if side and side.number is not None]
        if len(known) < len(sides):
            return value
        if twice := overlapping.found([side for side, sign in known if sign > 0]):
            one, other, common = twice
            message = f"“{definition.name}”加的“{one}”和“{other}”里有同一件事（{common}），加了两次"
            fault = faults.counted_twice(message, "改两个指标的条件，使一件事只算一次")
            counting.problem(definition, "加", fault)
        number = sum((side.base * sign for side, sign in known), Fraction(0)) / units.power(
            definition.unit or ""
        )
        if number < 0:
            fault = faults.below_zero(f"“{definition.name}”减下来小于 0", "核对“加”“减”两项")
            counting.problem(definition, "减", fault)
            return value
        return replace(value, number=number)

    def _over_years(self, definition: Definition, counting: Counting, first: int) -> Value:
        """What it is in each year from the first on, added up; a total of several years is all of them."""
        each = definition.model_copy(update={"first_year": None})
        year, found, newest = counting.year, list[Value](), dict[str, Value]()
        while year >= first:
            of_year = counting.of(year) if found else counting
            one = self.value(overlapping.told_of_year(each, of_year, first), of_year)
            own = each.model_copy(update={"name": f"{definition.name}.{year}年"})
            is_alike = all(alike(newest.setdefault(s.name, s), s) for s in one.sides)
            found.append(replace(one, definition=own, number=one.number if is_alike else None))
            year = one.begins - 1
        value = _made_of(definition, counting, *found)
        numbers = [one.number for one in found if one.number is not None]
        is_whole = found and len(numbers) == len(found)
        return replace(value, number=sum(numbers, Fraction(0))) if is_whole else value

    def how(self, definition: Definition) -> str:
        added = "加上".join(map(_said, definition.added))
        of_year = "减去".join([added, *map(_said, definition.subtracted)])
        then = "，" if len(definition.sides) > 1 else ""
        years = f"{definition.first_year}年以来各年的"
        return f"{years}{of_year}{then}相加" if definition.first_year else of_year

    def identity(self, definition: Definition, others: Definitions) -> dict[str, object]:
        held = {"加": definition.added, "减": definition.subtracted}
        sides = {f"{key}{place}": n for key, ns in held.items() for place, n in enumerate(ns)}
        own = {"累计自": definition.first_year} if definition.first_year else {}
        same = {"统计": definition.measure, "单位": definition.unit} | own
        return same | _meant(sides, others)


def _made_of(definition: Definition, counting: Counting, *sides: Value | None) -> Value:
    """A figure that is made of others, as far as there are these, without its number."""
    known = tuple(side for side in sides if side is not None)
    records = tuple({record.path: record for side in known for record in side.records}.values())
    sensitive = any(side.sensitive for side in known)
    return Value(definition, counting.year, None, records, sides=known, sensitive=sensitive)


def _said(name: str | None) -> str:
    """A figure, a part of one, or last year's, as a citizen may read it."""
    whole = (name or "").removesuffix(OF_LAST)
    return "上年的" * (whole != (name or "")) + whole.replace(".", "中的")


def _meant(sides: Mapping[str, str], others: Definitions) -> dict[str, object]:
    """What the figures that a figure is made of count, by what they are to it."""
    found: dict[str, object] = {}
    for side, name in sides.items():
        whole, _, part = name.partition(".")
        if figure := others.get(whole):
            found[side] = measure_of(figure).identity(figure, others)
            if part:
                found[f"{side}的分项"] = part
    return found


MEASURES: Mapping[str, Measure] = {
    **COUNTS,
    "比率": Ratio(),
    "比值": Quotient(),
    "合计": Combined(),
}


def measure_of(definition: Definition) -> Measure:
    """The 统计 of a definition."""
    return MEASURES[definition.spec.name]


def explain(definition: Definition) -> str:
    """How a figure is counted, in words that a citizen can follow."""
    since = definition.alike_since
    told = (
        measure_of(definition).how(definition),
        f"{since}年以前的不能直接比" if since else "",
        definition.note,
    )
    return "。".join(filter(None, told))


def fingerprint(definition: Definition, others: Definitions) -> str:
    """A hash of what is counted: alike for two townships whose figures mean the same.

    A ratio's two figures are found in `others`. Name, section, years and notes are left out, as they
    change nothing of the number.
    """
    identity = measure_of(definition).identity(definition, others)
    text = json.dumps(identity, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def comparable(value: Value, other: Value) -> bool:
    """Whether two years count the same: by definitions that mean the same, in words of both years.

    A definition that names a word which only one of the years has counts more in that year. One that
    has lost a word and got another is taken to name it anew. A number of several years is compared
    with one of as many.
    """
    spans = {one.year - one.begins for one in (value, other) if one.records}
    return len(spans) < 2 and alike(value, other)


def alike(value: Value, other: Value) -> bool:
    """Whether two years count the same, however many years a total is of."""
    if value.unknown < other.unknown or other.unknown < value.unknown:
        return False
    since = (one.definition.alike_since or 0 for one in (value, other))
    if any(min(value.year, other.year) < year <= max(value.year, other.year) for year in since):
        return False
    now, then = value.definition, other.definition
    means_the_same = now == then or _meaning(now) == _meaning(then)
    lengths = {measure_of(one.definition).lengths(one) for one in (value, other) if one.records}
    return means_the_same and len(lengths) < 2 and all(map(alike, value.sides, other.sides))


def _meaning(definition: Definition) -> object:
    """Its identity, whichever word its unit is; a ratio's two sides are compared by themselves."""
    counts_one_a_record = definition.spec.name in ("件数", "分类（按）", "议题数", "议题数（按）")
    unit = None if counts_one_a_record else units.base(definition.unit or "")
    alike = definition.model_copy(update={"unit": unit})
    return measure_of(alike).identity(alike, {})
