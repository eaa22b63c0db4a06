"""Rules against what is typed by hand: numbers that a figure should count, years of last year's text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fazhi.personal import HALF_WIDTH
from fazhi.problems.problem import ERROR, WARNING, Problem
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Rule, rule
from fazhi.records.narrative import EXPRESSION, Narrative, blocks, expressions
from fazhi.rules.narrative.form import STATEMENT
from fazhi.rules.text.passage import blank, of_narrative, plain
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


_SHARE = (  # 九成以上, 三分之二, 一半以上
    r"(?<![一-龥])[一二三四五六七八九](?:成[多半]?(?=以上|以下|左右|的|[，。、；]|群众|村民|干部|农户))"
    r"|[近超逾过约达有][一二三四五六七八九]成(?![不立为员本效长功果就熟绩都交分])"
    r"|(?<![百千万一二三四五六七八九十])[二三四五六七八九十]+分之[一二三四五六七八九十]+"
    r"|[近超过逾]?一半(?:以上)?|半数以上|近半数"
)


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
    # The body as it reads, without what is between braces.
    body = blank(blank(narrative.body.translate(_HALF_WIDTH), EXPRESSION), STATEMENT)
    text = plain(body)
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


_BEFORE = re.compile(
    r"(?:[0-9０-９]|超过|不足|不到|将近|接近|约|逾|至少|最多)[*_]*$"
    r"|(?P<change>增长|下降|提高|上升|减少|增加|降低)了?[*_]*$"
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
        if before and before["change"] and not re.search(r"\|\s*同比", match["inner"]):
            before = None
        after = _AFTER.match(narrative.body, match.end())
        if before:
            at, words = match.start() - len(before[0]), before[0].rstrip("*_")
        elif after:
            at, words = after.start("words"), after["words"]
        else:
            continue
        message = f"花括号旁边的{shown(words)}会改变这个数的意思"
        hint = "删去，用措辞来说，如 {{ 指标名 | 以上(200) }}"
        if before and before["change"]:
            message, hint = f"“{words}”写重了", f"删去“{words}”，同比自己带着增长、下降"
        yield narrative.problem(at, typed_beside.fault(message, hint))


_TITLE, _BODY = "标题里没有年份的", "正文里留下别的年份的"


@rule({_TITLE: ERROR, _BODY: WARNING}, RULES)
def of_its_year(narrative: Narrative, _: Settings) -> Iterator[Problem]:
    """FZ803: 标题写明是哪一年的报告；正文里没有留下去年稿子的年份，安排的是下一年。

    “2023年，”一类的话多半是照去年的稿子改漏的；“安排”一块说的是下一年。同往年相比的、“2021年以来”、修订施行的年份、书名号和引号里的，都不算。
    改法：照提示改年份；确实要写往年的，写成“与2023年相比”，或者用 `{{ 原文("2023年", 理由="…") }}`。
    """
    year, title = narrative.year, narrative.meta.title
    in_chinese = "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    if f"{year}年" not in plain(title).text and f"{in_chinese}年" not in title:
        message = f"标题没有写{year}年，是{shown(title)}"
        hint = f"写成“……{year}年法治政府建设情况报告”"
        yield narrative.source.problem(["标题"], of_its_year.fault(message, hint, _TITLE))
    yield from _left_over(narrative)


_QUOTED = re.compile(r"《[^》\n]{0,200}》|“[^”\n]{0,300}”|〔[^〕\n]{0,20}〕")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年")
_YEARS_BACK = 3  # an older year is hardly left over from last year's text
_COMPARED = re.compile(
    r"(?:比|较|与|和|同|自|从|截至|截止|截止到|对照|相比|继|上年|上年度|去年|始于)[^，,。；\d]{0,4}$"
    r"|\d ?年? ?[-—–~～至到、和]+ ?$"
)
_SINCE = re.compile(
    r"(?:度|初|末|底)?(?:\d{1,2}月)?(?:\d{1,2}日)?\s?(?:以来|以后|之后|起|同期|相比|[-—–~～至到])"
    r"|[^，,。；]{0,14}(?:相比|修订|修正|施行|颁布|公布|成立|生效|组建|出台|挂牌)"
    r"|[^，,。；]{0,10}(?:印发|制定|签订|建成|启动|开始)的"
)
_PLANNED = re.compile(
    r"度?(?:[，,：:]|要|将|计划|拟|力争|重点|继续|全年|上半年|下半年|年?底前|内|我[乡镇县]"
    r"|(?:法治政府建设)?工作(?:安排|计划|思路|打算|重点))"
)
_LOOKED_BACK_ON = re.compile(
    r"(?:在|对照|总结|巩固|针对|比|较|与|和|同|根据|结合|围绕|回顾|按照|截至)[^，,。；]{0,4}$"
)


def _left_over(narrative: Narrative) -> Iterator[Problem]:
    passage = of_narrative(narrative)
    # A year in 原文 has its reason beside it.
    text = plain(blank(narrative.source.text, EXPRESSION))
    start = len(passage.text.rstrip()) - len(narrative.body)
    readable = blank(text.text, _QUOTED)
    for match in _YEAR.finditer(readable):
        place, year = text.at(match.start()), int(match["year"])
        if place < start or year < narrative.year - _YEARS_BACK:
            continue
        right = passage.year_at(place)
        before = readable[max(match.start() - 40, 0) : match.start()].rpartition("\n")[2]
        end = match.end()
        if right > narrative.year:
            is_wrong = _PLANNED.match(readable, end) and not _LOOKED_BACK_ON.search(before)
        else:
            is_wrong = not (_COMPARED.search(before) or _SINCE.match(readable, end))
        if year < right and is_wrong:
            about = "安排的是下一年" if right > narrative.year else f"报告是{narrative.year}年的"
            message = f"“{year}年”像是去年的稿子留下的，{about}"
            hint = f"改成{right}年；确实说往年的，写成“与{year}年相比”一类的话"
            yield passage.problem(place, of_its_year.fault(message, hint, _BODY))
