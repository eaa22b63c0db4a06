"""The rule that a clause names the figure which it prints."""

from itertools import chain
from typing import NamedTuple

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.problems.problem import ERROR, WARNING
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.narrative import Narrative
from fazhi.rules.narrative.beside import DIRECTION, is_of_earlier
from fazhi.rules.narrative.clauses import LISTED, SEVERALLY, Number, in_order, numbers
from fazhi.rules.narrative.names import (
    MONTH,
    Names,
    another_place,
    headed,
    likeness,
    months_in,
    of_kin,
    shared,
)
from fazhi.rules.narrative.occasions import is_of_time, other_limit
from fazhi.rules.narrative.shares import SHARES, another_of, another_whole, count_as_share, share_of
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import BETWEEN, OPEN
from fazhi.schema.definition import Definition
from fazhi.schema.township import Settings

RULES = Checks[[Narrative, Settings]]()

ANOTHER, UNKNOWN = "说的是别的指标的", "看不出是哪个分项的"


@finds({ANOTHER: ERROR, UNKNOWN: WARNING}, RULES)
def fitting_name(narrative: Narrative, settings: Settings) -> Found:
    """FZ730: 句子里说的是哪个指标，花括号里印的就是哪个。

    写“参考率”而印合格率，数再准也是假的。程序认指标的名称、名称的后半段和定义里的“说法”；“参考率、合格率分别为……”按次序对。
    改法：改花括号里的指标名，或者改句子；句子没有错的，在那个指标的定义里写“说法”。
    """
    names = Names(settings, narrative)
    for number in numbers(narrative):
        named = headed if number.heads else _named_instead
        other = named(number, names) if number.name in names.by_name else None
        if other is None:
            continue
        if SHARES.search(number.said):  # no count is printed behind 占
            other = names.share(other) or other
        message = f"这里说的是{shown(other)}，印的是{shown(number.name)}"
        hint = "改句子，或者改指标名；是它的别的叫法的，写进定义的“说法”"
        if other == _COUNT:
            message = f"这句话要的是件数、人数一类的数，{shown(number.name)}是百分比"
            hint = "前面写明是什么率，或者改成数件数的指标"
        elif other.endswith("……"):
            hint = "改句子，或者改指标名；没有这样的指标的，先定义"
        elif not other:
            message = f"这句话没有说到{shown(number.name)}，却印了它的数"
        elif other in names.by_name and named(number._replace(name=other), names) is not None:
            rest = re.split(_CLAUSE_END, number.after)[0]
            said = number.said.rpartition(HIDDEN)[2] + rest
            message = f"这里说的是{shown(said)}，印的是{shown(number.name)}"
            hint = f"就是它的，在定义里写 说法: [{rest or said}]；不是的，改句子，或者先定义"
        elif other.partition(".")[0] in names.by_name:
            hint = f"改成 {{{{ {other} }}}}，或者改句子"
        yield narrative, number.place(number.at), message, hint, ANOTHER


class _Clause(NamedTuple):
    """What is said around a number: before it, after it, and the figures that are named there."""

    number: Number
    names: Names
    said: str
    rest: str
    found: frozenset[str]
    called: str

    @property
    def figure(self) -> Definition:
        """The figure that is printed."""
        return self.names.by_name[self.number.name]

    @property
    def around(self) -> str:
        """The sentence before the number, and the clause after it."""
        return self.number.sentence + self.rest

    @property
    def outcomes(self) -> tuple[set[str], set[str]]:
        """What has come of something: in the figure's name, and in what is said."""
        told = self.said + "在办" * bool(re.search(OPEN, self.rest))  # {{ 3起 }}未办结
        said = re.sub(OPEN, "在办", re.sub("实际参加|实考", "参考", told))
        return _OUTCOMES & _words(self.number.name), _OUTCOMES & _words(said)


