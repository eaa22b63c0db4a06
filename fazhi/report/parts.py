"""What a narrative says of the parts of breakdowns, held to whose parts they are."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fazhi import regex as re
from fazhi.figures.value import OTHER, Value, Values
from fazhi.pattern import HAN, Pattern
from fazhi.problems.problem import Fault
from fazhi.problems.quoting import shown
from fazhi.report import faults
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.narrative.names import Names, headed, of_kin, shared
from fazhi.rules.narrative.naming import ANOTHER, UNKNOWN, fitting_name
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import BETWEEN, OPEN
from fazhi.schema.kinds import Case
from fazhi.schema.units import base


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


def added(value: Value, clause: str) -> list[Value]:
    """A sum as if what it adds up were its parts, called as in a clause; nothing of any other figure."""
    if not value.definition.added:
        return []
    called = ((side, (*side.definition.called, side.name)) for side in value.sides)
    named = ((next((one for one in own if one in clause), own[-1]), side) for side, own in called)
    return [replace(value, parts={name: int(side.number or 0) for name, side in named})]


def named_in(clause: str, whole: Value) -> list[int]:
    """How many there are of each part of a breakdown that a clause names."""
    parts = [(part, n) for part, n in (whole.parts or {}).items() if stem(part) in clause]
    return [n for part, n in parts if part in clause or re.search(called(part), clause)]


def called(part: str) -> str:
    """A pattern for a part by its stem: 食品 in 食品类最多, and not in 食品安全最重."""
    return (
        rf"{re.escape(stem(part))}(?=类|领域|案件|处罚|[的原最占居为是]|决定|结[案果]|行政|情[况形]"
        rf"|[，,、。；{HIDDEN}]|$)"
    )


def stem(part: str) -> str:
    """What a part is called in a clause: 食品 for 食品案件."""
    short = re.sub("(?:案件|件数|文件|人员|纠纷)$", "", part)
    return short if len(short) > 1 else part


def spoken(part: str) -> tuple[str, ...]:
    """How a part is said: 大气, and 涉气."""
    return (stem(part), f"涉{part[-1]}") if len(part) <= len("大气") else (stem(part),)


def typed(number: Number, rest: str, value: Value, values: Values) -> Iterator[tuple[int, Fault]]:
    """Parts of a breakdown that are typed behind its number, or named as if they were all."""
    every = [(whole, part) for whole in breakdowns(value, values) for part in whole.parts or {}]
    for whole, name in every:
        count = (whole.parts or {})[name]
        stem = name.removesuffix("人员")
        is_said = whole is value and stem in number.said and not _is_of_more(number.said, whole)
        if is_said and re.search(rf"{re.escape(stem)}(?:人员|对象|患者|学生)?$", number.said):
            yield number.at, faults.wrong_part(name, count, value.unit)
        if name not in rest:
            continue
        typed = _SO_MANY.match(rest, rest.index(name) + len(name))
        is_whole = typed and (typed["ends"] or rest.startswith(base(value.unit), typed.end()))
        if typed and is_whole and not number.is_last and int(typed["number"]) != count:
            yield number.at + 1 + typed.start("number"), faults.wrong_part(name, count, value.unit)


_SO_MANY = Pattern(rf"[^\d、，,。；{HIDDEN}]{{0,4}}(?P<number>\d++)(?P<ends>[，,。；、）)]|$)?")


def _is_of_more(said: str, whole: Value) -> bool:
    """各类文件、合同: whether a list that ends with a part tells of more than parts, or of all."""
    listed = [one for one in re.split("[、和与及]", said.rpartition(HIDDEN)[2]) if one]
    named = [named_in(one, whole) for one in listed]
    is_list = len(listed) > 1 and listed[-1] in (whole.parts or {})
    return is_list and (not all(named) or sum(map(sum, named)) == whole.number)


def another(
    number: Number, ahead: Sequence[Number], values: Values, names: Names
) -> Iterator[tuple[int, Fault]]:
    """甲{{ 甲 }}，其中警告{{ 乙.警告 }}, and 警告{{ 甲.罚款 }}: another's part, or another part."""
    for side in values[number.name].sides[:1]:  # 警告占比{{ 罚款占比 }}
        held = [one for one in values[side.of].parts or {} if one in number.said]
        if side.part_name and held and side.part_name not in number.said:
            yield number.at, _meant(f"{side.of}.{held[0]}", number.name)
    whole, _, part = number.name.partition(".")
    is_same = number.is_last and ahead and ahead[-1].name == number.name
    is_told = is_same and _OF_LAST.fullmatch(number.ahead)  # 败诉{{ }}（上年{{ }}）
    if not part or is_told or (headed if number.heads else of_kin)(number, names):
        return  # the name's rule tells it
    if several := _several(number, values[whole], values[number.name]):
        yield number.at, several
        return
    said = re.sub(f"{BETWEEN}$", "", number.said)
    places = [said, *(re.sub("[（(].*|的$", "", head) for head in number.heads)]
    others = (
        other
        for other in values[whole].parts or {}
        if any(one.endswith(spoken(other)) for one in places)
    )
    other = max(others, key=len, default=part)
    is_named = bool(names.ending(said)[0])
    is_said = any(word in one for word in spoken(part) for one in places)
    if not is_said and other not in part and not is_named:
        yield number.at, _meant(f"{whole}.{other}", number.name)
        return
    wrong = _wrong_name(number.name, said) or _other_course(number, values[whole])
    if wrong and not is_named:
        yield number.at, wrong
        return
    told = "，".join((number.ahead, number.until_next[:_NEAR], *number.heads, number.title))
    is_heard = is_said or _is_letter(part, said.rpartition(HIDDEN)[2]) or part[:2] == OTHER
    is_open = part == Case.OPEN and re.search(OPEN, told)
    is_unheard = not (is_named or is_heard or is_open or shared(stem(part), told))
    if is_unheard and re.search(f"{HAN}{{2}}$", said):
        yield number.at, _unnamed(number.name)
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
                yield number.at, _meant(f"{other}.{part}", number.name)
                return


