"""Codes, addresses, numbers and indexes as they may be written, and as they are mistyped."""

import pytest

from fazhi.problems.problem import Fault, Severity
from fazhi.schema import official
from tests.conftest import BASE, checked

REPORT = "docs/report/2024.md"
NARRATIVE = (BASE / REPORT).read_text(encoding="utf-8")
WRITTEN = "成文日期: 2025-02-12"


def hints(faults: list[Fault]) -> list[str]:
    return [fault.hint for fault in faults]


@pytest.mark.parametrize("code", ["5002290001", "bm07000001"])
def test_a_site_code(code):
    assert not list(official.site_code(code))


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("500229000", "照网站页脚"),
        ("50022900011", "照网站页脚"),
        ("bm0700001", "照网站页脚"),
        ("BM07000001", "写成 bm07000001"),
        ("５００２２９０００１", "写成 5002290001"),
        ("50022 90001", "写成 5002290001"),
        ("５00229000x", "照网站页脚"),
    ],
)
def test_no_site_code(code, hint):
    (told,) = hints(list(official.site_code(code)))
    assert told.startswith(hint)


@pytest.mark.parametrize(
    "name", ["www.cqck.gov.cn", "cqck.gov.cn", "zw-gk.cqck.gov.cn", "某县.政务"]
)
def test_a_domain(name):
    assert not list(official.domain(name))


@pytest.mark.parametrize(
    "name",
    [
        "http://www.cqck.gov.cn",
        "https://www.cqck.gov.cn/zlx/",
        "www.cqck.gov.cn/",
        "www.cqck.gov.cn:8080",
        "//www.cqck.gov.cn",
        "ｗｗｗ.cqck.gov.cn",
        "http：//www.cqck.gov.cn/a?b#c",
    ],
)
def test_no_domain_but_one_inside(name):
    assert hints(list(official.domain(name))) == ["写成 www.cqck.gov.cn"]


@pytest.mark.parametrize(
    "name", ["cqck", "城口县人民政府网", "www..cn", "-a.cn", "a b.cn", "a_.cn"]
)
def test_no_domain(name):
    (fault,) = official.domain(name)
    assert fault.rule == "FZ604"


@pytest.mark.parametrize(
    "address",
    [
        "https://www.cqck.gov.cn/",
        "http://www.cqck.gov.cn/zlx/fzzf/",
        "https://zlx.cqck.gov.cn/fzzf/",
        "https://cqck.gov.cn:8443/fzzf/",
        "https://WWW.CQCK.gov.cn/",
    ],
)
def test_an_address(address):
    assert not list(official.address(address, "www.cqck.gov.cn"))


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("https://www.cqck.gov.cn", "写成 https://www.cqck.gov.cn/"),
        ("https://www.cqck.gov.cn/fzzf", "写成 https://www.cqck.gov.cn/fzzf/"),
        ("https://www.cqck.gov.cn/fzzf/index.html", "写成 https://www.cqck.gov.cn/fzzf/"),
        ("https://www.cqck.gov.cn/fzzf/?a=1#b", "写成 https://www.cqck.gov.cn/fzzf/"),
        ("www.cqck.gov.cn/fzzf/", "写成 https://www.cqck.gov.cn/fzzf/"),
        ("//www.cqck.gov.cn/", "写成 https://www.cqck.gov.cn/"),
        ("https：//www.cqck.gov.cn/", "写成 https://www.cqck.gov.cn/"),
        ("ftp://www.cqck.gov.cn/", "写成 https://www.cqck.gov.cn/"),
        ("javascript:alert(1)", "写成 https://www.cqck.gov.cn/zlx/fzzf/ 这样"),
        ("https://user@www.cqck.gov.cn/", "写成 https://www.cqck.gov.cn/zlx/fzzf/ 这样"),
        ('https://www.cqck.gov.cn/"><b>/', "写成 https://www.cqck.gov.cn/zlx/fzzf/ 这样"),
        ("https://www.example.gov.cn/", "核对，两处应当是同一个网站"),
        ("https://evilcqck.gov.cn/", "核对，两处应当是同一个网站"),
        ("https://www.cqck.gov.cn.example.cn/", "核对，两处应当是同一个网站"),
    ],
)
def test_no_address_of_the_site(address, hint):
    assert hints(list(official.address(address, "www.cqck.gov.cn"))) == [hint]


