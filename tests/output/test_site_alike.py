"""The same site, however, wherever and by whatever generator it is built."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest
import yaml

from fazhi.output.official import content_policy
from tests.support.building import (
    NOTICE,
    Project,
    contents,
    copied,
    differing,
    staged_site,
    swap,
    with_few_records,
)

pytest_plugins = ["tests.support.sites"]


@pytest.mark.parametrize("generator", ["mkdocs", "properdocs"])
def test_plain_mkdocs_and_its_successor_give_the_same_site(
    small: Project, taken_over: Project, generator: str
) -> None:
    done = small.run("-m", generator, "build", "--strict", "-f", "mkdocs.yml")
    assert done.returncode == 0, done.stderr
    assert differing(contents(small.site), contents(taken_over.site)) == []


def test_the_name_of_a_site_is_text_on_every_page(tmp_path: Path) -> None:
    project = with_few_records(tmp_path / "project")
    ours = "site_name: 左岚乡法治政府建设年度报告"
    swap(project.root / "mkdocs.yml", ours, "site_name: '<b>甲</b> & \"乙'")
    files = contents(project.built())
    made = {path: held.decode() for path, held in files.items() if path.endswith(".html")}
    assert [path for path, held in made.items() if "<b>甲" in held or "&amp;lt;b" in held] == []
    assert all("&lt;b&gt;甲&lt;/b&gt; &amp; &#34;乙</title>" in held for held in made.values())


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


MARKED = re.compile("（(?:未定稿|草稿)）$")


def searched(site: dict[str, bytes]) -> dict[str, tuple[str, str, float]]:
    """What is searched of each place, but for spaces; of a page's own title once is enough."""
    entries = json.loads(site["search/search_index.json"])["docs"]
    found = {}
    for entry in entries:
        title, text = (re.sub(r"[\s\u200b]", "", entry[name]) for name in ("title", "text"))
        found[entry["location"]] = (
            title,
            text.removeprefix(MARKED.sub("", title)),
            entry.get("boost", 1),
        )
    return found
