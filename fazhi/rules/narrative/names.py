"""What figures are called, and which of them a clause names."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.records.narrative import Narrative
from fazhi.rules.narrative.clauses import BRACKETED, Number, numbers
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import PEOPLE
from fazhi.schema.definition import Definition, part_of
from fazhi.schema.numerals import NUMERALS, chinese_value
from fazhi.schema.township import Settings


class Names:
    """What the figures of a year are called: by name, as a definition says, or by a name's end."""

    def __init__(self, settings: Settings, narrative: Narrative) -> None:
        self.settings, self.township = settings, settings.township.name
        own = {d.name: d for d in settings.definitions if d.holds_in(narrative.year)}
        self.numbers = numbers(narrative)
        parts = (number.name.partition(".") for number in self.numbers)
        # A part that is printed is a figure of its own.
        made = (part_of(own[name], part) for name, _, part in parts if part and name in own)
        self.by_name = own | {part.name: part for part in made}

    @cached_property
    def figures(self) -> dict[str, frozenset[str]]:
        """The figures by what they are called."""
        found: dict[str, set[str]] = {}
        for definition in self.by_name.values():
            name = definition.name
            ends = (name[at:] for at in range(1, len(name) - _SHORTEST + 1) if name[at] != "的")
            bare = (BRACKETED.sub("", one) for one in definition.called)
            short = (one for one in bare if len(one) >= _SHORTEST)
            # What is added up over years is called so in this year alone, too.
            same = self._same(name) if "." in name else [name]
            of_year = definition.added if definition.first_year else ()
            for called in (name, *definition.called, *short, *ends):
                own = () if "累计" in called else of_year
                found.setdefault(called, set()).update((*same, *own))
        return {called: frozenset(names) for called, names in found.items()}

    def _same(self, name: str) -> list[str]:
        """A part of a breakdown, and the figures that count just what it does."""
        whole, part = self.by_name[name], name.partition(".")[2]
        asked = whole.kind, {**(whole.conditions or {}), whole.by or "": part}
        return [name, *(d.name for d in self.by_name.values() if (d.kind, d.conditions) == asked)]

    def ahead(self, number: Number) -> list[str]:
        """The figures of which a number is printed in its sentence before it, in order."""
        start = number.start(number.sentence)
        return [one.name for one in self.numbers if start <= one.at < number.at]

    @cached_property
    def ratios(self) -> list[tuple[str, str]]:
        """The figures that are divided, and by which."""
        held = self.by_name.values()
        return [(d.numerator, d.denominator) for d in held if d.numerator and d.denominator]

    def months(self, name: str) -> set[str]:
        """The parts of a year that are in what a figure is called."""
        return months_in("\n".join(one for one, held in self.figures.items() if name in held))

    def share(self, part: str) -> str | None:
        """The figure of which share a part is: 甲占比 of 甲."""
        held = self.by_name.values()
        return next((d.name for d in held if d.numerator == part and d.label == "%"), None)

    def nearly(self, said: str) -> str | None:
        """The figure that words say most of, where one alone is by far the likeliest."""
        found = sorted((likeness(d.name, said)[0], d.name) for d in self.by_name.values())
        second = found[-2][0] if len(found) > 1 else 0
        return found[-1][1] if found and found[-1][0] >= max(_MOST, second + _FAR) else None

    def alone(self, said: str) -> frozenset[str]:
        """The same as a set, empty where there is none."""
        return frozenset(filter(None, [self.nearly(said)]))

    def is_called(self, name: str, said: str) -> bool:
        """Whether a figure's name, or what else it is called, has this in it."""
        return any(said in called for called, names in self.figures.items() if name in names)

    def ending(self, said: str) -> tuple[frozenset[str], str]:
        """The figures that a clause names at its end, and by what, the longest name first."""
        # 四季度甲 is no name in 一至四季度甲.
        starts: Iterable[int] = range(len(said))
        if MONTH.search(said):
            starts = (at for at in starts if not re.match(_MANY, said[at:] + "\n" + said[:at]))
        return self._called(said[at:] for at in starts)

    def short(self, said: str) -> set[str]:
        """The figures of cases that a clause names at its end without that word, or before what was done."""
        said = re.sub("(?:共?(?:办理|办结|受理|处理|立案|审结|查处|结案))+$", "", said)
        bare = {d.name: d.name.removesuffix("案件") for d in self.by_name.values()}
        return {n for n, one in bare.items() if n != one and len(one) > 2 and said.endswith(one)}

    def shortened(self, said: str) -> set[str]:
        """检查设备 for 检查特种设备: the figures whose names, without their middle, a clause ends with."""
        cut = ((2, 2), (3, 2), (2, 3))  # how much of its beginning and of its end
        return {n for n in self.by_name if said.endswith(tuple(n[:b] + n[-e:] for b, e in cut))}

    def own_part(self, name: str, others: Iterable[str]) -> str:
        """Of figures that are meant instead of a part, its own breakdown's part, where there is one."""
        by = {name: one.by for name, one in self.by_name.items() if "." in name}
        alike = (one.partition(".")[2] for one in others if name in by and by.get(one) == by[name])
        return min((f"{name.partition('.')[0]}.{p}" for p in alike), default=min(others))

    def carried(self, part: str, last: str) -> str:
        """检察建议 of 检察建议、司法建议回复率: with the tail of the list's last part, where that is a name."""
        tails = (last[at:] for at in range(1, len(last)))
        whole = ((part + tail, *self.ending(part + tail), tail) for tail in tails)
        fit = (w for w, held, called, t in whole if called in held and len(called) > len(t))
        return next(fit, part)

    def beginning(self, said: str) -> tuple[frozenset[str], str]:
        """The figures that a clause names at its beginning, and by what."""
        return self._called(said[:end] for end in range(len(said), 0, -1))

    def _called(self, names: Iterable[str]) -> tuple[frozenset[str], str]:
        called = next((name for name in names if name in self.figures), "\n")
        return self.figures.get(called, frozenset()), called

    def is_named(self, name: str, said: str) -> bool:
        """Whether a clause names a figure anywhere, and no longer name that holds it."""
        return any(called in said and name in names for called, names in self.figures.items())

    def is_told(self, name: str, said: str) -> bool:
        """Whether a clause shares anything with what a figure is called, or with what is asked of its records."""
        figure = self.by_name[name]
        return any(shared(o, said) for o in (name, *figure.called, str(figure.conditions or "")))

    def likeliest(self, name: str, said: str) -> str | None:
        """Another figure that a clause says nearly all of, and this one hardly any, nor later."""
        share, last = likeness(name, said)
        for definition in self.by_name.values():
            other, at = likeness(definition.name, said)
            if other >= _NEARLY_ALL and other - share >= _HARDLY and at >= last:
                return definition.name
        return None


