"""What a year still lacks on a day: its clocks, figures, months, tasks, and what stops publishing.

`of` computes it all; nothing here reads a clock or a file. `tables` says it once for both who print
it: the page 准备情况 of the internal edition (`output/pages/readiness.py`) and `scripts/status.py`.
The reviewer's page may take what it wants from a `Readiness`.
"""

from dataclasses import dataclass
from datetime import date

from fazhi.problems.problem import Severity
from fazhi.records.lock import Lock
from fazhi.report.basis import Basis
from fazhi.report.readiness import clocks, figures, months, obstacles, tasks
from fazhi.report.readiness.figures import Standing
from fazhi.report.readiness.months import Kept, Months
from fazhi.report.readiness.obstacles import Broken
from fazhi.report.readiness.tasks import Done, Said
from fazhi.rules.deadlines import Deadline


@dataclass(frozen=True)
class Readiness:
    """What a year lacks. `report` and `cases` are its clocks, next first; `broken` is what the check
    reports, and `lacks` what the report itself lacks, each with what is to be done."""

    year: int
    day: date
    report: list[Deadline]
    cases: list[Deadline]
    figures: list[Standing]
    months: Months
    nodes: list[Kept]
    tasks: list[Done]
    said: list[Said]
    broken: list[Broken]
    lacks: list[tuple[str, str]]
    archive: Lock | None

    @property
    def clocks(self) -> list[Deadline]:
        """All that is still to be done by a day, next first; of the cases a few, late and to come."""
        pending = [clock for clock in self.report if clock.done is None]
        return sorted([*pending, *clocks.some(self.cases, self.day)])

    @property
    def is_published(self) -> bool:
        return any(clock.what == "公布" and clock.done for clock in self.report)

    @property
    def is_current(self) -> bool:
        """Whether it is the year that runs, or the one of which the report is due."""
        return self.day.year - 1 <= self.year <= self.day.year and not self.is_published

    @property
    def pressing(self) -> list[str]:
        """What is due or missing now, in a few words each; of a year that is done with, its errors."""
        found = []
        errors = sum(one.count for one in self.broken if one.severity is Severity.ERROR)
        if errors:
            found.append(f"检查有 {errors} 个错误")
        due = {c.what: c for c in reversed(self.report) if c.is_pressing(self.day)}
        found += [f"{what}{days(clock.left(self.day))}" for what, clock in due.items()]
        if late := sum(clock.is_pressing(self.day) for clock in self.cases):
            found.append(f"{late} 件案件超过办理天数")
        if not self.is_current:
            return found
        if due and self.lacks:
            found.append(f"报告还缺 {len(self.lacks)} 样")
        if self.months.silent:
            found.append(f"{'、'.join(map(str, self.months.silent))}月没有记录")
        if missed := [one.node.name for one in self.nodes if one.is_missed(self.day)]:
            found.append(f"普法节点 {'、'.join(missed)} 没有活动")
        if missed := [one.task.number for one in self.tasks if one.is_missed(self.day)]:
            found.append(f"任务 {'、'.join(missed)} 过了期限没有记录")
        if self.day.year > self.year and (open_ := sum(not one.answers for one in self.said)):
            found.append(f"上年报告说了的有 {open_} 条没有回应")
        return found


def days(left: int) -> str:
    """How many days are left, or past."""
    return f"还有 {left} 天" if left > 0 else f"过了 {-left} 天" if left else "就是今天"


def of(basis: Basis) -> Readiness:
    """What a year lacks on a day."""
    year, settings, today = basis.year, basis.settings, basis.day
    own = [r for r in basis.records if r.year == year and r.fields.day <= today]
    now, then = figures.at_day(basis.records, settings, year, today, basis.values, basis.last)
    narratives = (basis.narrative, basis.last_narrative)
    done = tasks.of(own, year, settings, today)
    return Readiness(
        year,
        today,
        clocks.of_report(basis),
        clocks.of_cases(basis.records, year, settings, today),
        figures.standings(now, then, basis.last, narratives),
        months.of(own, year, settings, today),
        months.nodes(own, year, settings),
        done,
        tasks.said(basis.last_narrative, done),
        obstacles.broken(basis.problems, year),
        [*obstacles.of_report(basis)],
        basis.archive,
    )
