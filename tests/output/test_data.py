"""Open data: the data package of each year, figures.json and its schema, what a figure means."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from fazhi.figures.measures import fingerprint
from fazhi.output import site as pages
from fazhi.output.data import figures_json
from fazhi.output.data import files as data
from fazhi.output.view import View
from fazhi.report.editions import Edition, Gate
from fazhi.schema.definition import Definition
from fazhi.schema.kinds import KINDS
from tests.conftest import BASE, MakeProject, checked
from tests.figures.test_withheld import ACTIVITY, FIGURES, VOCABULARY
from tests.support import table_schema
from tests.support.building import contents, figures, page

pytest_plugins = ["tests.support.sites"]

YEARS = (2023, 2024)
# The package


@pytest.mark.parametrize("year", YEARS)
def test_every_table_is_what_its_descriptor_says(site: Path, year: int) -> None:
    files = {f"{year}/{name}": held for name, held in contents(site / f"data/{year}").items()}
    assert list(table_schema.faults(str(year), files)) == []
    package = json.loads(files[f"{year}/datapackage.json"])
    described = {f"{year}/{resource['path']}" for resource in package["resources"]}
    assert described == {name for name in files if name.endswith(".csv")}


def test_the_package_is_of_the_day_of_the_report(public: Path) -> None:
    package = json.loads((public / "data/2024/datapackage.json").read_text(encoding="utf-8"))
    assert package["created"] == "2025-02-12T00:00:00Z"
    assert package["name"] == "fazhi-2024-public"
    assert "created" not in json.loads(
        (public / "data/2023/datapackage.json").read_text(encoding="utf-8")
    )


def test_a_reader_finds_what_is_wrong(public: Path) -> None:
    files = {f"2024/{name}": held for name, held in contents(public / "data/2024").items()}
    good = files["2024/activities.csv"]
    for old, new in (
        ("2024-01-19", "19.1.2024"),
        ("走访服务", "串门"),
        (",22,", ",-2,"),
        ("标题", "题目"),
    ):
        spoilt = good.decode().replace(old, new, 1).encode()
        found = list(table_schema.faults("2024", files | {"2024/activities.csv": spoilt}))
        assert len([fault for fault in found if "hash" not in fault and "bytes" not in fault]) == 1


def test_the_public_package_names_no_field_that_stays_inside(public: Path, internal: Path) -> None:
    def fields(site: Path) -> dict[str, set[str]]:
        package = json.loads((site / "data/2024/datapackage.json").read_text(encoding="utf-8"))
        return {
            resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
            for resource in package["resources"]
        }

    outside, inside = fields(public), fields(internal)
    for kind in KINDS.values():
        private = {spec.key for spec in kind.fields.values() if not spec.public}
        assert not outside[kind.folder] & private
        assert inside[kind.folder] & private
    assert outside["cases"] == {"月份", "类别", "结果", "件数", "性质"}
    assert outside["meetings"] == {"月份", "类别", "主题", "性质"}
    text = (public / "data/2024/datapackage.json").read_text(encoding="utf-8")
    for hidden in ("示例一村", "法院回流", "重点人群"):
        assert hidden not in text


def test_a_list_of_words_is_the_years_own(internal: Path) -> None:
    package = json.loads((internal / "data/2024/datapackage.json").read_text(encoding="utf-8"))
    (cases,) = [r for r in package["resources"] if r["name"] == "cases"]
    by_name = {field["name"]: field for field in cases["schema"]["fields"]}
    assert "矛盾纠纷" in by_name["类别"]["constraints"]["enum"]
    assert by_name["公开"]["constraints"]["enum"] == ["全文", "摘要", "仅统计"]
    assert by_name["受理日期"]["type"] == "date"
    assert by_name["涉及人数"] == {
        "name": "涉及人数",
        "title": "涉及人数",
        "description": "涉及的人数",
        "type": "integer",
        "constraints": {"minimum": 0},
    }


# figures.json


def test_samples_and_drafts_say_what_they_are(make_project: MakeProject) -> None:
    township = (BASE / "records/township.yml").read_text(encoding="utf-8")
    own = {"records/township.yml": township.replace("示例数据: 是", "示例数据: 否")}
    marks = {"sample": "（示例数据）", "draft": "（草稿）"}
    for files, expected in (({}, {"sample", "draft"}), (own, {"draft"})):
        (year,) = checked(make_project(files)).years
        made = pages.build(year, Edition.PUBLIC)
        held = json.loads(made["data/2024/figures.json"])
        assert {name for name in marks if held.get(name)} == expected
        title = json.loads(made["data/2024/datapackage.json"])["title"]
        assert {name for name, mark in marks.items() if mark in title} == expected
        tail = "（草稿）（示例）" if "sample" in expected else "（草稿）"
        assert f'download="figures{tail}.csv"' in str(made["data/2024/index.md"])
        mark = "示例数据；未定稿" if "sample" in expected else "未定稿"
        for path, table in made.items():
            if isinstance(table, bytes) and path.endswith(".csv"):
                head, *rows = csv.reader(table.decode("utf-8-sig").splitlines())
                assert head[-1] == "性质"
                assert {row[-1] for row in rows} <= {mark}


def validator(site: Path) -> jsonschema.Draft202012Validator:
    schema = json.loads((site / "data/figures.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("year", YEARS)
def test_figures_keep_to_the_schema_they_name(site: Path, year: int) -> None:
    file = site / f"data/{year}/figures.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    assert (file.parent / document["$schema"]).resolve() == site / "data/figures.schema.json"
    assert list(validator(site).iter_errors(document)) == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("value", "12"),
        ("measure", "估计"),
        ("fingerprint", "x"),
        ("withheld", ["all"]),
        ("surprise", 1),
    ],
)
def test_the_schema_refuses_what_is_no_figure(public: Path, key: str, value: Any) -> None:
    document = json.loads((public / "data/2024/figures.json").read_text(encoding="utf-8"))
    document["figures"][0][key] = value
    assert list(validator(public).iter_errors(document))


def test_the_table_of_figures_says_what_the_json_says(public: Path) -> None:
    text = (public / "data/2024/figures.csv").read_text(encoding="utf-8-sig")
    for name, entry in figures(public, 2024).items():
        start = f"{name},{entry['section']},{entry['measure']},{entry['value']},{entry['unit']},"
        assert f"\n{start}" in text


def test_what_is_merged_is_said(public: Path, internal: Path) -> None:
    name = "在册重点管理人员"
    assert figures(public, 2024)[name]["merged"] == ["其他"]
    assert "merged" not in figures(internal, 2024)[name]
    text = page(public / "data/2024/index.html").text
    assert f"并入了“其他”的：{name}。" in text


def test_what_is_withheld_is_said(make_project: MakeProject) -> None:
    group = (
        "---\n标题: 重点人群\n截止日期: 2024-12-31\n类别: 重点人群\n分类: {甲类: 3, 乙类: 1}\n---\n"
    )
    root = make_project(
        {
            "records/figures.yml": FIGURES,
            "records/vocabulary.yml": VOCABULARY,
            "records/2024/activities/宪法宣传.md": ACTIVITY,
            "records/2024/standings/重点人群.md": group,
        }
    )
    (year,) = checked(root).years
    view = View(year, Gate(Edition.PUBLIC, year.settings))
    entries = {figure.name: figure for figure in figures_json.document(view).figures}
    assert entries["重点人群"].withheld == ["value"]
    assert (entries["重点人群"].value, entries["重点人群"].records) == (None, None)
    assert entries["重点人群"].parts is None
    assert entries["各村纠纷"].withheld == ["parts"]
    assert entries["各村纠纷"].value == 1
    assert entries["宣传活动"].withheld == []
    told = data.files(view)["data/2024/index.md"]
    assert isinstance(told, str)
    assert "不公布的：重点人群、重点人数、重点人数占比、各村纠纷。" in told


def test_the_page_lists_and_explains_every_file(site: Path) -> None:
    root = page(site / "data/2024/index.html")
    links = {element.attributes.get("href") for element in root.every("a")}
    files = {name for name in contents(site / "data/2024") if not name.endswith(".html")}
    assert links >= files | {"../figures.schema.json"}
    for name in (*figures_json.Figure.model_fields, "发放资料份数"):
        assert name in root.text


# What a figure means


def definition(**given: Any) -> Definition:
    base = {"名称": "甲", "板块": "乙", "统计": "件数", "记录": "活动", "单位": "场"}
    return Definition.model_validate(base | given)


def test_a_fingerprint_is_of_the_meaning_alone() -> None:
    one = definition(条件={"类别": ["宣传活动", "讲座"], "村": "有"})
    same = definition(
        名称="别名",
        板块="别处",
        条件={"村": "有", "类别": ["讲座", "宣传活动", "讲座"]},
        按日期="日期",
        自=2020,
        首页="是",
        印发="否",
        说明="同一件事",
    )
    assert fingerprint(one, {}) == fingerprint(same, {})
    single = definition(条件={"类别": ["讲座"]})
    assert fingerprint(single, {}) == fingerprint(definition(条件={"类别": "讲座"}), {})


def test_a_fingerprint_changes_with_the_meaning() -> None:
    others = [
        definition(),
        definition(条件={"类别": "讲座"}),
        definition(条件={"类别": "宣传活动"}),
        definition(条件={"日期": {"自": "01-01", "至": "06-30"}}),
        definition(单位="次"),
        definition(记录="会议"),
        definition(按日期="结束日期"),
        definition(统计="求和", 字段="发放资料份数"),
        definition(统计="求和", 字段="参加人次"),
        definition(统计="分类", 按="类别"),
        definition(统计="最新值", 记录="现状"),
        definition(统计="最新值", 记录="现状", 截至="06-30"),
    ]
    assert len({fingerprint(one, {}) for one in others}) == len(others)


def test_a_ratio_means_what_its_two_figures_mean() -> None:
    def ratio(above: Definition, below: Definition, **given: Any) -> str:
        wanted = {
            "名称": "率",
            "板块": "乙",
            "统计": "比率",
            "分子": above.name,
            "分母": below.name,
        }
        known = {d.name: d for d in (above, below)}
        return fingerprint(Definition.model_validate(wanted | given), known)

    talks, all_of_them = definition(名称="讲座", 条件={"类别": "讲座"}), definition(名称="全部")
    renamed = definition(名称="讲座数", 条件={"类别": "讲座"})
    assert ratio(talks, all_of_them) == ratio(renamed, all_of_them, 板块="别处")
    assert ratio(talks, all_of_them) != ratio(all_of_them, talks)
    assert ratio(talks, all_of_them) != ratio(definition(名称="讲座"), all_of_them)
