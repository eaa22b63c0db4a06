"""What a sentence says of the records of a figure one by one: whose they are, how one follows another."""

from itertools import pairwise

from fazhi import regex as re
from fazhi.figures.selection import amount_of, day_of
from fazhi.pattern import HAN
from fazhi.problems.quoting import shown
from fazhi.report import faults
from fazhi.report.among import weight
from fazhi.report.events import ALL_CAME
from fazhi.report.holding import WHOM
from fazhi.report.parts import stem
from fazhi.report.portions import nearest
from fazhi.report.sentence import Claims, Pairs, Sentence
from fazhi.rules.narrative.names import shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.schema.kinds import KINDS, Activity, Meeting
from fazhi.schema.numerals import exact
from fazhi.schema.units import base

claim = Claims()


@claim(rf"(?P<said>(?P<in>走进|深入|来到)(?P<what>{HAN}{{2,12}}))")
@claim(WHOM)
def _for_whom(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """讲座{{ }}，给村干部授课, 对象为村干部, 走进示例一村: one of them at least, or each."""
    held = said.groupdict()
    is_all = held.get("all") and not re.search(_OF_SOME, sentence.clause(said.start()))
    what = said[0] if "in" in held else f"对象是{said['whom'] or said['who']}"
    for value, found in nearest(sentence, said, what):
        if found.word and found.count < (found.whole if is_all else 1):
            yield value, value, found.told


@claim(r"(?P<said>新增|新出现|首次出现)了?(?P<list>[^，,。；]{2,60})")
def _new_kinds(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """处罚事由新增了甲、乙, 新出现了甲{{ }}等行为: there was none of it the year before."""
    if not re.search("事由|类型|种类|行为|领域|渠道", sentence.text):
        return
    for whole in sentence.values.values():
        last = sentence.last.get(whole.name)
        named = [part for part in whole.parts or {} if stem(part) in said["list"]]
        old = [part for part in named if last and (last.parts or {}).get(part)]
        is_it = shared(whole.name, sentence.text) or f"{whole.name}." in str(sentence.numbers)
        if last and old and is_it and not whole.sensitive:
            told = "、".join(f"{part}{(last.parts or {})[part]}{whole.unit}" for part in old)
            yield whole, whole, f"上年已有{told}"
            return


@claim(
    rf"(?P<said>(?:首次|第一次)(?:把|将|向|面向|给|为|对|走近)(?P<what>[^，,。；{HIDDEN}]{{3,24}}))"
)
def _first_time(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """首次向返乡人员宣传: no activity of the year before was for them."""
    if not re.search("宣传|普法|宣讲|送法|讲座|授课", sentence.text):
        return
    is_talk = "讲座" in said["what"] or "授课" in said["what"]
    for one in sorted(sentence.told.last, key=lambda one: one.path):
        marks = (one.fields.marks or {}).values() if isinstance(one.fields, Activity) else ()
        whom = [word for words in marks for word in words if word in said["what"]]
        if whom and ("讲座" in one.fields.category or not is_talk):
            yield faults.untrue(f"上年的{shown(one.fields.title)}已经面向{whom[0]}", _NOT_NEW)
            return


@claim(rf"(?P<said>新[与同和](?P<who>{HAN}{{2,20}}?)(?:签订|签署|建立))")
def _newly_signed(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """新与示例丙乡签订协议，增加到{{ }}: last year's record does not tell of them."""
    value = next(iter(sentence.printed[-1:]), (None, None))[1]
    last = sentence.last.get(value.name) if value else None
    for who in sentence.names.settings.township.neighbours:
        told = [r.source.body for r in last.records if who in r.source.body] if last else []
        if value and who in said["who"] and any(not re.search("[未没]", one) for one in told):
            yield value, value, f"上年已有{who}"


@claim(
    rf"(?P<who>{HAN}{{2,12}})的(?P<said>[^，,。；{HIDDEN}]{{0,6}}协议[^，,。；{HIDDEN}]{{0,4}}(?:未|商|拟)[^，,。；{HIDDEN}]{{0,4}})"
)
def _not_yet_signed(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """示例乙镇的协议尚未签订: the record of the agreements tells of it."""
    places = sentence.names.settings.township.neighbours
    who = next((one for one in places if said["who"].endswith(one)), None)
    for value in sentence.values.values():
        is_it = value.definition.kind == "现状" and "协议" in value.name
        if who and is_it and any(who in one.source.body for one in value.records):
            yield value, value, f"有{who}"


@claim(
    rf"(?P<said>(?:没有|未|无)(?:一[件起例]|发生|出现|行政|行为|决定|处罚|案件)*被(?:法院|复议机关|上级)?[^，,。；{HIDDEN}]{{0,4}}?(?P<what>撤销|变更|确认违法|纠正))"
)
def _none_undone(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """没有行政决定被法院撤销: no case of the year tells of that."""
    undone = f"(?:判决|决定|裁定)[^，。]{{0,4}}{said['what']}"
    for value in sentence.values.values():
        of_law = [r for r in value.records if re.search("复议|诉讼", r.fields.category)]
        told = [r for r in of_law if re.search(undone, r.source.body)]
        if told and not value.sides and not value.part_name:
            yield value, value, f"{shown(told[0].fields.title)}是这样"
            return


_NOT_NEW = "照记录改，或者删去"
_OF_SOME = "其中|部分|多次|个别|多数|大多|均|都|全部|除|主要(?!负责|领导)|其余|其他|另|半|有的"


@claim(
    rf"每[次场][^，,。；{HIDDEN}]{{0,8}}(?:都|均)?(?P<said>比[上前]一?[次场](?:的|还|更|有所)*(?:(?P<more>[多高]|增[加多])|[少低]|减少|下降)了?)(?=[，,]|$)"
    "|(?P<rising>一[次场]比一[次场]多|逐次(?:增|上升))|一[次场]比一[次场]少|逐次(?:减|下降)"
)
def _each_time(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """每次发现的都比上一次多: of the amounts of a figure's records by their days."""
    value = sentence.nearest(said.start())
    held = value.definition if value else None
    if not value or not held or held.measure != "求和" or not held.kind or not held.field_name:
        return
    weigh, day = weight(value), day_of(KINDS[held.kind], held.by_date)
    dated = sorted((at, weigh(record)) for record in value.records if (at := day(record)))
    sign = 1 if said["more"] or said["rising"] else -1
    if any((now - before) * sign <= 0 for (_, before), (_, now) in pairwise(dated)):
        yield value, value, "依次是" + "、".join(exact(amount) for _, amount in dated)


@claim(
    rf"(?P<said>(?:每[次场]|场场|次次)(?P<name>[^，,。；{HIDDEN}]{{2,14}}?)(?:都|(?<!平)均)(?P<what>[^，,。；{HIDDEN}]*))(?:[^。；{HIDDEN}]*(?P<number>{HIDDEN}))?"
)
def _in_each(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """每场活动都张贴海报，全年{{ }}: there is none of it in some."""
    value, named = sentence.nearest(said.start()), sentence.named(said["name"])
    is_of_it = value is not None and shared(value.name, said["what"]) > 0
    if not is_of_it:
        value = sentence.value_at(said.start("number")) if said["number"] else None
    if value is None or value.definition.measure != "求和":
        return
    if named is None and is_of_it:  # 场场宣传
        counts = [v for v in sentence.values.values() if v.definition.measure == "件数"]
        wholes = [one for one in counts if {*value.records} < {*one.records}]
        named = min(wholes, key=lambda one: len(one.records), default=None)
    if named is None:
        return
    without = {*named.records} - {*value.records}
    if without and {*named.records} & {*value.records}:
        yield value, named, f"{len(without)}{named.unit}没有"


@claim(f"(?P<all>{ALL_CAME})|(?P<some>有人缺席)")
def _present(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """会议{{ }}，全部到齐: as many as were invited."""
    clause = sentence.clause(said.start())
    value = sentence.nearest(said.start())
    value = value or sentence.values.get(sentence.names.nearly(clause) or "")
    ahead = [one for _, one in sentence.before(said.start())] if "次会议" in clause else []
    every = ahead or [*filter(None, [value])]
    records = [record for one in every for record in one.records]
    meetings = [one.fields for one in records if isinstance(one.fields, Meeting)]
    asked = [(m.invited, m.present) for m in meetings if m.invited and m.present is not None]
    full = [invited == present for invited, present in asked]
    if value and full and not (all(full) if said["all"] else not any(full)):
        yield value, value, f"到齐的是 {sum(full)}/{len(full)}"


@claim(
    rf"(?P<said>(?:全员|全部|均|都|人人)(?:已|按期|按规定)*(?:参加|接受|完成|参训)[^，,。；{HIDDEN}]{{0,16}}|[^，,。；{HIDDEN}]{{2,12}}全覆盖|(?<={HIDDEN})参加[^，,。；{HIDDEN}]{{0,12}}(?:培训|考试))"
)
def _all_took_part(sentence: Sentence, said: re.Match[str]) -> Pairs:
    """持证执法人员{{ }}，均参加了年度考试: as many took part as there are."""
    value = sentence.nearest(said.start())
    if not value or value.definition.kind != "现状" or base(value.unit) not in ("人", "名"):
        return
    for noun in re.finditer(f"(?P<which>{HAN}{{2}})(?P<what>培训|考试)", said["said"]):
        held = [
            int(amount_of(one.kind, "参加人次")(one) or 0)
            for one in sentence.told.records
            if one.fields.category.endswith(noun["what"]) and shared(value.name, one.fields.title)
            if noun["which"] in f"人员参加了{one.fields.category}{one.fields.title}"
        ]
        if held and sum(held) < (value.number or 0):
            yield value, value, f"参加{noun['what']}的是 {sum(held)}人次"
            return
