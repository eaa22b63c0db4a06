"""Writes the parts of the guide that the code declares: which keys a 统计 and a task have."""

from collections.abc import Mapping

from fazhi.commands.texts import filled
from fazhi.schema.definition import ALWAYS, MEASURE_SPECS, Definition
from fazhi.schema.fields import specs
from fazhi.schema.tasks import Task
from fazhi.sources.tree import Tree

END = "<!-- 生成到此为止 -->\n"
PARTS: Mapping[str, Mapping[str, str]] = {  # by page, and by module, the template
    "docs/guide/figures.md": {"fazhi/schema/definition.py": "measure_keys.md"},
    "docs/guide/status.md": {"fazhi/schema/tasks.py": "task_keys.md"},
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
        )
        text = f"{before}{mark}\n{part}{END}{after}"
    return text
