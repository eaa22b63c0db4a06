"""Small groups stay hidden: an attacker who adds and subtracts all that is published, of all years."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html

from fazhi.output import site
from fazhi.problems.problem import Severity
from fazhi.project import Year
from fazhi.report.editions import Edition
from tests.conftest import checked, lay
from tests.output.test_series import assert_as_the_years
from tests.support.attackers import (
    attack,
    bounds,
    cells,
    held_too_close,
    recovered_by_algebra,
    recovered_by_trial,
    small_cells,
    small_entries,
)
from tests.support.building import write_record, yaml_of
from tests.support.offices import (
    FIXED,
    NARRATIVE,
    PARTS,
    PEOPLE,
    PLAIN,
    PLATFORM,
    SENSITIVE,
    YEARS,
    Fields,
    Office,
    case,
    declared,
    offices,
    published_of,
)


def pages_of(years: list[Year]) -> site.Pages:
    """The pages and the data of the public site, without the report's documents beside them."""
    views = site.views(years, Edition.PUBLIC)
    leaves = (leaf for view in views for leaf in site.leaves(view))
    overviews = site.overviews(views, "", lambda _: {})
    return {**overviews, **{leaf.path: leaf.document.text for leaf in leaves}}


def assert_no_more_is_told(
    made: site.Pages, documents: Mapping[int, dict[str, Any]], years: list[Year]
) -> None:
    """What is published of all years together, on any page and in any picture, each year tells by
    itself in its figures.json, but for figures that only serve others."""
    assert_as_the_years(made, documents)
    entries = {(str(y), e["name"]): e for y in documents for e in documents[y]["figures"]}
    pages = (html.fromstring(str(page)) for path, page in made.items() if path.endswith(".md"))
    numbers = (number for page in pages for number in page.iter("data"))
    for told in ({str(key): str(text) for key, text in one.items()} for one in numbers):
        name = told.get("data-figure") or told["data-of"]
        value, of_year = float(told["value"]), entries.get((told["data-year"], name))
        if of_year is None:
            assert not any(v.definition.printed for y in years if (v := y.values.get(name)))
        elif "data-since" in told:
            before = entries[told["data-since"], name]
            assert of_year["value"] is not None and before["value"] is not None
        elif "data-part" in told:
            values = next(y.values for y in years if str(y.year) == told["data-year"])
            none = (
                None if values[name].sensitive else 0
            )  # of these nobody is told that there is none
            assert of_year["parts"].get(told["data-part"], none) == value
        else:
            assert of_year["value"] == pytest.approx(value, abs=0.005)
    # A picture by month is drawn of these: no month holds one that must not be recognised.
    for view in site.views(years, Edition.PUBLIC):
        for counted in (value for value in view.printed if not value.sensitive):
            assert not any(record.is_sensitive(view.settings) for record in counted.records)


@pytest.mark.parametrize(("registered", "told"), [(48, 1), (45, 2), (51, 2)])
def test_nor_by_a_figure_that_says_it_is_part_of_another(registered, told, tmp_path):
    """Of two facts of different 类别, each large enough, one less the other is a small group."""
    year, before = YEARS[1], YEARS[0]
    part = FIXED[2] | {"属于": "人数"}
    people = {year: {"甲类": 20, "乙类": 31}, before: {"甲类": 20, "乙类": 31}}
    figures = [FIXED[1], part]
    office = Office(5, figures, [], [], people, {year: registered, before: registered})
    office.write(tmp_path / "office")
    documents = published_of(checked(tmp_path / "office").years)
    for document in documents.values():
        assert sum(one["value"] is not None for one in document["figures"]) == told


def latest(category: str, **said: str) -> Fields:
    named = {"名称": category, "统计": "最新值", "条件": {"类别": category}}
    return PEOPLE | named | {{"whole": "属于", "same": "等于"}[key]: v for key, v in said.items()}


def combined(name: str, added: Iterable[str], taken: Iterable[str] = "", **said: str) -> Fields:
    sides = {"加": [*added]} | ({"减": [*taken]} if taken else {})
    figure = {"名称": name, "板块": "矛盾化解", "单位": "名", "统计": "合计", "印发": "否"} | sides
    return figure | {{"whole": "属于"}[key]: v for key, v in said.items()}


def rate(part: str, whole: str) -> Fields:
    return {"名称": "率", "板块": "矛盾化解", "统计": "比率", "分子": part, "分母": whole}


