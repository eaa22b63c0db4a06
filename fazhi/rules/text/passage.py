"""A text that people typed, as the text rules read it: with its places, and without Markdown."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property, lru_cache

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.personal import half_width
from fazhi.problems.problem import ERROR, WARNING, Fault, Problem
from fazhi.records.headings import blocks
from fazhi.records.narrative import EXPRESSION, STATEMENT, Narrative, expressions
from fazhi.records.record import Record
from fazhi.rules.text.reading import Filled, Reading, read
from fazhi.schema.every_kind import Fields
from fazhi.schema.numerals import chinese_value
from fazhi.sources.text import problem_at

HIDDEN = "\x00"  # for each character that is no typed text, as a number to be put in
REMOVED = "\x01"  # for each character of a mark, across which the text reads on
Role = Enum("Role", "RECORD NARRATIVE PAGE")  # what a passage is
PUBLISHED, FILED = "叙述稿和首页里的", "记录里的"
BY_ROLE = {PUBLISHED: ERROR, FILED: WARNING}
"""How bad it is to write something wrong: what is published must be right."""


@dataclass(frozen=True)
class Passage:
    """The whole text of a file, front matter included.

    `year` is the year it reports on, in the spans of `plan` the next one. `fields` are those of a
    record.
    """

    path: str
    text: str = field(repr=False)
    year: int
    role: Role
    plan: tuple[tuple[int, int], ...] = ()
    fields: Fields | None = None
    body: int = 0  # where the prose begins
    filled: Filled = field(default_factory=dict, repr=False)
    verbatim: tuple[tuple[int, int], ...] = ()  # where 原文 stands

    @cached_property
    def reading(self) -> Reading:
        """The text as its readers see it."""
        return read(self.text, self.body, self.filled)

    @cached_property
    def plain(self) -> Reading:
        """The same, 两件 as 2件; of a record, of which there are many, only without its marks."""
        if self.role is Role.RECORD:
            return plain(self.text)
        digits = _COUNTED.sub(lambda found: str(chinese_value(found[0])), self.reading.text)
        return Reading(digits, self.reading.places)

    @property
    def where(self) -> str:
        """Where it is, in the words of `BY_ROLE`."""
        return FILED if self.role is Role.RECORD else PUBLISHED

    def year_at(self, offset: int) -> int:
        """The year that the text reports on at a character."""
        return self.year + self._is_planned(offset)

    def is_done(self, offset: int) -> bool:
        """Whether the text says there what has been done: in its prose, and not in its plan."""
        is_planned = self._is_planned(offset) or any(a <= offset < b for a, b in self._next_year)
        return offset >= self.body and not is_planned

    @cached_property
    def _next_year(self) -> list[tuple[int, int]]:
        """Where a sentence outside the plan says what is to be done in the next year."""
        later = "|".join(map(str, range(self.year + 1, self.year + 12)))
        said = _NEXT_YEAR.format(year=f"(?:{later})")
        return [found.span() for found in re.finditer(said, self.text)]

    def _is_planned(self, offset: int) -> bool:
        return any(start <= offset < end for start, end in self.plan)

    def problem(self, offset: int, fault: Fault) -> Problem:
        """A fault at a character of the text."""
        return problem_at(self.path, self.text, offset, fault)


_COUNTED = re.compile(
    r"(?<=[\w，、（：])(?<![每第零〇十百千万亿])[一两二三四五六七八九](?=[件起名人份张支个场])"
)
_NEXT_YEAR = (
    r"(?:计划|力争|争取|确保)[^，。；\n]{{0,4}}{year}年(?![^。；\n]*已)[^。；\n]*"
    r"|(?:{year}年|下一?年度?|明年|来年)(?![^。；\n]*已)[^。；\n]*?(?:计划|力争|争取|拟|将|确保|目标)[^。；\n]*"
)


def of_record(record: Record) -> Passage:
    """A record's file as a passage."""
    text = record.source.text
    start = len(text.rstrip()) - len(record.source.body)
    return Passage(record.path, text, record.year, Role.RECORD, fields=record.fields, body=start)


Words = Callable[[str], str | None]
"""What is read for what stands between braces; None where that is not known."""


@lru_cache(maxsize=2)  # several rules read the same
def of_narrative(narrative: Narrative) -> Passage:
    """A narrative's file, its expressions hidden; 原文 is as it is typed."""
    return filled_in(narrative, lambda _: None)


def filled_in(narrative: Narrative, words: Words) -> Passage:
    """A narrative's file with the words of its expressions, hidden where these are not known."""
    source = narrative.source
    start = len(source.text.rstrip()) - len(source.body)
    text = source.text[:start] + EXPRESSION.sub(_verbatim_only, source.body)
    plan = blocks(narrative).get("安排", ())
    filled = {
        start + match.start(): (start + match.end(), REMOVED)
        for match in STATEMENT.finditer(source.body)
    }
    verbatim = []
    for match in expressions(narrative):
        first, end = start + match.start(), start + match.end()
        if _VERBATIM.match(match[0]):
            verbatim.append((first, end))
        else:
            filled[first] = end, words(match["inner"]) or HIDDEN
    return Passage(
        source.path,
        text,
        narrative.year,
        Role.NARRATIVE,
        tuple((start + first, start + end) for first, end in plan),
        body=start,
        filled=filled,
        verbatim=tuple(verbatim),
    )


_VERBATIM = Pattern(r"\{\{\s*原文\(\s*([\"'])(?P<text>.*?)\1")


def _verbatim_only(expression: re.Match[str]) -> str:
    verbatim = _VERBATIM.match(expression[0])
    if verbatim is None:
        return HIDDEN * len(expression[0])
    rest = len(expression[0]) - verbatim.end("text")
    return REMOVED * verbatim.start("text") + verbatim["text"] + REMOVED * rest


def blank(text: str, pattern: Pattern) -> str:
    """The text with every match hidden, each character for itself, so that places stay."""
    return pattern.sub(lambda match: HIDDEN * len(match[0]), text)


def blank_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with spans hidden, none overlapping another."""
    return edited(text, ((start, end, HIDDEN * (end - start)) for start, end in spans))


def edited(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with each span, none overlapping another, replaced by what is given for it."""
    pieces, at = [], 0
    for start, end, words in sorted(edits):
        pieces += [text[at:start], words]
        at = end
    return "".join([*pieces, text[at:]])


_MARKS = Pattern(rf"(?:[*_~`\\{REMOVED}]|\]\([^)\n]{{0,300}}\)|\[(?=[^\[\]\n]*\]\())+")
_SIGN = Pattern(rf"[*_~`\\{REMOVED}]")  # of a mark other than a link
_FULL_WIDTH = Pattern("[０-９％．]")
HALF_WIDTH = half_width("0123456789%.")


def plain(text: str) -> Reading:
    """A text as it reads: half-width digits and signs, no Markdown marks."""
    places: Sequence[int] = range(len(text))
    if "](" in text or _SIGN.search(text):
        kept = [0, *(end for mark in _MARKS.finditer(text) for end in mark.span()), len(text)]
        spans = [slice(*ends) for ends in zip(kept[::2], kept[1::2], strict=True)]
        places = [place for span in spans for place in places[span]]
        text = "".join(text[span] for span in spans)
    if _FULL_WIDTH.search(text):  # seldom, and a translation costs as much as all the rest
        text = text.translate(HALF_WIDTH)
    return Reading(text, places)
