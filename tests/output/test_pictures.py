"""The year in pictures: every mark is computed, and what is drawn, said and tabled is the same."""

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path
from unicodedata import normalize

import pypdf
import pytest
from playwright.sync_api import Page

from fazhi.output.pictures import shapes
from fazhi.output.pictures.shapes import Mark
from fazhi.output.site import build
from fazhi.report.editions import Edition
from tests.conftest import BASE, checked
from tests.support.building import ROOT, Element, Project, page, parsed, with_few_records

pytest_plugins = ["tests.support.browsing"]

PAGE = "report/2024-pictures"
FIGURES = """
- {名称: 宣传活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 宣传活动}, 首页: 是, 图: 逐月}
- {名称: 发放资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数, 图: [柱, 逐月]}
- {名称: 考试应考, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 应考}
- {名称: 考试合格, 板块: 法治宣传, 单位: 人, 统计: 求和, 记录: 活动, 字段: 合格}
- {名称: 考试合格率, 板块: 法治宣传, 统计: 比率, 分子: 考试合格, 分母: 考试应考, 图: [比率, 线]}
- {名称: 执法队伍, 板块: 法治宣传, 单位: 支, 统计: 最新值, 记录: 现状, 条件: {类别: 执法队伍}, 图: 柱}
- {名称: 矛盾纠纷, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷}}
- {名称: 调解成功, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷, 结果: 调解成功}}
- {名称: 宣讲, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 考试}, 至: 2023}
- {名称: 宣讲, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 宣传活动}, 自: 2024}
- {名称: 纠纷结果, 板块: 矛盾化解, 单位: 起, 统计: 分类, 记录: 案件, 条件: {类别: 矛盾纠纷}, 按: 结果, 图: 分项}
- {名称: 重点人群, 板块: 矛盾化解, 单位: 名, 统计: 分类, 记录: 现状, 条件: {类别: 重点人群}, 图: [分项, 柱]}
"""
EXAM = "---\n标题: 法治考试\n日期: {}\n类别: 考试\n板块: 法治宣传\n地点: 乡政府\n主题: [宪法]\n应考: {}\n参考: {}\n合格: {}\n---\n考试。\n"
EVENT = "---\n标题: 宣传第{}次\n日期: {}\n类别: 宣传活动\n地点: 东村\n主题: [禁毒]\n发放资料份数: {}\n---\n在{}设点。\n"
CASE = "---\n标题: 纠纷{0}\n受理日期: {1}\n类别: 矛盾纠纷\n结果: 调解成功\n办结日期: {1}\n纠纷类型: 邻里纠纷\n---\n"
PEOPLE = (
    "---\n标题: 重点人群\n截止日期: {}-12-31\n类别: 重点人群\n分类: {{甲类: {}, 乙类: {}}}\n---\n"
)


def records() -> dict[str, str]:
    """Six years with a gap (2021 has no exam), a count by month, parts, people who are few."""
    files = {"records/figures.yml": FIGURES}
    for year, leaflets in zip(range(2019, 2024), (11230, 0, 10892, 12089, 11876), strict=True):
        folder = f"records/{year}"
        files[f"{folder}/activities/宣传.md"] = EVENT.format(year, f"{year}-05-08", leaflets, year)
        if year != 2021:
            exam = EXAM.format(f"{year}-11-20", 60, 60, year - 1970)
            files[f"{folder}/activities/考试.md"] = exam
        files[f"{folder}/standings/重点人群.md"] = PEOPLE.format(year, 8, 9)
    files["records/2024/activities/宣传1.md"] = EVENT.format(1, "2024-03-15", 120, "西村")
    files["records/2024/activities/宣传2.md"] = EVENT.format(2, "2024-03-26", 90, "南村")
    files["records/2024/activities/考试.md"] = EXAM.format("2024-11-20", 40, 40, 38)
    files["records/2024/cases/纠纷1.md"] = CASE.format(1, "2024-02-03")
    files["records/2024/cases/纠纷2.md"] = CASE.format(2, "2024-04-06")
    files["records/2024/standings/重点人群.md"] = PEOPLE.format(2024, 3, 20)
    failed = CASE.format(0, "2023-03-01").replace("调解成功", "调解不成")
    files["records/2023/cases/纠纷.md"] = failed
    return files


