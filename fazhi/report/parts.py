"""What a narrative says of the parts of breakdowns, held to whose parts they are."""

import re
from collections.abc import Iterator, Sequence

from fazhi.figures.value import Value, Values
from fazhi.problems.problem import Fault
from fazhi.report import faults
from fazhi.report.changes import Found
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.narrative.names import Names, of_kin
from fazhi.rules.narrative.naming import another_part
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import BETWEEN


def with_parts(values: Values, found: Sequence[Number]) -> Values:
    """The values with those parts that are printed by themselves."""
    parts = dict(values)
    for name in {number.name for number in found if "." in number.name}:
        whole, _, part = name.partition(".")
        if (value := values.get(whole)) and (made := value.part(part)):
            parts[name] = made
    return parts


def breakdowns(value: Value, values: Values) -> list[Value]:
    """A figure's own breakdown, that of which it is a part, or those of just its records."""
    if value.parts or "." in value.name:
        return [value if value.parts else values[value.of]]
    alike = (one for one in values.values() if one.parts and one.number == value.number)
    return [one for one in alike if {*one.records} == {*value.records}]


def named_in(clause: str, whole: Value) -> list[int]:
    """How many there are of each part of a breakdown that a clause names."""
    return [n for part, n in (whole.parts or {}).items() if part.removesuffix("人员") in clause]


def typed(number: Number, rest: str, value: Value, values: Values) -> Iterator[tuple[int, Fault]]:
    """Parts of a breakdown that are typed behind its number, or named as if they were all."""
    every = [(whole, part) for whole in breakdowns(value, values) for part in whole.parts or {}]
    for whole, name in every:
        count = (whole.parts or {})[name]
        stem = re.escape(name.removesuffix("人员"))
        if whole is value and re.search(rf"{stem}(?:人员|对象|患者|学生)?$", number.said):
            yield number.at, faults.wrong_part(name, count, value.unit)
        typed = re.search(rf"{re.escape(name)}[^\d、，,。；{HIDDEN}]{{0,4}}(?P<number>\d+)", rest)
        if typed and not number.is_last and int(typed["number"]) != count:
            fault = faults.wrong_part(name, count, value.unit)
            yield number.at + 1 + typed.start("number"), fault


def another(number: Number, ahead: Sequence[Number], values: Values, names: Names) -> Found:
    """甲{{ 甲 }}，其中警告{{ 乙.警告 }}, and 警告{{ 甲.罚款 }}: another's part, or another part."""
    for side in values[number.name].sides[:1]:  # 警告占比{{ 罚款占比 }}
        held = [one for one in values[side.of].parts or {} if one in number.said]
        if side.part_name and held and side.part_name not in number.said:
            yield number.at, another_part(f"{side.of}.{held[0]}", number.name)
    whole, _, part = number.name.partition(".")
    if not part or of_kin(number, names):
        return
    said = re.sub(f"{BETWEEN}$", "", number.said)
    others = (other for other in (values[whole].parts or {}) if said.endswith(other))
    other = max(others, key=len, default=part)
    if part not in said and other not in part and not names.ending(said)[0]:
        yield number.at, another_part(f"{whole}.{other}", number.name)
        return
    start = number.start(number.sentence)
    if number.heads:
        start = number.text.text.rfind("\n", 0, number.at)
    elif number.sentence.startswith("其中"):
        start = number.at - len(number.before)
    before = [one.name.partition(".")[0] for one in ahead[-_NEAR:] if one.at >= start]
    around = "，".join((number.sentence, number.until_next, *number.heads, number.title))
    if whole not in before:
        for other in dict.fromkeys(reversed(before)):
            if other in values and values[other].part(part) and not _is_named(whole, other, around):
                yield number.at, another_part(f"{other}.{part}", number.name)
                return


_NEAR = 20  # numbers of one sentence: more are in none


def _is_named(name: str, other: str, around: str) -> bool:
    """Whether what tells a figure's name from another's is said, or most of it."""
    own = set(name) - set(other)
    return name in around.replace(other, "") or len(own & set(around)) >= max(len(own) - 1, 1)
