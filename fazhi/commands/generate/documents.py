"""All documents that are made from the declarations.

What is stated once in the code is written down here, and a test fails when a file is stale.
"""

from __future__ import annotations

from fazhi.commands.generate import editor, fields, guide, rules, schemas
from fazhi.problems import formats
from fazhi.schema import township
from fazhi.sources.tree import Tree

FOLDERS = (fields.FOLDER, schemas.FOLDER, "docs/rules")
"""Folders that hold nothing but generated files."""


class UnreadableSettings(Exception):
    """The township's words could not be read; the text has every problem, a line each."""


def build(tree: Tree) -> dict[str, str]:
    """Every generated document by its path from the project folder.

    The words in schemas and templates are those of its records. Raises UnreadableSettings.
    """
    configured, problems = township.load(tree)
    if configured is None:
        raise UnreadableSettings("\n".join(map(formats.line, problems)))
    return {
        **fields.pages(),
        **schemas.documents(configured),
        **editor.files(configured),
        **rules.pages(tree),
        **guide.pages(tree),
    }
