"""Rules against numbers typed by hand where a figure should count them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fazhi.personal import HALF_WIDTH
from fazhi.problems.problem import ERROR, WARNING, Problem
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Rule, rule
from fazhi.records.narrative import EXPRESSION, Narrative, blocks, expressions
from fazhi.rules.narrative.masking import STATEMENT, blank
from fazhi.rules.text.passage import Plain, plain
from fazhi.schema.township import Settings

RULES: list[Callable[[Narrative, Settings], Iterator[Problem]]] = []

_EXEMPT = re.compile(
    r"第\s*\d{1,9}\s*[个期批次届名位]|(?<!\d)\d{1,9}\s*个(?:工作日|月|星期|小时)|"
    r"《[^》\n]{0,200}》|“[^”\n]{0,300}”|〔\d{4}〕\s*\d+号|第[零一二三四五六七八九十百千\d]+[条章节款项届次]"
    r"|\d{4}\s*[-—–~～至到]\s*\d{4}\s*年(?:度)?|\d{4}\s*年(?:度|\d{1,2}月(?:\d{1,2}日)?)?"
    r"|\d{1,2}月(?:\d{1,2}日)?|\d{4}-\d{2}-\d{2}|https?://[^\s)]+"
)
_HALF_WIDTH = {full: half for full, half in HALF_WIDTH.items() if chr(half) not in "(),:;"}


@rule(ERROR, RULES)
def typed_numbers(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """FZ706: 带着量词的数字由指标算出，不用手写。

    手写的数没有记录可查，明年照抄也没有人发现。日期、文号、条款、书名号和引号里的、“安排”一块、词表的“固定说法”除外。
    改法：写成 `{{ 指标名 }}`；确实要照写的，写 `{{ 原文("3个", 理由="…") }}`。
    """
    units = _own_units(settings) | {word.name for word in settings.vocabulary.measure_words}
    number = _number_with(units | {"%", "‰"}, r"(?<!\d)\d++[\d,，.]{0,30}+")
    yield from _outside_the_plan(typed_numbers, narrative, settings, number)


@rule(WARNING, RULES)
def chinese_numbers(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """FZ707: 用汉字写的数，核对有没有记录。

    “三场”“九成”“一半以上”也是数，有指标的，用指标来印。只看指标用的单位、几成、几分之几和“一半”“半数以上”；词表的“固定说法”除外。
    改法：写成 `{{ 指标名 | 汉字 }}`；确实要照写的，写 `{{ 原文("…", 理由="…") }}`，固定的说法加进词表。
    """
    numeral = r"(?<![一二三四五六七八九十])[一二两三四五六七八九十百千万亿]{1,20}"
    number = rf"{_number_with(_own_units(settings), numeral)}|{_SHARE}"
    yield from _outside_the_plan(chinese_numbers, narrative, settings, number)


_SHARE = (
    r"(?<![一-龥])[一二三四五六七八九](?:成[多半]?(?=以上|以下|左右|的|[，。、；]|群众|村民|干部|农户))"
    r"|[近超逾过约达有][一二三四五六七八九]成(?![不立为员本效长功果就熟绩都交分])"
    r"|(?<![百千万一二三四五六七八九十])[二三四五六七八九十]+分之[一二三四五六七八九十]+"
    r"|[近超过逾]?一半(?:以上)?|半数以上|近半数"
)
"""Shares in words: 九成以上, 三分之二, 一半以上."""


def _own_units(settings: Settings) -> set[str]:
    return {definition.unit for definition in settings.definitions if definition.unit}


def _number_with(units: Iterable[str], number: str) -> str:
    """A pattern for a number before one of the units, or for 百分之 in words."""
    listed = "|".join(map(re.escape, sorted(units, key=lambda unit: (-len(unit), unit))))
    return (
        r"百分之[零一二三四五六七八九十百点]+"
        rf"|(?:{number})\s{{0,3}}[余多几]?[十百千万亿]{{0,9}}[余多几]?\s{{0,3}}(?:{listed})"
    )


def _outside_the_plan(
    breach: Rule[..., Any], narrative: Narrative, settings: Settings, number: str
) -> Iterator[Problem]:
    text = _typed(narrative)
    exempt = blank(text.text, _EXEMPT)
    phrases = sorted((word.name for word in settings.vocabulary.phrases), key=len, reverse=True)
    if phrases:
        exempt = blank(exempt, re.compile("|".join(map(re.escape, phrases))))
    plan = blocks(narrative).get("安排", (0, 0))
    for match in re.finditer(number, exempt):
        start, end = text.at(match.start()), text.at(match.end() - 1) + 1
        if not plan[0] <= start < plan[1]:
            message = f"手写了数字{shown(re.sub(r'[*_~`]', '', narrative.body[start:end]))}"
            hint = '写成 {{ 指标名 }}；确实要照写的，写 {{ 原文("…", 理由="…") }}'
            yield narrative.problem(start, breach.fault(message, hint))


def _typed(narrative: Narrative) -> Plain:
    """The body as it reads, without what is between braces."""
    body = blank(blank(narrative.body.translate(_HALF_WIDTH), EXPRESSION), STATEMENT)
    return plain(body)


_BEFORE = re.compile(
    r"(?:[0-9０-９]|超过|不足|不到|将近|接近|约|逾|至少|最多)[*_]*$"
    r"|(?:增长|下降|提高|上升|减少|增加|降低)了?[*_]*$"
)
_AFTER = re.compile(r"[*_]*(?P<words>余|以上|左右|上下)")


@rule(ERROR, RULES)
def typed_beside(narrative: Narrative, _: Settings) -> Iterator[Problem]:
    """FZ714: 花括号前后不手写数字和“超过”“以上”一类的话。

    这些话会改变数的意思，程序却核对不到；“同比”印出来已经带着“增长”“下降”，再写就重了。
    改法：删去，用措辞来说，如 `{{ 指标名 | 以上(200) }}`。
    """
    for match in expressions(narrative):
        if "原文" in match["inner"]:
            continue
        before = _BEFORE.search(narrative.body[max(match.start() - 6, 0) : match.start()])
        after = _AFTER.match(narrative.body, match.end())
        if before and not _is_change(before[0]):
            at, words = match.start() - len(before[0]), before[0].rstrip("*_")
        elif before and re.search(r"\|\s*同比", match["inner"]):
            at, words = match.start() - len(before[0]), before[0].rstrip("*_")
            hint = f"删去“{words}”，同比自己带着增长、下降"
            yield narrative.problem(at, typed_beside.fault(f"“{words}”写重了", hint))
            continue
        elif after:
            at, words = after.start("words"), after["words"]
        else:
            continue
        message = f"花括号旁边的{shown(words)}会改变这个数的意思"
        hint = "删去，用措辞来说，如 {{ 指标名 | 以上(200) }}"
        yield narrative.problem(at, typed_beside.fault(message, hint))


def _is_change(words: str) -> bool:
    return words[:2] in {"增长", "下降", "提高", "上升", "减少", "增加", "降低"}
