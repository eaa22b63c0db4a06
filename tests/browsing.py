"""Fixtures of tests in a real browser, which reads sites from their folders and asks no other host.

A test module that needs them says `pytest_plugins = ["tests.browsing"]`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.watching import KINDS, Watch

pytest_plugins = ["tests.sites"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or whatever is called so. Without one, a failure only where it counts."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
    if found is None:
        message = "没有找到 chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    arguments = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Nothing may have been asked of another host, and no error shown, when the test ends."""
    watch = Watch()
    yield watch
    assert watch.requests == []
    assert watch.errors == []


@pytest.fixture
def tab(browser: Browser, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a fresh context; a test's own settings come as its parameter."""
    settings = {"viewport": {"width": 1280, "height": 900}} | getattr(request, "param", {})
    context = browser.new_context(**settings)
    context.set_default_timeout(10_000)
    watch.over(context)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def kinds(public: Path, internal: Path) -> dict[str, Path]:
    """The longest page of each kind, of the public edition where it has one."""
    found: dict[str, Path] = {"404": public / "404.html"}
    for site in (internal, public):
        longest = sorted(site.rglob("*.html"), key=lambda file: (file.stat().st_size, file))
        for file in longest:
            if kind := re.search(r'data-fz-kind="(\w+)"', file.read_text(encoding="utf-8")):
                found[kind[1]] = file
    assert set(found) == set(KINDS)
    return found
