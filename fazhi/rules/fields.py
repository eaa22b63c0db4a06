"""Rules that hold the fields of one record against each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import PurePosixPath

from fazhi import personal
from fazhi.problems.problem import Problem, Severity
from fazhi.problems.quoting import shown
from fazhi.records.record import Record
from fazhi.schema.kinds import Activity, Case, Dated, Meeting, Standing
from fazhi.schema.township import Settings
from fazhi.sources.faults import personal_data
from fazhi.sources.text import apart


def leading_date_in_year(record: Record) -> Iterator[Problem]:
    """FZ401: 领头的日期在所在文件夹的那一年。

    一条记录算在哪一年，看它的文件夹和日期；两者不一致，就会数到别的年份里去。
    领头的日期，活动和会议是“日期”或“起始日期”，案件是“受理日期”，现状是“截止日期”。
    改法：核对日期；日期没有错的，把文件移到那一年的文件夹。
    """
    if not _is_in_its_year(record):
        day = record.fields.day
        key = _leading_key(record)
        message = f"“{key}”是 {day.year} 年，文件却在 {record.year} 年的文件夹里"
        hint = f"改日期，或者把文件移到 records/{day.year}/{record.kind.folder}/"
        yield record.problem("FZ401", [key], message, hint)


def file_name_tells_the_date(record: Record) -> Iterator[Problem]:
    """FZ410: 文件名以日期开头的，就是领头的日期。

    照着旧记录复制来的文件，常常忘了改日期。
    改法：核对日期；复制来的记录，日期和文件名都要改。
    """
    named = _DATED.match(record.stem)
    day = record.fields.day.isoformat()
    if named and named[0] != day and _is_in_its_year(record):
        message = f"文件名写的是 {named[0]}，里面的日期是 {day}"
        hint = "核对日期；复制来的记录，日期和文件名都要改"
        keys = [_leading_key(record)]
        yield record.problem("FZ410", keys, message, hint, Severity.WARNING)


_DATED = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def dates_in_order(record: Record) -> Iterator[Problem]:
    """FZ402: 起始日期不晚于结束日期，受理日期不晚于决定日期和办结日期。

    前后颠倒的，多半是年份或者月份打错了一个数字。
    改法：核对两个日期。
    """
    pairs: list[tuple[str, date | None, str, date | None]] = []
    match record.fields:
        case Dated() as dated:
            pairs = [("起始日期", dated.start, "结束日期", dated.end)]
        case Case() as case:
            pairs = [
                ("受理日期", case.accepted, "办结日期", case.closed),
                ("受理日期", case.accepted, "决定日期", case.decided),
            ]
    for first, earlier, second, later in pairs:
        if earlier and later and later < earlier and _is_in_its_year(record):
            message = f"“{second}”（{later}）早于“{first}”（{earlier}）"
            yield record.problem("FZ402", [second], message, "核对两个日期")


def attendance_within_invited(record: Record) -> Iterator[Problem]:
    """FZ403: 会议的实到人数不多于应到人数。

    列席的人不算在应到、实到里。
    改法：核对两个数。
    """
    if isinstance(record.fields, Meeting):
        yield from _at_most(record, "FZ403", "实到", "应到")


def exam_counts_in_order(record: Record) -> Iterator[Problem]:
    """FZ404: 合格不多于参考，参考不多于应考；考试的参加人次就是参考。

    参考率是参考除以应考，合格率是合格除以参考，都不会超过百分之百。
    改法：核对两个数；写了“参考”的，不用再写“参加人次”。
    """
    exam = record.fields
    if not isinstance(exam, Activity):
        return
    yield from _at_most(record, "FZ404", "合格", "参考")
    too_many = list(_at_most(record, "FZ404", "参考", "应考"))
    yield from too_many
    if too_many or exam.examined is None or exam.attendance is None:
        return
    if exam.examined != exam.attendance:
        message = f"“参加人次”是 {exam.attendance}，“参考”是 {exam.examined}，应当相等"
        yield record.problem("FZ404", ["参加人次"], message, "删去“参加人次”，或者改成一样")


def parts_add_up(record: Record) -> Iterator[Problem]:
    """FZ405: 现状写明数量或者分类；都写的，分类合计等于数量。

    分项加起来不等于总数，是报告里常见的差错。
    改法：核对各个分项和数量；只写分类的，数量由程序相加。
    """
    standing = record.fields
    if not isinstance(standing, Standing):
        return
    if standing.quantity is None and not standing.parts:
        yield record.problem("FZ405", ["标题"], "没有写数量", "补上“数量: …”，或者“分类: {…}”")
    elif standing.quantity is not None and standing.parts:
        total = sum(standing.parts.values())
        if total != standing.quantity:
            message = f"分类合计是 {total}，“数量”是 {standing.quantity}，应当相等"
            yield record.problem("FZ405", ["分类"], message, "核对各分项")


def outcome_fits_dates(record: Record, settings: Settings) -> Iterator[Problem]:
    """FZ406: 在办的没有办结日期，有了结果的有办结日期。

    办结的件数按办结日期算在哪一年，没有日期就数不进去。
    改法：办结了的，补上“办结日期”；还没有办结的，结果写“在办”。
    """
    case = record.fields
    if not isinstance(case, Case):
        return
    category = settings.vocabulary.category(record.kind.name, case.category, record.year)
    if category and case.outcome not in category.outcomes:
        return  # FZ304: which outcome is meant is not known
    if case.outcome == "在办" and case.closed:
        yield record.problem(
            "FZ406", ["办结日期"], "结果是“在办”，却有办结日期", "改结果，或者删去"
        )
    elif case.outcome != "在办" and not case.closed:
        message = f"结果是{shown(case.outcome)}，却没有办结日期"
        yield record.problem("FZ406", ["结果"], message, "补上“办结日期: …”")


def content_is_no_comment(record: Record) -> Iterator[Problem]:
    """FZ207: 名称后面的内容不以 # 开头。

    空格后面的 # 是注释的开头：写成 `参加人次: #20`，就等于没有写。
    改法：去掉 #；内容里真要有 # 的，整个放进引号；没有内容的，整行删去。
    """
    for key, value in record.source.data.items():
        if value is not None:
            continue
        line, column = record.source.at([key], of_key=True)
        hidden = re.match(
            r"\s*:\s+#", record.source.text.split("\n")[line - 1][column + len(key) - 1 :]
        )
        if hidden:
            column += len(key) + hidden.end() - 1
            message = f"{shown(key)}后面的内容以 # 开头，不算内容，等于没有写"
            hint = "去掉 #；没有内容的，整行删去"
            yield Problem(record.path, line, column, "FZ207", message, hint, Severity.WARNING)


def is_plain_name(name: str) -> bool:
    """Whether a file is named without a way to it."""
    return PurePosixPath(name).name == name and "\\" not in name and ".." not in name


def no_personal_data_between_the_lines(record: Record) -> Iterator[Problem]:
    """Personal data that escapes, line ends or marks keep apart where the file is read."""
    source = record.source
    # What stands in the file as it is was searched there, unless an escape stands for a part of it.
    seen = "" if "\\" in source.yaml_text else source.yaml_text
    told_anew = [v for v in source.data.values() if not (isinstance(v, str) and v in seen)]
    if any(personal.find("\n".join(map(str, told_anew)))):
        told = {finding.value for finding in personal.find(source.text)}
        for key, value in source.data.items():
            for finding in personal.find(str(value)):
                if finding.value not in told:
                    yield record.fault([key], personal_data(f"“{key}”里", finding))
    yield from apart(source.path, source.body, source.text, source.body_at(0))


def evidence_names_a_file(record: Record) -> Iterator[Problem]:
    """FZ502: 佐证材料的“文件”只写文件名，不带路径。

    材料都放在 `records/<年>/files/`；写成别处的路径，换一台电脑就找不到。
    改法：把文件复制到 `records/<年>/files/`，这里只写文件名。
    """
    for index, evidence in enumerate(record.fields.evidence):
        name = evidence.file
        if name and not is_plain_name(name):
            message = f"“文件”{shown(name)}带了路径"
            hint = f"文件放到 records/{record.year}/files/，这里只写文件名"
            yield record.problem("FZ502", ["佐证材料", index, "文件"], message, hint)


Rule = Callable[[Record], Iterator[Problem]]
RULES: tuple[Rule, ...] = (
    leading_date_in_year,
    file_name_tells_the_date,
    dates_in_order,
    attendance_within_invited,
    exam_counts_in_order,
    parts_add_up,
    evidence_names_a_file,
    content_is_no_comment,
    no_personal_data_between_the_lines,
)


def overdue(record: Record, settings: Settings, today: date) -> Iterator[Problem]:
    """FZ408: 在办的案件没有超过词表里写的办理天数。

    可能是忘了登记办结，也可能真的超了期。只看今年和去年的记录。
    改法：办结的，补上结果和办结日期；没有办结的，抓紧办理。
    来源：信访六十日，见《信访工作条例》；其余由词表的“办理天数”来定。
    """
    if record.year < today.year - 1:
        return
    category = settings.vocabulary.category(record.kind.name, record.fields.category, record.year)
    case = record.fields
    if not (category and category.days and isinstance(case, Case) and _is_in_its_year(record)):
        return
    if case.outcome != "在办" or case.closed:
        return
    waited = (today - case.accepted).days
    if waited > category.days:
        message = f"受理 {waited} 天还没有办结，超过 {category.days} 天"
        hint = "办结的补上结果和办结日期"
        yield record.problem("FZ408", ["受理日期"], message, hint, Severity.WARNING)


def in_the_future(record: Record, today: date) -> Iterator[Problem]:
    """FZ409: 日期不在今天之后。

    记录是已经发生的事；日期还没有到的，可能打错了年份。办结日期打错了年份，还会算到别的年份里去。
    改法：核对日期；还没有发生的事，先不登记。
    """
    if not _is_in_its_year(record):
        return
    for key, attribute in record.kind.days:
        day = getattr(record.fields, attribute)
        if day and day > today:
            hint = "还没有发生的事先不登记"
            message = f"“{key}”{day} 还没有到"
            yield record.problem("FZ409", [key], message, hint, Severity.WARNING)
            return  # what comes after it is later still


def near_its_node(record: Record, settings: Settings) -> Iterator[Problem]:
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
            hint = "核对日期和普法节点"
            yield record.problem("FZ407", ["普法节点"], message, hint, Severity.WARNING)


def _is_in_its_year(record: Record) -> bool:
    """Whether the leading date is of the folder's year: where not, all else would follow from it."""
    return record.fields.day.year == record.year


def _leading_key(record: Record) -> str:
    fields = record.fields
    return "起始日期" if isinstance(fields, Dated) and fields.start else fields.leading


def _at_most(record: Record, rule: str, less: str, more: str) -> Iterator[Problem]:
    fields = record.kind.fields
    low = getattr(record.fields, fields[less].attribute)
    high = getattr(record.fields, fields[more].attribute)
    if low is not None and high is not None and low > high:
        message = f"“{less}”{low} 多于“{more}”{high}"
        yield record.problem(rule, [less], message, "核对两个数")
