"""Names that no line breaks: on paper, where the lines are made here, and in a browser."""

from __future__ import annotations

import pytest

from fazhi.output import names
from fazhi.output.documents import layout
from fazhi.records.narrative import ReportMeta

OFFICE, SHORT, PARTY = "示例县河坪乡人民政府", "河坪乡", "中共示例县河坪乡委员会"
LONG = "示例土家族苗族自治县河坪乡便民服务和综合行政执法协调委员会办公室"
NAMES = (OFFICE, SHORT, PARTY, LONG, "法治政府建设")


@pytest.mark.parametrize(
    "lines",
    [
        [OFFICE + "统计数据"],
        # of about one length, and a name is never cut
        ["示例县河坪乡人民政府关于2024年推进", "法治政府建设工作情况和明年打算的报告"],
        ["关于报送2024年法治政府建设报告和", "示例县河坪乡人民政府工作安排的函"],
        ["中共示例县河坪乡委员会", "示例县河坪乡人民政府2024年报告"],
        # one longer than a line ends where 简称 does
        ["关于示例土家族苗族自治县河坪乡", "便民服务和综合行政执法协调委员会办公室"],
        # no mark begins a line, and none that opens ends one
        ["河坪乡关于落实市县两级文件的精神、", "开展《宪法》宣传教育活动情况的报告"],
        ["一" * 20, "一" * 20],
        [],
    ],
)
def test_a_title_on_paper(lines: list[str]) -> None:
    made = layout.lines("".join(lines), 20, NAMES)
    assert made == (lines or [""])


@pytest.mark.parametrize("most", [3, 8.5, 20, 28])
def test_no_line_is_too_wide_and_nothing_is_lost(most: float) -> None:
    text = f"关于{LONG}、{OFFICE}（{SHORT}）2024年度ABC-12345678901234567890法治政府建设情况的报告"
    made = layout.lines(text, most, NAMES)
    assert "".join(made) == text
    assert most < 20 or max(map(layout.width, made)) <= most


def meta(title: str, *issuers: str) -> ReportMeta:
    return ReportMeta.model_validate({"标题": title, "署名": [*issuers], "成文日期": "2025-02-12"})


@pytest.mark.parametrize("between", ["", " ", "\u3000"])
def test_a_title_that_begins_with_all_issuers_is_parted(between: str) -> None:
    title = f"{PARTY}{between}{OFFICE}{between}关于宣传的报告"
    assert names.begun(title, (PARTY, OFFICE)) == ((PARTY, OFFICE), "关于宣传的报告")
    shown = names.title(meta(title, PARTY, OFFICE), NAMES)
    assert shown.striptags() == " ".join(title.split())
    assert shown.count("fz-line") == 2


@pytest.mark.parametrize(
    "title", [f"{OFFICE}关于宣传的报告", f"{PARTY}{OFFICE}", f"{PARTY}、{OFFICE}报告"]
)
def test_another_title_is_not(title: str) -> None:
    assert names.begun(title, (PARTY, OFFICE)) == ((), title)
    assert "fz-line" not in names.title(meta(title, PARTY, OFFICE), NAMES)


def test_in_a_browser_a_name_may_break_between_its_parts_only() -> None:
    shown = names.unbroken(f"<{OFFICE}>", NAMES)
    name = '<span class="fz-name">示例县<wbr>河坪乡<wbr>人民政府</span>'
    assert shown == f"&lt;{name}&gt;"
