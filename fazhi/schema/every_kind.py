"""What records of every kind may carry, and those of what happened on a day."""

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from typing import ClassVar, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from fazhi.schema.fields import Amount, Count, Day, MarkWords, Model, Text, field, public


class Publicity(IntEnum):
    """How far a record may go in the public edition (its 公开)."""

    COUNTED = 0
    SUMMARY = 1
    FULL = 2


PUBLICITY = {"仅统计": Publicity.COUNTED, "摘要": Publicity.SUMMARY, "全文": Publicity.FULL}


class Evidence(Model):
    """佐证材料: something that stands behind a record, kept in the office unless it says 公开."""

    name: Text = public("名称", "材料的名称", required=True)
    copies: Count | None = public("份数", "材料的份数")
    archive: Text | None = field("档号", "归档编号")
    file: Text | None = field("文件", "records/<年>/files/ 里的文件名", note="不带路径")
    publish: Literal["是", "否"] | None = field(
        "公开", "照片放不放到公开的网页上", note="不写的不放；只能是照片"
    )

    @property
    def is_public(self) -> bool:  # its file is shown where the record is
        return self.publish == "是"


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

    title: Text = public("标题", "事项的名称", required=True, note="一句话说清是什么事，不写人名")
    category: Text = public(
        "类别", "事项的类别", required=True, words="类别", note="一件事只记一个类别"
    )
    section: Text | None = public(
        "板块", "所属的板块", words="板块", note="词表里给类别定了板块的不写"
    )
    office: Text | None = public("承办", "承办的岗位或者单位", note="不写人名")
    publish: Literal["全文", "摘要", "仅统计"] | None = field(
        "公开", "公开的程度", note="不写的按这种记录的惯例"
    )
    basis: Text | None = public("依据", "文号", note="作为依据的文件的发文字号")
    evidence: tuple[Evidence, ...] = public(
        "佐证材料", "留存的材料", many=True, note="一份材料一项"
    )
    counters: dict[str, Amount] | None = field("计数", "词表里另外规定的数量", words="计数")
    marks: dict[str, MarkWords] | None = field(
        "标记", "词表里这个类别另外规定的标记", words="标记", note="如 {程序: 简易, 公示: 是}"
    )
    tasks: tuple[Text, ...] = field(
        "任务", "推进了哪些任务", many=True, words="任务", note="写这一年 tasks.yml 里的编号"
    )
    reused: Text | None = field(
        "沿用", "正文和别的记录几乎一样的理由", note="检查提醒了，确实一样的才写"
    )

    @property
    def day(self) -> date:
        """The leading date: the one that must lie in the folder's year."""
        raise NotImplementedError


class Dated(Fields):
    """A record of something that happened on a day, or over some days."""

    on: Day | None = public("日期", "发生的日期", note="跨几天的，写起始日期和结束日期")
    start: Day | None = public(
        "起始日期", "跨几天的，开始的日期", note="同结束日期一起写，不再写日期"
    )
    end: Day | None = public(
        "结束日期", "跨几天的，结束的日期", note="同起始日期一起写，不再写日期"
    )

    @model_validator(mode="after")
    def _one_leading_date(self) -> "Dated":
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
