"""Sentences put into the sample narrative: none that is untrue passes, and none that is true is refused.

`untrue.txt` and `true.txt` hold a sentence a line, grouped by headings; each is checked as a
paragraph of the report of 2024, over the sample's own records (`1. ` below `- ` is one list, FZ711);
those of `years-*.txt` over two more years of records. Those in `bureau/` are over the records there, of an office with totals, cases that
come to something, and means. Add a line where one got through.
"""

import re
import time
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from fazhi import project
from fazhi.problems.problem import ERROR, MOST_REPORTED, WARNING, Problem, Severity
from fazhi.records.cache import Cache
from fazhi.records.memory import Memory
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import ROOT
from tests.support.trees import Overlay
from tests.support.years import earlier_years, recorded_alike

HERE = Path(__file__).parent
BUREAU = HERE / "bureau"


def sentences(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("# ")]


def batches(all_of_them: list[str], size: int) -> Iterator[list[str]]:
    """So many at once; what spoils the whole file, by itself."""
    odd = {s for s in all_of_them if any(unicodedata.category(char) == "Cf" for char in s)}
    yield from ([sentence] for sentence in all_of_them if sentence in odd)
    rest = [sentence for sentence in all_of_them if sentence not in odd]
    yield from (rest[at : at + size] for at in range(0, len(rest), size))


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    """Of the records, which are the same under every batch."""
    return Memory(Cache(tmp_path, "records"), clock=time.time_ns)


def reported(
    said: list[str],
    memory: Memory | None,
    more: Mapping[str, bytes] | None = None,
    root: Path = ROOT,
    report: str = "docs/report/2024.md",
) -> Iterator[tuple[str, Problem]]:
    """What the checker finds in each sentence, in the first part of a report, with `more` files."""
    narrative = (root / report).read_text(encoding="utf-8")
    first, parts, rest = narrative.partition("{块=第一责任人}")
    above, heading, title = first.rpartition("\n## ")
    paragraphs = "\n" + "\n\n".join(said) + "\n"
    text = "".join((above, paragraphs, heading, title, parts, rest))
    alike = recorded_alike() if root == ROOT else {}
    tree = Overlay(Folder(root), {report: text.encode(), **alike, **(more or {})})
    lines = text.splitlines()
    for problem in project.load(tree, TODAY, has_evidence=False, memory=memory).problems:
        if problem.path == report and lines[problem.line - 1] in said:
            yield lines[problem.line - 1], problem


def levels(said: list[str], *of: Any) -> dict[str, set[Severity]]:
    """How bad the checker finds each sentence; `of` what, as in `reported`."""
    found: dict[str, set[Severity]] = {sentence: set() for sentence in said}
    for sentence, problem in reported(said, *of):
        found[sentence].add(problem.severity)
    return found


TOLD_OF_A_BUREAU = {
    "人均公职律师{{ 公职律师 }}。": "“公职律师”不是平均数",
    "食品案件占立案查办案件的{{ 食品案件占比 }}，比上年{{ 立案查办案件 | 同比 }}。": "说的是“食品案件占比”",
    "自2022年“八五”普法启动以来，累计办理信访{{ 累计办理信访 }}。": "前面说的是“2022年“八五”普法启动以来”",
    "“八五”普法规划启动实施以来，累计普法宣传活动{{ 普法宣传活动 }}。": "前面说的是““八五”普法规划启动实施以来”",
}
TOLD = {
    "全年调处邻里纠纷{{ 矛盾纠纷排查调处 }}。": "“邻里纠纷”的是 74/238",
    "专题宣传活动{{ 专题宣传活动 }}，由司法所承办。": "“司法所”的是 2/14",
    "排查调处矛盾纠纷{{ 矛盾纠纷排查调处 }}，示例三村最多。": "示例一村58、示例三村52、",
    "排查调处矛盾纠纷{{ 矛盾纠纷排查调处 }}，示例五村多于示例一村。": "示例五村是 45，示例一村是 58",
    "边界矛盾隐患排查{{ 边界矛盾隐患排查 }}，四季度排查出的隐患最多。": "一季度6、二季度5、三季度7、四季度5",
    "排查调处矛盾纠纷{{ 矛盾纠纷排查调处 }}，婚姻家庭和损害赔偿之和超过邻里纠纷。": "邻里纠纷是 74，婚姻家庭和损害赔偿是 67",
    "排查边界矛盾隐患{{ 边界矛盾隐患排查 }}，每次都比上一次多。": "依次是6、5、7、5",
}


