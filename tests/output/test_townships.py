"""Another township: other sections, words, quantities, figures and outline, and the same Python."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.support.building import QINGHE, Project, figures, page, pages, readable

pytest_plugins = ["tests.support.sites"]

EXPECTED: list[list[Any]] = yaml.safe_load((QINGHE / "expected.yml").read_text(encoding="utf-8"))
SECTIONS = {"依法行政": "administration", "普法治理": "education"}


@pytest.mark.parametrize(("name", "value", "words"), EXPECTED, ids=[row[0] for row in EXPECTED])
def test_its_figures_come_out(taken_over: Project, name: str, value: float, words: str) -> None:
    found = figures(taken_over.site, 2025)[name]
    assert (found["value"], found["words"]) == (value, words)


def test_it_publishes_these_figures_only(taken_over: Project) -> None:
    assert list(figures(taken_over.site, 2025)) == [row[0] for row in EXPECTED]


def test_its_small_parts_are_merged_by_its_own_threshold(taken_over: Project) -> None:
    public = figures(taken_over.site, 2025)
    assert public["帮扶对象"]["parts"] == {"甲类": 7, "其他": 6}
    assert public["调解总数"]["parts"] == {"握手言和": 5, "另寻途径": 1, "在办": 1}
    internal = figures(taken_over.root / "site-internal", 2025)
    assert internal["帮扶对象"]["parts"] == {"甲类": 7, "乙类": 1, "丙类": 5, "丁类": 0}


def test_its_sections_have_its_paths(taken_over: Project) -> None:
    made = {file.stem for file in (taken_over.site / "2025").glob("*.html")}
    assert made == set(SECTIONS.values())
    for name, path in SECTIONS.items():
        assert next(page(taken_over.site / f"2025/{path}.html").every("h1")).text.startswith(name)


def test_a_list_longer_than_its_pages_is_split_by_month(taken_over: Project) -> None:
    months = sorted(file.name for file in (taken_over.site / "2025/education").iterdir())
    assert months == [f"activities-{month:02d}.html" for month in range(1, 13)]


def test_its_report_has_its_own_outline(taken_over: Project) -> None:
    report = page(taken_over.site / "report/2025.html")
    (article,) = report.every("article")
    headings = [h.text for h in article.every("h2", "h3", "h4")]
    assert headings[:7] == [
        "一、主要负责人履行第一责任人职责情况",
        "二、推进法治建设的举措和成效",
        "（一）普法治理",
        "1.送法上门",
        "2.化解纠纷",
        "（二）依法行政",
        "三、不足和原因",
    ]
    assert "示例县青禾镇人民政府 2026年1月30日" in article.text


def test_its_quantity_is_in_its_open_data(taken_over: Project) -> None:
    table = (taken_over.site / "data/2025/activities.csv").read_text(encoding="utf-8-sig")
    head, *rows = table.splitlines()
    assert "巡回广播车次" in head and "值守人数" not in table
    place = head.split(",").index("巡回广播车次")
    assert sum(int(row.split(",")[place] or 0) for row in rows) == 34


def test_every_page_says_that_its_records_are_samples(taken_over: Project) -> None:
    notice = "示例数据：本站的记录是为演示编写的，不是青禾镇的真实情况。"
    every = pages(taken_over.site)
    assert [name for name, root in every.items() if notice not in root.text] == []
    for name, root in every.items():
        names = [meta.attributes.get("name") for meta in root.every("meta")]
        assert "（示例） - " in next(root.every("title")).text and "robots" in names, name
        # Also where the notice has been scrolled away, and among what was found.
        for header in root.every("header", kind="md-header"):
            assert header.text.count("示例数据") == 2 and notice in header.text, name


def test_nothing_of_the_sample_township_is_left(taken_over: Project) -> None:
    left = re.compile("左岚|城口|示例一村|cqck|zuolan|5002290001|重点人群|枫桥")
    found = []
    for file in taken_over.site.rglob("*"):
        if file.is_file() and (match := left.search(readable(file))):
            found.append(f"{file.name}: {match[0]}")
    assert found == []
