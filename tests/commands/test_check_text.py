"""A finished text held against the records of the sample: each number, and what is said of it."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from fazhi.commands.check_text import Unreadable, check, lines_of
from fazhi.output import documents
from fazhi.output.view import View
from fazhi.project import Year
from fazhi.records import narrative as narratives
from fazhi.report.editions import Edition, Gate
from fazhi.report.rendering import render
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import ROOT
from tests.support.carriers import archive, bomb
from tests.support.finished_texts import (
    OTHER,
    SAME,
    UNKNOWN,
    checked,
    docx,
    html,
    sample_year,
    txt,
    verdicts,
)
from tests.support.running import ran_script
from tests.support.trees import Overlay


@pytest.fixture(scope="module")
def year() -> Year:
    return sample_year()


# The sample's own documents

EDITS = {
    "领导小组会议4次": "领导小组会议5次",
    "海报20余张。": "海报30余张。",
    "成功率为60.0%": "成功率为62%",
    "合格率达95%以上": "合格率达97%以上",
    "刑满释放13名": "刑满释放12名",
    # the place of another number, the unit, the year before
    "集体研究重大行政决策5次": "集体研究重大行政决策9次",
    "办结合法性审查9件": "办结合法性审查5件",
    "考试12人次。": "考试12人。",
    "（上年3次）": "（上年4次）",
    "比上年增长25.5%；": "比上年下降25.5%；",
    # the wording, numerals, what stands side by side
    "资料2000余份，": "资料2400余份，",
    "队伍一支，": "队伍两支，",
    "为1场、2场次": "为2场、2场次",
    "调解成功率在95%以上": "调解成功率为100%",
    "持证10人的队伍": "持证11人的队伍",
}


@pytest.fixture(scope="module")
def exported(year: Year) -> dict[str, bytes]:
    forms = documents.forms(View(year, Gate(Edition.PUBLIC, year.settings)))
    return {name: make() for name, make in forms.items() if not name.endswith(".pdf")}


def tampered(suffix: str, data: bytes) -> bytes:
    """A document with its text changed by hand: in HTML and Word, numbers may stand in marks."""
    if suffix == ".docx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["word/document.xml"] = tampered(".xml", parts["word/document.xml"])
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return made.getvalue()
    encoding = "gb18030" if suffix == ".txt" else "utf-8"
    text = data.decode(encoding)
    for old, new in EDITS.items():
        pattern = "(?:<[^<>]*>)*".join(map(re.escape, old))
        text, count = re.subn(pattern, new, text, count=1)
        assert count, old
    return text.encode(encoding)


@pytest.mark.parametrize("form", [docx, html, txt])
def test_of_the_own_report_what_was_changed_is_found_and_nothing_else(form, year, exported):
    suffix, data = form(exported)
    before = check(lines_of(suffix, data), year)
    assert {*verdicts(before)} == {"相符"}
    after = check(lines_of(suffix, tampered(suffix, data)), year)
    wrong = [one for one in after.found if one.verdict == "不符"]
    assert len(wrong) == len(EDITS), [one.lines for one in wrong]
    assert verdicts(after).count("相符") == len(before.found) - len(EDITS)


# Texts from elsewhere

REAL = """\
左岚乡2024年法治政府建设情况报告
目前我乡综合行政执法持证人数为10人，今年以来参加业务培训及考试12人次。今年以来，我乡召开综合执法改革\
专题会议2次；组建综合行政执法队伍一支，并设立综合执法办公室；充实执法力量乡党委专题研究讨论、协调人员\
岗位相关事宜3次。今年累计开展平安创建、禁毒等专题宣传活动10余场，举办法律知识讲座1场，发放宣传资料\
2000余份、张贴海报20余张。按期参加年度法治理论知识考试，且参考率和合格率均达到95%以上。全年共排查调处\
矛盾纠纷200余起，调解成功率95%以上、受理并高效办结信访案件2件、成功调处溯源治理法院回流案件9件，成功率\
达60%。与3个毗邻乡镇签订乡镇基层治理协议，组建边界村落管理队伍3支。
"""
FOREIGN = {
    "另一个镇": """\
