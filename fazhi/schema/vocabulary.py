"""The words of a township: vocabulary.yml, typed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from fazhi.schema.fields import Count, Model, Text, field, specs


def _truth(value: object) -> object:
    if value not in ("是", "否"):
        raise PydanticCustomError("form", "应当写“是”或者“否”", {"hint": "只写这一个字"})
    return value == "是"


def _month_day(value: object) -> object:
    found = re.fullmatch(r"(\d{1,2})\D(\d{1,2})\D?", str(value))
    proper = f"{int(found[1]):02}-{int(found[2]):02}" if found else ""
    try:
        is_day = bool(date.fromisoformat(f"2000-{proper}"))
    except ValueError:
        is_day = False
    if not is_day or value != proper:
        hint = f"写成 {proper}" if is_day else "写成 04-15 这样，要有这一天"
        raise PydanticCustomError("form", "应当是月日", {"hint": hint})
    return value


def day_in(year: int, month_day: str) -> date:
    """A month and day in a year: 29 February is the 28th in most of them."""
    try:
        return date.fromisoformat(f"{year}-{month_day}")
    except ValueError:
        return date(year, 2, 28)


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
"""A text that menus and headings show as it is."""
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


def overlap(one: Yearly, other: Yearly) -> bool:
    """Whether there is a year in which both hold."""
    starts = max(one.since or 0, other.since or 0)
    return starts <= min(one.until or 9999, other.until or 9999)


class Word(Yearly):
    """A word that records may use."""

    name: Name = field("名称", "词", required=True)


class Section(Word):
    """板块: a column of the site, with the English name it has in addresses."""

    path: Slug = field("路径", "网址里的英文名", required=True)
    meaning: Text = field("说明", "这个板块讲什么", required=True)


class PublicityDay(Word):
    """普法节点: a date of law publicity, with the window in which its events fall."""

    meaning: Text = field("说明", "节点的全称", required=True)
    opens: MonthDay = field("开始", "活动通常从哪天开始", required=True)
    closes: MonthDay = field("结束", "到哪天结束", required=True)


class Mark(Model):
    """标记: a further thing that a record of a 类别 says by a word, such as its 程序."""

    name: Name = field("名称", "标记的名称", required=True)
    words: tuple[Name, ...] = field("取值", "可以写的词；不写的是 是、否", many=True)
    several: Truth = field("多选", "", otherwise=False)

    @property
    def allowed(self) -> tuple[str, ...]:
        return self.words or ("是", "否")


Marks = tuple[Annotated[Mark, BeforeValidator(_as_word)], ...]


class Category(Word):
    """类别: what a record is about, and what follows from it."""

    section: Text | None = field("板块", "属于哪个板块；不能定的不写")
    unit: Name | None = field("单位", "现状的计量单位；别的记录，一条叫一什么")
    outcomes: tuple[Name, ...] = field("结果", "案件可能的结果", many=True)
    days: Count | None = field("办理天数", "超过多少天没有办结就提醒")
    sensitive: Truth = field("敏感", "", otherwise=False)
    parts: tuple[Name, ...] = field("分项", "分类里可以有哪些分项", many=True)
    marks: Marks = field("标记", "这个类别的记录另外可以写的标记", many=True)


class Counter(Word):
    """计数: a further quantity that records may carry."""

    unit: Name = field("单位", "计量单位", required=True)
    public: Truth = field("公开", "是否可以公开", required=True)


class Misnomer(Word):
    """易错词: a word that is not the one to use; where it is part of 除外 it is right."""

    right: Name = field("改为", "正确的词", required=True)
    within: tuple[Name, ...] = field("除外", "含有它而不算错的词", many=True)
    meaning: Text | None = field("说明", "为什么")


class Programme(Word):
    """规划: a programme of several years, named in texts of its years only."""


class Rate(Word):
    """率: a rate that people type, with the words its two counts go by."""

    numerators: tuple[Name, ...] = field("分子", "分子的叫法", required=True)
    denominators: tuple[Name, ...] = field("分母", "分母的叫法", required=True)


Words = tuple[Annotated[Word, BeforeValidator(_as_word)], ...]


class Vocabulary(Model):
    """The words of a township."""

    sections: tuple[Section, ...] = field("板块", "公开网站的栏目", required=True)
    categories: dict[str, tuple[Category, ...]] = field("类别", "各种记录的类别", required=True)
    topics: Words = field("主题", "主题词", many=True)
    publicity_days: tuple[PublicityDay, ...] = field("普法节点", "普法时间节点", many=True)
    disputes: Words = field("纠纷类型", "矛盾纠纷的类型", many=True)
    channels: Words = field("来源", "案件的来源渠道", many=True)
    penalties: Words = field("处罚种类", "行政处罚的种类", many=True)
    counters: tuple[Counter, ...] = field("计数", "另外规定的数量", many=True)
    measure_words: Words = field("量词", "数字后面的计量单位", many=True)
    phrases: Words = field("固定说法", "不算数字的说法", many=True)
    misnomers: tuple[Misnomer, ...] = field("易错词", "容易写错的词", many=True)
    programmes: tuple[Programme, ...] = field("规划", "几年一期的规划", many=True)
    rates: tuple[Rate, ...] = field("率", "手写的率和它的分子、分母", many=True)
    headers: dict[str, tuple[Name, ...]] | None = field("表头", "台账里各列的别的叫法")

    def category(self, kind: str, name: str, year: int) -> Category | None:
        """The 类别 of that name which holds in a year."""
        for category in self._by_name.get((kind, name), ()):
            if category.holds_in(year):
                return category
        return None

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], Sequence[Category]]:
        """The 类别 by kind and name: every record asks for its own."""
        found = defaultdict(list)
        for kind, categories in self.categories.items():
            for category in categories:
                found[kind, category.name].append(category)
        return dict(found)

    @cached_property
    def sensitive_kinds(self) -> frozenset[str]:
        """The kinds of record of which a 类别 is one of people who must not be recognised."""
        found = self.categories.items()
        return frozenset(kind for kind, held in found if any(c.sensitive for c in held))

    def section(self, name: str, year: int) -> Section | None:
        """The 板块 of that name which holds in a year."""
        return next((s for s in self.sections_in(year) if s.name == name), None)

    def counter(self, name: str, year: int) -> Counter | None:
        """The 计数 of that name which holds in a year."""
        return next((c for c in self.counters if c.name == name and c.holds_in(year)), None)

    def words(self, name: str) -> tuple[Word, ...]:
        """One of `LISTS`, by its key."""
        found: tuple[Word, ...] = getattr(self, LISTS[name])
        return found

    def sections_in(self, year: int) -> list[Section]:
        return [section for section in self.sections if section.holds_in(year)]


LISTS: Mapping[str, str] = {
    key: spec.attribute
    for key, spec in specs(Vocabulary).items()
    if spec.model and issubclass(spec.model, Word) and not spec.is_mapping
}
"""The plain lists of words, that a field names in its `words`: the key of each, with its attribute."""
