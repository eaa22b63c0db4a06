"""What a report, or the title of a picture, says of numbers that the public does not see."""

import pytest

from fazhi.problems.problem import Severity
from tests.conftest import checked, lay
from tests.support.offices import COUNTED, NARRATIVE, PLAIN, SENSITIVE, YEARS, Office, case

FEW = [case("12345", of=YEARS[0]), *[case("群众申请", of=YEARS[1])] * 2]
MANY = [case("群众申请", category=PLAIN, of=year) for year in YEARS for _ in range(9)]
MANY += [case("12345", category=PLAIN, of=YEARS[1])]
BY_SOURCE = COUNTED | {"名称": "来源", "统计": "分类", "按": "来源", "条件": {"类别": PLAIN}}
FIGURES = [
    COUNTED | {"条件": {"类别": SENSITIVE}},
    COUNTED | {"名称": "纠纷", "条件": {"类别": PLAIN}, "图": "柱"},
    BY_SOURCE,
]
TOLD = [
    "救助全部在办。",
    "救助减少了。",
    "没有救助。",
    "受理救助寥寥无几。",
    "上年救助多，今年只剩零星。",
    "群众申请比12345多。",
    "救助比上年增加。",
    "救助少于纠纷{{ 纠纷 }}。",
    "来源{{ 来源 }}，其中群众申请最多。",
    "来源{{ 来源 }}，以群众申请为主。",
    '受理救助{{ 原文("2件", 理由="台账登记") }}。',
    "救助{{ 原文('两件', 理由='台账登记') }}，纠纷{{ 纠纷 }}。",
    "纠纷{{ 纠纷 }}，是救助的五倍。",
    "纠纷{{ 纠纷 }}，相当于救助的5倍。",
    "救助与来源数量相同。",
    *(
        f"救助{said}。"
        for said in (
            "两宗",
            "两桩",
            "两例",
            "成双",
            "一对",
            "在三件以下",
            "3月、5月各一件",
            "、来源各两件",
            "有二",
            "计二",
            "案件，共2件",
        )
    ),
    *(f"救助{said}，纠纷{{{{ 纠纷 }}}}。" for said in ("两起", "：2", " 2", "案件数为2", "2")),
    "全年第2起救助于12月受理，此后再无。",
    "两宗救助已办结。",
]
UNTOLD = [
    "救助工作有序。",
    "纠纷{{ 纠纷 }}，比上年增加。",
    "来源{{ 来源 }}。",
    "纠纷多于往年。",
    "救助一律从快，一件一策，2024年5月组织救助业务培训2次。",
    "开展两场救助政策宣讲，三名干部到场，办好一件救助案件，开展救助第一时间响应。",
    '印发救助办法，发放纠纷宣传资料{{ 原文("300份", 理由="台账") }}。',
]


def errors(tmp_path, sentence: str, title: str = "") -> list[str]:
    """What is wrong with a report of one sentence, or with the title of a picture."""
    titled = {"图题": {YEARS[1]: title}} if title else {}
    figures = [FIGURES[0], FIGURES[1] | titled, FIGURES[2]]
    Office(5, figures, [*FEW, *MANY], [], {}, {}).write(root := tmp_path / "office")
    lay(root, {f"docs/report/{YEARS[1]}.md": NARRATIVE.replace("正文。", sentence)})
    paths = ("docs/report/", "records/figures.yml")
    found = [p for p in checked(root).problems if p.path.startswith(paths)]
    return [f"{p.rule} {p.message}" for p in found if p.severity is Severity.ERROR]


@pytest.mark.parametrize("sentence", TOLD)
def test_it_is_not_told_though_it_is_true(sentence, tmp_path):
    assert any("FZ704" in told and "不公布" in told for told in errors(tmp_path, sentence))


@pytest.mark.parametrize("sentence", UNTOLD)
def test_what_tells_nothing_of_it_is_let_through(sentence, tmp_path):
    assert not [told for told in errors(tmp_path, sentence) if "不公布" in told]


def test_the_sensitive_records_among_others_are_named(tmp_path):
    """With the way out: another figure, that counts the others."""
    of_all = COUNTED | {"条件": {}}
    Office(5, [of_all], [*FEW, *MANY], [], {}, {}).write(root := tmp_path / "office")
    said = NARRATIVE.replace("正文。", f"受理{{{{ {of_all['名称']} }}}}。")
    lay(root, {f"docs/report/{YEARS[1]}.md": said})
    (told,) = (p.message for p in checked(root).problems if p.rule == "FZ704")
    assert f"里面有敏感的“{SENSITIVE}”（不数它的，在条件里写别的类别）" in told


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("纠纷{{ 纠纷 }}，救助比上年增加", 1),
        ("纠纷{{ 纠纷 }}，救助两宗", 1),
        ("纠纷{{ 纠纷 }}，救助：2", 1),
        ("纠纷{{ 纠纷 }}", 0),
    ],
)
def test_nor_in_the_title_of_a_picture(title, told, tmp_path):
    found = [one for one in errors(tmp_path, "正文。", title) if "不公布" in one]
    assert len(found) == told
