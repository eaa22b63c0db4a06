"""Marks of a picture as SVG: in print colours, which the site's style sheet overrides by class.

A drawing is 360 units wide, as wide as a phone, where its text is of reading size. It has no
scripts, styles or ids: a page holds many, and its content policy lets no style pass.
"""

from collections.abc import Iterable

from markupsafe import Markup

from fazhi.output.documents import layout

WIDTH = 360.0
SIZE = 13.0  # of a label

_STYLES = {
    "now": 'fill="#8a1a1a" stroke="none"',
    "before": 'fill="#76828e" stroke="none"',
    "unlike": 'fill="#ffffff" stroke="#76828e" stroke-width="1.5" stroke-dasharray="4 2"',
    "whole": 'fill="#f1ece6" stroke="#8c8279" stroke-width="1"',
    "axis": 'fill="none" stroke="#666666" stroke-width="1"',
    "rule": 'fill="none" stroke="#cccccc" stroke-width="1"',
    "path": 'fill="none" stroke="#8a1a1a" stroke-width="2.5"',
    "label": f'fill="#1f1b18" font-size="{SIZE:g}"',
    "strong": f'fill="#1f1b18" font-size="{SIZE:g}" font-weight="700"',
    "muted": f'fill="#555555" font-size="{SIZE:g}"',
    "small": 'fill="#1f1b18" font-size="11"',
}


def width(text: str, size: float = SIZE) -> float:
    """How wide a text is at most, in units: a digit takes a little more than half of one character."""
    return layout.width(text) * size * 1.12


def svg(height: float, title: str, description: str, marks: Iterable[Markup]) -> Markup:
    """A whole drawing, named and described for those who do not see it."""
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:g} {:g}" role="img"'
        ' font-family="Noto Sans SC, sans-serif"><title>{}</title><desc>{}</desc>{}</svg>'
    ).format(WIDTH, height, title, description, Markup("").join(marks))


def _style(name: str) -> Markup:
    return Markup(f'class="{name}" {_STYLES[name]}')


def bar(style: str, x: float, y: float, width: float, height: float) -> Markup:
    return Markup('<rect {} x="{:g}" y="{:g}" width="{:g}" height="{:g}"/>').format(
        _style(style), *(round(each, 1) for each in (x, y, width, height))
    )


def dot(style: str, x: float, y: float) -> Markup:
    return Markup('<circle {} cx="{:g}" cy="{:g}" r="4.5"/>').format(
        _style(style), round(x, 1), round(y, 1)
    )


def path(style: str, *points: tuple[float, float]) -> Markup:
    at = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return Markup('<polyline {} points="{}"/>').format(_style(style), at)


def text(style: str, x: float, y: float, words: str, anchor: str = "start") -> Markup:
    return Markup('<text {} x="{:g}" y="{:g}" text-anchor="{}">{}</text>').format(
        _style(style), round(x, 1), round(y, 1), anchor, words
    )
