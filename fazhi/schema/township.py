"""The township's own declarations: township.yml, vocabulary.yml and figures.yml, typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from fazhi.problems.problem import Fault, Problem
from fazhi.problems.quoting import did_you_mean, shown
from fazhi.schema import official
from fazhi.schema.definition import Definition
from fazhi.schema.faults import unfit_word
from fazhi.schema.fields import Count, FieldSpec, Model, Text, field
from fazhi.schema.kinds import KINDS, Kind
from fazhi.schema.validation import parse
from fazhi.schema.vocabulary import LISTS, MonthDay, Name, Truth, Vocabulary, Word, overlap
from fazhi.sources.files import content_key
from fazhi.sources.source import Key, Source, read_yaml
from fazhi.sources.tree import Tree


def _address(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[\w.:/~%@+-]+", value, re.ASCII):
        hint = "写成 https://… 的网页地址，只用字母、数字和 . : / ~ % @ + - _"
        raise PydanticCustomError("form", "应当是网页地址", {"hint": hint})
    return value


Address = Annotated[Text, BeforeValidator(_address)]
"""The beginning of a web address, which a page prints as it is."""


class Website(Model):
    """The government website that carries the report."""

    name: Name = field("名称", "网站名称", required=True)
    domain: Text = field("域名", "不带 http://", required=True)
    code: Text = field("标识码", "网站标识码", required=True)
    address: Text | None = field("地址", "这些网页在网站上的地址")


class Township(Model):
    """Who publishes."""

    name: Name = field("名称", "发布机构的标准全称", required=True)
    short_name: Name = field("简称", "正文里的简称", required=True)
    is_sample: Truth = field("示例数据", "记录是不是示例", required=True)
    website: Website | None = field("网站", "报告所在的政府网站")
    index_format: Text | None = field("索引号格式", "索引号由哪些部分组成")
    edit_address: Address | None = field("编辑地址", "内部版编辑链接的前半段")
    reported_before: MonthDay | None = field(
        "上报期限", "次年的哪一天以前交给上级，如 03-01；没有规定的不写"
    )
    small_cell: Count = field("小数阈值", "敏感分项小于它就并入其他", required=True)
    rows_per_page: Annotated[int, Field(ge=10, le=500)] = field(
        "每页记录数", "一页最多多少条记录", required=True
    )
    villages: tuple[Text, ...] = field("村", "所辖的村（社区）", many=True)
    neighbours: tuple[Text, ...] = field("毗邻乡镇", "相邻的乡镇", many=True)

    def sample_notice(self, form: str) -> str:
        """What a form of the report (本站, 本报告) says while its records are samples; else empty."""
        if not self.is_sample:
            return ""
        return f"示例数据：{form}的记录是为演示编写的，不是{self.short_name}的真实情况。"


@dataclass(frozen=True)
class Settings:
    """All three files, where each figure definition is, and the content hash of what they say."""

    township: Township
    vocabulary: Vocabulary
    definitions: tuple[Definition, ...]
    figures_source: Source = attribute(repr=False)
    digest: bytes = attribute(repr=False)

    def definitions_in(self, year: int) -> dict[str, tuple[int, Definition]]:
        """The definitions that hold in a year, by name, with their place in figures.yml."""
        return {d.name: (i, d) for i, d in enumerate(self.definitions) if d.holds_in(year)}

    def words(
        self, kind: Kind, spec: FieldSpec, year: int | None = None, of: Categories = None
    ) -> tuple[str, ...] | None:
        """The words that a field of a record may hold, in a year or in any; None if any text will do.

        What depends on the 类别 is of those in `of`, or of all.
        """
        key = kind.name, spec.words, year, of
        if spec.words and key in self._words:  # thousands of records ask for the same
            return self._words[key]
        entries = self.entries(kind, spec, year, of)
        words = None if entries is None else tuple(dict.fromkeys(word.name for word in entries))
        if spec.words and words is not None:
            self._words[key] = words
        return words

    @cached_property
    def _words(self) -> dict[tuple[str, str | None, int | None, Categories], tuple[str, ...]]:
        return {}

    def entries(
        self, kind: Kind, spec: FieldSpec, year: int | None = None, of: Categories = None
    ) -> Sequence[Word] | None:
        """The same words with what the vocabulary says of each."""
        categories = self.vocabulary.categories.get(kind.name, ())
        held = [c for c in categories if year is None or c.holds_in(year)]
        chosen = [c for c in held if of is None or c.name in of]
        match spec.words:
            case None:
                is_sensitive = of is not None and any(c.sensitive for c in chosen)
                return _plain(kind.choices(spec, is_sensitive=is_sensitive)) or None
            case "类别":
                return held
            case "结果":
                return _plain(outcome for category in chosen for outcome in category.outcomes)
            case "分项":
                return _plain(part for category in chosen for part in category.parts)
            case "村":
                return _plain(self.township.villages)
        listed = self.vocabulary.words(spec.words)
        return [word for word in listed if year is None or word.holds_in(year)]


Categories = tuple[str, ...] | None
"""The names of some 类别, or None for all of them."""


def _plain(names: Iterable[str]) -> list[Word]:
    return [Word.model_construct(name=name, since=None, until=None) for name in names]


T = TypeVar("T", bound=Model)


def load(tree: Tree) -> tuple[Settings | None, list[Problem]]:
    """The settings in `records/`, or None with every problem in them."""
    problems: list[Problem] = []
    township, publisher = _read(tree, "township.yml", Township, problems)
    vocabulary, words = _read(tree, "vocabulary.yml", Vocabulary, problems)
    source, found = read_yaml(tree, "records/figures.yml", list)
    problems += found
    definitions = []
    if source:
        for index, item in enumerate(source.data):
            definition, found = parse(Definition, source, item, (index,))
            problems += found
            if definition:
                definitions.append(definition)
    if township and publisher:
        problems += _publisher_problems(township, publisher)
    if vocabulary and words:
        problems += _word_problems(vocabulary, words)
    if problems or not (township and publisher and vocabulary and words and source):
        return None, problems
    digest = content_key(publisher.text, words.text, source.text)
    return Settings(township, vocabulary, tuple(definitions), source, digest), []


def _read(
    tree: Tree, name: str, model: type[T], problems: list[Problem]
) -> tuple[T | None, Source | None]:
    source, found = read_yaml(tree, f"records/{name}", dict)
    problems += found
    if source is None:
        return None, None
    settings, found = parse(model, source, source.data)
    problems += found
    return settings, source


def _publisher_problems(township: Township, source: Source) -> Iterator[Problem]:
    """What is wrong with the website's codes and addresses, and with the format of an index."""
    found: list[tuple[list[Key], Iterator[Fault]]] = []
    if site := township.website:
        found.append((["网站", "域名"], official.domain(site.domain)))
        found.append((["网站", "标识码"], official.site_code(site.code)))
        if site.address:
            found.append((["网站", "地址"], official.address(site.address, site.domain)))
    if township.index_format:
        found.append((["索引号格式"], official.index_format(township.index_format)))
    for keys, faults in found:
        yield from (source.problem(keys, fault) for fault in faults)


