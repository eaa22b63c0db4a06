"""What a front matter says, field by field as declared, and the changes (`Edit`) that spell it well."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic import BaseModel

from fazhi.problems.quoting import shown
from fazhi.schema.fields import Amount, Count, Day, specs
from fazhi.schema.spelling import proper_amount, proper_count, proper_day
from fazhi.sources.front_matter import is_plain

Path = tuple[str, ...]
_SPACES = " \u3000"


@dataclass(frozen=True, slots=True, order=True)
class Fix:
    """One fixed place, by its line in the file as it was; its `rule`, if one asks for it."""

    line: int
    rule: str
    what: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A text that replaces a piece of another; `what` is reported, if anything."""

    start: int
    end: int
    text: str
    rule: str
    what: str


def as_fixes(edits: Iterable[Edit], text: str, first_line: int) -> list[Fix]:
    """The edits as they are reported; the text begins on `first_line` of the file."""
    told = sorted((edit for edit in edits if edit.what), key=lambda edit: edit.start)
    return [Fix(first_line + text.count("\n", 0, e.start), e.rule, e.what) for e in told]


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made. They do not overlap."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


@dataclass(frozen=True)
class Leaf:
    """A value and its place; of a count or a date, `meaning` is the proper spelling."""

    path: Path
    meaning: str
    edit: Edit | None = None


def leaves(annotation: Any, node: yaml.Node, text: str, path: Path = ()) -> Iterator[Leaf]:
    """Every value below a node of a text, with an edit where its spelling can be fixed."""
    if isinstance(node, yaml.MappingNode):
        yield from _pairs(annotation, node, text, path)
    elif isinstance(node, yaml.SequenceNode):
        yield Leaf(path, f"列表 {len(node.value)}")
        lists = (form for form in _forms(annotation) if get_origin(form) in (tuple, list))
        item_form = next((get_args(form)[0] for form in lists), None)
        for place, item in enumerate(node.value):
            yield from leaves(item_form, item, text, (*path, str(place)))
    else:
        pairs = _written_pairs(annotation, node, text, path)
        yield from pairs or [_scalar(annotation, node, text, path)]


def _pairs(annotation: Any, node: yaml.MappingNode, text: str, path: Path) -> Iterator[Leaf]:
    names = {str(key.value) for key, _ in node.value}
    yield Leaf(path, "各项")
    for key, value in node.value:
        # {名称：现场照片}: in braces, YAML takes it for a key without a value.
        is_empty = key.end_mark.index == value.start_mark.index == value.end_mark.index
        is_lone = is_empty and isinstance(value, yaml.ScalarNode) and _is_plain_scalar(key)
        pair = _pair(annotation, str(key.value)) if is_lone else None
        if pair and pair[0] not in names:
            names.add(pair[0])
            yield _respelt(annotation, pair, (key.start_mark.index, key.end_mark.index), text, path)
        else:
            name = str(key.value)
            yield from leaves(_field_form(annotation, name), value, text, (*path, name))


def _pair(annotation: Any, text: str) -> tuple[str, str] | None:
    """“名称：内容” where a pair is wanted: the key a known one, or the value a declared count."""
    name, colon, written = (part.strip(_SPACES) for part in text.partition("："))
    form = _field_form(annotation, name)
    if not (colon and name and form):
        return None
    is_count = proper_count(written) is not None
    if _model(annotation):
        fits = not written or is_count or is_plain(written)
    else:
        fits = bool({Count, Amount}.intersection(_forms(form))) and is_plain(name) and is_count
    return (name, written) if fits else None


def _respelt(
    annotation: Any, pair: tuple[str, str], span: tuple[int, int], text: str, path: Path
) -> Leaf:
    name, written = pair
    old, new = text[slice(*span)], f"{name}: {written}".rstrip()
    edit = Edit(*span, new, "FZ112", f"{shown(old)}改成{shown(new)}")
    return Leaf((*path, name), _meaning(_field_form(annotation, name), written), edit)


