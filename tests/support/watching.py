"""Pages in a real browser: of what kinds they are, what must not happen, and searching in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

TEMPLATES = ("home", "report", "section", "record", "data", "list", "page")
"""The kinds of page of a site; a list is long enough only inside, and a guide's page is there only."""
ALONE = ("404", "verify", "body")
"""Pages without the site's frame: 如何校验 lies beside it, body.html stands in a portal's own page."""
KINDS = (*TEMPLATES, "draft", "corrected", *ALONE)
NOTICE = "示例数据"
RESULTS = ".md-search-result__item > .md-search-result__link"


@dataclass
class Watch:
    """What must not happen while pages are read: requests to elsewhere, errors of any kind."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext, origin: str = "file:") -> None:
        """Watch a context whose pages come from `origin`; all else is refused."""
        allowed = "|".join((re.escape(origin), "data:", "blob:", "about:"))
        context.route(re.compile(rf"^(?!{allowed})"), self._refuse)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("console", self._console)

    def _refuse(self, route: Route) -> None:
        self.requests.append(route.request.url)
        route.abort()

    def _console(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.errors.append(message.text)


def search(tab: Page, query: str) -> None:
    """Type a query, and wait for what is found."""
    box = tab.locator("[data-md-component=search-query]")
    box.fill(query)
    box.press("End")  # the search looks up what stands there when a key comes up
    expect(tab.locator(RESULTS).first).to_be_visible()
