"""Narrative and values to Markdown: numbered headings, every number in true words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import jinja2
from jinja2 import nodes

from fazhi.figures.filters import WORDINGS, apply
from fazhi.figures.value import Values
from fazhi.figures.wording import Phrase, Untrue
from fazhi.problems.problem import Fault, Problem
from fazhi.records.narrative import Narrative, decimals, expressions, headings, typed_decimals
from fazhi.report import faults
from fazhi.rules.narrative.form import CURLY, FORM, HALF_QUOTES, only_expressions
from fazhi.schema.numerals import chinese_numeral

Link = Callable[[Phrase, str], str]
"""How a printed number is marked up: from the phrase and its words."""


@dataclass(frozen=True)
class Rendered:
    """A narrative with its numbers in place.

    `words` holds, for each figure, the words in which its number is first printed; `wordings`
    all that is printed of it, last year's number and the change on it too, each once.
    """

    markdown: str
    words: dict[str, str]
    wordings: dict[str, list[str]]
    problems: list[Problem]


def render(narrative: Narrative, values: Values, last: Values, link: Link) -> Rendered:
    """Put the values into the narrative. With problems, the Markdown is not to be used."""
    words: dict[str, str] = {}
    wordings: dict[str, list[str]] = {}
    problems: list[Problem] = []
    problems += _two_decimals(narrative)
    edits = list(_heading_edits(narrative))
    phrases = {name: Phrase(value, last.get(name)) for name, value in values.items()}
    for match in expressions(narrative):
        try:
            phrase, text = _words(match["inner"], phrases)
        except _Refused as refused:
            offset = match.start("inner") + refused.offset_in(match["inner"])
            problems.append(narrative.problem(offset, refused.fault))
            continue
        if phrase is not None:
            value = phrase.value
            if value.year == narrative.year and not phrase.whole:
                words.setdefault(value.name, text)
            printed = wordings.setdefault(value.name, [])
            if text not in printed:
                printed.append(text)
            text = link(phrase, text)
        edits.append((match.start(), match.end(), text))
    return Rendered(_edited(narrative.body, edits), words, wordings, problems)


def _two_decimals(narrative: Narrative) -> Iterator[Problem]:
    """A report prints one number with one number of decimals, its annex included."""
    for match, name, wording, number in typed_decimals(narrative):
        if number != (first := decimals(narrative, wording)[name]):
            message = f"“{name}”前面印的是 {first} 位小数，这里是 {number} 位"
            fault = faults.untrue(message, f"写成一样的，如 {wording}({first})")
            yield narrative.problem(match.start("inner") + 1, fault)


Edit = tuple[int, int, str]


def _edited(body: str, edits: list[Edit]) -> str:
    """The body with each span, none overlapping another, replaced by its text."""
    pieces: list[str] = []
    at = 0
    for start, end, text in sorted(edits):
        pieces += body[at:start], text
        at = end
    return "".join([*pieces, body[at:]])


def _heading_edits(narrative: Narrative) -> Iterator[Edit]:
    """The number before each heading's title, and its block mark taken away."""
    counts = [0, 0, 0, 0]
    for heading in headings(narrative):
        level = min(max(heading.level, 1), 4)
        counts[level - 1] += 1
        counts[level:] = [0] * (4 - level)
        number = ordinal(level, counts[level - 1])
        yield heading.start, heading.title_start, f"{'#' * (level + 1)} {number}"
        yield heading.title_end, heading.end, ""


def ordinal(level: int, count: int) -> str:
    """The number of a heading: 一、（一）1.（1）by level, as GB/T 9704 orders them."""
    chinese = chinese_numeral(count).replace("两", "二")
    return (f"{chinese}、", f"（{chinese}）", f"{count}.", f"（{count}）")[level - 1]


class _Refused(Exception):
    """What is wrong between the braces, and the wording it is wrong with, if it is that."""

    def __init__(self, fault: Fault, wording: str = "") -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.wording = wording

    def offset_in(self, inner: str) -> int:
        """Where the wording is, else the first character that is no space."""
        found = self.wording and re.search(rf"\|\s*{re.escape(self.wording)}(?!\w)", inner)
        return found.end() - len(self.wording) if found else len(inner) - len(inner.lstrip())


