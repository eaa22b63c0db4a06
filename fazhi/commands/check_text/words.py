"""The words of finished texts: what figures are called, and what may be said beside without a change."""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from fazhi.figures.value import Values


class Called(NamedTuple):
    """Figures by what they are called: as a `whole`; and by the `ends`, each with its name's beginning."""

    whole: Mapping[str, set[str]]
    ends: Mapping[str, set[tuple[str, str]]]


def called(values: Values) -> Called:
    """What the figures of a year are called. 海报张贴 is 张贴海报, and 培训人次 are those of 培训."""
    whole, ends = defaultdict[str, set[str]](set), defaultdict[str, set[tuple[str, str]]](set)
    for name, value in values.items():
        for said in (name, *value.definition.called):
            bare = re.sub(r"[（(][^（()）]*[)）]", "", said)
            stem = re.sub("(?:人次|场次|人数|次数|件数|数量|总数)$", "", bare)
            for one in {said, bare, *([stem] if len(stem) >= _SHORTEST else [])}:
                turned = (one[at:] + one[:at] for at in range(2, len(one) - 1))
                for way in (one, *turned):
                    whole[way].add(name)
                for at in range(2, len(one) - _SHORTEST + 1):
                    ends[one[at:]].add((name, one[:at]))
    return Called(dict(whole), dict(ends))


_SHORTEST = 3
PLAIN = (
    r"(?>[一二三四五六七八九十]是|截[至止](?:目前|年底|年末|{year}年年?底|{year}年12月底|12月31日)|今年以来|今年|本年度?"
    r"|{year}年度?|{last}年度?|上年度?|去年|年度|全年|年内|一年来|年底|年末|目前|现已?|\d{{1,2}}[.．、]|{own}|我[乡镇]|全[乡镇]|本[乡镇]|乡镇?党委|[乡镇]政府|党委|政府"
    r"|累计|合计|共计?|总共|总计|先后|已经?|按期|定期|积极|认真|依法|扎实|持续|深入|高效|集中|统一|有序"
    r"|作出|组织|收到|召开|举办|举行|开展|进行|实施|完成|发放|印发|张贴|参加|参与|聘请|聘用|组建|成立|建立|配备|拥有|现有|有"
    r"|并|且|其|了|的|各类|各项|各种|、|和|与|及)*+"
)
"""Words before a figure's name that neither add to what it counts nor leave anything out."""
PURPOSE = re.compile("研究|部署|学习|传达|分析|研判|并|且")
"""What begins a clause after a number that goes on to something else."""
ELSEWHERE = re.compile(
    r"其中|不含|不包括|除|剔除|扣除|每|各(?![项类种板岗])|[局院站校]|所(?![有以在需属辖])|社区|街道|中心|公司|企业|协会|部门"
    r"|[县市区](?!委|党委|政府)|(?<!乡)镇(?!党委|政府)|(?<![乡农])村(?![级民落])|示范|试点"
)
"""In a sentence before a number: it may be of others, or of a part."""
ASIDE = re.compile(
    r"[（(](?!上年|去年)[^（()）]*?(?:不|实|截[至止](?!年底|12月31日)|估|季度|半年|\d{1,2}月)[^（()）]*[）)]"
)
"""In brackets behind a number: it is another, or not of all."""
OTHER_TIME = re.compile(
    "前年|往年|历年|近[两三几]年|[两三几]年来|(?<![上去]年)同期|[上下]半年|季度|计划|拟|目标|要求|力争|确保|下一年|明年|来年|应当"
    r"|\d{1,2}月|[一二三四五六七八九十]月"
)
WHOLE_YEAR = re.compile(r"(?<!\d)(?:1月(?:1日)?|1)[至到~～—–-]12月(?:31日)?|12月(?:底|末|31日)")
HEADS = {
    name: re.compile(pattern)
    for name, pattern in {
        "变化": "同比|[比较同]上年|(?:同比|[比较同]上年)?(?:变化|增减|增长|增幅)率?(?:情况|幅度)?",
        "上年": "上年(?:度|数|数量)?|去年",
        "本年": "本年(?:度|数|数量)?|今年|全年",
        "也可以": "|暂无|不公布|口径不同|数量?|[件起宗户人份条家个次场项]数|[人场]次|金额|领域|种类|类别|类型|结果|项目|数据|数值|完成数?|完成情况|正文印作|指标",
    }.items()
}
"""What heads the columns of a table of figures."""
SIGNS = (*"-－−+＋↓↑▼▲",)
"""What stands before a change in a cell."""
TITLE = 40  # characters: what is longer above a table is no title
TOTAL = {"合计", "总计", "共计"}
