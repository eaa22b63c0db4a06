"""A sentence of a narrative with its computed numbers, and how claims are read from it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from fazhi import regex as re
from fazhi.figures.value import Value, Values
from fazhi.pattern import HAN, Pattern
from fazhi.problems.problem import Fault
from fazhi.records.record import Record
from fazhi.report import faults
from fazhi.report.faults import Found
from fazhi.rules.narrative.clauses import Number
from fazhi.rules.narrative.names import Names, likeness
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.township import Settings


class Told:
    """What the records say that the figures of a year count, found once for all its sentences."""

    def __init__(
        self, values: Values, settings: Settings, last: Values, more: Iterable[Record]
    ) -> None:
        self._values, self._settings, self._last, self._more = values, settings, last, more
        self._words = dict[str, frozenset[str]]()

    @cached_property
    def records(self) -> frozenset[Record]:
        """All of them."""
        return _of(self._values)

    @cached_property
    def last(self) -> frozenset[Record]:
        """All of the year before."""
        return _of(self._last)

    def words(self, key: str) -> frozenset[str]:
        """What any of them says in a field."""
        if key not in self._words:
            held = (one.held(key) for one in self.records if key in one.kind.fields)
            self._words[key] = frozenset(filter(None, held))
        return self._words[key]

    @cached_property
    def cases(self) -> dict[str, Record]:
        """The cases by their titles, those of the year before, too; none of which there are several."""
        villages, found = self._settings.township.villages, dict[str, Record]()
        for records in (self.last, self.records):
            own = [(one.fields.title, one) for one in records if one.kind.name == "案件"]
            # 甲村道路超限运输案, without its village too
            found |= _unlike((_without(villages, title), one) for title, one in own)
            found |= _unlike(own)
        return found

    @cached_property
    def titles(self) -> dict[str, Record]:
        """The activities and meetings by their titles, without the signs around a name in them."""
        own = [one for one in {*self.records, *self._more} if one.kind.name in ("活动", "会议")]
        found = {re.sub("^[“《]?[\\d.·]+[”》]|[“”《》·]", "", one.fields.title): one for one in own}
        # 领导小组第二次会议, 第四次集体学习
        numbered = ((_NTH.search(title), one) for title, one in found.items())
        found |= _unlike((said[0], one) for said, one in numbered if said)
        nodes = Counter(getattr(one.fields, "node", None) for one in own)
        for one in own:  # “4.15”集中宣传
            node = getattr(one.fields, "node", None)
            if node and nodes[node] == 1:
                found |= {f"{node}集中宣传": one, f"{node}宣传": one}
        return found

    @cached_property
    def categories(self) -> dict[str, Value]:
        """The figures that count all of a 类别, by its name."""
        found = dict[str, Value]()
        for value in self._values.values():
            asked = value.definition.conditions or {}
            is_all = [*asked] == ["类别"] and value.definition.kind in ("案件", "活动", "会议")
            if is_all and value.definition.measure in ("件数", "分类") and value.number:
                found.setdefault(str(asked["类别"]), value)
        return found

    def named(self, said: str, *, with_cases: bool) -> list[Record]:
        """The activities and meetings, and the cases, whose titles words name."""
        bare = bare_of(said)
        found = {record: 1 for title, record in self.titles.items() if title in bare}
        cases = self.cases.items() if with_cases else ()
        return [*found | {c: 1 for title, c in cases if title in bare and c in self.records}]

    @cached_property
    def telling(self) -> frozenset[str]:
        """The words of the vocabulary that tell some records of a kind from others."""
        vocabulary = self._settings.vocabulary
        words = {word.name for key in _TELLING for word in vocabulary.words(key)}
        words |= {*self._settings.township.villages}
        words |= {one for c in vocabulary.categories.get("案件", ()) for one in c.outcomes}
        return frozenset(word for word in words if len(word) > 1) - _OFTEN_SAID


_NTH = Pattern(f"{HAN}{{0,4}}第{HAN}次{HAN}{{2,4}}(?=：|$)")


def _unlike(named: Iterable[tuple[str, Record]]) -> dict[str, Record]:
    """Records by short names, but for those that several have: nobody knows which is meant."""
    each = [*named]
    many = Counter(name for name, _ in each)
    return {name: one for name, one in each if many[name] == 1}


def _without(villages: Iterable[str], title: str) -> str:
    """A title without the village that it begins with."""
    village = next((one for one in villages if title.startswith(one)), "")
    return title.removeprefix(village)


def bare_of(said: str) -> str:
    """Words without the signs around names, as titles are looked for in them."""
    return re.sub("[“”《》·]", "", said)


def _of(values: Values) -> frozenset[Record]:
    """What figures count, but for those that are made of others: they may reach into the year before."""
    counted = (value.records for value in values.values() if not value.sides)
    return frozenset[Record]().union(*counted)


_TELLING = ("主题", "纠纷类型", "来源", "处罚种类")
_OFTEN_SAID = {"办结", "在办", "其他", "通过"}


class Sentence(NamedTuple):
    """A sentence with its computed numbers, and all figures of the year and of those before it."""

    text: str
    at: int  # where it begins in what is read
    numbers: Sequence[Number]
    names: Names
    year: int
    values: Values
    last: Values
    earlier: Mapping[int, Values]  # of all years before, the last one among them
    told: Told

    def before(self, place: int) -> list[tuple[Number, Value]]:
        """The numbers ahead of a place, the nearest first."""
        return [
            (number, value)
            for number in reversed(self.numbers)
            if number.at - self.at < place
            and (value := (self.last if number.is_last else self.values).get(number.name))
            and value.number is not None
        ]

    def at_place(self, place: int) -> tuple[Number, Value] | None:
        """The number that is printed at a place; None where it has no value."""
        found = self.before(place + 1)
        return found[0] if found and found[0][0].at - self.at == place else None

    def listed(self, said: re.Match[str], group: str) -> list[Value | None]:
        """What is printed at each place of a list that a group of a claim is."""
        places = re.finditer(HIDDEN, said[group])
        return [self.value_at(said.start(group) + place.start()) for place in places]

    def value_at(self, place: int) -> Value | None:
        """What is printed at a place."""
        found = self.at_place(place)
        return found[1] if found else None

    def nearest(self, place: int) -> Value | None:
        """The value of the nearest number ahead of a place; behind 甲{{ }}，上年{{ }}， that of this year."""
        ahead = self.before(place)
        if ahead and ahead[0][0].is_last and "，" in self.text[ahead[0][0].at - self.at : place]:
            of_this = [o for o in ahead if o[0].name == ahead[0][0].name and not o[0].is_last]
            ahead = of_this or ahead
        return ahead[0][1] if ahead else None

    def whole_of(self, value: Value) -> Value:
        """The figure of which a value is a part, or itself."""
        return (self.values if value.year == self.year else self.last).get(value.of, value)

    def about(self, place: int) -> Value | None:
        """What is said at a place is of the number ahead; or of the first that its clause names."""
        if value := self.nearest(place):
            return value
        for number, first in self.printed[-1:]:
            said = self.clause(place)
            if not number.is_last and likeness(first.name, said)[0] >= _NAMED:
                return first
        return None

    def other(self, said: re.Match[str], named: str) -> Value | None:
        """The other side of a claim: what its group `number` prints, else what is named."""
        return self.value_at(said.start("number")) if said["number"] else self.named(named)

    @property
    def printed(self) -> list[tuple[Number, Value]]:
        """All its numbers, the last one first."""
        return self.before(len(self.text))

    def named(self, said: str) -> Value | None:
        """The one figure that words name at their end."""
        found, _ = self.names.ending(said)
        value = self.values.get(min(found)) if len(found) == 1 else None
        return value if value and value.number is not None else None

    @property
    def subject(self) -> Value | None:
        """The figure of all of the one 类别, or else that it names, where it prints no number."""
        return None if re.search(_OF_SOME, self.text) else self.topic

    @property
    def topic(self) -> Value | None:
        """That figure, even of a sentence of some of it: 四季度受理矛盾纠纷最多."""
        if self.numbers:
            return None
        every = self.told.categories.items()
        bare = re.sub(_OF_EACH, "", self.text)
        found = [v for word, v in every if word in bare.replace(f"的{word}", "")]
        if not found:
            named = [name for name in self.values if name in self.text and "." not in name]
            own = [n for n in named if not any(n in other != n for other in named)]
            found = [one for n in own if (one := self.values[n]).number is not None]
        return found[0] if len(found) == 1 else None

    def clause(self, place: int) -> str:
        """The clause around a place."""
        start = max(self.text.rfind(sign, 0, place) for sign in "，,（(：:") + 1
        return self.text[start:place] + self.after(place)

    def after(self, place: int) -> str:
        """The clause from a place on."""
        end = re.search("[，,）)：:]", self.text[place:])
        return self.text[place:][: end.start() if end else None]

    def growth(self, value: Value) -> Fraction | None:
        """The growth of a figure on last year; None where that is not known."""
        last = self.last.get(value.name)
        if not last or not last.number or value.number is None:
            return None
        return value.number / last.number - 1


_OF_SOME = "其中|成功|不成|在办|未|上年|去年|季度|半年|月"
_OF_EACH = "(?<=受理|办理|收到|召开|开展|举办|作出)的"  # 受理的矛盾纠纷 are all
_NAMED = 0.6  # of a name's pairs of characters


def differs(one: Value, other: Value) -> Fraction | None:
    """By how much one number is more than another; None where they are not to be compared."""
    is_one = (one.name, one.year) == (other.name, other.year)
    if is_one or (one.unit == "%") != (other.unit == "%"):
        return None
    return (one.number or Fraction(0)) - (other.number or Fraction(0))


def grows_more(sentence: Sentence, one: Value, other: Value) -> Fraction | None:
    """By how much one number has grown more than another; None where that is not known."""
    rates = sentence.growth(one), sentence.growth(other)
    return None if rates[0] is None or rates[1] is None else rates[0] - rates[1]


Pairs = Iterator[tuple[Value, Value] | tuple[Value, Value, str] | Fault]
"""The two numbers that a claim is not true of, twice the same where it is of one; and what their
records say instead. Or what else is wrong with it."""
Check = Callable[[Sentence, re.Match[str]], Pairs]


class Claims(list[tuple[Pattern, Check]]):
    """What a module declares of sentences: it is what declares a claim, and holds them all."""

    def __call__(self, pattern: str) -> Callable[[Check], Check]:
        """Declare what holds where a pattern is found.

        The group `said`, else all that is found, is what is told to be untrue.
        """

        def declared(check: Check) -> Check:
            self.append((Pattern(pattern), check))
            return check

        return declared


def untrue(sentence: Sentence, claims: Iterable[Claims]) -> Found:
    """The claims of a sentence that are not true, with their places in it."""
    for pattern, check in (one for some in claims for one in some):
        for said in pattern.finditer(sentence.text):
            group = "said" if said.groupdict().get("said") is not None else 0
            for found in check(sentence, said):
                words = said[group].replace(HIDDEN, "")
                fault = found if isinstance(found, Fault) else faults.untrue_relation(words, *found)
                yield said.start(group), fault
