"""Each wording: what it prints, and when it would be untrue (section 2 of the domain notes)."""

from __future__ import annotations

import re

import pytest

from fazhi.figures.numerals import chinese_numeral
from fazhi.report import rendering
from tests.conftest import MakeProject, checked

FIGURES = """\
- {名称: 资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数}
- {名称: 应考, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 应考}
- {名称: 合格, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 合格}
- {名称: 合格率, 板块: 法治宣传, 统计: 比率, 分子: 合格, 分母: 应考}
"""
BODY = """\
## 成效 {{块=成效}}

⟦{expression}⟧

## 第一责任人 {{块=第一责任人}}

带头学法。

## 不足 {{块=不足}}

不足的原因。

## 安排 {{块=安排}}

继续。
"""
MOST_IN_A_RECORD = 100_000_000


def records(year: int, count: int | None, rate: tuple[int, int] | None) -> dict[str, str]:
    """Records of a year that add up to a count, and to the two sides of a rate."""
    fields: list[str] = []
    while count is not None and (count > 0 or not fields):
        fields.append(f"发放资料份数: {min(count, MOST_IN_A_RECORD)}")
        count -= MOST_IN_A_RECORD
    if rate:
        passed, expected = rate
        fields.append(f"应考: {expected}\n参考: {expected}\n合格: {passed}")
    head = f"日期: {year}-05-06\n类别: 宣传活动\n地点: 东村\n"
    return {
        f"records/{year}/activities/{place}.md": f"---\n标题: 第{place}次\n{head}{held}\n---\n内容。\n"
        for place, held in enumerate(fields)
    }


def says(
    make_project: MakeProject,
    expression: str,
    count: int | None = 1,
    rate: tuple[int, int] | None = None,
    last_count: int | None = None,
    last_rate: tuple[int, int] | None = None,
) -> str:
    """What an expression prints, or ✗ and what the checker says against it."""
    meta = "标题: 示例乡2024年报告\n署名: 某县示例乡人民政府\n成文日期: 2025-02-12\n"
    root = make_project(
        {
            "records/figures.yml": FIGURES,
            "docs/report/2024.md": f"---\n{meta}---\n{BODY.format(expression=expression)}",
            **records(2023, last_count, last_rate),
            **records(2024, count, rate),
        }
    )
    # The base's own records count something, too.
    (root / "records/2024/activities/宪法宣传.md").unlink()
    project = checked(root)
    if project.problems:
        # FZ703 where the braces hold what is no wording at all
        assert {problem.rule for problem in project.problems} <= {"FZ703", "FZ704"}
        return f"✗{project.problems[0].message}"
    year = project.years[-1]
    assert year.narrative
    rendered = rendering.render(year.narrative, year.values, year.last, lambda _, words: words)
    found = re.search("⟦(.*)⟧", rendered.markdown)
    assert found
    return found[1]


def is_untrue(words: str) -> bool:
    return words.startswith("✗")


