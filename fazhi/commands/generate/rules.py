"""Writes the pages of the rules, from what they declare and from the cases that test them.

A case is `tests/cases/rules/<id>/`: the files in `fail` and `pass`, and what the checker prints for
`fail` in `expected.txt`; or `example.md`, words for what cannot be stored.
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import fazhi
from fazhi import personal
from fazhi.commands.fixing import FIXES
from fazhi.commands.texts import filled
from fazhi.problems.problem import Severity
from fazhi.problems.quoting import INVISIBLE, printable
from fazhi.problems.rulebook import Rule, declared
from fazhi.sources.tree import EntryType, Tree

INDEX = "docs/rules/index.md"
CASES = "tests/cases/rules"
WHOLE = 16  # up to how many lines a file is shown whole
AROUND = 2  # how many lines are shown on each side of a difference in a longer one

GROUPS = {
    "FZ1": "文件读不读得通",
    "FZ2": "各项的写法",
    "FZ3": "用词",
    "FZ4": "记录前后对得上",
    "FZ5": "个人信息和材料",
    "FZ6": "词表和指标",
    "FZ7": "叙述稿",
    "FZ8": "文字",
    "FZ9": "导入台账、收记录",
}

HOW_BAD = {Severity.ERROR: "错误，一定要改", Severity.WARNING: "警告，核对过确实如此的，可以不改"}


def pages(tree: Tree) -> dict[str, str]:
    """The pages under docs/rules by path; none where the project came without its tests."""
    if not tree.type_of(CASES):
        return {}
    rules = every_rule()
    index = filled("rules_index.md", groups=GROUPS, rules=rules, fixes=FIXES)
    return {INDEX: index, **{rule.page: _page(rule, tree) for rule in rules}}


def every_rule() -> list[Rule[..., Any]]:
    """Every rule of the program, in order of their ids: all modules are loaded for it."""
    for module in walk_packages(fazhi.__path__, "fazhi."):
        import_module(module.name)
    return sorted(declared.values(), key=lambda rule: rule.id)


def _page(rule: Rule[..., Any], tree: Tree) -> str:
    levels = (
        f"{where}是{HOW_BAD[severity]}" if where else HOW_BAD[severity]
        for where, severity in rule.severities.items()
    )
    text = re.sub(r"^(改法|来源)：", r"**\1**：", rule.text, flags=re.MULTILINE)
    example = _example(tree, f"{CASES}/{rule.id}")
    return filled("rule.md", rule=rule, levels=levels, text=text, fixes=FIXES, **example)


def _example(tree: Tree, case: str) -> dict[str, str]:
    """What is wrong, what the checker prints, and how it is right; nothing where there is no case."""
    paths = tree.walk(case, levels=20)  # one goes deeper than a project may
    every = [path for path, what in paths if what is EntryType.FILE]
    files = {path.removeprefix(f"{case}/"): tree.read(path) for path in every}
    if "expected.txt" not in files:
        return {}
    failing, passing = (
        {path.removeprefix(folder): held for path, held in files.items() if path.startswith(folder)}
        for folder in ("fail/", "pass/")
    )
    expected = files["expected.txt"].decode().splitlines()
    unseen = "看上去和改好以后一样，毛病在看不见的地方：编码、换行或者没有宽度的字符。"
    return {
        "words": files.get("example.md", b"").decode().strip(),
        "wrong": _excerpts(failing, passing, absent="没有这个文件。", unseen=unseen),
        "printed": "\n".join(printable(personal.masked(line)) for line in expected),
        "right": _excerpts(passing, failing, absent="删去这个文件。"),
    }


def _excerpts(
    shown: Mapping[str, bytes], others: Mapping[str, bytes], *, absent: str, unseen: str = ""
) -> str:
    """What is in `shown` and not the same in `others`: each file with its path above it.

    `absent` is printed for a file that is only in the others, `unseen` where the difference cannot
    be seen. A file that has another name or place there, and nothing else, is named only.
    """
    moved = {content for content in shown.values() if content in others.values()}
    blocks = []
    for path in sorted(path for path in {*shown, *others} if shown.get(path) != others.get(path)):
        content = shown.get(path)
        if content is None:
            if others[path] not in moved:
                blocks.append(f"`{path}`：{absent}")
        elif content in moved:
            blocks.append(f"文件在 `{path}`。")
        else:
            blocks.append(f"`{path}`：\n\n{_content(path, content, others.get(path, b''), unseen)}")
    return "\n\n".join(blocks)


def _content(path: str, content: bytes, other: bytes, unseen: str) -> str:
    if not content:
        return "文件里什么也没有。"
    text, beside = _text(content), _text(other)
    if text is None or (unseen and text == beside):
        return unseen or "这是照片一类的文件，不是文字。"
    language = "yaml" if path.endswith(".yml") else "markdown" if path.endswith(".md") else "text"
    fence = "````" if "```" in text else "```"
    return "\n".join([f"{fence}{language}", *_lines(text, beside or ""), fence])


def _text(content: bytes) -> str | None:
    """What is seen of a file, with personal data masked; None where it is no UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return INVISIBLE.sub("", personal.masked(text)).replace("\r\n", "\n")


def _lines(text: str, beside: str) -> Iterator[str]:
    """All lines of a short text; of a long one those around what is different from the other."""
    lines = text.splitlines()
    if len(lines) <= WHOLE:
        yield from lines
        return
    matcher, end = difflib.SequenceMatcher(None, lines, beside.splitlines(), autojunk=False), 0
    for group in matcher.get_grouped_opcodes(AROUND):
        first, before, end = group[0][1], end, group[-1][2]
        yield from ["……"] * (first > before)
        yield from lines[first:end]
    yield from ["……"] * (end < len(lines))
