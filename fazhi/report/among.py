"""How many of what a figure counts are so, by a word, a day, how long they took; what is left out."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.selection import amount_of, day_of, grouping
from fazhi.figures.value import OTHER, Value
from fazhi.pattern import HAN, Pattern
from fazhi.records.record import Record
from fazhi.report import periods, retold
from fazhi.report.holding import Test, tests
from fazhi.report.parts import breakdowns, spoken
from fazhi.report.sentence import Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.kinds import KINDS, Case, Total
from fazhi.schema.numerals import NUMERALS, exact, typed_value
from fazhi.schema.periods import last_of_month


@dataclass(frozen=True)
class Among:
    """So much of a whole is so; and how much there is of each word, where a `word` says it."""

    count: Fraction
    whole: Fraction
    by_word: Mapping[str, Fraction] | None = None
    word: str = ""
    by_record: bool = False  # how much one record has, of the greatest of each word

    @property
    def is_level(self) -> bool:
        """Whether there is as much of each of several words."""
        each = (self.by_word or {}).values()
        return len({*each}) == 1 < len(each)

    @property
    def told(self) -> str:
        """What the records say: how much of it is so, and of what word there is most."""
        most = max(self.by_word or (), key=(self.by_word or {}).__getitem__, default="")
        found = f"“{self.word}”的" if self.word else "这样的"
        if self.by_record or self.by_word is None:
            return f"{found}是 {exact(self.count)}/{exact(self.whole)}"
        of_most = f"，最多的是“{most}”（{exact(self.by_word[most])}）" if most else ""
        return f"{found}是 {exact(self.count)}/{exact(self.whole)}{of_most}"

    @property
    def each(self) -> str:
        """How much there is of each word, the most first."""
        held = sorted((self.by_word or {}).items(), key=lambda one: -one[1])
        return "、".join(f"{word}{exact(count)}" for word, count in held[:_MOST_TOLD])

    def rank(self, *, is_least: bool = False) -> int:
        """How many words there is more of (or less), but for 其他; -1 where no word says it."""
        if self.by_word is None:
            return -1
        sign = -1 if is_least else 1
        named = (n for word, n in self.by_word.items() if not word.startswith(OTHER))
        return sum(other * sign > self.count * sign for other in named)


_MOST_TOLD = 12  # words that a message lists


def among(sentence: Sentence, value: Value, said: str, subject: str = "") -> Among | None:
    """How much of a figure is as words say; None where its records do not tell.

    `subject` is what the clause says first: of 调解成功的案件 only these are meant, and nothing is
    known of 群众.
    """
    counted = value.sides[-1] if value.denominator else value
    records = own_of(sentence, counted)
    people = re.search(_PEOPLE, subject + said)
    if not records or (people and people.end() <= len(subject) + _AT_FIRST):
        return None
    said, subject = re.sub("[“”《》]", "", said), _OBJECT.sub("", subject)
    limits = _limits(sentence, counted, said, subject)
    if limits is None:
        return None
    if limits:
        records = tuple(one for one in records if all(test.meets(one) for test in limits))
    found = [*_tests(sentence, counted, said)]
    longer = [test.word for test in found]
    found = [t for t in found if not any(t.word in one != t.word for one in longer if t.word)]
    weigh = weight(counted)
    whole = sum(map(weigh, records), Fraction(0))
    if not found and not limits:
        return _of_parts(sentence, value, said)
    if not found or not whole:
        return None
    held = [one for one in records if all(test.meets(one) for test in found)]
    by_word: dict[str, Fraction] | None = None
    if len(found) == 1 and (words_of := found[0].words_of):
        by_word = defaultdict(Fraction)
        for record in records:
            for word in words_of(record):
                if found[0].by_record:
                    by_word[word] = max(by_word[word], weigh(record))
                elif word not in NOT_SAID:
                    by_word[word] += weigh(record)
    sums = max if found[0].by_record and held else sum
    return Among(Fraction(sums(map(weigh, held))), whole, by_word, *found[0][2:4])


def _limits(sentence: Sentence, counted: Value, said: str, subject: str) -> list[Test] | None:
    """What a subject asks of those that are meant, 调解成功的案件; None where nobody knows what it asks."""
    is_apart, limits = not said.startswith(subject), list[Test]()
    if of := _OF.search(subject) or (_OF_THEM.match(subject) if is_apart else None):
        limits = [*_tests(sentence, counted, f"是{of['what']}")]
        if re.search("(?<!未)办结$", of["what"]):
            limits.append(Test(lambda record: getattr(record.fields, "closed", None) is not None))
        return limits or None
    if is_apart:  # 婚姻家庭纠纷全部…
        limits = [*_tests(sentence, counted, f"是{subject}")]
        limits = [test for test in limits if test.word and test.word not in counted.name]
    return limits


def _of_parts(sentence: Sentence, value: Value, said: str) -> Among | None:
    """How much of a breakdown is of the part that words name."""
    for whole in breakdowns(value, sentence.values):
        parts = {part: Fraction(n) for part, n in (whole.parts or {}).items()}
        listed = [_AHEAD.sub("", one) for one in re.split("[、和与]|(?<!涉)及", said)]
        named = [part for one in listed for part in parts if _is_called(part, one)]
        if len(named) == len(listed) and whole.number and not whole.sensitive:
            total = sum((parts[part] for part in named), Fraction(0))
            return Among(total, whole.number, parts, "、".join(named))
    return None


def _is_called(part: str, said: str) -> bool:
    words = (*spoken(part), f"涉{spoken(part)[0]}")
    return any(said.startswith(word) and _BEHIND.match(said[len(word) :]) for word in words)


_AHEAD = Pattern("^(?:[均都全部是为系属于以由占]|主要|集中在|来自)+")
_BEHIND = Pattern("(?:类|污染|环境|领域|方面|案件?|处罚|行为|问题)*的?$")


def own_of(sentence: Sentence, value: Value) -> Sequence[Record]:
    """The records that a number counts: of a part of a breakdown only those that are in it."""
    spec = sentence.whole_of(value).parts_of if value.part_name else None
    if not spec or not value.definition.by:
        return value.records
    parts_of = grouping(spec, sentence.names.settings)
    return [one for one in value.records if value.part_name in parts_of(one)]


_AT_FIRST = 4
_OBJECT = Pattern(
    "^(?:反映|涉及|处理|学习|宣传|检查|发现)的(?:内容|问题|事项)?$"
)  # it limits nothing
_PEOPLE = "(?<!面向)(?:群众(?!申请|举报|反映|投诉|拨打|来[访信电])|干部|村民|党员|学生|人员|居民|代表|委员|顾问|职工|当事人|领导)"
_OF_THEM = Pattern(f"其中(?!.*[半数占多])(?P<what>{HAN}{{2,12}})$")
_OF = Pattern(rf"(?P<what>[^，,。；、{HIDDEN}]{{2,16}})的(?:案件|纠纷|活动|会议|处罚|决定|事项)?$")


def weight(value: Value) -> Callable[[Record], Fraction]:
    """What a record adds to a figure: an amount, or 1."""
    held = value.definition
    if held.measure != "求和" or not held.kind or not held.field_name:
        return lambda _: Fraction(1)
    amount = amount_of(KINDS[held.kind], held.field_name)
    return lambda record: Fraction(amount(record) or 0)


def _tests(sentence: Sentence, value: Value, said: str) -> Iterator[Test]:
    """What words ask of a record: that it was so soon done, falls in a part of the year, holds a word."""
    kind = value.records[0].kind
    if any(one.kind is not kind for one in value.records):
        return
    if kind.model is Case and (within := _WITHIN.search(said)):
        yield Test(_done_within(within))
        return
    is_dated = kind.model is not Total  # of a total nobody knows when in its period
    part = periods.named(said, sentence.year) if re.search("半年|季度?|月", said) else None
    if is_dated and part:
        is_done = "办结日期" in kind.fields and re.search("[办审]结|结案|化解|调[解处]", said)
        day = day_of(kind, "办结日期" if is_done else value.definition.by_date)
        yield Test(lambda record: bool((at := day(record)) and part.first <= at <= part.last))
    found = [*tests(sentence, value.records, said, value.definition)]
    found += retold.of_neighbours(sentence, value, said)
    yield from found
    if found:
        return
    if kind.model is Case and _DONE.fullmatch(said):
        yield Test(lambda record: getattr(record.fields, "closed", None) is not None)
    else:
        yield from retold.tests(sentence, value, said)


_DONE = Pattern("(?:已经?|[全都均]部?|依法)*(?:[审办了]结|结案|审理)(?:完[毕成结])?")
_WITHIN = Pattern(
    rf"(?:(?:没有?|未|不)超过|不超)?(?P<many>[{NUMERALS}]{{1,4}}|\d+)(?:个?(?P<unit>日|天|周|星期)|个(?P<months>月))(?:[之以]?内)?[^，,。；]{{0,6}}?"
    "(?:办结|办理|调解|化解|处理|完成|了结|结案|调处|审查|答复|出具|作?出?(?P<decided>决定)|$)|当(?P<same>[日天月季年])度?(?:之?内)?[^，,。；]{0,6}(?:办结|调解|化解|处理|了结)"
)


def _done_within(said: re.Match[str]) -> Callable[[Record], bool]:
    many = said["many"] or "零"
    number = min(typed_value(many[:4]), 1000)

    def is_met(record: Record) -> bool:
        case = record.fields
        done = isinstance(case, Case) and (case.decided if said["decided"] else case.closed)
        if not isinstance(case, Case) or not done:
            return False
        if said["same"] in (*"月季年",):
            quarter = {"月": 1, "季": 3, "年": 12}[said["same"]]
            return _months(done) // quarter == _months(case.accepted) // quarter
        if said["months"]:
            return done <= _months_later(case.accepted, number)
        days = number * (7 if said["unit"] in ("周", "星期") else 1)
        return (done - case.accepted).days <= days

    return is_met


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _months_later(day: date, months: int) -> date:
    year, month = divmod(_months(day) + months, 12)
    last = last_of_month(year, month + 1)
    return last if day.day > last.day else last.replace(day=day.day)


_EXCEPT_SOME = rf"除了?(\d+|[{NUMERALS}]+)[^，,。；{HIDDEN}\d]{{1,4}}外[，,]?$"
_EXCEPT = rf"除了?[^，,。；{HIDDEN}]{{0,12}}{HIDDEN}[^，,。；{HIDDEN}]{{0,10}}外"
_EXCEPT_ONE = rf"除了?(?P<what>[^，,。；{HIDDEN}\d]{{2,30}})[以之]?外[，,]?(?:其[余他]的?)?$"
_OTHERS = "(?:[乡镇村]|社区)干部|党员|班子成员"


def left_out(sentence: Sentence, said: re.Match[str]) -> tuple[Value, Fraction] | None:
    """Of 其余均 and 除{{ }}外 the whole, and how many of it are not meant."""
    text = sentence.text[: said.start()]
    ahead = [value for _, value in sentence.before(said.start())]
    apart = re.search(_EXCEPT_ONE, text)
    if ahead and apart:  # 除甲案由乙调处外
        titled = sum(one.fields.title in apart["what"] for one in ahead[0].records)
        one = None if titled else among(sentence, ahead[0], f"是{apart['what']}")
        if titled or one:
            return ahead[0], one.count if one else Fraction(titled)
    some = re.search(_EXCEPT_SOME, text)
    if ahead and some:
        return ahead[0], Fraction(typed_value(some[1]))
    if not ahead or not (said["rest"] or re.search(_EXCEPT, text)):
        return None
    out = ahead[0].number or Fraction(0)
    for more in ahead[1:]:
        if {*ahead[0].records} <= {*more.records} and (more.number or 0) >= out:
            return more, out
        out += more.number or 0
    every = (one.sides[-1] for one in sentence.values.values() if one.is_share)
    found = next((one for one in every if {*ahead[0].records} <= {*one.records}), None)
    return (found, ahead[0].number or Fraction(0)) if found else None


def is_of_others(ahead: str, subject: str) -> bool:
    """Whether it is said of people, or of what is left of several things, which nobody can know."""
    found = re.search(_EXCEPT, ahead)
    is_several = found and re.search(rf"{HIDDEN}[和及与、]{HAN}{{3}}", found[0])
    return bool(is_several or re.search(_OTHERS, subject))