@pytest.fixture(scope="module")
def six_years(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = with_few_records(tmp_path_factory.mktemp("six") / "project")
    for path, text in records().items():
        file = project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    project.built()
    return project


def charts(site: Element) -> dict[str, Element]:
    """The pictures of a page by the captions of their tables."""
    return {next(f.every("caption")).text: f for f in site.every("figure", kind="fz-chart")}


def said(figure: Element) -> str:
    return next(figure.every("svg")).attributes["aria-label"]


def drawn(figure: Element) -> list[str]:
    return [text.text for text in next(figure.every("svg")).every("text")]


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d.]*", text)


def test_each_picture_says_draws_and_lists_the_same_numbers(six_years, public):
    for site in (six_years.site, public):
        found = charts(page(site / f"{PAGE}.html"))
        assert len(found) > 6
        for caption, figure in found.items():
            rows = [row.text for row in next(figure.every("tbody")).every("tr")]
            listed = sorted(n for row in rows for n in numbers(row))
            told = sorted(numbers(said(figure)))
            marks = sorted(n for text in drawn(figure) for n in numbers(text))
            # Beside them a whole's total, and the share of each part.
            assert not Counter(listed) - Counter(told), caption
            more = [] if "各项" in caption else sorted((Counter(told) - Counter(listed)).elements())
            assert len(more) <= ("各月" in caption), caption
            assert set(marks) - {"0", "100"} <= set(told), caption


def test_every_kind_of_picture_is_made_of_its_figure(six_years):
    found = charts(page(six_years.site / f"{PAGE}.html"))
    text = {caption: said(figure) for caption, figure in found.items()}
    assert text["发放资料，各年"] == (
        "2019年11230份，2020年0份，2021年10892份，2022年12089份，2023年11876份，2024年415份。"
    )
    rates = "2019年81.67%，2020年83.33%，2021年暂无，2022年86.67%，2023年88.33%，2024年95%。"
    assert text["考试合格率，各年"] == rates
    assert (
        text["考试合格率，怎样得来"] == "考试应考40人，其中考试合格38人，其余2人；考试合格率95%。"
    )
    assert text["宣传活动，2024年各月"].startswith("全年3场：1月0场，2月0场，3月2场，4月0场")
    assert text["发放资料，2024年各月"].startswith("全年415份：1月0份，2月0份，3月210份，4月0份")
    # Of one part alone there is but the whole, so its years are drawn.
    assert text["纠纷结果，各年"] == "2023年1起，2024年3起。调解成功3起。"
    # Three are too few to be told of, and merged with the twenty there is but one part.
    assert "重点人群，各项" not in text
    assert text["重点人群，各年"].endswith("2023年17名，2024年23名。")


def test_moving_a_record_moves_every_picture_that_counts_it(six_years, tmp_path):
    before = charts(page(six_years.site / f"{PAGE}.html"))
    project = with_few_records(tmp_path / "moved")
    moved = records()
    event, exam = "records/2024/activities/宣传1.md", "records/2024/activities/考试.md"
    moved[event] = moved[event].replace("2024-03-15", "2024-07-15").replace("120", "4120")
    moved[exam] = moved[exam].replace("合格: 38", "合格: 30")
    moved["records/2024/standings/重点人群.md"] = PEOPLE.format(2024, 11, 20)
    del moved["records/2024/cases/纠纷1.md"]
    for path, text in moved.items():
        file = project.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    moved_page = page(project.built() / f"{PAGE}.html")
    assert told(moved_page)["减少的"][0] == "发放资料4415份，上年11876份，下降62.8%"
    assert told(moved_page)["下降的比率"] == ["考试合格率75%，上年88.33%，下降13.33个百分点"]
    after = charts(moved_page)
    assert {"重点人群，各项"} == after.keys() - before.keys()
    for caption, figure in before.items():
        assert said(figure) != said(after[caption]), caption
        assert drawn(figure) != drawn(after[caption]), caption
    assert "4415份" in drawn(after["发放资料，各年"])
    assert "75%" in next(after["考试合格率，怎样得来"].every("figcaption")).text
    people = after["重点人群，各项"]
    assert drawn(people) == ["甲类", "11名", "乙类", "20名", "整条是全部31名"]
    assert next(people.every("figcaption")).text == "重点人群31名，为六年来最多"


