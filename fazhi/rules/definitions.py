"""Rules about the figure definitions: complete, and naming only what exists."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

from fazhi.problems.problem import ERROR, Fault, Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.problems.rulebook import rule
from fazhi.schema import units
from fazhi.schema.definition import ALWAYS, MEASURE_SPECS, Definition
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, AgendaItem, Kind
from fazhi.schema.township import Settings
from fazhi.schema.vocabulary import overlap
from fazhi.sources.source import Key


def check(settings: Settings) -> Iterator[Problem]:
    """Every definition that names what does not exist, or is not whole, at its line."""
    for place, definition in enumerate(settings.definitions):
        one = _Check(settings, place, definition)
        yield from [*one.problems()] or one.unit()


# Names that mean something else in the narrative, or are anchors of a section's page.
_TAKEN = {"原文", "none", "true", "false", "指标", "依据", "逐月情况"} | {f"{k}记录" for k in KINDS}

*_FIRST, _LAST = (name for name, spec in MEASURE_SPECS.items() if spec.is_number)
_NUMBERS = f"{'、'.join(_FIRST)}或者{_LAST}"


class _Check:
    """The rules for one definition. What only follows from a fault is not reported."""

    def __init__(self, settings: Settings, place: int, definition: Definition) -> None:
        self.settings = settings
        self.place = place
        self.definition = definition
        self.given = list(settings.figures_source.data[place])

    def problem(self, keys: list[Key], fault: Fault) -> Problem:
        return self.settings.figures_source.problem([self.place, *keys], fault)

    def problems(self) -> Iterator[Problem]:
        definition = self.definition
        yield from self._name()
        sections = [section.name for section in self.settings.vocabulary.sections]
        if definition.section not in sections:
            yield self.problem(["板块"], unknown_section(definition.section, sections))
        spec = MEASURE_SPECS[definition.measure]
        for key in sorted({*spec.needs}.difference(self.given)):
            message = f"“{definition.measure}”的指标缺少“{key}”"
            yield self.problem(["统计"], out_of_form(message, f"补上“{key}: …”"))
        for key in sorted({*self.given}.difference(spec.known, ALWAYS)):
            message = f"“{definition.measure}”的指标用不着“{key}”"
            yield self.problem([key], out_of_form(message, "删去"))
        yield from self._figures()
        if definition.kind:
            yield from self._kind(definition.kind)

    def _name(self) -> Iterator[Problem]:
        name = self.definition.name
        if not name.isidentifier() or "_" in name or name.lower() in _TAKEN:
            hint = "只用汉字、字母和数字，不以数字开头，不带标点和空格；换一个名字"
            yield self.problem(["名称"], unusable_name(f"指标名{shown(name)}不能用", hint))
        for earlier in self.settings.definitions[: self.place]:
            if earlier.name == name and overlap(earlier, self.definition):
                message = f"{shown(name)}同一年里定义了两次"
                yield self.problem(["名称"], unusable_name(message, "改名，或者用“自”“至”分开年份"))

    def _figures(self) -> Iterator[Problem]:
        """The other figures that it is made of, or that are listed beside it."""
        named: list[tuple[list[Key], str | None]] = [
            (["分子"], self.definition.numerator),
            (["分母"], self.definition.denominator),
        ]
        named += [(["附列", index], name) for index, name in enumerate(self.definition.beside)]
        for at, name in named:
            others = [other for other in self.settings.definitions if other.name == name]
            if name and not others:
                hint = did_you_mean(name, dict.fromkeys(d.name for d in self.settings.definitions))
                yield self.problem(at, unfit_figure(f"没有{shown(name)}这个指标", hint))
            elif at[0] != "附列" and not all(other.spec.is_number for other in others):
                message = f"{shown(name)}不能作比率的分子、分母"
                yield self.problem(at, unfit_figure(message, f"用{_NUMBERS}的指标"))

    def _sides(self) -> Iterator[Problem]:
        """The two figures of a ratio count in one unit: records of one kind do, whatever it is called."""
        above, below = (
            [d for d in self.settings.definitions if d.name == name and overlap(d, self.definition)]
            for name in (self.definition.numerator, self.definition.denominator)
        )
        for one, other in product(above, below):
            ours, theirs = one.unit or "", other.unit or ""
            alike = one.measure == other.measure == "件数" and one.kind == other.kind
            if overlap(one, other) and not alike and units.base(ours) != units.base(theirs):
                message = f"分子的单位是{shown(ours)}，分母的是{shown(theirs)}，不能相除"
                hint = "改用单位相同的两个指标，或者照实改它们的单位"
                yield self.problem(["分子"], wrong_unit(message, hint))
                return

    def _kind(self, name: str) -> Iterator[Problem]:
        definition, spec = self.definition, self.definition.spec
        fault = None
        if name not in KINDS:
            fault = unfit_kind(f"没有{shown(name)}这种记录", did_you_mean(name, KINDS))
        elif spec.standing and name != "现状":
            message = f"“{definition.measure}”只数“现状”，不数{shown(name)}"
            fault = unfit_kind(message, "改成“现状”，分类也可以加“按”")
        elif spec.standing is False and name == "现状":
            fault = unfit_kind("“现状”是某一天的存量，不能相加", "用“最新值”，取截止日期最晚的一条")
        if fault:
            yield self.problem(["记录"], fault)
            return
        which = "有“按”" if definition.by else "没有“按”"
        known = MEASURE_SPECS[definition.measure].known
        useless = set(known).difference(spec.needs, spec.may, ["按"])
        for key in filter(useless.__contains__, self.given):
            message = f"{which}的“{definition.measure}”用不着“{key}”"
            yield self.problem([key], out_of_form(message, "删去"))
        kind = KINDS[name]
        fields = kind.fields.values()
        counters = [counter.name for counter in self.settings.vocabulary.counters]
        amounts = [spec.key for spec in fields if spec.is_count] + counters
        yield from self._one_of("字段", definition.field_name, amounts, "可以相加的数量")
        days = [spec.key for spec in fields if spec.is_day]
        yield from self._one_of("按日期", definition.by_date, days, "日期")
        groups = [spec.key for spec in fields if spec.words and not spec.is_mapping]
        yield from self._one_of("按", definition.by, groups, "可以分组的字段")
        yield from self._conditions(kind, kind.fields, definition.conditions or {}, ["条件"])

    def unit(self) -> Iterator[Problem]:
        """Its 单位 is that of what it adds up, or a scale of it; that of a ratio's two sides is one."""
        definition, unit = self.definition, self.definition.unit or ""
        if definition.kind is None:
            yield from self._sides()
            return
        counted = units.counted_in(definition, self.settings.vocabulary, definition)
        factors = {units.factor(unit, held) for held in counted}
        what, hint = definition.field_name, f"写成 {units.listed(counted)}"
        if None in factors:
            hint += "" if what else "；另有单位的，先写在 vocabulary.yml 的类别里；数别的用求和"
            message = f"{shown(unit)}不是{shown(what or f'{definition.kind}记录')}的单位"
            yield self.problem(["单位"], wrong_unit(message, hint))
        elif definition.spec.has_parts and factors - {1}:
            message = f"“{definition.measure}”的单位不带万、亿：分项照数列出"
            yield self.problem(["单位"], wrong_unit(message, hint))

    def _one_of(
        self, key: str, name: str | None, allowed: list[str], what: str
    ) -> Iterator[Problem]:
        if name is not None and name not in allowed:
            message = f"{self.definition.kind}里没有{shown(name)}这个{what}"
            yield self.problem([key], unfit_field(message, did_you_mean(name, allowed)))

    def _conditions(
        self, kind: Kind, fields: Mapping[str, FieldSpec], conditions: object, at: list[Key]
    ) -> Iterator[Problem]:
        if not isinstance(conditions, dict):
            fault = out_of_form("条件应当是几组“字段: 内容”", "写成 {类别: 宣传活动}")
            yield self.problem(at, fault)
            return
        for key, wanted in conditions.items():
            here = [*at, key]
            if key not in fields:
                message = f"{kind.name}里没有{shown(key)}这个字段"
                yield self.problem(here, unfit_field(message, did_you_mean(str(key), fields)))
            elif key == "议题":
                yield from self._conditions(kind, specs(AgendaItem), wanted, here)
            elif fields[key].is_mapping or fields[key].model:
                if wanted not in ("有", "无"):
                    message = f"“{key}”里有几项，不能拿来比较"
                    yield self.problem(here, unfit_field(message, "只能写“有”或者“无”"))
            elif isinstance(wanted, dict):
                yield from self._range(fields[key], wanted, here)
            elif wanted not in ("有", "无"):
                allowed = self._allowed(kind, fields[key], conditions.get("类别"))
                yield from self._words(key, wanted, allowed, here)

    def _range(self, spec: FieldSpec, wanted: dict[str, Any], at: list[Key]) -> Iterator[Problem]:
        good = wanted and set(wanted) <= {"自", "至"}
        form = r"(?:[12]\d{3}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
        if not good or not all(re.fullmatch(form, str(day)) for day in wanted.values()):
            hint = "写成 {自: 03-01, 至: 06-30} 或者整个日期"
            yield self.problem(at, out_of_form("日期的起止写法不对", hint))
        elif not spec.is_day:
            message = f"“{spec.key}”不是日期，不能写起止"
            yield self.problem(at, unfit_field(message, "写成词或者词的列表"))

    def _words(
        self, key: str, wanted: object, allowed: tuple[str, ...] | None, at: list[Key]
    ) -> Iterator[Problem]:
        words = wanted if isinstance(wanted, list) else [wanted]
        for index, word in enumerate(words):
            here = [*at, index] if isinstance(wanted, list) else at
            if not isinstance(word, str | int):
                yield self.problem(here, out_of_form("这里应当是一个词", "写成词或者词的列表"))
            elif allowed is not None and str(word) not in allowed:
                yield self.problem(here, unknown_word(key, str(word), allowed))

    def _allowed(self, kind: Kind, spec: FieldSpec, categories: object) -> tuple[str, ...] | None:
        """The words a field may hold where it is of these 类别; None where it is free text."""
        if spec.fixed:
            return spec.fixed
        of = None
        if categories is not None:
            of = tuple(map(str, categories if isinstance(categories, list) else [categories]))
        known = self.settings.words(kind, kind.fields["类别"]) or ()
        if spec.words in {"结果", "分项"} and not set(of or ()) <= set(known):
            return None  # what an unknown 类别 may hold, nobody knows; it is reported itself
        return self.settings.words(kind, spec, of=of)


