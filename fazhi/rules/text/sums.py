"""The rule that typed parts add up to the typed total.

Only what is unambiguous is checked: whole numbers of one unit, none of them approximate.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import BY_ROLE, HIDDEN, Passage, Role
from fazhi.schema.units import matter, power

RULES = Checks[[Passage, Lexicon]]()


class Quantity(NamedTuple):
    """A number with its unit, in a line."""

    start: int
    number: int
    unit: str
    is_exact: bool
    gap: str  # between it and the one before
    behind: str  # the words after it, to the end of the clause


@finds(BY_ROLE, RULES)
def true_sums(passage: Passage, lexicon: Lexicon) -> Found:
    """FZ806: 手写的几项相加，等于写出的合计；“其中”的几项，不多于总数。

    如“宣传3场、讲座2场，合计6场”，“受理5件，其中调解4件、信访2件”，都不对。只看同一个单位的整数，带“余”“近”“以上”的不看。表里的合计、小计，照它上面、前面的各格加。
    改法：核对各项和合计，改不对的那个数。
    """
    if passage.role is Role.RECORD and not _CHEAP.search(passage.text):
        return
    text = passage.plain
    quantity = re.compile(
        r"(?<![\d.])(?P<number>\d{1,3}(?:,\d{3})+|\d{1,9})"
        rf"(?P<round>[余多几]?)(?P<unit>{lexicon.units})(?P<bound>余|多|以上|以下|左右)?"
    )
    for line in re.finditer(r"[^\n]+", text.text):
        is_filed = passage.role is Role.RECORD
        found = list(_quantities(line[0] if is_filed else lexicon.named(line[0]), quantity))
        for at, whole in enumerate(found):
            for message in filter(None, (form(found, at) for form in _FORMS)):
                place = text.at(line.start() + whole.start)
                yield passage, place, message, "核对各项和合计", passage.where


_CHEAP = re.compile(
    r"[合共总其分均（(](?:(?<=[合共总])计|(?<=其)中|(?<=分)别[为是]|(?<=均)[为是]"
    r"|(?<=[（(])[^）)\n]{0,30}\d[^）)\n]*\d)"
)
"""What a sum has in it. The set of characters before all else is what makes the search quick."""


def _quantities(line: str, pattern: re.Compiled) -> Iterator[Quantity]:
    last = 0
    for match in pattern.finditer(line):
        if match["unit"] in {"%", "‰", "个百分点"}:
            continue  # rounded one by one, they need not add up
        number = int(match["number"].replace(",", ""))
        is_exact = not (match["round"] or match["bound"])
        gap = line[last : match.start()]
        behind = re.split("[，,。；;、]", line[match.end() : match.end() + 12])[0]
        unit = matter(match["unit"]) if power(match["unit"]) == 1 else match["unit"]
        yield Quantity(match.start(), number, unit, is_exact, gap, behind)
        last = match.end()


_NAME = rf"[^\d、，,：:（()）。；;！？{HIDDEN}]"
_NEXT = Pattern(rf"(?:、|和|及|与|以及){_NAME}{{0,20}}")
_NEXT_LOOSELY = Pattern(rf"(?:、|和|及|与|以及|，|,){_NAME}{{0,20}}")
_COUNTED_OTHERWISE = Pattern(  # before a number that is no further part
    r"其中|比|较|上年|去年|同期|增|减|降|累计|包括|包含|含|另|超(?![标限载期速])|不足|近|约|至少|最多|第"
)


def _parts(found: Sequence[Quantity], first: int, joined: Pattern) -> list[Quantity]:
    """The list of one unit that begins with a quantity."""
    parts = [found[first]]
    for at in range(first + 1, len(found)):
        quantity = found[at]
        if not joined.fullmatch(quantity.gap) or quantity.unit != parts[0].unit:
            break
        if _COUNTED_OTHERWISE.search(quantity.gap) or _EACH.fullmatch(quantity.gap):
            break
        parts.append(quantity)
    return parts


_TOTAL = Pattern(
    f"[，,、（(：:]?(?:以上|[两二三四五六七八九][项类](?:队伍|活动|会议)?|各类{HAN}{{0,6}})*"
    rf"(?:(?:合计|共计|总计|总数){_NAME}{{0,10}}|(?:一共|总共|共|累计|相加|加起来)[有为达是]*)"
)


def _total_after(found: Sequence[Quantity], at: int) -> str | None:
    """宣传3场、讲座2场，合计5场."""
    whole = found[at]
    if not _TOTAL.fullmatch(whole.gap) or not whole.is_exact:
        return None
    first = at
    while first > 0 and (first == at or _is_listed(found[first].gap)):
        first -= 1
    parts = found[first:at]
    units = {part.unit for part in parts}
    leads = re.split("[，,。；;！？]", parts[0].gap)[-1] if parts else ""
    gaps = [leads, *(part.gap for part in parts[1:])]
    if len(parts) < 2 or any(map(_COUNTED_OTHERWISE.search, gaps)):
        return None
    if units != {whole.unit}:
        is_sum = sum(part.number for part in parts) == whole.number and units & {"人次", "件次"}
        is_said = re.search("[两二三四五六七八九]项", whole.gap)
        return "单位不同，不能相加" if (is_sum or is_said) and len(units) > 1 else None
    total = _total(whole, parts)
    # What was listed further ahead in the paragraph may be counted in.
    may_be_more = first > 100 or any(earlier.unit == whole.unit for earlier in found[:first])
    if total is None or total == whole.number or (total < whole.number and may_be_more):
        return None
    return _adds_up_to(total, whole)


def _is_listed(gap: str) -> bool:
    """Whether a number goes on with the list before it; an earlier total is where one begins."""
    return bool(_NEXT_LOOSELY.fullmatch(gap)) and not _TOTAL.fullmatch(gap)


def _parts_after(
    found: Sequence[Quantity], at: int, begins: Pattern, joined: Pattern
) -> list[Quantity]:
    """The list that these words begin after a quantity; empty where they do not follow it."""
    is_followed = at + 1 < len(found) and begins.fullmatch(found[at + 1].gap)
    return _parts(found, at + 1, joined) if is_followed else []


def _total(whole: Quantity, parts: Sequence[Quantity]) -> int | None:
    """What the parts add up to; None where that says nothing about the whole."""
    is_sure = parts and all(quantity.is_exact for quantity in (whole, *parts))
    return sum(part.number for part in parts) if is_sure and parts[0].unit == whole.unit else None


_AMONG = Pattern(rf"{_NAME}{{0,12}}[，,（(；;]?其中[，,：:]?{_NAME}{{0,20}}")


def _among_them(found: Sequence[Quantity], at: int) -> str | None:
    """受理5件，其中调解成功4件、调解不成1件."""
    whole = found[at]
    total = _total(whole, _parts_after(found, at, _AMONG, _NEXT))
    if total is None or total <= whole.number:
        return None
    return f"“其中”的合起来是 {total}{whole.unit}，多于总数 {whole.number}{whole.unit}"


_EACH = Pattern(rf"{_NAME}{{0,12}}[，,：:（(]?(?:分别|均)[为是][：:]?{_NAME}{{0,20}}")


def _each_of_them(found: Sequence[Quantity], at: int) -> str | None:
    """办结5件，分别为信访2件、纠纷3件."""
    whole = found[at]
    # A comma may join one more part, or begin what is said next: either sum will do.
    first = _total(whole, _parts_after(found, at, _EACH, _NEXT))
    loose = _total(whole, _parts_after(found, at, _EACH, _NEXT_LOOSELY))
    if first is None or loose is None or whole.number in {first, loose}:
        return None
    return _adds_up_to(first, whole)


_BRACKET = Pattern(rf"{_NAME}{{0,18}}[（(]{_NAME}{{0,20}}")


def _in_brackets(found: Sequence[Quantity], at: int) -> str | None:
    """在册9名（甲类3名、乙类4名、丙类2名): three parts or more, and nothing else in the brackets."""
    whole = found[at]
    parts = _parts_after(found, at, _BRACKET, _NEXT_LOOSELY)
    if len(parts) < 3 or not parts[-1].behind.startswith(("）", ")")):
        return None
    total = _total(whole, parts)
    if total is None or total == whole.number or "如" in parts[0].gap:
        return None
    return None if _COUNTED_OTHERWISE.search(parts[0].gap) else _adds_up_to(total, whole)


_REST = Pattern(
    rf"[，,、（(：:]?(?:其余|剩余|剩下的?|余下|还有|尚有|另有|未(?!{HAN}先){_NAME}{{1,8}}|缺考|弃考|不合格)"
    rf"{_NAME}{{0,10}}"
)
_NOT_DONE = Pattern("^[^的]{0,6}(?:未(?!成年)|没有|不合格|缺考)")


def _rest_after(found: Sequence[Quantity], at: int) -> str | None:
    """应考63人，参考62人，缺考1人: a rest that no two of the numbers before it leave."""
    rest, first = found[at], at
    while first > max(at - 6, 0) and not re.search("[。；;！？]", found[first].gap):
        first -= 1
    before = [one for one in found[first:at] if one.unit == rest.unit and one.is_exact]
    is_rest = _REST.fullmatch(rest.gap) or _NOT_DONE.search(rest.behind)
    if not (is_rest and rest.is_exact and len(before) > 1):
        return None
    numbers = [one.number for one in before]
    left = {one - other for one, other in combinations(numbers, 2)}
    left |= {first - sum(numbers[place + 1 :]) for place, first in enumerate(numbers)}
    # 调解成功228起，尚有3起正在办理: others may have come to something else
    is_open = re.match("正在|在办|(?:未|没有)办", rest.behind)
    is_some = is_open and "有" in rest.gap and "成" in found[at - 1].gap
    if rest.number in left or (is_some and rest.number <= max(left)):
        return None
    shown = "、".join(f"{number}{rest.unit}" for number in numbers)
    return f"前面是{shown}，余下的不是 {rest.number}{rest.unit}"


def _adds_up_to(total: int, whole: Quantity) -> str:
    return f"各项合起来是 {total}{whole.unit}，写的是 {whole.number}{whole.unit}"


_FORMS = (_total_after, _rest_after, _among_them, _each_of_them, _in_brackets)
