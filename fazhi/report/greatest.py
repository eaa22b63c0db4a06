"""What a sentence says is the greatest or the least: of records, of parts of a year, or of all numbers."""

from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.selection import amount_of, day_of, days_of
from fazhi.figures.value import OTHER, Value
from fazhi.report import courses, periods
from fazhi.report.among import among
from fazhi.report.parts import added, breakdowns, named_in
from fazhi.report.sentence import Claims, Pairs, Sentence, differs, grows_more
from fazhi.report.years import is_of_several
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.kinds import KINDS
from fazhi.schema.periods import Span
from fazhi.schema.units import base

claim = Claims()


@claim(
    rf"(?P<one>[单每](?:[件起场次份项笔人天日月]|季度)[^，,。；{HIDDEN}最]{{0,6}}?)?"
    rf"(?P<said>最(?:(?P<least>[少低小短])|[多高大长]))(?P<of>的?[一单][件起场次份项笔户])?"
    rf"(?(one)[^，,。；{HIDDEN}]{{0,8}}|(?(of)[^，,。；{HIDDEN}]{{0,12}}|[为是达到有]*))(?P<number>{HIDDEN})"
)
def _greatest(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """单件最高{{ }}, 最大一笔{{ }}: a figure that is the greatest of its records, or the least."""
    value = sentence.value_at(said.start("number"))
    is_one = value and (said["one"] or said["of"] or value.definition.measure in periods.GREATEST)
    if value and is_one and not _is_such(value, said):
        yield value, value


def _is_such(value: Value, said: re.Match[str]) -> bool:
    """Whether a figure is the greatest of its records where that is said, or the least."""
    return periods.GREATEST.get(value.definition.measure) is bool(said["least"])


@claim(
    r"最为?(?:[多高大勤]|频繁|集中|密集)(?!程度|限度|[^，,]{0,6}的(?:月|村|时|地))|(?:[居列]|排在?)[^，,。；]{0,8}(?:首|第(?P<rank>[一二三]))"
    r"|之[首最冠]|比重最大|(?P<least>最为?[少低小](?!于))"
)
def _most(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}最多: among its parts, the numbers of the sentence, or all of its kind."""
    if is_of_several(said, sentence.year):
        return
    ahead = sentence.before(said.start())
    if ahead and (place := ahead[0][1]).is_rank:
        is_so = place.number == "一二三".index(said["rank"] or "一") + 1
        yield from () if is_so else ((place, place),)
        return
    held = _of_a_record(sentence, said) or _of_a_part(sentence, said)
    if held is not None:
        yield from held
        return
    clause = sentence.clause(said.start())
    printed = [value for _, value in sentence.printed]
    is_of_sum = any(named_in(clause, whole) for one in printed for whole in added(one, clause))
    is_of_one = re.search(_ONE_RECORD, clause) or sentence.told.named(clause, with_cases=True)
    if (is_of_one and not is_of_sum) or (not printed and re.search(_OF_WORK, clause)):
        return  # `events` looks at that, or it is said of no number that is known
    found = printed or sentence.values.values()
    every = [
        whole for one in found for whole in (*breakdowns(one, sentence.values), *added(one, clause))
    ]
    with_named = [(whole, named_in(clause, whole)) for whole in every]
    whole, named = next((one for one in with_named if len(one[1]) == 1), (None, []))
    if whole is None and ahead and ahead[0][1].part_name and HIDDEN not in clause:
        # 广告案件{{ }}，居首位
        whole, named = sentence.whole_of(ahead[0][1]), [int(ahead[0][1].number or 0)]
    one = sentence.nearest(said.start()) or next(iter(printed[-1:]), sentence.subject)
    if whole is None and one and not one.denominator:
        of_it = re.split(f"[，,（(：:{HIDDEN}]", sentence.text[: said.start()])[-1]
        if named_then := re.match("的(?:是|为|当属)", sentence.text[said.end() :]):
            of_it = sentence.after(said.end() + named_then.end())
        told = _of_words(sentence, said, one, of_it)
        if told is not None:
            yield from told
            return
    if printed and whole is None and not any(one.parts for one in printed):
        yield from _most_of_all(sentence, said)
    elif whole:
        typed = re.match(r"[，,]?[为达共有]*(\d+)(?![\d.]*%)", sentence.text[said.end() :])
        bounds = _ranked(whole, "一二三".index(said["rank"] or "一"), is_least=bool(said["least"]))
        is_level = len({*(whole.parts or {}).values()}) == 1 < len(whole.parts or {})
        if is_level or named[0] not in bounds or (typed and int(typed[1]) != named[0]):
            yield whole, whole


def _of_words(sentence: Sentence, said: re.Match[str], one: Value, of_it: str) -> Pairs | None:
    """示例一村和示例二村最多: of the words that the records hold; None where they hold none of these."""
    is_least, rank = bool(said["least"]), "一二三".index(said["rank"] or "一")
    if re.search("率|均", of_it):
        return None  # of which there is not so much as of its records
    listed = [among(sentence, one, word) for word in re.split("[、和与及]", of_it)]
    each = [found for found in listed if found and found.by_word and found.word]
    each = each if len(each) == len(listed) else []  # nothing where one of them tells nothing
    if not said["rank"] and (len(each) > 1 or (each and not sentence.printed)):
        late = [found for found in each if found.rank(is_least=is_least) >= len(each)]
        return iter([(one, one, found.each) for found in late[:1]])
    counted = among(sentence, one, of_it)
    if counted and counted.by_word and (counted.by_record or sentence.nearest(said.start())):
        is_so = counted.rank(is_least=is_least) == rank
        return iter(() if is_so else [(one, one, counted.each)])
    return None


_ONE_RECORD = "单[件起笔项户场次]"
_OF_WORK = "考核|评比|得分|难度|困难"


def _ranked(whole: Value, place: int, *, is_least: bool) -> set[int]:
    """The part of a breakdown that is so great, with what is counted as 其他 and without."""
    parts = whole.parts or {}
    named = {part: n for part, n in parts.items() if not part.startswith(OTHER)}
    ranks = [sorted(held.values(), reverse=not is_least) for held in (parts, named) if held]
    return {rank[min(place, len(rank) - 1)] for rank in ranks}


@claim(
    rf"(?P<said>其次(?:的?[是为])?(?P<what>[^，,。；、{HIDDEN}]{{2,12}})|(?P<next>[^，,。；、{HIDDEN}]{{2,12}})次之)"
)
def _next(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """维持最多，其次是撤销: the second of its parts, from the greatest or from the least."""
    least = re.findall("最(?:为|是)?[多高大少低小]", sentence.text[: said.start()])
    printed = [one for _, one in sentence.printed] or [*filter(None, [sentence.subject])]
    for value in printed if least else ():
        for whole in breakdowns(value, sentence.values):
            named = named_in(said["what"] or said["next"], whole)
            if len(named) == 1:
                bounds = _ranked(whole, 1, is_least=least[-1][-1] in "少低小")
                yield from () if named[0] in bounds else ((whole, whole),)
                return
        found = among(sentence, value, f"是{said['what'] or said['next']}")
        counts = [*(found.by_word or {}).values()] if found and not found.by_record else []
        if found and found.count in counts:
            ranks = sorted(counts, reverse=least[-1][-1] not in "少低小")
            if found.count not in ranks[1:2]:
                yield value, value, found.told
            return


_LISTED = rf"(?:[^，,。；、{HIDDEN}]+{HIDDEN}[、，,和及]*)"


@claim(
    rf"(?P<said>(?P<falls>[居列]|排名?)前(?P<many>[两二三四五六])位?)的?(?:分别|依次)?[为是有]?[:：]?(?P<list>{_LISTED}+)"
)
@claim(
    rf"(?P<list>{_LISTED}+)[分位]?(?P<said>(?P<falls>[居列]|排名?)前(?P<many>[两二三四五六])位?)(?=[，,]|$)"
)
@claim(
    rf"(?P<said>[由从](?:(?P<falls>多到少|高到低|大到小)|少到多|低到高|小到大))(?:排列|排序|依次|分别)*[为是有]?[:：]?(?P<list>{_LISTED}{{2,}}|(?:{HIDDEN}[、和]?){{2,}})"
)
def _sorted(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """居前三位的依次是甲{{ }}、乙{{ }}、丙{{ }}: the greatest parts of their whole; 由多到少依次为甲{{ }}、乙{{ }}."""
    found = [value for value in sentence.listed(said, "list") if value]
    if many := said.groupdict().get("many"):
        so_many = _MANY.index(many.replace("二", "两")) + 1
        found = found[:so_many] if said.start() < said.start("list") else found[-so_many:]
        found = [one for one in found if one.part_name]
    told = [one.number or Fraction(0) for one in found if not one.part_name.startswith(OTHER)]
    right = sorted(told, reverse=bool(said["falls"]))
    if many and len({one.of for one in found}) == 1 < len(found):
        parts = sentence.whole_of(found[0]).parts or {}
        named = [Fraction(n) for part, n in parts.items() if not part.startswith(OTHER)]
        right = sorted(named, reverse=True)[: len(told)]
    if told != right:
        yield found[0], found[-1]


_MANY = "零两三四五六"


def _most_of_all(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """The figure that is said to be most, and another that is as much or more."""
    before = sentence.text[: said.start()].rpartition("，")[2].replace(HIDDEN, "")
    nearest = (sentence.before(said.start()) or sentence.printed[-1:])[0][1]
    one = sentence.named(re.sub("(?:数量|场次|次数|总数|增[幅速]|增长)$", "", before)) or nearest
    is_growth = re.search("增[幅速]|增长", sentence.clause(said.start()))
    others = [value for number, value in sentence.printed if not number.is_last]
    listed = (
        part.removesuffix("当中").removesuffix("中")
        for part in re.split("[、和与及，]", sentence.text)
    )
    others += [value for part in listed if (value := sentence.named(part))]
    is_of_these = len(others) > 1 and "其中" in before
    if (is_growth and not is_of_these) or re.search(
        "(?:各|[两三四五六])[类项种]|所有|其他|诸", sentence.text
    ):
        others = [*sentence.values.values()]
    for other in others:
        if is_growth and other.unit != "%":
            more = grows_more(sentence, one, other)
            is_beyond = more is not None and more < 0
        else:
            more = differs(one, other) if base(one.unit) == base(other.unit) else None
            is_beyond = more is not None and more * (-1 if said["least"] else 1) <= 0
        if is_beyond and other.name != one.name:
            yield one, other
            return


_LONG = 9  # characters of a clause that says more than the part of the year
_PRINTED = (
    rf"(?P<when>[^，,、。；{HIDDEN}]{{0,10}}?)[，,]?(?:为|是|达到?|有|共)*(?P<number>{HIDDEN})"
)


def _after(sentence: Sentence, said: re.Match[str]) -> tuple[Value | None, str]:
    """What is printed as the greatest, and what is said of the part of the year it is of."""
    found = re.compile(_PRINTED).match(sentence.text, said.end())
    before = re.split(f"[，,、（(：:{HIDDEN}]", sentence.text[: said.start()])[-1]
    if not found or (found["when"] and not re.search("[月季年]", found["when"])):
        return None, before
    return sentence.value_at(found.start("number")), before + found["when"]


def _of_a_record(sentence: Sentence, said: re.Match[str]) -> Pairs | None:
    """8月份最高，为{{ 单月最高 }}: that of the record of August; None where it is of no record."""
    value, when = _after(sentence, said)
    following = re.match(rf"[^，,。；{HIDDEN}]{{1,8}}{HIDDEN}", sentence.text[said.end() :])
    named = sentence.value_at(said.end() + following.end() - 1) if following else None
    if named and following and said[0] + following[0].rstrip(HIDDEN) in named.name:
        value = named  # 单月最低办案{{ 单月最低办案 }}
    if value is None or value.definition.measure not in periods.GREATEST:
        return None
    part = periods.named(when, value.year)
    return iter(() if _is_such(value, said) and _is_in(value, part) else [(value, value)])


def _is_in(value: Value, part: Span | None) -> bool:
    """Whether a record that holds the greatest is of a part of the year, if one is named."""
    kind, name = KINDS.get(value.definition.kind or ""), value.definition.field_name
    if part is None or kind is None or value.number is None:
        return True
    amount, day = amount_of(kind, name) if name else days_of, day_of(kind, value.definition.by_date)
    days = [day(one) for one in value.records if amount(one) == value.base]
    return not days or any(one and part.first <= one <= part.last for one in days)


def _of_a_part(sentence: Sentence, said: re.Match[str]) -> Pairs | None:
    """四季度最多，为{{ 四季度 }}: of the other quarters, too; None where it is said of no part of the year."""
    value, when = _after(sentence, said)
    if value is None and "全年" in when:
        value = sentence.nearest(said.start())
    own = periods.of_value(value) if value else None
    printed = [one for _, one in sentence.printed]
    if not printed and "日" not in when and sentence.topic:
        printed = [sentence.topic]
    said_when = re.sub("[为是]?全年|年[底末初]", "", when)
    meant = own or (periods.named(said_when, printed[0].year) if printed else None)
    if meant is None:
        return None
    said_part = periods.named(said_when, value.year) if value else None
    if value and own and said_part not in (None, own):
        return iter([(value, value)])  # 最多的是8月，为{{ 7月 }}
    for one in [value] if value and own else printed:
        course = courses.course(one, sentence.values, meant)
        if meant in course and len(course) > 1:
            bound = (min if said["least"] else max)(course.values())
            is_true = course[meant] == bound and [*course.values()].count(bound) == 1
            return iter(() if is_true else [(one, one, courses.told(one, course))])
    return iter(()) if own or len(when) < _LONG else None