IN_PARTS = {"统计": "分类", "条件": {"类别": "中"}}
ONE_TWO = [latest("一"), latest("二"), combined("合", "一二")]
WITHIN = {  # the figures, how many of each, and which of them are told
    "over two steps": (
        [latest("全"), latest("中", whole="全"), latest("小", whole="中")],
        {"全": 60, "中": 58, "小": 57},
        ["全"],
    ),
    "enough over two steps": (
        [latest("全"), latest("中", whole="全"), latest("小", whole="中")],
        {"全": 60, "中": 54, "小": 48},
        ["全", "中", "小"],
    ),
    "the same": (
        [latest("全"), latest("中", whole="全"), latest("同", same="中")],
        {"全": 60, "中": 58, "同": 58},
        ["全"],
    ),
    "the same of the same": (
        [latest("全"), latest("中", whole="全"), latest("一", same="中"), latest("二", same="一")],
        {"全": 60, "中": 57, "一": 57, "二": 57},
        ["全"],
    ),
    "in place of the whole": (
        [latest("全"), latest("同", same="全"), latest("中", whole="同")],
        {"全": 60, "同": 60, "中": 57},
        ["全", "同"],
    ),
    "the parts of a part": (
        [
            latest("全"),
            latest("一", whole="全"),
            latest("二", whole="全"),
            latest("三", whole="二"),
            latest("四", whole="二"),
        ],
        {"全": 60, "一": 30, "二": 28, "三": 14, "四": 14},
        ["全", "一", "三"],
    ),
    "a difference": (
        [latest("全"), latest("中"), combined("差", "全", "中")],
        {"全": 20, "中": 18},
        ["全"],
    ),
    "enough of a difference": (
        [latest("全"), latest("中"), combined("差", "全", "中")],
        {"全": 20, "中": 15},
        ["全", "中"],
    ),
    "a difference of several": (
        [latest("全"), latest("一"), latest("二"), combined("差", "全", "一二")],
        {"全": 24, "一": 15, "二": 7},
        ["全", "一"],
    ),
    "a difference that is another": (
        [latest("全"), latest("中"), combined("差", "全", "中"), latest("余", same="差")],
        {"全": 20, "中": 18, "余": 2},
        ["全"],
    ),
    "within a sum": (
        [*ONE_TWO, latest("中", whole="合")],
        {"一": 10, "二": 10, "中": 18},
        ["一", "二"],
    ),
    "enough within a sum": (
        [*ONE_TWO, latest("中", whole="合")],
        {"一": 20, "二": 20, "中": 19},
        ["一", "二", "中"],
    ),
    "a sum within": (
        [latest("全"), *ONE_TWO[:2], combined("合", "一二", whole="全")],
        {"全": 24, "一": 15, "二": 7},
        ["全", "一"],
    ),
    "a sum of sums within": (
        [latest("全"), *ONE_TWO, latest("三"), combined("和", "合三", whole="全")],
        {"全": 30, "一": 15, "二": 7, "三": 6},
        ["全", "一", "二"],
    ),
    "a sum that is the same": (
        [latest("全", same="合"), *ONE_TWO],
        {"全": 22, "一": 20, "二": 2},
        ["全"],
    ),
    "a ratio of a sum": (
        [latest("全"), *ONE_TWO, rate("合", "全")],
        {"全": 24, "一": 15, "二": 7},
        ["全", "一"],
    ),
    "a ratio of a difference": (
        [latest("全"), latest("中"), combined("差", "全", "中"), rate("差", "全")],
        {"全": 20, "中": 18},
        ["全"],
    ),
    "a ratio of later years": (
        [latest("全"), latest("中"), rate("中", "全") | {"自": 2025}],
        {"全": 20, "中": 18},
        ["全"],
    ),
    "ratios one within another, beside one of the year before": (
        [
            *(latest("全"), latest("中"), latest("小")),
            *(rate("中", "全"), rate("小", "中") | {"名称": "二"}),
            rate("小", "中.上年") | {"名称": "三"},
        ],
        {"全": 29, "中": 27, "小": 27},
        ["全"],
    ),
    "a difference of the year before": (
        [latest("全"), latest("中"), combined("差", ["全.上年"], ["中.上年"])],
        {"全": 20, "中": 18},
        ["全"],
    ),
    "a difference of later years": (
        [latest("全"), latest("中"), combined("差", "全", "中") | {"自": 2025}],
        {"全": 20, "中": 18},
        ["全"],
    ),
    "a part in later years of another name": (
        [
            latest("全"),
            latest("中") | {"至": 2024},
            latest("中", whole="全") | {"名称": "在", "自": 2025},
        ],
        {"全": 20, "中": 18},
        ["全"],
    ),
    "a part in later years": (
        [latest("全"), latest("中") | {"至": 2024}, latest("中", whole="全") | {"自": 2025}],
        {"全": 20, "中": 18},
        ["全"],
    ),
    "the same in later years of another name": (
        [
            *(latest("全"), latest("同", whole="全"), latest("中")),
            latest("在", same="同") | {"条件": {"类别": "中"}, "自": 2025},
        ],
        {"全": 20, "中": 18, "同": 18},
        ["全"],
    ),
    "a part in later years, in parts of its own": (
        [latest("全"), latest("中"), latest("在", whole="全") | IN_PARTS | {"自": 2025}],
        {"全": 20, "中": 18},
        ["全"],
    ),
}


