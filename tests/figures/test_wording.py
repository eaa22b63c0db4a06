"""Each wording: what it prints, and when it would be untrue (section 2 of the domain notes)."""

from datetime import date
from fractions import Fraction

from fazhi.figures.value import Value, Values
from fazhi.records.narrative import Narrative, ReportMeta
from fazhi.report import rendering
from fazhi.schema.definition import Definition
from fazhi.schema.numerals import chinese_numeral
from fazhi.sources.source import Source

META = ReportMeta.model_validate({"标题": "报告", "署名": "乡", "成文日期": date(2025, 2, 12)})
COUNT, RATE = (
    Definition.model_validate({"板块": "法治宣传", **keys})
    for keys in ({"名称": "资料", "统计": "求和", "单位": "份"}, {"名称": "合格率", "统计": "比率"})
)


def values(year: int, written: str) -> Values:
    """The figures of a year when one is, as the tables below write it, 205, 9/15, or 无."""
    if "/" not in written:
        number = None if written == "无" else Fraction(written)
        return {"资料": Value(COUNT, year, number), "合格率": Value(RATE, year, None)}
    above, below = map(int, written.split("/"))
    rate = Value(RATE, year, Fraction(above * 100, below), numerator=above, denominator=below)
    return {"资料": Value(COUNT, year, None), "合格率": rate}


def said(expression: str, numbers: str) -> str:
    """What an expression prints of 'this year' or 'last year→this year'; ✗ and why where it may not."""
    last, _, now = numbers.rpartition("→")
    text = f"⟦{{{{ {expression} }}}}⟧"
    narrative = Narrative(2024, META, Source("docs/report/2024.md", text, {}, text))
    before = values(2023, last or "无")
    rendered = rendering.render(narrative, values(2024, now), before, lambda _, words: words)
    if rendered.problems:
        # FZ703 where the braces hold what is no wording at all
        assert {problem.rule for problem in rendered.problems} <= {"FZ703", "FZ704"}
        return f"✗{rendered.problems[0].message}"
    return rendered.markdown.strip("⟦⟧")


def cells(table: str) -> list[tuple[str, str]]:
    """An expression and a cell of its line, for each cell of a table."""
    lines = (line.partition(": ") for line in table.strip().splitlines())
    return [(expression, cell) for expression, _, held in lines for cell in held.split()]


TRUE = """
资料: 0=0份 205=205份 123456=123456份
资料 | 余: 11=10余份 14=10余份 19=10余份 21=20余份 29=20余份 99=90余份 101=100余份 199=100余份
资料 | 余: 201=200余份 299=200余份 2001=2000余份 2360=2000余份 2999=2000余份
资料 | 余(1): 2360=2000余份
资料 | 余(2): 2360=2300余份 5601=5600余份 5699=5600余份 2050=2000余份
资料 | 余(3): 2365=2360余份
资料 | 多: 2360=2000多份
资料 | 多(2): 2360=2300多份
资料 | 余 | 万: 10001=1万余份 25000=2万余份
资料 | 余(2) | 万: 15001=1.5万余份 15999=1.5万余份
资料 | 万: 15000=1.5万份 20000=2万份 12345=1.2345万份
资料 | 万 | 小数(2): 112634=11.26万份 14208=1.42万份 20000=2.00万份 2360=0.24万份
资料 | 小数(1) | 万: 36012=3.6万份
资料 | 以上(15000) | 万: 15000=1.5万份以上
资料 | 亿: 150000000=1.5亿份
资料 | 余 | 亿: 150000000=1亿余份
资料 | 近(300): 270=近300份 299=近300份
资料 | 近(10): 9=近10份
资料 | 以上(200): 200=200份以上 201=200份以上
资料 | 逾(200): 201=逾200份
资料 | 汉字: 0=零份 1=一份 2=两份 12=十二份
资料 | 余 | 汉字: 15=十余份 250=二百余份 23000=两万余份
资料 | 近(300) | 汉字: 290=近三百份
资料 | 以上(300) | 汉字: 300=三百份以上
资料 | 逾(300) | 汉字: 301=逾三百份
资料 | 不带单位: 0=0 205=205 123456=123456
资料 | 余 | 不带单位: 2360=2000余
合格率 | 小数(1) | 不带单位: 1/8=12.5
合格率: 9/15=60% 1/3=33.33% 2/3=66.67% 0/7=0% 7/7=100% 35/36=97.22% 9999/10000=99.99%
合格率: 1/20000=0.01% 2001/20000=10.01% 20090/200000=10.05% 57009/200000=28.5%
合格率: 19999/20000=99.995% 1/20001=0.005% 999999/1000000=99.9999%
合格率 | 小数(0): 1/8=13% 7/7=100% 0/7=0% 996/1000=99.6% 199/200=99.5% 1/300=0.3%
合格率 | 小数(1): 1/8=12.5% 2005/10000=20.1% 9996/10000=99.96%
合格率 | 小数(2): 1/8=12.50%
合格率 | 小数(3): 19999/20000=99.995%
合格率 | 以上(95): 95/100=95%以上 228/238=95%以上
合格率 | 以上(99.9): 999/1000=99.9%以上
合格率 | 逾(95): 951/1000=逾95%
合格率 | 近(100): 199/200=近100%
资料 | 同比: 188→236=增长25.5% 200→300=增长50% 200→400=增长100%
资料 | 同比: 10000→10001=增长0.01% 10000→1=下降99.99% 100000→200040=增长100.04%
资料 | 同比: 200→150=下降25% 200→0=下降100% 200→200=持平 0→0=持平
资料 | 同比(0): 188→236=增长26%
资料 | 同比(2): 188→236=增长25.53% 10000→10001=增长0.01%
资料.上年: 188→236=188份
资料.上年 | 余: 188→236=100余份
合格率 | 同比: 92/100→95/100=提高3个百分点 95/100→92/100=下降3个百分点 95/100→19/20=持平
合格率 | 同比: 1/4→1/3=提高8.3个百分点 0/4→1/4=提高25个百分点
合格率 | 同比(2): 1/4→1/3=提高8.33个百分点
"""
"""Half-up at .005 comes from the exact fraction, which no float holds; 以上 holds the exact rate, too."""

