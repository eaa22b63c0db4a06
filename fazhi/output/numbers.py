"""Computed numbers as a page prints them: words for people, and in HTML a `<data>` for programs.

A sanitiser that does not know the element leaves the words. What `data-figure` names is a figure's
own number; a part of it and its change on another year say in `data-of` whose they are.
"""

from fractions import Fraction

from markupsafe import Markup, escape

from fazhi.figures.filters import Change, PartByPart
from fazhi.figures.value import Value
from fazhi.figures.wording import DIFFERENT, UNCOMPARED, Phrase, plain
from fazhi.schema.numerals import exact
from fazhi.schema.units import power


class Number(str):
    """A number in words, in HTML with what a program reads of it; `tail` is none of it, but behind."""

    attributes: Markup
    tail: str

    def __new__(cls, words: str, number: Fraction, tail: str = "", /, **data: object) -> "Number":
        made = super().__new__(cls, words + tail)
        held = {"value": f"{'-' * (number < 0)}{exact(abs(number))}"}
        held |= {f"data-{name}": str(each) for name, each in data.items()}
        made.attributes = Markup(" ".join(f'{key}="{escape(each)}"' for key, each in held.items()))
        made.tail = tail
        return made

    def __html__(self) -> Markup:
        words = escape(self.removesuffix(self.tail))
        return Markup(f"<data {self.attributes}>{words}</data>{escape(self.tail)}")


def figure(value: Value, words: str = "", tail: str = "") -> str:
    """A figure's number, exact beside whatever words (a rate to 16 decimals, and by its numerator and
    denominator); where none is shown, the words alone."""
    words = words or plain(value)
    if value.number is None:
        return words + tail
    data: dict[str, object] = {"figure": value.name, "year": value.year, "unit": value.unit}
    if part := value.part_name:
        data = {"of": value.of, "part": part, "year": value.year, "unit": value.unit}
    if value.numerator is not None:
        data |= {"numerator": value.numerator, "denominator": value.denominator}
    return Number(words, value.number, tail, **data)


def part(value: Value, name: str, count: int, unit: str = "") -> str:
    """One part of a breakdown, with or without its unit."""
    data = {"of": value.name, "part": name, "year": value.year, "unit": value.unit}
    return Number(f"{count}{unit}", Fraction(count), **data)


def change(value: Value, last: Value | None, words: str) -> str:
    """The change on last year, negative where it fell; a dash and 口径不同 as they are."""
    if not last or None in (value.number, last.number) or words in (UNCOMPARED, DIFFERENT):
        return words
    more, unit = value.more_than(last), value.unit
    if unit == "%":
        unit = "个百分点"
    elif words.endswith("%"):
        more, unit = more / last.base * 100, "%"
    else:
        more /= power(unit)
    return Number(words, more, of=value.name, since=last.year, year=value.year, unit=unit)


def printed(phrase: Phrase, words: str) -> Markup:
    """What a narrative prints of a figure: its number, its change, or part by part."""
    value = phrase.value
    match phrase.applied:
        case (Change(), *_) | (*_, Change()):
            return escape(change(value, phrase.last, words))
        case (PartByPart(),):
            return _parts(value)
    return escape(figure(value, words))


def evidence_anchor(name: str) -> str:
    """The anchor of a figure's row in the report's table of evidence."""
    return f"依据-{name}"


def typed_anchor(place: int) -> str:
    """The anchor of a row of what is typed by hand."""
    return f"手写-{place + 1}"


def linked(phrase: Phrase | int, words: str) -> str:
    """A number in the narrative, linked to its row of the evidence, or of what is typed by hand."""
    link = Markup('<a class="fz-figure" href="#{}" title="{}">{}</a>')
    if isinstance(phrase, int):
        return str(link.format(typed_anchor(phrase), "手写的数，理由见依据", words))
    value = phrase.value
    parts = f"（{value.numerator}/{value.denominator}）" if value.numerator is not None else ""
    title = f"{value.name}：{plain(value)}{parts}"
    return str(link.format(evidence_anchor(value.of), title, printed(phrase, words)))


def in_full(value: Value) -> Markup:
    """A figure's number with its numerator and denominator, its parts, and what stands beside it."""
    in_all = exact(value.number) if value.number is not None and value.unit != "%" else "0"
    text = escape(figure(value, value.said(in_all) * (Fraction(in_all) == value.number)))
    if value.number is not None and value.numerator is not None:
        equals = "=" if Fraction(value.digits) == value.number else "≈"
        text = Markup(f"{value.numerator} ÷ {value.denominator} {equals} ") + text
    if value.parts:
        text += Markup("（{}）").format(_parts(value))
    for other in value.beside:
        text += Markup("；另有{} {}").format(other.name, figure(other))
    return text


def _parts(value: Value) -> Markup:
    parts = (value.parts or {}).items()
    marked = (Markup("{}{}").format(name, part(value, name, n, value.unit)) for name, n in parts)
    return Markup("、").join(marked)
