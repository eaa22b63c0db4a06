"""The table of all published figures, as the report page and the documents print it."""

from __future__ import annotations

from fazhi.figures.value import Value
from fazhi.figures.wording import plain
from fazhi.output.view import Row, Table, View


def figure_table(view: View) -> Table:
    """Every published figure beside last year's; a row each, in the order of `View.printed`."""
    year = view.year
    return Table(
        f"{year}年全部指标与上年比较",
        ("指标", "板块", f"{year}年", f"{year - 1}年", "变化"),
        tuple(_row(view, value) for value in view.printed),
        numeric=(2, 3, 4),
    )


def _row(view: View, value: Value) -> Row:
    section = value.definition.section
    number = plain(value) + before_correction(view, value)
    return Row([value.name, section, number, view.last_of(value), view.change(value)])


def before_correction(view: View, value: Value) -> str:
    """What was published of a figure before it was corrected, to stand behind it; or nothing."""
    before = view.before(value.name)
    return f"（原公布 {'、'.join(before)}）" if before else ""
