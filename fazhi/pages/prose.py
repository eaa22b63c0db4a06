"""Someone's Markdown as safe HTML: known tags, web links, and every other sign as it was typed.

Two walls, each enough alone: HTML is no part of the Markdown that is read here, so a tag is text
like any other; and what was made of it is cleaned by an allow-list before it reaches a page.
"""

from __future__ import annotations

import re

import nh3
from markdown import Markdown
from markupsafe import Markup

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "table"}
_TAGS |= {"thead", "tbody", "tr", "th", "td", "hr"}
_BLANK_LINES = re.compile(r"\n\s*\n+")


class Prose:
    """A reader of prose, for many texts."""

    def __init__(self) -> None:
        self._markdown = Markdown(extensions=["tables"])
        self._markdown.preprocessors.deregister("html_block")
        # An image would be fetched, and an address hidden behind entities is still an address.
        for name in ("html", "image_link", "image_reference", "short_image_ref", "automail"):
            self._markdown.inlinePatterns.deregister(name)

    def html(self, text: str) -> Markup:
        """The text as HTML without a blank line; a link leads to http or https, or is none."""
        made = self._markdown.reset().convert(text)
        clean = nh3.clean(
            made,
            tags=_TAGS,
            attributes={"a": {"href"}},
            url_schemes={"http", "https"},
            url_relative="deny",
        )
        return Markup(_BLANK_LINES.sub("\n", clean))
