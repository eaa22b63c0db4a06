"""Fixes a front matter (or a settings file) step by step; no step may change what it says."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import yaml

from fazhi.commands.fixing import colons
from fazhi.commands.fixing.values import Edit, Fix, Leaf, applied, as_fixes, keys_of, leaves
from fazhi.problems.quoting import INVISIBLE, shown
from fazhi.schema.spelling import proper_node
from fazhi.sources.front_matter import ordered, split
from fazhi.sources.strict_yaml import StrictLoader, comments, load
from fazhi.sources.yaml_errors import Refused

LONGEST = 50_000  # characters of a front matter: a longer one is no township's, and takes its time


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
        edits = colons.edits(text, form.keys, form.shape)
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
    return {"FZ112"} if colons.is_misread(data, form.keys) else set()


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
