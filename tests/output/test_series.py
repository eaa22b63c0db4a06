"""All years together: series.json and series.csv, and the page that puts the years side by side."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fazhi import project
from fazhi.output import site
from fazhi.report.editions import Edition
from fazhi.sources.tree import Folder
from tests.conftest import BASE, CASES, TODAY, MakeProject, checked, lay
from tests.figures.test_withheld import FIGURES as WITHHOLDING
from tests.figures.test_withheld import VOCABULARY
from tests.support import table_schema
from tests.support.building import Element, Project, contents, page, parsed, swap
from tests.support.locked import correct, published

pytest_plugins = ["tests.support.sites"]
__all__ = ["published"]  # a fixture

EDITIONS = (Edition.PUBLIC, Edition.INTERNAL)
FIGURES = (BASE / "records/figures.yml").read_text(encoding="utf-8")
FIGURE = (
    "- {名称: 宣传活动, 板块: 法治宣传, 单位: 场, 统计: 件数, 记录: 活动, 条件: {类别: 宣传活动}"
)
EVENT = "---\n标题: 宣传{n}\n日期: {year}-06-0{n}\n类别: 宣传活动\n地点: 东村\n---\n宣传。\n"
Points = dict[tuple[str, int], dict[str, Any]]


def events(of_years: Mapping[int, int]) -> dict[str, str | bytes]:
    """So many 宣传活动 in each year."""
    return {
        f"records/{year}/activities/{n}.md": EVENT.format(year=year, n=n)
        for year, many in of_years.items()
        for n in range(1, many + 1)
    }


def made(root: Path, edition: Edition = Edition.PUBLIC) -> site.Pages:
    return site.site(checked(root).years, "", edition)


def points(pages: site.Pages) -> Points:
    """The entries of series.json by figure and year."""
    held = json.loads(pages["data/series.json"])
    return {(entry["name"], entry["year"]): entry for entry in held["figures"]}


def rows(pages: site.Pages) -> list[dict[str, str]]:
    content = pages["data/series.csv"]
    assert isinstance(content, bytes)
    return [*csv.DictReader(io.StringIO(content.decode("utf-8-sig")))]


def table(pages: site.Pages) -> dict[str, list[str]]:
    """The cells of the page's table, by the heads of its rows; the years are those of 指标."""
    root = parsed(str(pages["data/index.md"]))
    (found,) = root.every("table", kind="fz-years")
    return {
        cells[0].text: [cell.text for cell in cells[1:]]
        for row in found.every("tr")
        if len(cells := [*row.every("th", "td")]) > 1
    }


# The whole, as it is stored


def linjiang(root: Path) -> Path:
    """A district of six years, whose penalties are broken down otherwise, and whose money is in
    another unit, in the first of them."""
    shutil.copytree(CASES.parent / "townships/linjiang-district", root)
    of_2024 = sorted((root / "records/2024").rglob("*.md"))
    for year in range(2019, 2024):
        for place, file in enumerate(of_2024):
            if place % 7 != year % 7:
                text = file.read_text(encoding="utf-8").replace("2024", str(year))
                copy = file.relative_to(root).as_posix().replace("2024", str(year))
                lay(root, {copy: text})
    swap(
        root / "records/figures.yml",
        "- {名称: 行政处罚,",
        "- {名称: 行政处罚, 至: 2020, 板块: 行政执法, 单位: 件, 统计: 分类, 记录: 汇总,"
        " 条件: {类别: 行政处罚}, 各项: [警告件数, 罚款件数]}\n- {名称: 行政处罚, 自: 2021,",
    )
    swap(
        root / "records/figures.yml",
        "- {名称: 罚没金额,",
        "- {名称: 罚没金额, 至: 2020, 板块: 行政执法, 单位: 元, 统计: 求和, 记录: 汇总,"
        " 条件: {类别: 行政处罚}, 字段: 罚没款}\n- {名称: 罚没金额, 自: 2021,",
    )
    return root


