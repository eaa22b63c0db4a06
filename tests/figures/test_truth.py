"""What a wording prints is true, and what would be true is printed: for every wording, at every edge.

The truth is computed apart: from the words alone, as section 2 of the domain notes holds them true
(docs/guide/counting.md#属实). Nothing here asks the program what its words mean.
"""

import re
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from itertools import product
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fazhi.figures.filters import WORDINGS
from fazhi.figures.value import Value, Values
from fazhi.records.narrative import Narrative, ReportMeta
from fazhi.report import rendering
from fazhi.schema.definition import Definition
from fazhi.sources.source import Source

META = ReportMeta.model_validate({"标题": "报告", "署名": "乡", "成文日期": date(2025, 2, 12)})
MADE = {"板块": "法治宣传", "记录": "活动", "字段": "甲"}
COUNT, MONEY, RATE, PARTS = (
    Definition.model_validate({"板块": "法治宣传", **keys})
    for keys in (
        MADE | {"名称": "数", "统计": "求和", "单位": "份"},
        MADE | {"名称": "数", "统计": "求和", "单位": "万元"},
        {"名称": "数", "统计": "比率"},
        {"名称": "数", "统计": "分类", "记录": "活动", "单位": "场", "按": "类别"},
    )
)

EDGES = (0, 1, 9, 10, 11)
BOUNDS = (1, 9, 10, 11, 20, 99, 100, 200, 300, 2000, 5600, 10_000, 15_000, 20_000, 10**8)
RATE_BOUNDS = ("0.01", "1", "10", "11", "33.33", "95", "99", "99.99", "100")
WHOLES = (1, 3, 9, 10, 11, 238, 1000, 10_000, 20_001, 10**8)


def said(expression: str, now: Value, last: Value | None = None) -> str | None:
    """What an expression prints; None where it may not."""
    text = f"⟦{{{{ {expression} }}}}⟧"
    narrative = Narrative(2024, META, Source("docs/report/2024.md", text, {}, text))
    before: Values = {"数": last} if last else {}
    rendered = rendering.render(narrative, {"数": now}, before)
    assert {problem.rule for problem in rendered.problems} <= {"FZ704"}
    return None if rendered.problems else rendered.markdown.strip("⟦⟧")


def count(number: int, definition: Definition = COUNT, year: int = 2024) -> Value:
    """A figure of so many 份; in 万元 of so many 元."""
    times = 10_000 if definition is MONEY else 1
    return Value(definition, year, Fraction(number, times))


def rate(above: int, below: int, year: int = 2024) -> Value:
    number = Fraction(above * 100, below)
    return Value(RATE, year, number, numerator=above, denominator=below)


# What words say, read as anybody would


DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2} | {c: n for n, c in enumerate("三四五六七八九", 3)}
PLACES = {"十": 10, "百": 100, "千": 1000}
SCALES = {"万": 10_000, "亿": 10**8}


def read(number: str) -> Fraction:
    """A number in digits, with 万 or 亿 behind it, or in Chinese numerals."""
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)([万亿]?)", number):
        return Fraction(match[1]) * SCALES.get(match[2], 1)
    total = group = digit = 0
    for sign in number:
        if sign in SCALES:
            total, group, digit = total + (group + digit or 1) * SCALES[sign], 0, 0
        elif sign in PLACES:
            group, digit = group + (digit or 1) * PLACES[sign], 0
        else:
            digit = DIGITS[sign]
    return Fraction(total + group + digit)


NUMBER = r"(?P<number>[\d.]+[万亿]?|[零一二两三四五六七八九十百千万亿]+)"
CLAIM = re.compile(
    rf"(?P<before>[近逾]?){NUMBER}(?P<more>[余多]?)(?P<unit>份|万元|%)(?P<after>(?:以上)?)"
)


def holds(words: str, exact: Fraction) -> bool:
    """Whether words are true of the exact number: of a count as it is, of money in 元, of a rate in %."""
    claim = CLAIM.fullmatch(words)
    assert claim, words
    bound = bound_of(words) * (10_000 if claim["unit"] == "万元" else 1)
    form = claim["before"] + claim["more"] + claim["after"]
    if form in ("余", "多"):
        return is_some_more(exact, bound)
    if form == "近" and claim["unit"] == "%":
        return max(bound - 1, bound * 9 / 10) <= exact < bound != exact + 1
    if form == "近":
        return Fraction(9, 10) * bound <= exact < bound
    if form == "以上":
        return exact >= bound
    if form == "逾":
        return exact > bound
    assert not form, words
    if claim["unit"] == "%":
        return is_rounded(claim["number"], exact)
    return exact == bound


def bound_of(words: str) -> Fraction:
    claim = CLAIM.fullmatch(words)
    assert claim, words
    return read(claim["number"])


