"""The township's own declarations: township.yml, vocabulary.yml and figures.yml, typed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from functools import cached_property, partial
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from fazhi.problems.problem import Fault, Problem, has_errors
from fazhi.schema import official
from fazhi.schema.contradictions import unfit_word
from fazhi.schema.definition import Definition
from fazhi.schema.fields import Count, FieldSpec, MarkWords, Model, Text, field
from fazhi.schema.kinds import Kind
from fazhi.schema.spelling import YEAR
from fazhi.schema.tasks import FILE, Task, Tasks
from fazhi.schema.validation import parse
from fazhi.schema.vocabulary import Vocabulary
from fazhi.schema.words import MonthDay, Name, Truth, Word
from fazhi.sources.files import content_key
from fazhi.sources.source import Key, Source, read_yaml
from fazhi.sources.tree import EntryType, Tree

_MARK = "标记·"
SAMPLE = "（示例）"  # what stands behind the name of what holds samples
Categories = tuple[str, ...] | None  # the names of some 类别, or None for all of them
T = TypeVar("T", bound=Model)


def _address(value: object) -> object:
    if not isinstance(value, str) or not re.fullmatch(r"https?://[\w.:/~%@+-]+", value, re.ASCII):
        hint = "写成 https://… 的网页地址，只用字母、数字和 . : / ~ % @ + - _"
        raise PydanticCustomError("form", "应当是网页地址", {"hint": hint})
    return value


Address = Annotated[Text, BeforeValidator(_address)]
"""The beginning of a web address, which a page prints as it is."""
CATALOGUE = (  # the rows of the disclosure catalogue that every place has, in the order of most
    *("索引号", "主题分类", "体裁分类", "发布机构", "发文字号", "成文日期", "发布日期", "有效性"),
)


class Website(Model):
    """The government website that carries the report."""

    name: Name = field("名称", "网站名称", required=True)
    domain: Text = field("域名", "不带 http://", required=True)
    code: Text = field("标识码", "网站标识码", required=True)
    address: Text | None = field("地址", "这些网页在网站上的地址")


def _office_phone(value: object) -> object:
    if not re.fullmatch(r"(?:0\d{2,3}-?)?[02-9]\d{6,7}(?:-\d{1,5})?|\d{5}", str(value), re.ASCII):
        hint = "写成 023-59220000、12345 这样的办公电话或者热线，不写手机号"
        raise PydanticCustomError("form", "应当是办公电话", {"hint": hint})
    return str(value)


class Contact(Model):
    """Whom a reader asks about the report."""

    office: Name = field("科室", "问哪个科室，不写人名", required=True)
    phone: Annotated[Text, BeforeValidator(_office_phone)] = field(
        "电话", "科室的办公电话，或者热线", required=True
    )
    address: Text | None = field("地址", "到哪里问")
    hours: Text | None = field("时间", "什么时候有人")


class Township(Model):
    """Who publishes."""

    name: Name = field("名称", "发布机构的标准全称", required=True)
    short_name: Name = field("简称", "正文里的简称", required=True)
    is_sample: Truth = field("示例数据", "记录是不是示例", required=True)
    website: Website | None = field("网站", "报告所在的政府网站")
    contact: Contact | None = field("联系", "看了报告和图解，有问题问谁")
    catalogue: tuple[Name, ...] = field("目录", "信息公开目录有哪些项，按什么次序", many=True)
    index_format: Text | None = field("索引号格式", "索引号由哪些部分组成")
    edit_address: Address | None = field("编辑地址", "内部版编辑链接的前半段")
    reported_before: MonthDay | None = field(
        "上报期限", "次年的哪一天以前交给上级，如 03-01；12-20 是当年的；没有规定的不写"
    )
    small_cell: Annotated[Count, Field(ge=3)] = field(
        "小数阈值", "敏感分项小于它就并入其他", required=True
    )
    rows_per_page: Annotated[int, Field(ge=10, le=500)] = field(
        "每页记录数", "一页最多多少条记录", required=True
    )
    villages: tuple[Text, ...] = field("村", "所辖的村（社区）", many=True)
    neighbours: tuple[Text, ...] = field("毗邻乡镇", "相邻的乡镇", many=True)

    @property
    def all_of_it(self) -> str:
        """What all of its area is called: 全区 of an office of a district."""
        area = re.match("(?:.{2,}?(?:[省市县区镇乡]|街道))+", self.name)
        return f"全{area[0][-1].replace('道', '街道')}" if area else "全乡"

    @property
    def contact_notice(self) -> str:
        """Whom a reader asks, where and when, as a sentence; else empty."""
        if not (asked := self.contact):
            return ""
        where = (("电话", asked.phone), ("地址", asked.address), ("时间", asked.hours))
        told = "".join(f"，{name}：{said}" for name, said in where if said)
        return f"有问题请问{asked.office}{told}{self.sample_mark}。"

    @property
    def sample_mark(self) -> str:
        """SAMPLE while its records are samples; else empty."""
        return SAMPLE if self.is_sample else ""

    def sample_notice(self, form: str) -> str:
        """What a form of the report (本站, 本报告) says while its records are samples; else empty."""
        if not self.is_sample:
            return ""
        return f"示例数据：{form}的记录是为演示编写的，不是{self.short_name}的真实情况。"


@dataclass(frozen=True)
class Settings:
    """All three files, where what they say is, and each year's tasks.

    `digest` is the content hash of all that a record is checked with.
    """

    township: Township
    vocabulary: Vocabulary
    definitions: tuple[Definition, ...]
    township_source: Source = attribute(repr=False)
    vocabulary_source: Source = attribute(repr=False)
    figures_source: Source = attribute(repr=False)
    digest: bytes = attribute(repr=False)
    tasks: Mapping[int, Tasks] = attribute(default_factory=dict, repr=False)

    def definitions_in(self, year: int) -> dict[str, tuple[int, Definition]]:
        """The definitions that hold in a year, by name, with their place in figures.yml."""
        return {d.name: (i, d) for i, d in enumerate(self.definitions) if d.holds_in(year)}

    def fields(self, kind: Kind) -> Mapping[str, FieldSpec]:
        """The fields of a kind by key, its 标记 among them: figures ask for both alike."""
        if kind.name not in self._fields:
            names = self.words(kind, kind.fields["标记"]) or ()
            as_field = partial(replace, kind.fields["标记"], annotation=MarkWords)
            marks = {n: as_field(key=n, meaning=n, words=_MARK + n) for n in names}
            self._fields[kind.name] = {**marks, **kind.fields}
        return self._fields[kind.name]

    @cached_property
    def _fields(self) -> dict[str, Mapping[str, FieldSpec]]:
        return {}

    def words(
        self, kind: Kind, spec: FieldSpec, year: int | None = None, of: Categories = None
    ) -> tuple[str, ...] | None:
        """The words that a field of a record may hold, in a year or in any; None if any text will do.
        What depends on the 类别 is of those in `of`, or of all."""
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
            case "标记":
                return _plain(mark.name for category in chosen for mark in category.marks)
            case str() as words if words.startswith(_MARK):
                marks = (mark for category in chosen for mark in category.marks)
                return _plain(w for m in marks if _MARK + m.name == words for w in m.allowed)
            case "分项":
                return _plain(part for category in chosen for part in category.parts)
            case "村":
                return _plain(self.township.villages)
            case "任务":
                found = (held.listed for y, held in self.tasks.items() if year in (None, y))
                return _plain(task.number for listed in found for task in listed)
        listed = self.vocabulary.words(spec.words)
        return [word for word in listed if year is None or word.holds_in(year)]


def _plain(names: Iterable[str]) -> list[Word]:
    return [Word.model_construct(name=name, since=None, until=None) for name in names]


def load(tree: Tree) -> tuple[Settings | None, list[Problem]]:
    """The settings in `records/`, or None with every problem in them."""
    problems: list[Problem] = []
    township, publisher = _read(tree, "township.yml", Township, problems)
    vocabulary, words = _read(tree, "vocabulary.yml", Vocabulary, problems)
    source, figures = _read_list(tree, "records/figures.yml", Definition, problems)
    tasks = dict(_tasks(tree, problems))
    if township and publisher:
        problems += _publisher_problems(township, publisher)
    if vocabulary and words:
        problems += unfit_word(vocabulary, words)
    if has_errors(problems) or not (township and publisher and vocabulary and words and source):
        return None, problems
    numbers = (f"{year} {task.number}" for year, held in tasks.items() for task in held.listed)
    digest = content_key(publisher.text, words.text, source.text, *numbers)
    return Settings(
        township, vocabulary, figures, publisher, words, source, digest, tasks
    ), problems


def _tasks(tree: Tree, problems: list[Problem]) -> Iterator[tuple[int, Tasks]]:
    """The tasks of each year that has some, oldest first."""
    names = tree.entries("records") if tree.type_of("records") is EntryType.FOLDER else ()
    for name in sorted(name for name, _ in names if re.fullmatch(YEAR, name, re.ASCII)):
        if not tree.is_file(path := f"records/{name}/{FILE}"):
            continue
        source, listed = _read_list(tree, path, Task, problems)
        if source:
            yield int(name), Tasks(listed, source)


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


def _read_list(
    tree: Tree, path: str, model: type[T], problems: list[Problem]
) -> tuple[Source | None, tuple[T, ...]]:
    source, found = read_yaml(tree, path, list)
    problems += found
    listed = source.data if source else ()
    read = [parse(model, source, item, (at,)) for at, item in enumerate(listed) if source]
    problems += [problem for _, found in read for problem in found]
    return source, tuple(item for item, _ in read if item)


def _publisher_problems(township: Township, source: Source) -> Iterator[Problem]:
    """What is wrong with the website's codes and addresses, and with the format of an index."""
    found: list[tuple[list[Key], Iterable[Fault]]] = []
    if site := township.website:
        found.append((["网站", "域名"], official.domain(site.domain)))
        found.append((["网站", "标识码"], official.site_code(site.code)))
        if site.address:
            found.append((["网站", "地址"], official.address(site.address, site.domain)))
    if township.index_format:
        found.append((["索引号格式"], official.index_format(township.index_format)))
    found += ((["目录", place], [fault]) for place, fault in official.catalogue(township.catalogue))
    yield from (source.problem(keys, fault) for keys, faults in found for fault in faults)
