"""Problems as text for a terminal, as annotations for a code host, and as JSON for programs."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TextIO

from pydantic import BaseModel, Field

from fazhi.personal import masked
from fazhi.problems.problem import MOST_REPORTED, Problem, Severity
from fazhi.problems.quoting import printable
from fazhi.problems.rulebook import declared

WIDTH = 76  # columns of a long line that are shown
NEAR = 10 * WIDTH  # characters on each side of a fault that are looked at to fill them

_IN_TEXT, _IN_PROPERTY = "%\r\n", "%\r\n:,"
ReadLines = Callable[[str], Sequence[str]]
"""The lines of a file that may be shown, by its path; none where it cannot be read or must not be."""


class Style(NamedTuple):
    """What is put around parts of the text: nothing, or a terminal's colours."""

    error: str = ""
    warning: str = ""
    faint: str = ""
    end: str = ""


PLAIN = Style()
COLOURED = Style("\x1b[1;31m", "\x1b[1;33m", "\x1b[2m", "\x1b[0m")


def style_for(stream: TextIO, environment: Mapping[str, str]) -> Style:
    """Colours for a terminal, unless the user asked for none (NO_COLOR, see no-color.org)."""
    return COLOURED if stream.isatty() and not environment.get("NO_COLOR") else PLAIN


# Text


def line(problem: Problem, style: Style = PLAIN) -> str:
    """`path:line:column: 错误 FZ202 what is wrong。How to fix it`, as editors and logs read it."""
    where = f"{printable(masked(problem.path))}:{problem.line}:{problem.column}"
    colour = style.error if problem.severity is Severity.ERROR else style.warning
    return f"{where}: {colour}{problem.severity} {problem.rule}{style.end} {words(problem)}"


def words(problem: Problem) -> str:
    """What is wrong, and how to fix it."""
    return printable("。".join(filter(None, (problem.message, problem.hint))))


def text(problems: Iterable[Problem], read_lines: ReadLines, style: Style = PLAIN) -> Iterator[str]:
    """Each problem on a line of its own; below it the line of the file with a mark under the fault.

    The first problem of each rule is followed by what the rule is, and where its page is.
    """
    explained: set[str] = set()
    told: Counter[tuple[str, str]] = Counter()
    path: str | None = None
    lines: Sequence[str] = ()
    for problem in problems:
        if problem.path != path:
            path, lines = problem.path, read_lines(problem.path)
        yield line(problem, style)
        at_fault = lines[problem.line - 1] if problem.line <= len(lines) else ""
        for shown in _excerpt(at_fault, problem):
            yield f"{style.faint}{shown}{style.end}"
        told[problem.path, problem.rule] += 1
        if told[problem.path, problem.rule] == MOST_REPORTED:
            yield f"    这个文件里的 {problem.rule} 最多列 {MOST_REPORTED} 处，后面的改了再查"
        if problem.rule not in explained and problem.rule in declared:
            explained.add(problem.rule)
            rule = declared[problem.rule]
            yield f"{style.faint}    {rule.id}：{rule.title}详见 {rule.page}{style.end}"


