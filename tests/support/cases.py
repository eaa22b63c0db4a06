"""The malformed projects of tests/cases: files laid over the small valid one, and what is said of them.

Most are a row of `check.txt`, which changes a few lines of one good file; where a whole file, its
bytes or its name matter, a folder of `check/`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from tests.conftest import BASE, CASES

ROWS, FOLDERS, MORE = CASES / "check.txt", CASES / "check", CASES / "more"


@dataclass(frozen=True)
class Case:
    """Files by their paths, and what the checker prints, as it stands in a file `stored`."""

    files: dict[str, bytes]
    expected: str
    stored: Path
    row: str = ""

    def rewrite(self, printed: str) -> None:
        """Store what the checker prints now."""
        if self.row:  # whose lines leave out the path of its only file
            (path,) = self.files
            old, new = (_without(path, lines) for lines in (self.expected, printed))
            before, name, rest = _text(self.stored).partition(f"\n\n{self.row}\n")
            printed = before + name + rest.replace(old, new, 1)
        self.stored.write_bytes(printed.encode())


def cases() -> dict[str, Case]:
    """Every case by its name."""
    folders = {
        folder.name: Case(files_in(folder / "input"), _text(expected), expected)
        for folder in sorted(FOLDERS.iterdir())
        for expected in [folder / "expected.txt"]
    }
    return {**folders, **dict(_rows())}


def files_in(folder: Path) -> dict[str, bytes]:
    """The files of a case by their paths. What git or a disk cannot hold in a name is quoted there."""
    return {
        unquote(file.relative_to(folder).as_posix()): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _rows() -> Iterator[tuple[str, Case]]:
    path = text = ""
    for block in _text(ROWS).strip("\n").split("\n\n"):
        if block.startswith("## "):
            path = block.removeprefix("## ")
            text = _text(next(top / path for top in (BASE, MORE) if (top / path).exists()))
            continue
        name, *lines = block.split("\n")
        changed, said = text, [line for line in lines if line[0] not in "-+"]
        for old, new in _changes(lines):
            assert changed.count(old) == 1, f"{name}: {old}"
            changed = changed.replace(old, new)
        expected = "".join(f"{path if line[0] == ':' else ''}{line}\n" for line in said)
        yield name, Case({path: changed.encode()}, expected, ROWS, name)


def _changes(lines: list[str]) -> Iterator[tuple[str, str]]:
    """What stands behind - becomes what stands behind +; lines without a + go."""
    olds: list[str] = []
    news: list[str] = []
    for line in [*lines, ":"]:
        if line[0] == "+":
            news.append(line[1:])
            continue
        if olds and (news or line[0] != "-"):
            yield ("\n".join(olds), "\n".join(news)) if news else ("\n".join([*olds, ""]), "")
            olds, news = [], []
        if line[0] == "-":
            olds.append(line[1:])


def _without(path: str, lines: str) -> str:
    return "".join(line.removeprefix(path) for line in lines.splitlines(keepends=True))


def _text(file: Path) -> str:
    return file.read_bytes().decode()
