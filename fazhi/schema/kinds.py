"""THE declaration of record kinds and their fields: check, pages, data and documents read it from here.

Keys are Chinese, as clerks type them; attributes are English. A field says whether it may leave the
office (`public(…)`), which word list it draws from (`words`) and what it means.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from fazhi.schema.every_kind import PUBLICITY, Dated, Fields, Publicity
from fazhi.schema.fields import Amount, Count, Day, FieldSpec, Model, Text, field, public, specs
from fazhi.schema.periods import Period, span_of
from fazhi.schema.vocabulary import LISTS

_PEOPLE = "人 人次"  # who sits two exams is one 人 and two 人次


class Activity(Dated):
    """活动: something done for or with people, at a place."""

    kind = "活动"
    meaning = "在某个地方做的事，如宣传、讲座、考试、排查"
    folder = "activities"
    publicity = Publicity.FULL
    units = ("场", "场次", "次", "个", "项", "件", "期", "堂", "节", "届", "轮", "批", "回")

    place: Text = public("地点", "事项发生的地点", required=True)
    topics: tuple[Text, ...] = public("主题", "宣传或者办理的内容", many=True, words="主题")
    villages: tuple[Text, ...] = public("村", "办到的村（社区）", many=True, words="村")
    node: Text | None = public("普法节点", "所属的普法时间节点", words="普法节点")
    attendance: Count | None = public("参加人次", "参加的人次；考试为参考的人次", units="人次")
    leaflets: Count | None = public("发放资料份数", "发放的宣传资料", units="份 册 本")
    posters: Count | None = public("张贴海报张数", "张贴的海报", units="张")
    consultations: Count | None = public("咨询人次", "前来咨询的人次", units="人次")
    hazards: Count | None = public("发现隐患数", "排查发现的隐患", units="个 处 起 件 项 条")
    expected: Count | None = public("应考", "应当参加考试的人数", units=_PEOPLE)
    examined: Count | None = public("参考", "实际参加考试的人数", note="不多于应考", units=_PEOPLE)
    passed: Count | None = public("合格", "考试合格的人数", note="不多于参考", units=_PEOPLE)


class AgendaItem(Model):
    """议题: one topic of a meeting. Its title and conclusion never leave the office."""

    title: Text = field("标题", "议题的名称", required=True)
    topic: Text = public(
        "主题", "议题属于哪个主题", required=True, words="主题", note="指标靠它来数"
    )
    conclusion: Text | None = field("结论", "研究的结论")
    review: Literal["通过", "修改后通过", "不适用"] | None = field("合法性审查", "审查的结果")


def _not_empty(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    if not items:  # min_length would count the items with a fault as missing, and report both
        raise PydanticCustomError("empty", "是空的")
    return items


Agenda = Annotated[tuple[AgendaItem, ...], AfterValidator(_not_empty)]


class Meeting(Dated):
    """会议: agenda titles and conclusions are process records and stay inside."""

    kind = "会议"
    meaning = "开的会，听取的汇报，集体学习"
    folder = "meetings"
    publicity = Publicity.SUMMARY
    units = ("次", "场", "场次", "个", "届", "期", "轮", "回")
    publicity_limit = Publicity.SUMMARY

    chair: Text | None = field("主持", "主持人的职务", note="不写人名")
    invited: Count | None = field("应到", "应到人数", units=_PEOPLE)
    present: Count | None = field("实到", "实到人数", note="不多于应到", units=_PEOPLE)
    agenda: Agenda = field("议题", "会议的各项议题", required=True, note="一个议题一项，至少一项")

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of the agenda, each once: all that a summary shows of it."""
        return tuple(dict.fromkeys(item.topic for item in self.agenda))


class Case(Fields):
    """案件: counted only; a single case is never published."""

    kind = "案件"
    meaning = "一件一件受理、办结的事，如纠纷、信访、处罚"
    folder = "cases"
    publicity = Publicity.COUNTED
    units = ("件", "起", "宗", "个", "项", "例", "桩", "案", "份")
    publicity_limit = Publicity.COUNTED
    leading = "受理日期"
    OPEN: ClassVar = "在办"  # a case with any other 结果 has a 办结日期 (FZ406)

    accepted: Day = public("受理日期", "受理的日期", required=True)
    closed: Day | None = field(
        "办结日期", "办结的日期", note="不早于受理日期；在办的不写，有了结果的必须写"
    )
    decided: Day | None = field("决定日期", "行政处罚决定的日期", note="不早于受理日期")
    penalty: Text | None = field("处罚种类", "处罚的种类，几种并处的为最重的一种", words="处罚种类")
    outcome: Text = public(
        "结果", "办理的结果", required=True, words="结果", note="还没有办结的写在办"
    )
    dispute: Text | None = field("纠纷类型", "矛盾纠纷的类型", words="纠纷类型")
    village: Text | None = field("村", "所在的村", words="村")
    channels: tuple[Text, ...] = field(
        "来源", "来源的渠道", many=True, words="来源", note="几个渠道来的同一件事，都写在一条里"
    )
    people: Count | None = field("涉及人数", "涉及的人数", units="人")
    fined: Amount | None = field(
        "罚没金额", "罚款和没收的金额，没收了东西而没有金额的不写", note="单位是元", units="元"
    )

    @property
    def day(self) -> date:
        return self.accepted

    @property
    def is_open(self) -> bool:
        return self.outcome == self.OPEN

    def as_of(self, day: date) -> Self:
        """The case as it stood at the end of a day: what was decided or closed later had not come yet."""
        later: dict[str, object] = {}
        if self.closed and self.closed > day:
            later |= {"closed": None, "outcome": self.OPEN}
        if (decided := self.decided or self.closed) and decided > day:
            later |= {"decided": None, "penalty": None, "fined": None}
        return self.model_copy(update=later) if later else self


