"""Fixes a front matter (or a settings file) step by step; no step may change what it says."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import yaml

from fazhi.commands.fixing.values import Edit, Fix, Leaf, applied, as_fixes, keys_of, leaves
from fazhi.problems.quoting import INVISIBLE, shown
from fazhi.schema.spelling import proper_node
from fazhi.sources.front_matter import ordered, split
from fazhi.sources.strict_yaml import StrictLoader, comments, load, places
from fazhi.sources.yaml_errors import Refused

LONGEST, MOST_LINES = 50_000, 1000
"""Characters and lines of a front matter: a longer one is no township's, and would take its time."""
FARTHEST = 10  # entries over which a quotation or a bracket may run on before it is unclosed


@dataclass(frozen=True)
class FileForm:
    """What is declared for a file: its fields, and the order of its keys (or none)."""

    annotation: Any
    is_front_matter: bool = False
    shape: type = dict
    order: Sequence[str] = ()
    nodes: Sequence[str] = ()

    @cached_property
    def keys(self) -> set[str]:
        return keys_of(self.annotation)

    def recognises(self, text: str) -> bool:
        """Whether a text is surely one of this form: a known key is where keys are."""
        parts = split(text) if self.is_front_matter else ("", text, "")
        names = "|".join(map(re.escape, self.keys))
        line = rf"^[ {{-]*(?:{names})[ \u3000]*[:：]"
        return bool(parts and names and re.search(line, parts[1], re.MULTILINE))


def fixed_yaml(yaml_text: str, form: FileForm, first_line: int) -> tuple[str, list[Fix]]:
    """The YAML with what is safe to fix fixed. `first_line` is where the file has its first."""
    if not yaml_text or len(yaml_text) > LONGEST or INVISIBLE.search(yaml_text):
        return yaml_text, []
    text, fixes = yaml_text, []
    can_be_walked = _can_be_walked(text, form)
    if not can_be_walked:
        edits = _colons(text, form.keys, form.shape)
        fixes = as_fixes(edits, text, first_line)
        text = applied(text, edits)
        can_be_walked = _can_be_walked(text, form)
    if can_be_walked:
        for step in _STEPS:
            edits = step(text, form)
            new = applied(text, edits)
            if edits and is_same(text, new, form):
                fixes += as_fixes(edits, text, first_line)
                text = new
        edits = _nodes(text, form)
        fixes += as_fixes(edits, text, first_line)
        text = applied(text, edits)
    return text, fixes


def is_same(before: str, after: str, form: FileForm) -> bool:
    """Whether two front matters say the same, comments too, as far as the first can be read."""
    if not _can_be_walked(before, form):
        return True
    if not _can_be_walked(after, form):
        return False
    old, new = ([(leaf.path, leaf.meaning) for leaf in _leaves(t, form)] for t in (before, after))
    return Counter(old) == Counter(new) and Counter(comments(before)) == Counter(comments(after))


def _can_be_walked(text: str, form: FileForm) -> bool:
    """Whether it is YAML of the right shape; keys written twice are for the checker to report."""
    return _faults(text, form) <= {"FZ108"}


def _faults(text: str, form: FileForm) -> set[str]:
    try:
        data = load(text, form.shape)
    except Refused as refused:
        return {fault.rule for _, _, fault in refused.faults}
    return {"FZ112"} if _is_misread(data, form.keys) else set()


def _leaves(text: str, form: FileForm) -> list[Leaf]:
    node = yaml.compose(text, Loader=StrictLoader)
    return list(leaves(form.annotation, node, text)) if node else []


def _values(text: str, form: FileForm) -> list[Edit]:
    return [leaf.edit for leaf in _leaves(text, form) if leaf.edit]


def _spaces(text: str, form: FileForm) -> list[Edit]:
    """Spaces at the end of lines, but for those of a block or of a quotation over several lines."""
    kept: set[int] = set()
    for event in yaml.parse(text, Loader=StrictLoader):
        first, last = event.start_mark, event.end_mark
        if isinstance(event, yaml.ScalarEvent) and event.style and first and last:
            kept.update(range(first.line, last.line))
    ends = re.finditer(r"(?<![ \t])[ \t]+$", text, re.MULTILINE)
    spans = [end.span() for end in ends if text.count("\n", 0, end.start()) not in kept]
    what = f"去掉行末多余的空格（{len(spans)} 行）"
    return [Edit(*span, "", "", "" if place else what) for place, span in enumerate(spans)]


def _nodes(text: str, form: FileForm) -> list[Edit]:
    """The one node of the vocabulary of that month and day: 3·15 and 3月15日 for 3.15."""
    node = yaml.compose(text, Loader=StrictLoader) if form.nodes else None
    edits = []
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        written = str(value.value)
        if key.value != "普法节点" or written in form.nodes or "\n" in written:
            continue
        if meant := proper_node(written, form.nodes):
            span = value.start_mark.index, value.end_mark.index
            what = f"普法节点的{shown(written)}改成{shown(meant)}"
            edits.append(Edit(*span, meant, "FZ303", what))
    return edits


