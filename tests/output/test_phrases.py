"""Lines of Chinese end between words."""

import pytest

from fazhi.output.phrases import END, parted


@pytest.mark.parametrize(
    "shown",
    [
        "参加考试的|是乡干部|和村干部。",
        "2024年起|网格员查得更勤，小纠纷也登记",
        "执法用语|和方式不够文明的|情况仍然存在",
        "针对外出务工人员等|群体安排内容",
        "《河坪乡人民政府|2024年|法治政府建设情况报告》|左岚府文",
        "2024年1月1日至|2024年底",
        "法治理论知识考试合格率|96.8%，上年94.7%",
        "截至12月3日，增长25.5%",
        "群众|把纠纷告到法院",
        "各村|由网格员|或者村干部登记",
        # No line begins with a mark, or is cut behind a word that only looks like one that joins.
        "群众反映的、看见的，“的”字",
        "上年不多、这一年多了的",
        "目的地",
        "目的",
        "和解协议",
        "调和",
        "了解情况",
        "为了大家",
        "平等对待",
        "等级",
        "理由充分，由于自由",
        "一把手把关",
        "参与会议",
        "与会人员",
    ],
)
def test_a_phrase_ends_where_no_word_does(shown: str) -> None:
    assert parted(shown.replace("|", "")).replace(END, "|") == shown
