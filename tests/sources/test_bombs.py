"""Files made to keep a program busy: the real checker, with little memory, says what is wrong.

None of these tests takes the time: what is not bounded does not come to an end before the run is
given up, or does not find the memory.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from fazhi import project
from fazhi.output.pages.static import carried
from fazhi.problems.quoting import nearest
from fazhi.records import ledger
from fazhi.report.editions import Edition
from fazhi.schema import official, township
from fazhi.sources.text import MAX_MARKS, MAX_TEXT, unbearable_prose
from fazhi.sources.tree import Folder
from tests.conftest import TODAY, checked
from tests.support.building import ROOT

pytestmark = pytest.mark.slow

MEGABYTE = 999_000
MEMORY = 600_000_000
"""Bytes of address space that the checker is given: a check of the sample takes half of it."""
LONGEST = 240
"""Seconds after which a run is given up: what is bounded takes a few."""

HEAD = "---\n标题: 某事\n日期: 2024-03-03\n类别: 宣传活动\n地点: 东村\n"
RECORDS = "records/2024/activities"


def filled(unit: str, size: int) -> str:
    """A unit over and over, up to so many bytes."""
    return (unit * (size // len(unit.encode()) + 1)).encode()[:size].decode("utf-8", "ignore")


def typed(unit: str) -> str:
    """A unit over and over, as much as prose may hold of it."""
    return unit * min((MAX_TEXT - 100) // len(unit), MAX_TEXT if "[" not in unit else MAX_MARKS)


BELOW = 49_000  # bytes of a head that is read: more is refused at once
YAML: dict[str, str] = {
    "brackets": filled("[", BELOW),
    "dashes": filled("- ", BELOW),
    "deeper and deeper": "\n".join(" " * n + "a:" for n in range(300)),
    "one long text": f"标题: {filled('汉', BELOW)}",
    "one long key": f"{filled('a', BELOW)}: b",
    "many keys": "\n".join(f"键{n}: 1" for n in range(5_000)),
    "the same key": filled("标题: a\n", BELOW),
    "a long number": f"标题: 某事\n参加人次: {filled('9', BELOW)}",
    "quotation marks": filled('"', BELOW),
    "laughs": "a: &a [x, x, x]\n"
    + "\n".join(f"{b}: &{b} [*{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
    "tags": filled("- !!a b\n", BELOW),
    "tabs": filled("\t", BELOW),
    "full-width colons": filled("标题：某事\n", BELOW),
    "blanks": f"标题: 某事{filled(' ', BELOW)}x",
    "many evidences": HEAD[4:] + "佐证材料:\n" + filled("  - {甲: 1}\n", BELOW),
}
WHOLE: dict[str, str] = {
    "a head of a megabyte": f"---\n{filled('键: 1', MEGABYTE)}\n---\n",
    "boundaries": filled("---\n", MEGABYTE),
    "digits": f"{HEAD}---\n{filled('1', MEGABYTE - 200)}",
    "plates, hyphens": f"{HEAD}---\n{filled('渝A1', 400_000)}{filled('1-', 400_000)}",
    "addresses": f"{HEAD}---\n{filled('a@a.', 400_000)}{filled('.a', 400_000)}@",
}
"""Files as large as files may be."""


def bounded() -> None:
    import resource  # noqa: PLC0415 - Windows has none

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def run(root: Path, code: str = "") -> subprocess.CompletedProcess[str]:
    """check_records.py, or some lines of Python, with little memory."""
    command = ["-c", code] if code else [ROOT / "scripts/check_records.py", "--root", root]
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LONGEST,
        preexec_fn=None if sys.platform == "win32" else bounded,
    )
    assert "Traceback" not in done.stderr, done.stderr[-2000:]
    return done


def test_every_record_that_is_a_bomb_is_refused(make_project):
    bombs = {name: f"---\n{text}\n---\n" for name, text in YAML.items()} | WHOLE
    paths = {name: f"{RECORDS}/{place}.md" for place, name in enumerate(bombs)}
    root = make_project({paths[name]: text for name, text in bombs.items()})
    os.truncate(make(root / RECORDS / "huge.md"), 40_000_000)
    os.truncate(make(root / "records/figures.yml"), 40_000_000)
    done = run(root)
    assert done.returncode == 1
    told = done.stdout + done.stderr
    assert [name for name, path in paths.items() if f"\n{path}:" not in f"\n{told}"] == []
    assert f"{RECORDS}/huge.md:1:1: 错误 FZ101 文件有 40.0 MB" in told
    assert len(told) < 10_000 * len(bombs)


def make(file: Path) -> Path:
    file.touch()
    return file


PROSE = (
    "**a¦***a ** b * ¦`a``b¦[a](¦[a]: b\n[a]¦> > > a\n¦- a\n\n¦- a\n    - b\n        - c\n¦a|b\n-|-\n"
    "¦&#1¦<a\n¦<http://a¦\\¦a\n\n¦ \n"
)
COUNTED = "7¦三¦率为95.5%，其中3件、¦共5件，其中1件、¦{{ 甲 }}¦《“¦一万亿¦2023年¦1-¦# a {: "
"""What prose may be made of to be read over and over: as much as is let through."""


def test_prose_that_is_let_through_is_read_at_once(make_project):
    report = (make_project({}) / "docs/report/2024.md").read_text(encoding="utf-8")
    bombs = {
        f"{RECORDS}/{n}.md": f"{HEAD}---\n{typed(unit)}\n"
        for n, unit in enumerate(PROSE.split("¦"))
    }
    # The years have no records: their reports are refused for that, too, when they were read.
    bombs |= {
        f"docs/report/{1900 + n}.md": f"{report}\n{typed(unit)}"[: MAX_TEXT - 100]
        for n, unit in enumerate(COUNTED.split("¦"))
    }
    root = make_project(bombs)
    code = f"""
