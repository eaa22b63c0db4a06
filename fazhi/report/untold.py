"""What a text says of numbers that the public does not see: true or not, they are not told."""

from collections.abc import Iterator, Mapping

from fazhi import regex as re
from fazhi.figures.value import Values
from fazhi.problems.problem import Problem
from fazhi.problems.quoting import shown
from fazhi.records.narrative import Narrative
from fazhi.report import faults
from fazhi.report.editions import Edition, Gate
from fazhi.schema.township import Settings


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
            hidden[name] = (name, *definition.called)
        if value := values.get(name):
            told = public.value(value).parts or {}
            parts |= dict.fromkeys((part for part in value.parts or {} if part not in told), name)
    if not (hidden or parts):
        return
    for sentence in _SENTENCE.finditer(narrative.body):
        says = _SAYS.search(sentence[0])
        said = {word: name for name, words in hidden.items() for word in words if says}
        said |= {part: name for part, name in parts.items() if says or name in sentence[0]}
        for word, name in said.items():
            if (at := sentence[0].find(word)) >= 0:
                message = f"{shown(name)}有不公布的数，这一句说出了它有多少、怎样变化"
                fault = faults.untrue(message, "只说做了什么，不说多少、增减、全部、没有")
                yield narrative.problem(sentence.start() + at, fault)
                break


_SENTENCE = re.compile(r"[^。；\n]+")
_SAYS = re.compile(
    r"[减降增升少比]|(?<!很|许|更)多|最|连续|新[高低]|全部|[均都]|没有|尚未|未[办能]|无一|寥寥|几[件人起名次]"
    r"|个别|零星|只剩|一[大小]?半|占|不足|超过|翻[一两番倍]|为主|[一二两三四五六七八九]成"
)
"""What is said of a number: how it changes, whether it is all of them or nobody."""