_SHORTEST = 3  # characters of a name's end that still name it
_NEARLY_ALL, _HARDLY = 0.66, 0.35
_MOST, _FAR = 0.6, 0.2


def shared(name: str, said: str) -> int:
    """How many pairs of characters of a figure's name are in a clause."""
    places = _places(name, said)
    return len(places) - places.count(-1)


def likeness(name: str, said: str) -> tuple[float, int]:
    """The share of a name's pairs of characters that are in a clause, and where the last one is."""
    places = _places(name, said)
    return (len(places) - places.count(-1)) / max(len(places), 1), max(places, default=-1)


def _places(name: str, said: str) -> list[int]:
    """Where the pairs of characters of a name are in a clause; -1 for what is not there."""
    return [*map(said.rfind, _pairs(name))]


@lru_cache(maxsize=4096)  # every clause asks of every figure
def _pairs(name: str) -> tuple[str, ...]:
    return tuple(map(str.__add__, name, name[1:]))


def months_in(said: str) -> set[str]:
    """The months and other parts of a year that words tell of, 十二月 as 12月."""
    found = re.findall(rf"(?:\d+|[{NUMERALS}]+)月|[^，,。\d]季度|.半年", said)
    return {
        re.sub(f"^[{NUMERALS}]+(?=月)", lambda n: str(chinese_value(n[0])), one) for one in found
    }


def another_place(number: Number, figure: Definition, names: Names) -> str:
    """{{ 3个毗邻乡镇 }}县: another kind of place or of people, or all of a larger place."""
    name, place = number.name, _PLACE.match(number.after)
    said = number.said.rpartition(HIDDEN)[2]
    is_place = figure.label == "个" or _PLACE.search(name)
    if place and is_place and not names.is_called(name, place[0]):
        return place[0]
    ahead = _PLACE_AHEAD.search(said)  # 涉及乡镇{{ 涉及企业 }}
    own = _PLACE_AHEAD.search(name)
    if ahead and own and own["of"] == ahead["of"] and not names.is_called(name, ahead["place"]):
        return ahead["place"]
    people = _PEOPLE.search(number.said)
    if people and figure.label not in {"人", "名", "人次", "%"}:
        return people["who"] or people["whom"]
    whole = _WHOLE.match(number.said)
    is_it = whole and shared(name, said) * 2 >= len(name) - 1
    of = whole["of"] if whole else ""
    is_own = names.township.endswith(of) or of == names.settings.township.all_of_it
    is_own = is_own or names.is_called(name, of)
    return of if is_it and not is_own else _other_people(number, figure)