EXPLAINED = """
- {名称: 受理, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷}, 图: [柱, 逐月], 说明: 群众申请的都计入}
- {名称: 成功, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷, 结果: 调解成功}}
- {名称: 在办, 板块: 矛盾化解, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷, 结果: 在办}}
- {名称: 成功率, 板块: 矛盾化解, 统计: 比率, 分子: 成功, 分母: 受理, 附列: [在办, 受理, 成功], 图: 比率}
- {名称: 结果, 板块: 矛盾化解, 单位: 起, 统计: 分类, 记录: 案件, 条件: {类别: 矛盾纠纷}, 按: 结果, 图: 分项}
"""


def explained(
    make_project, *outcomes: str, files: Mapping[str, str] | None = None
) -> dict[str, Element]:
    files = {"records/figures.yml": FIGURES + EXPLAINED, **(files or {})}
    for place, outcome in enumerate(outcomes, 1):
        text = CASE.format(place, f"2024-03-0{place}").replace("调解成功", outcome)
        closed = f"办结日期: 2024-03-0{place}\n"
        path = f"records/2024/cases/纠纷{place}.md"
        files[path] = text.replace(closed, "") if outcome == "在办" else text
    return charts(parsed(str(of(make_project, files)[f"{PAGE}.md"])))


def test_what_a_figure_means_stands_at_its_first_picture(make_project):
    notes = {
        caption: [each.text for each in figure.every("p", kind="fz-chart-note")]
        for caption, figure in explained(make_project, "调解成功").items()
    }
    assert notes.pop("受理，各年") == ["群众申请的都计入。"]
    assert "受理，2024年各月" in notes
    assert not any(notes.values())


def test_the_rest_of_a_whole_says_what_is_among_it(make_project):
    """Not what is counted elsewhere: 受理 is the whole, 成功 the part."""
    outcomes = ("调解成功", "调解不成", "在办")  # beside the one that the base has
    share = explained(make_project, *outcomes)["成功率，怎样得来"]
    rows = [row.text for row in next(share.every("tbody")).every("tr")]
    wanted = [text for text in drawn(share) if text.startswith(("其余", "其中"))]
    assert wanted == ["其余 2起", "其中在办 1起"]
    assert "其余2起，其中在办1起" in said(share)
    assert "其中在办1起" in rows


def test_what_is_all_of_the_rest_is_named_for_it(make_project):
    share = explained(make_project, "调解成功", "在办")["成功率，怎样得来"]
    assert drawn(share) == ["整条是受理 3起，其中", "成功 2起", "在办 1起"]
    assert "其中成功2起，在办1起" in said(share)


LAST_YEAR = {"records/2023/cases/纠纷.md": CASE.format(0, "2023-03-01")}


