"""Shows a roll-up: a table on the screen, and tables for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import groupby

from fazhi.commands.rollup.model import SCHEMA, Combined, LeftOut, Rollup, schema, written
from fazhi.output.data.tables import Column, Table
from fazhi.personal import masked
from fazhi.problems.formats import width
from fazhi.problems.quoting import printable
from fazhi.report.editions import Edition
from fazhi.schema.numerals import exact, percent

NAMED = 5  # how many townships the screen names; rollup.json has all
PAIRS = 20  # how many pairs of reports
LONGEST = 40  # how many characters of a name the screen shows


def files(rollup: Rollup) -> dict[str, bytes]:
    """What a roll-up is written as, by the names of the files."""
    tables = {f"{table.name}.csv": table.csv for table in (_of_figures(rollup), _of_parts(rollup))}
    return {"rollup.json": written(rollup), SCHEMA: schema(), **tables}


def table(rollup: Rollup) -> Iterator[str]:
    """The lines of a table: every definition with its number and the townships behind it."""
    edition = "公开版" if rollup.edition is Edition.PUBLIC else "内部版（内部资料，不得对外公布）"
    yield f"{rollup.year} 年，{len(rollup.townships)} 个乡镇，{edition}"
    rows = [
        (f"  {_short(f.name)}", _number(f), f"{f.counted}/{len(rollup.townships)}", f.measure)
        for f in rollup.figures
    ]
    head = ("指标", "合计", "乡镇", "统计")
    widths = [max(map(width, column)) for column in zip(head, *rows, strict=True)]
    yield from ("", _line(head, widths))
    pairs = zip(rollup.figures, rows, strict=True)
    for section, held in groupby(pairs, lambda pair: pair[0].section):
        yield _short(section)
        for figure, row in held:
            yield _line(row, widths)
            if figure.parts:
                parts = "，".join(f"{_short(name)} {n}" for name, n in figure.parts.items())
                yield f"    其中：{parts}"
    noted = [(figure, list(_notes(figure))) for figure in rollup.figures]
    if any(notes for _, notes in noted):
        yield from ("", "没有加进去的（不当作 0，也不估计）和别的叫法：")
        for figure, notes in noted:
            which = f"（{_short(figure.definition, 2 * LONGEST)}）" if figure.rivals else ""
            yield from (f"  {_short(figure.name)}{which}：{note}" for note in notes)
    yield from _copied(rollup)
    yield from ("", "乡镇：数加进去的/全部。比率从分子、分母各自的和算出，不是平均；")
    yield "最新值是各乡镇年末的数之和，不同年份的不相加。"


def _copied(rollup: Rollup) -> Iterator[str]:
    """Which reports share sentences, and how many of each."""
    if rollup.copied or rollup.common:
        yield from ("", "报告里一样的句子（数字、日期、地名不算）：")
    unanswered = [one for one in rollup.copied if not one.reused]
    for one in unanswered[:PAIRS]:
        same = len(one.sentences)
        who = "、".join(f"{_short(name)}（{of}句）" for name, of in one.townships.items())
        yield f"  {who}：{same}句，如“{_short(one.sentences[0])}”"
    if len(unanswered) > PAIRS:
        yield f"  还有 {len(unanswered) - PAIRS} 对，见 rollup.json"
    if answered := len(rollup.copied) - len(unanswered):
        yield f"  另有 {answered} 对，有一个乡镇写明了沿用的理由"
    if rollup.common:
        yield f"  十个以上的乡镇都有的 {len(rollup.common)} 句，多半是统一的表述，没有两两比"


def _number(figure: Combined) -> str:
    if figure.value is None:
        return "暂无"
    if figure.numerator is None or figure.denominator is None:
        return f"{exact(Fraction(str(figure.value)))}{_short(figure.unit)}"
    rate = percent(Fraction(figure.numerator * 100, figure.denominator))
    return f"{rate}%（{figure.numerator}/{figure.denominator}）"


def _notes(figure: Combined) -> Iterator[str]:
    """What was not added of a figure, and what else it is called, a sentence each."""
    for one in figure.left_out:
        yield f"{one.reason} {_who(one, figure)}"
    if figure.parts_left_out:
        whom = "；".join(f"{one.reason} {_who(one, figure)}" for one in figure.parts_left_out)
        yield f"分项不能合并，只有合计：{whom}"
    if figure.other_names:
        yield f"口径一样，也叫：{_some(figure.other_names)}"


def _who(one: LeftOut, figure: Combined) -> str:
    if one.townships is not None:
        return f"{one.count} 个：{_some(one.townships)}"
    return f"{one.count} 个；公布的只有 {_some(figure.published_by or ())}"


def _some(names: Sequence[str]) -> str:
    return "、".join(map(_short, names[:NAMED])) + ("等" if len(names) > NAMED else "")


def _short(text: str, most: int = LONGEST) -> str:
    shown = printable(masked(text))
    return shown if len(shown) <= most else f"{shown[:most]}…"


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
