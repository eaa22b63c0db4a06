"""Codes, addresses, numbers and indexes as they may be written, and as they are mistyped."""

from collections.abc import Callable, Iterable

import pytest

from fazhi.problems.problem import Fault, Severity
from fazhi.schema import official
from tests.conftest import BASE, checked

REPORT = "docs/report/2024.md"
NARRATIVE = (BASE / REPORT).read_text(encoding="utf-8")
WRITTEN = "成文日期: 2025-02-12"
CHECKS: dict[str, Callable[[str], Iterable[Fault]]] = {
    "标识码": official.site_code,
    "域名": official.domain,
    "地址": lambda text: official.address(text, "www.cqck.gov.cn"),
    "文号": official.document_number,
    "索引号格式": official.index_format,
    "索引号": lambda text: official.index_number(text, official.INDEX_FORMAT, 2025),
    "县的索引号": lambda text: official.index_number(text, "K10295428/{年}-{序号:6}", 2025),
    "短的索引号": lambda text: official.index_number(text, "法治.({序号})", 2025),
}

RIGHT = """
标识码: 5002290001 | bm07000001
域名: www.cqck.gov.cn | cqck.gov.cn | zw-gk.cqck.gov.cn | 某县.政务
地址: https://www.cqck.gov.cn/ | http://www.cqck.gov.cn/zlx/fzzf/ | https://zlx.cqck.gov.cn/fzzf/
地址: https://cqck.gov.cn:8443/fzzf/ | https://WWW.CQCK.gov.cn/
文号: 左岚府文〔2025〕3号 | 左岚府发〔2025〕120号
索引号格式: {信用代码}/{年}-{序号:5} | K10295428/{年}-{序号:6} | {序号}
索引号格式: {信用代码}/{年}-({序号:3}).*
索引号: 11500229MB1234567M/2025-00003
县的索引号: K10295428/2025-000012
短的索引号: 法治.(1)
"""
WRONG = r"""
标识码 → 照网站页脚: 500229000 | 50022900011 | bm0700001 | ５00229000x
标识码 → 写成 bm07000001: BM07000001
标识码 → 写成 5002290001: ５００２２９０００１ | 50022 90001
域名 → 写成 www.cqck.gov.cn: http://www.cqck.gov.cn | https://www.cqck.gov.cn/zlx/ | www.cqck.gov.cn/
域名 → 写成 www.cqck.gov.cn: www.cqck.gov.cn:8080 | //www.cqck.gov.cn | ｗｗｗ.cqck.gov.cn
域名 → 写成 www.cqck.gov.cn: http：//www.cqck.gov.cn/a?b#c
域名 → : cqck | 城口县人民政府网 | www..cn | -a.cn | a b.cn | a_.cn
地址 → 写成 https://www.cqck.gov.cn/: https://www.cqck.gov.cn | //www.cqck.gov.cn/
地址 → 写成 https://www.cqck.gov.cn/: https：//www.cqck.gov.cn/ | ftp://www.cqck.gov.cn/
地址 → 写成 https://www.cqck.gov.cn/fzzf/: https://www.cqck.gov.cn/fzzf | www.cqck.gov.cn/fzzf/
地址 → 写成 https://www.cqck.gov.cn/fzzf/: https://www.cqck.gov.cn/fzzf/index.html
地址 → 写成 https://www.cqck.gov.cn/fzzf/: https://www.cqck.gov.cn/fzzf/?a=1#b
地址 → 写成 https://www.example.gov.cn/xiang/fzzf/ 这样: javascript:alert(1)
地址 → 写成 https://www.example.gov.cn/xiang/fzzf/ 这样: https://user@www.cqck.gov.cn/
地址 → 写成 https://www.example.gov.cn/xiang/fzzf/ 这样: https://www.cqck.gov.cn/"><b>/
地址 → 核对，两处应当是同一个网站: https://www.example.gov.cn/ | https://evilcqck.gov.cn/
地址 → 核对，两处应当是同一个网站: https://www.cqck.gov.cn.example.cn/
文号 → 写成 左岚府文〔2025〕3号: 左岚府文[2025]3号 | 左岚府文(2025)3号 | 左岚府文（2025）3号
文号 → 写成 左岚府文〔2025〕3号: 左岚府文【2025】3号 | 左岚府文［2025］3号 | 左岚府文〔2025〕03号
文号 → 写成 左岚府文〔2025〕3号: 左岚府文〔2025〕003号 | 左岚府文〔2025〕第3号 | 左岚府文〔2025〕3
文号 → 写成 左岚府文〔2025〕3号: 左岚府文〔2025〕 3 号 | 左岚府文〔２０２５〕３号 | 左岚府文(2025)第 03
文号 → …这样: 〔2025〕3号 | 左岚府文2025-3号 | 左岚府文〔25〕3号 | 左岚府文〔2025〕0号 | 3号
索引号格式 → 加上: {信用代码}/{年} | {序号:3}-{序号:5}
索引号格式 → 照 {序号:5}: {信用代码/{年}-{序号:5} | ｛信用代码｝/{年}-{序号:5}
索引号格式 → 是不是“年”: {信用代码}/{年份}-{序号:5}
索引号格式 → 只留一个: {年}/{年}-{序号:5}
索引号格式 → 是不是“序号:5”: {序号:0}
索引号格式 → 可用的有: \d{4}
索引号 → …最后一位应当是 M: 11500229MB1234567X/2025-00003
索引号 → …还没有编号的: 11500229MB1234567M/2025-00000
索引号 → …最后一位应当是 M…还没有编号的: 11500229MB1234567X/2025-00000
索引号 → 写成 11500229MB1234567M/2025-00003: 11500229mb1234567m/2025-00003 | 11500229MB1234567M／２０２５-00003
索引号 → 写成 11500229MB1234567M/2025-00003: 11500229MB1234567M / 2025 - 00003 | 11500229MB1234567M/2025-00003␠
索引号 → …照格式写: 11500229MB1234567M/2025-0003 | 11500229MI1234567M/2025-00003
索引号 → …核对是不是去年的: 11500229MB1234567M/2024-00003
"""
"""What is checked, how the hint begins (or, behind …, what it holds), and what is mistyped."""