@pytest.mark.parametrize(
    ("expression", "count", "words"),
    [
        ("{{ 资料 }}", 0, "0份"),
        ("{{ 资料 }}", 205, "205份"),
        ("{{ 资料 }}", 123456, "123456份"),
        # 余 and 多: one leading digit unless said
        ("{{ 资料 | 余 }}", 11, "10余份"),
        ("{{ 资料 | 余 }}", 14, "10余份"),
        ("{{ 资料 | 余 }}", 19, "10余份"),
        ("{{ 资料 | 余 }}", 21, "20余份"),
        ("{{ 资料 | 余 }}", 29, "20余份"),
        ("{{ 资料 | 余 }}", 99, "90余份"),
        ("{{ 资料 | 余 }}", 101, "100余份"),
        ("{{ 资料 | 余 }}", 199, "100余份"),
        ("{{ 资料 | 余 }}", 201, "200余份"),
        ("{{ 资料 | 余 }}", 299, "200余份"),
        ("{{ 资料 | 余 }}", 2001, "2000余份"),
        ("{{ 资料 | 余 }}", 2360, "2000余份"),
        ("{{ 资料 | 余 }}", 2999, "2000余份"),
        ("{{ 资料 | 余(1) }}", 2360, "2000余份"),
        ("{{ 资料 | 余(2) }}", 2360, "2300余份"),
        ("{{ 资料 | 余(3) }}", 2365, "2360余份"),
        ("{{ 资料 | 余(2) }}", 5601, "5600余份"),
        ("{{ 资料 | 余(2) }}", 5699, "5600余份"),
        ("{{ 资料 | 多 }}", 2360, "2000多份"),
        ("{{ 资料 | 多(2) }}", 2360, "2300多份"),
        # two digits of which the second is 0: one unit of the last place that is not
        ("{{ 资料 | 余(2) }}", 2050, "2000余份"),
        # 万 and 亿
        ("{{ 资料 | 余 | 万 }}", 10001, "1万余份"),
        ("{{ 资料 | 余 | 万 }}", 25000, "2万余份"),
        ("{{ 资料 | 余(2) | 万 }}", 15001, "1.5万余份"),
        ("{{ 资料 | 余(2) | 万 }}", 15999, "1.5万余份"),
        ("{{ 资料 | 万 }}", 15000, "1.5万份"),
        ("{{ 资料 | 万 }}", 20000, "2万份"),
        ("{{ 资料 | 万 }}", 12345, "1.2345万份"),
        ("{{ 资料 | 以上(15000) | 万 }}", 15000, "1.5万份以上"),
        ("{{ 资料 | 亿 }}", 150_000_000, "1.5亿份"),
        ("{{ 资料 | 余 | 亿 }}", 150_000_000, "1亿余份"),
        # 近
        ("{{ 资料 | 近(300) }}", 270, "近300份"),
        ("{{ 资料 | 近(300) }}", 299, "近300份"),
        ("{{ 资料 | 近(10) }}", 9, "近10份"),
        # 以上 and 逾
        ("{{ 资料 | 以上(200) }}", 200, "200份以上"),
        ("{{ 资料 | 以上(200) }}", 201, "200份以上"),
        ("{{ 资料 | 逾(200) }}", 201, "逾200份"),
        # Chinese numerals
        ("{{ 资料 | 汉字 }}", 0, "零份"),
        ("{{ 资料 | 汉字 }}", 1, "一份"),
        ("{{ 资料 | 汉字 }}", 2, "两份"),
        ("{{ 资料 | 汉字 }}", 12, "十二份"),
        ("{{ 资料 | 余 | 汉字 }}", 15, "十余份"),
        ("{{ 资料 | 余 | 汉字 }}", 250, "二百余份"),
        ("{{ 资料 | 余 | 汉字 }}", 23000, "两万余份"),
        ("{{ 资料 | 近(300) | 汉字 }}", 290, "近三百份"),
        ("{{ 资料 | 以上(300) | 汉字 }}", 300, "三百份以上"),
        ("{{ 资料 | 逾(300) | 汉字 }}", 301, "逾三百份"),
    ],
)
def test_counts_in_true_words(
    make_project: MakeProject, expression: str, count: int, words: str
) -> None:
    assert says(make_project, expression, count) == words


@pytest.mark.parametrize(
    ("expression", "count"),
    [
        ("{{ 资料 | 余 }}", 0),
        ("{{ 资料 | 余 }}", 1),
        ("{{ 资料 | 余 }}", 9),
        ("{{ 资料 | 余 }}", 10),
        ("{{ 资料 | 余 }}", 20),
        ("{{ 资料 | 余 }}", 100),
        ("{{ 资料 | 余 }}", 200),
        ("{{ 资料 | 余 }}", 2000),
        ("{{ 资料 | 多 }}", 2000),
        ("{{ 资料 | 余(2) }}", 11),
        ("{{ 资料 | 余(2) }}", 2300),
        ("{{ 资料 | 余(2) }}", 5600),
        ("{{ 资料 | 余(4) }}", 2365),
        ("{{ 资料 | 余(0) }}", 2365),
        ("{{ 资料 | 余(9) }}", 2365),
        ("{{ 资料 | 余(-1) }}", 2365),
        ("{{ 资料 | 余(1.5) }}", 2365),
        ('{{ 资料 | 余("二") }}', 2365),
        ("{{ 资料 | 余 | 万 }}", 10000),
        ("{{ 资料 | 余(2) | 万 }}", 15000),
        ("{{ 资料 | 近(300) }}", 269),
        ("{{ 资料 | 近(300) }}", 300),
        ("{{ 资料 | 近(300) }}", 301),
        ("{{ 资料 | 近(0) }}", 0),
        ("{{ 资料 | 近 }}", 290),
        ("{{ 资料 | 近(300, 400) }}", 290),
        ("{{ 资料 | 近(10000000000000) }}", 290),
        ("{{ 资料 | 以上(200) }}", 199),
        ("{{ 资料 | 以上 }}", 199),
        ("{{ 资料 | 逾(200) }}", 200),
        ("{{ 资料 | 逾(200) }}", 199),
        ("{{ 资料 | 逾(-1) }}", 199),
        ("{{ 资料 | 分项 }}", 199),
    ],
)
def test_refuses_untrue_words_about_counts(
    make_project: MakeProject, expression: str, count: int
) -> None:
    assert is_untrue(says(make_project, expression, count))


