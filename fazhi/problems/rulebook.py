"""The rule book: every rule of the checker by its id, read from where it is written.

A rule is one function whose docstring begins with its id. That docstring is the rule's page, too:
what must hold, why, how to mend it, and the regulation it comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent


@dataclass(frozen=True)
class Rule:
    """A rule: `title` says in one sentence what must hold, `text` (Markdown) the rest."""

    id: str
    title: str
    text: str

    @property
    def page(self) -> str:
        """Where its page is, from the project folder."""
        return f"docs/rules/{self.id}.md"


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in order. Raises ValueError where an id is documented twice.

    The sources are searched, not imported: a rule that nobody has imported yet is one all the same.
    """
    found: dict[str, Rule] = {}
    for file in sorted(Path(__file__).parents[1].rglob("*.py")):
        for number, title, text in _DOCSTRING.findall(file.read_text(encoding="utf-8")):
            if number in found:
                raise ValueError(f"{number} is documented twice, last in {file.name}")
            found[number] = Rule(number, title, _paragraphs(dedent(text).strip()))
    return dict(sorted(found.items()))


def _paragraphs(text: str) -> str:
    """Markdown in which how to mend it, and the source, stand by themselves; no line is broken."""
    apart = re.sub(r"\n(?=改法：|来源：)", "\n\n", text)
    return re.sub(r"(?<!\n)\n(?![\n|-])", "", apart)


_DOCSTRING = re.compile(
    r'^[ \t]+"""(FZ\d{3}): ([^\n]+?。)(?:"""|\n(.*?)""")', re.MULTILINE | re.DOTALL
)
