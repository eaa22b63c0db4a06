"""What a sentence says of one event that it names by its title, held to what is recorded of it."""

from collections.abc import Iterator

from fazhi import regex as re
from fazhi.figures.selection import amount_of, days_of
from fazhi.pattern import HAN
from fazhi.problems.problem import Fault
from fazhi.problems.quoting import shown
from fazhi.records.record import Record
from fazhi.report import faults, measured
from fazhi.report.among import own_of
from fazhi.report.faults import Found
from fazhi.report.holding import ALSO, WHOM, Test, roles, tests
from fazhi.report.sentence import Sentence, bare_of
from fazhi.rules.text.passage import HIDDEN

_AMOUNT = rf"(?P<what>{HAN}{{2,10}}?)(?:达到?|了|为|共|计)*(?P<number>\d+)(?P<unit>人次|[份张条个处起件次人])(?![^，,。；、])"
_DAY = r"(?<!\d)(\d{1,2})月(\d{1,2})日"
_PLACE = rf"在(?P<where>{HAN}{{2,12}}?)(?:举办|召开|开展|举行|进行|组织)"
_COUNTED = r"\d(?:人次|[份张条个处起件次人])"
MOST = "最(?:[多高](?!人民|检|法)|大(?!限|程|努)|重(?!要|视)|(?P<least>[少小低轻])|(?P<days>(?P<soon>[快短])|[慢长]))|[居位列][^，,。；]{0,12}?(?:[首冠]|之最|第一)"
_HINT = "照记录改，或者删去"


def check(sentence: Sentence) -> Found:
    """4月15日，在甲村开展“4.15”……宣传，发放资料220份: its day, its place, and how much there was."""
    text = sentence.text
    yield from _of_cases(sentence)
    if not re.search(
        r"\d|最[多大高重少小低轻快短慢长]|[居在由首末《齐席]|主持|对象|第一|最后", text
    ):
        return
    most, told = re.search(MOST, text), sentence.told
    named = told.named(text, with_cases=bool(most))
    amounts = [*re.finditer(_AMOUNT, text)] if named or re.search(_COUNTED, text) else []
    if len(named) != 1:
        for said in amounts if not named else ():
            yield from ((said.start("what"), fault) for fault in _total(sentence, said))
        return
    if most:
        yield from _most(sentence, most, named[0])
    if named[0].kind.name == "案件":
        return  # of which no day and no amount is told
    for said in amounts:
        yield from ((said.start("what"), fault) for fault in _amount(said, named[0]))
    yield from _so(sentence, named[0])
    yield from _first(sentence, named[0])
    yield from _papers(sentence, named[0])
    yield from _came(sentence, named[0])
    on, day, place = named[0].fields.day, re.search(_DAY, text), re.search(_PLACE, text)
    is_said = day and HIDDEN not in text[: day.start()]
    if day and is_said and (on.month, on.day) != (int(day[1]), int(day[2])):
        yield day.start(), _untrue(named[0], "日期", f"{on.month}月{on.day}日", day[0])
    held = getattr(named[0].fields, "place", "")
    villages = sentence.names.settings.township.villages
    where = place["where"] if place else ""
    is_known = where.startswith((*villages, "乡", "镇")) or where in told.words("地点")
    if place and held and is_known and where not in held and held not in where:
        yield place.start(), _untrue(named[0], "地点", held, where)


