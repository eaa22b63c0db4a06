"""Rules against copied text: a report that is last year's, records that differ in days and people only.

What a township answers with 沿用 stays answered. Nothing is compared pair by pair: what is alike has
the same key (see docs/guide/decisions/0031-copies.md).
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from fazhi.personal import masked
from fazhi.problems.problem import WARNING
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Found, finds
from fazhi.records.headings import HEADING, blocks, headings
from fazhi.records.ledger import Ledger
from fazhi.records.narrative import EXPRESSION, Narrative
from fazhi.records.record import Record
from fazhi.rules.text.lexicon import any_of
from fazhi.rules.text.passage import plain
from fazhi.schema.kinds import Case, Standing
from fazhi.schema.township import Settings


@finds(WARNING)
def own_account(ledger: Ledger, settings: Settings) -> Found:
    """FZ822: 一条记录写自己的经过，正文不照抄同一年的别的记录。

    只换了日期、地点、人的谈话、走访、调解记录，查下来就是没有做过。正文里的数字、村名、固定说法不算，改了一两处的也算一样；短的、现状的本来就相像，不比。
    改法：写这一次自己的经过；确实一样的，在这一条的开头加一项“沿用”，写明理由。
    """
    years = defaultdict(list)
    for record in ledger.records:
        if not isinstance(record.fields, Standing):
            years[record.year].append(record)
    for records in years.values():
        for earlier, later in _alike(records, settings):
            if not later.fields.reused and earlier.identity != later.identity:
                message = f"正文和 {masked(earlier.path)} 几乎一样"
                yield later, 0, message, "写这一次自己的经过；确实一样的，开头加一项“沿用: 理由”"


EXACT = 40  # of a shorter body it says nothing that another one has all the same words
NEARLY = 50  # where some of them differ, so many are the same
NEARLY_A_CASE = 120  # in the notes of cases, which are alike by nature
SHARE = 0.75  # and so much of either body
"""How much is the same, in characters: numbers, places, and clauses of a few characters are not."""


def _alike(records: Sequence[Record], settings: Settings) -> Iterator[tuple[Record, Record]]:
    """Pairs (earlier, later) whose bodies have the same clauses, but for the rarest few of either."""
    bodies = _clauses([record.source.body for record in records], settings)
    count: Counter[str] = Counter()
    for clauses in bodies:
        count.update(clauses)
    first: dict[int, Record] = {}
    for record, clauses in zip(records, bodies, strict=True):
        same = len("".join(clauses))
        if same < EXACT:
            continue
        key = sum(map(hash, clauses))  # of the same clauses in any order, it is the same
        found = first.setdefault(key, record)
        nearly = NEARLY_A_CASE if isinstance(record.fields, Case) else NEARLY
        least = max(nearly, SHARE * same)
        if same >= least:
            # What was changed in one copy is rarer than what all the copies have.
            for clause in sorted(clauses, key=count.__getitem__):
                same -= len(clause)
                if same < least:
                    break
                key -= hash(clause)
                earlier = first.setdefault(key, record)
                if found is record:
                    found = earlier
        if found is not record:
            yield found, record


def _clauses(texts: Sequence[str], settings: Settings) -> list[list[str]]:
    """The clauses of each text without what may differ: they end at numbers, names and places, too.

    The texts are put into one, since a replacement costs more to begin than to go on.
    """
    text = "\0".join(texts)
    # 张某 and 李某 leave 张 and 李, which are too short to count.
    for blank in (*"。；、,;*\n某0123456789０１２３４５６７８９", *_places(settings)):
        text = text.replace(blank, "，")
    return [[c for c in one.split("，") if len(c) > 4] for one in text.split("\0")]


def _places(settings: Settings) -> list[str]:
    town = settings.township
    found = {*town.villages, *town.neighbours, town.name, town.short_name}
    return sorted(found, key=lambda name: (-len(name), name))


@finds(WARNING)
def of_this_year(narrative: Narrative, last: Narrative, settings: Settings) -> Found:
    """FZ821: 报告写这一年的事，不是上一年的报告换了数字。

    数字、日期、地名、固定说法、书名号里的不算，三句以上、超过全篇一成的和上一年的一样，就一处列出来；开头、“其他”一块、标题和短句不比。
    改法：照这一年的情况改写；确实没有变的，在报告的开头加一项“沿用”，写明理由。上一年的理由不算这一年的。
    """
    meta, before = narrative.meta, last.meta
    if meta.reused and meta.reused != before.reused:
        return
    found, known = sentences(narrative, settings), {words for _, words in sentences(last, settings)}
    same = [place for place, words in found if words in known]
    if not is_notable(len(same), len(found)):
        return
    line = narrative.source.at
    listed = "、".join(
        f"第{line(place)[0]}行{shown(narrative.body[place : place + 40], 10)}"
        for place in same[:MOST_LISTED]
    )
    more = "等" if len(same) > MOST_LISTED else ""
    share = f"{len(found)}句里有{len(same)}句（{len(same) * 100 // len(found)}%）"
    message = f"{share}和{last.year}年的报告一样：{listed}{more}"
    hint = "照这一年的情况改写；确实没有变的，开头加一项“沿用: 理由”"
    if meta.reused:
        hint = f"改写；“沿用”还是{last.year}年的理由，写今年为什么沿用"
    yield narrative, same[0], message, hint


MOST_LISTED = 30


def is_notable(same: int, of: int) -> bool:
    """Whether so many sentences of a report are more than what every year has to say again."""
    return same >= 3 and same * 10 > of


def sentences(narrative: Narrative, settings: Settings) -> list[tuple[int, str]]:
    """Where each sentence of a report begins, and its words without what may differ.

    What every report must say is left out: how it begins, its headings, 其他, and what is short.
    """
    body = EXPRESSION.sub(lambda match: "0" * len(match[0]), narrative.body)
    body = HEADING.sub(lambda match: "。" * len(match[0]), body)
    begins = min((heading.end for heading in headings(narrative)), default=0)
    other = blocks(narrative).get("其他", ())
    text = plain(body)
    names = {*_places(settings), *(word.name for word in settings.vocabulary.phrases)}
    differs = re.compile(rf"{any_of(names)}|{_DIFFERS}")
    found = []
    for match in re.finditer(r"[^\s。！？；][^。！？；\n]*", text.text):
        place, words = text.at(match.start()), "，".join(filter(None, differs.split(match[0])))
        is_other = any(start <= place < end for start, end in other)
        if place >= begins and not is_other and len(words) >= SHORTEST:
            found.append((place, words))
    return found


_DIFFERS = (  # a single 一 is seldom a number: 单一, 统一
    r"《[^》]*》|[一二三四五六七八九十][是要]|[\W\d]+"
    r"|[零〇一二三四五六七八九十百千万两]{2,}|[零〇二三四五六七八九十百千两]"
)
SHORTEST = 12  # characters of a sentence: 特此报告 is in all reports
