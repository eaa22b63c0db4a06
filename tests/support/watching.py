"""Pages in a real browser: of what kinds they are, what must not happen, and searching in them."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Route, expect

TEMPLATES: tuple[str, ...] = ("home", "report", "pictures", "section", "readiness")
TEMPLATES += ("record", "data", "years", "list", "page")
"""The kinds of page of a site; a list is long enough only inside. What a year lacks, and the guide, are
there only."""
ALONE = ("404", "verify", "review", "body", "form")
"""Pages without the site's frame: 如何校验 and 审核单 lie beside it, body.html stands in a portal's own page."""
KINDS = (*TEMPLATES, "draft", "corrected", *ALONE)
NOTICE = "示例数据"
RESULTS = ".md-search-result__item > .md-search-result__link"


@dataclass
class Watch:
    """What must not happen while pages are read: requests to elsewhere, errors of any kind."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def refuse(self, route: Route) -> None:
        self.requests.append(route.request.url)
        route.abort()

    def note(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)


@contextlib.contextmanager
def watched(
    browser: Browser, origin: str = "file:", script: str = "", **settings: Any
) -> Iterator[tuple[Page, Watch]]:
    """A page of a fresh context, in which `script` runs first, and what must be empty in the end.

    Pages come from `origin`; all else is refused.
    """
    watch = Watch()
    context = browser.new_context(**settings)
    context.set_default_timeout(10_000)
    context.add_init_script(script)
    allowed = "|".join((re.escape(origin), "data:", "blob:", "about:"))
    context.route(re.compile(rf"^(?!{allowed})"), watch.refuse)
    context.on("weberror", lambda error: watch.errors.append(str(error.error)))
    context.on("console", watch.note)
    yield context.new_page(), watch
    context.close()
    assert (watch.requests, watch.errors) == ([], [])


class Tabs:
    """Tabs that are lent again and again, each as a new one would be: most of the time of a look at
    one page goes into starting its tab.

    What a test does to a context (routes, scripts, permissions) stays: it needs one of its own.
    """

    def __init__(self, browser: Browser, empty: Path) -> None:
        self._browser, self._empty = browser, empty
        self._free: dict[str, list[tuple[Page, Watch]]] = {}
        self._context = contextlib.ExitStack()

    @contextlib.contextmanager
    def lent(self, script: str = "", now: str = "", **settings: Any) -> Iterator[Page]:
        """A tab of these settings, in which it is always `now`; as of `watched`."""
        free = self._free.setdefault(json.dumps([script, now, settings]), [])
        tab, watch = free.pop() if free else self._opened(script, now, settings)
        yield tab
        for page in tab.context.pages:
            if page != tab:
                page.close()
        tab.goto(self._empty.as_uri())  # of the same origin: what the last page has kept is there
        tab.evaluate("localStorage.clear(); sessionStorage.clear()")
        tab.mouse.move(-1, -1)
        tab.set_viewport_size(settings["viewport"])
        tab.emulate_media(media="null", color_scheme="light")
        seen = watch.requests[:], watch.errors[:]
        watch.requests.clear()
        watch.errors.clear()
        free.append((tab, watch))
        assert seen == ([], [])

    def _opened(self, script: str, now: str, settings: dict[str, Any]) -> tuple[Page, Watch]:
        held = watched(self._browser, script=script, **settings)
        tab, watch = self._context.enter_context(held)
        if now:
            tab.clock.set_fixed_time(now)
        return tab, watch

    def close(self) -> None:
        self._context.close()


def search(tab: Page, query: str) -> None:
    """Type a query, and wait for what is found."""
    box = tab.locator("[data-md-component=search-query]")
    box.fill(query)
    box.press("End")  # the search looks up what stands there when a key comes up
    expect(tab.locator(RESULTS).first).to_be_visible()