@pytest.mark.parametrize(
    ("expression", "rate", "words"),
    [
        ("{{ 合格率 }}", (9, 15), "60%"),
        ("{{ 合格率 }}", (1, 3), "33.33%"),
        ("{{ 合格率 }}", (2, 3), "66.67%"),
        ("{{ 合格率 }}", (0, 7), "0%"),
        ("{{ 合格率 }}", (7, 7), "100%"),
        ("{{ 合格率 }}", (35, 36), "97.22%"),
        ("{{ 合格率 }}", (9999, 10000), "99.99%"),
        # half-up at .005 from the exact fraction, which no float holds
        ("{{ 合格率 }}", (1, 20000), "0.01%"),
        ("{{ 合格率 }}", (2001, 20000), "10.01%"),
        ("{{ 合格率 }}", (20090, 200000), "10.05%"),
        ("{{ 合格率 }}", (57009, 200000), "28.5%"),
        ("{{ 合格率 | 小数(0) }}", (1, 8), "13%"),
        ("{{ 合格率 | 小数(1) }}", (1, 8), "12.5%"),
        ("{{ 合格率 | 小数(2) }}", (1, 8), "12.50%"),
        ("{{ 合格率 | 小数(1) }}", (2005, 10000), "20.1%"),
        ("{{ 合格率 | 小数(3) }}", (19999, 20000), "99.995%"),
        ("{{ 合格率 | 小数(0) }}", (7, 7), "100%"),
        # 以上 by the exact rate
        ("{{ 合格率 | 以上(95) }}", (95, 100), "95%以上"),
        ("{{ 合格率 | 以上(95) }}", (228, 238), "95%以上"),
        ("{{ 合格率 | 以上(99.9) }}", (999, 1000), "99.9%以上"),
        ("{{ 合格率 | 逾(95) }}", (951, 1000), "逾95%"),
        ("{{ 合格率 | 近(100) }}", (95, 100), "近100%"),
    ],
)
def test_rates_in_true_words(
    make_project: MakeProject, expression: str, rate: tuple[int, int], words: str
) -> None:
    assert says(make_project, expression, rate=rate) == words


@pytest.mark.parametrize(
    ("expression", "rate"),
    [
        ("{{ 合格率 }}", (19999, 20000)),
        ("{{ 合格率 }}", (1, 20001)),
        ("{{ 合格率 | 小数(1) }}", (9996, 10000)),
        ("{{ 合格率 | 小数(0) }}", (996, 1000)),
        ("{{ 合格率 | 小数(0) }}", (199, 200)),
        ("{{ 合格率 | 小数(0) }}", (1, 300)),
        ("{{ 合格率 | 以上(95) }}", (9499, 10000)),
        ("{{ 合格率 | 以上(95) }}", (18999, 20000)),
        ("{{ 合格率 | 以上(100) }}", (9999, 10000)),
        ("{{ 合格率 | 逾(95) }}", (95, 100)),
        ("{{ 合格率 | 近(100) }}", (7, 7)),
        ("{{ 合格率 | 余 }}", (57, 60)),
        ("{{ 合格率 | 多 }}", (57, 60)),
        ("{{ 合格率 | 汉字 }}", (57, 60)),
    ],
)
def test_refuses_untrue_words_about_rates(
    make_project: MakeProject, expression: str, rate: tuple[int, int]
) -> None:
    assert is_untrue(says(make_project, expression, rate=rate))


