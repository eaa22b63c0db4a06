"""The title that a picture has where none is typed: the first finding that holds, and no untrue one."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from fazhi.figures.series import Point, Series
from fazhi.figures.value import Value
from fazhi.report.findings import finding
from fazhi.schema.definition import Definition


def definition(unit: str, **more: object) -> Definition:
    given = {"名称": "调解", "板块": "矛盾化解", "统计": "件数", "单位": unit, "记录": "案件"}
    if unit == "%":
        given = {"名称": "成功率", "板块": "矛盾化解", "统计": "比率", "分子": "甲", "分母": "乙"}
    return Definition.model_validate(given | more)


def series(written: str) -> Series:
    """60 40 238起: the years up to 2024; - is a gap, ? 暂无, ~40 of another 口径, 228/238 a rate."""
    unit = "%" if "/" in written else "起"
    words = written.removesuffix("起").split()
    points = []
    for year, word in enumerate(words, 2025 - len(words)):
        number, _, whole = word.lstrip("~").partition("/")
        value: Value | None = Value(definition(unit), year, None)
        if number.isdigit() and value:
            exact = Fraction(int(number) * 100, int(whole)) if whole else Fraction(number)
            value = replace(value, number=exact)
        points.append(Point(year, None if word == "-" else value, "~" not in word and word != "-"))
    return Series(tuple(points))


OVER_YEARS = """
238起 | 调解238起
64 238起 | 调解238起，比上年增长271.9%
238 238起 | 调解238起，与上年持平
240 238起 | 调解238起，比上年下降0.8%
9 14起 | 调解14起，比上年增加5起
0 14起 | 调解14起
14 0起 | 调解0起，比上年减少14起
? 14起 | 调解14起
14 ?起 | 调解暂无
~64 238起 | 调解238起
64 - 238起 | 调解238起
64 ? 238起 | 调解238起
40 64 238起 | 调解238起，连续两年增长
238 64 40起 | 调解40起，连续两年下降
30 40 64 238起 | 调解238起，连续三年增长
60 40 64 238起 | 调解238起，连续两年增长
60 40 238起 | 调解238起，为三年来最多
50 60 40起 | 调解40起，为三年来最少
60 40 60起 | 调解60起，比上年增长50%
60 60 40 60起 | 调解60起，比上年增长50%
30 60 60 50 90起 | 调解90起，为五年来最多
900 - 60 50 90起 | 调解90起，为三年来最多
900 ~800 60 50 90起 | 调解90起，为三年来最多
30 ~40 50起 | 调解50起
60 ~40 50 60起 | 调解60起，比上年增长20%
1 - 40 50 60起 | 调解60起，连续两年增长
1 2 3 4 5 6 7 8 9 10 11 12起 | 调解12起，连续十一年增长
96/100 | 成功率96%
96/100 97/100 | 成功率97%，比上年提高1个百分点
97/100 96/100 | 成功率96%，比上年下降1个百分点
96/100 96/100 | 成功率96%，与上年持平
96/100 98/100 97/100 | 成功率97%，连续三年在95%以上
98/100 98/100 98/100 | 成功率98%，连续三年在98%以上
95/100 96/100 95/100 | 成功率95%，连续三年在95%以上
94/100 96/100 95/100 | 成功率95%，连续三年在90%以上
50/100 96/100 98/100 97/100 | 成功率97%，连续三年在95%以上
95/100 96/100 97/100 | 成功率97%，连续两年提高
99/100 98/100 97/100 | 成功率97%，连续两年下降
50/100 60/100 40/100 | 成功率40%，为三年来最低
96/100 - 98/100 97/100 | 成功率97%，比上年下降1个百分点
100/100 | 成功率100%
98/100 100/100 | 成功率100%
99/100 100/100 100/100 | 成功率100%，连续两年是100%
100/100 100/100 100/100 | 成功率100%，连续三年是100%
100/100 98/100 100/100 | 成功率100%，连续三年在98%以上
0/100 0/100 | 成功率0%，与上年持平
"""


@pytest.mark.parametrize("line", OVER_YEARS.strip().splitlines())
def test_over_the_years(line: str) -> None:
    written, said = line.split(" | ")
    assert finding(series(written), "柱") == finding(series(written), "线") == said


def test_what_prints_alike_is_no_trend() -> None:
    printed = "95801/100000 95802/100000 95803/100000"
    assert finding(series(printed), "线") == "成功率95.8%，连续三年在95%以上"


def test_a_change_has_the_decimals_of_the_report() -> None:
    assert finding(series("1880 2360起"), "柱", decimals=2).endswith("增长25.53%")


def test_a_year_that_is_not_over_is_compared_with_none() -> None:
    assert finding(series("40 64 238起"), "柱", is_whole=False) == "调解目前238起"


def withheld(one: Series) -> Series:
    *before, last = one.points
    assert last.value
    hidden = replace(last, value=replace(last.value, number=None, withheld=True))
    return Series((*before, hidden))


def test_what_is_withheld_is_compared_with_nothing() -> None:
    assert finding(withheld(series("64 238起")), "柱") == "调解不公布"
    before = withheld(series("12 64起")).points
    held = Series((*before, replace(series("238起").points[0])))
    assert finding(held, "柱") == "调解238起"


PARTS = """
100 | 甲60 乙40 | 调解100起，最多的是甲，占60.0%
100 | 甲33 乙33 丙34 | 调解100起，最多的是丙，占34.0%
100 | 甲45 乙45 丙10 | 调解100起，甲、乙最多，各占45.0%
100 | 甲30 乙30 丙30 丁10 | 调解100起，甲、乙、丙最多，各占30.0%
100 | 甲50 乙50 | 调解100起，甲、乙各50起
100 | 甲25 乙25 丙25 丁25 | 调解100起
100 | 甲100 | 调解100起，全部是甲
100 | 甲90 | 调解100起
100 | 其他100 | 调解100起
100 | 甲30 其他70 | 调解100起
100 | 甲50 其他50 | 调解100起，甲、其他各50起
100 | 甲30 未填70 | 调解100起
100 | 甲60 其他40 | 调解100起，最多的是甲，占60.0%
14 | 甲9 乙5 | 调解14起，最多的是甲，有9起
240 | 甲100 乙99 丙41 | 调解240起，最多的是甲，占41.7%
0 | 甲0 乙0 | 调解0起
5 | | 调解5起
"""


@pytest.mark.parametrize("line", PARTS.strip().splitlines())
def test_parts(line: str) -> None:
    whole, parts, said = line.split("|")
    counts = {word.rstrip("0123456789"): word for word in parts.split()}
    held = {name: int(word.removeprefix(name)) for name, word in counts.items()}
    now = replace(series(f"{whole.strip()}起").newest, parts=held or None)
    assert finding(Series((Point(2024, now, True),)), "分项") == said.strip()
    people = replace(now, sensitive=True)
    assert finding(Series((Point(2024, people, True),)), "分项") == f"调解{whole.strip()}起"


def test_a_unit_is_said_once() -> None:
    now = Value(definition("人次", 名称="培训及考试人次"), 2024, Fraction(12))
    assert finding(Series((Point(2024, now, True),)), "柱") == "培训及考试12人次"


MONTHS = """
1 5 3 0 0 0 0 0 0 0 0 0 | 调解9起，最多的是2月，有5起
5 5 3 0 0 0 0 0 0 0 0 0 | 调解13起，1月、2月最多，各5起
5 5 5 5 0 0 0 0 0 0 0 0 | 调解20起
1 5 3 - - - - - - - - - | 调解9起，1月至3月里最多的是2月，有5起
1 - 3 9 9 9 9 9 9 9 9 9 | 调解85起
5 - - - - - - - - - - - | 调解5起
2 2 2 - - - - - - - - - | 调解6起
0 0 0 - - - - - - - - - | 调解0起
"""


@pytest.mark.parametrize("line", MONTHS.strip().splitlines())
def test_months(line: str) -> None:
    written, said = line.split(" | ")
    months = [Fraction(n) if n.isdigit() else None for n in written.split()]
    one = series(f"{sum(filter(None, months))}起")
    is_whole = months[-1] is not None
    wanted = said if is_whole else said.replace("调解", "调解目前")
    assert finding(one, "逐月", months=months, is_whole=is_whole) == wanted


def test_what_an_earlier_picture_has_is_not_said_again() -> None:
    months = [Fraction(n) for n in (1, 5, 3, *[0] * 9)]
    assert finding(series("9起"), "逐月", months=months, is_told=True) == "调解：最多的是2月，有5起"
    assert finding(series("4 9起"), "柱", is_told=True) == "调解：比上年增加5起"
    assert finding(series("9起"), "柱", is_told=True) == "调解9起"  # or the title would say nothing


def test_a_rate_is_so_many_of_so_many() -> None:
    rate = replace(series("228/238").newest, numerator=228, denominator=238)
    sides = (
        Value(definition("起", 名称="矛盾纠纷调解成功"), 2024, Fraction(228)),
        Value(definition("起", 名称="矛盾纠纷受理"), 2024, Fraction(238)),
    )

    def said(**changes: Any) -> str:
        now = replace(rate, **{"sides": sides, **changes})
        return finding(Series((Point(2024, now, True),)), "比率")

    assert said() == "成功率95.8%，238起中调解成功228起"
    for part, whole, words in (
        ("诉源治理回流案件调处成功", "回流案件", "调处成功"),
        ("处罚.罚款", "处罚", "罚款"),
        ("女性受理", "女方受理", "女性受理"),  # no word is cut
        ("受理的件次", "受理", "的件次"),
    ):
        named = ((sides[0], part), (sides[1], whole))
        of_it = tuple(replace(one, definition=definition("起", 名称=name)) for one, name in named)
        assert said(sides=of_it) == f"成功率95.8%，238起中{words}228起"
    assert said(number=Fraction(100), numerator=238) == "成功率100%"
    assert said(sides=(replace(sides[0], year=2023), sides[1])) == "成功率95.8%"
    assert said(sides=sides[:1]) == "成功率95.8%"
    assert said(number=None, numerator=None, denominator=None, withheld=True) == "成功率不公布"
