"""What a sentence says of all or of none of what is counted, held to how many of it there are."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from fazhi import regex as re
from fazhi.figures.value import Value
from fazhi.figures.wording import plain
from fazhi.pattern import HAN, Pattern
from fazhi.report import faults, parts
from fazhi.report.among import among, is_of_others, left_out
from fazhi.report.faults import Found
from fazhi.report.holding import put_behind
from fazhi.report.sentence import Sentence
from fazhi.rules.narrative.clauses import ALL_EACH
from fazhi.rules.narrative.names import likeness, shared
from fazhi.rules.text.passage import HIDDEN
from fazhi.rules.text.quantities import BETWEEN
from fazhi.schema.units import base

_ONE = "[场次件起个名人例宗份项]"
_EVERY = "全部|全(?=[是为系由])|全数|悉数|尽数|全员|统统|通通|(?:件件|人人|起起)(?!有)"
_ALL = rf"{_EVERY}|无一例外|每{_ONE}[均都]|个个|一律|所有(?=[^，,。；{HIDDEN}]{{0,8}}通过)|一{_ONE}不[落漏少]|{ALL_EACH}|[都皆]"
_NONE = (
    r"(?![^，,。；]{3,12}的[^，,。；]{0,4}[均都全])(?:从?未|没有|(?<![罚抄缴淹埋])没(?!收)|(?<![有毫万一])无(?!法|需|须|论|关|力|偿|人机|[故理证照效序形端缝声线])|零|不[剩留])"
    r"(?:再?[有曾再]?(?:召开|开展|举办|举行|组织|需要处理的|处理|受理|收到|办理|发生|出现|产生|存在|新增)过?"
    rf"|任何|一{_ONE}?|人|案件|[因被有])*的?"
)
_SAID = Pattern(
    rf"(?P<rest>(?:其余|剩余|剩下|余下|其他)的?[^，,。；{HIDDEN}]{{0,6}}?)?"
    rf"(?P<how>(?<![未非不没能])(?P<all>{_ALL}|(?<=其余)[为是系])|{_NONE})(?P<what>(?:[^，,。；、（(）){HIDDEN}]|、(?=当)){{0,20}})"
    rf"|(?P<named>{HAN}{{2,20}}?)(?:数量?|的)?(?:已经?)?(?<!全部)(?P<gone>为零|清零|归零|一{_ONE}[也都]没有)"
    rf"|(?P<cover>{HAN}{{2,16}}?)(?:实现)?全覆盖"
)
_BESIDE = rf"{HIDDEN}[)）”]*(?:[，,]?(?:已经?|现已?|且|并|至?年底已?)*)$"
_HOW = (
    r"(?:已经?|[得达]到|获得?|经|实现|依法|按[期时]|如期|予以?|成功|顺利|妥善|调[解处]|一次性?|法制|握手|[了为是被由以于在获均都全得]"
    r"|属于?|作出|结果|(?:法定|规定|承诺)?[期时](?:限|间)[之以]?内|办结|合法性|当年|[未不没非][能有经曾被]*)*"
)
_ON_A_DAY = Pattern(r"^(?!截[至止]).*\d月\d{1,2}日")
_ON_TIME = "按[期时]|如期|[期时](?:限|间)[之以]?内"
_OUTCOMES = {  # what a figure is named by: how else that is said, and the opposite
    "合格": ("合格|过关|及格|通过|过线|达标", "补考"),
    "成功": ("成功|化解|办结|调成|言和|和解|清零", "失败|积压|未结"),
    "参考": ("到场|到考|参考|参加考试|应试", "缺考|缺席"),
    "胜诉": ("胜诉", "败诉"),
    "败诉": ("败诉", "胜诉"),
    "办结": ("办结|结案|了结|清零|审结", "积压|未结"),
    "在办": ("在办|正在|尚在|办理[之当]?中|调解中|化解中|整改中", "办结|了结"),
}
_GOES_ON = "之?中|责任|方案|台账|措施|计划|要求|时限|机制|程序|标准|记录"
_COMES_TO = "[未不]|(?:同意|[准不]予|予(?:以|$|公开|受理|许可)|批准|核准)|(?:已经?|被)*(?:撤销|驳回|败诉|胜诉|逾期|超期)"
_NOUNS = "案件|纠纷|处罚|活动|会议|事项|情[况形]|件数|人数|数量|文件|人员|记录|数"
_SOME = "重大|疑难|复杂|重点|紧急|突出|其中|部分"
_ANY = "(?:任何|各[类种级项]|所有|一切|相关|有关|[此该这]类|上述|以上|新的?|的|涉及|[全今本当]年度?|全[乡镇县市区])*"
_HAPPEN = ("案件", "会议", "活动")
_FULL = 100  # %
_NEARLY, _WHOLE_NAME, _NEAR = 0.7, 4, 6


@dataclass(frozen=True)
class _Part:
    """So many of what is counted that have come to something, and of how many."""

    stem: str  # 按期答复
    value: Value
    count: Fraction
    whole: Fraction | None = None

    def told(self, what: str, clause: str) -> bool | None:
        """Whether words say of something that it is in the part, or that it is not; None if neither."""
        in_time = ("按期", "按时")  # of what is 办结, which its whole's name tells
        manner, verb = (
            (self.stem, "办结") if self.stem in in_time else (self.stem[:-2], self.stem[-2:])
        )
        on_time = manner in in_time
        known = next((words for key, words in _OUTCOMES.items() if self.stem.endswith(key)), None)
        same, other = known or (
            parts.called(self.stem) if self.value.part_name else re.escape(verb),
            "(?!)",
        )
        if on_time:
            other += "|逾期|超期"
        elif not known and (parts.stem(self.stem) if self.value.part_name else verb) not in what:
            return None
        found = re.search(f"(?P<same>{same})(?!{_GOES_ON})|{other}", what)
        if not found:
            return None
        ahead = what[: found.start()]
        if on_time and found["same"] and not re.search(_ON_TIME, ahead):
            return None
        if not (on_time or known or manner in clause):
            return None
        if not (re.fullmatch(_HOW, ahead.replace(manner, "")) or (known and len(ahead) < _NEAR)):
            return None
        return bool(found["same"]) != bool(re.search("[未不没非]", ahead))


def check(sentence: Sentence) -> Found:
    """均已办结, 零败诉, 其余均在办理, 未召开甲: where it is not of all of them, or is of some."""
    for said in _SAID.finditer(sentence.text):
        if not sentence.numbers and _ON_A_DAY.search(sentence.text[: said.start()]):
            continue  # it is of the one event of that day
        group = next(name for name in ("how", "gone", "cover") if said[name])
        what = (said["what"] or said["named"] or said["cover"] or "").strip("“”").replace("了", "")
        at, ahead = said.start(group), sentence.text[: said.start()]
        told = [*_told(sentence, said, what)]
        if untrue := next(filter(None, told), ""):
            yield at, faults.of_all("全覆盖" if said["cover"] else said[group], untrue)
        elif not told and said["all"] and _is_beside(sentence, said):
            yield at, faults.of_all(said[group])
        elif not (told or said["all"] or said["cover"]):
            there = _there_is(sentence, what, ahead, is_bare=said["how"] == "未")
            if there:
                yield at, faults.untrue_relation(said[group] + what, there, there)


def _told(sentence: Sentence, said: re.Match[str], what: str) -> Iterator[str]:
    """What is said of each part that is told: the counts that deny it, or nothing."""
    place = said.start()
    *ahead, subject = re.split("[，,：:（(）)]", sentence.text[:place])
    if not subject and (whose := re.match("(.{2,10}的)(?:[均都全]|$)", "".join(ahead[-1:]))):
        subject = whose[1]  # 凡已办结的，都; 在办的均为12月受理，均由甲承办
    own = sentence.named(re.sub(f"{BETWEEN}$", "", subject)) if sentence.numbers else None
    about = sentence.nearest(place) or own or sentence.about(place)
    if about is None and not sentence.numbers and (name := sentence.names.nearly(subject)):
        about = sentence.values.get(name)  # 提交研究的重大行政决策事项全部……
    about = about or sentence.subject
    what, subject = put_behind(sentence, what, subject)
    some = re.search(_SOME, subject)
    is_some = some and not (about and some[0] in about.name)
    is_of_them = some and some[0] == "其中" and said["all"]
    is_unsure = (is_some and not is_of_them) or said["how"] == "未"
    if is_unsure or is_of_others(sentence.text[:place], subject):
        return
    of = re.sub("实现|基本", "", said["cover"] or "0")
    for _, rate in sentence.before(place):  # 检查覆盖率{{ }}，实现全覆盖
        if rate.name.endswith("覆盖率") and (of in rate.name) and rate.number != _FULL:
            yield f"{rate.name}是 {plain(rate)}"
    for number, rate in sentence.before(place)[:1]:  # 办结率{{ 99.1% }}，无一例外
        is_beside = sentence.text[:place].rstrip("，,").endswith(HIDDEN) and not what
        is_of_all = not re.search("[均都]|[上去]年|同比", sentence.text[:place] + number.wordings)
        if said[0] == "无一例外" and rate.denominator and is_beside and is_of_all:
            yield "" if rate.number in (0, _FULL) else f"{rate.name}是 {plain(rate)}"
            return
    left = left_out(sentence, said)
    whole = left[0] if left else about
    held = among(sentence, whole, what, subject) if whole and "最" not in what else None
    if whole and held and said["all"]:
        out = left[1] if left else Fraction(0)
        if not left and re.search("其余|余下|剩下", subject + said[0]):  # 以罚款为主，其余都是警告
            told = among(sentence, whole, ahead[-1]) if ahead else None
            if told is None:
                return
            out = told.count
        is_so = held.count >= held.whole - out
        yield "" if is_so else f"{whole.name}里这样的是 {held.count}/{held.whole}"
        return
    if is_some or subject.startswith(("缺考", "补考", *"未不没")):  # 缺考的均已安排补考
        return
    none = held if whole and held and held.by_word and not said["all"] else None
    rest = what.replace(none.word, HIDDEN, 1) if none else ""
    if none and (not none.count or re.fullmatch(f"[被有]*{HIDDEN}(?:的|{_NOUNS})*", rest)):
        yield f"这样的是 {none.count}/{none.whole}" * bool(none.count)
        return
    yield from _of_parts(said, what, subject, _parts(sentence, subject, place, left), left)


def _of_parts(
    said: re.Match[str],
    what: str,
    subject: str,
    every: Iterable[_Part],
    left: tuple[Value, Fraction] | None,
) -> Iterator[str]:
    """What is said of each part of a whole, of which some may be left out."""
    for part in every:
        meant = part.told(what, subject + what)
        if said["cover"]:
            meant = {*part.stem} <= {*what} or None
        is_all = bool(said["all"] or said["cover"]) == meant
        if meant is None or (is_all and part.whole is None):
            continue
        least = (part.whole or 0) - (left[1] if left else 0)
        is_true = part.count >= least if is_all else left or not part.count
        counts = plain(part.value)
        if part.value.denominator:
            counts = f"{part.value.numerator}/{part.value.denominator}"
        yield "" if is_true else f"{part.value.name}是 {counts}"


def _parts(
    sentence: Sentence, subject: str, place: int, left: tuple[Value, Fraction] | None
) -> Iterator[_Part]:
    """The parts of what is named in a clause, or is printed before it; else what a sentence nearly names."""
    own = sentence.named(re.sub(f"{BETWEEN}$", "", subject))
    ahead = next((one for number, one in sentence.before(place) if not number.is_last), None)
    whole = left[0] if left else own if own and not own.sides else ahead
    if whole and whole.denominator:
        yield _rate(whole)
        whole = whole.sides[-1]
    if whole:
        yield from _parts_of(whole, sentence)
    for value in sentence.values.values():
        name = value.name.removesuffix("率")
        if value.number is None or likeness(name, sentence.text)[0] < _NEARLY:
            continue
        if value.denominator and (not whole or {*whole.records} & {*value.sides[-1].records}):
            yield _rate(value)
        elif not whole and name.endswith(tuple(_OUTCOMES)):
            yield _Part(name[-2:], value, value.number)


def _parts_of(whole: Value, sentence: Sentence) -> Iterator[_Part]:
    """The rates of a whole, the counts of some of its records, and what its cases came to."""
    for value in sentence.values.values():
        if value.number is None or value is whole:
            continue
        if value.denominator and _is_same(value.sides[-1], whole):
            yield _rate(value)
        elif not value.sides and _is_part(value, whole) and (stem := _stem(value, whole)):
            yield _Part(stem, value, value.number, whole.number)


def _rate(value: Value) -> _Part:
    """What a ratio counts of what it divides by."""
    count, whole = Fraction(value.numerator or 0), Fraction(value.denominator or 0)
    return _Part(_stem(value, value.sides[-1]), value, count, whole)


def _is_same(one: Value, other: Value) -> bool:
    """Whether two figures count the same."""
    return one.name == other.name or (
        (one.number, one.records, base(one.unit)) == (other.number, other.records, base(other.unit))
        and bool(one.records)
    )


def _is_part(part: Value, whole: Value) -> bool:
    """Whether a count is one of some of the records that another counts, or a sum beside it in them."""
    is_alike = part.definition.measure == whole.definition.measure in ("件数", "求和")
    is_in = is_alike and {*part.records} <= {*whole.records}
    is_told = part.definition.whole == whole.name or part.name.endswith(f"的{whole.name}")
    return base(part.unit) == base(whole.unit) and (is_in or is_told)


def _stem(part: Value, whole: Value) -> str:
    """What some of a whole have come to, without the whole's name; nothing where that is another thing."""
    name = part.name.removesuffix("率")
    if name.endswith(f"的{whole.name}"):
        return name.removesuffix(f"的{whole.name}")
    called = re.sub(f"(?:的?(?:{whole.name[-2:]}|{_NOUNS}))+$", "", name).removesuffix("完成")
    stem = called.lstrip(whole.name)
    is_another = not part.sides and part.definition.measure == "求和" and stem == called
    return "" if is_another else stem if len(stem) > 1 else called[-2:]


