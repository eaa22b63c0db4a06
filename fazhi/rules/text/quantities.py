"""How quantities are typed: measure words, numerals, and the words that change a number."""

from __future__ import annotations

import re
from collections.abc import Iterable

from fazhi.schema.numerals import NUMERALS

_GOES_ON = {  # a measure word that also begins other words, and how those go on
    "个": "[别体性案头]|工作日|月|星期|小时",
    "人": "[民大员才均口事力身为物文工社格生群心居行选家道情流权]",
    "名": "[单优誉义称录家]",
    "位": "[于置]",
    "次": "[日年要序性]",
    "场": "[所地景面合]",
    "起": "[到来草诉因步点源]",
    "件": "套",
    "项": "目",
    "条": "[例款件约]",
    "处": "[理置罚分级长于在]",
    "村": "[民级委干两支组务规居社居]",
    "户": "[籍外主口型]",
    "家": "[庭长风属国乡]",
    "支": "[持部队书援撑付出]",
    "期": "[间限末]",
    "本": "[乡地级村人年次质领]",
    "所": "[有在以]",
    "批": "[评准复]",
    "份": "[内额]",
    "组": "[织建成团]",
    "面": "[对向临上前]",
    "片": "区",
    "门": "[户口]",
    "分": "[钟别类析管工片级]",
    "段": "落",
    "元": "[旦月素]",
    "间": "[隔接]",
    "页": "面",
    "部": "[门分署]",
    "类": "别",
    "张": "贴",
    "台": "账",
    "成": "[立为员本效长功果就熟绩都交分]",
    "度": "",
}
_MEASURES = [
    "个",
    "名",
    "人",
    "位",
    "户",
    "家",
    "村",
    "次",
    "场",
    "起",
    "件",
    "宗",
    "桩",
    "例",
    "批",
    "轮",
    "回",
    "趟",
    "遍",
    "番",
    "项",
    "类",
    "种",
    "款",
    "条",
    "处",
    "所",
    "座",
    "栋",
    "幢",
    "间",
    "套",
    "份",
    "张",
    "本",
    "册",
    "页",
    "封",
    "篇",
    "部",
    "幅",
    "面",
    "块",
    "片",
    "根",
    "支",
    "只",
    "组",
    "班",
    "门",
    "堂",
    "台",
    "辆",
    "艘",
    "架",
    "亩",
    "元",
    "角",
    "斤",
    "吨",
    "米",
    "克",
    "升",
    "度",
    "段",
    "道",
    "卷",
    "期",
    "枚",
    "顶",
    "把",
    "盏",
    "打",
    "人次",
    "户次",
    "场次",
    "件次",
    "台次",
    "车次",
    "批次",
    "班次",
    "课时",
    "案次",
    "人",
    "人(次)",
    "场(次)",
    "万元",
    "亿元",
    "公里",
    "千米",
    "平方米",
    "公顷",
    "公斤",
    "千克",
    "%",
    "‰",
    "个百分点",
    "折",
]
"""Measure words of the language; days, hours and years are no count of what was done."""


def measure(own: Iterable[str]) -> str:
    """A pattern for a measure word: any of the language, and a township's own."""
    listed = sorted({*_MEASURES, *own}, key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word) + (f"(?!{_GOES_ON[word]})" if _GOES_ON.get(word) else "") for word in listed
    )


PEOPLE = "(?:群众|村民|居民|农户|住户|师生|学生|商户|企业|妇女|老人|职工|青年|网民|干部|党员|代表)"
"""Who is counted without a measure word."""
NUMERAL = rf"(?:[{NUMERALS}](?<!队伍))"

_SIGNS = r"""[(（)）\[\]【】“”"'‘’「」『』〔〕]"""
BETWEEN = rf"(?:达到|达|到|至|了|为|是|有|在|共|合|计|累|总|于|过|占|已|也|就|仅|[:：]|{_SIGNS})*"
END = r"""(?=[,，。;；、!！?？:：)）”"’\n\x00]|的|$)"""
CHANGING = {  # by the wording that says it truthfully
    "逾(200)": "超过|超出|超越|超|高于|多于|多过|大于|不止|何止|突破|越过|跨过|迈过|[高多超]出|(?<!不)逾|[>＞]",
    "近(200)": "(?<![附最临邻靠亲相贴切])近乎?|将近|接近|临近|逼近|直逼|几近|几乎|不足|不到|不满|未满|未达|不够"
    "|低于|少于|小于|差不多",
    "以上(200)": "不少于|不低于|不下于?|不小于|至少|少说|最少|起码|[≥≧]",
    "": "(?<![节预契合公签履违条制集婚邀相解缔特守誓失])约莫?|大约|大概|大致|大体|大抵|估计|估算|预计"
    "|至多|最多|顶多|不多于|不超过|不高于|[~～≈<＜≤≦±+＋×=-]",
}
"""What stands before a number and changes it."""
_JOINED = (  # what a number goes on from
    rf"[\d.]+|(?<![统唯之专单同万逐第其周]){NUMERAL}+(?:[余多几来]|个)?|[几半]|(?:半数|一半|多数)(?:以上)?的|(?<![一-龥])数"
    "|(?<![网线街路身会早晚马以之])上|[百千万]分之|第"
)
BEFORE = re.compile(
    "(?P<words>"
    + "|".join(f"(?P<to{at}>{words})" for at, words in enumerate(CHANGING.values()))
    + f"|{_JOINED}){BETWEEN}$"
)
"""What changes the number that follows it; its wording is in a group, by its place in `CHANGING`."""
AFTER = re.compile(
    rf"""{_SIGNS}*(?P<words>
      有余 | 余(?![下额款震]) | 多(?=群众|[人名份起件场次张元万个]) | [多来几许强弱]{END}
    | [及或和]?[以之][上下内外] | 左右 | 上下 | 前后 | 不到(?!位) | 不足{END} | 不等 | 不止 | 都不[到止]
    | 开外 | [往朝向]上 | /[一-龥] | 出头 | 挂零 | 起步 | 打底 | [或甚至还]{{1,3}}更?多 | (?:大?约|(?:保守)?估计|预计|大概|近似){END}
    | [\d+＋×~～] | (?:{NUMERAL}|半){END} | [十百千万亿兆](?![家户众姓无方]) | 倍 | 成{END} | 分之
    | 的(?:{NUMERAL}|[\d几半])+(?:倍|成|分之|半){END} )""",
    re.VERBOSE,
)
"""What changes the number before it."""
