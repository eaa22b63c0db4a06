"""The sample year, built as a person builds it: its files, figures, links and pages."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from fazhi_mkdocs import search_index
from tests.conftest import CASES, lay
from tests.support.building import (
    NOTICE,
    SECTIONS,
    Element,
    Project,
    figures,
    page,
    pages,
    readable,
)
from tests.support.links import broken

pytest_plugins = ["tests.support.sites"]

EXPECTED: list[dict[str, Any]] = yaml.safe_load(
    (CASES / "expected-2024.yml").read_text(encoding="utf-8")
)


def test_a_title_in_the_search_index_is_marked_once(tmp_path: Path) -> None:
    entries = [
        {"location": "a.html#b", "title": title, "text": ""} for title in ("指标", "指标（草稿）")
    ]
    lay(tmp_path, {search_index.INDEX: json.dumps({"docs": entries})})
    (noted,) = search_index.noted(tmp_path, {"a.html": "（草稿）"}).values()
    assert [json.loads(entry)["title"] for entry in noted] == ["指标（草稿）", "指标（草稿）"]


# What is there


def test_gives_each_activity_a_page_and_no_meeting_or_case(sample: Project, public: Path) -> None:
    def stems(folder: Path, kind: str) -> set[str]:
        return {file.stem for file in (folder / "records/2024" / kind).glob("*")}

    assert stems(public, "activities") == stems(sample.root, "activities")
    # One standing fact is about people who must not be recognised.
    assert len(stems(public, "standings")) == len(stems(sample.root, "standings")) - 1
    assert not stems(public, "meetings") | stems(public, "cases")


def test_gives_every_record_a_page_inside(sample: Project, internal: Path) -> None:
    for kind in ("activities", "meetings", "cases", "standings"):
        records = {file.stem for file in (sample.records / "2024" / kind).iterdir()}
        assert {file.stem for file in (internal / "records/2024" / kind).iterdir()} == records


# The figures


def test_counts_what_the_report_prints(site: Path) -> None:
    entries = figures(site, 2024)
    for name, expected in ((expected["名称"], expected) for expected in EXPECTED):
        found = entries[name]
        said = (found["section"], found["unit"], found["words"])
        assert said == (expected["板块"], expected["单位"], expected["措辞"]), name
        low, high = expected.get("范围") or [expected["值"], expected["值"]]
        assert low <= found["value"] <= high, name
        if "分子" in expected:
            rate = (expected["分子"], expected["分母"])
            assert (found["numerator"], found["denominator"]) == rate, name


def test_hides_small_parts_in_public(public: Path) -> None:
    parts = figures(public, 2024)["在册重点管理人员"]["parts"]
    assert min(parts.values()) >= 5
    assert sum(parts.values()) == 51


def test_folds_the_decisions_into_one_entry_of_the_menu(sample: Project, internal: Path) -> None:
    decisions = {file.stem for file in (sample.root / "docs/guide/decisions").glob("*.md")}
    menu = next(page(internal / "guide/index.html").every("nav", kind="fz-nav"))
    groups = {next(group.every("summary")).text: group for group in menu.every("details")}
    folded = groups["为什么这样做"]
    links = [link.attributes["href"] for link in folded.every("a")]
    assert {Path(link).stem for link in links} == decisions
    assert "open" not in folded.attributes
    assert "open" in groups["说明"].attributes


def test_shows_every_part_inside(internal: Path) -> None:
    parts = figures(internal, 2024)["在册重点管理人员"]["parts"]
    assert list(parts.items()) == list(EXPECTED[-1]["分项"].items())


def test_names_records_inside_and_counts_them_in_public(public: Path, internal: Path) -> None:
    inside, outside = figures(internal, 2024), figures(public, 2024)
    assert list(inside) == list(outside)
    for name, entry in inside.items():
        assert outside[name]["records"] == len(entry["records"])
        assert all(path.startswith("records/2024/") for path in entry["records"]), name


def test_links_every_number_of_the_report_to_its_evidence(site: Path) -> None:
    report = page(site / "report/2024.html")
    entries = figures(site, 2024)
    links = list(report.every("a", kind="fz-figure"))
    targets = [unquote(link.attributes["href"]).removeprefix("#") for link in links]
    assert {target.removeprefix("依据-") for target in targets} >= {e["名称"] for e in EXPECTED}
    for link, target in zip(links, targets, strict=True):
        row = report.by_id(target)
        assert row.tag == "tr"
        assert f"“{link.text}”" in row.text or "、分项" in row.text  # or a part of it
        assert link.text in row.text
        name = target.removeprefix("依据-")
        if name in entries:
            value, unit = entries[name]["value"], entries[name]["unit"]
            assert (f"{value:.1f}%" if unit == "%" else f"{value}{unit}") in row.text
        for part in ("numerator", "denominator"):
            if part in entries.get(name, {}):
                assert str(entries[name][part]) in row.text


def data_of(root: Element) -> list[Element]:
    return list(root.every("data"))


def test_every_number_tells_a_program_what_it_is(site: Path) -> None:
    entries = figures(site, 2024)
    report = page(site / "report/2024.html")
    assert all(data_of(link) for link in report.every("a", kind="fz-figure"))
    cards = page(site / "index.html").every("strong", kind="fz-card-value")
    assert all(data_of(card) for card in cards)
    found = [one for name in PRINTING for one in data_of(page(site / f"{name}.html"))]
    numbers = [one.attributes for one in found if one.attributes.get("data-year") == "2024"]
    for told in (told for told in numbers if told.get("data-figure") in entries):
        entry = entries[told["data-figure"]]
        assert told["data-unit"] == entry["unit"]
        assert float(told["value"]) == pytest.approx(entry["value"], abs=0.005)
        if "numerator" in entry:
            rate = Fraction(entry["numerator"], entry["denominator"]) * 100
            assert abs(Fraction(told["value"]) - rate) < Fraction(1, 10**15)
            parts = (told["data-numerator"], told["data-denominator"])
            assert parts == (str(entry["numerator"]), str(entry["denominator"]))
    shown = {name for name, entry in entries.items() if entry["value"] is not None}
    assert {told.get("data-figure") for told in numbers} >= shown
    parts_of = [told for told in numbers if "data-part" in told]
    for told in parts_of:
        assert int(told["value"]) == entries[told["data-of"]]["parts"][told["data-part"]]
    assert parts_of


PRINTING = ("index", "report/2024", *(f"2024/{section}" for section in SECTIONS))


def test_a_change_is_no_figure_and_says_whether_it_fell(public: Path) -> None:
    now, before = figures(public, 2024), figures(public, 2023)
    changes = [one for one in data_of(page(public / "report/2024.html")) if "减" in one.text]
    assert changes
    for told in (one.attributes for one in changes):
        difference = now[told["data-of"]]["value"] - before[told["data-of"]]["value"]
        assert float(told["value"]) == difference < 0
        assert (told["data-since"], told["data-year"]) == ("2023", "2024")
        assert "data-figure" not in told


def test_what_is_withheld_is_told_to_no_program(public: Path) -> None:
    hidden = {n for n, entry in figures(public, 2024).items() if entry["value"] is None}
    told = {one.attributes.get("data-figure") for f in pages(public).values() for one in data_of(f)}
    assert not hidden & told


def test_the_script_of_the_guide_reads_a_page(
    sample: Project, public: Path, tmp_path: Path
) -> None:
    guide = (sample.root / "docs/guide/opendata.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", guide, re.DOTALL)
    file = tmp_path / "read_pages.py"
    file.write_text(script, encoding="utf-8")
    report = public / "report/2024.html"
    command = [sys.executable, "-X", "utf8", str(file), str(report)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    read = {(year, name): value for _, year, name, value, _ in lines}
    for year in (2023, 2024):
        for name, entry in figures(public, year).items():
            value = read.get((str(year), name))
            if value is not None:
                assert float(value) == pytest.approx(entry["value"], abs=0.005)
    assert read["2024", "发放宣传资料"] == "2360"
    assert read["2023", "领导小组会议"] == "3"


# Links


@pytest.fixture
def with_a_photo(taken_over: Project) -> Path:
    """A public site that has a photo, an address and so a link on its 404.html."""
    return taken_over.site


@pytest.mark.parametrize("edition", ["public", "internal", "with_a_photo"])
def test_every_link_leads_somewhere_and_nothing_is_fetched_from_elsewhere(
    edition: str, request: pytest.FixtureRequest
) -> None:
    assert broken(request.getfixturevalue(edition)) == []


def test_every_place_of_the_search_index_is_there(site: Path) -> None:
    every = pages(site)
    index = readable(site / "search/search_index.json")
    places = set(re.findall(r'"location": "([^"]*)"', index))
    assert "report/2024.html" in places
    # Of 2023 there is no report: what is found says so.
    marked = {
        (unquote(one["location"]).partition("#")[0], one["title"].endswith("（未定稿）"))
        for one in json.loads((site / "search/search_index.json").read_bytes())["docs"]
    }
    assert {is_marked for page, is_marked in marked if "2023/" in page} == {True}
    assert {is_marked for page, is_marked in marked if "2024" in page} == {False}
    dead = []
    for place in places:
        name, _, anchor = unquote(place).partition("#")
        element = every.get(name or "index.html")
        if element is None or (anchor and anchor not in element.ids):
            dead.append(place)
    assert dead == []


# Pages that everyone can read


def test_every_page_is_well_built(site: Path) -> None:
    faults = []
    for name, root in pages(site).items():
        found = (*_faults(root), *_table_faults(root.every("table")))
        faults += [f"{name}: {fault}" for fault in found]
    assert faults == []


def _faults(root: Element) -> Iterator[str]:
    if [element.attributes.get("lang") for element in root.every("html")] != ["zh-CN"]:
        yield "lang"
    if not next(root.every("title")).text:
        yield "title"
    if NOTICE not in next(root.every("body")).text:
        yield "notice"
    levels = [int(h.tag[1]) for h in root.every("h1", "h2", "h3", "h4", "h5", "h6")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"h1: {levels}"
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"a heading level is skipped: {levels}"
    named = [e.attributes["id"] for e in root.every() if "id" in e.attributes]
    if doubled := {name for name in named if named.count(name) > 1}:
        yield f"the same id twice: {doubled}"
    for image in root.every("img"):
        if "alt" not in image.attributes:
            yield "an image without alt"
    for svg in root.every("svg"):
        if svg.attributes.get("role") == "img" and not svg.attributes.get("aria-label"):
            yield "a picture that says nothing"


def _table_faults(tables: Iterable[Element]) -> Iterator[str]:
    for table in tables:
        if not any(caption.text for caption in table.every("caption")):
            yield "a table without caption"
        headers = list(table.every("th"))
        if not headers or any(
            th.attributes.get("scope") not in ("row", "col", "rowgroup") for th in headers
        ):
            yield "a th without scope"
