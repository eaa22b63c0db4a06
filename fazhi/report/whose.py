"""What the clause of a number restricts it to (by whom, where, of which kind), held to what it counts."""

from collections.abc import Iterable, Sequence

from fazhi import regex as re
from fazhi.figures.value import Value
from fazhi.pattern import HAN
from fazhi.records.record import Record
from fazhi.report.among import own_of, weight
from fazhi.report.holding import fields, is_said, roles
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.words import PublicityDay

claim = Claims()
_VERBS = ["举办", "承办", "牵头", "开展", "调处", "调解", "化解", "审查", "作出", "办理", "办结"]
_VERBS += ["带队", "主讲", "讲授", "宣讲", "授课", "组织", "检查", "排查"]
_RUNS = rf"(?:负责|共|累计|先后|依法|组织|牵头|带队|派员|全年|[今本]年|在{HAN}{{2,12}}?)*(?:{'|'.join(_VERBS)})"
_PLACE = rf"[在到进](?P<where>{HAN}{{2,14}}?)(?:集中|先后|共)*(?:举办|召开|开展|举行|进行|组织)"
_CHAIRS = rf"^(?!{HAN}*(?<!主要)(?<!分管)(?:负责|领导){HAN}*主持)(?:全年|今年|先后|定期|多次|亲自|共)*(?P<who>{HAN}*?)(?:全年|先后|定期|多次|亲自)*(?:主持|(?<=[长记任人导志])(?:召集|组织召开))"
_OFFICER = rf"^(?:一是|二是|三是)?{HAN}{{0,6}}(?:书记|[乡镇县区市局院处科所]长|主任|(?:主要|分管)(?:负责人|领导|负责同志))(?!履职)"
_NODE = f"^(?!.*(?:全年|累计|等|[、和]))[^{HIDDEN}]*(?:期间|当[天日])|^(?!.*等)[^{HIDDEN}]*节点上?(?:集中)?(?:开展|组织|举办)"
_MEETING = f"{HAN}会议?(?:上|集体|专题)*(?:研究|审议|讨论)"
_IN_PART = "期间|[月季日节村]|半年|围绕|针对|聚焦"
_ALL_OVER = "全[乡镇县市区街]|各村|等"
_AND_MORE = "等|各[类种级项村]|有关|相关|除|不含|不限|为主(?!题)|为重点|主要|重点"
_CLAUSE = rf"(?<![^，,。；：:{HIDDEN}])(?P<said>[^，,。；：:{HIDDEN}]*)(?P<number>{HIDDEN})"


