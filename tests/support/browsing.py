"""Fixtures of tests in a real browser, which reads sites from their folders and asks no other host.

A test module that needs them says `pytest_plugins = ["tests.support.browsing"]`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from fazhi import project
from fazhi.output import review
from fazhi.output.package.package import HOW_TO_VERIFY
from fazhi.output.view import View
from fazhi.records.lock import DOCUMENTS
from fazhi.report.editions import Edition, Gate
from fazhi.sources.tree import Folder
from tests.bench.browser import CHROMIUM
from tests.support.building import ROOT, sole_maker
from tests.support.machine import chinese_font, node_packages, tool
from tests.support.watching import KINDS, Tabs

pytest_plugins = ["tests.support.sites"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, best the one without windows, which takes half the time for a page."""
    found = tool(*CHROMIUM)
    chinese_font()
    # No script runs for so long that compiling it once more, to run faster, would save what it takes.
    arguments = ["--no-sandbox", "--disable-background-networking", "--js-flags=--no-opt"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def npm(shared_folder: Path) -> Path:
    """The folder of what Node runs."""
    with sole_maker(shared_folder / "npm.lock"):
        return node_packages(ROOT / ".cache/npm")


@pytest.fixture(scope="session")
def tabs(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tabs]:
    """Tabs to look at pages in."""
    empty = tmp_path_factory.mktemp("empty") / "empty.html"
    empty.write_text("<!doctype html><title>x</title>", encoding="utf-8")
    lent = Tabs(browser, empty)
    yield lent
    lent.close()


@pytest.fixture
def tab(tabs: Tabs, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A tab as a new one; a test's own settings come as its parameter."""
    settings = {"viewport": {"width": 1280, "height": 900}} | getattr(request, "param", {})
    with tabs.lent(**settings) as tab:
        yield tab


@pytest.fixture(scope="session")
def kinds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Path]:
    """The longest page of each kind, of the public edition where it has one."""
    sites = ["public", "internal", "taken_over", "corrected"]
    # Of two workers that begin together, each makes what the other will need.
    backwards = os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0"
    made = {name: request.getfixturevalue(name) for name in sites[:: -1 if backwards else 1]}
    public, internal, taken_over, corrected = (made[name] for name in sites)
    package = corrected.root / "package"
    portal = tmp_path_factory.mktemp("portal") / "body.html"
    body = (package / DOCUMENTS / "body.html").read_text(encoding="utf-8")
    portal.write_text(PORTAL.format(body), encoding="utf-8")
    sheet = portal.with_name(review.NAME)
    loaded = project.load(Folder(taken_over.root), date(2026, 1, 5), has_evidence=False)
    draft = next(year for year in loaded.years if year.narrative)
    sheet.write_text(review.page(View(draft, Gate(Edition.PUBLIC, draft.settings))), "utf-8")
    found: dict[str, Path] = {
        "draft": taken_over.site / "report/2025.html",
        "corrected": corrected.root / "site-internal/report/2024.html",
        "404": public / "404.html",
        "verify": package / HOW_TO_VERIFY,
        "review": sheet,
        "body": portal,
    }
    for site in (internal, public):
        longest = sorted(site.rglob("*.html"), key=lambda file: (file.stat().st_size, file))
        for file in longest:
            if kind := re.search(r'data-fz-kind="(\w+)"', file.read_text(encoding="utf-8")):
                found[kind[1]] = file
    assert set(found) == set(KINDS)
    return found


PORTAL = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>报告</title>
<meta name="viewport" content="width=device-width"><main><h1>报告</h1>{}</main></html>"""
"""The page of a portal, which has the title itself."""
