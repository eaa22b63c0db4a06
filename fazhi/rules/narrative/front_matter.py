"""Rules about the front matter of a narrative: what the catalogue shows, 流程 and 更正."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from fazhi import regex as re
from fazhi.problems.problem import ERROR, WARNING, Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import Checks, Found, finds
from fazhi.records.narrative import DRAFT, NONE, PUBLIC, PUBLISHED, Narrative, ReportMeta
from fazhi.rules.deadlines import reported_by
from fazhi.schema import official
from fazhi.schema.fields import specs
from fazhi.schema.township import CATALOGUE, Settings
from fazhi.sources.source import ITSELF

RULES = Checks[[Narrative, Settings]]()


@finds(ERROR, RULES)
def issued_by_the_office(narrative: Narrative, settings: Settings) -> Found:
    """FZ713: 署名就是 `township.yml` 里的名称，用标准全称；联合发文的，有一个是。

    报告由谁发布，要和网站目录、公文上的一样，不能写成区县或者简称。
    改法：照 `township.yml` 的“名称”改署名；几个单位的写成 `[甲, 乙]`；名称错了的，改 `township.yml`。
    """
    name, typed = settings.township.name, narrative.meta.issuer
    if name not in narrative.meta.issuers:
        message = f"署名是{shown(typed)}，township.yml 的名称是{shown(name)}"
        joined = re.split(r"[ \u3000、，,；;]+", "、".join(narrative.meta.issuers))
        hint = f"写成 [{', '.join(joined)}]" if name in joined else "写成一样的标准全称"
        yield narrative, ["署名"], message, hint


@finds(ERROR, RULES)
def listed_as_declared(narrative: Narrative, settings: Settings) -> Found:
    """FZ737: 开头“目录”里写的，是 `township.yml` 的“目录”里另加的项。

    各地的信息公开目录不一样，有哪些项、按什么次序，写在 `township.yml` 一处；没有写在那里的，不印。
    改法：照提示改名称；是目录里有的，先写进 `township.yml` 的“目录”。
    """
    own = {*specs(ReportMeta), *CATALOGUE}
    added = [row for row in settings.township.catalogue if row not in own]
    for row in narrative.meta.listed:
        if row not in added:
            hint = did_you_mean(row, added) or "township.yml 还没有“目录”一项，先写上"
            hint = "写在开头，不写在“目录”里面" if row in own else hint
            yield narrative, ["目录", row, ITSELF], f"目录里没有另加{shown(row)}", hint


def number_and_index(narrative: Narrative, settings: Settings) -> Iterator[Problem]:
    """What `official` finds wrong with 文号 and 索引号."""
    meta = narrative.meta
    if meta.document_number:
        for fault in official.document_number(meta.document_number):
            yield narrative.source.problem(["文号"], fault)
    if meta.index and meta.index != NONE:
        form = settings.township.index_format or official.INDEX_FORMAT
        for fault in official.index_number(meta.index, form, meta.written.year):
            yield narrative.source.problem(["索引号"], fault)


@finds(ERROR, RULES)
def numbered_in_its_year(narrative: Narrative, _: Settings) -> Found:
    """FZ716: 文号里的年份就是成文日期的年份。

    文号按年编，一年一个序列；年份不一样，多半是照去年的稿子改漏了一处。
    改法：核对文号和成文日期，改错的那一个。
    """
    number, written = narrative.meta.document_number, narrative.meta.written
    year = official.year_of_number(number)
    if year is not None and year != written.year:
        message = f"文号是{year}年的，成文日期在{written.year}年"
        yield narrative, ["文号"], message, "核对，改错的那一个"


_EARLY, _LATE = "这一年没有过完就成文的", "再下一年才成文的"


@finds({_EARLY: ERROR, _LATE: WARNING}, RULES)
def written_after_its_year(narrative: Narrative, settings: Settings) -> Found:
    """FZ718: 年度报告成文、审核的日期在这一年的 12 月或者下一年，别的文种的不早于这一年。

    报告说的是一整年的事，这一年没有过完写不成（上报期限就在这一年的，从那个月起），早了的多半是年份没有改；再下一年才成文的，核对一下。
    改法：核对日期。
    来源：《法治政府建设与责任落实督察工作规定》第二十四条，每年 4 月 1 日之前公布上一年的报告。
    """
    year, written = narrative.year, narrative.meta.written
    due = reported_by(year, settings)  # may be before the year ends
    month = min(12, due.month if due and due.year == year else 12)
    is_annual = narrative.text_type.is_annual
    first = date(year, month if is_annual else 1, 1)
    hint = f"核对，一般在{year + 1}年 4 月 1 日之前" if is_annual else "核对年份"
    days: list[tuple[str, date, list[str | int]]] = [("成文", written, ["成文日期"])]
    for place, step in enumerate(narrative.meta.steps):
        if step.state not in (DRAFT, PUBLISHED):
            days.append(("审核", step.day, ["流程", place, "日期"]))
    for what, day, keys in days:
        if day < first or (what == "成文" and day.year > year + 1):
            message = f"{what}日期是 {day}，{narrative.text_type.called}是{year}年的"
            yield narrative, keys, message, hint, _EARLY if day < first else _LATE
            return


@finds(ERROR, RULES)
def titled_by_the_office(narrative: Narrative, settings: Settings) -> Found:
    """FZ719: 年度报告的标题里有本乡镇的名称或者简称；审核了的，标题不写稿、示例一类的记号。

    标题单独出现在目录和搜索结果里，要看得出是谁的报告；常见的是只写了区县，成了区县的报告。写着“（征求意见稿）”的，谁也不当它是公布的报告；草稿、示例的记号程序会加。
    改法：写成“……人民政府……年法治政府建设情况报告”，用 `township.yml` 的名称，后面不加记号。
    """
    township, title = settings.township, narrative.meta.title
    if not narrative.meta.is_draft and (mark := _UNFINISHED.search(title)):
        message = f"{narrative.meta.state}的报告，标题写着{shown(mark[0])}"
        yield narrative, ["标题"], message, "删去；草稿、示例的记号程序会加"
    if not narrative.text_type.is_annual:
        return
    if township.name not in title and township.short_name not in title:
        message = f"标题没有写是{shown(township.short_name)}的报告，是{shown(title)}"
        hint = f"写成“{township.name}{narrative.year}年法治政府建设情况报告”"
        yield narrative, ["标题"], message, hint


_UNFINISHED = re.compile(
    r"[（(【〔\[][^）)】〕\]]*(?:稿|[示样]例|样[本张]|演示|测试|虚构|内部|未公[布开]|未审|待审|征求意见|讨论)"
    r"[^）)】〕\]]*[）)】〕\]]|[初草送审样底文定]*稿\Z"
)


@finds(ERROR, RULES)
def steps_in_order(narrative: Narrative, _: Settings) -> Found:
    """FZ720: 流程一步接一步：先草稿，再审核，再发布，日期不倒退。

    没有审核过的不能发布；审核和发布的日期，决定哪一天算公布，是不是按时公布。退回修改的，再写一步草稿。
    改法：照提示补上漏掉的一步，或者核对日期。
    来源：《政府信息公开条例》第十七条。
    """
    steps, unreviewed = narrative.meta.steps, ("没有审核就发布了", "前面补上“已审核”的一步")
    if steps and steps[0].state == PUBLISHED:
        yield narrative, ["流程", 0], *unreviewed
    for place, (before, step) in enumerate(pairwise(steps), 1):
        if step.day < before.day:
            message = f"“{step.state}”的日期（{step.day}）早于前一步（{before.day}）"
            yield narrative, ["流程", place, "日期"], message, "核对两个日期"
        if before.state == PUBLISHED:
            message, hint = "已经发布，后面不能再有别的步骤", "发布以后改了数的，写在“更正”里"
            yield narrative, ["流程", place, "状态"], message, hint
        elif step.state == PUBLISHED and before.state == DRAFT:
            yield narrative, ["流程", place, "状态"], *unreviewed


_UNFIT, _WITHHELD = "写得不对的", "最后一次审核的意见不是主动公开、没有发布的"


@finds({_UNFIT: ERROR, _WITHHELD: WARNING}, RULES)
def reviewed_for_disclosure(narrative: Narrative, _: Settings) -> Found:
    """FZ721: 审核写明公开审查的意见，最后一次审核的意见是主动公开的才能发布。

    政府信息公开以前要依法审查，由谁在哪一天定为主动公开、依申请公开还是不予公开，要有记录。意见不是主动公开的，报告照草稿印：标着草稿，没有可以下载的 Word 和 PDF。
    改法：在那一步里补上“意见: 主动公开”；意见是依申请公开或者不予公开的，删去发布的一步。又审查过、改了意见的，发布前面再写一步“已审核”。
    来源：《政府信息公开条例》第十七条。
    """
    steps = narrative.meta.steps
    for place, step in enumerate(steps):
        if step.opinion is None and step.state != DRAFT:
            hint = "补上“意见: 主动公开”，或者依申请公开、不予公开"
            message = f"“{step.state}”没有写公开审查的意见"
            yield narrative, ["流程", place], message, hint, _UNFIT
        elif step.state == PUBLISHED and step.opinion != PUBLIC:
            hint = "意见改为主动公开，或者删去发布的一步"
            message = f"意见是{step.opinion}的，不能发布"
            yield narrative, ["流程", place, "意见"], message, hint, _UNFIT
    for place, (before, step) in enumerate(pairwise(steps), 1):
        if step.state == PUBLISHED and before.opinion not in (None, PUBLIC):
            message = f"审核的意见是{before.opinion}，却发布了"
            hint = "删去发布的一步；又审查过、改了意见的，前面再写一步“已审核”"
            yield narrative, ["流程", place], message, hint, _UNFIT
    if steps and steps[-1].state not in (DRAFT, PUBLISHED) and narrative.meta.is_draft:
        message = f"审核的意见是{narrative.meta.opinion}，报告照草稿印，不能公布"
        hint = "不公开的，网页也不要交出去；又审查过、改了意见的，再写一步“已审核”"
        yield narrative, ["流程", len(steps) - 1, "意见"], message, hint, _WITHHELD


@finds(ERROR, RULES)
def days_in_order(narrative: Narrative, _: Settings) -> Found:
    """FZ722: 发布不早于成文，更正不早于发布。

    日期前后对不上，多半是年份或者月份打错了一个数字。
    改法：核对两个日期；还没有发布的，不写更正，直接改叙述稿和记录。
    """
    meta, published = narrative.meta, narrative.meta.published
    for place, step in enumerate(meta.steps):
        if step.state == PUBLISHED and step.day < meta.written:
            message = f"发布的日期（{step.day}）早于成文日期（{meta.written}）"
            yield narrative, ["流程", place, "日期"], message, "核对两个日期"
    for place, correction in enumerate(meta.corrections):
        if published is None:
            message, hint = "还没有发布，不用更正", "直接改叙述稿和记录，删去更正"
            yield narrative, ["更正", place], message, hint
        elif correction.day < published:
            message = f"更正的日期（{correction.day}）早于发布的日期（{published}）"
            yield narrative, ["更正", place, "日期"], message, "核对两个日期"
