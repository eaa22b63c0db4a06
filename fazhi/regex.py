"""The functions of `re`, whose expressions are compiled once, and not again in each run.

A set of Chinese characters takes `re` a tenth of a millisecond to compile: a quarter of a check was
that. As Python does with its modules, what was compiled is kept beside them, and no more trusted
than they are (decision 0027).
"""

import atexit
import marshal
import os
import re
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from importlib import import_module
from itertools import product
from pathlib import Path
from re import ASCII, DOTALL, IGNORECASE, MULTILINE, NOFLAG, VERBOSE, Match, RegexFlag, escape
from typing import Any

__all__ = ["ASCII", "DOTALL", "IGNORECASE", "MULTILINE", "NOFLAG", "VERBOSE"]
__all__ += ["Match", "RegexFlag", "escape"]
Compiled = re.Pattern[str]
_MOST = 2000  # expressions: those of a township's own words come on top
_MODULES = ("re._parser", "re._compiler", "re._constants", "_sre")
_parser, _compiler, _of, _sre = map(import_module, _MODULES)


class _Kept(dict[tuple[str, int], tuple[Any, ...]]):
    """What expressions were compiled to and need, by text and flags; what is new is kept at the end."""

    def __init__(self) -> None:
        folder = Path(__file__).parent / "__pycache__"
        self.file = folder / f"expressions-2.{sys.implementation.cache_tag}-{_sre.MAGIC}"
        self.is_new = False
        with suppress(Exception):  # whatever a broken file raises
            super().__init__(marshal.loads(self.file.read_bytes()))

    def __missing__(self, key: tuple[str, int]) -> tuple[Any, ...]:
        text, flags = key
        tree = _parser.parse(text, flags)
        names = tree.state.groupdict
        named = {place: name for name, place in names.items()}
        groups = tuple(map(named.get, range(tree.state.groups)))
        code = array("I", _compiler._code(tree, flags)).tobytes()
        words = [] if tree.state.flags & IGNORECASE else _needed(tree)[:_FEW]
        self[key] = words, flags | tree.state.flags, code, len(groups) - 1, names, groups
        if not self.is_new and not sys.dont_write_bytecode:
            self.is_new = True
            atexit.register(self.keep)
        return self[key]

    def keep(self) -> None:
        """Leave them to the next run: all of them, or none where nothing can be written."""
        half = self.file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            half.write_bytes(marshal.dumps(dict([*self.items()][-_MOST:])))
            half.replace(self.file)
        with suppress(OSError):  # where it could not take its place
            half.unlink(missing_ok=True)


_kept = lru_cache(maxsize=1)(_Kept)


@lru_cache(maxsize=_MOST)
def compile(expression: str, flags: RegexFlag = NOFLAG) -> Compiled:
    """What `re.compile` makes of it; from an earlier run, where that has left it."""
    try:
        _, found, code, *groups = _kept()[expression, int(flags)]
        made: Compiled = _sre.compile(expression, found, array("I", code).tolist(), *groups)
    except (RuntimeError, ValueError, TypeError):  # something else lies there
        return re.compile(expression, flags)
    return made


def needed(expression: str, flags: RegexFlag = NOFLAG) -> list[list[str]]:
    """Lists of words: a text in which it is found has one of each. None where it may be anywhere."""
    lists: list[list[str]] = _kept()[expression, int(flags)][0]
    return lists


_Parts = Iterable[tuple[Any, Any]]
_FEW = 2  # lists that are looked for
_WIDEST = 40  # words that one has


def _needed(parts: _Parts) -> list[list[str]]:
    """Such lists of parts of an expression in a row, those first that are least often in a text."""
    found, row = list[list[str]](), {""}
    held = list[set[str]]()  # what all the parts since the last unknown one stand for, and each
    for kind, part in (*parts, (None, None)):
        words = _spelled(kind, part)
        if words and len(row) * len(words) <= _WIDEST:
            row = {"".join(pair) for pair in product(row, words)}
        else:
            certain = [some for some in held if "" not in some]
            found += [_shortest(min(certain, key=_often))] if certain else []
            row, held = words or {""}, []
        held += [row, words or {""}]
        found += _inside(kind, part) if words is None or kind is _of.ASSERT else []
    return sorted(found, key=_often)


def _spelled(kind: Any, part: Any) -> set[str] | None:
    """All that a part stands for; None where that is much or unknown."""
    if kind is _of.LITERAL:
        return {chr(part)}
    if kind in (_of.ASSERT, _of.ASSERT_NOT, _of.AT):
        return {""}
    if kind is _of.IN and all(one is _of.LITERAL for one, _ in part):
        return {chr(sign) for _, sign in part}
    branches, times = list[_Parts](), range(1, 2)
    if kind is _of.SUBPATTERN:
        branches = [part[3]]
    elif kind is _of.BRANCH:
        branches = part[1]
    elif kind in _REPEATS and part[1] <= _FEW:
        branches, times = [part[2]], range(part[0], part[1] + 1)
    every = set[str]()
    for branch in branches:
        row = {""}
        for one in branch:
            words = _spelled(*one)
            if words is None or len(row) * len(words) > _WIDEST:
                return None
            row = {"".join(pair) for pair in product(row, words)}
        every |= {"".join(some) for many in times for some in product(row, repeat=many)}
    return every if 0 < len(every) <= _WIDEST else None


_REPEATS = (_of.MAX_REPEAT, _of.MIN_REPEAT, _of.POSSESSIVE_REPEAT)


def _inside(kind: Any, part: Any) -> list[list[str]]:
    """The lists of what a part has in itself."""
    if kind is _of.SUBPATTERN:
        return _needed(part[3])
    if kind is _of.ASSERT:
        return _needed(part[1])
    if kind in _REPEATS and part[0]:
        return _needed(part[2])
    if kind is _of.BRANCH or kind is _of.GROUPREF_EXISTS:
        each = [_needed(one or ())[:1] for one in (part[1] if kind is _of.BRANCH else part[1:])]
        every = {word for lists in each for words in lists for word in words}
        return [_shortest(every)] if all(each) and len(every) <= _WIDEST else []
    return []


def _shortest(words: set[str]) -> list[str]:
    """Some words without those that have another of them in themselves."""
    return sorted(word for word in words if not any(one in word != one for one in words))


def _often(words: Iterable[str]) -> float:
    """About how often one of some words is in a text: a long one seldom, the sign of a number often."""
    return sum(0.5 if word == "\0" else 0.1 ** len(word) for word in words)


def search(expression: str, text: str) -> Match[str] | None:
    return compile(expression).search(text)


def match(expression: str, text: str) -> Match[str] | None:
    return compile(expression).match(text)


def fullmatch(expression: str, text: str) -> Match[str] | None:
    return compile(expression).fullmatch(text)


def finditer(expression: str, text: str, flags: RegexFlag = NOFLAG) -> Iterator[Match[str]]:
    return compile(expression, flags).finditer(text)


def findall(expression: str, text: str) -> list[Any]:
    return compile(expression).findall(text)


def split(expression: str, text: str) -> list[str]:
    return compile(expression).split(text)


def sub(expression: str, by: str | Callable[[Match[str]], str], text: str) -> str:
    return compile(expression).sub(by, text)