@pytest.mark.parametrize("number", ["左岚府文〔2025〕3号", "左岚府发〔2025〕120号"])
def test_a_document_number(number):
    assert not list(official.document_number(number))


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("左岚府文[2025]3号", "六角括号"),
        ("左岚府文(2025)3号", "六角括号"),
        ("左岚府文（2025）3号", "六角括号"),
        ("左岚府文【2025】3号", "六角括号"),
        ("左岚府文［2025］3号", "六角括号"),
        ("左岚府文〔2025〕03号", "不加 0"),
        ("左岚府文〔2025〕003号", "不加 0"),
        ("左岚府文〔2025〕第3号", "不写“第”"),
        ("左岚府文〔2025〕3", "“号”字"),
        ("左岚府文〔2025〕 3 号", "不空格"),
        ("左岚府文〔２０２５〕３号", "半角"),
        ("左岚府文(2025)第 03", "六角括号〔〕，序号前面不写“第”，序号前面不加 0，中间不空格，末尾"),
    ],
)
def test_a_mistyped_document_number_is_told_how_it_is_written(number, reason):
    (fault,) = official.document_number(number)
    assert fault.hint == "写成 左岚府文〔2025〕3号"
    assert reason in fault.message


@pytest.mark.parametrize(
    "number", ["〔2025〕3号", "左岚府文2025-3号", "左岚府文〔25〕3号", "左岚府文〔2025〕0号", "3号"]
)
def test_no_document_number(number):
    (fault,) = official.document_number(number)
    assert fault.hint.endswith("这样")


@pytest.mark.parametrize(
    "form",
    [official.INDEX_FORMAT, "K10295428/{年}-{序号:6}", "{序号}", "{信用代码}/{年}-({序号:3}).*"],
)
def test_an_index_format(form):
    assert not list(official.index_format(form))


@pytest.mark.parametrize(
    ("form", "hint"),
    [
        ("{信用代码}/{年}", "加上"),
        ("{信用代码/{年}-{序号:5}", "照 {序号:5}"),
        ("｛信用代码｝/{年}-{序号:5}", "照 {序号:5}"),
        ("{信用代码}/{年份}-{序号:5}", "是不是“年”"),
        ("{年}/{年}-{序号:5}", "只留一个"),
        ("{序号:3}-{序号:5}", "加上"),
        ("{序号:0}", "是不是“序号:5”"),
        (r"\d{4}", "可用的有"),
    ],
)
def test_no_index_format(form, hint):
    (told,) = hints(list(official.index_format(form)))
    assert told.startswith(hint)


CODE = "11500229MB1234567M"


@pytest.mark.parametrize(
    ("index", "form"),
    [
        (f"{CODE}/2025-00003", official.INDEX_FORMAT),
        ("K10295428/2025-000012", "K10295428/{年}-{序号:6}"),
        ("法治.(1)", "法治.({序号})"),
    ],
)
def test_an_index(index, form):
    assert not list(official.index_number(index, form, 2025))


@pytest.mark.parametrize(
    ("index", "said"),
    [
        (f"{CODE[:-1]}X/2025-00003", ["最后一位应当是 M"]),
        (f"{CODE}/2025-00000", ["还没有编号的"]),
        (f"{CODE[:-1]}X/2025-00000", ["最后一位应当是 M", "还没有编号的"]),
        (f"{CODE.lower()}/2025-00003", [f"写成 {CODE}/2025-00003"]),
        (f"{CODE}／２０２５-00003", [f"写成 {CODE}/2025-00003"]),
        (f"{CODE} / 2025 - 00003", [f"写成 {CODE}/2025-00003"]),
        (f"{CODE}/2025-0003", ["照格式写"]),
        (f"{CODE}/2025-00003 ", [f"写成 {CODE}/2025-00003"]),
        ("11500229MI1234567M/2025-00003", ["照格式写"]),
        (f"{CODE}/2024-00003", ["核对是不是去年的"]),
    ],
)
def test_a_wrong_index(index, said):
    told = hints(list(official.index_number(index, official.INDEX_FORMAT, 2025)))
    assert len(told) == len(said)
    assert all(part in hint for part, hint in zip(said, told, strict=True))


def test_an_index_of_another_year_is_only_to_be_looked_at():
    (fault,) = official.index_number(f"{CODE}/2024-00003", official.INDEX_FORMAT, 2025)
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