@pytest.mark.parametrize("name", ["zuolan", "linjiang"])
def test_the_series_are_these(
    name: str, tmp_path: Path, sample: Project, request: pytest.FixtureRequest
) -> None:
    root = sample.root if name == "zuolan" else linjiang(tmp_path / "project")
    pages = site.site(project.load(Folder(root), TODAY).years, "", Edition.PUBLIC)
    kept = ("指标", "分项", "年份", "数值", "单位", "分子", "分母", "口径号", "标记")
    held = "".join(",".join(row[key] for key in kept) + "\n" for row in rows(pages))
    golden = CASES / f"series/{name}.csv"
    if request.config.getoption("--write-golden"):
        golden.write_text(held, encoding="utf-8", newline="\n")
    assert held == golden.read_text(encoding="utf-8")


def test_the_newest_five_years_stand_side_by_side_and_the_data_have_all(tmp_path: Path) -> None:
    pages = made(linjiang(tmp_path / "project"))
    cells = table(pages)
    assert [head[:5] for head in cells["指标"]] == [f"{y}年" for y in range(2020, 2025)]
    assert cells["指标"][0] == "2020年没有报告"
    penalties = points(pages)
    for at, year in enumerate(range(2020, 2025)):
        one = penalties["行政处罚", year]
        different = "口径不同" * (year == 2020)
        assert cells["行政处罚"][at] == f"{one['value']}件{different}"
        told = one["parts"].get("通报批评件数")
        assert cells["行政处罚：通报批评件数"][at] == ("—" if told is None else f"{told}件")
    fines = [penalties["罚没金额", year] for year in (2020, 2021)]
    assert [one["unit"] for one in fines] == ["元", "万元"]
    assert cells["罚没金额"][:2] == [f"{fines[0]['value']}元", f"{fines[1]['value']:.2f}万元"]
    assert "表里是最近5年的" in str(pages["data/index.md"])


# What they say is what the years say


def assert_as_the_years(pages: site.Pages, years: Iterable[int]) -> None:
    """The series have every entry of each year's figures.json, and no other."""
    own = {"year", "basis", "corrected"}
    for year in years:
        of_year = json.loads(pages[f"data/{year}/figures.json"])["figures"]
        held = [one for (_, at), one in points(pages).items() if at == year]
        told = [{key: one[key] for key in one if key not in own} for one in held]
        assert sorted(told, key=str) == sorted(of_year, key=str)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_series_say_what_each_year_says(sample: Project, edition: Edition) -> None:
    pages = site.site(project.load(Folder(sample.root), TODAY).years, "", edition)
    assert_as_the_years(pages, (2023, 2024))