def test_of_parts_that_are_as_many_the_years_are_drawn(make_project):
    """Three bars of one length say nothing; what they are of is said in the title and the table."""
    alike = explained(make_project, "在办", files=LAST_YEAR)
    assert "结果，各项" not in alike
    years = alike["结果，各年"]
    assert next(years.every("figcaption")).text == "结果2起，在办、调解成功各1起"
    assert drawn(years) == ["2023年", "1起", "2024年", "2起"]
    assert [len(sizes(years, "width", style)) for style in ("other", "main")] == [1, 1]
    assert said(years) == "2023年1起，2024年2起。在办1起，调解成功1起。"
    rows = next(years.every("tbody"))
    assert rows.text.endswith("在办1起 调解成功1起")
    assert "结果，各项" in explained(make_project, "在办", "在办", files=LAST_YEAR)


def test_parts_that_the_title_does_not_name_are_drawn(make_project):
    title = "图: 分项, 图题: {2024: '结果{{ 结果 }}，上年{{ 结果.上年 }}'}"
    typed = EXPLAINED.replace("按: 结果, 图: 分项", f"按: 结果, {title}")
    files = {**LAST_YEAR, "records/figures.yml": FIGURES + typed}
    assert "结果，各项" in explained(make_project, "在办", files=files)


def test_parts_of_a_year_have_its_colour(make_project):
    """Whatever is greatest: only an earlier year's has another."""
    parts = explained(make_project, "调解成功", "在办", files=LAST_YEAR)
    assert len(sizes(parts["结果，各项"], "width", "main")) == 2
    assert sizes(parts["结果，各项"], "width", "other") == []


def test_a_rate_stands_in_its_picture_where_no_title_says_it(make_project):
    title = "比率, 图题: {2024: '受理{{ 受理 }}，成功{{ 成功 }}'}"
    typed = {"records/figures.yml": FIGURES + EXPLAINED.replace("图: 比率", f"图: {title}")}
    share = explained(make_project, "调解成功", "在办", files=typed)["成功率，怎样得来"]
    assert drawn(share)[0] == "66.67%"


def test_what_only_serves_others_goes_by_the_name_that_is_published(make_project):
    """The same under two names side by side reads as two things."""
    same = "- {名称: 纠纷, 单位: 起, 统计: 件数, 记录: 案件, 条件: {类别: 矛盾纠纷}, 印发: 否}\n"
    typed = EXPLAINED.replace("分母: 受理", "分母: 纠纷") + same
    files = {"records/figures.yml": FIGURES + typed}
    share = explained(make_project, "在办", files=files)["成功率，怎样得来"]
    assert drawn(share)[0] == "整条是矛盾纠纷 2起，其中"


def sizes(figure: Element, what: str, *kinds: str) -> list[float]:
    """How wide or high the bars of a picture are, those of some styles, in order."""
    bars = next(figure.every("svg")).every("rect")
    return [float(b.attributes[what]) for b in bars if not kinds or b.classes[0] in kinds]


def test_what_is_drawn_is_as_long_as_its_number_is_great(six_years):
    found = charts(page(six_years.site / f"{PAGE}.html"))
    lengths = sizes(found["发放资料，各年"], "width")
    amounts = [11230, 10892, 12089, 11876, 415]  # 0 has none
    assert lengths == pytest.approx([max(lengths) * n / 12089 for n in amounts], abs=0.1)
    whole, part = sizes(found["考试合格率，怎样得来"], "width")[:2]
    assert part == pytest.approx(whole * 38 / 40, abs=0.1)
    assert sizes(found["发放资料，2024年各月"], "height") == pytest.approx([104, 101.5], abs=0.1)
    dots = list(next(found["考试合格率，各年"].every("svg")).every("circle"))
    heights = [130 - float(dot.attributes["cy"]) for dot in dots]
    rates = [49 / 60, 50 / 60, 52 / 60, 53 / 60, 38 / 40]
    assert heights == pytest.approx([104 * rate for rate in rates], abs=0.1)