def counted_in(root: Path, figures: list[Fields], sizes: Mapping[str, int]) -> None:
    """Lay an office of sensitive facts, so many of each 类别 in both years."""
    Office(5, figures, [], [], {}, {}).write(root)
    file = root / "records/vocabulary.yml"
    vocabulary = declared(file)
    for category, size in sizes.items():
        words = {"名称": category, "板块": "矛盾化解", "单位": "名", "敏感": "是"}
        vocabulary["类别"]["现状"].append(words)
        for year in YEARS:
            said = {"标题": category, "截止日期": f"{year}-12-31", "类别": category, "数量": size}
            write_record(root / f"records/{year}/standings/{category}.md", said)
    file.write_text(yaml_of(vocabulary), encoding="utf-8")


@pytest.mark.parametrize("name", WITHIN)
def test_nor_by_figures_within_figures(name, tmp_path):
    figures, sizes, told = WITHIN[name]
    counted_in(root := tmp_path / "office", figures, sizes)
    for document in published_of(checked(root).years).values():
        assert [one["name"] for one in document["figures"] if one["value"] is not None] == told


ALL_OF, SOME = "在册人员", "走访人员"


@pytest.mark.parametrize(
    ("sentence", "said", "is_refused"),
    [
        (f"{ALL_OF}{{{{ {ALL_OF} }}}}，其中{SOME}{{{{ {SOME} }}}}。", [], True),
        (f"{ALL_OF}{{{{ {ALL_OF} }}}}，包括{SOME}{{{{ {SOME} }}}}。", [], True),
        (f"{ALL_OF}{{{{ {ALL_OF} }}}}（含{SOME}{{{{ {SOME} }}}}）。", [], True),
        (f"上年{ALL_OF}{{{{ {ALL_OF}.上年 }}}}，其中{SOME}{{{{ {SOME}.上年 }}}}。", [], True),
        (f"{ALL_OF}{{{{ {ALL_OF} }}}}，{SOME}{{{{ {SOME} }}}}。", [], False),
        (f"{ALL_OF}{{{{ {ALL_OF} }}}}，其中{SOME}{{{{ {SOME} }}}}。", [rate(SOME, ALL_OF)], False),
        (
            f"{ALL_OF}{{{{ {ALL_OF} }}}}，其中{SOME}{{{{ {SOME} }}}}。",
            [latest(SOME, whole=ALL_OF)],
            False,
        ),
    ],
)
def test_a_report_says_of_no_people_that_they_are_among_others_where_no_definition_does(
    sentence, said, is_refused, tmp_path
):
    figures = [latest(ALL_OF), *said]
    figures += [latest(SOME)] * (SOME not in [figure["名称"] for figure in said])
    counted_in(root := tmp_path / "office", figures, {ALL_OF: 60, SOME: 40})
    narrative = NARRATIVE.replace("正文。", sentence)
    lay(root, {f"docs/report/{YEARS[1]}.md": narrative})
    found = [p for p in checked(root).problems if p.rule == "FZ735"]
    assert len(found) == is_refused
    assert all(f"属于: {ALL_OF}" in problem.hint for problem in found)


