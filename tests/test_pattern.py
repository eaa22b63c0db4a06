"""An expression is compiled once, and not again in the next run: the same is found."""

import marshal
import os
import pkgutil
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import fazhi
from fazhi import regex
from fazhi.pattern import Pattern
from fazhi.report.sentence import Claims


def patterns() -> Iterator[Pattern]:
    for found in pkgutil.walk_packages(fazhi.__path__, "fazhi."):
        for held in vars(import_module(found.name)).values():
            declared = (pattern for pattern, _ in held) if isinstance(held, Claims) else ()
            yield from (one for one in (held, *declared) if isinstance(one, Pattern))


def test_what_is_compiled_is_what_re_makes_of_it():
    for one in patterns():
        made, right = regex.compile(one.pattern, one.flags), re.compile(one.pattern, one.flags)
        assert (made.pattern, made.flags, made.groups, made.groupindex) == (
            *(right.pattern, right.flags, right.groups, right.groupindex),
        )


BEGINNINGS = (
    "(?<!a)(?:b|c?d)|e x* x*y|z a??b|[c-f] (?=a)|b (?!a)[a-k] [^a]|b [^ab]s|bc|\\d (?i:ss|k)|y (?-i:k)|d (?a:\\w)|é"
    " (a)?\\1b|c (?:a|b)+?k|\\d (?:a|b)*+k (?>a|b)c|\\W \\b[aß]|\\w1 (?s:.)b|c (?i)[ſk]|é (x)?(?(1)y|b)|d"
)


@pytest.mark.parametrize("expression", BEGINNINGS.split())
@pytest.mark.parametrize("flags", [re.NOFLAG, re.IGNORECASE])
def test_the_same_is_found_whatever_it_begins_with(expression, flags):
    text = "aAbBcCdDßẞſsSkKé1bcdxyXYxxyacbczab\nk"
    made, right = (module.compile(expression, flags) for module in (regex, re))
    assert [m.span() for m in made.finditer(text)] == [m.span() for m in right.finditer(text)]
    assert made.sub("-", text) == right.sub("-", text)


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
