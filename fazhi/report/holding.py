"""Whether a record holds what words name: who did it, where and for whom, of which kind, what came of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from fazhi import regex as re
from fazhi.figures.selection import grouping, item_test
from fazhi.pattern import HAN
from fazhi.records.record import Record
from fazhi.report.parts import stem
from fazhi.report.sentence import Sentence
from fazhi.schema.definition import NOT_SAID, Definition
from fazhi.schema.kinds import KINDS, AgendaItem, Meeting
from fazhi.schema.words import PublicityDay

Words = Callable[[Record], Sequence[str]]


class Test(NamedTuple):
    """Whether a record is so; where a word says it, the words it holds in that field, and which it is."""

    meets: Callable[[Record], bool]
    words_of: Words | None = None
    word: str = ""
    by_record: bool = False  # which one record is the greatest is asked, not which word
    key: str = ""


_LINK = (
    "(?:由|在|为|是|参加|以|属于?|系|涉及|集中[在于]?|来[自源]于?|源于|面向|研究|讨论|审议|部署|把|将|学习|宣传|宣讲|发生[在于]?|适用|采[取用]|围绕|针对|经过?|给予|处以?|作出|主持|[提报]请|提交)"
    r"[^，,]{0,8}$|(?:走[进到]?|深入|送(?:法进?|[进到])|来到|[进到])$|^(?:其中)?[占是为有的\d.]*$"
)
_BROUGHT = (
    f"(?<=来自){HAN}{{{{0,8}}}}{{by}}$|{{by}}(?:委派|委托|移[送交]|交办|转[来办交]|反映|报送)"
)
_NOT = "(?:[未不无没非]|没有)[是属在经能曾由予获]{0,2}$"
_FREE = ("承办", "主持", "地点")
"""Fields of any text that say who did something, or where."""


def tests(
    sentence: Sentence, records: Sequence[Record], said: str, definition: Definition | None = None
) -> Iterator[Test]:
    """That a record holds the word that words name, by each field that has such a word."""
    for key, words, words_of in fields(sentence, records, definition):
        if key == "来源":  # 排查中发现, of 排查发现
            for word in (one for one in words if one[:2] in said):
                said = re.sub(f"{word[:2]}{HAN}{{0,6}}{word[2:]}", word, said)
                said = re.sub(f"{word[:2]}(?:举报|反映|投诉|来信|来访|来电|求助)", word, said)
                said = re.sub(_BROUGHT.format(by=word[:2]), word, said)
        called = _called(sentence, key, words, said)
        if key not in KINDS[records[0].kind.name].fields:  # a mark, or 合法性审查 of an agenda
            called[key] = {*words} - {"否", "不适用"}
        by_name = () if key == "类别" else records
        named = [one for one in called if is_said(by_name, said, one)]
        others = (one for one in named if one != key)
        alias = max(others, key=len, default=key if key in named else "")
        who = re.search(_RUN_BY[key], said) if key in _RUN_BY and not alias else None
        if who and (key == "主持" or _who(sentence, key, who["who"])):
            alias = who["who"]
            called = {alias: _who(sentence, key, alias)}
        also = [n for n in named if any(s + n in said or n + s in said for s in "、和与及")]
        meant = called.get(alias, set()).union(*(called[one] for one in also))  # 甲村和乙村
        ahead = said[: min(map(said.rindex, (alias, *also)))]
        if not alias or not (key in ("结果", "合法性审查") or re.search(_LINK, ahead)):
            continue
        meets = partial(_meets, words_of, meant, is_not=bool(re.search(_NOT, ahead)))
        yield Test(meets, words_of, alias, key == "普法节点", key)


def is_said(records: Iterable[Record], said: str, word: str) -> bool:
    """Whether words say one, and not only in the name of a 类别 that holds it: 告诫 of 家暴告诫."""
    if word not in said:
        return False
    names = {record.fields.category for record in records if word in record.fields.category}
    return word in re.sub("|".join(map(re.escape, names)) or r"(?!)", "", said)


def _called(sentence: Sentence, key: str, words: set[str], said: str) -> dict[str, set[str]]:
    """How the words of a field are said, each with the words that are meant by it."""
    if key == "地点":
        township = sentence.names.settings.township
        places = {*words, *sentence.told.words(key), *township.villages, *township.neighbours}
        called = {one: {word for word in words if one in word or word in one} for one in places}
        kinds = ((one, of) for of, said in _PLACES.items() for one in said.split())
        return called | {one: {word for word in words if of in word} for one, of in kinds}
    called = {alias: _meant(word, words, said) for word in words for alias in _aliases(word)}
    if key == "普法节点":
        days = sentence.names.settings.vocabulary.words(key)
        called |= {d.meaning: {d.name} for d in days if isinstance(d, PublicityDay)}
    if key == "类别":
        called |= {word[-2:]: {one for one in words if one.endswith(word[-2:])} for word in words}
    if key == "主持":
        called |= roles(words)
    if key == "结果" and (well := {word for word in words if word.endswith("成功")}):
        ill = {word for word in words if word.endswith("不成")}
        for verb in ("", "调解", "调处", "化解", "处置"):
            called |= {f"{verb}成功": well, f"成功{verb}": well} if verb else {}
            so = f"未{verb}成功 没有{verb}成功 {verb}不成 {verb}不成功 没有调成 未调成"
            called |= dict.fromkeys(so.split(), ill)
    return called


_PLACES = {
    "村": "各村 村里 村上 村组 进村 到村 入村",
    "校": "校园 校内 学校 进校",
    "场镇": "场镇",
    "县": "县里 县上 县城",
}
ALSO = (
    "(?:就地|及时|成功|妥善|每次|每场|[均都也]|亲自|具体|继续|统一|依法|全程|先后|现场|负责|组织)*"
)
_HOLDS = "举行|召开|组织|办理|处理|调处|调解|化解|审查|检查|承接|实施|办结"
RUNS = rf"(?:承办|主办|举办|(?:{_HOLDS})(?:完毕|完成|开展|实施)?(?=[，,、的了外后]|$))"
WHOM = (
    rf"(?P<said>(?:(?:给|面?向|为|对)(?P<whom>{HAN}{{2,12}}?)(?:授课|讲课|上课|宣讲|讲解|讲授|普法)"
    rf"|(?P<all>(?:授课|宣讲|培训|宣传|服务|参训)?对象[均都]?[是为])(?P<who>{HAN}{{2,12}})))"
)
_DONE = {"主持": "主持", "承办": RUNS}
_RUN_BY = {key: f"由(?P<who>{HAN}{{2,14}}?){ALSO}(?:{verb})" for key, verb in _DONE.items()}


def put_behind(sentence: Sentence, what: str, subject: str) -> tuple[str, str]:
    """党委书记每次都亲自主持, 在上半年全部完成: what is said ahead of 都 and is no restriction, put behind."""
    keys = [key for key, verb in _DONE.items() if re.match(f"{ALSO}(?:{verb})", what)]
    titles = roles(()) if "主持" in keys else {}
    if subject in titles or any(_who(sentence, key, subject) for key in keys):
        return f"由{subject}{what}", ""
    if re.fullmatch("[赶争取]*[在于][^，,。；的]{2,8}?(?:[之以]?[内前里])?", subject):
        return subject + what, ""
    return what, subject


def _who(sentence: Sentence, key: str, who: str) -> set[str]:
    """Who is meant of all that a field names: 乡司法所, 所在村人民调解委员会, a 副乡长 by 分管领导."""
    if key == "主持":
        known = sentence.told.words(key)
        return {who} & known | {
            t for t in known for m in roles([who]).items() if t == m[0] and m[1]
        }
    known, who = sentence.told.words(key), who.replace("调委会", "人民调解委员会")
    kind = re.sub("^(?:所在|所属|当地|有关|相关|各|本|该)+", "", who)
    is_kind = len(kind) > len("司法所")
    same = {one for one in known if who in (one, f"乡{one}", f"镇{one}", f"我乡{one}")}
    return same or {one for one in known if is_kind and one.endswith(kind)}


def _meets(words_of: Words, meant: set[str], record: Record, *, is_not: bool) -> bool:
    return meant.isdisjoint(words_of(record)) == is_not


def fields(
    sentence: Sentence, records: Sequence[Record], definition: Definition | None = None
) -> Iterator[tuple[str, set[str], Words]]:
    """The fields whose words say something of a record, with the words that there are; none of
    records of several kinds. Of an agenda only the items are reviewed that a definition asks for."""
    settings, kind = sentence.names.settings, records[0].kind
    if any(record.kind is not kind for record in records):
        return
    categories = tuple({record.fields.category for record in records})
    for key, spec in settings.fields(kind).items():
        if key == "类别" and len(categories) < 2:
            continue
        if spec.words not in (None, "任务", "分项", "计数", "标记") or key in _FREE:
            words_of = grouping(spec, settings)
            listed = settings.words(kind, spec, sentence.year, categories) or ()
            held = {word for record in records for word in words_of(record)} - {*NOT_SAID}
            if held:  # else nothing is told by it
                yield key, {*listed} | held, words_of
    if kind.model is Meeting:
        wanted = (definition.conditions or {}).get("议题") if definition else None
        reviewed = item_test(wanted) if wanted else lambda _: True
        for key, attribute, meets in (
            ("主题", "topic", lambda _: True),
            ("合法性审查", "review", reviewed),
        ):
            words_of = partial(_of_agenda, attribute, meets)
            yield key, {word for record in records for word in words_of(record)}, words_of


def roles(titles: Iterable[str]) -> dict[str, set[str]]:
    """Who is meant of some titles by 主要负责人, 政府主要领导, 分管领导."""
    return {
        of + who: {title for title in titles if re.fullmatch(meant, title)}
        for of, meant in _ROLES.items()
        for who in ("负责人", "领导", "负责同志")
    }


_OF_ALL = "(?:[乡镇县市区局委]|党[委组]|党?工委|街道|办事处|人民政府|管委会)*"
_HEADS = f"(?:{_OF_ALL}(?:(?<!副)书记|[乡镇县市区局]长|主任|院长|检察长)、?)+|主要(?:负责人|领导)"
_ROLES = {"主要": _HEADS, "分管": ".*(?:分管|副).*"}
_ROLES |= dict.fromkeys(("党委主要", "党组主要", "党工委主要"), f"{_OF_ALL}书记.*")
_ROLES |= dict.fromkeys(("政府主要", "行政主要"), f".*(?:(?<!副)[乡镇县市区局]长|{_OF_ALL}主任)")


def _of_agenda(
    attribute: str, meets: Callable[[AgendaItem], bool], record: Record
) -> tuple[str, ...]:
    items = record.fields.agenda if isinstance(record.fields, Meeting) else ()
    return tuple(filter(None, (getattr(item, attribute) for item in items if meets(item))))


def _aliases(word: str) -> set[str]:
    """How a word may be said: 撤销 of 撤销或变更, 食品 of 食品案件."""
    said = {word, stem(word), *(word.split("或") if "或" in word else ())}
    return {one for one in said if len(one) > 1 and one not in ("其他", "在办")}


def _meant(word: str, words: set[str], said: str) -> set[str]:
    """通过, and 修改后通过 unless 一次 is said; 不通过 is another thing."""
    if re.search("一次|直接|首次|[未不]经修改", said):
        return {word}
    return {word} | {w for w in words if w.endswith(word) and not w.startswith(("不", "未"))}