@pytest.mark.parametrize(
    ("theirs", "ours", "kept"),
    [
        ((20, 31), (18, 26), (2, 1)),
        ((20, 31), (20, 26), (2, 2)),
        ((20, 31), (14, 26), (2, 2)),
        ((9, 5, 5, 5), (8, 0, 5, 2), (1, 1)),  # of the 15 at most 14 are not of the last part
        ((2, 5, 9), (2, 5, 3), (2, 1)),
    ],
)
def test_nor_by_the_same_part_of_a_figure_within(theirs, ours, kept, tmp_path):
    """Of the first part, 20 less 18 are 2; and no part is more than what it is within."""
    people = {year: dict(zip(PARTS, theirs, strict=False)) for year in YEARS}
    own = FIXED[0] | {"名称": "登记", "条件": {"类别": "登记人员"}, "属于": "人群"}
    Office(5, [FIXED[0], own], [], [], people, dict.fromkeys(YEARS, 44)).write(
        root := tmp_path / "a"
    )
    for year in YEARS:
        file = root / f"records/{year}/standings/登记人员.md"
        parts = {part: n for part, n in zip(PARTS, ours, strict=False) if n}
        write_record(
            file, {"标题": "登记", "截止日期": f"{year}-12-31", "类别": "登记人员", "分类": parts}
        )
    file = root / "records/vocabulary.yml"
    vocabulary = declared(file)
    vocabulary["类别"]["现状"][-1]["分项"] = list(PARTS)
    file.write_text(yaml_of(vocabulary), encoding="utf-8")
    entries = published_of(checked(root).years)[YEARS[1]]["figures"]
    told = [one["value"] is not None for one in entries]
    assert (sum(told), sum(bool(one.get("parts")) for one in entries)) == kept


@pytest.mark.parametrize(
    ("theirs", "ours", "told"),
    [
        ((20, 30), (18, 20), ["人群"]),
        ((20, 30), (14, 20), ["人群", "登记", "率"]),
        ((20, 30), (14, 4), ["人群", "登记"]),
        ((9, 9, 4), (9, 5, 5), ["登记"]),  # else 13 that are not printed would be 9 and 4
    ],
)
def test_nor_by_a_ratio_of_parts(theirs, ours, told, tmp_path):
    """Of two parts each large enough, one less the other is a small group; a ratio shows what is shown."""
    figures = [FIXED[0], FIXED[0] | {"名称": "登记", "条件": {"类别": "登记人员"}}]
    figures.append(rate("登记.甲类", "人群.甲类"))
    people = {YEARS[1]: dict(zip(PARTS, theirs, strict=False)), YEARS[0]: {}}
    Office(5, figures, [], [], people, dict.fromkeys(YEARS, 44)).write(root := tmp_path / "a")
    file = root / f"records/{YEARS[1]}/standings/登记人员.md"
    said: Fields = {"标题": "登记", "截止日期": f"{YEARS[1]}-12-31", "类别": "登记人员"}
    write_record(file, said | {"分类": dict(zip(PARTS, ours, strict=False))})
    file = root / "records/vocabulary.yml"
    vocabulary = declared(file)
    vocabulary["类别"]["现状"][-1]["分项"] = list(PARTS)
    file.write_text(yaml_of(vocabulary), encoding="utf-8")
    entries = published_of(checked(root).years)[YEARS[1]]["figures"]
    assert [e["name"] for e in entries if e.get("parts") or e.get("numerator")] == told


@pytest.mark.parametrize(("whole", "half"), [(10, 5), (8, 5), (12, 3), (12, 6)])
def test_nor_by_what_is_left_of_two_examinations(whole, half, tmp_path):
    """Of those who were absent some were in the first half of the year: so few in the second."""
    fields = ("应考", "参考")
    asked = {"板块": "矛盾化解", "单位": "人", "统计": "求和", "记录": "活动"}
    figures = [
        asked | {"名称": f"{part}{field}", "字段": field, "条件": {"类别": "帮教"}, **when}
        for part, when in (("全年", {}), ("上半年", {"截至": "06-30"}))
        for field in fields
    ]
    visit = {"类别": "帮教", "地点": "乡里"}
    visits = [
        visit | {"日期": f"2024-0{month}-01", "应考": 30, "参考": 30 - absent}
        for month, absent in ((5, half), (7, whole - half))
    ]
    visits += [
        visit | {"日期": f"2024-{month:02}-02", "应考": 9, "参考": 9} for month in range(1, 13)
    ]
    Office(5, figures, [], visits, {}, {}).write(tmp_path / "office")
    entries = published_of(checked(tmp_path / "office").years)[YEARS[1]]["figures"]
    is_told = all(one["value"] is not None for one in entries)
    assert is_told is (min(half, whole - half) >= 5)