def _clause(number: Number, names: Names) -> _Clause | None:
    """The clause of a number; None where it says nothing of its own, or of several at once."""
    said = number.said.rpartition(HIDDEN)[2]
    listed = LISTED.search(number.said)
    if listed:
        parts = re.split("[、和与及]", listed["names"])
        place = listed["rest"].count(HIDDEN)
        if len(parts) == 1 and listed["how"][-1] in "共计":
            place = 0
        elif "同比" in number.wordings and _OF_CHANGE.fullmatch(listed["names"]):
            parts, place = [in_order(number, listed)], 0
        elif listed["how"] not in SEVERALLY or place >= len(parts):
            return None  # `report.claims` compares them
        said = parts[place] if place == len(parts) - 1 else names.carried(parts[place], parts[-1])
    elif HIDDEN in number.said and not said.strip("、和与及"):
        return None
    if "同比" in number.wordings and not listed and _OF_CHANGE.fullmatch(DIRECTION.sub("", said)):
        if is_of_earlier(number, names):
            return None
        told = re.sub("[，,](?:全部|均|都|皆|无一)[^，,]*", "", number.sentence)
        ahead = re.split("[，,]", told)[-2:-1]
        said = ahead[0].rstrip(HIDDEN) if ahead and HIDDEN not in ahead[0][:-1] else said
        is_rate = SHARES.search(said) and names.ahead(number)  # 占乙的{{ 甲率 }}，比上年{{ }}
        said = names.ahead(number)[-1] if is_rate else re.sub(_TREND, "", said)
    if "同比" in number.wordings:
        said = re.sub("(?:[比较同]?(?:上年|去年)(?:同期|度)?)?(?:同比)?$", "", said)
    said = re.sub(rf"(?:(?:保持|稳定|维持)?{BETWEEN}|次数|人数)$", "", said.lstrip("、和与及"))
    rest = re.split(_CLAUSE_END, number.after)[0]
    rest = "" if re.match("[和与及](?!解)", rest) else rest  # what is said of another
    if (most := number.most) and not said.strip("为达到有是"):
        said = most["what"]
    found, called = names.ending(said)
    if not found:  # 说法 with brackets, which are not read
        found, called = names.ending(re.split("[，,。；]", number.before)[-1])
    if not found and not (said and listed):
        found, called = names.beginning(rest)
    return _Clause(number, names, said, rest, found, called)


_CLAUSE_END = f"[，,。；;！!？?：:（()）、{HIDDEN}]"
_OF_CHANGE = Pattern("(?:[比较同](?:上年|去年)?(?:同期)?|同比)*")
_TREND = "(?:工作量|数量|总量)?(?:持续|稳步|不断|明显|有所|逐年)?(?:攀升|上升|增长|增加|提高|下降|减少|回落)$"


def _negated(clause: _Clause) -> str:
    name, words = clause.number.name, f"{clause.said}\n{clause.rest}"
    if "在办" in name:
        words = re.sub(OPEN, "", words)
    if "不成" in name:
        words = re.sub("未能?[^，,]{0,3}成", "", words)
    said = _NOT.search(words)
    return f"{said[0]}……" if said and not clause.names.is_called(name, said[0]) else ""


_RATE_OF = f"(?P<of>{HAN}{{2}})的?(?:人员|干部|人数|案件|纠纷)的?{HAN}{{2}}率$"


def _rate(clause: _Clause) -> str:
    name, rate = clause.number.name, re.search(f"{HAN}{{2}}率$", clause.said)
    if rate and not clause.names.is_called(name, rate[0]):
        return rate[0]
    of = re.search(_RATE_OF, clause.said)
    whole = _OUTCOMES & _words(clause.figure.denominator or "")
    if of and whole and of["of"] in _OUTCOMES - whole:
        return f"{of['of']}的……"  # 应考人员合格率{{ 合格率 }}, of those who came
    is_told = not re.search(f"{HAN}", clause.around) or bool(re.search("[率占比]", clause.around))
    by = re.search(f"({_BY})的?(?:幅度|比例)?$", clause.said)  # 压减{{ 时限压减率 }}
    is_told = is_told or name in clause.found or bool(by and by[1] in name)
    return _COUNT if name.endswith("率") and not is_told and not _is_share(clause) else ""


