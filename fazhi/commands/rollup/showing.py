"""Shows a roll-up: a table on the screen, and tables for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fazhi.commands.rollup.model import SCHEMA, Combined, LeftOut, Rollup
from fazhi.commands.texts import TEMPLATES, filled
from fazhi.output.data.json_files import schema_of, written
from fazhi.output.data.tables import Column, Table
from fazhi.personal import masked
from fazhi.problems.formats import width
from fazhi.problems.quoting import printable
from fazhi.schema.numerals import exact, percent

PAIRS = 20  # how many pairs of reports
LONGEST = 40  # how many characters of a name the screen shows


def files(rollup: Rollup) -> dict[str, bytes]:
    """What a roll-up is written as, by the names of the files."""
    documents = {
        "rollup.json": rollup.model_dump(mode="json"),
        SCHEMA: schema_of("几个乡镇的指标汇总（rollup.json）", Rollup),
    }
    tables = {f"{table.name}.csv": table.csv for table in (_of_figures(rollup), _of_parts(rollup))}
    return {**{name: written(made).encode() for name, made in documents.items()}, **tables}


def table(rollup: Rollup) -> str:
    """A table: every definition with its number and the townships behind it, and what is left out."""
    cells = [("指标", "合计", "乡镇", "统计")]
    for f in rollup.figures:
        townships = f"{f.counted}/{len(rollup.townships)}"
        cells.append((f"  {_short(f.name)}", _number(f), townships, f.measure))
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    head, *lines = (_line(row, widths) for row in cells)
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


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    padded = (cell + " " * (most - width(cell)) for cell, most in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()


def _of_figures(rollup: Rollup) -> Table:
    columns = [
        Column("板块", "所属板块", required=True),
        Column("指标", "指标的名称", required=True),
        Column("统计", "怎么数", required=True),
        Column("合计", "加进去的乡镇合起来的数；比率是百分数；没有数的是空的", "number"),
        Column("单位", "计量单位"),
        Column("分子", "比率的分子之和", "integer"),
        Column("分母", "比率的分母之和", "integer"),
        Column("加进去的乡镇", "数加进去了的乡镇有几个", "integer", required=True),
        Column("全部乡镇", "一共几个乡镇", "integer", required=True),
        Column("没有加进去的", "哪些乡镇，为什么"),
        Column("分项", "分项能不能合并"),
        Column("也叫", "口径一样，别的乡镇叫什么"),
        Column("口径", "数什么、怎么数", required=True),
        Column("指纹", "口径的指纹", required=True),
    ]
    rows = [[*_cells(figure, len(rollup.townships))] for figure in rollup.figures]
    return Table("rollup", "指标汇总", columns, rows, ("指纹",))


def _cells(figure: Combined, townships: int) -> Iterator[str | float | None]:
    yield from (figure.section, figure.name, figure.measure, figure.value, figure.unit)
    yield from (figure.numerator, figure.denominator, figure.counted, townships)
    for left_out in (figure.left_out, figure.parts_left_out):
        yield "；".join(_of_whom(one, figure) for one in left_out)
    yield from ("、".join(figure.other_names), figure.definition, figure.fingerprint)


def _of_whom(one: LeftOut, figure: Combined) -> str:
    if one.townships is not None:
        return f"{one.reason}：{'、'.join(one.townships)}"
    return f"{one.reason}：{one.count} 个，公布的只有{'、'.join(figure.published_by or ())}"


def _of_parts(rollup: Rollup) -> Table:
    columns = [
        Column("指标", "指标的名称", required=True),
        Column("分项", "分项的名称", required=True),
        Column("合计", "各乡镇这一分项之和", "integer", required=True),
        Column("单位", "计量单位"),
        Column("指纹", "口径的指纹", required=True),
    ]
    rows = [
        (figure.name, name, number, figure.unit, figure.fingerprint)
        for figure in rollup.figures
        for name, number in (figure.parts or {}).items()
    ]
    return Table("rollup-parts", "分项汇总", columns, rows, ("指纹", "分项"))
