"""How many of what a figure counts are so, by a word in the records, a day, or how long they took."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial
from typing import NamedTuple

from fazhi.figures.selection import amount_of, day_of, grouping
from fazhi.figures.value import Value
from fazhi.records.record import Record
from fazhi.report import periods
from fazhi.report.parts import stem
from fazhi.report.sentence import Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import HAN
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.kinds import KINDS, Case, Meeting, Total
from fazhi.schema.numerals import NUMERALS, exact, typed_value
from fazhi.schema.periods import last_of_month
from fazhi.schema.words import PublicityDay

Words = Callable[[Record], Sequence[str]]


class _Test(NamedTuple):
    """Whether a record is so; where a word says it, the words it holds in that field, and which it is."""

    meets: Callable[[Record], bool]
    words_of: Words | None = None
    word: str = ""
    by_record: bool = False  # which one record is the greatest is asked, not which word


@dataclass(frozen=True)
class Among:
    """So much of a whole is so; and how much there is of each word, where a `word` says it."""

    count: Fraction
    whole: Fraction
    by_word: Mapping[str, Fraction] | None = None
    word: str = ""
    by_record: bool = False  # how much one record has, of the greatest of each word

    @property
    def is_most(self) -> bool:
        """Whether it is more than half, or more than there is of any other word."""
        return self.count * 2 > self.whole or self.rank() == 0

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
        """How many words there is more of (or less); -1 where no word says it."""
        if self.by_word is None:
            return -1
        sign = -1 if is_least else 1
        return sum(other * sign > self.count * sign for other in self.by_word.values())


_MOST_TOLD = 12  # words that a message lists


def among(sentence: Sentence, value: Value, said: str, subject: str = "") -> Among | None:
    """How much of a figure is as words say; None where its records do not tell.

    `subject` is what the clause says first: of 调解成功的案件 only these are meant, and nothing is
    known of 群众.
    """
    counted = value.sides[-1] if value.denominator else value
    records = counted.records
    if not records or re.search(_PEOPLE, subject + said[:4]):
        return None
    said = re.sub("[“”《》]", "", said)
    spec = sentence.whole_of(counted).parts_of if counted.part_name else None
    if spec and counted.definition.by:
        parts_of = grouping(spec, sentence.names.settings)
        records = tuple(one for one in records if counted.part_name in parts_of(one))
    if of := _OF.search(subject):
        limits = [*_tests(sentence, counted, of["what"])]
        if re.search("(?<!未)办结$", of["what"]):
            limits.append(_Test(lambda record: getattr(record.fields, "closed", None) is not None))
        if not limits:
            return None
        records = tuple(one for one in records if all(test.meets(one) for test in limits))
    found = [*_tests(sentence, counted, said)]
    longer = [test.word for test in found]
    found = [t for t in found if not any(t.word in one != t.word for one in longer if t.word)]
    weigh = weight(counted)
    whole = sum(map(weigh, records), Fraction(0))
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
    return Among(Fraction(sums(map(weigh, held))), whole, by_word, *found[0][2:])


_PEOPLE = "群众(?!申请|举报|反映|投诉|来[访信电])|干部|村民|党员|学生|人员|居民|代表|委员|顾问|职工|当事人|领导"
_OF = re.compile(
    rf"(?P<what>[^，,。；、{HIDDEN}]{{2,16}})的(?:案件|纠纷|活动|会议|处罚|决定|事项)?$"
)


def weight(value: Value) -> Callable[[Record], Fraction]:
    """What a record adds to a figure: an amount, or 1."""
    held = value.definition
    if held.measure != "求和" or not held.kind or not held.field_name:
        return lambda _: Fraction(1)
    amount = amount_of(KINDS[held.kind], held.field_name)
    return lambda record: Fraction(amount(record) or 0)


def _tests(sentence: Sentence, value: Value, said: str) -> Iterator[_Test]:
    """What words ask of a record: that it was so soon done, falls in a part of the year, holds a word."""
    kind = value.records[0].kind
    if any(one.kind is not kind for one in value.records):
        return
    if kind.model is Case and (within := _WITHIN.search(said)):
        yield _Test(_done_within(within))
        return
    is_dated = kind.model is not Total  # of a total nobody knows when in its period
    if (
        is_dated
        and re.search("半年|季度?|月", said)
        and (part := periods.named(said, sentence.year))
    ):
        day = day_of(kind, value.definition.by_date)
        yield _Test(lambda record: bool((at := day(record)) and part.first <= at <= part.last))
    found = [*_held(sentence, value.records, said)]
    yield from found
    verb = re.escape(value.name[-2:])  # 是合同审查, of 合法性审查
    if not found and (of := re.search(_TITLED.format(verb=verb), said)):
        words = of["what"]
        if any(words in record.fields.title for record in value.records):
            yield _Test(lambda record: words in record.fields.title, None, words)


_TITLED = f"(?:涉及|关于|针对|(?=.*(?:审查|检查|排查)$)[是为])(?P<what>{HAN}{{{{2,8}}}}?)(?:的|等|问题|事项|案件|{{verb}}|$)"
_WITHIN = re.compile(
    rf"(?:(?:没有?|未|不)超过|不超)?(?P<many>[{NUMERALS}]{{1,4}}|\d+)(?:个?(?P<unit>日|天|周|星期)|个(?P<months>月))(?:[之以]?内)?[^，,。；]{{0,6}}?"
    "(?:办结|办理|调解|化解|处理|完成|了结|结案|调处|作?出?(?P<decided>决定)|$)|当(?:日|天)(?:之?内)?[^，,。；]{0,6}(?:办结|调解|化解|处理|了结)"
)


def _done_within(said: re.Match[str]) -> Callable[[Record], bool]:
    many = said["many"] or "零"
    number = min(typed_value(many[:4]), 1000)

    def is_met(record: Record) -> bool:
        case = record.fields
        done = isinstance(case, Case) and (case.decided if said["decided"] else case.closed)
        if not isinstance(case, Case) or not done:
            return False
        if said["months"]:
            return done <= _months_later(case.accepted, number)
        days = number * (7 if said["unit"] in ("周", "星期") else 1)
        return (done - case.accepted).days <= days

    return is_met


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = last_of_month(year, month + 1)
    return last if day.day > last.day else last.replace(day=day.day)


_LINK = (
    "(?:由|在|为|是|参加|以|属于?|系|涉及|集中[在于]?|来[自源]于?|源于|发生[在于]?|适用|采[取用]|围绕|针对|经过?|给予|处以?|作出|主持|[提报]请)"
    r"[^，,]{0,8}$|^(?:其中)?[占是为有的\d.]*$"
)
_NOT = "(?:[未不无没非]|没有)[是属在经能曾由予获]{0,2}$"
_FREE = ("承办", "主持", "地点")
"""Fields of any text that say who did something, or where."""


def _held(sentence: Sentence, records: Sequence[Record], said: str) -> Iterator[_Test]:
    """That a record holds the word that words name, by each field that has such a word."""
    for key, words, words_of in fields(sentence, records):
        called = {alias: _meant(word, words, said) for word in words for alias in _aliases(word)}
        if key == "普法节点":
            days = sentence.names.settings.vocabulary.words(key)
            called |= {d.meaning: {d.name} for d in days if isinstance(d, PublicityDay)}
        if key not in KINDS[records[0].kind.name].fields:  # a mark, or 合法性审查 of an agenda
            called[key] = {*words} - {"否", "不适用"}
        if key == "类别":
            called |= {word[-2:]: {word} for word in words}
        if key == "主持":
            called |= roles(words)
        if key == "地点":
            township = sentence.names.settings.township
            places = {*words, *township.villages, *township.neighbours}
            called = {place: {word for word in words if place in word} for place in places}
        named = [one for one in called if one in said]
        alias = max(
            (one for one in named if one != key), key=len, default=key if key in named else ""
        )
        who = _BY.search(said) if key in _FREE and not alias else None
        is_who = who and (who["verb"] == "主持") == (key == "主持") and key != "地点"
        if who and is_who and (key == "主持" or who["who"] in sentence.told.words("承办")):
            alias, called = who["who"], {who["who"]: {who["who"]}}
        also = [
            n
            for n in named
            if re.search(rf"[、和与及]{re.escape(n)}|{re.escape(n)}[、和与及]", said)
        ]
        meant = called.get(alias, set()).union(*(called[one] for one in also))  # 甲村和乙村
        ahead = said[: min(map(said.rindex, (alias, *also)))]
        if not alias or not (key in ("结果", "合法性审查") or re.search(_LINK, ahead)):
            continue
        meets = partial(_meets, words_of, meant, is_not=bool(re.search(_NOT, ahead)))
        yield _Test(meets, words_of, alias, key == "普法节点")


_BY = re.compile(rf"由(?P<who>{HAN}{{2,12}}?)(?P<verb>主持|承办|主办|举办)")


def _meets(words_of: Words, meant: set[str], record: Record, *, is_not: bool) -> bool:
    return meant.isdisjoint(words_of(record)) == is_not


def fields(sentence: Sentence, records: Sequence[Record]) -> Iterator[tuple[str, set[str], Words]]:
    """The fields whose words say something of a record, with the words that there are; none of
    records of several kinds."""
    settings, kind = sentence.names.settings, records[0].kind
    if any(record.kind is not kind for record in records):
        return
    categories = tuple({record.fields.category for record in records})
    for key, spec in settings.fields(kind).items():
        if key == "类别" and len(categories) < 2:
            continue
        if spec.words not in (None, "任务", "分项", "计数", "标记") or key in _FREE:
            words_of = grouping(spec, settings)
            listed = settings.words(kind, spec, sentence.year, categories) or ()
            held = {word for record in records for word in words_of(record)} - {*NOT_SAID}
            if held:  # else nothing is told by it
                yield key, {*listed} | held, words_of
    if kind.model is Meeting:
        for key, attribute in (("主题", "topic"), ("合法性审查", "review")):
            words_of = partial(_of_agenda, attribute)
            yield key, {word for record in records for word in words_of(record)}, words_of


def roles(titles: Iterable[str]) -> dict[str, set[str]]:
    """Who is meant of some titles by 主要负责人, 政府主要领导, 分管领导."""
    return {
        of + who: {title for title in titles if re.fullmatch(meant, title)}
        for of, meant in _ROLES.items()
        for who in ("负责人", "领导", "负责同志")
    }


_OF_ALL = "(?:[乡镇县市区局委]|党[委组]|党?工委|街道|办事处|人民政府|管委会)*"
_HEADS = f"(?:{_OF_ALL}(?:(?<!副)书记|[乡镇县市区局]长|主任|院长|检察长)、?)+|主要(?:负责人|领导)"
_ROLES = {"主要": _HEADS, "分管": ".*(?:分管|副).*"}
_ROLES |= dict.fromkeys(("党委主要", "党组主要", "党工委主要"), f"{_OF_ALL}书记.*")
_ROLES |= dict.fromkeys(("政府主要", "行政主要"), f".*(?:(?<!副)[乡镇县市区局]长|{_OF_ALL}主任)")


def _of_agenda(attribute: str, record: Record) -> tuple[str, ...]:
    items = record.fields.agenda if isinstance(record.fields, Meeting) else ()
    return tuple(filter(None, (getattr(item, attribute) for item in items)))


def _aliases(word: str) -> set[str]:
    """How a word may be said: 撤销 of 撤销或变更, 食品 of 食品案件."""
    said = {word, stem(word), *(word.split("或") if "或" in word else ())}
    return {one for one in said if len(one) > 1 and one not in ("其他", "在办")}


def _meant(word: str, words: set[str], said: str) -> set[str]:
    """通过, and 修改后通过 unless 一次 is said; 不通过 is another thing."""
    if re.search("一次|直接|首次", said):
        return {word}
    return {word} | {w for w in words if w.endswith(word) and not w.startswith(("不", "未"))}
