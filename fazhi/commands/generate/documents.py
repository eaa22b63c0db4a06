"""All documents that are made from the declarations; a test fails when one is stale."""

from fazhi.commands.generate import editor, fields, guide, rules, schemas
from fazhi.problems import formats
from fazhi.schema import township
from fazhi.sources.tree import Tree

FOLDERS = (fields.FOLDER, schemas.FOLDER, "docs/rules")
"""Folders that hold nothing but generated files."""


class UnreadableSettings(Exception):
    """The township's words could not be read; the text has every problem, a line each."""


def build(tree: Tree) -> dict[str, str]:
    """Every generated document by its path. Raises UnreadableSettings."""
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
