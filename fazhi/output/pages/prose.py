"""Someone's Markdown as safe HTML: known tags, web links, and every other sign as it was typed.

Two walls, each enough alone: the Markdown read here has no HTML, so a tag is text like any other;
and what was made of it is cleaned by an allow-list before it reaches a page.
"""

import re

import nh3
from markdown import Markdown
from markupsafe import Markup

from fazhi.problems.quoting import INVISIBLE

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "table"}
_TAGS |= {"thead", "tbody", "tr", "th", "td", "hr"}
_BLANK_LINES = re.compile(r"\n\s*\n+")

_WORD = r"\u2014\u2018-\u201d\u2026\u3001-\u3015\u4e00-\u9fff\uff01-\uff5e·×A-Za-z0-9,.;:()/%+=?"
_LINE = rf"[\u4e00-\u9fff\u201cA-Za-z（《](?:[{_WORD}]|[- ](?=[{_WORD}]))*"
# Lines without Markdown, of signs that HTML writes as they are
_PLAIN = re.compile(rf"\n*(?:{_LINE}(?:\n+|$))*")


class Prose:
    """A reader of prose, for many texts."""

    def __init__(self) -> None:
        self._markdown = Markdown(extensions=["sane_lists", "tables"])
        self._markdown.preprocessors.deregister("html_block")
        # An image would be fetched, and an address hidden behind entities is still an address.
        for name in ("html", "image_link", "image_reference", "short_image_ref", "automail"):
            self._markdown.inlinePatterns.deregister(name)

    def html(self, text: str) -> Markup:
        """The text as HTML without a blank line; a link leads to http or https, or is none."""
        if _PLAIN.fullmatch(text):  # most are, and the readers take their time over each
            paragraphs = filter(None, re.split(r"\n\n+", text.strip("\n")))
            return Markup("\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
        clean = nh3.clean(
            self._markdown.reset().convert(text),
            tags=_TAGS,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https"},
            url_relative="deny",
        )
        return Markup(_BLANK_LINES.sub("\n", INVISIBLE.sub("", clean)))
