"""Writes settings of VS Code: completion and hover, the checker's problems, templates."""

import json
import re
from importlib import resources
from itertools import count
from typing import Any

import yaml

from fazhi.commands.generate import schemas
from fazhi.output.data.json_files import written
from fazhi.schema import tasks
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, Case, Kind
from fazhi.schema.questions import needed
from fazhi.schema.township import Settings
from fazhi.sources import front_matter

FOLDER = ".vscode"

Document = dict[str, Any]


def files(settings: Settings) -> dict[str, str]:
    """The editor's files by their paths from the project folder."""
    text = resources.files(__package__).joinpath("editor.yml").read_text(encoding="utf-8")
    documents: dict[str, Document] = yaml.safe_load(text)
    records = {kind.folder: f"records/*/{kind.folder}/*.md" for kind in KINDS.values()}
    declared = {**records, "tasks": f"records/*/{tasks.FILE}"}
    documents["settings.json"] = {
        "files.associations": {f"**/{path}": "yaml" for path in records.values()},
        "yaml.schemas": {f"./{schemas.FOLDER}/{f}.schema.json": p for f, p in declared.items()},
        **documents["settings.json"],
    }
    snippets = {kind.name: _snippet(kind, settings) for kind in KINDS.values()}
    documents["records.code-snippets"] = snippets
    return {f"{FOLDER}/{name}": written(document) for name, document in documents.items()}


def _snippet(kind: Kind, settings: Settings) -> Document:
    """What a record of the kind must hold, with a tab stop at each value."""
    numbers = count(1)

    def filled(spec: FieldSpec) -> str:
        return f"{spec.key}: {_stop(next(numbers), spec, kind, settings)}"

    body: list[str] = []
    for spec in (kind.fields[key] for key in needed(kind, {}, None)):
        if spec.model is None:
            body.append(filled(spec))
        else:
            parts = ", ".join(filled(p) for p in specs(spec.model).values() if p.required)
            body += [f"{spec.key}:", f"  - {{{parts}}}"]
    return {
        "prefix": [kind.name, kind.folder],
        "scope": "yaml,markdown",
        "description": f"一条{kind.name}记录，必填的各项",
        "body": ["---", *body, "---", "$0"],
    }


def _stop(number: int, spec: FieldSpec, kind: Kind, settings: Settings) -> str:
    if spec.is_mapping:
        return f"{{${{{number}:名称}}: 0}}"
    if spec.words:
        # What is open asks for no further date: so the template is valid as it comes.
        words = sorted(schemas.words(kind, settings, spec), key=lambda word: word != Case.OPEN)
        return f"${{{number}|{','.join(map(_choice, words))}|}}"
    if spec.is_period:
        return f"${{{number}:$CURRENT_YEAR-$CURRENT_MONTH}}"
    if spec.is_day:
        return f"${{{number}:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}}"
    return f"${{{number}:0}}" if spec.is_number else f"${number}"


def _choice(word: str) -> str:
    """A word as a choice of a snippet: as YAML, with the marks of the choice's own escaped."""
    written = word if front_matter.is_plain(word) else json.dumps(word, ensure_ascii=False)
    return re.sub(r"([\\,|$}])", r"\\\1", written)
