"""The table of all published figures, as the report page and the documents print it."""

from __future__ import annotations

from dataclasses import dataclass

from fazhi.figures.value import Value
from fazhi.figures.wording import plain
from fazhi.output.view import View


@dataclass(frozen=True)
class Grid:
    """A table as plain text; `numeric` tells by number which columns hold numbers."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()

    @property
    def aligned(self) -> tuple[str, ...]:
        """To which side each column is set: numbers to the right."""
        return tuple("right" if place in self.numeric else "" for place in range(len(self.head)))


def figure_table(view: View) -> Grid:
    """Every published figure beside last year's; a row each, in the order of `View.printed`."""
    year = view.year
    return Grid(
        f"{year}年全部指标与上年比较",
        ("指标", "板块", f"{year}年", f"{year - 1}年", "变化"),
        tuple(_row(view, value) for value in view.printed),
        numeric=(2, 3, 4),
    )


def _row(view: View, value: Value) -> tuple[str, ...]:
    section = value.definition.section
    number = plain(value) + before_correction(view, value)
    return value.name, section, number, view.last_of(value), view.change(value)


def before_correction(view: View, value: Value) -> str:
    """What was published of a figure before it was corrected, to stand behind it; or nothing."""
    before = view.before(value.name)
    return f"（原公布 {'、'.join(before)}）" if before else ""
