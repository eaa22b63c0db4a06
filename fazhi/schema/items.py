"""What a record holds several of, each with fields of its own: evidence, and topics of a meeting."""

from typing import Annotated, Literal

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from fazhi.schema.fields import Count, Model, Text, field


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


def _not_empty(items: tuple[AgendaItem, ...]) -> tuple[AgendaItem, ...]:
    if not items:  # min_length would count the items with a fault as missing, and report both
        raise PydanticCustomError("empty", "是空的")
    return items


Agenda = Annotated[tuple[AgendaItem, ...], AfterValidator(_not_empty)]
