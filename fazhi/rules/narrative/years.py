"""The rule against years that last year's text left in a narrative."""

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.problems.problem import ERROR, WARNING
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.narrative import EXPRESSION, Narrative
from fazhi.rules.text.passage import HIDDEN, blank, of_narrative, plain
from fazhi.schema.township import Settings

RULES = Checks[[Narrative, Settings]]()

_TITLE, _NONE, _BODY = "标题里是别的年份的", "年度报告的标题里没有年份的", "正文里留下别的年份的"


@finds({_TITLE: ERROR, _NONE: WARNING, _BODY: WARNING}, RULES)
def of_its_year(narrative: Narrative, _: Settings) -> Found:
    """FZ803: 标题写的是这一年；正文里没有留下去年稿子的年份，安排的是下一年。

    标题里没有年份的，年度报告提醒，别的文种不提醒。“2023年，”一类的话多半是照去年的稿子改漏的；“安排”一块说的是下一年。同往年相比的、“2021年以来”、修订施行的年份、书名号和引号里的，都不算。
    改法：照提示改年份；确实要写往年的，写成“与2023年相比”，或者用 `{{ 原文("2023年", 理由="…") }}`。
    """
    year, title = narrative.year, plain(narrative.meta.title).text.translate(_IN_DIGITS)
    others = [found[0] for found in _YEAR.finditer(title)]
    if not re.search(rf"{year}\s?[年\-—–~至]", title) and (others or narrative.text_type.is_annual):
        message = f"标题没有写{year}年，是{shown(narrative.meta.title)}"
        hint = f"写成“……{year}年法治政府建设情况报告”"
        if others and not narrative.text_type.is_annual:
            hint = f"{others[0]}改成{year}年"
        yield narrative, ["标题"], message, hint, _TITLE if others else _NONE
    yield from _left_over(narrative)


_IN_DIGITS = str.maketrans("〇一二三四五六七八九", "0123456789")
_QUOTED = Pattern(r"《[^》\n]{0,200}》|“[^”\n]{0,300}”|〔[^〕\n]{0,20}〕")
_YEAR = Pattern(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?年")
_YEARS_BACK = 3  # an older year is hardly left over from last year's text
_COMPARED = Pattern(
    r"(?:比|较|与|和|同|[高多低少]于|超过|不[及如]|自|从|截至|截止|截止到|对照|相比|继|上年|上年度|去年|始于)[^，,。；\d]{0,4}$"
    r"|\d ?年? ?[-—–~～至到、和]+ ?$"
)
_SINCE = Pattern(
    r"(?:度|初|末|底)?(?:\d{1,2}月)?(?:\d{1,2}日)?\s?(?:以来|以后|之后|起|同期|相比|[-—–~～至到])"
    r"|[^，,。；]{0,14}(?:相比|修订|修正|施行|颁布|公布|成立|生效|组建|出台|挂牌)"
    rf"|[、和与及]\d{{4}}年|[^，,。；]{{0,8}}{HIDDEN}"  # whose number it is, FZ731 looks at
    r"|的[^，,。；]{1,3}倍|[^，,。；]{0,10}(?:印发|制定|签订|建成|启动|开始)的"
)
_PLANNED = Pattern(
    r"度?(?:[，,：:]|要|将|计划|拟|力争|重点|继续|全年|上半年|下半年|年?底前|内|我[乡镇县]"
    r"|(?:法治政府建设)?工作(?:安排|计划|思路|打算|重点))"
)
_LOOKED_BACK_ON = Pattern(
    r"(?:在|对照|总结|巩固|针对|比|较|与|和|同|根据|结合|围绕|回顾|按照|截至)[^，,。；]{0,4}$"
)


def _left_over(narrative: Narrative) -> Found:
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
        line = readable.rfind("\n", 0, match.start()) + 1
        if year == narrative.year - 1 and readable.startswith("|", line):
            continue  # the head of last year's numbers
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
            yield passage, place, message, hint, _BODY
