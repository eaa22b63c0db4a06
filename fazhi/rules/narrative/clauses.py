"""The clauses around a narrative's computed numbers."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.records.narrative import Narrative, expressions
from fazhi.rules.text.passage import HIDDEN, REMOVED, of_narrative
from fazhi.rules.text.quantities import BETWEEN
from fazhi.rules.text.reading import Reading


class Number(NamedTuple):
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

    def start(self, part: str) -> int:
        """Where what stands just before it (`near`, `said`, …) begins in what is read."""
        return self.at - len(part)

    @property
    def near(self) -> str:
        """What is read just before it."""
        return self.before[-40:]

    @property
    def said(self) -> str:
        """The clause before it; what stands in brackets there is `REMOVED`."""
        return _clause(self.before)

    @property
    def most(self) -> re.Match[str] | None:
        """甲 in 甲最多，为{{ }}: of what the sentence before it says that it is the most or the least."""
        return _MOST.search(self.sentence)

    @property
    def sentence(self) -> str:
        """The sentence before it."""
        return _SENTENCE_END.split(self.before)[-1]

    @property
    def ahead(self) -> str:
        """Of the sentence before it, what follows the number before it."""
        return self.sentence.rpartition(HIDDEN)[2]

    @property
    def until_next(self) -> str:
        """The sentence after it, up to the number that follows."""
        return self.rest.partition(HIDDEN)[0]

    @property
    def rest(self) -> str:
        """The sentence after it."""
        return _SENTENCE_END.split(self.after)[0]


@lru_cache(maxsize=512)  # every rule asks again of each number
def _clause(before: str) -> str:
    outside = BRACKETED.sub(lambda found: REMOVED * len(found[0]), before)
    return re.split(r"[，,。；;！!？?：:（(\n]", outside)[-1]


_MOST = Pattern(rf"(?P<what>[^，,：:{HIDDEN}]+?)最为?[多高大少低小][，,]{BETWEEN}$")
_SENTENCE_END = re.compile(r"[。；;！!？?\n]")
BRACKETED = Pattern(r"[（(][^（()）]*[)）]")
INNER = Pattern(
    r"\s*(?P<name>[^\s|.()\"']+(?:\.(?!\s*(?:上年|截至)\b)[^\s|.()\"']+)?)\s*(?P<last>\.\s*上年)?"
    r"\s*(?P<wordings>\|.*)?"
)
"""What stands between braces: a figure's `name`, whether it is `last` year's, its `wordings`."""
_DAY_OF = Pattern(r"\s*(?P<name>[^\s|.()\"']+)\s*\.\s*截至\s*")


@lru_cache(maxsize=2)  # every rule asks again
def numbers(narrative: Narrative) -> tuple[Number, ...]:
    """Every computed number of a narrative, in order."""
    return tuple(_numbers(narrative))


def _numbers(narrative: Narrative) -> Iterator[Number]:
    passage = of_narrative(narrative)
    text = passage.reading
    at, previous, day_of = -1, ("", False), ""
    for match in expressions(narrative):
        found = text.text.find(HIDDEN, at + 1)
        if found < 0 or text.at(found) != passage.body + match.start():
            continue  # 原文, or in the address of a link, which nobody reads
        at = found
        inner = INNER.fullmatch(match["inner"])
        if day := _DAY_OF.fullmatch(match["inner"]):
            day_of = day["name"]
        elif inner:
            before, after, heads, title = around(text.text, at)
            yield Number(
                text, passage.body, at, inner["name"], bool(inner["last"]),
                inner["wordings"] or "", before, after, previous == (inner["name"], True), day_of,
                heads, title,
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


def in_order(number: Number, listed: re.Match[str]) -> str:
    """甲{{ }}，乙{{ }}，同比分别{{ }}、{{ }}: what is said of the one before in its place, or 甲、乙，分别."""
    place = listed["rest"].count(HIDDEN)
    many = place + 1 + re.split("[，,]", number.rest)[0].count(HIDDEN)
    *told, last = number.sentence[: -len(listed[0])].rstrip("，,").split(HIDDEN)
    told = told[-many:] if len(told) >= many else re.split("[、和与及]", last)
    return re.split("[，,、和与]", told[place])[-1] if len(told) == many else ""


_READ = 400  # characters on either side: more is no sentence that anybody reads
ALL_EACH = rf"(?<![日月人户场次村平])(?<!(?<!案)件)(?<!^案)(?<![年月法，,{HIDDEN}]案)均"
"""均 that is said of all, and makes no mean: 件均 and 全年案均 do, 案件均 and 备案均 do not."""
LISTED = Pattern(
    rf"(?P<names>[^，,]*?)(?P<how>分别|依次|{ALL_EACH}|都|皆|各(?={BETWEEN}$)|[合总一]?[共计](?=[计有]?{BETWEEN}$))(?P<rest>[^，,]*)$"
)
SEVERALLY = {"分别", "依次"}
