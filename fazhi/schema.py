"""THE declaration of record kinds and their fields.

Keys are Chinese, as clerks type them; attributes are English. A field says here whether it may
leave the office (`public`), which word list it draws from (`words`) and what it means; check,
pages, data and documents all read it from here.

Rules: FZ201 missing field, FZ202 unknown field, FZ203 wrong form, FZ204 unreal date, FZ205 value
outside a fixed list, FZ206 leading date given twice or by halves.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, TypeVar, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from fazhi.problems import Problem, did_you_mean, nearest, shown
from fazhi.source import INVISIBLE, Key, Source

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
        digits = str(value).translate(_HALF_WIDTH).strip()
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
    copies: Count | None = field("份数", "有几份", public=True)
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

    title: Text = field("标题", "一句话说清是什么事，不写人名", public=True, required=True)
    category: Text = field("类别", "一事一类", public=True, required=True, words="类别")
    section: Text | None = field("板块", "类别不能定板块时才写", public=True, words="板块")
    office: Text | None = field("承办", "承办的岗位或者单位，不写人名", public=True)
    publish: Literal["全文", "摘要", "仅统计"] | None = field("公开", "公开到什么程度")
    basis: Text | None = field("依据", "文号", public=True)
    evidence: tuple[Evidence, ...] = field("佐证材料", "留存的材料", public=True, many=True)
    counters: dict[str, Count] | None = field("计数", "词表里另外规定的数量", words="计数")

    @property
    def day(self) -> date:
        """The leading date: the one that must lie in the folder's year."""
        raise NotImplementedError


class Dated(Fields):
    """A record of something that happened on a day, or over some days."""

    on: Day | None = field("日期", "哪一天", public=True)
    start: Day | None = field("起始日期", "跨几天的，从哪一天", public=True)
    end: Day | None = field("结束日期", "跨几天的，到哪一天", public=True)

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

    place: Text = field("地点", "在哪里", public=True, required=True)
    topics: tuple[Text, ...] = field(
        "主题", "宣传或者办理的内容", public=True, many=True, words="主题"
    )
    node: Text | None = field("普法节点", "哪个普法时间节点", public=True, words="普法节点")
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

    chair: Text | None = field("主持", "主持人的职务，不写人名")
    invited: Count | None = field("应到", "应到人数")
    present: Count | None = field("实到", "实到人数")
    agenda: Annotated[tuple[AgendaItem, ...], AfterValidator(_not_empty)] = field(
        "议题", "逐项写明", required=True
    )


class Case(Fields):
    """案件: counted only; a single case is never published."""

    kind = "案件"
    folder = "cases"
    publicity = Publicity.COUNTED
    publicity_limit = Publicity.COUNTED
    leading = "受理日期"

    accepted: Day = field("受理日期", "受理的日期", public=True, required=True)
    closed: Day | None = field("办结日期", "办结的日期；在办的不写")
    decided: Day | None = field("决定日期", "行政处罚决定的日期")
    penalty: Text | None = field("处罚种类", "几种并处的写最重的一种", words="处罚种类")
    outcome: Text = field("结果", "现在办到什么结果", public=True, required=True, words="结果")
    dispute: Text | None = field("纠纷类型", "矛盾纠纷的类型", words="纠纷类型")
    village: Text | None = field("村", "发生在哪个村", words="村")
    channels: tuple[Text, ...] = field(
        "来源", "从哪些渠道来；几个渠道都写上", many=True, words="来源"
    )
    people: Count | None = field("涉及人数", "涉及多少人")

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
    quantity: Count | None = field("数量", "有多少", public=True)
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

M = TypeVar("M", bound=BaseModel)


def parse(model: type[M], source: Source, data: object) -> tuple[M | None, list[Problem]]:
    """Data as a model, or every fault of it at its line and column."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        faults = error.errors(include_url=False)
    unknown = [fault for fault in faults if fault["type"] == "extra_forbidden"]
    misspelt = {_meant(model, fault) for fault in unknown[:MAX_FAULTS]}
    # A key that is there, but misspelt, is not missing as well.
    told = [fault for fault in faults if fault["type"] != "missing" or fault["loc"] not in misspelt]
    return None, [_problem(model, source, fault) for fault in told[:MAX_FAULTS]]


MAX_FAULTS = 100  # of one mapping: past that it is no record with faults, but something else


def _meant(model: type[BaseModel], fault: ErrorDetails) -> tuple[Key, ...]:
    """Where an unknown key would be, if it were the known one that it is most like."""
    *above, key = fault["loc"]
    return (*above, nearest(str(key), specs(_submodel(model, above))) or key)


def _problem(model: type[BaseModel], source: Source, fault: ErrorDetails) -> Problem:
    keys: list[Key] = [key for key in fault["loc"] if key not in {"[key]"}]
    context: dict[str, Any] = fault.get("ctx", {})
    name = shown(keys[-1]) if keys and isinstance(keys[-1], str) else "这一项"
    match fault["type"]:
        case "missing":
            meaning = _meaning(model, keys)
            hint = f"补上“{keys[-1]}: …”" + (f"（{meaning}）" if meaning else "")
            return source.problem("FZ201", keys[:-1], f"缺少{name}", hint)
        case "extra_forbidden" | "invalid_key":
            hint = did_you_mean(str(keys[-1]), specs(_submodel(model, keys[:-1])))
            return source.problem("FZ202", keys, f"没有{shown(keys[-1])}这一项", hint, of_key=True)
        case "empty":
            return source.problem("FZ201", keys, f"{name}是空的", "至少写一项")
        case "literal_error":
            allowed = re.findall("'([^']+)'", str(context.get("expected", "")))
            message = f"{name}不能是{shown(fault['input'])}"
            return source.problem(
                "FZ205", keys, message, did_you_mean(str(fault["input"]), allowed)
            )
        case "leading":
            at = [*keys, context["at"]]
            return source.problem("FZ206", at, fault["msg"], context["hint"], of_key=True)
        case "day":
            return source.problem("FZ204", keys, f"{name}{fault['msg']}", "核对日期")
        case "form":
            message = f"{name}{fault['msg']}，现在是{shown(fault['input'])}"
            if fault["input"] is None:
                message = f"{name}是空的，{fault['msg']}"
            return source.problem("FZ203", keys, message, context.get("hint", "照说明填写"))
    if fault["input"] is None:
        return source.problem("FZ203", keys, f"{name}是空的", "填上，或者删去这一行")
    wanted = next((text for start, text in _SHAPES.items() if fault["type"].startswith(start)), "")
    message = f"{name}{wanted or '的写法不对'}，现在是{shown(fault['input'])}"
    return source.problem("FZ203", keys, message, "照说明填写")


_SHAPES = {
    "tuple": "应当是列表，如 [甲, 乙]",
    "list": "应当是列表，如 [甲, 乙]",
    "dict": "应当是几组“名称: 内容”",
    "model": "应当是几组“名称: 内容”",
    "string": "应当是文字",
}


def _meaning(model: type[BaseModel], keys: list[Key]) -> str:
    declared = specs(_submodel(model, keys[:-1])).get(str(keys[-1]))
    return declared.meaning if declared else ""


def _submodel(model: type[BaseModel], keys: list[Key]) -> type[BaseModel]:
    """The model that stands at the end of a path of keys."""
    for key in keys:
        if isinstance(key, str) and key in (known := specs(model)):
            found = _models_in(known[key].annotation)
            model = found[0] if found else model
    return model


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [m for part in getattr(annotation, "__args__", ()) for m in _models_in(part)]
