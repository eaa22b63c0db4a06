"""A pattern is looked for only where its words are, and is compiled once: the same is found."""

import marshal
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

import pytest

import fazhi
from fazhi import regex
from fazhi.pattern import Pattern
from fazhi.report.sentence import Claims

parser, of = map(import_module, ("re._parser", "re._constants"))  # what `re` compiles from
Parts = Iterable[tuple[Any, Any]]
MOST = 400  # words that are spelled out for parts of a pattern in a row


def spelled(kind: Any, held: Any) -> set[str] | None:
    """All words that a part of a pattern stands for; None where they are many."""
    if kind is of.LITERAL:
        return {chr(held)}
    if kind in (of.ASSERT, of.ASSERT_NOT, of.AT):
        return {""}
    if kind is of.SUBPATTERN:
        return spelled_in_a_row(held[3])
    if kind is of.BRANCH:
        every = [spelled_in_a_row(branch) for branch in held[1]]
        return None if None in every else {word for words in every for word in words or ()}
    if kind is of.IN and all(one in (of.LITERAL, of.RANGE) for one, _ in held):
        spans = [(sign, sign) if one is of.LITERAL else sign for one, sign in held]
        is_few = sum(last - first for first, last in spans) < MOST
        return {chr(n) for first, last in spans for n in range(first, last + 1)} if is_few else None
    if kind in (of.MAX_REPEAT, of.MIN_REPEAT) and (once := spelled_in_a_row(held[2])):
        is_few = len(once) ** held[1] < MOST if held[1] < MOST else False
        times = range(held[0], held[1] + 1) if is_few else ()
        return {"".join(some) for n in times for some in product(once, repeat=n)} or None
    return None


def spelled_in_a_row(parts: Parts) -> set[str] | None:
    words = {""}
    for part in parts:
        further = spelled(*part)
        if further is None or len(words) * len(further) > MOST:
            return None
        words = {"".join(pair) for pair in product(words, further)}
    return words


def needs(parts: Parts, words: Sequence[str], row: Sequence[str] = ("",)) -> bool:
    """Whether a text in which parts of a pattern are found has one of the words for certain.

    `row` has all that can stand just before them, as far as that is known.
    """
    for kind, held in parts:
        if inside(kind, held, words, row):
            return True
        if kind is of.ASSERT:  # what stands behind is read again
            row = [*(spelled_in_a_row(held[1]) or row)] if held[0] < 0 else row
            continue
        further = spelled(kind, held)
        if further is None or len(row) * len(further) > MOST:
            row = [*further] if further else [""]
        else:
            row = ["".join(pair) for pair in product(row, further)]
        if all(any(word in one for word in words) for one in row):
            return True
    return False


def inside(kind: Any, held: Any, words: Sequence[str], row: Sequence[str]) -> bool:
    if kind is of.BRANCH:
        return all(needs(branch, words, row) for branch in held[1])
    if kind is of.GROUPREF_EXISTS:
        return all(needs(branch or (), words, row) for branch in held[1:])
    if kind in (of.MAX_REPEAT, of.MIN_REPEAT, of.POSSESSIVE_REPEAT):
        return held[0] > 0 and needs(held[2], words)
    if kind is of.ASSERT:
        return needs(held[1], words, row if held[0] > 0 else ("",))
    return kind is of.SUBPATTERN and needs(held[3], words, row)


def patterns() -> Iterator[Pattern]:
    for found in pkgutil.walk_packages(fazhi.__path__, "fazhi."):
        for held in vars(import_module(found.name)).values():
            declared = (pattern for pattern, _ in held) if isinstance(held, Claims) else ()
            yield from (one for one in (held, *declared) if isinstance(one, Pattern))


def test_nothing_is_found_without_the_words_that_a_pattern_names():
    every = {one for one in patterns() if one.needed}
    assert len(every) > 100
    missed = [
        (words, one.pattern)
        for one in every
        for words in one.needed
        if not needs(parser.parse(one.pattern, one.flags), words)
    ]
    assert missed == []


def test_what_is_compiled_is_what_re_makes_of_it():
    for one in patterns():
        made, right = regex.compile(one.pattern, one.flags), re.compile(one.pattern, one.flags)
        assert (made.pattern, made.flags, made.groups, made.groupindex) == (
            *(right.pattern, right.flags, right.groups, right.groupindex),
        )


EXPRESSION = "(?P<one>[甲乙丙])丁(戊)?"
SEARCH = f"from fazhi import regex; print(regex.search('{EXPRESSION}', '乙丁')['one'])"
NO_PARSER = "import pathlib, re._parser; re._parser.parse = None; "


@pytest.fixture
def run(tmp_path):
    """A program that has only these functions, in a process of its own."""
    (tmp_path / "fazhi").mkdir()
    (tmp_path / "fazhi" / "__init__.py").touch()
    shutil.copy(Path(regex.__file__), tmp_path / "fazhi")

    def result(code: str, **more: str) -> str:
        kept = {key: text for key, text in os.environ.items() if not key.startswith("PYTHON")}
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", code],
            cwd=tmp_path,
            env=kept | more,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout.strip() or done.stderr

    return result


def left(folder: Path) -> list[Path]:
    return [*(folder / "fazhi").glob("__pycache__/expressions*")]


def test_the_next_run_compiles_nothing(run, tmp_path):
    assert run(SEARCH) == "乙"
    assert len(left(tmp_path)) == 1
    assert run(NO_PARSER + SEARCH) == "乙"


WRONG = marshal.dumps({(EXPRESSION, 0): (0, b"1234", 0, {}, (None,))})


@pytest.mark.parametrize("broken", [b"", b"no", b"{0", WRONG, None])
def test_a_broken_file_counts_as_none(run, tmp_path, broken):
    run(SEARCH)
    (file,) = left(tmp_path)
    file.write_bytes(file.read_bytes()[:-9] if broken is None else broken)
    assert run(SEARCH) == "乙"


def test_nothing_is_left_where_python_leaves_nothing(run, tmp_path):
    (tmp_path / "fazhi" / "__pycache__").mkdir()
    assert run(SEARCH, PYTHONDONTWRITEBYTECODE="1") == "乙"
    assert left(tmp_path) == []
