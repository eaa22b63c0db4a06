"""Parts, and counts up to a day: what a sentence says of them, held to what they are."""

import re
import shutil

import pytest

from fazhi import project
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import ROOT

STREET = ROOT / "tests/townships/beiguan-street"
PARAGRAPH = "截至{{ 行政处罚.截至 }}，作出行政处罚"
SAID = r"""
截至{{ 行政处罚.截至 }}，作出行政处罚{{ 行政处罚 }}。
截至12月3日，作出行政处罚{{ 行政处罚 }}。
截至2024年12月3日，作出行政处罚{{ 行政处罚 }}，公示率{{ 公示率 }}。
作出行政处罚{{ 行政处罚 }}（截至12月3日）。
截至12月3日，作出行政处罚{{ 行政处罚 }}；其中罚款{{ 行政处罚.罚款 }}。
截至12月3日，开展以案释法{{ 以案释法 }}。
截至年底，开展以案释法{{ 以案释法 }}。
截至12月3日，罚款{{ 行政处罚.罚款 }}，普通程序{{ 处罚程序.普通 }}。
截至{{ 公示的处罚.截至 }}，作出行政处罚{{ 行政处罚 | 汉字 }}。
截至12月30日，作出行政处罚{{ 行政处罚 }}。 FZ732
截至12月4日，作出行政处罚{{ 行政处罚 }}。 FZ732
截至11月底，作出行政处罚{{ 行政处罚 }}。 FZ732
截至年底，作出行政处罚{{ 行政处罚 }}。 FZ732
截止12月30日，公示率{{ 公示率 }}。 FZ732
全年作出行政处罚{{ 行政处罚 }}。 FZ732
作出行政处罚{{ 行政处罚 }}，截至12月30日。 FZ732
截至2023年12月3日，作出行政处罚{{ 行政处罚 }}。 FZ732
截至6月底，开展以案释法{{ 以案释法 }}。 FZ732
截至12月3日，全年作出行政处罚{{ 行政处罚 }}。 FZ732
作出行政处罚{{ 行政处罚 }}。 FZ736
以下数据截至12月3日。\n\n作出行政处罚{{ 行政处罚 }}。
1月1日至12月3日，作出行政处罚{{ 行政处罚 }}。
1月至12月，作出行政处罚{{ 行政处罚 }}。 FZ732
| 项目 | 截至12月3日 |\n|---|--:|\n| 行政处罚 | {{ 行政处罚 }} |
| 项目 | 截至12月30日 |\n|---|--:|\n| 行政处罚 | {{ 行政处罚 }} | FZ732
| 处罚种类 | 件数（件） |\n|---|--:|\n| 罚款（截至12月3日） | {{ 行政处罚.罚款 \| 不带单位 }} |
截至{{ 以案释法.截至 }}，开展以案释法{{ 以案释法 }}。 FZ704
截至12月3日，其中警告{{ 行政处罚.罚款 }}。 FZ730
截至12月3日，拘留{{ 行政处罚.拘留 }}。 FZ704
公示率{{ 公示率.罚款 }}。 FZ703
截至12月3日，罚款{{ 行政处罚.罚款.警告 }}。 FZ703
截至12月3日，作出行政处罚{{ 行政处罚 | 小数(1) }}。 FZ704
"""


@pytest.mark.parametrize("said", SAID.strip().splitlines())
def test_what_is_said_of_a_day_and_of_a_part(said, tmp_path):
    shutil.copytree(STREET, tmp_path, dirs_exist_ok=True)
    report = tmp_path / "docs/report/2024.md"
    sentence, rule = re.fullmatch(r"(.*?)(?: (FZ\d+))?", said).groups()  # type: ignore[union-attr]
    lines = report.read_text(encoding="utf-8").splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith(PARAGRAPH))
    lines[at] = sentence.replace("\\n", "\n").replace("\\|", "|")
    report.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = {problem.rule for problem in project.load(Folder(tmp_path), TODAY).problems}
    assert rule in found if rule else not found


def test_a_heading_that_was_pasted_without_its_signs_is_told_of(tmp_path):
    shutil.copytree(STREET, tmp_path, dirs_exist_ok=True)
    report = tmp_path / "docs/report/2024.md"
    text = report.read_text(encoding="utf-8").replace("## 不足和原因 {块=不足}", "三、不足和原因")
    report.write_text(text, encoding="utf-8")
    (problem,) = project.load(Folder(tmp_path), TODAY).problems
    assert problem.rule == "FZ708"
    assert "“三、不足和原因”像是标题" in problem.hint


def test_a_figure_that_is_called_after_all_of_a_city_may_be_said_so(tmp_path):
    shutil.copytree(STREET, tmp_path, dirs_exist_ok=True)
    for path, old in (
        ("records/figures.yml", "名称: 以案释法,"),
        ("docs/report/2024.md", "{{ 以案释法 }}"),
    ):
        text = (tmp_path / path).read_text(encoding="utf-8")
        text = text.replace(old, old.replace("以案", "全市以案")).replace("开展以案", "全市以案")
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert not project.load(Folder(tmp_path), TODAY).problems
