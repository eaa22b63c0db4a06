"""The arrows of the design: who may know whom, and what the domain must never do."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    "personal",
    "problems",
    "faults",
    "strict_yaml",
    "folders",
    "source",
    "cache",
    "program",
    "inputs",
    "archives",
    "attachments",
    "photos",
    "schema",
    "forms",
    "front_matter",
    "settings",
    "ledger",
    "rules",
    "definitions",
    "figures",
    "wording",
    "narrative",
    "typed",
    "deadlines",
    "report",
    "disclosure",
    "editions",
    "publication",
    "project",
    "comparison",
    "fixing",
    "drafting",
    "spreadsheets",
    "rulebook",
    "formats",
    "reference",
    "portal",
    "pages",
    "rollup",
    "leaks",
    "exports",
)
"""In the order of docs and DESIGN: a room knows the rooms before it, never those after it."""

BESIDE: dict[str, str] = {
    "declared": "schema",
    "official": "settings",
    "vocabulary": "settings",
    "memory": "ledger",
    "subtraction": "disclosure",
}
"""A module that belongs to a room but is a file beside it."""

MODULES = sorted((ROOT / "fazhi").rglob("*.py"))


def names(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def imported(file: Path) -> Iterator[str]:
    """The full names of every module, and of what is taken from it, that a file imports."""
    package = list(file.relative_to(ROOT).parent.parts)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """The room of a module, by its full name: fazhi.rules.fields is in rules."""
    first = name.split(".")[1] if "." in name else ""
    return BESIDE.get(first, first)


def called(file: Path) -> Iterator[str]:
    """The dotted names of all that a file reads attributes of: date.today, time.time."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            yield f"{ast.unparse(node.value)}.{node.attr}"


def test_every_module_is_in_a_room() -> None:
    found = {room(names(file).removesuffix(".py").replace("/", ".")) for file in MODULES}
    assert found - {"__init__"} <= set(ROOMS)
    assert len(MODULES) > len(ROOMS)


@pytest.mark.parametrize("file", MODULES, ids=names)
def test_a_room_knows_only_the_rooms_before_it(file: Path) -> None:
    own = room(names(file).removesuffix(".py").replace("/", "."))
    inside = [name for name in imported(file) if name.split(".")[0] == "fazhi"]
    known = {room(name) for name in inside if room(name) in ROOMS}
    later = {name for name in known - {own} if ROOMS.index(name) > ROOMS.index(own)}
    assert not later, f"{names(file)} 用到了后面的 {later}"


FOREIGN = {"mkdocs", "material", "materialx", "hooks", "fazhi_mkdocs", "scripts", "environment"}
NETWORK = {"socket", "ssl", "urllib", "urllib3", "http", "requests", "asyncio", "ftplib", "smtplib"}
CLOCKS = {"time", "calendar"}


@pytest.mark.parametrize("file", MODULES, ids=names)
def test_the_domain_knows_no_generator_and_no_network(file: Path) -> None:
    tops = {name.split(".")[0] for name in imported(file)}
    assert not tops & (FOREIGN | NETWORK | {"subprocess"})


@pytest.mark.parametrize("file", MODULES, ids=names)
def test_the_domain_reads_no_clock(file: Path) -> None:
    assert not {name.split(".")[0] for name in imported(file)} & CLOCKS
    readings = {"today", "now", "utcnow", "localtime", "monotonic", "getctime", "getmtime"}
    assert not [name for name in called(file) if name.rsplit(".", 1)[-1] in readings]


def test_the_hook_is_short_and_its_logic_elsewhere() -> None:
    hook = ROOT / "hooks" / "site.py"
    assert len(hook.read_text(encoding="utf-8").splitlines()) <= 60
    tree = ast.parse(hook.read_text(encoding="utf-8"))
    events = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert events
    assert all(name.startswith("on_") for name in events)


def test_what_knows_mkdocs_is_in_the_hooks() -> None:
    outside = [file for file in MODULES if "mkdocs" in " ".join(imported(file))]
    assert not outside
    inside = [names(file) for file in (ROOT / "hooks").rglob("*.py")]
    assert "hooks/site.py" in inside