def _order(text: str, form: FileForm) -> list[Edit]:
    """The keys in order, where all of them are known: a misspelt one has no place of its own."""
    if not form.order or _faults(text, form) or not load(text, dict).keys() <= {*form.order}:
        return []
    new = ordered(text, form.order)
    return [Edit(0, len(text), new, "", "各项按规定的顺序重排")] if new != text else []


_STEPS: tuple[Callable[[str, FileForm], list[Edit]], ...] = (_values, _values, _spaces, _order)
"""Values twice: a pair that was taken apart may hold a count to fix."""


# Full-width colons behind known keys, with which a front matter cannot be read


def _colons(yaml_text: str, keys: set[str], shape: type) -> list[Edit]:
    """The colons to fix, entry by entry: broken YAML in one entry does not hide the others.

    An entry is a top-level key (of a dict) or item (of a list) with the lines below it. It is
    changed only if it can be read afterwards, and each new colon is then behind a key: not in a
    quotation, nor in a text of several lines.
    """
    if yaml_text.count("\n") > MOST_LINES:
        return []
    begins = r"^(?!-(?:[ \t]|$))[^\s#]" if shape is dict else r"^-(?:[ \t]|$)"
    starts = [match.start() for match in re.finditer(begins, yaml_text, re.MULTILINE)]
    entries = list(pairwise([*starts, len(yaml_text)]))
    found: list[Edit] = []
    place = 0
    while place < len(entries):
        start, end = entries[place]
        together = _entries_together(yaml_text, entries[place:], keys, shape)
        if together == 0:
            found += _in_entry(yaml_text[start:end], start, keys, shape)
        place += max(together, 1)
    return found


def _is_misread(data: Any, keys: set[str]) -> bool:
    """Whether a colon inside the value made YAML take “计数：{横幅” of 计数：{横幅: 3} for a key."""
    items = data if isinstance(data, list) else [data]
    return any(
        value is not None and "：" in str(key) and str(key).partition("：")[0].strip() in keys
        for item in items
        if isinstance(item, dict)
        for key, value in item.items()
    )


def _entries_together(
    text: str, entries: list[tuple[int, int]], keys: set[str], shape: type
) -> int:
    """How many entries can be read as they are: one, or those that one quotation spans, or 0."""
    start, end = entries[0]
    if _loads(text[start:end], keys, shape):
        return 1
    if re.search(r"[\"'\[{]", text[start:end]):  # it may run on
        for place, (_, later) in enumerate(entries[1:FARTHEST], start=2):
            if _loads(text[start:later], keys, shape):
                return place
    return 0


def _in_entry(entry: str, start: int, keys: set[str], shape: type) -> list[Edit]:
    """The edits of one entry, by their offsets in the whole: all its colons, or its first only."""
    every = list(_candidates(entry, keys))
    for chosen in (every, every[:1]):
        changed = applied(entry, chosen)
        if chosen and _loads(changed, keys, shape) and _are_behind_keys(changed, chosen):
            return [Edit(start + e.start, start + e.end, e.text, e.rule, e.what) for e in chosen]
    return []


def _candidates(entry: str, keys: set[str]) -> Iterator[Edit]:
    names = "|".join(sorted(map(re.escape, keys), key=len, reverse=True))
    line = rf"^ *(?:- +)*(?P<key>{names})(?P<colon>[ \u3000]*[:：][ \u3000]*)"
    for match in re.finditer(line, entry, re.MULTILINE):
        if not re.search("[：\u3000]", match["colon"]) or entry.startswith("#", match.end()):
            continue
        colon = ":" if entry[match.end() : match.end() + 1] in ("", "\n") else ": "
        what = f"{shown(match['key'] + match['colon'])}改成{shown(match['key'] + colon)}"
        yield Edit(*match.span("colon"), colon, "FZ112", what)
    for match in re.finditer(rf"^ *(?:- +)*(?:{names}): .*[^\s:](?P<colon>: *)$", entry, re.M):
        yield Edit(*match.span("colon"), "：", "FZ107", "一行末尾的冒号改成全角的")


def _loads(text: str, keys: set[str], shape: type) -> bool:
    try:
        data = load(text, shape)
    except Refused:
        return False
    return len(data) == 1 and not _is_misread(data, keys)


def _are_behind_keys(changed: str, made: list[Edit]) -> bool:
    keys = {mark.index + len(path[-1]) for path, (mark, _) in places(changed).items() if path}
    shift = 0
    for edit in made:
        if edit.text != "：" and edit.start + shift not in keys:
            return False
        shift += len(edit.text) - (edit.end - edit.start)
    return True
