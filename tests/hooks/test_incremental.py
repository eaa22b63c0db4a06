"""A build that takes over what it made before gives the same bytes as one that begins with nothing."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from PIL import Image

from fazhi.records.cache import FOLDER
from tests.support.building import Project, contents, differing, swap, with_few_records
from tests.support.running import killed

pytestmark = pytest.mark.slow

pytest_plugins = ["tests.support.sites"]

ACTIVITIES = "records/2024/activities"
Edit = Callable[[Path, int], None]


def activity(number: int, **fields: object) -> str:
    own = {
        "标题": f"第{number}次普法讲座",
        "日期": f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "类别": "宣传活动",
        "地点": "东村",
        "主题": "[禁毒]",
        "发放资料份数": number,
    }
    lines = "".join(f"{key}: {value}\n" for key, value in {**own, **fields}.items())
    return f"---\n{lines}---\n在第{number}个院坝讲解法律知识。\n"


def add(root: Path, number: int) -> None:
    file = root / ACTIVITIES / f"新的-{number}.md"
    file.write_text(activity(100 + number), encoding="utf-8", newline="\n")


def a_record(root: Path, number: int, among: str = "讲座-*.md") -> Path:
    every = sorted((root / ACTIVITIES).glob(among))
    return every[number % len(every)]


def change_the_prose(root: Path, number: int) -> None:
    swap(a_record(root, number), "讲解", "**详细**讲解")


def change_a_count(root: Path, number: int) -> None:
    swap(a_record(root, number), "发放资料份数: ", "发放资料份数: 1")


def change_the_day(root: Path, number: int) -> None:
    file = a_record(root, number)
    number = int(file.stem.partition("-")[2])
    file.write_text(activity(number, 日期="2024-12-04"), encoding="utf-8", newline="\n")


def delete(root: Path, number: int) -> None:
    a_record(root, number).unlink()


def rename(root: Path, number: int) -> None:
    file = a_record(root, number)
    file.rename(file.with_name(f"改名-{file.name}"))


def keep_from_the_public(root: Path, number: int) -> None:
    swap(a_record(root, number, "讲座-1*.md"), "地点: ", "公开: 仅统计\n地点: ")


def show_a_photo(root: Path, number: int) -> None:
    files = root / "records/2024/files"
    files.mkdir(exist_ok=True)
    Image.new("RGB", (40, 30), (number % 256, 90, 90)).save(files / "现场.jpg")
    evidence = "佐证材料: [{名称: 现场照片, 文件: 现场.jpg, 公开: 是}]\n地点: "
    # Not of one that was kept from the public, which may show none.
    swap(a_record(root, number, "讲座-[2-9].md"), "地点: ", evidence)


def rename_a_figure(root: Path, number: int) -> None:
    swap(root / "records/figures.yml", "名称: 考试应考,", f"名称: 应考的第{number}种,")
    swap(root / "records/figures.yml", "分母: 考试应考", f"分母: 应考的第{number}种")


def give_the_site_an_address(root: Path, number: int) -> None:
    address = f"https://www.example.gov.cn/{number}/"
    website = f"网站: {{名称: 示例, 域名: www.example.gov.cn, 标识码: bm12345678, 地址: {address}}}"
    swap(root / "records/township.yml", "毗邻乡镇:", f"{website}\n毗邻乡镇:")


def take_the_report_away(root: Path, number: int) -> None:
    (root / "docs/report/2024.md").unlink(missing_ok=True)


def rewrite_the_home_page(root: Path, number: int) -> None:
    text = f"欢迎查阅。\n\n- 第{'一二三'[number % 3]}条说明\n"
    (root / "docs/index.md").write_text(text, encoding="utf-8", newline="\n")


def change_the_style(root: Path, number: int) -> None:
    with (root / "docs/assets/site.css").open("a", encoding="utf-8") as file:
        file.write(f"i {{ z-index: {number} }}\n")  # of a note nothing leaves


def in_its_place(path: str, old: str, new: str, root: Path, number: int) -> None:
    swap(root / path, old, new.replace("#", str(number)))


BLOCK = "{% block extrahead %}"
change_the_vocabulary, move_a_section, count_otherwise, list_more_on_a_page = (
    partial(in_its_place, "records/vocabulary.yml", "普法活动和考试", "普法活动和考试之#"),
    partial(in_its_place, "records/vocabulary.yml", "路径: publicity", "路径: publicity-#"),
    partial(in_its_place, "records/figures.yml", "单位: 份", "单位: 册"),
    partial(in_its_place, "records/township.yml", "每页记录数: 10", "每页记录数: 12"),
)
rewrite_the_report, change_the_theme, change_a_part_of_the_theme, change_the_settings = (
    partial(in_its_place, "docs/report/2024.md", "宣传形式单一", "宣传形式还有单一之处"),
    partial(in_its_place, "overrides/main.html", BLOCK, f"{BLOCK}<!--#-->"),
    partial(in_its_place, "overrides/partials/footer.html", '"md-grid"', '"md-grid f#"'),
    partial(in_its_place, "mkdocs.yml", "site_name: 左岚乡", "site_name: 第#个左岚乡"),
)
EDITS: list[Edit] = [
    *(add, change_the_prose, change_a_count, change_the_day, delete, rename),
    *(keep_from_the_public, show_a_photo, change_the_vocabulary, move_a_section, rename_a_figure),
    *(count_otherwise, give_the_site_an_address, list_more_on_a_page, rewrite_the_report),
    *(take_the_report_away, rewrite_the_home_page, change_the_theme, change_a_part_of_the_theme),
    *(change_the_settings, change_the_style),
]


class Office:
    """A small project, its site, and its state before any edit."""

    def __init__(self, project: Project, before: Path) -> None:
        self.project = project
        self._before = before
        self._unedited = {"public": self.build()}
        shutil.copytree(project.root, before, symlinks=True)

    def unedited(self, edition: str) -> dict[str, bytes]:
        """The site before any edit."""
        if edition not in self._unedited:
            self._unedited[edition] = self.build(edition)
        return self._unedited[edition]

    def build(
        self, edition: str = "public", early: list[dict[str, bytes]] | None = None
    ) -> dict[str, bytes]:
        """Build as a preview does, in a process that has built before; the site.

        What the site was like when edited pages could be seen in it is added to `early`.
        """
        root = self.project.root
        site, building = root / f"site-{edition}", root / "building"

        def show() -> None:
            if early is not None:
                early.append(contents(site))

        os.environ["FAZHI_EDITION"] = edition
        config = load_config(str(root / "mkdocs.yml"), strict=True, site_dir=str(building))
        config.extra["replaces"] = site
        config.extra["early"] = show
        mkdocs_build(config)
        shutil.rmtree(site, ignore_errors=True)
        building.rename(site)
        return contents(site)

    def anew(self, edition: str, folder: Path) -> dict[str, bytes]:
        """The site of a project that knows nothing of what was made before."""
        shutil.rmtree(folder, ignore_errors=True)
        ours = shutil.ignore_patterns(FOLDER, "site-*")
        shutil.copytree(self.project.root, folder, symlinks=True, ignore=ours)
        return contents(Project(folder).built("--edition", edition))

    def restore(self) -> None:
        """Take every edit back; the cache and the site stay."""
        root = self.project.root
        for name in ("records", "docs", "overrides"):
            shutil.rmtree(root / name)
            shutil.copytree(self._before / name, root / name)
        shutil.copyfile(self._before / "mkdocs.yml", root / "mkdocs.yml")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("incremental")
    project = with_few_records(folder / "project")
    swap(project.root / "records/township.yml", "每页记录数: 100", "每页记录数: 10")
    for number in range(1, 14):
        file = project.root / ACTIVITIES / f"讲座-{number}.md"
        file.write_text(activity(number), encoding="utf-8", newline="\n")
    return Office(project, folder / "before")


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    edits=st.lists(
        st.tuples(st.sampled_from(EDITS), st.integers(0, 40)),
        min_size=1,
        max_size=2,
        unique_by=lambda edit: edit[0],
    ),
    edition=st.sampled_from(["public", "internal"]),
)
def test_whatever_is_edited_the_site_is_as_if_made_anew(
    office: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    edits: list[tuple[Edit, int]],
    edition: str,
) -> None:
    monkeypatch.setenv("FAZHI_EDITION", edition)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    try:
        before = office.unedited(edition)
        for edit, number in edits:
            edit(office.project.root, number)
        assert differing(office.build(edition), office.anew(edition, tmp_path / "anew")) == []
    finally:
        office.restore()
    assert differing(office.build(edition), before) == []


# What a preview shows while the rest is made


def test_the_page_of_an_edited_record_is_seen_before_the_rest(office: Office) -> None:
    root = office.project.root
    site = office.build()
    page = f"{ACTIVITIES}/{a_record(root, 3).stem}.html"
    edits: list[Edit] = [change_the_prose, change_a_count, lambda *_: office.restore()]
    for edit in edits:
        edit(root, 3)
        early: list[dict[str, bytes]] = []
        made = office.build(early=early)
        assert [differing(seen, site) for seen in early] == [[page]]
        assert early[0][page] == made[page]
        site = made


def add_many(root: Path, number: int) -> None:
    for further in range(21):
        add(root, number + further)


@pytest.mark.parametrize("edit", [change_the_theme, move_a_section, add_many, delete])
def test_what_changes_other_pages_too_is_seen_with_the_whole_site(
    office: Office, edit: Edit
) -> None:
    site = office.build()
    edit(office.project.root, 3)
    early: list[dict[str, bytes]] = []
    assert differing(office.build(early=early), site)
    assert early == []
    office.restore()


# What is left when it is killed

MOVES = "open,os.rename,os.remove,os.rmdir,os.mkdir,os.link,shutil.rmtree,shutil.copyfile"
BUILD = ("scripts/build.py",)


def seen(project: Project) -> dict[str, bytes]:
    """The site; between two moves it has stepped aside, and the next build puts it back."""
    aside = list(project.root.glob(".writing-*/replaced/site"))
    if not project.site.exists() and aside:
        return contents(aside[0])
    return contents(project.site)


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new(
    office: Office, tmp_path: Path
) -> None:
    project = office.project
    old = contents(project.built())
    change_a_count(project.root, 3)
    new = office.anew("public", tmp_path / "anew")
    assert differing(old, new)
    for moment in (3, 120):
        assert killed(project, MOVES, moment, *BUILD).returncode == 9
        assert differing(seen(project), old) == []
    assert killed(project, "os.rename", 2, *BUILD).returncode == 9
    assert differing(seen(project), old) == []
    project.site.mkdir()  # as a server does that is to show it
    project.run("scripts/check_records.py")
    assert differing(contents(project.site), old) == []
    assert contents(project.built()) == new
    office.restore()


# A cache that is not what it was, and a site that somebody has touched


def overwritten(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


def half_written(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def of_another_program(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE made SET key = substr(key, 2) || x'00'")


def with_other_values(file: Path) -> None:
    with sqlite3.connect(file) as database:
        database.execute("UPDATE made SET value = (SELECT value FROM made LIMIT 1)")


@pytest.fixture(scope="module")
def site(office: Office) -> dict[str, bytes]:
    """What a build makes of the project before any edit."""
    return contents(office.project.built())


HARMS: list[Callable[[Path], None]] = [
    overwritten,
    half_written,
    of_another_program,
    with_other_values,
    Path.unlink,
]


def test_a_cache_that_is_broken_or_foreign_changes_nothing(
    office: Office, site: dict[str, bytes], tmp_path: Path
) -> None:
    project = office.project
    cache = project.root / FOLDER
    whole = shutil.copytree(cache, tmp_path / "whole")
    for harm in HARMS:
        shutil.rmtree(cache)
        shutil.copytree(whole, cache)
        for name in ("pages-public.sqlite", "records.sqlite"):
            harm(cache / name)
        assert differing(contents(project.built()), site) == [], harm


def test_a_page_that_somebody_has_touched_is_made_anew(
    office: Office, site: dict[str, bytes]
) -> None:
    project = office.project
    project.built()
    changed, gone, _, *_ = sorted((project.site / "records/2024/activities").glob("讲座-*.html"))
    whole = changed.read_bytes()
    changed.write_bytes(whole.replace("院坝".encode(), "操场".encode()))  # as long as before
    gone.unlink()
    (project.site / "2024/publicity.html").write_text("改过", encoding="utf-8")
    assert differing(contents(project.built()), site) == []


def test_two_builds_at_once_do_not_harm_each_other(office: Office, site: dict[str, bytes]) -> None:
    project = office.project
    shutil.rmtree(project.root / FOLDER)
    with ThreadPoolExecutor() as two:
        builds = [two.submit(project.build), two.submit(project.build)]
    assert [build.result().returncode for build in builds] == [0, 0]
    assert differing(contents(project.site), site) == []
    assert differing(contents(project.built()), site) == []
