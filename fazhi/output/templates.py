"""The program's own templates, in a folder beside the module that fills them."""

from pathlib import Path

import jinja2


def beside(module: str, *, is_text: bool = False) -> jinja2.Environment:
    """The templates of a module, by its `__file__`. What they are given is escaped, but in text."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(module).parent / "templates"),
        autoescape=not is_text,
        keep_trailing_newline=is_text,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        comment_start_string="{##",  # in Markdown, a heading's anchor is written {#name}
        comment_end_string="##}",
    )
