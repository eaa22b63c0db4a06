"""Named tables: an extension of Python-Markdown alone, which any generator that runs it can name."""

import re
from itertools import count
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor


class NamedTables(Extension):
    """Gives each table typed as Markdown a caption, the line 表1 …… above it or else the heading, and
    its heads a scope: screen readers need both, and Markdown cannot write them."""

    def extendMarkdown(self, md: Markdown) -> None:
        # After "inline" (20), which makes a heading's text, and "toc" (5), which names it.
        md.treeprocessors.register(_Naming(md), "fazhi-tables", 1)


class _Naming(Treeprocessor):
    def run(self, root: Element) -> None:
        heading, places, before = "表", count(1), ""
        for element in list(root.iter()):
            if element.tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
                heading, places = "".join(element.itertext()).strip(), count(1)
            elif element.tag == "table":
                place = next(places)
                caption = Element("caption", {"class": "fz-unseen"})  # the heading can be seen
                caption.text = heading if place == 1 else f"{heading}（{place}）"
                if re.fullmatch(r"表\s?[\d一二三四五六七八九十].{1,60}", before):
                    caption.text = before
                element.insert(0, caption)
                for head in element.iter("th"):
                    head.set("scope", "col")
            if element.tag in {"p", "table"}:
                before = "".join(element.itertext()).strip() if element.tag == "p" else ""
