"""A chart by month as inline SVG: titled, described, and coloured by the site's style sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from fazhi.records.record import Record

Series = Mapping[str, Sequence[int]]
"""Twelve counts by the name of what is counted."""

_KEY = (
    '<li><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="s{}" x="1" y="1" width="10" '
    'height="10"></rect></svg>{}</li>'
)
_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM = 640, 240, 40, 12, 28


def monthly(title: str, description: str, series: Series) -> Markup:
    """Stacked bars, one a month, the series with the most at the bottom."""
    series = dict(sorted(series.items(), key=lambda one: -sum(one[1])))
    totals = [sum(counts[month] for counts in series.values()) for month in range(12)]
    ceiling = _round_up(max(totals))
    inner = _HEIGHT - _TOP - _BOTTOM
    step = (_WIDTH - _LEFT - 8) / 12
    parts = [*_axis(ceiling, inner)]
    for month in range(12):
        base = float(_TOP + inner)
        x = _LEFT + month * step + step * 0.18
        for place, (name, counts) in enumerate(series.items()):
            height = counts[month] / ceiling * inner
            base -= height
            if counts[month]:
                bar = '<rect class="s{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}">'
                bar += "<title>{}月{} {} 条</title></rect>"
                parts.append(
                    Markup(bar).format(
                        place % 4, x, base, step * 0.64, height, month + 1, name, counts[month]
                    )
                )
        label = '<text class="label" x="{:.1f}" y="{}" text-anchor="middle">{}月</text>'
        parts.append(Markup(label).format(x + step * 0.32, _HEIGHT - 10, month + 1))
    legend = Markup("").join(
        Markup(_KEY).format(place % 4, name) for place, name in enumerate(series)
    )
    return Markup(
        '<figure class="fz-chart">\n<svg viewBox="0 0 {} {}" role="img" aria-label="{}">\n'
        "<title>{}</title>\n<desc>{}</desc>\n{}\n</svg>\n"
        '<ul class="fz-legend">{}</ul>\n<figcaption>{}</figcaption>\n</figure>'
    ).format(_WIDTH, _HEIGHT, title, title, description, Markup("\n").join(parts), legend, title)


def _axis(ceiling: int, inner: int) -> list[Markup]:
    lines = []
    for quarter in (0, 2, 4):
        y = _TOP + inner - inner * quarter / 4
        line = '<line class="axis" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"></line>'
        line += '<text class="label" x="{}" y="{:.1f}" text-anchor="end">{}</text>'
        amount = ceiling * quarter // 4
        lines.append(Markup(line).format(_LEFT, _WIDTH - 8, y, y, _LEFT - 6, y + 4, amount))
    return lines


def _round_up(number: int) -> int:
    """The next number from 4 that halves evenly and is 1, 2, 4, 6 or 8 times a power of ten."""
    power = 1
    while True:
        for factor in (4, 6, 8, 10, 20):
            if number <= factor * power:
                return factor * power
        power *= 10


def by_month(records: Sequence[Record]) -> dict[str, list[int]]:
    """What happened in each month, by kind. Standing facts hold at a date and are left out."""
    counts: dict[str, list[int]] = {}
    for name in ("活动", "会议", "案件"):
        months = [0] * 12
        for record in records:
            if record.kind.name == name:
                months[record.fields.day.month - 1] += 1
        if any(months):
            counts[name] = months
    return counts


def records_by_month(title: str, months: dict[str, list[int]]) -> Markup | None:
    """The chart of a section; none where nothing happened."""
    if not months:
        return None
    totals = "，".join(f"{name}共 {sum(counts)} 条" for name, counts in months.items())
    return monthly(f"{title}各月的记录数", f"按月份和种类堆叠的柱形图：{totals}。", months)
