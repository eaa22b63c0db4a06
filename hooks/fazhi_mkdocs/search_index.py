"""The search index: what the theme's plugin made of its pages, and the pages that it has not seen."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fazhi.output.pages.markup import MarkdownPage

INDEX = "search/search_index.json"

Noted = dict[str, list[bytes]]  # a site's entries as written, by the addresses of their pages
_EXCLUDED = re.compile(r"<table[^>]*data-search-exclude>.*?</table>", re.DOTALL)
_ATTRIBUTES = re.compile(r"<(p|code|pre|li|ol|ul)\s[^>]*>")
_OTHER_TAG = re.compile(r"<(?!/?(?:p|code|pre|li|ol|ul)>)[^>]*>")
_BRACES = re.compile("&#(123|125|34|39);")
_TAG = re.compile(r"<[^>]*>")


def entry(document: MarkdownPage, path: str, content: str) -> bytes:
    """The entry that the plugin would make of a page with no heading but its title; empty where the
    page is left out of the search."""
    search = document.meta.get("search")
    if isinstance(search, dict) and search.get("exclude"):
        return b""
    heading, _, text = content.partition("</h1>")
    noted: dict[str, object] = {
        "location": address(path),
        "title": _TAG.sub("", heading) + mark(document.meta),
        "text": _text(text),
    }
    if isinstance(search, dict) and "boost" in search:
        noted["boost"] = search["boost"]
    return _written(noted)


def mark(meta: Mapping[str, object]) -> str:
    """What stands behind the titles of a page that may change still, as in its own <title>."""
    return f"（{meta['watermark']}）" if meta.get("watermark") else ""


def noted(site: Path, marks: Mapping[str, str]) -> Noted:
    """What the plugin has written of a site's pages, with the `marks` of some by their addresses."""
    found: Noted = {}
    for each in _index(site)["docs"]:
        for name in ("title", "text"):  # where jieba is installed, the plugin has parted words
            each[name] = each[name].replace("\u200b", "")
        page = each["location"].partition("#")[0]
        each["title"] = each["title"].removesuffix(marks.get(page, "")) + marks.get(page, "")
        found.setdefault(page, []).append(_written(each))
    return found


def write(site: Path, entries: Iterable[bytes]) -> None:
    """Write a site's index again, with these entries, in the plugin's form and with its settings."""
    head = _written({"config": _index(site)["config"]})
    (site / INDEX).write_bytes(head[:-1] + b',"docs":[' + b",".join(entries) + b"]}")


def address(uri: str) -> str:
    """The address of a Markdown file's page, from the site's root."""
    return quote(uri.removesuffix(".md") + ".html")


def _index(site: Path) -> dict[str, Any]:
    return dict(json.loads((site / INDEX).read_bytes()))


def _written(value: object) -> bytes:
    """JSON in UTF-8: escaped as ASCII, Chinese would be twice as long."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _text(html: str) -> str:
    """The text of our own HTML, with the tags that results are shown with."""
    kept = _OTHER_TAG.sub("", _ATTRIBUTES.sub(r"<\1>", _EXCLUDED.sub("", html)))
    return " ".join(_BRACES.sub(lambda mark: chr(int(mark[1])), kept).split())