import datetime, pathlib
from fazhi import project
from fazhi.output.pages.prose import Prose
from fazhi.sources.tree import Folder
found = project.load(Folder(pathlib.Path({str(root)!r})), datetime.date(2026, 1, 5))
for year in found.years:
    for record in year.records:
        print(len(Prose().html(record.source.body)))
"""
    done = run(root, code)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) >= PROSE.count("¦") + 1


@pytest.mark.parametrize("unit", ["a\n=\n", "a\n-\n", "* * *\n", "# a\n", "[", "___\n", "- - - \n"])
def test_prose_that_takes_long_is_refused(unit):
    assert unbearable_prose("x.md", unit * MAX_MARKS) is None
    problem = unbearable_prose("x.md", unit * (MAX_MARKS + 1))
    assert problem
    assert (problem.rule, problem.line) == ("FZ119", (unit * (MAX_MARKS + 1)).count("\n") or 1)


# Folders


@contextlib.contextmanager
def deep(top: Path, levels: int) -> Iterator[None]:
    """A folder in a folder in a folder, and away with them again: no library goes down so far."""
    top.mkdir(parents=True, exist_ok=True)
    here = os.open(top, os.O_RDONLY)
    for _ in range(levels):
        os.mkdir("a", dir_fd=here)
        here = moved(here, "a")
    yield
    for _ in range(levels):
        here = moved(here, "..")
        os.rmdir("a", dir_fd=here)
    os.close(here)


def moved(here: int, name: str) -> int:
    """The folder of a name, opened in place of another."""
    there = os.open(name, os.O_RDONLY, dir_fd=here)
    os.close(here)
    return there


@pytest.mark.skipif(sys.platform == "win32", reason="no folder can be opened there")
def test_folders_without_end_are_told(make_project):
    root = make_project({})
    levels = sys.getrecursionlimit() + 50
    places = ["docs/assets", "overrides", "docs/report", RECORDS]
    with contextlib.ExitStack() as made:
        for place in places:
            made.enter_context(deep(root / place, levels))
        told = {(p.path.removesuffix("/a" * 10), p.rule) for p in checked(root).problems}
        assert not list(carried(Folder(root), Edition.INTERNAL))
    assert {("docs/assets", "FZ120"), ("overrides/a", "FZ120")} <= told
    assert {(f"{place}/a", "FZ116") for place in places[2:]} <= told


def test_names_of_any_length_are_told(make_project):
    long = "名" * 80  # and three bytes each; a system takes 255
    root = make_project({f"{RECORDS}/{long}.md": "", f"docs/report/{long}.md": "", "records/x": ""})
    told = {(p.path, p.rule) for p in checked(root).problems}
    assert {(f"{RECORDS}/{long}.md", "FZ104"), (f"docs/report/{long}.md", "FZ116")} <= told


def test_a_thousand_files_are_told_each(make_project):
    root = make_project({})
    for number in range(1000):
        (root / RECORDS / f"{number}.md").touch()
    done = run(root)
    assert done.stdout.count("错误 FZ104") == 1000


# What is compared with each other


def test_a_record_is_held_against_few_of_its_day(make_project):
    """Three hundred of one day with long titles were compared for minutes."""
    signs = [chr(0x4E00 + place * 7) for place in range(35)]
    first = "普法夜校在河边开课讲解民法典婚姻家庭编"
    titles = [first, *(sign * 12 for sign in signs), f"{first}内容"]
    files = {
        f"{RECORDS}/2024-03-03-{place:03}.md": HEAD.replace("某事", title) + "---\n"
        for place, title in enumerate(titles)
    }
    root = make_project(files)
    assert not [p for p in checked(root).problems if p.rule == "FZ412"]
    for place in range(1, 7):
        (root / f"{RECORDS}/2024-03-03-{place:03}.md").unlink()
    (told,) = [p for p in checked(root).problems if p.rule == "FZ412"]
    assert told.path == f"{RECORDS}/2024-03-03-{len(titles) - 1:03}.md"


def test_words_without_end_are_not_all_offered():
    assert nearest("法治宣专", ["法治宣传", *map(str, range(10**9, 10**9 + 50))]) == "法治宣传"
    endless = (str(number) for number in iter(int, 1))  # 0, for ever
    assert nearest("法治宣传", endless) is None


def test_a_number_of_thousands_of_digits_is_read():
    (told,) = official.index_number("0" * 9_000, "{序号}", 2025)
    assert told.message == "索引号的序号全是 0"
    assert list(official.index_number("9" * 9_000, "{序号}", 2025)) == []


def test_settings_that_are_bombs_are_refused(make_project):
    for name in sorted(ledger.SETTINGS_FILES):
        root = make_project({f"records/{name}": filled("{a: [", 300_000)})
    configured, problems = township.load(Folder(root))
    assert configured is None
    assert {p.rule for p in problems} == {"FZ113"}
    assert project.load(Folder(root), TODAY).years == []
