"""A figure as figures.yml defines it, and what each 统计 asks of a definition."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from fazhi.schema.fields import Text, field
from fazhi.schema.vocabulary import MonthDay, Name, Truth, Yearly


def _digits(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 8:
        raise PydanticCustomError("form", "应当是 0 到 8 的整数", {"hint": "写成 1 这样的位数"})
    return value


MeasureName = Literal["件数", "求和", "比率", "最新值", "分类"]


@dataclass(frozen=True)
class MeasureSpec:
    """What a 统计 asks of a definition; how it counts is `figures.measures`."""

    name: str
    needs: tuple[str, ...]  # the keys that it must have besides `ALWAYS`
    may: tuple[str, ...] = ()  # and those that it may have
    standing: bool | None = (
        None  # it counts 现状 only (True), never (False), or like any other kind
    )
    unit: str = ""
    is_number: bool = True  # that a ratio can be made of
    has_parts: bool = False
    grouped: MeasureSpec | None = None  # what it is instead where the definition says 按

    @property
    def known(self) -> tuple[str, ...]:
        """Every key that a definition with this 统计 may have, with 按 or without."""
        grouped = (*self.grouped.known, "按") if self.grouped else ()
        return tuple(dict.fromkeys((*self.needs, *self.may, *grouped)))


ALWAYS = ("名称", "板块", "统计", "自", "至", "印发", "说明", "附列", "首页", "说法")
"""The keys that any definition may have."""

_GROUPED = MeasureSpec(
    "分类（按）", ("记录", "单位"), ("条件", "按日期"), is_number=False, has_parts=True
)
MEASURE_SPECS: dict[MeasureName, MeasureSpec] = {
    "件数": MeasureSpec("件数", ("记录", "单位"), ("条件", "按日期")),
    "求和": MeasureSpec("求和", ("记录", "单位", "字段"), ("条件", "按日期"), standing=False),
    "比率": MeasureSpec("比率", ("分子", "分母"), ("小数",), unit="%", is_number=False),
    "最新值": MeasureSpec("最新值", ("记录", "单位"), ("条件", "截至"), standing=True),
    "分类": MeasureSpec(
        "分类",
        ("记录", "单位"),
        ("条件", "截至"),
        standing=True,
        is_number=False,
        has_parts=True,
        grouped=_GROUPED,
    ),
}


class Definition(Yearly):
    """A figure: what is counted, and how."""

    name: Text = field("名称", "叙述稿里用的名字", required=True)
    section: Text = field("板块", "印在哪个板块", required=True)
    measure: MeasureName = field("统计", "怎么数", required=True)
    unit: Name | None = field("单位", "计量单位；比率不写")
    kind: Text | None = field("记录", "数哪种记录")
    conditions: dict[str, Any] | None = field("条件", "数满足什么条件的记录")
    field_name: Text | None = field("字段", "求和的字段，或者计数里的数量")
    numerator: Text | None = field("分子", "比率的分子指标")
    denominator: Text | None = field("分母", "比率的分母指标")
    decimals: Annotated[int, BeforeValidator(_digits)] | None = field("小数", "比率印几位小数")
    beside: tuple[Text, ...] = field("附列", "依据里一并列出的指标", many=True)
    by: Text | None = field("按", "分类按哪个字段")
    by_date: Text | None = field("按日期", "按哪个日期算在哪一年")
    as_of: MonthDay | None = field("截至", "最新值不晚于哪一天")
    called: tuple[Name, ...] = field("说法", "报告里对它的别的叫法", many=True)
    printed: Truth = field("印发", "", otherwise=True)
    note: Text | None = field("说明", "口径的补充说明")
    on_home: Truth = field("首页", "", otherwise=False)

    @property
    def label(self) -> str:
        """The unit as it is printed behind a number."""
        return self.spec.unit or self.unit or ""

    @property
    def spec(self) -> MeasureSpec:
        """What its 统计 asks of it."""
        spec = MEASURE_SPECS[self.measure]
        return spec.grouped if spec.grouped and self.by else spec
