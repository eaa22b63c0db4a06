"""Narrative and values to Markdown: numbered headings, every number in true words."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.filters import WORDINGS, Change, apply, parts_withheld
from fazhi.figures.value import Value, Values
from fazhi.figures.wording import Phrase, Untrue
from fazhi.pattern import Pattern
from fazhi.problems.problem import Fault, Problem
from fazhi.problems.quoting import did_you_mean
from fazhi.records.headings import headings
from fazhi.records.narrative import Narrative, expressions, typed_decimals
from fazhi.report import faults
from fazhi.rules.narrative.form import CURLY, FORM, HALF_QUOTES, only_expressions
from fazhi.rules.text.passage import edited

Link = Callable[[Phrase | int, str], str]
"""How a printed number is marked up: from the phrase, or its place among what is typed, and its words."""


@dataclass(frozen=True)
class Rendered:
    """A narrative with its numbers in place.

    `words` holds, for each figure, the words in which its number is first printed; `wordings`
    all that is printed of it, last year's number and the change on it too, each once; `compared`
    names the figures of which one of these is printed. `typed` are the words of each 原文 and the
    reason for them, each once.
    """

    markdown: str = ""
    words: dict[str, str] = field(default_factory=dict)
    wordings: dict[str, list[str]] = field(default_factory=dict)
    compared: set[str] = field(default_factory=set)
    typed: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def render(
    narrative: Narrative, values: Values, last: Values, link: Link = lambda _, said: said
) -> Rendered:
    """Put the values into the narrative. With problems, the Markdown is not to be used."""
    found = Rendered(problems=[*_two_decimals(narrative, values)])
    edits = list(_heading_edits(narrative))
    phrases = {name: Phrase(value, last.get(name)) for name, value in values.items()}
    for match in expressions(narrative):
        try:
            phrase, text = _words(match["inner"], phrases, found.typed)
        except _Refused as refused:
            offset = match.start("inner") + refused.offset_in(match["inner"])
            found.problems.append(narrative.problem(offset, refused.fault))
            continue
        if isinstance(phrase, Phrase):
            value, said = phrase.value, replace(phrase, bare=False).text
            if value.year == narrative.year and not phrase.whole:
                found.words.setdefault(value.name, said)
            if value.year != narrative.year or any(isinstance(w, Change) for w in phrase.applied):
                found.compared.add(value.of)
            printed = found.wordings.setdefault(value.of, [])
            if said not in printed:
                printed.append(said)
        if phrase is not None:
            text = link(phrase, text)
        edits.append((match.start(), match.end(), text))
    return replace(found, markdown=edited(narrative.body, edits))


def words(narrative: Narrative, text: str, values: Values, last: Values) -> str:
    """A stretch of a narrative without problems, its numbers in words."""
    if "{{" not in text:
        return text
    alone = replace(narrative, source=replace(narrative.source, body=text))
    return render(alone, values, last).markdown


def approximations(narrative: Narrative, values: Values, last: Values) -> Iterator[Phrase]:
    """The year's numbers that it prints in other words than exactly, true or not."""
    phrases = {name: Phrase(value, last.get(name)) for name, value in values.items()}
    for match in expressions(narrative):
        try:
            phrase = _phrase(_parsed(match["inner"].strip()), phrases)
        except (_Refused, Untrue):
            continue
        if phrase.comparison and not phrase.whole and phrase.value.year == narrative.year:
            yield phrase


def phrase_of(value: Value, wordings: str, last: Value | None = None) -> Phrase:
    """A value in the wordings that a narrative gives another one (`| 以上(95)`). Raises Untrue."""
    try:
        return _phrase(_parsed(f"指标{wordings}".strip()), {"指标": Phrase(value, last)})
    except _Refused as refused:
        raise Untrue(refused.fault.message, refused.fault.hint) from None


def _two_decimals(narrative: Narrative, values: Values) -> Iterator[Problem]:
    """A report prints one number with one number of decimals, its annex included."""
    first: dict[tuple[str, str], int | None] = {}
    for match, name, wording, number in typed_decimals(narrative):
        both = first.setdefault((name, wording), number), number
        is_rate = name in values and values[name].unit == "%"  # whose points have its own
        if both[0] != number and (is_rate or {*both} != {None, 1}):
            told = ("没有写位数" if n is None else f"是 {n} 位小数" for n in both)
            message = f"“{name}”前面{'，这里'.join(told)}"
            fault = faults.untrue(message, f"写成一样的，如 {wording}({both[0] or number})")
            yield narrative.problem(match.start("inner") + 1, fault)


def _heading_edits(narrative: Narrative) -> Iterator[tuple[int, int, str]]:
    """The number before each heading's title, and its block mark taken away.

    The number is that of the level typed; pages and PDFs may skip none, so there a heading lies one
    below that which it stands under.
    """
    above = list[int]()  # the levels of the headings that it stands under, its own last
    counts = Counter[int]()
    deepest = len(narrative.text_type.ordinals)
    for heading in headings(narrative):
        level = min(max(heading.level, 1), deepest)
        above = [*(one for one in above if one < level), level]
        counts = Counter({one: count for one, count in counts.items() if one <= level})
        counts[level] += 1
        number = narrative.text_type.ordinal(level, counts[level])
        yield heading.start, heading.title_start, f"#{'#' * len(above)} {number}"
        yield heading.title_end, heading.end, ""


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


