"""A finished site is a folder: put anywhere, below any address, or opened from a disk, it is the same."""

from __future__ import annotations

import functools
import os
import shutil
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, expect

from tests.support.building import Project, contents
from tests.support.links import broken
from tests.support.watching import RESULTS, search, watched

pytest_plugins = ["tests.support.browsing"]

WHERE = "左岚 (示例)/2024年%的报告"
"""A folder with whatever a person may name one."""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def moved(public: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site in another folder, deep in one that may be served."""
    folder = tmp_path_factory.mktemp("anywhere") / WHERE
    shutil.copytree(public, folder)
    return folder


@pytest.fixture(scope="module")
def addresses(moved: Path) -> Iterator[dict[str, str]]:
    """Where it begins: on the disk, and below a path of a server; test_policy.py reads it at a root."""
    handler = functools.partial(Quiet, directory=str(moved.parents[1]))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield {
            "file": moved.as_uri(),
            "below": f"http://127.0.0.1:{server.server_port}/{quote(WHERE)}",
        }
        server.shutdown()


@pytest.mark.parametrize("where", ["file", "below"])
def test_it_is_read_wherever_it_is_put(
    where: str, addresses: dict[str, str], browser: Browser
) -> None:
    start = addresses[where]
    with watched(browser, start, reduced_motion="reduce") as (tab, _):
        tab.goto(f"{start}/index.html")
        tab.locator(".fz-newest a").first.click()
        figure = tab.locator("a.fz-figure").first
        expect(figure).to_have_attribute("aria-haspopup", "dialog")  # the script is there
        figure.click()
        tab.locator("dialog").get_by_role("link", name="组织领导").click()
        expect(tab.locator(":target")).to_have_text("领导小组会议")
        search(tab, "宪法宣传")
        tab.locator(RESULTS).first.click()
        tab.locator("article").get_by_text("宪法").first.wait_for()
        tab.goto(f"{start}/report/2024.html")
        tab.locator(".fz-offers").get_by_role("link", name="数据").click()
        tab.wait_for_url(f"{start}/data/2024/index.html")
        tab.locator(".fz-masthead").click()
        tab.wait_for_url(f"{start}/index.html")


def test_its_links_hold_and_it_knows_no_place(moved: Path, sample: Project) -> None:
    assert broken(moved) == []
    places = [str(sample.root).encode(), os.fsencode(Path.home())]
    known = [
        path for path, data in contents(moved).items() if any(place in data for place in places)
    ]
    assert known == []
