"""The sample year, built as a person builds it: its files, figures, links and pages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import yaml

from fazhi.output.data import files as data_files
from fazhi.output.official import content_policy
from fazhi.output.view import View
from fazhi.project import load
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder
from tests.conftest import CASES, TODAY
from tests.support.building import (
    ROOT,
    Element,
    Project,
    contents,
    copied,
    copy_of,
    differing,
    figures,
    page,
    pages,
    read_record,
    readable,
    swap,
    write_record,
)
from tests.support.links import broken
from tests.support.trees import Overlay

pytest_plugins = ["tests.support.sites"]

EXPECTED: list[dict[str, Any]] = yaml.safe_load(
    (CASES / "expected-2024.yml").read_text(encoding="utf-8")
)
SECTIONS = ("leadership", "decisions", "enforcement", "publicity", "mediation")
NOTICE = "示例数据"


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


# Alike, however it was built


@pytest.fixture
def small(taken_over: Project, tmp_path: Path) -> Project:
    """Another township's project, which is sooner built; to be changed."""
    return copy_of(taken_over, tmp_path / "project")


@pytest.mark.parametrize("generator", ["mkdocs", "properdocs"])
def test_plain_mkdocs_and_its_successor_give_the_same_site(
    small: Project, taken_over: Project, generator: str
) -> None:
    done = small.run("-m", generator, "build", "--strict", "-f", "mkdocs.yml")
    assert done.returncode == 0, done.stderr
    assert differing(contents(small.site), contents(taken_over.site)) == []


