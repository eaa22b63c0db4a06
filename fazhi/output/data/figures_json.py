"""figures.json: the figures of a year as data that can be added up over townships. File and JSON
Schema are both written from the models."""

from typing import Any, Literal

from pydantic import BaseModel, Field

from fazhi.figures.measures import explain, fingerprint
from fazhi.figures.value import OTHER, Value
from fazhi.output.data import json_files
from fazhi.output.view import View
from fazhi.report.editions import Edition
from fazhi.rules import copies
from fazhi.schema.definition import MEASURE_SPECS, MeasureName
from fazhi.schema.numerals import exact, percent

SCHEMA = "data/figures.schema.json"  # above the years' folders


class Figure(BaseModel, extra="forbid"):
    """One figure of one year."""

    name: str = Field(description="指标的名称")
    section: str = Field(description="所属板块")
    measure: MeasureName = Field(description=f"怎么数：{'、'.join(MEASURE_SPECS)}")
    definition: str = Field(description="口径，用一句话说")
    fingerprint: str = Field(
        pattern="^[0-9a-f]{64}$",
        description="口径的指纹：数什么、怎么数、单位都一样的，指纹一样；名称、板块不算",
    )
    value: int | float | None = Field(
        description="数值；比率是百分数，四舍五入到两位小数，会成 0 或者 100 的多几位；暂无和不公布的为 null"
    )
    unit: str = Field(description="单位")
    numerator: int | None = Field(default=None, ge=0, description="比率的分子")
    denominator: int | None = Field(default=None, ge=0, description="比率的分母")
    parts: dict[str, int] | None = Field(default=None, description="分项和各项的数")
    merged: list[str] = Field(
        default=[], description="并入了小数的分项；没有的不写这一项，数是 0 的分项不列"
    )
    withheld: list[Literal["value", "parts"]] = Field(
        default=[], description="不公布的：value 数值，parts 分项；都公布的不写这一项"
    )
    words: str = Field(description="报告正文第一次印出时的写法；正文没有印的，为数值和单位")
    records: int | list[str] | None = Field(
        description="这个数背后有几条记录；内部版是记录文件的路径；不公布的为 null"
    )


class Figures(BaseModel, extra="forbid", serialize_by_alias=True, populate_by_name=True):
    """All figures of a year, through an edition."""

    schema_address: str = Field(alias="$schema", description="这种写法的 JSON Schema，相对地址")
    publisher: str = Field(description="谁的指标：单位的标准全称")
    published_by: list[str] = Field(
        default=[], description="发布机构，就是 publisher 一个的不写这一项"
    )
    year: int = Field(description="哪一年")
    edition: Edition = Field(description="公开版 public，内部版 internal")
    sample: bool = Field(default=False, description="是示例数据，不是真的数；不是的不写这一项")
    draft: bool = Field(
        default=False,
        description="报告还没有写、还是草稿，或者更正还没有公布，数还会变；不是的不写这一项",
    )
    figures: list[Figure] = Field(description="各个指标")
    sentences: list[str] = Field(
        default=[],
        description="报告的各句，隐去了数字、日期、地名，用来看几个乡镇的报告一样不一样；没有报告的不写这一项",
    )
    reused: bool = Field(
        default=False, description="报告写明了许多句子为什么沿用；没有写明的不写这一项"
    )


def document(view: View) -> Figures:
    """Every published figure of a year, and the sentences of its report."""
    marks = {"sample": view.settings.township.is_sample, "draft": view.is_draft}
    held: dict[str, Any] = {name: True for name, is_so in marks.items() if is_so}
    if text := view.source.narrative:
        held["sentences"] = [words for _, words in copies.sentences(text, view.settings)]
        if text.meta.reused:
            held["reused"] = True
        if text.meta.publishers != (view.settings.township.name,):
            held["published_by"] = [*text.meta.publishers]
    return Figures(
        schema_address="../figures.schema.json",
        publisher=view.settings.township.name,
        year=view.year,
        edition=view.gate.edition,
        figures=[entry(view, value) for value in view.printed],
        **held,
    )


def written(document: BaseModel) -> bytes:
    """A document as JSON in UTF-8; what does not apply to a figure is left out."""
    return json_files.written(document.model_dump(exclude_unset=True, mode="json")).encode()


def schema() -> str:
    """The JSON Schema of figures.json."""
    return json_files.written(json_files.schema_of("一年的全部指标（figures.json）", Figures))


def entry(view: View, value: Value) -> Figure:
    """What is told of a figure of one year."""
    definitions = {name: d for name, (_, d) in view.settings.definitions_in(view.year).items()}
    held: dict[str, Any] = {}
    if value.numerator is not None:
        held |= {"numerator": value.numerator, "denominator": value.denominator}
    if value.parts is not None:
        held["parts"] = dict(value.parts)
    whole = view.source.values[value.name].parts or {}
    if value.parts and value.parts.get(OTHER, 0) != whole.get(OTHER, 0):
        held["merged"] = [OTHER]
    if value.withheld:
        held["withheld"] = ["value"]
    elif whole and value.parts is None:
        held["withheld"] = ["parts"]
    paths = [record.path for record in value.records]
    public = None if value.withheld else len(paths)
    number: int | float | None = None
    if value.number is not None:
        is_whole = value.number.denominator == 1
        text = percent(value.number) if value.unit == "%" else exact(value.number)
        number = int(value.number) if is_whole else float(text)
    return Figure(
        name=value.name,
        section=value.definition.section,
        measure=value.definition.measure,
        definition=explain(value.definition),
        fingerprint=fingerprint(value.definition, definitions),
        value=number,
        unit=value.unit,
        **held,
        words=view.words(value),
        records=paths if view.gate.is_internal else public,
    )
