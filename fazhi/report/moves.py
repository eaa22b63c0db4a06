"""How a change is said: which way something went, by how much, and since when."""

from fractions import Fraction

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.numerals import NUMERALS

EQUAL = (
    "没有(?:什么|明显)?变化|无变化|持平|相同|一致|相当|不变|一样|打了?个?平手|纹丝[未不]动|原地踏步"
)
WAYS = (
    "稳中有[升降]|节节(?:攀升|升?高)|(?:连续[两三]年)?走[高低]|有?倍增|腰斩|扩编|又?上(?:了?一?个?)?新?台阶"
    f"|增长|增加|增多|上升|上涨|提高|提升|攀升|[升走]高|回升|减少|下降|下滑|降低|回落|压减|压缩|缩短|延长|下跌|[前后]移|[变更][长短多少高低]|{EQUAL}"
    "|[多少增减](?![数轻负压员])[出了发开办调处受结召举花张贴排]?"
)
MORE, LESS = "[高多大优好快]于|[高多超]出|[高多超胜]过|反超", "[低少小慢逊差]于|不[及如]"
HOW = "有所|进一步|明显|大幅|稳步|持续|显著|小幅|略有|逐年"
SUBJECT = Pattern(
    f"(?P<subject>{HAN}{{3,12}}?)(?:(?:数量|总量|件数|起数|[数量])(?:{HOW})?|{HOW})(?P<words>{WAYS})"
)
BEHIND = Pattern(f"(?:{HOW})?(?:{WAYS})")
TREND = Pattern(rf"(?:{HOW})(?P<words>{WAYS})")
_LAST = r"(?:上一?年度?|去年|[两三四五六七八九十]年前|前年|20\d\d年)(?:年?末|底|同期)?"
SINCE = Pattern(
    rf"(?P<claim>(?:[比较与和同跟]{_LAST}(?:相比)?的?{HIDDEN}?|同比)[，,]?"
    rf"(?P<about>基本|大体)?(?:{HOW}|保持|都|也|还|又|[总整]体|呈现?)*(?P<words>{WAYS})(?![都仍还]?[是为居列排](?:最|第|首))了?"
    rf"(?:(?P<amount>\d+(?:\.\d+)?|[{NUMERALS}]{{1,4}}(?=[件起场次份张名人项]))(?P<unit>个百分点|[^，,。；、\d]{{1,3}}))?)"
    rf"|(?P<strong>不[升降]反[升降]|再?创新[高低]|稳中有[升降]|节节(?:攀升|升?高)|一路走[高低]|实现倍增|打了?个?平手|纹丝[未不]动|原地踏步)"
    rf"|(?P<beyond>多于|高于|超过|好于|优于|少于|低于|不及|不如){_LAST}"
)
THAN_LAST = Pattern("[比较与和同跟](?:上一?年度?|去年)(?:同期)?(?:情况)?相比[，,]")
MOVED = Pattern(
    rf"[，,]?(?P<claim>(?:{HOW}|[均都也]|[总整]体|呈现?)*(?P<words>{WAYS})(?:趋势|态势|势头)?)(?=[，,]|$)"
)
TENDS = Pattern(
    rf"(?P<claim>(?:[总整]体)?呈现?(?:{HOW})*(?P<words>(?!{EQUAL})(?:{WAYS}))的?(?:趋势|态势|势头))"
)
IN_COURSE = Pattern("[月季]|半年|年来|以来|近[两三四五]年|[逐历]年|连续")
AMOUNT = "的?(?:总?数量?|总量|人数|次数)$"
OTHER_BASE = Pattern(
    r"(?:[比较与和同](?<!年[和与同])(?P<year>20\d\d)年)|环比|前年|上个?月|上个?季度|[上下]半年"
)
INTO = Pattern(f"[由从][^，,。；]{{0,8}}{HIDDEN}{HAN}{{1,4}}为$")
FROM = Pattern(rf"[由从][^，,。；]{{0,8}}{HIDDEN}$")
FROM_A_PART = Pattern(
    rf"[由从][^，,。；{HIDDEN}]{{0,6}}(?:季度|月份?|半年)[^，,。；{HIDDEN}]{{0,2}}{HIDDEN}$"
)
FROM_OTHER = Pattern(
    rf"[由从](?!上|去|前|原|20\d\d)[^，,。；{HIDDEN}\d]{{2,8}}(?:{HIDDEN}|\d+[^，,。；\d]{{1,4}})$"
)


def is_down(words: str) -> bool:
    """Whether words for a change say that there is less."""
    return bool(re.search("[减降落缩短压跌少滑低斩后]|不[及如]", words[-2:]))


def is_so(how: str, number: Fraction, bound: Fraction, *, otherwise: bool) -> bool:
    """Whether a number is 近, 不足, 以上 or 超过 a bound that is typed; `otherwise` where nothing of it is said."""
    if "近" in how:
        return bound * 9 / 10 <= number < bound
    if re.search("不[足到]|未[到过]|[低小]于", how):
        return number < bound
    if "以上" in how:
        return number >= bound
    return number > bound if re.search("[超过逾多余]|突破|[高大]于", how) else otherwise