def _is_letter(part: str, said: str) -> bool:
    """水类, 水污染, 涉水: whether a clause tells of a part of one character."""
    told = rf"(?:^[、和与及]?(?:其中)?|涉){re.escape(part)}|{re.escape(part)}(?:类|污染|环境|$)"
    return len(part) == 1 and bool(re.search(told, said))


def _wrong_name(name: str, said: str) -> Fault | None:
    """非法取土 before {{ 甲.非法取水 }}: what is said in a part's place, and begins as it does, is another."""
    part = name.partition(".")[2]
    end = re.sub("(?:案件|类|行为)$", "", said)[-len(part) :]
    differs = sum(one != other for one, other in zip(end, part, strict=False))
    if len(end) < len(part) or len(part) <= _BEGINNING or stem(part) in said:
        return None
    if differs == 1:
        message = f"这里说的是{shown(end)}，印的是{shown(name)}"
        return fitting_name.fault(message, "改句子，或者改分项", ANOTHER)
    return _unnamed(name) if end[:_BEGINNING] == part[:_BEGINNING] else None


def _other_course(number: Number, whole: Value) -> Fault | None:
    """正在审理 before {{ 甲.胜诉 }}, and 审结 before {{ 甲.在办 }}: cases that have come so far have not come so."""
    part, said = number.name.partition(".")[2], number.ahead + "".join(number.heads)
    is_open, done = re.search(OPEN, said), re.search("[审办]结|结案|[判裁]决|裁定", said)
    if whole.definition.by != "结果" or part in said:
        return None
    if is_open and part != Case.OPEN:
        return _meant(f"{whole.name}.{Case.OPEN}", number.name)
    if done and not is_open and part == Case.OPEN:
        message = f"这里说的是{shown(done[0])}，印的是{shown(number.name)}"
        return fitting_name.fault(message, "改句子，或者改分项", ANOTHER)
    return None


def _meant(other: str, name: str) -> Fault:
    """FZ730 where another part is meant."""
    hint = f"改成 {{{{ {other} }}}}，或者写明是哪个指标的"
    return fitting_name.fault(f"这里说的是{shown(other)}，印的是{shown(name)}", hint, ANOTHER)


def _unnamed(name: str) -> Fault:
    """FZ730 where a part is told in other words, if it is."""
    message = f"这里印的是{shown(name)}，话里没有说{shown(name.partition('.')[2])}"
    return fitting_name.fault(message, "改句子，或者改分项；确是一回事的不用改", UNKNOWN)


def _several(number: Number, whole: Value, own: Value) -> Fault | None:
    """食品、药械化案件共{{ 食品案件 }}: a part of which the clause says that it is several."""
    said = number.said.rpartition(HIDDEN)[2]
    added = re.search(f"[合总一]?[共计](?={BETWEEN}$)", said)
    said = re.sub(f"{BETWEEN}$", "", said[: added.start()] if added else said)
    said = re.split("[多少高低大小]于|超过|不[及如]|比", said)[-1]  # 甲和乙之和多于丙
    ends = {part: n for part, n in (whole.parts or {}).items() if said.endswith((part, stem(part)))}
    listed = re.split("[、和与及]", said)
    if len(listed) < 2 or not ends or any(sign in own.part_name for sign in "、和与及"):
        return None
    held = [
        {part: n for part, n in (whole.parts or {}).items() if one.endswith(stem(part))}
        for one in (re.sub("(?:案件|件数|文件|人员)$", "", one) for one in listed)
    ]
    meant = {part: n for one in held if len(one) == 1 for part, n in one.items()}
    if len(meant) < 2 or sum(meant.values()) == own.number:
        return None
    told = "、".join(f"{part}{n}{whole.unit}" for part, n in meant.items())
    return faults.of_all(added[0] if added else "共", told)


_OF_LAST = re.compile(r"[，,（(]*[上去]年(?:度|同期)?[为是有]?")
_BEGINNING = 2  # characters of a part by which it is known
_NEAR = 20  # numbers of one sentence: more are in none


def _is_named(name: str, other: str, around: str) -> bool:
    """Whether what tells a figure's name from another's is said, or most of it."""
    own = set(name) - set(other)
    return name in around.replace(other, "") or len(own & set(around)) >= max(len(own) - 1, 1)
