"""What the built pages tell a disclosure portal: its <meta> names, addresses, the sitemap."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from tests.support.building import Element, Project, pages

pytest_plugins = ["tests.support.sites"]

SITE = {"SiteName", "SiteDomain", "SiteIDCode"}
COLUMN = {"ColumnName", "ColumnType", "ColumnDescription", "ColumnKeywords"}
ARTICLE = {"ArticleTitle", "ContentSource", "Keywords", "Author", "Description"}
COLUMNS, ARTICLES = ("home", "section", "list", "data"), ("report", "record")
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
        kind, names = kind_of(root), told(root)
        asked = SITE
        if kind in COLUMNS:
            asked = SITE | COLUMN
        elif kind in ARTICLES:
            # 2024 has a published report, 2023 none.
            asked = SITE | ARTICLE | ({"PubDate"} if "2024" in path else set())
        is_titled = kind not in ARTICLES or names["ArticleTitle"] == next(root.every("h1")).text
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