@rule(ERROR)
def out_of_form(message: str, hint: str) -> Fault:
    """FZ602: 指标定义写全了，没有用不着的项，条件写得对。

    每种统计要用的项不同：件数要“记录”“单位”，求和还要“字段”，比率要“分子”“分母”。
    改法：照提示补上或者删去；条件写成 `{类别: 宣传活动}` 这样。
    """
    return out_of_form.fault(message, hint)


@rule(ERROR)
def unfit_kind(message: str, hint: str) -> Fault:
    """FZ611: 指标数的是有的一种记录，而且这种记录可以这样数。

    现状是某一天的存量，不能按日期相加；最新值只对现状才有意思。
    改法：“记录”写活动、会议、案件、现状之一；现状用“最新值”。
    """
    return unfit_kind.fault(message, hint)


@rule(ERROR)
def unfit_field(message: str, hint: str) -> Fault:
    """FZ612: 指标用到的字段，这种记录里有，而且可以这样用。

    能相加的只有数量，能当日期的只有日期；条件里写错字段名，就一条也数不到。
    改法：照提示改字段名；几项的内容（计数、分类、佐证材料）在条件里只写“有”或者“无”。
    """
    return unfit_field.fault(message, hint)


@rule(ERROR)
def unknown_word(field: str, word: str, allowed: Iterable[str]) -> Fault:
    """FZ613: 条件里的词，词表里有。

    词写错了，指标不会出错，只会一条也数不到，报告里就是 0。
    改法：照提示改成词表里的词。
    """
    hint = did_you_mean(word, allowed) or "先把这个词写进 vocabulary.yml"
    return unknown_word.fault(f"“{field}”里没有{shown(word)}这个词", hint)


