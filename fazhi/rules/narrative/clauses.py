"""The clauses around a narrative's computed numbers, and which figures they name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fazhi.records.narrative import Narrative, expressions
from fazhi.rules.text.passage import HIDDEN, REMOVED, of_narrative
from fazhi.rules.text.quantities import HAN
from fazhi.rules.text.reading import Reading
from fazhi.schema.definition import Definition, part_of
from fazhi.schema.township import Settings


@dataclass(frozen=True)
class Number:
    """A computed number in its paragraph: `before` and `after` are what is read beside it there.

    Other numbers in them are `HIDDEN`. `wordings` is what stands behind the figure's name. In a
    table, its cell is all its paragraph, and what is said of it stands in the `heads` of its column
    and its row, and in the table's `title`.
    """

    text: Reading
    body: int  # where the body begins in the file
    at: int  # its place in what is read
    name: str
    is_last: bool  # last year's
    wordings: str
    before: str
    after: str
    follows_last: bool = False  # last year's number of the same figure is just before it
    day_of: str = ""  # the figure whose 截至 was printed last before it
    heads: tuple[str, ...] = ()
    title: str = ""

    def place(self, at: int) -> int:
        """Where in the body a character of what is read is."""
        return self.text.at(at) - self.body

    @property
    def is_bare(self) -> bool:
        """Whether it is printed without its unit."""
        return "不带单位" in self.wordings

    @property
    def near(self) -> str:
        """What is read just before it."""
        return self.before[-40:]

    @property
    def near_at(self) -> int:
        """Where that begins in what is read."""
        return self.at - len(self.near)

    @property
    def said(self) -> str:
        """The clause before it; what stands in brackets there is `REMOVED`."""
        outside = _BRACKETED.sub(lambda found: REMOVED * len(found[0]), self.before)
        return re.split(r"[，,。；;！!？?：:（(\n]", outside)[-1]

    @property
    def said_at(self) -> int:
        """Where its clause begins in what is read."""
        return self.at - len(self.said)

    @property
    def sentence(self) -> str:
        """The sentence before it."""
        return _SENTENCE_END.split(self.before)[-1]

    @property
    def sentence_at(self) -> int:
        """Where its sentence begins in what is read."""
        return self.at - len(self.sentence)

    @property
    def ahead(self) -> str:
        """Of the sentence before it, what follows the number before it."""
        return self.sentence.rpartition(HIDDEN)[2]

    @property
    def ahead_at(self) -> int:
        """Where that begins in what is read."""
        return self.at - len(self.ahead)

    @property
    def until_next(self) -> str:
        """The sentence after it, up to the number that follows."""
        return self.rest.partition(HIDDEN)[0]

    @property
    def rest(self) -> str:
        """The sentence after it."""
        return _SENTENCE_END.split(self.after)[0]


def inner_of(inner: str) -> re.Match[str] | None:
    """What stands between braces: a figure's `name`, whether it is `last` year's, its `wordings`."""
    return _INNER.fullmatch(inner)


_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_INNER = re.compile(
    r"\s*(?P<name>[^\s|.()\"']+(?:\.(?!\s*(?:上年|截至)\b)[^\s|.()\"']+)?)\s*(?P<last>\.\s*上年)?"
    r"\s*(?P<wordings>\|.*)?"
)
_DAY_OF = re.compile(r"\s*(?P<name>[^\s|.()\"']+)\s*\.\s*截至\s*")


@lru_cache(maxsize=2)  # every rule asks again
def numbers(narrative: Narrative) -> tuple[Number, ...]:
    """Every computed number of a narrative, in order."""
    return tuple(_numbers(narrative))


def _numbers(narrative: Narrative) -> Iterator[Number]:
    passage = of_narrative(narrative)
    text = passage.reading
    at, previous, day_of = -1, ("", False), ""
    for match in expressions(narrative):
        if passage.body + match.start() not in passage.filled:
            continue  # 原文
        at = text.text.index(HIDDEN, at + 1)
        inner = inner_of(match["inner"])
        if day := _DAY_OF.fullmatch(match["inner"]):
            day_of = day["name"]
        elif inner:
            before, after, heads, title = around(text.text, at)
            yield Number(
                text, passage.body, at, inner["name"], bool(inner["last"]), inner["wordings"] or "",
                before, after, previous == (inner["name"], True), day_of, heads, title,
            )  # fmt: skip
            previous = inner["name"], bool(inner["last"])


def around(text: str, at: int) -> tuple[str, str, tuple[str, ...], str]:
    """What is read before and after a place in its paragraph or cell; its heads, and its table's title."""
    before = text[max(at - _READ, 0) : at].rpartition("\n")[2]
    after = text[at + 1 : at + _READ].partition("\n")[0]
    heads, title = _of_table(text, at)
    if heads:
        before, after = before.rpartition("|")[2].lstrip(), after.partition("|")[0].rstrip()
    return before, after, heads, title


