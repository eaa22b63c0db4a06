"""Shows a roll-up: a table on the screen, and tables for a spreadsheet."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from fazhi.commands.rollup.model import SCHEMA, Combined, LeftOut, Rollup
from fazhi.commands.texts import TEMPLATES, filled
from fazhi.output.data.json_files import schema_of, written
from fazhi.output.data.tables import Column, Table, marked
from fazhi.personal import masked
from fazhi.problems.formats import aligned
from fazhi.problems.quoting import printable
from fazhi.schema.numerals import exact, percent

PAIRS = 20  # how many pairs of reports
LONGEST = 40  # how many characters of a name the screen shows
_FIGURES = (
    "板块 指标 统计 合计 单位 分子 分母 加进去的乡镇 全部乡镇 没有加进去的 分项 也叫 口径 指纹"
)
_PARTS = "指标 分项 合计 单位 指纹"  # the columns of the tables


def files(rollup: Rollup) -> dict[str, bytes]:
    """What a roll-up is written as, by the names of the files."""
    documents = {
        f"rollup{rollup.tail}.json": rollup.model_dump(mode="json"),
        SCHEMA: schema_of("几个乡镇的指标汇总（rollup.json）", Rollup),
    }
    figures = (_cells(figure, len(rollup.townships)) for figure in rollup.figures)
    parts = (row for figure in rollup.figures for row in _parts(figure))
    return {
        **{name: written(made).encode() for name, made in documents.items()},
        f"rollup{rollup.tail}.csv": _csv(_FIGURES, figures, rollup),
        f"rollup-parts{rollup.tail}.csv": _csv(_PARTS, parts, rollup),
    }


def table(rollup: Rollup) -> str:
    """A table: every definition with its number and the townships behind it, and what is left out."""
    cells = [("指标", "合计", "乡镇", "统计")]
    for f in rollup.figures:
        townships = f"{f.counted}/{len(rollup.townships)}"
        cells.append((f"  {_short(f.name)}", _number(f), townships, f.measure))
    head, *lines = aligned(cells)
    rows = [*zip(rollup.figures, lines, strict=True)]
    return filled("rollup.txt", rollup=rollup, head=head, rows=rows, pairs=PAIRS)


def _number(figure: Combined) -> str:
    if figure.value is None:
        return "暂无"
    if figure.numerator is None or figure.denominator is None:
        return f"{exact(Fraction(str(figure.value)))}{_short(figure.unit)}"
    rate = percent(Fraction(figure.numerator * 100, figure.denominator))
    return f"{rate}%（{figure.numerator}/{figure.denominator}）"


def _short(text: str, most: int = LONGEST) -> str:
    shown = printable(masked(text))
    return shown if len(shown) <= most else f"{shown[:most]}…"


TEMPLATES.filters["short"] = _short


def _csv(columns: str, rows: Iterable[Iterable[object]], rollup: Rollup) -> bytes:
    named = [Column(name, "") for name in columns.split()]
    return marked(Table("", "", named, [tuple(row) for row in rows]), "；".join(rollup.marks)).csv


def _cells(figure: Combined, townships: int) -> Iterator[str | float]:
    what = (figure.section, figure.name, figure.measure, figure.value, figure.unit)
    sides = (figure.numerator, figure.denominator, figure.counted, townships)
    yield from ("" if cell is None else cell for cell in (*what, *sides))
    for left_out in (figure.left_out, figure.parts_left_out):
        yield "；".join(_of_whom(one, figure) for one in left_out)
    yield from ("、".join(figure.other_names), figure.definition, figure.fingerprint)


def _of_whom(one: LeftOut, figure: Combined) -> str:
    if one.townships is not None:
        return f"{one.reason}：{'、'.join(one.townships)}"
    return f"{one.reason}：{one.count} 个，公布的只有{'、'.join(figure.published_by or ())}"


def _parts(figure: Combined) -> Iterator[tuple[object, ...]]:
    for name, number in (figure.parts or {}).items():
        yield figure.name, name, number, figure.unit, figure.fingerprint
