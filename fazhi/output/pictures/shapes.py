"""The shapes that a picture has: bars in rows, a line over years, a part of a whole, columns by month.

All begin at 0, have their numbers on their marks, and say in words what they show.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from markupsafe import Markup

from fazhi.figures.wording import DIFFERENT
from fazhi.output.pictures import drawing
from fazhi.output.pictures.drawing import SIZE, WIDTH

_ROW, _BAR = 27.0, 16.0
_LEAST = 2.0  # what is not 0 is seen, beside whatever
_ABOVE, _HIGH, _BELOW = 26.0, 104.0, 24.0  # of what stands on a base line


@dataclass(frozen=True)
class Mark:
    """A number in a picture: of what it is, how much (None for a gap), and in words; its `style` is main,
    other, or unlike for what may not be compared."""

    label: str
    amount: Fraction | None
    words: str
    style: str = "other"

    @property
    def note(self) -> str:
        """What has to be said behind its words."""
        return f"（{DIFFERENT}）" if self.style == "unlike" else ""


def said(marks: Sequence[Mark]) -> str:
    """What marks say, as a sentence."""
    return "，".join(mark.label + mark.words + mark.note for mark in marks) + "。"


def bars(told: str, marks: Sequence[Mark], whole: Fraction | None = None) -> Markup:
    """A row for each mark, its bar as long as it is much; of a whole, what it leaves of 100% is pale."""
    top = whole or max((mark.amount or 0 for mark in marks), default=0) or 1
    left = max(drawing.width(mark.label) for mark in marks) + 8
    above = 0.0 if left < WIDTH * 0.4 else SIZE + 5  # long labels stand above their bars
    left = 1.0 if above else left
    room = WIDTH - left - max(drawing.width(mark.words + mark.note) for mark in marks) - 8
    pitch, drawn = _ROW + above, list[Markup]()
    for place, mark in enumerate(marks):
        y = place * pitch + above + (_ROW - _BAR) / 2
        base = y + _BAR / 2 + SIZE * 0.36
        if above:
            drawn.append(drawing.text("label", 0, y - 5, mark.label))
        else:
            drawn.append(drawing.text("label", left - 8, base, mark.label, "end"))
        if whole:
            drawn.append(drawing.bar("whole", left, y, room, _BAR))
        if length := float((mark.amount or 0) / top) * room:
            drawn.append(drawing.bar(mark.style, left, y, _seen(length, room), _BAR))
        style = "muted" if mark.amount is None else "label"
        end = left + (room if whole else length) + 7
        drawn.append(drawing.text(style, end, base, mark.words + mark.note))
    height = len(marks) * pitch
    drawn.append(drawing.line("axis", [(left, 0), (left, height)]))
    return drawing.svg(height, told, drawn)


def course(told: str, marks: Sequence[Mark], whole: Fraction | None = None) -> Markup:
    """A line over the years, broken where there is a gap or what may not be compared."""
    top = whole or max((mark.amount or 0 for mark in marks), default=0) or 1
    left, base = (50.0 if whole else 24.0), _ABOVE + _HIGH
    step = (WIDTH - left - 60) / max(len(marks) - 1, 1)
    at = [left + 30 + step * place for place, _ in enumerate(marks)]
    heights = [base - float((mark.amount or 0) / top) * _HIGH for mark in marks]
    drawn = [drawing.line("axis", [(left, base), (WIDTH, base)])]
    drawn.append(drawing.text("label", left - 6, base + 4, "0", "end"))
    if whole:
        drawn.append(drawing.line("rule", [(left, _ABOVE), (WIDTH, _ABOVE)]))
        drawn.append(drawing.text("label", left - 6, _ABOVE + 4, f"{whole}%", "end"))
    joined = [mark.amount is not None and mark.style != "unlike" for mark in marks]
    for here in range(len(marks) - 1):
        if joined[here] and joined[here + 1]:
            ends = [(at[place], heights[place]) for place in (here, here + 1)]
            drawn.append(drawing.line("course", ends))
    for place, mark in enumerate(marks):
        style = "unlike" if mark.style == "unlike" else "main"
        if mark.amount is not None:
            drawn.append(drawing.dot(style, at[place], heights[place]))
    first = sorted(range(len(marks)), key=lambda place: _rank(marks, place))
    words = [mark.words if mark.amount is not None else "—" for mark in marks]
    for place, x in _placed(at, words, SIZE, first):
        is_last, around = place + 1 == len(marks), heights[max(place - 1, 0) : place + 2]
        # Below the lowest of its neighbours, where no line is, if there is room for it; and what is
        # hardly less than the whole is not above it.
        is_lowest = heights[place] > max(around[0], around[-1])
        is_low = is_lowest or (bool(whole) and heights[place] < 46)
        is_below = is_low and heights[place] < base - 26
        y = heights[place] + (22 if is_below else -10)
        drawn.append(drawing.text("last" if is_last else "over", x, y, words[place], "middle"))
    for place, x in _placed(at, [mark.label for mark in marks], SIZE, first):
        drawn.append(drawing.text("label", x, base + 17, marks[place].label, "middle"))
    below = base + _BELOW
    if any(mark.style == "unlike" for mark in marks):
        drawn.append(drawing.dot("unlike", left + 6, below + 10))
        drawn.append(drawing.text("label", left + 16, below + 14, f"{DIFFERENT}，不同别的年份相连"))
        below += 20
    return drawing.svg(below, told, drawn)


def _rank(marks: Sequence[Mark], place: int) -> tuple[bool, bool, int]:
    """Whose label comes first: the newest's and oldest's, the greatest's and least's, then the newer."""
    amounts = [mark.amount for mark in marks if mark.amount is not None]
    is_end = place in (0, len(marks) - 1)
    return not is_end, marks[place].amount not in (min(amounts), max(amounts)), -place


def _placed(
    at: Sequence[float], words: Sequence[str], size: float, first: Sequence[int]
) -> Iterator[tuple[int, float]]:
    """Where the middles of labels are, those that come `first` before the others: none touches another
    or leaves the picture."""
    taken: list[tuple[float, float]] = []
    for place in first:
        half = drawing.width(words[place], size) / 2
        x = max(half, min(at[place], WIDTH - half))
        if all(x + half + 3 <= start or end <= x - half - 3 for start, end in taken):
            taken.append((x - half, x + half))
            yield place, x


def share(told: str, rate: str, part: Mark, rest: Sequence[Mark], whole: Mark) -> Markup:
    """A part of a whole that is as wide as the picture, what is left of it, and what that holds; above it
    the rate, where this is told nowhere else."""
    wide = WIDTH - 2
    length = float((part.amount or 0) / (whole.amount or 1)) * wide
    y = 38.0 if rate else 1.0
    drawn = [
        *([drawing.text("great", 0, 28, rate)] if rate else []),
        drawing.bar("whole", 1, y, wide, 22),
        *([drawing.bar("main", 1, y, _seen(length, wide), 22)] if length else []),
        drawing.text("label", 0, y + 44, f"整条：{whole.label} {whole.words}"),
    ]
    y += 44
    for style, marks in (("main", (part,)), ("whole", rest)):
        for place, line in enumerate(_lines(marks, WIDTH - 20)):
            y += 22
            if place == 0:
                drawn.append(drawing.bar(style, 1, y - 11, 12, 12))
            drawn.append(drawing.text("label", 20, y, line))
    return drawing.svg(y + 8, told, drawn)


def _seen(length: float, room: float) -> float:
    """How long a bar of a whole is drawn: never so short, or so long, that a part is not seen."""
    return min(max(length, _LEAST), room - _LEAST) if 0 < length < room else length


def _lines(marks: Sequence[Mark], room: float) -> list[str]:
    lines: list[str] = []
    for mark in marks:
        said = f"{mark.label} {mark.words}"
        if lines and drawing.width(f"{lines[-1]}，{said}") <= room:
            lines[-1] += f"，{said}"
        else:
            lines[-1:] = [f"{lines[-1]}，", said] if lines else [said]
    return lines


def columns(
    told: str, months: Sequence[Mark], kinds: Sequence[Sequence[Fraction | None]]
) -> Markup:
    """Months side by side, each with its number above it, 月 said once; several kinds of things stand on each other,
    the first one lowest."""
    top, base = max((mark.amount or 0 for mark in months), default=0) or 1, _ABOVE + _HIGH
    step = WIDTH / len(months)
    drawn = [drawing.line("axis", [(0, base), (WIDTH, base)])]
    for place, mark in enumerate(months):
        y = base
        for style, amounts in enumerate(kinds):
            if high := float((amounts[place] or 0) / top) * _HIGH:
                high = max(high, _LEAST)
                y -= high
                drawn.append(drawing.bar(f"s{style}", (place + 0.2) * step, y, step * 0.6, high))
        label = mark.label if place == 0 else mark.label.removesuffix("月")
        drawn.append(drawing.text("label", (place + 0.5) * step, base + 18, label, "middle"))
    middles = [(place + 0.5) * step for place in range(len(months))]
    greatest_first = sorted(range(len(months)), key=lambda p: -(months[p].amount or 0))
    for place, x in _placed(middles, [mark.words for mark in months], SIZE, greatest_first):
        mark = months[place]
        y = base - float((mark.amount or 0) / top) * _HIGH - 5
        drawn.append(drawing.text("label", x, y, mark.words, "middle"))
    return drawing.svg(base + _BELOW, told, drawn)
