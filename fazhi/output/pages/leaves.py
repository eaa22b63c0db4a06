"""The pages that nothing is reached from: records, and lists of them. There may be very many.

Each is one heading and one block of HTML, is in no menu, and is made when it is asked for: `document`
and `photos` may raise NotRendered. `made_from` is all that it is made from, except what the whole
year has in common; `objects` is the same in a later load where `made_from` is, or None where nobody
can know.
"""

from __future__ import annotations

from collections.abc import Iterator

from fazhi.output.pages import records, sections
from fazhi.output.pages.records import RecordPage
from fazhi.output.pages.sections import ListPage
from fazhi.output.view import View

Leaf = RecordPage | ListPage


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
