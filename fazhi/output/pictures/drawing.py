"""Marks of a picture as SVG: in print colours, which the site's style sheet overrides by class.

A drawing is 360 units wide, as wide as a phone, where its text is of reading size. It has no
scripts, styles or ids: a page holds many, and its content policy lets no style pass.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape
from wcwidth import wcswidth

WIDTH = 360.0
SIZE = 14.5  # of labels: 13 px and more on a small phone, 40 px in the long picture
_INK, _RED, _SLATE = "#1f1b18", "#8a1a1a", "#76828e"
_HALO = 'stroke="#ffffff" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
_STYLES = {  # told apart without colour, too: full, paler full, hollow and dashed
    "main": f'fill="{_RED}"',
    "other": f'fill="{_SLATE}"',
    "unlike": f'fill="#ffffff" stroke="{_SLATE}" stroke-width="1.5" stroke-dasharray="4 2"',
    "whole": 'fill="#f4f1ed" stroke="#8c8279" stroke-width="1"',
    "axis": 'fill="none" stroke="#8c8279" stroke-width="1"',
    "rule": 'fill="none" stroke="#bbbbbb" stroke-width="1"',
    "course": f'fill="none" stroke="{_RED}" stroke-width="2.5"',
    "label": f'fill="{_INK}" font-size="{SIZE:g}"',
    "muted": f'fill="#555555" font-size="{SIZE:g}"',
    "over": f'fill="{_INK}" font-size="{SIZE:g}" {_HALO}',
    "last": f'fill="{_INK}" font-size="{SIZE:g}" font-weight="700" {_HALO}',
    "great": f'fill="{_RED}" font-size="24" font-weight="700"',
    "s0": f'fill="{_RED}" stroke="{_RED}" stroke-width="1"',
    "s1": f'fill="{_SLATE}" stroke="{_SLATE}" stroke-width="1"',
    "s2": 'fill="#ffffff" stroke="#7a4a08" stroke-width="2"',
}


def width(text: str, size: float = SIZE) -> float:
    """How wide a text is at most: a bold digit of some faces takes two thirds of a character."""
    wide = max(wcswidth(text) - len(text), 0)
    return (wide * 1.02 + (len(text) - wide) * 0.7) * size


def svg(height: float, told: str, marks: Iterable[Markup]) -> Markup:
    """A whole drawing: for those who do not see it one image, and what it says."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}"'
        ' font-family="Noto Sans SC, sans-serif"><g aria-hidden="true">{}</g></svg>'
    ).format(WIDTH, height, told, Markup().join(marks))


def _mark(form: str, style: str, *numbers: float, **words: str) -> Markup:
    """An element: its style, then what stands in its form, to a tenth of a unit."""
    styled = f'class="{style}" {_STYLES[style]}'
    held = {key: escape(each) for key, each in words.items()}
    return Markup(form.format(styled, *(f"{each:.1f}" for each in numbers), **held))


def bar(style: str, x: float, y: float, across: float, height: float) -> Markup:
    """A rectangle by its upper left corner."""
    return _mark('<rect {} x="{}" y="{}" width="{}" height="{}"/>', style, x, y, across, height)


def dot(style: str, x: float, y: float) -> Markup:
    return _mark('<circle {} cx="{}" cy="{}" r="4.5"/>', style, x, y)


def line(style: str, points: Sequence[tuple[float, float]]) -> Markup:
    """A line through points."""
    at = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return _mark('<polyline {} points="{at}"/>', style, at=at)


def text(style: str, x: float, y: float, words: str, anchor: str = "start") -> Markup:
    """Words on a line, whose start, middle or end is at `x`; of those that start there, as many as
    there is room for."""
    while len(words) > 1 and anchor == "start" and width(words) > WIDTH - x:
        words = words.rstrip("…")[:-1] + "…"
    form = '<text {} x="{}" y="{}" text-anchor="{anchor}">{words}</text>'
    return _mark(form, style, x, y, anchor=anchor, words=words)
