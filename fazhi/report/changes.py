"""What a narrative says of a number's change on last year."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.filters import WORDINGS
from fazhi.figures.measures import comparable
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import Comparison, plain
from fazhi.problems.problem import Fault
from fazhi.report import faults, measured, moves
from fazhi.report.faults import Found
from fazhi.report.parts import named_in
from fazhi.report.sentence import Sentence
from fazhi.rules.narrative.beside import DIRECTION, WAY
from fazhi.rules.narrative.clauses import Number, around
from fazhi.rules.narrative.names import Names, shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.definition import SO_MUCH
from fazhi.schema.numerals import NUMERALS, half_up, typed_number, typed_value


def check(
    number: Number, rest: str, values: Values, earlier: Mapping[int, Values], names: Names
) -> Found:
    """What is said of a change: just before a number, or in the `rest` of its sentence."""
    now, ahead = values[number.name], DIRECTION.search(number.near)
    is_to = bool(ahead and re.search("[到至为]", ahead["between"]))
    start = number.start(number.near)
    goes_from = re.search(r"[由从](?![^，,。；]*(?:季度|月|半年))[^，,。；]{0,4}$", number.near)
    other = number.is_last or (goes_from and shared(number.name, goes_from[0][1:]))  # 由法定{{ }}
    if goes_from and not other and moves.BEHIND.match(number.after):
        yield start + goes_from.start(), faults.change_from_this(number.name)
    if moves.INTO.search(number.near) and not number.follows_last:
        yield start, faults.untrue_change(now.name, "由……变为", "前一个数不是它上年的数")
    if number.is_last:
        if ahead and is_to:
            yield start + ahead.start(), faults.change_to_last(number.name)
        return
    yield from _other_base(number, now)
    if "同比" in number.wordings:
        found = [(number.start(number.said), said) for said in moves.TREND.finditer(number.said)]
        found += [(number.start(number.ahead), said) for said in moves.SINCE.finditer(number.ahead)]
        ways = [*re.finditer(WAY, number.said)] if SO_MUCH in number.wordings else []
        found += [(number.start(number.said), said) for said in ways[-1:]]
    elif ahead and is_to and moves.FROM_A_PART.search(number.near[: ahead.start()]):
        return  # `courses` compares them
    elif ahead and is_to:
        from_other = moves.FROM_OTHER.search(number.near[: ahead.start()])
        if from_other and not number.follows_last:
            return  # `compared` does
        if moves.FROM.search(number.near[: ahead.start()]) and not number.follows_last:
            fault = faults.untrue_change(now.name, ahead[0], "前一个数不是它上年的数")
            yield start + ahead.start(), fault
            return
        found = [(start, ahead)]
    else:
        found = [
            (number.start(number.ahead), said)
            for said in moves.SINCE.finditer(number.ahead)
            if _is_about(number, number.ahead, said.start())
        ]
        is_other = re.search("(?:[高多低少优好]于|超过|不及|不如)[^，,]*$", number.said)
        found += [
            (number.at + 1, said)
            for said in moves.SINCE.finditer("" if is_other else rest)
            if not re.match(f"的?{HIDDEN}", number.after[said.end() :])  # that is another's
            and not re.search("[前后]者$", rest[: said.start()])
            and not _is_of_another(now, re.split("[，,]", rest[: said.start()])[-1], names, values)
        ]
        found += [(number.at + 1, said) for said in _moved(number, rest)]
        found += [
            (number.start(number.sentence), said)
            for said in moves.SUBJECT.finditer(number.sentence)
            if said["subject"] in number.name and not re.fullmatch(moves.EQUAL, said["words"])
        ]
    for offset, said in found:
        for fault in _of_each(said, now, values, earlier):
            yield offset + said.start(), fault


def _moved(number: Number, rest: str) -> Iterator[re.Match[str]]:
    """与上年相比，甲{{ }}有所增加; 甲{{ }}，总体呈上升态势, where no other time is told of."""
    if moves.THAN_LAST.search(number.sentence):
        yield from [said] if (said := moves.MOVED.match(rest)) else ()
    is_alone = HIDDEN not in number.sentence or number.follows_last
    if "势" not in rest or not is_alone or moves.IN_COURSE.search(number.sentence + rest):
        return
    for said in moves.TENDS.finditer(rest):
        if re.search(f"(?:^|[，,]|{re.escape(number.name)})$", rest[: said.start()]):
            yield said


def _of_each(
    said: re.Match[str], now: Value, values: Values, earlier: Mapping[int, Values]
) -> Iterator[Fault]:
    """The same of a number, or of what the subject makes of it in each year: its share, 场均."""
    subject = re.split("[，,]", said.string[: said.start()])[-1]
    own = measured.as_said(subject, now, values)
    if own and own is not now:
        held = (
            (year, measured.as_said(subject, one[now.name], one))
            for year, one in earlier.items()
            if now.name in one
        )
        earlier = {year: {own.name: before} for year, before in held if before}
        own = own if _year_of(said, now) in earlier else None
    if own:
        yield from of_change(said, own, earlier)


def _other_base(number: Number, now: Value) -> Found:
    """比前年{{ 同比 }}: what is compared with last year is not with another time."""
    is_change = "同比" in number.wordings or any(one.year < now.year for one in now.sides)
    for other in moves.OTHER_BASE.finditer(number.ahead) if is_change else ():
        if other["year"] != str(now.year - 1):
            fault = faults.another_base(other[0], now.year - 1)
            yield number.start(number.ahead) + other.start(), fault


BOUND = r"(?P<name>近|以[上内下]|逾|超过?|突破|不[少低]于|低于|不[足到])\s*\(\s*(?P<bound>\d+(?:\.\d+)?)(?:\s*/\s*(?P<of>\d+))?\s*\)"


def _is_about(number: Number, ahead: str, place: int) -> bool:
    """Whether what is said ahead of a number is said of it, and not of the one before it."""
    start, end = ahead.rfind("，", 0, place) + 1, ahead.find("，", place)
    return HIDDEN not in number.sentence or end < 0 or shared(number.name, ahead[start:end]) > 1


def _is_of_another(now: Value, subject: str, names: Names, values: Values) -> bool:
    """许可{{ }}，网上办理率较上年提高: whether a clause of its own has a subject of its own."""
    name, own = now.name, measured.as_said(subject, now, values)
    if own and own is not now:
        return False
    if now.unit == "%" and re.search("(?:[件起次人场份]数|数量|总量|场次)$", subject):
        return True
    named, _ = names.ending(subject)
    is_other = name not in named if named else re.search("(?:[率度]|时限|水平|质效)$", subject)
    return bool(is_other) and not (shared(name, subject) and not named)


def in_cells(found: Sequence[Number], values: Values, earlier: Mapping[int, Values]) -> Found:
    """持平 typed in a cell under 同比, of the one figure that its row prints."""
    rows: dict[int, list[Number]] = {}
    for number in (one for one in found if one.heads):
        rows.setdefault(number.text.text.rfind("\n", 0, number.at) + 1, []).append(number)
    for start, row in rows.items():
        text, now = row[0].text.text, values.get(row[0].name)
        cells = re.finditer(rf"\|(?P<words>{moves.WAYS})(?=\|)", text[start:].partition("\n")[0])
        for said in cells if now and len({one.name for one in row}) == 1 else ():
            heads = around(text, start + said.start("words"))[2]
            is_change = re.search("同比|[比较]上年|[增升][减降幅]|变化|走势|趋势", heads[0])
            for fault in of_change(said, now, earlier) if now and is_change else ():
                yield start + said.start("words"), fault


def without_number(sentence: Sentence) -> Found:
    """What a sentence says of the change of a figure which it names and of which it prints no number."""
    held, names, values = sentence.numbers, sentence.names, sentence.values
    printed = {number.name for number in held}
    for said in moves.SINCE.finditer(sentence.text):
        subject = re.split("[，,]", sentence.text[: said.start()])[-1]
        named, called = names.ending(subject)
        # Beside numbers 群众满意率 is not 建议提案满意率.
        is_it = not held or re.sub("^(?:全年|[今本]年|全.|其中)*", "", subject) == called
        if measured.is_measured(subject) and not held:
            named = _measured(subject, names, values)
            is_it = len(named) == 1
        for name in named - printed if len(named) == 1 and is_it else ():
            now = values.get(name)
            for fault in _of_each(said, now, values, sentence.earlier) if now else ():
                yield said.start(), fault


def _measured(subject: str, names: Names, values: Values) -> frozenset[str]:
    """The figure of which 专题宣传活动场均参加人次 and 行政处罚中罚款的比重 are a measure."""
    if named := names.ending(subject)[0]:
        return frozenset([max(sorted(named), key=lambda name: shared(name, subject))])
    named, _ = names.beginning(subject)
    wholes = (one for one in values.values() if one.parts and shared(one.name, subject) > 1)
    return named or frozenset(one.name for one in wholes if named_in(subject, one))


def of_change(said: re.Match[str], now: Value, earlier: Mapping[int, Values]) -> Iterator[Fault]:
    """What is wrong with a change on last year, or on an earlier year that is named."""
    year = _year_of(said, now)
    before = earlier.get(year, {}).get(now.name)
    if year < now.year - 1 and (before is None or before.number is None):
        known = (held[now.name] for held in earlier.values() if now.name in held)
        yield faults.unknown_years(said[0], [*(v for v in known if v.number is not None), now])
    elif is_untrue(said, now, before):
        yield _fault(said, now, before)


def _year_of(said: re.Match[str], now: Value) -> int:
    """The year with which a change compares."""
    named = re.search(_OTHER_YEAR, said[0])
    ago = typed_value(named[2]) if named and named[2] else len(("前年", "去年"))
    return int(named[1] or now.year - ago) if named else now.year - 1


_OTHER_YEAR = (
    rf"(?:[比较与和同跟]|[高多低少优好]于|超过|不[及如])(?:(\d{{4}})年|([{NUMERALS}])年前|前年)"
)


def _fault(said: re.Match[str], now: Value, before: Value | None) -> Fault:
    numbers = "上年没有数"
    if before is not None and before.number is not None:
        then = "上年" if before.year == now.year - 1 else f"{before.year}年"
        numbers = f"{then}{plain(before)}，今年{plain(now)}"
        numbers = numbers if comparable(now, before) else f"{then}的口径不同"
    words = said.groupdict().get("claim") or said.groupdict().get("words") or said[0]
    return faults.untrue_change(now.name, words, numbers)


def is_untrue(said: re.Match[str], now: Value, before: Value | None) -> bool:
    if now.number is None or before is None or before.number is None:
        return now.number is not None
    if not comparable(now, before):
        return True
    held = said.groupdict()
    words = held.get("words") or held.get("beyond") or held.get("strong") or ""
    difference = now.number - before.number if not now.is_rank else before.number - now.number
    if re.fullmatch(moves.EQUAL, words):
        return abs(difference) * 20 > before.number if held.get("about") else difference != 0
    if difference >= 0 if moves.is_down(words) else difference <= 0:
        return True
    if not held.get("amount"):
        return False
    typed, decimals = held["amount"], len(held["amount"].partition(".")[2])
    amount = typed_number(typed)
    exact = abs(difference)
    if held["unit"].startswith("%") and now.unit != "%":
        exact = exact / before.number * 100 if before.number else exact
    elif amount == Fraction(now.apart_from(before)):
        return False
    return Fraction(half_up(exact, decimals)) != amount


def holds(bound: re.Match[str], value: Value) -> bool:
    """Whether a wording with a number is true of a value, too."""
    wording = WORDINGS[bound["name"]]
    assert isinstance(wording, Comparison)
    share = Fraction(100, int(bound["of"])) if bound["of"] else 1
    return wording.holds(value.number or Fraction(0), Fraction(bound["bound"]) * share)
