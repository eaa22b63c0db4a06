"""What the theme makes around a page, rendered once and filled for every page that has the same.

The theme is given a page whose every text is a mark. Where a mark comes out as it went in, a page's
own text is put as it is; where it comes out escaped, the text is escaped, too.
"""

import re
from collections.abc import Mapping
from typing import Any

from markupsafe import escape

from fazhi.output.pages.markup import MarkdownPage, front_matter

NAME = "~frame~"  # of the page with the marks; no record's file may be called so
CONTENT = "<h1>⟦content&⟧</h1>"  # with the heading that the theme looks for
_MARK = re.compile(rf"{re.escape(CONTENT)}|⟦([^&]+)(&|&amp;)⟧|({NAME})")


def is_frame(uri: str) -> bool:
    """Whether this is the page with the marks."""
    return uri.rpartition("/")[2] == f"{NAME}.md"


def folder_of(path: str) -> str:
    """The folder whose pages have one frame."""
    return path.rpartition("/")[0]


def marked(document: MarkdownPage) -> str:
    """A page with a mark for every text of one like it: what the theme is given to frame."""
    varying = [name for name in document.meta if name in ("title", "source")]
    meta = document.meta | {name: f"⟦{name}&⟧" for name in varying}
    meta["meta"] = {name.partition(":")[2]: f"⟦{name}&⟧" for name in _of_portal(document)}
    return f"{front_matter(meta | {'search': {'exclude': True}})}{CONTENT}\n"


def _of_portal(document: MarkdownPage) -> dict[str, str]:
    contents: Mapping[str, Any] = document.meta.get("meta") or {}  # type: ignore[assignment]
    return {f"meta:{name}": content for name, content in contents.items()}


class Frame:
    """The HTML around a page, with a hole at every mark."""

    def __init__(self, html: str) -> None:
        self.html = html
        parts = _MARK.split(html)
        self._pieces = parts[::4]
        marks = zip(parts[1::4], parts[2::4], parts[3::4], strict=True)
        named = ((text or ("name" if name else "content"), sign) for text, sign, name in marks)
        self._holes = [(name, sign == "&amp;") for name, sign in named]

    def filled(self, document: MarkdownPage, name: str, content: str) -> str:
        """The whole page. `name` is that of its file, as it is written in an address."""
        texts = {**document.meta, **_of_portal(document), "name": name, "content": content}
        made = []
        for piece, (hole, is_escaped) in zip(self._pieces, self._holes, strict=False):
            text = str(texts[hole])
            made += [piece, str(escape(text)) if is_escaped else text]
        return "".join([*made, self._pieces[-1]])


Frames = dict[str, Frame]  # the frame of each folder
