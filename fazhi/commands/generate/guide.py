"""Writes the parts of the guide that the code declares: every 统计 and every wording."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping

from fazhi.figures.filters import WORDINGS
from fazhi.figures.measures import MEASURES
from fazhi.schema.definition import ALWAYS, MEASURE_SPECS, Definition
from fazhi.schema.fields import specs
from fazhi.sources.tree import Tree


def pages(tree: Tree) -> dict[str, str]:
    """Those pages of `docs/guide` that have such parts, with the parts as they should be."""
    there = {path: parts for path, parts in PARTS.items() if tree.is_file(path)}
    return {path: _filled(tree.read(path).decode(), parts) for path, parts in there.items()}


MadePart = Callable[[], Iterator[str]]


def _filled(text: str, parts: Mapping[str, MadePart]) -> str:
    """A page with its parts in place; a part whose mark is gone comes last."""
    for module, part in parts.items():
        mark = f"<!-- 由 scripts/generate.py 从 {module} 生成，要改就改那里 -->\n"
        before, _, rest = text.partition(mark)
        _, _, after = rest.partition(END)
        text = "\n".join([before + mark, *part(), END + after])
    return text


END = "<!-- 生成到此为止 -->\n"


def _keys() -> Iterator[str]:
    """Which keys a definition with each 统计 must and may have."""
    yield "| 统计 | 必须写 | 还可以写 |"
    yield "|---|---|---|"
    for name, spec in MEASURE_SPECS.items():
        only_standing = spec.standing and spec.grouped is None
        needs = (
            k + ("（只能是现状）" if k == "记录" and only_standing else "") for k in spec.needs
        )
        may = (key for key in specs(Definition) if key in spec.known and key not in spec.needs)
        yield f"| {name} | {'、'.join(needs)} | {'、'.join(may)} |".replace("|  |", "| |")
    always = [key for key, spec in specs(Definition).items() if key in ALWAYS and spec.required]
    rest = [key for key in ALWAYS if key not in always]
    yield f"\n{_listed(always)} 都必须写；{_listed(rest)} 都可以写。写了用不着的项是错误。\n"


def _listed(keys: list[str]) -> str:
    return "、".join(f"`{key}`" for key in keys)


def _measures() -> Iterator[str]:
    for name, spec in MEASURE_SPECS.items():
        yield f"### {name}\n"
        for one in filter(None, (spec, spec.grouped)):
            yield from (_text(type(MEASURES[one.name])), "")


def _wordings() -> Iterator[str]:
    for wording in dict.fromkeys(type(wording) for wording in WORDINGS.values()):
        yield from (f"### {'、'.join(wording.names)}", "", _text(wording), "")


def _text(declared: type) -> str:
    """The docstring of a class, which is written for the guide."""
    return inspect.cleandoc(declared.__doc__ or "")


PARTS: Mapping[str, Mapping[str, MadePart]] = {
    "docs/guide/figures.md": {
        "fazhi/schema/definition.py": _keys,
        "fazhi/figures/measures.py": _measures,
    },
    "docs/guide/narrative.md": {"fazhi/figures/filters.py": _wordings},
}
"""By page, and by the module that a part is made from."""