def is_some_more(exact: Fraction, bound: Fraction) -> bool:
    """N余: above 10, more than N, and less than with one more in N's last place that is no 0."""
    assert bound.denominator == 1
    place = 1
    while bound and bound % (place * 10) == 0:
        place *= 10
    return exact > 10 and bound < exact < bound + place


def is_rounded(digits: str, exact: Fraction) -> bool:
    """Half-up to its decimals, and neither 0 nor 100 unless that is exact."""
    unit = Fraction(1, 10 ** len(digits.partition(".")[2]))
    nearest = floor(exact / unit + Fraction(1, 2)) * unit
    printed = Fraction(digits)
    return printed == nearest and (printed not in (0, 100) or printed == exact)


def leading(number: int, digits: int) -> int:
    """A number with its first digits alone."""
    text = str(number)
    return int(text[:digits].ljust(len(text), "0"))


# Every wording, and when it has to be printed


def counts(bound: int) -> set[int]:
    """The edges, the bound and its neighbours, and those of nine tenths of it."""
    near = {b + more for b in (bound, bound * 9 // 10) for more in (-1, 0, 1)}
    return {n for n in (*EDGES, *near) if n >= 0}


def check_count(number: int, bound: int, digits: Iterable[int], definition: Definition) -> None:
    """All that can be said of a count, of its first digits alone in turn."""
    value = count(number, definition)
    exact, times = Fraction(number), 10_000 if definition is MONEY else 1
    level = Fraction(number, times)
    said_of = {
        f"数 | {some}({first})": exact > 10 * times and leading(int(level), first) * times != exact
        for some, first in product("余多", digits)
    }
    said_of |= {
        "数": True,
        f"数 | 近({bound})": Fraction(9, 10) * bound <= level < bound,
        f"数 | 以上({bound})": level >= bound,
        f"数 | 逾({bound})": level > bound,
    }
    for expression, is_true in said_of.items():
        words = said(expression, value)
        assert (words is not None) is is_true, (expression, number)
        assert words is None or holds(words, exact), (words, number)
        check_written(expression, value, exact, words)
    check_decimals(value, level, definition)
    check_about(value, exact, definition)


def check_about(value: Value, exact: Fraction, definition: Definition) -> None:
    """约 is the nearest number of so many decimals, another one, and a twentieth away at most."""
    for decimals in (0, 1, 2):
        if definition is MONEY:
            words, unit = said(f"数 | 约({decimals})", value), Fraction(10_000)
        else:
            words, unit = said(f"数 | 约({decimals}) | 万", value), Fraction(10_000)
        step = unit / 10**decimals
        nearest = floor(exact / step + Fraction(1, 2)) * step
        is_true = nearest != exact and abs(nearest - exact) * 20 <= exact
        assert (words is not None) is is_true, (exact, decimals)
        if words is not None:
            found = re.fullmatch(r"约([\d.]+)万(?:份|元)", words)
            assert found, words
            assert Fraction(found[1]) * 10_000 == nearest


def check_decimals(value: Value, level: Fraction, definition: Definition) -> None:
    """So many decimals are printed of what can be parted, half-up, and never 0 of what is not."""
    words = said("数 | 小数(1)", value)
    assert (words is not None) is (definition is MONEY)
    if words is not None:
        digits = words.removesuffix("万元")
        unit = Fraction(1, 10 ** len(digits.partition(".")[2]))
        assert Fraction(digits) == floor(level / unit + Fraction(1, 2)) * unit
        assert bool(Fraction(digits)) is bool(level)


def check_written(expression: str, value: Value, exact: Fraction, words: str | None) -> None:
    """The same in Chinese numerals, in 万 and in 亿: another way of writing it, and never another number."""
    for way in ("汉字", "万", "亿"):
        written = said(f"{expression} | {way}", value)
        if written is not None:
            assert words is not None
            assert holds(written, exact), (written, exact)
            assert bound_of(written) == bound_of(words)
        elif words is not None and value.definition is COUNT:
            assert way == "汉字", (expression, exact)


def check_rate(above: int, below: int, bound: str, every: Iterable[int]) -> None:
    """All that can be said of a rate, and with so many decimals in turn."""
    value, level = rate(above, below), Fraction(above * 100, below)
    limit = Fraction(bound)
    said_of = {
        "数": True,
        f"数 | 以上({bound})": level >= limit,
        f"数 | 逾({bound})": level > limit,
        f"数 | 近({bound})": limit - 1 < level < limit and level >= limit * 9 / 10,
        "数 | 全部": level == 100,
        "数 | 余": False,
        "数 | 多(2)": False,
        "数 | 汉字": False,
        "数 | 万": False,
        "数 | 亿": False,
    }
    for expression, is_true in said_of.items():
        words = said(expression, value)
        assert (words is not None) is is_true, (expression, above, below)
        assert words in (None, "全部") or holds(words, level), (words, above, below)
    for decimals in every:
        words = said(f"数 | 小数({decimals})", value)
        assert words == written_out(level, decimals)
        assert holds(words, level), (words, above, below)


def written_out(level: Fraction, decimals: int) -> str:
    """A rate with so many decimals; 0 and 100 with none, and what would round to them with more."""
    if level in (0, 100):
        return f"{level}%"
    places, scaled = decimals, 0
    while (scaled := floor(level * 10**places + Fraction(1, 2))) in (0, 100 * 10**places):
        places += 1
    whole, rest = divmod(scaled, 10**places)
    return f"{whole}.{rest:0{places}}%" if places else f"{whole}%"


def check_change_in_number(now: Value, last: Value) -> None:
    """同比数 says how many more or fewer there are, of nothing too; of a rate by how many points."""
    words = said("数 | 同比数", now, last)
    assert words is not None
    assert now.number is not None
    assert last.number is not None
    if now.unit == "%":
        assert words == said("数 | 同比", now, last)
    elif now.number == last.number:
        assert words == "持平"
    else:
        found = re.fullmatch(rf"(增加|减少)([\d.]+){now.unit}", words)
        assert found, words
        assert Fraction(found[2]) * (1 if found[1] == "增加" else -1) == now.number - last.number


def check_change(now: Value, last: Value, *every: int) -> None:
    """同比 says by how much, and in which direction, with so many decimals in turn."""
    check_change_in_number(now, last)
    for decimals in every:
        check_change_to(decimals, now, last)


def check_change_to(decimals: int, now: Value, last: Value) -> None:
    words = said(f"数 | 同比({decimals})", now, last)
    assert now.number is not None
    assert last.number is not None
    if now.number == last.number:
        assert words == "持平"
    elif now.unit != "%" and last.number == 0:
        assert words is None
    else:
        assert words
        match = re.fullmatch(r"(增长|提高|下降)([\d.]+)(%|个百分点)", words)
        assert match, words
        amount = abs(Fraction(now.digits) - Fraction(last.digits)) or abs(now.number - last.number)
        if now.unit != "%":
            amount = amount * 100 / last.number
        up, unit = ("提高", "个百分点") if now.unit == "%" else ("增长", "%")
        assert match[1] == (up if now.number > last.number else "下降")
        assert match[3] == unit
        printed = Fraction(match[2])
        assert printed != 0
        whole, _, rest = match[2].partition(".")
        assert is_rounded(f"{whole}.{rest.ljust(decimals, '0')}", amount), (words, amount)


UP = ["增长", "增加", "上升", "提高", "提升", "升", "多", "上涨达"]
DOWN = ["下降", "减少", "降低", "回落", "下滑", "压减", "少", "缩短了"]


def share_of(words: str) -> tuple[str, Fraction]:
    """How words compare a rate with so many percent: 超八成 with 80."""
    claim = re.fullmatch("(超|近|约)?(?:(.)成(.?)|(.)分之(.)|(?:一半|半数))(以上|多)?", words)
    assert claim, words
    how, tens, one, below, above, behind = claim.groups()
    if tens:
        many = "零一二三四五六七八九".index
        one = "" if one == "多" else one
        behind = "多" if words.endswith("多") else behind
        percent = Fraction(many(tens.replace("两", "二")) * 10 + (many(one) if one else 0))
    elif below:
        percent = Fraction(read(above) * 100, read(below))
    else:
        percent = Fraction(50)
    return how or behind or "", percent


@pytest.mark.parametrize("below", [3, 7, 40, 200, 238])  # of 200: on every edge, as 67.5%
def test_shares_are_true(below):
    ways = [f"{how} | 成" for how in ("超(80)", "近(80)", "以上(80)", "多", "约", "超(75)")]
    ways += ["成", "分之", *(f"{how}({of})" for how in "超近约" for of in ("1/3", "1/2", "2/3"))]
    is_true = {
        "超": lambda exact, told: exact > told,
        "以上": lambda exact, told: exact >= told,
        "近": lambda exact, told: max(told * 9 / 10, told - 5) <= exact < told != exact + 5,
        "约": lambda exact, told: told != exact and abs(told - exact) * 20 <= exact,
        "多": lambda exact, told: told < exact < told + 10,
        "": lambda exact, told: abs(told - exact) * 20 <= exact and (told % 10 or told == exact),
    }
    said_of = dict.fromkeys(ways, 0)
    for above, way in product(range(below + 1), ways):
        exact = Fraction(above * 100, below)
        if words := said(f"数 | {way}", rate(above, below)):
            said_of[way] += 1
            how, told = share_of(words)
            assert is_true[how](exact, told), (words, exact)
    assert below < 100 or all(said_of.values())


@pytest.mark.parametrize("make", [count, lambda n, year: rate(n, 20, year)], ids=["份", "%"])
@pytest.mark.parametrize(("now", "last"), [(12, 10), (8, 10), (10, 10)])
def test_a_change_is_said_in_a_word_that_is_true(make, now, last):
    values = make(now, year=2024), make(last, year=2023)
    for wording in ("同比", "同比数"):
        usual = said(f"数 | {wording}", *values)
        assert usual
        for word in UP + DOWN:
            words = said(f"数 | {wording}({word})", *values)
            is_true = now > last if word in UP else now < last
            assert words == (f"{word}{usual[2:]}" if is_true else None)
    assert said("数 | 同比(2, 上升)", make(11, year=2024), make(9, year=2023)) == (
        "上升22.22%" if make is count else "上升10.00个百分点"
    )


@pytest.mark.parametrize("definition", [COUNT, MONEY], ids=["份", "万元"])
@pytest.mark.parametrize("bound", BOUNDS)
def test_counts_at_every_edge(bound, definition):
    times = 10_000 if definition is MONEY else 1
    around = {n * times for n in counts(bound)} | {bound * times - 1, bound * times + 1, *EDGES}
    for number in sorted(around):
        check_count(number, bound, (1, 2, 3), definition)


@pytest.mark.parametrize("below", WHOLES)
def test_rates_at_every_edge(below):
    for bound in RATE_BOUNDS:
        at = Fraction(bound) * below / 100
        around = {floor(at) + more for more in (-1, 0, 1, 2)} | {*EDGES, below - 1, below}
        for above in sorted(around):
            if 0 <= above <= below:
                check_rate(above, below, bound, (0, 2))


def test_changes_at_every_edge():
    numbers = sorted({n for bound in BOUNDS[::2] for n in (*EDGES, bound - 1, bound, bound + 1)})
    for now, last in product(numbers, numbers):
        check_change(count(now), count(last, year=2023), 0, 1)
    sides = [(a, b) for b in WHOLES[::3] for a in {*EDGES, b - 1, b} if 0 <= a <= b]
    for one, other in product(sides, sides):
        check_change(rate(*one), rate(*other, year=2023), 0, 1)


@settings(deadline=None)
@given(
    st.integers(0, 10**8), st.integers(1, 10**8), st.integers(1, 8), st.sampled_from([COUNT, MONEY])
)
def test_any_count(number, bound, digits, definition):
    check_count(number, bound, [digits], definition)


@settings(deadline=None)
@given(
    st.integers(1, 10**8).flatmap(lambda below: st.tuples(st.integers(0, below), st.just(below))),
    st.integers(1, 10_000),
    st.integers(0, 8),
)
def test_any_rate(sides, bound, decimals):
    above, below = sides
    check_rate(above, below, f"{bound / 100:.2f}", [decimals])


@settings(deadline=None)
@given(st.integers(0, 10**8), st.integers(0, 10**8), st.integers(0, 8))
def test_any_change(now, last, decimals):
    check_change(count(now), count(last, year=2023), decimals)
    check_change(count(now, MONEY), count(last, MONEY, year=2023), decimals)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["甲", "乙", "丙", "热线12345"]),
        st.one_of(st.sampled_from(EDGES), st.integers(0, 10**8)),
    )
)
def test_any_parts(parts):
    value = Value(PARTS, 2024, Fraction(sum(parts.values())), parts=parts)
    words = said("数 | 分项", value)
    if not parts:
        assert words is None
        return
    assert words
    read_back = (re.fullmatch(r"(?:“(.+)”|(\D+))(\d+)场", part) for part in words.split("、"))
    assert {match[1] or match[2]: int(match[3]) for match in read_back if match} == parts


@settings(deadline=None)
@given(st.integers(0, 10**8))
def test_any_number_without_its_unit(number):
    assert said("数 | 不带单位", count(number)) == str(number)
    assert f"{said('数 | 万 | 不带单位', count(number))}万份" == said("数 | 万", count(number))


def test_every_wording_is_here():
    tried = {
        "余",
        "多",
        "近",
        "以上",
        "逾",
        "小数",
        "汉字",
        "万",
        "亿",
        "全部",
        "均",
        "同比",
        "同比数",
        "分项",
    }
    tried |= {"不带单位", "单位", "同比数", "约", "成", "分之", "倍", "超", "超过", "突破"}
    tried |= {"不少于", "不低于", "以内", "以下", "低于", "不足", "不到"}
    assert set(WORDINGS) == tried