def _other_people(number: Number, figure: Definition) -> str:
    """{{ 5名重度残疾人 }}困难残疾人: another kind of the people that the figure's name ends with."""
    name, behind = figure.name.rpartition(".")[2], re.match(f"{HAN}*", number.after)
    for at in range(2, len(name)) if name.endswith(_KINDS_OF_PEOPLE) else ():
        own, tail = name[:at], name[at:]
        other = (behind[0] if behind else "").partition(tail)
        if other[1] and "的" not in other[0]:
            told = "".join((*figure.called, str(figure.conditions or ""), own))
            around = {*number.sentence, *number.rest.replace(tail, "")}
            is_it = {*other[0]} & {*told} or len({*own} & around) * 2 >= len({*own})
            return "" if is_it or not 1 < len(other[0]) < _NEAR else other[0] + tail
    return ""


_NEAR = 5
_KINDS_OF_PEOPLE = ("人员", "人", "户", "家庭", "对象", "儿童", "学生")


def headed(number: Number, names: Names) -> str | None:
    """The figure that a column or a row of a table is headed with, where it has nothing of its own."""
    name = number.name
    said = [re.sub("[（(][^（）()]*[)）]|的|数量?$", "", head) for head in number.heads]
    said = [head for head in said if head not in ("合计", "总计", "小计", "共计")]
    heads = [head for head in said if len(head) > 1 and not MONTH.search(head)]
    own = [head for head in heads if shared(name, head) or names.is_called(name, head)]
    for head in heads:  # of 行政许可, and prints {{ 行政处罚 }}
        named = names.figures.get(head, frozenset())
        is_other = named.isdisjoint((name, name.partition(".")[0], *names.by_name[name].sides))
        rest = (more for more in own if more != head)
        is_more = any(shared(name, more) > 1 or names.is_called(name, more) for more in rest)
        if named and is_other and head not in name and not is_more:
            return min(named)
    for head in (head for head in heads if head not in own and not number.is_last):
        called = (figures for called, figures in names.figures.items() if head in called)
        others = [
            other for figures in called for other in figures if all(shared(other, o) for o in own)
        ]
        if others:
            return max(sorted(others), key=lambda other: shared(other, name))
    return next(_swapped(name, heads, names), None) or of_kin(number, names)


def _swapped(name: str, heads: list[str], names: Names) -> Iterator[str]:
    """一中队 at the head of {{ 二中队检查 }}, where there is 一中队检查, too, which the head makes of it."""
    for head in (one for one in heads if one not in name and "." not in name):
        for other in names.by_name:
            begin, is_in, end = other.partition(head)
            own = name.removeprefix(begin).removesuffix(end)
            is_alike = is_in and len(begin + end) > 1 and begin + own + end == name
            if is_alike and own and not any(own in one for one in heads):
                yield other


def of_kin(number: Number, names: Names) -> str | None:
    """区公安分局 before {{ 城管处罚.警告 }}, where there is 公安处罚, too: the same of what is named."""
    whole, dot, part = number.name.partition(".")
    said = "，".join((*number.heads, number.title)) if number.heads else number.sentence
    found = [(other, own) for other, own, stem in _kin(whole, names) if stem in said]
    own = found[0][1] if found else ""
    if len(found) == 1 and not set(own) & set(said.replace(whole.removeprefix(own), "")):
        return f"{found[0][0]}{dot}{part}"
    return None


def _kin(name: str, names: Names) -> Iterator[tuple[str, str, str]]:
    """Figures that are named and counted as one is, but for a beginning; and the two beginnings."""
    own = names.by_name.get(name)
    for other in names.by_name.values() if own else ():
        end = next((at for at in range(len(name)) if other.name.endswith(name[at:])), len(name))
        stems = name[:end], other.name[: end - len(name)]
        is_alike = own and (other.measure, other.kind, other.by) == (own.measure, own.kind, own.by)
        is_told = min(map(len, stems)) >= _STEM and not any(map(MONTH.search, stems))
        if is_alike and is_told and end <= len(name) - _STEM:
            yield other.name, *stems


_PEOPLE = Pattern(
    rf"(?P<who>{PEOPLE})(?:达到?|共|总?计|累计|有|为)+$|(?:覆盖|惠及|受益|服务|教育)[^，,。；]{{0,4}}(?P<whom>{PEOPLE})$"
)
_PLACE = Pattern("行政村|自然村|乡镇|[县市区省村镇乡]|社区|街道")
_PLACE_AHEAD = Pattern(f"(?P<of>{HAN}{{2}})(?P<place>{_PLACE.pattern}|企业|学校)$")
_WHOLE = Pattern(
    rf"(?:截至[^，,]*|今年|全年|\d{{4}}年)?(?P<of>全[县市省国](?!一|统一)|{HAN}{{2,4}}[镇乡村](?=全年|共|累计|今年))"
)
_STEM = 2  # characters that tell figures of one end apart
MONTH = Pattern("[0-9一二三四五六七八九十]月|季度|半年")
_MANY = r"第?[0-9一二三四五六七八九十]+(?:月|季度).*\n.*(?:[至到~～—–-]第?|前)$"
