"""The year in pictures as a whole: what changed, the cards, what is lacking, sources, the page."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

import pypdf
import pytest
from playwright.sync_api import Page

from tests.conftest import BASE, checked
from tests.support.building import Element, page, parsed
from tests.support.pictures import EVENT, EXAM, FIGURES, PAGE, PEOPLE, of, records, told

pytest_plugins = ["tests.support.browsing", "tests.support.sites"]

# 这一年


def test_all_that_is_shown_is_told_of_once(six_years, public):
    """宣讲 was another thing, 执法队伍 has no number, 矛盾纠纷 is not shown but as 纠纷结果."""
    site = page(six_years.site / f"{PAGE}.html")
    assert told(site) == {
        "新有的案件，上年没有": ["调解成功3起", "纠纷结果调解成功3起"],
        "比上年多的": [
            "宣传活动3场，上年1场，增加2场",
            "纠纷结果3起，上年1起，增加2起",
            "重点人群23名，上年17名，增加6名",
        ],
        "比上年少的": ["发放资料415份，上年11876份，下降96.5%"],
        "比上年高的比率": [
            "考试合格率95%（40人中38人），上年88.33%（60人中53人），提高6.67个百分点"
        ],
    }
    assert "主要的数、画了图的数，同上年比变了多少都在下面，变得多的在前" in str(site.text)
    whole = page(public / f"{PAGE}.html")
    assert "罚款的事由、警告的事由算在行政处罚决定里" in str(whole.text)
    sample = told(whole)
    assert [*sample] == [
        "新做的工作，上年没有",
        "新有的案件，上年没有",
        "比上年多的",
        "比上年少的",
        "比上年高的比率",
        "比上年低的比率",
        "不能同上年直接比的",
    ]
    assert sample["新做的工作，上年没有"] == ["普法和培训商户1场"]
    assert sample["新有的案件，上年没有"] == [
        "行政复议案件1件",
        "罚款的事由污水垃圾1件、违法搭建1件、野外用火1件",
        "警告的事由污水垃圾1件",
    ]
    assert sample["比上年多的"][:2] == [
        "行政检查6次，上年2次，增加4次",
        "行政处罚决定8件，上年4件，增加4件",
    ]
    assert "行政诉讼案件3件，上年2件，增加1件" in sample["比上年多的"]
    assert sample["比上年低的比率"] == [
        "法院回流案件调处成功率60.0%（15件中9件），上年62.5%（8件中5件），下降2.5个百分点"
    ]


def test_what_is_new_is_told_by_what_it_is(make_project):
    """Work of the office, cases, and what is neither."""
    teams = "---\n标题: 队伍\n截止日期: {}-12-31\n类别: 执法队伍\n数量: {}\n---\n"
    files = records() | {
        "records/2023/standings/队伍.md": teams.format(2023, 0),
        "records/2024/standings/队伍.md": teams.format(2024, 1),
    }
    del files["records/2023/activities/宣传.md"]
    new = told(parsed(str(of(make_project, files)[f"{PAGE}.md"])))
    assert [(name, lines) for name, lines in new.items() if "没有" in name] == [
        ("新做的工作，上年没有", ["宣传活动3场", "发放资料415份"]),
        ("新有的案件，上年没有", ["调解成功3起", "纠纷结果调解成功3起"]),
        ("新出现的，上年没有", ["执法队伍1支"]),
    ]


def test_what_was_defined_otherwise_says_that_it_was(make_project):
    figures = FIGURES.replace("自: 2024}", "自: 2024, 首页: 是}")
    site = parsed(str(of(make_project, records() | {"records/figures.yml": figures})[f"{PAGE}.md"]))
    told_of = [key.text for key in next(site.every("ul", kind="fz-keys")).every("li")]
    assert "宣讲3场上年 1场不能直接比2023年的数法不同。" in told_of


def test_people_who_must_not_be_recognised_are_told_of_last(make_project):
    files = records() | {"records/2023/standings/重点人群.md": PEOPLE.format(2023, 5, 2)}
    site = parsed(str(of(make_project, files)[f"{PAGE}.md"]))
    assert [line.partition("，")[0] for line in told(site)["比上年多的"]] == [
        "宣传活动3场",
        "纠纷结果3起",
        "重点人群23名",
    ]


def test_what_was_recorded_otherwise_is_compared_nowhere(public):
    """Neither the figure that says so (可比自) nor the rate that is made of it."""
    site = page(public / f"{PAGE}.html")
    assert told(site)["不能同上年直接比的"] == [
        "矛盾纠纷排查调处238起，上年64起2024年起，网格员跑得更勤，小纠纷也登记；同一起纠纷只算一次。",
        "矛盾纠纷调解成功率95.8%（238起中228起），上年93.8%（64起中60起）2024年起，登记办法变了。",
    ]
    cards = [key.text for key in next(site.every("ul", kind="fz-keys")).every("li")]
    assert [card for card in cards if "不能直接比" in card] == [
        "矛盾纠纷排查调处238起上年 64起不能直接比2024年起，网格员跑得更勤，小纠纷也登记；同一起纠纷只算一次。",
        "矛盾纠纷调解成功率95.8%上年 93.8%不能直接比2024年起，登记办法变了。",
    ]


def test_a_rate_goes_by_what_is_printed(make_project):
    """2.1 before 2.0, though of the exact ones it is the other way."""
    exams = (("2023", 64, 60, 57, 54), ("2024", 238, 228, 62, 60))
    files = {"records/figures.yml": FIGURES + EXAMINED.format("宪法") + EXAMINED.format("禁毒")}
    for year, *counts in exams:
        for place, (all_of, passed) in enumerate((counts[:2], counts[2:]), 1):
            exam = EXAM.format(f"{year}-11-0{place}", all_of, all_of, passed)
            subject = exam.replace("[宪法]", "[禁毒]") if place == 2 else exam
            files[f"records/{year}/activities/考试{place}.md"] = subject
    site = told(parsed(str(of(make_project, files)[f"{PAGE}.md"])))
    assert [line.rpartition("，")[2] for line in site["比上年高的比率"]][:2] == [
        "提高2.1个百分点",
        "提高2.0个百分点",
    ]


EXAMINED = """
- {{名称: {0}应考, 单位: 人, 统计: 求和, 记录: 活动, 条件: {{类别: 考试, 主题: {0}}}, 字段: 应考, 印发: 否}}
- {{名称: {0}合格, 单位: 人, 统计: 求和, 记录: 活动, 条件: {{类别: 考试, 主题: {0}}}, 字段: 合格, 印发: 否}}
- {{名称: {0}合格率, 板块: 法治宣传, 统计: 比率, 分子: {0}合格, 分母: {0}应考, 小数: 1, 首页: 是}}
"""
MANY = """
- {{名称: 发放资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数}}
- {{名称: 参加, 板块: 法治宣传, 单位: 人次, 统计: 求和, 记录: 活动, 字段: 参加人次}}
- {{名称: 海报, 板块: 法治宣传, 单位: 张, 统计: 求和, 记录: 活动, 字段: 张贴海报张数}}
- {{名称: 宣传活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 首页: 是{}}}
- {{名称: 活动场次, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动}}
- {{名称: 矛盾纠纷, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {{类别: 矛盾纠纷}}}}
- {{名称: 罚款, 板块: 矛盾化解, 单位: {}, 统计: 求和, 记录: 案件, 字段: 罚没金额, 公开: 是}}
"""
FINED = "---\n标题: 处罚{0}\n受理日期: {0}-03-01\n决定日期: {0}-03-02\n办结日期: {0}-03-03\n类别: 行政处罚\n处罚种类: 罚款\n结果: 办结\n罚没金额: {1}\n---\n"


def fined(
    make_project,
    unit: str = "元",
    more: str = "",
    figures: str = MANY,
    files: Mapping[str, str] | None = None,
) -> Element:
    """The page of a year with few activities, and a fine six times last year's."""
    day = "参加人次: {}\n张贴海报张数: {}\n发放资料份数"
    files = {"records/figures.yml": figures.format(more, unit), **(files or {})}
    for year, count in ((2023, 40), (2024, 80)):
        for place in range(1, 1 + count // 40):
            text = EVENT.format(place, f"{year}-05-0{place}", count, f"{year}年{place}村")
            text = text.replace("发放资料份数", day.format(count + 1, count + 2))
            files[f"records/{year}/activities/宣传{place}.md"] = text
        files[f"records/{year}/cases/处罚.md"] = FINED.format(
            year, 500 * (1 if year == 2023 else 6)
        )
    return parsed(str(of(make_project, files)[f"{PAGE}.md"]))


def test_what_a_figure_means_stands_on_its_card_and_below_its_first_picture(make_project):
    """Among the changes, too, if it has neither; what is said of a year names that."""
    note = "下村更勤，今年多了"
    wanted = "下村更勤，2024年多了。"
    site = fined(make_project, more=f", 说明: {note}")
    (card,) = [key for key in site.every("li") if key.text.startswith("宣传活动")]
    assert card.text.endswith(wanted)
    assert str(site.text).count(wanted) == 1
    typed = MANY.replace("首页: 是", "图: [柱, 逐月]")
    site = fined(make_project, more=f", 说明: {note}", figures=typed)
    below = [each.text for each in site.every("p", kind="fz-chart-note")]
    assert (below, str(site.text).count(wanted)) == ([wanted], 1)


def test_a_part_says_what_it_is_a_part_of(make_project):
    site = fined(make_project, more=", 属于: 活动场次")
    (card,) = [key for key in site.every("li") if key.text.startswith("宣传活动")]
    assert card.text.endswith("算在活动场次3场里。")


def test_each_picture_of_a_sample_is_marked(public):
    site = page(public / f"{PAGE}.html")
    for figure in site.every("figure", kind="fz-chart"):
        assert [mark.text for mark in figure.every("span", kind="fz-mark")] == ["示例数据"]


def test_few_parts_stand_on_the_card(public):
    site = page(public / f"{PAGE}.html")
    cards = [key.text for key in next(site.every("ul", kind="fz-keys")).every("li")]
    (fines,) = [card for card in cards if card.startswith("行政处罚决定")]
    assert "增加4件罚款5件、警告3件" in fines


def test_nor_is_anything_of_a_first_year_or_one_that_is_not_over(make_project):
    report = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
    draft = report.replace("2025-02-12", "2024-12-20").replace("成文", "有效性: 草稿\n成文")
    files = {path: text for path, text in records().items() if "2023" in path}
    for more in ({}, {**files, "docs/report/2024.md": draft}):
        pages = of(make_project, {"records/figures.yml": FIGURES, **more})
        assert "这一年" not in str(pages[f"{PAGE}.md"])


# 还有哪些不足、打算做什么


HEADED = """### 宣传形式单一

资料只发放{{ 发放资料 }}，**讲座**少。主要原因是力量不足。

### 执法[不够规范](2024.md)

| 项目 | 数量 |
|:--|--:|
| 宣传活动 | {{ 宣传活动 }} |

原因是培训少。
"""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (HEADED, [("宣传形式单一", "资料只发放205份，讲座少。"), ("执法不够规范", "")]),
        ("仍有不足：一是讲座少，原因是人少。二是资料少。", ["讲座少，原因是人少。", "资料少。"]),
        ("- 讲座少\n- 资料少，原因是钱少", ["讲座少", "资料少，原因是钱少"]),
        ("讲座少。原因是人少。\n\n资料少。", ["讲座少。", "资料少。"]),
    ],
)
def test_what_is_lacking_is_said_in_the_reports_first_sentences(make_project, typed, said):
    report = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
    typed = report.replace("宣传形式单一，主要原因是力量不足。", typed)
    files = {"records/figures.yml": FIGURES, "docs/report/2024.md": typed}
    lacking, planned = parsed(str(of(make_project, files)[f"{PAGE}.md"])).every(
        "ul", kind="fz-points"
    )
    wanted = ["".join(point) for point in said]
    assert [point.text for point in lacking.every("li")] == wanted
    assert [strong.text for strong in lacking.every("strong")] == [
        point[0] for point in said if isinstance(point, tuple)
    ]
    assert planned.text == "继续开展普法宣传。"