def _so(sentence: Sentence, record: Record) -> Found:
    """乡长主持召开甲会议, 甲会议由乡长主持: who ran an event, and for whom it was."""
    bare = bare_of(sentence.text)
    titles = sentence.told.titles.items()
    title = next(one for one, of in titles if of is record and one in bare)
    at = bare.index(title)
    start = max(bare.rfind(sign, 0, at) for sign in f"，,；{HIDDEN}") + 1
    ahead, behind = bare[start:at], re.split("[，,；]", bare[at + len(title) :])[0]
    chairs, whom = re.search(_CHAIRS, ahead), re.search(WHOM, ahead + behind)
    known = sentence.told.words("主持")
    who = chairs["who"] if chairs and (chairs["who"] in {*known, *roles(())}) else ""
    for_whom = f"对象是{whom['whom'] or whom['who']}" if whom else ""
    said = f"{behind}，{f'由{who}主持' if who else ''}，{for_whom}"
    for test in tests(sentence, [record], said):
        if test.key in ("主持", "承办", *(record.fields.marks or {})) and not test.meets(record):
            yield min(at, len(sentence.text) - 1), _unlike(record, test)


def _papers(sentence: Sentence, record: Record) -> Found:
    """领导小组第二次会议审议《甲》: another one tells of that paper."""
    for paper in re.finditer("《([^》]{3,40})》", sentence.text):
        told = {one for one in sentence.told.titles.values() if paper[1] in one.source.text}
        if told and record not in told:
            held = f"没有{paper[0]}，{shown(min(one.fields.title for one in told))}才有"
            yield paper.start(), faults.untrue(f"{shown(record.fields.title)}里{held}", _HINT)


def _came(sentence: Sentence, record: Record) -> Found:
    """领导小组第二次会议应到人员全部到齐: all who were asked."""
    full = re.search(ALL_CAME, sentence.text)
    invited, came = (getattr(record.fields, key, None) for key in ("invited", "present"))
    if full and invited and came is not None and came < invited:
        yield full.start(), _untrue(record, "实到", f"{came}（应到{invited}）", full[0])


ALL_CAME = "全(?:部|员)(?:到[齐会场]|出席|参会)|无一?人?缺席|全勤"


def _first(sentence: Sentence, record: Record) -> Found:
    """3月的甲是全年首场专题宣传活动: of all of its 类别, or of what a figure counts that is named."""
    said = re.search(_FIRST, sentence.text)
    if said is None or record.kind.name not in ("活动", "会议"):
        return
    every = sentence.told.titles.values()
    alike = [one for one in every if one.fields.category == record.fields.category]
    behind = (v for v in sentence.values.values() if said["what"].startswith(v.name))
    value = next((one for one in behind if record in one.records), None)
    days = [one.fields.day for one in (value.records if value else alike)]
    day = (max if said["last"] else min)(days)
    if record.fields.day != day:
        told = f"{record.fields.day.month}月{record.fields.day.day}日"
        held = f"{told}，{said['how']}在{day.month}月{day.day}日"
        yield said.start("how"), _untrue(record, "日期", held, said["how"])


_FIRST = "[是为系](?:全年|[今本当]年)?的?(?P<how>(?:首|第一|头一|(?P<last>最后一|末))[场次个])(?P<what>[^，,。；]{0,16})"


def _unlike(record: Record, test: Test) -> Fault:
    words = test.words_of(record) if test.words_of else ()
    return _untrue(record, test.key, "、".join(words), test.word)


_CHAIRS = rf"(?:^|[日月年由])(?P<who>{HAN}{{2,8}}?){ALSO}主持"


def _of_cases(sentence: Sentence) -> Found:
    """甲案败诉, 乙纠纷由司法所调处, 败诉的{{ }}是甲案: what is said behind a case's title, and ahead."""
    text, cases = sentence.text, sentence.told.cases
    for end in re.finditer("案(?!件)|纠纷|审查|的当事人", text):
        starts = range(max(end.end() - _LONGEST, 0), end.start() - 1)
        titles = (text[at : end.end()].replace("的当事人", "案") for at in starts)
        case = next((cases[title] for title in titles if title in cases), None)
        if case is None:
            continue
        ahead = re.search(
            rf"{HIDDEN}[，,]?[均都]?(?:[即系是为])$", text[: end.end() - len(case.fields.title)]
        )
        value = sentence.value_at(ahead.start()) if ahead else None
        own = own_of(sentence, value) if value and value.unit != "%" else []
        is_listed = re.match("[、和与及等]", text[end.end() :])
        if value and value.cases and own and (case not in own or (own[1:] and not is_listed)):
            message = f"{shown(value.name)}里{'不只' if case in own else '没有'}{shown(case.fields.title)}"
            yield end.start(), faults.untrue(message, _HINT)
        behind = re.split(f"[，,、{HIDDEN}]", text[end.end() :])[0]
        for test in tests(sentence, [case], behind) if behind else ():
            if test.key in _OF_CASES and not test.meets(case):
                yield end.start(), _unlike(case, test)