@pytest.mark.parametrize("is_rate", [False, True])
@pytest.mark.parametrize(("late", "told"), [(1, 3), (2, 4)])
def test_nor_by_what_is_left_of_monthly_totals(late, told, is_rate, tmp_path):
    """Five were open in the first half of the year, three times `late` in the second."""
    Office(5, [], [], [], {}, {}).write(root := tmp_path / "office")
    vocabulary = declared(root / "records/vocabulary.yml")
    words = {"名称": "救助月报", "板块": "矛盾化解", "敏感": "是"}
    vocabulary["类别"].setdefault("汇总", []).append(words)
    vocabulary["计数"] += [{"名称": n, "单位": "件", "公开": "是"} for n in ("受理数", "办结数")]
    asked = PEOPLE | {"单位": "件", "记录": "汇总", "统计": "求和"}
    figures: list[Fields] = []
    for part, when in (("", {}), ("上半年", {"截至": "06-30"})):
        which = {"印发": "否"} if is_rate else {}
        figures += [
            asked
            | which
            | {"名称": f"{part}{n}", "字段": f"{n}数", **when, "条件": {"类别": "救助月报"}}
            for n in ("受理", "办结")
        ]
        if is_rate:
            sides = {"分子": f"{part}办结", "分母": f"{part}受理"}
            figures.append({"名称": f"{part}率", "板块": "矛盾化解", "统计": "比率"} | sides)
        else:
            figures[-1]["属于"] = f"{part}受理"
    for name, held in (("vocabulary", vocabulary), ("figures", figures)):
        (root / f"records/{name}.yml").write_text(yaml_of(held), encoding="utf-8")
    for month, left in enumerate([3, 0, 0, 0, 0, 2, late, late, late, 0, 0, 0], 1):
        first = date(YEARS[1], month, 1)
        last = (first + timedelta(31)).replace(day=1) - timedelta(1)
        said = {"期间": f"{first}至{last}", "类别": "救助月报", "数据来源": "平台", "标题": "月报"}
        total = said | {"计数": {"受理数": 15, "办结数": 15 - left}}
        write_record(root / f"records/{YEARS[1]}/totals/{month}.md", total)
    entries = published_of(checked(root).years)[YEARS[1]]["figures"]
    assert sum(one["value"] is not None for one in entries) == (told // 2 if is_rate else told)


ALL, ONE, OTHER = ({"类别": "帮教"} | of for of in ({}, {"主题": "宪法"}, {"主题": "禁毒"}))


@pytest.mark.parametrize(
    ("of", "sat", "told"),
    [
        ((ALL, ALL, ALL), [*[(10, 10, 10)] * 5, (10, 10, 9), (1, 0, 0)], 1),
        ((ALL, ALL, ALL), [(10, 9, 8)] * 7, 3),
        ((ALL, ONE, OTHER), [*[(20, 20, 20)] * 9, (20, 18, 18)], 2),
        ((ALL, ONE, OTHER), [*[(20, 20, 20)] * 8, (20, 12, 12), (20, 15, 15)], 3),
    ],
)
def test_nor_by_the_fields_of_examinations(of, sat, told, tmp_path):
    """Who was examined is of those who were to be, as figures of any of the examinations say."""
    fields = ("应考", "参考", "合格")
    figures = [
        {"名称": f"数{name}", "板块": "矛盾化解", "单位": "人", "统计": "求和", "记录": "活动"}
        | {"字段": name, "条件": {**which}}
        for name, which in zip(fields, of, strict=True)
    ]
    visit = {"日期": "2024-05-01", "类别": "帮教", "地点": "乡里"}
    visits = [
        visit
        | dict(zip(fields, one, strict=True))
        | {"主题": [OTHER["主题"] if n % 2 else ONE["主题"]]}
        for n, one in enumerate(sat)
    ]
    Office(5, figures, [], visits, {}, {}).write(tmp_path / "office")
    entries = published_of(checked(tmp_path / "office").years)[YEARS[1]]["figures"]
    assert sum(one["value"] is not None for one in entries) == told


@pytest.mark.parametrize(
    ("sizes", "kept"),
    [
        ((9, 9, 4), 0),
        ((9, 9, 5), 3),
        ((25, 19, 1, 6), 3),
        ((25, 1, 1, 1, 2), 0),
        ((4, 5, 4), 2),
        ((4, 4, 5), 0),
        ((5, 4, 6), 0),
    ],
)
def test_nor_by_how_small_parts_are_merged(sizes, kept, tmp_path):
    """13 beside 9 are 9 and 4: none of them is more than what is kept, and none would be with 5.
    Of as many the first by name is merged: 8 beside 丙类 5 are 4 and 4."""
    names = [*PARTS, "戊类"][: len(sizes)]
    people = {year: dict(zip(names, sizes, strict=True)) for year in YEARS}
    office = Office(5, FIXED[:1], [], [], people, dict.fromkeys(YEARS, 0))
    office.write(tmp_path / "office")
    (figure,) = published_of(checked(tmp_path / "office").years)[YEARS[1]]["figures"]
    assert len(figure.get("parts") or ()) == kept


MIXED, OTHERS, HELPED = (
    {"名称": name, "条件": {"类别": of}, "板块": "矛盾化解", "单位": "件", "记录": "案件", "统计": "件数"}
    for name, of in (("登记", [PLAIN, SENSITIVE]), ("纠纷", PLAIN), ("救助", SENSITIVE))
)  # fmt: skip
SAME = {"等于": "平台"}
ADDED = {"名称": "合计数", "板块": "矛盾化解", "单位": "件", "统计": "合计", "加": ["纠纷", "救助"]}
SHARE = {"名称": "占比", "板块": "矛盾化解", "统计": "比率", "分子": "纠纷", "分母": "平台"}
BY_CATEGORY = MIXED | {"统计": "分类", "按": "类别"} | SAME


@pytest.mark.parametrize("is_sensitive", [False, True])
@pytest.mark.parametrize(
    ("figures", "helped", "told"),
    [
        ([PLATFORM, MIXED | SAME, OTHERS, HELPED], 2, ["纠纷"]),
        ([PLATFORM | {"等于": "登记"}, MIXED, OTHERS], 2, ["纠纷"]),
        ([PLATFORM, MIXED | SAME | {"印发": "否"}, OTHERS], 2, ["纠纷"]),
        ([PLATFORM, MIXED | SAME, BY_CATEGORY | {"名称": "各类", "等于": "登记"}], 2, []),
        ([PLATFORM, BY_CATEGORY, OTHERS], 2, ["纠纷"]),
        ([PLATFORM, ADDED | SAME, OTHERS, HELPED], 2, ["纠纷"]),
        ([PLATFORM | {"印发": "否"}, MIXED | SAME, OTHERS, SHARE], 2, ["纠纷"]),
        ([PLATFORM | {"印发": "否"}, MIXED | SAME, OTHERS, SHARE], 6, ["登记", "纠纷", "占比"]),
        ([PLATFORM, PLATFORM | {"名称": "月报"} | SAME, MIXED | {"等于": "月报"}], 2, []),
        ([PLATFORM | {"名称": "月报"}, PLATFORM, MIXED | SAME, OTHERS], 2, ["纠纷"]),
        ([PLATFORM, MIXED | SAME, OTHERS, HELPED], 6, ["平台", "登记", "纠纷", "救助"]),
    ],
)
def test_nor_by_a_total_that_is_the_same(figures, helped, told, is_sensitive, tmp_path):
    """What a platform counts is as many as the cases: who knows the others knows the sensitive ones."""
    cases = [case("12345", category=PLAIN)] * 10 + [case("12345")] * helped
    office = Office(5, json.loads(json.dumps(figures)), cases, [], {}, {})
    office.write(root := tmp_path / "office")
    for month in range(1, 7):
        said = {
            "期间": f"{YEARS[0]}-{month:02}",
            "类别": "平台",
            "数据来源": "平台",
            "标题": "月报",
        }
        total = said | {"计数": {"平台数": (10 + helped) * (month == 1)}}
        write_record(root / f"records/{YEARS[0]}/totals/{month}.md", total)
    for year in YEARS:
        (root / f"records/{year}/totals/平台.md").unlink(missing_ok=True)
    vocabulary = declared(root / "records/vocabulary.yml")
    vocabulary["类别"]["汇总"][-1]["敏感"] = "是" if is_sensitive else "否"
    (root / "records/vocabulary.yml").write_text(yaml_of(vocabulary), encoding="utf-8")
    project = checked(root)
    entries = published_of(project.years)[YEARS[0]]["figures"]
    is_refused = "FZ621" in {p.rule for p in project.problems}
    assert is_refused is (helped < 5 and not is_sensitive)
    assert is_refused or [one["name"] for one in entries if one["value"] is not None] == told


@pytest.mark.parametrize(("day", "told"), [("06-30", 1), ("12-31", 2)])
def test_nor_by_a_figure_of_another_day_that_takes_the_same_fact(day, told, tmp_path):
    """Of what was there in June both figures tell, while nothing was counted later."""
    june = FIXED[1] | {"名称": "年中", "条件": {"类别": "重点人群"}, "截至": "06-30"}
    figures = [FIXED[2] | {"属于": "人数"}, FIXED[1], june]
    people = {year: {"甲类": 20, "乙类": 31} for year in YEARS}
    office = Office(5, figures, [], [], people, dict.fromkeys(YEARS, 50))
    office.write(tmp_path / "office")
    for year in YEARS:
        file = tmp_path / f"office/records/{year}/standings/重点人群.md"
        earlier = file.read_text(encoding="utf-8").replace("12-31", "06-30")
        file.with_stem("年中").write_text(earlier, encoding="utf-8")
        if day == "06-30":
            file.unlink()
    documents = published_of(checked(tmp_path / "office").years).values()
    numbers = [[one["value"] for one in document["figures"]] for document in documents]
    assert [sum(n is not None for n in of_year) for of_year in numbers] == [told] * len(YEARS)


def test_of_nobody_nobody_is_left(tmp_path):
    people = {year: {"甲类": 0} for year in YEARS}
    office = Office(
        5, [FIXED[2] | {"属于": "人数"}, FIXED[1]], [], [], people, dict.fromkeys(YEARS, 0)
    )
    office.write(tmp_path / "office")
    documents = published_of(checked(tmp_path / "office").years).values()
    assert not [one for document in documents for one in document["figures"] if one["value"]]


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(offices())
def test_no_small_group_is_given_back_by_what_is_published(office):
    with TemporaryDirectory() as folder:
        root = Path(folder) / "office"
        office.write(root)
        lay(root, {f"docs/report/{year}.md": NARRATIVE for year in YEARS})
        project = checked(root)
        found = (p for p in project.problems if p.severity is Severity.ERROR)
        errors = [p for p in found if p.path.startswith("records/")]  # the reports say nothing
        # A ratio above one: told, and computed; a sum that counts twice, a difference below 0.
        assert not [p for p in errors if p.rule not in ("FZ621", "FZ623", "FZ624")]
        made = pages_of(project.years)
    documents = {year: json.loads(made[f"data/{year}/figures.json"]) for year in YEARS}
    assert_no_more_is_told(made, documents, project.years)
    published = attack(office, documents)
    for row, total in published.rows:  # the reckoning is the program's: else it would prove nothing
        assert sum(times * published.sizes[column] for column, times in row.items()) == total
    assert recovered_by_algebra(published, office.limit) == []
    if len(cells(published)) <= 7:
        assert recovered_by_trial(published, office.limit) == []
    aims = [*small_entries(office, printed=False), *small_cells(office, published)]
    said = [*bounds(office)]
    given = held_too_close([], aims, office.limit, said)  # by what is not sensitive, and said of it
    exact = held_too_close([], given, 1, said)
    aims = [aim for aim in aims if aim not in given]
    assert held_too_close(published.rows, aims, office.limit, said) == []
    vague = [aim for aim in given if aim not in exact]
    assert held_too_close(published.rows, vague, 1, said) == []
    for last, this in pairwise(YEARS):
        assert_told_alike(documents[last], str(made.get(f"{this}/mediation.md", "")))


def assert_told_alike(last: dict[str, Any], page: str) -> None:
    """What last year's own data do not tell is not told as last year's on this year's page."""
    for entry in last["figures"]:
        row = re.search(rf'<a href="#{entry["name"]}">.*?</tr>', page, re.DOTALL)
        if row:
            cell = re.findall(r"<td[^>]*>(.*?)</td>", row[0], re.DOTALL)[1]
            assert (entry["value"] is None) == (cell in ("不公布", "暂无"))
