"""The program's own templates, in a folder beside the module that fills them."""

import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from fazhi.records.cache import program


class Compiled(jinja2.FileSystemBytecodeCache):
    """Templates as they were compiled: beside the .pyc of a module, given by its `__file__`, and no
    more trusted than those. What another program has left, or is broken, is compiled again."""

    def __init__(self, module: str = __file__) -> None:
        super().__init__(str(Path(module).parent / "__pycache__"), "%s.template")

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # Wherever it lies, as in a project that was copied or moved.
        return super().get_cache_key(name)

    def get_source_checksum(self, source: str) -> str:
        # A filter of ours may have been applied while compiling.
        return super().get_source_checksum(source + program().hex())

    def load_bytecode(self, bucket: Bucket) -> None:
        try:
            super().load_bytecode(bucket)
        except Exception:  # whatever unpickling raises of a broken file
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # nothing can be written there
            if not sys.dont_write_bytecode:
                super().dump_bytecode(bucket)


def beside(module: str, *, is_text: bool = False) -> jinja2.Environment:
    """The templates of a module, by its `__file__`. What they are given is escaped, but in text."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(module).parent / "templates"),
        autoescape=not is_text,
        keep_trailing_newline=is_text,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=Compiled(module),
        comment_start_string="{##",  # in Markdown, a heading's anchor is written {#name}
        comment_end_string="##}",
    )
