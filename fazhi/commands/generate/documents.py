"""All documents that are made from the declarations; a test fails when one is stale."""

from fazhi.commands.generate import editor, fields, guide, rules, schemas
from fazhi.schema.township import Settings
from fazhi.sources.tree import Tree

FOLDERS = (fields.FOLDER, schemas.FOLDER, "docs/rules")
"""Folders that hold nothing but generated files."""


def build(configured: Settings, tree: Tree) -> dict[str, str]:
    """Every generated document by its path."""
    return {
        **fields.pages(),
        **schemas.documents(configured),
        **editor.files(configured),
        **rules.pages(tree),
        **guide.pages(tree),
    }
