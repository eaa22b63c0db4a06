"""The picture of a figure, as figures.yml asks for it: 柱, 线, 分项, 比率, 逐月."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from markupsafe import Markup

from fazhi.figures.measures import alike
from fazhi.figures.series import Point, Series
from fazhi.figures.value import OTHER, Value
from fazhi.figures.wording import plain
from fazhi.figures.yearly import monthly
from fazhi.output import numbers
from fazhi.output.pictures import shapes
from fazhi.output.pictures.model import Chart
from fazhi.output.pictures.shapes import Mark
from fazhi.output.view import Table, View
from fazhi.report import captions
from fazhi.report.findings import Months, finding
from fazhi.schema.definition import NOT_SAID
from fazhi.schema.kinds import KINDS
from fazhi.schema.numerals import percent, stripped


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


def _bars(view: View, value: Value) -> Chart:
    return _over_years(view, value, "柱", shapes.bars)


def _course(view: View, value: Value) -> Chart:
    # Of one year there is no course, of two no more than bars say.
    is_course = len(view.series(value).points) > 2
    return _over_years(view, value, "线", shapes.course if is_course else shapes.bars)


def _over_years(
    view: View, value: Value, kind: str, shape: Callable[..., Markup], parts: Sequence[Mark] = ()
) -> Chart:
    """A mark a year; the parts of the newest are said and listed only."""
    series = view.series(value)
    marks = [_mark(point, is_newest=point is series.points[-1]) for point in series.points]
    told = "".join(shapes.said(held) for held in (marks, parts) if held)
    drawn = shape(told, marks, Fraction(100) if value.unit == "%" else None)
    rows = [
        (mark.label, numbers.figure(point.value, tail=mark.note) if point.value else mark.words)
        for mark, point in zip(marks, series.points, strict=True)
    ]
    rows += [(mark.label, mark.words) for mark in parts]
    table = Table(f"{value.name}，各年", ("年份", value.name), rows, (1,))
    return Chart(value.name, _title(view, value, kind, series), told, drawn, table)


def _mark(point: Point, *, is_newest: bool) -> Mark:
    value, label = point.value, f"{point.year}年"
    if value is None or value.number is None:
        return Mark(label, None, plain(value) if value else "暂无")
    style = "unlike" if not point.is_alike else "main" if is_newest else "other"
    return Mark(label, value.base, plain(value), style)


def _parts(view: View, value: Value) -> Chart | None:
    """Of parts that are not one whole, as a record may be in several of them, none is drawn behind.

    Bars of one length say nothing: where the title names the parts, the years are drawn instead.
    """
    if not value.parts or [*value.parts] == [OTHER]:
        return None
    last, order = (OTHER, *NOT_SAID), _order(view, value)
    held = sorted(
        value.parts.items(), key=lambda part: (part[0] in last, order.get(part[0], 0), -part[1])
    )
    marks = [Mark(name, Fraction(n), f"{n}{value.unit}", "main") for name, n in held]
    series = view.series(value)
    title = _title(view, value, "分项", series)
    is_told = len({*value.parts.values()}) == 1 and all(name in title for name in value.parts)
    if is_told and len(series.points) > 1 and not {"柱", "线"} & {*value.definition.pictures}:
        return _over_years(view, value, "分项", shapes.bars, marks)
    is_whole = value.number == sum(value.parts.values())
    told = shapes.said(marks)
    if is_whole and (whole := value.number):
        shares = [stripped(percent(Fraction(n * 100) / whole, 1)) for _, n in held]
        pairs = zip(marks, shares, strict=True)
        told = "；".join(f"{mark.label}{mark.words}，占{share}%" for mark, share in pairs)
        told = f"共{plain(value)}：{told}。"
    drawn = shapes.bars(told, marks, value.number if is_whole else None, f"全部{plain(value)}")
    rows: list[Sequence[object]] = [
        (name, numbers.part(value, name, n, value.unit)) for name, n in held
    ]
    rows += [("合计", numbers.figure(value))] if is_whole else []
    table = Table(f"{value.heading}，各项", ("分项", "数量"), rows, (1,))
    return Chart(value.name, title, told, drawn, table)


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
    drawn = shapes.share(text, "" if rate in title else rate, part, rest, whole)
    rows = [*((mark.label, mark.words) for mark in marks), (value.name, numbers.figure(value))]
    table = Table(f"{value.name}，怎样得来", ("项目", "数量"), rows, (1,))
    return Chart(value.name, title, text, drawn, table)


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
    rest = Mark("其余", Fraction(left), f"{left}{unit}")
    return [rest, *(replace(mark, label=f"其中{mark.label}") for mark in named)]


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
    drawn = shapes.columns(text, marks, [amounts])
    table = Table(f"{value.heading}，{value.year}年各月", ("月份", value.name), rows, (1,))
    title = _title(view, value, "逐月", view.series(value), amounts)
    return Chart(value.name, title, text, drawn, table)


_KINDS: Mapping[str, Callable[[View, Value], Chart | None]] = {
    "柱": _bars,
    "线": _course,
    "分项": _parts,
    "比率": _share,
    "逐月": _months,
}
