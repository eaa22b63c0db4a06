"""A chart by month as inline SVG: titled, described, and coloured by the site's style sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from markupsafe import Markup

from fazhi.records.record import Record

_LABEL = '<text class="label" x="{:.1f}" y="{}" text-anchor="middle">{}月</text>'
_BAR = (
    '<rect class="s{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">'
    "<title>{}月{} {} 条</title></rect>"
)
_AXIS = (
    '<line class="axis" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"></line>'
    '<text class="label" x="{}" y="{:.1f}" text-anchor="end">{}</text>'
)
_KEY = (
    '<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="s{}" x="1" y="1" width="10" '
    'height="10"></rect></svg>{}</li>'
)
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 240, 40, 12, 28
_INNER = _HEIGHT - _TOP - _BOTTOM


def by_month(records: Sequence[Record]) -> dict[str, list[int]]:
    """What happened in each month, by kind. Standing facts hold at a date and are left out."""
    counts = {name: [0] * 12 for name in ("活动", "会议", "案件")}
    for record in records:
        if record.kind.name in counts:
            counts[record.kind.name][record.fields.day.month - 1] += 1
    return {name: months for name, months in counts.items() if any(months)}


def records_by_month(title: str, months: dict[str, list[int]]) -> Markup | None:
    """Stacked bars, one a month, the kind with the most at the bottom; none where nothing happened."""
    if not months:
        return None
    totals = "，".join(f"{name}共 {sum(counts)} 条" for name, counts in months.items())
    title = f"{title}各月的记录数"
    description = f"按月份和种类堆叠的柱形图：{totals}。"
    series = dict(sorted(months.items(), key=lambda one: -sum(one[1])))
    legend = (Markup(_KEY).format(place % 4, name) for place, name in enumerate(series))
    return Markup(
        '<figure class="fz-chart">\n<svg viewBox="0 0 {} {}" role="img" aria-label="{}">\n'
        "<title>{}</title>\n<desc>{}</desc>\n{}\n</svg>\n"
        '<ul class="fz-legend">{}</ul>\n<figcaption>{}</figcaption>\n</figure>'
    ).format(
        *(_WIDTH, _HEIGHT, title, title, description),
        *(Markup("\n").join(_parts(series)), Markup("").join(legend), title),
    )


def _parts(series: dict[str, list[int]]) -> Iterator[Markup]:
    """The axis, then each month's bars and its label."""
    highest = max(sum(counts[month] for counts in series.values()) for month in range(12))
    # From 4, the next that halves evenly and is 1, 2, 4, 6 or 8 times a power of ten
    tops = (factor * 10**power for power in count() for factor in (4, 6, 8, 10, 20))
    ceiling = next(top for top in tops if highest <= top)
    for quarter in (0, 2, 4):
        y, amount = _TOP + _INNER - _INNER * quarter / 4, ceiling * quarter // 4
        yield Markup(_AXIS).format(_LEFT, _WIDTH - 8, y, y, _LEFT - 6, y + 4, amount)
    step = (_WIDTH - _LEFT - 8) / 12
    for month in range(12):
        x, y = _LEFT + month * step + step * 0.18, float(_TOP + _INNER)
        for place, (name, counts) in enumerate(series.items()):
            height = counts[month] / ceiling * _INNER
            y -= height
            if counts[month]:
                box = (x, y, step * 0.64, height)
                yield Markup(_BAR).format(place % 4, *box, month + 1, name, counts[month])
        yield Markup(_LABEL).format(x + step * 0.32, _HEIGHT - 10, month + 1)