def _excerpt(line: str, problem: Problem) -> Iterator[str]:
    """A line of a file with its number, and a mark as wide as the character under which it is."""
    if not line.strip():
        return
    column = problem.column - 1
    # Of a line of a megabyte only what may be shown is measured.
    before, at = line[max(column - NEAR, 0) : column], line[column : column + 1]
    after = line[column + 1 : column + 1 + NEAR]
    before, at, after = printable(before), printable(at), printable(after)
    if width(before) > WIDTH // 2:
        before = "…" + _cut(before[::-1], WIDTH // 2 - 1)[::-1]
    if width(before + at + after) > WIDTH:
        after = _cut(after, WIDTH - width(before + at) - 1) + "…"
    number = f"{problem.line:>6}"
    yield f"{number} | {before}{at}{after}"
    yield f"{'':>6} | {' ' * width(before)}{'^' * max(width(at), 1)}"


def width(shown: str) -> int:
    """How many columns a text takes on a terminal: a Chinese character takes two."""
    from wcwidth import wcswidth  # noqa: PLC0415 - it takes 15 ms to load, and no fault needs none

    return max(wcswidth(shown), 0)


def aligned(rows: Sequence[Sequence[object]], numeric: Collection[int] = ()) -> Iterator[str]:
    """Rows whose columns stand below each other, those of numbers to the right; the end of a row is
    not filled up."""
    texts = [[printable(str(cell)) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*texts, strict=True)]
    for row in texts:
        cells = []
        for place, cell in enumerate(row):
            room = " " * (widths[place] - width(cell))
            cells.append(room + cell if place in numeric else cell + room)
        yield "  ".join(cells).rstrip()


def _cut(shown: str, room: int) -> str:
    kept = shown[:room]
    while width(kept) > room:
        kept = kept[:-1]
    return kept


# GitHub


def github(problems: Iterable[Problem]) -> Iterator[str]:
    """Workflow commands: the host shows each problem beside the line it is on."""
    for problem in problems:
        rule = declared.get(problem.rule)
        title = f"{problem.rule} {rule.title.rstrip('。')}" if rule else problem.rule
        place = {
            "file": printable(masked(problem.path)),
            "line": str(problem.line),
            "col": str(problem.column),
            "title": title,
        }
        properties = ",".join(f"{key}={_escaped(v, _IN_PROPERTY)}" for key, v in place.items())
        yield f"::{_level(problem)} {properties}::{_escaped(words(problem), _IN_TEXT)}"


def _level(problem: Problem) -> Literal["error", "warning"]:
    return "error" if problem.severity is Severity.ERROR else "warning"


def _escaped(value: str, signs: str) -> str:
    """Text of a workflow command, in which these signs would mean something."""
    return value.translate({ord(sign): f"%{ord(sign):02X}" for sign in signs})


# JSON


class ReportedProblem(BaseModel, extra="forbid", defer_build=True):
    """A problem as JSON gives it."""

    path: str = Field(description="文件，从项目目录算起，用 / 分隔；个人信息打星号")
    line: int = Field(ge=1, description="行，从 1 数起")
    column: int = Field(ge=1, description="列，从 1 数起，一个汉字算一列")
    severity: Literal["error", "warning"] = Field(description="错误要改，警告核对过可以不改")
    rule: str = Field(pattern=r"^FZ\d{3}$", description="规则号")
    message: str = Field(description="毛病是什么")
    hint: str = Field(description="怎么改")
    page: str = Field(description="规则的说明页，从项目目录算起")


class ReportedFix(BaseModel, extra="forbid", defer_build=True):
    """A place that `--fix` has put right, as JSON gives it."""

    path: str = Field(description="文件")
    line: int = Field(ge=1, description="改之前的行")
    what: str = Field(description="改了什么")


class Report(BaseModel, extra="forbid", defer_build=True):
    """What a check found: the JSON output of check_records.py."""

    version: Literal[1] = Field(description="这种写法的版本")
    files: int = Field(ge=0, description="查了多少条记录")
    errors: int = Field(ge=0, description="错误有几个")
    warnings: int = Field(ge=0, description="警告有几个")
    problems: list[ReportedProblem] = Field(description="每个问题，按文件、行、列排列")
    fixed: list[ReportedFix] = Field(description="--fix 改了哪些地方")


def report(
    problems: Sequence[Problem], files: int, fixed: Iterable[tuple[str, int, str]] = ()
) -> Report:
    """The problems as JSON gives them: `.model_dump_json()`."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    return Report(
        version=1,
        files=files,
        errors=errors,
        warnings=len(problems) - errors,
        problems=[reported(problem) for problem in problems],
        fixed=[ReportedFix(path=masked(path), line=line, what=what) for path, line, what in fixed],
    )


def reported(problem: Problem) -> ReportedProblem:
    """A problem as JSON gives it."""
    rule = declared.get(problem.rule)
    return ReportedProblem(
        path=_encodable(masked(problem.path)),
        line=problem.line,
        column=problem.column,
        severity=_level(problem),
        rule=problem.rule,
        message=_encodable(problem.message),
        hint=_encodable(problem.hint),
        page=rule.page if rule else "",
    )


def _encodable(value: str) -> str:
    """Text that UTF-8 can hold: a file name that is no text has pieces that it cannot."""
    return value.encode("utf-8", "backslashreplace").decode("utf-8")
