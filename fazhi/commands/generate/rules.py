"""The pages of the rule book, from the rules' docstrings and from the cases that test them.

A case is `tests/cases/rules/<id>/`: the files in `fail` and `pass`, and what the checker says of `fail`
in `expected.txt`; or `example.md`, words for what cannot be stored.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from fazhi import personal
from fazhi.commands.fixing import FIXES
from fazhi.commands.generate.excerpts import excerpts
from fazhi.problems.quoting import printable
from fazhi.problems.rulebook import Rule, rules

INDEX = "docs/rules/index.md"

GROUPS = {
    "FZ1": "文件读不读得通",
    "FZ2": "各项的写法",
    "FZ3": "用词",
    "FZ4": "记录前后对得上",
    "FZ5": "个人信息和材料",
    "FZ6": "词表和指标",
    "FZ7": "叙述稿",
    "FZ8": "文字",
    "FZ9": "导入台账",
}

LEVELS = {
    "错误": "错误，一定要改",
    "警告": "警告，核对过确实如此的，可以不改",
    "错误或警告": "错误或者警告，看写在哪里",
}


def pages(root: Path) -> dict[str, str]:
    """The pages under docs/rules by path. The cases are read from `root/tests/cases/rules`."""
    severities = _severities()
    levels = {
        rule.id: _level(_expected(root, rule), severities[rule.id]) for rule in rules().values()
    }
    built = {rule.page: _page(rule, levels[rule.id], root) for rule in rules().values()}
    return {INDEX: _index(levels), **built}


def _expected(root: Path, rule: Rule) -> str:
    file = root / "tests/cases/rules" / rule.id / "expected.txt"
    return file.read_text(encoding="utf-8") if file.is_file() else ""


# Of what severity a rule is


def _level(expected: str, named: frozenset[str]) -> str:
    seen = set(re.findall(r": (错误|警告) FZ\d{3} ", expected)) | named
    return "或".join(sorted(seen or {"错误"}, reverse=True))


def _severities() -> Mapping[str, frozenset[str]]:
    """The severities that each rule's function names; most name none, and mean an error."""
    found: dict[str, frozenset[str]] = {}
    for file in sorted(Path(__file__).parents[2].rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        if '"""FZ' not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef):
                rule = re.match(r"FZ\d{3}(?=: )", ast.get_docstring(node) or "")
                if rule:
                    found[rule[0]] = frozenset(_named(node))
    return found


def _named(function: ast.FunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "Severity":
            yield {"ERROR": "错误", "WARNING": "警告"}[node.attr]


# The table


def _index(levels: Mapping[str, str]) -> str:
    return "\n".join(
        [
            "# 检查规则",
            "",
            "每个问题都带着规则号，如 `FZ202`。**错误**一定要改，不改就不生成网页、不导入台账；**警告**"
            "是提醒，核对过确实如此的，可以不改。怎样检查、怎样读一个问题，见[检查](../guide/checking.md)。",
            "",
            "编号一经使用，就不再改作别的意思。",
            *(line for group in GROUPS for line in _table(group, levels)),
            "",
        ]
    )


def _table(group: str, levels: Mapping[str, str]) -> Iterator[str]:
    listed = [rule for rule in rules().values() if rule.id.startswith(group)]
    if not listed:
        return
    yield from (
        "",
        f"## {GROUPS[group]}",
        "",
        "| 规则 | 级别 | 说明 | 自动改 |",
        "|---|---|---|---|",
    )
    for rule in listed:
        title = rule.title.rstrip("。").replace("|", "\\|")
        mended = "能" if rule.id in FIXES else ""
        yield f"| [{rule.id}]({rule.id}.md) | {levels[rule.id]} | {title} | {mended} |"


# A page


def _page(rule: Rule, level: str, root: Path) -> str:
    lines = [f"# {rule.id} {rule.title.rstrip('。')}", "", f"- 级别：{LEVELS[level]}"]
    if rule.id in FIXES:
        lines.append(f"- 加 `--fix` 可以自动改：{FIXES[rule.id]}")
    if rule.text:
        lines += ["", re.sub(r"^(改法|来源)：", r"**\1**：", rule.text, flags=re.MULTILINE)]
    lines += _example(root / "tests/cases/rules" / rule.id, _expected(root, rule))
    return "\n".join([*lines, "", "[全部规则](index.md)", ""])


def _example(case: Path, expected: str) -> Iterator[str]:
    """What is wrong, what the checker says of it, and how it is right."""
    if not expected:
        return
    words = case / "example.md"
    failing, passing = _files(case / "fail"), _files(case / "pass")
    yield from ("", "## 错误示例", "")
    if words.is_file():
        yield words.read_text(encoding="utf-8").strip()
    else:
        yield from excerpts(failing, passing, absent="没有这个文件。", unseen=_UNSEEN)
    said = (printable(personal.masked(line)) for line in expected.splitlines())
    yield from ("", "检查时显示：", "", "```text", *said, "```")
    if not words.is_file():
        yield from ("", "## 改好以后", "")
        yield from excerpts(passing, failing, absent="删去这个文件。")


_UNSEEN = "看上去和改好以后一样，毛病在看不见的地方：编码、换行或者没有宽度的字符。"


def _files(folder: Path) -> dict[str, bytes]:
    """The files of a case by the paths that they have in a project."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