def test_no_line_leads_over_a_gap_or_to_what_counts_otherwise():
    counted = years("5件", "6件", None, "8件", "7件", "9件")
    unlike = Mark("2023年", Fraction(7), "7件", "unlike")
    them = [*counted[:4], unlike, counted[5]]
    drawn = parsed(str(shapes.course(shapes.said(them), them)))
    lines = [e.attributes["points"] for e in drawn.every("polyline", kind="course")]
    dots = [e.attributes["cx"] for e in drawn.every("circle")]
    assert [[at.partition(",")[0] for at in line.split()] for line in lines] == [dots[:2]]
    assert [e.classes for e in drawn.every("circle")][3] == ["unlike"]
    assert "2023年7件（口径不同）" in next(drawn.every("svg")).attributes["aria-label"]


def test_a_page_is_the_same_to_the_byte_whatever_the_order_of_hashes(six_years):
    shutil.rmtree(six_years.root / ".cache", ignore_errors=True)
    before = (six_years.site / f"{PAGE}.html").read_bytes()
    built = six_years.built(environment={"PYTHONHASHSEED": "7"})
    assert (built / f"{PAGE}.html").read_bytes() == before


def of(make_project, files: Mapping[str, str]) -> Mapping[str, str | bytes]:
    years = checked(make_project(files)).years
    return build(next(year for year in years if year.year == 2024), Edition.PUBLIC)


def test_a_year_with_nothing_chosen_has_no_page_and_no_way_to_one(make_project):
    plain = (BASE / "records/figures.yml").read_text(encoding="utf-8")
    for figures, is_made in (
        (plain, False),
        (plain.replace("{类别: 执法队伍}}", "{类别: 执法队伍}, 首页: 是, 图: 柱}"), False),  # 暂无
        (plain.replace("{类别: 矛盾纠纷}}", "{类别: 矛盾纠纷}, 首页: 是}"), True),
    ):
        pages = of(make_project, {"records/figures.yml": figures})
        assert (f"{PAGE}.md" in pages) is is_made
        assert ("2024-pictures.html" in str(pages["report/2024.md"])) is is_made


def test_a_first_year_has_pictures_of_itself(make_project):
    pages = of(make_project, {"records/figures.yml": FIGURES})
    found = charts(parsed(str(pages[f"{PAGE}.md"])))
    assert said(found["发放资料，各年"]) == "2024年205份。"
    assert "上年" not in str(pages[f"{PAGE}.md"])


def test_a_month_that_was_not_over_when_the_text_was_written_is_no_zero(make_project):
    report = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
    draft = report.replace("2025-02-12", "2024-12-20").replace("成文", "有效性: 草稿\n成文")
    files = {"records/figures.yml": FIGURES, "docs/report/2024.md": draft}
    months = charts(parsed(str(of(make_project, files)[f"{PAGE}.md"])))["宣传活动，2024年各月"]
    assert said(months).endswith("10月0场，11月0场，12月暂无。")
    assert drawn(months)[-1] == "—"


# 这一年


def told(site: Element) -> dict[str, list[str]]:
    """What changed, by kind: its figures with their numbers."""
    kinds = next(site.every("dl", kind="fz-changes")).every("div")
    found = ((next(k.every("dt")).text, [*k.every("dd")]) for k in kinds)
    return {name: [each.text for each in held if not each.classes] for name, held in found}