def _is_share(clause: _Clause) -> bool:
    """{{ 合格率 }}合格, {{ 合格率 }}的参考人员合格: of what the ratio divides by, and of nothing else."""
    name, whole = clause.number.name, clause.figure.denominator or ""
    of, outcome, _ = clause.rest.partition(name.removesuffix("率")[-2:])
    named = clause.names.beginning(of.removeprefix("的"))[0]
    is_of_it = not named or whole in named
    return bool(outcome) and is_of_it and _OUTCOMES & _words(of) <= _words(whole)


def _mean(clause: _Clause) -> str:
    """办理天数{{ 平均办理天数 }}: not said to be a mean; {{ 最长办理天数 }}: not said to be the most."""
    number, asked = clause.number, _ASKED.get(clause.figure.measure, "")
    told = "".join((number.sentence, clause.rest, *number.heads, number.title))
    return "" if re.search(asked, told) else clause.said


def _outcome(clause: _Clause) -> str:
    """成功化解{{ 受理的 }}: what has come of it is another figure's."""
    own, other = clause.outcomes
    if own and other and not own & other:
        is_named = clause.names.is_named(clause.number.name, clause.said)
        return "" if is_named else "、".join(sorted(other))
    ratios, name = clause.names.ratios, clause.number.name
    whole = next((whole for part, whole in ratios if part == name), "")
    is_unsaid = whole and own and not re.search(_DONE[min(own)], clause.around)
    if is_unsaid and likeness(whole, clause.said)[0] >= _NEARLY:
        return whole
    part = next((part for part, whole in ratios if whole == name), "")
    asked = (clause.figure.conditions or {}).get("结果", "在办")
    if "在办" in other - own and "在办" not in str(asked):
        return "在办"
    return "" if own else "、".join(sorted(word for word in other if word in part))


_BY = "压减|压缩|压降|缩短|缩减|精简|节约|节省|提速"
_COUNT = "件数、人数"
_CHECKS = (_negated, _rate, _mean, _outcome)
_OF_NUMBER = (count_as_share, another_place, other_limit)


