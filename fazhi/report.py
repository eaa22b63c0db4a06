"""Narrative and values to Markdown: numbered headings, every number in true words.

Rules: FZ701 unknown figure, FZ702 unknown wording, FZ703 not allowed in braces, FZ704 untrue or
impossible words, FZ705 unit given twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import jinja2
from jinja2 import nodes

from fazhi.figures import Value, Values
from fazhi.narrative import Narrative, expressions, headings
from fazhi.problems import Problem, did_you_mean, shown
from fazhi.wording import FILTERS, Phrase, Untrue, apply, chinese_numeral

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
        except _Fault as fault:
            offset = match.start("inner") + fault.offset_in(match["inner"])
            problems.append(narrative.problem(fault.rule, offset, fault.message, fault.hint))
            continue
        if phrase is not None:
            value = phrase.value
            if value.year == narrative.year and not phrase.whole:
                words.setdefault(value.name, text)
            printed = wordings.setdefault(value.name, [])
            if text not in printed:
                printed.append(text)
            unit = value.unit
            if unit and text.endswith(unit) and narrative.body.startswith(unit, match.end()):
                message = f"单位“{unit}”写重了，指标自己带单位"
                hint = f"删去后面的“{unit}”"
                problems.append(narrative.problem("FZ705", match.end(), message, hint))
            text = link(value, text)
        edits.append((match.start(), match.end(), text))
    return Rendered(_edited(narrative.body, edits), words, wordings, problems)


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


class _Fault(Exception):
    """What is wrong between the braces, and the wording it is wrong with, if it is that."""

    def __init__(self, rule: str, message: str, hint: str, wording: str = "") -> None:
        super().__init__(message)
        self.rule = rule
        self.message = message
        self.hint = hint
        self.wording = wording

    def offset_in(self, inner: str) -> int:
        """Where the wording stands, else the first character that is no space."""
        found = self.wording and re.search(rf"\|\s*{re.escape(self.wording)}(?!\w)", inner)
        return found.end() - len(self.wording) if found else len(inner) - len(inner.lstrip())


_JINJA = jinja2.Environment(autoescape=False)
_FORM = "写成 {{ 指标名 }} 或者 {{ 指标名 | 余 }}"
_FULL_WIDTH = str.maketrans({"｜": "|", "（": "(", "）": ")", "，": ",", "．": "."})


def _words(inner: str, values: Values, last: Values) -> tuple[Phrase | None, str]:
    """What an expression prints, and as which phrase; None for 原文."""
    if len(inner) > 200:
        raise _Fault("FZ703", "花括号里太长", _FORM)
    try:
        template = _JINJA.parse("{{" + inner + "}}")
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError):
        hint = _FORM
        if inner != inner.translate(_FULL_WIDTH):
            hint = "竖线、括号、逗号用半角的 | ( ) ,"
        raise _Fault("FZ703", "花括号里的写法不对", hint) from None
    output = template.body[0] if template.body else None
    if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
        raise _Fault("FZ703", "花括号里是空的", _FORM)
    node = output.nodes[0]
    if isinstance(node, nodes.Call):
        return None, _verbatim(node)
    phrase = _phrase(node, values, last)
    try:
        return phrase, phrase.text
    except Untrue as untrue:
        raise _Fault("FZ704", untrue.message, untrue.hint) from None


def _verbatim(node: nodes.Call) -> str:
    """原文("…", 理由="…"): a number that is no figure, with the reason for it."""
    form = '写成 {{ 原文("3个", 理由="…") }}'
    is_verbatim = isinstance(node.node, nodes.Name) and node.node.name == "原文"
    if not is_verbatim or node.dyn_args or node.dyn_kwargs:
        raise _Fault("FZ703", "花括号里只能写指标名和措辞", _FORM)
    texts = [a.value for a in node.args if isinstance(a, nodes.Const)]
    reasons = [k.value.value for k in node.kwargs if isinstance(k.value, nodes.Const)]
    keys = [k.key for k in node.kwargs]
    if len(texts) != 1 or len(node.args) != 1 or keys != ["理由"] or len(reasons) != 1:
        raise _Fault("FZ703", "原文要写文字和理由", form)
    text, reason = texts[0], reasons[0]
    if not isinstance(text, str) or not isinstance(reason, str) or not reason.strip():
        raise _Fault("FZ703", "原文要写文字和理由", form)
    if not re.fullmatch(r"[\w%％‰.·、，。；：“”《》〔〕（）—-]{1,60}", text):
        raise _Fault("FZ703", "原文里只写文字，不写符号", form)
    return text


def _phrase(node: nodes.Expr, values: Values, last: Values) -> Phrase:
    match node:
        case nodes.Name(name=name):
            return _figure(str(name), values, last)
        case nodes.Getattr(node=nodes.Name(name=name), attr="上年"):
            phrase = _figure(str(name), values, last)
            if phrase.last is None:
                raise _Fault("FZ704", f"“{name}”没有上年的数", "补上上年的记录，或者删去")
            return Phrase(phrase.last, None)
        case nodes.Filter(node=inner, name=name) if inner is not None:
            if name not in FILTERS:
                hint = did_you_mean(name, FILTERS)
                raise _Fault("FZ702", f"没有{shown(name)}这种措辞", hint, wording=name)
            constants = [a.value for a in node.args if isinstance(a, nodes.Const)]
            if len(constants) != len(node.args) or node.kwargs or node.dyn_args or node.dyn_kwargs:
                raise _Fault("FZ703", f"“{name}”括号里只能写数", f"写成 {name}(2)")
            try:
                return apply(_phrase(inner, values, last), name, constants)
            except Untrue as untrue:
                raise _Fault("FZ704", untrue.message, untrue.hint) from None
    raise _Fault("FZ703", "花括号里只能写指标名和措辞", _FORM)


def _figure(name: str, values: Values, last: Values) -> Phrase:
    if name not in values:
        raise _Fault("FZ701", f"没有{shown(name)}这个指标", did_you_mean(name, values))
    return Phrase(values[name], last.get(name))