def rows(table: str) -> list[tuple[str, str]]:
    lines = (line.partition(": ") for line in table.strip().splitlines())
    every = [(head, text) for head, _, texts in lines for text in texts.split(" | ")]
    return [(head, text.replace("␠", " ")) for head, text in every]


@pytest.mark.parametrize(("what", "text"), rows(RIGHT))
def test_what_is_well_written_passes(what, text):
    assert not list(CHECKS[what](text))


@pytest.mark.parametrize(("head", "text"), rows(WRONG))
def test_what_is_mistyped_is_told_how_it_is_written(head, text):
    what, _, wanted = head.partition(" →")
    said = [fault.hint for fault in CHECKS[what](text)]
    begin, *parts = wanted.strip().split("…")
    assert len(said) == max(len(parts), 1)
    assert said[0].startswith(begin)
    assert what != "地址" or said == [begin]
    assert all(part in hint for part, hint in zip(parts, said, strict=False))


REASONS = """
左岚府文[2025]3号: 六角括号
左岚府文〔2025〕03号: 不加 0
左岚府文〔2025〕第3号: 不写“第”
左岚府文〔2025〕3: “号”字
左岚府文〔2025〕 3 号: 不空格
左岚府文〔２０２５〕３号: 半角
左岚府文(2025)第 03: 六角括号〔〕，序号前面不写“第”，序号前面不加 0，中间不空格，末尾
"""


@pytest.mark.parametrize(("number", "reason"), rows(REASONS))
def test_of_a_document_number_the_reasons_are_told(number, reason):
    (fault,) = official.document_number(number)
    assert reason in fault.message


def test_an_index_of_another_year_is_only_to_be_looked_at():
    (fault,) = official.index_number("11500229MB1234567M/2024-00003", official.INDEX_FORMAT, 2025)
    assert fault.severity is Severity.WARNING


# In the narrative


@pytest.mark.parametrize(
    ("written", "severity"),
    [
        ("2025-02-12", None),
        ("2024-12-30", None),
        ("2024-11-30", Severity.ERROR),
        ("2023-02-12", Severity.ERROR),
        ("2026-02-12", Severity.WARNING),
    ],
)
def test_the_report_is_written_after_its_year(written, severity, make_project):
    root = make_project({REPORT: NARRATIVE.replace("2025-02-12", written)})
    problems = [p for p in checked(root).problems if p.rule == "FZ718"]
    assert [p.severity for p in problems] == ([severity] if severity else [])


def test_a_township_may_have_its_own_index(make_project):
    town = (BASE / "records/township.yml").read_text(encoding="utf-8")
    files = {
        "records/township.yml": town + '索引号格式: "{年}-{序号:4}"\n',
        REPORT: NARRATIVE.replace(WRITTEN, f"索引号: 2025-0012\n{WRITTEN}"),
    }
    assert not checked(make_project(files)).problems
    wrong = {REPORT: NARRATIVE.replace(WRITTEN, f"索引号: 2025-12\n{WRITTEN}")}
    (problem,) = checked(make_project(wrong)).problems
    assert (problem.rule, problem.line, problem.column) == ("FZ717", 4, 6)
    assert "{年}-{序号:4}" in problem.message


def test_everything_about_a_website_is_told_at_once(make_project):
    town = (BASE / "records/township.yml").read_text(encoding="utf-8")
    site = '网站: {名称: 网, 域名: "a.cn/", 标识码: "1", 地址: "b.cn"}\n索引号格式: "{年}"\n'
    problems = checked(make_project({"records/township.yml": town + site})).problems
    assert [p.rule for p in problems] == ["FZ604", "FZ603", "FZ605", "FZ606"]