def _there_is(sentence: Sentence, what: str, ahead: str, *, is_bare: bool) -> Value | None:
    """The figure of which words say that there is nothing, where there is; last year, if that is meant."""
    what = re.sub(f"(?:的|{_NOUNS})*$", "", what)
    is_last = re.search("(?:上一?年度?|去年)(?:尚|还|并|则)?$", ahead)
    for value in (sentence.last if is_last else sentence.values).values():
        if not value.number or value.unit == "%" or not what:
            continue
        if value.part_name:  # 未发生行政诉讼败诉
            if what == value.of.removesuffix("案件") + value.part_name:
                return value
            continue
        held = value.definition
        kind = (held.conditions or {}).get("类别") if held.kind in _HAPPEN else None
        called = {
            re.sub(f"(?:的|{_NOUNS})*$", "", one)
            for one in (value.name, *held.called, kind or "")
            if isinstance(one, str)
        }
        kinds = {what.removesuffix(one) for one in called if one and what.endswith(one)}
        is_any = any(re.fullmatch(_ANY, one) for one in kinds)
        if kinds and not is_any and not shared(value.name, min(kinds)):
            continue  # 未发生较大及以上事故, where there were others
        share, at = likeness(value.name, what)
        is_meant = is_any or (not is_bare and share >= _NEARLY and at + 2 >= len(what))
        if is_meant or (not is_bare and len(what) >= _WHOLE_NAME and value.name.startswith(what)):
            return value
    return None


def _is_beside(sentence: Sentence, said: re.Match[str]) -> bool:
    """Whether all is said just behind a number, or of the rest, so that someone must look at it."""
    if said["rest"]:
        return bool(re.search(_OUTCOMES["在办"][0], said["what"]))
    behind = re.search(_BESIDE, sentence.text[: said.start("how")])
    is_closer = behind and not re.search("[，,]", behind[0])
    is_all = re.fullmatch(_EVERY, said["all"]) or re.match(_COMES_TO, said["what"])
    return bool(behind and (is_closer or is_all))
