"""The portal's fields of the article, as JSON and as lines to copy."""

from __future__ import annotations

import json

from fazhi.exports.document import Document

DESCRIBED_IN = 120
"""How many characters of the report's beginning describe it."""


def article(document: Document) -> dict[str, str]:
    """The article's fields by the names that 国办发〔2017〕47号 gives them; what is unknown is left out.

    The hour of publication is recorded nowhere: it is the day's beginning.
    """
    summary = document.summary
    if len(summary) > DESCRIBED_IN:
        summary = summary[: DESCRIBED_IN - 1] + "…"
    published = document.published
    found = {
        "ArticleTitle": document.title,
        "PubDate": f"{published.isoformat()} 00:00" if published else "",
        "ContentSource": document.issuer,
        "Keywords": f"法治政府建设,年度报告,{document.short_name},{document.year}年",
        "Author": document.issuer,
        "Description": summary,
        "Url": document.address,
    }
    return {name: text for name, text in found.items() if text}


def fields(document: Document) -> dict[str, str]:
    """All fields, the article's and then the catalogue's."""
    return article(document) | dict(document.catalogue)


def as_json(document: Document) -> str:
    return json.dumps(fields(document), ensure_ascii=False, indent=2) + "\n"


def as_text(document: Document) -> str:
    """A field a line: 字段：值."""
    return "".join(f"{name}：{text}\n" for name, text in fields(document).items())