def test_a_text_without_such_blocks_says_nothing_of_it(make_project):
    words = (BASE / "records/vocabulary.yml").read_text(encoding="utf-8")
    words += "文种:\n  - {名称: 统计数据, 块: [办理情况]}\n"
    head = "---\n标题: 某县示例乡人民政府统计数据\n文种: 统计数据\n署名: 某县示例乡人民政府\n成文日期: 2025-02-12\n---\n"
    body = "## 法治宣传 {块=办理情况}\n\n开展宣传活动{{ 宣传活动 }}。\n"
    files = {
        "records/figures.yml": FIGURES,
        "records/vocabulary.yml": words,
        "docs/report/2024.md": head + body,
    }
    site = str(of(make_project, files)[f"{PAGE}.md"])
    assert "不足" not in site and "打算" not in site


CUT = """() => [...document.querySelectorAll("article .fz-clause")].flatMap(clause => {
    const walker = document.createTreeWalker(clause, NodeFilter.SHOW_TEXT), cut = [];
    for (let node; (node = walker.nextNode());) {
        const range = document.createRange();
        range.selectNodeContents(node);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        const begins = range.getClientRects()[0].left - clause.getBoundingClientRect().left;
        if (lines.size > 1 || (begins < 1 && /^[，；：、。）]/.test(node.data))) cut.push(node.data);
    }
    return cut;
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_line_ends_inside_a_word_or_begins_with_a_mark(
    public: Path, width: int, tab: Page
) -> None:
    tab.set_viewport_size({"width": width, "height": 740})
    tab.goto((public / f"{PAGE}.html").as_uri())
    assert tab.locator("article .fz-clause").count() > 100
    assert tab.evaluate(CUT) == []


SITE = "网站: {{名称: 示例县政府网, 域名: www.example.gov.cn, 标识码: '5000000001'{}}}\n"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", []),
        (SITE.format(""), ["报告全文：示例县政府网（www.example.gov.cn）"]),
        (
            SITE.format(", 地址: https://www.example.gov.cn/fz/"),
            [
                "报告全文：https://www.example.gov.cn/fz/report/2024.html",
                "网上的图解：https://www.example.gov.cn/fz/report/2024-pictures.html",
            ],
        ),
        ("联系: {科室: 司法所, 电话: 023-00000000}\n", ["有问题请问司法所，电话：023-00000000。"]),
        ("联系: {科室: 司法所, 电话: 12345}\n", ["有问题请问司法所，电话：12345。"]),
        (
            "联系: {科室: 司法所, 电话: 12345, 地址: 镇政府二楼, 时间: 工作日9:00—17:00}\n",
            ["有问题请问司法所，电话：12345，地址：镇政府二楼，时间：工作日9:00—17:00。"],
        ),
    ],
)
def test_where_the_report_is_read_and_whom_to_ask_is_said(make_project, typed, told):
    town = (BASE / "records/township.yml").read_text(encoding="utf-8")
    town = re.sub("示例数据: .*", "示例数据: 否", re.sub("网站:.*\n", "", town))
    files = {"records/figures.yml": FIGURES, "records/township.yml": town + typed}
    made = of(make_project, files)
    listed = next(parsed(str(made[f"{PAGE}.md"])).every("ul", kind="fz-sources"))
    lines = [line.text for line in listed.every("li")]
    assert [
        line for line in lines if line.startswith(("报告全文", "网上的图解", "有问题请问"))
    ] == told
    report = parsed(str(made["report/2024.md"])).text
    assert [line for line in told if line.startswith("有问题") and line not in report] == []


@pytest.mark.parametrize("phone", ["13800138000", "023-1380013800", "平安法治办", "023 59220000"])
def test_whom_to_ask_is_no_persons_phone(make_project, phone):
    town = (BASE / "records/township.yml").read_text(encoding="utf-8")
    town += f"联系: {{科室: 司法所, 电话: {phone}}}\n"
    problems = checked(make_project({"records/township.yml": town})).problems
    assert any("办公电话" in problem.message for problem in problems)


# The page


def test_it_stands_below_its_report(public: Path, tab: Page) -> None:
    tab.goto((public / f"{PAGE}.html").as_uri())
    path = tab.get_by_role("navigation", name="当前位置")
    assert path.locator("[aria-current=page]").inner_text() == "2024年图解"
    path.get_by_role("link", name="2024年度报告").click()
    assert tab.url == (public / "report/2024.html").as_uri()


def test_on_paper_the_year_is_on_the_first_of_three_sheets(public: Path, tab: Page) -> None:
    tab.goto((public / f"{PAGE}.html").as_uri())
    sheets = pypdf.PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages
    first, *others = [normalize("NFKC", "".join(sheet.extract_text().split())) for sheet in sheets]
    assert len(others) == 2
    assert "上年没有行政复议案件1件" in first
    assert "不能同上年直接比的矛盾纠纷" in first
    assert "组织领导" not in first
