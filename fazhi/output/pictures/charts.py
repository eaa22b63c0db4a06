"""The picture of a figure, as figures.yml asks for it: 柱, 线, 分项, 比率, 逐月."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from markupsafe import Markup

from fazhi.figures.measures import alike
from fazhi.figures.series import Point, Series
from fazhi.figures.value import OTHER, Value
from fazhi.figures.wording import SMALL_BASE, plain
from fazhi.figures.yearly import monthly
from fazhi.output import numbers
from fazhi.output.pictures import shapes
from fazhi.output.pictures.model import Chart
from fazhi.output.pictures.shapes import Mark
from fazhi.output.table import Table
from fazhi.output.view import View
from fazhi.report import captions
from fazhi.report.findings import Months, finding
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.kinds import KINDS
from fazhi.schema.numerals import percent


def chart(view: View, value: Value, kind: str) -> Chart | None:
    """A picture of a figure, or None where there is nothing that it could show."""
    return _KINDS[kind](view, value) if value.number is not None else None


def _title(view: View, value: Value, kind: str, series: Series, months: Months = ()) -> str:
    """The title typed for a picture, or else a sentence made of its values."""
    typed = captions.printed(view.settings, value.name, kind, view.year, view.values, view.last)
    return typed or finding(
        series,
        kind,
        decimals=view.decimals.get(value.name),
        months=months,
        is_whole=view.is_over,
        is_told=kind != value.definition.pictures[0],
    )


def _made(
    value: Value,
    title: str,
    told: str,
    table: Table,
    drawing: Markup,
    *,
    is_flat: bool,
    is_said: bool = False,
) -> Chart:
    """A picture, or just its words where it has nothing to compare; none where the title says them all."""
    if is_flat or is_said:
        return Chart(value.name, title, told, "", table, words="" if is_said else told)
    return Chart(value.name, title, told, drawing, table)


def _is_flat(marks: Iterable[Mark]) -> bool:
    """Whether all their bars are of one length, or have none."""
    return len({mark.amount for mark in marks if mark.amount}) < 2


def _says(title: str, name: str, words: str) -> bool:
    """Whether a title says how much there is of something: 甲、乙各4次 of both."""
    name, words = map(re.escape, (name, words))
    return bool(re.search(rf"{name}\D*{words}|全部是{name}", title))


def _over_years(view: View, value: Value, kind: str = "柱") -> Chart:
    series = view.series(value)
    # Of one year there is no course, of two no more than bars say.
    shape = shapes.course if kind == "线" and len(series.points) > 2 else shapes.bars
    marks = [_mark(point, is_newest=point is series.points[-1]) for point in series.points]
    rows = [
        (mark.label, numbers.figure(point.value, tail=mark.note) if point.value else mark.words)
        for mark, point in zip(marks, series.points, strict=True)
    ]
    table = Table(f"{value.name}，各年", ("年份", value.name), rows, (1,))
    title, told = _title(view, value, kind, series), shapes.said(marks)
    whole = Fraction(100) if value.unit == "%" else None
    is_said = len(marks) == 1 or (len(marks) == 2 and f"上年{marks[0].words}" in title)
    drawing = shape(told, marks, whole)
    return _made(value, title, told, table, drawing, is_flat=_is_flat(marks), is_said=is_said)


def _mark(point: Point, *, is_newest: bool) -> Mark:
    value, label = point.value, f"{point.year}年"
    if value is None or value.number is None:
        return Mark(label, None, plain(value) if value else "暂无")
    style = "unlike" if not point.is_alike else "main" if is_newest else "other"
    return Mark(label, value.base, plain(value), style)


def _parts(view: View, value: Value) -> Chart | None:
    """Parts that are one whole say how much of it they are; where a record may be in several, they are none."""
    if not value.parts or [*value.parts] == [OTHER]:
        return None
    last, order, whole = (OTHER, *NOT_SAID), _order(view, value), sum(value.parts.values())
    by = {name: (name in last, order.get(name, 0), -n) for name, n in value.parts.items()}
    held = sorted(value.parts.items(), key=lambda part: by[part[0]])
    is_whole = value.number == whole

    def words(count: int) -> str:
        share = f"，占{percent(Fraction(count * 100, whole), 1)}%"
        return f"{count}{value.unit}{share if is_whole and whole >= SMALL_BASE else ''}"

    marks = [Mark(name, Fraction(n), words(n), "main") for name, n in held]
    told = f"共{plain(value)}：" * is_whole + "；".join(m.label + m.words for m in marks) + "。"
    rows: list[Sequence[object]] = [
        (name, numbers.part(value, name, n, value.unit)) for name, n in held
    ]
    rows += [("合计", numbers.figure(value))] if is_whole else []
    table = Table(f"{value.heading}，各项", ("分项", "数量"), rows, (1,))
    title, drawing = _title(view, value, "分项", view.series(value)), shapes.bars(told, marks)
    is_said = all(_says(title, name, f"{n}{value.unit}") for name, n in held)
    return _made(value, title, told, table, drawing, is_flat=_is_flat(marks), is_said=is_said)


def _order(view: View, value: Value) -> dict[str, int]:
    """Kinds of people who must not be recognised stand as in the vocabulary."""
    kind, spec = KINDS.get(value.definition.kind or ""), value.parts_of
    if not value.sensitive or kind is None or spec is None:
        return {}
    words = view.settings.words(kind, spec, value.year) or ()
    return {name: place for place, name in enumerate(words, 1)}


def _share(view: View, value: Value) -> Chart | None:
    if value.numerator is None or value.denominator is None:
        return None
    definition, rate = value.definition, plain(value)
    sides = (definition.numerator, value.numerator), (definition.denominator, value.denominator)
    part, whole = (_side(view, name or "", number) for name, number in sides)
    rest = _rest(value, part, whole) if value.is_share else []
    marks = [whole, part, *rest]
    text = f"{whole.label}{whole.words}，其中{shapes.said(marks[1:])[:-1]}；{value.name}{rate}。"
    title = _title(view, value, "比率", view.series(value))
    drawing = shapes.share(text, "" if rate in title else rate, part, rest, whole)
    rows = [*((mark.label, mark.words) for mark in marks), (value.name, numbers.figure(value))]
    table = Table(f"{value.name}，怎样得来", ("项目", "数量"), rows, (1,))
    return _made(value, title, text, table, drawing, is_flat=_is_flat([part, whole]))


def _rest(value: Value, part: Mark, whole: Mark) -> list[Mark]:
    """What the part leaves of the whole, in the whole's words, and what stands beside it (附列) that is
    among this, or is all of it; nothing where more is left over than there is."""
    left = (whole.amount or 0) - (part.amount or 0)
    if left < 0:
        return []
    unit = whole.words.removeprefix(str(whole.amount))
    counted, among = value.sides
    others = {*among.records} - {*counted.records}
    within = (o for o in value.beside if o.number and others.issuperset(o.records))
    named = [Mark(other.name, other.number, plain(other)) for other in within]
    if [mark.amount for mark in named] == [left]:
        return named
    named[:1] = [replace(mark, label=f"其中{mark.label}") for mark in named[:1]]
    return [Mark("其余", Fraction(left), f"{left}{unit}"), *named]


def _side(view: View, name: str, number: int) -> Mark:
    """What a ratio is made of, in its own words where it may be printed itself: by the name under which
    the same is published, where it serves others only."""
    whole, _, part = name.partition(".")
    value = view.values.get(whole)
    if value and not value.definition.printed:
        same = (v for v in view.numbered if v.records == value.records and alike(v, value))
        value = next(same, value)
        whole = value.name
    value = value.part(part) if value and part else value
    is_known = value is not None and value.number is not None
    words = plain(value) if value and is_known else str(number)
    return Mark(f"{whole}中的{part}" if part else whole, Fraction(number), words)


def _months(view: View, value: Value) -> Chart | None:
    """What a figure is in each month; nothing where a month's few could be recognised."""
    narrative = view.source.narrative
    if value.sensitive or narrative is None:
        return None
    if not (amounts := monthly(value, view.settings, narrative.meta.written)):
        return None
    marks, rows = [], []
    for month, amount in enumerate(amounts, 1):
        digits = "" if amount is None else value.rounded(amount, value.definition.decimals)
        marks.append(Mark(f"{month}月", amount, digits or "—"))
        rows.append((f"{month}月", f"{digits}{value.unit}" if digits else "暂无"))
    text = f"全年{plain(value)}：" * (None not in amounts)
    text += "，".join(f"{month}{words}" for month, words in rows) + "。"
    table = Table(f"{value.heading}，{value.year}年各月", ("月份", value.name), rows, (1,))
    title = _title(view, value, "逐月", view.series(value), amounts)
    drawing = shapes.columns(text, marks, [amounts])
    return _made(value, title, text, table, drawing, is_flat=len({*amounts} - {None}) < 2)


_KINDS: Mapping[str, Callable[[View, Value], Chart | None]] = {
    "柱": _over_years,
    "线": partial(_over_years, kind="线"),
    "分项": _parts,
    "比率": _share,
    "逐月": _months,
}