青溪县石桥镇人民政府2024年度法治政府建设工作报告
2024年，石桥镇召开领导小组会议4次，举办法律知识讲座1场，发放宣传资料2360份。组建综合行政执法队伍1支，\
全年排查调处矛盾纠纷238起，调解成功率95.8%，办结信访案件2件。
""",
    "没有标题的镇": """\
一、工作开展情况
我镇党委专题研究执法人员岗位3次，召开综合执法改革专题会议2次。全年集体学法4次，张贴海报26张。
""",
    "县里的部门": """\
县司法局2024年法治政府建设情况报告
全县召开领导小组会议4次，指导各乡镇举办法律知识讲座1场；我局集体学法4次。全县调解委员会排查调处矛盾纠纷\
238起，调解成功率95.8%；县公安局在册重点管理人员51名。
""",
    "上一年的": """\
左岚乡人民政府2023年法治政府建设情况报告
召开领导小组会议4次，举办法律知识讲座1场，发放宣传资料2360份。
""",
}


def test_of_a_real_report_nothing_true_is_called_wrong(year):
    found = checked(REAL, year)
    assert OTHER not in verdicts(found)
    assert verdicts(found).count(SAME) >= 8


@pytest.mark.parametrize("text", FOREIGN.values(), ids=FOREIGN)
def test_of_another_text_the_same_number_is_no_agreement(text, year):
    found = checked(text, year)
    assert {*verdicts(found)} == {UNKNOWN}, [one.lines for one in found.found]


@pytest.mark.slow
@pytest.mark.parametrize("batch", range(6))
def test_no_sentence_that_the_checker_holds_to_be_true_is_called_wrong(batch, year):
    lines = (ROOT / "tests/truth/true.txt").read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.startswith("# ")][batch::6]
    report = f"docs/report/{year.year}.md"
    text = (ROOT / report).read_text(encoding="utf-8")
    tree = Overlay(Folder(ROOT), {report: "\n\n".join([text, *said]).encode()})
    narrative, _ = narratives.load(tree, year.year, year.settings)
    assert narrative
    printed = render(narrative, year.values, year.last)
    found = check(lines_of(".md", printed.markdown.encode()), replace(year, narrative=None))
    assert [one.lines for one in found.found if one.verdict == OTHER] == []
    assert len(found.found) > len(said) / 2


# Word and HTML as people leave them


def word(body: str, declared: str = "") -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    xml = f"{declared}<w:document {space}><w:body>{body}</w:body></w:document>"
    return archive({"word/document.xml": xml})


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


MARKED = f"""<w:p>{run("张贴海报")}<w:del>{run("26").replace("w:t>", "w:delText>")}</w:del>\
<w:ins>{run("2")}{run("5")}</w:ins>{run("张")}{run("，集体学法9次", "<w:vanish/>")}{run("。")}</w:p>"""
PAGE = """<html><head><title>集体学法9次</title></head><body><!-- 集体学法9次 --><script>"集体学法9次"</script>
<p style="display: none">集体学法9次</p><table><tr><td><p>张贴<b>海报2</b>5<span>张</span>。</p></td></tr></table></body>"""


@pytest.mark.parametrize(("suffix", "data"), [(".docx", word(MARKED)), (".html", PAGE.encode())])
def test_what_a_reader_sees_is_read_and_nothing_else(suffix, data, year):
    (one,) = check(lines_of(suffix, data), year).found
    assert (one.place, one.clause, one.verdict) == ("第1段", "张贴海报【25张】", OTHER)


def test_markdown_is_read_as_it_is_printed(year):
    text = "# 报告\n\n[见附\n件](https://a.cn/3次)\n\n张贴**海报25**\n张。\n\n| 指标 | 2024年 |\n|--|--|\n| 集体学法 | 4次 |\n"
    found = check(lines_of(".md", text.encode()), year)
    assert [(one.place, one.verdict) for one in found.found] == [
        ("第3段", OTHER),
        ("表1第2行", SAME),
    ]


def test_a_number_of_any_length_is_one(year):
    (one,) = check(lines_of(".txt", f"集体学法{'9' * 5000}次。".encode()), year).found
    assert one.verdict == OTHER


REFUSED = {
    "旧格式": (".doc", b"\xd0\xcf\x11\xe0", "另存为 .docx"),
    "设了密码": (".docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "去掉密码"),
    "不是 Word": (".docx", b"PK\x03\x04", "文件不完整"),
    "缺正文": (".docx", b"PK\x05\x06" + b"\0" * 18, "文件不完整"),
    "实体": (".docx", word("", "<!DOCTYPE a [<!ENTITY b 'c'>]>"), "外部实体"),
    "压缩炸弹": (".docx", bomb(), "展开以后太大"),
    "太大": (".txt", b"a" * 40_000_000, "超过 20 MB"),
    "太长": (".txt", b"1\n" * 60_000, "超过 5 万字"),
    "很多方括号": (".md", b"[ " * 60_000, "超过 5 万字"),
    "空": (".txt", b"", "没有文字"),
    "空网页": (".html", b"<html><body><script>1</script></body></html>", "没有文字"),
    "不是文字": (".txt", bytes(range(256)) * 9, "不是文字"),
    "很深": (".html", b"<div>" * 50_000, "没有文字"),
}  # fmt: skip


@pytest.mark.parametrize(("suffix", "data", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(suffix, data, why):
    with pytest.raises(Unreadable, match=why):
        lines_of(suffix, data)


def test_the_command_tells_by_its_exit_code(tmp_path, make_project):
    file, at = tmp_path / "稿子.txt", ("--root", make_project({}))
    for text, code, said in (
        ("发放资料205份，别的9次。", 0, "共 2 个数：0 个不符，1 个无法判断，1 个相符。"),
        ("发放资料204份。", 1, "共 1 个数：1 个不符，0 个无法判断，0 个相符。"),
        ("", 2, "没有查：里面没有文字"),
    ):
        file.write_text(text, encoding="gb18030")
        done = ran_script("check_text.py", file, *at, "--year", "2024", "--today", str(TODAY))
        assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert ran_script("check_text.py", file, *at, "--year", "1999").returncode == 2
    done = ran_script("check_text.py", file, *at, "--today", "2025-01-05")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "--year 2024" in done.stderr


def test_what_is_to_be_mended_comes_first(tmp_path, make_project):
    file = tmp_path / "稿子.txt"
    file.write_text("发放资料205份。\n别的9次。\n发放资料204份。", encoding="utf-8")
    at = ("--root", make_project({}), "--year", "2024", "--today", str(TODAY))
    done = ran_script("check_text.py", file, *at)
    summary, *lines = done.stdout.splitlines()
    sample = "同它比的记录是示例数据，不是真的。2024年的报告还没有写，或者是草稿，数还会变。"
    told = f"{sample}共 3 个数：1 个不符，1 个无法判断，1 个相符。"
    assert summary == done.stderr.strip() == told
    assert [line.partition("（")[0] for line in lines if not line.startswith(" ")] == [
        "发放资料【204份】", "别的【9次】", "发放资料【205份】",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["示例数据：本报告的记录是为演示编写的。", "法治政府建设情况报告（示例）", "报告(示例)"]
)
def test_a_text_of_samples_is_told_as_one(year, text):
    told = ["同它比的记录是示例数据，不是真的。", "稿子里写着示例，不是真的报告。"]
    for real in ("海报9张。", "海报9张。\n附件：行政处罚文书（示例）", "附件1.填表说明（示例）"):
        assert check(lines_of(".txt", real.encode()), year).notices == told[:1]
    assert check(lines_of(".txt", text.encode()), year).notices == told