def _word_problems(vocabulary: Vocabulary, source: Source) -> Iterator[Problem]:
    """Words given twice for the same years, unknown kinds and sections."""
    sections = [section.name for section in vocabulary.sections]
    reported: set[str] = set()
    by_name = list(_repeated(vocabulary.sections, source, ["板块"], lambda s: s.name))
    yield from by_name or _repeated(vocabulary.sections, source, ["板块"], lambda s: s.path)
    for name in LISTS:
        if name not in {"板块", "量词", "固定说法"}:  # the last two do no harm when written twice
            yield from _repeated(vocabulary.words(name), source, [name], lambda w: w.name)
    for kind, categories in vocabulary.categories.items():
        if kind not in KINDS:
            fault = unfit_word(f"没有{shown(kind)}这种记录", did_you_mean(kind, KINDS))
            yield source.problem(["类别", kind], fault, of_key=True)
        yield from _repeated(categories, source, ["类别", kind], lambda c: c.name)
        for index, category in enumerate(categories):
            if category.section and category.section not in {*sections, *reported}:
                reported.add(
                    category.section
                )  # once: it is the section that is missing or misspelt
                keys: list[Key] = ["类别", kind, index, "板块"]
                hint = did_you_mean(category.section, sections)
                message = f"没有{shown(category.section)}这个板块"
                yield source.problem(keys, unfit_word(message, hint))
    yield from _header_problems(vocabulary, source)


def _header_problems(vocabulary: Vocabulary, source: Source) -> Iterator[Problem]:
    """Headers of no column, and those that would be two columns of one kind of record."""
    beside = {"编号", "正文", *(counter.name for counter in vocabulary.counters)}
    own = {kind.name: {*kind.fields, *beside} for kind in KINDS.values()}
    taken = {name: set(columns) for name, columns in own.items()}
    for column, headers in (vocabulary.headers or {}).items():
        kinds = [name for name, columns in own.items() if column in columns]
        if not kinds:
            known = {name for columns in own.values() for name in columns}
            fault = unfit_word(f"没有{shown(column)}这一列", did_you_mean(column, sorted(known)))
            yield source.problem(["表头", column], fault, of_key=True)
        for index, header in enumerate(headers):
            if any(header in taken[name] for name in kinds):
                fault = unfit_word(f"{shown(header)}已经是另一列的名称", "只留一个")
                yield source.problem(["表头", column, index], fault)
            for name in kinds:
                taken[name].add(header)


W = TypeVar("W", bound=Word)


def _repeated(
    words: tuple[W, ...], source: Source, keys: list[str | int], of: Callable[[W], str]
) -> Iterator[Problem]:
    seen: dict[str, list[W]] = {}
    for index, word in enumerate(words):
        earlier = seen.setdefault(of(word), [])
        if any(overlap(word, other) for other in earlier):
            fault = unfit_word(f"{shown(of(word))}写了两次", "只留一个")
            yield source.problem([*keys, index], fault)
        earlier.append(word)
