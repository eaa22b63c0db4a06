"""The township's own declarations: township.yml, vocabulary.yml and figures.yml, typed.

Rules: those of `schema` for the form, and FZ601 for a name given twice or an unknown section.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from fazhi.forms import parse
from fazhi.problems import Problem, did_you_mean, shown
from fazhi.schema import KINDS, Count, Model, Text, field
from fazhi.source import Key, Source, read_yaml


def _truth(value: object) -> object:
    if value not in ("是", "否"):
        raise PydanticCustomError("form", "应当写“是”或者“否”")
    return value == "是"


def _month_day(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"(0[1-9]|1[0-2])-([0-2]\d|3[01])", value):
        raise PydanticCustomError("form", "应当是月日", {"hint": "写成 04-15 这样"})
    return value


def _slug(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z][a-z0-9-]{0,30}", value):
        raise PydanticCustomError("form", "应当是小写英文名", {"hint": "写成 publicity 这样"})
    if value in {"data", "report", "records", "assets", "guide", "rules", "search"}:
        raise PydanticCustomError("form", "这个路径另有用处", {"hint": "换一个英文名"})
    return value


def _name(value: object) -> object:
    if isinstance(value, str) and (mark := re.search(r"[<>&\"'`{}\[\]|\\\n]", value)):
        text = f"里不能有符号 {mark[0]}"
        raise PydanticCustomError("form", "{text}", {"text": text, "hint": "只用文字"})
    return value


def _as_word(value: object) -> object:
    return value if isinstance(value, dict) else {"名称": value}


Name = Annotated[Text, BeforeValidator(_name)]
"""A text that stands in menus and headings as it is."""
Truth = Annotated[bool, BeforeValidator(_truth)]
MonthDay = Annotated[str, BeforeValidator(_month_day)]
Slug = Annotated[str, BeforeValidator(_slug)]
Year = Annotated[int, Field(ge=1949, le=2999)]


class Yearly(Model):
    """Something that holds from one year to another, so that old reports stay as printed."""

    since: Year | None = field("自", "从哪一年起用")
    until: Year | None = field("至", "用到哪一年")

    def holds_in(self, year: int) -> bool:
        return (self.since or year) <= year <= (self.until or year)


class Word(Yearly):
    """A word that records may use."""

    name: Name = field("名称", "词", required=True)


class Section(Word):
    """板块: a column of the site, with the English name it has in addresses."""

    path: Slug = field("路径", "网址里的英文名", required=True)
    meaning: Text = field("说明", "这个板块讲什么", required=True)


class Node(Word):
    """普法节点: a date of law publicity, with the window in which its events fall."""

    meaning: Text = field("说明", "节点的全称", required=True)
    opens: MonthDay = field("开始", "活动通常从哪天开始", required=True)
    closes: MonthDay = field("结束", "到哪天结束", required=True)


class Category(Word):
    """类别: what a record is about, and what follows from it."""

    section: Text | None = field("板块", "属于哪个板块；不能定的不写")
    unit: Name | None = field("单位", "现状的计量单位")
    outcomes: tuple[Name, ...] = field("结果", "案件可能的结果", many=True)
    days: Count | None = field("办理天数", "超过多少天没有办结就提醒")
    sensitive: Truth = Field(
        False, alias="敏感", json_schema_extra={"public": False, "words": None}
    )
    parts: tuple[Name, ...] = field("分项", "分类里可以有哪些分项", many=True)


class Counter(Word):
    """计数: a further quantity that records may carry."""

    unit: Name = field("单位", "计量单位", required=True)
    public: Truth = field("公开", "是否可以公开", required=True)


Words = tuple[Annotated[Word, BeforeValidator(_as_word)], ...]


class Vocabulary(Model):
    """The words of a township."""

    sections: tuple[Section, ...] = field("板块", "公开网站的栏目", required=True)
    categories: dict[str, tuple[Category, ...]] = field("类别", "各种记录的类别", required=True)
    topics: Words = field("主题", "主题词", many=True)
    nodes: tuple[Node, ...] = field("普法节点", "普法时间节点", many=True)
    disputes: Words = field("纠纷类型", "矛盾纠纷的类型", many=True)
    channels: Words = field("来源", "案件的来源渠道", many=True)
    penalties: Words = field("处罚种类", "行政处罚的种类", many=True)
    counters: tuple[Counter, ...] = field("计数", "另外规定的数量", many=True)
    measures: Words = field("量词", "数字后面的计量单位", many=True)
    phrases: Words = field("固定说法", "不算数字的说法", many=True)

    def category(self, kind: str, name: str, year: int) -> Category | None:
        """The 类别 of that name which holds in a year."""
        named = (c for c in self.categories.get(kind, ()) if c.name == name)
        return next((category for category in named if category.holds_in(year)), None)

    def section(self, name: str, year: int) -> Section | None:
        """The 板块 of that name which holds in a year."""
        return next((s for s in self.sections_in(year) if s.name == name), None)

    def counter(self, name: str, year: int) -> Counter | None:
        """The 计数 of that name which holds in a year."""
        named = (counter for counter in self.counters if counter.name == name)
        return next((counter for counter in named if counter.holds_in(year)), None)

    def words(self, name: str) -> tuple[Word, ...]:
        """The plain word list that a schema field names in `words`."""
        lists: dict[str, tuple[Word, ...]] = {
            "板块": self.sections,
            "主题": self.topics,
            "普法节点": self.nodes,
            "纠纷类型": self.disputes,
            "来源": self.channels,
            "处罚种类": self.penalties,
            "计数": self.counters,
        }
        return lists[name]

    def sections_in(self, year: int) -> list[Section]:
        return [section for section in self.sections if section.holds_in(year)]


class Website(Model):
    """The government website that carries the report."""

    name: Name = field("名称", "网站名称", required=True)
    domain: Text = field("域名", "不带 http://", required=True)
    code: Text = field("标识码", "网站标识码", required=True)


class Township(Model):
    """Who publishes."""

    name: Name = field("名称", "发布机构的标准全称", required=True)
    short_name: Name = field("简称", "正文里的简称", required=True)
    is_sample: Truth = field("示例数据", "记录是不是示例", required=True)
    website: Website | None = field("网站", "报告所在的政府网站")
    edit_address: Text | None = field("编辑地址", "内部版编辑链接的前半段")
    small_cell: Count = field("小数阈值", "敏感分项小于它就并入其他", required=True)
    rows_per_page: Annotated[int, Field(ge=10, le=500)] = field(
        "每页记录数", "一页最多多少条记录", required=True
    )
    villages: tuple[Text, ...] = field("村", "所辖的村（社区）", many=True)
    neighbours: tuple[Text, ...] = field("毗邻乡镇", "相邻的乡镇", many=True)


Measure = Literal["件数", "求和", "比率", "最新值", "分类"]


class Definition(Yearly):
    """A figure: what is counted, and how."""

    name: Text = field("名称", "叙述稿里用的名字", required=True)
    section: Text = field("板块", "印在哪个板块", required=True)
    measure: Measure = field("统计", "怎么数", required=True)
    unit: Name | None = field("单位", "计量单位；比率不写")
    kind: Text | None = field("记录", "数哪种记录")
    conditions: dict[str, Any] | None = field("条件", "数满足什么条件的记录")
    field_name: Text | None = field("字段", "求和的字段，或者计数里的数量")
    numerator: Text | None = field("分子", "比率的分子指标")
    denominator: Text | None = field("分母", "比率的分母指标")
    beside: tuple[Text, ...] = field("附列", "依据里一并列出的指标", many=True)
    by: Text | None = field("按", "分类按哪个字段")
    by_date: Text | None = field("按日期", "按哪个日期算在哪一年")
    as_of: MonthDay | None = field("截至", "最新值不晚于哪一天")
    printed: Truth = Field(True, alias="印发", json_schema_extra={"public": False, "words": None})
    note: Text | None = field("说明", "口径的补充说明")
    on_home: Truth = Field(False, alias="首页", json_schema_extra={"public": False, "words": None})

    @property
    def label(self) -> str:
        """The unit as it is printed behind a number."""
        return "%" if self.measure == "比率" else self.unit or ""


@dataclass(frozen=True)
class Settings:
    """All three files, and where each figure definition stands."""

    township: Township
    vocabulary: Vocabulary
    definitions: tuple[Definition, ...]
    figures_source: Source = attribute(repr=False)

    def definitions_in(self, year: int) -> dict[str, tuple[int, Definition]]:
        """The definitions that hold in a year, by name, with their place in figures.yml."""
        return {d.name: (i, d) for i, d in enumerate(self.definitions) if d.holds_in(year)}


T = TypeVar("T", bound=Model)


def load(root: Path) -> tuple[Settings | None, list[Problem]]:
    """The settings of `root/records`, or None with every problem in them."""
    problems: list[Problem] = []
    township, _ = _read(root, "township.yml", Township, problems)
    vocabulary, words = _read(root, "vocabulary.yml", Vocabulary, problems)
    path = "records/figures.yml"
    source, found = read_yaml(root / path, path, list)
    problems += found
    definitions = []
    for index, item in enumerate(source.data if source else ()):
        definition, faults = parse(Definition, _Item(source, index), item)
        problems += faults
        if definition:
            definitions.append(definition)
    if vocabulary and words:
        problems += _word_problems(vocabulary, words)
    if problems or not (township and vocabulary and source):
        return None, problems
    return Settings(township, vocabulary, tuple(definitions), source), []


class _Item(Source):
    """One item of a list file: paths given to it are looked up below the item."""

    def __init__(self, source: Source | None, index: int) -> None:
        assert source
        super().__init__(source.path, source.text, None, "", source.yaml_text, source.first_line)
        self._list = source
        self._index = index

    def at(self, keys: Sequence[Key], *, of_key: bool = False) -> tuple[int, int]:
        return self._list.at([self._index, *keys], of_key=of_key)


def _read(
    root: Path, name: str, model: type[T], problems: list[Problem]
) -> tuple[T | None, Source | None]:
    path = f"records/{name}"
    source, found = read_yaml(root / path, path, dict)
    problems += found
    if source is None:
        return None, None
    settings, faults = parse(model, source, source.data)
    problems += faults
    return settings, source


def _word_problems(vocabulary: Vocabulary, source: Source) -> Iterator[Problem]:
    """FZ601: a word given twice for the same years, an unknown kind or section."""
    sections = [section.name for section in vocabulary.sections]
    yield from _repeated(vocabulary.sections, source, ["板块"], lambda s: s.name)
    yield from _repeated(vocabulary.sections, source, ["板块"], lambda s: s.path)
    for name in ("主题", "普法节点", "纠纷类型", "来源", "处罚种类", "计数"):
        yield from _repeated(vocabulary.words(name), source, [name], lambda w: w.name)
    for kind, categories in vocabulary.categories.items():
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS)
            message = f"没有{shown(kind)}这种记录"
            yield source.problem("FZ601", ["类别", kind], message, hint, of_key=True)
        yield from _repeated(categories, source, ["类别", kind], lambda c: c.name)
        for index, category in enumerate(categories):
            if category.section and category.section not in sections:
                keys: list[Key] = ["类别", kind, index, "板块"]
                hint = did_you_mean(category.section, sections)
                message = f"没有{shown(category.section)}这个板块"
                yield source.problem("FZ601", keys, message, hint)


W = TypeVar("W", bound=Word)


def _repeated(
    words: tuple[W, ...], source: Source, keys: list[str | int], of: Callable[[W], str]
) -> Iterator[Problem]:
    seen: dict[str, list[W]] = {}
    for index, word in enumerate(words):
        earlier = seen.setdefault(of(word), [])
        if any(overlap(word, other) for other in earlier):
            message = f"{shown(of(word))}写了两次"
            yield source.problem("FZ601", [*keys, index], message, "只留一个")
        earlier.append(word)


def overlap(one: Yearly, other: Yearly) -> bool:
    starts = max(one.since or 0, other.since or 0)
    return starts <= min(one.until or 9999, other.until or 9999)
