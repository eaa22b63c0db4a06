"""Writes the parts of the guide that the code declares: every 统计 and every wording."""

import inspect
from collections.abc import Mapping

from fazhi.commands.texts import filled
from fazhi.figures.filters import WORDINGS
from fazhi.figures.measures import MEASURES
from fazhi.schema.definition import ALWAYS, MEASURE_SPECS, Definition
from fazhi.schema.fields import specs
from fazhi.schema.tasks import Task
from fazhi.sources.tree import Tree

END = "<!-- 生成到此为止 -->\n"
PARTS: Mapping[str, Mapping[str, str]] = {  # by page, and by module, the template
    "docs/guide/figures.md": {
        "fazhi/schema/definition.py": "measure_keys.md",
        "fazhi/figures/measures.py": "measures.md",
    },
    "docs/guide/status.md": {"fazhi/schema/tasks.py": "task_keys.md"},
    "docs/guide/narrative.md": {"fazhi/figures/filters.py": "wordings.md"},
}


def pages(tree: Tree) -> dict[str, str]:
    """Those pages of `docs/guide` that have such parts, with the parts as they should be."""
    there = {path: parts for path, parts in PARTS.items() if tree.is_file(path)}
    return {path: _filled(tree.read(path).decode(), parts) for path, parts in there.items()}


def _filled(text: str, parts: Mapping[str, str]) -> str:
    """A page with its parts in place; a part whose mark is gone comes last."""
    for module, template in parts.items():
        mark = f"<!-- 由 scripts/generate.py 从 {module} 生成，要改就改那里 -->\n"
        before, _, rest = text.partition(mark)
        _, _, after = rest.partition(END)
        part = filled(
            template,
            measures=MEASURE_SPECS,
            keys=specs(Definition),
            task=specs(Task),
            always=ALWAYS,
            counting=MEASURES,
            wordings=WORDINGS,
            text=_text,
        )
        text = f"{before}{mark}\n{part}{END}{after}"
    return text


def _text(declared: object) -> str:
    """The docstring of a class, which is written for the guide."""
    return inspect.cleandoc(type(declared).__doc__ or "")
