"""What may leave the office: markers in everything that may not, looked for in every byte.

The site is looked through as it lies in a package, beside the documents.
"""

import csv
import io
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from fazhi.figures.sums import merged
from fazhi.figures.value import OTHER
from fazhi.output import leaks
from fazhi.output.data import files as data_files
from fazhi.output.site import build as pages_of
from fazhi.output.view import View
from fazhi.problems.problem import has_errors
from fazhi.project import load
from fazhi.report.editions import Edition, Gate
from fazhi.schema.fields import specs
from fazhi.schema.kinds import KINDS
from fazhi.sources.tree import Folder
from tests.conftest import TODAY
from tests.support import building
from tests.support.building import page, readable, yaml_of
from tests.support.markers import NESTED, PLANS, SHOWN, forms, marked_office, view_of
from tests.support.trees import Overlay

pytest_plugins = ["tests.support.sites"]


@pytest.fixture(scope="session")
def office(shared_folder):
    return marked_office(shared_folder)


def test_every_private_field_has_a_marker(office):
    for name, kind in KINDS.items():
        declared = {f"{spec.key}" for spec in kind.fields.values() if not spec.public}
        declared |= {
            f"{outer}/{spec.key}"
            for outer, model in NESTED.items()
            if outer in kind.fields
            for spec in specs(model).values()
            if not spec.public
        }
        declared -= {"公开", "佐证材料/公开", "计数", "标记", "议题"}
        folder = f"records/2024/{kind.folder}/"
        for planted in office.planted.values():
            if planted.path.startswith(folder):
                assert declared <= set(planted.secret), name
                for key in ("计数/", "标记/"):
                    assert any(held.startswith(key) for held in planted.secret)


def test_nothing_secret_is_in_any_byte_of_the_package(office):
    secrets = {
        f"{name} {key}": form
        for name, planted in office.planted.items()
        for key, value in planted.secret.items()
        for form in forms(value)
    }
    secrets |= {f"计数 {name}": name for name in office.counters["计数/否"]}
    secrets |= office.others
    assert len(secrets) > 60
    words = {what: marker for what, marker in secrets.items() if what.endswith(" 普法节点")}
    found = []
    for path, text in office.texts.items():
        # The list of words is itself public; which of them a withheld record has is not.
        is_list = path.endswith("/datapackage.json")
        sought = secrets.items() if not is_list else secrets.items() - words.items()
        found += [f"{path}: {what}" for what, marker in sought if marker in text]
    assert found == []


def test_a_marker_would_be_found_in_each_form_that_is_published(office):
    """What is public stands where a secret would: the search reaches it there."""
    texts = office.texts
    (title,) = (t for k, t in office.planted["activity"].public.items() if k == "标题")
    holding = {path.rpartition("/")[2] for path, text in texts.items() if str(title) in text}
    assert {"activities.csv", "search_index.json", "search_index.js"} <= holding
    reports = [text for path, text in texts.items() if "/documents/" in path]
    assert sum("贯彻落实党的二十大精神" in "".join(text.split()) for text in reports) >= 3
    assert sum("一图读懂" in "".join(text.split()) for text in reports) == 1


def test_a_photo_is_shown_and_says_nothing(office):
    planted = office.planted["activity"]
    made = page(office.public / planted.page)
    (image,) = (i for i in made.every("img") if i.attributes.get("alt") == SHOWN)
    file = (office.public / planted.page).parent / image.attributes["src"]
    assert file.name == f"{Path(planted.path).stem}-1.jpg"
    with Image.open(file) as shown:
        assert {key: image.attributes[key] for key in ("width", "height")} == {
            "width": str(shown.width),
            "height": str(shown.height),
        }
        assert not shown.getexif()
    staged = pages_of(view_of(office.project).source, Edition.PUBLIC)
    assert staged[f"{planted.path.removesuffix('.md')}-1.jpg"] == file.read_bytes()
    assert (office.internal / file.relative_to(office.public)).read_bytes() == file.read_bytes()


def test_the_package_is_searched_and_leaves(office):
    files = {"report.zip": office.package.read_bytes()}
    assert list(leaks.find(files, {office.project.root, Path.home()})) == []


@pytest.mark.parametrize("name", ["activity", "standing"])
def test_what_is_public_is_on_its_page(office, name):
    planted = office.planted[name]
    text = readable(office.public / planted.page)
    assert {"标题", "承办", "依据", "佐证材料/名称", "正文"} <= set(planted.public)
    assert [key for key, value in planted.public.items() if str(value) not in text] == []


@pytest.mark.parametrize(
    ("name", "section"), [("meeting", "enforcement"), ("activity in summary", "mediation")]
)
def test_a_summary_leaves_its_topic_and_no_page(office, name, section):
    planted = office.planted[name]
    (topic,) = planted.public.values()
    assert str(topic) in readable(office.public / f"2024/{section}.html")
    assert not (office.public / planted.page).exists()