@claim(_CLAUSE)
def _whose(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """示例一村……排查调处{{ }}, 乡长主持召开{{ }}, 党委会议研究{{ }}: what each of them says of itself."""
    found = sentence.at_place(said.start("number"))
    if not found or found[0].is_last or not found[1].records:
        return
    value, ahead = found[1], sentence.text[: said.start("number")]
    wanted = _wanted(sentence, value, said["said"], ahead)
    if said["said"][:1] in {*"、和及与"}:  # 乡长主持召开甲{{ }}、乙{{ }}
        first = re.split("[，,。；：:]", ahead)[-1].partition(HIDDEN)[0]
        of_list = _wanted(sentence, value, first, first)
        wanted |= {key: of_list[key] for key in ("主持", "承办") if key in of_list}
    for key, words, words_of in fields(sentence, value.records) if wanted else ():
        said_of = wanted.get(key, "")
        is_named = any(_is_said(word, said_of) for word in words)
        if not said_of or (key in ("类别", "普法节点") and not is_named):
            continue
        told = [words_of(record) for record in own_of(sentence, value)]
        is_unsaid = any(word in NOT_SAID for each in told for word in each)
        is_known = not is_unsaid or key == "普法节点"
        held = [any(_is_said(word, said_of) for word in each) for each in told]
        if is_known and not all(held):
            yield value, value, _so_many(held)
            return
    place = re.search(_PLACE, said["said"])
    if place and not re.search(_ALL_OVER, place["where"]):
        places = [getattr(record.fields, "place", "") for record in value.records]
        held = [place["where"] in one for one in places]
        is_known = any(held) or place["where"] in sentence.told.words("地点")
        is_known |= place["where"] in sentence.names.settings.township.villages
        if is_known and all(places) and not all(held):
            yield value, value, _so_many(held, place["where"])


@claim(
    rf"(?<![^，,])(?:全年|[今本]年|先后|共|累计|定期|组织)*(?:召开|举行|举办|开展)了?(?P<said>{HAN}{{3,8}})(?P<number>{HIDDEN})(?=[，,]|$)"
)
def _all_of_a_kind(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """召开党委会议{{ 研究岗位的党委会议 }}: there were more of that 类别."""
    value = sentence.value_at(said.start("number"))
    every = {*sentence.told.titles.values()} if value and value.records else set[Record]()
    alike = {one for one in every if one.fields.category == said["said"]}
    is_of_all = not re.search(_IN_PART, sentence.text[: said.start()])
    if value and is_of_all and value.definition.measure == "件数" and {*value.records} < alike:
        yield value, value, f"全年的“{said['said']}”是 {len(alike)}{value.unit}"


@claim(rf"(?P<said>(?P<list>{HAN}{{2,12}}(?:[、和与及]{HAN}{{2,10}})+)(?P<number>{HIDDEN}))")
def _listed(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """与示例甲乡、示例乙镇{{ 3个 }}毗邻乡镇: as many as are named."""
    value, township = sentence.value_at(said.start("number")), sentence.names.settings.township
    places = (*township.villages, *township.neighbours)
    names = re.split("[、和]|(?<!^)[与及]", said["list"])
    is_named = names[0].endswith(places) and {*names[1:]} <= {*places}
    if value and is_named and value.unit == "个" and value.number != len(names):
        yield value, value


def _so_many(held: Sequence[bool], what: str = "") -> str:
    """How many of the records are so."""
    so = f"“{what}”的" if what else "这样的"
    return f"{so}是 {sum(held)}/{len(held)}"


def _wanted(sentence: Sentence, value: Value, said: str, ahead: str) -> dict[str, str]:
    """The words that the clause of a number says of some fields of its records."""
    one = _one_kind(sentence, value, said)
    is_meeting = "会" in said and re.search(_MEETING, said)
    wanted = {"类别": one or said} if one or is_meeting else {}
    is_chaired = any(verb in said for verb in ("主持", "召集", "组织召开"))
    chairs = re.search(_CHAIRS, said) if is_chaired else None  # 乡长认真履职，全年主持召开{{ }}
    titles = sentence.told.words("主持") if chairs or "听取" in said else ()
    is_heard = "听取" in said and any(one in said for one in (*titles, *roles(titles)))
    who = ahead if chairs and len(chairs["who"]) < 2 else said
    if is_heard or (chairs and (who is said or re.search(_OFFICER, ahead))):
        wanted["主持"] = who + _titled(who, titles)
    settings, kind = sentence.names.settings, value.records[0].kind
    for key, spec in settings.fields(kind).items() if not value.part_name else ():
        is_mark = key in said and key not in kind.fields
        if is_mark and any(f"{word}{key}" in said for word in settings.words(kind, spec) or ()):
            wanted[key] = said  # 局长主讲{{ }}
    is_dated = any(word in ahead for word in ("期间", "当天", "当日", "节点"))
    nodes = (one for one in (ahead, said) if is_dated and re.search(_NODE, one))
    if node := next(nodes, ""):
        wanted["普法节点"] = _by_name(node, sentence)
    by = said.removeprefix("由")
    is_run = any(verb in by[2:] for verb in _VERBS) and not by.startswith(("全年", *_VERBS))
    for who in sentence.told.words("承办") if is_run else ():
        if by.startswith(who) and re.match(_RUNS, by[len(who) :]):
            wanted["承办"] = who
    whole = ahead.removeprefix("其中")
    village = next((one for one in settings.township.villages if whole.startswith(one)), "")
    is_one = village and not whole[len(village) :].startswith(("等", "、", "和", "及", "与"))
    if is_one and not re.search(_ALL_OVER, ahead):
        wanted["村"] = ahead
    return wanted


def _titled(said: str, titles: Iterable[str]) -> str:
    """The titles of those of whom words tell only what they are: of 乡长 and 党委书记 for 主要负责人."""
    meant = roles(titles)
    role = max((one for one in meant if one in said), key=len, default="")
    return "、".join(sorted(meant.get(role, ())))


def _by_name(said: str, sentence: Sentence) -> str:
    """What is said, with the names of the 普法节点 that it tells in other words: 国家宪法日 of 12.4."""
    days = sentence.names.settings.vocabulary.words("普法节点")
    said = said.replace("·", ".")
    called = ((d.name, re.split("[“”、]+", d.meaning)) for d in days if isinstance(d, PublicityDay))
    return said + "".join(name for name, words in called if any(w and w in said for w in words))


def _one_kind(sentence: Sentence, value: Value, said: str) -> str:
    """The 类别 that words name of a figure that counts several: 业务培训 of 培训及考试."""
    held = (value.definition.conditions or {}).get("类别")
    if held is None and value.definition.field_name:  # 专题宣传活动共发放宣传资料{{ }}
        begins = re.sub(r"^(?:全年|[今本]年|\d{4}年)", "", said)
        every = sentence.told.categories.items()
        names = ((word, name) for word, one in every for name in (word, one.name))
        rests = ((word, begins[len(name) :]) for word, name in names if begins.startswith(name))
        return next((word for word, rest in rests if rest[:1] not in {*"、和与及等"}), "")
    if not isinstance(held, list) or re.search(f"[、和与及]|{_AND_MORE}", said):
        return ""
    is_told = all(word[-2:] in value.name for word in held)  # by their ends
    named = [word for word in held if (word[-2:] if is_told else word) in said]
    return named[0] if len(named) == 1 else ""


def _is_said(word: str, said: str) -> bool:
    """Whether 党委会 says 党委会议; 副乡长 says no 乡长."""
    short = word.removesuffix("议")
    return short in said.replace(f"副{short}", "")


_FRAME = (
    rf"(?:对|就|以(?=[^，,]*为主?题)|围绕|针对|关于|聚焦)(?P<of>(?:{HAN}|、){{2,16}}?)(?:为主题|主题|事项|问题|方面|领域|项目)*(?:的?专题|集中|依法)*"
    "(?:开展|进行|提出|出具|作出|办理|组织|举办|召开|实施|(?<=主题)的)"
)
_GLUED = "(?:主题|专题|法治|普法|法律|知识|集中|宣传|教育|咨询|讲座|服务|活动)*$"
_WHO = f"组织(?P<of>{HAN}{{3,6}})$|^(?:组织)?(?P<who>{HAN}{{1,3}}(?:干部|学生))参加"
_VAGUE = f"{_AND_MORE}|分别|依次|[不未没非无]|比上年"
_NOUNS = "(?:案件?|事项|情况|工作|活动|纠纷|问题|总数|[合总一]?[共计]|[为有达是])*"
_AT_ONCE = "(?:一次性?|直接)通过"
_KEYS = ("主题", "纠纷类型", "来源", "处罚种类", "村", "结果")


@claim(_CLAUSE)
def _narrowed(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """调处邻里纠纷{{ 全部 }}, 围绕禁毒开展{{ }}, 对合同开展{{ }}: of some of what is counted only."""
    text, found = said["said"], sentence.at_place(said.start("number"))
    if not found or found[0].is_last or found[0].heads or found[1].sides or found[1].part_name:
        return
    value = found[1]
    telling = sentence.told.telling - _of_all(value)
    named = {word for word in telling if is_said(value.records, text, word)}
    frame = re.search(_FRAME, text)
    who = re.search(_WHO, text)
    whom, is_at_once = frame or who, "通过" in text and re.search(_AT_ONCE, text)
    what = next(filter(None, whom.groups()), "") if whom else _object(sentence, value, text)
    what = what.rpartition("的")[2]
    if value.definition.kind in (None, "现状", "汇总") or not (named or what or is_at_once):
        return
    counts = weight(value)
    records = [one for one in value.records if counts(one)]
    if not records or re.search(_VAGUE, text):
        return
    is_field = False
    for key, words, words_of in fields(sentence, records) if named or is_at_once else ():
        meant = {one for one in named if one in words and key in _KEYS}
        if key == "主题":
            meant = {one for one in meant if _is_topic(value, one, text, what)}
        if key == "结果" and is_at_once:
            meant = {"通过"}
        is_field |= bool(meant)
        held = [not meant.isdisjoint(words_of(record)) for record in records]
        if meant and not all(held):
            yield value, value, _so_many(held, "、".join(sorted(meant)))
            return
    if what and not is_field and not re.search("[、和与及]", what):
        titled = [what in record.fields.title for record in records]
        if any(titled) and not all(titled):
            yield value, value, _so_many(titled, what)


def _of_all(value: Value) -> set[object]:
    """The words that a figure's conditions ask of each of its records."""
    held = value.definition.conditions or {}
    agenda = held.get("议题")
    every = (*held.values(), *(agenda.values() if isinstance(agenda, dict) else ()))
    return {word for word in every if isinstance(word, str)}


def _object(sentence: Sentence, value: Value, said: str) -> str:
    """合同 of 审查合同 or 合同审查, where 合法性审查 is counted: what is in the titles of some records only."""
    if value.definition.kind != "案件" or sentence.names.ending(said)[0]:
        return ""
    verb = re.escape(value.name.removesuffix("案件")[-2:])
    found = re.search(f"(?:(?P<ahead>{HAN}{{2,6}}){verb}|{verb}(?P<behind>{HAN}{{2,6}}))$", said)
    words = (found["ahead"] or found["behind"]) if found else ""
    words = re.sub(f"{_NOUNS}$", "", words)
    places = range(len(words) - 1)
    parts = (words[at:] if found and found["ahead"] else words[: len(words) - at] for at in places)
    titles = "\n".join(record.fields.title for record in value.records)
    return next((one for one in parts if one in titles and not {*one} <= {*value.name}), "")


def _is_topic(value: Value, word: str, said: str, frame: str) -> bool:
    """Whether a topic is said to be that of what is counted, and is not that of the whole report."""
    is_of_it = value.definition.kind == "活动" and re.match(_GLUED, said.rpartition(word)[2])
    return bool(word in frame or is_of_it) and not {*word} <= {*"法治政府建设"}
