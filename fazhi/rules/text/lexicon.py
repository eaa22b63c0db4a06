"""Search patterns for the words of the vocabulary, compiled once for many texts."""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.rules.text.passage import HALF_WIDTH
from fazhi.rules.text.quantities import NUMERAL, measure
from fazhi.schema.numerals import NUMERALS
from fazhi.schema.township import Settings
from fazhi.schema.units import OF_CASES

NAMED = "\x02"  # for each character of a name that holds a number
_NEVER = r"(?!)"


class Lexicon:
    """Patterns for the words of a township, each made when it is first needed.

    `parts` are the names of the parts of its breakdowns.
    """

    def __init__(self, settings: Settings, parts: Iterable[str] = ()) -> None:
        self._settings = settings
        self._parts = parts
        self.vocabulary = settings.vocabulary

    @cached_property
    def misnomer(self) -> re.Compiled:
        """A word that is not the one to use, as `wrong`; what only holds one matches without."""
        entries = self.vocabulary.misnomers
        right = {w for e in entries for w in (*e.within, e.right) if e.name in w}
        wrong = any_of(entry.name for entry in entries)
        return re.compile(rf"《[^》\n]{{0,200}}》|{any_of(right)}|(?P<wrong>{wrong})")

    @cached_property
    def misnomer_letters(self) -> list[str]:
        return _letters(entry.name for entry in self.vocabulary.misnomers)

    @cached_property
    def nodes(self) -> Mapping[tuple[int, int], str]:
        """Month and day of each 普法节点, and the sign between them that the vocabulary writes."""
        names = (node.name for node in self.vocabulary.publicity_days)
        found = (re.fullmatch(r"(\d{1,2})(\D)(\d{1,2})", name) for name in names)
        return {(int(m[1]), int(m[3])): m[2] for m in found if m}

    @cached_property
    def programme_letters(self) -> list[str]:
        return _letters(entry.name for entry in self.vocabulary.programmes)

    @cached_property
    def rate(self) -> re.Compiled:
        """The name of a rate."""
        return re.compile(any_of(entry.name for entry in self.vocabulary.rates))

    @cached_property
    def phrase(self) -> Pattern:
        """A phrase that counts nothing; the end of a longer numeral is none."""
        names = any_of(word.name for word in self.vocabulary.phrases)
        return Pattern(f"(?<!{NUMERAL})(?:{names})")

    @cached_property
    def _misread(self) -> re.Compiled:
        """Names with a number in them, or that read as a rest: 10万元以上案件, 未批先建, but not 10万元以上."""
        number = rf".*[\d{NUMERALS}][余多几]?(?:{measure(self.own_units)})?(?:以[上下])?"
        called = {name for d in self._settings.definitions for name in (d.name, *d.called)}
        found = ((name, re.match(number, name)) for name in called)
        numbered = {name for name, held in found if held and name[held.end() + 1 :]}
        rests = {name for name in (*called, *self._parts) if name.startswith("未")}
        return re.compile(any_of(numbered | rests))

    def named(self, text: str) -> str:
        """The text without the names of figures and parts that hold a number, or read as a rest."""
        return self._misread.sub(lambda found: NAMED * len(found[0]), text)

    @cached_property
    def own_units(self) -> frozenset[str]:
        """The units of the figures; one of cases stands for all."""
        units = frozenset(one.unit for one in self._settings.definitions if one.unit)
        return units if units.isdisjoint(OF_CASES) else units | OF_CASES

    @cached_property
    def units(self) -> str:
        """A pattern for the units and measure words, the longest first."""
        return any_of(self.own_units | {word.name for word in self.vocabulary.measure_words})


@lru_cache(maxsize=100)  # a text names one or two of them
def programmes(names: tuple[str, ...]) -> re.Compiled:
    """The names of programmes, however they are quoted and whatever their dash: a group for each."""
    quotes = "[“”‘’「」\"'《》 ]?"
    varied = (quotes.join(_VARIANTS.get(c, re.escape(c)) for c in name) for name in names)
    return re.compile("|".join(f"({name})" for name in varied))


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; it matches nothing where there are none."""
    listed = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, listed)) or _NEVER


_VARIANTS = {"（": "[（(]", "）": "[）)]"} | dict.fromkeys("-—–－~～至", "[-—–－~～至]{1,2}")


def _letters(names: Iterable[str]) -> list[str]:
    """The characters that are in each of the names, however it is written."""
    varied = {*_VARIANTS, *map(chr, HALF_WIDTH.values())}
    return ["".join(char for char in name if char not in varied) for name in names]


def holds_any(names: Iterable[str], text: str) -> bool:
    """Whether all the letters of one of the names are in a text: a quick test, which seldom holds."""
    for letters in names:  # loops of their own would take longer than looking
        for char in letters:
            if char not in text:
                break
        else:
            return True
    return False