@rule(ERROR)
def unfit_figure(message: str, hint: str) -> Fault:
    """FZ614: 分子、分母和附列都是定义了的指标；分子、分母是件数、求和或者最新值。

    比率要由两个数相除，比率和分类不是一个数。
    改法：照提示改指标名，或者先定义要用的指标。
    """
    return unfit_figure.fault(message, hint)


@rule(ERROR)
def wrong_unit(message: str, hint: str) -> Fault:
    """FZ617: 指标的单位，就是它数的东西的单位；比率的分子、分母单位相同。

    数的是元，印成万元，就多报了一万倍；数的是人次，印成人，就不是那个数了。记录的件数用这种记录的说法（活动用场、次，会议用次，案件用件、起），求和用那一项自己的单位，现状用类别的单位。场、场次、次是一个意思，人、名也是；人次和人、件次和件不是。数的是元的，可以写 `万元`、`亿元`，数的是份的可以写 `万份`：由程序换算，不四舍五入。
    改法：照提示改单位；记录另有叫法的，先在词表的类别里写 `单位`。
    """
    return wrong_unit.fault(message, hint)


@rule(ERROR)
def unknown_section(section: str, known: Iterable[str]) -> Fault:
    """FZ615: 指标的板块，词表里有。

    指标印在板块的网页上，板块写错了就没有地方印。
    改法：照提示改成词表里的板块。
    """
    hint = did_you_mean(section, known) or "先把板块写进 vocabulary.yml"
    return unknown_section.fault(f"没有{shown(section)}这个板块", hint)


@rule(ERROR)
def unusable_name(message: str, hint: str) -> Fault:
    """FZ616: 指标名只用汉字、字母和数字，不以数字开头，同一年里不重复。

    叙述稿用指标名取数，名称里有标点、空格就取不到；两个指标同名，取哪一个说不准。
    改法：换一个名字；前后几年口径不同的，用“自”“至”分开年份。
    """
    return unusable_name.fault(message, hint)