def _named_instead(number: Number, names: Names) -> str | None:
    """What the clause of a number names instead of its own figure; "" where it names none."""
    clause, figure = _clause(number, names), names.by_name[number.name]
    sides = figure.sides
    if clause is None or (sides and all(side in number.said for side in sides)):
        return None  # of several at once, or 甲是乙的{{ 甲乙之比 }}
    if figure.denominator and (of := share_of(number)):
        other = another_whole(of, figure.denominator, names)
        return other or another_of(clause.said, figure, names)
    # 全部 and 均 are printed of a rate, and no number is: 受理的{{ 成功率 | 全部 }}成功 tells both sides.
    is_word = bool(re.search("全部|均", number.wordings))
    every = (check(clause) for check in (_CHECKS[:1] if is_word else _CHECKS))
    others = (check(number, figure, names) for check in _OF_NUMBER[is_word:])
    if wrong := next(filter(None, chain(every, others)), None):
        return wrong
    name, said, called = number.name, clause.said, clause.called
    # 其中食品案件占{{ 食品案件占比 }}, {{ 胜诉率 | 均 }}胜诉
    is_share = figure.numerator in clause.found and SHARES.search(number.said)
    # 每个社区巡查{{ 社区平均巡查 }}: `beside` looks of each of what.
    is_mean = is_word or (figure.measure == "比值" and re.search("[每均]", number.said))
    if is_share or (is_mean and clause.found & {*sides}):
        return None
    came = clause.outcomes
    is_part = called in name and any(word in number.sentence or word in came[1] for word in came[0])
    # {{ 提速事项 }}行政许可事项审批时限, where 行政许可 is counted in another unit
    labels = {names.by_name[one].label for one in clause.found}
    is_more = clause.rest.startswith(called) and called.endswith(name[-2:])
    if is_part or shared(name, clause.rest) > 1 or (is_more and clause.figure.label not in labels):
        return None
    months = months_in(name) if MONTH.search(name) else set[str]()
    is_same = not months.isdisjoint(months_in(said))  # 三季度矛盾纠纷{{ 三季度纠纷 }}
    is_longer = clause.found and shared(name, said) > len(called) - 1 - is_same
    apart = f"{said}\n{clause.rest}".replace(called, "")
    is_shared = name in clause.found and len(clause.found) > 1  # 满意率, of one of several
    # 矛盾纠纷 begins its own name, and only ends that of 边界矛盾纠纷
    only_ends = all("." in one and f".{called}" not in one for one in clause.found)
    is_short = bool(clause.found) and name.startswith(called) and only_ends
    if ("." in name or is_shared) and (kin := of_kin(number, names)):
        return kin
    is_it = name in clause.found or is_longer or is_short or names.is_named(name, apart)
    is_in = said and said.removeprefix("其中") in name.partition(".")[2]  # {{ 检查.社会组织检查 }}
    is_end = said.endswith(name) and re.search(_OBJECTS, said.removesuffix(name))
    if is_it or is_in or is_end or is_of_time(clause.number, clause.found, names):
        return None
    if clause.found:
        return called if called in clause.found else names.own_part(name, clause.found)
    short = names.short(said)
    if short and name not in short and not any(one[:-2] in name for one in short):
        return None if shared(name, clause.rest) else min(short)
    meant = names.shortened(said)
    if len(meant | {name}) == 2 > len(meant) and shared(min(meant), said) >= shared(name, said):
        return min(meant)
    likely = names.likeliest(name, said)
    if likely and name.endswith("率") and name.startswith(likely) and said.endswith("的"):
        return None  # 高于甲的{{ 甲成功率 }}
    if likely or number.is_last or "同比" in number.wordings:
        return likely
    # What is said behind 其中, and not the sentence; 其中2024年 says nothing of it.
    is_within = "其中" in number.said and "." not in name and not _IS_OF_YEAR.fullmatch(said)
    around = f"{said}\n{clause.rest}" if is_within else clause.around
    is_said = names.is_told(name, around) or names.is_named(name, number.sentence)
    is_said = is_said or not names.months(name).isdisjoint(months_in(said))
    return None if is_said or not re.search(f"{HAN}", clause.around) else ""


_IS_OF_YEAR = Pattern(r"(?:其中)?(?:\d{4}|[今本上去当])年度?")
_NEARLY, _OBJECTS = 0.75, f"[、和与及]{HAN}+$"  # 文件、合同审核{{ 审核 }}
_CAME = "成功|化解|调[成解处]|办|妥善|解决|处理|结案|和解|达成|排查|受理"
_DONE = dict.fromkeys(("成功", "化解", "办结", "在办", "排查", "受理"), _CAME)
_ASKED = {"平均天数": "均|每", "最长天数": "最", "最短天数": "最"}
_DONE |= {"合格": "合格|过关|及格|通过|达标|过线", "参考": "参考|参加|到场|实考|应考", "应考": "应考|应当"}  # fmt: skip
_OUTCOMES = {"成功", "化解", "办结", "合格", "在办", "受理", "排查", "参考", "应考"}


def _words(said: str) -> set[str]:
    return {said[at : at + 2] for at in range(len(said) - 1)}


_NOT = Pattern(
    "(?<!并)未(?!成年|来|检|遂|必|央|雨|能全部)|(?<![罚抄缴淹埋])没(?!收)|尚无|不(?:合格|成功|达标|满意|称职|成(?!为))|(?:不属?实|受伤|死亡)(?=\n)|失败|单部门|优秀|满分|缺考|弃考|(?<![一无])无(?!人机|偿|障碍|线|纸)"
)
