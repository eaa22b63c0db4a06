"""What a sentence says of one figure that is counted: how often, which one, or that there was none."""

import re

from fazhi.report.parts import called, outcomes
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.narrative.names import likeness
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import BETWEEN, HAN
from fazhi.schema.numerals import NUMERALS, chinese_value
from fazhi.schema.units import base

claim = Claims()
_NEARLY, _WHOLE_NAME = 0.7, 4
_TIMES = {"两个月": 6, "三个月": 4, "半年": 2, "季": 4, "季度": 4, "月": 12, "半个月": 24, "半月": 24, "旬": 36, "周": 52, "天": 365, "日": 365}  # fmt: skip


@claim(
    "每月季周天日均",
    r"每(?:一?个)?(?P<each>半年|[两三]个月|季度?|月|半个?月|周|旬|天|日)(?!度)"
    r"|(?P<doubled>月月|季季|周周|天天|日日)|(?P<mean>[月季周日])均",
)
def _how_often(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """每月召开会议，全年{{ }}: at least so many times in the year."""
    period = said["each"] or (said["doubled"] or said["mean"])[0]
    typed = re.search(rf"([{NUMERALS}])(?:[场次件起]|场次)", sentence.after(said.end()))
    ahead = sentence.before(said.start())
    number = ahead[0][0] if ahead else sentence.numbers[0] if sentence.numbers else None
    name = number.name if number else sentence.names.nearly(sentence.clause(said.start()))
    value = sentence.values.get(name) if name and not (number and number.is_last) else None
    if value is None or value.number is None or value.definition.kind in (None, "现状"):
        return
    if said["mean"] and any(said[0] in one.name for one in sentence.numbers):
        return  # the mean is a figure of its own
    about = sentence.clause(said.start()).replace(said[0], "")
    is_same = typed and ahead and base(typed[0][1:]) == base(value.unit)
    least = _TIMES[period] * ((chinese_value(typed[1]) or 1) if typed else 1)
    if (is_same or likeness(value.name, about)[0] > 0) and value.number < least:
        yield value, value


@claim(
    "未没零无剩留清",
    r"(?:从?未|没有|没|零)再?(?:召开|开展|举办|举行|组织|需要处理的|处理|出现|发生|新增)过?(?:任?何?一[次场件起])?(?P<what>[^，,。；]{3,20})"
    f"|无一[次场件起](?P<none>{HAN}{{4,20}})|(?P<named>{HAN}{{4,20}})为零|在办的?[^，,。；]{{0,4}}没有|清零|归零|一[件起个]不[剩留]|无一[件起]?(?=在办)",
)
def _none(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """未召开过甲, 在办清零: where there were some."""
    what = said["what"] or said["none"]
    if said["named"] and (named := sentence.named(said["named"])) and named.number:
        yield named, named
    for value in sentence.values.values():
        if what:
            share, at = likeness(value.name, what)
            is_meant = share >= _NEARLY and at + 4 >= len(what)
            is_meant |= len(what) >= _WHOLE_NAME and value.name.startswith(what)
        else:
            is_meant = "在办" in value.name and likeness(value.name, sentence.text)[0] >= _NEARLY
            is_meant &= bool(re.search("在办|受理|办理", sentence.text))
        if is_meant and value.number and value.unit != "%":
            yield value, value


@claim(
    "未没无零",
    r"(?P<said>(?:从?未|没有|(?<![罚抄缴])没(?!收)|(?<![有毫])无|零)(?:再?[有曾]?(?:发生|出现|产生|存在)过?|任何|一[件起个例案]|案件|[因被经有])*)"
    r"(?=(?P<what>[^，,。；、]{2,12}))",
)
def _none_of(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """复议案件{{ }}，未发生被撤销的情况: where some of them came to that, or a rate of it is not 0."""
    ahead = sentence.before(said.start())
    if not ahead or ahead[0][0].is_last or ahead[0][1].part_name:
        return
    whole, what = ahead[0][1], said["what"]
    ratios = [one for one in sentence.values.values() if one.definition.denominator == whole.name]
    held = {one.name.removesuffix("率")[-2:]: one for one in ratios if one.name.endswith("率")}
    for name, one in (held | outcomes(whole, sentence.values)).items():
        if re.match(called(name), what) and one.number:
            yield one, one


@claim(
    NUMERALS,
    rf"(?P<number>[{NUMERALS}])(?P<unit>场次|人次|[场次件起名人支个份张])(?![{NUMERALS}多余几来以])",
)
def _in_words(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """组建甲两支, where there are three."""
    before = re.split("[，,、：:（(]", sentence.text[: said.start()])[-1]
    value = sentence.named(re.sub(f"{BETWEEN}$", "", before))
    if value is None or re.search(f"{HIDDEN}|上年|去年|每|首|第|同期|计划|月|季|半年", before):
        return
    if base(value.unit) == base(said["unit"]) and value.number != chinese_value(said["number"]):
        yield value, value


@claim(
    "第",
    rf"(?P<said>第(?P<number>\d{{1,6}}|[{NUMERALS}]{{1,6}})(?P<unit>场次|场|次|件|起|期|支))(?P<what>[^，,。；]{{2,16}})",
)
def _ordinal(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """第十五场甲, where there were fourteen."""
    typed = said["number"]
    place = int(typed) if typed.isdigit() else chinese_value(typed) or 0
    for value in sentence.values.values():
        is_meant = said["what"].startswith(value.name) and base(value.unit) == base(said["unit"])
        if is_meant and value.number is not None and value.number < place:
            yield value, value