class Standing(Fields):
    """现状: what the office holds at a date. Never summed over dates."""

    kind = "现状"
    meaning = "某一天有多少人员、队伍、协议"
    folder = "standings"
    publicity = Publicity.FULL
    units = ("个", "项", "条", "件", "份", "次")
    leading = "截止日期"

    as_of: Day = public(
        "截止日期", "数量截止到哪一天", required=True, note="报告用的多是 12 月 31 日"
    )
    quantity: Amount | None = public(
        "数量", "截止日期当天的数量", note="数量和分类至少写一项；一件一件数的是整数"
    )
    parts: dict[str, Count] | None = public(
        "分类", "分项的数量，合计等于数量", words="分项", note="重点人群只记汇总人数"
    )

    @property
    def day(self) -> date:
        return self.as_of

    @property
    def total(self) -> int | Decimal | None:
        """The quantity, or the sum of the parts where only they are given."""
        return sum(self.parts.values()) if self.quantity is None and self.parts else self.quantity


class Total(Fields):
    """汇总: what a platform says of a period in sum, where nothing is recorded one by one."""

    kind = "汇总"
    meaning = "没有一件一件登记的数，如平台的月报、季报"
    folder = "totals"
    publicity = Publicity.FULL
    units = ()
    leading = "期间"

    counters: dict[str, Amount] = field(
        "计数", "这段时间里各有多少，名称取自词表", required=True, words="计数"
    )
    period: Period = public(
        "期间", "合计的是哪一段时间", required=True,
        note="写成 2024-03、2024年一季度、2024年，或者 2024-01-01至2024-11-30",
    )  # fmt: skip
    origin: Text = public("数据来源", "哪个平台、哪本台账的数", required=True)

    @property
    def day(self) -> date:
        return self.period.last


class Kind:
    """A kind of record: its Chinese name, its folder, its fields by key."""

    def __init__(self, model: type[Fields]) -> None:
        self.model = model
        self.name, self.folder = model.kind, model.folder
        self.fields: Mapping[str, FieldSpec] = specs(model)

    @cached_property
    def days(self) -> tuple[tuple[str, str], ...]:
        """The keys of its dates in the order in which they are written, with their attributes."""
        ordered = map(self.fields.__getitem__, self.order)
        return tuple((spec.key, spec.attribute) for spec in ordered if spec.is_day)

    def leading_day(self, text: object) -> date | None:
        """The day that a leading date, or the end of a leading period, is; None where it is none."""
        if self.fields[self.model.leading].is_period:
            return span.last if (span := span_of(str(text))) else None
        try:
            return date.fromisoformat(str(text))
        except ValueError:
            return None

    @cached_property
    def amounts(self) -> tuple[tuple[str, FieldSpec], ...]:
        """The fields that hold amounts which may have decimals, by key."""
        return tuple((key, spec) for key, spec in self.fields.items() if spec.is_amount)

    @cached_property
    def listed(self) -> tuple[FieldSpec, ...]:
        """The fields whose words stand in a plain list of the vocabulary, other than its 板块."""
        return tuple(s for s in self.fields.values() if s.words in LISTS and s.words != "板块")

    def choices(self, spec: FieldSpec, *, is_sensitive: bool = False) -> tuple[str, ...]:
        """The fixed values of a field that a record of this kind may have (FZ307)."""
        limit = Publicity.COUNTED if is_sensitive else self.model.publicity_limit
        return tuple(word for word in spec.fixed if PUBLICITY.get(word, limit) <= limit)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The keys in the order in which a record is written: what, when, who; evidence last."""
        days = [key for key in ("日期", "起始日期", "结束日期") if key in self.fields]
        first = ["标题", *(days or [self.model.leading]), "类别", "板块", "承办", "依据"]
        last = ["佐证材料", "计数", "标记", "任务", "公开", "沿用"]
        return (*first, *(key for key in self.fields if key not in {*first, *last}), *last)


_MODELS: tuple[type[Fields], ...] = (Activity, Meeting, Case, Standing, Total)
KINDS: dict[str, Kind] = {model.kind: Kind(model) for model in _MODELS}
FOLDERS: dict[str, Kind] = {kind.folder: kind for kind in KINDS.values()}
