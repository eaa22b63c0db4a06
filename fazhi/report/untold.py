"""What a text says of numbers that the public does not see: true or not, they are not told."""

from collections.abc import Iterator, Mapping

from fazhi import regex as re
from fazhi.figures.value import Values
from fazhi.problems.problem import Problem
from fazhi.problems.quoting import shown
from fazhi.records.narrative import Narrative
from fazhi.report import faults
from fazhi.report.editions import Edition, Gate
from fazhi.schema.numerals import NUMERALS
from fazhi.schema.township import Settings
from fazhi.schema.units import OF_CASES


def check(
    narrative: Narrative, settings: Settings, of_years: Mapping[int, Values]
) -> Iterator[Problem]:
    """FZ704 of a sentence that says of a figure how many or how they change, where the public does not
    see it in each of the years, or of a part that it does not see."""
    public = Gate(Edition.PUBLIC, settings)
    values = of_years.get(narrative.year, {})
    hidden: dict[str, tuple[str, ...]] = {}
    parts: dict[str, str] = {}
    for name, (_, definition) in settings.definitions_in(narrative.year).items():
        known = [held[name] for held in of_years.values() if name in held]
        if any(value.number is not None and public.value(value).withheld for value in known):
            hidden[name] = (definition.label, name, *definition.called)
        if value := values.get(name):
            told = public.value(value).parts or {}
            parts |= dict.fromkeys((part for part in value.parts or {} if part not in told), name)
    if not (hidden or parts):
        return
    for sentence in _SENTENCE.finditer(narrative.body):
        says = _SAYS.search(sentence[0])
        said = {
            word: name
            for name, (unit, *words) in hidden.items()
            for word in words
            if word in sentence[0] and (says or _is_counted(word, unit, sentence[0]))
        }
        said |= {part: name for part, name in parts.items() if says or name in sentence[0]}
        for word, name in said.items():
            if (at := sentence[0].find(word)) >= 0:
                message = f"{shown(name)}有不公布的数，这一句说出了它有多少、怎样变化"
                fault = faults.untrue(message, "只说做了什么，不说多少、增减、全部、没有")
                yield narrative.problem(sentence.start() + at, fault)
                break


_SENTENCE = re.compile(r"[^。；\n]+")


def _is_counted(word: str, unit: str, sentence: str) -> bool:
    """Whether a number is said of what a word names, before it or behind."""
    alike = next((f"[{units}对]" for units in _ALIKE if unit in units), re.escape(unit))
    one = rf"(?:{alike}(?!一)|(?=\s*(?:[，、）)]|$)))"
    before = rf"(?:\d+|第[{NUMERALS}]+|(?!一)[{NUMERALS}]+){alike}的?"
    behind = rf"{_ABOUT}(?:(?:\d[\d,.]*|(?<!一)[{NUMERALS}]+){one}|成双)"
    return bool(re.search(f"{before}{(it := re.escape(word))}|{it}{behind}", sentence))


_ALIKE = ("".join(OF_CASES), "名人位", "场次期")  # measure words
_ABOUT = (
    r"(?:(?:案件)?(?:的?数量?|总数|件数)?(?:，(?=[共计合]))?(?:[：:\s]|[共合总]?计|[共有为是达仅只在])*|[^，。；]{0,12}各"
    r"|[^，。；]{0,12}\{\{\s*原文\(\s*[\"'])"
)
_SAYS = re.compile(
    r"[减降增升少比]|(?<!很|许|更)多|最|连续|新[高低]|全部|[均都]|没有|尚未|未[办能]|无一|寥寥|几[件人起名次]"
    rf"|个别|零星|只剩|一[大小]?半|占|不足|超过|翻[一两番倍]|为主|[{NUMERALS}]成|[\d几数{NUMERALS}]倍|分之|零头"
    "|[数件]量?相[同等当]|屈指可数"
)
"""What is said of a number: how it changes, whether it is all of them or nobody."""
