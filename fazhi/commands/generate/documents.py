"""All documents that are made from the declarations.

What is stated once in the code is written down here, and a test fails when a file is stale.
"""

from __future__ import annotations

from pathlib import Path

from fazhi.commands.generate import editor, fields, guide, rules, schemas
from fazhi.schema import township

FOLDERS = (fields.FOLDER, schemas.FOLDER, "docs/rules")
"""Folders that hold nothing but generated files."""


class UnreadableSettings(Exception):
    """The township's words could not be read; the text has every problem, a line each."""


def build(root: Path) -> dict[str, str]:
    """Every generated document by its path from the project folder.

    The words in schemas and templates are those of `root/records`. Raises UnreadableSettings.
    """
    configured, problems = township.load(root)
    if configured is None:
        raise UnreadableSettings("\n".join(map(str, problems)))
    return {
        **fields.pages(),
        **schemas.documents(configured),
        **editor.files(configured),
        **rules.pages(root),
        **guide.pages(root),
    }
