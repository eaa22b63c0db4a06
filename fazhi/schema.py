"""THE declaration of record kinds and their fields.

Keys are Chinese, as clerks type them; attributes are English. A field says here whether it may
leave the office (`public`), which word list it draws from (`words`) and what it means; check,
pages, data and documents all read it from here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache, cached_property
from typing import Annotated, Any, ClassVar, Literal, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)
from pydantic_core import PydanticCustomError

from fazhi.source import INVISIBLE

MAX_COUNT = 100_000_000


def _text(value: object) -> object:
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError("form", "应当是文字")
    if len(value) > 2000:
        raise PydanticCustomError("form", "文字太长，超过 2000 字")
    if INVISIBLE.search(value):  # by way of an escape: the file itself was searched when read
        raise PydanticCustomError("form", "里有看不见的字符", {"hint": "删去引号里的 \\ 写法"})
    return value.strip()


def _count(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int):
        digits = re.sub("[,，]", "", str(value).translate(_HALF_WIDTH)).strip()
        hint = "只写数字，不写单位"
        if re.fullmatch(r"[0-9]{1,9}", digits):
            hint = f"写成 {int(digits)}，用半角数字，不加引号"
        raise PydanticCustomError("form", "应当是整数", {"hint": hint})
    if not 0 <= value <= MAX_COUNT:
        raise PydanticCustomError("form", "应当在 0 和一亿之间", {"hint": "核对数字"})
    return value


def _day(value: object) -> object:
    exact = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", str(value), re.ASCII)
    loose = re.search(r"(\d{4})\s*[-年/.－]\s*(\d{1,2})\s*[-月/.－]\s*(\d{1,2})", str(value))
    match = exact or loose
    if not match:
        raise PydanticCustomError("form", "应当是日期", {"hint": "写成 2024-04-15 这样"})
    year, month, day = (int(part) for part in match.groups())
    try:
        real = date(year, month, day)
    except ValueError:
        text = f"写的是 {year}年{month}月{day}日，没有这一天"
        raise PydanticCustomError("day", "{text}", {"text": text}) from None
    if not exact:
        raise PydanticCustomError("form", "的写法不对", {"hint": f"写成 {real.isoformat()}"})
    return real


def _not_empty(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if not items:
        raise PydanticCustomError("empty", "是空的")
    return items


_HALF_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")

Text = Annotated[str, BeforeValidator(_text)]
Count = Annotated[int, BeforeValidator(_count)]
Day = Annotated[date, BeforeValidator(_day)]


class Publicity(IntEnum):
    """How far a record may go in the public edition (its 公开)."""

    COUNTED = 0
    SUMMARY = 1
    FULL = 2


PUBLICITY = {"仅统计": Publicity.COUNTED, "摘要": Publicity.SUMMARY, "全文": Publicity.FULL}


def field(
    key: str,
    meaning: str,
    *,
    public: bool = False,
    required: bool = False,
    words: str | None = None,
    many: bool = False,
) -> Any:
    """Declare a field: its key, what it means, whether it may leave the office, its word list."""
    default: Any = ... if required else () if many else None
    extra: dict[str, Any] = {"public": public, "words": words}
    return Field(default, alias=key, description=meaning, json_schema_extra=extra)


class Model(BaseModel):
    """A mapping of the records: no unknown key, nothing changed after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(Model):
    """佐证材料: something that stands behind a record, kept in the office."""

    name: Text = field("名称", "材料的名称", public=True, required=True)
    copies: Count | None = field("份数", "材料的份数", public=True)
    archive: Text | None = field("档号", "归档编号")
    file: Text | None = field("文件", "records/<年>/files/ 里的文件名")


class AgendaItem(Model):
    """议题: one topic of a meeting. Its title and conclusion never leave the office."""

    title: Text = field("标题", "议题的名称", required=True)
    topic: Text = field("主题", "议题属于哪个主题", public=True, required=True, words="主题")
    conclusion: Text | None = field("结论", "研究的结论")
    review: Literal["通过", "修改后通过", "不适用"] | None = field("合法性审查", "审查的结果")


