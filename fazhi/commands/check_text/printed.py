"""The numbers of a text with what is said around each, and what the year's narrative says there."""

import re
from collections import defaultdict
from collections.abc import Sequence

from fazhi.commands.check_text.amounts import amounts
from fazhi.project import Year
from fazhi.rules.narrative.beside import DIRECTION
from fazhi.rules.narrative.clauses import LISTED, Number, around, numbers
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import HIDDEN, of_narrative
from fazhi.rules.text.quantities import BETWEEN
from fazhi.rules.text.reading import Reading


def spots(text: str, spans: Sequence[tuple[int, int]]) -> list[Number]:
    """The numbers at some places of a text, with what is read beside each: the others are HIDDEN."""
    pieces, places, at, size = list[str](), list[int](), 0, 0
    for start, end in spans:
        pieces += [text[at:start], HIDDEN]
        size += start - at + 1
        places.append(size - 1)
        at = end
    hidden = Reading("".join([*pieces, text[at:]]), [])
    beside = ((place, *around(hidden.text, place)) for place in places)
    return [
        Number(hidden, 0, place, "", False, "", before, after, heads=heads, title=title)
        for place, before, after, heads, title in beside
    ]


def rest_of(spot: Number) -> str:
    """The clause after a number."""
    return re.split(rf"[，,。；;！!？?：:（()）、{HIDDEN}|]", spot.after)[0]


def direction(spot: Number) -> str | None:
    """How a number says that something has changed; None where it says how much that is."""
    said = DIRECTION.search(spot.near)
    if not said or (said["words"][-1] != "幅" and re.search("[到至为]", said["between"])):
        return None
    return said["words"]


def clause_of(spot: Number) -> str:
    """The clause before a number, or before its bracket, without what counts nothing."""
    said = spot.said.rpartition(HIDDEN)[2].lstrip("、和与及")
    if not said and re.search("[（(]$", spot.before):  # 会议（4次）
        said = re.split(rf"[，,。；;：:、（()）{HIDDEN}]", spot.before[:-1])[-1]
    return re.sub(f"(?:(?:开展|举办|召开|举行|组织|进行)了?)?{BETWEEN}$", "", said).strip("“”")


Key = tuple[str, str]
Printed = tuple[str, bool, bool]
"""A figure by its name, whether it is last year's, and whether it is printed as a change."""


def keys(spot: Number) -> list[Key]:
    """What is said around a number: the sentence before it, and the clause alone, if that says enough."""
    sentence = re.sub(rf"(?:增长|增加|提高|下降|减少)(?={HIDDEN}|$)", "", spot.sentence)
    own = re.split("[，,：:（(、]", sentence)[-1].rpartition(HIDDEN)[2]
    own = re.sub("^(?:[和与及共]|全年|今年|累计)+", "", own)
    listed = LISTED.search(spot.said)
    is_of_several = listed and re.search("[、和与及]", listed["names"])
    found = [(sentence, rest_of(spot)), *([] if is_of_several else [(f"…{own}", rest_of(spot))])]
    return [key for key in found if len(re.findall("[一-龥]", "".join(key))) >= _TELLING]


_TELLING = 6  # characters


def printed(year: Year, lexicon: Lexicon) -> dict[Key, Printed]:
    """What the year's narrative prints where, but for words with which it prints several."""
    found = defaultdict[Key, set[Printed]](set)
    if year.narrative:
        reading = of_narrative(year.narrative).reading
        computed = {number.at: number for number in numbers(year.narrative)}
        typed = [(one.start, one.end) for one in amounts(reading, lexicon)]
        spans = sorted([*typed, *((at, at + 1) for at in computed)])
        for spot, (start, _) in zip(spots(reading.text, spans), spans, strict=True):
            if (number := computed.get(start)) and not spot.heads:
                for key in keys(spot):
                    found[key].add((number.name, number.is_last, "同比" in number.wordings))
    return {key: min(said) for key, said in found.items() if len(said) == 1}
