"""The one mapping between the fields of a record and the columns of a spreadsheet."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from fazhi.schema.fields import FieldSpec, Form, specs
from fazhi.schema.kinds import Kind
from fazhi.schema.township import Settings

FILE_NAME = "编号"  # the header of the record's file name, by which a row knows its record
PROSE, NODE = "正文", "普法节点"
PERIOD = ("起始日期", "结束日期")


@dataclass(frozen=True)
class Column:
    """A column: the key of a record that its cells hold, and how.

    `counter` is the quantity of 计数, or the 标记, that it holds; `part` is what it holds of each item
    of a list; `words` are those that a cell may hold, since a word may contain a mark that is
    otherwise between two.
    """

    key: str
    form: Form
    meaning: str
    note: str = ""
    required: bool = False
    counter: str = ""
    part: str = ""
    words: tuple[str, ...] = ()
    model: type[BaseModel] | None = None

    @property
    def header(self) -> str:
        return "·".join(self.keys)

    @property
    def is_numeric(self) -> bool:
        """Whether a number in a cell is one, and not a text that looks like it."""
        if self.part and self.model:
            return specs(self.model)[self.part].is_count
        return self.form in ("number", "day")

    @property
    def keys(self) -> tuple[str, ...]:
        """The way to its value in a record."""
        return (self.key, *filter(None, (self.counter, self.part)))


def columns(kind: Kind, settings: Settings) -> list[Column]:
    """The columns of a kind in their order: its number, its fields, its prose."""
    note = "新的记录空着，程序自己取名；已经填好的不要改"
    return [
        Column(FILE_NAME, "text", "记录的文件名", note),
        *(c for key in kind.order for c in _of_field(kind, kind.fields[key], settings)),
        Column(PROSE, "text", "经过和说明", "换行按 Alt+Enter"),
    ]


def _of_field(kind: Kind, spec: FieldSpec, settings: Settings) -> Iterator[Column]:
    if spec.key == "计数":
        for counter in dict.fromkeys(counter.name for counter in settings.vocabulary.counters):
            yield Column(spec.key, "number", f"{counter}的数量", counter=counter)
        return
    if spec.key == "标记":
        for mark in settings.words(kind, spec) or ():
            words = settings.words(kind, settings.fields(kind)[mark]) or ()
            yield Column(spec.key, "list", "、".join(words), counter=mark, words=words)
        return
    words = ((spec.is_list or spec.key == NODE) and settings.words(kind, spec)) or ()
    if spec.key == "任务" and not words:
        return  # there are none to be named
    about = (spec.meaning, spec.note, spec.required)
    form: Form = "text" if spec.form == "words" else spec.form
    yield Column(spec.key, form, *about, words=words, model=spec.model)


def parts(kind: Kind, settings: Settings) -> Iterator[Column]:
    """The columns that a plain ledger may have beside that of a list: one part of its items each."""
    for key, spec in kind.fields.items():
        for part in list(specs(spec.model).values())[1:] if spec.model else ():
            about = (f"每项{spec.key}的{part.meaning}", part.note)
            words = settings.words(kind, part) or ()
            yield Column(key, "rows", *about, part=part.key, words=words, model=spec.model)


def known_headers(
    columns: Iterable[Column], aliases: Mapping[str, Sequence[str]]
) -> dict[str, Column]:
    """The columns by every header that means them, normalised; a field's own name first."""
    columns = list(columns)
    own = {normalised(column.header): column for column in columns}
    within = {normalised(column.keys[-1]): column for column in columns} | own
    by_alias = {
        normalised(alias): column
        for name, given in aliases.items()
        if (column := within.get(normalised(name)))
        for alias in given
    }
    return {**by_alias, **within}


def normalised(header: str) -> str:
    """A header without what offices add to it: spaces, line ends, a unit in brackets, a star."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", header))
    return re.sub(r"(?:\([^()]*\)|[*:])+$", "", text.strip("*")) or text
