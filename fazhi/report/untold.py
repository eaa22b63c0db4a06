"""What a text says of numbers that the public does not see: true or not, they are not told."""

from collections.abc import Iterator, Mapping

from fazhi import regex as re
from fazhi.figures.value import Values
from fazhi.problems.problem import Fault, Problem
from fazhi.problems.quoting import shown
from fazhi.records.narrative import EXPRESSION, Narrative
from fazhi.report import faults
from fazhi.report.editions import Edition, Gate
from fazhi.schema.numerals import NUMERALS
from fazhi.schema.township import Settings
from fazhi.schema.units import OF_CASES


def check(
    narrative: Narrative, settings: Settings, of_years: Mapping[int, Values]
) -> Iterator[Problem]:
    """FZ704 of a sentence that says of a figure how many or how they change, where the public does not
    see it in each of the years, or of a part that it does not see; of a correction that says how many."""
    public = Gate(Edition.PUBLIC, settings)
    values = of_years.get(narrative.year, {})
    hidden: dict[str, tuple[str, str]] = {}  # of a word, its figure and its unit
    parts: dict[str, tuple[str, str]] = {}
    few: dict[str, tuple[str, str]] = {}  # of people who must not be recognised
    for name, (_, definition) in settings.definitions_in(narrative.year).items():
        own = name, definition.label
        known = [held[name] for held in of_years.values() if name in held]
        if any(value.number is not None and public.value(value).withheld for value in known):
            hidden |= dict.fromkeys((name, *definition.called), own)
        if value := values.get(name):
            told = public.value(value).parts or {}
            untold = dict.fromkeys((part for part in value.parts or {} if part not in told), own)
            parts |= untold
            few |= untold if value.sensitive else {}
    few |= hidden
    if not (hidden or parts):
        return
    for sentence in _SENTENCE.finditer(narrative.body):
        says = _SAYS.search(sentence[0])
        for word, (name, unit) in (parts | hidden).items():
            if (at := sentence[0].find(word)) < 0:
                continue
            is_told = says or (word in parts and name in sentence[0])
            if is_told or (word in few and _counts(word, unit, sentence[0])):
                yield narrative.problem(sentence.start() + at, _told(name))
                break
    for place, correction in enumerate(narrative.meta.corrections):
        for key, text in (("说明", correction.what), ("原因", correction.why)):
            told_of = (name for word, (name, unit) in few.items() if _counts(word, unit, text))
            for name in dict.fromkeys(told_of):
                yield narrative.problem(["更正", place, key], _told(name))


def _told(name: str) -> Fault:
    message = f"{shown(name)}有不公布的数，这一句说出了它有多少、怎样变化"
    return faults.untrue(message, "只说做了什么，不说多少、增减、全部、没有；别的数另写一句")


def _counts(word: str, unit: str, text: str) -> bool:
    """Whether a clause that has a word has a typed number of persons, households or cases, too, or one
    without another measure word right behind it."""
    own = "[场次期]" if unit in "场次期" else re.escape(unit)
    behind = f"{own}|次(?!性)" if unit in OF_CASES else own
    text = EXPRESSION.sub(_typed, text).replace(word, _IT)
    told = (
        rf"{_COUNT}(?:{_MEASURE}|{own}的?{_IT})(?!一)"
        rf"|{_IT}[案件的数量总：:共合计有为是达仅只在（(|]*(?:{_NUMBER}(?:{behind}|{_END})|一[起对]|成双)"
    )
    clauses = _CLAUSE.findall(re.sub("[*_ \u3000]", "", text))
    return any(_IT in clause and re.search(told, clause) for clause in clauses)


def _typed(expression: re.Match[str]) -> str:
    """What is typed in an expression: the text and the reason of 原文."""
    return "|".join(re.findall(r"[\"']([^\"']*)[\"']", expression["inner"]))


_IT = "\0"  # stands where the word was
_SENTENCE = re.compile(r"[^。；\n]+")
_NUMBER = rf"[\d{NUMERALS}][\d{NUMERALS},.]*[余多来]?"
_CLAUSE = re.compile(rf"(?:[^，。；\n]|，(?=[共合计]+[\d{NUMERALS}]))+")
_END = "(?=[、）)|]|$)"
_COUNT = (  # no 一起 or 逐一对, no 第三人, no 千家万户, 每一名 or 不漏一人, no 一人一策
    rf"(?<![家每何同某漏落{NUMERALS}\d])(?!一(?:[个对]|起(?!{_IT}案))|(?<=第)[{NUMERALS}]+[人位]){_NUMBER}"
)
_MEASURE = f"(?:[人名位户例对{''.join(sorted(OF_CASES))}]|个(?=人|对象|案|{_IT}|{_END}))"
_SAYS = re.compile(
    r"[减降增升少比]|(?<!很|许|更)多|最|连续|新[高低]|(?:全部|[均都])(?!已?落实)|没有|尚未|未[办能]|无一|寥寥|几[件人起名次]"
    rf"|个别|零星|只剩|一[大小]?半|占|不足|超过|翻[一两番倍]|为主|[{NUMERALS}]成|[\d几数{NUMERALS}]倍|分之|零头"
    "|[数件]量?相[同等当]|屈指可数"
)
"""What is said of a number: how it changes, whether it is all of them or nobody."""
