"""Rules for the fields of one record: how they are written, that they agree; for its dates see `dates`."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from fazhi import personal
from fazhi.pattern import Pattern
from fazhi.problems.problem import ERROR, MOST_REPORTED, Problem
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.record import Record
from fazhi.schema import units
from fazhi.schema.kinds import Activity, Meeting, Standing
from fazhi.schema.township import Settings
from fazhi.sources.faults import commented_out, personal_data
from fazhi.sources.source import ITSELF, Key

RULES = Checks[[Record, Settings]]()


@finds(ERROR, RULES)
def attendance_within_invited(record: Record, _: Settings) -> Found:
    """FZ403: 会议的实到人数不多于应到人数。

    列席的人不算在应到、实到里。
    改法：核对两个数。
    """
    if isinstance(record.fields, Meeting):
        yield from _at_most(record, "实到", "应到")


@finds(ERROR, RULES)
def exam_counts_in_order(record: Record, _: Settings) -> Found:
    """FZ404: 合格不多于参考，参考不多于应考；考试的参加人次就是参考。

    参考率是参考除以应考，合格率是合格除以参考，都不会超过百分之百。
    改法：核对两个数；写了“参考”的，不用再写“参加人次”。
    """
    exam = record.fields
    if not isinstance(exam, Activity):
        return
    yield from _at_most(record, "合格", "参考")
    yield from (too_many := [*_at_most(record, "参考", "应考")])
    both = {exam.examined, exam.attendance}
    if not too_many and None not in both and len(both) > 1:
        message = f"“参加人次”是 {exam.attendance}，“参考”是 {exam.examined}，应当相等"
        yield record, ["参加人次"], message, "删去“参加人次”，或者改成一样"


def _at_most(record: Record, less: str, more: str) -> Found:
    low, high = record.held(less), record.held(more)
    if low is not None and high is not None and low > high:
        yield record, [less], f"“{less}”{low} 多于“{more}”{high}", "核对两个数"


@finds(ERROR, RULES)
def parts_add_up(record: Record, _: Settings) -> Found:
    """FZ405: 现状写明数量或者分类；都写的，分类合计等于数量。

    分项加起来不等于总数，是报告里常见的差错。
    改法：核对各个分项和数量；只写分类的，数量由程序相加。
    """
    standing = record.fields
    if not isinstance(standing, Standing):
        return
    if standing.quantity is None and not standing.parts:
        yield record, ["标题"], "没有写数量", "补上“数量: …”，或者“分类: {…}”"
    elif standing.quantity is not None and standing.parts:
        total = sum(standing.parts.values())
        if total != standing.quantity:
            message = f"分类合计是 {total}，“数量”是 {standing.quantity}，应当相等"
            yield record, ["分类"], message, "核对各分项"


@finds(ERROR, RULES)
def no_more_decimals(record: Record, settings: Settings) -> Found:
    """FZ414: 数的小数不比它的单位多：件、份只是整数，元最多到分。

    一件案子没有半件；钱记到分，万元记到小数点后六位，就是分。
    改法：核对这个数；单位不是词表里写的那个的，换算成那个单位。单位是 % 的不记成计数：记分子、分母两项，由比率来算；测评、平台只给百分数的（满意度），记一条现状，类别的单位写 %。
    """
    for name, number in (record.fields.counters or {}).items():
        counter = settings.vocabulary.counter(name, record.year)
        if counter and counter.unit in ("%", "‰"):
            message = (
                f"{shown(name)}的单位是{counter.unit}，是算出来的，不能记成计数，现在是 {number}"
            )
            hint = "记分子、分母两项计数，指标用 比率；只知道百分数的，记一条现状"
            yield record, ["计数", name], message, hint
        elif counter and isinstance(number, Decimal):
            yield from _too_many(record, ["计数", name], number, counter.unit)
    for key, spec in record.kind.amounts:
        if isinstance(number := getattr(record.fields, spec.attribute), Decimal):
            category = record.category(settings)  # a standing fact has the unit of its own
            unit = spec.units[0] if spec.units else category and category.unit
            yield from _too_many(record, [key], number, unit or "个")


def _too_many(record: Record, keys: list[Key], number: Decimal, unit: str) -> Found:
    most = units.places(unit)
    if len(f"{number.normalize():f}".partition(".")[2]) > most:
        wanted = f"最多 {most} 位小数" if most else "只能是整数"
        message = f"{shown(str(keys[-1]))}的单位是{unit}，{wanted}，现在是 {number}"
        yield record, keys, message, "核对这个数和它的单位"


def of_its_file(record: Record) -> Iterator[Problem]:
    """FZ207 of a value that begins with #; FZ501 of what is apart where the file is read."""
    if None in record.source.data.values():
        yield from _content_that_is_a_comment(record)
    yield from islice(_personal_data_between_the_lines(record), MOST_REPORTED)


def _content_that_is_a_comment(record: Record) -> Iterator[Problem]:
    for key, value in record.source.data.items():
        if value is not None:
            continue
        line, column = record.source.at([key, ITSELF])
        column += len(key)
        hidden = re.match(r"\s*:\s+#", record.source.text.split("\n")[line - 1][column - 1 :])
        if hidden:
            column += hidden.end() - 1
            message = f"{shown(key)}后面的内容以 # 开头，不算内容，等于没有写"
            fault = commented_out(message, "去掉 #；没有内容的，整行删去")
            yield Problem(record.path, line, column, *fault)


def _personal_data_between_the_lines(record: Record) -> Iterator[Problem]:
    """Personal data that escapes, line ends or marks keep apart where the file is read."""
    source = record.source
    # What is in the file as it is was searched there, unless a part of it is an escape or a tag.
    seen = "" if _PARTED.search(source.yaml_text) else source.yaml_text
    unseen = [text for text in map(_said, source.data.values()) if text not in seen]
    if unseen and any(personal.apart("\n".join(unseen), "")):
        for key, value in source.data.items():
            for finding in personal.apart(_said(value), source.text):
                yield record.problem([key], personal_data(f"“{key}”里", finding))
    for finding in personal.apart(source.body, source.text):
        yield record.problem(finding.start, personal_data("正文里", finding))


def _said(value: object) -> str:
    if isinstance(value, dict):
        return "\n".join(f"'{key}'：{_said(held)}" for key, held in value.items())
    return "\n".join(map(_said, value)) if isinstance(value, list) else str(value)


_PARTED = Pattern(r"[\\<&%]")
