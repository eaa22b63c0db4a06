"""The pages that sum up: reports, sections, data. One that MkDocs made before of the same Markdown,
theme, settings and menu is kept; but one with links is made again, so that MkDocs checks these."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from fazhi.records.cache import Cache
from fazhi.sources.files import content_key
from fazhi_mkdocs.page_frames import Frame, folder_of, is_frame
from fazhi_mkdocs.search_index import Noted, address


class OverviewPages:
    """The Markdown pages of a build that MkDocs knows, by the addresses of their sources."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._keys: dict[str, bytes] = {}
        self._kept: dict[str, dict[str, Any]] = {}
        self._made: dict[str, dict[str, Any]] = {}

    def gather(self, pages: Mapping[str, str | bytes], around: bytes) -> None:
        """Find what is kept of these pages; `around` is the content hash of all that surrounds them."""
        for uri, content in pages.items():
            if isinstance(content, str) and uri.endswith(".md") and "](" not in content:
                self._keys[uri] = content_key(around, uri, content)
                if kept := self._cache.get(self._keys[uri]):
                    self._kept[uri] = json.loads(kept)

    def frames(self) -> dict[str, Frame]:
        """The frames that are kept, by their folders."""
        kept = self._kept.items()
        return {folder_of(uri): Frame(held["html"]) for uri, held in kept if is_frame(uri)}

    def source(self, page: Page) -> str | None:
        """The front matter alone of a page that is kept: the menu needs its title."""
        if page.file.src_uri not in self._kept:
            return None
        head, _, _ = page.file.content_string.partition("\n---\n")
        return f"{head}\n---\n"

    def leave_out(self, files: Files) -> None:
        """Remove what is kept, now that the menu is made: MkDocs need not render it."""
        for file in list(files.documentation_pages()):
            if kept := self._kept.get(file.src_uri):
                assert file.page
                file.page.present_anchor_ids = set(kept["anchors"])
                files.remove(file)

    def finished(self, page: Page, html: str) -> None:
        """Note a page that MkDocs has made."""
        if page.file.src_uri in self._keys:
            anchors = sorted(page.present_anchor_ids or ())
            self._made[page.file.src_uri] = {"html": html, "anchors": anchors}

    def write(self, site: Path, noted: Noted) -> None:
        """Write what was kept, and add its search entries to `noted`; keep what MkDocs made."""
        for uri, made in self._made.items():
            searched = [entry.decode() for entry in noted.get(address(uri), [])]
            self._cache.put(self._keys[uri], json.dumps({**made, "searched": searched}).encode())
        for uri, kept in self._kept.items():
            if is_frame(uri):
                continue
            noted[address(uri)] = [entry.encode() for entry in kept["searched"]]
            file = site / uri.replace(".md", ".html")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(kept["html"], encoding="utf-8", newline="\n")
