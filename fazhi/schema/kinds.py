"""THE declaration of record kinds and their fields: check, pages, data and documents read it from here.

Keys are Chinese, as clerks type them; attributes are English. A field says whether it may leave the
office (`public`), which word list it draws from (`words`) and what it means.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

from fazhi.schema.fields import Count, Day, FieldSpec, Model, Text, field, specs
from fazhi.schema.vocabulary import LISTS

_PEOPLE = "人 人次"  # who sits two exams is one 人 and two 人次


class Publicity(IntEnum):
    """How far a record may go in the public edition (its 公开)."""

    COUNTED = 0
    SUMMARY = 1
    FULL = 2


PUBLICITY = {"仅统计": Publicity.COUNTED, "摘要": Publicity.SUMMARY, "全文": Publicity.FULL}


class Evidence(Model):
    """佐证材料: something that stands behind a record, kept in the office unless it says 公开."""

    name: Text = field("名称", "材料的名称", public=True, required=True)
    copies: Count | None = field("份数", "材料的份数", public=True)
    archive: Text | None = field("档号", "归档编号")
    file: Text | None = field("文件", "records/<年>/files/ 里的文件名", note="不带路径")
    publish: Literal["是", "否"] | None = field(
        "公开", "照片放不放到公开的网页上", note="不写的不放；只能是照片"
    )

    @property
    def is_public(self) -> bool:  # its file is shown where the record is
        return self.publish == "是"


class AgendaItem(Model):
    """议题: one topic of a meeting. Its title and conclusion never leave the office."""

    title: Text = field("标题", "议题的名称", required=True)
    topic: Text = field(
        "主题", "议题属于哪个主题", public=True, required=True, words="主题", note="指标靠它来数"
    )
    conclusion: Text | None = field("结论", "研究的结论")
    review: Literal["通过", "修改后通过", "不适用"] | None = field("合法性审查", "审查的结果")


class Fields(Model):
    """What every kind of record may carry."""

    kind: ClassVar[str]
    meaning: ClassVar[str]  # what kind of matter it is, in the words of a menu
    folder: ClassVar[str]
    publicity: ClassVar[Publicity]
    publicity_limit: ClassVar[Publicity] = Publicity.FULL
    leading: ClassVar[str] = "日期"  # the key of the leading date
    units: ClassVar[tuple[str, ...]]  # in which its records may be counted
    elsewhere: ClassVar[Mapping[str, str]] = {
        "正文": "写在第二行 --- 的下面",
        "编号": "编号就是文件名，整行删去",
        "数量": "写进说明是什么数量的那一项；没有这一项的，写成 计数: {名称: 数量}",
    }

    title: Text = field(
        "标题", "事项的名称", public=True, required=True, note="一句话说清是什么事，不写人名"
    )
    category: Text = field(
        "类别", "事项的类别", public=True, required=True, words="类别", note="一件事只记一个类别"
    )
    section: Text | None = field(
        "板块", "所属的板块", public=True, words="板块", note="词表里给类别定了板块的不写"
    )
    office: Text | None = field("承办", "承办的岗位或者单位", public=True, note="不写人名")
    publish: Literal["全文", "摘要", "仅统计"] | None = field(
        "公开", "公开的程度", note="不写的按这种记录的惯例"
    )
    basis: Text | None = field("依据", "文号", public=True, note="作为依据的文件的发文字号")
    evidence: tuple[Evidence, ...] = field(
        "佐证材料", "留存的材料", public=True, many=True, note="一份材料一项"
    )
    counters: dict[str, Count] | None = field("计数", "词表里另外规定的数量", words="计数")
    reused: Text | None = field(
        "沿用", "正文和别的记录几乎一样的理由", note="检查提醒了，确实一样的才写"
    )

    @property
    def day(self) -> date:
        """The leading date: the one that must lie in the folder's year."""
        raise NotImplementedError


class Dated(Fields):
    """A record of something that happened on a day, or over some days."""

    on: Day | None = field("日期", "发生的日期", public=True, note="跨几天的，写起始日期和结束日期")
    start: Day | None = field(
        "起始日期", "跨几天的，开始的日期", public=True, note="同结束日期一起写，不再写日期"
    )
    end: Day | None = field(
        "结束日期", "跨几天的，结束的日期", public=True, note="同起始日期一起写，不再写日期"
    )

    @model_validator(mode="after")
    def _one_leading_date(self) -> Dated:
        given = (self.on is not None, self.start is not None, self.end is not None)
        if given not in {(True, False, False), (False, True, True)}:
            message, hint = "日期没有写全", "写“日期”；跨几天的写“起始日期”和“结束日期”"
            if given[0]:
                message = "日期写重了"
                hint = "一天的只留“日期”；跨几天的删去“日期”，“起始日期”和“结束日期”都写"
            at = next((a for a in ("on", "start", "end") if a in self.model_fields_set), "on")
            context = {"text": message, "hint": hint, "at": type(self).model_fields[at].alias}
            raise PydanticCustomError("leading", "{text}", context)
        return self

    @property
    def day(self) -> date:
        day = self.on or self.start
        assert day is not None  # held by _one_leading_date
        return day


