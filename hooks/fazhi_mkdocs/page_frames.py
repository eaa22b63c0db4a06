"""What the theme makes around a page, rendered once and filled for every page that has the same.

The theme is given a page whose every text is a mark. Where a mark comes out as it went in, a page's
own text is put as it is; where it comes out escaped, the text is escaped, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import escape

from fazhi.output.pages.markup import Document, front_matter

NAME = "~frame~"
"""What the page with the marks is called. No record's file may be called so."""
CONTENT = "<h1>⟦content&⟧</h1>"
"""The mark of what stands on the page. The theme looks whether it has a heading of its own."""
_MARK = re.compile(rf"{re.escape(CONTENT)}|⟦([^&]+)(&|&amp;)⟧|({NAME})")
_UNSEARCHED: dict[str, object] = {"search": {"exclude": True}}
_VARYING = ("title", "source")
"""Of a page's front matter, beside `meta`, what differs between pages that have one frame."""


def is_frame(uri: str) -> bool:
    """Whether this is the page with the marks."""
    return uri.rpartition("/")[2] == f"{NAME}.md"


def marked(document: Document) -> str:
    """A page with a mark for every text of one like it: what the theme is given to frame."""
    meta: dict[str, object] = {**document.meta, **_marks(document.meta)}
    meta["meta"] = {name.partition(":")[2]: m for name, m in _marks(_of_portal(document)).items()}
    return f"{front_matter(meta | _UNSEARCHED)}{CONTENT}\n"


def _marks(texts: Mapping[str, object]) -> dict[str, str]:
    return {name: f"⟦{name}&⟧" for name in texts if name in _VARYING or ":" in name}


def _of_portal(document: Document) -> dict[str, str]:
    """What a page says to a portal, by the names of its marks."""
    said: Mapping[str, Any] = document.meta.get("meta") or {}  # type: ignore[assignment]
    return {f"meta:{name}": content for name, content in said.items()}


def folder_of(path: str) -> str:
    """The folder whose pages have one frame."""
    return path.rpartition("/")[0]


class Frame:
    """The HTML around a page, with a hole at every mark."""

    def __init__(self, html: str) -> None:
        self.html = html
        self._pieces: list[str] = []
        self._holes: list[tuple[str, bool]] = []
        at = 0
        for match in _MARK.finditer(html):
            self._pieces.append(html[at : match.start()])
            name = match[1] or ("name" if match[3] else "content")
            self._holes.append((name, match[2] == "&amp;"))
            at = match.end()
        self._pieces.append(html[at:])

    def filled(self, document: Document, name: str, content: str) -> str:
        """The whole page. `name` is that of its file, as it is written in an address."""
        texts = {**document.meta, **_of_portal(document), "name": name, "content": content}
        made = []
        for piece, (hole, is_escaped) in zip(self._pieces, self._holes, strict=False):
            text = str(texts[hole])
            made += [piece, str(escape(text)) if is_escaped else text]
        return "".join([*made, self._pieces[-1]])


Frames = dict[str, Frame]
"""The frame of each folder."""
