"""The forms of a report read back as the paragraphs that a reader sees, in order."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.table import Table

from fazhi.output.documents.blocks import BREAK
from tests.support.building import Element, page
from tests.support.machine import ran, tool

BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "li", "caption", "th", "td", "pre")


def said(name: str, *arguments: str | Path) -> str:
    """What a program prints."""
    done = ran([tool(name), *arguments], errors="replace")
    assert done.returncode == 0, done.stderr
    return done.stdout


def plain(text: str) -> str:
    """Text as it is read: no space where a line of Chinese goes on in the next, or ends by itself."""
    text = re.sub(rf"\s*{BREAK}\s*", "", text).replace("\u200b", "").strip()
    return re.sub(r"\s+", lambda space: _between(text, space), text)


def _between(text: str, space: re.Match[str]) -> str:
    sides = text[space.start() - 1], text[space.end()]
    is_seam = "\n" in space[0] and all(unicodedata.east_asian_width(side) in "WF" for side in sides)
    return "" if is_seam else " "


def squeezed(paragraphs: list[str]) -> list[str]:
    """Without any space: a PDF knows no spaces at the ends of its lines."""
    return ["".join(paragraph.split()) for paragraph in paragraphs]


# HTML


def html_paragraphs(root: Element) -> list[str]:
    """Every innermost block of a page that says something."""
    return [text for text in _blocks(root) if text]


def _blocks(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str) or "fz-unseen" in child.classes:
            continue
        if child.tag in BLOCKS and not any(child.every(*BLOCKS)):
            text = "".join(_texts(child))
            yield plain(text.strip().replace("\n", BREAK) if child.tag == "pre" else text)
        else:
            yield from _blocks(child)


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, Element):
            yield BREAK if child.tag == "br" else "".join(_texts(child))
        else:
            yield child


def site_report(file: Path) -> tuple[list[str], list[str]]:
    """Of the report's page: the narrative from 主送 to 成文日期, and the table of figures."""
    (article,) = page(file).every("article")
    paragraphs = html_paragraphs(article)
    marks = {"fz-internal", "fz-draft", "fz-correction", "fz-citation", "fz-others"}
    first = next(e for e in article.every("p") if not marks & {*e.classes})
    (signed,) = article.every("div", kind="fz-issuer")
    lines = html_paragraphs(signed)
    end = paragraphs.index(lines[0]) + len(lines)
    figures = paragraphs.index("全部指标") + 1
    notes = [plain(note.text) for note in article.every("p", kind="fz-note")]
    table = [text for text in paragraphs[figures : paragraphs.index("依据")] if text not in notes]
    return paragraphs[paragraphs.index(plain(first.text)) : end], table


# Word


def word_paragraphs(data: bytes) -> list[str]:
    """The paragraphs of a Word file and of its tables' cells."""
    found = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Table):
            found += [cell.text for row in block.rows for cell in row.cells]
        else:
            found.append(block.text)
    return [plain(text.replace("\n", BREAK)) for text in found if text.strip()]


# PDF

_STRUCTURE = re.compile(r"^( *)(?:\"(.*)\"|(\w+)\b.*)$", re.DOTALL)
_HOLDERS = frozenset(["P", "H1", "H2", "H3", "H4", "TH", "TD", "LBody", "Lbl"])


def pdf_paragraphs(file: Path) -> list[str]:
    """The paragraphs of a tagged PDF, by its structure: what is no content is not in it."""
    found: list[str] = []
    is_label = False
    for line in said("pdfinfo", "-struct-text", file).splitlines():
        match = _STRUCTURE.match(line)
        if match is None:
            continue
        if match[3] in _HOLDERS:
            is_label = match[3] == "Lbl"
            found.append("")
        elif match[2] is not None and not is_label:
            found[-1] += match[2]
    return [text for text in squeezed(found) if text]


def lines_of(file: Path) -> list[dict[float, str]]:
    """Of each page the lines, by how far their tops lie from the page's, in points."""
    pages = []
    for one in said("pdftotext", "-bbox-layout", file, "-").split("<page ")[1:]:
        lines: dict[float, str] = {}
        for top, words in re.findall(
            r'<line [^>]*?yMin="([\d.]+)".*?>(.*?)</line>', one, re.DOTALL
        ):
            text = "".join(re.findall(r">([^<]*)</word>", words))
            lines[float(top)] = lines.get(float(top), "") + text
        pages.append(lines)
    return pages