def _of_table(text: str, at: int) -> tuple[tuple[str, ...], str]:
    """What heads the column and the row of a cell, and the line above its table; nothing elsewhere."""
    start = top = text.rfind("\n", 0, at) + 1
    while text.startswith("|", above := text.rfind("\n", 0, max(top - 1, 0)) + 1) and above < top:
        top = above
    if top == start or not text.startswith("|", start):
        return (), ""
    columns = text[top:].partition("\n")[0].split("|")
    row = text[start:at].split("|")
    column = columns[len(row) - 1] if len(row) <= len(columns) else ""
    said = (cell.strip() for cell in row[1:-1] if HIDDEN not in cell and re.search(HAN, cell))
    return (column.strip(), *said), text[:top].rstrip().rpartition("\n")[2]


_READ = 400  # characters on either side: more is no sentence that anybody reads


def _parts(narrative: Narrative, whole: Mapping[str, Definition]) -> Iterator[Definition]:
    """The parts of breakdowns that a narrative prints, as figures of their own."""
    for name in dict.fromkeys(number.name for number in numbers(narrative)):
        of, _, part = name.partition(".")
        if part and of in whole:
            yield part_of(whole[of], part)


class Names:
    """What the figures of a year are called: by name, as a definition says, or by a name's end."""

    def __init__(self, settings: Settings, narrative: Narrative) -> None:
        self.township = settings.township.name
        whole = [d for d in settings.definitions if d.holds_in(narrative.year)]
        self.definitions = [*whole, *_parts(narrative, {d.name: d for d in whole})]

    @cached_property
    def figures(self) -> dict[str, frozenset[str]]:
        """The figures by what they are called."""
        found: dict[str, set[str]] = {}
        for definition in self.definitions:
            name = definition.name
            ends = (name[at:] for at in range(1, len(name) - _SHORTEST + 1) if name[at] != "的")
            bare = (_BRACKETED.sub("", one) for one in definition.called)
            short = (one for one in bare if len(one) >= _SHORTEST)
            for called in (name, *definition.called, *short, *ends):
                found.setdefault(called, set()).add(name)
        return {called: frozenset(names) for called, names in found.items()}

    @cached_property
    def _ratios(self) -> list[tuple[str, str]]:
        return [
            (d.numerator, d.denominator) for d in self.definitions if d.numerator and d.denominator
        ]

    def numerator(self, denominator: str) -> str:
        """The part of which a figure is the whole, in a ratio; "" where it is none."""
        return next((part for part, whole in self._ratios if whole == denominator), "")

    def whole(self, numerator: str) -> str:
        """The whole of which a figure is the part, in a ratio; "" where it is none."""
        return next((whole for part, whole in self._ratios if part == numerator), "")

    def sides(self, name: str) -> tuple[str, ...]:
        """The figures that a figure is made of."""
        return next((d.sides for d in self.definitions if d.name == name), ())

    def unit(self, name: str) -> str:
        """In what a figure counts."""
        return next((d.label for d in self.definitions if d.name == name), "")

    def nearly(self, said: str) -> str | None:
        """The figure that words say most of, where one alone is by far the likeliest."""
        found = sorted((likeness(d.name, said)[0], d.name) for d in self.definitions)
        *_, (second, _), (share, name) = (0.0, ""), (0.0, ""), *found
        return name if share >= max(_MOST, second + _FAR) else None

    def alone(self, said: str) -> frozenset[str]:
        """The same as a set, empty where there is none."""
        return frozenset(filter(None, [self.nearly(said)]))

    def denominator(self, name: str) -> str:
        """What a ratio divides by; "" of what is no ratio."""
        return next((d.denominator or "" for d in self.definitions if d.name == name), "")

    def with_end(self, said: str) -> frozenset[str]:
        """The figures whose name ends with some characters."""
        return frozenset(d.name for d in self.definitions if said and d.name.endswith(said))

    def with_start(self, said: str) -> frozenset[str]:
        """The figures whose name begins with some characters."""
        return frozenset(d.name for d in self.definitions if said and d.name.startswith(said))

    def has(self, name: str) -> bool:
        """Whether there is a figure of this name."""
        return name in self.figures.get(name, ())

    def is_called(self, name: str, said: str) -> bool:
        """Whether a figure's name, or what else it is called, has this in it."""
        return any(said in called for called, names in self.figures.items() if name in names)

    def ending(self, said: str) -> tuple[frozenset[str], str]:
        """The figures that a clause names at its end, and by what, the longest name first."""
        return self._called(said[at:] for at in range(len(said)))

    def carried(self, part: str, last: str) -> str:
        """检察建议 of 检察建议、司法建议回复率: with the tail of the list's last part, where that is a name."""
        tails = (last[at:] for at in range(1, len(last)))
        whole = ((part + tail, *self.ending(part + tail), tail) for tail in tails)
        return next(
            (w for w, held, called, t in whole if called in held and len(called) > len(t)), part
        )

    def beginning(self, said: str) -> tuple[frozenset[str], str]:
        """The figures that a clause names at its beginning, and by what."""
        return self._called(said[:end] for end in range(len(said), 0, -1))

    def _called(self, names: Iterable[str]) -> tuple[frozenset[str], str]:
        called = next((name for name in names if name in self.figures), "\n")
        return self.figures.get(called, frozenset()), called

    def is_named(self, name: str, said: str) -> bool:
        """Whether a clause names a figure anywhere, and no longer name that holds it."""
        return any(called in said and name in names for called, names in self.figures.items())

    def likeliest(self, name: str, said: str) -> str | None:
        """Another figure that a clause says nearly all of, and this one hardly any, nor later."""
        share, last = likeness(name, said)
        for definition in self.definitions:
            other, at = likeness(definition.name, said)
            if other >= _NEARLY_ALL and other - share >= _HARDLY and at >= last:
                return definition.name
        return None


_SHORTEST = 3  # characters of a name's end that still name it
_NEARLY_ALL, _HARDLY, _MOST, _FAR = 0.66, 0.35, 0.6, 0.2


def shared(name: str, said: str) -> int:
    """How many pairs of characters of a figure's name are in a clause."""
    return sum(place >= 0 for place in _places(name, said))


def likeness(name: str, said: str) -> tuple[float, int]:
    """The share of a name's pairs of characters that are in a clause, and where the last one is."""
    places = _places(name, said)
    return sum(place >= 0 for place in places) / max(len(places), 1), max(places, default=-1)


def _places(name: str, said: str) -> list[int]:
    """Where the pairs of characters of a name are in a clause; -1 for what is not there."""
    return [said.rfind(name[at : at + 2]) for at in range(len(name) - 1)]