class Fields(Model):
    """What every kind of record may carry."""

    kind: ClassVar[str]
    folder: ClassVar[str]
    publicity: ClassVar[Publicity]
    publicity_limit: ClassVar[Publicity] = Publicity.FULL
    leading: ClassVar[str] = "日期"
    """The key of the leading date."""

    title: Text = field("标题", "事项的名称", public=True, required=True)
    category: Text = field("类别", "事项的类别", public=True, required=True, words="类别")
    section: Text | None = field("板块", "所属的板块", public=True, words="板块")
    office: Text | None = field("承办", "承办的岗位或者单位", public=True)
    publish: Literal["全文", "摘要", "仅统计"] | None = field("公开", "公开的程度")
    basis: Text | None = field("依据", "文号", public=True)
    evidence: tuple[Evidence, ...] = field("佐证材料", "留存的材料", public=True, many=True)
    counters: dict[str, Count] | None = field("计数", "词表里另外规定的数量", words="计数")

    @property
    def day(self) -> date:
        """The leading date: the one that must lie in the folder's year."""
        raise NotImplementedError


class Dated(Fields):
    """A record of something that happened on a day, or over some days."""

    on: Day | None = field("日期", "发生的日期", public=True)
    start: Day | None = field("起始日期", "跨几天的，开始的日期", public=True)
    end: Day | None = field("结束日期", "跨几天的，结束的日期", public=True)

    @model_validator(mode="after")
    def _one_leading_date(self) -> Dated:
        given = (self.on is not None, self.start is not None, self.end is not None)
        if given not in {(True, False, False), (False, True, True)}:
            hint = "写“日期”；跨几天的写“起始日期”和“结束日期”"
            message = "日期没有写全" if not given[0] else "日期写重了"
            at = next((a for a in ("on", "start", "end") if a in self.model_fields_set), "on")
            raise PydanticCustomError(
                "leading", "{text}", {"text": message, "hint": hint, "at": self._key(at)}
            )
        return self

    @classmethod
    def _key(cls, attribute: str) -> str:
        return str(cls.model_fields[attribute].alias)

    @property
    def day(self) -> date:
        day = self.on or self.start
        assert day is not None  # held by _one_leading_date
        return day


class Activity(Dated):
    """活动: something done for or with people, at a place."""

    kind = "活动"
    folder = "activities"
    publicity = Publicity.FULL

    place: Text = field("地点", "事项发生的地点", public=True, required=True)
    topics: tuple[Text, ...] = field(
        "主题", "宣传或者办理的内容", public=True, many=True, words="主题"
    )
    node: Text | None = field("普法节点", "所属的普法时间节点", public=True, words="普法节点")
    attendance: Count | None = field("参加人次", "参加的人次；考试为参考的人次", public=True)
    leaflets: Count | None = field("发放资料份数", "发放的宣传资料", public=True)
    posters: Count | None = field("张贴海报张数", "张贴的海报", public=True)
    consultations: Count | None = field("咨询人次", "前来咨询的人次", public=True)
    hazards: Count | None = field("发现隐患数", "排查发现的隐患", public=True)
    expected: Count | None = field("应考", "应当参加考试的人数", public=True)
    examined: Count | None = field("参考", "实际参加考试的人数", public=True)
    passed: Count | None = field("合格", "考试合格的人数", public=True)


