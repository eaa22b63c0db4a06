"""What is said of all: of several figures at once, and of all that a figure counts."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.value import OTHER, Value, Values
from fazhi.figures.wording import plain
from fazhi.pattern import HAN, Pattern
from fazhi.problems.problem import Fault
from fazhi.records.narrative import Narrative
from fazhi.report import changes, faults, moves
from fazhi.report.holding import fields
from fazhi.report.moves import EQUAL, HOW, WAYS, is_down
from fazhi.report.parts import breakdowns
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.narrative.clauses import ALL_EACH, LISTED, SEVERALLY, Number, numbers
from fazhi.rules.narrative.names import Names, shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import BETWEEN
from fazhi.schema.numerals import exact
from fazhi.schema.township import Settings
from fazhi.schema.units import base

claim = Claims()


def of_all(
    number: Number, ahead: Sequence[Number], values: Values, names: Names
) -> Iterator[tuple[int, Fault]]:
    """What is said of several figures at once, or of all that are counted."""
    clause = number.said
    if _is_word(number) and re.search(f"率[、和与及]{HAN}+率$", clause):
        clause += "均"  # 甲率、乙率{{ 甲率 | 均 }}
    elif ahead and _is_word(ahead[-1]):
        clause = re.sub(rf"{HIDDEN}(?={BETWEEN}$)", "均", clause)  # 甲率{{ 甲率 | 均 }}为{{ 乙率 }}
    listed = LISTED.search(clause)
    if listed and listed["how"] not in SEVERALLY:
        told = [one.name for one in ahead if one.at >= number.start(number.sentence)]
        for fault in _of_list(listed, number, told, values, names):
            yield number.start(number.said) + listed.start("how"), fault
    elif added := _TOGETHER.search(number.said):
        yield number.start(number.said) + added.start(), faults.of_all(added[0])
    elif every := _ALL_BEFORE.search(number.near):
        yield number.start(number.near) + every.start(), faults.of_all(every["how"])


def _is_word(number: Number) -> bool:
    """Whether 全部 or 均 is printed of a rate, and no number."""
    return bool(re.search("全部|均", number.wordings))


def _of_list(
    listed: re.Match[str], number: Number, told: Sequence[str], values: Values, names: Names
) -> Iterator[Fault]:
    """甲率、乙率均为{{ 甲率 }}: each is as much, or all of them together are.

    Of rates that end alike those are meant that are of what is `told` before, or of the same whole,
    or else of what is counted in the same records.
    """
    own, how = values[number.name], listed["how"]
    is_one = not re.search("[、和与及]", listed["names"])
    of = {*told} if is_one else {*told, own.definition.denominator or ""}
    records = own.sides[-1].records if own.sides and not is_one else ()
    kin = {one.name for one in values.values() if records and one.records == records}
    each = _each(listed, names, {*of, *kin})
    found = [[values[name] for name in held if name in values] for held in each]
    near = [
        [one for one in held if one.definition.denominator in of]
        or [one for one in held if one.definition.denominator in kin]
        for held in found
    ]
    only = [some[0].name for some in near if len(some) == 1]
    if len(only) == len({*only}):  # 甲满意率、乙满意率 are not both of them one
        found = [some or held for some, held in zip(near, found, strict=True)]
    meant = [held[0] for held in found if len(held) == 1]
    printed = [{*map(plain, held)} for held in found]
    if how[-1] in "共计":
        total = sum(value.number or 0 for value in meant)
        units = {base(value.unit) for value in meant}
        # Of its own, it is not the sum; 审核文件、合同共{{ 审核 }} tells of what there is of each.
        is_own = any(value.of == own.name and value.part_name for value in meant)
        is_sum = len(meant) == len(found) if own not in meant else not is_own
        if is_sum and len(meant) > 1 and len(units) == 1 and total != own.number:
            yield faults.of_all(how, "、".join(plain(value) for value in meant))
    elif "同比" not in number.wordings and (bound := re.search(changes.BOUND, number.wordings)):
        if not all(changes.holds(bound, value) for value in meant):
            yield faults.of_all(how, "、".join(sorted({*()}.union(*printed))))
    elif any(plain(own) not in some for some in printed if some) or (
        len(near) == 1 and near[0] and {plain(own)} < printed[0]
    ):
        yield faults.of_all(how, "、".join(sorted({plain(own)}.union(*printed))))
    elif max(len(found), len(found[0])) > 1 and all(some == {plain(own)} for some in printed):
        return
    elif len(found) > 1 or not shared(number.name, listed["rest"]):
        yield faults.of_all(how)


def _each(listed: re.Match[str], names: Names, of: Container[str] = ()) -> list[frozenset[str]]:
    """The figures that each of a list may be; `of` are what rates are divided by that are meant."""
    said = re.sub(f"[以上这]*[两二三四五六七八九]?[类项种]{HAN}{{0,4}}$", "", listed["names"])
    *ahead, last = re.split("[、和与及]", said)
    parts = [*(names.carried(one, last) for one in ahead), last]
    return [_meant(part, names, of) for part in parts]


def told_together(
    narrative: Narrative, settings: Settings, words: Mapping[str, str]
) -> dict[str, list[str]]:
    """Of 甲率、乙率均为{{ 乙率 }} the words that are printed of each."""
    names, found = Names(settings, narrative), dict[str, list[str]]()
    for number in numbers(narrative):
        listed = LISTED.search(number.said)
        said = words.get(number.name)
        if said and listed and listed["how"] in ("均", "都", "皆") and not number.is_last:
            found |= {min(held): [said] for held in _each(listed, names) if len(held) == 1}
    return found


def _meant(part: str, names: Names, of: Container[str] = ()) -> frozenset[str]:
    """The figures that one of a list may be: of those that end alike, the one that is called just so."""
    held, called = names.ending(part)
    if any(names.by_name[name].denominator in of for name in held):
        return held  # the whole tells which it is
    own = [name for name in held if called in (name, *names.by_name[name].called)]
    if len(own) == 1:
        return frozenset(own)
    begun = sorted(name for name in names.by_name if part and name.startswith(part))
    if begun and all(name.startswith(begun[0]) for name in begun):
        begun = begun[:1]  # 专题宣传 is 专题宣传活动, and not the people of it
    return held or frozenset(begun) or names.alone(part)


_TOGETHER = Pattern(
    "(?:加[在到]?一起|[加合]起来|相加|之和)(?![^，,。；]*(?:[多少高低大小]于|超过|不[及如]|比))"
)
_ALL_BEFORE = Pattern(rf"(?P<how>全部|全数|悉数|全员|{ALL_EACH}|都|皆){BETWEEN}$")
_ALL_CHANGE = Pattern(
    r"(?P<names>[^，,。；]{2,100}?)(?:均|都|全部|双双?|齐|无一例外)[^，,。；]{0,10}?"
    rf"(?P<claim>(?P<beyond>[高低]于)上年|(?P<words>{moves.WAYS}))"
)
_EVERY = "(?P<all>各项|所有|全部|^(?:场次|[件次人数]数|数量|[人户]次)$)|(?P<many>[两三四五六七八九])[项率]"


def of_several(sentence: Sentence) -> faults.Found:
    """两项均有所回落, 甲、乙全部高于上年, 各项数据均高于上年: of each of them."""
    names, printed = sentence.names, [one.name for one in sentence.numbers]
    for said in _ALL_CHANGE.finditer(sentence.text):
        every = re.search(_EVERY, said["names"])
        parts = re.split("[、和与及]|[较比同]上年", re.sub(_EVERY, "、", said["names"]))
        parts = [re.sub(moves.AMOUNT, "", part) for part in parts]
        found = (names.ending(part)[0] or names.alone(part.strip(HIDDEN)) for part in parts)
        listed = [min(held) for held in found if len(held) == 1]
        if every and every["all"]:
            meant = printed if len(printed) > 1 else [*sentence.values]
        elif every:
            count = "两三四五六七八九".index(every["many"]) + 2
            meant = listed if len(listed) > 1 else printed[-count:]
        else:
            meant = listed if len(parts) > 1 else []
        excepted = "除" in sentence.text[: said.start()]
        for name in meant:
            now, last = sentence.values.get(name), sentence.last.get(name)
            if now is None or now.number is None or (excepted and name in sentence.text):
                continue
            wrong = changes.of_change(said, now, sentence.earlier)
            if last and last.number is not None and (fault := next(wrong, None)):
                yield said.start("claim"), fault
                break


@claim(rf"(?P<said>口径[^，,。；{HIDDEN}]{{0,6}}(?:一致|相同|不变))")
def _counted_alike(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲的统计口径与上年一致: it is recorded so from this year on."""
    value = sentence.about(said.start()) or sentence.topic
    if value and value.definition.alike_since == sentence.year:
        yield value, value