def _not_allowed(message: str, hint: str = FORM) -> _Refused:
    return _Refused(only_expressions.fault(message, hint))


_JINJA = jinja2.Environment(autoescape=False)
_WIDE = (
    ("｜│∣（），", "竖线、括号、逗号用半角的 | ( ) ,"),
    ("。．", "上年前面的点用半角的 ."),
    ("＝", "等号用半角的 ="),
)
"""Signs that look like those of an expression, and what is to be typed instead."""


def _miswritten(inner: str) -> _Refused:
    """What is wrong with an expression that cannot be read: most often signs of full width."""
    message, wide = "花括号里的写法不对", [said for signs, said in _WIDE if set(inner) & set(signs)]
    form = _VERBATIM if "原文" in inner else FORM
    if set(inner) & CURLY:
        message = f"花括号里的{HALF_QUOTES}" if "原文" in inner else "指标名不加引号"
    return _not_allowed(message, "，".join(wide) or form)


_VERBATIM = '写成 {{ 原文("3个", 理由="…") }}'


def _words(inner: str, phrases: Mapping[str, Phrase]) -> tuple[Phrase | None, str]:
    """What an expression prints, and as which phrase; None for 原文. Raises _Refused."""
    if len(inner) > 200:
        raise _not_allowed("花括号里太长")
    try:
        template = _JINJA.parse("{{" + inner + "}}")
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):
        raise _miswritten(inner) from None
    output = template.body[0] if template.body else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise _not_allowed("花括号里是空的")
    node = output.nodes[0]
    if isinstance(node, nodes.Call):
        return None, _verbatim(node)
    try:
        phrase = _phrase(node, phrases)
        return phrase, phrase.text
    except Untrue as error:
        raise _Refused(faults.untrue(error.message, error.hint)) from None


def _verbatim(call: nodes.Call) -> str:
    """原文("…", 理由="…"): a number that is no figure, with the reason for it."""
    is_verbatim = isinstance(call.node, nodes.Name) and call.node.name == "原文"
    if not is_verbatim or call.dyn_args or call.dyn_kwargs:
        raise _not_allowed("花括号里只能写指标名和措辞")
    match call.args, call.kwargs:
        case (
            [nodes.Const(value=str(text))],
            [nodes.Keyword(key="理由", value=nodes.Const(value=str(reason)))],
        ) if reason.strip():
            if not re.fullmatch(r"[\w%％‰.·、，。；：“”《》〔〕（）—-]{1,60}", text):
                raise _not_allowed("原文里只写文字，不写符号", _VERBATIM)
            return text
    raise _not_allowed("原文要写文字和理由", _VERBATIM)


def _phrase(node: nodes.Expr, phrases: Mapping[str, Phrase]) -> Phrase:
    match node:
        case nodes.Name(name=name):
            if name not in phrases:
                raise _Refused(faults.unknown_figure(str(name), phrases))
            return phrases[name]
        case nodes.Const(value=str()):
            raise _not_allowed("指标名不加引号")
        case nodes.Getattr(node=nodes.Name() as figure, attr="上年"):
            phrase = _phrase(figure, phrases)
            if phrase.last is None:
                raise Untrue(f"“{phrase.value.name}”没有上年的数", "补上上年的记录，或者删去")
            return Phrase(phrase.last, None)
        case nodes.Filter(node=inner, name=name) if inner is not None:
            if name not in WORDINGS:
                raise _Refused(faults.unknown_wording(name), wording=name)
            constants = [a.value for a in node.args if isinstance(a, nodes.Const)]
            if len(constants) != len(node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs:
                raise _not_allowed(f"“{name}”括号里只能写数", WORDINGS[name].form)
            return apply(_phrase(inner, phrases), name, constants)
    raise _not_allowed("花括号里只能写指标名和措辞")
