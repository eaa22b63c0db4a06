"""Narrative and values to Markdown: numbered headings, every number in true words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import jinja2
from jinja2 import nodes

from fazhi.figures.filters import WORDINGS, apply
from fazhi.figures.phrase import Phrase
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import Untrue
from fazhi.personal import half_width
from fazhi.problems.problem import ERROR, Fault, Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import rule
from fazhi.records.narrative import Narrative, expressions, headings
from fazhi.rules.narrative.form import FORM, only_expressions
from fazhi.schema.numerals import chinese_numeral

Link = Callable[[Value, str], str]
"""How a printed number is marked up: from its value and its words."""


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
    edits = list(_heading_edits(narrative))
    for match in expressions(narrative):
        try:
            phrase, text = _words(match["inner"], values, last)
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
            unit = value.unit
            behind = _SPACES.match(narrative.body, match.end())
            place = behind.end() if behind else match.end()
            if unit and text.endswith(unit) and narrative.body.startswith(unit, place):
                problems.append(narrative.problem(place, unit_twice(unit)))
            text = link(value, text)
        edits.append((match.start(), match.end(), text))
    return Rendered(_edited(narrative.body, edits), words, wordings, problems)


_SPACES = re.compile(r"[ \t\u3000]*")


# What can be wrong with an expression: a function a rule


@rule(ERROR)
def unknown_figure(name: str, known: Iterable[str]) -> Fault:
    """FZ701: 花括号里的指标，`figures.yml` 里有，而且这一年在用。

    叙述稿里的数都从指标来；没有这个指标，就没有数可印。
    改法：照提示改指标名；要用新的指标，先在 `records/figures.yml` 里定义。
    """
    return unknown_figure.fault(
        f"没有{shown(name)}这个指标", did_you_mean(name, known) or "先定义指标"
    )


@rule(ERROR)
def unknown_wording(name: str) -> Fault:
    """FZ702: 竖线后面是有的一种措辞。

    措辞把准确的数说成“200余份”“95%以上”一类的话，每一种都要核对是不是属实。
    改法：照提示改，如 `{{ 指标名 | 余 }}`；不用措辞的，删去竖线和后面的字。
    """
    return unknown_wording.fault(f"没有{shown(name)}这种措辞", did_you_mean(name, WORDINGS))


@rule(ERROR)
def untrue(message: str, hint: str) -> Fault:
    """FZ704: 说法同数对得上，而且有数可印。

    “200余”要在 201 和 299 之间；“近”要不到这个数、又不少于它的九成；“以上”不少于这个数；
    “逾”比这个数多；分子等于分母才说 100%。暂无数据的、公开版里不公布的，都不能印。
    改法：照提示换一个说法，或者印准确的数；没有数的，补上记录，或者从叙述稿里删去。
    """
    return untrue.fault(message, hint)


@rule(ERROR)
def unit_twice(unit: str) -> Fault:
    """FZ705: 花括号后面不再写单位，指标自己带着单位。

    再写一遍，印出来就是“3场场”。
    改法：删去花括号后面的单位。
    """
    return unit_twice.fault(f"单位“{unit}”写重了，指标自己带单位", f"删去后面的“{unit}”")


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
        """Where the wording stands, else the first character that is no space."""
        found = self.wording and re.search(rf"\|\s*{re.escape(self.wording)}(?!\w)", inner)
        return found.end() - len(self.wording) if found else len(inner) - len(inner.lstrip())


def _not_allowed(message: str, hint: str = FORM) -> _Refused:
    return _Refused(only_expressions.fault(message, hint))


_JINJA = jinja2.Environment(autoescape=False)
_HALF_WIDTH = half_width("|(),.")


def _words(inner: str, values: Values, last: Values) -> tuple[Phrase | None, str]:
    """What an expression prints, and as which phrase; None for 原文."""
    if len(inner) > 200:
        raise _not_allowed("花括号里太长")
    try:
        template = _JINJA.parse("{{" + inner + "}}")
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):
        hint = FORM
        if inner != inner.translate(_HALF_WIDTH):
            hint = "竖线、括号、逗号用半角的 | ( ) ,"
        raise _not_allowed("花括号里的写法不对", hint) from None
    output = template.body[0] if template.body else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise _not_allowed("花括号里是空的")
    node = output.nodes[0]
    if isinstance(node, nodes.Call):
        return None, _verbatim(node)
    phrase = _phrase(node, values, last)
    try:
        return phrase, phrase.text
    except Untrue as error:
        raise _Refused(untrue(error.message, error.hint)) from None


def _verbatim(node: nodes.Call) -> str:
    """原文("…", 理由="…"): a number that is no figure, with the reason for it."""
    form = '写成 {{ 原文("3个", 理由="…") }}'
    is_verbatim = isinstance(node.node, nodes.Name) and node.node.name == "原文"
    if not is_verbatim or node.dyn_args or node.dyn_kwargs:
        raise _not_allowed("花括号里只能写指标名和措辞")
    texts = [a.value for a in node.args if isinstance(a, nodes.Const)]
    reasons = [k.value.value for k in node.kwargs if isinstance(k.value, nodes.Const)]
    keys = [k.key for k in node.kwargs]
    if len(texts) != 1 or len(node.args) != 1 or keys != ["理由"] or len(reasons) != 1:
        raise _not_allowed("原文要写文字和理由", form)
    text, reason = texts[0], reasons[0]
    if not isinstance(text, str) or not isinstance(reason, str) or not reason.strip():
        raise _not_allowed("原文要写文字和理由", form)
    if not re.fullmatch(r"[\w%％‰.·、，。；：“”《》〔〕（）—-]{1,60}", text):
        raise _not_allowed("原文里只写文字，不写符号", form)
    return text


def _phrase(node: nodes.Expr, values: Values, last: Values) -> Phrase:
    match node:
        case nodes.Name(name=name):
            return _figure(str(name), values, last)
        case nodes.Getattr(node=nodes.Name(name=name), attr="上年"):
            phrase = _figure(str(name), values, last)
            if phrase.last is None:
                message = f"“{name}”没有上年的数"
                raise _Refused(untrue(message, "补上上年的记录，或者删去"))
            return Phrase(phrase.last, None)
        case nodes.Filter(node=inner, name=name) if inner is not None:
            if name not in WORDINGS:
                raise _Refused(unknown_wording(name), wording=name)
            constants = [a.value for a in node.args if isinstance(a, nodes.Const)]
            if len(constants) != len(node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs:
                raise _not_allowed(f"“{name}”括号里只能写数", f"写成 {name}(2)")
            try:
                return apply(_phrase(inner, values, last), name, constants)
            except Untrue as error:
                raise _Refused(untrue(error.message, error.hint)) from None
    raise _not_allowed("花括号里只能写指标名和措辞")


def _figure(name: str, values: Values, last: Values) -> Phrase:
    if name not in values:
        raise _Refused(unknown_figure(name, values))
    return Phrase(values[name], last.get(name))
