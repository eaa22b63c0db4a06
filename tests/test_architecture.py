"""The arrows of the design: who may know whom, and what the domain must never do."""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IN_ORDER = """
regex pattern personal problems sources schema records rules figures report project project_files output commands
"""
"""In the order of the flow: a room knows the rooms before it, never those after it."""
ROOMS = IN_ORDER.split()
LONGEST = 300
"""Lines of a module."""

MODULES = sorted((ROOT / "fazhi").rglob("*.py"))


def names(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


def full_name(file: Path) -> str:
    return names(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


@cache
def nodes(file: Path) -> list[ast.AST]:
    return [*ast.walk(ast.parse(file.read_text(encoding="utf-8")))]


def imported(file: Path) -> Iterator[str]:
    """The full names of every module, and of what is taken from it, that a file imports."""
    package = list(file.relative_to(ROOT).parent.parts)
    for node in nodes(file):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    """The room of a module, by its full name: fazhi.rules.fields is in rules."""
    return name.split(".")[1] if "." in name else ""


def test_the_rooms_are_those_of_the_design():
    assert {room(full_name(file)) for file in MODULES} - {""} == set(ROOMS)


IN_ROOMS = [[*files] for _, files in groupby(MODULES, lambda file: room(full_name(file)))]
of_each_room = pytest.mark.parametrize("files", IN_ROOMS, ids=lambda files: names(files[0]))


@of_each_room
def test_a_room_knows_only_the_rooms_before_it(files):
    for file in files:
        own = room(full_name(file))
        inside = [name for name in imported(file) if name.split(".")[0] == "fazhi"]
        known = {room(name) for name in inside if room(name)}
        later = {name for name in known if own and ROOMS.index(name) > ROOMS.index(own)}
        assert not later, f"{names(file)} 用到了后面的 {later}"


LIB = sorted((ROOT / "scripts/lib").glob("*.py"))


@pytest.mark.parametrize("files", [MODULES, LIB], ids=["fazhi", "scripts/lib"])
def test_no_modules_know_each_other_in_a_circle(files):
    """What is imported for types only counts too."""
    modules = {full_name(file).removeprefix("scripts."): file for file in files}
    known = {}
    for name, file in modules.items():
        nearest = {
            target if target in modules else target.rpartition(".")[0] for target in imported(file)
        }
        known[name] = (nearest & modules.keys()) - {name}
    while leaves := [name for name, targets in known.items() if not targets]:
        known = {name: targets - set(leaves) for name, targets in known.items() if targets}
    assert known == {}


@of_each_room
def test_a_module_fits_on_a_few_screens(files):
    lines = {names(file): file.read_text(encoding="utf-8").count("\n") for file in files}
    assert {name: count for name, count in lines.items() if count > LONGEST} == {}


FOREIGN = {"mkdocs", "material", "materialx", "hooks", "fazhi_mkdocs", "scripts", "environment"}
NETWORK = {"socket", "ssl", "urllib", "urllib3", "http", "requests", "asyncio", "ftplib", "smtplib"}
CLOCKS = {"time", "calendar"}
READINGS = {"today", "now", "utcnow", "localtime", "monotonic", "getctime", "getmtime"}


@of_each_room
def test_the_domain_knows_no_generator_no_network_and_no_clock(files):
    for file in files:
        tops = {name.split(".")[0] for name in imported(file)}
        assert not tops & (FOREIGN | NETWORK | CLOCKS | {"subprocess"}), names(file)
        read = {node.attr for node in nodes(file) if isinstance(node, ast.Attribute)}
        assert not read & READINGS, names(file)


WITH_FILES = (
    "sources/",
    "regex.py",  # what was compiled, beside the program
    "records/cache.py",  # a file of its own, and the program's own text, as
    "problems/rulebook.py",
    "output/templates.py",  # the program's own, as
    "output/documents/pdf.py",
    "output/downloads.py",  # when the machine's fonts changed
    "output/pictures/poster.py",
    "output/package/",  # what was written, and is packed or compared
    "output/leaks.py",  # the folders whose names must not leave
    "commands/collecting/",
    "commands/entry/office.py",  # what is handed in is written
    "commands/fixing/__init__.py",
    "commands/rollup/",
    "commands/spreadsheets/",
)
"""Who may know a path of the machine, beside those who read the project: each for what it says."""


@of_each_room
def test_who_reads_a_project_reads_a_tree(files):
    ways = {"pathlib.Path", "os", "os.path", "io.open", "tempfile", "shutil", "glob", "sqlite3"}
    for file in files:
        if names(file).removeprefix("fazhi/").startswith(WITH_FILES):
            continue
        assert not ways & set(imported(file)), names(file)
        names_used = {getattr(node, "id", getattr(node, "arg", "")) for node in nodes(file)}
        assert not names_used & {"open", "root"}, names(file)


def test_the_hook_is_short_and_its_logic_elsewhere():
    hook = ROOT / "hooks" / "site.py"
    assert len(hook.read_text(encoding="utf-8").splitlines()) <= 60
    tree = ast.parse(hook.read_text(encoding="utf-8"))
    events = [node.name for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert events
    assert all(name.startswith("on_") for name in events)


def test_commands_lie_in_scripts_and_what_they_share_in_lib():
    commands = sorted((ROOT / "scripts").glob("*.py"))
    typed = [file for file in [*commands, *LIB] if "__main__" in file.read_text(encoding="utf-8")]
    assert typed == commands
    for file in typed + LIB:
        tops = {name.split(".")[0] for name in imported(file)}
        assert not tops & {command.stem for command in commands}, f"{names(file)} 用到了一条命令"