class Meeting(Dated):
    """会议: agenda titles and conclusions are process records and stay inside."""

    kind = "会议"
    folder = "meetings"
    publicity = Publicity.SUMMARY
    publicity_limit = Publicity.SUMMARY

    chair: Text | None = field("主持", "主持人的职务")
    invited: Count | None = field("应到", "应到人数")
    present: Count | None = field("实到", "实到人数")
    agenda: Annotated[tuple[AgendaItem, ...], AfterValidator(_not_empty)] = field(
        "议题", "会议的各项议题", required=True
    )

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of the agenda, each once: all that a summary tells of it."""
        return tuple(dict.fromkeys(item.topic for item in self.agenda))


class Case(Fields):
    """案件: counted only; a single case is never published."""

    kind = "案件"
    folder = "cases"
    publicity = Publicity.COUNTED
    publicity_limit = Publicity.COUNTED
    leading = "受理日期"

    accepted: Day = field("受理日期", "受理的日期", public=True, required=True)
    closed: Day | None = field("办结日期", "办结的日期")
    decided: Day | None = field("决定日期", "行政处罚决定的日期")
    penalty: Text | None = field("处罚种类", "处罚的种类，几种并处的为最重的一种", words="处罚种类")
    outcome: Text = field("结果", "办理的结果", public=True, required=True, words="结果")
    dispute: Text | None = field("纠纷类型", "矛盾纠纷的类型", words="纠纷类型")
    village: Text | None = field("村", "所在的村", words="村")
    channels: tuple[Text, ...] = field("来源", "来源的渠道", many=True, words="来源")
    people: Count | None = field("涉及人数", "涉及的人数")

    @property
    def day(self) -> date:
        return self.accepted


class Standing(Fields):
    """现状: what the office holds at a date. Never summed over dates."""

    kind = "现状"
    folder = "standings"
    publicity = Publicity.FULL
    leading = "截止日期"

    as_of: Day = field("截止日期", "数量截止到哪一天", public=True, required=True)
    quantity: Count | None = field("数量", "截止日期当天的数量", public=True)
    parts: dict[str, Count] | None = field(
        "分类", "分项的数量，合计等于数量", public=True, words="分项"
    )

    @property
    def day(self) -> date:
        return self.as_of

    @property
    def total(self) -> int | None:
        """The quantity, or the sum of the parts where only they are given."""
        if self.quantity is None and self.parts:
            return sum(self.parts.values())
        return self.quantity


@dataclass(frozen=True)
class FieldSpec:
    """A declared field, as check, pages and data see it."""

    key: str
    attribute: str
    meaning: str
    public: bool
    required: bool
    words: str | None
    annotation: Any

    @property
    def is_count(self) -> bool:
        return Count in _members(self.annotation)

    @property
    def is_day(self) -> bool:
        return Day in _members(self.annotation)


def _members(annotation: Any) -> tuple[Any, ...]:
    return (annotation, *getattr(annotation, "__args__", ()))


@dataclass(frozen=True)
class Kind:
    """A kind of record: its Chinese name, its folder, its fields by key."""

    model: type[Fields]

    @property
    def name(self) -> str:
        return self.model.kind

    @property
    def folder(self) -> str:
        return self.model.folder

    @cached_property
    def fields(self) -> Mapping[str, FieldSpec]:
        return specs(self.model)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The keys in the order in which a record is written: what, when, who; evidence last."""
        days = [key for key in ("日期", "起始日期", "结束日期") if key in self.fields]
        first = ["标题", *(days or [self.model.leading]), "类别", "板块", "承办", "依据"]
        last = ["佐证材料", "计数", "公开"]
        own = [key for key in self.fields if key not in {*first, *last}]
        return (*first, *own, *last)


@cache
def specs(model: type[BaseModel]) -> dict[str, FieldSpec]:
    """The declared fields of a model, by their Chinese key, in order of declaration."""
    hints = get_type_hints(model, include_extras=True)
    found = {}
    for attribute, info in model.model_fields.items():
        extra = info.json_schema_extra
        assert isinstance(extra, dict) and info.alias  # every field is declared with field()
        found[info.alias] = FieldSpec(
            key=info.alias,
            attribute=attribute,
            meaning=info.description or "",
            public=bool(extra["public"]),
            required=info.is_required(),
            words=extra["words"] if isinstance(extra["words"], str) else None,
            annotation=hints[attribute],
        )
    return found


KINDS: dict[str, Kind] = {model.kind: Kind(model) for model in (Activity, Meeting, Case, Standing)}
FOLDERS: dict[str, Kind] = {kind.folder: kind for kind in KINDS.values()}
