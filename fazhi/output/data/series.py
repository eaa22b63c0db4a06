"""series.json and series.csv: the published figures of all years together, each year's as its own
figures.json has it, and by which definition."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from pydantic import BaseModel, Field

from fazhi.figures.series import numbered
from fazhi.figures.value import Value
from fazhi.output.data import figures_json, json_files, tables
from fazhi.output.data.figures_json import Figure
from fazhi.output.data.tables import Column, Table
from fazhi.output.official import INTERNAL
from fazhi.output.view import View
from fazhi.report.editions import Edition

PAGE, SCHEMA = "data/index.md", "data/series.schema.json"


class Point(Figure):
    """A figure in one year."""

    year: int = Field(description="哪一年")
    basis: int = Field(
        ge=1,
        description="这个指标的第几种口径，从最早的一年数起：同一个号的年份可以比，单位不同的先换算；不同号的不能",
    )
    corrected: list[str] = Field(
        default=[], description="更正以前公布的写法，早的在前；没有更正的不写这一项"
    )


class Series(BaseModel, extra="forbid", serialize_by_alias=True, populate_by_name=True):
    """All published figures of all years, through an edition."""

    schema_address: str = Field(alias="$schema", description="这种写法的 JSON Schema，相对地址")
    publisher: str = Field(description="谁的指标：单位的标准全称")
    edition: Edition = Field(description="公开版 public，内部版 internal")
    sample: bool = Field(default=False, description="是示例数据，不是真的数；不是的不写这一项")
    years: list[int] = Field(description="有哪几年，早的在前")
    drafts: list[int] = Field(
        description="其中哪几年的报告还没有写、还是草稿，或者更正还没有公布，数还会变"
    )
    figures: list[Point] = Field(
        description="每个指标、公布了它的每一年一项，写法和那一年 figures.json 里的一样；没有公布的年份没有"
    )


class Told(NamedTuple):
    """A figure of a year as it is published, and what the series say of it."""

    view: View
    value: Value
    point: Point


def histories(views: Sequence[View]) -> dict[str, list[Told]]:
    """Every figure in the years that publish it, the oldest first; the figures as in the newest year,
    then those of the years before."""
    held: dict[str, list[tuple[View, Value]]] = defaultdict(list)
    for view in sorted(views, key=lambda view: -view.year):
        for value in view.printed:
            held[value.name].insert(0, (view, value))
    return {
        name: [
            Told(view, value, _point(view, value, basis))
            for (view, value), basis in zip(years, numbered(v for _, v in years), strict=True)
        ]
        for name, years in held.items()
    }


def _point(view: View, value: Value, basis: int) -> Point:
    held = figures_json.entry(view, value).model_dump(exclude_unset=True)
    before = view.before(value.name)
    return Point(**held, year=view.year, basis=basis, **({"corrected": before} if before else {}))


def document(views: Sequence[View], told: Mapping[str, Sequence[Told]]) -> Series:
    """Every published figure of every year; there is a year."""
    in_order = sorted(views, key=lambda view: view.year)
    township = in_order[0].settings.township
    return Series(
        schema_address=SCHEMA.rpartition("/")[2],
        publisher=township.name,
        edition=in_order[0].gate.edition,
        **({"sample": True} if township.is_sample else {}),
        years=[view.year for view in in_order],
        drafts=[view.year for view in in_order if view.is_draft],
        figures=[one.point for years in told.values() for one in years],
    )


def schema() -> str:
    """The JSON Schema of series.json."""
    return json_files.written(json_files.schema_of("历年的全部指标（series.json）", Series))


def table(series: Series) -> Table:
    """series.json as a row a figure and year, oldest first; behind a figure those of each part."""
    columns = {
        "name": tables.FIGURES["name"],
        "part": tables.FIGURES["part"],
        "year": Column("年份", "哪一年的数", "integer", required=True),
        "value": tables.FIGURES["value"],
        "unit": tables.FIGURES["unit"],
        "basis": Column("口径号", Point.model_fields["basis"].description or "", "integer", True),
        "mark": Column(
            "标记",
            "暂无、不公布、更正以前公布的写法、没有报告、还是草稿、更正没有公布的未定稿；没有的是空的",
        ),
        **tables.FIGURES,
    }
    rows = [
        [told.get(key) for key in columns]
        for _, points in groupby(series.figures, lambda point: point.name)
        for told in _rows([*points], series.drafts)
    ]
    marks = ["示例数据"] * series.sample + [INTERNAL] * (series.edition == Edition.INTERNAL)
    held = Table("series", "历年的全部指标和分项", [*columns.values()], rows)
    return tables.marked(held, "；".join(marks))


def _rows(points: Sequence[Point], drafts: Sequence[int]) -> Iterator[dict[str, object]]:
    """The rows of one figure: its years, then those of each part."""
    parts = dict.fromkeys(part for point in reversed(points) for part in point.parts or {})
    for part in (None, *parts):
        for point in points:
            marks = ["未定稿"] * (point.year in drafts)
            if part is None:
                marks += ["不公布" if point.withheld else "暂无"] * (point.value is None)
                marks += [f"原公布 {words}" for words in point.corrected]
                yield tables.row(point) | {"mark": "；".join(marks)}
            elif part in (point.parts or {}):
                yield tables.row(point, part) | {"mark": "；".join(marks)}
