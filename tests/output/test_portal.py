"""What the built pages tell a disclosure portal: its <meta> names, addresses, the sitemap."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from fazhi.output import site as pages_of
from fazhi.output.documents.document import document_of
from fazhi.output.form.page import NAME as FORM
from fazhi.output.menu import menu
from fazhi.report.editions import Edition
from tests.conftest import BASE, MakeProject, checked
from tests.support.building import Element, Project, pages

pytest_plugins = ["tests.support.sites"]

SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnType", "ColumnDescription", "ColumnKeywords"}
ARTICLE = {"ArticleTitle", "ContentSource", "Keywords", "Author", "Description"}
COLUMNS = ("home", "pictures", "section", "list", "data", "years")
ARTICLES = ("report", "record")
ADDRESS = "https://www.example.gov.cn/qhz/fz/"


def told(root: Element) -> dict[str, str]:
    """The portal's names of a page (they alone begin with a capital), each given once."""
    metas = [e.attributes for e in root.every("meta") if e.attributes.get("name", "a")[0].isupper()]
    names = {meta["name"]: meta["content"] for meta in metas}
    assert len(names) == len(metas)
    return names


def kind_of(root: Element) -> str:
    """As overrides/main.html writes it; nothing for 404.html."""
    return next((k for e in root.every("div") if (k := e.attributes.get("data-fz-kind"))), "")


def test_every_page_tells_what_its_kind_asks(site: Path) -> None:
    wrong = []
    for path, root in pages(site).items():
        if path == "填表.html":
            continue  # a tool of the office, without the frame of the site's pages
        kind, names = kind_of(root), told(root)
        asked = SITE
        if kind in COLUMNS:
            asked = SITE | COLUMN
        elif kind in ARTICLES:
            # 2024 has a published report, 2023 none.
            asked = SITE | ARTICLE | ({"PubDate"} if "2024" in path else set())
        marks = "（未定稿）" * ("2023" in path) + "（内部资料）" * (site.name == "site-internal")
        titled = f"{next(root.every('h1')).text}{marks}（示例）" if kind in ARTICLES else ""
        is_titled = names.get("ArticleTitle", "") == titled
        if set(names) != asked or not all(names.values()) or not is_titled:
            wrong.append(f"{path}: {names}")
    assert wrong == []


def test_what_the_report_tells(public: Path) -> None:
    names = told(pages(public)["report/2024.html"])
    assert names["SiteDomain"] == "www.cqck.gov.cn"
    assert names["SiteIDCode"] == "5002290001"
    assert names["PubDate"] == "2025-02-20 00:00"
    assert names["ContentSource"] == names["Author"] == "城口县左岚乡人民政府"


def test_without_an_address_no_page_has_one(public: Path) -> None:
    linked = {e.attributes["rel"] for r in pages(public).values() for e in r.every("link")}
    assert "canonical" not in linked
    assert not list(public.glob("sitemap*"))


def test_with_an_address_every_page_has_its_own(taken_over: Project) -> None:
    canonical = {}
    for path, root in pages(taken_over.site).items():
        links = [e.attributes for e in root.every("link") if e.attributes["rel"] == "canonical"]
        if path == "404.html":
            assert links == []
            (home,) = (a.attributes["href"] for a in root.every("a"))
            assert home == ADDRESS
            continue
        (link,) = links
        canonical[path] = link["href"]
        names = told(root)
        assert names.get("Url", "") == (link["href"] if kind_of(root) in ARTICLES else "")
        assert "PubDate" not in names  # its report is a draft
    assert {path: unquote(url) for path, url in canonical.items()} == {
        path: ADDRESS + path for path in canonical
    }
    sitemap = etree.parse(taken_over.site / "sitemap.xml").getroot()
    assert sorted(loc.text or "" for loc in sitemap.iter("{*}loc")) == sorted(canonical.values())


def test_the_internal_edition_has_no_address(taken_over: Project) -> None:
    site = taken_over.root / "site-internal"
    assert not list(site.glob("sitemap*"))
    for root in pages(site).values():
        assert "Url" not in told(root)
        assert ADDRESS not in str([e.attributes for e in root.every("link", "a")])


# What is left over

ENFORCEMENT = "  - {名称: 行政执法, 路径: enforcement, 说明: 执法和执法监督}\n"
VOCABULARY = (BASE / "records/vocabulary.yml").read_text(encoding="utf-8")
FIGURES = (BASE / "records/figures.yml").read_text(encoding="utf-8")
LEFT_OVER = {"records/vocabulary.yml": VOCABULARY.replace("类别:\n", f"{ENFORCEMENT}类别:\n", 1)}
FIGURE = "- {名称: 执法检查, 板块: 行政执法, 单位: 次, 统计: 件数, 记录: 活动}\n"
RECORD = "---\n标题: 期末考试\n日期: 2024-06-01\n地点: 乡政府\n类别: 考试\n板块: 行政执法\n---\n考了一次。\n"
HELD_BACK = RECORD.replace("类别: 考试", "类别: 考试\n公开: 仅统计")


@pytest.mark.parametrize(
    ("used_by", "is_there"),
    [
        ({}, False),
        ({"records/figures.yml": FIGURES + FIGURE}, True),
        ({"records/figures.yml": FIGURES + FIGURE.replace("单位", "印发: 否, 单位")}, False),
        ({"records/2024/activities/2024-06-01-期末考试.md": RECORD}, True),
        ({"records/2024/activities/2024-06-01-期末考试.md": HELD_BACK}, True),
    ],
    ids=["nothing", "a figure", "a figure that is not printed", "a record", "a record held back"],
)
@pytest.mark.parametrize("edition", Edition)
def test_a_section_is_there_only_with_a_figure_or_a_record(
    make_project: MakeProject, used_by: dict[str, str], is_there: bool, edition: Edition
) -> None:
    project = checked(make_project(LEFT_OVER | used_by))
    assert [problem.rule for problem in project.problems] == ([] if is_there else ["FZ618"])
    views = pages_of.views(project.years, edition)
    keywords = document_of(views[0]).fields["Keywords"]
    made = pages_of.site(project.years, project.home, edition)
    assert ("2024/enforcement.md" in made) == is_there
    for text in (menu(views, []), made["index.md"], made["report/2024.md"], keywords):
        assert ("行政执法" in str(text)) == is_there
    texts = {path: made[path] for path in made.keys() - {FORM}}  # where a record is yet to be typed
    told = {p for p, t in texts.items() if "行政执法" in (t if isinstance(t, str) else t.decode())}
    assert is_there or told == set()


def test_a_section_used_in_another_year_is_not_left_over(make_project: MakeProject) -> None:
    figure = {"records/figures.yml": FIGURES + FIGURE.replace("单位", "自: 2025, 单位")}
    project = checked(make_project(LEFT_OVER | figure))
    assert project.problems == []
    items = menu(pages_of.views(project.years, Edition.PUBLIC), [])
    assert "行政执法" not in str(items)
