"""Tables typed as Markdown, made clear to a screen reader: what each is about, what heads a column.

Those that `fazhi.output.pages` makes have both; Markdown has no way of writing them.
"""

from __future__ import annotations

from itertools import count
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class NamedTables(Extension):
    """Gives each table the heading above it as its caption, and its heads a scope."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After "inline" (20), which makes a heading's text, and "toc" (5), which names it.
        md.treeprocessors.register(_Naming(md), "fazhi-tables", 1)


class _Naming(Treeprocessor):
    def run(self, root: Element) -> None:
        heading, places = "表", count(1)
        for element in list(root.iter()):
            if element.tag in _HEADINGS:
                heading, places = "".join(element.itertext()).strip(), count(1)
            elif element.tag == "table":
                place = next(places)
                caption = Element("caption", {"class": "fz-unseen"})  # it stands above already
                caption.text = heading if place == 1 else f"{heading}（{place}）"
                element.insert(0, caption)
                for head in element.iter("th"):
                    head.set("scope", "col")
