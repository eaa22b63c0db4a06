"""The page of an official document, by GB/T 9704-2012, for Word file and PDF. Lengths are in points
where nothing else is noted; 72 make an inch, 25.4 mm."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wcwidth import wcswidth

from fazhi.output.names import Names, parted, within

MM = 72 / 25.4
PAGE = (210 * MM, 297 * MM)
TOP, LEFT = 37 * MM, 28 * MM
TYPE_AREA = (156 * MM, 225 * MM)
RIGHT = PAGE[0] - LEFT - TYPE_AREA[0]
BOTTOM = PAGE[1] - TOP - TYPE_AREA[1]
LINES, CHARACTERS = 22, 28
PITCH = 28.95  # from one line to the next: 22 of them fill the type area
# From one character to the next: a little less than 三号 is wide, so that 28 fill a line
ADVANCE = TYPE_AREA[0] / CHARACTERS
PAGE_NUMBER_BELOW = 7 * MM  # from the type area down to the page number's line
TITLE_SIZE, BODY_SIZE, PAGE_NUMBER_SIZE = 22.0, 16.0, 14.0  # 二号、三号、四号
# 五号: the standard leaves tables and what is printed in the margin to the office
TABLE_SIZE = NOTICE_SIZE = 10.5
CELL_MARGIN = 8.3  # what the two sides of a cell take, and a little more
_WORD = r"[（《“〔]*(?:\d+年?度?|[!-~]{1,20}|.)[，。、；：）》”〕]*"
_SEAM = re.compile(r"[!-~](?=[^\x00-\x7f])|[^\x00-\x7f](?=[!-~])")
_NUMBER = re.compile(r"\d[\d,.]*[余多]?[万亿]?[余多]?[^\d\s]{0,2}")  # with what it counts


@dataclass(frozen=True)
class Face:
    """A typeface: the name that Word is given, and what stands in for it, best first."""

    name: str
    stand_ins: tuple[str, ...]

    @property
    def families(self) -> tuple[str, ...]:
        return self.name, *self.stand_ins


# Noto Serif SC and Noto Sans SC come with the program (pylopdf-fonts-zh-cn): the last Song, and the
# last Hei but those that are drawn for screens.
_FREE_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "Noto Serif SC")
_FREE_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "Source Han Sans CN")
_SONG = ("SimSun", "宋体", "NSimSun", "STSong", "Songti SC", *_FREE_SERIF)
_HEI = (*_FREE_SANS, "Microsoft YaHei", "PingFang SC", "Noto Sans SC")
_REST = (*_HEI, "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")

FANG_SONG = Face(
    "仿宋_GB2312", ("FangSong_GB2312", "仿宋", "FangSong", "STFangsong", *_SONG, *_REST)
)
KAI = Face("楷体_GB2312", ("KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "Kaiti SC", *_SONG, *_REST))
HEI = Face("黑体", ("SimHei", "STHeiti", "Heiti SC", *_REST, *_SONG))
BIAO_SONG = Face(
    "方正小标宋简体",
    ("FZXiaoBiaoSong-B05S", "方正小标宋_GBK", "FZXiaoBiaoSong-B05", "STZhongsong", *_SONG, *_REST),
)
SONG = Face("宋体", (*_SONG[:1], *_SONG[2:], *_REST))
FACES = (FANG_SONG, KAI, HEI, BIAO_SONG, SONG)

# Of the levels 一、（一）1.（1）; none is bold
HEADING_FACES = (HEI, KAI, FANG_SONG, FANG_SONG)


def width(text: str) -> float:
    """How many characters wide a line is: a letter or digit takes half of one."""
    return max(wcswidth(text), 0) / 2


def lines(text: str, most: float, names: Names) -> list[str]:
    """A text in as few lines as there may be, of about one length, none wider than `most` characters.
    A name is broken only where it is wider, and then where a part of it ends, if it can."""
    pieces = [
        piece
        for place, part in enumerate(parted(text, names))
        for piece in (_name(part, most, names) if place % 2 else re.findall(_WORD, part))
    ]
    fewest = len(_filled(pieces, most))
    tried = (*range(math.ceil(width(text) / fewest), math.ceil(most)), most)
    return next(found for each in tried if len(found := _filled(pieces, each)) == fewest)


def _name(name: str, most: float, names: Names) -> list[str]:
    if width(name) <= most:
        return [name]
    return [p for part in within(name, names) for p in ([part] if width(part) <= most else part)]


def _filled(pieces: Iterable[str], most: float) -> list[str]:
    found = [""]
    for piece in pieces:
        if found[-1] and width(found[-1] + piece) > most:
            found.append("")
        found[-1] += piece
    return found


def signature_indents(signed: Sequence[str]) -> tuple[float, float]:
    """By how many characters the lines of 署名, and 成文日期, are indented, without a seal: the longest
    ends two before the right edge, the date begins two after the issuers."""
    *issuers, day = map(width, signed)
    left = max(min(CHARACTERS - 2 - max(issuers), CHARACTERS - 4 - day), 0)
    return left, left + 2


def columns(rows: Iterable[Sequence[str]]) -> tuple[float, list[float]]:
    """The size of a table's type, and the width of each column: what its longest cell needs.

    Where that is too much for a line, the widest give way, so that short cells stay on one line.
    No number is broken, and none crosses its border: where there are too many, the type is smaller.
    """
    held = list(zip(*rows, strict=True))
    wanted = [max(3.0, *map(_spaced, column)) for column in held]
    numbers = (_NUMBER.findall(" ".join(column)) for column in held)
    least = [max([3.0, *map(_whole, each)]) for each in numbers]
    room = TYPE_AREA[0] - CELL_MARGIN * len(held)
    size = min(TABLE_SIZE, int(room / sum(least) * 2) / 2) if room > sum(least) else 1.0
    most = max(wanted)
    while sum(map(max, least, (min(most, each) for each in wanted))) * size > room and most > 0:
        most -= 0.5
    given = map(max, least, (min(most, each) for each in wanted))
    parts = [each * size + CELL_MARGIN for each in given]
    return size, [TYPE_AREA[0] * part / sum(parts) for part in parts]


def _spaced(text: str) -> float:
    """How wide a line is with the quarter of a character that is set between Chinese and digits."""
    return width(text) + len(_SEAM.findall(text)) / 4


def _whole(number: str) -> float:
    """How wide a number is with its unit: the digits of some faces are wider than half a character."""
    return _spaced(number) + sum(map(str.isdigit, number)) / 20