def test_place_time_and_zone_leave_no_trace(tmp_path: Path, public: Path) -> None:
    project = copied(tmp_path / "另一处 other" / "deep" / "down")
    for age, file in enumerate(sorted(project.root.rglob("*"))):
        if file.is_file() and not file.is_relative_to(project.root / ".venv"):
            os.utime(file, (1_000_000_000 + age * 86_400, 1_000_000_000 + age * 86_400))
    elsewhere = {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
    site = project.built("--out", str(tmp_path / "out"), environment=elsewhere)
    assert differing(contents(site), contents(public)) == []


def test_what_is_compiled_is_kept_though_an_image_says_otherwise(project: Project) -> None:
    shutil.rmtree(project.root / "scripts/lib/__pycache__", ignore_errors=True)
    done = project.run("scripts/check_records.py", environment={"PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0
    assert list((project.root / "scripts/lib/__pycache__").glob("command_line.*.pyc"))


MKDOCS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
NO_SETTINGS = [
    *(MKDOCS.replace("  features:\n", f"  features: {value}\n  else:\n") for value in ("1", "[1]")),
    *(
        MKDOCS.replace("  palette:\n", f"  palette: {value}\n  else:\n")
        for value in ("1", "[{a: 1}]")
    ),
    MKDOCS.replace("[assets/site.css]", "[1]"),
    MKDOCS.replace("  font: false", "  font: false\n  static_templates: [1]"),
    *(
        MKDOCS.replace("permalink: false", f"{name}")
        for name in ("title: [1]", "separator: 1", "toc_depth: x")
    ),
    *(f'{MKDOCS}\n{name}: "*"\n' for name in ("exclude_docs", "draft_docs")),
    MKDOCS.replace("[assets/iframe-worker.js]", "1"),
    MKDOCS.replace("{lang: zh}", "{lang: zh, fields: {title: 1}}"),
    MKDOCS.replace("!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}", "1"),
    *("", "1", "null", "- a", "site_name: 年报", "INHERIT: mkdocs.yml", "a: [", "a: &a [*a]", "\0"),
    """site_name: "\\ud800"\nhooks: [hooks/site.py]""",
    *("site_name: []", "site_name: 年报\ntheme: x", "site_name: 年报\nsite_url: 'http://['"),
]


def test_what_is_no_settings_of_mkdocs_is_told(small: Project) -> None:
    before = contents(small.records)
    for text in NO_SETTINGS:
        (small.root / "mkdocs.yml").write_text(text, encoding="utf-8")
        done = small.build()
        assert (done.returncode, small.site.exists()) == (1, False), text
        assert "mkdocs.yml " in done.stderr and "Traceback" not in done.stderr, text
        assert '  File "' not in done.stderr, text
        assert "原有的没有动" in done.stderr, text
    assert contents(small.records) == before


PUT_TOGETHER = '{% set a = "138" %}{% set b = "00000123" %}<p>{{ a }}{{ b }}</p>'
ADDED = {
    "put together": ("overrides/partials/footer.html", PUT_TOGETHER),
    "a comment between": ("overrides/partials/footer.html", "138{# a #}0000{# b #}0123"),
    "of no page": ("overrides/404.html", PUT_TOGETHER),
    "under a head": (
        "overrides/partials/footer.html",
        "<table><tr><th>户主</th></tr><tr><td>王小三</td></tr></table>",
    ),
    "of the settings": (
        "overrides/partials/footer.html",
        "{{ config.extra.aa }}{{ config.extra.bb }}",
    ),
}


def test_what_templates_add_to_a_page_does_not_leave(small: Project) -> None:
    settings = MKDOCS + "\nextra: {aa: 138, bb: '00000123'}\n"
    (small.root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    for name, (path, text) in ADDED.items():
        file = small.root / path
        before = file.read_text(encoding="utf-8")
        for _ in range(2):  # what did not pass is not taken as known the next time
            file.write_text(before + text, encoding="utf-8")
            done = small.build()
            assert (done.returncode, small.site.exists()) == (1, False), name
            assert "FZ501" in done.stderr, name
        file.write_text(before, encoding="utf-8")


def test_settings_of_mkdocs_that_name_what_is_not_there_are_told_in_chinese(small: Project) -> None:
    for old, new, told in (
        ("name: material", "name: nosuch", "mkdocs.yml 的 theme：没有“nosuch”这个主题"),
        ("hooks/site.py", "hooks/nothere.py", "mkdocs.yml 的 hooks：没有文件“"),
        ("docs_dir:", "INHERIT: other.yml\ndocs_dir:", "mkdocs.yml 的 INHERIT 不用"),
        ("docs_dir:", "nosuch: 1\ndocs_dir:", "mkdocs.yml 的 nosuch：没有这一项"),
    ):
        (small.root / "mkdocs.yml").write_text(MKDOCS.replace(old, new, 1), encoding="utf-8")
        done = small.build()
        assert (done.returncode, told in done.stderr) == (1, True), done.stderr


def test_what_is_no_plain_file_is_no_settings_of_mkdocs(small: Project) -> None:
    settings = small.root / "mkdocs.yml"
    settings.unlink()
    kinds: list[tuple[Callable[[], object], str]] = [
        (lambda: None, "没有这个文件"),
        (settings.mkdir, "不是普通文件"),
        (lambda: os.mkfifo(settings), "不是普通文件"),
        (lambda: settings.symlink_to(settings), "这是一个链接"),
    ]
    for make, told in kinds:
        make()
        made, copied_to = small.build(), small.run("scripts/new_township.py", str(small.root / "x"))
        for done, code in ((made, 1), (copied_to, 2)):
            assert (done.returncode, f"mkdocs.yml 用不了：{told}" in done.stderr) == (code, True), (
                told
            )
            assert "Errno" not in done.stderr
        settings.rmdir() if settings.is_dir() else settings.unlink(missing_ok=True)


GUIDE = "docs/guide/status.md"
PAGES_TOLD = [
    (
        "# 甲\n\n看[甲](#nothere)、[乙](nothere.md)、![丙](no.png)、[丁](takeover.html)、[戊](/a)、[己](takeover.md#x)\n",
        [
            f"{GUIDE}:3:2: 链接“#nothere”：这一页里没有这个位置\n",
            f"{GUIDE}:3:16: 链接“nothere.md”：没有这个文件\n",
            f"{GUIDE}:3:33: 链接“no.png”：没有这个文件\n",
            f"{GUIDE}:3:45: 链接“takeover.html”：没有这个文件，是不是“takeover.md”？\n",
            f"{GUIDE}:3:64: 链接“/a”：指不到这个网站的文件\n",
            f"{GUIDE}:3:72: 链接“takeover.md#x”：docs/guide/takeover.md 里没有这个位置\n",
        ],
    ),
    (
        "# 甲\n\n看[甲](http://[::1)\n",
        [f"{GUIDE}:3:6: 做不成网页：有一个链接，网址读不出来（Invalid IPv6 URL）\n上面这一页里"],
    ),
    ("---\ntemplate: no.html\n---\n\n# 甲\n", [f"{GUIDE}: 做不成网页：", "上面这一页里"]),
    ("---\nsearch: 1\n---\n\n# 甲\n", [f"{GUIDE}: 做不成网页：", "上面这一页里"]),
]


@pytest.mark.parametrize(("text", "told"), PAGES_TOLD)
def test_a_page_of_the_guide_that_cannot_be_made_is_named(
    small: Project, text: str, told: list[str]
) -> None:
    (small.root / GUIDE).write_text(text, encoding="utf-8")
    done = small.build("--edition", "internal")
    assert done.returncode == 1
    assert [one for one in told if one not in done.stderr] == [], done.stderr
    assert "Traceback" not in done.stderr and "MkDocs：" not in done.stderr, done.stderr


@pytest.mark.parametrize("folder", ["records", "docs", "overrides"])
def test_a_folder_that_is_missing_is_told(small: Project, folder: str) -> None:
    (small.root / folder).rename(small.root / "别处")
    done = small.build()
    assert (done.returncode, f"没有文件夹 {folder}：" in done.stderr) == (1, True), done.stderr


WARNED = """
import logging, sys
sys.path.insert(0, "scripts")
from lib.mkdocs_said import show_warnings
show_warnings()
log = logging.getLogger("mkdocs.commands.build")
log.error("Error building page 'a.md': [Errno 28] No space left on device")
log.error("Error building page 'a.md': [WinError 112] There is not enough space")
log.warning("a page has no title")
"""


def test_what_the_system_refused_is_not_told_by_mkdocs_in_english() -> None:
    done = Project(ROOT).run("-c", WARNED)
    assert (done.returncode, done.stderr) == (0, "MkDocs：a page has no title\n"), done.stderr


PHOTO = "records/2025/activities/2025-04-20-以案释法-1.jpg"
"""A photo that a record of the other township shows."""
_SEEN = """
from pathlib import Path
from mkdocs.exceptions import Abort

def on_files(files, *, config):
    for file in files:
        is_frame = file.name == "~frame~"
        if not is_frame and (file.generated_by or file.src_dir == config.docs_dir):
            seen = Path(config.config_file_path).parent / "seen" / file.src_uri
            seen.parent.mkdir(parents=True, exist_ok=True)
            seen.write_bytes(file.content_bytes)
    raise Abort("seen")
"""
_SLOW = """
from pathlib import Path
from mkdocs.structure.files import File, InclusionLevel

def on_files(files, *, config):
    leaves = config.plugins["hooks/site.py"]._build.leaves
    for file in [file for file in files if file.name == "~frame~"]:
        files.remove(file)
    for leaf in leaves.entries:
        content = (Path(config.config_file_path).parent / "staged" / leaf.page.path).read_text()
        inclusion = InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, leaf.page.path, content=content, inclusion=inclusion))
    leaves.entries.clear()
    return files
"""


def built_with(project: Project, hook: str, text: str, edition: str) -> str:
    """What a build with one more hook printed of its failure, nothing of a site."""
    (project.root / "hooks" / hook).write_text(text, encoding="utf-8")
    ours = "hooks: [hooks/site.py"
    swap(project.root / "mkdocs.yml", ours, f"{ours}, hooks/{hook}")
    done = project.build("--edition", edition)
    return "" if done.returncode == 0 else done.stderr


def staged_site(project: Project, edition: str = "public") -> Path:
    """What MkDocs is given, as files."""
    done = project.run("scripts/stage.py", "staged", "--edition", edition)
    assert done.returncode == 0, done.stderr
    return project.root / "staged"


@pytest.mark.parametrize("edition", ["public", "internal"])
def test_stage_writes_what_mkdocs_is_given_and_the_leaves(small: Project, edition: str) -> None:
    pages = contents(staged_site(small, edition))
    assert "seen" in built_with(small, "seen.py", _SEEN, edition)
    seen = contents(small.root / "seen")
    assert "index.md" in seen and "assets/site.css" in seen
    menu = json.loads(pages.pop("menu.json"))
    assert str(menu).count("2025/education.md") == 1
    assert ("guide/takeover.md" in str(menu)) == (edition == "internal")
    for uri in [uri for uri in pages if uri.endswith(".md")]:
        line, _, rest = pages[uri].removeprefix(b"---\n").partition(b"\n")
        official = yaml.safe_load(line)["official"]
        assert NOTICE in official["notices"][0]
        assert ("内部资料" in official["notices"]) == (edition == "internal")
        assert ("nofollow" in official["robots"]) == (edition == "internal")
        assert official["tail"].endswith("（示例）")
        assert official["meta"]["SiteName"]
        assert official["policy"] == content_policy(official["style"])
        has_own = not rest.startswith(b"---\n")
        pages[uri] = b"---\n" + rest if has_own else rest.removeprefix(b"---\n")
    assert differing({uri: pages[uri] for uri in seen}, seen) == []
    leaf = re.compile(r"records/\d{4}/\w+/.+\.md|\d{4}/\w+/\w+-\d\d\.md|" + PHOTO)
    assert [uri for uri in pages.keys() - seen.keys() if not leaf.fullmatch(uri)] == []


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["public", "internal"])
def test_a_leaf_is_what_mkdocs_and_the_theme_would_make_of_it(
    small: Project, taken_over: Project, edition: str
) -> None:
    kinds = {folder.name for folder in (staged_site(small, edition) / "records/2025").iterdir()}
    inside = {"meetings", "cases"} if edition == "internal" else set()
    assert kinds == {"activities", "standings", *inside}
    assert not built_with(small, "slow.py", _SLOW, edition)
    site = "site" if edition == "public" else "site-internal"
    made, wanted = contents(taken_over.root / site), contents(small.root / site)
    for name in ("sitemap.xml", "sitemap.xml.gz"):  # which the hook adds its leaves to itself
        made.pop(name, None)
        wanted.pop(name, None)
    assert made.pop(PHOTO)  # is no page, and comes with those of the leaves
    assert differing(made, wanted) == ["search/search_index.js", "search/search_index.json"]
    assert searched(made) == searched(wanted)


def searched(site: dict[str, bytes]) -> dict[str, tuple[str, str, float]]:
    """What is searched of each place, but for spaces; of a page's own title once is enough."""
    entries = json.loads(site["search/search_index.json"])["docs"]
    found = {}
    for entry in entries:
        title, text = (re.sub(r"[\s\u200b]", "", entry[name]) for name in ("title", "text"))
        found[entry["location"]] = (title, text.removeprefix(title), entry.get("boost", 1))
    return found


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


# Changing the records moves the figures


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
