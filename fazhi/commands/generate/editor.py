"""Writes settings of VS Code: completion and hover, the checker's problems, templates."""

from __future__ import annotations

import json
import re
from itertools import count
from typing import Any

from fazhi.commands.generate import schemas
from fazhi.output.data.json_files import written
from fazhi.schema.fields import FieldSpec, specs
from fazhi.schema.kinds import KINDS, Case, Kind, Standing
from fazhi.schema.township import Settings
from fazhi.sources import front_matter

FOLDER = ".vscode"

Document = dict[str, Any]


def files(settings: Settings) -> dict[str, str]:
    """The editor's files by their paths from the project folder."""
    documents = {
        "settings.json": _settings(),
        "extensions.json": {"recommendations": ["redhat.vscode-yaml"]},
        "tasks.json": _tasks(),
        "records.code-snippets": {kind.name: _snippet(kind, settings) for kind in KINDS.values()},
    }
    return {f"{FOLDER}/{name}": written(document) for name, document in documents.items()}


def _settings() -> Document:
    records = {kind.folder: f"records/*/{kind.folder}/*.md" for kind in KINDS.values()}
    return {
        # A record is front matter and prose: the prose is no YAML, so the checker validates, not
        # the editor, which must not "format" it either.
        "files.associations": {f"**/{path}": "yaml" for path in records.values()},
        "yaml.schemas": {f"./{schemas.FOLDER}/{f}.schema.json": p for f, p in records.items()},
        "yaml.validate": False,
        "yaml.format.enable": False,
        "yaml.schemaStore.enable": False,
        "[yaml]": {
            "editor.formatOnSave": False,
            "editor.quickSuggestions": {"other": True, "comments": False, "strings": True},
            "editor.wordWrap": "on",
        },
        "files.encoding": "utf8",
        "files.eol": "\n",
    }


def _tasks() -> Document:
    check = "scripts/check_records.py"
    tasks = [
        _task("检查当前文件", [check, "${relativeFile}"], _matchers()),
        _task("检查全部", [check], _matchers()),
        _task("预览", ["scripts/preview.py"], []),
    ]
    return {"version": "2.0.0", "tasks": tasks}


def _task(label: str, arguments: list[str], matchers: list[Document]) -> Document:
    return {
        "label": label,
        "type": "process",
        "command": "python3",
        "windows": {"command": "py"},
        "args": arguments,
        "options": {"cwd": "${workspaceFolder}", "env": {"NO_COLOR": "1"}},
        "group": "build" if matchers else "none",
        "isBackground": not matchers,
        "problemMatcher": matchers,
    }


def _matchers() -> list[Document]:
    """How the editor reads `file:line:column: 错误 FZ101 说明`: one for each severity."""
    groups = {"file": 1, "line": 2, "column": 3, "code": 4, "message": 5}
    return [
        {
            "owner": f"fazhi-{severity}",
            "source": "法治年报",
            "severity": severity,
            "fileLocation": ["relative", "${workspaceFolder}"],
            "pattern": {"regexp": rf"^(.+?):(\d+):(\d+): {word} (FZ\d{{3}}) (.*)$", **groups},
        }
        for severity, word in (("error", "错误"), ("warning", "警告"))
    ]


def _snippet(kind: Kind, settings: Settings) -> Document:
    """What a record of the kind must hold, with a tab stop at each value."""
    needed = {key for key, spec in kind.fields.items() if spec.required} | {kind.model.leading}
    if issubclass(kind.model, Standing):
        needed.add("数量")
    numbers = count(1)

    def filled(spec: FieldSpec) -> str:
        return f"{spec.key}: {_stop(next(numbers), spec, kind, settings)}"

    body: list[str] = []
    for spec in (kind.fields[key] for key in kind.order if key in needed):
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
    """A value to be filled in."""
    if spec.words:
        # What is open asks for no further date: so the template is valid as it comes.
        words = sorted(schemas.words(kind, settings, spec), key=lambda word: word != Case.OPEN)
        return f"${{{number}|{','.join(map(_choice, words))}|}}"
    if spec.is_day:
        return f"${{{number}:$CURRENT_YEAR-$CURRENT_MONTH-$CURRENT_DATE}}"
    return f"${{{number}:0}}" if spec.is_count else f"${number}"


def _choice(word: str) -> str:
    """A word as a choice of a snippet: as YAML, with the marks of the choice's own escaped."""
    written = word if front_matter.is_plain(word) else json.dumps(word, ensure_ascii=False)
    return re.sub(r"([\\,|$}])", r"\\\1", written)
