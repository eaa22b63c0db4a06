"""The data of a roll-up: the form of rollup.json, and its JSON Schema."""

from typing import Literal

from pydantic import Field

from fazhi.output.official import INTERNAL
from fazhi.records.narrative import DRAFT
from fazhi.report.editions import Edition
from fazhi.schema.definition import MEASURE_SPECS, MeasureName
from fazhi.schema.fields import Model

SCHEMA = "rollup.schema.json"  # the name of the schema, beside the file

Reason = Literal[
    "暂无",
    "不公布",
    "没有分子分母",
    "不能相加",
    "口径不同",
    "没有这个指标",
    "口径不同或没有",
    "分项并过小数",
    "分项不公布",
    "没有分项",
]


class LeftOut(Model):
    """Townships of which something was not added, and why."""

    reason: Reason = Field(description="为什么没有加进去")
    count: int = Field(ge=1, description="有几个乡镇")
    townships: list[str] | None = Field(
        description="哪些乡镇；公布这个指标的不到一半时为 null，看 published_by"
    )


class Combined(Model):
    """One definition, added up over the townships that published a number by it."""

    name: str = Field(description="指标的名称；各地叫法不同的，取用得最多的")
    other_names: list[str] = Field(description="口径一样的指标，别的乡镇还叫什么")
    section: str = Field(description="所属板块")
    measure: MeasureName = Field(description=f"怎么数：{'、'.join(MEASURE_SPECS)}")
    definition: str = Field(description="口径，用一句话说")
    fingerprint: str = Field(pattern="^[0-9a-f]{64}$", description="口径的指纹，合并只看它")
    rivals: int = Field(ge=0, description="名称相同、口径不同的另外还有几种；不同口径的不相加")
    unit: str = Field(description="单位")
    value: int | float | None = Field(
        description="counted 个乡镇合起来的数；比率是百分数，从相加的分子、分母来；没有数的为 null"
    )
    numerator: int | None = Field(description="比率：各乡镇的分子之和；别的为 null")
    denominator: int | None = Field(description="比率：各乡镇的分母之和；别的为 null")
    parts: dict[str, int] | None = Field(
        description="分类：各分项之和；有一个乡镇的分项不能加，就为 null"
    )
    counted: int = Field(ge=0, description="数加进去了的乡镇有几个")
    complete: bool = Field(description="是不是每个乡镇的数都加进去了")
    published_by: list[str] | None = Field(
        description="哪些乡镇公布了这个指标；一半以上都公布的为 null"
    )
    left_out: list[LeftOut] = Field(description="数没有加进去的乡镇；没有加的都不当作 0")
    parts_left_out: list[LeftOut] = Field(description="数加进去了、分项不能加的乡镇")


class Copied(Model):
    """Two reports that share sentences."""

    townships: dict[str, int] = Field(description="哪两个乡镇，各自的报告有几句")
    sentences: list[str] = Field(description="一样的句子，隐去了数字、日期、地名")
    reused: bool = Field(description="其中有一个乡镇写明了为什么沿用")


class Rollup(Model, serialize_by_alias=True, populate_by_name=True):
    """The figures of many townships of one year, through one edition."""

    schema_address: str = Field(SCHEMA, alias="$schema", description="这种写法的 JSON Schema")
    version: Literal[1] = Field(1, description="这种写法的版本")
    year: int = Field(description="哪一年")
    edition: Edition = Field(description="加的是公开版 public，还是内部版 internal")
    townships: list[str] = Field(description="加了哪些乡镇：发布机构的标准全称")
    drafts: list[str] = Field(description="哪些乡镇的报告还是草稿，数还会变")
    figures: list[Combined] = Field(description="一种口径一项")
    copied: list[Copied] = Field(description="报告里有许多句子一样的两个乡镇")
    common: list[str] = Field(description="十个以上的乡镇都有的句子，不算在 copied 里")

    @property
    def marks(self) -> list[str]:
        """Why what is in it was not published."""
        return [DRAFT] * bool(self.drafts) + [INTERNAL] * (self.edition is Edition.INTERNAL)

    @property
    def tail(self) -> str:
        """The same behind the names of its files."""
        return "".join(f"（{mark}）" for mark in self.marks)
