"""The year in pictures: every mark is computed, and what is drawn, said and tabled is the same."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fazhi.output.pictures import shapes
from fazhi.output.pictures.shapes import Mark
from tests.conftest import BASE
from tests.support.building import ROOT, Element, Project, copy_of, page, parsed, with_few_records
from tests.support.pictures import (
    CASE,
    FIGURES,
    PAGE,
    PEOPLE,
    charts,
    drawn,
    of,
    pictures,
    records,
    said,
    told,
)

pytest_plugins = ["tests.support.browsing", "tests.support.sites"]


def numbers(text: str) -> list[str]:
    return re.findall(r"\d[\d.]*", text)


def test_each_picture_says_draws_and_lists_the_same_numbers(six_years, public):
    for site in (six_years.site, public):
        found = pictures(page(site / f"{PAGE}.html"))
        assert len(found) > 5
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
    found = pictures(page(six_years.site / f"{PAGE}.html"))
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
    # Three are too few to be told of, and merged with the twenty there is but one part.
    assert "重点人群，各项" not in text
    assert text["重点人群，各年"].endswith("2023年17名，2024年23名。")


def test_moving_a_record_moves_every_picture_that_counts_it(six_years, tmp_path):
    before = pictures(page(six_years.site / f"{PAGE}.html"))
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
    assert told(moved_page)["比上年少的"] == ["发放资料4415份，上年11876份，下降62.8%"]
    assert told(moved_page)["比上年低的比率"] == [
        "考试合格率75%（40人中30人），上年88.33%（60人中53人），下降13.33个百分点"
    ]
    after = pictures(moved_page)
    assert {"重点人群，各项"} == after.keys() - before.keys()
    for caption, figure in before.items():
        assert said(figure) != said(after[caption]), caption
        assert drawn(figure) != drawn(after[caption]), caption
    assert "4415份" in drawn(after["发放资料，各年"])
    assert "75%" in next(after["考试合格率，怎样得来"].every("figcaption")).text
    people = after["重点人群，各项"]
    assert drawn(people) == ["甲类", "11名，占35.5%", "乙类", "20名，占64.5%"]
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
    assert drawn(share)[-1] == "其余 2起，其中在办 1起"
    assert "其余2起，其中在办1起" in said(share)
    assert "其中在办1起" in rows


def test_what_is_all_of_the_rest_is_named_for_it(make_project):
    share = explained(make_project, "调解成功", "在办")["成功率，怎样得来"]
    assert drawn(share) == ["整条：受理 3起", "成功 2起", "在办 1起"]
    assert "其中成功2起，在办1起" in said(share)


LAST_YEAR = {"records/2023/cases/纠纷.md": CASE.format(0, "2023-03-01")}


def words(figure: Element) -> list[str]:
    """What stands in the place of a picture."""
    return [each.text for each in figure.every("p", kind="fz-chart-words")]


def test_what_a_title_says_in_full_is_not_drawn(make_project):
    """Nor is what has nothing to compare: the words stand in its place, where the title has not all of them."""
    assert (
        words(explained(make_project, "在办", files=LAST_YEAR)["结果，各项"]),
        words(explained(make_project, "调解成功", files=LAST_YEAR)["结果，各项"]),
    ) == ([], [])
    for title, wanted, is_drawn in (
        ("结果{{ 结果 }}，上年{{ 结果.上年 }}", ["共2起：在办1起；调解成功1起。"], False),
        ("调解成功{{ 结果.调解成功 }}，在办{{ 结果.在办 }}", [], False),
    ):
        typed = EXPLAINED.replace(
            "按: 结果, 图: 分项", f"按: 结果, 图: 分项, 图题: {{2024: '{title}'}}"
        )
        files = {**LAST_YEAR, "records/figures.yml": FIGURES + typed}
        figure = explained(make_project, "在办", files=files)["结果，各项"]
        assert (words(figure), bool([*figure.every("svg")])) == (wanted, is_drawn)
    two = explained(make_project, "在办", "在办", files=LAST_YEAR)["结果，各项"]
    assert drawn(two) == ["在办", "2起", "调解成功", "1起"]
    said_all = explained(make_project, "在办", "在办", files=files)["结果，各项"]
    assert (words(said_all), [*said_all.every("svg")]) == ([], [])


def test_a_rate_of_all_and_a_year_alone_have_nothing_to_compare(make_project):
    found = explained(make_project, "调解成功")
    assert words(found["成功率，怎样得来"]) == ["受理2起，其中成功2起，其余0起；成功率100%。"]
    assert words(found["受理，各年"]) == []  # the title says it
    assert drawn(explained(make_project, "在办", files=LAST_YEAR)["受理，各年"])[1::2] == [
        "1起",
        "2起",
    ]


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
    assert drawn(share)[0] == "整条：矛盾纠纷 2起"


def sizes(figure: Element, what: str, *kinds: str) -> list[float]:
    """How wide or high the bars of a picture are, those of some styles, in order."""
    return sizes_of(next(figure.every("svg")), what, *kinds)


def sizes_of(drawing: Element, what: str = "width", *kinds: str) -> list[float]:
    bars = drawing.every("rect")
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


def test_what_is_not_none_is_seen_beside_whatever():
    """One beside two hundred, and what is left of a whole; of none there is no bar."""
    one, many, none = (Mark(label, Fraction(label), label) for label in ("1", "200", "0"))
    bars = next(parsed(str(shapes.bars("甲", [many, one, none]))).every("svg"))
    whole = parsed(str(shapes.share("甲", "", Mark("甲", Fraction(199), "199"), [one], many)))
    wide = sizes_of(bars)
    assert len(wide) == 2 and wide[1] == 2
    all_of_it, part = sizes_of(next(whole.every("svg")))[:2]
    assert all_of_it - part == 2


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


def test_a_page_is_the_same_to_the_byte_whatever_the_order_of_hashes(six_years, tmp_path):
    before = (six_years.site / f"{PAGE}.html").read_bytes()
    again = copy_of(six_years, tmp_path / "again")  # without what the first build kept
    built = again.built(environment={"PYTHONHASHSEED": "7"})
    assert (built / f"{PAGE}.html").read_bytes() == before


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
    assert next(found["发放资料，各年"].every("figcaption")).text == "发放资料205份"
    assert not [*found["发放资料，各年"].every("svg")]
    assert "上年" not in str(pages[f"{PAGE}.md"])


def test_a_month_that_was_not_over_when_the_text_was_written_is_no_zero(make_project):
    report = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
    draft = report.replace("2025-02-12", "2024-12-20").replace("成文", "有效性: 草稿\n成文")
    files = {"records/figures.yml": FIGURES, "docs/report/2024.md": draft}
    months = charts(parsed(str(of(make_project, files)[f"{PAGE}.md"])))["宣传活动，2024年各月"]
    (told_of,) = words(months)
    assert told_of.endswith("10月0场，11月0场，12月暂无。")


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
    found = pictures(page(public / f"{PAGE}.html")).values()
    assert [said(figure) for figure in found] == heard
    texts = {node["name"]["value"] for node in tree if node["role"]["value"] == "StaticText"}
    assert "发放宣传资料" in texts
    assert not {"1月", "其余 2人", "其余 10起"} & texts
