"""Rules about 流程 and 更正: how a report was reviewed, published and corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from fazhi.problems.problem import ERROR, Problem
from fazhi.problems.rulebook import rule
from fazhi.records.narrative import DRAFT, PUBLISHED, REVIEWED, Narrative
from fazhi.schema.township import Settings

RULES: list[Callable[[Narrative, Settings], Iterator[Problem]]] = []

_ORDER = (DRAFT, REVIEWED, PUBLISHED)


@rule(ERROR, RULES)
def steps_in_order(narrative: Narrative, _: Settings) -> Iterator[Problem]:
    """FZ720: 流程一步接一步：先草稿，再审核，再发布，日期不倒退。

    没有审核过的不能发布；审核和发布的日期，决定哪一天算公布，是不是按时公布。退回修改的，再写一步草稿。
    改法：照提示补上漏掉的一步，或者核对日期。
    来源：《政府信息公开条例》第十七条。
    """
    steps = narrative.meta.steps
    at = narrative.source.problem
    unreviewed = steps_in_order.fault("没有审核就发布了", "前面补上“已审核”的一步")
    if steps and steps[0].state == PUBLISHED:
        yield at(["流程", 0], unreviewed)
    for place, (before, step) in enumerate(pairwise(steps), 1):
        if step.day < before.day:
            message = f"“{step.state}”的日期（{step.day}）早于前一步（{before.day}）"
            yield at(["流程", place, "日期"], steps_in_order.fault(message, "核对两个日期"))
        if before.state == PUBLISHED:
            hint = "发布以后改了数的，写在“更正”里"
            fault = steps_in_order.fault("已经发布，后面不能再有别的步骤", hint)
            yield at(["流程", place, "状态"], fault)
        elif step.state == PUBLISHED and before.state == DRAFT:
            yield at(["流程", place, "状态"], unreviewed)


@rule(ERROR, RULES)
def reviewed_for_disclosure(narrative: Narrative, _: Settings) -> Iterator[Problem]:
    """FZ721: 审核写明公开审查的意见，意见是主动公开的才能发布。

    政府信息公开以前要依法审查，由谁在哪一天定为主动公开、依申请公开还是不予公开，要有记录。
    改法：在那一步里补上“意见: 主动公开”；意见是依申请公开或者不予公开的，删去发布的一步。
    来源：《政府信息公开条例》第十七条。
    """
    at = narrative.source.problem
    for place, step in enumerate(narrative.meta.steps):
        if step.opinion is None and step.state != DRAFT:
            hint = "补上“意见: 主动公开”，或者依申请公开、不予公开"
            message = f"“{step.state}”没有写公开审查的意见"
            yield at(["流程", place], reviewed_for_disclosure.fault(message, hint))
        elif step.state == PUBLISHED and step.opinion != "主动公开":
            hint = "意见改为主动公开，或者删去发布的一步"
            message = f"意见是{step.opinion}的，不能发布"
            yield at(["流程", place, "意见"], reviewed_for_disclosure.fault(message, hint))


@rule(ERROR, RULES)
def days_in_order(narrative: Narrative, _: Settings) -> Iterator[Problem]:
    """FZ722: 发布不早于成文，更正不早于发布。

    日期前后对不上，多半是年份或者月份打错了一个数字。
    改法：核对两个日期；还没有发布的，不写更正，直接改叙述稿和记录。
    """
    meta = narrative.meta
    published = meta.published
    at = narrative.source.problem
    for place, step in enumerate(meta.steps):
        if step.state == PUBLISHED and step.day < meta.written:
            message = f"发布的日期（{step.day}）早于成文日期（{meta.written}）"
            yield at(["流程", place, "日期"], days_in_order.fault(message, "核对两个日期"))
    for place, correction in enumerate(meta.corrections):
        if published is None:
            message, hint = "还没有发布，不用更正", "直接改叙述稿和记录，删去更正"
            yield at(["更正", place], days_in_order.fault(message, hint))
        elif correction.day < published:
            message = f"更正的日期（{correction.day}）早于发布的日期（{published}）"
            yield at(["更正", place, "日期"], days_in_order.fault(message, "核对两个日期"))
