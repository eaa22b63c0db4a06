"""What a number of a finished text is found to mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from fazhi.figures.value import OTHER, Value, Values
from fazhi.report.parts import stem
from fazhi.rules.narrative.clauses import Number
from fazhi.schema.definition import part_of


@dataclass(frozen=True)
class Meant:
    """A figure of the year, or of the last one; as a change on that, in the words of the text.

    `is_printed`: the narrative prints it in the same clause. `is_merged`: it is a part that the public
    sees among others only.
    """

    value: Value
    is_last: bool = False
    change: str | None = None
    is_printed: bool = False
    is_merged: bool = False


Ahead = Sequence[Meant | None]
"""What the numbers ahead in a sentence mean, where that is known."""


class Unclear(Exception):
    """Why it is not known what a number is of, in Chinese."""


def part_of_shown(value: Value, part: str, shown: Value) -> Value | None:
    """A part as a figure of its own; 其他 as the public sees it, with the small ones in it."""
    counts = shown.parts if part == OTHER else value.parts
    count = (counts or {}).get(part)
    if count is None:
        return value.part(part)
    definition, number = part_of(value.definition, part), Fraction(count)
    return replace(value, definition=definition, number=number, parts=None)


def in_parts(spot: Number, values: Values) -> list[Value]:
    """The breakdowns of which the rows of a number's table are parts: at least two of them."""
    text = spot.text.text
    start, end = (text.rfind("\n\n", 0, spot.at), text.find("\n\n", spot.at))
    table = text[max(start, 0) : end if end > 0 else None]
    rows = {stem(re.sub(r"\s", "", row)) for row in re.findall(r"(?m)^\|([^|\n]+)\|", table)}
    told = (v for v in values.values() if len(rows & {stem(one) for one in v.parts or ()}) > 1)
    return list(told)
