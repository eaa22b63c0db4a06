"""Texts that are made from a template: Markdown and plain text, in which nothing is escaped."""

from fazhi.output import templates

TEMPLATES = templates.beside(__file__, is_text=True)


def filled(template: str, **values: object) -> str:
    """What a template in `templates` makes of some values, functions among them."""
    return TEMPLATES.get_template(template).render(**values)
