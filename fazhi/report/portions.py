"""What a sentence says of what a figure counts: some of it, none, mostly one, whose it is, what came of it."""

import re
from collections.abc import Iterator

from fazhi.figures.value import Value
from fazhi.report.among import Among, among, fields
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import HAN
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.kinds import Case

claim = Claims()


def _nearest(sentence: Sentence, said: re.Match[str]) -> Iterator[tuple[Value, Among]]:
    """The number ahead, and how much of it is as the group `what` says, if its records tell."""
    value = sentence.nearest(said.start())
    if value and (found := among(sentence, value, said["what"])):
        yield value, found


@claim(
    "部分 个别 少数 多次 数次",
    rf"(?P<said>仅?有?部分|个别|少数|(?P<often>多次|数次))(?P<what>[^，,。；、{HIDDEN}]{{2,20}})",
)
def _some(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，仅部分调解成功: some of them, and not all."""
    for value, found in _nearest(sentence, said):
        most = found.whole / 2 if said["said"] in ("少数", "个别") else found.whole - 1
        is_true = found.count > 1 if said["often"] else 0 < found.count <= most
        if not is_true and "除" not in sentence.clause(said.start()):
            yield value, value


@claim(
    "无 没有 零",
    rf"(?P<said>(?:(?<![有毫万])无(?:一[件起次场]?)?|没有(?:一[件起次场])?|零)(?P<what>[^，,。；{HIDDEN}]{{2,16}}))",
)
def _none(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """行政复议{{ }}，无一被撤销: none of them is so."""
    for value, found in _nearest(sentence, said):
        is_it = re.search(f"{re.escape(found.word)}(?:$|[、或和])", said["what"])
        if found.by_word and found.count and is_it:
            yield value, value


@claim(
    "全部 均/剩 余 尚有 还有",
    rf"(?P<said>(?:全部|均)(?:已经?|按期)*(?:整改|办结|销号|化解|完成|调处|处理|答复|审结|结案))[^。；]*?(?:剩余|尚余|仅剩|还剩|[尚还余]有)[^，,。；{HIDDEN}]{{0,8}}(?P<number>{HIDDEN}|[1-9])",
)
def _all_but(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """已全部整改，剩余{{ }}: not all of them."""
    rest = sentence.value_at(said.start("number"))
    value = sentence.nearest(said.start()) if said["number"].isdigit() else rest
    if value and value.number and "除" not in sentence.text[: said.start()]:
        yield value, value


@claim("为主", rf"以(?P<what>[^，,。；{HIDDEN}]{{2,12}}?)(?P<said>为主)(?!题|线|体|导|[任席持])")
def _mainly(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """行政处罚以警告为主: most of them, or more than any other."""
    for _, value in (sentence.before(said.start()) or sentence.printed[-1:])[:1]:
        whole = sentence.values[value.of] if value.part_name else value
        found = among(sentence, whole, f"以{said['what']}")
        if found and not found.is_most:
            yield whole, whole


@claim(
    "仍 尚 还 依然",
    r"(?P<said>(?:仍然?|尚|还|依然)(?:存?有|存在)[^，,。；、]{0,12}(?:未[办了调化]结?|未能?(?:办结|化解)|在办|没有办结))",
)
def _still(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """甲{{ }}，年末仍有案件未办结: where each is done with."""
    value = sentence.nearest(said.start())
    cases = [one.fields for one in value.records if isinstance(one.fields, Case)] if value else []
    is_of_some = value and "结果" in (value.definition.conditions or {})
    if value and cases and not is_of_some and not any(case.is_open for case in cases):
        yield value, value


_VERDICT = "撤销|维持|变更|驳回|确认违法|责令"


@claim(
    "决定 判决 裁定 裁决 被 予以",
    rf"(?:决定|判决|裁[定决]|被|予以)(?:依法|予以)?(?P<what>{HAN}{{2,6}})",
)
def _came_to(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """行政复议案件{{ }}，复议机关决定撤销: at least one of them."""
    if re.search("[无未没不非零][^，,。；]{0,12}$", sentence.text[: said.start()]):
        return
    nearest = sentence.nearest(said.start())
    told = [among(sentence, one, said["what"]) for one in (nearest,) if one]
    is_none = any(one and one.by_word is not None and not one.count for one in told)
    cases = [r.fields for r in nearest.records if isinstance(r.fields, Case)] if nearest else []
    verdict = re.match(_VERDICT, said["what"])
    if verdict and cases and not any(case.penalty for case in cases):
        is_none = not any(verdict[0] in case.outcome for case in cases)
    if nearest and is_none:
        yield nearest, nearest


_WHO = {
    "主持": re.compile(rf"^(?!{HAN}*(?:负责|领导){HAN}*主持){HAN}{{2,10}}主持"),
    "类别": re.compile(f"{HAN}会议?(?:上|集体|专题)*(?:研究|审议|讨论)"),
}


@claim(HIDDEN, rf"(?P<said>[^，,。；：:{HIDDEN}]*)(?P<number>{HIDDEN})")
def _whose(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """示例一村……排查调处{{ }}, 乡长主持召开{{ }}, 党委会议研究{{ }}: what each of them says of itself."""
    found = sentence.at_place(said.start("number"))
    if not found or found[0].is_last or not found[1].records:
        return
    value, ahead = found[1], sentence.text[: said.start("number")]
    wanted = {key: said["said"] for key, who in _WHO.items() if who.search(said["said"])}
    villages = "|".join(map(re.escape, sentence.names.settings.township.villages))
    if re.match(f"(?:其中)?(?:{villages})(?![等、和及与])", ahead) and not re.search(
        _ALL_OVER, ahead
    ):
        wanted["村"] = ahead
    for key, words, words_of in fields(sentence, value.records) if wanted else ():
        said_of = wanted.get(key, "")
        if not said_of or (key == "类别" and not any(_short(word) in said_of for word in words)):
            continue
        told = [words_of(record) for record in value.records]
        is_known = not any(word in NOT_SAID for each in told for word in each)
        if is_known and not all(any(_short(word) in said_of for word in each) for each in told):
            yield value, value


def _short(word: str) -> str:
    """党委会 for 党委会议."""
    return word.removesuffix("议")


_ALL_OVER = "全[乡镇县市区街]|各村|等"
