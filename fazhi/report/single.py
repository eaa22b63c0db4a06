"""What a sentence says of the records of a figure one by one: whose they are, how one follows another."""

import re
from itertools import pairwise

from fazhi.figures.selection import amount_of, day_of
from fazhi.report.among import fields, known
from fazhi.report.portions import nearest
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import HAN
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.kinds import KINDS, Meeting

claim = Claims()


@claim("由", rf"(?P<what>由{HAN}{{2,12}}?(?:承办|主办|举办|主持))")
def _run_by(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """讲座{{ }}，由司法所承办: each of them."""
    is_of_some = re.search(_OF_SOME, sentence.clause(said.start()))
    for value, found in nearest(sentence, said):
        if found.word and not is_of_some and found.count < found.whole:
            yield value, value


_OF_SOME = "其中|部分|多次|个别|多数|大多|均|都|全部|除|主要|其余|其他|另|半|有的"


@claim(
    "过",
    rf"(?P<what>[^，,。；{HIDDEN}]{{2,12}})(?P<said>(?:从未|从没|没有|未曾?)(?:办|开展|举办|发生|组织|召开)过)",
)
def _never(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """活动{{ }}，示例一村从未办过: none of them is of that."""
    for value, found in nearest(sentence, said):
        if found.word and found.count:
            yield value, value


@claim(
    "每 一次 一场",
    rf"每[次场][^，,。；{HIDDEN}]{{0,8}}(?:都|均)?(?P<said>比[上前]一?[次场](?P<more>多|高)?[少低]?)|(?P<rising>一[次场]比一[次场]多)|一[次场]比一[次场]少",
)
def _each_time(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """每次发现的都比上一次多: of the amounts of a figure's records by their days."""
    value = sentence.nearest(said.start())
    held = value.definition if value else None
    if not value or not held or held.measure != "求和" or not held.kind or not held.field_name:
        return
    kind = KINDS[held.kind]
    amount, day = amount_of(kind, held.field_name), day_of(kind, held.by_date)
    dated = sorted((at, amount(record) or 0) for record in value.records if (at := day(record)))
    sign = 1 if said["more"] or said["rising"] else -1
    if any((now - before) * sign <= 0 for (_, before), (_, now) in pairwise(dated)):
        yield value, value


@claim(
    "每",
    rf"(?P<said>每[次场](?P<name>[^，,。；{HIDDEN}]{{3,14}}?)(?:都|均))[^。；{HIDDEN}]*(?P<number>{HIDDEN})",
)
def _in_each(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """每场活动都张贴海报，全年{{ }}: there is none of it in some."""
    value, named = sentence.value_at(said.start("number")), sentence.named(said["name"])
    if not (value and named and value.definition.measure == "求和"):
        return
    if {*named.records} - {*value.records} and {*named.records} & {*value.records}:
        yield value, named


@claim(
    "到齐 到会 到场 出席 参会 缺席 全勤",
    "(?P<all>全(?:部|员)(?:到[齐会场]|出席|参会)|无一?人?缺席|全勤)|(?P<some>有人缺席)",
)
def _present(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """会议{{ }}，全部到齐: as many as were invited."""
    value = sentence.nearest(said.start())
    meetings = (
        [one.fields for one in value.records if isinstance(one.fields, Meeting)] if value else []
    )
    asked = [(m.invited, m.present) for m in meetings if m.invited and m.present is not None]
    full = [invited == present for invited, present in asked]
    if value and full and not (all(full) if said["all"] else not any(full)):
        yield value, value


_RUNS = re.compile("举办|承办|牵头|组织开展")
_PLACE = re.compile(rf"在(?P<where>{HAN}{{3,14}}?)(?:举办|召开|开展|举行|进行)")
_CHAIRS = re.compile(
    rf"^(?!{HAN}*(?:负责|领导){HAN}*主持)(?:全年|今年|先后|定期|多次|亲自|共)*(?P<who>{HAN}*?)(?:全年|先后|定期|多次|亲自)*主持"
)
_OFFICER = re.compile(
    rf"^(?:一是|二是|三是)?{HAN}{{0,6}}(?:书记|[乡镇县区市局院处科所]长|主任)(?!履职)"
)
_NODE = re.compile(f"^(?!.*(?:全年|累计|等|[、和]))[^{HIDDEN}]*(?:期间|当[天日])")
_MEETING = re.compile(f"{HAN}会议?(?:上|集体|专题)*(?:研究|审议|讨论)")


@claim(HIDDEN, rf"(?P<said>[^，,。；：:{HIDDEN}]*)(?P<number>{HIDDEN})")
def _whose(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """示例一村……排查调处{{ }}, 乡长主持召开{{ }}, 党委会议研究{{ }}: what each of them says of itself."""
    found = sentence.at_place(said.start("number"))
    if not found or found[0].is_last or not found[1].records:
        return
    value, ahead = found[1], sentence.text[: said.start("number")]
    wanted = {"类别": said["said"]} if _MEETING.search(said["said"]) else {}
    chairs = _CHAIRS.search(said["said"])  # 乡长认真履职，全年主持召开{{ }}
    if chairs and (len(chairs["who"]) > 1 or _OFFICER.search(ahead)):
        wanted["主持"] = said["said"] if len(chairs["who"]) > 1 else ahead
    if _NODE.search(ahead):
        wanted["普法节点"] = ahead
    if _RUNS.search(said["said"]) and said["said"].startswith(tuple(known(sentence, "承办"))):
        wanted["承办"] = said["said"]
    place = _PLACE.search(said["said"])
    if place and place["where"] in known(sentence, "地点"):
        wanted["地点"] = place["where"]
    villages = "|".join(map(re.escape, sentence.names.settings.township.villages))
    if re.match(f"(?:其中)?(?:{villages})(?![等、和及与])", ahead) and not re.search(
        _ALL_OVER, ahead
    ):
        wanted["村"] = ahead
    for key, words, words_of in fields(sentence, value.records) if wanted else ():
        said_of = wanted.get(key, "")
        is_named = any(_short(word) in said_of for word in words)
        if not said_of or (key in ("类别", "普法节点") and not is_named):
            continue
        told = [words_of(record) for record in value.records]
        is_unsaid = any(word in NOT_SAID for each in told for word in each)
        is_known = not is_unsaid or key == "普法节点"
        if is_known and not all(any(_short(word) in said_of for word in each) for each in told):
            yield value, value


def _short(word: str) -> str:
    """党委会 for 党委会议."""
    return word.removesuffix("议")


_ALL_OVER = "全[乡镇县市区街]|各村|等"
