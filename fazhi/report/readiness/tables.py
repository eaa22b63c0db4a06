"""A `Readiness` as tables, for whoever prints it, and these as text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from fazhi.figures.wording import plain
from fazhi.problems.formats import aligned
from fazhi.records.record import Record
from fazhi.report.readiness import Readiness, clocks, days
from fazhi.report.readiness.months import Kept
from fazhi.report.readiness.obstacles import Broken
from fazhi.report.readiness.tasks import Done
from fazhi.rules.deadlines import Deadline
from fazhi.schema.kinds import Case


@dataclass(frozen=True)
class Linked:
    """Words that lead to a record."""

    text: str
    record: Record = field(repr=False)

    def __str__(self) -> str:
        return self.text


class Due(str):
    """Words of what is due or missing now: they are to be seen among the others."""

    __slots__ = ()


Cell = str | Linked


@dataclass(frozen=True)
class Part:
    """A part of what is said: its heading, a table with what it is, and a note below it. A table
    without rows has nothing to show: then `empty` says so. `numeric` are its columns of numbers."""

    title: str
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    empty: str
    note: str = ""
    numeric: Sequence[int] = ()


def summary(found: Readiness) -> list[str]:
    """What an office head wants to know first, a sentence each."""
    lacks = f"报告还缺 {len(found.lacks)} 样" if found.lacks else "也没有缺的"
    lines = [
        f"还差：{'；'.join(found.pressing)}。" if found.pressing else f"现在没有到期的，{lacks}。"
    ]
    coming = (clock for clock in found.clocks if clock.left(found.day) >= 0)
    if clock := next(coming, None):
        lines.append(
            f"下一个期限：{clock.last_day} {clock.called}，{days(clock.left(found.day))}。"
        )
    if found.is_published:
        told = "叙述稿写着已发布，没有公布的存档。"
        if found.archive:
            told = "这一年的报告已经公布。"
            told = "公布的是示例，不是真的报告。" if found.archive.holds_samples else told
        lines.append(told)
    if none := sum(one.is_none for one in found.figures):
        lines.append(f"{len(found.figures)} 个指标里，{none} 个还没有数。")
    if undone := sum(not one.records for one in found.tasks):
        lines.append(f"{len(found.tasks)} 项任务里，{undone} 项还没有记录。")
    return lines


def parts(found: Readiness) -> Iterator[Part]:
    """All that is said below the summary."""
    yield _clocks(found)
    yield Part(
        "报告还缺的" if found.is_published else "公布以前还缺的",
        "缺什么，怎样办",
        ("缺什么", "怎样办"),
        found.lacks,
        "报告没有缺的。",
    )
    yield _broken(found)
    yield _tasks(found)
    yield _said(found)
    yield _figures(found)
    yield _months(found)
    yield _nodes(found)


def text(found: Readiness) -> Iterator[str]:
    """It all as lines for a terminal or a mail."""
    yield f"{found.year}年准备情况（{found.day}）"
    yield ""
    yield from summary(found)
    for part in parts(found):
        yield from lines(part)


def lines(part: Part) -> Iterator[str]:
    """A part as lines, with an empty one above it."""
    yield ""
    yield f"== {part.title}（{part.caption}） ==" if part.rows else f"== {part.title} =="
    yield from aligned([part.head, *part.rows], part.numeric) if part.rows else [part.empty]
    if part.note:
        yield part.note


def _clocks(found: Readiness) -> Part:
    more = len(found.cases) - clocks.SHOWN
    done = [clock for clock in found.report if clock.done]
    head = ("事项", "最后一天", "还有", "依据")
    rows = [_clock(clock, found.day) for clock in (*found.clocks, *done)]
    note = f"另有 {more} 件案件快到或者过了办理天数。" if more > 0 else ""
    return Part("期限", "先到的在前", head, rows, "没有等着办的期限。", note)


def _clock(clock: Deadline, today: date) -> tuple[Cell, ...]:
    what: Cell = clock.called
    if clock.record:
        what = Linked(f"{clock.what} {clock.record.stem}", clock.record)
    left = days(clock.left(today))
    left = Due(left) if clock.is_pressing(today) else left
    if clock.done:
        left = f"{clock.done} 办了" + (f"，晚了 {-n} 天" if (n := clock.left(today)) < 0 else "")
    return what, str(clock.last_day), left, clock.source


def _broken(found: Readiness) -> Part:
    head = ("规则", "应当怎样", "几处", "在哪里")
    rows = [
        (f"{one.severity} {one.rule}", one.title, str(one.count), _places(one))
        for one in found.broken
    ]
    note = "错误一定要改；警告核对过确实如此的，可以不改。" if rows else ""
    return Part("检查的结果", "一条规则一行", head, rows, "没有错误，也没有警告。", note, (2,))


def _places(one: Broken) -> str:
    more = " 等" if one.count > len(one.problems) else ""
    return "、".join(f"{problem.path}:{problem.line}" for problem in one.problems) + more


def _tasks(found: Readiness) -> Part:
    head = ("编号", "任务", "责任", "期限", "做了没有", "最近的记录")
    rows = [_task(one, found.day) for one in found.tasks]
    none = f"没有 records/{found.year}/tasks.yml；任务写在那里，记录写上“任务: [编号]”。"
    return Part("任务", "没有记录的在前，先到期的在前", head, rows, none)


def _task(one: Done, today: date) -> tuple[Cell, ...]:
    task, state = one.task, f"{len(one.records)} 条记录"
    if not one.records:
        state = "没有记录"
        if task.due:
            state = f"{days((task.due - today).days)}，{state}"
        state = Due(state) if one.is_missed(today) else state
    newest: Cell = _named(one.records[-1]) if one.records else ""
    due = str(task.due) if task.due else ""
    return task.number, task.what, task.post or "", due, state, newest


def _named(record: Record) -> Linked:
    """A record by its title; a case by its file, since the text of a title may go into a mail."""
    return Linked(record.stem if isinstance(record.fields, Case) else record.fields.title, record)


def _said(found: Readiness) -> Part:
    head, rows = ("哪一条", "说的什么", "今年的任务"), []
    for one in found.said:
        answers = "、".join(f"{task.number} {task.what}" for task in one.answers)
        rows.append((f"上年{one.block}第{one.place}条", one.text, answers or Due("没有回应")))
    is_open = any(not one.answers for one in found.said)
    note = "在 tasks.yml 里给它一项任务，“来源”照左边写。" if is_open else ""
    none = f"没有 {found.year - 1} 年的报告。"
    return Part("上年报告说了的", "今年的任务回应了没有", head, rows, none, note)


def _figures(found: Readiness) -> Part:
    then, caption, note = f"{found.year - 1}年", "同上年比", ""
    if found.day.year == found.year:
        then, caption = f"{then}同期", "同上年同一天比"
        until = f"{found.day.month}月{found.day.day}日"
        note = f"两年都数到 {until}；上年的也照那一天的样子，后来办结的算作在办。"
    head = ("指标", f"{found.year}年", then, "变化", "还差")
    rows = [
        (
            one.value.name,
            plain(one.value),
            plain(one.last) if one.last else "暂无",
            one.change,
            "；".join(one.wanting) or ("还没有" if one.is_none else ""),
        )
        for one in found.figures
    ]
    return Part("指标", caption, head, rows, "没有指标。", note, (1, 2, 3))


def _months(found: Readiness) -> Part:
    held, rows = found.months, []
    for month in range(1, held.begun + 1):
        cells = [str(held.counts.get((month, section), 0) or "无") for section in held.sections]
        total = held.total(month)
        silent = Due("没有记录") if month <= held.over else "还没有记录"
        rows.append((f"{month}月", *cells, str(total) if total else silent))
    head, none = ("月份", *held.sections, "合计"), "这一年还没有开始。"
    note, numeric = "现状是某一天的数，不在里面。" if rows else "", range(1, len(head))
    return Part("各月的记录", "各个板块几条", head, rows, none, note, numeric)


def _nodes(found: Readiness) -> Part:
    rows = [
        (
            f"{one.node.name} {one.node.meaning}",
            f"{one.opens} 至 {one.closes}",
            _kept(one, found.day),
        )
        for one in found.nodes
    ]
    return Part("普法节点", "办了什么活动", ("节点", "起止", "活动"), rows, "词表里没有普法节点。")


def _kept(one: Kept, today: date) -> Cell:
    if one.records:
        first, more = one.records[0], len(one.records) - 1
        return Linked(f"{first.fields.title}{f' 等 {more + 1} 场' if more else ''}", first)
    if today < one.opens:
        return "还没有到"
    return Due("没有活动") if one.is_missed(today) else f"还没有，{days((one.closes - today).days)}"