class Activity(Dated):
    """活动: something done for or with people, at a place."""

    kind = "活动"
    meaning = "在某个地方做的事，如宣传、讲座、考试、排查"
    folder = "activities"
    publicity = Publicity.FULL
    units = ("场", "场次", "次", "个", "项", "件", "期", "堂", "节", "届", "轮", "批", "回")

    place: Text = field("地点", "事项发生的地点", public=True, required=True)
    topics: tuple[Text, ...] = field(
        "主题", "宣传或者办理的内容", public=True, many=True, words="主题"
    )
    node: Text | None = field("普法节点", "所属的普法时间节点", public=True, words="普法节点")
    attendance: Count | None = field(
        "参加人次", "参加的人次；考试为参考的人次", public=True, units="人次"
    )
    leaflets: Count | None = field("发放资料份数", "发放的宣传资料", public=True, units="份 册 本")
    posters: Count | None = field("张贴海报张数", "张贴的海报", public=True, units="张")
    consultations: Count | None = field("咨询人次", "前来咨询的人次", public=True, units="人次")
    hazards: Count | None = field(
        "发现隐患数", "排查发现的隐患", public=True, units="个 处 起 件 项 条"
    )
    expected: Count | None = field("应考", "应当参加考试的人数", public=True, units=_PEOPLE)
    examined: Count | None = field(
        "参考", "实际参加考试的人数", public=True, note="不多于应考", units=_PEOPLE
    )
    passed: Count | None = field(
        "合格", "考试合格的人数", public=True, note="不多于参考", units=_PEOPLE
    )


def _not_empty(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    if not items:  # min_length would count the items with a fault as missing, and report both
        raise PydanticCustomError("empty", "是空的")
    return items


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
    agenda: Annotated[tuple[AgendaItem, ...], AfterValidator(_not_empty)] = field(
        "议题", "会议的各项议题", required=True, note="一个议题一项，至少一项"
    )

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

    accepted: Day = field("受理日期", "受理的日期", public=True, required=True)
    closed: Day | None = field(
        "办结日期", "办结的日期", note="不早于受理日期；在办的不写，有了结果的必须写"
    )
    decided: Day | None = field("决定日期", "行政处罚决定的日期", note="不早于受理日期")
    penalty: Text | None = field("处罚种类", "处罚的种类，几种并处的为最重的一种", words="处罚种类")
    outcome: Text = field(
        "结果", "办理的结果", public=True, required=True, words="结果", note="还没有办结的写在办"
    )
    dispute: Text | None = field("纠纷类型", "矛盾纠纷的类型", words="纠纷类型")
    village: Text | None = field("村", "所在的村", words="村")
    channels: tuple[Text, ...] = field(
        "来源", "来源的渠道", many=True, words="来源", note="几个渠道来的同一件事，都写在一条里"
    )
    people: Count | None = field("涉及人数", "涉及的人数", units="人")

    @property
    def day(self) -> date:
        return self.accepted

    @property
    def is_open(self) -> bool:
        return self.outcome == self.OPEN


class Standing(Fields):
    """现状: what the office holds at a date. Never summed over dates."""

    kind = "现状"
    meaning = "某一天有多少人员、队伍、协议"
    folder = "standings"
    publicity = Publicity.FULL
    units = ("个", "项", "条", "件", "份", "次")
    leading = "截止日期"

    as_of: Day = field(
        "截止日期", "数量截止到哪一天", public=True, required=True, note="报告用的多是 12 月 31 日"
    )
    quantity: Count | None = field(
        "数量", "截止日期当天的数量", public=True, note="数量和分类至少写一项"
    )
    parts: dict[str, Count] | None = field(
        "分类", "分项的数量，合计等于数量", public=True, words="分项", note="重点人群只记汇总人数"
    )

    @property
    def day(self) -> date:
        return self.as_of

    @property
    def total(self) -> int | None:
        """The quantity, or the sum of the parts where only they are given."""
        return sum(self.parts.values()) if self.quantity is None and self.parts else self.quantity


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
        last = ["佐证材料", "计数", "公开", "沿用"]
        own = [key for key in self.fields if key not in {*first, *last}]
        return (*first, *own, *last)


KINDS: dict[str, Kind] = {model.kind: Kind(model) for model in (Activity, Meeting, Case, Standing)}
FOLDERS: dict[str, Kind] = {kind.folder: kind for kind in KINDS.values()}