_LONGEST = 32
_OF_CASES = ("结果", "承办", "来源", "处罚种类")


def _untrue(record: Record, what: str, held: str, said: str) -> Fault:
    message = f"{shown(record.fields.title)}的{what}是{held}，不能写{shown(said)}"
    return faults.untrue(message, _HINT)


def _fields(said: str, record: Record) -> Iterator[tuple[str, int]]:
    """The amounts of a record that words name, those that they name best first."""
    for key, _ in measured.amounts_named(said, record):
        if (held := amount_of(record.kind, key)(record)) is not None:
            yield key, int(held)


def _amount(said: re.Match[str], record: Record) -> Iterator[Fault]:
    for key, held in _fields(said["what"] + said["unit"], record):
        if held != int(said["number"]):
            yield _untrue(record, key, str(held), said["number"] + said["unit"])
        return


def _total(sentence: Sentence, said: re.Match[str]) -> Iterator[Fault]:
    """咨询{{ 2场次 }}，解答咨询85人次: of all that the number ahead counts, or of another figure."""
    value, number = sentence.nearest(said.start()), int(said["number"])
    clause = sentence.clause(said.start("number"))
    if not value or value.definition.kind != "活动" or value.definition.measure != "件数":
        return
    is_known = any(one.number == number for one in sentence.values.values())
    if is_known or re.search("其中|[每均最余近约超另]|上年|去年|单", clause):
        return
    for key, _ in _fields(said["what"] + said["unit"], value.records[0]) if value.records else ():
        amounts = [amount_of(one.kind, key)(one) for one in value.records]
        held = sum(int(amount) for amount in amounts if amount is not None)
        if held != number:
            message = f"{shown(value.name)}的{key}合计是{held}，不能写{number}{said['unit']}"
            yield faults.untrue(message, _HINT)
        return


def _most(sentence: Sentence, said: re.Match[str], record: Record) -> Found:
    """参加人次最多的是甲: of all records of its 类别."""
    clause = sentence.text[max(said.start() - 12, 0) : said.start()]
    clause = re.sub("群众|人数|人$", "人次", clause)
    value = sentence.nearest(said.start())
    summed = value.definition.field_name if value and record in value.records else None
    if not summed and said[0][-1] in "重轻":
        summed = next(
            (key for key, spec in record.kind.fields.items() if "元" in (spec.units or ())), None
        )
    own = [(summed, amount_of(record.kind, summed)(record))] if summed else []
    every = [*_fields(clause, record), *own]
    if said["days"]:
        every = [("办理天数", taken)] if (taken := days_of(record)) is not None else []
    for key, held in every:
        amount, category = amount_of(record.kind, key), record.fields.category
        amount = days_of if said["days"] else amount
        alike = [one for one in sentence.told.records if one.fields.category == category]
        if value and record in value.records:  # 其中甲最多: of what is printed
            alike = [*value.records]
        others = {one: int(n) for one in alike if (n := amount(one)) is not None}
        most = (min if said["least"] or said["soon"] else max)(others, key=others.__getitem__)
        if others[most] != held:
            told = f"{shown(most.fields.title)}是{others[most]}"
            yield said.start(), _untrue(record, key, f"{held}，{told}", said[0])
        return