UNTRUE = """
资料 | 余: 0 1 9 10 20 100 200 2000
资料 | 多: 2000
资料 | 余(2): 11 2300 5600
资料 | 余(4): 2365
资料 | 余(0): 2365
资料 | 余(9): 2365
资料 | 余(-1): 2365
资料 | 余(1.5): 2365
资料 | 余("二"): 2365
资料 | 余 | 万: 10000
资料 | 余(2) | 万: 15000
资料 | 小数(2): 205 112634
资料 | 万 | 小数(0): 36012
资料 | 万 | 小数(1): 2360
资料 | 近(300): 269 300 301
资料 | 近(0): 0
资料 | 近: 290
资料 | 近(300, 400): 290
资料 | 近(10000000000000): 290
资料 | 以上(200): 199
资料 | 以上: 199
资料 | 逾(200): 200 199
资料 | 逾(-1): 199
资料 | 分项: 199
合格率 | 以上(95): 9499/10000 18999/20000
合格率 | 以上(100): 9999/10000
合格率 | 逾(95): 95/100
合格率 | 近(100): 7/7
合格率 | 余: 57/60
合格率 | 多: 57/60
合格率 | 汉字: 57/60
资料 | 同比: 0→5 无→5
资料 | 同比(9): 200→300
资料 | 同比 | 余: 200→300
资料.上年: 无→5
资料.上年 | 同比: 200→300
资料.上年 | 余: 200→236
"""


def test_says_it_in_true_words():
    held = [(expression, *cell.split("=")) for expression, cell in cells(TRUE)]
    printed = [(one, said(one[0], one[1])) for one in held]
    assert [(one, text) for one, text in printed if text != one[2]] == []


def test_refuses_untrue_words():
    printed = [
        (expression, numbers, said(expression, numbers)) for expression, numbers in cells(UNTRUE)
    ]
    assert [one for one in printed if not one[2].startswith("✗")] == []


def test_says_the_fraction_that_a_rate_is():
    assert "9996/10000" in said("合格率 | 以上(100)", "9996/10000")


NUMERALS = """
0=零 1=一 2=两 3=三 10=十 11=十一 12=十二 20=二十 22=二十二 100=一百 101=一百零一 110=一百一十
112=一百一十二 200=二百 202=二百零二 1000=一千 1001=一千零一 1010=一千零一十 2000=两千
2222=两千二百二十二 10000=一万 10001=一万零一 12000=一万二千 20000=两万 20005=两万零五
22000=两万二千 100000=十万 110000=十一万 120000=十二万 220000=二十二万 1000000=一百万
10000000=一千万 20000000=两千万 100000000=一亿 200000000=两亿 100000001=一亿零一
100010000=一亿零一万 200020000=两亿零二万
"""


def test_chinese_numerals():
    numbers = [cell.partition("=")[0] for cell in NUMERALS.split()]
    assert [f"{n}={chinese_numeral(int(n))}" for n in numbers] == NUMERALS.split()