def test_a_message_says_what_the_records_say(memory):
    found = dict(reported([*TOLD], memory))
    for sentence, told in TOLD.items():
        assert f"记录里{told}" in found[sentence].message
    of_bureau = [*TOLD_OF_A_BUREAU], None, None, BUREAU, "docs/report/2025.md"
    said = {sentence: problem.message for sentence, problem in reported(*of_bureau)}
    for sentence, told in TOLD_OF_A_BUREAU.items():
        assert told in said[sentence]


def test_no_figure_is_proposed_as_a_part_of_itself(memory):
    said = "发放宣传资料{{ 发放宣传资料 }}，其中2023年{{ 发放宣传资料.上年 }}。"
    hints = [problem.hint for _, problem in reported([said], memory)]
    assert hints == ["照这些数改，或者删去"]


def test_nothing_untrue_passes(memory):
    # Of each group some together: a rule reports no more than MOST_REPORTED of one file.
    untrue = sentences(HERE / "untrue.txt")
    each = batches([said for at in range(12) for said in untrue[at::12]], 250)
    found = [item for batch in each for item in levels(batch, memory).items()]
    assert [sentence for sentence, severities in found if not severities] == []
    only_warned = [said for said, severities in found if Severity.ERROR not in severities]
    assert len(found) >= 150
    assert len(only_warned) <= 10, only_warned


OVER_TWO_YEARS = """
- {名称: 累计资料, 单位: 份, 统计: 合计, 加: [发放宣传资料], 累计自: 2023, 印发: 否}
- {名称: 累计诉讼, 单位: 件, 统计: 合计, 加: [行政诉讼案件], 累计自: 2023, 印发: 否}
""".encode()


def test_nothing_true_is_refused(memory):
    """Nor because another figure reaches into the year before."""
    more = {path: data + OVER_TWO_YEARS for path, data in recorded_alike().items()}
    each = batches(sentences(HERE / "true.txt"), 700)
    found = [item for batch in each for item in levels(batch, memory, more).items()]
    assert [sentence for sentence, severities in found if Severity.ERROR in severities] == []
    warned = [sentence for sentence, severities in found if severities]
    assert len(found) >= 200
    assert len(warned) <= 5, warned


def test_what_a_court_undid_last_year_it_did_not_this_year(memory):
    said, path = "全年没有发生行政决定被法院撤销的情形。", "records/{0}/cases/行政诉讼-{0}-02.md"
    more = {path: data + OVER_TWO_YEARS for path, data in recorded_alike().items()}
    case = (ROOT / path.format(2024)).read_text(encoding="utf-8")
    more[path.format(2024)] = case.replace("撤销", "维持").encode()
    more[path.format(2023)] = re.sub("202[45]", "2023", case).encode()
    assert dict(reported([said], memory, more)) == {}


MEETING = """---
标题: 安全生产领导小组第二次会议
日期: 2024-07-02
类别: 专题会议
板块: 行政执法
承办: 综合执法办公室
主持: 乡长
应到: 9
实到: 9
议题:
  - {标题: 部署汛期安全检查, 主题: 平安创建, 结论: 分片包干}
---
会议部署汛期安全检查。
"""


def test_what_may_be_either_of_two_is_not_held_to_one(memory):
    said = "领导小组第二次会议审议《2024年度普法计划》。"
    assert dict(reported([said], memory))[said].rule == "FZ704"
    other = {"records/2024/meetings/2024-07-02-安全生产领导小组第二次会议.md": MEETING.encode()}
    assert dict(reported([said], memory, other)) == {}


OVER_YEARS = {"years-true": set[Severity](), "years-untrue": {ERROR}, "years-unknown": {WARNING}}


@pytest.mark.parametrize("name", OVER_YEARS)
def test_what_is_said_of_several_years(name, memory):
    each = batches(sentences(HERE / f"{name}.txt"), MOST_REPORTED - 1)
    held = [item for batch in each for item in levels(batch, memory, earlier_years()).items()]
    worst = {said: found & {ERROR} or found for said, found in held}
    assert [said for said, found in worst.items() if found != OVER_YEARS[name]] == []


def test_of_a_bureau_nothing_untrue_passes_and_nothing_true_is_refused():
    report = "docs/report/2025.md"
    untrue = levels(sentences(BUREAU / "untrue.txt"), None, None, BUREAU, report)
    assert [sentence for sentence, severities in untrue.items() if not severities] == []
    only_warned = [said for said, severities in untrue.items() if Severity.ERROR not in severities]
    assert len(only_warned) <= 8, only_warned
    true = levels(sentences(BUREAU / "true.txt"), None, None, BUREAU, report)
    assert [sentence for sentence, severities in true.items() if severities] == []
