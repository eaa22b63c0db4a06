"""What a sentence leaves out of a whole: 除甲外均, 其余; and of whom else it may be said."""

from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.value import Value
from fazhi.pattern import HAN
from fazhi.report.among import among
from fazhi.report.sentence import Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.numerals import NUMERALS, typed_value

_EXCEPT_SOME = rf"除了?(\d+|[{NUMERALS}]+)[^，,。；{HIDDEN}\d]{{1,4}}外[，,]?$"
_EXCEPT = rf"除了?[^，,。；{HIDDEN}]{{0,12}}{HIDDEN}[^，,。；{HIDDEN}]{{0,10}}外"
_EXCEPT_ONE = rf"除了?(?P<what>[^，,。；{HIDDEN}\d]{{2,30}})[以之]?外[，,]?(?:其[余他]的?)?$"
_PEOPLE = "(?:[乡镇村]|社区)干部|党员|班子成员"


def left_out(sentence: Sentence, said: re.Match[str]) -> tuple[Value, Fraction] | None:
    """Of 其余均 and 除{{ }}外 the whole, and how many of it are not meant."""
    text = sentence.text[: said.start()]
    ahead = [value for _, value in sentence.before(said.start())]
    apart = re.search(_EXCEPT_ONE, text)
    if ahead and apart:  # 除甲案由乙调处外
        titled = sum(one.fields.title in apart["what"] for one in ahead[0].records)
        one = None if titled else among(sentence, ahead[0], f"是{apart['what']}")
        if titled or one:
            return ahead[0], one.count if one else Fraction(titled)
    some = re.search(_EXCEPT_SOME, text)
    if ahead and some:
        return ahead[0], Fraction(typed_value(some[1]))
    if not ahead or not (said["rest"] or re.search(_EXCEPT, text)):
        return None
    out = ahead[0].number or Fraction(0)
    for more in ahead[1:]:
        if {*ahead[0].records} <= {*more.records} and (more.number or 0) >= out:
            return more, out
        out += more.number or 0
    every = (one.sides[-1] for one in sentence.values.values() if one.is_share)
    found = next((one for one in every if {*ahead[0].records} <= {*one.records}), None)
    return (found, ahead[0].number or Fraction(0)) if found else None


def is_of_others(ahead: str, subject: str) -> bool:
    """Whether it is said of people, or of what is left of several things, which nobody can know."""
    found = re.search(_EXCEPT, ahead)
    is_several = found and re.search(rf"{HIDDEN}[和及与、]{HAN}{{3}}", found[0])
    return bool(is_several or re.search(_PEOPLE, subject))