def test_the_files_are_what_their_descriptions_say(site: Path) -> None:
    held = {f"data/{name}": file for name, file in contents(site / "data").items()}
    assert list(table_schema.faults("data", held)) == []
    document = json.loads(held["data/series.json"])
    assert document["$schema"] == "series.schema.json"
    schema = json.loads(held["data/series.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert list(validator.iter_errors(document)) == []
    document["figures"][0]["basis"] = 0
    assert list(validator.iter_errors(document))


def test_the_page_leads_to_all_data_and_to_the_evidence(site: Path) -> None:
    root = page(site / "data/index.html")
    links = {element.attributes.get("href", "") for element in root.every("a")}
    names = {name for name in contents(site / "data") if "/" not in name}
    assert links >= names - {"index.html", "figures.schema.json"}
    assert links >= {"2024/index.html", "2023/index.html"}
    (cell,) = [th for th in root.every("th") if th.text == "发放宣传资料"]
    (link,) = cell.every("a")
    assert link.attributes["href"].startswith("../report/2024.html#")
    for start in ("report/2024.html", "data/2024/index.html", "index.html"):
        to = {a.attributes.get("href", "") for a in page(site / start).every("a")}
        assert any(href.endswith("data/index.html") or href == "../index.html" for href in to)


def test_a_record_that_moves_moves_the_series(make_project: MakeProject) -> None:
    root = make_project(events({2023: 2}))
    before = points(made(root))["宣传活动", 2023]["value"], table(made(root))["宣传活动"]
    lay(root, events({2023: 3}))
    after = points(made(root))["宣传活动", 2023]["value"], table(made(root))["宣传活动"]
    assert (before, after) == ((2, ["2场", "1场"]), (3, ["3场", "1场"]))


# Definitions


@pytest.mark.parametrize(
    ("figures", "bases", "cells"),
    [
        (f"{FIGURE}}}", [1, 1, 1, 1], ["2场", "1场", "3场", "1场"]),
        (
            f"{FIGURE}, 至: 2022}}\n{FIGURE.replace('类别: 宣传活动', '类别: [宣传活动, 考试]')}, 自: 2023}}",
            [1, 1, 2, 2],
            ["2场口径不同", "1场口径不同", "3场", "1场"],
        ),
        (
            f"{FIGURE}, 至: 2022}}\n{FIGURE.replace('宣传活动}', '[宣传活动, 考试]}')}, 自: 2023, 至: 2023}}\n"
            f"{FIGURE}, 自: 2024}}",
            [1, 1, 2, 1],
            ["2场", "1场", "3场口径不同", "1场"],
        ),
        (
            f"{FIGURE}, 至: 2022}}\n{FIGURE.replace('场,', '场次,')}, 说明: 另说, 自: 2023}}",
            [1, 1, 1, 1],
            ["2场", "1场", "3场次", "1场次"],
        ),
        (f"{FIGURE}, 至: 2021}}\n{FIGURE}, 自: 2023}}", [1, 1, 1], ["2场", "—", "3场", "1场"]),
    ],
    ids=["one", "two", "two and the first again", "the same in other words", "a gap"],
)
def test_a_year_that_counts_otherwise_is_marked(make_project, figures, bases, cells):
    laid = events({2021: 2, 2022: 1, 2023: 3})
    laid["records/figures.yml"] = FIGURES.replace(f"{FIGURE}}}", figures)
    pages = made(make_project(laid))
    held = [one for (name, _), one in points(pages).items() if name == "宣传活动"]
    assert [one["basis"] for one in held] == bases
    assert table(pages)["宣传活动"] == cells
    told = [row["口径号"] for row in rows(pages) if row["指标"] == "宣传活动"]
    assert told == [str(n) for n in bases]
    assert ("口径的变化" in str(pages["data/index.md"])) == (len({*bases}) > 1)


def test_a_figure_that_is_renamed_is_another_and_names_the_first(make_project):
    laid = events({2022: 1, 2023: 3})
    now = f"{FIGURE.replace('名称: 宣传活动', '名称: 普法活动')}, 自: 2024}}"
    laid["records/figures.yml"] = FIGURES.replace(f"{FIGURE}}}", f"{now}\n{FIGURE}, 至: 2023}}")
    report = (BASE / "docs/report/2024.md").read_text(encoding="utf-8")
    laid["docs/report/2024.md"] = report.replace("宣传活动 }}", "普法活动 }}")
    pages = made(make_project(laid))
    assert table(pages)["普法活动2023年及以前叫“宣传活动”"] == ["—", "—", "1场"]
    assert table(pages)["宣传活动"] == ["1场", "3场", "—"]
    one, other = points(pages)["普法活动", 2024], points(pages)["宣传活动", 2023]
    assert one["fingerprint"] == other["fingerprint"]


def test_a_row_has_the_decimals_of_its_newest_year_and_the_data_each_years_own(make_project):
    rate = "- {名称: 考试合格率, 板块: 法治宣传, 统计: 比率, 分子: 考试合格, 分母: 考试应考"
    exam = "---\n标题: 考试\n日期: {0}-05-01\n类别: 考试\n板块: 法治宣传\n地点: 东村\n应考: 3000\n合格: {1}\n---\n考。\n"
    laid = {
        f"records/{year}/activities/考试.md": exam.format(year, passed)
        for year, passed in ((2022, 2000), (2023, 2999), (2024, 1))
    }
    figures = FIGURES.replace(f"{rate}}}", f"{rate}, 至: 2023}}\n{rate}, 小数: 1, 自: 2024}}")
    pages = made(make_project(laid | {"records/figures.yml": figures}))
    assert table(pages)["考试合格率"] == ["66.7%", "99.97%", "0.03%"]
    words = [row["写法"] for row in rows(pages) if row["指标"] == "考试合格率"]
    assert words == ["66.67%", "99.97%", "0.03%"]
    held = [one for (name, _), one in points(pages).items() if name == "考试合格率"]
    assert [(one["value"], one["numerator"]) for one in held] == [
        (66.67, 2000), (99.97, 2999), (0.03, 1)
    ]  # fmt: skip


# What is not shown, what was corrected, what may still change


def test_nothing_recorded_and_nothing_told_are_no_numbers(make_project):
    group = "---\n标题: 重点人群\n截止日期: {0}-12-31\n类别: 重点人群\n分类: {{甲类: {1}, 乙类: 1}}\n---\n"
    root = make_project(
        events({2023: 1})
        | {
            "records/figures.yml": WITHHOLDING,
            "records/vocabulary.yml": VOCABULARY,
            "records/2023/standings/重点人群.md": group.format(2023, 30),
            "records/2024/standings/重点人群.md": group.format(2024, 2),
        }
    )
    pages = made(root)
    marks = {(row["指标"], row["分项"], row["年份"]): row for row in rows(pages)}
    assert marks["重点人群", "", "2024"]["数值"] == marks["执法队伍", "", "2024"]["数值"] == ""
    assert marks["重点人群", "", "2024"]["标记"] == "未定稿；不公布"
    assert marks["执法队伍", "", "2024"]["标记"] == "未定稿；暂无"
    assert points(pages)["重点人群", 2024]["value"] is None
    assert "甲类" not in str(points(pages)["重点人群", 2024])
    assert points(pages)["重点人群", 2024]["withheld"] == ["value"]
    assert "withheld" not in points(pages)["执法队伍", 2024]
    assert table(pages)["重点人群"][1] == "不公布"
    assert "重点人群" in str(pages["data/index.md"]).partition("不公布的：")[2]
    assert not any(part == "乙类" for _, part, _ in marks)
    assert points(made(root, Edition.INTERNAL))["重点人群", 2024]["value"] == 3


def test_a_corrected_figure_is_shown_as_corrected(published):
    assert "corrected" not in points(made(published))["发放资料", 2024]
    correct(published, "发放资料")
    pages = made(published)
    one = points(pages)["发放资料", 2024]
    assert (one["value"], one["corrected"]) == (206, ["205份"])
    assert table(pages)["发放资料"] == ["206份（原公布 205份）"]
    (row,) = [row for row in rows(pages) if row["指标"] == "发放资料"]
    assert (row["数值"], row["标记"]) == ("206", "未定稿；原公布 205份")
    assert json.loads(pages["data/series.json"])["drafts"] == [2024]  # until it is published


def test_a_year_that_may_change_says_so(make_project):
    pages = made(make_project(events({2023: 2})))
    assert json.loads(pages["data/series.json"])["drafts"] == [2023, 2024]
    assert {row["标记"] for row in rows(pages)} >= {"未定稿"}
    assert table(pages)["指标"] == ["2023年没有报告", "2024年草稿"]


def parts_of(root: Element) -> list[str]:
    return [th.text for th in root.every("th", kind="fz-part")]


def test_small_parts_are_merged_in_every_year(public: Path, internal: Path) -> None:
    inside, outside = (parts_of(page(one / "data/index.html")) for one in (internal, public))
    assert {*outside} - {"在册重点管理人员：其他"} < {*inside}
    held = (public / "data/series.csv").read_text(encoding="utf-8-sig")
    for part in {*inside} - {*outside}:
        assert part.partition("：")[2] not in held
