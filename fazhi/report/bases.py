"""With which other part of the year a number is said to be compared: 较11月减少{{ }}."""

from fazhi.figures.value import Value
from fazhi.report import faults
from fazhi.report.faults import Found
from fazhi.report.moves import is_down
from fazhi.report.periods import BASE, difference, named, of_value
from fazhi.rules.narrative.clauses import Number


def check(number: Number, value: Value) -> Found:
    """较11月减少{{ }}: another part of the year than that with which the figure compares its own."""
    said = next(reversed([*BASE.finditer(number.said)]), None)
    found = difference(value)
    if said is None or found is None:
        return
    base, own = found
    if value.unit != "%" and is_down(number.said[said.end() :]) == (own is value.sides[0]):
        base = own  # 较11月减少{{ 12月减去11月 }}
    if named(said["base"], value.year) != (compared := of_value(base)):
        at = number.start(number.said) + said.start()
        other = str(compared).removeprefix(f"{value.year}年")
        yield at, faults.another_part(value.name, said[0], other)
