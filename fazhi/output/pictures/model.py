"""What a year's 一图读懂 shows, whatever it is printed on: every text computed, nothing laid out."""

from dataclasses import dataclass

from fazhi.output.table import Table


@dataclass(frozen=True)
class Chart:
    """One picture of a figure.

    `finding` is its title, a sentence made of the values; `text` is what it says to one who does
    not see it; `drawing` is a whole <svg>, of attributes and classes and without scripts or styles,
    or "" where it would show no more than is said; `words` stand in its place, where the title does
    not say them; `table` has the same numbers; `note` is the figure's, at its first picture.
    """

    figure: str
    finding: str
    text: str
    drawing: str
    table: Table
    note: str = ""
    words: str = ""


@dataclass(frozen=True)
class KeyFigure:
    """A figure in large print: its words, the year before, the change, and where that points.

    `figure` names its row of the evidence, `name` says it with the day up to which it counts. `last`
    and `change` are empty where there is nothing to say of the year before. `direction` is 1 for more, -1 for less, 0 for the same, None where nothing is compared. `note` explains what it counts
    or why it moved, a sentence or nothing. `parts` are those of a breakdown that has few.
    """

    figure: str
    name: str
    words: str
    last: str = ""
    change: str = ""
    direction: int | None = None
    note: str = ""
    parts: str = ""


@dataclass(frozen=True)
class Changes:
    """What changed alike since last year: 比上年多的, 新出现的; of nothing, `figures` is empty."""

    name: str
    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True)
class Block:
    """What the report itself says in a block, 不足 or 安排: the `points`, each a heading and its first
    sentence, one of which may be empty."""

    name: str
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Panel:
    """A section and its pictures."""

    section: str
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class Infographic:
    """The whole: `marks` are what every form must be marked with (示例, 草稿), `notices` its corrections;
    `scope` is what `changes` are of, `contact` whom to ask, each a sentence or nothing."""

    title: str
    issuers: tuple[str, ...]
    written: str
    keys: tuple[KeyFigure, ...]
    changes: tuple[Changes, ...]
    scope: str
    panels: tuple[Panel, ...]
    blocks: tuple[Block, ...]
    contact: str
    sources: tuple[str, ...]
    marks: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def mark(self) -> str:
        """All marks in short, for what may be seen without the head: 示例数据 草稿."""
        return " ".join(mark.partition("：")[0] for mark in self.marks)
