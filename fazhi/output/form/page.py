"""The form as one page: its questions, its script and its style in it, nothing beside it."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from markupsafe import Markup

from fazhi.output.form.questions import is_copied, of_kinds
from fazhi.output.templates import beside
from fazhi.records.record import Record
from fazhi.schema.fields import specs
from fazhi.schema.township import Settings

NAME = "填表.html"
_TEMPLATES = beside(__file__)
_SCRIPTS = ("record.js", "reading.js", "form.js", "leaving.js")


def page(settings: Settings, records: Iterable[Record] | None = None) -> str:
    """The page of the internal edition, which may copy from `records`; without, one for anybody's hands."""
    township = settings.township
    told = {
        "township": township.name,
        "edit": township.edit_address,
        "kinds": of_kinds(settings),
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
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _read(*names: str) -> str:
    """Files one after the other, without what only their readers need: comments and blanks."""
    assert _TEMPLATES.loader
    text = "\n".join(_TEMPLATES.loader.get_source(_TEMPLATES, name)[0] for name in names)
    return _BLANKS.sub(lambda found: found["kept"] or found["mark"] or found["one"] or "", text)


_BLANKS = re.compile(
    r"""(?P<kept>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|"""  # strings
    r"""/(?![*/ ])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"""  # a pattern of a script
    r"""|;\s*(?=\})|\((?P<one>\w+)\)(?=\ =>)"""  # the last mark of a block, brackets around one name
    r"""|(?:(?<=\bif)|(?<=\bfor))\ (?=\()|(?<=\))\ (?=return|throw|continue|for)"""
    r"""|\s*+(?://[^\n]*+\s*+)*+(?P<mark>=>|[=!]==|[=?:+,;{}]|&&|\|\|)\s*(?://[^\n]*+\s*+)*+"""
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
        if key not in data or not is_copied(spec):
            continue
        if spec.model:
            names = [part.key for part in specs(spec.model).values() if part.required]
            found[key] = [{n: str(i[n]) for n in names if n in i} for i in data[key]]
        else:
            found[key] = [*map(str, data[key])] if spec.is_list else str(data[key])
    return found
