"""Rules about the tasks of a year, which `tasks.yml` lists."""

from collections.abc import Iterator, Mapping

from fazhi.problems.problem import ERROR, WARNING, Problem
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Found, finds
from fazhi.records.headings import items
from fazhi.records.narrative import Narrative
from fazhi.schema.township import Settings


def check(settings: Settings, narratives: Mapping[int, Narrative]) -> Iterator[Problem]:
    """Every fault of the tasks of all years; `narratives` by year, as far as they could be read."""
    yield from one_number_each(settings)
    yield from answers_what_was_said(settings, narratives)


@finds(ERROR)
def one_number_each(settings: Settings) -> Found:
    """FZ608: 一年里，一个编号只给一项任务。

    记录按编号认任务；两项任务一个编号的，不知道做的是哪一项。
    改法：给后面的一项另编一个号，写着它的记录一起改。
    """
    for tasks in settings.tasks.values():
        before = set[str]()
        for place, task in enumerate(tasks.listed):
            if task.number in before:
                message = f"编号{shown(task.number)}前面已经有了"
                yield tasks.source, [place, "编号"], message, "另编一个号"
            before.add(task.number)


@finds(WARNING)
def answers_what_was_said(settings: Settings, narratives: Mapping[int, Narrative]) -> Found:
    """FZ609: 任务的来源写的是上年安排、上年不足第几条的，上年的报告里有那一条。

    去年说要做的、说有不足的，今年要有着落；条数写错了，就像没有着落一样。一条是那一块下面一级的一个标题；没有标题的，是一项列表、“一是”“二是”或者一段。
    改法：照上一年的叙述稿数一数，改成第几条；[准备情况](../guide/status.md) 里一条一条列着。
    """
    for year, tasks in settings.tasks.items():
        if not (last := narratives.get(year - 1)):
            continue
        for place, task in enumerate(tasks.listed):
            for block, number in task.answers:
                if not 1 <= number <= (count := len(items(last, block))):
                    message = f"{year - 1}年报告的“{block}”有 {count} 条，没有第 {number} 条"
                    yield tasks.source, [place, "来源"], message, "核对是第几条"
