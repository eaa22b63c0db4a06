"""What a sentence says of what a figure counts: some of it, none, mostly one, whose it is, what came of it."""

from collections.abc import Iterator
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.value import Value
from fazhi.pattern import HAN, Pattern
from fazhi.report import courses
from fazhi.report.among import Among, among
from fazhi.report.holding import RUNS
from fazhi.report.parts import breakdowns, spoken, stem
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.numerals import exact

claim = Claims()
_LINKS = "(?:为|是|系|属于?|以|涉及|在|由|来自|面向|学习|发生[在于]|集中[在于])"
_MOSTLY = rf"(?:主要(?P<noun>的?(?:内容|来源|渠道|类型|方式|种类|事由|结果))?|(?<![许最更众诸不再又大])多)(?={_LINKS})"
_IS_PART = Pattern(rf"(?:其中|但|而|仅|只有)?(?:{courses.PART})(?:[份内里])?")


def nearest(
    sentence: Sentence, said: re.Match[str], what: str = ""
) -> Iterator[tuple[Value, Among]]:
    """The number ahead, and how much of it is as words (else the group `what`) say, if its records tell."""
    value = sentence.about(said.start()) or sentence.subject
    if value and (found := among(sentence, value, what or said["what"])):
        yield value, found


@claim(
    rf"(?<!占)(?<!占极)(?P<said>仅?有?部分|个别|少数|(?P<often>多次|数次))(?P<what>[^，,。；、{HIDDEN}]{{2,20}})"
    rf"|(?P<few>[^，,。；、{HIDDEN}]{{2,16}}?)的?占极?少数"
)
def _some(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，仅部分调解成功, 由司法所承办的占少数: some of them, and not all."""
    for value, found in nearest(sentence, said, said["what"] or said["few"]):
        if "结果" in (value.definition.conditions or {}):
            continue  # 成功{{ }}，但仍有部分未调成
        is_few = said["few"] or said["said"] in ("少数", "个别")
        most = found.whole / 2 if is_few else found.whole - 1
        is_true = found.count > 1 if said["often"] else 0 < found.count <= most
        if not is_true and "除" not in sentence.clause(said.start()):
            yield value, value, found.told


@claim(
    rf"(?P<said>(?:(?<![有毫万])无(?![论须需法关力偿故理证照效序形端缝声线])(?:一[件起次场]?)?|没有(?:一[件起次场])?|零)(?P<what>[^，,。；{HIDDEN}]{{2,16}}))"
)
@claim(
    rf"[但而]?(?P<what>[^，,。；{HIDDEN}]{{2,14}}?)(?:[因由][^，,。；{HIDDEN}]{{2,10}}?[，,]?)?[还仍尚也]?(?P<said>(?:从未|从没|没有|未曾?)(?:(?:作?安排|开展|举办|发生|组织|召开|受理|出现)过?|办过))(?=[，,]|$)"
)
def _none(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """行政复议{{ }}，无一被撤销, 示例一村从未办过, 三季度没有开展: none of them is so."""
    for value, found in nearest(sentence, said):
        is_it = any(one.endswith(found.word) for one in re.split("[、或和]", said["what"]))
        if found.count and ((found.by_word and is_it) or _IS_PART.fullmatch(said["what"])):
            yield value, value, found.told


@claim(
    rf"(?P<said>(?:全部|均)(?:已经?|按期)*(?:整改|办结|销号|化解|完成|调处|处理|答复|审结|结案))[^。；]*?(?:剩余|尚余|仅剩|还剩|[尚还余]有)[^，,。；{HIDDEN}]{{0,8}}(?P<number>{HIDDEN}|[1-9])"
)
def _all_but(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """已全部整改，剩余{{ }}: not all of them."""
    rest = sentence.value_at(said.start("number"))
    value = sentence.nearest(said.start()) if said["number"].isdigit() else rest
    if value and value.number and "除" not in sentence.text[: said.start()]:
        yield value, value


@claim(
    rf"(?<={HIDDEN}[，,])(?P<said>(?:(?!主要){HAN}{{0,4}}结果[为是]|做到|实现)?(?P<what>{HAN}{{2,8}}(?:、当{HAN}{{2,6}})?))(?=[，,。；]|$)"
)
@claim(
    rf"(?:(?<={HIDDEN})|(?<={HIDDEN}[，,]))(?P<said>[均都]?(?P<what>(?P<link>系|是|属于?|(?<=[，,均都])[为以])[^，,。；{HIDDEN}]{{2,24}}))(?=[，,]|$)"
)
@claim(
    rf"(?<=[，,])(?P<said>(?:全部|都|均)?(?:集中)?(?:安排|开展|举办)?(?P<what>(?P<link>[在于])(?:{courses.PART})))(?=[，,]|$)"
)
@claim(
    rf"(?<=[，,])(?P<said>[该此][^，,。；{HIDDEN}]{{1,4}}?(?P<what>(?P<link>是|系|发生在|位于|涉及)[^，,。；{HIDDEN}]{{2,24}}))(?=[，,]|$)"
)
@claim(
    rf"(?<!多)(?<!多数)(?<!少数)(?<!部分)(?<!个别)(?<![均都])(?<!全部)(?P<what>由{HAN}{{2,14}}?)(?:[在于]{HAN}{{2,12}}?)?(?P<verb>主持|(?<!牵头){RUNS})"
)
def _are(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """处罚{{ }}，以警告结案, 讲座{{ }}，由司法所承办, 行政复议{{ }}，维持: each of them."""
    held, what = said.groupdict(), said["what"]
    verb, link = held.get("verb"), held.get("link") or ""
    if re.search(_OF_SOME, sentence.clause(said.start())):
        return
    for value, found in nearest(sentence, said, what + (verb or "")):
        is_it = verb or (link and (link not in "为以" or what.startswith(link + found.word)))
        is_it = (found.word and is_it) or link in tuple("在于") or found.word == what
        if (is_it or re.match("当[日天月季年]", what)) and found.count < found.whole:
            yield value, value, found.told


_OF_SOME = (
    "其中|部分|个别|数|大多|除|主要(?!负责|领导)|其余|其他|另|半(?!年)|有的|最|首|等|为[主辅重]"
)


@claim(rf"(?P<what>以[^，,。；{HIDDEN}]{{1,20}}?)(?P<said>为主)(?!题|线|体|导|[任席持要])")
@claim(rf"(?P<said>{_MOSTLY}(?P<what>{_LINKS}[^，,。；{HIDDEN}]{{1,24}}?))(?=[，,]|$)")
def _mainly(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """行政处罚以警告为主, 未调处成功的多为合同纠纷: most of them, or more than any other."""
    value = sentence.nearest(said.start()) or sentence.subject
    value = value or next((one for _, one in sentence.printed[-1:]), None)
    own = sentence.text[: said.start()].rpartition("，")[2]
    is_of_papers = value and value.definition.measure == "求和" and "内容" in own
    if value is None or is_of_papers or "等" in said["what"]:
        return
    whole, link = sentence.whole_of(value), re.match(_LINKS, said["what"])
    subject = own if own.endswith("的") and not said.groupdict().get("noun") else ""
    names = re.split("[、和与]|(?<!涉)及", said["what"][link.end() if link else 0 :])
    linked = "面向" if own.endswith("对象") else link[0] if link else ""
    each = [among(sentence, whole, linked + one, subject) for one in names]
    found = [one for one in each if one]
    more = sum(one.count for one in found) * 2 - sum(one.whole for one in found[:1])
    is_most = more > 0 or (more == 0 and len(found) > 1)
    is_most |= all(0 <= one.rank() < len(found) for one in found)
    is_most &= not any(one.is_level for one in found)
    if len(found) == len(each) and not is_most:
        yield whole, whole, found[0].told


@claim(rf"(?P<what>[^，,。；{HIDDEN}]{{2,16}}?)(?P<said>[是为]唯一的?)")
def _only(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """警告{{ }}，占用道路是唯一的事由: each of them."""
    for value, found in nearest(sentence, said, f"是{said['what']}"):
        if found.count < found.whole:
            yield value, value, found.told


@claim(rf"(?P<said>(?:首次|第一次)(?P<what>{HAN}{{2,6}}))(?=[，,。；]|$)")
def _never_before(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """败诉{{ }}，系近年来首次败诉: there was none the year before."""
    value = sentence.nearest(said.start())
    last = sentence.last.get(value.name) if value and said["what"] in value.name else None
    if value and last and last.number:
        yield last, value


@claim(
    r"(?P<said>(?:仍然?|尚|还|依然)(?:存?有|存在)[^，,。；、]{0,12}(?:未能?(?:[办了审]结|化解|调解)|在办|没有[办审]结)"
    r"|(?:仍然?|尚|还|依然|正)在(?:办理|审理|调处|调解|化解|处理)(?:之?中)?)(?=[，,。；]|$)"
)
def _still(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，年末仍有案件未办结, 其余仍在调处之中: where each is done with."""
    every = (value for _, value in sentence.before(said.start()) if value.cases)
    value = next((one for one in every if "结果" not in (one.definition.conditions or {})), None)
    is_counted = HIDDEN in sentence.clause(said.start())  # 还有{{ }}正在审理
    if value and not is_counted and not any(case.is_open for case in value.cases):
        yield value, value


def count_of(sentence: Sentence, value: Value, said: str) -> Fraction | None:
    """How much of a figure is of a part that words name, or as they say; None where they name none."""
    for whole in breakdowns(value, sentence.values):
        named = [n for part, n in (whole.parts or {}).items() if stem(part) in said]
        if len(named) == 1:
            return Fraction(named[0])
    found = among(sentence, value, said)
    return found.count if found and found.word else None


def whole_ahead(sentence: Sentence, place: int) -> Value | None:
    """The nearest number ahead, or what it is a part of."""
    value = sentence.nearest(place)
    return sentence.whole_of(value) if value else None


_SIDE = rf"[^，,。；、{HIDDEN}比]{{2,14}}?"


@claim(rf"(?P<one>[^，,。；{HIDDEN}]*)(?P<said>仅次于(?P<other>{_SIDE}))(?=[，,。；]|$)")
def _next_to(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """山林土地{{ }}，仅次于邻里纠纷: there is none between them."""
    whole, ahead = whole_ahead(sentence, said.start()), sentence.nearest(said.start())
    if whole is None or ahead is None:
        return
    one = ahead.number if ahead.part_name else count_of(sentence, whole, said["one"])
    other = count_of(sentence, whole, said["other"])
    counts = {n for held in breakdowns(whole, sentence.values) for n in (held.parts or {}).values()}
    if one is None or other is None:
        return
    if not one < other or any(one < n < other for n in counts):
        yield whole, whole, f"是 {exact(one)}，{said['other']}是 {exact(other)}"


@claim(
    rf"(?P<list>(?:[^，,。；、{HIDDEN}]{{2,14}}[、和及])+[^，,。；、{HIDDEN}]{{2,12}}?)(?P<said>合计|共计?|总计)[^，,。；{HIDDEN}]{{0,6}}(?P<number>{HIDDEN})"
)
def _added(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲、乙合计{{ 全部 }}: parts of what is printed are not all of it."""
    value = sentence.value_at(said.start("number"))
    listed = re.split("[、和及]", said["list"])
    every = (sentence.whole_of(value).parts or {}) if value else {}
    parts = [n for p, n in every.items() if any(one in said["list"] for one in spoken(p))]
    named = [sentence.named(one) for one in listed]
    if value in named and all(named):  # 发放宣传资料、张贴海报合计{{ 发放宣传资料 }}
        parts = [int(one.number or 0) for one in named if one]
    if value and len(parts) == len(listed) and sum(parts) != value.number:
        yield value, value


@claim(
    rf"(?P<names>[^，,。；：:{HIDDEN}]+[、和及][^，,。；：:{HIDDEN}]+)[，,](?P<said>分别)[为是有]?(?P<list>(?:{HIDDEN}[、和及]*){{2,}})"
)
def _in_order(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """主要为甲、乙，分别为{{ 甲 }}、{{ 乙 }}: the parts in the order in which they are named."""
    values, names = sentence.listed(said, "list"), re.split("[、和及]", said["names"])
    for name, value in zip(names[-len(values) :], values, strict=False):
        parts = sentence.whole_of(value).parts if value and value.part_name else None
        held = [part for part in parts or () if stem(part) in name]
        if value and len(held) == 1 and held[0] != value.part_name:
            yield value, value


@claim(
    rf"(?:多出来?|增加|新增|增量|增长)的?(?:部分|案件|纠纷)?(?P<said>主要(?:是|为|来自|集中在)(?P<what>{_SIDE}))(?=[，,。；]|$)"
)
def _grown_most(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """比上年多出来的主要是甲: the part that has grown most."""
    value = sentence.nearest(said.start())
    for whole in breakdowns(value, sentence.values) if value else ():
        last = sentence.last.get(whole.name)
        if last is None or last.parts is None:
            continue
        grown = {part: n - last.parts.get(part, 0) for part, n in (whole.parts or {}).items()}
        named = [by for part, by in grown.items() if stem(part) in said["what"]]
        if len(named) == 1 and named[0] < max(grown.values()):
            yield whole, whole


_CAME_TO = {"纠正": "撤销|变更|违法", "撤回": "撤|其他", "撤诉": "撤|其他"}
_VERDICT = "撤销|维持|变更|驳回|确认违法|责令|纠正|撤回|撤诉"


@claim(
    rf"(?P<said>(?:[^，,。；、{HIDDEN}]{{0,2}}(?:机关|法院))?(?:决定|判决|裁[定决]|被|予以|已经?(?=撤销|维持|变更)|对{HAN}{{2,8}}作[了出]?|(?<=机关)(?!(?:依法)?对)|(?<=法院)|(?=撤[回诉]))(?:依法|予以|被)*(?P<what>{HAN}{{2,6}}){HAN}*)"
)
def _came_to(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """行政复议案件{{ }}，复议机关决定撤销: at least one of them."""
    if re.search("此前|以往|[无未没不非零][^，,。；]{0,12}$", sentence.text[: said.start()]):
        return
    value = sentence.nearest(said.start())
    found = among(sentence, value, said["what"]) if value else None
    is_none = found and found.by_word is not None and not found.count
    cases, verdict = value.cases if value else [], re.match(_VERDICT, said["what"])
    if verdict and cases and not any(case.penalty for case in cases):
        came_to = _CAME_TO.get(verdict[0], verdict[0])
        is_none = not any(re.search(came_to, case.outcome) for case in cases)
        is_none &= verdict[0] != "纠正" or bool(re.search("复议|诉讼", cases[0].category))
    if value and is_none:
        yield value, value, found.told if found else ""
