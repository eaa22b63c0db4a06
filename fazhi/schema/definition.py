"""A figure as figures.yml defines it, and what each 统计 asks of a definition."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from functools import partial
from math import prod
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from fazhi.schema.fields import Text, field, specs
from fazhi.schema.spelling import SCALES
from fazhi.schema.words import MonthDay, Name, Truth, Year, Yearly


def _digits(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 8:
        raise PydanticCustomError("form", "应当是 0 到 8 的整数", {"hint": "写成 1 这样的位数"})
    return value


def _several(value: object) -> object:
    return re.split("[、，, ]+", str(value)) if isinstance(value, str | int) else value


def _by_year(value: object) -> object:
    if not isinstance(value, dict):
        hint = "一年一行：“图题:”的下一行缩进写“2024: 标题”"
        raise PydanticCustomError("form", "应当分年份写", {"hint": hint})
    return value


PictureName = Literal["柱", "线", "分项", "比率", "逐月"]
MeasureName = Literal[
    "件数",
    "求和",
    "最大值",
    "最小值",
    "平均天数",
    "最长天数",
    "最短天数",
    "比率",
    "最新值",
    "分类",
    "不重复",
    "议题数",
    "合计",
    "比值",
]
_ALL = ("活动", "会议", "案件", "现状")


@dataclass(frozen=True)
class MeasureSpec:
    """What a 统计 asks of a definition; how it counts is `figures.measures`."""

    name: str
    needs: tuple[str, ...]  # the keys that it must have besides `ALWAYS`
    may: tuple[str, ...] = ()  # and those that it may have
    kinds: tuple[str, ...] = _ALL  # of record that it can count
    unit: str = ""
    is_number: bool = True  # that a ratio can be made of
    has_parts: bool = False
    made_of: str = ""  # the field that its number is made of, where a definition names none
    units: tuple[str, ...] | None = None  # its own; () for any; None for those of what it counts
    # Where it says 按 or 各项.
    instead: "Mapping[str, MeasureSpec]" = attribute(default_factory=dict)

    def or_with(self, **instead: "MeasureSpec") -> "MeasureSpec":
        """This, and what it is instead where a definition has one of these keys."""
        return replace(self, instead=instead)

    @property
    def standing(self) -> bool:
        """Whether it takes what there is at a date."""
        return self.kinds == ("现状",)

    @property
    def known(self) -> tuple[str, ...]:
        """Every key that a definition with this 统计 may have, with 按 or without."""
        others = (name for key, spec in self.instead.items() for name in (*spec.known, key))
        return tuple(dict.fromkeys((*self.needs, *self.may, *others)))


_RECORDS, _SOME = ("记录", "单位"), ("条件", "按日期", "截至")
_FLOWS, _ITEMS = ("活动", "会议", "案件", "汇总"), ("项", "个", "件", "条")
_of_amounts = partial(
    MeasureSpec, needs=(*_RECORDS, "字段"), may=(*_SOME, "公开", "小数"), kinds=_FLOWS
)
_cases = partial(MeasureSpec, needs=_RECORDS, kinds=("案件",), is_number=False)
_of_days = partial(_cases, units=("天",), made_of="办结日期")
MEASURE_SPECS: dict[MeasureName, MeasureSpec] = {
    "件数": MeasureSpec("件数", _RECORDS, (*_SOME, "小数")),
    "求和": _of_amounts("求和"),
    "最大值": _of_amounts("最大值", is_number=False),
    "最小值": _of_amounts("最小值", is_number=False),
    "平均天数": _of_days("平均天数", may=(*_SOME, "公开", "小数")),
    "最长天数": _of_days("最长天数", may=(*_SOME, "公开")),
    "最短天数": _of_days("最短天数", may=(*_SOME, "公开")),
    "比率": MeasureSpec("比率", ("分子", "分母"), ("小数",), unit="%", is_number=False),
    "最新值": MeasureSpec("最新值", _RECORDS, ("条件", "截至", "小数"), ("现状",)),
    "分类": MeasureSpec("分类", _RECORDS, ("条件", "截至"), ("现状",), has_parts=True).or_with(
        按=MeasureSpec("分类（按）", _RECORDS, (*_SOME, "公开"), has_parts=True),
        各项=MeasureSpec("分类（各项）", _RECORDS, (*_SOME, "公开"), _FLOWS, has_parts=True),
    ),
    "不重复": MeasureSpec("不重复", (*_RECORDS, "字段"), _SOME, (*_ALL, "汇总"), units=()),
    "议题数": MeasureSpec("议题数", _RECORDS, _SOME, ("会议",), units=_ITEMS).or_with(
        按=MeasureSpec(
            "议题数（按）", _RECORDS, (*_SOME, "公开"), ("会议",), has_parts=True, units=_ITEMS
        )
    ),
    "比值": MeasureSpec("比值", ("分子", "分母", "单位"), ("小数",), is_number=False, units=()),
    "合计": MeasureSpec("合计", ("单位", "加"), ("减", "累计自", "小数")),
}


class Definition(Yearly):
    """A figure: what is counted, and how."""

    name: Text = field("名称", "叙述稿里用的名字", required=True)
    section: Text = field("板块", "印在哪个板块；印发: 否 的可以不写", otherwise="")
    measure: MeasureName = field("统计", "怎么数", required=True)
    unit: Name | None = field("单位", "计量单位；比率不写")
    kind: Text | None = field("记录", "数哪种记录")
    conditions: dict[str, Any] | None = field("条件", "数满足什么条件的记录")
    field_name: Text | None = field("字段", "求和、不重复的字段，或者计数里的数量")
    items: tuple[Text, ...] = field("各项", "分类列出计数里的哪几项", many=True)
    numerator: Text | None = field("分子", "比率的分子指标")
    denominator: Text | None = field("分母", "比率的分母指标")
    added: tuple[Text, ...] = field("加", "合计加哪些指标", many=True)
    subtracted: tuple[Text, ...] = field("减", "合计减哪些指标", many=True)
    first_year: Year | None = field("累计自", "合计从哪一年起，一年一年加到本年")
    decimals: Annotated[int, BeforeValidator(_digits)] | None = field("小数", "印几位小数")
    beside: tuple[Text, ...] = field("附列", "依据里一并列出的指标", many=True)
    whole: Text | None = field("属于", "它是其中一部分的那个指标")
    equal: Text | None = field("等于", "另一处报的同一批事，数要同它一样的那个指标")
    by: Text | None = field("按", "分类按哪个字段")
    by_date: Text | None = field("按日期", "按哪个日期算在哪一年")
    as_of: MonthDay | None = field("截至", "数到本年的哪一天")
    opened: Truth = field("公开", "", otherwise=False)
    called: tuple[Name, ...] = field("说法", "报告里对它的别的叫法", many=True)
    alike_since: Year | None = field("可比自", "从哪一年起才能互相比，再早的登记得不一样")
    printed: Truth = field("印发", "", otherwise=True)
    note: Text | None = field("说明", "口径的补充说明")
    on_home: Truth = field("首页", "", otherwise=False)
    pictures: Annotated[tuple[PictureName, ...], BeforeValidator(_several)] = field(
        "图", "图解里画成哪一种图，或者哪几种", many=True
    )
    captions: Annotated[dict[Year, Text], BeforeValidator(_by_year)] = field(
        "图题", "第一种图各年的标题，不写的由程序写", otherwise={}
    )

    @property
    def label(self) -> str:
        """The unit as it is printed behind a number."""
        return self.spec.unit or self.unit or ""

    @property
    def spec(self) -> MeasureSpec:
        """What its 统计 asks of it."""
        spec = MEASURE_SPECS[self.measure]
        given = {"按": self.by, "各项": self.items}
        return next((other for key, other in spec.instead.items() if given[key]), spec)

    @property
    def per(self) -> int:
        """Of how many a mean is by its name or what else it is called: 10,000 of 每万人床位."""
        many = f"每([{''.join(SCALES)}]+)"
        found = (re.match(many, name) for name in (self.name, *self.called))
        said = next(filter(None, found), None)
        return prod(SCALES[sign] for sign in said[1]) if said else 1

    @property
    def limit(self) -> str:
        """The month and day up to which it counts."""
        return self.as_of or "12-31"

    @property
    def limits(self) -> list[dict[str, Any]]:
        """Its conditions that a day lies between two."""
        return [one for one in (self.conditions or {}).values() if _is_limit(one)]

    @property
    def at_any_time(self) -> tuple[object, ...]:
        """What it counts, in whichever part of the year."""
        held = {key: one for key, one in (self.conditions or {}).items() if not _is_limit(one)}
        unit = (self.unit or "").lstrip("万亿")
        return self.measure, self.kind, unit, self.field_name, self.items, self.by, held

    @property
    def sides(self) -> tuple[str, ...]:
        """The names of the figures that it is made of, or of their parts (甲.分项)."""
        return (*filter(None, (self.numerator, self.denominator)), *self.added, *self.subtracted)


_ASKED = {key for spec in MEASURE_SPECS.values() for key in spec.known}
ALWAYS = tuple(key for key in specs(Definition) if key not in _ASKED)
"""The keys that any definition may have; only one with 印发: 否 needs no 板块."""


def _is_limit(condition: object) -> bool:
    return isinstance(condition, dict) and bool({"自", "至"} & {*condition})


def part_of(definition: Definition, part: str) -> Definition:
    """A part of a breakdown as a figure of its own, 甲.分项.

    It is called by the part's name, or with the name of the whole before it, or its end behind it.
    """
    whole = definition.name
    called = (part, whole + part, *(part + whole[at:] for at in range(len(whole))))
    return definition.model_copy(update={"name": f"{whole}.{part}", "called": called, "beside": ()})


OF_LAST = ".上年"
"""What stands behind a figure's name where last year's number of it is meant."""
SO_MUCH = "幅度"
"""What a change is worded with of which only how much is printed: whether up or down is typed ahead."""
NOT_SAID = ("未填",)
"""The part of what does not say in which it is."""


def named(wanted: object) -> tuple[str, ...] | None:
    """The words that a condition names, any of which will do; None where it names none."""
    if wanted in (None, "有", "无") or isinstance(wanted, dict):
        return None
    return tuple(map(str, wanted)) if isinstance(wanted, list) else (str(wanted),)
