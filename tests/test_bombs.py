"""Files made to keep a program busy: the real checker, with little memory, says what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ROOT
from tests.conftest import MakeProject

MEGABYTE = 999_000
MEMORY = 700_000_000
"""Bytes of address space that the checker is given: a check of the sample takes half of it."""
LONGEST = 120
"""Seconds after which a run is given up: what is bounded takes a few."""

HEAD = "---\n标题: 某事\n日期: 2024-03-03\n类别: 宣传活动\n地点: 东村\n"


def filled(unit: str, size: int = MEGABYTE) -> str:
    return (unit * (size // len(unit.encode()) + 1)).encode()[:size].decode("utf-8", "ignore")


def of_yaml(text: str) -> str:
    return f"---\n{text}\n---\n"


def of_prose(text: str) -> str:
    return f"{HEAD}---\n{text}\n"


YAML: dict[str, str] = {
    "brackets": of_yaml(filled("[")),
    "braces": of_yaml(filled("{")),
    "braces with keys": of_yaml(filled("{a: ")),
    "dashes": of_yaml(filled("- ")),
    "questions": of_yaml(filled("? ")),
    "deeper and deeper": of_yaml("\n".join(" " * n + "a:" for n in range(1400))),
    "one long text": of_yaml(f"标题: {filled('汉')[:-20]}"),
    "one long key": of_yaml(f"{filled('a')}: b"),
    "many keys": of_yaml("\n".join(f"键{n}: 1" for n in range(60_000))),
    "the same key": of_yaml(filled("标题: a\n")),
    "a long number": of_yaml(f"标题: 某事\n参加人次: {filled('9')[:-40]}"),
    "quotation marks": of_yaml(filled('"')),
    "anchors": of_yaml(filled("- &a b\n")),
    "laughs": of_yaml(
        "a: &a [x, x, x]\n"
        + "\n".join(f"{b}: &{b} [*{a}, *{a}, *{a}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    ),
    "tags": of_yaml(filled("- !!a b\n")),
    "tabs": of_yaml(filled("\t")),
    "full-width colons": of_yaml(filled("标题：某事\n")),
    "comments": of_yaml(f"标题: 某事{filled(' ')[:-40]}#"),
    "blanks": of_yaml(f"标题: 某事{filled(' ')[:-40]}x"),
    "boundaries": filled("---\n"),
    "many evidences": of_yaml(HEAD[4:] + "佐证材料:\n" + "\n".join("  - {甲: 1}" for _ in range(60_000))),
}  # fmt: skip
PROSE: dict[str, str] = {
    name: of_prose(filled(unit)[:-200])
    for name, unit in {
        "links": "[a](", "images": "![", "stars": "*a _b ", "ticks": "`a``b", "quotes": ">",
        "lists": "- - ", "numbers": "1. ", "tables": "|a|b|\n|-|-|\n", "references": "[a]: b\n[a]",
        "headings": "# a\n", "entities": "&#1", "tags": "<a <!--<![CDATA[", "backslashes": "\\[",
        "digits": "1", "plates": "渝A1", "hyphens": "1-", "addresses": "a@a.", "rates": "率1/2，",
        "sums": "一是1，", "dates": "4.15·", "escapes": "\\x31", "words": "法制政府",
    }.items()
}  # fmt: skip


def check(root: Path) -> str:
    """What check_records.py prints of a project, run with little memory."""

    def bounded() -> None:
        import resource  # noqa: PLC0415 - Windows has none

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    done = subprocess.run(
        [sys.executable, ROOT / "scripts/check_records.py", "--root", root],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=LONGEST,
        preexec_fn=None if sys.platform == "win32" else bounded,
    )
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.mark.parametrize("bombs", [YAML, PROSE], ids=["yaml", "prose"])
def test_every_record_that_is_a_bomb_is_refused(
    make_project: MakeProject, bombs: dict[str, str]
) -> None:
    names = {f"records/2024/activities/{n}.md": name for n, name in enumerate(bombs)}
    root = make_project({path: bombs[name] for path, name in names.items()})
    told = check(root)
    silent = [name for path, name in names.items() if f"\n{path}:" not in f"\n{told}"]
    assert silent == []
    assert len(told) < 40_000 * len(bombs)