def test_what_changed_most_is_told_of_what_may_be_compared(six_years, public):
    """宣讲 was another thing, 执法队伍 has no number, 重点人群 are people, 纠纷结果 is of 矛盾纠纷."""
    assert told(page(six_years.site / f"{PAGE}.html")) == {
        "新出现的，上年没有": ["调解成功3起", "纠纷结果调解成功3起"],
        "增加的": [
            "宣传活动3场，上年1场，增加2场",
            "矛盾纠纷3起，上年1起，增加2起",
        ],
        "减少的": [
            "发放资料415份，上年11876份，下降96.5%",
            "考试应考40人，上年60人，下降33.3%",
            "考试合格38人，上年53人，下降28.3%",
        ],
        "提高的比率": ["考试合格率95%，上年88.33%，提高6.67个百分点"],
    }
    sample = told(page(public / f"{PAGE}.html"))
    assert list(sample) == [
        "新出现的，上年没有",
        "增长最多的（上年30以上）",
        "多得最多的（上年不到30）",
        "减少的",
        "金额增加的",
        "提高的比率",
        "下降的比率",
    ]
    assert sample["新出现的，上年没有"] == [
        "行政复议案件1件有人不服乡政府的决定，请上级政府再审一遍。",
        "罚款的事由污水垃圾1件、违法搭建1件、野外用火1件",
        "警告的事由污水垃圾1件",
        "普法和培训商户1场",
    ]
    small = sample["多得最多的（上年不到30）"]
    assert [figure.partition("，")[0] for figure in small] == [
        "普法和培训22场",
        "专题宣传活动14场",
        "行政检查6次",
        "行政处罚决定8件",  # as many more as the one before it
    ]
    assert [figure.partition("，")[0] for figure in sample["增长最多的（上年30以上）"]] == [
        "矛盾纠纷排查调处238起",
        "专题宣传活动参加人次1804人次",
        "发放宣传资料2360份",
    ]


