"""Whether a record is so by its title, or by what it tells in its own words."""

from collections.abc import Iterator

from fazhi import regex as re
from fazhi.figures.value import Value
from fazhi.pattern import HAN, Pattern
from fazhi.records.record import Record
from fazhi.report.holding import Test
from fazhi.report.parts import breakdowns
from fazhi.report.sentence import Sentence
from fazhi.schema.kinds import Case, Meeting


def of_neighbours(sentence: Sentence, value: Value, said: str) -> list[Test]:
    """That a case tells of the neighbour that words name."""
    is_case = value.records[0].kind.model is Case
    places = sentence.names.settings.township.neighbours if is_case else ()
    place = next((one for one in places if one in said), "")
    return [Test(lambda record: place in _told(record), None, place)] if place else []


def tests(sentence: Sentence, value: Value, said: str) -> Iterator[Test]:
    """That a record tells of what words name, where no field has a word of it."""
    if (words := _titled(value, said)) and not _is_of_parts(sentence, value, words):
        yield Test(lambda record: words in _title(record), None, words)
    elif about := _TELLS.search(said):
        yield from _retold(sentence, value, about["what"])
    elif event := _EVENT.search(said):
        yield from _titled_so(value, event["what"])


def _is_of_parts(sentence: Sentence, value: Value, words: str) -> bool:
    """Whether a part is called by more than these words: 山林土地 of 土地."""
    every = breakdowns(value, sentence.values)
    return any(words in part for whole in every for part in whole.parts or {})


def _titled_so(value: Value, what: str) -> Iterator[Test]:
    """秋收联合排查 of 秋收边界矛盾隐患联合排查: the one record in whose title that is, with more between."""
    titled = {record for record in value.records if _are_in_order(what, _title(record))}
    if len(titled) == 1:
        yield Test(titled.__contains__, lambda record: (_title(record),), what, by_record=True)


def _are_in_order(what: str, title: str) -> bool:
    """Whether the pairs of characters of some words stand in a title one behind another."""
    rest = title
    for at in range(0, len(what), 2):
        _, found, rest = rest.partition(what[at : at + 2])
        if not found:
            return False
    return True


def _retold(sentence: Sentence, value: Value, what: str) -> Iterator[Test]:
    """败诉{{ }}，系信访答复不规范所致: what one record of the 类别 tells, in its own words or nearly so."""
    pairs = {what[at : at + 2] for at in range(len(what) - 1)}

    def share(record: Record) -> float:
        told = _told(record)
        return sum(pair in told for pair in pairs) / len(pairs)

    categories = {record.fields.category for record in value.records}
    known = {*sentence.told.records, *sentence.told.last}
    alike = (one for one in known if one.fields.category in categories)
    if max(map(share, alike), default=0) >= _IS_TOLD:
        yield Test(lambda record: share(record) >= _IS_TOLD / 2, None, what)


def _titled(value: Value, said: str) -> str:
    """合同 of 是合同审查, 农民工工资 of 都是拖欠农民工工资问题: what is in the titles of some records."""
    about = re.search(_ABOUT, said)
    what = about["what"] if about else ""
    while tail := next((one for one in (*_TAILS, value.name[-2:]) if what.endswith(one)), ""):
        what = what.removesuffix(tail)
    is_word = len(what) > 1 and not {*what} <= {*_GENERAL}
    return what if is_word and any(what in _title(record) for record in value.records) else ""


def _told(record: Record) -> str:
    return f"{_title(record)}{record.source.body}"


def _title(record: Record) -> str:
    """The title of a record, and those of the items of its agenda."""
    items = record.fields.agenda if isinstance(record.fields, Meeting) else ()
    return "、".join((record.fields.title, *(item.title for item in items)))


_TELLS = Pattern(f"(?:[系因]|反映|涉及|由于|针对)(?P<what>{HAN}{{5,30}}?)(?:所[致引]|问题|$)")
_EVENT = Pattern(f"^(?:其中|而)?(?P<what>(?:{HAN}{{2}}){{2,5}})(?:发现|查出|排查出|检查)的")
_IS_TOLD = 0.6  # of its pairs of characters
_ABOUT = f"(?:^(?:学习|宣传|[以是为系因])+|涉及|关于|针对|反映|对)(?:拖欠|追讨|讨要|索要)?(?P<what>{HAN}{{2,12}}?)(?:的|等|$)"
_TAILS = ("引发", "引起", "问题", "事项", "案件", "纠纷", "宣传", "知识", "内容", "工作", "类")
_GENERAL = "法律规治知识政策乡村案件一般普通群众矛盾会议活动"
