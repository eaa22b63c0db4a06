"""Figure definitions: whether they name what exists, and how each counts, in words.

Rules: FZ602 definition out of form, FZ611 unknown kind, FZ612 unknown field, FZ613 unknown word,
FZ614 unknown figure, FZ615 unknown section, FZ616 name not usable or given twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from fazhi.problems import Problem, did_you_mean, shown
from fazhi.schema import KINDS, AgendaItem, FieldSpec, Kind, specs
from fazhi.settings import Definition, Settings, overlap
from fazhi.source import Key


def check(settings: Settings) -> Iterator[Problem]:
    """Every definition that names what does not exist, or is not whole, at its line."""
    names = {definition.name for definition in settings.definitions}
    for place, definition in enumerate(settings.definitions):
        yield from _Check(settings, place, definition, names).problems()


# Names that mean something else in the narrative, or are anchors of a section's page.
_TAKEN = {"原文", "none", "true", "false", "指标", "依据", "逐月情况"} | {f"{k}记录" for k in KINDS}

# What a measure needs, and what it may have beside name, section, years and note.
_NEEDS = {
    "件数": ({"记录", "单位"}, {"条件", "按日期"}),
    "求和": ({"记录", "单位", "字段"}, {"条件", "按日期"}),
    "最新值": ({"记录", "单位"}, {"条件", "截至"}),
    "分类": ({"记录", "单位"}, {"条件", "按", "按日期", "截至"}),
    "比率": ({"分子", "分母"}, set()),
}
_ALWAYS = {"名称", "板块", "统计", "自", "至", "印发", "说明", "附列", "首页"}


class _Check:
    """The rules for one definition; a fault that others follow from comes alone."""

    def __init__(
        self, settings: Settings, place: int, definition: Definition, names: set[str]
    ) -> None:
        self.settings = settings
        self.place = place
        self.definition = definition
        self.names = names

    def problem(self, rule: str, keys: list[Key], message: str, hint: str) -> Problem:
        source = self.settings.figures_source
        return source.problem(rule, [self.place, *keys], message, hint)

    def problems(self) -> Iterator[Problem]:
        definition, vocabulary = self.definition, self.settings.vocabulary
        yield from self._name()
        sections = [section.name for section in vocabulary.sections]
        if definition.section not in sections:
            hint = did_you_mean(definition.section, sections)
            message = f"没有{shown(definition.section)}这个板块"
            yield self.problem("FZ615", ["板块"], message, hint)
        given = set(self.settings.figures_source.data[self.place])
        needs, may = _NEEDS[definition.measure]
        for key in sorted(needs - given):
            message = f"“{definition.measure}”的指标缺少“{key}”"
            yield self.problem("FZ602", ["统计"], message, f"补上“{key}: …”")
        for key in sorted(given - needs - may - _ALWAYS):
            message = f"“{definition.measure}”的指标用不着“{key}”"
            yield self.problem("FZ602", [key], message, "删去")
        for at, name in self._figures_named():
            if name not in self.names:
                hint = did_you_mean(name, self.names)
                yield self.problem("FZ614", at, f"没有{shown(name)}这个指标", hint)
            elif at[0] != "附列" and not self._is_plain(name):
                message = f"{shown(name)}不能作比率的分子、分母"
                yield self.problem("FZ614", at, message, "用件数、求和或者最新值的指标")
        if definition.kind:
            yield from self._kind(definition.kind)

    def _name(self) -> Iterator[Problem]:
        name = self.definition.name
        if not name.isidentifier() or "_" in name or name.lower() in _TAKEN:
            message = f"指标名{shown(name)}不能用"
            hint = "只用汉字、字母和数字，不以数字开头，不带标点和空格；换一个名字"
            yield self.problem("FZ616", ["名称"], message, hint)
        for earlier in self.settings.definitions[: self.place]:
            if earlier.name == name and overlap(earlier, self.definition):
                message = f"{shown(name)}同一年里定义了两次"
                yield self.problem("FZ616", ["名称"], message, "改名，或者用“自”“至”分开年份")

    def _figures_named(self) -> Iterator[tuple[list[Key], str]]:
        for key, name in (
            ("分子", self.definition.numerator),
            ("分母", self.definition.denominator),
        ):
            if name:
                yield [key], name
        for index, name in enumerate(self.definition.beside):
            yield ["附列", index], name

    def _is_plain(self, name: str) -> bool:
        plain = {"件数", "求和", "最新值"}
        return all(d.measure in plain for d in self.settings.definitions if d.name == name)

    def _kind(self, name: str) -> Iterator[Problem]:
        kind = KINDS.get(name)
        if kind is None:
            yield self.problem(
                "FZ611", ["记录"], f"没有{shown(name)}这种记录", did_you_mean(name, KINDS)
            )
            return
        definition = self.definition
        stands = definition.measure == "最新值" or (
            definition.measure == "分类" and not definition.by
        )
        if stands and name != "现状":
            message = f"“{definition.measure}”只数“现状”，不数{shown(name)}"
            yield self.problem("FZ611", ["记录"], message, "改成“现状”，分类也可以加“按”")
            return
        if definition.measure == "求和" and name == "现状":
            message = "“现状”是某一天的存量，不能相加"
            yield self.problem("FZ611", ["记录"], message, "用“最新值”，取截止日期最晚的一条")
            return
        if definition.measure == "分类":
            key = "截至" if definition.by else "按日期"
            if key in self.settings.figures_source.data[self.place]:
                which = "有“按”" if definition.by else "没有“按”"
                message = f"{which}的“分类”用不着“{key}”"
                yield self.problem("FZ602", [key], message, "删去")
        counters = [counter.name for counter in self.settings.vocabulary.counters]
        amounts = [spec.key for spec in kind.fields.values() if spec.is_count] + counters
        yield from self._one_of("字段", definition.field_name, amounts, "可以相加的数量")
        days = [spec.key for spec in kind.fields.values() if spec.is_day]
        yield from self._one_of("按日期", definition.by_date, days, "日期")
        groups = [
            spec.key for spec in kind.fields.values() if spec.words not in (None, "计数", "分项")
        ]
        yield from self._one_of("按", definition.by, groups, "可以分组的字段")
        yield from self._conditions(kind, kind.fields, definition.conditions or {}, ["条件"])

    def _one_of(
        self, key: str, name: str | None, allowed: list[str], what: str
    ) -> Iterator[Problem]:
        if name is not None and name not in allowed:
            message = f"{self.definition.kind}里没有{shown(name)}这个{what}"
            yield self.problem("FZ612", [key], message, did_you_mean(name, allowed))

    def _conditions(
        self, kind: Kind, fields: Mapping[str, FieldSpec], conditions: object, at: list[Key]
    ) -> Iterator[Problem]:
        if not isinstance(conditions, dict):
            yield self.problem("FZ602", at, "条件应当是几组“字段: 内容”", "写成 {类别: 宣传活动}")
            return
        for key, wanted in conditions.items():
            here = [*at, key]
            if key not in fields:
                message = f"{kind.name}里没有{shown(key)}这个字段"
                yield self.problem("FZ612", here, message, did_you_mean(str(key), fields))
            elif key == "议题":
                yield from self._conditions(kind, specs(AgendaItem), wanted, here)
            elif fields[key].words in {"计数", "分项"} or key == "佐证材料":
                if wanted not in ("有", "无"):
                    message = f"“{key}”里有几项，不能拿来比较"
                    yield self.problem("FZ612", here, message, "只能写“有”或者“无”")
            elif isinstance(wanted, dict):
                yield from self._range(fields[key], wanted, here)
            else:
                yield from self._words(kind, fields[key], wanted, conditions, here)

    def _range(self, spec: FieldSpec, wanted: dict[str, Any], at: list[Key]) -> Iterator[Problem]:
        good = wanted and set(wanted) <= {"自", "至"}
        if not good or not all(_DAY.fullmatch(str(day)) for day in wanted.values()):
            hint = "写成 {自: 03-01, 至: 06-30} 或者整个日期"
            yield self.problem("FZ602", at, "日期的起止写法不对", hint)
        elif not spec.is_day:
            yield self.problem(
                "FZ612", at, f"“{spec.key}”不是日期，不能写起止", "写成词或者词的列表"
            )

    def _words(
        self, kind: Kind, spec: FieldSpec, wanted: Any, conditions: dict[str, Any], at: list[Key]
    ) -> Iterator[Problem]:
        if wanted in ("有", "无"):
            return
        allowed = self._allowed(kind, spec, conditions)
        words = wanted if isinstance(wanted, list) else [wanted]
        for index, word in enumerate(words):
            here = [*at, index] if isinstance(wanted, list) else at
            if not isinstance(word, str | int):
                yield self.problem("FZ602", here, "这里应当是一个词", "写成词或者词的列表")
            elif allowed is not None and str(word) not in allowed:
                message = f"“{spec.key}”里没有{shown(word)}这个词"
                yield self.problem("FZ613", here, message, did_you_mean(str(word), allowed))

    def _allowed(self, kind: Kind, spec: FieldSpec, conditions: dict[str, Any]) -> list[str] | None:
        """The words a field may hold; None where it is free text."""
        vocabulary = self.settings.vocabulary
        categories = vocabulary.categories.get(kind.name, ())
        wanted = conditions.get("类别", [c.name for c in categories])
        chosen = {str(word) for word in (wanted if isinstance(wanted, list) else [wanted])}
        narrowed = [c for c in categories if c.name in chosen]
        match spec.words:
            case None:
                options = re.findall(r"'([^']+)'", str(spec.annotation))
                return options or None
            case "类别":
                return [category.name for category in categories]
            case "结果":
                return [outcome for category in narrowed for outcome in category.outcomes]
            case "村":
                return list(self.settings.township.villages)
            case "分项":
                return [part for category in narrowed for part in category.parts]
        return [word.name for word in vocabulary.words(spec.words)]


_DAY = re.compile(r"(?:[12]\d{3}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def explain(definition: Definition) -> str:
    """How a figure is counted, in words that a citizen can follow."""
    if definition.measure == "比率":
        text = f"{definition.numerator} ÷ {definition.denominator}"
    else:
        by = definition.by_date or KINDS[definition.kind or ""].model.leading
        which = _conditions_in_words(definition.conditions or {})
        text = f"“{by}”在本年的“{definition.kind}”记录" + (f"，{which}" if which else "")
        text += (
            "；"
            + {
                "件数": "一条记录计一" + (definition.unit or ""),
                "求和": f"各条的“{definition.field_name}”相加",
                "最新值": f"取截止日期最晚（不晚于 {definition.as_of or '12-31'}）的一条",
                "分类": f"按“{definition.by}”分项"
                if definition.by
                else "取截止日期最晚的一条，分项列出",
            }[definition.measure]
        )
    return text + (f"。{definition.note}" if definition.note else "")


def _conditions_in_words(conditions: Mapping[str, Any]) -> str:
    parts = []
    for key, wanted in conditions.items():
        if key == "议题":
            parts.append(f"有一项议题{_conditions_in_words(wanted)}")
        elif wanted in ("有", "无"):
            parts.append(f"{'已填' if wanted == '有' else '未填'}“{key}”")
        elif isinstance(wanted, dict):
            parts.append(f"“{key}”自 {wanted.get('自', '年初')} 至 {wanted.get('至', '年末')}")
        else:
            words = wanted if isinstance(wanted, list) else [wanted]
            parts.append(f"“{key}”为" + "或".join(f"“{word}”" for word in words))
    return "、".join(parts)
