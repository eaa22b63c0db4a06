"""What a vocabulary lists: words with what is said of each, and the years in which they hold."""

import re
import unicodedata
from datetime import date
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from fazhi.problems.quoting import shown
from fazhi.schema.fields import Count, Model, Text, field
from fazhi.schema.numerals import chinese_numeral
from fazhi.sources.files import RESERVED

ORDINALS = ("一、", "（一）", "1.", "（1）")  # of each level, as GB/T 9704 orders them
MOST = len(ORDINALS)  # levels
_ORDINAL = r"无|第?[（(]?[一1][^\W\d一]{0,3}[）)]?[、.．：]?"


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
    if re.match(RESERVED, value):
        hint = "Windows 不让用 con、nul 一类的名称，换一个英文名"
        raise PydanticCustomError("form", "这个路径不能用", {"hint": hint})
    if value in {"data", "report", "records", "assets", "guide", "rules", "search", "readiness"}:
        raise PydanticCustomError("form", "这个路径另有用处", {"hint": "换一个英文名"})
    return value


def _name(value: object) -> object:
    if isinstance(value, str) and (mark := re.search(r"[<>&\"'`{}\[\]|\\\n]", value)):
        text = f"里不能有符号 {mark[0]}"
        raise PydanticCustomError("form", "{text}", {"text": text, "hint": "只用文字"})
    if isinstance(value, str) and (radical := re.search(r"[\u2e80-\u2fdf]", value)):
        text = f"里的 {radical[0]} 是部首的编码，不是字"  # as copied from a PDF
        raise PydanticCustomError("form", "{text}", {"text": text, "hint": "把这个字重新打一遍"})
    return value


def _ordinals(value: object) -> object:
    forms = value if isinstance(value, list) else []
    wrong = [form for form in forms if not re.fullmatch(_ORDINAL, str(form))]
    if wrong or not 1 <= len(forms) <= MOST:
        text = f"里不能有{shown(wrong[0])}" if wrong else f"应当是各级标题的序号，最多 {MOST} 级"
        hint = "一级一个，写第一个标题的序号，如 [一、, （一）, 1., （1）]；不编序号的一级写 无"
        raise PydanticCustomError("form", "{text}", {"text": text, "hint": hint})
    return value


def _as_word(value: object) -> object:
    return value if isinstance(value, dict) else {"名称": value}


Name = Annotated[Text, BeforeValidator(_name)]  # a text that menus and headings show as it is
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
    return max(one.since or 0, other.since or 0) <= min(one.until or 9999, other.until or 9999)


def looks(name: str) -> str:
    """What a name looks like: letters of full width, and further codes of a character, are no others."""
    return unicodedata.normalize("NFKC", name)


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


class Block(Model):
    """块: a part that a text has under headings of its own, and whether it must be there."""

    name: Name = field("名称", "块的名称", required=True)
    required: Truth = field("必有", "没有是不是错误", otherwise=True)


class TextType(Word):
    """文种: a kind of text that is published, the blocks it has, how its headings are numbered."""

    blocks: tuple[Annotated[Block, BeforeValidator(_as_word)], ...] = field(
        "块", "要写的块", many=True
    )
    ordinals: Annotated[tuple[Text, ...], BeforeValidator(_ordinals)] = field(
        "序号", "各级标题的第一个序号", otherwise=ORDINALS
    )

    @property
    def is_annual(self) -> bool:
        """Whether it is the report that 督察工作规定 asks for."""
        return self.name == ANNUAL

    @cached_property
    def wanted(self) -> dict[str, bool]:
        """The blocks that it may have, and whether each must be there: in any, those of article 24."""
        own = {block.name: block.required for block in self.blocks}
        law = {name: must and self.is_annual for name, must in ARTICLE_24.items()}
        return {name: own.get(name, False) or law.get(name, False) for name in {**own, **law}}

    @property
    def called(self) -> str:
        """What messages and notes call a text of it."""
        return "报告" if self.is_annual else self.name

    def ordinal(self, level: int, count: int) -> str:
        """The number of a heading: 一、（一）1.（1）by level, or as the vocabulary has it."""
        number = self.ordinals[level - 1].replace("无", "").replace("1", str(count))
        number = number.replace("一", chinese_numeral(count).replace("两", "二"))
        return number + "\u3000" if number[-1:].isalnum() else number

    @cached_property
    def numbers(self) -> re.Pattern[str]:
        """Any number that `ordinal` gives; which group matches is its level."""
        forms = (self.ordinal(place, 1) for place, _ in enumerate(self.ordinals, 1))
        known = (re.escape(form).replace("1", r"\d+").replace("一", _CHINESE) for form in forms)
        return re.compile("|".join(f"({form or '(?!)'})" for form in known))

    def in_year(self, year: int) -> str:
        """A year's text as menus call it: 2024年度报告, 2024年统计数据."""
        return f"{year}{'' if self.name.startswith('年') else '年'}{self.name}"


ANNUAL = "年度报告"
ARTICLE_24 = {"成效": True, "不足": True, "第一责任人": True, "安排": True, "其他": False}
"""The blocks of article 24 of 督察工作规定, and whether an annual report must have each."""
ANNUAL_REPORT = TextType.model_validate({"名称": ANNUAL})
_CHINESE = "[一二三四五六七八九十百零]+"


class Rate(Word):
    """率: a rate that people type, with the words its two counts go by."""

    numerators: tuple[Name, ...] = field("分子", "分子的叫法", required=True)
    denominators: tuple[Name, ...] = field("分母", "分母的叫法", required=True)


Words = tuple[Annotated[Word, BeforeValidator(_as_word)], ...]
