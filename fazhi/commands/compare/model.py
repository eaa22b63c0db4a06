"""The data of a comparison, which is also its JSON: every text in it may be shown."""

from typing import Literal

from pydantic import BaseModel, Field

from fazhi.problems.formats import ReportedProblem


class Part(BaseModel, extra="forbid"):
    """A mapping of the comparison."""


class Side(Part):
    """One of the two states."""

    name: str = Field(description="这一边叫什么：版本名，或者磁盘上的文件")
    records: int = Field(ge=0, description="记录文件有几个")
    unread: int = Field(ge=0, description="其中有几个读不出，没有算进数里")
    errors: int = Field(ge=0, description="错误有几个")
    warnings: int = Field(ge=0, description="警告有几个")
    sample: bool = Field(False, description="记录是不是示例数据，不是真的")
    computed: bool = Field(description="数算得出来没有；设置或者指标有错时算不出")


class KeyChange(Part):
    """One key of a record, or of the head of a narrative."""

    key: str = Field(description="哪一项")
    old: str | None = Field(description="原来的值；原来没有的为 null")
    new: str | None = Field(description="现在的值；现在没有的为 null")


class RecordChange(Part):
    """A record that is not as it was."""

    change: Literal["新增", "删去", "改动", "改名", "读不出"] = Field(
        description="怎样变的；文件还在、但有错误读不出来的，是“读不出”"
    )
    path: str = Field(description="记录文件；删去的是原来的文件")
    before: str | None = Field(None, description="改名的，原来的文件")
    kind: str = Field(description="哪种记录")
    title: str = Field(description="标题")
    keys: list[KeyChange] = Field(default=[], description="改了哪几项")
    prose: bool = Field(False, description="正文改了没有")


class Shown(Part):
    """A figure as tables print it."""

    words: str = Field(description="表里的写法：数和单位，暂无，不公布")
    fraction: str | None = Field(description="比率的分子和分母，如 23/24")
    parts: dict[str, int] | None = Field(description="分项和各项的数")


class FigureMove(Part):
    """A figure that is not what it was."""

    year: int = Field(description="哪一年的数")
    name: str = Field(description="指标")
    section: str = Field(description="板块")
    published: bool = Field(description="是不是公布的数：印发，或者报告正文印了")
    redefined: bool = Field(False, description="口径改了没有；改了的，两个数不是一回事")
    old: Shown | None = Field(description="公开版原来怎样印；原来没有这个指标的为 null")
    new: Shown | None = Field(description="公开版现在怎样印；现在没有这个指标的为 null")
    old_inside: Shown | None = Field(description="内部版原来怎样印；同公开版一样的为 null")
    new_inside: Shown | None = Field(description="内部版现在怎样印；同公开版一样的为 null")


class Wording(Part):
    """One `{{ … }}` of a narrative that does not print what it printed."""

    change: Literal["变动", "不再属实", "重新属实", "新写", "删去"] = Field(description="怎样变的")
    line: int = Field(ge=1, description="叙述稿第几行；删去的是原来的行")
    expression: str = Field(description="花括号里写的")
    old: str | None = Field(description="原来印成什么；没有印的为 null")
    new: str | None = Field(description="现在印成什么；没有印的为 null")
    fault: str | None = Field(description="现在为什么不能印")


class NarrativeChange(Part):
    """A narrative that is not as it was, or does not print what it printed."""

    change: Literal["新增", "删去", "改动", "没有动", "读不出"] = Field(description="文件怎样变的")
    year: int = Field(description="哪一年的报告")
    path: str = Field(description="叙述稿")
    keys: list[KeyChange] = Field(description="开头改了哪几项")
    prose: bool = Field(description="文字改了没有")
    wordings: list[Wording] = Field(description="哪几处数字印得不同")


class SettingsChange(Part):
    """What the township declares otherwise than before."""

    township: list[str] = Field(default=[], description="township.yml 改了哪几项")
    vocabulary: list[str] = Field(default=[], description="vocabulary.yml 改了哪几项")
    added: list[str] = Field(default=[], description="figures.yml 新增的指标")
    removed: list[str] = Field(default=[], description="figures.yml 删去的指标")
    changed: list[str] = Field(default=[], description="figures.yml 改了定义的指标")


class Comparison(Part):
    """What compare.py reports of two states of a project."""

    version: Literal[1] = Field(description="这种写法的版本")
    summary: str = Field(description="一句话")
    base: Side = Field(description="原来")
    head: Side = Field(description="现在")
    records: list[RecordChange] = Field(default=[], description="变了的记录")
    figures: list[FigureMove] = Field(default=[], description="变了的数")
    restated: int = Field(0, ge=0, description="公布的数没有变、背后的记录变了的，有几个")
    narratives: list[NarrativeChange] = Field(default=[], description="变了的报告")
    settings: SettingsChange = Field(default=SettingsChange(), description="变了的设置")
    home: bool = Field(False, description="首页的文字改了没有")
    new_problems: list[ReportedProblem] = Field(default=[], description="新出现的错误和警告")
    gone_problems: list[ReportedProblem] = Field(default=[], description="不再有的错误和警告")
