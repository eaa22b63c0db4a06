"""The links of a site, as a browser follows them from its folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from fazhi.output.form import page as form
from tests.support.building import Element, pages


def broken(site: Path) -> list[str]:
    """Each that leads nowhere, or fetches something from elsewhere."""
    every = pages(site)
    ids = {name: element.ids for name, element in every.items()}
    used = {(name, *use) for name, root in every.items() for use in _addresses(root)}
    for file in site.rglob("*.css"):
        for quoted, imported in FETCHED.findall(file.read_text(encoding="utf-8")):
            used.add((file.relative_to(site).as_posix(), "css", quoted or imported))
    files = {file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file()}
    wrong = []
    for name, tag, address in used:
        parts = urlsplit(address)
        is_led_away = tag in ("a", "canonical") and parts.scheme in ("http", "https")
        if is_led_away or parts.scheme == "data":
            continue
        landed = name
        if parts.path:
            landed = normpath(join(dirname(name), unquote(parts.path)))
        anchor = "" if tag == "css" else unquote(parts.fragment)
        # The form's anchor is no place in it, but the record that it is to open.
        is_record = landed == form.NAME and (site / anchor.replace(".md", ".html")).is_file()
        is_lost = anchor and anchor not in ids.get(landed, ()) and not is_record
        if parts.scheme or parts.netloc or landed not in files or is_lost:
            wrong.append(f"{name}: {tag} {address}")
    return wrong


FETCHED = re.compile(r"url\(\s*[\"']?([^\"')]*)|@import\s+[\"']([^\"']*)")


def _addresses(root: Element) -> Iterator[tuple[str, str]]:
    for element in root.every():
        given = element.attributes
        tag = "canonical" if given.get("rel") == "canonical" else element.tag
        for attribute in ("href", "src", "poster", "action", "data", "xlink:href"):
            if attribute in given:
                yield tag, given[attribute]
        for candidate in filter(None, given.get("srcset", "").split(",")):
            yield tag, candidate.split()[0]
