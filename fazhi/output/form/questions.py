"""What the form's script is told: the kinds with their questions, and the township's words, as JSON.

All of it comes from the declaration: a field that is new there is in the form.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from fazhi.schema.every_kind import Dated
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, Case, Kind
from fazhi.schema.questions import NEEDS, asked
from fazhi.schema.township import Settings
from fazhi.schema.words import Category, Counter, PublicityDay, Word

Told = dict[str, Any]


def of_kinds(settings: Settings) -> list[Told]:
    """Every kind of record with its questions, in the order of the declaration."""
    return [_kind(settings, kind) for kind in KINDS.values()]


def _kind(settings: Settings, kind: Kind) -> Told:
    need = NEEDS.get(kind.name)
    return {
        "name": kind.name,
        "meaning": kind.model.meaning,
        "folder": kind.folder,
        "leading": kind.model.leading,
        "spans": issubclass(kind.model, Dated),
        "numbered": kind.model is Case,
        "order": kind.order,
        "need": asdict(need) if need else None,
        "fields": {spec.key: _field(settings, kind, spec) for spec in kind.fields.values()},
        "categories": [
            _category(settings, kind, category)
            for category in settings.vocabulary.categories.get(kind.name, ())
        ],
    }


def _field(settings: Settings, kind: Kind, spec: FieldSpec) -> Told:
    words = settings.entries(kind, spec, None, ())
    if spec.words == "类别":
        words = settings.entries(kind, spec)
    parts = specs(spec.model).values() if spec.model and not spec.is_mapping else ()
    told: Told = {"form": _form(spec), "asked": asked(spec), "required": spec.required}
    told["words"] = [*_tasks(settings)] if spec.words == "任务" else [_word(w) for w in words or ()]
    told["parts"] = {part.key: _field(settings, kind, part) for part in parts}
    told["unit"] = spec.units[0] if len(spec.units) == 1 else ""
    told["copied"] = is_copied(spec)
    told["whole"] = spec.is_count
    return told


def _tasks(settings: Settings) -> Iterator[Told]:
    """Every year's tasks, each in its own year alone: a number says little without its name."""
    for year, tasks in settings.tasks.items():
        for task in tasks.listed:
            yield {"name": task.number, "since": year, "until": year, "meaning": task.what}


def is_copied(spec: FieldSpec) -> bool:
    """Whether 照上一条 takes it from another record: no days, no numbers, nothing said of prose."""
    is_counted = spec.is_number or spec.is_mapping
    return not (is_counted or spec.is_day or spec.is_period or spec.attribute == "reused")


def _form(spec: FieldSpec) -> str:
    """In what form a field is answered; `words` are one of a list, unless that is empty."""
    if spec.is_mapping:
        return "marks" if spec.words == "标记" else "pairs"
    if spec.model:
        return "rows"
    if spec.is_day:
        return "day"
    if spec.is_number:
        return "number"
    if spec.is_period:
        return "period"
    if spec.is_list:
        return "list"
    return "words" if spec.words or spec.fixed else "text"


def _word(word: Word) -> Told:
    told: Told = {"name": word.name, "since": word.since, "until": word.until}
    if isinstance(word, Counter):
        told["unit"] = word.unit
    if isinstance(word, PublicityDay):
        told["meaning"] = word.meaning
    return {key: value for key, value in told.items() if value is not None}


def _category(settings: Settings, kind: Kind, category: Category) -> Told:
    """A 类别, with the words of those fields that have others in it."""
    words: dict[str, Sequence[str]] = {}
    for key, spec in kind.fields.items():
        if key == "类别":
            continue
        own, any_ = (
            [word.name for word in settings.entries(kind, spec, category.since, of) or ()]
            for of in ((category.name,), ())
        )
        if own != any_:
            words[key] = own
    marks: Mapping[str, Told] = {
        mark.name: {"words": mark.allowed, "several": mark.several} for mark in category.marks
    }
    return {**_word(category), "section": category.section, "words": words, "marks": marks}
