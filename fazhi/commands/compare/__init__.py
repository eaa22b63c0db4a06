"""Compares two states of a project for a reviewer. It has exact numbers: it stays in the office."""

from collections.abc import Iterable, Iterator

from fazhi.commands.compare.changes import record_changes, settings_change, text
from fazhi.commands.compare.figures import figure_moves
from fazhi.commands.compare.markdown import markdown, summary
from fazhi.commands.compare.model import Comparison, Side
from fazhi.commands.compare.narratives import narrative_changes
from fazhi.problems.formats import ReportedProblem, reported
from fazhi.problems.problem import Problem, Severity
from fazhi.project import Project

__all__ = ["Comparison", "compare", "markdown"]


def compare(old: Project, new: Project, old_name: str, new_name: str) -> Comparison:
    """Two projects of the same day; only their problems, where one has no figures."""
    found = Comparison(
        version=1,
        summary="",
        base=_side(old, old_name),
        head=_side(new, new_name),
        new_problems=[*_only_of(new.problems, old.problems)],
        gone_problems=[*_only_of(old.problems, new.problems)],
    )
    if found.base.computed and found.head.computed:
        found.records = record_changes(old, new)
        found.figures, found.restated = figure_moves(old, new)
        found.narratives = narrative_changes(old, new)
        found.settings = settings_change(old, new)
        found.home = old.home != new.home
    found.summary = summary(found)
    return found


def _side(project: Project, name: str) -> Side:
    errors = [p for p in project.problems if p.severity is Severity.ERROR]
    undefined = any(problem.path == "records/figures.yml" for problem in errors)
    return Side(
        name=text(name),
        records=project.files,
        unread=project.files - sum(len(year.records) for year in project.years),
        errors=len(errors),
        warnings=len(project.problems) - len(errors),
        sample=project.settings is not None and project.settings.township.is_sample,
        computed=project.settings is not None and bool(project.years or not undefined),
    )


def _only_of(problems: Iterable[Problem], others: Iterable[Problem]) -> Iterator[ReportedProblem]:
    """The problems that the others have not: wherever in the file, lines move."""
    known = {(problem.path, problem.rule, problem.message) for problem in others}
    for problem in problems:
        if (problem.path, problem.rule, problem.message) not in known:
            told = {name: text(getattr(problem, name), 200) for name in ("path", "message", "hint")}
            yield reported(problem).model_copy(update=told)
