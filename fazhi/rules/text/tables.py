"""Rules about tables: what their 合计 adds up (FZ806 of cells), and that no cell is lost."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from fazhi import regex as re
from fazhi.pattern import Pattern
from fazhi.problems.problem import ERROR, Problem
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.rules.text.lexicon import Lexicon
from fazhi.rules.text.passage import Passage
from fazhi.rules.text.sums import true_sums
from fazhi.schema.numerals import exact
from fazhi.schema.units import base, power

RULES = Checks[[Passage, Lexicon]]()

Cell = re.Match[str]
_TABLE = r"(?m)(?:^\|[^\n]*\|(?:\n|$)){3,}"
_TOTAL = "[（(]?(?:[总合共][计数]|(?P<so_far>小计))(?:[（(].*)?"
_NOT_ADDED = "率|占|比|均|[增减]|序号|排名|其中|最|上年"
_EMPTY = "[-—–/]*"
_NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<parts>\d+))?(?P<unit>[^\d余多%‰]{0,3})"


@finds(ERROR, RULES)
def no_more_cells_than_heads(passage: Passage, _: Lexicon) -> Found:
    """FZ808: 表里的一行，格子不比表头多；表头下面的横线，同表头一样多。

    多出来的格子没有表头，网页和公文里都印不出来，写在里面的话不知不觉就没有了。横线的格数不一样的，整张表照原样印成一串符号。
    改法：给它添一栏表头，或者删去多出来的 `|`；格子里要写竖线的，写成 `\\|`。
    """
    for table in _RULED.finditer(passage.text):
        is_framed = table["head"].startswith("|") or table["head"].rstrip().endswith("|")
        heads = len(_bars(table["head"], is_framed))
        lines = len(_bars(table["line"], is_framed))
        if lines != heads and "|" in table["line"]:  # else it ends front matter
            message = f"横线有 {lines + 1} 格，表头有 {heads + 1} 格，不成表"
            yield passage, table.start("line"), message, "横线同表头写一样多的格"
            continue
        for row in re.finditer("[^\n]+", table["rows"]):
            bars = _bars(row[0], is_framed)
            if len(bars) > heads == lines:
                message = f"这一行有 {len(bars) + 1} 格，表头只有 {heads + 1} 格"
                hint = "给多出来的格子添上表头，或者删去多出来的竖线"
                place = table.start("rows") + row.start() + bars[heads]
                yield passage, place, message, hint


def _bars(row: str, is_framed: bool) -> list[int]:
    """Where cells part in a row; where its table is framed, a bar at its beginning or end parts none."""
    found = [bar.start() for bar in re.finditer(r"\\[\\|]|`[^`]*`|(\|)", row) if bar[1]]
    if is_framed:
        edges = {len(row) - len(row.lstrip(" >")), len(row.rstrip()) - 1}
        found = [bar for bar in found if bar not in edges]
    return found


_RULED = Pattern(
    r"^[ >]*(?P<head>(?=[^\n]*\|)[^ >\n][^\n]*)\n[ >]*(?P<line>[|:-][|: -]*)\n"
    r"(?P<rows>(?:[ >]*[^\s>][^\n]*(?:\n|\Z))+)",
    flags=re.MULTILINE,
)
"""A table: its heads, the line beneath them, its rows."""


def true_totals(passage: Passage, _: Lexicon) -> Iterator[Problem]:
    """The 合计 of a column, or at the end of a row, that is not what stands above or before it."""
    if "|" not in passage.text or "计" not in passage.text:
        return
    text = passage.plain
    for table in re.finditer(_TABLE, text.text):
        lines = [*re.finditer(r"\|(?![|:-]+\n).+\|", table[0])]
        head, *rows = ([*re.finditer(r"[^|\n]+(?=\|)|(?<=\|)(?=\|)", line[0])] for line in lines)
        names = [cell[0] for cell in head]
        if any("其中" in row[0][0] for row in rows):
            continue
        for at, row in enumerate(rows):
            total = re.fullmatch(_TOTAL, row[0][0])
            for column, cell in enumerate(row[: len(names)]):
                found = []
                if total and column and not re.search(_NOT_ADDED, names[column]):
                    found = _above(rows[:at], column, is_part=bool(total["so_far"]))
                elif column == len(names) - 1 and re.fullmatch(_TOTAL, names[column]) and not total:
                    found = [] if re.search(_NOT_ADDED, "".join(names)) else row[1:column]
                if wrong := _difference(cell, found):
                    place = table.start() + lines[at + 1].start() + cell.start()
                    fault = true_sums.fault(wrong, "核对各项和合计", passage.where)
                    yield passage.problem(text.at(place), fault)


def _above(rows: Sequence[Sequence[Cell]], column: int, *, is_part: bool) -> list[Cell]:
    """The cells that a total adds up: all but totals so far, or those since the last of them."""
    found: list[Cell] = []
    for row in rows:
        if not re.fullmatch(_TOTAL, row[0][0]):
            found += row[column : column + 1]
        elif is_part:
            found.clear()
    return found


def _difference(cell: Cell, parts: Sequence[Cell]) -> str:
    """What is wrong with a total; nothing where a cell is not exact, or of another unit."""
    if re.fullmatch(_EMPTY, cell[0]):
        return ""
    filled = (one[0] for one in (cell, *parts) if not re.fullmatch(_EMPTY, one[0]))
    read = [re.fullmatch(_NUMBER, text) for text in filled]
    known = [one for one in read if one]
    if len(known) < len(read) or len(known) < 3:
        return ""
    digits = (f"{one['number']}.{one['parts'] or 0}".replace(",", "") for one in known)
    total, *numbers = map(Fraction, digits)
    units = {(base(one["unit"]), power(one["unit"])) for one in known if one["unit"]}
    decimals = max(len(one["parts"] or "") for one in known)
    most = Fraction(len(numbers) + 1) / 2 / 10**decimals if decimals else 0  # each is rounded
    if len(units) > 1 or abs(sum(numbers) - total) <= most:
        return ""
    return f"各项合起来是 {exact(sum(numbers, Fraction(0)))}，写的是 {cell[0]}"
