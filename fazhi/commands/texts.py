"""Texts that are made from a template: Markdown and plain text, in which nothing is escaped."""

from __future__ import annotations

import jinja2

TEMPLATES = jinja2.Environment(
    loader=jinja2.PackageLoader(__package__),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
    undefined=jinja2.StrictUndefined,
)


def filled(template: str, **values: object) -> str:
    """What a template in `templates` makes of some values, functions among them."""
    return TEMPLATES.get_template(template).render(**values)
