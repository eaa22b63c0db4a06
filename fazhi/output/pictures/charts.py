"""The kinds of picture of a figure: 柱, 线, 分项, 比率, 逐月."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from fazhi.figures.series import Series
from fazhi.figures.value import Value
from fazhi.figures.wording import plain
from fazhi.output.numbers import figure, part
from fazhi.output.pictures import drawing
from fazhi.output.pictures.drawing import SIZE, WIDTH
from fazhi.output.pictures.model import Chart
from fazhi.output.view import Table, View

ROW, BAR = 28.0, 16.0


@dataclass(frozen=True)
class Row:
    """A bar: what it is of, how long (None for a gap), and the words behind it."""

    label: str
    length: Fraction | None
    words: str
    style: str


def chart(view: View, value: Value, kind: str, finding: str) -> Chart | None:
    """A picture of a figure, or None where it has none that may be shown."""
    if value.number is None:
        return None
    series = view.series(value)
    match kind:
        case "分项" if value.parts:
            return _parts(value, finding)
        case "比率" if value.denominator:
            return _years(series, finding)
        case "柱" | "线":
            return _years(series, finding)
    return None


def _years(series: Series, finding: str) -> Chart:
    name = series.now.heading
    rows, cells = [], []
    for point in series.points:
        words = plain(point.value) if point.value else "暂无"
        style = "now" if point is series.points[-1] else "before" if point.is_alike else "unlike"
        number = point.value.base if point.value and point.value.number is not None else None
        unlike = "（口径不同）" if number is not None and not point.is_alike else ""
        rows.append(Row(f"{point.year}年", number, words + unlike, style))
        cells.append((f"{point.year}年", figure(point.value) if point.value else "暂无"))
    most = Fraction(100) if series.now.unit == "%" else None
    table = Table(f"{name}，各年", ("年份", name), cells, (1,))
    return _drawn(name, finding, rows, table, most)


def _parts(value: Value, finding: str) -> Chart:
    parts = value.parts or {}
    rows = [Row(name, Fraction(n), f"{n}{value.unit}", "now") for name, n in parts.items()]
    cells = [(name, part(value, name, n, value.unit)) for name, n in parts.items()]
    table = Table(f"{value.heading}，分项", ("分项", "数量"), cells, (1,))
    return _drawn(value.heading, finding, rows, table, value.number)


def _drawn(
    name: str, finding: str, rows: Sequence[Row], table: Table, most: Fraction | None
) -> Chart:
    said = f"条形图，{name}：" + "，".join(f"{row.label}{row.words}" for row in rows) + "。"
    svg = bars(finding, said, rows, most)
    return Chart(name, finding, said, str(svg), table)


def bars(title: str, said: str, rows: Sequence[Row], most: Fraction | None = None) -> Markup:
    """Rows of bars from 0 to `most`, or to the longest."""
    top = most or max([row.length for row in rows if row.length] or [Fraction(1)])
    left = max(drawing.width(row.label) for row in rows) + 8
    right = max(drawing.width(row.words) for row in rows) + 8
    room = WIDTH - left - right
    marks = []
    for place, row in enumerate(rows):
        y = place * ROW
        base = y + ROW / 2 + SIZE * 0.36
        length = float((row.length or 0) / top) * room
        weight = "strong" if row.style == "now" else "label"
        marks.append(drawing.text("label", left - 8, base, row.label, "end"))
        if most:
            marks.append(drawing.bar("whole", left, y + (ROW - BAR) / 2, room, BAR))
        if length:
            marks.append(drawing.bar(row.style, left, y + (ROW - BAR) / 2, length, BAR))
        at = left + (room if most else length) + 6
        style = weight if row.length is not None else "muted"
        marks.append(drawing.text(style, at, base, row.words))
    marks.append(drawing.path("axis", (left, 0), (left, len(rows) * ROW)))
    return drawing.svg(len(rows) * ROW, title, said, marks)