MANY = """
- {{名称: 发放资料, 板块: 法治宣传, 单位: 份, 统计: 求和, 记录: 活动, 字段: 发放资料份数}}
- {{名称: 参加, 板块: 法治宣传, 单位: 人次, 统计: 求和, 记录: 活动, 字段: 参加人次}}
- {{名称: 海报, 板块: 法治宣传, 单位: 张, 统计: 求和, 记录: 活动, 字段: 张贴海报张数}}
- {{名称: 宣传活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 首页: 是{}}}
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


@pytest.mark.parametrize(("unit", "words"), [("元", "3000元"), ("万元", "0.3万元")])
def test_money_is_no_rival_of_counts(make_project, unit, words):
    """It passes any bound; of few figures it would be the one that grew most, whatever stands behind it."""
    said = told(fined(make_project, unit))
    assert [figure.partition("，")[0] for figure in said["金额增加的"]] == [f"罚款{words}"]
    assert not any(figure.startswith("罚款") for figure in said["增长最多的（上年30以上）"])


def test_of_one_that_is_not_ranked_no_most_is_said(make_project):
    (figure,) = told(fined(make_project))["多了的（上年不到30）"]
    assert figure.startswith("宣传活动")


def test_what_a_figure_means_stands_where_its_number_is_asked_for(make_project):
    """Among the changes or else on its card, and once more below its first picture, far from there."""
    note = "下村更勤，所以多了"
    site = fined(make_project, more=f", 说明: {note}")
    (line,) = [
        figure for figure in told(site)["多了的（上年不到30）"] if figure.startswith("宣传活动")
    ]
    assert line.endswith(f"{note}。")
    assert str(site.text).count(note) == 1
    typed = MANY.replace("首页: 是", "图: [柱, 逐月]")
    site = fined(make_project, more=f", 说明: {note}", figures=typed)
    (line,) = [
        figure for figure in told(site)["多了的（上年不到30）"] if figure.startswith("宣传活动")
    ]
    assert line.endswith(f"{note}。")
    below = [each.text for each in site.every("p", kind="fz-chart-note")]
    assert (below, str(site.text).count(note)) == ([f"{note}。"], 2)
    same = {
        f"records/2023/activities/宣传{n}.md": EVENT.format(n, f"2023-05-0{n}", 40, f"2023年{n}村")
        for n in (2, 3)
    }
    site = fined(make_project, more=f", 说明: {note}", files=same)
    (card,) = [key for key in site.every("li") if key.text.startswith("宣传活动")]
    assert card.text.endswith(f"{note}。")
    assert str(site.text).count(note) == 1


def test_each_picture_of_a_sample_is_marked(public):
    site = page(public / f"{PAGE}.html")
    for figure in site.every("figure", kind="fz-chart"):
        assert [mark.text for mark in figure.every("span", kind="fz-mark")] == ["示例数据"]


def test_few_parts_stand_on_the_card(public):
    site = page(public / f"{PAGE}.html")
    cards = [key.text for key in next(site.every("ul", kind="fz-keys")).every("li")]
    (fines,) = [card for card in cards if card.startswith("行政处罚决定")]
    assert fines.endswith("罚款5件、警告3件")


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
            ["报告全文：https://www.example.gov.cn/fz/report/2024.html"],
        ),
        ("联系: {科室: 司法所, 电话: 023-00000000}\n", ["有问题请问司法所，电话 023-00000000。"]),
        ("联系: {科室: 司法所, 电话: 12345}\n", ["有问题请问司法所，电话 12345。"]),
    ],
)
def test_where_the_report_is_read_and_whom_to_ask_is_said(make_project, typed, told):
    town = (BASE / "records/township.yml").read_text(encoding="utf-8")
    town = re.sub("示例数据: .*", "示例数据: 否", re.sub("网站:.*\n", "", town))
    files = {"records/figures.yml": FIGURES, "records/township.yml": town + typed}
    listed = next(parsed(str(of(make_project, files)[f"{PAGE}.md"])).every("ul", kind="fz-sources"))
    lines = [line.text for line in listed.every("li")]
    assert [line for line in lines if line.startswith(("报告全文", "有问题请问"))] == told


@pytest.mark.parametrize("phone", ["13800138000", "023-1380013800", "平安法治办", "023 59220000"])
def test_whom_to_ask_is_no_persons_phone(make_project, phone):
    town = (BASE / "records/township.yml").read_text(encoding="utf-8")
    town += f"联系: {{科室: 司法所, 电话: {phone}}}\n"
    problems = checked(make_project({"records/township.yml": town})).problems
    assert any("办公电话" in problem.message for problem in problems)


# Layout

UNLIKE = "unlike"


def marks(labels: Iterable[str], words: Iterable[str | None], style: str = "other") -> list[Mark]:
    return [
        Mark(label, Fraction(re.sub(r"[^\d.]", "", word)), word, style)
        if word
        else Mark(label, None, "暂无")
        for label, word in zip(labels, words, strict=True)
    ]


def years(*words: str | None) -> list[Mark]:
    made = marks([f"{2025 - len(words) + n}年" for n in range(len(words))], words)
    return [*made[:-1], Mark(made[-1].label, made[-1].amount, made[-1].words, "main")]


LONG = "因拆迁安置补偿引起的群体性矛盾纠纷和土地权属争议，以及由此引起的其他各种事项"
OVER_YEARS = [
    years("12场"),
    years("0件", "0件"),
    years("11230份", "10892份", "12004份", "11876份", "12089份"),
    years("3场次", "5场次", "8场次", "13场次", "21场次", "34场次", "55场次", "89场次", "144场次"),
    years("1203.45万元", "998.7万元", None, "1345.08万元", "12.5万元", "1402.33万元"),
    years("1人次", None, None, "99999999人次"),
    years("90人次", "5人次", "95人次", "50人次", "2人次", "88人次"),
    [*marks(["2021年", "2022年"], ["320起", "410起"], UNLIKE), *years("64起", "238起")],
]
RATES = [
    years("95.8%", "95.8%", "95.8%"),
    years("100%", "86.67%", None, "0%", "96.77%"),
    years(*(f"{80 + n}.25%" for n in range(12))),
]
PARTS = [
    marks(["邻里纠纷", "山林土地", "其他"], ["80起", "40起", "3起"]),
    marks([LONG, "婚姻家庭"], ["5起", "3起"]),
]
MONTHS = [
    marks([f"{n}月" for n in range(1, 13)], words)
    for words in (
        ["24", "34", "22", "15", "14", "13", "15", "17", "25", "27", "18", "14"],
        ["0", "0", "1", "0", "12089", "11876", "9999", "10000", "5", "0", None, None],
        ["1.5", "12.75", "103.45", "98.4", "0", "33.33", "21.2", "5", "6", "7", "8", "9"],
    )
]

TOUCHING = """() => [...document.querySelectorAll("figure.fz-chart > svg")].flatMap(svg => {
    const all = svg.viewBox.baseVal, texts = [...svg.querySelectorAll("text")];
    const boxes = texts.map(text => [text.textContent, text.getBBox()]);
    const outside = boxes.filter(([, box]) => box.x < -1 || box.x + box.width > all.width + 1);
    const pairs = boxes.flatMap(([one, a], at) => boxes.slice(0, at)
        .filter(([, b]) => a.x < b.x + b.width && b.x < a.x + a.width)
        .filter(([, b]) => a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height)
        .map(([other]) => [one, other]));
    return [...outside.map(([text]) => text), ...pairs];
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_no_label_touches_another_or_leaves_its_picture(
    width: int, tmp_path: Path, tab: Page
) -> None:
    whole = Fraction(100)
    made = [shape("甲", one) for one in OVER_YEARS for shape in (shapes.bars, shapes.course)]
    made += [shape("甲", one, whole) for one in RATES for shape in (shapes.bars, shapes.course)]
    made += [shapes.bars("甲", one, whole) for one in PARTS]
    made += [shapes.bars("甲", one) for one in PARTS]
    made += [shapes.columns("甲", one, [[mark.amount for mark in one]]) for one in MONTHS]
    made += [shapes.share("甲", "62.5%", one[0], one[1:], one[0]) for one in PARTS]
    style = (ROOT / "docs/assets/site.css").as_uri()
    figures = "".join(f'<figure class="fz-chart">{svg}</figure>' for svg in made)
    file = tmp_path / "all.html"
    head = f'<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="{style}">'
    file.write_text(f'{head}<body class="md-typeset">{figures}', encoding="utf-8")
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(file.as_uri())
    assert tab.evaluate(TOUCHING) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nor_on_a_page(six_years: Project, public: Path, width: int, tab: Page) -> None:
    tab.set_viewport_size({"width": width, "height": 900})
    for site in (six_years.site, public):
        tab.goto((site / f"{PAGE}.html").as_uri())
        assert tab.evaluate(TOUCHING) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_who_listens_hears_the_finding_and_all_that_is_drawn(public: Path, tab: Page) -> None:
    tab.goto((public / f"{PAGE}.html").as_uri())
    session = tab.context.new_cdp_session(tab)
    tree = session.send("Accessibility.getFullAXTree")["nodes"]
    heard = [
        node["name"]["value"]
        for node in tree
        if node["role"]["value"] == "image" and node["name"]["value"]
    ]
    found = charts(page(public / f"{PAGE}.html")).values()
    assert [said(figure) for figure in found] == heard
    texts = {node["name"]["value"] for node in tree if node["role"]["value"] == "StaticText"}
    assert "发放宣传资料" in texts
    assert not {"1月", "其余 2人", "其余 10起"} & texts


def test_it_stands_below_its_report(public: Path, tab: Page) -> None:
    tab.goto((public / f"{PAGE}.html").as_uri())
    tab.get_by_role("navigation", name="当前位置").get_by_role("link", name="2024年度报告").click()
    assert tab.url == (public / "report/2024.html").as_uri()


def test_on_paper_the_year_is_on_the_first_of_three_sheets(public: Path, tab: Page) -> None:
    tab.goto((public / f"{PAGE}.html").as_uri())
    sheets = pypdf.PdfReader(io.BytesIO(tab.pdf(prefer_css_page_size=True))).pages
    first, *others = [normalize("NFKC", "".join(sheet.extract_text().split())) for sheet in sheets]
    assert len(others) == 2
    assert "上年没有行政复议案件1件" in first
    assert "下降的比率法院回流案件" in first
    assert "组织领导" not in first
