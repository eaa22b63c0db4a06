"""The form as one page: its questions, its script and its style in it, nothing beside it.

What its script is told comes from the declaration: a field that is new there is in the form.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from markupsafe import Markup

from fazhi.output.official import hashed
from fazhi.output.templates import beside
from fazhi.records.record import Record
from fazhi.schema.every_kind import Dated
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, Case, Kind
from fazhi.schema.questions import NEEDS, asked
from fazhi.schema.township import Settings
from fazhi.schema.words import Category, Counter, PublicityDay, Word

NAME = "填表.html"
_TEMPLATES = beside(__file__)
_SCRIPTS = ("record.js", "reading.js", "form.js", "leaving.js")
Told = dict[str, Any]


def page(settings: Settings, records: Iterable[Record] | None = None) -> str:
    """The page of the internal edition, which may copy from `records`; without, one for anybody's hands."""
    township = settings.township
    told = {
        "township": township.name,
        "edit": township.edit_address,
        "kinds": [_kind(settings, kind) for kind in KINDS.values()],
        "last": _last(records or ()),
    }
    style, script = _read("form.css"), f'"use strict";\n(() => {{\n{_read(*_SCRIPTS)}}})();\n'
    return _TEMPLATES.get_template("form.html").render(
        township=township,
        is_internal=records is not None,
        notice=township.sample_notice("本站") if records is not None else "",
        policy=policy(style, script),
        style=Markup(style),
        # In a script of data, only < could begin anything else.
        told=Markup(json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")),
        script=Markup(script),
    )


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy: this style and this script and no other, and the office's server."""
    return (
        f"default-src 'none'; script-src {hashed(script)}; style-src {hashed(style)}; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _read(*names: str) -> str:
    """Files one after the other, without what only their readers need: comments, blanks, const."""
    assert _TEMPLATES.loader
    text = "\n".join(_TEMPLATES.loader.get_source(_TEMPLATES, name)[0] for name in names)
    text = _BLANKS.sub(lambda found: found["kept"] or found["mark"] or found["one"] or "", text)
    return text.replace("const ", "let ")


_BLANKS = re.compile(
    r"""(?P<kept>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|"""  # strings
    r"""/(?![*/ ])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"""  # a pattern of a script
    r"""|[;,]\s*(?=\})|\((?P<one>\w+)\)(?=\ =>)"""  # the last mark of a block, brackets around one name
    r"""|(?:(?<=\bif)|(?<=\bfor)|(?<=\bwhile)|(?<=\bcatch))\ (?=\()|(?<=\breturn)\ (?=[\["'!/])"""
    r"""|(?<=\))\ (?=return|throw|continue|for)"""
    r"""|\s*+(?://[^\n]*+\s*+)*+(?P<mark>=>|[=!]==|[<>]=?|[=?:+,;{}]|&&|\|\|)\s*(?://[^\n]*+\s*+)*+"""
    r"""|[ \t]*//[^\n]*|^\s+""",
    re.MULTILINE,
)
"""What may go of scripts and style sheets: comments, and blanks beside marks; not what is quoted."""


def _last(records: Iterable[Record]) -> dict[str, dict[str, Any]]:
    """Of the last record of each 类别, what 照上一条 copies, as it is typed."""
    newest: dict[str, tuple[tuple[date, str], Record]] = {}
    for record in records:
        key = f"{record.kind.name}/{record.fields.category}"
        place = (record.fields.day, record.path)
        if key not in newest or newest[key][0] < place:
            newest[key] = (place, record)
    return {key: _copied(record) for key, (_, record) in sorted(newest.items())}


def _copied(record: Record) -> dict[str, Any]:
    data = record.source.data
    found: dict[str, Any] = {}
    for key, spec in record.kind.fields.items():
        if key not in data or not _is_copied(spec):
            continue
        if spec.model:
            names = [part.key for part in specs(spec.model).values() if part.required]
            found[key] = [{n: str(i[n]) for n in names if n in i} for i in data[key]]
        else:
            found[key] = [*map(str, data[key])] if spec.is_list else str(data[key])
    return found


# The kinds with their questions, and the township's words


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
    told: Told = {"form": spec.form, "asked": asked(spec), "required": spec.required}
    told["words"] = [*_tasks(settings)] if spec.words == "任务" else [_word(w) for w in words or ()]
    told["parts"] = {part.key: _field(settings, kind, part) for part in parts}
    told["unit"] = spec.units[0] if len(spec.units) == 1 else ""
    told["copied"] = _is_copied(spec)
    told["whole"] = spec.is_count
    return told


def _tasks(settings: Settings) -> Iterator[Told]:
    """Every year's tasks, each in its own year alone: a number says little without its name."""
    for year, tasks in settings.tasks.items():
        for task in tasks.listed:
            yield {"name": task.number, "since": year, "until": year, "meaning": task.what}


def _is_copied(spec: FieldSpec) -> bool:
    """Whether 照上一条 takes it from another record: no days, no numbers, nothing said of prose."""
    return spec.form in ("rows", "list", "words", "text") and spec.attribute != "reused"


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
    held = category.marks
    marks = {one.name: {"words": one.allowed, "several": one.several} for one in held}
    return {**_word(category), "section": category.section, "words": words, "marks": marks}
