"""A change of the records moves their figures and no others, or is refused at its place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from fazhi.output.data import files as data_files
from fazhi.output.view import View
from fazhi.project import load
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support.building import (
    SECTIONS,
    Project,
    contents,
    differing,
    figures,
    page,
    read_record,
    staged_site,
    write_record,
)
from tests.support.trees import Overlay

pytest_plugins = ["tests.support.sites"]


def test_untrue_words_stop_the_build_at_their_place(project: Project, public: Path) -> None:
    shutil.copytree(public, project.site)
    campaigns = [
        (fields["发放资料份数"], file)
        for file in (project.records / "2024/activities").iterdir()
        if (fields := read_record(file)[0])["类别"] == "宣传活动"
    ]
    assert len(campaigns) > 10
    # Those with the fewest leaflets: so that nothing else becomes untrue.
    for _, file in sorted(campaigns)[: len(campaigns) - 10]:
        file.unlink()
    done = project.build()
    assert done.returncode == 1
    lines = (project.root / "docs/report/2024.md").read_text(encoding="utf-8").splitlines()
    expression = "{{ 专题宣传活动 | 余 }}"
    (line,) = [number for number, text in enumerate(lines, 1) if expression in text]
    column = lines[line - 1].index(expression) + len("{{ ") + 1
    wrong = [text for text in done.stderr.splitlines() if " 错误 " in text]
    assert len(wrong) == 1
    assert wrong[0].startswith(f"docs/report/2024.md:{line}:{column}: 错误 FZ704 ")
    assert "Traceback" not in done.stderr
    assert differing(contents(project.site), contents(public)) == []
    assert not list(project.root.glob(".site*"))


def counted(sample: Project, files: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The entries of the public figures.json of the sample year, by name, with some files replaced."""
    given = {path: text.encode() for path, text in files.items()}
    loaded = load(Overlay(Folder(sample.root), given), TODAY)
    year = next(year for year in loaded.years if year.year == 2024)
    made = data_files.files(View(year, Gate(Edition.PUBLIC, year.settings)))
    document = json.loads(made["data/2024/figures.json"])
    return {entry["name"]: entry for entry in document["figures"]}


def test_a_change_moves_its_figures_and_no_others(sample: Project, public: Path) -> None:
    cases = [
        file
        for file in sorted((sample.records / "2024/cases").iterdir())
        for fields in [read_record(file)[0]]
        if fields["结果"] == "调解不成" and "法院回流" not in fields["来源"]
    ]
    case = cases[0].read_text(encoding="utf-8")
    files = {
        cases[0].relative_to(sample.root).as_posix(): case.replace(
            "结果: 调解不成", "结果: 调解成功"
        ),
        "records/2024/meetings/2024-12-20-第九次集体学习.md": MEETING,
    }

    expected = figures(public, 2024)
    rate = expected["矛盾纠纷调解成功率"]
    rate["numerator"] += 1
    exact = Decimal(rate["numerator"]) * 100 / rate["denominator"]
    rate["value"] = float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))
    studied = expected["集体学法"]
    studied["value"] += 1
    studied["records"] += 1
    studied["words"] = f"{studied['value']}次"
    met = expected["领导班子法治会议"]
    met["value"] += 1
    met["records"] += 1
    met["words"] = f"{met['value']}次"
    met["parts"]["集体学习"] += 1
    assert counted(sample, files) == expected


MEETING = """\
---
标题: 第九次集体学习
日期: 2024-12-20
类别: 集体学习
议题:
  - {标题: 学习宪法, 主题: 宪法}
---
"""


def test_last_years_number_is_not_printed_as_this_years(sample: Project, public: Path) -> None:
    path = "docs/report/2024.md"
    text = (sample.root / path).read_text(encoding="utf-8")
    now, then = "{{ 领导小组会议 }}", "{{ 领导小组会议.上年 }}"
    assert f"{now}（上年{then}）" in text
    text = text.replace(f"{now}（上年{then}）", f"（上年{then}）{now}")
    assert counted(sample, {path: text}) == figures(public, 2024)


CAMPAIGN = {
    "标题": "“3.15”消费维权宣传",
    "日期": "2025-03-14",
    "类别": "宣传活动",
    "地点": "乡场镇",
    "主题": ["消费维权"],
    "发放资料份数": 120,
}


def test_one_record_begins_a_year(project: Project, public: Path) -> None:
    write_record(project.records / "2025/activities/2025-03-14-消费维权宣传.md", CAMPAIGN)
    site = staged_site(project)
    for section in SECTIONS:
        assert (site / f"2025/{section}.md").is_file()
    assert (site / "records/2025/activities/2025-03-14-消费维权宣传.md").is_file()
    counted = {name: e["value"] for name, e in figures(site, 2025).items() if e["value"]}
    assert counted == {"专题宣传活动": 1, "普法和培训": 1, "发放宣传资料": 120}
    assert figures(site, 2025)["矛盾纠纷调解成功率"]["words"] == "暂无"
    assert figures(site, 2024) == figures(public, 2024)


def test_one_record_alone_makes_a_site(project: Project) -> None:
    for year in ("2023", "2024"):
        shutil.rmtree(project.records / year)
    shutil.rmtree(project.root / "docs/report")
    write_record(project.records / "2025/activities/2025-03-14-消费维权宣传.md", CAMPAIGN)
    site = project.built()
    assert figures(site, 2025)["专题宣传活动"]["value"] == 1
    assert not (site / "report").exists()
    home = page(site / "index.html")
    assert any(a.attributes["href"] == "2025/publicity.html" for a in home.every("a"))