def test_says_the_fraction_that_a_rate_is(make_project: MakeProject) -> None:
    assert "9996/10000" in says(make_project, "{{ 合格率 | 小数(1) }}", rate=(9996, 10000))


@pytest.mark.parametrize(
    ("expression", "now", "before", "words"),
    [
        ("{{ 资料 | 同比 }}", 236, 188, "增长25.5%"),
        ("{{ 资料 | 同比 }}", 300, 200, "增长50%"),
        ("{{ 资料 | 同比 }}", 400, 200, "增长100%"),
        ("{{ 资料 | 同比 }}", 150, 200, "下降25%"),
        ("{{ 资料 | 同比 }}", 0, 200, "下降100%"),
        ("{{ 资料 | 同比 }}", 200, 200, "持平"),
        ("{{ 资料 | 同比 }}", 0, 0, "持平"),
        ("{{ 资料 | 同比(0) }}", 236, 188, "增长26%"),
        ("{{ 资料 | 同比(2) }}", 236, 188, "增长25.53%"),
        ("{{ 资料 | 同比(2) }}", 10001, 10000, "增长0.01%"),
        ("{{ 资料.上年 }}", 236, 188, "188份"),
        ("{{ 资料.上年 | 余 }}", 236, 188, "100余份"),
    ],
)
def test_counts_beside_last_year(
    make_project: MakeProject, expression: str, now: int, before: int, words: str
) -> None:
    assert says(make_project, expression, now, last_count=before) == words


@pytest.mark.parametrize(
    ("expression", "now", "before", "words"),
    [
        ("{{ 合格率 | 同比 }}", (95, 100), (92, 100), "提高3个百分点"),
        ("{{ 合格率 | 同比 }}", (92, 100), (95, 100), "下降3个百分点"),
        ("{{ 合格率 | 同比 }}", (19, 20), (95, 100), "持平"),
        ("{{ 合格率 | 同比 }}", (1, 3), (1, 4), "提高8.3个百分点"),
        ("{{ 合格率 | 同比(2) }}", (1, 3), (1, 4), "提高8.33个百分点"),
        ("{{ 合格率 | 同比 }}", (1, 4), (0, 4), "提高25个百分点"),
    ],
)
def test_rates_beside_last_year(
    make_project: MakeProject,
    expression: str,
    now: tuple[int, int],
    before: tuple[int, int],
    words: str,
) -> None:
    assert says(make_project, expression, rate=now, last_rate=before) == words


@pytest.mark.parametrize(
    ("expression", "now", "before"),
    [
        ("{{ 资料 | 同比 }}", 5, 0),
        ("{{ 资料 | 同比 }}", 5, None),
        ("{{ 资料 | 同比 }}", 10001, 10000),
        ("{{ 资料 | 同比(9) }}", 300, 200),
        ("{{ 资料 | 同比 | 余 }}", 300, 200),
        ("{{ 资料.上年 }}", 5, None),
        ("{{ 资料.上年 | 同比 }}", 300, 200),
        ("{{ 资料.上年 | 余 }}", 236, 200),
    ],
)
def test_refuses_untrue_words_about_change(
    make_project: MakeProject, expression: str, now: int, before: int | None
) -> None:
    assert is_untrue(says(make_project, expression, now, last_count=before))


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (2, "两"),
        (3, "三"),
        (10, "十"),
        (11, "十一"),
        (12, "十二"),
        (20, "二十"),
        (22, "二十二"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (112, "一百一十二"),
        (200, "二百"),
        (202, "二百零二"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (2000, "两千"),
        (2222, "两千二百二十二"),
        (10_000, "一万"),
        (10_001, "一万零一"),
        (12_000, "一万二千"),
        (20_000, "两万"),
        (20_005, "两万零五"),
        (100_000, "十万"),
        (110_000, "十一万"),
        (120_000, "十二万"),
        (1_000_000, "一百万"),
        (10_000_000, "一千万"),
        (100_000_000, "一亿"),
        (200_000_000, "两亿"),
        (100_000_001, "一亿零一"),
        (100_010_000, "一亿零一万"),
        (200_020_000, "两亿零二万"),
        (22_000, "两万二千"),
        (220_000, "二十二万"),
        (20_000_000, "两千万"),
    ],
)
def test_chinese_numerals(number: int, text: str) -> None:
    assert chinese_numeral(number) == text
