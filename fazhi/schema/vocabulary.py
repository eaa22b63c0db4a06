"""The words of a township: vocabulary.yml, typed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Annotated

from pydantic import BeforeValidator

from fazhi.schema.fields import Model, field, specs
from fazhi.schema.words import (
    ANNUAL,
    ANNUAL_REPORT,
    Category,
    Counter,
    Misnomer,
    Name,
    Programme,
    PublicityDay,
    Rate,
    Section,
    TextType,
    Word,
    Words,
    _as_word,
)


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
    text_types: tuple[Annotated[TextType, BeforeValidator(_as_word)], ...] = field(
        "文种", "年度报告以外，还写哪些文字", many=True
    )

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

    def text_type(self, name: str, year: int) -> TextType | None:
        """The 文种 of that name which holds in a year; 年度报告 need not be declared."""
        declared = (one for one in self.text_types if one.name == name and one.holds_in(year))
        return next(declared, ANNUAL_REPORT if name == ANNUAL else None)

    def words(self, name: str) -> tuple[Word, ...]:
        """One of `LISTS`, by its key."""
        found: tuple[Word, ...] = getattr(self, LISTS[name])
        return found

    def sections_in(self, year: int) -> list[Section]:
        return [section for section in self.sections if section.holds_in(year)]


LISTS: Mapping[str, str] = {  # the plain lists of words, which a field's `words` name, by key
    key: spec.attribute
    for key, spec in specs(Vocabulary).items()
    if spec.model and issubclass(spec.model, Word) and not spec.is_mapping
}
