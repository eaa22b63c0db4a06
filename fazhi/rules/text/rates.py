"""The rule that a typed rate agrees with the counts in its sentence."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache

from fazhi import regex as re
from fazhi.pattern import HAN, Pattern
from fazhi.problems.problem import ERROR
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import Passage
from fazhi.schema.every_kind import Fields
from fazhi.schema.fields import specs
from fazhi.schema.numerals import percent
from fazhi.schema.words import Rate

RULES = Checks[[Passage, Lexicon]]()

PERCENT = Pattern(
    f"(?:(?:和|与|及|、){HAN}{{1,10}}率)?(?:均|都)?"
    r"(?P<above>(?:为|是|达到|达|在|约|高|保持在|稳定在|不低于|不少于|超过|高于|：|:|\s)*)"
    r"(?P<number>\d{1,3}(?:\.\d{1,4})?)\s?%(?P<after>以上|及以上|以下|左右|多)?"
)
OTHER_TIME = Pattern(
    r"上年|去年|往年|同期|上一年|全[县市区省国]|各村|计划|拟|目标|要求|任务|力争|确保|不得|应当达"
)


@finds(ERROR, RULES)
def true_rates(passage: Passage, lexicon: Lexicon) -> Found:
    """FZ805: 手写的率，和同一句里的分子、分母算出来的一致。

    如受理36起、调解成功35起，是97.2%，不能写99%。四舍五入到写出的小数位；“95%以上”是不小于95%；分子等于分母才是100%。哪个率用哪两个数，写在词表的“率”里；考试记录的句子里没有写人数的，用“应考”“参考”“合格”各项。
    改法：照提示改率；人数不对的，改人数。
    """
    if "率" not in passage.text:
        return
    text = passage.plain
    found = list(_typed_rates(text.text, lexicon))
    times = Counter(name for name, *_ in found)
    for name, typed, place, sentence in found:
        # Where a rate is stated twice, the record's own counts are those of neither.
        own = _own_counts(passage.fields) if passage.fields and times[name] == 1 else {}
        for rate in lexicon.vocabulary.rates:
            if rate.name == name and rate.holds_in(passage.year):
                counts = _counts(rate, sentence, own)
                if said := counts and difference(name, typed, *counts):
                    yield passage, text.at(place), *said


def _typed_rates(text: str, lexicon: Lexicon) -> Iterator[tuple[str, re.Match[str], int, str]]:
    """The rates of this year's work: name, percentage, where that is, and the sentence."""
    for sentence in re.finditer(r"[^。；;！？!?\n]{1,1000}", text):
        for name in lexicon.rate.finditer(sentence[0]):
            percent = PERCENT.match(sentence[0], name.end())
            clause = re.split("[，,]", sentence[0][: name.start()])[-1]
            if percent and not OTHER_TIME.search(clause):
                yield name[0], percent, sentence.start() + percent.start("number"), sentence[0]


def difference(name: str, typed: re.Match[str], part: int, whole: int) -> tuple[str, str] | None:
    """What is wrong with a rate of `part` in `whole`, and how to fix it."""
    if not whole or typed["after"] in {"以下", "左右", "多"}:
        return None
    printed, exact = Fraction(typed["number"]), Fraction(part * 100, whole)
    decimals = len(typed["number"].partition(".")[2])
    above = typed["above"].strip()
    words = f"{typed['number']}%"
    if typed["after"] or above.endswith(("不低于", "不少于")):
        is_true, words = exact >= printed, f"{words}以上"
    elif above.endswith(("超过", "高于")):
        is_true, words = exact > printed, f"超过{words}"
    elif printed in (0, 100):
        is_true = exact == printed
    else:
        half = Fraction(1, 2 * 10**decimals)
        is_true = -half <= exact - printed < half
    if is_true:
        return None
    message = f"{shown(name)}是 {part}/{whole}，不能写{words}"
    return message, f"改成 {percent(exact, decimals)}%；数不对的，改数"


def _counts(rate: Rate, sentence: str, own: Mapping[str, int]) -> tuple[int, int] | None:
    """Both counts of a rate: those of the sentence, or the record's own where it has neither."""
    part, whole = _typed(rate.numerators, sentence), _typed(rate.denominators, sentence)
    if not part and not whole:
        part = frozenset(own[word] for word in rate.numerators if word in own)
        whole = frozenset(own[word] for word in rate.denominators if word in own)
    if len(part) != 1 or len(whole) != 1:  # missing, or of several groups
        return None
    return next(iter(part)), next(iter(whole))


_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?![\d.,]?\d|[余多几]|\s?[%‰万亿])"
_UNIT = r"(?:人次|人|名|件|起|份|个|场次|场|次)"
_JOINED = r"(?:人数|人员|干部|案件|矛盾|纠纷|件数|起数|数|的|了|共计|共|有|为|是|达到|达|：|:|\s)*"
_BEHIND = Pattern(rf"{_JOINED}{_NUMBER}(?!{_UNIT}?(?:余|多|以上|左右|以下))")
_AHEAD = Pattern(rf"(?<![\d.,近约超逾过]){_NUMBER}{_UNIT}")


@lru_cache(maxsize=64)  # a sentence that states many rates is searched once for each count
def _typed(words: Sequence[str], sentence: str) -> frozenset[int]:
    """The exact counts that a sentence gives for one of some words: 应考62人, 62人应考."""
    if not any(word in sentence for word in words):
        return frozenset()
    places = re.finditer(rf"(?<!不)(?<!未)(?:{'|'.join(map(re.escape, words))})", sentence)
    said = {place.start(): place.end() for place in places}
    after = [found[1] for end in said.values() if (found := _BEHIND.match(sentence, end))]
    before = [
        found[1]
        for found in _AHEAD.finditer(sentence)
        if (end := said.get(found.end())) and not re.match(r"[率\d]", sentence[end:])
    ]
    return frozenset(int(number.replace(",", "")) for number in after or before)


def _own_counts(fields: Fields) -> dict[str, int]:
    counts = {key: getattr(fields, spec.attribute) for key, spec in specs(type(fields)).items()}
    return {key: count for key, count in counts.items() if isinstance(count, int)}


_SHARE = Pattern(
    r"(?P<part>\d{1,9})(?P<unit>[^\d，,。；;、占]{1,3})[，,]?占[^\d，,。；;]{0,16}(?P<whole>\d{1,9})(?P=unit)"
    r"的(?P<number>\d{1,3}(?:\.\d{1,4})?)%(?P<above>)(?P<after>以上)?"
)
_AMONG = Pattern(
    r"(?P<whole>\d{1,9})(?P<unit>[^\d，,。；;、占]{1,3})[，,（(]其中[^\d。；;、占]{0,16}(?P<part>\d{1,9})(?P=unit)"
    r"[，,（(]占(?:比|总数|总量|全部|其)?的?[为是达到]*(?P<number>\d{1,3}(?:\.\d{1,4})?)%(?P<above>)(?P<after>以上)?"
)


@finds(ERROR, RULES)
def true_shares(passage: Passage, _: Lexicon) -> Found:
    """FZ807: “甲几件，占乙几件的百分之几”“甲几件，其中乙几件，占百分之几”，百分之几和两个数一致。

    如合格60人，占参考62人的96.8%，不能写99%。四舍五入到写出的小数位。
    改法：照提示改百分之几；数不对的，改数。
    """
    if "占" not in passage.text:
        return
    text = passage.plain
    for share in (*_SHARE.finditer(text.text), *_AMONG.finditer(text.text)):
        if said := difference("占的比例", share, int(share["part"]), int(share["whole"])):
            yield passage, text.at(share.start("number")), *said
