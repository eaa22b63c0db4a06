"""Rules about the front matter of a narrative, which the catalogue and the portal show."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from fazhi.problems.problem import ERROR, WARNING, Problem
from fazhi.problems.quoting import shown
from fazhi.problems.rulebook import rule
from fazhi.records.narrative import Narrative
from fazhi.schema import official
from fazhi.schema.township import Settings

RULES: list[Callable[[Narrative, Settings], Iterator[Problem]]] = []


@rule(ERROR, RULES)
def issued_by_the_office(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """FZ713: 署名就是 `township.yml` 里的名称，用标准全称。

    报告由谁发布，要和网站目录、公文上的一样，不能写成区县或者简称。
    改法：照 `township.yml` 的“名称”改署名；名称错了的，改 `township.yml`。
    """
    name = settings.township.name
    if narrative.meta.issuer != name:
        message = f"署名是{shown(narrative.meta.issuer)}，township.yml 的名称是{shown(name)}"
        fault = issued_by_the_office.fault(message, "写成一样的标准全称")
        yield narrative.source.problem(["署名"], fault)


def number_and_index(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """What `official` finds wrong with 文号 and 索引号."""
    meta = narrative.meta
    if meta.number:
        for fault in official.document_number(meta.number):
            yield narrative.source.problem(["文号"], fault)
    if meta.index:
        form = settings.township.index_format or official.INDEX_FORMAT
        for fault in official.index_number(meta.index, form, meta.written.year):
            yield narrative.source.problem(["索引号"], fault)


RULES.append(number_and_index)


@rule(ERROR, RULES)
def numbered_in_its_year(narrative: Narrative, _: Settings) -> Iterator[Problem]:
    """FZ716: 文号里的年份就是成文日期的年份。

    文号按年编，一年一个序列；年份不一样，多半是照去年的稿子改漏了一处。
    改法：核对文号和成文日期，改错的那一个。
    """
    number, written = narrative.meta.number, narrative.meta.written
    year = official.year_of_number(number) if number else None
    if year is not None and year != written.year:
        message = f"文号是{year}年的，成文日期在{written.year}年"
        fault = numbered_in_its_year.fault(message, "核对，改错的那一个")
        yield narrative.source.problem(["文号"], fault)


_EARLY, _LATE = "这一年没有过完就成文的", "再下一年才成文的"


@rule({_EARLY: ERROR, _LATE: WARNING}, RULES)
def written_after_its_year(narrative: Narrative, _: Settings) -> Iterator[Problem]:
    """FZ718: 成文日期在这一年的 12 月或者下一年。

    报告说的是一整年的事，这一年没有过完写不成，早了的多半是年份没有改；再下一年才写的，核对一下。
    改法：核对成文日期。
    来源：《法治政府建设与责任落实督察工作规定》第二十四条，每年 4 月 1 日之前公布上一年的报告。
    """
    year, written = narrative.year, narrative.meta.written
    message = f"成文日期是 {written}，报告是{year}年的"
    hint = f"核对，一般在{year + 1}年 4 月 1 日之前"
    if written < date(year, 12, 1):
        fault = written_after_its_year.fault(message, hint, _EARLY)
        yield narrative.source.problem(["成文日期"], fault)
    elif written.year > year + 1:
        fault = written_after_its_year.fault(message, hint, _LATE)
        yield narrative.source.problem(["成文日期"], fault)


@rule(ERROR, RULES)
def titled_by_the_office(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """FZ719: 标题里有本乡镇的名称或者简称。

    标题单独出现在目录和搜索结果里，要看得出是谁的报告；常见的是只写了区县，成了区县的报告。
    改法：写成“……人民政府……年法治政府建设情况报告”，用 `township.yml` 的名称。
    """
    township, title = settings.township, narrative.meta.title
    if township.name not in title and township.short_name not in title:
        message = f"标题没有写是{shown(township.short_name)}的报告，是{shown(title)}"
        hint = f"写成“{township.name}{narrative.year}年法治政府建设情况报告”"
        yield narrative.source.problem(["标题"], titled_by_the_office.fault(message, hint))
