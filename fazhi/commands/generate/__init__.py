"""Documents made from the declarations: field pages, JSON Schemas, editor settings, rule pages.

A test fails when one is stale.
"""

from fazhi.commands.generate import editor, fields, guide, rules, schemas
from fazhi.schema.township import Settings
from fazhi.sources.tree import Tree

FOLDERS = (fields.FOLDER, schemas.FOLDER, "docs/rules")  # they hold nothing but generated files


def build(configured: Settings, tree: Tree) -> dict[str, str]:
    """Every generated document by its path."""
    return {
        **fields.pages(),
        **schemas.documents(configured),
        **editor.files(configured),
        **rules.pages(tree),
        **guide.pages(tree),
    }
