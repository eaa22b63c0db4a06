"""Regular expressions that cost nothing before they are asked for."""

from collections.abc import Callable, Iterator
from functools import cached_property

from fazhi import regex as re

HAN = r"[^\W\d_A-Za-z]"
"""A character of Chinese prose: a letter that is no Latin one. A range of all takes long to compile."""


class Pattern:
    """A regular expression, compiled when a text is first searched for it: few runs need them all."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Compiled:
        """What does the searching."""
        return re.compile(self.pattern, self.flags)

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """The first place where it is found, from `span[0]` on, up to `span[1]`."""
        return self.compiled.search(text, *span)

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """It, where a text or what `span` is of it begins with it."""
        return self.compiled.match(text, *span)

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        """It, where a text or what `span` is of it is nothing else."""
        return self.compiled.fullmatch(text, *span)

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """All places where it is found."""
        return self.compiled.finditer(text, *span)

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """A text with something else wherever it is found."""
        return self.compiled.sub(by, text)