def _written_pairs(annotation: Any, node: yaml.Node, text: str, path: Path) -> list[Leaf]:
    """Lines “名称：内容” where pairs are wanted: YAML takes them for one text."""
    wants_pairs = _model(annotation) or any(get_origin(f) is dict for f in _forms(annotation))
    if not wants_pairs or not _is_plain_scalar(node):
        return []
    start, column = node.start_mark.index, node.start_mark.column
    if text[start - column : start].strip(" -"):
        return []
    found = [Leaf(path, "各项")]
    names = set()
    at = start
    for place, line in enumerate(text[start : node.end_mark.index].split("\n")):
        indent = column if place else 0
        pair = _pair(annotation, line[indent:])
        is_aligned = not line[:indent].strip(" ") and not line[indent:].startswith(" ")
        if not pair or not is_aligned or pair[0] in names:
            return []
        names.add(pair[0])
        found.append(_respelt(annotation, pair, (at + indent, at + len(line)), text, path))
        at += len(line) + 1
    return found


def _scalar(annotation: Any, node: yaml.Node, text: str, path: Path) -> Leaf:
    written = str(node.value)
    meaning = _meaning(annotation, written)
    start, end = node.start_mark.index, node.end_mark.index
    is_number = bool({Count, Amount}.intersection(_forms(annotation)))
    is_proper = text[start:end] == meaning if is_number else written == meaning
    if is_proper or "\n" in text[start:end] or not _may_be_respelt(annotation, node, meaning):
        return Leaf(path, meaning)
    rule = "FZ203" if _spelling(annotation) else "FZ112"
    name = next((step for step in reversed(path) if not step.isdigit()), "")
    what = f"{shown(name)}的{shown(text[start:end])}改成{shown(meaning)}"
    return Leaf(path, meaning, Edit(start, end, meaning, rule, what))


def _spelling(annotation: Any) -> Callable[[str], str | None] | None:
    """What spells a count, an amount or a day properly, None where it is none."""
    spellings = {Count: proper_count, Amount: proper_amount, Day: proper_day}
    forms = _forms(annotation)
    return next((proper for form, proper in spellings.items() if form in forms), None)


def _meaning(annotation: Any, written: str) -> str:
    if proper := _spelling(annotation):
        return proper(written) or written
    return written.strip(_SPACES) if _forms(annotation) else written


def _may_be_respelt(annotation: Any, node: yaml.Node, meaning: str) -> bool:
    if proper := _spelling(annotation):
        return proper(meaning) is not None and getattr(node, "style", "") not in ("|", ">")
    # Of a text only full-width spaces around it are taken away: it is read without them anyhow.
    return _is_plain_scalar(node) and is_plain(meaning)


def _is_plain_scalar(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style not in ("'", '"', "|", ">")


@cache
def _forms(annotation: Any) -> tuple[Any, ...]:
    """The alternatives of an annotation, without what only marks them; none for anything at all."""
    if annotation in (None, Any, type(None)):
        return ()
    if annotation in (Count, Amount, Day):
        return (annotation,)
    if get_origin(annotation) is Annotated:
        plain, *marks = get_args(annotation)  # a bound beside a Count is one more mark
        bounded = tuple(form for form in (Count, Amount, Day) if get_args(form)[1] in marks)
        return bounded or _forms(plain)
    if get_origin(annotation) in (Union, UnionType):
        return tuple(form for part in get_args(annotation) for form in _forms(part))
    return (annotation,)


def _model(annotation: Any) -> type[BaseModel] | None:
    forms = _forms(annotation)
    return next((f for f in forms if isinstance(f, type) and issubclass(f, BaseModel)), None)


def _field_form(annotation: Any, key: str) -> Any:
    if model := _model(annotation):
        return declared.annotation if (declared := specs(model).get(key)) else None
    held = (get_args(form)[1] for form in _forms(annotation) if get_origin(form) is dict)
    return next(held, None)


def keys_of(annotation: Any) -> set[str]:
    """Every key that is declared at a place or anywhere below it."""
    if model := _model(annotation):
        known = specs(model)
        return {*known, *(key for spec in known.values() for key in keys_of(spec.annotation))}
    below = [arg for form in _forms(annotation) for arg in get_args(form) if arg is not ...]
    return {key for arg in below for key in keys_of(arg)}