def _words(
    inner: str, phrases: Mapping[str, Phrase], typed: list[tuple[str, str]]
) -> tuple[Phrase | int | None, str]:
    """What an expression prints, and as which phrase; 原文, as which of the `typed`. Raises _Refused."""
    if len(inner) > 200:
        raise _not_allowed("花括号里太长")
    node = _parsed(inner.strip())
    if isinstance(node, ast.Call):
        said = _verbatim(node)
        if said not in typed:
            typed.append(said)
        return typed.index(said), said[0]
    try:
        if isinstance(node, ast.Attribute) and node.attr == "截至":
            return None, _day(_phrase(node.value, phrases))
        phrase = _phrase(node, phrases)
        return phrase, phrase.text
    except Untrue as error:
        raise _Refused(faults.untrue(error.message, error.hint)) from None


def _parsed(inner: str) -> ast.expr:
    """An expression as a tree, which is looked at and never run. Raises _Refused."""
    if not inner:
        raise _not_allowed("花括号里是空的")
    if "\\" in inner:  # of which Python would warn
        raise _miswritten(inner)
    text = _PART_NAME.sub(lambda found: found[0].translate(_MARKS), inner)
    try:
        node = ast.parse(text.replace("\n", " "), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise _miswritten(inner) from None
    names = [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]
    is_whole = node.end_col_offset == len(text.encode())  # no comment behind it
    if not is_whole or any(name not in inner for name in names):  # no letter that is made another
        raise _miswritten(inner)
    return node


_PART_NAME = Pattern(r"(?<=\.)[^|.\"']+")
_MARKS = str.maketrans("、（）", "\u02bb\u02bc\u02bd")  # letters to Python, and in no name
_UNMARKED = {new: old for old, new in _MARKS.items()}
"""没收违法所得、没收非法财物 is one part: its marks are letters while an expression is read."""


def _verbatim(call: ast.Call) -> tuple[str, str]:
    """原文("…", 理由="…"): a number that is no figure, with the reason for it."""
    if not (isinstance(call.func, ast.Name) and call.func.id == "原文"):
        raise _not_allowed("花括号里只能写指标名和措辞")
    match call.args, call.keywords:
        case (
            [ast.Constant(value=str(text))],
            [ast.keyword(arg="理由", value=ast.Constant(value=str(reason)))],
        ) if reason.strip():
            if not re.fullmatch(r"[\w%％‰.·、，。；：“”《》〔〕（）—-]{1,60}", text):
                raise _not_allowed("原文里只写文字，不写符号", _VERBATIM)
            return text, reason.strip()
    raise _not_allowed("原文要写文字和理由", _VERBATIM)


def _day(phrase: Phrase) -> str:
    """甲.截至: the day up to which a figure counts. Raises Untrue where it counts the whole year."""
    day = phrase.value.as_of
    if day is None:
        message = f"“{phrase.value.name}”数的是全年，没有“截至”哪一天"
        raise Untrue(message, "在它的定义里写“截至: 12-03”这样，或者删去")
    return f"{day.month}月{day.day}日"


def _part(phrase: Phrase, name: str) -> Phrase:
    """甲.分项: a part of a breakdown. Raises Untrue where there is none that may be printed."""
    value = phrase.value
    if not value.definition.spec.has_parts:
        raise _not_allowed(f"“{value.name}”没有分项，点后面只能写 上年 或者 截至")
    part = value.part(name)
    if part is None:
        hint = did_you_mean(name, [part for part in value.parts or () if value.part(part)])
        if not value.parts and phrase.number:
            raise parts_withheld(value, "能公开的，在它的定义里写“公开: 是”")
        raise Untrue(f"“{value.name}”没有“{name}”这个分项，或者不公布", hint)
    return Phrase(part, phrase.last.part(name) if phrase.last else None)


def _number(node: ast.expr) -> object:
    """A number in brackets, or a fraction of two; None of anything else."""
    match node:
        case ast.Constant(value=number):
            return number
        case ast.BinOp(
            left=ast.Constant(value=int(part)), op=ast.Div(), right=ast.Constant(value=int(whole))
        ) if whole:
            return Fraction(part, whole)
    return None


def _phrase(node: ast.expr, phrases: Mapping[str, Phrase]) -> Phrase:
    match node:
        case ast.Name(id=name):
            if name not in phrases:
                raise _Refused(faults.unknown_figure(name, phrases))
            return phrases[name]
        case ast.Constant(value=str()):
            raise _not_allowed("指标名不加引号")
        case ast.Attribute(value=ast.Name() | ast.Attribute() as figure, attr="上年"):
            phrase = _phrase(figure, phrases)
            if phrase.last is None:
                raise Untrue(f"“{phrase.value.name}”上年没有数或不公布", "删去，或者补记录")
            return Phrase(phrase.last, None)
        case ast.Attribute(value=ast.Name() as figure, attr=part) if part != "截至":
            return _part(_phrase(figure, phrases), part.translate(_UNMARKED))
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            match right:
                case ast.Name(id=name):
                    given: list[ast.expr] = []
                case ast.Call(func=ast.Name(id=name), args=given, keywords=[]):
                    pass
                case _:
                    raise _not_allowed("竖线后面写措辞")
            if name not in WORDINGS:
                raise _Refused(faults.unknown_wording(name), wording=name)
            numbers = [number for each in given if (number := _number(each)) is not None]
            words = [each.id for each in given if isinstance(each, ast.Name)]
            numbers += [word for word in words if word in WORDINGS[name].words]
            if len(numbers) != len(given):
                takes = "、".join(WORDINGS[name].words)
                can = f"数和{takes}" if takes else "数"
                raise _not_allowed(f"“{name}”括号里只能写{can}", WORDINGS[name].form)
            return apply(_phrase(left, phrases), name, numbers)
    raise _not_allowed("花括号里只能写指标名和措辞")
