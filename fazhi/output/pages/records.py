"""A page for each record that may have one."""

import hashlib
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from fazhi.output import portal
from fazhi.output.form.page import NAME as FORM
from fazhi.output.pages.markup import MarkdownPage, document, href
from fazhi.output.pages.prose import Prose
from fazhi.output.view import NotRendered, View, chinese_date
from fazhi.records.record import Record
from fazhi.rules.evidence import unsound
from fazhi.schema.fields import FieldSpec
from fazhi.sources.source import Key

if TYPE_CHECKING:
    from fazhi.sources.evidence.photos import Published

_FIRST = ("类别", "日期", "起始日期", "结束日期", "受理日期", "截止日期", "地点", "主题")
_LAST = ("计数", "承办", "依据", "佐证材料")


def record_path(record: Record) -> str:
    """The page of a record that may have one."""
    return f"records/{record.year}/{record.kind.folder}/{record.stem}.md"


def of_year(view: View, among: Container[Record] | None = None) -> "Iterator[RecordPage]":
    """Every such page of a year, or of the records `among` some; none of them made yet."""
    prose = Prose()
    for record in view.source.records:
        if (among is None or record in among) and view.gate.has_page(record):
            yield RecordPage(view, record, prose)


@dataclass(frozen=True)
class RecordPage:
    """The page of one record, made when it is asked for."""

    view: View
    record: Record
    prose: Prose

    @property
    def path(self) -> str:
        return record_path(self.record)

    @property
    def made_from(self) -> list[str]:
        figures = [value.name for value in self.view.counted_in.get(id(self.record), ())]
        sums = []
        for evidence in self.view.gate.photos(self.record):
            path = self.record.file_path(evidence.file or "")
            sums.append(hashlib.sha256(self.view.source.tree.read(path)).hexdigest())
        return [self.path, self.record.source.text, ",".join(figures), *sums]

    @property
    def photos(self) -> dict[str, bytes]:
        """Its photos by their own paths."""
        made = zip(self.photo_paths, self._photos, strict=True)
        return {path: photo.content for path, photo in made}

    @property
    def photo_paths(self) -> list[str]:
        """Where its photos are to be, by their record's name: their own may say who is on them."""
        stem, photos = self.path.removesuffix(".md"), self.view.gate.photos(self.record)
        return [f"{stem}-{number}.jpg" for number in range(1, len(photos) + 1)]

    @cached_property
    def _photos(self) -> "list[Published]":
        """What the gate lets out of its evidence, each photo made anew from its pixels."""
        view, record = self.view, self.record
        if not (shown := view.gate.photos(record)):
            return []
        from fazhi.sources.evidence import photos  # noqa: PLC0415 - its library is loaded where there are photos

        made = []
        for evidence in shown:
            file = evidence.file or ""
            try:
                made.append(photos.published(view.source.tree, record.file_path(file)))
            except photos.Unreadable as error:  # its pixels, which no check looks at
                where: list[Key] = ["佐证材料", record.fields.evidence.index(evidence), "文件"]
                raise NotRendered([record.problem(where, unsound(file, str(error)))]) from None
        return made

    @cached_property
    def document(self) -> MarkdownPage:
        view, record, path = self.view, self.record, self.path
        rows: list[tuple[str, object]] = [("种类", record.kind.name)]
        tables = []
        for spec, value in sorted(view.gate.fields(record), key=_place):
            if spec.key == "标题":
                continue
            if isinstance(value, list):
                tables.append(_nested(spec.key, value))
            elif isinstance(value, dict):
                for name, number in value.items():
                    vocabulary, is_counter = view.settings.vocabulary, spec.key == "计数"
                    counter = vocabulary.counter(name, view.year) if is_counter else None
                    rows.append((f"{name}（{counter.unit}）" if counter else name, number))
            elif spec.is_day:
                rows.append((spec.key, chinese_date(value)))
            else:
                is_list = isinstance(value, tuple)
                rows.append((spec.key, "、".join(map(str, value)) if is_list else value))
        section = record.section(view.settings)
        return document(
            view.meta(record.fields.title, "record", record.path) | _article(view, record),
            "record.md",
            path=path,
            year=view.year,
            section=section,
            sections=view.section_path(section),
            rows=rows,
            prose=self.prose.html(record.source.body),
            tables=tables,
            photos=zip(self.photo_paths, view.gate.photos(record), self._photos, strict=True),
            figures=[
                (value.name, href(path, target, value.name))
                for value in view.counted_in.get(id(record), [])
                if (target := view.section_path(value.definition.section))
            ],
            file=record.path if view.gate.is_internal else "",
            form=href(path, FORM, record.path),
        )


def _article(view: View, record: Record) -> dict[str, object]:
    """A record is published with the report of its year, and by the post that did the work."""
    fields, township = record.fields, view.settings.township
    section = record.section(view.settings)
    shown = {spec.key: value for spec, value in view.gate.fields(record)}
    topics = shown.get("主题", ())
    description = f"{township.short_name}{chinese_date(fields.day)}的{record.kind.name}记录，"
    description += f"类别为{fields.category}，属于{section}"
    names = portal.article(
        fields.title + view.tail,
        view.published,
        shown.get("承办", township.name),
        (fields.category, *topics, section, f"{view.year}年", township.short_name),
        description,
        portal.address(township.website, href("", record_path(record))),
        township.name,
    )
    return view.article(names)


def _place(shown: tuple[FieldSpec, Any]) -> int:
    """The order of fields: first what it was and when, last what it is based on."""
    key = shown[0].key
    if key in _FIRST:
        return _FIRST.index(key) - len(_FIRST)
    return _LAST.index(key) + 1 if key in _LAST else 0


def _nested(key: str, items: list[list[tuple[Any, Any]]]) -> dict[str, object]:
    """A list of 佐证材料 or 议题 as a table of the keys that any of them has."""
    head = list(dict.fromkeys(spec.key for item in items for spec, _ in item))
    held = [{spec.key: value for spec, value in item} for item in items]
    rows = [[item.get(name, "—") for name in head] for item in held]
    return {"caption": key, "head": head, "rows": rows}
