"""A table as pages and documents print it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A table of a page or a document; `numeric` lists the places of columns that hold numbers."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]
    numeric: tuple[int, ...] = ()

    @property
    def aligned(self) -> tuple[str, ...]:
        """To which side each column is set: numbers to the right."""
        return tuple("right" if place in self.numeric else "" for place in range(len(self.head)))

    @property
    def texts(self) -> list[list[str]]:
        """The cells of each row as plain text."""
        return [[str(cell) for cell in row] for row in self.rows]
