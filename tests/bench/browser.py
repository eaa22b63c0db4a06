"""The search of a site in a real browser, opened from its folder."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

from tests.bench.processes import timed

CHROMIUM = ("chromium-headless-shell", "chromium")


def why_not() -> str:
    """Why the search cannot be measured here; empty where it can."""
    try:
        import playwright.sync_api  # noqa: F401, PLC0415 - installed for tests only
    except ImportError:
        return "没有装测试用的 Playwright（运行一次 scripts/test.py 就有）"
    return "" if _chromium() else "没有找到 chromium"


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


def queries(title: str) -> tuple[str, str]:
    """A query of three and one of twelve characters, which a title of a record answers."""
    words = re.sub(r"[^\u4e00-\u9fff]", "", title)
    return words[4:7], words[:12]


def search(index: Path, titles: list[str]) -> dict[str, list[float]]:
    """Seconds until a search is ready after its page was asked for, and until answers appear.

    The browser is driven by a process of its own, which can be stopped whatever it waits for.
    """
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "tests.bench.browser", str(index), *titles]
    taken: dict[str, list[float]] = json.loads(timed(command, root).printed.splitlines()[-1])
    return taken


def _main(index: Path, titles: list[str]) -> dict[str, list[float]]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    arguments = ["--no-sandbox", "--disable-background-networking"]
    taken: dict[str, list[float]] = {"short": [], "long": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=arguments)
        page = browser.new_page()
        page.goto(index.as_uri(), wait_until="commit")
        taken["ready"] = [page.evaluate(READY) / 1000]
        for title in titles:
            for name, query in zip(("short", "long"), queries(title), strict=True):
                taken[name].append(_answered(page, query))
        browser.close()
    return taken


def _answered(page: Any, query: str) -> float:
    seconds = page.evaluate(ANSWERED, query)
    if seconds is None:
        sys.exit(f"搜索“{query}”没有结果")
    return float(seconds) / 1000


# What both scripts need: the elements, and the theme's own words for the states of its search.
COMMON = """
    const patience = 120000;
    const begun = performance.now();
    const check = () => {
        if (performance.now() - begun > patience) throw new Error("搜索一直没有反应");
    };
    const box = () => document.querySelector("[data-md-component=search-query]");
    const list = () => document.querySelector(".md-search-result__list");
    const said = () => document.querySelector(".md-search-result__meta").textContent.trim();
    const words = name => JSON.parse(document.getElementById("__config").textContent)
        .translations[`search.result.${name}`];
    const soon = () => new Promise(resolve => setTimeout(resolve, 1));
    const frame = () => new Promise(requestAnimationFrame);
"""
# As a reader sees it: from then on, the page says that something may be typed.
READY = f"""async () => {{
    {COMMON}
    while (document.readyState !== "complete") await soon();
    box().focus();
    while (said() !== words("placeholder")) {{ check(); await soon(); }}
    return performance.now();
}}"""
# The answer is there with the frame in which it is shown. The box is empty before, so that what is
# seen is no earlier answer.
ANSWERED = f"""async query => {{
    {COMMON}
    const type = text => {{
        box().value = text;
        box().dispatchEvent(new KeyboardEvent("keyup", {{ key: "End", bubbles: true }}));
    }};
    type("");
    while (list().children.length || said() !== words("placeholder")) {{ check(); await frame(); }}
    const start = performance.now();
    type(query);
    while (said() === words("placeholder")) {{ check(); await frame(); }}
    return list().children.length ? performance.now() - start : null;
}}"""


if __name__ == "__main__":
    print(json.dumps(_main(Path(sys.argv[1]), sys.argv[2:])))
