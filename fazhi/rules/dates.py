"""Rules about the dates of a record: beside its folder, its file name, each other, and today."""

import re
from datetime import date

from fazhi.pattern import Pattern
from fazhi.problems.problem import ERROR, WARNING
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.ledger import Ledger
from fazhi.records.record import Record
from fazhi.schema.every_kind import Dated
from fazhi.schema.kinds import Activity, Case
from fazhi.schema.township import Settings

RULES = Checks[[Record, Settings]]()
ON_A_DAY = Checks[[Record, Settings, date]]()  # with today's date
IN_ALL = Checks[[Ledger]]()
_DATED = Pattern(r"\d{4}-\d{2}-\d{2}", flags=re.ASCII)


@finds(ERROR, RULES)
def leading_date_in_year(record: Record, _: Settings) -> Found:
    """FZ401: 领头的日期在所在文件夹的那一年。

    一条记录算在哪一年，看它的文件夹和日期；两者不一致，就会数到别的年份里去。
    领头的日期，活动和会议是“日期”或“起始日期”，案件是“受理日期”，现状是“截止日期”。
    改法：核对日期；日期没有错的，把文件移到那一年的文件夹。
    """
    if not _is_in_its_year(record):
        key, year = _leading_key(record), record.fields.day.year
        message = f"“{key}”是 {year} 年，文件却在 {record.year} 年的文件夹里"
        yield record, [key], message, f"改日期，或者把文件移到 records/{year}/{record.kind.folder}/"


@finds(WARNING, RULES)
def file_name_has_the_date(record: Record, _: Settings) -> Found:
    """FZ410: 文件名以日期开头的，就是领头的日期。

    照着旧记录复制来的文件，常常忘了改日期。
    改法：核对日期；复制来的记录，日期和文件名都要改。
    """
    named = _DATED.match(record.stem)
    day = record.fields.day.isoformat()
    if named and named[0] != day and _is_in_its_year(record):
        message = f"文件名写的是 {named[0]}，里面的日期是 {day}"
        yield record, [_leading_key(record)], message, "核对日期；复制来的记录，日期和文件名都要改"


@finds(ERROR, RULES)
def dates_in_order(record: Record, _: Settings) -> Found:
    """FZ402: 起始日期不晚于结束日期，受理日期不晚于决定日期和办结日期。

    前后颠倒的，多半是年份或者月份打错了一个数字。
    改法：核对两个日期。
    """
    first = record.fields.day
    for key, attribute in record.kind.days:
        day = getattr(record.fields, attribute)
        if day and day < first and _is_in_its_year(record):
            message = f"“{key}”（{day}）早于“{_leading_key(record)}”（{first}）"
            yield record, [key], message, "核对两个日期"


@finds(ERROR, RULES)
def outcome_fits_dates(record: Record, settings: Settings) -> Found:
    """FZ406: 在办的没有办结日期，有了结果的有办结日期。

    办结的件数按办结日期算在哪一年，没有日期就数不进去。
    改法：办结了的，补上“办结日期”；还没有办结的，结果写“在办”。
    """
    case = record.fields
    if not isinstance(case, Case):
        return
    category = record.category(settings)
    if category and case.outcome not in category.outcomes:
        return  # FZ304: which outcome is meant is not known
    if case.is_open and case.closed:
        message = f"结果是{shown(case.outcome)}，却有办结日期"
        yield record, ["办结日期"], message, "改结果，或者删去"
    elif not case.is_open and not case.closed:
        message = f"结果是{shown(case.outcome)}，却没有办结日期"
        yield record, ["结果"], message, "补上“办结日期: …”"


@finds(WARNING, RULES)
def near_its_node(record: Record, settings: Settings) -> Found:
    """FZ407: 写了普法节点的活动，日期在词表里这个节点的起止之内。

    不在起止之内的，可能打错了日期，也可能选错了节点。
    改法：核对日期和普法节点；确实是提前或者延后办的，可以不改。
    """
    activity = record.fields
    if not isinstance(activity, Activity) or not activity.node or not _is_in_its_year(record):
        return
    for node in settings.vocabulary.publicity_days:
        inside = node.opens <= activity.day.strftime("%m-%d") <= node.closes
        if node.name == activity.node and node.holds_in(record.year) and not inside:
            message = f"日期不在“{node.name}”{node.meaning}的 {node.opens} 至 {node.closes} 之间"
            yield record, ["普法节点"], message, "核对日期和普法节点"


@finds(WARNING, ON_A_DAY)
def overdue(record: Record, settings: Settings, today: date) -> Found:
    """FZ408: 在办的案件没有超过词表里写的办理天数。

    可能是忘了登记办结，也可能真的超了期。只看今年和去年的记录。
    改法：办结的，补上结果和办结日期；没有办结的，抓紧办理。
    来源：信访六十日，见《信访工作条例》；其余由词表的“办理天数”来定。
    """
    case = record.fields
    if record.year < today.year - 1 or not isinstance(case, Case) or not _is_in_its_year(record):
        return
    if not case.is_open or case.closed:
        return
    category = record.category(settings)
    waited = (today - case.accepted).days
    if category and category.days and waited > category.days:
        message = f"受理 {waited} 天还没有办结，超过 {category.days} 天"
        yield record, ["受理日期"], message, "办结的补上结果和办结日期"


@finds(WARNING, ON_A_DAY)
def in_the_future(record: Record, _: Settings, today: date) -> Found:
    """FZ409: 日期不在今天之后。

    记录是已经发生的事；日期还没有到的，可能打错了年份。办结日期打错了年份，还会算到别的年份里去。
    改法：核对日期；还没有发生的事，先不登记。
    """
    if not _is_in_its_year(record):
        return
    for key, attribute in record.kind.days:
        day = getattr(record.fields, attribute)
        if day and day > today:
            yield record, [key], f"“{key}”{day} 还没有到", "还没有发生的事先不登记"
            return  # what comes after it is later still


@finds(WARNING, IN_ALL)
def year_beside_others(ledger: Ledger) -> Found:
    """FZ417: 有记录的年份连着，中间不缺。

    2024 年打成 2014 年，记录就到了一个没有别的记录的年份，哪一年的报告里都没有它。
    改法：核对年份；那一年确实有记录、中间的年份没有的，可以不改。
    """
    years = {*ledger.filled, *(record.year for record in ledger.records)}
    told = set[int]()
    for record in ledger.records:
        year = record.year
        if year not in told and year + 1 not in years and year < max(years):
            told.add(year)
            message = (
                f"{year} 年以后，到 {min(later for later in years if later > year)} 年才又有记录"
            )
            yield record, [_leading_key(record)], message, "核对年份；确实是那一年的，可以不改"


def _is_in_its_year(record: Record) -> bool:
    """Whether the leading date is of the folder's year: where not, all else would follow from it."""
    return record.fields.day.year == record.year


def _leading_key(record: Record) -> str:
    fields = record.fields
    return "起始日期" if isinstance(fields, Dated) and fields.start else fields.leading