@claim(
    rf"由(?P<list>(?:[^，,。；、{HIDDEN}]+{HIDDEN}[、，,和及]*){{2,}})(?P<said>[^，,。；{HIDDEN}]{{0,6}}(?:构成|组成))"
)
def _made_of(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，由乙{{ }}和丙{{ }}构成: they come to as much."""
    whole, listed = sentence.nearest(said.start()), sentence.listed(said, "list")
    added = sum(one.base for one in listed if one and one.number is not None)
    is_alike = all(one and whole and base(one.unit) == base(whole.unit) for one in listed)
    if whole and is_alike and added != whole.base:
        yield whole, whole, f"合起来是 {exact(Fraction(added))}{base(whole.unit)}"


_OF_ALL = "均|都|全部|全都"


@claim(
    rf"(?<!述)(?<!上)各(?P<of>[类项种村])[^，,。；{HIDDEN}]{{0,8}}?(?P<said>(?P<all>{_OF_ALL})?(?:[比较](?:上一?年度?|去年)(?:同期)?|同比)(?(all)|(?:{_OF_ALL}))(?:{HOW})?(?P<way>{WAYS}))"
)
def _each_part(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """在册人员{{ }}，各类人员均比上年增加: of each of its parts, or of each village."""
    ahead = sentence.nearest(said.start()) or sentence.subject
    if ahead is None:
        return
    whole = sentence.whole_of(ahead)
    this = whole if said["of"] == "村" else next(iter(breakdowns(whole, sentence.values)), whole)
    last = sentence.last.get(this.name)
    if last is None:
        return
    now, before = (
        _by_village(sentence, one) if said["of"] == "村" else dict(one.parts or {})
        for one in (this, last)
    )
    if not now or not before:
        return
    is_same, sign = re.fullmatch(EQUAL, said["way"]), -1 if is_down(said["way"]) else 1
    for part in {*now, *before}:
        more = (now.get(part, 0) - before.get(part, 0)) * sign
        if not part.startswith(OTHER) and (more != 0 if is_same else more <= 0):
            told = f"{part}上年{before.get(part, 0)}，今年{now.get(part, 0)}"
            yield whole, whole, "" if whole.sensitive else told
            return


def _by_village(sentence: Sentence, value: Value) -> dict[str, int]:
    """How many of a figure's records each village has."""
    for key, _, words_of in fields(sentence, value.records) if value.records else ():
        if key == "村":
            return Counter(word for record in value.records for word in words_of(record))
    return {}
