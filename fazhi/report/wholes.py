"""What is said of all: of several figures at once, and of all that a figure counts."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from fazhi.figures.value import OTHER, Value, Values
from fazhi.figures.wording import plain
from fazhi.problems.problem import Fault
from fazhi.records.narrative import Narrative
from fazhi.report import changes, faults, parts
from fazhi.report.changes import Found
from fazhi.rules.narrative.clauses import ALL_EACH, LISTED, SEVERALLY, Number, numbers
from fazhi.rules.narrative.names import Names, likeness
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import BETWEEN, HAN
from fazhi.schema.township import Settings
from fazhi.schema.units import base


def of_all(
    number: Number, ahead: Sequence[Number], values: Values, names: Names
) -> Iterator[tuple[int, Fault]]:
    """What is said of several figures at once, or of all that are counted."""
    clause = number.said
    if _is_word(number) and re.search(f"率[、和与及]{HAN}+率$", clause):
        clause += "均"  # 甲率、乙率{{ 甲率 | 均 }}
    elif ahead and _is_word(ahead[-1]):
        clause = re.sub(rf"{HIDDEN}(?={BETWEEN}$)", "均", clause)  # 甲率{{ 甲率 | 均 }}为{{ 乙率 }}
    listed, own = LISTED.search(clause), values[number.name]
    if listed and listed["how"] not in SEVERALLY:
        told = [one.name for one in ahead if one.at >= number.start(number.sentence)]
        for fault in _of_list(listed, number, told, values, names):
            yield number.start(number.said) + listed.start("how"), fault
    elif (said := _ALL_THEN.search(number.said)) and (whole := _all_of(said, own, values, names)):
        if whole.number != own.number:
            at = number.start(number.said) + said.start("how")
            yield at, faults.of_all(said["how"], f"{plain(whole)}、{plain(own)}")
    elif outcome := _outcome(number, values):
        if outcome[1] is not None:
            yield (
                number.at + 1 + outcome[0].start("how"),
                faults.of_all(outcome[0]["how"], outcome[1]),
            )
    elif added := _TOGETHER.search(number.said):
        yield number.start(number.said) + added.start(), faults.of_all(added[0])
    elif every := _ALL_BEFORE.search(number.near):
        yield number.start(number.near) + every.start(), faults.of_all(every["how"])
    elif every := _ALL_AFTER.match(number.after):
        yield (
            number.at + 1 + every.start(),
            faults.of_all(every["how"] or every["each"] or every["fails"]),
        )


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
        is_sum = own in meant or len(meant) == len(found)  # of its own, it is not the sum
        if is_sum and len(meant) > 1 and len(units) == 1 and total != own.number:
            yield faults.of_all("共", "、".join(plain(value) for value in meant))
    elif "同比" not in number.wordings and (bound := changes.BOUND.search(number.wordings)):
        if not all(changes.holds(bound, value) for value in meant):
            yield faults.of_all(how, "、".join(sorted({*()}.union(*printed))))
    elif any(plain(own) not in some for some in printed if some) or (
        len(near) == 1 and near[0] and {plain(own)} < printed[0]
    ):
        yield faults.of_all(how, "、".join(sorted({plain(own)}.union(*printed))))
    elif max(len(found), len(found[0])) > 1 and all(some == {plain(own)} for some in printed):
        return
    elif len(found) > 1 or not _all_of(listed, own, values, names):
        yield faults.of_all(how)


def _each(listed: re.Match[str], names: Names, of: Container[str] = ()) -> list[frozenset[str]]:
    """The figures that each of a list may be; `of` are what rates are divided by that are meant."""
    said = re.sub(f"[以上这]*[两二三四五六七八九]?[类项种]{HAN}{{0,4}}$", "", listed["names"])
    *ahead, last = re.split("[、和与及]", said)
    return [
        _meant(part, names, of) for part in (*(names.carried(one, last) for one in ahead), last)
    ]


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


def _all_of(said: re.Match[str], part: Value, values: Values, names: Names) -> Value | None:
    """The figure of which 复议均胜诉{{ 胜诉 }} says that all of it is a part; None where that is not said."""
    found = _meant(said["names"], names)
    whole = values.get(min(found)) if len(found) == 1 else None
    is_said = whole and _is_part(part, whole) and _is_told(part.name, whole, said)
    return whole if is_said else None


_ALL = "全部|全数|悉数|尽数|全员|无一|无人|(?:件件|人人|起起)(?!有)"


def _outcome(number: Number, values: Values) -> tuple[re.Match[str], str | None] | None:
    """参考{{ }}个个过关: what is all, and the counts that say otherwise, or "" where they cannot tell.

    None in their stead where all it is; nothing at all where no outcome is told.
    """
    said, whole = _EVERYBODY.search(number.until_next), values[number.name]
    if said is None:
        return None
    no, fails = re.search("^无|[未不没]", said["how"] + said["rest"]), re.search(_FAILS, said[0])
    found, share = [], int(bool(no) == bool(fails))  # of them of which it is said: all, or none
    for part in values.values():
        if part.definition.denominator == number.name:
            named = part.definition.numerator or ""
            is_meant = any(word in named and re.search(words, said[0]) for word, words in _OUTCOMES)
            is_meant |= _is_told(part.name.removesuffix("率"), whole, said)
            if is_meant and part.number is not None:
                counts = f"{part.name}是 {part.numerator}/{part.denominator}"
                found.append("" if part.number == share * 100 else counts)
        elif _is_part(part, whole) and _is_told(part.name, whole, said):
            count = part.number or 0  # which may be more: some are of the year before
            is_true = count == 0 if no else count >= (whole.number or 0)
            found.append("" if is_true else f"{part.name}是 {plain(part)}")
    if found:
        return said, max(found) or None
    return _kind(said, number, values)


def _kind(
    said: re.Match[str], number: Number, values: Values
) -> tuple[re.Match[str], str | None] | None:
    """复议案件{{ }}，均予以维持: the same of its parts, or of what its cases came to."""
    clause = re.split("[，,；]", number.until_next[said.start() :])[0]
    own = values[number.name]
    whole = own.sides[-1] if own.sides else own  # 出庭应诉率{{ }}，无一败诉: of what it divides by
    held = parts.outcomes(whole, values) if "." not in whole.name else {}
    for name in sorted(held, key=len, reverse=True):
        told = re.match(
            f"{said['how']}({_HOW}|[予为是被由全无]|属于?|作出)*?{parts.called(name)}", clause
        )
        if not told or name.startswith(OTHER):
            continue
        ahead = told[0].rpartition(parts.stem(name))[0]
        share = not re.search("^无|[未不没非]", ahead)
        is_true = held[name].number == share * (whole.number or 0)
        return said, None if is_true else f"{name}是 {plain(held[name])}"
    return (said, "") if len(held) > 1 and re.search(_COMES_TO, clause) else None


def _is_part(part: Value, whole: Value) -> bool:
    """Whether a count is one of some of the records that another counts, or a sum beside it in them."""
    is_alike = part.definition.measure == whole.definition.measure in ("件数", "求和")
    is_alike &= base(part.unit) == base(whole.unit)
    is_within = part.definition.whole == whole.name or {*part.records} <= {*whole.records}
    return is_alike and part is not whole and is_within


def _is_told(name: str, whole: Value, said: re.Match[str]) -> bool:
    """Whether 均办结 tells of the figure 办结纠纷, of all that another one counts."""
    called = re.sub(f"(?:的?(?:{whole.name[-2:]}|{_NOUNS}))+$", "", name)
    if whole.definition.measure != "求和":
        called = called[-2:]
    elif (called := called.lstrip(whole.name)) == name:
        return False  # 按时办结 is not 办结, and what begins otherwise may be of another thing
    return len(called) > 1 and bool(re.match(f"(?:{_HOW})*{called}", said["rest"]))


_HOW = "已经?|[未不没]能?|[得达]到|获得?|经|实现|依法|按[期时]|予以|成功|顺利|妥善|调解|一次|法制"
_FAILS = "失败|败诉|缺考|缺席"
_NOUNS = "案件|纠纷|处罚|活动|会议|事项|件数|人数|数量"
_OUTCOMES = (
    ("合格", "合格|过关|及格|通过|过线"),
    ("成功", "成功|化解|办结|调成|言和|和解|失败"),
    ("参考", "到场|参考|参加考试|缺考|缺席|应试"),
    ("胜诉", "[胜败]诉"),
)
_COMES_TO = "维持|撤销|驳回|[胜败]诉|终止|撤[诉回]|支持|纠错|变更|确认违法"
_EVERYBODY = re.compile(
    rf"(?<![未能非不没])(?P<how>{_ALL}|个个|一律|[均都皆])(?P<rest>[^，,。；{HIDDEN}]{{0,6}})"
)
_ALL_THEN = re.compile(
    rf"(?P<names>[^，,{HIDDEN}]+?)(?P<how>{_ALL}|个个)(?P<rest>[^，,{HIDDEN}]+)$"
)
_TOGETHER = re.compile("加[在到]?一起|[加合]起来|相加|之和")
_NOT_ALL_OF = re.compile("(?:并非|未能?|没有|不是|不)$")
_ALL_BEFORE = re.compile(rf"(?P<how>{_ALL}|{ALL_EACH}|都|皆){BETWEEN}$")
_ALL_AFTER = re.compile(
    rf"[)）”]*(?:[，,]?(?:已经?|现已?|且|并|至?年底已?)*(?P<how>{_ALL})|(?:已经?)?(?P<each>[均都皆])"
    r"|[，,](?P<fails>[均都皆](?:[未不]|被?(?:撤销|驳回)|败|逾期|超期)))"
)


def in_words(sentence: str, held: Sequence[Number], values: Values) -> Found:
    """“全部” where a sentence says nearly all of a ratio's name and the ratio is not 100 %."""
    for said in _ALL_IN_WORDS.finditer(sentence):
        if _NOT_ALL_OF.search(sentence[: said.start()]):
            continue
        bare = re.search(rf"{HIDDEN}[，,]?(?:已|并|且)*$", sentence[: said.start()])
        of = sum(one == HIDDEN for one in sentence[: bare.start()]) if bare else -1
        printed = values.get(held[of].name) if -1 < of < len(held) else None
        until = re.split("[，,]", sentence[said.end() :])[0]
        is_own = any(one.name[-2:] in until for one in values.values() if not one.sides)  # 全部审结
        for ratio in values.values():
            if printed and ratio.sides and not {*printed.records} & {*ratio.sides[-1].records}:
                continue  # 意见书{{ }}，全部采纳 tells nothing of 采纳率, which is of another thing
            name = ratio.name.removesuffix("率")
            if ratio.denominator is None or ratio.number in (None, 100):
                continue
            told = next((words for word, words in _OUTCOMES if word == name[-2:]), name[-2:])
            if is_own and not re.search(told, until):
                continue
            if re.search(told, sentence) and likeness(name, sentence)[0] >= _NEARLY:
                counts = f"{ratio.name}是 {ratio.numerator}/{ratio.denominator}"
                yield said.start(), faults.of_all(said[0], counts)


_ALL_IN_WORDS = re.compile(f"{_ALL}|个个|一[件起人个]不[落漏少]|每[件起个人][均都]")
_NEARLY = 0.7
