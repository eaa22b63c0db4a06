"""The deadlines of a report, and the rules of its days beside today, which is always a parameter."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from fazhi.problems.problem import ERROR, WARNING
from fazhi.problems.rulebook import Found, finds
from fazhi.records.narrative import DRAFT, PUBLISHED, Narrative
from fazhi.records.record import Record
from fazhi.schema.township import Settings

WORKING_DAYS = 20  # from 成文 to publication: 《政府信息公开条例》第二十六条
REMINDED = 30  # how many days before the last day a check begins to remind


@dataclass(frozen=True, order=True)
class Deadline:
    """Something to be done, the last day for it, and when it was done; that of a case has its record.

    `limit` says which it is where another is of the same; it runs from `since` on.
    """

    last_day: date
    what: str
    source: str
    done: date | None = field(default=None, compare=False)
    record: Record | None = field(default=None, compare=False, repr=False)
    limit: str = field(default="", compare=False)
    since: date = field(default=date.min, compare=False)

    @property
    def called(self) -> str:
        """What it is, told apart from another of the same."""
        return f"{self.what}（{self.limit}）" if self.limit else self.what

    def left(self, today: date) -> int:
        """How many days are left; below 0, by how many it is late."""
        return (self.last_day - (self.done or today)).days

    def is_pressing(self, today: date) -> bool:
        """Whether it is not done, and late or, of the report, so near that a check reminds of it."""
        return self.done is None and self.left(today) <= (-1 if self.record else REMINDED)


def deadlines(narrative: Narrative, settings: Settings) -> list[Deadline]:
    """Every deadline of a year's report."""
    return [*_by_calendar(narrative, settings), _by_working_days(narrative)]


def _by_calendar(narrative: Narrative, settings: Settings) -> Iterator[Deadline]:
    if narrative.text_type.is_annual:
        meta = narrative.meta
        reviewed = next((step.day for step in meta.steps if step.state != DRAFT), None)
        yield from of_year(narrative.year, settings, reviewed, meta.published)


def of_year(
    year: int, settings: Settings, reviewed: date | None = None, published: date | None = None
) -> Iterator[Deadline]:
    """An annual report: to the level above, before the township's 上报期限; to the public, before
    1 April."""
    if last := reported_by(year, settings):
        yield Deadline(last, "审核上报", "township.yml 的上报期限", reviewed)
    regulation = "《法治政府建设与责任落实督察工作规定》第二十四条"
    yield Deadline(date(year + 1, 3, 31), "公布", regulation, published, limit="4月1日以前")


def reported_by(year: int, settings: Settings) -> date | None:
    """The last day to report to the level above: before 1 April, or still in the year itself."""
    if (before := settings.township.reported_before) is None:
        return None
    month, day = (int(part) for part in before.split("-"))
    # 02-29 is no day of most years
    return date(year + (before <= "04-01"), month, 1) + timedelta(days=day - 2)


def _by_working_days(narrative: Narrative) -> Deadline:
    meta, limit = narrative.meta, f"{WORKING_DAYS}个工作日"
    last = working_days_after(meta.written, WORKING_DAYS)
    regulation = f"《政府信息公开条例》第二十六条，成文之日起{limit}"
    return Deadline(
        last, "公布", regulation, meta.published, limit=f"成文后{limit}", since=meta.written
    )


def working_days_after(day: date, count: int) -> date:
    """The working day that comes so many after a day, as far as 调休 is announced."""
    from holidays import country_holidays  # noqa: PLC0415 - costs 0.2 s, and is seldom needed

    return country_holidays("CN").get_nth_working_day(day, count)


@finds(WARNING)
def in_time(narrative: Narrative, settings: Settings, today: date) -> Found:
    """FZ723: 报告按时审核上报，按时公布。

    每年4月1日以前公布上一年的报告，并且在成文之日起20个工作日以内公布；上报的期限由 `township.yml` 定，4月1日以后的日子，是报告说的那一年的。别的文种只有20个工作日的期限。
    离期限不到三十天的、过了期限的，提醒。应当公布的那一年过去以后，不再提醒没有公布的。
    改法：抓紧审核、发布，在叙述稿开头的“流程”里写上；日期写错的，核对日期。
    来源：《法治政府建设与责任落实督察工作规定》第二十四条；《政府信息公开条例》第二十六条。
    """
    meta = narrative.meta
    pressing = [*_by_calendar(narrative, settings)]
    due = {one.last_day.year for one in pressing} or {meta.written.year}
    if meta.state != PUBLISHED and today.year not in due:
        return
    # No 调休 makes so many working days shorter, and the calendar of holidays need not be asked.
    surely_in_time = timedelta(days=24)
    if meta.published is None or meta.published - meta.written > surely_in_time:
        pressing.append(_by_working_days(narrative))
    reported: set[str] = set()
    for deadline in sorted(pressing, key=lambda one: one.last_day):
        message = _message(deadline, today)
        if message and deadline.what not in reported:
            reported.add(deadline.what)
            message += f"：期限是 {deadline.last_day}（{deadline.source}）"
            keys = ["流程"] if meta.steps else ["成文日期"]
            hint = "核对日期" if deadline.done else "办好以后写进“流程”"
            yield narrative, keys, message, hint


@finds(ERROR)
def not_to_come(narrative: Narrative, today: date) -> Found:
    """FZ742: 流程和更正的日期不在今天之后。

    流程写的是已经办了的事。日期还没有到的审核、发布，还没有人审核、发布过，报告却已经不标草稿。
    改法：打错了的，核对日期；没有打错的，到了那天再写。
    """
    meta = narrative.meta
    days = [("流程", place, step.day) for place, step in enumerate(meta.steps)]
    days += [("更正", place, one.day) for place, one in enumerate(meta.corrections)]
    for key, place, day in days:
        if day > today:
            hint = "打错了的，改过来；没有打错的，到了那天再写"
            yield narrative, [key, place, "日期"], f"{key}里的 {day} 还没有到", hint


def _message(deadline: Deadline, today: date) -> str:
    """What there is to report; nothing of what was done in time, or is far off."""
    left = deadline.left(today)
    if deadline.done:
        return f"{deadline.what}晚了 {-left} 天（{deadline.done}）" if left < 0 else ""
    if left < 0:
        return f"还没有{deadline.what}，已经过了 {-left} 天"
    return f"还没有{deadline.what}，还有 {left} 天" if left <= REMINDED else ""
