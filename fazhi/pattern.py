"""Regular expressions that cost nothing before a text has the words that they need."""

from collections.abc import Callable, Iterator
from functools import cached_property

from fazhi import regex as re

HAN = r"[^\W\d_A-Za-z]"
"""A character of Chinese prose: a letter that is no Latin one. A range of all takes long to compile."""


class Pattern:
    """A regular expression, compiled when a text is searched for it that has the words it needs.

    A set of Chinese characters takes longer to compile than a report takes to be searched for it,
    and few of the patterns are ever found.
    """

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern, self.flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Compiled:
        """It, for what asks for more than a search."""
        return re.compile(self.pattern, self.flags)

    @cached_property
    def needed(self) -> list[list[str]]:
        """Lists of words, of each of which a text has one in which it is found."""
        return re.needed(self.pattern, self.flags)

    def may_be_in(self, text: str) -> bool:
        """Whether a text has the words without which it is not found."""
        for some in self.needed:
            for word in some:
                if word in text:
                    break
            else:
                return False
        return True

    def search(self, text: str, *span: int) -> re.Match[str] | None:
        """The first place where it is found, from `span[0]` on, up to `span[1]`."""
        return self.compiled.search(text, *span) if self.may_be_in(text) else None

    def match(self, text: str, *span: int) -> re.Match[str] | None:
        """It, where a text or what `span` is of it begins with it."""
        return self.compiled.match(text, *span) if self.may_be_in(text) else None

    def fullmatch(self, text: str, *span: int) -> re.Match[str] | None:
        """It, where a text or what `span` is of it is nothing else."""
        return self.compiled.fullmatch(text, *span) if self.may_be_in(text) else None

    def finditer(self, text: str, *span: int) -> Iterator[re.Match[str]]:
        """All places where it is found."""
        return self.compiled.finditer(text, *span) if self.may_be_in(text) else iter(())

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """A text with something else wherever it is found."""
        return self.compiled.sub(by, text) if self.may_be_in(text) else text
