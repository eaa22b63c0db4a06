"""How quantities are typed: measure words, numerals, and the words that change a number."""

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.schema.numerals import NUMERALS

_MEASURES = (
    "座 栋 幢 套 册 封 篇 幅 块 根 只 班 堂 辆 艘 架 亩 角 斤 吨 米 克 升 度 道 卷 枚 顶 把 盏 打 轮 回 趟 遍 番 种 款"
    " 宗 桩 例 人次 户次 场次 件次 台次 车次 批次 班次 课时 案次 人(次) 场(次) 万元 亿元 公里 千米 平方米 公顷"
    " 公斤 千克 % ‰ 个百分点 折"
)
"""Measure words of the language; days, hours and years are no count of what was done."""
_GOES_ON = (  # those that also begin other words, with how these go on
    "个:别 体 性 案 头 工作日 月 星期 小时/人:民 大 员 才 均 口 事 力 身 为 物 文 工 社 格 生 群 心 居 行 选 家 道 情 流 权"
    "/名:单 优 誉 义 称 录 家/位:于 置/次:日 年 要 序 性 数/场:所 地 景 面 合/起:到 来 草 诉 因 步 点 源/件:套/项:目"
    "/条:例 款 件 约/处:理 置 罚 分 级 长 于 在/村:民 级 委 干 两 支 组 务 规 居 社/户:籍 外 主 口 型"
    "/家:庭 长 风 属 国 乡/支:持 部 队 书 援 撑 付 出/期:间 限 末/本:乡 地 级 村 人 年 次 质 领/所:有 在 以"
    "/批:评 准 复/份:内 额/组:织 建 成 团/面:对 向 临 上 前/片:区/门:户 口/段:落/元:旦 月 素/间:隔 接/页:面"
    "/部:门 分 署/类:别/张:贴/台:账"
)
_BEGINNING = {
    unit: on.split() for unit, _, on in (one.partition(":") for one in _GOES_ON.split("/"))
}


def measure(own: frozenset[str]) -> str:
    """A pattern for a measure word: any of the language, and a township's own."""
    words = {*_MEASURES.split(), *_BEGINNING, *own}
    longer = map(re.escape, sorted((w for w in words if len(w) > 1), key=lambda w: (-len(w), w)))
    alone = "".join(sorted(word for word in words if len(word) == 1))
    return "|".join([*longer, f"[{alone}]"])


def is_measure(unit: str, after: str) -> bool:
    """Whether a measure word stands for itself, and does not begin another word."""
    return not after.startswith(tuple(_BEGINNING.get(unit, ())))


PEOPLE = "(?:群众|村民|居民|农户|住户|师生|学生|商户|企业|妇女|老人|职工|青年|网民|干部|党员|代表)"
"""Who is counted without a measure word."""
NUMERAL = f"[{NUMERALS}]"
OPEN = (
    "[未没][^，,]{0,3}(?:结|判决|裁[定决])|[等待]判|[等待]待?(?:判决|裁[定决])|[正尚仍]在(?:[审办处受]理|[一二再]?[审办]|调[解处查]|侦[办查]|查[处办]|化解|诉讼)"
    "|(?:[审办处]理之?|调解|侦办)中|在审(?![查核批议])|待[办审](?![查核批议])"
)
"""What is said of cases that nothing has come of yet: those with the 结果 在办."""

_SIGNS = r"""[(（)）\[\]【】“”"'‘’「」『』〔〕]"""
BETWEEN = rf"(?:达到|达|到|至|了|为|是|有|在|共|合|计|累|总|于|过|占|已|也|就|仅|[:：]|{_SIGNS})*"
END = r"""(?=[,，。;；、!！?？:：)）”"’\n\x00]|的|$)"""
CHANGING = {  # by the wording that says it truthfully
    "逾(200)": "超过|超出|超越|超|高于|多于|多过|大于|不止|何止|突破|越过|跨过|迈过|[高多超]出|(?<!不)逾|[>＞]",
    "近(200)": "(?<![附最临邻靠亲相贴切])近乎?|将近|接近|临近|逼近|直逼|几近|几乎|不足|不到|不满|未满|未达|不够"
    "|低于|少于|小于|差不多",
    "以上(200)": "不少于|不低于|不下于?|不小于|至少|少说|最少|起码|[≥≧]",
    "": "(?<![节预契合公签履违条制集婚邀相解缔特守誓失])约莫?|大约|大概|大致|大体|大抵|估计|估算|预计"
    "|至多|最多|顶多|不多于|不超过|不高于|跌破|失守|站上|迈上|[~～≈<＜≤≦±+＋×=-]",
}
"""What stands before a number and changes it."""
_JOINED = (  # what a number goes on from
    rf"[\d.]+|(?<![统唯之专单同万逐第其周]){NUMERAL}+(?:[余多几来]|个)?|[几半]|(?:半数|一半|多数)(?:以上)?的|(?<!{HAN})数"
    "|(?<![网线街路身会早晚马以之])上|[百千万]分之|第"
)
BEFORE = Pattern(
    "(?P<words>"
    + "|".join(f"(?P<to{at}>{words})" for at, words in enumerate(CHANGING.values()))
    + f"|{_JOINED}){BETWEEN}$"
)
"""What changes the number that follows it; its wording is in a group, by its place in `CHANGING`."""
AFTER = Pattern(
    rf"""{_SIGNS}*(?P<words>
      有余 | 余(?![下额款震]) | 多(?=群众|[人名份起件场次张元万个]) | [多来几许强弱]{END}
    | 整{END} | [及或和]?[以之][上下内外] | 左右 | 上下 | 前后 | 不到(?!位) | 不足{END} | 不等 | 不止 | 都不[到止]
    | 开外 | [往朝向]上 | /[每一]?[月年日周天村户人场次件起] | 出头 | 挂零 | 起步 | 打底 | [或甚至还]{{1,3}}更?多 | (?:大?约|(?:保守)?估计|预计|大概|近似){END}
    | (?<![（(])\d(?!\d{{3}}年) | (?<=[（(])\d(?!\d?月份?[）)]|\d{{3}}年) | [+＋×~～] | (?:{NUMERAL}|半){END} | [十百千万亿兆](?![家户众姓无方]) | 倍 | 成{END} | 分之
    | 的(?:{NUMERAL}|[\d几半])+(?:倍|成|分之|半){END} )""",
    flags=re.VERBOSE,
)
"""What changes the number before it."""
