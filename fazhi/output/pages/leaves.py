"""The pages that nothing is reached from: records, and lists of them. There may be very many.

Each is one heading and one block of HTML, stands in no menu, and is made when it is asked for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Protocol

from fazhi.output.pages import records, sections
from fazhi.output.pages.markup import Document
from fazhi.output.view import View


class Leaf(Protocol):
    """Such a page."""

    @property
    def path(self) -> str:
        """Where its Markdown would lie in docs/."""

    @property
    def objects(self) -> tuple[Hashable, ...] | None:
        """What is the same in a later load where `made_from` is; None where nobody can know."""

    @property
    def made_from(self) -> Sequence[str]:
        """All that it is made from, but for what the whole year has in common."""

    @property
    def document(self) -> Document:
        """The page itself. Raises NotRendered."""

    @property
    def photos(self) -> Mapping[str, bytes]:
        """Its photos by their own paths. Raises NotRendered."""

    @property
    def photo_paths(self) -> Sequence[str]:
        """Where its photos are to lie; none of them need be made to know it."""


def of_year(view: View) -> Iterator[Leaf]:
    """Every such page of a year: the lists first, for each folder's first page is looked at."""
    yield from sections.lists(view)
    yield from records.of_year(view)


def pages(view: View) -> dict[str, str | bytes]:
    """All of them as files."""
    made: dict[str, str | bytes] = {}
    for leaf in of_year(view):
        made[leaf.path] = leaf.document.text
        made |= leaf.photos
    return made
