"""A page of Markdown made from a template: its front matter, its heading, blocks of HTML."""

import posixpath
import re
from dataclasses import dataclass
from functools import cache

import yaml
from markupsafe import Markup, escape
from wcwidth import wcswidth

from fazhi.output import names, phrases
from fazhi.output.numbers import evidence_anchor, figure
from fazhi.output.templates import beside
from fazhi.output.view import chinese_date

_YEAR = re.compile(r"\d{4}年度?")
_NUMBER = re.compile(r"(?<![#\d])\d[\d.]*(?:个百分点|[^\W\d]{1,2}|%)?")
_CLAUSE = re.compile(  # 2025年， is no line of its own
    r"(?:<[^>]+>\d{4}年</span>，)?[^，：；、]+[，：；、]?"
)
_TEMPLATES = beside(__file__)


@dataclass(frozen=True)
class MarkdownPage:
    """A page of Markdown: its front matter, and what is on it, its heading first."""

    meta: dict[str, object]
    body: str

    @property
    def text(self) -> str:
        """The page as a Markdown file."""
        return front_matter(self.meta) + self.body

    @property
    def all_text(self) -> str:
        """All that leaves with the page, a line each: its front matter, then what is on it."""
        names = self.meta.get("meta")
        inner = names.values() if isinstance(names, dict) else ()
        return "\n".join([*map(str, self.meta.values()), *map(str, inner), self.body])


def document(
    meta: dict[str, object], template: str, heading: Markup | None = None, **values: object
) -> MarkdownPage:
    """A page with its title as heading, or that which is given, and below it what a template makes."""
    inert = {key: _inert(v) if isinstance(v, str) else v for key, v in meta.items()}
    title = _whole_years(_inert(heading or str(meta["title"])))
    body = _TEMPLATES.get_template(template).render(**values)
    return MarkdownPage(inert, f"<h1>{title}</h1>\n{body}")


def _whole_years(title: str) -> Markup:
    # As plain text: Markup would escape what is put in.
    return Markup(_YEAR.sub(r'<span class="fz-nowrap">\g<0></span>', str(title)))


def front_matter(meta: dict[str, object]) -> str:
    """Front matter; its text has been escaped, since MkDocs puts it into HTML as it is."""
    dumped = yaml.dump(meta, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    return f"---\n{dumped}---\n"


def html_block(text: str) -> Markup:
    """HTML as one block of a Markdown page: no indentation, no blank line inside, one around."""
    lines = (line.strip() for line in str(text).splitlines())  # Markup would escape each anew
    return Markup("\n\n" + _without_braces("\n".join(line for line in lines if line)) + "\n\n")


def in_clauses(text: str, line: int | None = None) -> Markup:
    """Text as HTML whose lines best end behind a clause, else between its phrases, and never between
    a number and its unit. Of a clause longer than a `line` (in half characters) the number at its end
    stands with what follows it, not alone."""
    whole = str(escape(phrases.parted(text))).replace(phrases.END, "<wbr>")
    whole = _NUMBER.sub(r'<span class="fz-nowrap">\g<0></span>', whole)

    def pieces(clause: re.Match[str]) -> str:
        name, _, number = clause[0].rpartition("<wbr>")
        is_longer = line is not None and wcswidth(re.sub("<[^>]+>", "", clause[0])) > line
        held = [name, number] if is_longer and number.startswith("<span") else [clause[0]]
        return "".join(f'<span class="fz-clause">{piece}</span>' for piece in held if piece)

    return Markup(_CLAUSE.sub(pieces, whole))


def _inert(text: str) -> str:
    """Text that is one line and means nothing else in HTML, Markdown or a template."""
    return _without_braces(" ".join(str(escape(text)).split()))


def _without_braces(html: str) -> str:
    """HTML whose braces are entities: the templates of other generators read none there."""
    return html.replace("{", "&#123;").replace("}", "&#125;")


def href(start: str, target: str, anchor: str = "") -> str:
    """The address of one page seen from another."""
    folder, _, name = target.rpartition("/")
    relative = _way(start.rpartition("/")[0], folder) + name
    if relative.endswith(".md"):
        relative = f"{relative[:-3]}.html"
    if start == target:
        relative = ""
    return f"{relative}#{anchor}" if anchor else relative


@cache
def _way(start: str, folder: str) -> str:
    """From one folder to another, with a slash at its end; nothing where they are the same."""
    way = posixpath.relpath(folder or ".", start or ".")
    return "" if way == "." else f"{way}/"


_TEMPLATES.globals |= {"href": href, "figure": figure, "evidence_anchor": evidence_anchor}
_TEMPLATES.globals |= {"names": names}
_TEMPLATES.filters["whole_years"] = _whole_years
_TEMPLATES.filters |= {"html_block": html_block, "chinese_date": chinese_date}
_TEMPLATES.filters["in_clauses"] = in_clauses
