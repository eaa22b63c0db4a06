"""The pictures of README.md, of the built sample: `.venv/bin/python -m tests.support.shots` after a build.

A number of the report with its evidence open, and a section of 一图读懂; in few colours, so that the
repository stays small.
"""

from __future__ import annotations

import io
import shutil

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.bench.browser import CHROMIUM
from tests.support.building import ROOT

IMAGES = ROOT / "docs/guide/images"
SIZE = ViewportSize(width=1200, height=820)


def main() -> None:
    """Take both, in place of the old ones."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        tab = browser.new_page(viewport=SIZE, reduced_motion="reduce")
        tab.goto((ROOT / "site/report/2024.html").as_uri())
        figure = tab.locator("a.fz-figure", has_text="10余场")
        figure.evaluate("at => scrollTo(0, at.getBoundingClientRect().top + scrollY - 300)")
        figure.click()
        _take(tab, "report.png")
        tab.goto((ROOT / "site/report/2024-pictures.html").as_uri())
        tab.set_viewport_size({"width": 1200, "height": 740})  # two whole pictures
        panel = tab.locator("h2", has_text="矛盾化解")
        panel.evaluate("at => scrollTo(0, at.getBoundingClientRect().top + scrollY - 80)")
        _take(tab, "pictures.png")
        browser.close()


def _take(tab: Page, name: str) -> None:
    tab.mouse.move(0, 0)
    shot = Image.open(io.BytesIO(tab.screenshot())).convert("RGB")
    shot.quantize(64, dither=Image.Dither.NONE).save(IMAGES / name, optimize=True)
    print(IMAGES / name)


if __name__ == "__main__":
    main()
