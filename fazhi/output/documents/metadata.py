"""The portal's fields of the article and of the catalogue, as JSON and as lines to copy."""

from __future__ import annotations

import json

from fazhi.output.documents.document import Document


def fields(document: Document) -> dict[str, str]:
    """All fields, the article's and then the catalogue's, each on one line."""
    told = (*document.article, *document.catalogue)
    return {name: " ".join(text.split()) for name, text in told}


def as_json(document: Document) -> str:
    return json.dumps(fields(document), ensure_ascii=False, indent=2) + "\n"


def as_text(document: Document) -> str:
    """A field a line: 字段：值."""
    return "".join(f"{name}：{text}\n" for name, text in fields(document).items())