@pytest.mark.parametrize("name", PLANS)
def test_inside_a_record_shows_all_it_holds(office, name):
    planted = office.planted[name]
    text = readable(office.internal / planted.page)
    held = {**planted.secret, **planted.public}
    missing = [key for key, value in held.items() if not any(f in text for f in forms(value))]
    assert missing == []


def test_what_a_year_lacks_is_told_inside_only(office):
    text = readable(office.internal / "2024/readiness.html")
    told = [office.others[f"task: {key}"] for key in ("任务", "责任")]
    assert [marker for marker in told if marker not in text] == []
    assert str(office.planted["case"].fields["任务"][0]) in text
    names = [file.name for file in office.public.rglob("*") if "readiness" in file.name]
    assert names == []


@pytest.mark.parametrize("place", ["docs/guide/decisions/9999-a", "docs/rules/FZ999"])
def test_inside_the_guide_and_the_rules_are_carried(office, place):
    page = place.removeprefix("docs/")
    text = readable(office.internal / f"{page}.html")
    assert office.others[f"{place}: text"] in text
    assert not (office.public / page).parent.exists()


# What marks an edition


def test_inside_every_page_says_so(internal):
    heads = {
        name: next(root.every("header")).text for name, root in building.pages(internal).items()
    }
    assert [name for name, text in heads.items() if "内部资料" not in text] == []


def test_inside_a_page_links_to_where_it_is_edited(sample, internal):
    township = yaml.safe_load((sample.records / "township.yml").read_text(encoding="utf-8"))
    kinds = ("activities", "meetings", "cases", "standings")
    records = [next((sample.records / "2024" / kind).iterdir()) for kind in kinds]
    sources = [file.relative_to(sample.root).as_posix() for file in records]
    edited = {source: source.removesuffix(".md") + ".html" for source in sources}
    edited["docs/report/2024.md"] = "report/2024.html"
    for source, made in edited.items():
        links = [a.attributes["href"] for a in page(internal / made).every("a")]
        assert township["编辑地址"] + source in links
        if source.startswith("records/"):  # the form first, where the eye is
            assert [link for link in links if link.endswith(f"填表.html#{source}")]


def test_inside_the_state_of_a_year_keeps_a_day_on_one_line(internal):
    state = page(internal / "2024/readiness.html")
    kept = [a.text for a in state.every("span") if a.attributes.get("class") == "fz-nowrap"]
    assert "2025-02-12 办了" in kept
    assert "<span" not in state.text


@pytest.mark.parametrize(
    "mark",
    [
        *(
            "内部资料",
            "代码平台上编辑",
            "git.example",
            "records/2024/cases/",
            "records/2024/meetings/",
        ),
        *("准备情况", "readiness", "tasks.yml"),
    ],
)
def test_the_public_site_bears_no_mark_of_the_office(public, mark):
    texts = [f for f in public.rglob("*") if f.is_file() and f.suffix in (".html", ".json", ".csv")]
    assert [file.name for file in texts if mark in readable(file)] == []


# Small parts and dangerous cells

NAMES = st.sampled_from(["甲", "乙", "丙", "丁", "戊", "己", OTHER])


@given(st.dictionaries(NAMES, st.integers(0, 60)), st.integers(0, 12))
@example({"甲": 4, "乙": 3}, 5)
@example({"甲": 40, OTHER: 2}, 5)
@example({"甲": 0, OTHER: 0}, 5)
def test_merging_hides_small_parts_and_keeps_the_sum(parts, limit):
    found = merged(parts, limit)
    assert sum(found.values()) == sum(parts.values())
    assert 0 not in found.values()
    assert len(found) <= 1 or min(found.values()) >= limit
    kept = {name: count for name, count in found.items() if name != OTHER}
    assert kept.items() <= parts.items()


FORMULAS = ["=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "＝1+1", " =1+1"]


def test_no_cell_of_a_csv_is_a_formula(sample):
    files = {}
    for number, formula in enumerate(FORMULAS):
        fields = {"标题": f"{formula}；{number}", "承办": formula, "地点": formula}
        fields |= {"日期": "2024-06-05", "类别": "走访服务"}
        files[f"records/2024/activities/formula-{number}.md"] = (
            f"---\n{yaml_of(fields)}---\n".encode()
        )
    loaded = load(Overlay(Folder(sample.root), files), TODAY)
    assert not has_errors(loaded.problems)
    year = next(year for year in loaded.years if year.year == 2024)
    made = data_files.files(View(year, Gate(Edition.PUBLIC, year.settings)))
    for name in ("activities", "meetings", "cases", "standings"):
        content = made[f"data/2024/{name}.csv"]
        assert isinstance(content, bytes)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if cell.strip()[:1] in set("=+-@＝＋－＠")] == []
        if name == "activities":
            titles = {row[rows[0].index("标题")] for row in rows}
            expected = {f"'{f.strip()}；{number}" for number, f in enumerate(FORMULAS)}
            assert expected <= titles
